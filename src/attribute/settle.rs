//! Stage 7, second half: what several rules found is settled into one list of attributions.
//!
//! Invariant: no two attributions of a line share a cue; a shielded cue has none; what is left is in text order.

use super::candidate::{Candidate, Stretch};
use super::clause;
use super::find::{Found, Marked};
use super::glued;
use super::interview;
use super::opened;
use super::post;
use super::several;
use super::subject;
use super::trim::{self, Context};
use crate::lexicon::tags;
use crate::rule::set::{Reach, Rules};
use crate::span::Span;
use crate::unit::{self, Line, Unit};

/// How many statements on either side a weak one, a first person or a borrowed subject is compared with.
const NEIGHBOURS: usize = 64;

/// Settles the candidates of a document. `found.candidates` is left empty.
pub fn settle(rules: &Rules, cx: &Context<'_>, lines: &[Line], found: &mut Found) -> Vec<Candidate> {
    let mut candidates = std::mem::take(&mut found.candidates);
    candidates.retain(|c| !c.cue_span.is_some_and(|cue| forbidden(&found.shields, c.line, cue)));
    let Found { relays, shields, .. } = found;
    relays.retain(|relay| !forbidden(shields, relay.line, relay.span));
    candidates
        .sort_by_key(|c| (c.line, c.rule, c.cue_span.map_or(0, |s| s.start), std::cmp::Reverse(c.extent().len())));
    let (weak, strong): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|c| rules.rules[c.rule as usize].weak);
    let mut kept: Vec<Candidate> = Vec::with_capacity(strong.len());
    for candidate in strong {
        let same_line = kept.iter().rev().take_while(|k| k.line == candidate.line);
        if !same_line.into_iter().any(|k| same_cue(k, &candidate)) {
            kept.push(candidate);
        }
    }
    kept.retain(|c| match rules.rules[c.rule as usize].reach {
        Reach::BlockEnd => begins_answer(lines, c),
        Reach::Before => c.line > 0,
        _ => true,
    });
    interview::answers(rules, cx, lines, &mut kept);
    for candidate in &mut kept {
        glued::part(cx, &lines[candidate.line as usize], candidate);
        if !rules.rules[candidate.rule as usize].incise {
            clause::part(cx, &lines[candidate.line as usize], candidate);
        }
        subject::whole(cx, &lines[candidate.line as usize], candidate);
        several::join(cx, &lines[candidate.line as usize], candidate);
        widen(rules, cx, lines, candidate);
        reach(rules, cx, lines, candidate);
    }
    kept.retain_mut(|c| !rules.rules[c.rule as usize].borrow || opened::lend(cx, lines, c));
    let taken = kept.len();
    for candidate in weak {
        let line = lines[candidate.line as usize];
        let at = kept[..taken].partition_point(|k| k.line < candidate.line);
        let near = |k: &&Candidate| lines[k.line as usize].block == line.block;
        let before = kept[..at].iter().rev().take_while(near).take(NEIGHBOURS);
        let behind = kept[at..taken].iter().take_while(near).take(NEIGHBOURS);
        let others = kept[taken..].iter().rev().take_while(near).take(NEIGHBOURS);
        if line.depth == 0 && !before.chain(behind).chain(others).any(|k| covers(k, &candidate)) {
            kept.push(candidate);
        }
    }
    kept[taken..].sort_by_key(|c| c.line);
    kept.sort_by_key(|c| (lines[c.line as usize].first, c.cue_span.unwrap_or(c.extent()).start));
    borrow(rules, cx, lines, &mut kept);
    let own: Vec<bool> =
        (0..kept.len()).map(|i| first_person(cx, lines, &kept, i) || twice(cx, lines, &kept, i)).collect();
    let mut own = own.into_iter();
    kept.retain(|_| !own.next().unwrap_or(false));
    // A participle that finds no subject to borrow says nothing of anybody.
    kept.retain(|c| !rules.rules[c.rule as usize].borrow || c.source_span.is_some());
    kept
}

