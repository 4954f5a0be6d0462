//! Stages 2 to 6: from a text to its lines of units, as plain data.
//!
//! [`read`] is for whoever wants to see what the analysis sees: tests, traces, other tools. Invariant: everything here
//! is an index or a byte span into the same text, so a reading means nothing without the text it was made from.

use crate::attribute::trim::Context;
use crate::rule::set::Rules;
use crate::text::document::{self, Block};
use crate::token::quote::{self, Quote};
use crate::token::sentence::{self, Sentence};
use crate::token::{Token, scan};
use crate::unit::line::{self, Tokens};
use crate::unit::{Line, Unit};

/// A text as the rules see it.
#[derive(Debug, Default)]
pub struct Reading {
    /// Titles, paragraphs, list items.
    pub blocks: Vec<Block>,
    /// Words, numbers and marks, of all blocks in order.
    pub tokens: Vec<Token>,
    /// For each block, its first token and one past its last.
    pub block_tokens: Vec<(u32, u32)>,
    /// Quotations, in the order in which they open.
    pub quotes: Vec<Quote>,
    /// For each token, the quotation that opens there, or [`quote::NONE`].
    pub opens: Vec<u32>,
    /// Sentences; those inside a quotation follow the sentence that holds it.
    pub sentences: Vec<Sentence>,
    /// Noun phrases, verb groups, dates, quotations and single words, of all lines in order.
    pub units: Vec<Unit>,
    /// Sentences as units.
    pub lines: Vec<Line>,
}

impl Reading {
    /// The view of the reading that the later stages take. `text` is the text it was made from.
    pub fn context<'a>(&'a self, rules: &'a Rules, text: &'a str) -> Context<'a> {
        let Reading { tokens, quotes, opens, units, .. } = self;
        Context { text, tokens, quotes, opens, units, lexicon: &rules.lexicon }
    }

    fn clear(&mut self) {
        self.tokens.clear();
        self.block_tokens.clear();
        self.quotes.clear();
        self.opens.clear();
        self.sentences.clear();
        self.units.clear();
        self.lines.clear();
    }
}

/// What the stages need besides the reading they fill. Holds no meaning between two texts.
#[derive(Debug, Default)]
pub struct Buffers {
    scan: scan::Scratch,
    fold: line::Scratch,
}

/// Reads a text.
pub fn read(rules: &Rules, text: &str) -> Reading {
    let mut reading = Reading::default();
    read_into(rules, text, &mut Buffers::default(), &mut reading);
    reading
}

/// Reads a text into a reading that served another one before.
pub fn read_into(rules: &Rules, text: &str, buffers: &mut Buffers, reading: &mut Reading) {
    reading.clear();
    let Reading { blocks, tokens, block_tokens, quotes, opens, sentences, units, lines } = reading;
    document::blocks(text, blocks);
    for (i, block) in blocks.iter().enumerate() {
        let first = tokens.len();
        scan::scan(rules, text, block.span, &mut buffers.scan, tokens);
        quote::pair(text, tokens, first, quotes, opens);
        let marks = sentence::Marks { text, tokens, quotes, opens, lexicon: &rules.lexicon };
        // Links and notices keep their tokens, for credits, but say nothing.
        if !rules.furniture.is_match(block.span.of(text)) {
            sentence::sentences(&marks, first as u32, tokens.len() as u32, i as u32, sentences);
        }
        block_tokens.push((first as u32, tokens.len() as u32));
    }
    let doc = Tokens { tokens, quotes, opens };
    line::lines(rules, &doc, sentences, &mut buffers.fold, units, lines);
}
