//! The brace notation, read and written.

use selon::markup::{Mark, Marked, parse, write};
use selon::rule::pattern::Role;
use selon::span::Span;

fn mark(role: Role, statements: &[u32], start: u32, end: u32) -> Mark {
    Mark { role, statements: statements.to_vec(), span: Span::new(start, end) }
}

#[test]
fn what_is_read_is_written_back() {
    for text in [
        "Rien n'est marqué.",
        "{cue Selon} {source le ministre}, {content il pleut}.",
        "{content Le tueur {cue présumé}} a été arrêté.",
        "{cue a-t-{source il} ajouté}",
        "{content.1 A}, {cue.1 dit} {source.1.2 Lina Morvan}, {content.1 B} et {cue.2 ajoute} {content.2 C}",
        "{cue {source {content tout}}}",
        "Un \\{ et un \\} ne marquent {cue rien}.",
    ] {
        let Marked { text: plain, marks } = parse(text).unwrap();
        assert_eq!(write(&plain, &marks), text);
    }
}

#[test]
fn marks_are_written_in_the_order_in_which_they_open() {
    let marks = [mark(Role::Source, &[], 4, 7), mark(Role::Content, &[], 0, 7), mark(Role::Cue, &[], 0, 3)];
    assert_eq!(write("abc def", &marks), "{content {cue abc} {source def}}");
}

#[test]
fn of_marks_that_cross_the_later_is_cut() {
    let marks = [mark(Role::Content, &[3], 0, 5), mark(Role::Cue, &[3], 2, 8)];
    let written = write("abcdefgh", &marks);
    assert_eq!(written, "{content.3 ab{cue.3 cde}}{cue.3 fgh}");
    let pieces = [mark(Role::Content, &[3], 0, 5), mark(Role::Cue, &[3], 2, 5), mark(Role::Cue, &[3], 5, 8)];
    assert_eq!(parse(&written).unwrap(), Marked { text: "abcdefgh".into(), marks: pieces.to_vec() });
}

#[test]
fn a_mark_that_cannot_be_read_is_told_with_its_byte() {
    let at = |text: &str| parse(text).unwrap_err().at;
    assert_eq!(at("été {cue dit"), 6);
    assert_eq!(at("dit} tout"), 3);
    assert_eq!(at("il {verb dit}"), 3);
    assert_eq!(at("il {cue.un dit}"), 3);
    assert_eq!(at("il {cue}"), 3);
}
