//! Stage 5: finding noun phrases, verb groups and dates in a line of tokens.
//!
//! The patterns are data (`mentions.toml`); they run over one class per token. Invariant: chunks are disjoint, the
//! leftmost first, the earlier pattern first where two begin at the same token.

use crate::lexicon::tags::{self, Tags};
use crate::lexicon::{self, LexId, Lexicon};
use crate::rule::alphabet::{Alphabet, Class};
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::{Anchored, Input};

/// What a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A noun phrase.
    Np,
    /// A verb group.
    Verb,
    /// A date or moment.
    Time,
}

impl Kind {
    /// The kind of this name in `mentions.toml`.
    pub fn from_name(name: &str) -> Option<Kind> {
        Some(match name {
            "np" => Kind::Np,
            "verb" => Kind::Verb,
            "time" => Kind::Time,
            _ => return None,
        })
    }
}

/// The chunk patterns of a language, compiled together.
#[derive(Debug)]
pub struct Chunker {
    /// Finds the chunk that begins at a token; the pattern number says which.
    pub dfa: DFA,
    /// Kind and extra tags by pattern number.
    pub kinds: Vec<(Kind, Tags)>,
    /// Class of each lexeme, by how it is written: [`variant`].
    pub classes: Vec<[Class; 3]>,
    /// Class of a quotation: short, or one that holds a clause.
    pub quotes: [Class; 2],
}

/// The lazy automaton's states, kept from text to text for one set of rules.
#[derive(Debug, Default)]
pub struct Memory {
    cache: Option<Cache>,
    of: u64,
}

impl Chunker {
    /// Makes the memory fit this chunker, which belongs to the rules of this number.
    pub fn prepare(&self, number: u64, memory: &mut Memory) {
        if memory.of != number || memory.cache.is_none() {
            *memory = Memory { cache: Some(self.dfa.create_cache()), of: number };
        }
    }

    /// The chunk that begins at byte `from` of a line of class bytes: the number of its pattern and where it ends.
    pub fn at(&self, line: &[u8], from: usize, memory: &mut Memory) -> Option<(usize, usize)> {
        let cache = memory.cache.as_mut()?;
        let input = Input::new(line).range(from..).anchored(Anchored::Yes);
        // The automaton never quits and never gives up: no byte is set to quit on, no least use of its memory asked for.
        let found = self.dfa.try_search_fwd(cache, &input).ok().flatten()?;
        (found.offset() > from).then(|| (found.pattern().as_usize(), found.offset()))
    }
}

/// A word's tags as it is written here: 0 as it is, 1 with a capital that can make it a name, 2 all capitals.
pub fn variant(tags: Tags, variant: usize) -> Tags {
    let tags = tags.with_if(variant > 0, tags::CAP).with_if(variant > 1, tags::ACRO);
    if variant > 0 { tags & !tags::OPEN } else { tags }
}

/// The class tables for an alphabet: one class per lexeme and way of writing it.
pub fn word_classes(alphabet: &mut Alphabet, lexicon: &Lexicon) -> Vec<[Class; 3]> {
    // Forms of verbs are many and their sets of tags few: what one form is asked, the others need not be.
    let mut seen: Vec<Option<[Class; 3]>> = Vec::new();
    let ids = 0..lexicon.len() as LexId;
    let mut classes: Vec<[Class; 3]> = ids
        .map(|id| {
            let reading = lexicon.reading(id);
            seen.resize(seen.len().max(reading + 1), None);
            *seen[reading].get_or_insert_with(|| classes_of(alphabet, None, lexicon.tags(id)))
        })
        .collect();
    for id in alphabet.named() {
        classes[id as usize] = classes_of(alphabet, Some(id), lexicon.tags(id));
    }
    classes
}

fn classes_of(alphabet: &mut Alphabet, lex: Option<LexId>, tags: Tags) -> [Class; 3] {
    [0, 1, 2].map(|v| alphabet.class(lex, variant(tags, v)))
}

/// Tags of a quotation as one symbol.
pub fn quote_tags(clause: bool) -> Tags {
    tags::QUOTE.with_if(clause, tags::CLAUSE)
}

/// The class of a quotation as one symbol, for short ones and for those with a clause.
pub fn quote_classes(alphabet: &mut Alphabet) -> [Class; 2] {
    [false, true].map(|clause| alphabet.class(Some(lexicon::QUOTATION), quote_tags(clause)))
}
