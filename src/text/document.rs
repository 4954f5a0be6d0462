//! Stage 2: text → document, the blocks an article is made of.
//!
//! Invariant: blocks are sorted, disjoint, non-empty and trimmed; together with the white space between them, and the
//! comments to this program there, they make up the text. This stage looks at line breaks and comments only, never at
//! words.

use super::comment;
use crate::span::Span;

/// A title, a paragraph, a list item: the text between two hard line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without surrounding white space.
    pub span: Span,
}

/// A line this long (in characters) that stops without a mark may be a paragraph wrapped by its editor.
const WRAPPED_LINE: usize = 42;

/// Cuts a text into blocks: at blank lines, at line breaks that are not the soft wrap of a paragraph, and at comments.
pub fn blocks(text: &str, out: &mut Vec<Block>) {
    out.clear();
    let mut at = 0;
    for comment in comment::comments(text) {
        cut(text, Span::new(at, comment.span.start), out);
        at = comment.span.end;
    }
    cut(text, Span::new(at, text.len() as u32), out);
}

/// Cuts the text between two comments.
fn cut(text: &str, stretch: Span, out: &mut Vec<Block>) {
    let before = out.len();
    let mut at = stretch.start;
    for line in stretch.of(text).split_inclusive('\n') {
        let start = at;
        at += line.len() as u32;
        let trimmed = line.trim_matches(blank);
        if trimmed.is_empty() {
            continue;
        }
        let from = start + (trimmed.as_ptr() as usize - line.as_ptr() as usize) as u32;
        let span = Span::new(from, from + trimmed.len() as u32);
        match out[before..].last_mut() {
            Some(last) if wraps(last.span, span, text) => last.span.end = span.end,
            _ => out.push(Block { span }),
        }
    }
}

/// What stands around a block and says nothing.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Whether `next` continues the paragraph of `last`: one line break between them, a long unfinished line before it and
/// no capital after it.
fn wraps(last: Span, next: Span, text: &str) -> bool {
    let gap = &text[last.end as usize..next.start as usize];
    if gap.bytes().filter(|&b| b == b'\n').count() != 1 {
        return false;
    }
    let before = last.of(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    let unfinished = !before.ends_with(['.', '!', '?', '…', ':', ';', '»', '”', '"', '|']);
    let long = line.chars().take(WRAPPED_LINE).count() == WRAPPED_LINE;
    long && unfinished && next.of(text).starts_with(char::is_lowercase)
}
