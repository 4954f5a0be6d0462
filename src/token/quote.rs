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

/// Marks that open and close each other.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    /// « »
    Guillemet,
    /// ‹ ›
    Single,
    /// “ ” „
    Curly,
    /// " and what stands for it, such as two apostrophes
    Straight,
    /// ' ‘ ’
    Apostrophe,
}

/// Opening marks that wait for their closing one, as family and token index, and how many of each family there are.
#[derive(Default)]
struct Open {
    marks: Vec<(Family, usize)>,
    count: [usize; 5],
}

impl Open {
    fn push(&mut self, family: Family, at: usize) {
        self.marks.push((family, at));
        self.count[family as usize] += 1;
    }

    fn has(&self, family: Family) -> bool {
        self.count[family as usize] > 0
    }

    fn innermost(&self) -> Option<Family> {
        self.marks.last().map(|(family, _)| *family)
    }

    /// Takes the innermost mark of these families; those that opened after it, and that nothing closed, are dropped.
    fn take(&mut self, families: &[Family]) -> Option<usize> {
        if !families.iter().any(|f| self.has(*f)) {
            return None;
        }
        while let Some((family, at)) = self.marks.pop() {
            self.count[family as usize] -= 1;
            if families.contains(&family) {
                return Some(at);
            }
        }
        None
    }
}

/// Pairs the marks of the tokens `first..` (one block). Appends to `quotes`, and for every token of the block to
/// `opens`: the index of the quotation that opens there, or [`NONE`].
pub fn pair(text: &str, tokens: &[Token], first: usize, quotes: &mut Vec<Quote>, opens: &mut Vec<u32>) {
    use Family::{Apostrophe, Curly, Guillemet, Single, Straight};
    opens.resize(tokens.len(), NONE);
    let made = quotes.len();
    let mut open = Open::default();
    let wrapped = is_wrapped(text, &tokens[first..]);
    for i in first..tokens.len() {
        let Some(mark) = mark(text, tokens[i]) else { continue };
        if wrapped && (i == first || i + 1 == tokens.len()) && tokens[i].span.len() == 1 {
            continue;
        }
        let spaced = !tokens[i].is(GLUED);
        let next = tokens.get(i + 1).filter(|t| t.is(GLUED));
        let opening = i == first || spaced || glued_opening(text, tokens[i - 1]);
        let closing = next.is_none_or(|t| glued_closing(text, *t));
        let closes: &[Family] = match mark {
            '«' => &[],
            '»' => &[Guillemet],
            '‹' | '„' => &[],
            '›' => &[Single],
            '“' if !(open.has(Curly) && closing && !spaced) => &[],
            '“' => &[Curly, Straight],
            '”' if open.has(Curly) || open.has(Straight) => &[Curly, Straight],
            '"' if open.has(Straight) && (closing || !opening) => &[Straight],
            // “ … " is a slip of the keyboard; a mark behind a number stands for inches or seconds.
            '"' if open.innermost() == Some(Curly) && !opening && closing && !is_number(text, tokens[i - 1]) => {
                &[Curly]
            }
            '\'' | '’' if open.innermost() == Some(Apostrophe) && !spaced && closing => &[Apostrophe],
            _ => &[],
        };
        if let Some(start) = open.take(closes) {
            record(Quote { open: start as u32, close: i as u32, closed: true }, quotes);
            continue;
        }
        match mark {
            '«' => open.push(Guillemet, i),
            '‹' => open.push(Single, i),
            '“' | '„' => open.push(Curly, i),
            '”' if opening && next.is_some() => open.push(Curly, i),
            '"' if !open.has(Straight) && (opening || !closing) => open.push(Straight, i),
            // « "Les "gilets" sont partis" »: an opening mark inside a quotation opens another. Behind a stop it says that
            // the quotation goes on in a new paragraph.
            '"' if spaced && !closing && !glued_closing(text, tokens[i - 1]) => open.push(Straight, i),
            // « les années '80 » quotes nothing.
            '\'' | '‘' if opening && next.is_some_and(|t| !is_number(text, *t)) => open.push(Apostrophe, i),
            _ => {}
        }
    }
    for (family, start) in open.marks {
        // A stray straight mark says nothing about where a quotation begins; at the head of a block it does.
        if !matches!(family, Straight | Apostrophe) || (family == Straight && start == first) {
            record(Quote { open: start as u32, close: tokens.len() as u32, closed: false }, quotes);
        }
    }
    quotes[made..].sort_by_key(|q| q.open);
    for (id, quote) in quotes.iter().enumerate().skip(made) {
        opens[quote.open as usize] = id as u32;
    }
}

/// Whether a block is a field of a table as exports write it: marks around the whole, and those inside doubled.
fn is_wrapped(text: &str, tokens: &[Token]) -> bool {
    let is = |t: &Token, mark: &str| t.span.of(text) == mark;
    tokens.first().is_some_and(|t| is(t, "\"")) && tokens.iter().any(|t| is(t, "\"\""))
}

/// Keeps a quotation that holds something.
fn record(quote: Quote, quotes: &mut Vec<Quote>) {
    if quote.close > quote.open + 1 {
        quotes.push(quote);
    }
}

/// The quotation mark a token is, if it is one.
fn mark(text: &str, token: Token) -> Option<char> {
    match token.span.of(text) {
        "''" | "’’" | "‘‘" => Some('"'),
        word => word
            .chars()
            .next()
            .filter(|c| matches!(c, '«' | '»' | '‹' | '›' | '“' | '”' | '„' | '"' | '\'' | '‘' | '’')),
    }
}

fn is_number(text: &str, token: Token) -> bool {
    token.span.of(text).starts_with(|c: char| c.is_ascii_digit())
}

fn glued_opening(text: &str, before: Token) -> bool {
    before.span.of(text).ends_with(['(', '[', '«', '“', '"', '\'', '’', '‘', '-', '—', '–'])
}

fn glued_closing(text: &str, after: Token) -> bool {
    after.span.of(text).starts_with(['.', ',', ';', ':', '!', '?', '…', ')', ']', '»', '”', '"', '\'', '’'])
}
