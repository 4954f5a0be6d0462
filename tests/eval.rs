//! Annotations read, statements paired, figures counted.

use selon::diagnostic::Diagnostic;
use selon::eval::gold::Gold;
use selon::eval::names::{same_outlet, same_speaker};
use selon::eval::score::Tally;
use selon::eval::{evaluate, offsets, sel};
use selon::rule::load::BUILT_IN;
use selon::span::Span;
use selon::statement::{Analysis, QuoteKind, Speaker, SpeakerKind, Statement};
use selon::status::{Reason, Status};

const ARTICLE: &str = "\
« {content.1 Nous partons} », {cue.1 a dit} {source.1.2 la capitaine, Marie Duval}, {cue.2 assurant} que \
{content.2 le navire est prêt}, {content.2 coque et voiles}. {content.3 Le mousse {cue.3 présumé}} dort.
===
1 | sourced | Marie Duval | - | gazette.example
2 | sourced | Marie Duval | AFP | gazette.example

3 | unverified | - | - | -
";

fn read(source: &str) -> Gold {
    sel::parse("a.sel", source).unwrap()
}

fn codes(mistakes: Vec<Diagnostic>, source: &str) -> Vec<(&'static str, &str)> {
    mistakes.iter().map(|d| (d.code, &source[d.span.start as usize..d.span.end as usize])).collect()
}

#[test]
fn an_article_with_marks_is_read() {
    let gold = read(ARTICLE);
    assert!(gold.text.starts_with("« Nous partons », a dit la capitaine, Marie Duval, assurant que le navire"));
    let words = |spans: &[Span]| spans.iter().map(|s| s.of(&gold.text)).collect::<Vec<_>>();
    let [first, second, third] = &gold.statements[..] else { panic!("{gold:?}") };
    assert_eq!(words(&first.content), ["Nous partons"]);
    assert_eq!(words(&second.content), ["le navire est prêt", "coque et voiles"]);
    assert_eq!(first.source, second.source);
    assert_eq!(words(second.cue.as_slice()), ["assurant"]);
    assert_eq!((second.relay.as_deref(), second.speaker.as_deref()), (Some("AFP"), Some("Marie Duval")));
    assert_eq!((third.status, third.source, &third.outlet), (Status::Unverified, None, &None));
}

#[test]
fn mistakes_of_an_article_are_told_together() {
    let source = "\
{content Sans numéro}. {relay.1 La gazette}. {cue.1 dit}, {cue.1 redit} \\{ {content.4 rien}.
===
1 | sourced | - | - | -
1 | sourced | - | - | -
2 | certain | - | - | -
trois | sourced | - | - | -
4 | sourced
";
    assert_eq!(
        codes(sel::parse("a.sel", source).unwrap_err(), source),
        [
            ("sel-row", "1 | sourced | - | - | -"),
            ("sel-status", "2 | certain | - | - | -"),
            ("sel-row", "trois | sourced | - | - | -"),
            ("sel-row", "4 | sourced"),
            ("sel-mark", "{"),
            ("sel-mark", "{"),
            ("sel-mark", "{"),
            ("sel-content", "1 | sourced | - | - | -"),
        ]
    );
    let twice = "{content.1 A} {cue.1 dit} {cue.1 redit}\n===\n1 | sourced | - | - | -\n";
    assert_eq!(codes(sel::parse("a.sel", twice).unwrap_err(), twice), [("sel-twice", "1 | sourced | - | - | -")]);
    let open = "{content.1 A\n===\n1 | sourced | - | - | -\n";
    assert_eq!(codes(sel::parse("a.sel", open).unwrap_err(), open), [("sel-markup", "{")]);
    assert_eq!(codes(sel::parse("a.sel", "{content.1 A}").unwrap_err(), "{content.1 A}"), [("sel-rule", "")]);
}

#[test]
fn offsets_count_code_points() {
    let annotation = r#"{ "document": "a", "statements": [ {
        "content": [ {"start": 3, "end": 9, "text": "🦀 pêch"} ], "cue": {"start": 0, "end": 2, "text": "Éà"},
        "source": null, "speaker": "Zoé", "relay": null, "outlet": null, "quote": "mixed", "status": "anonymous" } ] }"#;
    let gold = offsets::parse("a", "Éà 🦀 pêche", annotation).unwrap();
    let statement = &gold.statements[0];
    assert_eq!(statement.content[0].of(&gold.text), "🦀 pêch");
    assert_eq!(statement.cue.unwrap().of(&gold.text), "Éà");
    assert_eq!((statement.quote, statement.status), (Some(QuoteKind::Mixed), Status::Anonymous));
}

