//! `selon eval DIR`: how far the analysis agrees with articles annotated by hand.
//!
//! Invariant: all articles are scored or none, since a figure over a part of them would say something else.

use super::args::{EvalArgs, ListFormat};
use super::session::Session;
use super::{Exit, Failure, folders, input, output};
use comfy_table::{Cell, CellAlignment};
use selon::diagnostic::Diagnostic;
use selon::eval::evaluation::{Disagreement, Evaluation, Rates};
use selon::eval::gold::Gold;
use selon::eval::{evaluate, offsets, sel};
use selon::report::plain::{plain, shorten};
use selon::report::table::{Look, styled};
use selon::rule::load::Source;
use selon::text::decode;
use std::fs;
use std::path::Path;

/// Characters of a claim that are shown.
const LONGEST: usize = 70;

/// Scores the articles of a folder.
pub fn run(session: &Session, args: &EvalArgs) -> Result<Exit, Failure> {
    let rules = folders::load(session)?;
    let articles = articles(&args.folder)?;
    let scores = evaluate(rules, &articles);
    let mut out = output::open(None)?;
    match args.format {
        ListFormat::Table => {
            out.write(&tables(&scores, session.look))?;
            if args.errors {
                out.write(&errors(&scores))?;
            }
        }
        ListFormat::Json => {
            let scores = serde_json::to_string_pretty(&scores).expect("scores are strings and finite numbers");
            out.write(&format!("{scores}\n"))?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// The annotated articles of a folder, in the order of their names.
fn articles(folder: &Path) -> Result<Vec<Gold>, Failure> {
    if !folder.exists() {
        return Err(Failure::Plain(format!("{}: there is no such folder; check the name", folder.display())));
    }
    let (mut articles, mut mistakes, mut files) = (Vec::new(), Vec::new(), Vec::new());
    for entry in input::walk(folder) {
        let entry = entry.map_err(|e| Failure::Plain(format!("{e}; check the name and the permissions")))?;
        let path = entry.path();
        match article(path).transpose()? {
            None => {}
            Some((Ok(gold), _)) => articles.push(gold),
            Some((Err(wrong), file)) => {
                mistakes.extend(wrong);
                files.push(file);
            }
        }
    }
    if !mistakes.is_empty() {
        return Err(Failure::Mistakes(mistakes, files));
    }
    if articles.is_empty() {
        let why = "holds no annotated article: no .sel file, and no .txt file with a .json file beside it";
        return Err(Failure::Plain(format!("{}: {why}", folder.display())));
    }
    Ok(articles)
}

/// An article or its mistakes, and the file these are in.
type Article = (Result<Gold, Vec<Diagnostic>>, Source);

/// Reads the article that this file is the annotation of, if it is one.
fn article(path: &Path) -> Option<Result<Article, Failure>> {
    let name = path.display().to_string();
    let source = |text: String| Source { name: name.clone(), theme: String::new(), text };
    match path.extension()?.to_str()? {
        "sel" => Some(text(path).map(|text| (sel::parse(&name, &text), source(text)))),
        "json" => {
            let beside = path.with_extension("txt");
            let both = beside.is_file().then(|| text(&beside).and_then(|article| Ok((article, text(path)?))))?;
            Some(both.map(|(article, notes)| (offsets::parse(&name, &article, &notes), source(notes))))
        }
        _ => None,
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path);
    let bytes =
        bytes.map_err(|e| Failure::Plain(format!("{}: cannot be read: {e}; check the file", path.display())))?;
    Ok(decode::decode(&bytes).text.into_owned())
}

fn tables(scores: &Evaluation, look: Look) -> String {
    let mut rates = styled(&["", "Precision", "Recall", "F1"], look);
    let statuses = scores.by_status.iter().map(|(status, r)| (status.name(), r));
    for (name, Rates { precision, recall, f1 }) in
        [("detection", &scores.detection), ("end to end", &scores.end_to_end)].into_iter().chain(statuses)
    {
        rates.add_row([Cell::new(name), percent(*precision), percent(*recall), percent(*f1)]);
    }
    let f = &scores.fields;
    let mut fields = styled(&["Of the pairs, same", "Share"], look);
    let shares = [
        ("status", Some(f.status)),
        ("source", Some(f.source)),
        ("speaker", Some(f.speaker)),
        ("content", Some(f.content)),
        ("quotation", f.quote),
        ("outlet", Some(f.outlet)),
        ("relay", Some(f.relay)),
    ];
    for (name, share) in shares {
        fields.add_rows(share.map(|share| [Cell::new(name), percent(share)]));
    }
    let mut articles = styled(&["Article", "Annotated", "Found", "Pairs", "End to end"], look);
    for d in &scores.documents {
        let counts = [d.gold, d.predicted, d.paired, d.end_to_end].map(right);
        articles.add_row([Cell::new(plain(&d.name))].into_iter().chain(counts).collect::<Vec<_>>());
    }
    let mut rules = styled(&["Rule", "Found", "Pairs", "Precision"], look);
    for r in &scores.rules {
        rules.add_row([Cell::new(&r.id), right(r.predicted), right(r.paired), percent(r.precision)]);
    }
    let counts = format!(
        "{} articles, {} statements annotated, {} found",
        scores.documents.len(),
        scores.gold,
        scores.predicted
    );
    let silent = if scores.silent.is_empty() {
        String::new()
    } else {
        format!("Rules that found nothing: {}\n", scores.silent.join(", "))
    };
    format!("{counts}\n{rates}\n{fields}\n{articles}\n{rules}\n{silent}")
}

fn errors(scores: &Evaluation) -> String {
    let e = &scores.errors;
    let kinds = [
        ("Missed", &e.missed),
        ("Found, but not annotated", &e.spurious),
        ("Another status", &e.status),
        ("Another speaker", &e.speaker),
        ("Another outlet", &e.outlet),
        ("Another relay", &e.relay),
    ];
    let section = |(title, all): (&str, &Vec<Disagreement>)| {
        format!("\n{title}: {}\n{}", all.len(), all.iter().map(disagreement).collect::<String>())
    };
    kinds.into_iter().map(section).collect()
}

/// One disagreement: where, who said what, and what the two sides say.
fn disagreement(d: &Disagreement) -> String {
    let or_dash = |name: &Option<String>| name.as_deref().map_or("—".to_string(), plain);
    let claim = shorten(&plain(&d.content), LONGEST);
    let place = format!("  {}:{}: {} | {} | {claim}", plain(&d.document), d.line, or_dash(&d.source), or_dash(&d.cue));
    let names = match (&d.gold, &d.found) {
        (None, None) => String::new(),
        (gold, found) => format!("\n    annotated {}, found {}", or_dash(gold), or_dash(found)),
    };
    let rule = d.rule.as_ref().map_or(String::new(), |rule| format!("\n    by {rule}"));
    format!("{place}{names}{rule}\n")
}

fn percent(share: f64) -> Cell {
    right(format!("{:.1} %", 100.0 * share))
}

fn right(value: impl ToString) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}
