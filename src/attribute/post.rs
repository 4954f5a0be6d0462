//! Where an embedded post begins: « text — Name (@account) date ».
//!
//! Invariant: a post begins in the block of its signature and is no longer than [`LONGEST`], so the look back is bounded.

use super::candidate::Candidate;
use super::trim::Context;
use crate::lexicon::tags;
use crate::unit::Line;

/// The longest a post with its links can be, in bytes.
const LONGEST: u32 = 420;
/// So much of a copy, in bytes, is looked for before the signature.
const COPY: usize = 24;

/// First token of the post that a candidate's line signs, and the token its signature begins at.
pub fn tokens(cx: &Context<'_>, lines: &[Line], candidate: &Candidate) -> Option<(u32, u32)> {
    let at = candidate.line as usize;
    let token = |unit: u32| cx.units[unit as usize].first;
    let end = candidate.cue.map_or(lines[at].end, |c| c.first);
    let sign = cx.units[end as usize - 1].span(cx.tokens).end;
    let from = |l: &Line| cx.tokens[token(l.first) as usize].span.start;
    // A time stamp before the words is no part of them.
    let says = |l: &&Line| {
        let units = &cx.units[l.first as usize..l.end as usize];
        units.iter().any(|u| u.tags.any(tags::NP | tags::VERB | tags::QUOTE))
    };
    let before = || {
        let same = |l: &&Line| l.block == lines[at].block && sign - from(l).min(sign) <= LONGEST;
        lines[..=at].iter().rev().take_while(same).filter(|l| l.depth == 0)
    };
    let first = match copied(cx, &lines[at], sign) {
        Some(start) => cx.tokens.partition_point(|t| t.span.start < start) as u32,
        None => token(before().take_while(|l| l.first == lines[at].first || !signs(cx, l)).filter(says).last()?.first),
    };
    Some((first, cx.units[end as usize - 1].end))
}

/// Whether a line signs a post, as the line before another post does.
fn signs(cx: &Context<'_>, line: &Line) -> bool {
    let units = &cx.units[line.first as usize..line.end as usize];
    units.windows(2).any(|w| w[0].tags.any(tags::HANDLE) && cx.words(&w[1]) == ")")
}

/// Where the words begin that the text repeats behind the signature, as pages do that hold a post and its copy.
fn copied(cx: &Context<'_>, line: &Line, sign: u32) -> Option<u32> {
    let behind = &cx.text[cx.units[line.end as usize - 1].span(cx.tokens).end as usize..];
    let behind = behind.trim_start();
    let credit = behind.starts_with('(').then(|| behind.bytes().take(COPY).position(|b| b == b')')).flatten();
    let behind = credit.map_or(behind, |end| behind[end + 1..].trim_start());
    let copy = &behind[..behind.ceil_char_boundary(COPY.min(behind.len()))];
    let from = cx.text.floor_char_boundary(sign.saturating_sub(LONGEST) as usize);
    let start = cx.text[from..sign as usize].rfind(copy)?;
    (copy.len() >= COPY).then_some((from + start) as u32)
}
