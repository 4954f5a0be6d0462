//! How fast each stage is, over the project's own annotated articles, and how long the rules take to load.
//!
//! `cargo bench --bench stages` prints time and MiB/s; `-- tokens` runs one stage. The articles are repeated to about one
//! megabyte, each a document of its own as in an archive. `hostile` runs texts built to be slow, short and twice as long:
//! where the second is slower per byte than the first, the work is not linear.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use selon::attribute::candidate::Candidate;
use selon::attribute::find::{self, Found};
use selon::attribute::settle::settle;
use selon::eval::sel;
use selon::resolve::roster::Roster;
use selon::resolve::{outlet, speaker};
use selon::rule::load::load;
use selon::rule::set::Rules;
use selon::stages::{Reading, read};
use selon::text::decode::decode;
use selon::text::document::blocks;
use selon::token::sentence::{Marks, sentences};
use selon::token::{quote, scan};
use selon::unit::line::{self, Tokens};
use selon::{Scratch, analyze};
use std::hint::black_box;
use std::path::Path;

const BYTES: usize = 1_000_000;

/// The articles of the corpus without their marks, again and again.
fn archive() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/fr");
    let entries = std::fs::read_dir(folder).expect("the corpus is there");
    let paths = entries.map(|entry| entry.expect("the corpus can be listed").path());
    let mut files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|e| e == "sel")).collect();
    files.sort();
    let article = |path: &std::path::PathBuf| {
        let source = std::fs::read_to_string(path).expect("an article can be read");
        sel::parse("article", &source).expect("the corpus has no mistake").text
    };
    let articles: Vec<String> = files.iter().map(article).collect();
    let length: usize = articles.iter().map(String::len).sum();
    articles.iter().cycle().take(articles.len() * BYTES.div_ceil(length)).cloned().collect()
}

/// What the rules find in a document, as settling takes it.
fn found(rules: &Rules, text: &str, reading: &Reading) -> Found {
    let mut found = Found::default();
    let cx = reading.context(rules, text);
    find::find(rules, &cx, &reading.lines, None, &mut find::Scratch::default(), &mut found);
    found
}

fn copy(found: &Found) -> Found {
    let Found { candidates, shields, relays } = found;
    Found { candidates: candidates.clone(), shields: shields.clone(), relays: relays.clone() }
}

