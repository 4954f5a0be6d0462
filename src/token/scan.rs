//! Stage 3, first half: blocks → tokens.
//!
//! Invariant: tokens are sorted, disjoint and non-empty; tokens and the gaps between them make up the block. One pass,
//! no allocation per token. What is language here (elisions, inverted pronouns, abbreviations) comes from the lexicon.

use super::{CAPITAL, GLUED, Token, UPPER};
use crate::lexicon::fold::fold_into;
use crate::lexicon::{self, LexId, Lexicon, tags};
use crate::span::Span;
use std::ops::Range;

/// Endings of web domains that press text names without « www ».
const DOMAIN_ENDS: &[&str] = &[
    "fr", "com", "org", "net", "info", "be", "ch", "ca", "lu", "eu", "uk", "de", "es", "it", "ru", "tr", "cn", "ma", "tn",
    "dz", "sn", "ci", "bf", "ml", "ne", "tg", "bj", "cm", "cd", "ga", "gn", "mg", "re", "gov", "io", "tv", "co", "int",
    "africa", "news", "media", "example", "quebec", "paris", "bzh",
];

/// Strings the scanner reuses, so that it allocates nothing per token.
#[derive(Debug, Default)]
pub struct Buffers {
    folded: String,
    plain: String,
}

/// Appends the tokens of `block` to `out`, listed expressions joined into one token.
pub fn scan(text: &str, block: Span, lexicon: &Lexicon, buffers: &mut Buffers, out: &mut Vec<Token>) {
    let first = out.len();
    let mut at = block.start as usize;
    let end = block.end as usize;
    let mut last_end = usize::MAX;
    while let Some((range, kind)) = next(text, at, end, lexicon, buffers) {
        at = range.end;
        let (lex, mut shape) = identify(text, &range, kind, lexicon, buffers);
        if range.start == last_end {
            shape |= GLUED;
        }
        last_end = range.end;
        out.push(Token { span: Span::new(range.start as u32, range.end as u32), lex, shape });
    }
    join_phrases(lexicon, first, out);
}

/// The byte ranges of the words of an expression in a rule or lexicon file.
pub fn pieces(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut buffers = Buffers::default();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((range, _)) = next(text, at, text.len(), lexicon, &mut buffers) {
        at = range.end;
        out.push(range);
    }
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Word,
    Number,
    Url,
    Handle,
    Mark,
}

fn identify(text: &str, range: &Range<usize>, kind: Kind, lexicon: &Lexicon, buffers: &mut Buffers) -> (LexId, u8) {
    let word = &text[range.clone()];
    match kind {
        Kind::Number => (lexicon::NUMBER, 0),
        Kind::Url => (lexicon::URL, 0),
        Kind::Handle => (lexicon::HANDLE, CAPITAL),
        Kind::Mark => (lexicon.get(word).unwrap_or(lexicon::MARK), 0),
        Kind::Word => {
            let shape = shape(word);
            fold_into(word, &mut buffers.folded);
            if let Some(pronoun) = inverted(&buffers.folded, lexicon)
                && let Some(id) = lexicon.get(pronoun)
            {
                return (id, 0);
            }
            if shape & UPPER != 0 && buffers.folded.contains('.') {
                buffers.folded.retain(|c| c != '.');
            }
            (lexicon.look_up(&buffers.folded, shape & CAPITAL != 0, &mut buffers.plain), shape)
        }
    }
}

/// « -t-il » and « -il » are looked up as « -il ».
fn inverted<'a>(folded: &'a str, lexicon: &Lexicon) -> Option<&'a str> {
    let rest = folded.strip_prefix('-')?;
    let rest = rest.strip_prefix("t-").unwrap_or(rest);
    lexicon.inverted.iter().any(|p| p == rest).then(|| &folded[folded.len() - rest.len() - 1..])
}

