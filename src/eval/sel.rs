//! The `.sel` notation: an article with marks, a line `===`, then a line for each statement.
//!
//! ```text
//! « {content.1 Nous partons} », {cue.1 a dit} {source.1 la capitaine, Marie Duval}.
//! ===
//! 1 | sourced | Marie Duval | - | gazette.example
//! ```
//!
//! Invariant: every mark belongs to a listed statement and every listed statement has a content, or there is a
//! diagnostic; all mistakes of a file are returned together.

use super::gold::{Gold, GoldStatement};
use crate::diagnostic::Diagnostic;
use crate::markup::{self, Mark};
use crate::rule::pattern::Role;
use crate::status::Status;
use std::collections::BTreeMap;
use std::ops::Range;

/// The line between the article and its statements.
const RULE: &str = "===";

/// Reads an article in the `.sel` notation. `name` is the file's name in messages and in reports.
///
/// # Errors
/// Every mistake of the file: `sel-rule`, `sel-markup`, `sel-row`, `sel-status`, `sel-mark`, `sel-content`, `sel-twice`.
pub fn parse(name: &str, source: &str) -> Result<Gold, Vec<Diagnostic>> {
    let Some((article, table, base)) = split(source) else {
        let help = "after the article, write a line `===` and a line for each statement";
        return Err(vec![Diagnostic::new("sel-rule", name, source.len()..source.len(), "no line `===` is here", help)]);
    };
    let mut errors = Vec::new();
    let rows = rows(name, table, base, &mut errors);
    let marked = match markup::parse(article) {
        Ok(marked) => marked,
        Err(e) => {
            let help = "marks are written {role.number words} and nest";
            errors.insert(0, Diagnostic::new("sel-markup", name, e.at..e.at + 1, e.message, help));
            return Err(errors);
        }
    };
    check_marks(name, article, &marked.marks, &rows, &mut errors);
    let read = |(number, row): (u32, Row)| row.statement(name, number, &marked.marks, &mut errors);
    let statements = rows.into_iter().filter_map(read).collect();
    if errors.is_empty() { Ok(Gold { name: name.to_string(), text: marked.text, statements }) } else { Err(errors) }
}

/// The article, the lines of its statements, and the byte at which these begin.
fn split(source: &str) -> Option<(&str, &str, usize)> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let next = at + line.len();
        if line.trim_end() == RULE {
            return Some((&source[..at], &source[next..], next));
        }
        at = next;
    }
    None
}

/// A line about a statement.
struct Row {
    at: Range<usize>,
    status: Status,
    speaker: Option<String>,
    relay: Option<String>,
    outlet: Option<String>,
}

fn rows(name: &str, table: &str, base: usize, errors: &mut Vec<Diagnostic>) -> BTreeMap<u32, Row> {
    let mut rows = BTreeMap::new();
    let mut next = base;
    for line in table.split_inclusive('\n') {
        let at = next..next + line.trim_end().len();
        next += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let mut complain =
            |code, message: String, help| errors.push(Diagnostic::new(code, name, at.clone(), message, help));
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [number, status, speaker, relay, outlet] = fields[..] else {
            let message = format!("this line has {} fields", fields.len());
            complain("sel-row", message, "write five: number | status | speaker | relay | outlet, with - for none");
            continue;
        };
        let Ok(number) = number.parse::<u32>() else {
            complain("sel-row", format!("`{number}` is no number"), "begin the line with the number the marks carry");
            continue;
        };
        let Some(status) = Status::from_name(status) else {
            let message = format!("`{status}` is no status");
            complain("sel-status", message, "write sourced, anonymous or unverified");
            continue;
        };
        if rows.contains_key(&number) {
            complain("sel-row", format!("statement {number} is listed twice"), "give each statement one line");
            continue;
        }
        let named = |field: &str| (field != "-").then(|| field.to_string());
        rows.insert(number, Row { at, status, speaker: named(speaker), relay: named(relay), outlet: named(outlet) });
    }
    rows
}

/// Complains of marks that belong to no listed statement.
fn check_marks(name: &str, article: &str, marks: &[Mark], rows: &BTreeMap<u32, Row>, errors: &mut Vec<Diagnostic>) {
    for (mark, at) in marks.iter().zip(openings(article)) {
        let mut complain = |message: String, help| {
            errors.push(Diagnostic::new("sel-mark", name, at..at + 1, message, help));
        };
        if mark.role == Role::Relay {
            complain("a relay is not marked in the text".into(), "name it in the line of its statement");
        }
        if mark.statements.is_empty() {
            complain("this mark has no number".into(), "say whose it is: {cue.3 …}");
        }
        for number in mark.statements.iter().filter(|n| !rows.contains_key(n)) {
            complain(
                format!("no line below is about statement {number}"),
                "add it: number | status | speaker | relay | outlet",
            );
        }
    }
}

/// The bytes at which marks open, in order.
fn openings(article: &str) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    article.char_indices().filter_map(move |(i, c)| {
        let opens = c == '{' && !escaped;
        escaped = c == '\\';
        opens.then_some(i)
    })
}

impl Row {
    fn statement(self, name: &str, number: u32, marks: &[Mark], errors: &mut Vec<Diagnostic>) -> Option<GoldStatement> {
        let spans = |role: Role| {
            let own = marks.iter().filter(|m| m.role == role && m.statements.contains(&number));
            own.map(|m| m.span).collect::<Vec<_>>()
        };
        let (content, cues, sources) = (spans(Role::Content), spans(Role::Cue), spans(Role::Source));
        let mut complain = |code, message: String, help| {
            errors.push(Diagnostic::new(code, name, self.at.clone(), message, help));
        };
        if content.is_empty() {
            complain(
                "sel-content",
                format!("statement {number} has no content"),
                "mark what is claimed: {content.N …}",
            );
            return None;
        }
        for (what, spans) in [("cue", &cues), ("source", &sources)] {
            if spans.len() > 1 {
                let message = format!("statement {number} has {} marks for its {what}", spans.len());
                complain("sel-twice", message, "only a content can be in several pieces");
            }
        }
        Some(GoldStatement {
            content,
            cue: cues.first().copied(),
            source: sources.first().copied(),
            speaker: self.speaker,
            relay: self.relay,
            outlet: self.outlet,
            quote: None,
            status: self.status,
        })
    }
}
