//! The table of an article's statements, for a terminal or a plain text file.
//!
//! Invariant: no line is wider than the width asked for; there is no colour but where asked for; what an article says
//! went through [`plain`].

use super::plain::{plain, shorten};
use crate::statement::{Analysis, Statement};
use crate::status::Status;
use crate::text::lines::LineIndex;
use anstyle::Style;
use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Row, Table, Width, presets,
};

/// How output looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal or the page, at least 60.
    pub width: u16,
    /// Whether there are colours.
    pub color: bool,
}

/// Below this width, columns share a place: the outlet stands under the speaker, the cue under the claim.
const ROOMY: u16 = 100;
/// Lines a row may take.
const LINES: usize = 4;
/// Characters of a cell that are looked at; more would never be shown.
const LONGEST: usize = 400;

/// A document: a title line, then its statements.
pub fn document(path: &str, text: &str, analysis: &Analysis, look: Look) -> String {
    let title = title(path, analysis, look);
    if analysis.statements.is_empty() {
        return format!("{title}\n  no statement found\n");
    }
    let index = LineIndex::new(text);
    let rows = analysis.statements.iter().enumerate();
    let rows: Vec<Fields> = rows.map(|(i, s)| Fields::new(i + 1, s, text, index.line_column(s.start()).0)).collect();
    let known = analysis.outlet.as_deref().map(plain);
    let table = if look.width < ROOMY { stacked(&rows, known, look) } else { wide(&rows, look) };
    format!("{title}\n{table}\n")
}

/// An empty table in the common style.
pub fn styled(header: &[&str], look: Look) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    table.force_no_tty().set_width(look.width);
    if look.color {
        table.enforce_styling();
    }
    let bold = |name: &&str| if look.color { Cell::new(name).add_attribute(Attribute::Bold) } else { Cell::new(name) };
    table.set_header(header.iter().map(bold).collect::<Vec<_>>());
    table
}

/// The colour of a status: the terminal's own green, yellow and red, readable on any background.
pub fn color(status: Status) -> Color {
    match status {
        Status::Sourced => Color::DarkGreen,
        Status::Anonymous => Color::DarkYellow,
        Status::Unverified => Color::DarkRed,
    }
}

/// Cells of one row, made safe.
struct Fields {
    number: String,
    status: Status,
    speaker: String,
    outlet: Option<String>,
    relay: Option<String>,
    claim: String,
    cue: String,
    line: String,
}

impl Fields {
    fn new(number: usize, statement: &Statement, text: &str, line: u32) -> Fields {
        let safe = |text: &str| shorten(&plain(text), LONGEST);
        let written = statement.source.map(|s| s.of(text));
        let speaker = statement.speaker.as_ref().map(|s| s.name.as_str()).or(written);
        let claim: Vec<&str> = statement.content.iter().map(|c| c.of(text)).collect();
        Fields {
            number: number.to_string(),
            status: statement.status,
            speaker: speaker.map_or("—".to_string(), safe),
            outlet: statement.outlet.as_deref().map(safe),
            relay: statement.relay.as_ref().map(|r| format!("via {}", safe(r))),
            claim: safe(&claim.join(" […] ")),
            cue: statement.cue.map_or("—".to_string(), |c| safe(c.of(text))),
            line: line.to_string(),
        }
    }
}

fn wide(rows: &[Fields], look: Look) -> Table {
    let mut table = styled(&["#", "Status", "Speaker", "Outlet / relay", "Claim", "Cue", "Line"], look);
    for f in rows {
        let outlet = lines([&f.outlet, &f.relay]).unwrap_or("—".to_string());
        let cells = [&f.number, "", &f.speaker, &outlet, &f.claim, &f.cue, &f.line].map(Cell::new);
        add(&mut table, with_status(cells, f, look));
    }
    fit(&mut table, look, [None, None, Some(26), Some(20), Some(100), Some(18), None]);
    table
}

/// `known`: the outlet that the title line gives, which is not repeated.
fn stacked(rows: &[Fields], known: Option<String>, look: Look) -> Table {
    let mut table = styled(&["#", "Status", "Speaker\nOutlet / relay", "Claim\n→ cue", "Line"], look);
    for f in rows {
        // Three quarters of the lines above it, so that the cue below is not cut off.
        let claim = shorten(&f.claim, look.width as usize / 2 * (LINES - 1) * 3 / 4);
        let other = f.outlet.clone().filter(|o| Some(o) != known.as_ref());
        let speaker = lines([&Some(f.speaker.clone()), &other, &f.relay]).unwrap_or_default();
        let cells = [&f.number, "", &speaker, &format!("{claim}\n→ {}", f.cue), &f.line].map(Cell::new);
        add(&mut table, with_status(cells, f, look));
    }
    fit(&mut table, look, [None, None, Some(36), Some(100), None]);
    table
}

