//! Lexicon files → [`Lexicon`].
//!
//! Invariant: all mistakes of all files are collected; a mistake in one entry never hides the next.

use super::file::{LexiconFile, VerbEntry, VerbGroup, WordGroup};
use super::fold::{fold, fold_into, without_accents};
use super::readings::{NOMINAL, join, make_plural};
use super::tags::{self, Tags};
use super::verbs::Verbs;
use super::words::Words;
use super::{LexId, Lexeme, Lexicon, Phrase, RESERVED};
use crate::diagnostic::Diagnostic;
use crate::token::scan;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;
use toml::Spanned;

/// Room for about as many forms as a language pack has.
const USUAL_FORMS: usize = 90_000;
/// The same for words that count only with a capital.
const USUAL_NAMES: usize = 24_000;
/// The same for expressions.
const USUAL_EXPRESSIONS: usize = 10_000;
/// The same for readings.
const USUAL_READINGS: usize = 9_000;

/// The reading of a word that has none yet.
const UNREAD: u32 = 0;

/// A lexicon in the making.
#[derive(Debug, Default)]
pub struct Builder {
    pub(super) lexicon: Lexicon,
    /// Where in the lexicon's readings each one stands, by its hash. Where two have the same hash, the first may be listed
    /// twice, which does no harm.
    known: FxHashMap<u64, u32>,
    pub(super) models: BTreeMap<String, Verbs>,
    pub(super) phrases: Vec<(String, Tags, Tags, bool)>,
    pub(crate) errors: Vec<Diagnostic>,
}

/// A reading to be added to words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    tags: Tags,
    reflexive: Tags,
    /// What a word has that has no other reading: an index of the lexicon's.
    alone: u32,
}

impl Builder {
    /// An empty lexicon with the reserved lexemes. `elisions` and `inverted` as in [`Lexicon`].
    pub fn new(elisions: &[String], inverted: &[String]) -> Builder {
        let mut lexemes = Vec::with_capacity(USUAL_FORMS + USUAL_NAMES);
        lexemes.resize(RESERVED, UNREAD);
        let lexicon = Lexicon {
            lexemes,
            readings: Vec::with_capacity(USUAL_READINGS),
            forms: Words::with_capacity(USUAL_FORMS),
            proper: Words::with_capacity(USUAL_NAMES),
            elisions: elisions.iter().map(|e| fold(e)).collect(),
            inverted: inverted.iter().map(|e| fold(e)).collect(),
            ..Lexicon::default()
        };
        let reserved = [
            (super::UNKNOWN, tags::OPEN),
            (super::UNKNOWN_CAP, tags::OPEN),
            (super::NUMBER, tags::NUM),
            (super::URL, tags::URL),
            (super::HANDLE, tags::HANDLE),
            (super::QUOTATION, tags::QUOTE),
        ];
        let phrases = Vec::with_capacity(USUAL_EXPRESSIONS);
        let mut builder = Builder { lexicon, phrases, ..Builder::default() };
        let unread = builder.reading(Lexeme::default());
        debug_assert_eq!(unread, UNREAD);
        for (id, tags) in reserved {
            let guessed = tags == tags::OPEN;
            builder.lexicon.lexemes[id as usize] = builder.reading(Lexeme { tags, guessed, ..Lexeme::default() });
        }
        builder
    }

    /// Adds a file as it was read. Models must come before the verbs that use them.
    pub fn add(&mut self, name: &str, file: &Result<LexiconFile, toml::de::Error>) {
        let file = match file {
            Ok(file) => file,
            Err(e) => return self.errors.push(Diagnostic::from_toml(name, e)),
        };
        self.models.extend(file.model.iter().map(|(name, model)| (name.clone(), Verbs::new(model))));
        for VerbEntry { lemma, model, tags } in &file.verbs {
            self.verb(name, lemma.get_ref(), lemma.span(), model.as_deref(), tags);
        }
        for VerbGroup { model, tags, lemmas } in &file.conjugated {
            for lemma in lemmas.get_ref().split_whitespace() {
                self.verb(name, lemma, lemmas.span(), model.as_deref(), tags);
            }
        }
        for group in &file.words {
            self.group(name, group);
        }
        for ending in &file.endings {
            let tags = self.tags(name, &ending.tags);
            let id = self.push(Lexeme {
                tags: tags | tags::OPEN,
                verb: tags,
                noun: tags,
                guessed: true,
                ..Lexeme::default()
            });
            for tail in ending.ends.split_whitespace() {
                self.lexicon.longest_ending = self.lexicon.longest_ending.max(tail.len());
                let at = self.lexicon.endings.entry(tail.into()).or_default();
                at.push((ending.least.max(tail.len() + 1), id));
                at.sort_by_key(|(least, _)| std::cmp::Reverse(*least));
            }
        }
        file.people.iter().for_each(|person| self.lexicon.people.add(person));
        self.lexicon.domains.extend(file.domains.iter().map(|(k, v)| (k.clone(), v.clone())));
        self.lexicon.aliases.extend(file.aliases.iter().map(|(k, v)| (fold(k), v.clone())));
    }

