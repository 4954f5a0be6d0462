//! SARIF 2.1.0, with all that GitHub's code scanning asks for.
//!
//! Lines and columns count from 1, columns and offsets in code points; ends are exclusive. Invariant: what an article says
//! is never read as a link or a placeholder of a message; a finding is known again by words and speaker, wherever it stands.

use super::line_hash::line_hashes;
use super::position::{Place, Places};
use super::sarif_schema::{
    Artifact, Configuration, Driver, Fingerprints, Help, Location, Log, Physical, Properties, Region, Rule,
    RuleProperties, Run, Text, Tool,
};
use super::{Checked, Described, from_root, sarif_schema};
use crate::policy::finding::{Finding, Severity};
use crate::report::plain::{plain, shorten};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rustc_hash::FxHashMap;
use std::path::Path;

/// Where the schema stands; readers compare it, nothing is fetched.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Characters that GitHub takes of a description.
const LONGEST: usize = 1024;

/// What a path keeps in a URI; the colon, which stands for itself only behind the first `/`, is not among it.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The findings of all documents. `codes`: all that a finding can have.
pub fn sarif(documents: &[Checked], codes: &[Described]) -> String {
    let numbers = codes.iter().enumerate().map(|(i, code)| (code.code, i)).collect();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "selon",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: codes.iter().map(rule).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: documents.iter().flat_map(|document| findings(document, &numbers)).collect(),
        }],
    };
    let mut out = serde_json::to_string_pretty(&log).expect("strings and numbers, which JSON can always hold");
    out.push('\n');
    out
}

fn rule<'a>(code: &Described<'a>) -> Rule<'a> {
    let parts =
        [("", code.what), ("Why it matters: ", code.why), ("What to do: ", code.todo), ("See: ", code.standard)];
    let written = parts.iter().filter(|(_, text)| !text.is_empty());
    let paragraphs: Vec<String> = written.clone().map(|(head, text)| format!("{head}{text}")).collect();
    let marked = written.map(|(head, text)| match head.trim_end() {
        "" => text.to_string(),
        head => format!("**{head}** {text}"),
    });
    Rule {
        id: code.code,
        // A name that only repeats the code is none.
        name: Some(pascal(code.code)).filter(|name| !name.eq_ignore_ascii_case(code.code)),
        short_description: described(code.summary),
        full_description: described(code.what),
        help: Help { text: paragraphs.join("\n\n"), markdown: marked.collect::<Vec<_>>().join("\n\n") },
        default_configuration: Configuration { enabled: code.severity != Severity::Off, level: level(code.severity) },
        properties: RuleProperties {
            tags: ["attribution", "journalism"],
            precision: "medium",
            severity: match code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Off => "recommendation",
            },
        },
    }
}

fn findings<'a>(document: &'a Checked, numbers: &FxHashMap<&str, usize>) -> Vec<sarif_schema::Finding<'a>> {
    if document.findings.is_empty() {
        return Vec::new();
    }
    let places = Places::new(document.text);
    let lines = line_hashes(document.text);
    let artifact = artifact(document.path);
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    let finding = |finding: &'a Finding| {
        let place = places.of(finding.span);
        let statement = finding.statement.and_then(|i| document.analysis.statements.get(i));
        let source = statement.and_then(|s| s.source).filter(|&source| source != finding.span);
        let related = source.map(|source| Location {
            id: Some(1),
            message: Some(message(source.of(document.text))),
            physical_location: physical(&artifact, places.of(source)),
        });
        let number = seen.entry(finding.fingerprint).or_default();
        *number += 1;
        sarif_schema::Finding {
            rule_id: finding.code,
            rule_index: numbers.get(finding.code).copied(),
            level: level(finding.severity),
            message: message(&finding.message),
            locations: [Location { id: None, message: None, physical_location: physical(&artifact, place) }],
            related_locations: related.into_iter().collect(),
            partial_fingerprints: Fingerprints {
                line: lines[place.start.line as usize - 1].clone(),
                own: format!("{:016x}:{number}", finding.fingerprint),
            },
            properties: statement.map(|s| Properties {
                status: s.status.name(),
                speaker: s.speaker.as_ref().map(|speaker| speaker.name.as_str()),
                outlet: s.outlet.as_deref(),
                cue: s.cue.map(|cue| cue.of(document.text)),
            }),
        }
    };
    document.findings.iter().map(finding).collect()
}

fn physical(artifact: &Artifact, place: Place) -> Physical {
    let Place { start, end } = place;
    let region = Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        char_offset: start.offset,
        char_length: end.offset - start.offset,
    };
    Physical { artifact_location: artifact.clone(), region }
}

/// A file as a URI: relative to the root of the repository, or absolute.
fn artifact(path: &str) -> Artifact {
    let encoded = |path: &str| utf8_percent_encode(path, ENCODED).to_string();
    if Path::new(path).is_absolute() {
        let root = if path.starts_with('/') { "file://" } else { "file:///" };
        return Artifact { uri: format!("{root}{}", encoded(path)), uri_base_id: None };
    }
    Artifact { uri: encoded(from_root(path)), uri_base_id: Some("%SRCROOT%") }
}

/// A message of an article's words. Braces are doubled, since single ones hold the number of an argument; `](` would make
/// a link.
fn message(text: &str) -> Text {
    Text { text: plain(text).replace('{', "{{").replace('}', "}}").replace("](", "] (") }
}

fn described(text: &str) -> Text {
    Text { text: shorten(text, LONGEST) }
}

/// The format's name of a severity.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "note",
    }
}

/// `anonymous-source` → `AnonymousSource`, as the names of rules are written.
fn pascal(code: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
    };
    code.split(['-', '/', '_']).map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::{artifact, message, pascal};

    #[test]
    fn paths_are_uris() {
        let uri = |path| {
            let artifact = artifact(path);
            (artifact.uri, artifact.uri_base_id.is_some())
        };
        assert_eq!(uri("./à lire/été brouillon.md"), ("%C3%A0%20lire/%C3%A9t%C3%A9%20brouillon.md".to_string(), true));
        assert_eq!(uri("a:b#c?d%.md"), ("a%3Ab%23c%3Fd%25.md".to_string(), true));
    }

    #[cfg(unix)]
    #[test]
    fn absolute_paths_have_no_root() {
        let artifact = artifact("/tmp/a b.md");
        assert_eq!((artifact.uri.as_str(), artifact.uri_base_id), ("file:///tmp/a%20b.md", None));
    }

    #[test]
    fn messages_hold_no_links_and_no_placeholders() {
        assert_eq!(message("dit [ici](1) {0}").text, "dit [ici] (1) {{0}}");
        assert_eq!(message("ils [...] ont").text, "ils [...] ont");
    }

    #[test]
    fn names_are_in_pascal_case() {
        assert_eq!(pascal("anonymous-source"), "AnonymousSource");
    }
}
