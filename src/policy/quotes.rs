//! Checks of quotations: whose they are, and whether a reader can tell in time.
//!
//! Invariant: each walks the statements or the quotations once.

use super::book::Code;
use super::check::Hit;
use super::view::{View, extent};
use super::wording::family;
use crate::lexicon::tags;
use crate::span::Span;
use crate::statement::{QuoteKind, Statement};
use crate::status::Reason;
use rustc_hash::FxHashSet;

/// Sentences of a quotation a reader may get through before hearing who speaks.
const PATIENCE: usize = 2;
/// How far before a quotation its speaker may be named, in bytes.
const BEFORE: u32 = 400;
/// Fewer words in quotation marks are an expression, not a quotation.
const CLAUSE: usize = 7;

/// The first quotation of an article is that of somebody hidden.
pub fn first_anonymous(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let first = view.statements().find(|(_, s)| s.quote == QuoteKind::Direct);
    if let Some((i, statement)) = first.filter(|(_, s)| view.hidden(s)) {
        let named = statement.source.filter(|&s| !view.tags_in(s).any(tags::PRON));
        hits.extend(named.map(|span| Hit { span, statement: Some(i) }));
    }
}

/// Quoted sentences in a paragraph that tells of nobody who could have said them.
pub fn orphan(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let blocks: FxHashSet<usize> = view.statements().map(|(_, s)| view.block(extent(s).start)).collect();
    let titled = view.title_block().map_or(0, |title| title + 1);
    for (number, (block, &(first, end))) in view.reading.blocks.iter().zip(&view.reading.block_tokens).enumerate() {
        let spoken = |n: usize| blocks.contains(&n);
        let before = number.checked_sub(1);
        let led = before.is_some_and(|n| view.reading.blocks[n].span.of(view.text()).ends_with(':'));
        if number < titled || spoken(number) || led || before.is_some_and(spoken) {
            continue;
        }
        let quotes = &view.cx.quotes;
        let from = quotes.partition_point(|q| q.open < first);
        let own = quotes[from..].iter().take_while(|q| q.open < end);
        let Some(quote) = own.into_iter().find(|q| q.closed) else { continue };
        let Some(inner) = quote.inner(view.cx.tokens) else { continue };
        let verb = view.units_in(inner).any(|u| u.tags.has(tags::VERB | tags::FIN));
        let somebody = tags::PERSON | tags::ROLE | tags::HUMAN | tags::ORG | tags::MEDIA | tags::SPOKES | tags::GROUP;
        let outside = |s: Span| view.tags_in(s).any(somebody | tags::PRON | tags::DOC | tags::NAME | tags::URL);
        let before = Span::new(block.span.start, inner.start);
        let after = Span::new(inner.end, block.span.end);
        // A heading is quoted from what follows.
        let whole = inner.of(view.text()).ends_with(['.', '!', '?', '…']) || view.words(inner) >= 2 * CLAUSE;
        if verb && whole && view.words(inner) >= CLAUSE && !outside(before) && !outside(after) {
            hits.push(Hit { span: inner, statement: None });
        }
    }
}

/// The speaker is named only after more than two sentences of the quotation.
pub fn late(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let inner = view.reading.sentences.iter().filter(|s| s.depth > 0 && s.first < s.end);
    let span = |first: u32, end: u32| view.cx.tokens[first as usize].span.cover(view.cx.tokens[end as usize - 1].span);
    let mut quoted: Vec<Span> = inner.map(|s| span(s.first, s.end)).collect();
    quoted.sort_unstable();
    for (i, statement) in view.statements().filter(|(_, s)| s.quote == QuoteKind::Direct) {
        let content = statement.content[0];
        let Some(named) = statement.source.or(statement.cue).filter(|s| s.start > content.start) else { continue };
        // « dit-elle »: a pronoun goes on with somebody who has been named; a cry is a cry.
        let source = statement.source.filter(|&s| view.tags_in(s).any(tags::NP) && !view.tags_in(s).any(tags::PRON));
        if source.is_none() || view.rules.rules[statement.rule as usize].id.ends_with("/cry") {
            continue;
        }
        let said = Span::new(content.start, content.end.min(named.start));
        // « [...] » is no sentence.
        let says = |s: &&Span| view.units_in(**s).any(|u| u.tags.any(tags::VERB));
        let from = quoted.partition_point(|s| s.start < said.start);
        let sentences = quoted[from..].iter().take_while(|s| s.start < said.end).filter(says).count();
        if sentences > PATIENCE && !speaks_before(view, i) && !named_before(view, statement) {
            hits.push(Hit { span: first_words(view, content), statement: Some(i) });
        }
    }
}

/// Whether the statement before, in the same block or the one before, is by the same speaker.
fn speaks_before(view: &View<'_>, i: usize) -> bool {
    let all = &view.analysis.statements;
    let near = |s: &Statement| view.block(all[i].start()).abs_diff(view.block(s.start())) <= 1;
    i.checked_sub(1).is_some_and(|before| near(&all[before]) && all[before].speaker == all[i].speaker)
}

/// Whether the words right before the quotation name the speaker.
fn named_before(view: &View<'_>, statement: &Statement) -> bool {
    let Some(speaker) = &statement.speaker else { return false };
    let content = statement.content[0];
    let from = view.text().floor_char_boundary(content.start.saturating_sub(BEFORE) as usize) as u32;
    let before = Span::new(from, content.start).of(view.text());
    before.contains(family(&speaker.name))
}

/// Two quotations of different speakers with nothing between them, the second one attributed only behind its words.
pub fn merged(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let all = &view.analysis.statements;
    for (i, pair) in all.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        // Names are sure to be two people's; « le président » may be whoever spoke before.
        let name = |s: &Statement| s.source.is_some_and(|s| view.tags_in(s).any(tags::PERSON));
        let both = a.speaker.is_some() && a.speaker != b.speaker && a.reason == Reason::NamedPerson && name(b);
        let direct = a.quote == QuoteKind::Direct && b.quote == QuoteKind::Direct;
        let (first, second) = (extent(a), b.content[0]);
        // Words quoted inside somebody's words are that one's to tell.
        let inside = i > 0 && all[..i].iter().rev().take(4).any(|s| s.content.iter().any(|c| c.contains(first)));
        if !both || !direct || inside || first.end > second.start || view.block(first.start) != view.block(second.start)
        {
            continue;
        }
        let between = Span::new(first.end, second.start).of(view.text());
        let told = b.cue.is_none_or(|c| c.start < second.start);
        if !told && !between.contains(char::is_alphanumeric) {
            hits.push(Hit { span: first_words(view, second), statement: Some(i + 1) });
        }
    }
}

/// The first words of a quotation, where a reader begins to wonder.
fn first_words(view: &View<'_>, content: Span) -> Span {
    let words = content.of(view.text());
    let end = words.match_indices(char::is_whitespace).nth(5).map_or(words.len(), |(at, _)| at);
    let line = words[..end].find('\n').unwrap_or(end);
    Span::new(content.start, content.start + line as u32)
}