/// Whether a shield of this line covers these words.
fn forbidden(shields: &[Marked], line: u32, span: Span) -> bool {
    let from = shields.partition_point(|s| s.line < line);
    shields[from..].iter().take_while(|s| s.line == line).any(|s| s.span.overlaps(span))
}

fn same_cue(a: &Candidate, b: &Candidate) -> bool {
    match (a.cue_span, b.cue_span) {
        (Some(x), Some(y)) => x.overlaps(y),
        (None, None) => a.extent().overlaps(b.extent()),
        _ => false,
    }
}

/// Whether a statement already says something about what a weak candidate would.
fn covers(kept: &Candidate, weak: &Candidate) -> bool {
    let point = weak.cue_span.unwrap_or(weak.extent());
    // What somebody says of somebody else inside a quotation does not say whose the quotation is.
    let holds = |s: Span| weak.content.iter().any(|w| w.contains(s));
    let within = holds(kept.extent()) && kept.cue_span.is_some_and(holds) && kept.source_span.is_none_or(holds);
    if weak.cue.is_none() && !kept.aside && within {
        return false;
    }
    let inside = kept.content.iter().chain(&kept.cue_span).chain(&kept.source_span).any(|s| s.overlaps(point));
    inside || (kept.line == weak.line && kept.content.contains(&weak.content[0]))
}

/// « A, dit X. B »: the cue stands inside the quotation, so the rest of the quotation is content too.
fn widen(rules: &Rules, cx: &Context<'_>, lines: &[Line], candidate: &mut Candidate) {
    let line = lines[candidate.line as usize];
    let (Some(quote), Some(cue)) = (line.quote, candidate.cue) else { return };
    if !rules.rules[candidate.rule as usize].incise {
        return;
    }
    let Some(inner) = cx.quotes[quote as usize].inner(cx.tokens) else { return };
    let cue_start = cue.of(cx.units)[0].span(cx.tokens).start;
    let before = (inner.start < cue_start)
        .then(|| Span::new(inner.start, candidate.content[0].end.min(cue_start).max(inner.start)))
        .filter(|s| !s.is_empty());
    let aside = candidate.source.map_or(cue.end, |s| s.end.max(cue.end));
    let resumes = |u: &Unit| cx.lexicon.tags(u.lex).any(tags::STOP);
    let rest = &cx.units[aside as usize..line.end as usize];
    let continues = rest.first().is_some_and(|u| cx.words(u) == ",");
    let skip = if continues { 1 } else { rest.iter().position(resumes).map_or(rest.len(), |i| i + 1) };
    let from = aside + skip as u32;
    let close = cx.quotes[quote as usize].close;
    let tail = Stretch {
        first: from,
        end: from + cx.units[from as usize..].iter().take_while(|u| u.end <= close).count() as u32,
    };
    let after = (tail.end > tail.first).then(|| trim::content(cx, tail)).flatten();
    let after = after.filter(|a| before.is_none_or(|b| a.start >= b.end));
    if before.is_some() || after.is_some() {
        candidate.content = before.into_iter().chain(after).collect();
        candidate.aside = true;
    }
}

/// Whether a label stands at the head of a paragraph: in a title, or in a list of links, it names a topic.
fn begins_answer(lines: &[Line], candidate: &Candidate) -> bool {
    let at = candidate.line as usize;
    let block = lines[at].block;
    !unit::is_title(lines, block) && at.checked_sub(1).is_none_or(|before| lines[before].block != block)
}

/// Posts and labelled answers run over several sentences of their block; « c'est ce que dit X » takes up the one before.
fn reach(rules: &Rules, cx: &Context<'_>, lines: &[Line], candidate: &mut Candidate) {
    let at = candidate.line as usize;
    let same = |l: &&Line| l.block == lines[at].block;
    let outer = |l: &&Line| l.depth == 0;
    let token = |unit: u32| cx.units[unit as usize].first;
    let range = match rules.rules[candidate.rule as usize].reach {
        Reach::Captured | Reach::Answer => return,
        Reach::BlockStart => post::tokens(cx, lines, candidate),
        Reach::Before => {
            let before = lines[..at].iter().rev().find(outer);
            before.map(|l| (token(l.first), cx.units[l.end as usize - 1].end))
        }
        Reach::BlockEnd => {
            let last = lines[at..].iter().take_while(same).filter(outer).last();
            let first = cx.tokens.partition_point(|t| t.span.start < candidate.content[0].start) as u32;
            last.map(|l| (first, cx.units[l.end as usize - 1].end))
        }
    };
    if let Some((first, end)) = range
        && let Some(span) = trim::content_tokens(cx, first, end)
    {
        candidate.content = vec![span];
    }
}

