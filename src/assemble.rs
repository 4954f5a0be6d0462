//! Attributions, speakers, relays and outlets → statements. The end of stages 8 and 9.

use crate::attribute::candidate::Candidate;
use crate::attribute::find::Marked;
use crate::attribute::trim::Context;
use crate::lexicon::tags::{self, Tags};
use crate::resolve::outlet::Outlets;
use crate::resolve::speaker::Resolved;
use crate::resolve::{Scene, relay};
use crate::resolve::{names::clean, roster::Roster};
use crate::rule::set::{Rules, StatusRule};
use crate::source::{self, Hidden};
use crate::statement::{Analysis, QuoteKind, Speaker, SpeakerKind, Statement};
use crate::status;
use crate::unit::{self, Line, Unit};

/// Whom the text names beside the speakers.
pub(crate) struct Named<'a> {
    pub(crate) roster: &'a Roster,
    pub(crate) relays: &'a [Marked],
    pub(crate) outlets: &'a Outlets,
}

/// How far behind a cue or its source the writer's doubt stands, in units.
const BEHIND: u32 = 4;

/// Puts the statements of a document together.
pub(crate) fn analysis(
    rules: &Rules,
    cx: &Context<'_>,
    lines: &[Line],
    found: Vec<Candidate>,
    speakers: Vec<Option<Resolved>>,
    named: &Named<'_>,
) -> Analysis {
    let Named { roster, relays, outlets } = *named;
    let relays = relay::resolve(Scene { cx, lines, roster }, relays, &found, &speakers);
    let tied: Vec<bool> = (0..found.len()).map(|i| follows_a_statement(lines, &found, i)).collect();
    let mut statements = Vec::with_capacity(found.len());
    let hidden = Hidden::read(cx, lines, roster, &found, &speakers);
    for (i, (((candidate, speaker), relay), tied)) in found.into_iter().zip(speakers).zip(relays).zip(tied).enumerate()
    {
        let line = &lines[candidate.line as usize];
        if candidate.cue.is_none()
            && speaker.is_none()
            && !tied
            && !((candidate.answer || unit::is_title(lines, line.block)) && marked(cx, &candidate))
        {
            // Quoted words that the text ties to nobody are no statement.
            continue;
        }
        let source = source::of(cx, line, roster, &candidate, speaker.as_ref());
        let formula = hidden.holds(i, speaker.as_ref());
        let rule = rules.rules[candidate.rule as usize].status;
        let doubted = kept_at_a_distance(cx, &candidate) || unproven(cx, line, &candidate);
        let rule = if doubted { StatusRule::Unverified } else { rule };
        let (status, reason) = status::classify(rule, source, formula);
        let start = candidate.extent().start;
        let outlet = outlets.at(start).map(str::to_string);
        statements.push(Statement {
            quote: quote_kind(cx, line, &candidate),
            speaker: speaker.map(|s| Speaker { kind: speaker_kind(s.tags), name: s.name }),
            cue: candidate.cue_span,
            source: candidate.source_span,
            content: candidate.content,
            rule: candidate.rule,
            relay,
            outlet,
            status,
            reason,
        });
    }
    statements.sort_by_key(|s| (s.cue.map_or(s.start(), |c| c.start), s.start()));
    Analysis { statements, title: title(cx, lines), outlet: outlets.document().map(str::to_string) }
}

fn title(cx: &Context<'_>, lines: &[Line]) -> Option<String> {
    let first = lines.first()?;
    let end = lines.iter().rfind(|l| l.block == first.block && l.depth == 0)?.end;
    let other = lines.last().is_some_and(|l| l.block > first.block);
    let span = cx.units[first.first as usize].span(cx.tokens).cover(cx.units[end as usize - 1].span(cx.tokens));
    (other && span.len() < 300).then(|| clean(span.of(cx.text)))
}

fn speaker_kind(tags: Tags) -> SpeakerKind {
    if tags.any(tags::PERSON | tags::ROLE | tags::SPOKES) && !tags.any(tags::PLURAL) {
        SpeakerKind::Person
    } else if tags.any(tags::MEDIA) {
        SpeakerKind::Media
    } else if tags.any(tags::DOC) {
        SpeakerKind::Document
    } else if tags.any(tags::ORG | tags::PLACE | tags::METONYM) {
        SpeakerKind::Organisation
    } else if tags.any(tags::PLURAL | tags::GROUP) {
        SpeakerKind::Group
    } else if tags.any(tags::NAME) && !tags.any(tags::HUMAN | tags::SOURCE) {
        SpeakerKind::Organisation
    } else {
        SpeakerKind::Person
    }
}

/// « X aurait répondu que P »: the saying itself is in the journalistic conditional.
fn kept_at_a_distance(cx: &Context<'_>, candidate: &Candidate) -> bool {
    let conditional = |u: &Unit| u.tags.has(tags::VERB | tags::COND) && !u.tags.any(tags::MODAL);
    candidate.cue.is_some_and(|cue| cue.of(cx.units).iter().any(conditional))
}

/// « a dit X, sans apporter de preuves »: right behind the cue or the source.
fn unproven(cx: &Context<'_>, line: &Line, candidate: &Candidate) -> bool {
    let Some(cue) = candidate.cue else { return false };
    let end = candidate.source.map_or(cue.end, |s| s.end.max(cue.end)).saturating_add(BEHIND).min(line.end);
    let units = cue.first.min(end)..end;
    let own = |u: &&Unit| !candidate.content.iter().any(|c| c.contains(u.span(cx.tokens)));
    cx.units[units.start as usize..units.end as usize].iter().filter(own).any(|u| u.tags.any(tags::UNPROVEN))
}

/// Whether a content stands behind an opening mark.
fn marked(cx: &Context<'_>, candidate: &Candidate) -> bool {
    cx.text[..candidate.extent().start as usize].trim_end().ends_with(['«', '“', '"'])
}

/// Whether a quotation without a cue stands right behind a statement, in its block or the next.
fn follows_a_statement(lines: &[Line], found: &[Candidate], i: usize) -> bool {
    let block = |c: &Candidate| lines[c.line as usize].block;
    i > 0 && found[i - 1].cue.is_some() && block(&found[i]) - block(&found[i - 1]) <= 1
}

/// How much of the content stands in quotation marks that open inside the statement's own line.
fn quote_kind(cx: &Context<'_>, line: &Line, candidate: &Candidate) -> QuoteKind {
    let from = line.quote.map_or(0, |q| cx.quotes[q as usize].open + 1);
    if candidate.answer {
        return QuoteKind::Direct;
    }
    let incise = line.quote.is_some() && candidate.content.len() > 1;
    let mut inside = 0u32;
    let mut outside = 0u32;
    for span in &candidate.content {
        let first = cx.tokens.partition_point(|t| t.span.end <= span.start);
        let mut at = first as u32;
        while let Some(token) = cx.tokens.get(at as usize).filter(|t| t.span.start < span.end) {
            let quoted = cx.quotes[..cx.quotes.partition_point(|q| q.open <= at)]
                .iter()
                .rev()
                .take(12)
                .any(|q| q.open >= from.saturating_sub(u32::from(incise)) && at < q.end());
            let word = token.span.of(cx.text).starts_with(char::is_alphanumeric);
            if word {
                *(if quoted { &mut inside } else { &mut outside }) += 1;
            }
            at += 1;
        }
    }
    match (inside, outside) {
        (0, _) => QuoteKind::Indirect,
        (_, 0) => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}
