//! `selon rules`: all rules, grouped by their files, and the codes of the policy.

use super::args::{ListFormat, RulesArgs};
use super::session::Session;
use super::{Exit, Failure, folders, output};
use comfy_table::ColumnConstraint;
use selon::policy::book::{BUILT_IN as POLICY, Code};
use selon::report::table::styled;
use selon::rule::set::{Purpose, Rule, StatusRule};
use serde::Serialize;

/// A rule or a code in the JSON list.
#[derive(Serialize)]
struct RuleJson<'a> {
    id: &'a str,
    purpose: &'a str,
    status: Option<&'a str>,
    summary: &'a str,
    severity: Option<&'a str>,
    explain: &'a str,
    pattern: Option<&'a str>,
}

/// Lists the rules.
pub fn run(session: &Session, args: &RulesArgs) -> Result<Exit, Failure> {
    let rules = folders::load(session)?;
    let mut out = output::open(None)?;
    match args.format {
        ListFormat::Table => {
            for group in rules.rules.chunk_by(|a, b| file(a) == file(b)) {
                let count = group.len();
                out.write(&format!("{} · {count} rule{}\n", file(&group[0]), if count == 1 { "" } else { "s" }))?;
                out.write(&format!("{}\n\n", table(session, group)))?;
            }
            let codes = &POLICY.codes;
            out.write(&format!("policy · {} codes\n{}\n\n", codes.len(), code_table(session, codes)))?;
        }
        ListFormat::Json => {
            let codes = POLICY.codes.iter().map(code_json);
            let list: Vec<RuleJson> = rules.rules.iter().map(json).chain(codes).collect();
            let list = serde_json::to_string_pretty(&list).expect("rules are strings, which JSON can always hold");
            out.write(&format!("{list}\n"))?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn table(session: &Session, group: &[Rule]) -> comfy_table::Table {
    let mut table = styled(&["Rule", "Purpose", "Status", "Summary"], session.look);
    for rule in group {
        table.add_row([rule.id.as_str(), purpose(rule), status(rule).unwrap_or("—"), &rule.summary]);
    }
    let whole = ColumnConstraint::ContentWidth;
    table.set_constraints([whole, whole, whole]);
    table
}

fn code_table(session: &Session, codes: &[Code]) -> comfy_table::Table {
    let mut table = styled(&["Code", "Severity", "Summary"], session.look);
    for code in codes {
        table.add_row([code.name.as_str(), code.severity.name(), &code.summary]);
    }
    let whole = ColumnConstraint::ContentWidth;
    table.set_constraints([whole, whole]);
    table
}

fn code_json(code: &Code) -> RuleJson<'_> {
    RuleJson {
        id: &code.name,
        purpose: "finding",
        status: None,
        severity: Some(code.severity.name()),
        summary: &code.summary,
        explain: &code.en.what,
        pattern: None,
    }
}

fn json(rule: &Rule) -> RuleJson<'_> {
    RuleJson {
        id: &rule.id,
        purpose: purpose(rule),
        status: status(rule),
        summary: &rule.summary,
        severity: None,
        explain: &rule.explain,
        pattern: Some(&rule.pattern),
    }
}

/// The file part of a rule's id.
fn file(rule: &Rule) -> &str {
    rule.id.rsplit_once('/').map_or("", |(file, _)| file)
}

/// What a rule is for, in a word.
pub fn purpose(rule: &Rule) -> &'static str {
    match rule.purpose {
        Purpose::Statement => "statement",
        Purpose::Shield => "shield",
        Purpose::Relay => "relay",
    }
}

/// What a rule says about the status of what it finds, if it finds statements.
pub fn status(rule: &Rule) -> Option<&'static str> {
    (rule.purpose == Purpose::Statement).then_some(match rule.status {
        StatusRule::BySource => "by-source",
        StatusRule::Sourced => "sourced",
        StatusRule::Anonymous => "anonymous",
        StatusRule::Unverified => "unverified",
    })
}