/// Gives participles, infinitives and coordinated verbs the subject they borrow.
fn borrow(rules: &Rules, cx: &Context<'_>, lines: &[Line], kept: &mut [Candidate]) {
    for i in 0..kept.len() {
        let candidate = &kept[i];
        let (Some(cue), None) = (candidate.cue, candidate.source_span) else { continue };
        if !rules.rules[candidate.rule as usize].borrow {
            continue;
        }
        let line = candidate.line;
        if let Some(np) = beside(cx, &lines[line as usize], cue) {
            (kept[i].source, kept[i].source_span) = (Some(np), trim::source(cx, np));
            continue;
        }
        let same = |k: &&Candidate| k.line == line;
        let before = kept[..i].iter().rev().take_while(same).find(|k| k.source_span.is_some());
        let subject = subject_before(cx, &lines[line as usize], cue.first);
        // Whoever is the subject within what is said does not say it; behind a comma the main clause may go on.
        let told = |s: Span| {
            let within = candidate.content.iter().find(|c| c.contains(s));
            within.is_some_and(|c| !cx.text[c.start as usize..s.start as usize].contains(','))
        };
        let after = kept[i + 1..].iter().take_while(same).filter(|k| k.source_span.is_some());
        let after = after.clone().find(|k| k.source_span.is_some_and(|s| !told(s))).or_else(|| after.clone().next());
        // The subject of a clause that is itself reported lends nothing to what stands beside the report; « selon X » has
        // no subject to lend.
        let reported = |s: &Stretch, k: &Candidate| {
            let point = cx.units[s.first as usize].span(cx.tokens);
            let inside = |s: Span| k.content.iter().any(|c| c.contains(s));
            let verb = k.cue.is_some_and(|c| c.of(cx.units).iter().any(|u| u.tags.any(tags::VERB)));
            verb && inside(point) && !candidate.cue_span.is_some_and(inside)
        };
        let subject = subject.filter(|s| !before.is_some_and(|k| reported(s, k)));
        let lent = match (before, subject) {
            (Some(k), Some(s)) if lender(k).is_some_and(|o| o.first >= s.first) => (lender(k), k.source_span),
            (Some(k), None) => (lender(k), k.source_span),
            (_, Some(s)) => (Some(s), trim::source(cx, s)),
            (None, None) if before_line(cx, &lines[line as usize], cue) => {
                let previous =
                    kept[..i].iter().rev().take(NEIGHBOURS).find(|k| {
                        k.source_span.is_some() && lines[k.line as usize].block == lines[line as usize].block
                    });
                previous.map_or((None, None), |k| (lender(k), k.source_span))
            }
            (None, None) => match after {
                Some(k) => (lender(k), k.source_span),
                None => match subject_after(cx, &lines[line as usize], cue.end, told) {
                    Some(s) => (Some(s), trim::source(cx, s)),
                    None => (None, None),
                },
            },
        };
        (kept[i].source, kept[i].source_span) = lent;
    }
}