/// What there is, one below the other.
fn lines<const N: usize>(parts: [&Option<String>; N]) -> Option<String> {
    let there: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!there.is_empty()).then(|| there.join("\n"))
}

/// Fills the second column.
fn with_status<const N: usize>(mut cells: [Cell; N], fields: &Fields, look: Look) -> [Cell; N] {
    let cell = Cell::new(fields.status.name());
    cells[1] = if look.color { cell.fg(color(fields.status)) } else { cell };
    cells
}

fn add<const N: usize>(table: &mut Table, cells: [Cell; N]) {
    let mut row = Row::from(cells);
    row.max_height(LINES);
    table.add_row(row);
}

/// Gives every column its width. Columns without a share are as wide as what is in them; the others get at most so
/// many hundredths of what is left, and the one with all hundredths what the others leave. Outer columns are numbers.
fn fit<const N: usize>(table: &mut Table, look: Look, shares: [Option<usize>; N]) {
    // A border on each side of a column, and a space on each side of its text.
    let frame = N + 1 + 2 * N;
    let longest: Vec<usize> = table.column_max_content_widths().into_iter().map(usize::from).collect();
    let whole: usize = (0..N).filter(|&i| shares[i].is_none()).map(|i| longest[i]).sum();
    let spare = (look.width as usize).saturating_sub(frame + whole);
    let mut widths: Vec<usize> =
        (0..N).map(|i| shares[i].map_or(longest[i], |s| longest[i].min(spare * s / 100))).collect();
    let rest = |i: &usize| shares[*i] == Some(100);
    let taken: usize = (0..N).filter(|i| shares[*i].is_some() && !rest(i)).map(|i| widths[i]).sum();
    (0..N).filter(rest).for_each(|i| widths[i] = longest[i].min(spare.saturating_sub(taken)));
    table.set_constraints(widths.iter().map(|w| ColumnConstraint::Absolute(Width::Fixed(*w as u16 + 2))));
    for index in [0, N - 1] {
        table.column_mut(index).into_iter().for_each(|c| c.set_cell_alignment(CellAlignment::Right));
    }
}

/// Path, title and outlet on one line; a long title is cut, so that the outlet is seen.
fn title(path: &str, analysis: &Analysis, look: Look) -> String {
    let bold = if look.color { Style::new().bold() } else { Style::new() };
    let outlet = analysis.outlet.as_ref().map_or(String::new(), |o| format!(" · {}", plain(o)));
    let path = plain(path);
    let room = (look.width as usize).saturating_sub(path.chars().count() + outlet.chars().count() + 3);
    let title = analysis.title.as_ref().map_or(String::new(), |t| format!(" · {}", shorten(&plain(t), room.max(20))));
    format!("{bold}{path}{bold:#}{title}{outlet}")
}

#[cfg(test)]
mod tests {
    use super::{Look, document};
    use crate::rule::load::BUILT_IN;
    use crate::{Scratch, analyze};

    fn table(text: &str, width: u16) -> String {
        let analysis = analyze(&BUILT_IN, text, &mut Scratch::default());
        assert!(!analysis.statements.is_empty());
        document("a.txt", text, &analysis, Look { width, color: false })
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        let long = "très ".repeat(400);
        let word = "anticonstitutionnellement".repeat(9);
        let text = format!("Selon Maud {word}, le lac est {long} bas.\n\n« Il pleut », a déclaré Maud Cardin, maire.");
        for width in [60, 80, 99, 100, 140, 180] {
            let table = table(&text, width);
            assert!(table.lines().all(|l| l.chars().count() <= width as usize), "{width}:\n{table}");
            assert!(table.contains('…'), "{width}:\n{table}");
        }
    }

    #[test]
    fn narrow_and_wide_tables_say_the_same() {
        let text = "« Le lac est bas », a déclaré Maud Cardin, maire de Vaures.";
        for width in [60, 80, 100] {
            let table = table(text, width);
            for part in ["sourced", "Maud Cardin", "Le lac est bas", "a déclaré"] {
                assert!(table.contains(part), "no {part} at {width}:\n{table}");
            }
        }
    }
}
