//! Comments to this program in a draft: `<!-- selon: … -->`, and `%% selon: …` to the end of its line.
//!
//! Invariant: comments are sorted and disjoint, and lie on character boundaries. Any other comment is text like all the
//! rest. A character is looked at a fixed number of times, however many comments begin and do not end.

use super::document::blank;
use crate::span::Span;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";
const PLAIN: &str = "%%";
const NAME: &str = "selon";

/// A comment to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// All of it, with its marks.
    pub span: Span,
    /// What it says: the words behind `selon:`, without surrounding white space.
    pub body: Span,
    /// Whether its end is marked, where it needs a mark. Without one, it ends with its line.
    pub closed: bool,
    /// Whether it begins its line: nothing but white space and other comments stands before it.
    pub begins_line: bool,
}

/// All comments of a text to this program.
pub fn comments(text: &str) -> Comments<'_> {
    Comments { text, at: 0, begins_line: true }
}

/// The comments from a place of the text on.
#[derive(Debug)]
pub struct Comments<'a> {
    text: &'a str,
    at: usize,
    begins_line: bool,
}

impl Iterator for Comments<'_> {
    type Item = Comment;

    fn next(&mut self) -> Option<Comment> {
        let rest = &self.text[self.at..];
        for (i, c) in rest.char_indices() {
            let here = &rest[i..];
            let found = match c {
                '<' => here.strip_prefix(OPEN).and_then(named).map(closing),
                '%' if self.begins_line => {
                    here.strip_prefix(PLAIN).and_then(named).map(|behind| (line(behind), 0, true))
                }
                _ => None,
            };
            if let Some((words, mark, closed)) = found {
                return Some(self.take(self.at + i, words, mark, closed));
            }
            self.begins_line = c == '\n' || (self.begins_line && blank(c));
        }
        self.at = self.text.len();
        None
    }
}

impl Comments<'_> {
    /// The comment that begins at `start` and ends `mark` bytes behind its `words`.
    fn take(&mut self, start: usize, words: &str, mark: usize, closed: bool) -> Comment {
        let from = |part: &str| part.as_ptr() as usize - self.text.as_ptr() as usize;
        let span = |start: usize, end: usize| Span::new(start as u32, end as u32);
        let body = words.trim_matches(blank);
        let end = from(words) + words.len() + mark;
        let body = span(from(body), from(body) + body.len());
        self.at = end;
        Comment { span: span(start, end), body, closed, begins_line: self.begins_line }
    }
}

/// What stands behind `selon:`. French puts a space before the colon; the name may stand on the line after the mark.
fn named(text: &str) -> Option<&str> {
    let (name, behind) = text.trim_start_matches(blank).split_at_checked(NAME.len())?;
    let behind = behind.trim_start_matches(|c| blank(c) && c != '\n').strip_prefix(':')?;
    name.eq_ignore_ascii_case(NAME).then_some(behind)
}

/// The words of a comment, the length of the mark behind them, and whether there is one. A blank line and the next comment
/// show that it was forgotten.
fn closing(behind: &str) -> (&str, usize, bool) {
    let mut begins_line = false;
    for (i, c) in behind.char_indices() {
        match c {
            '-' if behind[i..].starts_with(CLOSE) => return (&behind[..i], CLOSE.len(), true),
            '<' if behind[i..].starts_with(OPEN) => break,
            '\n' if begins_line => break,
            _ => begins_line = c == '\n' || (begins_line && blank(c)),
        }
    }
    (line(behind), 0, false)
}

/// The rest of the line.
fn line(text: &str) -> &str {
    text.split('\n').next().unwrap_or(text).trim_end_matches(blank)
}