/// « un sondage suggérant que P »: a present participle right behind a noun phrase is said of that noun phrase; behind a
/// comma (« Les rebelles, affirmant que P, … ») where no verb stands before it.
fn beside(cx: &Context<'_>, line: &Line, cue: Stretch) -> Option<Stretch> {
    let verb = &cx.units[cue.first as usize];
    if !verb.tags.has(tags::VERB | tags::PPRS) || verb.tags.any(tags::GERUND) || cue.first == line.first {
        return None;
    }
    let before = &cx.units[line.first as usize..cue.first as usize];
    // « …, certains estimant que P »: they are a subject of their own.
    let phrase = |u: &Unit| u.tags.any(tags::NP) && (!u.tags.any(tags::PRON) || u.tags.any(tags::INDEF));
    let np = match before {
        [.., last] if phrase(last) => cue.first - 1,
        // « aux « marins » ayant appelé à P »
        [.., article, last] if last.tags.any(tags::QUOTE) && article.tags.has(tags::DEF | tags::CONTRACTED) => {
            cue.first - 1
        }
        [head @ .., np, comma] if phrase(np) && cx.words(comma) == "," => {
            let led = head.iter().any(|u| u.tags.any(tags::VERB | tags::QUOTE))
                || head.last().is_some_and(Unit::is_preposition);
            (!led).then_some(cue.first - 2)?
        }
        _ => return None,
    };
    Some(Stretch { first: np, end: np + 1 })
}

/// The units a borrowed source is resolved by: the source's own, or the verb its pronoun stands in.
fn lender(k: &Candidate) -> Option<Stretch> {
    k.source.or(k.cue)
}

/// « Avant d'ajouter que … » as a sentence of its own: the subject is the one of the sentence before.
fn before_line(cx: &Context<'_>, line: &Line, cue: Stretch) -> bool {
    let head = &cx.units[line.first as usize..cue.end as usize];
    // « « P », critiquant N »: the words are those of whoever has spoken.
    let quoted = head.len() == 3 && head[0].tags.any(tags::QUOTE) && head[2].tags.any(tags::PPRS);
    quoted
        || (head.len() < 5
            && head[0].tags.any(tags::FUNCTION)
            && cue.of(cx.units).iter().any(|u| u.tags.any(tags::INF)))
}

/// The nearest noun phrase before `unit` that a finite verb follows.
fn subject_before(cx: &Context<'_>, line: &Line, unit: u32) -> Option<Stretch> {
    let mut found = None;
    for at in (line.first + 1..unit).rev() {
        let verb = &cx.units[at as usize];
        if !verb.tags.has(tags::VERB | tags::FIN) {
            continue;
        }
        if let Some(np) = noun_before(cx, line, at) {
            found = Some(np);
            break;
        }
    }
    found
}

/// The subject right before a verb, or before the apposition that stands between.
fn noun_before(cx: &Context<'_>, line: &Line, verb: u32) -> Option<Stretch> {
    let tags = |at: u32| cx.units[at as usize].tags;
    let is_np = |at: u32| tags(at).any(tags::NP);
    let mark = |at: u32| cx.words_at(at) == ",";
    let at = verb.checked_sub(1).filter(|&a| a >= line.first)?;
    if is_np(at) {
        let first = subject::first(cx, line, at);
        // « visant à conquérir le marché »: the object of a verb that is not finite.
        let object = |u: u32| tags(u).any(tags::INF | tags::PPRS) && !tags(u).any(tags::FIN);
        if first > line.first && !tags(at).any(tags::PRON) && object(first - 1) {
            return None;
        }
        // « les affaires qui touchent la ville révèlent »: the object of a relative clause is no subject.
        let relative = first.checked_sub(3).filter(|&np| np >= line.first && is_np(np)).filter(|&np| {
            tags(np + 1).any(tags::REL) && tags(np + 2).has(tags::VERB | tags::FIN) && !tags(first).any(tags::PRON)
        });
        return Some(relative.map_or(Stretch { first, end: at + 1 }, |np| Stretch { first: np, end: np + 1 }));
    }
    if mark(at) && at > line.first {
        let open = (line.first..at).rev().take(12).find(|&a| mark(a))?;
        // « , dont beaucoup sont venus de loin, » stands between; « , 300 marins ont défilé, » is a clause of its own.
        let opens = tags(open + 1).any(tags::REL | tags::RELWORD | tags::SUB | tags::OPENS);
        let clause = !opens
            && (open + 2..at)
                .any(|u| tags(u).has(tags::VERB | tags::FIN) && is_np(u - 1) && !tags(u - 1).any(tags::REL));
        let np = open.checked_sub(1).filter(|&np| np >= line.first && is_np(np) && !clause)?;
        // « La cible des critiques, le président X, »: who that is.
        let named = !tags(np).any(tags::PERSON) && tags(open + 1).any(tags::PERSON);
        return Some(Stretch { first: subject::first(cx, line, np), end: if named { open + 2 } else { np + 1 } });
    }
    None
}

