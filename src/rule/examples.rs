//! The examples of a rule, which are its tests.
//!
//! One example a line; `{role words}` marks what must be found, ` -> status` at the end says the status, `#` begins a
//! remark. Invariant: an example that cannot be read is a diagnostic of the rule file, never skipped.

use crate::diagnostic::Diagnostic;
use crate::markup::{self, Mark, Marked};

/// Stands between two paragraphs of an example.
const PARAGRAPH: &str = " ¶ ";

/// An example as its author writes it: on one line, with its marks.
pub fn written(text: &str, marks: &[Mark]) -> String {
    markup::write(text, marks).replace("\n\n", PARAGRAPH)
}

/// One example sentence.
#[derive(Clone, Debug)]
pub struct Example {
    /// The text and what must be found in it.
    pub marked: Marked,
    /// The status it must have, where the example says so.
    pub status: Option<String>,
    /// Whether the rule must find it, or must not.
    pub wanted: bool,
    /// Byte of its line in the rule file.
    pub at: usize,
}

/// Reads a block of examples that stands at byte `base` of `file`.
pub fn parse(block: &str, wanted: bool, base: usize, file: &str, errors: &mut Vec<Diagnostic>, out: &mut Vec<Example>) {
    let mut at = base;
    for line in block.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (sentence, status) = match line.rsplit_once("->") {
            Some((sentence, status)) => (sentence.trim_end(), Some(status.trim().to_string())),
            None => (line, None),
        };
        match markup::parse(&sentence.replace(PARAGRAPH, "\n\n")) {
            Ok(marked) if wanted && marked.marks.is_empty() => errors.push(Diagnostic::new(
                "example-markup",
                file,
                start..start + line.len(),
                "this example marks nothing",
                "mark what must be found: {cue Selon} {source le ministre}, {content il pleut}",
            )),
            Ok(marked) => out.push(Example { marked, status, wanted, at: start }),
            Err(e) => errors.push(Diagnostic::new(
                "example-markup",
                file,
                start + e.at..start + e.at + 1,
                e.message,
                "marks are written {role words} and nest",
            )),
        }
    }
}
