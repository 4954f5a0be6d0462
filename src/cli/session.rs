//! What all commands share: the rules asked for, the look of the output, and the way to speak to the user.
//!
//! Invariant: a message that cannot be written is lost in silence; it never stops the work.

use super::args::{Color, Common};
use super::config::Choice;
use anstyle::{AnsiColor, Style};
use crossterm::style::force_color_output;
use selon::report::plain::plain;
use selon::report::table::Look;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// Columns of a table that goes to no terminal.
const PIPED_WIDTH: u16 = 100;
/// Narrower and wider terminals are treated as this narrow or wide.
const WIDTHS: std::ops::RangeInclusive<u16> = 60..=180;

/// One run of the program.
#[derive(Debug)]
pub struct Session {
    /// Folders of rules to add to the built-in ones.
    pub folders: Vec<PathBuf>,
    /// Which settings to take.
    pub settings: Choice,
    /// Say nothing but errors.
    pub quiet: bool,
    /// How results look on standard output.
    pub look: Look,
    /// How results look in a file.
    pub file_look: Look,
    /// Whether messages have colours.
    pub color: bool,
}

impl Session {
    /// Reads the options and the terminal.
    pub fn new(common: &Common) -> Session {
        let on = |auto: anstream::ColorChoice| match common.color {
            Color::Auto => auto != anstream::ColorChoice::Never,
            Color::Always => true,
            Color::Never => false,
        };
        let look = Look { width: width(), color: on(anstream::AutoStream::choice(&std::io::stdout())) };
        // The table crate asks NO_COLOR again when it draws; the decision has been made here.
        force_color_output(true);
        Session {
            folders: common.rules.clone(),
            settings: match &common.config {
                Some(file) => Choice::File(file.clone()),
                None if common.no_config => Choice::None,
                None => Choice::Nearest,
            },
            quiet: common.quiet,
            look,
            file_look: Look { width: PIPED_WIDTH, color: common.color == Color::Always },
            color: on(anstream::AutoStream::choice(&std::io::stderr())),
        }
    }

    /// Says what could not be done.
    pub fn error(&self, message: &str) {
        self.say("error", AnsiColor::Red, message);
    }

    /// Says something worth knowing, unless asked to be quiet.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", AnsiColor::Cyan, message);
        }
    }

    fn say(&self, kind: &str, color: AnsiColor, message: &str) {
        let style = if self.color { color.on_default().bold() } else { Style::new() };
        let _ = writeln!(std::io::stderr(), "{style}{kind}{style:#}: {}", plain(message));
    }
}

fn width() -> u16 {
    if !std::io::stdout().is_terminal() {
        return PIPED_WIDTH;
    }
    let found = terminal_size::terminal_size_of(std::io::stdout()).map_or(PIPED_WIDTH, |(w, _)| w.0);
    found.clamp(*WIDTHS.start(), *WIDTHS.end())
}
