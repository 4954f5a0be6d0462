//! Comments of a draft: which are read, what they allow, and what is said of those that allow nothing.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use selon::policy::book::BUILT_IN as POLICY;
use selon::policy::check::judge;
use selon::policy::examples::{Example, parse};
use selon::policy::finding::{Finding, Severity, fingerprint};
use selon::policy::settings::Settings;
use selon::policy::suppress::{self, Applied, Mistake, Reach, UNKNOWN, UNREASONED, UNUSED};
use selon::policy::view::View;
use selon::rule::load::BUILT_IN;
use selon::span::Span;
use selon::text::comment::comments;
use selon::text::document;
use selon::{Scratch, analyze};
use std::time::Instant;

const KNOWN: [&str; 5] = ["anonymous-source", "unverified-claim", UNKNOWN, UNREASONED, UNUSED];

/// A finding of a code wherever its first letter stands doubled between bars in the text: |a| and |u|.
fn findings(text: &str) -> Vec<Finding> {
    let found = text.match_indices("|a|").map(|(i, m)| (i, m, KNOWN[0]));
    let found = found.chain(text.match_indices("|u|").map(|(i, m)| (i, m, KNOWN[1])));
    let mut found: Vec<Finding> =
        found.map(|(i, mark, code)| finding(code, Span::new(i as u32, (i + mark.len()) as u32))).collect();
    found.sort_by_key(|f| f.span);
    found
}

fn finding(code: &'static str, span: Span) -> Finding {
    let fingerprint = fingerprint(code, "", None);
    Finding { code, severity: Severity::Warning, message: String::new(), span, statement: None, fingerprint }
}

fn apply(text: &str) -> Applied {
    apply_to(text, findings(text))
}

fn apply_to(text: &str, findings: Vec<Finding>) -> Applied {
    let mut blocks = Vec::new();
    document::blocks(text, &mut blocks);
    suppress::apply(&suppress::read(text), &blocks, &KNOWN, |_| Severity::Warning, findings)
}

/// What is said of the comments: code, the words it is about, message.
fn own(text: &str) -> Vec<(&'static str, &str, String)> {
    apply(text).own.into_iter().map(|f| (f.code, f.span.of(text), f.message)).collect()
}

#[test]
fn a_comment_is_read() {
    let text = "Titre\n\n<!-- selon: allow anonymous-source, unverified-claim — vue par deux témoins -->\nCorps";
    let [directive] = &suppress::read(text)[..] else { panic!("one comment") };
    assert_eq!(directive.reach, Reach::Block);
    assert_eq!(directive.reason, Some("vue par deux témoins"));
    assert_eq!(directive.mistake, None);
    assert_eq!(directive.codes.iter().map(|c| c.name).collect::<Vec<_>>(), ["anonymous-source", "unverified-claim"]);
    assert!(directive.codes.iter().all(|c| c.span.of(text) == c.name));
    assert!(directive.span.of(text).starts_with("<!--") && directive.span.of(text).ends_with("-->"));
}

#[test]
fn a_reason_stands_behind_any_dash_or_a_colon() {
    for separator in [" — ", " – ", " -- ", " - ", ": ", " : ", "—", "--", "\n-- "] {
        let text = format!("<!-- selon: allow anonymous-source{separator}vue -->");
        let read = suppress::read(&text);
        assert_eq!((read[0].reason, read[0].mistake), (Some("vue"), None), "{separator:?}");
        assert_eq!(read[0].codes[0].name, "anonymous-source");
    }
}

#[test]
fn what_is_no_directive_is_said_to_be_none() {
    for (body, mistake) in [
        ("", Mistake::Verb),
        ("alow anonymous-source — vue", Mistake::Verb),
        ("allow", Mistake::Code),
        ("allow — vue", Mistake::Code),
        ("allow anonymous-source, — vue", Mistake::Code),
        ("allow anonymous-source, , unverified-claim — vue", Mistake::Code),
        ("allow anonymous-source unverified-claim — vue", Mistake::Separator),
        ("allow anonymous-source parce que vue", Mistake::Separator),
    ] {
        for text in [format!("<!-- selon: {body} -->"), format!("%% selon: {body}")] {
            assert_eq!(suppress::read(&text)[0].mistake, Some(mistake), "{text}");
            assert_eq!(apply(&format!("{text}\n|a|")).suppressed, []);
        }
    }
    assert_eq!(suppress::read("<!-- selon: allow x — y")[0].mistake, Some(Mistake::Unclosed));
    assert_eq!(suppress::read("Un <!-- selon: allow x — y -->")[0].mistake, Some(Mistake::Misplaced));
}

