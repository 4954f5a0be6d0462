//! Stage 6: sentences → lines of units.
//!
//! Invariant: no allocation per token; what a line needs lives in [`Scratch`] and is used again for the next.

use super::chunk::{self, Kind};
use super::features::{self, Word};
use super::{Line, Unit};
use crate::lexicon::tags::{self, Tags};
use crate::lexicon::{self, Lexicon};
use crate::rule::alphabet;
use crate::rule::set::Rules;
use crate::token::quote::{NONE, Quote};
use crate::token::sentence::Sentence;
use crate::token::{CAPITAL, Token, UPPER};

/// Longer sentences are cut here: pattern search is bounded by the length of a line.
const MAX_UNITS: u32 = 256;
/// A quotation of fewer tokens can be what somebody is called.
const NICKNAME: u32 = 5;

/// Buffers that are used again for every sentence.
#[derive(Debug, Default)]
pub struct Scratch {
    symbols: Vec<Symbol>,
    bytes: Vec<u8>,
    words: Vec<Word>,
    memory: chunk::Memory,
}

/// A token, or a quotation seen from outside.
#[derive(Clone, Copy, Debug)]
struct Symbol {
    first: u32,
    end: u32,
    variant: u8,
    quote: u32,
}

/// What is read of a document.
pub struct Tokens<'a> {
    /// The document's tokens.
    pub tokens: &'a [Token],
    /// The document's quotations.
    pub quotes: &'a [Quote],
    /// For each token, the quotation that opens there.
    pub opens: &'a [u32],
}

/// Appends the units and the lines of `sentences`.
pub fn lines(
    rules: &Rules,
    doc: &Tokens<'_>,
    sentences: &[Sentence],
    scratch: &mut Scratch,
    units: &mut Vec<Unit>,
    lines: &mut Vec<Line>,
) {
    rules.chunker.prepare(rules.number, &mut scratch.memory);
    for sentence in sentences {
        symbols(rules, doc, sentence, scratch);
        let mut first = units.len() as u32;
        let line =
            |first, end| Line { first, end, quote: sentence.quote, depth: sentence.depth, block: sentence.block };
        fold(rules, doc, scratch, |unit| {
            units.push(unit);
            if units.len() as u32 - first == MAX_UNITS {
                lines.push(line(first, units.len() as u32));
                first = units.len() as u32;
            }
        });
        if units.len() as u32 > first {
            lines.push(line(first, units.len() as u32));
        }
    }
}

/// Whether a quotation holds a clause: a finite verb, and four tokens or more; or is a sentence that ends inside its marks.
fn holds_clause(lexicon: &Lexicon, tokens: &[Token], quote: &Quote) -> bool {
    let inside = &tokens[quote.open as usize + 1..quote.close as usize];
    let finite = |t: &Token| {
        let tags = lexicon.tags(t.lex);
        tags.any(tags::FIN) && !tags.any(tags::NOUN | tags::ADJ)
    };
    let ends = inside.len() > 4 && inside.last().is_some_and(|t| lexicon.tags(t.lex).any(tags::STOP));
    inside.len() > 3 && (ends || inside.iter().any(finite))
}

/// Writes the sentence as symbols and class bytes.
fn symbols(rules: &Rules, doc: &Tokens<'_>, sentence: &Sentence, scratch: &mut Scratch) {
    scratch.symbols.clear();
    scratch.bytes.clear();
    let chunker = &rules.chunker;
    let mut initial = true;
    let mut at = sentence.first;
    while at < sentence.end {
        let id = doc.opens[at as usize];
        if id != NONE {
            let quote = doc.quotes[id as usize];
            let clause = holds_clause(&rules.lexicon, doc.tokens, &quote);
            let end = quote.end().min(sentence.end);
            scratch.symbols.push(Symbol { first: at, end, variant: u8::from(clause), quote: id });
            alphabet::write(chunker.quotes[usize::from(clause)], &mut scratch.bytes);
            at = end;
            initial = false;
            continue;
        }
        let token = doc.tokens[at as usize];
        let variant = written(&rules.lexicon, token, initial);
        scratch.symbols.push(Symbol { first: at, end: at + 1, variant, quote: NONE });
        alphabet::write(chunker.classes[token.lex as usize][variant as usize], &mut scratch.bytes);
        let word = token.is(CAPITAL) || rules.lexicon.tags(token.lex).any(tags::STOP);
        initial = if word { !token.is(CAPITAL) } else { initial && !begins(&rules.lexicon, token) };
        at += 1;
    }
}

