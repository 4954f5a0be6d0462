//! The brace notation of rule examples and annotated articles: `{cue Selon} {source le ministre}, {content il pleut}`.
//!
//! A mark names a role and may name the statements it belongs to: `{source.2.3 Le ministre}`. Marks nest. `\{` and `\}`
//! stand for braces. Invariant: the text without the marks is exactly what a reader sees.

use crate::rule::pattern::Role;
use crate::span::Span;
use std::cmp::Reverse;

/// A marked stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub role: Role,
    /// The statements it belongs to; empty where there is only one.
    pub statements: Vec<u32>,
    /// Where it stands, in the text without marks.
    pub span: Span,
}

/// A text and its marks, in the order in which they open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text without marks.
    pub text: String,
    /// The marks.
    pub marks: Vec<Mark>,
}

/// Why a marked text cannot be read: the byte at fault, and what is wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct MarkupError {
    /// Byte of the source.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads a marked text.
pub fn parse(source: &str) -> Result<Marked, MarkupError> {
    let mut marked = Marked::default();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let next = source[at + c.len_utf8()..].chars().next();
        match c {
            '\\' if matches!(next, Some('{' | '}')) => {
                marked.text.extend(next);
                at += 2;
            }
            '{' => {
                let (role, statements, size) =
                    head(&source[at + 1..]).map_err(|message| MarkupError { at, message })?;
                open.push((marked.marks.len(), at));
                let here = marked.text.len() as u32;
                marked.marks.push(Mark { role, statements, span: Span::new(here, here) });
                at += 1 + size;
            }
            '}' => {
                let Some((mark, _)) = open.pop() else {
                    return Err(MarkupError { at, message: "this `}` closes no mark".into() });
                };
                marked.marks[mark].span.end = marked.text.len() as u32;
                at += 1;
            }
            _ => {
                marked.text.push(c);
                at += c.len_utf8();
            }
        }
    }
    match open.pop() {
        Some((_, at)) => Err(MarkupError { at, message: "this mark is never closed: add `}`".into() }),
        None => Ok(marked),
    }
}

/// Writes marks into a text: the inverse of [`parse`]. Marks that cross cannot nest; the one that opens later is cut in
/// two where the other ends.
pub fn write(text: &str, marks: &[Mark]) -> String {
    let order = |m: &Mark| (Reverse(m.span.start), m.span.end);
    let mut todo = marks.to_vec();
    todo.reverse();
    todo.sort_by_key(order);
    let mut out = String::with_capacity(text.len() + marks.len() * 12);
    let mut open: Vec<u32> = Vec::new();
    let mut at = 0;
    while let Some(mut mark) = todo.pop() {
        while let Some(end) = open.pop_if(|end| *end <= mark.span.start) {
            escape(&text[at as usize..end as usize], &mut out);
            out.push('}');
            at = end;
        }
        if let Some(&end) = open.last()
            && mark.span.end > end
        {
            let rest = Mark { span: Span::new(end, mark.span.end), ..mark.clone() };
            todo.insert(todo.partition_point(|m| order(m) < order(&rest)), rest);
            mark.span.end = end;
        }
        escape(&text[at as usize..mark.span.start as usize], &mut out);
        at = mark.span.start;
        out.push('{');
        out.push_str(mark.role.name());
        mark.statements.iter().for_each(|n| out.push_str(&format!(".{n}")));
        out.push(' ');
        open.push(mark.span.end);
    }
    for end in open.into_iter().rev() {
        escape(&text[at as usize..end as usize], &mut out);
        out.push('}');
        at = end;
    }
    escape(&text[at as usize..], &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '{' | '}') {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Reads `role.1.2 ` after a brace.
fn head(rest: &str) -> Result<(Role, Vec<u32>, usize), String> {
    let size = rest.find(' ').ok_or("a mark is `{role words}`, with a space after the role")?;
    let mut parts = rest[..size].split('.');
    let name = parts.next().unwrap_or_default();
    let role =
        Role::from_name(name).ok_or_else(|| format!("`{name}` is no role: write cue, source, content or relay"))?;
    let numbers: Result<Vec<u32>, _> = parts.map(str::parse).collect();
    let numbers = numbers.map_err(|_| "statements are numbered: `{cue.3 …}`".to_string())?;
    Ok((role, numbers, size + 1))
}
