//! `selon trace TEXT`: one sentence under the lens, for authors of rules.

use super::args::TraceArgs;
use super::session::Session;
use super::{Exit, Failure, folders, output};
use anstyle::{AnsiColor, Style};
use selon::report::plain::{plain, shorten};
use selon::report::table::Look;
use selon::rule::set::Rules;
use selon::rule::trace::{self, Ending, Fate, Match, Seen, Sentence, Tried};
use selon::statement::Statement;
use selon::text::garbled;

/// Characters of a unit or a captured part that are shown.
const LONGEST: usize = 40;

/// Shows how the rules see a text.
pub fn run(session: &Session, args: &TraceArgs) -> Result<Exit, Failure> {
    let text = &args.text;
    if text.trim().is_empty() {
        return Err(Failure::Plain("there is no text to trace; write a sentence between quotation marks".to_string()));
    }
    let rules = folders::load(session)?;
    let mended = garbled::mend(text);
    let text = mended.as_ref().map_or(text, |m| &m.text);
    let seen = trace::trace(rules, text);
    let mut out = output::open(None)?;
    for (i, sentence) in seen.sentences.iter().enumerate() {
        let inside = if sentence.depth > 0 { " (inside a quotation)" } else { "" };
        out.write(&heading(&format!("Sentence {}{inside}", i + 1), session.look))?;
        out.write(&units(text, &sentence.units, session.look))?;
        out.write(&tried(rules, text, sentence, session.look))?;
    }
    out.write(&heading("Statements", session.look))?;
    for (i, statement) in seen.analysis.statements.iter().enumerate() {
        out.write(&found(rules, text, i + 1, statement))?;
    }
    if seen.analysis.statements.is_empty() {
        out.write("  none\n")?;
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn heading(text: &str, look: Look) -> String {
    let bold = if look.color { Style::new().bold() } else { Style::new() };
    format!("{bold}{text}{bold:#}\n")
}

fn part(text: &str) -> String {
    shorten(&plain(text), LONGEST)
}

/// The units over their tags, in columns, as many on a row as the width allows.
fn units(text: &str, units: &[Seen], look: Look) -> String {
    let mut out = String::new();
    let (mut above, mut below) = (String::new(), String::new());
    for unit in units {
        let word = part(unit.span.of(text));
        // A word without tags is what a pattern can name: itself.
        let tags = if unit.tags.is_empty() { format!("'{}'", word.to_lowercase()) } else { unit.tags.clone() };
        let column = word.chars().count().max(tags.chars().count());
        if !above.is_empty() && above.chars().count() + 2 + column > look.width as usize {
            out.push_str(&rows(&mut above, &mut below));
        }
        above.push_str(&format!("  {word:column$}"));
        below.push_str(&format!("  {tags:column$}"));
    }
    out.push_str(&rows(&mut above, &mut below));
    out
}

fn rows(above: &mut String, below: &mut String) -> String {
    let rows = format!("{}\n{}\n\n", above.trim_end(), below.trim_end());
    above.clear();
    below.clear();
    rows
}

fn tried(rules: &Rules, text: &str, sentence: &Sentence, look: Look) -> String {
    let mut out = String::new();
    let id = |rule: u16| rules.rules[rule as usize].id.as_str();
    let column = sentence.tried.iter().map(|t| id(t.rule).chars().count()).max().unwrap_or(0);
    for Tried { rule, end } in &sentence.tried {
        let name = id(*rule);
        match end {
            Ending::Matched(matches) => {
                for found in matches {
                    out.push_str(&format!("  {name:column$}  {}\n", matched(rules, text, found, look)));
                }
            }
            Ending::Empty => out.push_str(&format!("  {name:column$}  matched, but nothing is left to report\n")),
            Ending::Stopped { reached, step } => {
                let step = shorten(&plain(step), 2 * LONGEST);
                let reached = reached.map(|r| tail(&plain(r.of(text))));
                let where_ = reached.map_or("stopped".to_string(), |r| format!("stopped after « {r} »"));
                out.push_str(&format!("  {name:column$}  {where_} at {step}\n"));
            }
        }
    }
    if sentence.tried.is_empty() {
        out.push_str("  no rule has its cue here\n");
    }
    out.push('\n');
    out
}

fn matched(rules: &Rules, text: &str, found: &Match, look: Look) -> String {
    let green = if look.color { AnsiColor::Green.on_default() } else { Style::new() };
    let parts: Vec<String> =
        found.parts.iter().map(|(role, s)| format!("{{{} {}}}", role.name(), part(s.of(text)))).collect();
    let parts = parts.join(" ");
    match found.fate {
        Fate::Counts => format!("{green}matched{green:#} {parts}"),
        Fate::Shielded(by) => format!("matched {parts}, forbidden by {}", rules.rules[by as usize].id),
        Fate::Dropped => format!("matched {parts}, but another statement has these words"),
    }
}

/// The last characters of a text, which are where a pattern stopped.
fn tail(text: &str) -> String {
    let skipped = text.chars().count().saturating_sub(LONGEST);
    let kept: String = text.chars().skip(skipped).collect();
    if skipped > 0 { format!("…{}", kept.trim_start()) } else { kept }
}

fn found(rules: &Rules, text: &str, number: usize, statement: &Statement) -> String {
    let claim: Vec<String> = statement.content.iter().map(|c| plain(c.of(text))).collect();
    let speaker = statement.speaker.as_ref().map_or("nobody".to_string(), |s| plain(&s.name));
    let status = statement.status.name();
    let reason = statement.reason.meaning();
    let rule = &rules.rules[statement.rule as usize].id;
    format!(
        "  {number}  {status}: {reason}\n     claim    {}\n     speaker  {speaker}\n     rule     {rule}\n",
        claim.join(" […] ")
    )
}
