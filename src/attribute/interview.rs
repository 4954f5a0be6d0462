//! Interviews set out as questions and answers: each answer is one statement, with or without quotation marks.
//!
//! Invariant: nothing is an interview that has fewer than [`QUESTIONS`] paragraphs that ask, each before another paragraph.
//! Lines are in the order of their blocks; each is looked at by one question.

use super::candidate::Candidate;
use super::trim::{self, Context};
use crate::rule::set::{Reach, Rules};
use crate::span::Span;
use crate::text::comment::comments;
use crate::token::quote::NONE;
use crate::unit::Line;

/// So many questions make an interview.
const QUESTIONS: usize = 3;

/// So many do where all of them are answered by a paragraph in quotation marks.
const QUOTED: usize = 2;

/// Turns what rules with the reach `answer` found, the questions, into the answers behind them; drops them where the text
/// is no interview, and other reports in questions where it is. An answer ends where the next question begins, the last
/// one with its paragraph; one in quotation marks with the last paragraph that has them.
pub fn answers(rules: &Rules, cx: &Context<'_>, lines: &[Line], kept: &mut Vec<Candidate>) {
    let asks = |c: &Candidate| rules.rules[c.rule as usize].reach == Reach::Answer;
    let outer = |l: &&Line| l.depth == 0;
    let whole = |c: &Candidate| {
        let at = c.line as usize;
        let next = lines[at + 1..].iter().find(outer);
        lines[at].depth == 0 && lines[at].block > lines[0].block && next.is_some_and(|l| l.block > lines[at].block)
    };
    let of_block = |from: u32| lines.partition_point(|l| l.block < from);
    let quoted = |block: u32| {
        let opens = |l: &Line| cx.opens[cx.units[l.first as usize].first as usize] != NONE;
        lines[of_block(block)..].iter().find(outer).is_some_and(|l| l.block == block && opens(l))
    };
    let mut questions: Vec<u32> =
        kept.iter().filter(|c| asks(c) && whole(c)).map(|c| lines[c.line as usize].block).collect();
    questions.sort_unstable();
    questions.dedup();
    let in_marks = questions.len() >= QUOTED && questions.iter().all(|&q| quoted(q + 1));
    if questions.len() < QUESTIONS && !in_marks {
        kept.retain(|c| !asks(c));
        return;
    }
    kept.retain_mut(|candidate| {
        let block = lines[candidate.line as usize].block;
        let question = questions.binary_search(&block);
        if !asks(candidate) {
            return question.is_err();
        }
        let Ok(i) = question else { return false };
        let end = questions.get(i + 1).copied().unwrap_or(block + 2);
        let end = if quoted(block + 1) { (block + 2..end).find(|&b| !quoted(b)).unwrap_or(end) } else { end };
        let between = &lines[of_block(block + 1)..of_block(end)];
        let Some(first) = between.iter().find(outer) else { return false };
        candidate.line = lines.partition_point(|l| l.first < first.first) as u32;
        candidate.content = parts(cx, between.iter().filter(outer), first);
        candidate.answer = true;
        !candidate.content.is_empty()
    });
}

/// The words of an answer, in more than one part where a comment to this program stands among its paragraphs.
fn parts<'a>(cx: &Context<'_>, lines: impl Iterator<Item = &'a Line>, first: &'a Line) -> Vec<Span> {
    let mut parts = vec![(first, first)];
    for line in lines {
        let (_, last) = parts[parts.len() - 1];
        let end = |l: &Line| cx.units[l.end as usize - 1].span(cx.tokens).end;
        let gap = Span::new(end(last), cx.units[line.first as usize].span(cx.tokens).start.max(end(last)));
        if line.block > last.block && comments(gap.of(cx.text)).next().is_some() {
            parts.push((line, line));
        } else if let Some(part) = parts.last_mut() {
            part.1 = line;
        }
    }
    let tokens = |(first, last): &(&Line, &Line)| {
        trim::content_tokens(cx, cx.units[first.first as usize].first, cx.units[last.end as usize - 1].end)
    };
    parts.iter().filter_map(tokens).collect()
}
