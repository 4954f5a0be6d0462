//! Stages 1 to 6 over small texts.
//!
//! `tests/stages/*.txt` hold the texts and what each stage must make of them; see the head of each file. With the
//! environment variable `UPDATE=1` the expected parts are written anew.

use selon::lexicon::{self, tags};
use selon::rule::load::BUILT_IN;
use selon::rule::set::Rules;
use selon::stages::{Reading, read};
use selon::text::decode::{Note, decode, looks_binary};
use selon::token::{CAPITAL, GLUED, UPPER};
use std::borrow::Cow;
use std::fmt::Write;
use std::path::PathBuf;

#[test]
fn blocks() {
    compare("blocks", |_, text, reading| {
        let mut out = String::new();
        for block in &reading.blocks {
            let _ = writeln!(out, "{}", block.span.of(text).replace('\n', "⏎"));
        }
        out
    });
}

/// Numbers that names are made with have a lexeme of their own.
fn is_number(lex: lexicon::LexId) -> bool {
    BUILT_IN.lexicon.tags(lex).any(tags::NUM)
}

#[test]
fn tokens() {
    compare("tokens", |_, text, reading| {
        let mut out = String::new();
        for token in &reading.tokens {
            let written = token.span.of(text);
            let kind = match token.lex {
                _ if written.starts_with(|c: char| c.is_ascii_digit()) && is_number(token.lex) => "number",
                lexicon::URL => "address",
                lexicon::HANDLE => "account",
                _ => "",
            };
            let shape = [(CAPITAL, "capital"), (UPPER, "upper"), (GLUED, "glued")];
            let shape = shape.iter().filter(|(bit, _)| token.is(*bit)).map(|(_, name)| *name);
            let notes: Vec<&str> = [kind].into_iter().filter(|k| !k.is_empty()).chain(shape).collect();
            let word = raw_to_visible(written).replace('\n', "⏎");
            let _ = writeln!(out, "{}", format!("{word:<16} {}", notes.join(" ")).trim_end());
        }
        out
    });
}

#[test]
fn sentences() {
    compare("sentences", |_, text, reading| {
        let mut out = String::new();
        for sentence in reading.sentences.iter().filter(|s| s.first < s.end) {
            let (first, last) = (reading.tokens[sentence.first as usize], reading.tokens[sentence.end as usize - 1]);
            let words = first.span.cover(last.span).of(text).replace('\n', "⏎");
            let _ = writeln!(out, "{}- {words}", "  ".repeat(sentence.depth.into()));
        }
        out
    });
}

#[test]
fn quotes() {
    compare("quotes", |_, text, reading| {
        let mut out = String::new();
        for (i, quote) in reading.quotes.iter().enumerate() {
            let depth = reading.quotes[..i].iter().filter(|q| q.open < quote.open && quote.open < q.end()).count();
            let words = quote.inner(&reading.tokens).map_or("", |s| s.of(text)).replace('\n', "⏎");
            let end = if quote.closed { "" } else { "   (never closed)" };
            let _ = writeln!(out, "{}- {words}{end}", "  ".repeat(depth));
        }
        if out.is_empty() { "(none)\n".into() } else { out }
    });
}

#[test]
fn units() {
    compare("units", |_, text, reading| {
        let mut out = String::new();
        for line in &reading.lines {
            out.push_str(&"  ".repeat(line.depth.into()));
            out.push('-');
            for unit in &reading.units[line.first as usize..line.end as usize] {
                let kinds = [(tags::VERB, "verb"), (tags::NP, "np"), (tags::QUOTE, "quote"), (tags::TIME, "time")];
                let kind = kinds.iter().find(|(tag, _)| unit.tags.any(*tag)).map_or("", |(_, name)| name);
                let words = unit.span(&reading.tokens).of(text).replace('\n', "⏎");
                let _ = if kind.is_empty() { write!(out, " {words}") } else { write!(out, " {kind}[{words}]") };
            }
            out.push('\n');
        }
        out
    });
}

#[test]
fn utf_8_is_borrowed_as_it_is() {
    let decoded = decode("« Été » …".as_bytes());
    assert!(matches!(decoded.text, Cow::Borrowed("« Été » …")));
    assert_eq!(decoded.notes, []);
}