/// The first noun phrase after `unit` that a finite verb follows, rather one that is not told.
fn subject_after(cx: &Context<'_>, line: &Line, unit: u32, told: impl Fn(Span) -> bool) -> Option<Stretch> {
    let subjects = (unit..line.end.saturating_sub(1)).filter(|&at| {
        let verb = &cx.units[at as usize + 1];
        cx.units[at as usize].tags.any(tags::NP) && verb.tags.has(tags::VERB | tags::FIN)
    });
    let own = |&at: &u32| !told(cx.units[at as usize].span(cx.tokens));
    let at = subjects.clone().find(own).or_else(|| subjects.clone().next())?;
    Some(Stretch { first: at, end: at + 1 })
}

/// « un message clair : « P », a dit X »: where a noun announces what a verb reports, the verb's statement is the one.
fn twice(cx: &Context<'_>, lines: &[Line], kept: &[Candidate], i: usize) -> bool {
    let noun = |c: &Candidate| {
        c.cue.is_some_and(|s| s.of(cx.units).iter().all(|u| !u.tags.any(tags::VERB) && u.tags.any(tags::NP)))
    };
    let candidate = &kept[i];
    if !noun(candidate) {
        return false;
    }
    let near = |k: &&Candidate| lines[k.line as usize].block == lines[candidate.line as usize].block;
    let same = |k: &Candidate| k.content[0] == candidate.content[0] && k.source_span.is_some() && !noun(k);
    kept[..i].iter().rev().take_while(near).take(NEIGHBOURS).any(same)
        || kept[i + 1..].iter().take_while(near).take(NEIGHBOURS).any(same)
}

/// Within a speaker's own words, the speaker's « je pense que » is no second statement.
fn first_person(cx: &Context<'_>, lines: &[Line], kept: &[Candidate], i: usize) -> bool {
    let candidate = &kept[i];
    let first = |s: Stretch| s.of(cx.units).iter().any(|u| u.tags.any(tags::FIRST | tags::ON));
    // « (mis en examen) » could be « je mis », but it is no pronoun.
    let speaks = |s: Stretch| s.of(cx.units).iter().any(|u| u.tags.has(tags::NP) && u.tags.any(tags::FIRST | tags::ON));
    if !candidate.source.is_some_and(speaks) && !candidate.cue.is_some_and(first) {
        return false;
    }
    // « nous avons demandé au maire de … » is an act of its own, not the saying of what is being said.
    // So is « on m'a dit que … ».
    let past = |s: Stretch| {
        let on = candidate.source.is_some_and(|s| s.of(cx.units).iter().any(|u| u.tags.any(tags::ON)));
        let act = |u: &Unit| u.tags.has(tags::VERB | tags::COMPOUND) && (on || u.tags.any(tags::FIRST));
        s.of(cx.units).iter().any(act)
    };
    if candidate.cue.is_some_and(past) {
        return false;
    }
    let Some(cue) = candidate.cue_span else { return false };
    let block = lines[candidate.line as usize].block;
    let near = |k: &&Candidate| lines[k.line as usize].block == block;
    let holds = |k: &Candidate| k.content.iter().any(|s| s.contains(cue));
    let before = kept[..i].iter().rev().take_while(near).take(NEIGHBOURS).any(holds);
    // Outside of all quotations « je pense que » is the writer's own view.
    let own = |s: Stretch| s.of(cx.units).iter().any(|u| u.tags.has(tags::NP | tags::FIRST));
    candidate.source.is_some_and(own)
        || lines[candidate.line as usize].depth > 0
        || before
        || kept[i + 1..].iter().take_while(near).take(NEIGHBOURS).any(holds)
}