fn shape(word: &str) -> u8 {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return 0 };
    if !first.is_uppercase() {
        return 0;
    }
    let mut more = 0;
    for c in letters {
        if !c.is_uppercase() {
            return CAPITAL;
        }
        more += 1;
    }
    if more > 0 { CAPITAL | UPPER } else { CAPITAL }
}

/// The next token at or after `at`.
fn next(text: &str, mut at: usize, end: usize, lexicon: &Lexicon, buffers: &mut Buffers) -> Option<(Range<usize>, Kind)> {
    loop {
        if at >= end {
            return None;
        }
        let c = char_at(text, at);
        if !is_space(c) {
            break;
        }
        at += c.len_utf8();
    }
    let c = char_at(text, at);
    let rest = &text[at..end];
    if c.is_ascii_digit() {
        return Some((at..at + number(rest), Kind::Number));
    }
    if c == '@' && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        let size = rest[1..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len() - 1);
        return Some((at..at + 1 + size, Kind::Handle));
    }
    if c.is_alphabetic() {
        if let Some(size) = url(rest) {
            return Some((at..at + size, Kind::Url));
        }
        return Some((at..at + word(rest, lexicon, buffers), Kind::Word));
    }
    if c == '-' {
        let size = hyphenated_pronoun(rest, lexicon, buffers);
        if size > 0 {
            return Some((at..at + size, Kind::Word));
        }
    }
    // "..." is one mark, and so is a straight quotation mark that an export has doubled.
    let run = rest.bytes().take_while(|&b| b as char == c).count();
    if run > 1 && (c == '.' || (c == '"' && run < 4)) {
        return Some((at..at + run, Kind::Mark));
    }
    Some((at..at + c.len_utf8(), Kind::Mark))
}

fn char_at(text: &str, at: usize) -> char {
    let byte = text.as_bytes()[at];
    if byte < 0x80 { byte as char } else { text[at..].chars().next().unwrap_or('\u{fffd}') }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Bytes of the number that `rest` begins with: digits, groups of three after a space, decimals, a glued unit (20h, 3e).
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut at = digits(0);
    let mut groups = at <= 3;
    loop {
        let tail = &rest[at..];
        let Some(c) = tail.chars().next() else { return at };
        let after = at + c.len_utf8();
        let follows = if after < bytes.len() { digits(after) } else { 0 };
        if matches!(c, ' ' | '\u{a0}' | '\u{202f}') && groups && follows == 3 {
            at = after + 3;
        } else if matches!(c, '.' | ',' | ':' | '/') && follows > 0 {
            groups = false;
            at = after + follows;
        } else if c.is_alphabetic() {
            groups = false;
            at = after + follows;
        } else {
            return at;
        }
    }
}

/// Bytes of the web address or domain that `rest` begins with.
fn url(rest: &str) -> Option<usize> {
    let stop = rest.find(|c: char| is_space(c) || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '(' | ')'));
    let candidate = rest[..stop.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '’', '\'']);
    if ["http://", "https://", "www."].iter().any(|p| candidate.starts_with(p)) {
        return Some(candidate.len());
    }
    let host = &candidate[..candidate.find(['/', ',', ';']).unwrap_or(candidate.len())];
    let (name, ending) = host.rsplit_once('.')?;
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
    let fits = name.len() > 1 && name.bytes().all(plain) && DOMAIN_ENDS.contains(&ending) && !name.contains("..");
    let path = if candidate[host.len()..].starts_with('/') { candidate.len() } else { host.len() };
    fits.then_some(path)
}

