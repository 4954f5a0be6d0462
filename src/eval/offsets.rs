//! Stand-off annotation: a text, and a JSON file beside it that says which code points are what.
//!
//! The JSON file holds `statements`, each with `content` (a list of stretches), `cue` and `source` (a stretch or null),
//! `speaker`, `relay` and `outlet` (a string or null), `quote` and `status`. A stretch is `start` and `end`, in Unicode
//! code points of the text, end exclusive, and the `text` there. Invariant: a stretch whose words are not those of the
//! text is a diagnostic, never a wrong span.

use super::gold::{Gold, GoldStatement};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::statement::QuoteKind;
use crate::status::Status;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    statements: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    content: Vec<Stretch>,
    cue: Option<Stretch>,
    source: Option<Stretch>,
    speaker: Option<String>,
    relay: Option<String>,
    outlet: Option<String>,
    quote: Option<QuoteKind>,
    status: Status,
}

#[derive(Deserialize)]
struct Stretch {
    start: usize,
    end: usize,
    text: Option<String>,
}

/// Reads an article and its annotation. `name` is what the article is called in messages and in reports.
///
/// # Errors
/// `gold-json` where the annotation is not JSON of this shape; `gold-span` for every stretch that is not in the text;
/// `gold-content` for every statement without content.
pub fn parse(name: &str, text: &str, annotation: &str) -> Result<Gold, Vec<Diagnostic>> {
    let file: File = serde_json::from_str(annotation).map_err(|e| {
        let at = offset(annotation, e.line(), e.column());
        let help = "an annotation is { \"statements\": [ … ] } with content, cue, source, quote and status";
        vec![Diagnostic::new("gold-json", name, at..at, e.to_string(), help)]
    })?;
    let bytes: Vec<u32> = text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect();
    let mut errors = Vec::new();
    let mut statements = Vec::with_capacity(file.statements.len());
    for (i, entry) in file.statements.into_iter().enumerate() {
        let mut complain = |code, message, help: &str| errors.push(Diagnostic::new(code, name, 0..0, message, help));
        let mut span = |stretch: &Stretch| match locate(text, &bytes, stretch) {
            Ok(span) => Some(span),
            Err(why) => {
                complain(
                    "gold-span",
                    format!("statement {}: {why}", i + 1),
                    "count Unicode code points of the decoded text",
                );
                None
            }
        };
        let mut content: Vec<Span> = entry.content.iter().filter_map(&mut span).collect();
        let (cue, source) = (entry.cue.as_ref().and_then(&mut span), entry.source.as_ref().and_then(&mut span));
        content.sort();
        if entry.content.is_empty() {
            complain("gold-content", format!("statement {} has no content", i + 1), "every statement claims something");
        }
        let Entry { speaker, relay, outlet, quote, status, .. } = entry;
        statements.push(GoldStatement { content, cue, source, speaker, relay, outlet, quote, status });
    }
    if errors.is_empty() {
        Ok(Gold { name: name.to_string(), text: text.to_string(), statements })
    } else {
        Err(errors)
    }
}

/// The span of a stretch of code points. `bytes`: where each character begins, and where the text ends.
fn locate(text: &str, bytes: &[u32], stretch: &Stretch) -> Result<Span, String> {
    let Stretch { start, end, .. } = *stretch;
    let (Some(&first), Some(&last)) = (bytes.get(start), bytes.get(end)) else {
        return Err(format!("{start}..{end} lies beyond the text, which has {} characters", bytes.len() - 1));
    };
    if first >= last {
        return Err(format!("{start}..{end} covers nothing"));
    }
    let span = Span::new(first, last);
    match &stretch.text {
        Some(words) if words != span.of(text) => {
            Err(format!("{start}..{end} should be « {words} », the text has « {} »", span.of(text)))
        }
        _ => Ok(span),
    }
}

/// The byte at a line and column of a text, both from 1, the column in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}