fn stages(criterion: &mut Criterion) {
    let rules = load(&[]).expect("the built-in rules load");
    let texts = archive();
    let readings: Vec<Reading> = texts.iter().map(|text| read(&rules, text)).collect();
    let all_found: Vec<Found> = texts.iter().zip(&readings).map(|(t, r)| found(&rules, t, r)).collect();
    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Bytes(texts.iter().map(|t| t.len() as u64).sum())).sample_size(20);

    group.bench_function("decode", |b| b.iter(|| texts.iter().for_each(|t| drop(black_box(decode(t.as_bytes()))))));
    group.bench_function("blocks", |b| {
        let mut out = Vec::new();
        b.iter(|| texts.iter().for_each(|text| blocks(black_box(text), &mut out)));
    });
    group.bench_function("tokens", |b| {
        let (mut scratch, mut out) = (scan::Scratch::default(), Vec::new());
        b.iter(|| {
            for (text, reading) in texts.iter().zip(&readings) {
                out.clear();
                reading.blocks.iter().for_each(|k| scan::scan(&rules, text, k.span, &mut scratch, &mut out));
            }
        });
    });
    group.bench_function("quotes", |b| {
        let (mut quotes, mut opens) = (Vec::new(), Vec::new());
        b.iter(|| {
            for (text, reading) in texts.iter().zip(&readings) {
                quotes.clear();
                opens.clear();
                for &(first, end) in &reading.block_tokens {
                    quote::pair(text, &reading.tokens[..end as usize], first as usize, &mut quotes, &mut opens);
                }
            }
        });
    });
    group.bench_function("sentences", |b| {
        let mut out = Vec::new();
        b.iter(|| {
            for (text, Reading { tokens, quotes, opens, block_tokens, .. }) in texts.iter().zip(&readings) {
                out.clear();
                let marks = Marks { text, tokens, quotes, opens, lexicon: &rules.lexicon };
                for (block, &(first, end)) in (0..).zip(block_tokens) {
                    sentences(&marks, first, end, block, &mut out);
                }
            }
        });
    });
    group.bench_function("units", |b| {
        let (mut scratch, mut units, mut lines) = (line::Scratch::default(), Vec::new(), Vec::new());
        b.iter(|| {
            for Reading { tokens, quotes, opens, sentences, .. } in &readings {
                units.clear();
                lines.clear();
                let doc = Tokens { tokens, quotes, opens };
                line::lines(&rules, &doc, sentences, &mut scratch, &mut units, &mut lines);
            }
        });
    });
    group.bench_function("find", |b| {
        let (mut scratch, mut out) = (find::Scratch::default(), Found::default());
        b.iter(|| {
            for (text, reading) in texts.iter().zip(&readings) {
                let cx = reading.context(&rules, text);
                find::find(&rules, &cx, &reading.lines, None, &mut scratch, &mut out);
            }
        });
    });
    group.bench_function("settle", |b| {
        let again = || all_found.iter().map(copy).collect::<Vec<Found>>();
        let run = |all: Vec<Found>| -> Vec<Vec<Candidate>> {
            let documents = texts.iter().zip(&readings).zip(all);
            documents.map(|((t, r), mut found)| settle(&rules, &r.context(&rules, t), &r.lines, &mut found)).collect()
        };
        b.iter_batched(again, run, BatchSize::LargeInput);
    });
    group.bench_function("resolve", |b| {
        let settled =
            |((t, r), f): ((&String, &Reading), &Found)| settle(&rules, &r.context(&rules, t), &r.lines, &mut copy(f));
        let settled: Vec<Vec<Candidate>> = texts.iter().zip(&readings).zip(&all_found).map(settled).collect();
        b.iter(|| {
            for ((text, reading), settled) in texts.iter().zip(&readings).zip(&settled) {
                let cx = reading.context(&rules, text);
                let roster = Roster::read(&cx);
                black_box(speaker::resolve(&cx, &reading.lines, settled, &roster));
                black_box(outlet::read(&cx, &reading.block_tokens));
            }
        });
    });
    group.bench_function("all", |b| {
        let mut scratch = Scratch::default();
        b.iter(|| texts.iter().for_each(|text| drop(black_box(analyze(&rules, text, &mut scratch)))));
    });
    group.finish();
}

fn start_up(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start-up");
    group.sample_size(20);
    group.bench_function("load", |b| b.iter(|| load(&[])));
    group.bench_function("load and read one article", |b| {
        let text = archive().swap_remove(0);
        b.iter(|| load(&[]).map(|rules| analyze(&rules, &text, &mut Scratch::default())));
    });
    group.finish();
}

fn hostile(criterion: &mut Criterion) {
    let rules = load(&[]).expect("the built-in rules load");
    let mut group = criterion.benchmark_group("hostile");
    group.sample_size(10);
    let nested = |times: usize| format!("{}il pleut{}", "« a ".repeat(times), " »".repeat(times));
    let names = |times| (0..times).map(|n| format!("Paul X{}a a dit qu'il pleut. ", "bcde".repeat(n % 97))).collect();
    let texts: [(&str, &dyn Fn(usize) -> String); 9] = [
        ("quotation marks", &|times| "« \" “ ".repeat(times)),
        ("commas", &|times| ",".repeat(times)),
        ("selon selon", &|times| "selon ".repeat(times)),
        ("no space", &|times| "a.b'c".repeat(times)),
        ("nested quotations", &nested),
        ("one sentence", &|times| "il dit que ".repeat(times / 4)),
        ("statements in one paragraph", &|times| "Selon Paul Roux, il pleut. ".repeat(times / 4)),
        ("statements in many paragraphs", &|times| "Selon Paul Roux, il pleut.\n\n".repeat(times / 4)),
        ("names", &names),
    ];
    for (what, text) in texts {
        for times in [2_000, 4_000] {
            let text = text(times);
            let mut scratch = Scratch::default();
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(format!("{what}, {times}"), |b| b.iter(|| analyze(&rules, &text, &mut scratch)));
        }
    }
    group.finish();
}

criterion_group!(benches, stages, start_up, hostile);
criterion_main!(benches);
