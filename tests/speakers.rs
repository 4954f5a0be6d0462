//! Who speaks: the cases of `tests/speakers.txt`, each a text and its speakers.

use selon::rule::load::BUILT_IN;
use selon::{Scratch, analyze};

#[test]
fn speakers_are_those_of_the_cases() {
    let cases = include_str!("speakers.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut scratch = Scratch::default();
    for case in cases {
        let (text, wanted) = case.split_once(" -> ").expect("a case is `text -> speaker; speaker`");
        let analysis = analyze(&BUILT_IN, &text.replace('¶', "\n\n"), &mut scratch);
        let name = |s: &selon::statement::Statement| s.speaker.as_ref().map_or("-".to_string(), |s| s.name.clone());
        let found: Vec<String> = analysis.statements.iter().map(name).collect();
        assert_eq!(found.join("; "), wanted, "in: {text}");
    }
}
