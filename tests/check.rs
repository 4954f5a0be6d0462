//! What `check` says of examples that hold, and of examples that do not.

use selon::rule::check::{Failure, Outcome, check};
use selon::rule::load::{Source, load};
use selon::status::Status;

/// The failures of these rules' own examples.
fn failures(rules: &str) -> Vec<Failure> {
    let source = Source { name: "own.toml".into(), theme: "own/test".into(), text: rules.into() };
    let rules = load(&[source]).unwrap_or_else(|errors| panic!("{errors:?}"));
    check(&rules).failures.into_iter().filter(|f| f.rule.starts_with("own/")).collect()
}

/// A rule file entry; `more` holds its pattern, its status and so on.
fn entry(kind: &str, id: &str, more: &str, finds: &str, ignores: &str) -> String {
    format!(
        "[[{kind}]]\nid = \"{id}\"\nsummary = \"s\"\nexplain = \"e\"\n{more}\n\
         finds = '''\n{finds}\n'''\nignores = '''\n{ignores}\n'''\n\n"
    )
}

const PATTERN: &str = "pattern = \"^ cue:'parole de' source:#np ',' content:REST #stop{0,3} $\"";
const GOOD: &str = "{cue Parole de} {source la préfète}, {content le pont est ouvert}.";
const OTHER: &str = "{cue Parole de} {source Paul Guérin}, {content il neige}.";
const QUIET: &str = "Le pont est ouvert.";

fn two(first: &str) -> String {
    format!("{first}\n{OTHER}")
}

/// The only failure: outcome, expected and found.
fn only(rules: &str) -> (Outcome, String, String) {
    let mut all = failures(rules);
    assert_eq!(all.len(), 1, "{all:#?}");
    let failure = all.remove(0);
    (failure.outcome, failure.expected, failure.found)
}

#[test]
fn examples_that_hold_are_counted_and_not_named() {
    assert_eq!(failures(&entry("rule", "r", PATTERN, &two(GOOD), QUIET)), []);
    let with_status = format!("{GOOD}   -> sourced");
    assert_eq!(failures(&entry("rule", "r", PATTERN, &two(&with_status), QUIET)), []);
}

#[test]
fn a_failure_says_where_its_example_stands() {
    let rules = entry("rule", "r", PATTERN, &two("{cue Parole d'honneur}, {content il neige}."), QUIET);
    let failures = failures(&rules);
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].rule, "own/test/r");
    assert!(rules[failures[0].at..].starts_with("{cue Parole d'honneur}"));
}

#[test]
fn missing_is_a_rule_that_finds_nothing() {
    let example = "{cue Parole de} {source la préfète} : {content le pont est ouvert}.";
    let found = "Parole de la préfète : le pont est ouvert.";
    let got = only(&entry("rule", "r", PATTERN, &two(example), QUIET));
    assert_eq!(got, (Outcome::Missing, example.into(), found.into()));
}

#[test]
fn shifted_is_a_rule_that_finds_other_spans() {
    let content = "{cue Parole de} {source la préfète}, le pont {content est ouvert}.";
    let got = only(&entry("rule", "r", PATTERN, &two(content), QUIET));
    assert_eq!(got, (Outcome::Shifted, content.into(), GOOD.into()));
    let no_source = "{cue Parole de} la préfète, {content le pont est ouvert}.";
    let got = only(&entry("rule", "r", PATTERN, &two(no_source), QUIET));
    assert_eq!(got, (Outcome::Shifted, no_source.into(), GOOD.into()));
}

#[test]
fn noisy_is_a_rule_that_finds_what_it_must_ignore() {
    let plain = "Parole de la préfète, le pont est ouvert.";
    let got = only(&entry("rule", "r", PATTERN, &two(OTHER), plain));
    assert_eq!(got, (Outcome::Noisy, plain.into(), GOOD.into()));
}

