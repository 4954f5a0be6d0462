//! Units → spans: what belongs to a content or a source, and what only stands at its edge.
//!
//! Invariant: trimming only shortens, and never to nothing unless nothing but marks was captured.

use super::candidate::Stretch;
use crate::lexicon::Lexicon;
use crate::lexicon::tags;
use crate::span::Span;
use crate::token::Token;
use crate::token::quote::{NONE, Quote};
use crate::unit::Unit;

/// The document as far as trimming reads it.
pub struct Context<'a> {
    /// The document's text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its quotations.
    pub quotes: &'a [Quote],
    /// For each token, the quotation that opens there.
    pub opens: &'a [u32],
    /// Its units.
    pub units: &'a [Unit],
    /// What the words are.
    pub lexicon: &'a Lexicon,
}

impl<'a> Context<'a> {
    /// The words of a unit.
    pub fn words(&self, unit: &Unit) -> &'a str {
        unit.span(self.tokens).of(self.text)
    }

    /// The words of the unit of this number; none behind the last unit.
    pub fn words_at(&self, unit: u32) -> &'a str {
        self.units.get(unit as usize).map_or("", |u| self.words(u))
    }
}

/// The span of a content: without marks and outer quotation marks at its edges.
pub fn content(cx: &Context<'_>, stretch: Stretch) -> Option<Span> {
    let units = stretch.of(cx.units);
    content_tokens(cx, units.first()?.first, units.last()?.end)
}

/// The same for the tokens `first..end`.
pub fn content_tokens(cx: &Context<'_>, mut first: u32, mut end: u32) -> Option<Span> {
    while first < end && is_edge(cx, first) {
        first += 1;
    }
    // What a post links to behind its words is none of them.
    let link = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex).any(tags::URL);
    while first < end && (is_edge(cx, end - 1) && !ends_bracket(cx, first, end) || (end > first + 1 && link(end - 1))) {
        end -= 1;
    }
    if first >= end {
        return None;
    }
    match quote_at(cx, first) {
        Some(quote) if quote.end() == end && quote.close > quote.open + 1 => quote.inner(cx.tokens),
        _ => Some(span(cx, first, end)),
    }
}

/// The span of a source: without marks at its edges, its inverted pronoun without hyphens.
pub fn source(cx: &Context<'_>, stretch: Stretch) -> Option<Span> {
    let units = stretch.of(cx.units);
    let (mut first, mut end) = (units.first()?.first, units.last()?.end);
    while first < end && is_mark(cx, first) {
        first += 1;
    }
    while first < end && is_mark(cx, end - 1) && !ends_bracket(cx, first, end) {
        end -= 1;
    }
    (first < end).then(|| pronoun(cx.text, span(cx, first, end)))
}

/// The span of a cue, as captured.
pub fn cue(cx: &Context<'_>, stretch: Stretch) -> Option<Span> {
    let units = stretch.of(cx.units);
    Some(span(cx, units.first()?.first, units.last()?.end))
}

/// The pronoun that stands behind the verb of a cue (« a-t-il dit »), as a unit of its own kind.
pub fn inverted(cx: &Context<'_>, cue: Stretch) -> Option<(u32, Span)> {
    // « est-il écrit »: nobody.
    if cue.of(cx.units).iter().any(|u| u.tags.has(tags::VERB | tags::PASS | tags::INV)) {
        return None;
    }
    let tokens = cue.of(cx.units).iter().flat_map(|u| u.first..u.end);
    let at = tokens.into_iter().find(|&t| {
        let tags = cx.lexicon.tags(cx.tokens[t as usize].lex);
        tags.any(tags::INV) && tags.any(tags::PRON) && !tags.any(tags::ON)
    })?;
    Some((at, pronoun(cx.text, cx.tokens[at as usize].span)))
}

fn span(cx: &Context<'_>, first: u32, end: u32) -> Span {
    cx.tokens[first as usize].span.cover(cx.tokens[end as usize - 1].span)
}

fn quote_at<'a>(cx: &Context<'a>, token: u32) -> Option<&'a Quote> {
    let id = cx.opens[token as usize];
    (id != NONE).then(|| &cx.quotes[id as usize])
}

fn pronoun(text: &str, span: Span) -> Span {
    let word = span.of(text);
    let start = if word.starts_with('-') { word.rfind('-').map_or(0, |i| i + 1) } else { 0 };
    Span::new(span.start + start as u32, span.end)
}

fn first_char(cx: &Context<'_>, token: u32) -> char {
    cx.tokens[token as usize].span.of(cx.text).chars().next().unwrap_or(' ')
}

/// Marks that never belong to what they stand beside.
pub fn is_mark(cx: &Context<'_>, token: u32) -> bool {
    matches!(first_char(cx, token), ',' | ';' | ':' | '.' | '…' | '-' | '–' | '—' | '|' | '(' | ')' | '[' | ']')
        && cx.lexicon.tags(cx.tokens[token as usize].lex).any(tags::STOP) | !first_char(cx, token).is_alphanumeric()
        && quote_at(cx, token).is_none()
}

/// Marks at the edge of a content that do not belong to it; a question or exclamation mark does.
fn is_edge(cx: &Context<'_>, token: u32) -> bool {
    let stray = matches!(first_char(cx, token), '»' | '«' | '“' | '”' | '"')
        && quote_at(cx, token).is_none()
        && !closes(cx, token);
    (is_mark(cx, token) && !opens_bracket(cx, token)) || stray
}

/// Whether a token is the closing mark of a quotation.
fn closes(cx: &Context<'_>, token: u32) -> bool {
    let at = cx.quotes.partition_point(|q| q.open < token);
    cx.quotes[..at].iter().rev().take(8).any(|q| q.closed && q.close == token)
}

fn opens_bracket(cx: &Context<'_>, token: u32) -> bool {
    matches!(first_char(cx, token), '(' | '[')
}

/// Whether the last token closes a bracket that opens inside.
fn ends_bracket(cx: &Context<'_>, first: u32, end: u32) -> bool {
    let open = match first_char(cx, end - 1) {
        ')' => '(',
        ']' => '[',
        _ => return false,
    };
    (first..end - 1).rev().take(60).any(|t| first_char(cx, t) == open)
}
