//! The words of a house as a lexicon file, as the loader takes any other one.
//!
//! Invariant: written by a TOML serializer, so that a name is data whatever characters it holds.

use super::house::House;
use crate::lexicon::file::{Gender, Person};
use crate::lexicon::fold::without_accents;
use crate::rule::load::Source;
use serde::Serialize;
use std::collections::BTreeMap;

/// How a verb of saying is used that nothing more is known of: with « que », in a parenthesis, before a colon.
const SAYS: &str = "say que inc colon";
/// What leads from a function to its body: « maire de Velmont ».
const LEADS: [&str; 12] = ["de", "du", "des", "de la", "à", "au", "aux", "en", "le", "la", "les", "pour"];
/// Titles, which are no part of a name. Any other one ends in a full stop.
const TITLES: [&str; 8] = ["Mme", "Mlle", "Me", "Dr", "Pr", "Monsieur", "Madame", "Maître"];

#[derive(Default, Serialize)]
struct File<'a> {
    verbs: Vec<Verb<'a>>,
    words: Vec<Words>,
    people: &'a [Person],
    aliases: BTreeMap<String, &'a str>,
}

#[derive(Serialize)]
struct Verb<'a> {
    lemma: &'a str,
    tags: &'static str,
}

#[derive(Default, Serialize)]
struct Words {
    tags: &'static str,
    cap: bool,
    /// Words of one form, separated by blanks.
    inv: String,
    /// Words of either gender.
    mf: String,
    phrases: Vec<String>,
}

impl Words {
    fn new(tags: &'static str, cap: bool) -> Words {
        Words { tags, cap, ..Words::default() }
    }

    /// Adds a word or an expression.
    fn add(&mut self, name: String) {
        if name.contains([' ', '\'', '’']) {
            self.phrases.push(name);
            return;
        }
        let list = if self.cap { &mut self.inv } else { &mut self.mf };
        list.push_str(&name);
        list.push(' ');
    }
}

/// The lexicon file of a house, called so in messages; none where it adds no word.
pub fn source(house: &House, name: &str) -> Option<Source> {
    if *house == House::default() {
        return None;
    }
    let mut roles = Words::new("role", false);
    let functions = house.people.iter().filter_map(|p| p.role.as_deref()).map(function);
    functions.chain(house.roles.iter().cloned()).filter(|role| !role.is_empty()).for_each(|role| roles.add(role));
    let mut outlets = Words::new("media", true);
    let mut aliases = BTreeMap::new();
    for outlet in &house.outlets {
        for form in [outlet.clone(), bare_capitals(outlet)] {
            outlets.add(form.clone());
            // « le Petit Écho », « du Petit Écho ».
            if let Some(rest) = without_article(&form).filter(|rest| rest.contains(' ')) {
                outlets.add(rest.to_string());
                aliases.insert(rest.to_string(), outlet.as_str());
            }
        }
    }
    let verbs = house.verbs.iter().map(|lemma| Verb { lemma, tags: SAYS }).collect();
    let mut words = names(&house.people);
    words.extend([roles, outlets]);
    words.retain(|group| !(group.inv.is_empty() && group.mf.is_empty() && group.phrases.is_empty()));
    let file = File { verbs, words, people: &house.people, aliases };
    let text = toml::to_string(&file).expect("texts and lists of texts can be written as TOML");
    Some(Source { name: name.to_string(), theme: "house/lexicon".to_string(), text })
}

/// Given names with their gender, and family names, which then are no common nouns where they stand with a capital.
fn names(people: &[Person]) -> Vec<Words> {
    let given = |gender| match gender {
        Some(Gender::F) => "first female",
        Some(Gender::M) => "first male",
        None => "first",
    };
    let mut groups = Vec::new();
    let mut add = |tags, name: &str| {
        let mut group = Words::new(tags, true);
        group.add(name.to_string());
        groups.push(group);
    };
    for Person { name, also, gender, .. } in people {
        let Some((first, rest)) = name.split_once(' ') else {
            add(given(*gender), name);
            continue;
        };
        add(given(*gender), first);
        let family = rest.trim_start_matches(|c: char| !c.is_uppercase());
        // Expressions are for « Le Tellier »: the words of any other name are found one by one.
        if ["Le ", "La ", "Les "].iter().any(|article| family.starts_with(article)) {
            add("proper", family);
        } else {
            family.split(' ').filter(|word| !word.contains(['\'', '’'])).for_each(|word| add("proper", word));
        }
        let nickname = |name: &&String| !name.contains(' ') && !rest.split(' ').any(|word| word == *name);
        also.iter().filter(nickname).for_each(|name| add(given(*gender), untitled(name)));
    }
    groups
}

/// A name without its title.
fn untitled(name: &str) -> &str {
    let title = |word: &str| word.ends_with('.') || TITLES.contains(&word);
    name.split_once(' ').filter(|(first, _)| title(first)).map_or(name, |(_, rest)| rest)
}

/// The function alone: « maire de Velmont » → « maire ».
fn function(role: &str) -> String {
    let words: Vec<&str> = role.split(' ').collect();
    let name = |word: &&str| word.rsplit(['\'', '’']).next().is_some_and(|w| w.starts_with(char::is_uppercase));
    let mut end = words.iter().skip(1).position(name).map_or(words.len(), |at| at + 1);
    while end > 1 && end < words.len() && LEADS.contains(&words[end - 1]) {
        end -= 1;
    }
    words[..end].join(" ")
}

/// A name as it stands where capitals have no accents.
fn bare_capitals(name: &str) -> String {
    let (mut out, mut plain) = (String::new(), String::new());
    for c in name.chars() {
        if c.is_uppercase() {
            without_accents(c.encode_utf8(&mut [0; 4]), &mut plain);
            out.push_str(&plain);
        } else {
            out.push(c);
        }
    }
    out
}

fn without_article(name: &str) -> Option<&str> {
    ["Le ", "La ", "Les ", "L'", "L’"].iter().find_map(|article| name.strip_prefix(article))
}
