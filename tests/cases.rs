//! What is said, who says it and whose word it is: the cases of `tests/cases/*.txt`, each a text and one field of its
//! statements, in order.

use selon::rule::load::BUILT_IN;
use selon::statement::Statement;
use selon::{Scratch, analyze};

/// Compares a field of the statements of each case with what its line says.
fn hold(file: &str, field: impl Fn(&Statement, &str) -> String) {
    let mut scratch = Scratch::default();
    let mut count = 0;
    for case in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, wanted) = case.split_once(" -> ").expect("a case is `text -> field; field`");
        let text = text.replace('¶', "\n\n");
        let analysis = analyze(&BUILT_IN, &text, &mut scratch);
        let found: Vec<String> = analysis.statements.iter().map(|s| field(s, &text)).collect();
        assert_eq!(found.join("; "), wanted, "in: {text}");
        count += 1;
    }
    assert!(count > 0, "the file holds no case");
}

#[test]
fn contents() {
    hold(include_str!("cases/contents.txt"), |s, text| {
        s.content.iter().map(|c| c.of(text)).collect::<Vec<_>>().join(" | ")
    });
}

#[test]
fn speakers() {
    let name = |s: &Statement, _: &str| s.speaker.as_ref().map_or("-".to_string(), |s| s.name.clone());
    hold(include_str!("cases/speakers.txt"), name);
}

#[test]
fn statuses() {
    hold(include_str!("cases/statuses.txt"), |s, _| s.status.name().to_string());
}
