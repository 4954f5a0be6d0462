//! Workflow commands of GitHub, `::warning file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message`: marks beside the
//! lines of a pull request.
//!
//! Columns count code points; `endColumn` is exclusive, as other linters print it. Where a place ends in a later line the
//! runner takes no columns, so there are none. Invariant: each line is a command of this module or the closing sentence;
//! nothing from a path or a message ends a line, a property or a command.

use super::position::Places;
use super::{Checked, from_root};
use crate::policy::finding::{Finding, Severity};
use crate::report::plain::{invisible, plain};

/// Marks of one level that a step of a workflow shows; the runner drops the rest without a word.
const MOST: usize = 10;

/// The findings of all documents, those that weigh most first. Of each level 10 are written, since no more are shown; a
/// last line says how many others there are.
pub fn github(documents: &[Checked]) -> String {
    let mut out = String::new();
    let mut left_out = Vec::new();
    for severity in Severity::SHOWN.into_iter().rev() {
        let mut count = 0;
        for document in documents {
            let places = (count < MOST).then(|| Places::new(document.text));
            for finding in document.findings.iter().filter(|f| f.severity == severity) {
                count += 1;
                if let Some(places) = places.as_ref().filter(|_| count <= MOST) {
                    out += &command(document.path, places, finding);
                }
            }
        }
        if count > MOST {
            left_out.push(format!("{} of {count} {}s", count - MOST, level(severity)));
        }
    }
    if !left_out.is_empty() {
        out += &format!("selon: not shown: {} ({MOST} of each level can be)\n", left_out.join(", "));
    }
    out
}

fn command(path: &str, places: &Places, finding: &Finding) -> String {
    let place = places.of(finding.span);
    let columns = if place.start.line == place.end.line {
        format!(",col={},endColumn={}", place.start.column, place.end.column)
    } else {
        String::new()
    };
    format!(
        "::{} file={},line={},endLine={}{columns},title={}::{}\n",
        level(finding.severity),
        property(from_root(path)),
        place.start.line,
        place.end.line,
        property(finding.code),
        escape(&plain(&finding.message)),
    )
}

/// The runner's name of a severity.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "notice",
    }
}

/// A message as the runner reads it.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property as the runner reads it. A path with line breaks is a file, so these are kept; other
/// characters that a terminal obeys are not.
fn property(value: &str) -> String {
    let escaped = escape(value).replace(':', "%3A").replace(',', "%2C");
    escaped.chars().filter(|&c| !invisible(c) && !matches!(c, '\u{2028}' | '\u{2029}')).collect()
}

#[cfg(test)]
mod tests {
    use super::{github, property};
    use crate::policy::finding::{Finding, Severity};
    use crate::report::lint::Checked;
    use crate::span::Span;
    use crate::statement::Analysis;

    #[test]
    fn values_are_escaped() {
        assert_eq!(property("à, b: 5 %\r\n"), "à%2C b%3A 5 %25%0D%0A");
    }

    #[test]
    fn what_weighs_most_comes_first_and_the_rest_is_counted() {
        let finding = |severity| Finding {
            code: "no-source",
            severity,
            message: "x".to_string(),
            span: Span::new(0, 1),
            statement: None,
            fingerprint: 0,
        };
        let analysis = Analysis::default();
        let checked = |n| {
            let severities = [Severity::Warning, Severity::Info, Severity::Error].repeat(n);
            let findings = severities.into_iter().map(finding).collect();
            Checked { path: "a", text: "abc", analysis: &analysis, findings }
        };
        let out = github(&[checked(4), checked(7)]);
        let lines: Vec<&str> = out.lines().collect();
        let starts = |words: &str, lines: &[&str]| lines.iter().all(|l| l.starts_with(words));
        assert_eq!(lines.len(), 31);
        assert!(starts("::error ", &lines[..10]) && starts("::warning ", &lines[10..20]));
        assert!(starts("::notice ", &lines[20..30]));
        assert_eq!(
            lines[30],
            "selon: not shown: 1 of 11 errors, 1 of 11 warnings, 1 of 11 notices (10 of each level can be)"
        );
    }
}
