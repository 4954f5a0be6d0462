//! What a build server would take for a command, made harmless.
//!
//! Invariant: a printed line that begins with [`path`] and goes on with [`harmless`] text is no command. Servers act on
//! lines of a program's output: GitHub on `::error::` after any white space at the beginning of a line and, in its older
//! form, on `##[error]` anywhere in it; others on `##vso[…]` and `##teamcity[…]`. An article may hold all of these.

use crate::report::plain::{invisible, plain};

/// A path as a line can begin with: characters that a terminal obeys are dropped, and one that begins with a colon gets
/// `./` before it, which names the same file.
pub(super) fn path(path: &str) -> String {
    let shown: String = path.chars().filter(|&c| !breaks(c)).collect();
    let shown = broken_up(&shown);
    if shown.trim_start().starts_with(':') { format!("./{shown}") } else { shown }
}

/// Text on one line, without anything a terminal would obey and with no command in it.
pub(super) fn harmless(text: &str) -> String {
    broken_up(&plain(text))
}

/// Whether a character would act on a terminal or end a line.
fn breaks(c: char) -> bool {
    invisible(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text with `♯` for the second `#` of `##word[`; as many characters as before.
pub(super) fn broken_up(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("##") {
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if rest[1..].trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('[') {
            out.push('♯');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{harmless, path};

    #[test]
    fn a_path_begins_no_command() {
        assert_eq!(path("été brouillon.md"), "été brouillon.md");
        assert_eq!(path("a  b.md"), "a  b.md");
        assert_eq!(path("::error::x"), "./::error::x");
        assert_eq!(path(" \u{feff}::error::x"), "./ ::error::x");
        assert_eq!(path("a\n::error::x"), "a::error::x");
    }

    #[test]
    fn commands_within_a_line_are_broken_up() {
        assert_eq!(harmless("le ##[add-mask]le et ##vso[task]"), "le #♯[add-mask]le et #♯vso[task]");
        assert_eq!(harmless("###[error]"), "##♯[error]");
        assert_eq!(harmless("#\u{200b}#[error]"), "#♯[error]");
        assert_eq!(harmless("## Titre [1]"), "## Titre [1]");
    }
}
