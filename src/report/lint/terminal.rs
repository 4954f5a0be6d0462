//! The lines of [`super::short`], each with the words it is about: the source line, cut around marks that point at them.
//!
//! Invariant: a source line takes one line of the terminal, of the width asked for but [`NARROWEST`] columns at least. A
//! line of the text is looked at only as far as it is shown, so that an article on one line costs no more than others.

use super::position::{Place, Places};
use super::{Checked, runner, short};
use crate::policy::finding::Severity;
use crate::report::plain::invisible;
use crate::span::Span;
use anstyle::{AnsiColor, Style};
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// Columns a source line has at least.
const NARROWEST: usize = 20;

/// The findings of a document with their source lines. `width`: columns of the terminal; `color`: whether there are any.
pub fn terminal(document: &Checked, width: usize, color: bool) -> String {
    let places = Places::new(document.text);
    let path = runner::path(document.path);
    let painted = |style: Style| if color { style } else { Style::new() };
    let frame = painted(AnsiColor::BrightBlue.on_default().bold());
    let mut out = String::new();
    for finding in &document.findings {
        let style = painted(style(finding.severity));
        let place = places.of(finding.span);
        let label = format!("{style}{}{style:#}", short::label(finding));
        short::write_line(&mut out, &path, place, &label, finding);
        let number = place.start.line.to_string();
        let (blank, room) = (" ".repeat(number.len()), width.saturating_sub(number.len() + 3));
        let Shown { line, before, marked } = shown(document.text, &places, finding.span, place, room.max(NARROWEST));
        let (indent, marks) = (" ".repeat(before), "^".repeat(marked));
        writeln!(out, "{frame}{number} |{frame:#} {line}\n{frame}{blank} |{frame:#} {indent}{style}{marks}{style:#}")
            .expect("a string can always be written to");
    }
    out
}

fn style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info | Severity::Off => AnsiColor::Cyan,
    };
    color.on_default().bold()
}

/// A source line as it is shown, and where the marks below it stand, in columns of the terminal.
struct Shown {
    line: String,
    before: usize,
    marked: usize,
}

/// The first line of a place, cut to so many columns.
fn shown(text: &str, places: &Places, span: Span, place: Place, room: usize) -> Shown {
    let line = places.line(place.start.line);
    // The place may begin at the line's break, and may end in a later line.
    let start = span.start.min(line.end);
    let end = span.end.clamp(start, line.end);
    let parts = [(line.start, start), (start, end), (end, line.end)].map(|(a, b)| Span::new(a, b).of(text));
    // Where something is left out, two columns are for `…` on both sides.
    let [ahead, words, behind] = match window(parts, room) {
        whole if whole.iter().all(|part| !part.cut) => whole,
        _ => window(parts, room - 2),
    };
    let lead: String = ahead.text.chars().rev().skip_while(|c| c.width() == Some(0)).collect();
    let (left, right) = (if ahead.cut { "…" } else { "" }, if words.cut || behind.cut { "…" } else { "" });
    Shown {
        line: runner::broken_up(&format!("{left}{lead}{}{}{right}", words.text, behind.text)),
        before: usize::from(ahead.cut) + ahead.width,
        marked: words.width.max(1),
    }
}

/// What fits of the text before, of the words and of the text after them; the words come first, then both sides share.
/// What is before is in reverse.
fn window([before, words, after]: [&str; 3], room: usize) -> [Fit; 3] {
    let words = fit(words.chars(), room);
    let spare = if words.cut { 0 } else { room - words.width };
    let wanted = fit(after.chars(), spare).width;
    let ahead = fit(before.chars().rev(), (spare - wanted).max(spare / 2));
    let behind = fit(after.chars(), spare - ahead.width);
    [ahead, words, behind]
}

/// As much of a text as fits.
struct Fit {
    text: String,
    width: usize,
    cut: bool,
}

fn fit(chars: impl Iterator<Item = char>, room: usize) -> Fit {
    let mut fit = Fit { text: String::new(), width: 0, cut: false };
    // Characters without width could go on for ever.
    for (i, c) in chars.enumerate() {
        let c = match c {
            '\u{a0}' | '\u{202f}' => c,
            c if c.is_whitespace() => ' ',
            c if invisible(c) => continue,
            c => c,
        };
        let width = c.width().unwrap_or(0);
        if fit.width + width > room || i > 8 * (room + 1) {
            fit.cut = true;
            break;
        }
        fit.width += width;
        fit.text.push(c);
    }
    fit
}

#[cfg(test)]
mod tests {
    use super::terminal;
    use crate::policy::finding::{Finding, Severity};
    use crate::report::lint::Checked;
    use crate::span::Span;
    use crate::statement::Analysis;

    /// The two lines below the finding on `words`.
    fn source(text: &str, words: &str, width: usize) -> String {
        let start = text.find(words).unwrap() as u32;
        let finding = Finding {
            code: "anonymous-source",
            severity: Severity::Warning,
            message: "qui ?".to_string(),
            span: Span::new(start, start + words.len() as u32),
            statement: None,
            fingerprint: 0,
        };
        let analysis = Analysis::default();
        let document = Checked { path: "a.txt", text, analysis: &analysis, findings: vec![finding] };
        let out = terminal(&document, width, false);
        let (first, rest) = out.split_once('\n').unwrap();
        assert!(first.starts_with("a.txt:") && first.ends_with(": warning[anonymous-source] qui ?"), "{first}");
        rest.to_string()
    }

    #[test]
    fn marks_stand_below_the_words() {
        assert_eq!(source("un\ndit un témoin, hier", "un témoin", 60), "2 | dit un témoin, hier\n  |     ^^^^^^^^^\n");
        assert_eq!(source("👏 e\u{301}tat 🎉 !", "🎉", 60), "1 | 👏 e\u{301}tat 🎉 !\n  |         ^^\n");
    }

    #[test]
    fn only_the_first_line_is_shown() {
        assert_eq!(source("\u{feff}un\tjour\r\n::error::x", "jour\r\n::", 60), "1 | un jour\n  |    ^^^^\n");
        assert_eq!(source("oui\nnon", "\nnon", 60), "1 | oui\n  |    ^\n");
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let text = format!("{}un témoin{}", "très ".repeat(50), " bien".repeat(50));
        let cut = source(&text, "un témoin", 40);
        assert_eq!(cut, "1 | …s très très un témoin bien bien bi…\n  |              ^^^^^^^^^\n");
        let words = "mot ".repeat(40);
        let cut = source(&format!("avant {words}après"), words.trim(), 40);
        assert_eq!(cut, format!("1 | …{}…\n  |  {}\n", &words[..34], "^".repeat(34)));
    }

    #[test]
    fn controls_and_commands_are_not_shown() {
        assert_eq!(source("##[error]\u{1b}[31m un", "un", 60), "1 | #♯[error][31m un\n  |               ^^\n");
    }
}