#[test]
fn a_comment_allows_what_is_in_the_next_block_and_nothing_else() {
    for comment in ["<!-- selon: allow anonymous-source — vue -->", "%% selon: allow anonymous-source — vue"] {
        let text = format!("Un |a|.\n\n{comment}\n\nDeux |a| |a| |u|.\n\nTrois |a|.\n");
        let Applied { kept, suppressed, own } = apply(&text);
        let second = text.find("Deux").expect("it is there") as u32;
        let third = text.find("Trois").expect("it is there") as u32;
        assert_eq!(suppressed.len(), 2);
        assert!(suppressed.iter().all(|s| (second..third).contains(&s.finding.span.start) && s.directive == 0));
        assert_eq!(kept.iter().map(|f| f.code).collect::<Vec<_>>(), [KNOWN[0], KNOWN[1], KNOWN[0]]);
        assert_eq!(own, []);
    }
}

#[test]
fn comments_add_up_before_a_block() {
    let text = "<!-- selon: allow anonymous-source — vue --> <!-- selon: allow unverified-claim — sue --> Un |a| |u|.";
    let Applied { kept, suppressed, own } = apply(text);
    assert_eq!((kept, own), (Vec::new(), Vec::new()));
    assert_eq!(suppressed.iter().map(|s| s.directive).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn allow_file_holds_wherever_it_stands() {
    let text = "Un |a|.\n\nDeux |a| |u|.\n\n<!-- selon: allow-file anonymous-source — connue -->\n";
    let Applied { kept, suppressed, own } = apply(text);
    assert_eq!(kept.iter().map(|f| f.code).collect::<Vec<_>>(), [KNOWN[1]]);
    assert_eq!((suppressed.len(), own), (2, Vec::new()));
}

#[test]
fn a_finding_about_the_whole_article_is_allowed_before_the_title_or_in_the_file() {
    for (comment, left) in [
        ("<!-- selon: allow anonymous-source — vue -->\n", 0),
        ("<!-- selon: allow-file anonymous-source — vue -->\n", 0),
        ("", 1),
    ] {
        let text = format!("{comment}Titre\n\nUn pont ferme.");
        let title = text.find("Titre").expect("it is there") as u32;
        let kept = apply_to(&text, vec![finding(KNOWN[0], Span::new(title, title + 5))]).kept;
        assert_eq!(kept.len(), left, "{text}");
    }
}

#[test]
fn an_unknown_code_is_told_with_the_nearest_one() {
    let text = "<!-- selon: allow anonymus-source, Unverified-Claim, xyz, anonymous-source — vue -->\nUn |a|.";
    let own = own(text);
    let about: Vec<(&str, &str)> = own.iter().map(|(code, words, _)| (*code, *words)).collect();
    assert_eq!(about, [(UNKNOWN, "anonymus-source"), (UNKNOWN, "Unverified-Claim"), (UNKNOWN, "xyz")]);
    assert!(own[0].2.contains("write `anonymous-source`"), "{}", own[0].2);
    assert!(own[1].2.contains("write `unverified-claim`"), "{}", own[1].2);
    assert!(own[2].2.contains("`selon rules` lists"), "{}", own[2].2);
    assert_eq!(apply(text).suppressed.len(), 1);
}

#[test]
fn nothing_is_allowed_without_a_reason() {
    for end in ["", " —", " — …", ":"] {
        let text = format!("<!-- selon: allow anonymous-source{end} -->\nUn |a|.");
        let Applied { kept, suppressed, own } = apply(&text);
        assert_eq!((kept.len(), suppressed.len()), (1, 0), "{text}");
        assert_eq!(own.iter().map(|f| f.code).collect::<Vec<_>>(), [UNREASONED], "{text}");
    }
}

#[test]
fn what_is_not_needed_is_told() {
    let text = "<!-- selon: allow anonymous-source, unverified-claim — vue -->\nUn |a|.\n\n\
                <!-- selon: allow anonymous-source, unverified-claim — vue -->";
    let about: Vec<(&str, &str)> = own(text).into_iter().map(|(code, words, _)| (code, words)).collect();
    let whole = "<!-- selon: allow anonymous-source, unverified-claim — vue -->";
    assert_eq!(about, [(UNUSED, "unverified-claim"), (UNUSED, whole)]);
}

#[test]
fn the_examples_of_the_policy_hold() {
    let known: Vec<&str> = POLICY.codes.iter().map(|c| c.name.as_str()).collect();
    let settings = Settings::default();
    for code in [UNKNOWN, UNREASONED, UNUSED].map(|name| POLICY.get(name).expect("it is in the policy")) {
        for Example { text, marks } in parse(&code.finds).into_iter().chain(parse(&code.ignores)) {
            let mut scratch = Scratch::default();
            let analysis = analyze(&BUILT_IN, &text, &mut scratch);
            let view = View::new(&BUILT_IN, &text, scratch.reading(), &analysis, settings.thresholds);
            let findings = judge(&view, &POLICY, &settings);
            let blocks = &scratch.reading().blocks;
            let own = suppress::apply(&suppress::read(&text), blocks, &known, |_| Severity::Info, findings).own;
            let found: Vec<Span> = own.iter().filter(|f| f.code == code.name).map(|f| f.span).collect();
            assert_eq!(found, marks, "{}: {text}", code.name);
        }
    }
}

#[test]
fn a_second_comment_for_the_same_is_not_needed() {
    let comment = "%% selon: allow anonymous-source — vue\n";
    let own = own(&format!("{comment}{comment}Un |a|.")).len();
    assert_eq!(own, 1);
}

#[test]
fn a_comment_behind_text_is_told_and_not_followed() {
    let text = "Un |a| <!-- selon: allow anonymous-source — vue --> et |a|.";
    let Applied { kept, own, .. } = apply(text);
    assert_eq!((kept.len(), own[0].code), (2, UNUSED));
    assert!(own[0].span.of(text).starts_with("<!--"));
}

#[test]
fn a_weight_of_off_silences_what_is_said_of_comments() {
    let text = "%% selon: allow anonymous-source";
    let weigh = |code: &str| if code == UNREASONED { Severity::Off } else { Severity::Error };
    assert_eq!(suppress::apply(&suppress::read(text), &[], &KNOWN, weigh, Vec::new()).own, []);
}

#[test]
fn an_answer_over_a_comment_does_not_hold_it() {
    let text = "Lina Morvan rentre du large.\n\nOù étiez-vous ?\n\nEn mer.\n\nSeule ?\n\nNon.\n\n\
                %% selon: allow anonymous-source — vue\n\nMa sœur était là.\n\nEt demain ?\n\nDemain, je dors.";
    let statements = analyze(&BUILT_IN, text, &mut Scratch::default()).statements;
    assert!(statements.iter().any(|s| s.content.len() == 2), "the text is an interview");
    let parts = statements.iter().flat_map(|s| &s.content);
    assert!(parts.into_iter().all(|p| comments(text).all(|c| !p.overlaps(c.span))));
}

/// Text and pieces of comments in any order.
fn draft() -> impl Strategy<Value = String> {
    const PIECES: [&str; 24] = [
        "<!-- selon:",
        "<!--",
        "-->",
        "%% selon:",
        "%%",
        "selon",
        ":",
        " allow ",
        "allow-file",
        "anonymous-source",
        "unused-allow",
        ",",
        " — ",
        " - ",
        "--",
        "vue",
        "été",
        "\n",
        "\n\n",
        " ",
        "|a|",
        "|u|",
        "La mairie a dit non.",
        "\u{a0}",
    ];
    let pieces = vec(0..PIECES.len(), 0..40).prop_map(|all| all.into_iter().map(|i| PIECES[i]).collect());
    prop_oneof![4 => pieces, 1 => "(?s).{0,100}"]
}

#[test]
fn any_draft_is_read_and_every_finding_is_kept_or_allowed() {
    let config = Config { cases: 2000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() };
    let hold = TestRunner::new(config).run(&draft(), |text| {
        let found = findings(&text);
        let Applied { kept, suppressed, own } = apply(&text);
        prop_assert_eq!(kept.len() + suppressed.len(), found.len());
        for directive in suppress::read(&text) {
            prop_assert!(text.get(directive.span.start as usize..directive.span.end as usize).is_some());
            prop_assert!(directive.codes.iter().all(|c| c.span.of(&text) == c.name));
        }
        for allowed in &suppressed {
            let directive = &suppress::read(&text)[allowed.directive];
            prop_assert!(directive.reason.is_some() && directive.codes.iter().any(|c| c.name == allowed.finding.code));
        }
        prop_assert!(own.iter().all(|f| !f.message.is_empty() && f.span.end as usize <= text.len()));
        let mut blocks = Vec::new();
        document::blocks(&text, &mut blocks);
        prop_assert!(blocks.iter().all(|b| comments(&text).all(|c| !b.span.overlaps(c.span))));
        Ok(())
    });
    hold.unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn many_comments_take_no_longer_than_they_are_long() {
    for piece in [
        "<!-- selon: ",
        "<!-- selon: allow x — y --> ",
        "<!-- selon:\n",
        "%% selon: allow anonymous-source, \n",
        "<!--\n\n",
    ] {
        let text = piece.repeat(400_000 / piece.len()) + "|a|";
        let start = Instant::now();
        let many = apply(&text);
        assert_eq!(many.kept.len() + many.suppressed.len(), findings(&text).len());
        assert!(start.elapsed().as_secs() < 5, "{piece:?}");
    }
}
