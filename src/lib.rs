//! `selon` reads news text, French first, and answers one question for every statement in it: who says so?
//!
//! Read [`analyze`] first: it is the whole analysis, in order. The library does no IO; text in, plain data out. Only
//! loading rules ([`rule::load::load`]) can fail, because text cannot be wrong.

pub mod attribute;
pub mod diagnostic;
pub mod eval;
pub mod lexicon;
pub mod markup;
pub mod report;
pub mod resolve;
pub mod rule;
pub mod span;
pub mod statement;
pub mod status;
pub mod text;
pub mod token;
pub mod unit;

mod assemble;

use attribute::find::Found;
use attribute::trim::Context;
use rule::load::Rules;
use statement::Analysis;
use text::document::Block;
use token::Token;
use token::quote::Quote;
use token::sentence::Sentence;
use unit::{Line, Unit};

/// Buffers of an analysis, to be used again for the next document. Holds no meaning between two calls.
#[derive(Debug, Default)]
pub struct Scratch {
    blocks: Vec<Block>,
    tokens: Vec<Token>,
    block_tokens: Vec<(u32, u32)>,
    quotes: Vec<Quote>,
    opens: Vec<u32>,
    sentences: Vec<Sentence>,
    units: Vec<Unit>,
    lines: Vec<Line>,
    scan: token::scan::Buffers,
    fold: unit::line::Scratch,
    find: attribute::find::Scratch,
    found: Found,
}

/// The whole analysis of a text, in order. Pure and total: the same text and rules give the same statements.
pub fn analyze(rules: &Rules, text: &str, scratch: &mut Scratch) -> Analysis {
    read(rules, text, scratch);
    let cx = context(rules, text, &scratch.tokens, &scratch.quotes, &scratch.opens, &scratch.units);
    attribute::find::find(rules, &cx, &scratch.lines, None, &mut scratch.find, &mut scratch.found);
    let settled = attribute::settle::settle(rules, &cx, &scratch.lines, &mut scratch.found);
    let roster = resolve::roster::Roster::read(&cx);
    let speakers = resolve::speaker::resolve(&cx, &scratch.lines, &settled, &roster);
    let outlets = resolve::outlet::read(&cx, &scratch.block_tokens);
    assemble::analysis(rules, &cx, &scratch.lines, &scratch.found.relays, settled, speakers, &roster, &outlets)
}

/// What one rule, named by its number, finds in a text when no other rule stands beside it: its candidates, or what it
/// shields, or its relays. Candidates are settled among themselves, save those of a rule that borrows its source: the
/// lender is another rule's, so they are as found, without one.
pub fn probe(rules: &Rules, text: &str, rule: usize, scratch: &mut Scratch) -> Found {
    read(rules, text, scratch);
    let cx = context(rules, text, &scratch.tokens, &scratch.quotes, &scratch.opens, &scratch.units);
    let mut found = Found::default();
    attribute::find::find(rules, &cx, &scratch.lines, Some(rule), &mut scratch.find, &mut found);
    if !rules.rules[rule].borrow {
        found.candidates = attribute::settle::settle(rules, &cx, &scratch.lines, &mut found);
    }
    found
}

/// Stages 2 to 6: text to lines of units, left in the scratch.
fn read(rules: &Rules, text: &str, scratch: &mut Scratch) {
    let Scratch { blocks, tokens, block_tokens, quotes, opens, sentences, units, lines, scan, fold, .. } = scratch;
    tokens.clear();
    block_tokens.clear();
    quotes.clear();
    opens.clear();
    sentences.clear();
    units.clear();
    lines.clear();
    text::document::blocks(text, blocks);
    for (i, block) in blocks.iter().enumerate() {
        let first = tokens.len();
        token::scan::scan(text, block.span, &rules.lexicon, scan, tokens);
        token::quote::pair(text, tokens, first, quotes, opens);
        let marks = token::sentence::Marks { tokens, quotes, opens, lexicon: &rules.lexicon };
        token::sentence::sentences(&marks, first as u32, tokens.len() as u32, i as u32, sentences);
        block_tokens.push((first as u32, tokens.len() as u32));
    }
    let doc = unit::line::Tokens { tokens, quotes, opens };
    unit::line::lines(rules, &doc, sentences, fold, units, lines);
}

fn context<'a>(
    rules: &'a Rules,
    text: &'a str,
    tokens: &'a [Token],
    quotes: &'a [Quote],
    opens: &'a [u32],
    units: &'a [Unit],
) -> Context<'a> {
    Context { text, tokens, quotes, opens, units, lexicon: &rules.lexicon }
}
