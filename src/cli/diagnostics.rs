//! Mistakes in rule files and annotated articles, shown where they stand.

use super::session::Session;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use selon::diagnostic::Diagnostic;
use selon::rule::load::{FRENCH, Source};
use std::io::Write;
use std::ops::Range;

/// Prints all mistakes with the lines they stand in, and how many there are.
pub fn print(session: &Session, mistakes: &[Diagnostic], files: &[Source]) {
    let renderer = if session.color { Renderer::styled() } else { Renderer::plain() };
    let mut stderr = std::io::stderr().lock();
    for mistake in mistakes {
        let _ = writeln!(stderr, "{}\n", renderer.render(&[group(mistake, files)]));
    }
    let s = if mistakes.len() == 1 { "" } else { "s" };
    session.error(&format!("{} mistake{s}: mend all, then run again", mistakes.len()));
}

fn group<'a>(mistake: &'a Diagnostic, files: &'a [Source]) -> Group<'a> {
    let title = Level::ERROR.primary_title(&mistake.message).id(mistake.code);
    let help = Level::HELP.message(&mistake.help);
    match text_of(&mistake.file, files) {
        Some(text) => {
            let mark = AnnotationKind::Primary.span(within(text, mistake));
            title.element(Snippet::source(text).path(&mistake.file).annotation(mark)).element(help)
        }
        None => title.element(Origin::path(&mistake.file)).element(help),
    }
}

fn text_of<'a>(name: &str, files: &'a [Source]) -> Option<&'a str> {
    let own = files.iter().find(|f| f.name == name).map(|f| f.text.as_str());
    let built_in = || FRENCH.iter().find(|(n, _)| name == format!("rules/fr/{n}.toml")).map(|(_, text)| *text);
    own.or_else(built_in)
}

/// The bytes to underline: inside the file, on character boundaries, and on one line.
fn within(text: &str, mistake: &Diagnostic) -> Range<usize> {
    let start = text.floor_char_boundary(mistake.span.start as usize);
    let end = text.ceil_char_boundary(mistake.span.end as usize).max(start);
    let line = text[start..end].find('\n').map_or(end, |i| start + i);
    start..line.max(start)
}
