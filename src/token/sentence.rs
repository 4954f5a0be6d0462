//! Stage 3, second half: tokens → sentences.
//!
//! Invariant: a sentence never ends inside a quotation that it began outside; the sentences inside a quotation are
//! listed after the sentence that holds it, with one level more of depth. Sentences of one depth are disjoint.

use super::quote::{NONE, Quote};
use super::{CAPITAL, GLUED, Token};
use crate::lexicon::{Lexicon, tags};

/// A sentence, as token indexes `first..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// The quotation it stands in, if any: an index into the document's quotations.
    pub quote: Option<u32>,
    /// How many quotations it stands in.
    pub depth: u8,
    /// Index of its block.
    pub block: u32,
}

/// Deeper quotations than this are not looked into.
const MAX_DEPTH: u8 = 4;

/// From the account of a post to its year are fewer tokens than this: « @account ) May 4 , 2018 ».
const SIGNATURE: usize = 7;

/// What sentence cutting reads: the tokens of a document and their quotations.
pub struct Marks<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The document's tokens.
    pub tokens: &'a [Token],
    /// The document's quotations.
    pub quotes: &'a [Quote],
    /// For each token, the quotation that opens there.
    pub opens: &'a [u32],
    /// What the words are.
    pub lexicon: &'a Lexicon,
}

/// Appends the sentences of the tokens `first..end` of a block, those inside quotations included.
pub fn sentences(marks: &Marks<'_>, first: u32, end: u32, block: u32, out: &mut Vec<Sentence>) {
    // A mark before a block that pairs with nothing, as exports put it there, belongs to no sentence.
    let stray = |at: u32| marks.opens[at as usize] == NONE && marks.tokens[at as usize].span.of(marks.text) == "\"";
    let first = if first < end && stray(first) { first + 1 } else { first };
    cut(marks, Sentence { first, end, quote: None, depth: 0, block }, out);
}

fn cut(marks: &Marks<'_>, whole: Sentence, out: &mut Vec<Sentence>) {
    let mut start = whole.first;
    let mut at = whole.first;
    let mut stopped = false;
    while at < whole.end {
        let i = at as usize;
        let quote = marks.quotes.get(marks.opens[i] as usize).filter(|_| marks.opens[i] != NONE);
        at = quote.map_or(at + 1, |q| q.end().min(whole.end));
        stopped = match quote {
            Some(q) => q.close > q.open + 1 && is_stop(marks, q.close - 1),
            None => is_stop(marks, i as u32) || (stopped && closes(marks, i)),
        };
        if at < whole.end && !breaks(marks, at, stopped, quote.is_some()) {
            continue;
        }
        let sentence = Sentence { first: start, end: at, ..whole };
        out.push(sentence);
        inside(marks, sentence, out);
        start = at;
    }
}

fn is_stop(marks: &Marks<'_>, at: u32) -> bool {
    marks.lexicon.tags(marks.tokens[at as usize].lex).any(tags::STOP)
}

/// Whether a token closes what began before it: « (… !) », « … ! » of a quotation that began in an earlier block.
fn closes(marks: &Marks<'_>, at: usize) -> bool {
    marks.tokens[at].span.of(marks.text).starts_with(['»', '”', '"', ')', ']'])
}

/// Whether a sentence begins at `at`, after a stop or a quotation.
fn breaks(marks: &Marks<'_>, at: u32, after_stop: bool, after_quote: bool) -> bool {
    let token = marks.tokens[at as usize];
    let opens = marks.opens[at as usize] != NONE;
    let capital = token.is(CAPITAL);
    let tags = marks.lexicon.tags(token.lex);
    if signed(marks, at as usize) || (capital && ends_post(marks, at as usize - 1)) {
        return true;
    }
    // « CES » is no « ces ».
    let letters = || token.span.of(marks.text).chars().all(char::is_uppercase);
    if capital && tags.any(tags::OPENER) && !opens && !letters() {
        return true;
    }
    if capital && repeats(marks, at) {
        return true;
    }
    if capital && after_initial(marks, at) && (tags.any(tags::FUNCTION) || begins_name(marks, at)) {
        return true;
    }
    if !after_stop {
        // « A » Selon …: no sentence goes on with a capital « Selon », and none with a capital and no space.
        return after_quote && capital && (token.is(GLUED) || tags.any(tags::FUNCTION));
    }
    capital || opens || tags.any(tags::NUM | tags::URL)
}

/// Whether the signature of a post ends before `at`: « — Name (@account) 3 mars 2026 ».
fn signed(marks: &Marks<'_>, at: usize) -> bool {
    let word = |t: usize| marks.tokens[t].span.of(marks.text);
    let year = |t: usize| word(t).len() == 4 && word(t).bytes().all(|b| b.is_ascii_digit());
    let account = |t: usize| marks.lexicon.tags(marks.tokens[t].lex).any(tags::HANDLE);
    at > SIGNATURE && year(at - 1) && (at - SIGNATURE..at - 3).any(|t| account(t) && word(t + 1) == ")")
}

/// Whether a token links to a page, as the last word of a post does.
fn ends_post(marks: &Marks<'_>, at: usize) -> bool {
    let token = marks.tokens[at];
    marks.lexicon.tags(token.lex).any(tags::URL) && token.span.of(marks.text).contains('/')
}

/// Whether a name of two words stands twice: a title without a stop ran into the text. « … déclare Anne Morel Anne Morel … »
fn repeats(marks: &Marks<'_>, at: u32) -> bool {
    let word = |t: u32| marks.tokens.get(t as usize).filter(|t| t.is(CAPITAL)).map(|t| t.span.of(marks.text));
    at > 1
        && word(at - 2).is_some()
        && word(at) == word(at - 2)
        && word(at + 1).is_some()
        && word(at + 1) == word(at - 1)
}

/// Whether a given name and an initial stand before: « Nicolas R. »
fn after_initial(marks: &Marks<'_>, at: u32) -> bool {
    let word = |back: u32| at.checked_sub(back).map(|t| &marks.tokens[t as usize]);
    let initial = |t: &Token| {
        let mut letters = t.span.of(marks.text).chars();
        (letters.next().is_some_and(char::is_uppercase), letters.next(), letters.next()) == (true, Some('.'), None)
    };
    word(1).is_some_and(initial) && word(2).is_some_and(|t| t.is(CAPITAL) && marks.lexicon.tags(t.lex).any(tags::GIVEN))
}

/// Whether a given name and one more word of a name begin at `at`: after an initial, that is somebody else.
fn begins_name(marks: &Marks<'_>, at: u32) -> bool {
    let given = marks.lexicon.tags(marks.tokens[at as usize].lex).any(tags::GIVEN);
    given && marks.tokens.get(at as usize + 1).is_some_and(|t| t.is(CAPITAL))
}

fn inside(marks: &Marks<'_>, outer: Sentence, out: &mut Vec<Sentence>) {
    if outer.depth == MAX_DEPTH {
        return;
    }
    let mut at = outer.first;
    while at < outer.end {
        let id = marks.opens[at as usize];
        if id == NONE {
            at += 1;
            continue;
        }
        let quote = marks.quotes[id as usize];
        let inner = Sentence {
            first: quote.open + 1,
            end: quote.close,
            quote: Some(id),
            depth: outer.depth + 1,
            block: outer.block,
        };
        cut(marks, inner, out);
        at = quote.end();
    }
}
