//! The summary of a run: statements by status, who speaks, who publishes.
//!
//! Invariant: depends on what was counted, not on the order in which it was.

use super::json::Summary;
use super::plain::{plain, shorten};
use super::table::{Look, color, styled};
use crate::statement::Analysis;
use crate::status::Status;
use comfy_table::{Cell, CellAlignment};
use std::collections::BTreeMap;

/// Names a list shows.
const MOST_NAMES: usize = 15;

/// How often each name stands in statements.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    speakers: BTreeMap<String, usize>,
    outlets: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts a document in.
    pub fn add(&mut self, analysis: &Analysis) {
        for statement in &analysis.statements {
            if let Some(speaker) = &statement.speaker {
                *self.speakers.entry(speaker.name.clone()).or_default() += 1;
            }
            if let Some(outlet) = &statement.outlet {
                *self.outlets.entry(outlet.clone()).or_default() += 1;
            }
        }
    }
}

/// The summary as it ends a report.
pub fn summary(summary: &Summary, tally: &Tally, look: Look) -> String {
    let counted = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let mut out =
        format!("{} in {}\n", counted(summary.statements, "statement"), counted(summary.documents, "document"));
    if summary.statements > 0 {
        out.push_str(&statuses(summary, look));
        out.push_str(&names("Speaker", &tally.speakers, look));
        out.push_str(&names("Outlet", &tally.outlets, look));
    }
    out
}

fn statuses(summary: &Summary, look: Look) -> String {
    let mut table = styled(&["Status", "Statements", "Share"], look);
    for status in Status::ALL {
        let count = match status {
            Status::Sourced => summary.sourced,
            Status::Anonymous => summary.anonymous,
            Status::Unverified => summary.unverified,
        };
        let name = Cell::new(status.name());
        let name = if look.color { name.fg(color(status)) } else { name };
        let share = format!("{:.0} %", 100.0 * count as f64 / summary.statements as f64);
        table.add_row([name, right(count), right(share)]);
    }
    format!("{table}\n")
}

fn names(what: &str, counts: &BTreeMap<String, usize>, look: Look) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let mut ranked: Vec<(&String, usize)> = counts.iter().map(|(name, count)| (name, *count)).collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut table = styled(&[what, "Statements"], look);
    for (name, count) in ranked.iter().take(MOST_NAMES) {
        table.add_row([Cell::new(shorten(&plain(name), look.width as usize / 2)), right(count)]);
    }
    let more = ranked.len().saturating_sub(MOST_NAMES);
    let more = if more > 0 { format!("  and {more} more\n") } else { String::new() };
    format!("{table}\n{more}")
}

fn right(value: impl ToString) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}
