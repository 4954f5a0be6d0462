//! Whether two names are meant for the same person, body or outlet.
//!
//! Invariant: a missing name is the same only as a missing or empty one.

use crate::text::garbled::mend_name;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

const ARTICLES: &[&str] = &["le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an"];

const TITLES: &[&str] =
    &["m", "mm", "mme", "mmes", "mlle", "me", "dr", "pr", "mgr", "monsieur", "madame", "maitre", "mr", "mrs", "ms"];

/// Outlets that go by two names.
const ALIASES: &[(&[&str], &[&str])] = &[
    (&["afp"], &["agence", "france", "presse"]),
    (&["ap"], &["associated", "press"]),
    (&["belga"], &["agence", "belga"]),
    (&["lemonde.fr"], &["monde"]),
    (&["lefigaro.fr"], &["figaro"]),
    (&["kremlin.ru"], &["kremlin"]),
    (&["en.kremlin.ru"], &["kremlin"]),
    (&["x"], &["twitter"]),
];

const DOMAINS: &[&str] = &[".fr", ".com", ".org", ".net", ".ca", ".be", ".ch", ".ru", ".ma", ".sn", ".ci", ".info"];

/// Whether two speakers are the same: their words without case, accents, articles and titles are, or one is a bare family
/// name of the other, or has all words of the other.
pub fn same_speaker(a: Option<&str>, b: Option<&str>) -> bool {
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    match &short[..] {
        [] => long.is_empty(),
        [word] => long.last() == Some(word) || (word.len() > 3 && long.contains(word)),
        _ => holds(long, short),
    }
}

/// Whether two outlets are the same: by name, by web address, by a known second name, or one has all words of the other.
pub fn same_outlet(a: Option<&str>, b: Option<&str>) -> bool {
    let (a, b) = (outlet_words(a), outlet_words(b));
    if a.is_empty() || b.is_empty() {
        return a.is_empty() && b.is_empty();
    }
    a.concat() == b.concat() || holds(&a, &b) || holds(&b, &a)
}

fn holds(all: &[String], some: &[String]) -> bool {
    some.iter().all(|word| all.contains(word))
}

/// The words of a name without case, accents, punctuation, articles and titles.
fn words(name: Option<&str>) -> Vec<String> {
    // An annotation has the names of a garbled article as they stand there, the analysis as they were meant.
    let name = mend_name(name.unwrap_or_default());
    let plain: String = name.nfkd().filter(|c| canonical_combining_class(*c) == 0).collect();
    let plain = plain.to_lowercase();
    let parts = plain.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_')));
    let bare = parts.map(|w| w.trim_matches(['.', '_'])).filter(|w| !w.is_empty());
    bare.filter(|w| !ARTICLES.contains(w) && !TITLES.contains(w)).map(str::to_string).collect()
}

fn outlet_words(name: Option<&str>) -> Vec<String> {
    let words = words(name);
    let alias = ALIASES.iter().find(|(known, _)| words.iter().eq(known.iter()));
    match alias {
        Some((_, full)) => full.iter().map(|w| w.to_string()).collect(),
        None => words.iter().map(|w| site(w).to_string()).collect(),
    }
}

/// A web address without « www. » and its top-level domain.
fn site(word: &str) -> &str {
    let word = word.strip_prefix("www.").unwrap_or(word);
    DOMAINS.iter().find_map(|d| word.strip_suffix(d)).unwrap_or(word)
}
