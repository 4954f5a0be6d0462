//! Text from an article, made safe to print on a terminal or a line.
//!
//! Invariant: what comes out holds no control character, no escape sequence, no mark that hides text or turns its
//! direction, and no line break. Visible characters are never dropped, so nothing can be hidden from a reader.

/// The text on one line, without anything a terminal would obey. Runs of white space become one space.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => rest = after_escape(rest),
            // French typography puts these before « : » and inside « »; a line must not break there.
            '\u{a0}' | '\u{202f}' => out.push(c),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if invisible(c) => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// At most `most` characters of a text that went through [`plain`], with `…` where it was cut.
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_string();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// What follows an escape character and its parameters (`ESC [ 3 1 m`); all other sequences lose their escape only.
fn after_escape(rest: std::str::Chars<'_>) -> std::str::Chars<'_> {
    let mut tail = rest.clone();
    if tail.next() != Some('[') {
        return rest;
    }
    let is_parameter = |c: char| matches!(c, '\u{20}'..='\u{3f}');
    let parameters = tail.as_str().find(|c| !is_parameter(c)).unwrap_or(tail.as_str().len());
    let mut after = tail.as_str()[parameters..].chars();
    match after.next() {
        Some('\u{40}'..='\u{7e}') => after,
        _ => rest,
    }
}

/// Control characters, marks of direction, and characters of no width that could hide or reorder text.
pub(super) fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{plain, shorten};

    #[test]
    fn sequences_and_controls_go_and_words_stay() {
        assert_eq!(plain("un \u{1b}[31mmot\u{1b}[0m\u{7}"), "un mot");
        assert_eq!(plain("\u{1b}]0;titre\u{7}fin"), "]0;titrefin");
        assert_eq!(plain("a\u{9b}31mb"), "a31mb");
        assert_eq!(plain("\u{1b}[31"), "[31");
        assert_eq!(plain("\u{1b}"), "");
    }

    #[test]
    fn direction_and_hiding_marks_go() {
        assert_eq!(plain("a\u{202e}b\u{2066}c\u{200b}d\u{ad}e\u{feff}"), "abcde");
    }

    #[test]
    fn white_space_is_one_space_but_french_spaces_stay() {
        assert_eq!(plain("  deux\r\n\tlignes\u{2028}"), "deux lignes");
        assert_eq!(plain("«\u{a0}oui\u{202f}!"), "«\u{a0}oui\u{202f}!");
    }

    #[test]
    fn shortening_counts_characters() {
        assert_eq!(shorten("été", 3), "été");
        assert_eq!(shorten("l’été fini", 6), "l’été…");
    }
}
