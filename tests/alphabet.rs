//! Units that the same tests hold for are one class, and the regex of a test matches the classes it holds for alone.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use regex::bytes::Regex;
use selon::lexicon::LexId;
use selon::lexicon::tags::Tags;
use selon::rule::alphabet::{Alphabet, Class, write};
use selon::rule::pattern::{Pred, Term};

fn holds(test: &Pred, lex: Option<LexId>, tags: Tags) -> bool {
    let term = |term: &Term| match term {
        Term::Word(id) => lex == Some(*id),
        Term::Tags { all, none } => tags.has(*all) && !tags.any(*none),
    };
    test.terms.iter().any(term) != test.negated
}

/// Few tags, far apart, so that tests and units meet.
fn tags() -> impl Strategy<Value = Tags> {
    vec(prop_oneof![Just(0), Just(3), Just(4), Just(127), Just(128), Just(255), 0..256usize], 0..4)
        .prop_map(|bits| Tags::all_of(&bits.into_iter().map(Tags::bit).collect::<Vec<_>>()))
}

fn test() -> impl Strategy<Value = Pred> {
    let term =
        prop_oneof![(0..5u32).prop_map(Term::Word), (tags(), tags()).prop_map(|(all, none)| Term::Tags { all, none }),];
    (vec(term, 0..4), any::<bool>()).prop_map(|(terms, negated)| Pred { terms, negated })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Default::default() })]
    #[test]
    fn a_regex_matches_the_classes_its_test_holds_for(
        tests in vec(test(), 1..80),
        units in vec((prop::option::of(0..8u32), tags()), 1..200),
    ) {
        let mut alphabet = Alphabet::new(tests.iter());
        let made: Vec<Class> = units.iter().map(|(lex, tags)| alphabet.class(*lex, *tags)).collect();
        let renamed = alphabet.close();
        for test in &tests {
            let regex = Regex::new(&format!("(?s-u)^{}$", alphabet.regex(test))).expect("a set of bytes");
            for (&(lex, tags), &class) in units.iter().zip(&made) {
                let class = renamed[class as usize];
                let mut bytes = Vec::new();
                write(class, &mut bytes);
                prop_assert_eq!(regex.is_match(&bytes), holds(test, lex, tags));
                prop_assert_eq!(alphabet.members(test).contains(&class), holds(test, lex, tags));
            }
        }
        for (test, &(lex, tags)) in tests.iter().flat_map(|t| units.iter().map(move |u| (t, u))) {
            let (lex, tags) = alphabet.key(lex, tags);
            let number = alphabet.test(test).expect("a test of the alphabet") as usize;
            let signature = alphabet.of(lex, tags);
            prop_assert_eq!(signature[number / 64] << (number % 64) >> 63 == 1, holds(test, lex, tags));
        }
    }
}

#[test]
fn a_test_that_holds_for_nothing_has_a_regex_that_matches_nothing() {
    let mut alphabet = Alphabet::new(std::iter::empty());
    alphabet.close();
    let regex = Regex::new(&format!("(?s-u){}", alphabet.regex(&Pred::gap()))).expect("a set of bytes");
    assert!(!(0..=255u8).any(|byte| regex.is_match(&[byte, 0])));
}
