//! `selon explain CODE`: what a rule or a finding means, why, and what it leaves alone.

use super::args::ExplainArgs;
use super::rules::{purpose, status};
use super::session::Session;
use super::{Exit, Failure, folders, output};
use anstyle::Style;
use selon::policy::book::{BUILT_IN as POLICY, Code, Page};
use selon::rule::examples::written;
use selon::rule::scope::nearest;
use selon::rule::set::{Rule, Rules};

/// Ids that a message lists.
const MOST_NAMES: usize = 8;

/// Explains a rule or a code of the policy.
pub fn run(session: &Session, args: &ExplainArgs) -> Result<Exit, Failure> {
    if let Some(code) = POLICY.get(&args.code) {
        let mut out = output::open(None)?;
        out.write(&code_page(code, session.look.color))?;
        out.finish()?;
        return Ok(Exit::Done);
    }
    let rules = folders::load(session)?;
    let rule = named(rules, &args.code)?;
    let mut out = output::open(None)?;
    out.write(&page(rule, session.look.color))?;
    out.finish()?;
    Ok(Exit::Done)
}

/// The rule with this id, or the only one whose id ends in it, or the only one whose id holds it.
fn named<'a>(rules: &'a Rules, code: &str) -> Result<&'a Rule, Failure> {
    if let Some(rule) = rules.by_id(code) {
        return Ok(rule);
    }
    let tail = format!("/{code}");
    let of = |test: &dyn Fn(&str) -> bool| rules.rules.iter().filter(|r| test(&r.id)).collect::<Vec<_>>();
    let ends = of(&|id| id.ends_with(&tail));
    let found = if ends.is_empty() { of(&|id| id.contains(code)) } else { ends };
    match &found[..] {
        [only] => Ok(only),
        [] => Err(Failure::Plain(format!("no rule is called `{code}`; {}", advice(rules, code)))),
        several => {
            let ids: Vec<&str> = several.iter().take(MOST_NAMES).map(|r| r.id.as_str()).collect();
            let more = if several.len() > MOST_NAMES { " and others" } else { "" };
            Err(Failure::Plain(format!("`{code}` could be {}{more}; write one of these", ids.join(", "))))
        }
    }
}

fn advice(rules: &Rules, code: &str) -> String {
    let ids: Vec<&str> = rules.rules.iter().map(|r| r.id.as_str()).collect();
    let names = ids.iter().filter_map(|id| id.rsplit('/').next());
    let names: Vec<&str> = names.chain(POLICY.codes.iter().map(|c| c.name.as_str())).collect();
    match nearest(code, &ids).or_else(|| nearest(code, &names)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`selon rules` lists them all".to_string(),
    }
}

fn page(rule: &Rule, color: bool) -> String {
    let bold = if color { Style::new().bold() } else { Style::new() };
    let heading = |text: &str| format!("\n{bold}{text}{bold:#}\n");
    let kind = status(rule).map_or(purpose(rule).to_string(), |s| format!("{}, status {s}", purpose(rule)));
    let mut page = format!("{bold}{}{bold:#} ({kind})\n{}\n\n{}\n", rule.id, rule.summary, rule.explain.trim());
    page.push_str(&heading("Pattern"));
    page.push_str(&format!("  {}\n", rule.pattern.trim()));
    for (title, wanted) in [("Finds", true), ("Ignores", false)] {
        page.push_str(&heading(title));
        for example in rule.examples.iter().filter(|e| e.wanted == wanted) {
            let status = example.status.as_ref().map_or(String::new(), |s| format!("   -> {s}"));
            page.push_str(&format!("  {}{status}\n", written(&example.marked.text, &example.marked.marks)));
        }
    }
    page
}

/// The page of a code of the policy, in English and in French.
fn code_page(code: &Code, color: bool) -> String {
    let bold = if color { Style::new().bold() } else { Style::new() };
    let Code { name, severity, summary, standard, en, fr, finds, ignores, .. } = code;
    let mut page = format!("{bold}{name}{bold:#} ({})\n{summary}\n", severity.name());
    let english = ["What", "Why", "What to do", "Not so", "But so"];
    let french = ["Ce que c'est", "Pourquoi", "Que faire", "Pas ainsi", "Mais ainsi"];
    for (titles, Page { what, why, todo, bad, good }) in [(english, en), (french, fr)] {
        for (title, text) in titles.into_iter().zip([what, why, todo, bad, good]) {
            page.push_str(&format!("\n{bold}{title}{bold:#}\n  {text}\n"));
        }
    }
    page.push_str(&format!("\n{bold}Standard{bold:#}\n  {standard}\n"));
    for (title, list) in [("Finds", finds), ("Ignores", ignores)] {
        page.push_str(&format!("\n{bold}{title}{bold:#}\n"));
        list.lines().filter(|line| !line.is_empty()).for_each(|line| page.push_str(&format!("  {line}\n")));
    }
    page
}
