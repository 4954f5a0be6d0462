//! Folding: the form under which a word is looked up.
//!
//! Invariant: folding removes differences of case, apostrophe, soft hyphen and Unicode composition, nothing else; only
//! [`without_accents`] removes accents, for words in capitals.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a word into `out`, which is cleared first.
pub fn fold_into(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    let mut composed = true;
    for c in word.chars() {
        match c {
            '’' | 'ʼ' | '‘' => out.push('\''),
            '\u{ad}' | '\u{200b}' | '\u{200d}' | '\u{feff}' => {}
            '‑' | '‐' => out.push('-'),
            'a'..='z' | 'à'..='ÿ' => out.push(c),
            _ => {
                composed &= !is_combining_mark(c);
                out.extend(c.to_lowercase());
            }
        }
    }
    if !composed {
        *out = out.nfc().collect();
    }
}

/// Folds a word into a new string.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Replaces accented letters by plain ones: « élysée » → « elysee ».
pub fn without_accents(folded: &str, out: &mut String) {
    out.clear();
    for c in folded.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)));
        }
    }
}
