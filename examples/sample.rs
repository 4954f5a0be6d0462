//! Draws statements at random for an independent reading: what was found, in its place, and nothing about how.
//!
//! `cargo run --release --example sample -- ARCHIVE.jsonl 200 7` reads one JSON object a line (`id`, `text`), and prints 200
//! statements of seed 7 as a sheet to be filled in: `[claim] {cue} <source>` in the text around them, the speaker and the
//! status. A draw depends on the document and the place only, so a change of rules changes few of the statements drawn.

use rustc_hash::FxHasher;
use selon::rule::load::BUILT_IN;
use selon::span::Span;
use selon::statement::Statement;
use selon::{Scratch, analyze};
use serde::Deserialize;
use std::hash::{Hash, Hasher};
use std::io::{BufRead, BufReader};

#[derive(Deserialize)]
struct Document {
    id: String,
    text: String,
}

/// How much of the text is shown on either side, in bytes.
const AROUND: usize = 400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let archive = arguments.next().ok_or("usage: sample ARCHIVE.jsonl [COUNT [SEED]]")?;
    let count: usize = arguments.next().map_or(Ok(200), |n| n.parse())?;
    let seed: u64 = arguments.next().map_or(Ok(0), |n| n.parse())?;
    let mut drawn: Vec<(u64, String)> = Vec::new();
    let mut scratch = Scratch::default();
    for line in BufReader::new(std::fs::File::open(&archive)?).lines() {
        let Document { id, text } = serde_json::from_str(&line?)?;
        for statement in analyze(&BUILT_IN, &text, &mut scratch).statements {
            let mut hasher = FxHasher::default();
            (seed, &id, statement.start()).hash(&mut hasher);
            // The low bits of this hash are poor: turn them up.
            drawn.push((
                hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26),
                sheet(&id, &text, &statement),
            ));
        }
        drawn.sort_unstable();
        drawn.truncate(count);
    }
    for (number, (_, sheet)) in (1..).zip(drawn) {
        println!("## {number}\n{sheet}\n");
    }
    Ok(())
}

/// A statement in its place.
fn sheet(id: &str, text: &str, statement: &Statement) -> String {
    let mut marks: Vec<(u32, char)> = Vec::new();
    let mut mark = |span: Span, open, close| marks.extend([(span.start, open), (span.end, close)]);
    statement.content.iter().for_each(|span| mark(*span, '[', ']'));
    statement.cue.iter().for_each(|span| mark(*span, '{', '}'));
    statement.source.iter().for_each(|span| mark(*span, '<', '>'));
    marks.sort_by_key(|&(at, mark)| (at, matches!(mark, '[' | '{' | '<')));
    let (first, last) = (marks[0].0 as usize, marks[marks.len() - 1].0 as usize);
    let mut at = text.floor_char_boundary(first.saturating_sub(AROUND));
    let end = text.ceil_char_boundary((last + AROUND).min(text.len()));
    let mut shown = String::new();
    for (place, mark) in marks {
        shown.push_str(&text[at..place as usize]);
        shown.push(mark);
        at = place as usize;
    }
    shown.push_str(&text[at..end]);
    let speaker = statement.speaker.as_ref().map_or("nobody", |s| &s.name);
    format!("{id}\n{}\nspeaker: {speaker}\nstatus: {}", shown.replace('\n', " ¶ "), statement.status.name())
}
