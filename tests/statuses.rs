//! Whose word it is: the cases of `tests/statuses.txt`, each a text and the status of its statements.

use selon::rule::load::BUILT_IN;
use selon::{Scratch, analyze};

#[test]
fn statuses_are_those_of_the_cases() {
    let cases = include_str!("statuses.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut scratch = Scratch::default();
    for case in cases {
        let (text, wanted) = case.split_once(" -> ").expect("a case is `text -> status; status`");
        let analysis = analyze(&BUILT_IN, &text.replace('¶', "\n\n"), &mut scratch);
        let found: Vec<&str> = analysis.statements.iter().map(|s| s.status.name()).collect();
        assert_eq!(found.join("; "), wanted, "in: {text}");
    }
}
