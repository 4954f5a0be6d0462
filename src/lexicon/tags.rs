//! Tags: what a word or a unit is, one bit each.
//!
//! Invariant: a tag's bit never changes after loading. The names below are the ones the program itself gives meaning
//! to; every other tag exists because a lexicon file uses it, and only rules give it meaning.

use rustc_hash::FxHashMap;
use std::fmt;
use std::ops::{BitAnd, BitOr, BitOrAssign, BitXor, Not};

/// How many tags there can be.
pub const MOST: usize = 256;

/// A set of tags.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tags([u128; 2]);

impl Tags {
    /// No tag.
    pub const NONE: Tags = Tags([0; 2]);

    /// The tag of this number, below [`MOST`].
    pub const fn bit(number: usize) -> Tags {
        let mut bits = [0; 2];
        bits[number / 128] = 1 << (number % 128);
        Tags(bits)
    }

    /// The tags of this number and all above, below [`MOST`].
    const fn from_bit(first: usize) -> Tags {
        let mut sets = Tags::NONE;
        let mut number = first;
        while number < MOST {
            sets = Tags::all_of(&[sets, Tags::bit(number)]);
            number += 1;
        }
        sets
    }

    /// All these tags together.
    pub const fn all_of(sets: &[Tags]) -> Tags {
        let mut bits = [0; 2];
        let mut i = 0;
        while i < sets.len() {
            bits[0] |= sets[i].0[0];
            bits[1] |= sets[i].0[1];
            i += 1;
        }
        Tags(bits)
    }

    /// Whether every tag of `other` is here.
    pub fn has(self, other: Tags) -> bool {
        self & other == other
    }

    /// Whether at least one tag of `other` is here.
    pub fn any(self, other: Tags) -> bool {
        !(self & other).is_empty()
    }

    /// Whether there is no tag at all.
    pub fn is_empty(self) -> bool {
        self == Tags::NONE
    }

    /// How many tags there are.
    pub fn count(self) -> usize {
        (self.0[0].count_ones() + self.0[1].count_ones()) as usize
    }

    /// Four tags from this number on, a multiple of four, as the lowest bits.
    pub fn four(self, from: usize) -> usize {
        (self.0[from / 128] >> (from % 128)) as usize & 15
    }

    /// These tags and, if `condition` holds, those too.
    pub fn with_if(self, condition: bool, other: Tags) -> Tags {
        if condition { self | other } else { self }
    }
}