#[test]
fn a_byte_order_mark_stays_so_that_offsets_count_it() {
    let utf8 = decode(b"\xef\xbb\xbfOui");
    assert_eq!((&*utf8.text, &utf8.notes[..]), ("\u{feff}Oui", &[][..]));
    let little = decode(b"\xff\xfe\xc9\x00t\x00\xe9\x00");
    assert_eq!((&*little.text, &little.notes[..]), ("\u{feff}Été", &[Note::Utf16][..]));
    let big = decode(b"\xfe\xff\x00\xc9\x00t\x00\xe9");
    assert_eq!((&*big.text, &big.notes[..]), ("\u{feff}Été", &[Note::Utf16][..]));
}

#[test]
fn half_a_character_of_utf_16_is_replaced() {
    let decoded = decode(b"\xff\xfeO\x00u");
    assert_eq!((&*decoded.text, &decoded.notes[..]), ("\u{feff}O\u{fffd}", &[Note::Utf16, Note::Replaced][..]));
}

#[test]
fn other_bytes_are_windows_1252() {
    let decoded = decode(b"L\x92\xe9t\xe9 co\xfbte 3 \x80\x85");
    assert_eq!((&*decoded.text, &decoded.notes[..]), ("L’été coûte 3 €…", &[Note::Windows1252][..]));
    assert_eq!(&*decode(b"\x81\x8d\xff").text, "\u{81}\u{8d}ÿ");
}

#[test]
fn damaged_utf_8_stays_utf_8() {
    let decoded = decode(b"\xc3\x89t\xc3\xa9 \xff caf\xc3");
    assert_eq!((&*decoded.text, &decoded.notes[..]), ("Été \u{fffd} caf\u{fffd}", &[Note::Replaced][..]));
}

#[test]
fn a_nul_byte_outside_utf_16_looks_binary() {
    assert!(looks_binary(b"PK\x03\x04\x00"));
    assert!(!looks_binary(b"\xff\xfeO\x00"));
    assert!(!looks_binary("Été".as_bytes()));
}

/// Runs every case of a file: `=== title`, text, `---`, what is expected. Lines before the first title are remarks.
fn compare(file: &str, dump: impl Fn(&Rules, &str, &Reading) -> String) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/stages").join(format!("{file}.txt"));
    let source = std::fs::read_to_string(&path).expect("the file of cases can be read");
    let mut parts = format!("\n{source}").split("\n=== ").map(str::to_string).collect::<Vec<_>>().into_iter();
    let mut fresh = parts.next().unwrap_or_default().trim().to_string();
    let mut wrong = String::new();
    for part in parts {
        let (title, body) = part.split_once('\n').expect("a title has a text below it");
        let (written, expected) = body.split_once("\n---").unwrap_or((body, ""));
        let text = visible_to_raw(written.trim_end_matches('\n'));
        let found = raw_to_visible(dump(&BUILT_IN, &text, &read(&BUILT_IN, &text)).trim_end());
        if found != expected.trim() {
            let _ = writeln!(wrong, "=== {title}\nexpected:\n{}\nfound:\n{found}\n", expected.trim());
        }
        let _ = write!(fresh, "\n\n=== {title}\n{}\n---\n{found}", written.trim_end_matches('\n'));
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, fresh.trim_start().to_string() + "\n").expect("the file of cases can be written");
    } else {
        assert!(wrong.is_empty(), "tests/stages/{file}.txt:\n{wrong}");
    }
}

/// Characters nobody can see, and how the files write them.
const INVISIBLE: &[(&str, &str)] = &[
    ("<nbsp>", "\u{a0}"),
    ("<nnbsp>", "\u{202f}"),
    ("<shy>", "\u{ad}"),
    ("<zwsp>", "\u{200b}"),
    ("<bom>", "\u{feff}"),
    ("<acute>", "\u{301}"),
    ("<grave>", "\u{300}"),
    ("<tab>", "\t"),
    ("<cr>", "\r"),
];

fn visible_to_raw(text: &str) -> String {
    INVISIBLE.iter().fold(text.to_string(), |t, (name, raw)| t.replace(name, raw))
}

fn raw_to_visible(text: &str) -> String {
    INVISIBLE.iter().fold(text.to_string(), |t, (name, raw)| t.replace(raw, name))
}
