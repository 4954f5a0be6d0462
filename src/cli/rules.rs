//! `selon rules`: all rules, grouped by their files.

use super::args::{ListFormat, RulesArgs};
use super::session::Session;
use super::{Exit, Failure, folders, output};
use comfy_table::ColumnConstraint;
use selon::report::table::styled;
use selon::rule::set::{Purpose, Rule, StatusRule};
use serde::Serialize;

/// A rule in the JSON list.
#[derive(Serialize)]
struct RuleJson<'a> {
    id: &'a str,
    purpose: &'a str,
    status: Option<&'a str>,
    summary: &'a str,
    explain: &'a str,
    pattern: &'a str,
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
        }
        ListFormat::Json => {
            let list: Vec<RuleJson> = rules.rules.iter().map(json).collect();
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

fn json(rule: &Rule) -> RuleJson<'_> {
    RuleJson {
        id: &rule.id,
        purpose: purpose(rule),
        status: status(rule),
        summary: &rule.summary,
        explain: &rule.explain,
        pattern: &rule.pattern,
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
