//! Checkstyle's XML, which build servers and review tools read: a `file` for each document, an `error` for each finding.
//!
//! Lines and columns count from 1, columns in code points; the format knows no ends.

use super::Checked;
use super::position::Places;
use super::xml::Xml;
use crate::policy::finding::Severity;
use crate::report::plain::plain;

/// All documents, those without findings too.
pub fn checkstyle(documents: &[Checked]) -> String {
    let mut xml = Xml::new();
    xml.open("checkstyle", &[("version", "4.3")]);
    for document in documents {
        if document.findings.is_empty() {
            xml.empty("file", &[("name", document.path)]);
            continue;
        }
        let places = Places::new(document.text);
        xml.open("file", &[("name", document.path)]);
        for finding in &document.findings {
            let start = places.of(finding.span).start;
            let attributes = [
                ("line", start.line.to_string()),
                ("column", start.column.to_string()),
                ("severity", severity(finding.severity).to_string()),
                ("message", plain(&finding.message)),
                ("source", format!("selon.{}", finding.code)),
            ];
            xml.empty("error", &attributes.each_ref().map(|(name, value)| (*name, value.as_str())));
        }
        xml.close("file");
    }
    xml.close("checkstyle");
    xml.finish()
}

/// The format's name of a severity.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "info",
    }
}
