//! JUnit's XML, as build servers show it: a test suite for each document, a test case for each finding.
//!
//! Invariant: a case fails exactly where the run does, at findings that weigh as much as the run fails on; those that weigh
//! less are passing cases that say their message. A document without findings is one passing case, so that it is seen to
//! have been read.

use super::Checked;
use super::position::Places;
use super::xml::Xml;
use crate::policy::finding::{Finding, Severity};
use crate::report::plain::plain;

/// All documents. `fail_on`: the least severity that fails a run; none where none does.
pub fn junit(documents: &[Checked], fail_on: Option<Severity>) -> String {
    let fails = |finding: &Finding| fail_on.is_some_and(|least| finding.severity >= least);
    let failures = |document: &Checked| document.findings.iter().filter(|f| fails(f)).count();
    let cases = |document: &Checked| document.findings.len().max(1);
    let total = |count: &dyn Fn(&Checked) -> usize| documents.iter().map(count).sum::<usize>().to_string();
    let mut xml = Xml::new();
    xml.open(
        "testsuites",
        &[("name", "selon"), ("tests", &total(&cases)), ("failures", &total(&failures)), ("errors", "0")],
    );
    for document in documents {
        let (tests, failed) = (cases(document).to_string(), failures(document).to_string());
        xml.open(
            "testsuite",
            &[("name", document.path), ("tests", &tests), ("failures", &failed), ("errors", "0"), ("skipped", "0")],
        );
        if document.findings.is_empty() {
            xml.empty("testcase", &[("name", "no findings"), ("classname", document.path)]);
        }
        let places = Places::new(document.text);
        for finding in &document.findings {
            case(&mut xml, document.path, &places, finding, fails(finding));
        }
        xml.close("testsuite");
    }
    xml.close("testsuites");
    xml.finish()
}

fn case(xml: &mut Xml, path: &str, places: &Places, finding: &Finding, fails: bool) {
    let start = places.of(finding.span).start;
    let place = format!("{}:{}", start.line, start.column);
    let message = plain(&finding.message);
    let name = format!("{} at {place}", finding.code);
    let text = format!("{path}:{place}: {}[{}] {message}", finding.severity.name(), finding.code);
    xml.open("testcase", &[("name", &name), ("classname", path)]);
    if fails {
        xml.text("failure", &[("message", &message), ("type", finding.code)], &text);
    } else {
        xml.text("system-out", &[], &text);
    }
    xml.close("testcase");
}
