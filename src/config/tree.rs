//! Values of a settings file with their places, and what is said of one that is wrong.
//!
//! Invariant: a wrong value is told and left out; it never hides the next one.

use super::date::Date;
use super::keys;
use crate::diagnostic::Diagnostic;
use crate::rule::scope::nearest;
use crate::text::lines::LineIndex;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A value and where it stands.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// A value of the settings, and the line it was written in.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its line, from 1.
    pub line: u32,
}

/// A file being read, and its mistakes so far.
pub(super) struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    lines: LineIndex<'t>,
    /// The codes of all findings.
    pub(super) codes: &'t [&'t str],
    pub(super) errors: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(file: &'t str, text: &'t str, codes: &'t [&'t str]) -> Reader<'t> {
        Reader { file, text, lines: LineIndex::new(text), codes, errors: Vec::new() }
    }

    /// Notes a mistake.
    pub(super) fn wrong(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.errors.push(Diagnostic::new(code, self.file, span, message, help));
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: usize) -> u32 {
        self.lines.line_column(at as u32).0
    }

    /// What stands there.
    pub(super) fn written(&self, span: Range<usize>) -> &'t str {
        &self.text[span]
    }

    /// Notes that a value is of the wrong kind. `example` is a good line.
    pub(super) fn wrong_kind(&mut self, what: &str, value: &Value<'_>, example: &str) {
        let kind = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.wrong("wrong-kind", value.span(), format!("{what} cannot be {kind}"), format!("write `{example}`"));
    }

    pub(super) fn table<'a>(&mut self, what: &str, value: &'a Value<'t>, example: &str) -> Option<&'a DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_kind(what, value, example);
        }
        table
    }

    /// The values of a list.
    pub(super) fn list<'a>(&mut self, what: &str, value: &'a Value<'t>, example: &str) -> &'a [Value<'t>] {
        match value.get_ref().as_array() {
            Some(list) => list,
            None => {
                self.wrong_kind(what, value, example);
                &[]
            }
        }
    }

    /// A text that holds something, without the blanks around it.
    pub(super) fn text(&mut self, what: &str, value: &Value<'t>, example: &str) -> Option<String> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_kind(what, value, example);
            return None;
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.wrong("empty", value.span(), format!("{what} is empty"), format!("write `{example}`, or remove it"));
            return None;
        }
        Some(text)
    }

    /// All good texts of a list, with their lines.
    pub(super) fn texts(&mut self, what: &str, value: &Value<'t>, example: &str) -> Vec<(String, Range<usize>)> {
        let one = example.split_once('[').map_or(example, |(_, list)| list.trim_end_matches(']'));
        let items = self.list(what, value, example);
        let of = format!("an entry of {what}");
        items.iter().filter_map(|item| Some((self.text(&of, item, one)?, item.span()))).collect()
    }

    /// A number.
    pub(super) fn number(&mut self, what: &str, value: &Value<'t>, example: &str) -> Option<f64> {
        let number = match value.get_ref() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok().map(|n| n as f64),
            DeValue::Float(n) => n.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_kind(what, value, example);
        }
        number
    }

    /// A day, as a TOML date or as a text.
    pub(super) fn date(&mut self, what: &str, value: &Value<'t>) -> Option<Date> {
        let date = match value.get_ref() {
            DeValue::Datetime(when) if when.time.is_none() => {
                when.date.and_then(|d| Date::new(i64::from(d.year), d.month, d.day))
            }
            DeValue::String(text) => Date::parse(text.trim()),
            _ => None,
        };
        if date.is_none() {
            self.wrong("bad-date", value.span(), format!("{what} is no day"), "write year, month, day: 2027-01-31");
        }
        date
    }

    /// Notes that there is no such key.
    pub(super) fn unknown_key(&mut self, key: &Spanned<DeString<'t>>, place: &str, known: &[&str]) {
        let name = key.get_ref().as_ref();
        let help = match (keys::home(name, self.codes), nearest(name, known)) {
            (Some(home), _) => format!("`{name}` belongs {home}"),
            (None, Some(meant)) => format!("did you mean `{meant}`?"),
            (None, None) => format!("what can stand here: {}", known.join(", ")),
        };
        self.wrong("unknown-key", key.span(), format!("`{name}` means nothing {place}"), help);
    }
}