/// Bytes of the word that `rest` begins with.
fn word(rest: &str, lexicon: &Lexicon, buffers: &mut Buffers) -> usize {
    let mut at = 0;
    let mut hyphen = false;
    loop {
        let tail = &rest[at..];
        let Some(c) = tail.chars().next() else { break };
        let after = at + c.len_utf8();
        let next = rest[after..].chars().next();
        let letter_follows = next.is_some_and(char::is_alphanumeric);
        if c.is_alphanumeric() || (c == '\u{ad}' && letter_follows) || ('\u{300}'..='\u{36f}').contains(&c) {
            at = after;
        } else if is_apostrophe(c) {
            fold_into(&rest[..after], &mut buffers.folded);
            if lexicon.elisions.contains(&buffers.folded) {
                return after;
            }
            if !letter_follows {
                break;
            }
            at = after;
        } else if matches!(c, '-' | '‑' | '‐') && letter_follows {
            hyphen = true;
            at = after;
        } else {
            break;
        }
    }
    if hyphen {
        at = before_pronoun(&rest[..at], lexicon, buffers);
    }
    with_points(rest, at, lexicon, buffers)
}

/// Where the verb ends in « a-t-il », « notent-ils »; the whole word where it is one (« rendez-vous », « va-t-en »).
fn before_pronoun(word: &str, lexicon: &Lexicon, buffers: &mut Buffers) -> usize {
    let Some(cut) = word.rfind('-') else { return word.len() };
    fold_into(&word[cut + 1..], &mut buffers.folded);
    if !lexicon.inverted.contains(&buffers.folded) {
        return word.len();
    }
    fold_into(word, &mut buffers.folded);
    if lexicon.get(&buffers.folded).is_some() {
        return word.len();
    }
    let verb = &word[..cut];
    verb.strip_suffix("-t").or_else(|| verb.strip_suffix("-T")).unwrap_or(verb).len()
}

/// Bytes of « -t-il » or « -il » at the start of `rest`; 0 if there is no such pronoun.
fn hyphenated_pronoun(rest: &str, lexicon: &Lexicon, buffers: &mut Buffers) -> usize {
    let body = &rest[1..];
    let skip = if body.starts_with("t-") || body.starts_with("T-") { 3 } else { 1 };
    let size = rest[skip..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len() - skip);
    fold_into(&rest[skip..skip + size], &mut buffers.folded);
    if size > 0 && lexicon.inverted.contains(&buffers.folded) { skip + size } else { 0 }
}

/// Adds the points that belong to the word: initials (J., J.-P.), acronyms (O.N.U.), listed abbreviations (M., art.).
fn with_points(rest: &str, size: usize, lexicon: &Lexicon, buffers: &mut Buffers) -> usize {
    if !rest[size..].starts_with('.') {
        return size;
    }
    let word = &rest[..size];
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    if single {
        let mut at = size + 1;
        loop {
            let tail = rest[at..].strip_prefix('-').unwrap_or(&rest[at..]);
            let skipped = rest.len() - at - tail.len();
            let mut chars = tail.chars();
            match (chars.next(), chars.next()) {
                (Some(c), Some('.')) if c.is_uppercase() => at += skipped + c.len_utf8() + 1,
                _ => break,
            }
        }
        let initials = at > size + 1;
        let name_follows = rest[at..].trim_start_matches(is_space).starts_with(char::is_uppercase);
        if initials || name_follows {
            return at;
        }
    }
    fold_into(&rest[..size + 1], &mut buffers.folded);
    let listed = lexicon.get(&buffers.folded).is_some_and(|id| lexicon.tags(id).any(tags::ABBR));
    if listed { size + 1 } else { size }
}

/// Joins the words of listed expressions, in place.
fn join_phrases(lexicon: &Lexicon, first: usize, tokens: &mut Vec<Token>) {
    let mut write = first;
    let mut read = first;
    while read < tokens.len() {
        let word = |i: usize| tokens.get(read + i).map(|t| (t.lex, t.is(CAPITAL)));
        let (count, lex) = lexicon.phrase(tokens[read].lex, word).unwrap_or((1, tokens[read].lex));
        let mut token = tokens[read];
        token.lex = lex;
        token.span = token.span.cover(tokens[read + count - 1].span);
        tokens[write] = token;
        write += 1;
        read += count;
    }
    tokens.truncate(write);
}