impl BitOr for Tags {
    type Output = Tags;
    fn bitor(self, other: Tags) -> Tags {
        Tags([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }
}

impl BitOrAssign for Tags {
    fn bitor_assign(&mut self, other: Tags) {
        *self = *self | other;
    }
}

impl BitAnd for Tags {
    type Output = Tags;
    fn bitand(self, other: Tags) -> Tags {
        Tags([self.0[0] & other.0[0], self.0[1] & other.0[1]])
    }
}

impl BitXor for Tags {
    type Output = Tags;
    fn bitxor(self, other: Tags) -> Tags {
        Tags([self.0[0] ^ other.0[0], self.0[1] ^ other.0[1]])
    }
}

impl Not for Tags {
    type Output = Tags;
    fn not(self) -> Tags {
        Tags([!self.0[0], !self.0[1]])
    }
}

impl fmt::Debug for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tags({:#x}, {:#x})", self.0[0], self.0[1])
    }
}

macro_rules! known_tags {
    ($($name:ident = $text:literal : $meaning:literal,)*) => {
        known_tags!(@consts 0; $($name $meaning,)*);
        /// The names of the tags the program gives meaning to, in the order of their bits.
        pub const KNOWN: &[&str] = &[$($text),*];
    };
    (@consts $bit:expr; $name:ident $meaning:literal, $($rest:tt)*) => {
        #[doc = $meaning]
        pub const $name: Tags = Tags::bit($bit);
        known_tags!(@consts $bit + 1; $($rest)*);
    };
    (@consts $bit:expr;) => {};
}

known_tags! {
    // Forms of verbs, from the conjugation tables.
    FIN = "fin": "A finite form.",
    COND = "cond": "A finite form in the conditional.",
    PAST = "past": "A finite form in a past tense.",
    FUT = "fut": "A finite form in the future.",
    INF = "inf": "An infinitive.",
    PPRS = "pprs": "A present participle.",
    PP = "pp": "A past participle.",
    THIRD = "third-person": "A third person form.",
    FIRST = "first-person": "Only a first or second person form or pronoun.",
    // Verb groups.
    VERB = "verb": "A verb group.",
    INV = "inv": "Followed by its subject pronoun (a-t-il dit).",
    ON = "on": "The pronoun « on », or a verb group with it behind (dit-on).",
    PASS = "pass": "A passive verb group (a été annoncé).",
    REFL = "refl": "A reflexive verb group, or the pronoun se.",
    NEG = "neg": "A negated verb group, or the word ne.",
    MODAL = "modal": "Under pouvoir, devoir, aller: possible or to come, not said.",
    GERUND = "gerund": "A present participle behind « en ».",
    COMPOUND = "compound": "A compound tense (a dit, aurait reçu).",
    // Verbs the verb group is built with.
    AVOIR = "avoir": "The verb avoir.",
    ETRE = "être": "The verb être.",
    WITH_ETRE = "etre": "A verb conjugated with être.",
    CLITIC = "clitic": "A pronoun that stands before the verb.",
    // Gender and number.
    MALE = "male": "Masculine.",
    FEMALE = "female": "Feminine.",
    PLURAL = "plural": "Plural.",
    // Noun phrases.
    NP = "np": "A noun phrase or pronoun that can be a source.",
    DEF = "def": "With a definite article.",
    INDEF = "indef": "With an indefinite article or pronoun.",
    DEM = "dem": "With a demonstrative.",
    POSS = "poss": "With a possessive.",
    PRON = "pron": "A pronoun.",
    REL = "rel": "A relative pronoun (qui).",
    NAME = "name": "Holds a proper name.",
    PERSON = "person": "Names a person.",
    TIME = "time": "A date, a day, a moment.",
    // Words inside noun phrases.
    NOUN = "noun": "A noun.",
    ADJ = "adj": "An adjective.",
    TITLE = "title": "A title before a name (M., Mme).",
    GIVEN = "first": "A given name.",
    PARTICLE = "particle": "A word inside names (de, ben, von).",
    DET = "det": "A determiner.",
    CONTRACTED = "contracted": "A preposition with its article (du, des, aux).",
    PREP = "prep": "A preposition.",
    PROPER = "proper": "A word that only counts with its capital.",
    ADV = "adv": "An adverb.",
    AMPERSAND = "ampersand": "The sign &: a firm's name holds it, a person's does not.",
    FUNCTION = "function": "A grammatical word, never part of a name.",
    SUB = "sub": "A word that opens a clause inside the sentence (puisque, si).",
    RELWORD = "relword": "A relative word that is no subject (dont, où).",
    // Kinds of source, used for status and resolution.
    ROLE = "role": "A function or profession.",
    SPOKES = "spokes": "A spokesperson.",
    HUMAN = "human": "A person without a function.",
    GROUP = "group": "People in number, unnamed.",
    ORG = "org": "An organisation or institution.",
    DOC = "doc": "A document, study or poll.",
    SOURCE = "source": "The word source itself.",
    MEDIA = "media": "An outlet, agency or platform.",
    AGENCY = "agency": "A news agency.",
    PLATFORM = "platform": "A platform for posts.",
    PLACE = "place": "A place.",
    METONYM = "metonym": "A place that stands for an authority.",
    OCCASION = "occasion": "An occasion on which one speaks.",
    CHANNEL = "channel": "The speaker's own channel.",
    GENERIC = "generic": "A kind of body, used for one already named (le groupe).",
    OWNED = "owned": "What is whoever's who gives it, and no document of its own (les chiffres, les déclarations).",
    DEFENDANT = "defendant": "Whom a trial is about (l'accusé, le prévenu).",
    NATION = "nation": "An adjective of a state (français).",
    MEMBERS = "members": "A body that « ils » may take up (couple, collectif).",
    LATTER = "latter": "ce dernier, l'intéressé.",
    TOPIC = "topic": "quant à.",
    STRONG = "strong": "A pronoun that stands on its own (celui, eux).",
    RUMOUR = "rumour": "A word for a rumour.",
    KIN = "kin": "A relative of somebody.",
    ANONYMITY = "anonymity": "A formula under which somebody speaks without a name.",
    ADDS = "adds": "A verb that adds to what the same speaker has just said (ajouter, poursuivre).",
    UNPROVEN = "unproven": "The writer's word that a claim comes without proof (sans preuve).",
    UNVER = "unver": "Marks the unconfirmed (présumé).",
    // Shapes of words.
    CAP = "cap": "A capitalised word that can be a name.",
    ACRO = "acro": "A word in capitals.",
    OPEN = "open": "A word the lexicon does not know.",
    NUM = "num": "A number.",
    HANDLE = "handle": "An @account.",
    URL = "url": "A web address or domain.",
    QUOTE = "quote": "A quotation.",
    CLAUSE = "clause": "A quotation that holds at least one clause.",
    OPENER = "opener": "A word that begins a sentence wherever it has a capital (Selon).",
    OPENS = "opens": "A word that opens a clause (que, comment, car).",
    JOINS = "joins": "A word that joins two clauses (et, mais).",
    STOP = "stop": "A mark that ends a sentence.",
    ABBR = "abbr": "An abbreviation written with a point.",
}

/// Every tag that only rules give meaning to.
pub const FROM_DATA: Tags = Tags::from_bit(KNOWN.len());
/// The genders.
pub const GENDER: Tags = Tags::all_of(&[MALE, FEMALE]);
/// Gender and number.
pub const AGREEMENT: Tags = Tags::all_of(&[GENDER, PLURAL]);
/// What form of a verb a word is.
pub const FORM: Tags = Tags::all_of(&[FIN, COND, PAST, FUT, INF, PPRS, PP, FIRST, THIRD]);

/// The names of all tags, known and from data.
#[derive(Debug)]
pub struct TagNames {
    names: Vec<String>,
    /// Where in `names` each one stands.
    numbers: FxHashMap<String, usize>,
}

impl Default for TagNames {
    fn default() -> TagNames {
        let names: Vec<String> = KNOWN.iter().map(|s| s.to_string()).collect();
        TagNames { numbers: names.iter().cloned().zip(0..).collect(), names }
    }
}

impl TagNames {
    /// The tag of this name, if it exists.
    pub fn get(&self, name: &str) -> Option<Tags> {
        self.numbers.get(name).map(|&number| Tags::bit(number))
    }

    /// The tag of this name, made if it is new. `None` when there are [`MOST`].
    pub fn add(&mut self, name: &str) -> Option<Tags> {
        if let Some(tag) = self.get(name) {
            return Some(tag);
        }
        if self.names.len() == MOST {
            return None;
        }
        self.numbers.insert(name.to_string(), self.names.len());
        self.names.push(name.to_string());
        Some(Tags::bit(self.names.len() - 1))
    }

    /// The names in a set, in the order of their bits.
    pub fn of(&self, tags: Tags) -> impl Iterator<Item = &str> {
        self.names.iter().enumerate().filter(move |(i, _)| tags.any(Tags::bit(*i))).map(|(_, n)| n.as_str())
    }

    /// All names.
    pub fn all(&self) -> &[String] {
        &self.names
    }
}