/// Whether a token ends the stretch in which a capital says nothing (opening marks do not).
fn begins(lexicon: &Lexicon, token: Token) -> bool {
    token.lex != lexicon::MARK && !lexicon.tags(token.lex).is_empty()
}

/// How a token is written, as far as it can be a name: see [`chunk::variant`].
fn written(lexicon: &Lexicon, token: Token, initial: bool) -> u8 {
    if !token.is(CAPITAL) {
        return 0;
    }
    let lexeme = lexicon.lexeme(token.lex);
    let name = !lexeme.tags.any(tags::FUNCTION) && (!initial || lexeme.guessed || lexeme.tags.any(tags::PROPER));
    match (name, token.is(UPPER)) {
        (false, _) => 0,
        (true, false) => 1,
        (true, true) => 2,
    }
}

/// Folds chunks into units and gives all units in order.
fn fold(rules: &Rules, doc: &Tokens<'_>, scratch: &mut Scratch, mut give: impl FnMut(Unit)) {
    let Scratch { symbols, bytes, words, memory } = scratch;
    let mut at = 0;
    while at < symbols.len() {
        match rules.chunker.at(bytes, at * 2, memory) {
            Some((pattern, end)) => {
                let (kind, extra) = rules.chunker.kinds[pattern];
                give(chunk_unit(rules, doc, &symbols[at..end / 2], kind, extra, words));
                at = end / 2;
            }
            None => {
                give(single(rules, doc, &symbols[at]));
                at += 1;
            }
        }
    }
}

fn single(rules: &Rules, doc: &Tokens<'_>, symbol: &Symbol) -> Unit {
    let token = doc.tokens[symbol.first as usize];
    let unit = |lex, tags, quote| Unit {
        first: symbol.first,
        end: symbol.end,
        lex,
        head: symbol.first,
        tags,
        word: true,
        quote,
    };
    if symbol.quote != NONE {
        let clause = symbol.variant > 0;
        return unit(lexicon::QUOTATION, chunk::quote_tags(clause), Some(symbol.quote));
    }
    let tags = chunk::variant(rules.lexicon.tags(token.lex), symbol.variant as usize);
    unit(token.lex, tags, None)
}

fn chunk_unit(
    rules: &Rules,
    doc: &Tokens<'_>,
    symbols: &[Symbol],
    kind: Kind,
    extra: Tags,
    words: &mut Vec<Word>,
) -> Unit {
    let word = |token: u32, variant: u8| {
        let lex = doc.tokens[token as usize].lex;
        Word { lex, tags: chunk::variant(rules.lexicon.tags(lex), variant as usize), token }
    };
    words.clear();
    words.extend(symbols.iter().map(|s| match s.quote {
        NONE => word(s.first, s.variant),
        _ => Word { lex: lexicon::QUOTATION, tags: tags::QUOTE, token: s.first },
    }));
    // « les « gilets jaunes » »: in a phrase that has no other noun, the noun is the quoted one.
    let quoted = symbols.iter().position(|s| s.quote != NONE && s.variant == 0 && s.end - s.first < 2 + NICKNAME);
    if let Some(at) = quoted.filter(|_| kind == Kind::Np && !words.iter().any(|w| w.tags.any(tags::NOUN | tags::CAP))) {
        words.splice(
            at..=at,
            (symbols[at].first + 1..(symbols[at].end - 1).max(symbols[at].first + 2)).map(|t| word(t, 0)),
        );
    }
    let found = match kind {
        Kind::Np => features::noun_phrase(words, &rules.lexicon, extra),
        Kind::Verb => features::verb_group(words, &rules.lexicon, extra),
        Kind::Time => features::Features { tags: tags::TIME | extra, head: words[0] },
    };
    Unit {
        first: symbols[0].first,
        end: symbols[symbols.len() - 1].end,
        lex: found.head.lex,
        head: found.head.token,
        tags: found.tags,
        word: false,
        quote: None,
    }
}
