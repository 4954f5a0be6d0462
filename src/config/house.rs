//! `[lexicon]`: the people, outlets, functions and verbs of a house.
//!
//! Invariant: every entry holds a word, and every verb can be conjugated.

use super::keys::{LEXICON, PERSON};
use super::tree::{Reader, Value};
use crate::lexicon::file::{Gender, Person};
use crate::lexicon::fold::fold;
use std::ops::Range;

/// Words a newsroom adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct House {
    /// People it writes about.
    pub people: Vec<Person>,
    /// Outlets.
    pub outlets: Vec<String>,
    /// Functions and professions.
    pub roles: Vec<String>,
    /// Verbs of saying, as infinitives.
    pub verbs: Vec<String>,
}

pub(super) fn read<'t>(reader: &mut Reader<'t>, value: &Value<'t>) -> House {
    let mut house = House::default();
    let Some(table) = reader.table("`lexicon`", value, "[lexicon]") else { return house };
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "people" => {
                let list = reader.list("`people`", value, r#"people = [{ name = "Jeanne Martin", role = "maire" }]"#);
                house.people = list.iter().filter_map(|item| person(reader, item)).collect();
            }
            "outlets" => house.outlets = words(reader, "`outlets`", value, r#"outlets = ["Le Petit Écho"]"#),
            "roles" => house.roles = words(reader, "`roles`", value, r#"roles = ["directrice adjointe"]"#),
            "verbs" => {
                let list = reader.texts("`verbs`", value, r#"verbs = ["débagouler"]"#);
                for (verb, span) in &list {
                    infinitive(reader, verb, span);
                }
                house.verbs = list.into_iter().map(|(verb, _)| verb).collect();
            }
            _ => reader.unknown_key(key, "in the lexicon of the house", &LEXICON),
        }
    }
    house
}

/// The entries of a list of names.
fn words<'t>(reader: &mut Reader<'t>, what: &str, value: &Value<'t>, example: &str) -> Vec<String> {
    let entries = reader.texts(what, value, example);
    for (entry, span) in &entries {
        worded(reader, entry, span.clone());
    }
    entries.into_iter().map(|(entry, _)| entry).collect()
}

/// Notes a name without a letter or figure, which no text can hold as a word.
fn worded(reader: &mut Reader<'_>, name: &str, span: Range<usize>) {
    if !name.contains(char::is_alphanumeric) {
        reader.wrong("empty", span, format!("`{name}` holds no word"), "write a name, or remove it");
    }
}

fn person<'t>(reader: &mut Reader<'t>, value: &Value<'t>) -> Option<Person> {
    const NAME: &str = r#"name = "Jeanne Martin""#;
    let table = reader.table("an entry of `people`", value, &format!("{{ {NAME} }}"))?;
    let mut person = Person::default();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "name" => {
                person.name = reader.text("`name`", value, NAME)?;
                worded(reader, &person.name, value.span());
            }
            "role" => person.role = reader.text("`role`", value, r#"role = "maire""#),
            "also" => {
                person.also = words(reader, "`also`", value, r#"also = ["Mme Martin"]"#);
            }
            "gender" => {
                person.gender = match reader.text("`gender`", value, r#"gender = "f""#)?.as_str() {
                    "f" => Some(Gender::F),
                    "m" => Some(Gender::M),
                    other => {
                        let help = r#"write "f" or "m", or leave it out"#;
                        reader.wrong("unknown-gender", value.span(), format!("`{other}` is no gender"), help);
                        None
                    }
                }
            }
            _ => reader.unknown_key(key, "for a person", &PERSON),
        }
    }
    if !table.iter().any(|(key, _)| key.get_ref() == "name") {
        reader.wrong("missing-key", value.span(), "this person has no name", format!("add `{NAME}`"));
    }
    Some(person)
}

/// Notes a verb whose forms cannot be derived.
fn infinitive(reader: &mut Reader<'_>, verb: &str, span: &Range<usize>) {
    let lemma = fold(verb);
    let lemma = lemma.strip_prefix("se ").or_else(|| lemma.strip_prefix("s'")).unwrap_or(&lemma);
    let head = lemma.split(' ').next().unwrap_or(lemma);
    let regular = ["er", "ir", "re"].iter().any(|end| head.len() > end.len() && head.ends_with(end));
    if !regular || head.ends_with("oir") {
        let help = "write one in -er, -ir or -re; any other one goes into a lexicon file of `rules`, with its model";
        reader.wrong("infinitive", span.clone(), format!("« {verb} » is no infinitive of a regular verb"), help);
    }
}
