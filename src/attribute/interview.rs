//! Interviews set out as questions and answers: each answer is one statement, with or without quotation marks.
//!
//! Invariant: nothing is an interview that has fewer than [`QUESTIONS`] paragraphs that ask, each before another paragraph.
//! Lines are in the order of their blocks; each is looked at by one question.

use super::candidate::Candidate;
use super::trim::{self, Context};
use crate::rule::set::{Reach, Rules};
use crate::unit::Line;

/// So many questions make an interview.
const QUESTIONS: usize = 3;

/// Turns what rules with the reach `answer` found, the questions, into the answers behind them; drops them where the text
/// is no interview. An answer ends where the next question begins, the last one with its paragraph.
pub fn answers(rules: &Rules, cx: &Context<'_>, lines: &[Line], kept: &mut Vec<Candidate>) {
    let asks = |c: &Candidate| rules.rules[c.rule as usize].reach == Reach::Answer;
    let whole = |c: &Candidate| {
        let at = c.line as usize;
        let next = lines[at + 1..].iter().find(|l| l.depth == 0);
        lines[at].depth == 0 && lines[at].block > lines[0].block && next.is_some_and(|l| l.block > lines[at].block)
    };
    let mut questions: Vec<u32> =
        kept.iter().filter(|c| asks(c) && whole(c)).map(|c| lines[c.line as usize].block).collect();
    questions.sort_unstable();
    questions.dedup();
    if questions.len() < QUESTIONS {
        kept.retain(|c| !asks(c));
        return;
    }
    kept.retain_mut(|candidate| {
        if !asks(candidate) {
            return true;
        }
        let block = lines[candidate.line as usize].block;
        let Ok(i) = questions.binary_search(&block) else { return false };
        let end = questions.get(i + 1).copied().unwrap_or(block + 2);
        let of_block = |from: u32| lines.partition_point(|l| l.block < from);
        let between = &lines[of_block(block + 1)..of_block(end)];
        let outer = |l: &&Line| l.depth == 0;
        let (Some(first), Some(last)) = (between.iter().find(outer), between.iter().rfind(outer)) else { return false };
        let token = |unit: u32| cx.units[unit as usize].first;
        let Some(span) = trim::content_tokens(cx, token(first.first), cx.units[last.end as usize - 1].end) else {
            return false;
        };
        candidate.line = lines.partition_point(|l| l.first < first.first) as u32;
        candidate.content = vec![span];
        candidate.answer = true;
        true
    });
}
