//! Stage 3, first half: blocks → tokens.
//!
//! Invariant: tokens are sorted, disjoint and non-empty; tokens and the gaps between them make up the block. One pass,
//! no allocation per token. What is language here (elisions, inverted pronouns, abbreviations) comes from the lexicon.

use super::address::{Address, account, address};
use super::seen::Seen;
use super::word::{inverted_pronoun, is_apostrophe, is_hyphen, is_letter, word};
use super::{CAPITAL, GLUED, Token, UPPER};
use crate::lexicon::fold::fold_into;
use crate::lexicon::{self, LexId, Lexicon};
use crate::rule::set::Rules;
use crate::span::Span;
use std::ops::Range;

/// Strings the scanner reuses, so that it allocates nothing per token.
#[derive(Debug, Default)]
pub struct Buffers {
    pub(super) folded: String,
    pub(super) plain: String,
}

/// What the scanner keeps from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    buffers: Buffers,
    seen: Seen,
}

/// Appends the tokens of `block` to `out`, listed expressions joined into one token.
pub fn scan(rules: &Rules, text: &str, block: Span, scratch: &mut Scratch, out: &mut Vec<Token>) {
    let lexicon = &rules.lexicon;
    scratch.seen.belong_to(rules.number);
    let first = out.len();
    let mut at = block.start as usize;
    let end = block.end as usize;
    let mut last_end = usize::MAX;
    while let Some((range, kind)) = next(text, at, end, lexicon, &mut scratch.buffers) {
        at = range.end;
        let (lex, mut shape) = identify(text, &range, kind, lexicon, scratch);
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

/// Lexeme and shape of a token. Only words and marks are kept: a word has a letter and a mark has none, while « www » can
/// be an address here and a word there.
fn identify(text: &str, range: &Range<usize>, kind: Kind, lexicon: &Lexicon, scratch: &mut Scratch) -> (LexId, u8) {
    let Scratch { buffers, seen } = scratch;
    let word = &text[range.clone()];
    match kind {
        Kind::Number => (lexicon.number(word), 0),
        Kind::Url => (lexicon::URL, 0),
        Kind::Handle => (lexicon::HANDLE, 0),
        Kind::Mark => seen.of(text, range, || (lexicon.get(word).unwrap_or(lexicon::MARK), 0)),
        Kind::Word => seen.of(text, range, || look_up(word, lexicon, buffers)),
    }
}

fn look_up(word: &str, lexicon: &Lexicon, buffers: &mut Buffers) -> (LexId, u8) {
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
        // « al-Mesmari », « el-Sarraj »: a short particle joined to a name; « cdH », « iPhone »: a capital inside.
        let joined = word.split_once('-').is_some_and(|(p, name)| p.len() < 4 && name.starts_with(char::is_uppercase));
        let inside = !word.contains('-') && letters.any(char::is_uppercase);
        return if joined || inside { CAPITAL } else { 0 };
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
fn next(text: &str, at: usize, end: usize, lexicon: &Lexicon, buffers: &mut Buffers) -> Option<(Range<usize>, Kind)> {
    let rest = text[at..end].trim_start_matches(is_space);
    let (size, kind) = token(rest, rest.chars().next()?, lexicon, buffers);
    let start = end - rest.len();
    Some((start..start + size, kind))
}

/// Bytes and kind of the token that `rest` begins with; `c` is its first character.
fn token(rest: &str, c: char, lexicon: &Lexicon, buffers: &mut Buffers) -> (usize, Kind) {
    if is_letter(c) && !is_apostrophe(c) {
        return match address(rest) {
            Some((size, Address::Web)) => (size, Kind::Url),
            Some((size, Address::Mail)) => (size, Kind::Word),
            None if c.is_ascii_digit() => (number(rest), Kind::Number),
            None => (word(rest, lexicon, buffers), Kind::Word),
        };
    }
    let account = account(rest);
    if account > 0 {
        return (account, Kind::Handle);
    }
    if is_hyphen(c) {
        let size = inverted_pronoun(rest, lexicon, buffers);
        if size > 0 {
            return (size, Kind::Word);
        }
    }
    (mark(rest, c), Kind::Mark)
}

/// Bytes of a mark: "..." is one, and so is a quotation mark written as two, or doubled by an export.
fn mark(rest: &str, c: char) -> usize {
    let run = |most| rest.chars().take(most).take_while(|&next| next == c).count();
    let count = match c {
        '.' => run(usize::MAX),
        '"' => Some(run(4)).filter(|&n| n < 4).unwrap_or(1),
        '\'' | '’' | '‘' => run(2),
        _ => 1,
    };
    count * c.len_utf8()
}

/// Characters between tokens: white space, control characters and what nobody sees.
pub(super) fn is_space(c: char) -> bool {
    if c.is_ascii() {
        return c <= ' ' || c == '\u{7f}';
    }
    let unseen = matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}');
    unseen || c.is_whitespace() || c.is_control()
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
        } else if c.is_alphabetic() || (matches!(c, '.' | ',' | ':' | '/') && follows > 0) {
            groups = false;
            at = after + follows;
        } else {
            return at;
        }
    }
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
