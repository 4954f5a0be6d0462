//! The annotated articles of `corpus/fr`: they are what they claim to be, and what the rules make of them is written down,
//! so that any change of a rule shows what it gains and what it loses. `UPDATE=1` writes `tests/corpus/fr.scores` anew.

use selon::eval::evaluate;
use selon::eval::evaluation::{Disagreement, Evaluation, Rates};
use selon::eval::gold::Gold;
use selon::eval::sel;
use selon::rule::load::BUILT_IN;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// All articles, by name.
fn articles() -> Vec<Gold> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder("corpus/fr"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "sel"))
        .collect();
    files.sort();
    let read = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let source = std::fs::read_to_string(path).unwrap();
        sel::parse(name, &source).unwrap_or_else(|mistakes| panic!("{name}: {mistakes:#?}"))
    };
    files.iter().map(read).collect()
}

#[test]
fn every_article_has_statements_and_the_length_of_an_article() {
    let articles = articles();
    assert!(articles.len() >= 13, "{} articles", articles.len());
    for article in articles {
        assert!(!article.statements.is_empty(), "{} has no statement", article.name);
        let words = article.text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
        assert!((200..=500).contains(&words), "{} has {words} words", article.name);
    }
}

#[test]
fn marks_are_read_out_of_the_text() {
    for article in articles() {
        assert!(!article.text.contains(['{', '}']) && !article.text.contains("==="), "{}", article.name);
        for statement in &article.statements {
            let edges = statement.content.iter().chain(&statement.cue).chain(&statement.source);
            for span in edges {
                let words = span.of(&article.text);
                assert_eq!(words.trim(), words, "{}: white space at the edge of a mark", article.name);
                assert!(!words.is_empty(), "{}: an empty mark", article.name);
            }
        }
    }
}

#[test]
fn the_figures_are_those_written_down() {
    let told = render(&evaluate(&BUILT_IN, &articles()));
    let golden = folder("tests/corpus/fr.scores");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, &told).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    let lines = |text: &str| text.lines().map(str::to_string).collect::<Vec<_>>();
    let (old, new) = (lines(&expected), lines(&told));
    let gone = old.iter().filter(|l| !new.contains(l)).map(|l| format!("- {l}\n"));
    let come = new.iter().filter(|l| !old.contains(l)).map(|l| format!("+ {l}\n"));
    let changes: String = gone.chain(come).collect();
    assert!(told == expected, "the rules do something else; UPDATE=1 takes it as it is now\n\n{changes}");
}

/// The figures, then one line for each article, rule and disagreement.
fn render(scores: &Evaluation) -> String {
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{}", text.trim_end()).unwrap();
    let rates = |r: &Rates| format!("P {:.3}  R {:.3}  F1 {:.3}", r.precision, r.recall, r.f1);
    line(format!("documents {}  gold {}  predicted {}", scores.documents.len(), scores.gold, scores.predicted));
    line(format!("detection   {}", rates(&scores.detection)));
    line(format!("end to end  {}", rates(&scores.end_to_end)));
    for (status, found) in &scores.by_status {
        line(format!("{:<11} {}", status.name(), rates(found)));
    }
    let f = &scores.fields;
    line(format!("of the pairs: status {:.3}  source {:.3}  speaker {:.3}", f.status, f.source, f.speaker));
    line(format!("of the pairs: content {:.3}  outlet {:.3}  relay {:.3}", f.content, f.outlet, f.relay));
    line("\n# articles: gold, predicted, paired, right end to end".into());
    for d in &scores.documents {
        line(format!("{:<30} {:>3} {:>3} {:>3} {:>3}", d.name, d.gold, d.predicted, d.paired, d.end_to_end));
    }
    line("\n# rules: predicted, paired, precision".into());
    for r in &scores.rules {
        line(format!("{:<30} {:>3} {:>3}  {:.2}", r.id, r.predicted, r.paired, r.precision));
    }
    line("\n# rules that found nothing".into());
    scores.silent.iter().for_each(|id| line(id.clone()));
    let errors = &scores.errors;
    let kinds = [
        ("missed", &errors.missed),
        ("spurious", &errors.spurious),
        ("status", &errors.status),
        ("speaker", &errors.speaker),
        ("relay", &errors.relay),
    ];
    for (kind, all) in kinds {
        line(format!("\n# {kind}: {}", all.len()));
        all.iter().for_each(|d| line(disagreement(d)));
    }
    line(format!("\n# outlet: {}", errors.outlet.len()));
    // An outlet is mostly that of its whole article: one line for all statements with the same two names.
    let passages = errors.outlet.chunk_by(|a, b| (&a.document, &a.gold, &a.found) == (&b.document, &b.gold, &b.found));
    for passage in passages {
        let Disagreement { document, gold, found, .. } = &passage[0];
        line(format!("{document} gold {}, found {}: {} times", or_dash(gold), or_dash(found), passage.len()));
    }
    out
}

fn disagreement(d: &Disagreement) -> String {
    let content: String = d.content.replace('\n', " ").chars().take(60).collect();
    let place = format!("{}:{} {} | {} « {content} »", d.document, d.line, or_dash(&d.source), or_dash(&d.cue));
    match &d.rule {
        None => format!("{place} gold {}", or_dash(&d.gold)),
        Some(rule) => format!("{place} gold {}, found {} by {rule}", or_dash(&d.gold), or_dash(&d.found)),
    }
}

fn or_dash(name: &Option<String>) -> String {
    name.as_deref().unwrap_or("-").replace('\n', " ")
}
