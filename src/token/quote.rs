//! Stage 4: quotations.
//!
//! Invariant: quotations nest and never cross; a quotation that nobody closes ends with its block. Marks that pair with
//! nothing stay ordinary tokens. One pass with a stack.

use super::{GLUED, Token};
use crate::span::Span;

/// A pair of quotation marks and what stands between them, as token indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The opening mark.
    pub open: u32,
    /// The closing mark, or one past the last token of the block when it is missing.
    pub close: u32,
    /// Whether there is a closing mark.
    pub closed: bool,
}

impl Quote {
    /// One past the last token of the quotation, its closing mark included.
    pub fn end(&self) -> u32 {
        self.close + u32::from(self.closed)
    }

    /// The text between the marks, without white space at its edges. `tokens` are the document's.
    pub fn inner(&self, tokens: &[Token]) -> Option<Span> {
        let inside = &tokens[self.open as usize + 1..self.close as usize];
        Some(inside.first()?.span.cover(inside.last()?.span))
    }
}

/// In [`pair`]'s table: no quotation opens at this token.
pub const NONE: u32 = u32::MAX;

/// Pairs the marks of the tokens `first..` (one block). Appends to `quotes`, and for every token of the block to
/// `opens`: the index of the quotation that opens there, or [`NONE`].
pub fn pair(text: &str, tokens: &[Token], first: usize, quotes: &mut Vec<Quote>, opens: &mut Vec<u32>) {
    opens.resize(tokens.len(), NONE);
    let made = quotes.len();
    let mut stack: Vec<(char, usize)> = Vec::new();
    for i in first..tokens.len() {
        let Some(mark) = mark(text, tokens[i]) else { continue };
        let spaced = !tokens[i].is(GLUED);
        let next_glued = tokens.get(i + 1).is_some_and(|t| t.is(GLUED));
        let opening = i == first || spaced || glued_opening(text, tokens[i - 1]);
        let closing = !next_glued || tokens.get(i + 1).is_some_and(|t| glued_closing(text, *t));
        match mark {
            '«' | '‹' | '„' => stack.push((mark, i)),
            '»' | '›' => close(if mark == '»' { "«" } else { "‹" }, i, &mut stack, quotes, opens),
            '“' if !(is_open('“', &stack) && closing && !spaced) => stack.push(('“', i)),
            '“' | '”' if stack.iter().any(|(m, _)| "“„\"".contains(*m)) => close("“„\"", i, &mut stack, quotes, opens),
            '”' if opening && next_glued => stack.push(('“', i)),
            '"' => {
                let open = is_open('"', &stack);
                if open && (closing || !opening) {
                    close("\"", i, &mut stack, quotes, opens);
                } else if !open && (opening || !closing) {
                    stack.push(('"', i));
                }
            }
            _ => {}
        }
    }
    for (mark, open) in stack {
        // A stray straight mark says nothing about where a quotation begins; at the head of a block it does.
        if mark != '"' || open == first {
            record(Quote { open: open as u32, close: tokens.len() as u32, closed: false }, quotes, opens);
        }
    }
    quotes[made..].sort_by_key(|q| q.open);
    for (id, quote) in quotes.iter().enumerate().skip(made) {
        opens[quote.open as usize] = id as u32;
    }
}

fn is_open(mark: char, stack: &[(char, usize)]) -> bool {
    stack.iter().any(|(m, _)| *m == mark)
}

fn record(quote: Quote, quotes: &mut Vec<Quote>, opens: &mut [u32]) {
    if quote.close > quote.open + 1 {
        opens[quote.open as usize] = quotes.len() as u32;
        quotes.push(quote);
    }
}

/// Closes the innermost open mark of `kinds`; what was opened after it and never closed is dropped.
fn close(kinds: &str, at: usize, stack: &mut Vec<(char, usize)>, quotes: &mut Vec<Quote>, opens: &mut [u32]) {
    let Some(depth) = stack.iter().rposition(|(m, _)| kinds.contains(*m)) else { return };
    let open = stack[depth].1;
    stack.truncate(depth);
    record(Quote { open: open as u32, close: at as u32, closed: true }, quotes, opens);
}

fn mark(text: &str, token: Token) -> Option<char> {
    let c = token.span.of(text).chars().next()?;
    matches!(c, '«' | '»' | '‹' | '›' | '“' | '”' | '„' | '"').then_some(c)
}

fn glued_opening(text: &str, before: Token) -> bool {
    before.span.of(text).ends_with(['(', '[', '«', '“', '\'', '’', '-', '—', '–'])
}

fn glued_closing(text: &str, after: Token) -> bool {
    after.span.of(text).starts_with(['.', ',', ';', ':', '!', '?', '…', ')', ']', '»', '”', '"'])
}
