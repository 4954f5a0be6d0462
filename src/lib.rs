//! `selon` reads news text, French first, and answers one question for every statement in it: who says so?
//!
//! Read [`analyze`] first: it is the whole analysis, in order. The library does no IO; text in, plain data out. Only
//! loading rules ([`rule::load::load`]) can fail, because text cannot be wrong.

pub mod attribute;
pub mod config;
pub mod diagnostic;
pub mod eval;
pub mod lexicon;
pub mod markup;
pub mod policy;
pub mod report;
pub mod resolve;
pub mod rule;
pub mod span;
pub mod stages;
pub mod statement;
pub mod status;
pub mod text;
pub mod token;
pub mod unit;

mod assemble;
mod source;

use attribute::find::Found;
use rule::set::Rules;
use stages::Reading;
use statement::Analysis;

/// Buffers of an analysis, to be used again for the next document. Holds no meaning between two calls.
#[derive(Debug, Default)]
pub struct Scratch {
    reading: Reading,
    buffers: stages::Buffers,
    find: attribute::find::Scratch,
    found: Found,
}

impl Scratch {
    /// The reading of the text analysed last.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }
}

/// The whole analysis of a text, in order. Pure and total: the same text and rules give the same statements.
pub fn analyze(rules: &Rules, text: &str, scratch: &mut Scratch) -> Analysis {
    let Scratch { reading, buffers, find, found } = scratch;
    stages::read_into(rules, text, buffers, reading);
    let cx = reading.context(rules, text);
    attribute::find::find(rules, &cx, &reading.lines, None, find, found);
    let settled = attribute::settle::settle(rules, &cx, &reading.lines, found);
    let roster = resolve::roster::Roster::read(&cx);
    let speakers = resolve::speaker::resolve(&cx, &reading.lines, &settled, &roster);
    let outlets = resolve::outlet::read(&cx, &reading.block_tokens);
    let named = assemble::Named { roster: &roster, relays: &found.relays, outlets: &outlets };
    assemble::analysis(rules, &cx, &reading.lines, settled, speakers, &named)
}

/// What one rule, named by its number, finds in a text when no other rule stands beside it: its candidates, or what it
/// shields, or its relays. Candidates are settled among themselves, save those of a rule that borrows its source: the
/// lender is another rule's, so they are as found, without one.
pub fn probe(rules: &Rules, text: &str, rule: usize, scratch: &mut Scratch) -> Found {
    let Scratch { reading, buffers, find, .. } = scratch;
    stages::read_into(rules, text, buffers, reading);
    let cx = reading.context(rules, text);
    let mut found = Found::default();
    attribute::find::find(rules, &cx, &reading.lines, Some(rule), find, &mut found);
    if !rules.rules[rule].borrow {
        found.candidates = attribute::settle::settle(rules, &cx, &reading.lines, &mut found);
    }
    found
}
