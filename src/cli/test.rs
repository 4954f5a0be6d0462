//! `selon test [DIR]`: the examples of all rules are run, and those that do not hold are shown.

use super::args::TestArgs;
use super::session::Session;
use super::{Exit, Failure, folders, output};
use anstyle::{AnsiColor, Style};
use selon::Scratch;
use selon::policy::book::BUILT_IN as POLICY;
use selon::policy::examples;
use selon::report::plain::plain;
use selon::rule::check::{self, Outcome};
use selon::rule::load::{FRENCH, Source};
use selon::rule::set::Rules;
use selon::text::lines::LineIndex;

/// Runs the examples.
pub fn run(session: &Session, args: &TestArgs) -> Result<Exit, Failure> {
    let folders: Vec<_> = session.folders.iter().chain(&args.folder).cloned().collect();
    let files = folders::files(&folders)?;
    let rules = folders::load_files(&files)?;
    let report = check::check(rules);
    let mut out = output::open(None)?;
    let red = if session.look.color { AnsiColor::Red.on_default() } else { Style::new() };
    for failure in &report.failures {
        let place = place(&failure.rule, failure.at, &files);
        out.write(&format!("{place}: {red}{}{red:#} {}\n", failure.outcome.word(), failure.rule))?;
        out.write(&format!("  {}\n", meaning(&failure.outcome)))?;
        out.write(&format!("  expected  {}\n  found     {}\n\n", plain(&failure.expected), plain(&failure.found)))?;
    }
    let policy = policy(rules);
    for failure in &policy.failures {
        out.write(&failure.replacen("wrong", &format!("{red}wrong{red:#}"), 1))?;
    }
    let failed = report.failures.len() + policy.failures.len();
    let verdict = match failed {
        0 => "all hold".to_string(),
        1 => "1 does not hold".to_string(),
        _ => format!("{failed} do not hold"),
    };
    let codes = POLICY.codes.len();
    let rules =
        format!("{} examples of {} rules and {} of {codes} codes", report.examples, report.rules, policy.examples);
    out.write(&format!("{rules}: {verdict}\n"))?;
    out.finish()?;
    Ok(if failed == 0 { Exit::Done } else { Exit::ExamplesFailed })
}

/// What came of the examples of the policy.
struct Policy {
    examples: usize,
    failures: Vec<String>,
}

fn policy(rules: &Rules) -> Policy {
    let mut scratch = Scratch::default();
    let mut done = Policy { examples: 0, failures: Vec::new() };
    for code in &POLICY.codes {
        for example in examples::parse(&code.finds).into_iter().chain(examples::parse(&code.ignores)) {
            done.examples += 1;
            let found = examples::found(rules, &POLICY, code, &example.text, &mut scratch);
            if found != example.marks {
                let expected = plain(&examples::written(&example.text, &example.marks));
                let found = plain(&examples::written(&example.text, &found));
                let name = &code.name;
                done.failures.push(format!(
                    "rules/fr/policy.toml: wrong {name}\n  expected  {expected}\n  found     {found}\n\n"
                ));
            }
        }
    }
    done
}

/// `file:line` of a byte in the file a rule stands in.
fn place(rule: &str, at: usize, own: &[Source]) -> String {
    let theme = rule.rsplit_once('/').map_or(rule, |(theme, _)| theme);
    let line = |text: &str| LineIndex::new(text).line_column(at as u32).0;
    if let Some(file) = own.iter().find(|f| f.theme == theme) {
        return format!("{}:{}", file.name, line(&file.text));
    }
    match FRENCH.iter().find(|(name, _)| theme == format!("fr/{name}")) {
        Some((name, text)) => format!("rules/fr/{name}.toml:{}", line(text)),
        None => theme.to_string(),
    }
}

fn meaning(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Missing => "the rule finds nothing here".to_string(),
        Outcome::Shifted => "the rule finds other words".to_string(),
        Outcome::Noisy => "the rule must find nothing here".to_string(),
        Outcome::Outvoted { by: Some(rule) } => format!("among all rules, {rule} has the place"),
        Outcome::Outvoted { by: None } => "among all rules, nothing is left of it".to_string(),
        Outcome::Status { found } => format!("it is found, but as {}", found.name()),
    }
}