#[test]
fn a_garbled_article_is_compared_where_its_words_stand() {
    let text = "Le prÃ©fet, AndrÃ© NoÃ«l, a assurÃ© que lâ€™Ã©cluse est fermÃ©e.";
    let annotation = r#"{ "statements": [ { "content": [ {"start": 40, "end": 63, "text": "lâ€™Ã©cluse est fermÃ©e"} ],
        "source": {"start": 0, "end": 24}, "speaker": "AndrÃ© NoÃ«l", "status": "sourced" } ] }"#;
    let scores = evaluate(&BUILT_IN, &[offsets::parse("a", text, annotation).unwrap()]);
    assert_eq!((scores.end_to_end.f1, scores.fields.content, scores.fields.source), (1.0, 1.0, 1.0));
}

#[test]
fn offsets_that_do_not_fit_the_text_are_told() {
    let codes = |text: &str, annotation: &str| {
        let mistakes = offsets::parse("a", text, annotation).unwrap_err();
        mistakes.iter().map(|d| d.code).collect::<Vec<_>>()
    };
    let with = |content: &str| format!(r#"{{"statements": [{{"content": [{content}], "status": "sourced"}}]}}"#);
    assert_eq!(codes("été", &with(r#"{"start": 0, "end": 4}"#)), ["gold-span"]);
    assert_eq!(codes("été", &with(r#"{"start": 2, "end": 2}"#)), ["gold-span"]);
    assert_eq!(codes("été", &with(r#"{"start": 0, "end": 3, "text": "ete"}"#)), ["gold-span"]);
    assert_eq!(codes("été", &with("")), ["gold-content"]);
    assert_eq!(codes("été", "{\"statements\": [\n}"), ["gold-json"]);
    assert_eq!(codes("été", r#"{"statements": [{"content": [], "status": "certain"}]}"#), ["gold-json"]);
}

#[test]
fn speakers_are_the_same_by_family_name_title_and_article() {
    let same = |a, b| same_speaker(Some(a), Some(b));
    assert!(same("Marie Duval", "Mme Duval"));
    assert!(same("Zoé Élan", "ZOE ELAN"));
    assert!(same("l’Association Respirer", "Association Respirer à Kerlant"));
    assert!(same("une mère de famille", "mère de famille"));
    assert!(same("AndrÃ© NoÃ«l", "André Noël"));
    assert!(same("Duval Transports", "Duval"));
    assert!(!same("Marie Duval", "Marie Kerbrat"));
    assert!(!same("Ana Duval", "Ana"));
    assert!(same_speaker(None, None) && same_speaker(None, Some("")));
    assert!(!same_speaker(None, Some("Marie Duval")) && !same_speaker(Some("Marie Duval"), None));
}

#[test]
fn outlets_are_the_same_by_name_address_and_second_name() {
    let same = |a, b| same_outlet(Some(a), Some(b));
    assert!(same("AFP", "Agence France-Presse"));
    assert!(same("Le Monde", "lemonde.fr") && same("www.gazette.ch", "gazette.ch"));
    assert!(same("X", "Twitter"));
    assert!(same("gazette.ch", "La Gazette"));
    assert!(same("Radio Kerlant", "radiokerlant.fr"));
    assert!(same("Radio Kerlant", "Kerlant"));
    assert!(!same("Radio Kerlant", "Radio Brennac"));
    assert!(!same_outlet(None, Some("AFP")) && same_outlet(None, None));
}

/// The annotated statements of an article as an analysis would give them.
fn as_found(gold: &Gold) -> Analysis {
    let person = |name: &String| Speaker { name: name.clone(), kind: SpeakerKind::Person };
    let statement = |s: &selon::eval::gold::GoldStatement| Statement {
        content: s.content.clone(),
        cue: s.cue,
        source: s.source,
        speaker: s.speaker.as_ref().map(person),
        relay: s.relay.clone(),
        outlet: s.outlet.clone(),
        quote: QuoteKind::Indirect,
        status: s.status,
        reason: Reason::NamedPerson,
        rule: 0,
    };
    Analysis { statements: gold.statements.iter().map(statement).collect(), ..Analysis::default() }
}

fn score(gold: &Gold, analysis: &Analysis) -> selon::eval::evaluation::Evaluation {
    let mut tally = Tally::new(&BUILT_IN);
    tally.add(&BUILT_IN, gold, analysis);
    tally.finish(&BUILT_IN)
}

#[test]
fn full_agreement_is_one_everywhere() {
    let gold = read(ARTICLE);
    let scores = score(&gold, &as_found(&gold));
    assert_eq!((scores.gold, scores.predicted), (3, 3));
    assert_eq!((scores.detection.f1, scores.end_to_end.f1, scores.fields.content), (1.0, 1.0, 1.0));
    assert_eq!(scores.errors, Default::default());
    assert_eq!(scores.fields.quote, None, "the notation does not say how much is quoted");
    assert_eq!((scores.rules.len(), scores.rules[0].precision), (1, 1.0));
}

#[test]
fn nothing_found_is_all_missed() {
    let gold = read(ARTICLE);
    let scores = score(&gold, &Analysis::default());
    assert_eq!((scores.detection.precision, scores.detection.recall, scores.detection.f1), (0.0, 0.0, 0.0));
    assert_eq!(scores.errors.missed.len(), 3);
    assert_eq!(scores.errors.missed[1].content, "le navire est prêt … coque et voiles");
    assert!(scores.rules.is_empty());
}

#[test]
fn each_disagreement_is_counted_once_and_named() {
    let gold = read(ARTICLE);
    let mut analysis = as_found(&gold);
    let text = &gold.text;
    let span = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start as u32, (start + words.len()) as u32)
    };
    let [first, second, third] = &mut analysis.statements[..] else { unreachable!() };
    first.status = Status::Anonymous;
    first.outlet = None;
    second.content = vec![span("le navire est prêt")];
    second.speaker = None;
    second.relay = None;
    third.content = vec![span("dort")];
    third.cue = None;
    third.rule = 1;
    let scores = score(&gold, &analysis);
    assert_eq!(scores.detection.precision, 2.0 / 3.0);
    assert_eq!(scores.end_to_end.precision, 0.0);
    assert_eq!((scores.fields.status, scores.fields.speaker, scores.fields.source), (0.5, 0.5, 1.0));
    assert_eq!((scores.fields.outlet, scores.fields.relay), (0.5, 0.5));
    let errors = &scores.errors;
    let all = [&errors.missed, &errors.spurious, &errors.status, &errors.speaker, &errors.outlet, &errors.relay];
    assert_eq!(all.map(Vec::len), [1; 6]);
    assert_eq!((errors.missed[0].content.as_str(), errors.spurious[0].content.as_str()), ("Le mousse présumé", "dort"));
    assert_eq!(
        (errors.status[0].gold.as_deref(), errors.status[0].found.as_deref()),
        (Some("sourced"), Some("anonymous"))
    );
    assert_eq!((errors.relay[0].gold.as_deref(), errors.relay[0].found.as_deref()), (Some("AFP"), None));
    let by_rule: Vec<(usize, usize)> = scores.rules.iter().map(|r| (r.predicted, r.paired)).collect();
    assert_eq!(by_rule, [(2, 2), (1, 0)]);
    let sourced = scores.by_status[&Status::Sourced];
    assert_eq!((sourced.precision, sourced.recall), (1.0, 0.5));
}

#[test]
fn a_statement_is_paired_once_and_with_the_best() {
    let gold = read("{content.1 abcdefgh} {cue.1 dit} ijkl\n===\n1 | sourced | - | - | -\n");
    let mut analysis = as_found(&gold);
    let mut rival = analysis.statements[0].clone();
    rival.content = vec![Span::new(0, 6)];
    analysis.statements.insert(0, rival);
    let scores = score(&gold, &analysis);
    assert_eq!((scores.documents[0].paired, scores.fields.content), (1, 1.0));
    assert_eq!(scores.errors.spurious[0].content, "abcdef");
}

#[test]
fn a_shared_cue_makes_a_pair_of_contents_that_overlap_little() {
    let gold = read("{content.1 abcdefghij} {cue.1 dit}\n===\n1 | sourced | - | - | -\n");
    let mut analysis = as_found(&gold);
    analysis.statements[0].content = vec![Span::new(0, 3)];
    assert_eq!(score(&gold, &analysis).detection.f1, 1.0);
    analysis.statements[0].cue = None;
    assert_eq!(score(&gold, &analysis).detection.f1, 0.0);
    analysis.statements[0].content = vec![Span::new(0, 5)];
    assert_eq!(score(&gold, &analysis).detection.f1, 1.0);
}

#[test]
fn scores_are_plain_data() {
    let gold = read(ARTICLE);
    let json = serde_json::to_value(score(&gold, &as_found(&gold))).unwrap();
    assert_eq!(json["by_status"]["unverified"]["f1"], 1.0);
    assert_eq!(json["errors"]["missed"], serde_json::json!([]));
}
