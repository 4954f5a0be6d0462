//! How far a word goes: elisions, hyphens, inverted pronouns, points of abbreviations.
//!
//! Invariant: a word is never empty, and finding its end takes time in proportion to it. Which prefixes are elided,
//! which pronouns invert and which abbreviations take a point is said by the lexicon.

use super::scan::{Buffers, is_space};
use crate::lexicon::fold::fold_into;
use crate::lexicon::{Lexicon, tags};

/// An apostrophe, straight, curly or as a modifier letter.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// A hyphen, plain, no-break or Unicode's own.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‑' | '‐')
}

/// A letter or a digit.
pub(super) fn is_letter(c: char) -> bool {
    // The letters of French first: looking one up in Unicode's tables takes longer than all the rest.
    c.is_ascii_alphanumeric()
        || matches!(c, 'à'..='ö' | 'ø'..='ÿ' | 'À'..='Ö' | 'Ø'..='ß' | 'œ' | 'Œ')
        || (!c.is_ascii() && c.is_alphanumeric())
}

/// Bytes of the word that `rest` begins with.
pub(super) fn word(rest: &str, lexicon: &Lexicon, buffers: &mut Buffers) -> usize {
    let mut at = 0;
    let mut hyphen = false;
    let mut apostrophe = false;
    loop {
        at += rest.bytes().skip(at).take_while(u8::is_ascii_alphanumeric).count();
        let mut chars = rest[at..].chars();
        let Some(c) = chars.next() else { break };
        let mut letter_follows = || chars.next().is_some_and(is_letter);
        if is_apostrophe(c) {
            let behind = at + c.len_utf8();
            if !apostrophe && !begins_name(rest, behind) && elided(&rest[..behind], lexicon, buffers) {
                return behind;
            }
            apostrophe = true;
            if !letter_follows() {
                break;
            }
        } else if is_hyphen(c) && letter_follows() {
            hyphen = true;
        } else if !(is_letter(c) || is_combining(c) || (c == '\u{ad}' && letter_follows())) {
            break;
        }
        at += c.len_utf8();
    }
    if hyphen {
        at = before_pronoun(&rest[..at], lexicon, buffers);
    }
    with_points(rest, at, lexicon, buffers)
}

/// Combining accents: of text that is not in composed form.
fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// « N'Guessan », « M'hamdi », « D'Souza »: nothing is elided before a consonant.
fn begins_name(rest: &str, behind: usize) -> bool {
    let consonant =
        |c: char| c.is_ascii_alphabetic() && !matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h');
    match (rest.as_bytes()[0], rest[behind..].chars().next()) {
        (b'M', Some('h')) => behind <= 4,
        (b'M' | b'N' | b'D', Some(next)) => behind <= 4 && consonant(next),
        _ => false,
    }
}

fn elided(word: &str, lexicon: &Lexicon, buffers: &mut Buffers) -> bool {
    fold_into(word, &mut buffers.folded);
    lexicon.elisions.contains(&buffers.folded)
}

/// Where the verb ends in « a-t-il », « notent-ils »; the whole word where it is one (« rendez-vous », « va-t-en »).
fn before_pronoun(word: &str, lexicon: &Lexicon, buffers: &mut Buffers) -> usize {
    let Some((verb, pronoun)) = word.rsplit_once(is_hyphen) else { return word.len() };
    fold_into(pronoun, &mut buffers.folded);
    if !lexicon.inverted.contains(&buffers.folded) {
        return word.len();
    }
    fold_into(word, &mut buffers.folded);
    if lexicon.get(&buffers.folded).is_some() {
        return word.len();
    }
    let bare = verb.strip_suffix(['t', 'T']).and_then(|v| v.strip_suffix(is_hyphen));
    bare.unwrap_or(verb).len()
}

/// Bytes of « -t-il » or « -il » at the start of `rest`, which begins with a hyphen; 0 if there is no such pronoun.
pub(super) fn inverted_pronoun(rest: &str, lexicon: &Lexicon, buffers: &mut Buffers) -> usize {
    let body = rest.strip_prefix(is_hyphen).unwrap_or(rest);
    let after_t = body.strip_prefix(['t', 'T']).and_then(|b| b.strip_prefix(is_hyphen)).unwrap_or(body);
    let size = after_t.find(|c: char| !c.is_alphabetic()).unwrap_or(after_t.len());
    fold_into(&after_t[..size], &mut buffers.folded);
    if size > 0 && lexicon.inverted.contains(&buffers.folded) { rest.len() - after_t.len() + size } else { 0 }
}

/// Adds the points that belong to the word: initials (J., J.-P.), acronyms (O.N.U.), listed abbreviations (M., art.).
fn with_points(rest: &str, size: usize, lexicon: &Lexicon, buffers: &mut Buffers) -> usize {
    if !rest[size..].starts_with('.') {
        return size;
    }
    let mut letters = rest[..size].chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    if single {
        let at = size + 1 + initials(&rest[size + 1..]);
        // « Nicolas R., 49 ans », « Antoine Q. et »: a sentence that ended there would go on with a capital.
        let behind = rest[at..].trim_start_matches(is_space);
        let goes_on =
            behind.starts_with(|c: char| c.is_uppercase() || c.is_lowercase() || matches!(c, ',' | ';' | ')'));
        if at > size + 1 || goes_on {
            return at;
        }
    }
    fold_into(&rest[..size + 1], &mut buffers.folded);
    let listed = lexicon.get(&buffers.folded).is_some_and(|id| lexicon.tags(id).any(tags::ABBR));
    if listed { size + 1 } else { size }
}

/// Bytes of the initials (« P. », « -P. ») that `rest` begins with.
fn initials(rest: &str) -> usize {
    let mut at = 0;
    loop {
        let tail = rest[at..].strip_prefix(is_hyphen).unwrap_or(&rest[at..]);
        let mut chars = tail.chars();
        match (chars.next(), chars.next()) {
            (Some(c), Some('.')) if c.is_uppercase() => at = rest.len() - tail.len() + c.len_utf8() + 1,
            _ => return at,
        }
    }
}
