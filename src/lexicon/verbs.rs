//! Verbs of a lexicon file → word forms with their readings.
//!
//! Invariant: verbs that share a model and their tags share the readings of their forms, which are made once.

use super::build::{Builder, Reading};
use super::conjugate::{self, Conjugation, Model};
use super::fold::fold;
use super::readings::FORM_TAGS;
use super::tags::Tags;
use crate::diagnostic::Diagnostic;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A model, and what its verbs have in common.
#[derive(Debug)]
pub(super) struct Verbs {
    conjugation: Conjugation,
    /// For tags of a verb and whether it is pronominal: the reading of each ending.
    readings: FxHashMap<(Tags, bool), Vec<Reading>>,
}

impl Verbs {
    pub(super) fn new(model: &Model) -> Verbs {
        Verbs { conjugation: Conjugation::new(model), readings: FxHashMap::default() }
    }
}

impl Builder {
    pub(super) fn verb(&mut self, file: &str, infinitive: &str, span: Range<usize>, model: Option<&str>, tags: &str) {
        let mut set = Tags::NONE;
        for name in tags.split_whitespace() {
            set |= self.lexicon.names.add(name).unwrap_or_default();
        }
        let lemma = fold(infinitive);
        let (pronominal, lemma) = match lemma.strip_prefix("se ").or_else(|| lemma.strip_prefix("s'")) {
            Some(rest) => (true, rest),
            None => (false, lemma.as_str()),
        };
        let (head, rest) = match lemma.split_once(' ') {
            Some((head, rest)) => (head, Some(rest)),
            None => (lemma, None),
        };
        let name = model.unwrap_or_else(|| conjugate::default_model(head));
        let mut models = std::mem::take(&mut self.models);
        match models.get_mut(name).map(|model| (model.conjugation.stem(head), model)) {
            None => self.errors.push(Diagnostic::new(
                "unknown-model",
                file,
                span,
                format!("« {infinitive} » asks for the conjugation model `{name}`, which no file defines"),
                "name a model of conjugation.toml, or add one there",
            )),
            Some((None, _)) => self.errors.push(Diagnostic::new(
                "infinitive",
                file,
                span,
                format!("« {infinitive} » does not end the way the model `{name}` expects"),
                "write the infinitive, or name another model",
            )),
            Some((Some(stem), model)) => match rest {
                Some(rest) => self.expression(stem, rest, set, pronominal, &model.conjugation),
                None => self.forms(stem, set, pronominal, model),
            },
        }
        self.models = models;
    }

    /// Adds all forms of a verb.
    fn forms(&mut self, stem: (&str, &str), set: Tags, pronominal: bool, Verbs { conjugation, readings }: &mut Verbs) {
        let readings = readings.entry((set, pronominal)).or_insert_with(|| {
            let reading = |form| {
                let (plain, reflexive) = uses(form | set, pronominal);
                self.shared(plain | form, reflexive)
            };
            conjugation.endings.iter().map(|ending| ending.tags).map(reading).collect()
        });
        let mut form = String::new();
        for (ending, reading) in conjugation.endings.iter().zip(readings) {
            ending.form(stem, &mut form);
            self.insert(&form, false, reading);
        }
    }

    /// Adds all forms of a verb that goes with other words (« faire savoir »): alone it is only a form of a verb.
    fn expression(&mut self, stem: (&str, &str), rest: &str, set: Tags, pronominal: bool, conjugation: &Conjugation) {
        let mut form = String::new();
        for ending in &conjugation.endings {
            ending.form(stem, &mut form);
            let alone = self.shared(ending.tags, Tags::NONE);
            self.insert(&form, false, &alone);
            let (plain, reflexive) = uses(ending.tags | set, pronominal);
            self.phrases.push((format!("{form} {rest}"), plain, reflexive, false));
        }
    }
}

/// What a form of a verb is without a reflexive pronoun, and with one.
fn uses(tags: Tags, pronominal: bool) -> (Tags, Tags) {
    if pronominal { (Tags::NONE, tags) } else { (tags, tags & FORM_TAGS) }
}