    /// The lexeme of a word that a rule names; made, with a guessed reading, if the files do not list it.
    pub fn ensure(&mut self, word: &str) -> LexId {
        self.ensure_folded(&fold(word))
    }

    fn ensure_folded(&mut self, folded: &str) -> LexId {
        // « -t-il » is « -il ».
        let pronoun = folded.strip_prefix("-t-").map(|pronoun| format!("-{pronoun}"));
        let folded = pronoun.as_deref().unwrap_or(folded);
        if let Some(id) = self.lexicon.get(folded) {
            return id;
        }
        let guess = self.lexicon.tags(self.lexicon.guess(folded));
        let id = self.push(Lexeme { tags: guess, verb: guess, noun: guess, guessed: true, ..Lexeme::default() });
        self.lexicon.forms.add(folded, id);
        id
    }

    /// Names a set of tags from a list separated by spaces, making new ones.
    pub fn tag(&mut self, name: &str) -> Option<Tags> {
        self.lexicon.names.get(name)
    }

    /// Adds an expression that counts as one token, and returns its lexeme; none where it holds no word.
    pub fn phrase(&mut self, expression: &str, tags: Tags, reflexive: Tags, cap: bool) -> Option<LexId> {
        let pieces = scan::pieces(expression, &self.lexicon);
        let mut words = Vec::with_capacity(pieces.len());
        let mut capitals = 0u32;
        let (mut folded, mut scratch) = (String::new(), String::new());
        for (i, piece) in pieces.iter().enumerate() {
            let word = &expression[piece.clone()];
            let capital = word.starts_with(char::is_uppercase);
            if cap && capital && i < 32 {
                capitals |= 1 << i;
            }
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                words.push(self.number(word));
                continue;
            }
            fold_into(word, &mut folded);
            let mut proper = capital && self.lexicon.proper.get(&folded).is_some();
            if cap && capital && !proper && self.lexicon.get(&folded).is_none() {
                // « Le Tellier »: a name met only in an expression stays an unknown name elsewhere.
                let id = self.push(Lexeme { tags: tags::OPEN, guessed: true, ..Lexeme::default() });
                self.lexicon.proper.add(&folded, id);
                proper = true;
            }
            words.push(if proper {
                self.lexicon.look_up(&folded, true, &mut scratch)
            } else {
                self.ensure_folded(&folded)
            });
        }
        let (&first, rest) = words.split_first()?;
        let Some(&second) = rest.first() else {
            self.join(first, tags, reflexive);
            return Some(first);
        };
        let begins = &mut self.lexicon.begins;
        begins.resize(begins.len().max(first as usize + 1), false);
        begins[first as usize] = true;
        let at = self.lexicon.phrases.entry((first, second)).or_default();
        if let Some(known) = at.iter().find(|p| *p.rest == *rest && p.capitals == capitals) {
            let lex = known.lex;
            self.join(lex, tags, reflexive);
            return Some(lex);
        }
        let lex = self.lexicon.lexemes.len() as LexId;
        at.push(Phrase { rest: rest.into(), capitals, lex });
        at.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        let mut lexeme = Lexeme::default();
        join(&mut lexeme, tags, reflexive);
        Some(self.push(lexeme))
    }

    /// The lexeme of a number that a name holds, made if there is none: a number like any other, but not the same as any.
    fn number(&mut self, written: &str) -> LexId {
        if let Some(&id) = self.lexicon.numbers.get(written) {
            return id;
        }
        let id = self.push(*self.lexicon.lexeme(super::NUMBER));
        self.lexicon.numbers.insert(written.into(), id);
        id
    }

    /// Adds the expressions the files listed, now that all words are known. Call once, after the last [`Builder::add`].
    pub fn settle(&mut self) {
        for (text, tags, reflexive, cap) in std::mem::take(&mut self.phrases) {
            self.phrase(&text, tags, reflexive, cap);
        }
        self.plain();
        // « président » is no form of « présider »: who is called so is much more often meant.
        let Lexicon { forms, lexemes, readings, .. } = &self.lexicon;
        let people = |id: LexId| {
            let lexeme = &readings[lexemes[id as usize] as usize];
            lexeme.noun.any(tags::ROLE | tags::HUMAN) && lexeme.verb.any(tags::FIN)
        };
        let nouns: Vec<LexId> =
            forms.iter().filter(|(f, id)| f.ends_with("ent") && people(*id)).map(|(_, id)| id).collect();
        for id in nouns {
            let lexeme = *self.lexicon.lexeme(id);
            let noun = Lexeme { tags: lexeme.noun, verb: Tags::NONE, reflexive: Tags::NONE, ..lexeme };
            self.lexicon.lexemes[id as usize] = self.reading(noun);
        }
        for lexeme in &mut self.lexicon.readings {
            for tags in [&mut lexeme.tags, &mut lexeme.verb, &mut lexeme.reflexive] {
                if tags.has(tags::THIRD) {
                    *tags = *tags & !tags::FIRST;
                }
            }
        }
        self.known = self.lexicon.readings.iter().map(|lexeme| FxBuildHasher.hash_one(lexeme)).zip(0..).collect();
    }

    /// Fills the table of words in capitals without accents; of several words that look alike, the first listed counts.
    fn plain(&mut self) {
        let Lexicon { lexemes, readings, forms, proper, plain, .. } = &mut self.lexicon;
        let common: Vec<bool> = readings.iter().map(|lexeme| !lexeme.noun.is_empty()).collect();
        let common = forms.iter().filter(|(_, id)| common[lexemes[*id as usize] as usize]);
        let mut listed: Vec<(&str, LexId)> = common.chain(proper.iter()).filter(|(form, _)| !form.is_ascii()).collect();
        listed.sort_by_key(|(_, id)| *id);
        let mut scratch = String::new();
        for (form, id) in listed {
            without_accents(form, &mut scratch);
            plain.add(&scratch, id);
        }
    }

    /// The lexicon and every mistake found.
    pub fn finish(self) -> (Lexicon, Vec<Diagnostic>) {
        (self.lexicon, self.errors)
    }

    /// The lexicon so far.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    fn push(&mut self, lexeme: Lexeme) -> LexId {
        let reading = self.reading(lexeme);
        self.lexicon.lexemes.push(reading);
        self.lexicon.lexemes.len() as LexId - 1
    }

    fn reading(&mut self, lexeme: Lexeme) -> u32 {
        let readings = &mut self.lexicon.readings;
        match self.known.entry(FxBuildHasher.hash_one(lexeme)) {
            Entry::Occupied(known) if readings[*known.get() as usize] == lexeme => *known.get(),
            known => {
                readings.push(lexeme);
                *known.insert_entry(readings.len() as u32 - 1).get()
            }
        }
    }

    /// Gives a lexeme one more reading.
    fn join(&mut self, id: LexId, tags: Tags, reflexive: Tags) {
        let mut lexeme = *self.lexicon.lexeme(id);
        join(&mut lexeme, tags, reflexive);
        self.lexicon.lexemes[id as usize] = self.reading(lexeme);
    }

    pub(super) fn tags(&mut self, file: &str, list: &Spanned<String>) -> Tags {
        let mut set = Tags::NONE;
        for name in list.get_ref().split_whitespace() {
            match self.lexicon.names.add(name) {
                Some(tag) => set |= tag,
                None => self.errors.push(Diagnostic::new(
                    "too-many-tags",
                    file,
                    list.span(),
                    format!("there is no room for the tag `{name}`: {MOST} tags are in use", MOST = tags::MOST),
                    "reuse an existing tag",
                )),
            }
        }
        set
    }

    /// Adds a reading to a word, which is made if it is new.
    pub(super) fn insert(&mut self, form: &str, proper: bool, added: &Reading) {
        let words = if proper { &mut self.lexicon.proper } else { &mut self.lexicon.forms };
        let next = self.lexicon.lexemes.len() as LexId;
        let id = words.add(form, next);
        if id == next {
            return self.lexicon.lexemes.push(added.alone);
        }
        let known = self.lexicon.lexeme(id);
        let mut lexeme = *known;
        // A grammatical word has no other reading: « contre » is no form of « contrer ».
        match (lexeme.tags.any(tags::FUNCTION), added.tags.any(tags::FUNCTION)) {
            (true, false) => return,
            (false, true) => lexeme = Lexeme::default(),
            _ => {}
        }
        join(&mut lexeme, added.tags, added.reflexive);
        lexeme.guessed = false;
        if lexeme != *known {
            self.lexicon.lexemes[id as usize] = self.reading(lexeme);
        }
    }

    /// A reading that many words are to get.
    pub(super) fn shared(&mut self, tags: Tags, reflexive: Tags) -> Reading {
        let mut lexeme = Lexeme::default();
        join(&mut lexeme, tags, reflexive);
        Reading { tags, reflexive, alone: self.reading(lexeme) }
    }

    fn group(&mut self, file: &str, group: &WordGroup) {
        let set = self.tags(file, &group.tags);
        let noun = set.any(NOMINAL) && !set.any(tags::ADJ);
        let set = set.with_if(noun, tags::NOUN).with_if(group.cap, tags::PROPER);
        let male = tags::MALE;
        let female = tags::FEMALE;
        let columns = [
            (&group.m, male, true),
            (&group.f, female, true),
            (&group.mf, Tags::NONE, true),
            (&group.mp, male | tags::PLURAL, false),
            (&group.fp, female | tags::PLURAL, false),
            (&group.inv, Tags::NONE, false),
        ];
        let mut word_form = String::new();
        for (list, gender, plural) in columns {
            if list.is_empty() {
                continue;
            }
            let one = self.shared(set | gender, Tags::NONE);
            let several = self.shared(set | gender | tags::PLURAL, Tags::NONE);
            for word in list.split_whitespace() {
                fold_into(word, &mut word_form);
                self.insert(&word_form, group.cap, &one);
                if plural && !group.cap && make_plural(&mut word_form) {
                    self.insert(&word_form, false, &several);
                }
            }
        }
        let phrases = group.phrases.iter().map(|p| (p.clone(), set, Tags::NONE, group.cap));
        self.phrases.extend(phrases);
    }
}
