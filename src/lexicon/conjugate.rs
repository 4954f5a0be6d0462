//! Forms of verbs from conjugation models (`lexicon/conjugation.toml`).
//!
//! Invariant: a model is data; this file knows how endings join a stem, and no French verb.

use super::tags::{self, Tags};
use serde::Deserialize;

/// One model: endings by tense, six persons each, `-` where there is no such form.
///
/// `ending` is what is cut from the infinitive. A `?` in it stands for the consonants kept between a changing vowel and
/// the ending (`é?er`: répéter → répète), and returns in the endings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    ending: String,
    pres: String,
    impf: String,
    past: String,
    fut: String,
    cond: String,
    subj: String,
    #[serde(default)]
    subjpast: String,
    pprs: String,
    pp: String,
}

/// A model as it is applied: every ending once, with all the tags it has.
#[derive(Debug)]
pub(super) struct Conjugation {
    cut: String,
    pub(super) endings: Vec<Ending>,
}

/// One ending: what stands before the kept consonants and, where the ending keeps them, behind.
#[derive(Debug)]
pub(super) struct Ending {
    before: String,
    after: Option<String>,
    /// What a form with this ending is.
    pub(super) tags: Tags,
}

impl Conjugation {
    pub(super) fn new(model: &Model) -> Conjugation {
        let mut endings: Vec<(&str, Tags)> = Vec::new();
        let mut give = |ending, tags| match endings.iter_mut().find(|(known, _)| *known == ending) {
            _ if ending == "-" => {}
            Some((_, all)) => *all |= tags,
            None => endings.push((ending, tags)),
        };
        give(&model.ending, tags::INF);
        let finite = [
            (&model.pres, Tags::NONE),
            (&model.impf, tags::PAST),
            (&model.past, tags::PAST),
            (&model.fut, tags::FUT),
            (&model.cond, tags::COND),
            (&model.subj, Tags::NONE),
        ];
        for (row, tense) in finite {
            for (person, ending) in row.split_whitespace().enumerate() {
                // Press text has no « tu », and its forms are spelt like plural nouns (actes, mesures).
                if person == 1 {
                    continue;
                }
                let third = matches!(person, 2 | 5);
                let person_tag = if third { tags::THIRD } else { tags::FIRST };
                give(ending, (tags::FIN | tense | person_tag).with_if(person > 2, tags::PLURAL));
            }
        }
        for (i, ending) in model.subjpast.split_whitespace().enumerate() {
            give(ending, (tags::FIN | tags::PAST | tags::THIRD).with_if(i > 0, tags::PLURAL));
        }
        for ending in model.pprs.split_whitespace() {
            give(ending, tags::PPRS);
        }
        for (i, ending) in model.pp.split_whitespace().enumerate() {
            let gender = if i % 2 == 0 { tags::MALE } else { tags::FEMALE };
            give(ending, (tags::PP | gender).with_if(i > 1, tags::PLURAL));
        }
        let ending = |(ending, tags): (&str, Tags)| match ending.split_once('?') {
            Some((before, after)) => Ending { before: before.to_string(), after: Some(after.to_string()), tags },
            None => Ending { before: ending.to_string(), after: None, tags },
        };
        Conjugation { cut: model.ending.clone(), endings: endings.into_iter().map(ending).collect() }
    }

    /// Stem and kept consonants of a verb; none when it does not end the way the model expects.
    pub(super) fn stem<'a>(&self, infinitive: &'a str) -> Option<(&'a str, &'a str)> {
        cut(infinitive, &self.cut)
    }
}

impl Ending {
    /// Writes the form of a verb with this ending into `out`, which is cleared first.
    pub(super) fn form(&self, (stem, kept): (&str, &str), out: &mut String) {
        out.clear();
        out.push_str(stem);
        out.push_str(&self.before);
        if let Some(after) = &self.after {
            out.push_str(kept);
            out.push_str(after);
        }
    }
}

/// Splits the infinitive into stem and kept consonants.
fn cut<'a>(infinitive: &'a str, ending: &str) -> Option<(&'a str, &'a str)> {
    let Some((vowel, tail)) = ending.split_once('?') else {
        return infinitive.strip_suffix(ending).map(|stem| (stem, ""));
    };
    let body = infinitive.strip_suffix(tail)?;
    let kept_from = body.rfind(|c: char| "aeiouyéèêàâîïôûëœ".contains(c)).map(|i| i + char_len(body, i))?;
    let stem = body[..kept_from].strip_suffix(vowel)?;
    let kept = &body[kept_from..];
    (!kept.is_empty()).then_some((stem, kept))
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// The model an infinitive follows when its entry names none.
pub fn default_model(infinitive: &str) -> &'static str {
    let before = |tail: &str| infinitive.strip_suffix(tail);
    if before("cer").is_some() {
        "placer"
    } else if before("ger").is_some() {
        "manger"
    } else if before("oyer").is_some() || before("uyer").is_some() {
        "employer"
    } else if before("ayer").is_some() {
        "payer"
    } else if let Some(body) = before("er") {
        match body.chars().rev().find(|c| "aeiouyéèêàâîïôûëœ".contains(*c)) {
            Some('é') if !body.ends_with('é') => "céder",
            Some('e') if ends_open(body) => "lever",
            _ => "aimer",
        }
    } else if before("ir").is_some() {
        "finir"
    } else {
        "rendre"
    }
}

/// Whether an `e` stands before exactly one consonant (« lever », « peser », not « rester »).
fn ends_open(body: &str) -> bool {
    let mut letters = body.chars().rev();
    letters.next().is_some_and(|c| !"aeiouyé".contains(c)) && letters.next() == Some('e')
}
