//! Units that the same tests hold for are one class, and a test's members are the classes it holds for alone.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use selon::lexicon::LexId;
use selon::lexicon::tags::Tags;
use selon::rule::alphabet::{Alphabet, Class, Members, write};
use selon::rule::pattern::{Pred, Term};

fn holds(test: &Pred, lex: Option<LexId>, tags: Tags) -> bool {
    let term = |term: &Term| match term {
        Term::Word(id) => lex == Some(*id),
        Term::Tags { all, none } => tags.has(*all) && !tags.any(*none),
    };
    test.terms.iter().any(term) != test.negated
}

fn among(members: &Members, bytes: &[u8]) -> bool {
    let within = |range: &(u8, u8), byte| (range.0..=range.1).contains(&byte);
    within(&members.first, bytes[0]) && members.second.iter().any(|range| within(range, bytes[1]))
}

/// Few tags, far apart, so that tests and units meet.
fn tags() -> impl Strategy<Value = Tags> {
    vec(prop_oneof![Just(0), Just(3), Just(4), Just(127), Just(128), Just(255), 0..256usize], 0..4)
        .prop_map(|bits| Tags::all_of(&bits.into_iter().map(Tags::bit).collect::<Vec<_>>()))
}

fn test() -> impl Strategy<Value = Pred> {
    let term =
        prop_oneof![(0..5u32).prop_map(Term::Word), (tags(), tags()).prop_map(|(all, none)| Term::Tags { all, none }),];
    (vec(term, 0..4), any::<bool>()).prop_map(|(terms, negated)| Pred { terms: terms.into(), negated })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Default::default() })]
    #[test]
    fn the_members_of_a_test_are_the_classes_it_holds_for(
        tests in vec(test(), 1..80),
        units in vec((prop::option::of(0..8u32), tags()), 1..200),
    ) {
        let mut alphabet = Alphabet::new(tests.iter());
        let made: Vec<Class> = units.iter().map(|(lex, tags)| alphabet.class(*lex, *tags)).collect();
        let renamed = alphabet.close();
        for test in &tests {
            let members = alphabet.members(alphabet.test(test).expect("a test of the alphabet"));
            for (&(lex, tags), &class) in units.iter().zip(&made) {
                let mut bytes = Vec::new();
                write(renamed[class as usize], &mut bytes);
                prop_assert_eq!(members.iter().filter(|m| among(m, &bytes)).count(), usize::from(holds(test, lex, tags)));
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
