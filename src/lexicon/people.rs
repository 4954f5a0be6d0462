//! People whom a lexicon knows by name.
//!
//! Invariant: says who a name means, never that somebody is in a text.

use super::file::{Gender, Person};
use super::fold::fold;
use super::tags::{self, Tags};
use rustc_hash::FxHashMap;

/// What is known of somebody.
#[derive(Debug)]
pub struct Known {
    /// Full name.
    pub name: String,
    /// Its words, folded.
    pub words: Vec<String>,
    /// Gender, if known.
    pub gender: Tags,
    /// The word for the function, folded.
    pub role: Option<String>,
    /// Capitalised words of the function, folded: the body.
    pub context: Vec<String>,
}

/// People by each of their names.
#[derive(Debug, Default)]
pub struct People {
    known: Vec<Known>,
    /// Name, folded → number.
    by_name: FxHashMap<String, usize>,
}

impl People {
    /// Adds somebody. A name that somebody added before has stays theirs.
    pub(super) fn add(&mut self, person: &Person) {
        for name in person.also.iter().chain([&person.name]) {
            self.by_name.entry(words(name).join(" ")).or_insert(self.known.len());
        }
        let (role, context) = person.role.as_deref().map(function).unwrap_or_default();
        let gender = match person.gender {
            Some(Gender::F) => tags::FEMALE,
            Some(Gender::M) => tags::MALE,
            None => Tags::NONE,
        };
        let known = Known { words: words(&person.name), name: person.name.clone(), gender, role, context };
        self.known.push(known);
    }

    /// Whom a name means.
    pub fn get(&self, name: &str) -> Option<&Known> {
        if self.known.is_empty() {
            return None;
        }
        self.by_name.get(&words(name).join(" ")).map(|&i| &self.known[i])
    }
}

fn words(name: &str) -> Vec<String> {
    name.split_whitespace().map(fold).collect()
}

/// « Directrice de cabinet de la Mairie » → « directrice », « mairie ».
fn function(role: &str) -> (Option<String>, Vec<String>) {
    let parts = || role.split([' ', '\u{a0}', '\'', '’']).filter(|w| !w.is_empty());
    let capital = |w: &&str| w.starts_with(char::is_uppercase) && w.chars().count() > 1;
    (parts().next().map(fold), parts().skip(1).filter(capital).map(fold).collect())
}
