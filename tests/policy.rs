//! The policy: every code has its check, its page and its examples, and the examples hold.

use selon::Scratch;
use selon::policy::book::BUILT_IN as POLICY;
use selon::policy::check::CHECKS;
use selon::policy::examples::{found, parse};
use selon::policy::suppress::OWN;
use selon::rule::load::BUILT_IN;

#[test]
fn every_code_has_a_check_and_every_check_a_code() {
    let codes: Vec<&str> = POLICY.codes.iter().map(|c| c.name.as_str()).collect();
    let checks: Vec<&str> = CHECKS.iter().map(|(name, _)| *name).collect();
    for name in &codes {
        assert!(checks.contains(name) || OWN.contains(name), "{name} has no check");
    }
    for name in checks.iter().chain(&OWN) {
        assert!(codes.contains(name), "{name} is not in the policy");
    }
}

#[test]
fn every_code_is_explained_in_both_languages() {
    for code in &POLICY.codes {
        for page in [&code.en, &code.fr] {
            let fields = [&page.what, &page.why, &page.todo, &page.bad, &page.good, &code.summary, &code.standard];
            assert!(fields.iter().all(|f| !f.trim().is_empty()), "{} has an empty field", code.name);
        }
        assert_ne!(code.en.what, code.fr.what, "{}", code.name);
    }
}

#[test]
fn every_code_finds_and_ignores_its_examples() {
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    for code in &POLICY.codes {
        let (finds, ignores) = (parse(&code.finds), parse(&code.ignores));
        assert!(finds.len() >= 2 && ignores.len() >= 2, "{} has too few examples", code.name);
        assert!(finds.iter().all(|e| !e.marks.is_empty()), "{}: nothing is marked", code.name);
        assert!(ignores.iter().all(|e| e.marks.is_empty()), "{}: something is marked", code.name);
        for example in finds.iter().chain(&ignores) {
            let spans = found(&BUILT_IN, &POLICY, code, &example.text, &mut scratch);
            if spans != example.marks {
                let words: Vec<&str> = spans.iter().map(|s| s.of(&example.text)).collect();
                wrong.push(format!("{}: {words:?} in {:?}", code.name, example.text));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_fingerprint_is_the_same_everywhere_and_from_version_to_version() {
    use selon::policy::finding::fingerprint;
    let known = fingerprint("hearsay", "Le port  fermera", Some("Anne Morel"));
    assert_eq!(known, fingerprint("hearsay", "le port\nfermera", Some("anne morel")));
    assert_ne!(known, fingerprint("hearsay", "le port fermera", None));
    assert_eq!(format!("{known:016x}"), "bee5f8719ea3333d");
}
