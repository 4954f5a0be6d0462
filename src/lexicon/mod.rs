//! The lexicon: what each word can be.
//!
//! Invariant: immutable once the rules are compiled. Every token has a lexeme: a known word, or the stand-in for unknown
//! words of its shape. `LexId` indexes tables, so the hot path never compares strings twice.

pub mod build;
pub mod conjugate;
pub mod file;
pub mod fold;
pub mod people;
mod readings;
pub mod tags;
mod verbs;
mod words;

use people::People;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use tags::{TagNames, Tags};
use words::Words;

/// Index of a lexeme.
pub type LexId = u32;

/// An unknown word in lower case.
pub const UNKNOWN: LexId = 0;
/// An unknown capitalised word.
pub const UNKNOWN_CAP: LexId = 1;
/// A number.
pub const NUMBER: LexId = 2;
/// A web address or domain.
pub const URL: LexId = 3;
/// An `@account`.
pub const HANDLE: LexId = 4;
/// A quotation, where it stands as one symbol.
pub const QUOTATION: LexId = 5;
/// A mark the lexicon does not list.
pub const MARK: LexId = 6;
/// How many of the ids above there are.
const RESERVED: usize = 7;

/// One word form and all its readings together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lexeme {
    /// The union of the tags of its readings.
    pub tags: Tags,
    /// Tags of its readings as anything but a verb.
    pub noun: Tags,
    /// Tags of its readings as a verb.
    pub verb: Tags,
    /// Tags it has under a reflexive pronoun (« se dit »: from « se dire », not « dire »).
    pub reflexive: Tags,
    /// Known only because a rule or a phrase names it: its tags are a guess from its shape.
    pub guessed: bool,
}

/// An expression of several words that counts as one token.
#[derive(Debug)]
struct Phrase {
    rest: Box<[LexId]>,
    /// Bit *i*: word *i* must have a capital.
    capitals: u32,
    lex: LexId,
}

/// All words of a language pack.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Names of the tags in use.
    pub names: TagNames,
    /// For each word form, its readings: an index of `readings`, as the forms are many and their readings few.
    lexemes: Vec<u32>,
    readings: Vec<Lexeme>,
    forms: Words,
    proper: Words,
    plain: Words,
    /// Numbers that belong to a name (« France 2 », « 2M »), as written.
    numbers: FxHashMap<Box<str>, LexId>,
    /// By their first two words, the longest first.
    phrases: FxHashMap<(LexId, LexId), Vec<Phrase>>,
    /// For each lexeme, whether an expression begins with it: most words need no look-up.
    begins: Vec<bool>,
    endings: FxHashMap<Box<str>, Vec<(usize, LexId)>>,
    longest_ending: usize,
    /// People known by name.
    pub people: People,
    /// Web domain → outlet.
    pub domains: BTreeMap<String, String>,
    /// Short name, folded → full name.
    pub aliases: BTreeMap<String, String>,
    /// What is cut off before a word (« l' », « qu' »), folded, with the apostrophe.
    pub elisions: Vec<String>,
    /// Pronouns that can stand behind a verb and a hyphen (« -il »), folded, without the hyphen.
    pub inverted: Vec<String>,
}

impl Lexicon {
    /// How many lexemes there are.
    pub fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// Whether there is no lexeme.
    pub fn is_empty(&self) -> bool {
        self.lexemes.is_empty()
    }

    /// Number of a lexeme's readings: the same for all forms that have the same ones.
    pub fn reading(&self, id: LexId) -> usize {
        self.lexemes[id as usize] as usize
    }

    /// A lexeme by its id.
    pub fn lexeme(&self, id: LexId) -> &Lexeme {
        &self.readings[self.lexemes[id as usize] as usize]
    }

    /// The tags of a lexeme.
    pub fn tags(&self, id: LexId) -> Tags {
        self.lexeme(id).tags
    }

    /// The lexeme of exactly this folded form.
    pub fn get(&self, folded: &str) -> Option<LexId> {
        self.forms.get(folded)
    }

    /// The lexeme of a word in a text. `capital`: it begins with a capital. `scratch` holds no meaning between calls.
    pub fn look_up(&self, folded: &str, capital: bool, scratch: &mut String) -> LexId {
        let common = self.forms.get(folded);
        if !capital {
            return common.unwrap_or_else(|| self.guess(folded));
        }
        let proper = self.proper.get(folded);
        // « Me Jarry » is no pronoun; any other grammatical word stays one, capital or not.
        let title = proper.filter(|&id| self.tags(id).any(tags::TITLE));
        if let Some(id) = title.or(common.filter(|&id| self.tags(id).any(tags::FUNCTION))).or(proper) {
            return id;
        }
        common
            .or_else(|| {
                fold::without_accents(folded, scratch);
                (scratch == folded).then(|| self.plain.get(folded)).flatten()
            })
            .or_else(|| Some(self.guess(folded)).filter(|&id| self.tags(id).any(tags::ADV)))
            .unwrap_or(UNKNOWN_CAP)
    }

    /// The lexeme of a number: its own where a listed name has it, else the one all numbers share.
    pub fn number(&self, written: &str) -> LexId {
        self.numbers.get(written).copied().unwrap_or(NUMBER)
    }

    /// What an unknown word may be: the noun in a compound (« ex-ministre », « médecin-chef »), else by its ending.
    fn guess(&self, folded: &str) -> LexId {
        if let Some((head, tail)) = folded.split_once('-') {
            let noun = |word: &str| self.get(word).filter(|&id| self.tags(id).any(tags::NOUN));
            if let Some(id) = noun(tail).or_else(|| noun(head)) {
                return id;
            }
        }
        let letters = folded.len();
        let longest = self.longest_ending.min(letters.saturating_sub(1));
        for size in (2..=longest).rev() {
            let Some(tail) = folded.get(letters - size..) else { continue };
            if let Some(candidates) = self.endings.get(tail)
                && let Some((_, id)) = candidates.iter().find(|(least, _)| letters >= *least)
            {
                return *id;
            }
        }
        UNKNOWN
    }

    /// The longest listed expression that begins with these words: how many words it has, and its lexeme. `word` gives
    /// lexeme and capital of the words that follow, `first` included.
    pub fn phrase(&self, first: LexId, word: impl Fn(usize) -> Option<(LexId, bool)>) -> Option<(usize, LexId)> {
        if !self.begins.get(first as usize).is_some_and(|begins| *begins) {
            return None;
        }
        let (second, _) = word(1)?;
        let candidates = self.phrases.get(&(first, second))?;
        candidates.iter().find_map(|p| {
            let capital = |i: usize| p.capitals.checked_shr(i as u32).is_some_and(|bits| bits & 1 == 1);
            let fits = |i: usize, want: LexId| word(i).is_some_and(|(lex, c)| lex == want && (c || !capital(i)));
            let all = fits(0, first) && p.rest.iter().enumerate().all(|(i, &want)| fits(i + 1, want));
            all.then_some((p.rest.len() + 1, p.lex))
        })
    }
}