#[test]
fn outvoted_names_the_rule_that_has_the_place() {
    let first = entry("rule", "first", PATTERN, &two(GOOD), QUIET);
    let second = entry("rule", "second", PATTERN, &two(GOOD), QUIET);
    let all = failures(&(first + &second));
    let by = Outcome::Outvoted { by: Some("own/test/first".into()) };
    assert_eq!(all.iter().map(|f| (f.rule.as_str(), &f.outcome)).collect::<Vec<_>>(), [("own/test/second", &by); 2]);
    assert_eq!(all[0].found, GOOD);
}

#[test]
fn outvoted_names_the_shield_that_forbids_the_cue() {
    let rule = entry("rule", "r", PATTERN, &two(GOOD), QUIET);
    let pattern = "pattern = \"cue:'parole de' #np.person\"";
    let finds = "{cue Parole de} Paul Guérin, il neige.\n{cue Parole de} Lina Morvan, il pleut.";
    let shield = entry("shield", "s", pattern, finds, QUIET);
    let got = only(&(rule + &shield));
    let found = "{cue Parole de} Paul Guérin, il neige.";
    assert_eq!(got, (Outcome::Outvoted { by: Some("own/test/s".into()) }, OTHER.into(), found.into()));
}

#[test]
fn status_is_that_of_the_full_set() {
    let example = format!("{GOOD}   -> anonymous");
    let got = only(&entry("rule", "r", PATTERN, &two(&example), QUIET));
    assert_eq!(got, (Outcome::Status { found: Status::Sourced }, GOOD.into(), GOOD.into()));
}

#[test]
fn a_borrowed_source_is_compared_in_the_full_set_only() {
    let pattern = "pattern = \"',' cue:'croix de bois' content:REST #stop{0,3} $\"\nborrow = true";
    let good = "{source La maire} a signé, {cue croix de bois} {content rien ne presse}.";
    let unmarked = "La maire a signé, {cue croix de bois} {content rien ne presse}.";
    assert_eq!(failures(&entry("rule", "r", pattern, &format!("{good}\n{unmarked}"), QUIET)), []);
    let wrong = "La {source maire} a signé, {cue croix de bois} {content rien ne presse}.";
    let got = only(&entry("rule", "r", pattern, &format!("{good}\n{wrong}"), QUIET));
    assert_eq!(got, (Outcome::Outvoted { by: Some("own/test/r".into()) }, wrong.into(), good.into()));
}

#[test]
fn a_shield_must_cover_the_cue_and_leave_no_statement_there() {
    let pattern = "pattern = \"'selon' cue:#np ','\"";
    let beside = "{cue Selon} le ministre, le pont est ouvert.";
    let on = "Selon {cue le ministre}, le pont est ouvert.";
    let got = only(&entry("shield", "s", pattern, &format!("{beside}\n{on}"), QUIET));
    assert_eq!(got, (Outcome::Shifted, beside.into(), on.into()));
    let both = "{cue Selon le ministre}, le pont est ouvert.";
    let left = "{cue Selon} {source le ministre}, {content le pont est ouvert}.";
    let got = only(&entry("shield", "s", pattern, &format!("{both}\n{on}"), QUIET));
    assert_eq!(got, (Outcome::Outvoted { by: Some("fr/selon/opening".into()) }, both.into(), left.into()));
    let got = only(&entry("shield", "s", pattern, &format!("{on}\n{on}"), "Selon la mairie, il neige."));
    assert_eq!(got.0, Outcome::Noisy);
}

#[test]
fn a_relay_must_be_found_exactly() {
    let pattern = "pattern = \"'auprès de' relay:#np\"";
    let good = "Elle l'a redit auprès de {relay la gazette}.";
    let missing = "Elle l'a redit à {relay la gazette}.";
    let shifted = "Elle l'a redit auprès de la {relay gazette}.";
    assert_eq!(failures(&entry("relay", "r", pattern, &format!("{good}\n{good}"), QUIET)), []);
    let got = only(&entry("relay", "r", pattern, &format!("{good}\n{missing}"), QUIET));
    assert_eq!(got, (Outcome::Missing, missing.into(), "Elle l'a redit à la gazette.".into()));
    let got = only(&entry("relay", "r", pattern, &format!("{good}\n{shifted}"), QUIET));
    assert_eq!(got, (Outcome::Shifted, shifted.into(), good.into()));
}
