//! A text as the checks see it: its statements, and the words, sentences and blocks they stand in.
//!
//! Invariant: made once per text in one pass; every look-up is a binary search and a walk over what it returns.

use super::settings::Thresholds;
use crate::attribute::trim::Context;
use crate::lexicon::tags::{self, Tags};
use crate::rule::set::Rules;
use crate::span::Span;
use crate::stages::Reading;
use crate::statement::{Analysis, Statement};
use crate::status::{Reason, Status};
use crate::unit::Unit;

/// How many statements on either side may hold another one.
const NEAR: usize = 6;

/// What the checks read.
pub struct View<'a> {
    /// The rules of the language.
    pub rules: &'a Rules,
    /// The text, its words and units.
    pub cx: Context<'a>,
    /// Blocks, quotations and lines.
    pub reading: &'a Reading,
    /// Who says what.
    pub analysis: &'a Analysis,
    /// The numbers to go by.
    pub thresholds: Thresholds,
    /// Sentences that stand in no quotation, in text order.
    sentences: Vec<Span>,
    /// All units by their first byte.
    units: Vec<(u32, u32)>,
    /// The tag of those who speak for a body, or of its affairs.
    official: Tags,
}

impl<'a> View<'a> {
    /// The view of a text. `reading` and `analysis` are those of `text`.
    pub fn new(
        rules: &'a Rules,
        text: &'a str,
        reading: &'a Reading,
        analysis: &'a Analysis,
        thresholds: Thresholds,
    ) -> View<'a> {
        let cx = reading.context(rules, text);
        let span =
            |first: u32, end: u32| reading.tokens[first as usize].span.cover(reading.tokens[end as usize - 1].span);
        let outer = reading.sentences.iter().filter(|s| s.depth == 0 && s.first < s.end);
        let sentences = outer.map(|s| span(s.first, s.end)).collect();
        let mut units: Vec<(u32, u32)> =
            reading.units.iter().zip(0..).map(|(u, i)| (u.span(&reading.tokens).start, i)).collect();
        units.sort_unstable();
        let mut view = View { rules, cx, reading, analysis, thresholds, sentences, units, official: Tags::NONE };
        view.official = view.tag("official");
        view
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.cx.text
    }

    /// The units that stand within a span.
    pub fn units_in(&self, span: Span) -> impl Iterator<Item = &'a Unit> {
        let from = self.units.partition_point(|(start, _)| *start < span.start);
        let units = self.units[from..].iter().take_while(move |(start, _)| *start < span.end);
        let all = self.cx.units;
        let tokens = self.cx.tokens;
        units.map(|(_, i)| &all[*i as usize]).filter(move |u| u.span(tokens).end <= span.end)
    }

    /// So many units on either side of the one that stands at a byte, and that one.
    pub fn units_around(&self, byte: u32, beside: usize) -> impl Iterator<Item = &'a Unit> {
        let own = self.units.partition_point(|(start, _)| *start <= byte).saturating_sub(1);
        let near = own.saturating_sub(beside)..(own + beside + 1).min(self.units.len());
        let all = self.cx.units;
        self.units[near].iter().map(|(_, i)| &all[*i as usize])
    }

    /// The tags of all units within a span together.
    pub fn tags_in(&self, span: Span) -> Tags {
        self.units_in(span).fold(Tags::NONE, |all, unit| all | unit.tags)
    }

    /// The tag of this name, if any word list gives it.
    pub fn tag(&self, name: &str) -> Tags {
        self.rules.lexicon.names.get(name).unwrap_or_default()
    }

    /// The sentence that holds a byte, else an empty span there.
    pub fn sentence(&self, byte: u32) -> Span {
        let at = self.sentences.partition_point(|s| s.end <= byte);
        self.sentences.get(at).copied().filter(|s| s.start <= byte).unwrap_or(Span::new(byte, byte))
    }

    /// The sentence behind one.
    pub fn next_sentence(&self, sentence: Span) -> Option<Span> {
        let at = self.sentences.partition_point(|s| s.start < sentence.end);
        self.sentences.get(at).copied()
    }

    /// The sentences outside of quotations, in text order.
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// The number of the block that holds a byte.
    pub fn block(&self, byte: u32) -> usize {
        self.reading.blocks.partition_point(|b| b.span.end <= byte)
    }

    /// The number of the block that is the title, where the text has one.
    pub fn title_block(&self) -> Option<usize> {
        let first = self.reading.lines.first()?.block as usize;
        self.analysis.title.as_ref().map(|_| first)
    }

    /// The span of the title where the text has one, else of its first block that says something.
    pub fn head(&self) -> Option<Span> {
        let first = self.reading.lines.first()?.block as usize;
        self.reading.blocks.get(first).map(|b| b.span)
    }

    /// The first block behind the title.
    pub fn lead(&self) -> Option<Span> {
        let lead = self.title_block().map_or(0, |title| title + 1);
        self.reading.blocks.get(lead).map(|b| b.span)
    }

    /// Words of a span, as white space parts them.
    pub fn words(&self, span: Span) -> usize {
        span.of(self.text()).split_whitespace().count()
    }

    /// The folder part of a rule's id: `conditional` of `fr/conditional/state`.
    pub fn theme(&self, statement: &Statement) -> &'a str {
        self.rules.rules[statement.rule as usize].id.split('/').nth(1).unwrap_or_default()
    }

    /// Who is put forward without being told, and only because nobody may know: a « source », somebody under a promise
    /// of anonymity, « un responsable ». Witnesses, passers-by, crowds and estimates are not meant, nor are pronouns, which
    /// only go on.
    pub fn hidden(&self, statement: &Statement) -> bool {
        let Some(source) = statement.source.filter(|_| statement.status == Status::Anonymous) else { return false };
        let all = self.tags_in(source);
        let pronoun = self.units_in(source).next().is_some_and(|u| u.tags.any(tags::PRON));
        match statement.reason {
            Reason::AnonymityFormula => true,
            Reason::SourceWord => !pronoun && !self.units_in(source).next().is_some_and(|u| self.one_of(u)),
            Reason::IndefiniteSource => {
                let counted = |t: Tags| t.any(tags::NUM) || (t.any(tags::INDEF) && !t.any(tags::PLURAL));
                let role = |u: &Unit| u.tags.any(tags::ROLE | tags::SPOKES) && counted(u.tags);
                let official = |u: &Unit| u.tags.any(tags::SPOKES) || self.lexeme(u.head).any(self.official);
                let plain = |u: &Unit| role(u) && official(u) && !self.one_of(u) && !self.staff(u);
                !pronoun
                    && !self.named_behind(source)
                    && !all.any(tags::DOC | tags::GROUP)
                    && self.units_in(source).next().is_some_and(plain)
            }
            _ => false,
        }
    }

    fn lexeme(&self, token: u32) -> Tags {
        self.cx.lexicon.tags(self.cx.tokens[token as usize].lex)
    }

    /// « une des sources policières »: one of those the text has met.
    fn one_of(&self, np: &Unit) -> bool {
        let tags = |t: u32| self.lexeme(t);
        let second = np.first + 1;
        second < np.end && tags(np.first).any(tags::INDEF | tags::NUM) && tags(second).any(tags::CONTRACTED)
    }

    /// « un photographe de l'AFP »: the outlet's own eyes.
    fn staff(&self, np: &Unit) -> bool {
        (np.head + 1..np.end).any(|t| self.lexeme(t).any(tags::MEDIA))
    }

    /// « un élu, Paul Renard, »: the name stands behind.
    pub fn named_behind(&self, source: Span) -> bool {
        let rest = Span::new(source.end, self.sentence(source.start).end.max(source.end));
        let mut units = self.units_in(rest);
        let mark = units.next().is_some_and(|u| matches!(u.span(self.cx.tokens).of(self.cx.text), "," | "(" | ":"));
        mark && units.next().is_some_and(|u| u.tags.any(tags::PERSON | tags::NAME))
    }

    /// Whether a span stands in what another statement quotes or reports: it is that speaker's word then.
    pub fn told_inside(&self, statement: usize, span: Span) -> bool {
        let all = &self.analysis.statements;
        let near = statement.saturating_sub(NEAR)..(statement + NEAR).min(all.len());
        let holds = |s: &Statement| s.speaker.is_some() && s.content.iter().any(|c| c.contains(span));
        near.into_iter().any(|i| i != statement && holds(&all[i]))
    }

    /// Whether a span stands in the title.
    pub fn in_title(&self, span: Span) -> bool {
        self.title_block().is_some_and(|title| self.block(span.start) == title)
    }

    /// The statements whose cue, or else whose first byte, stands within a span, with their numbers.
    pub fn statements_in(&self, span: Span) -> impl Iterator<Item = (usize, &'a Statement)> {
        let at = |s: &Statement| s.cue.map_or(s.start(), |c| c.start);
        let all = &self.analysis.statements;
        let from = all.partition_point(|s| at(s) < span.start);
        (from..all.len()).map(move |i| (i, &all[i])).take_while(move |(_, s)| at(s) < span.end)
    }

    /// All statements, with their numbers.
    pub fn statements(&self) -> impl Iterator<Item = (usize, &'a Statement)> {
        self.analysis.statements.iter().enumerate()
    }
}

/// From the first byte of a statement to its last.
pub fn extent(statement: &Statement) -> Span {
    let mut spans = statement.content.iter().chain(&statement.cue).chain(&statement.source).copied();
    let first = spans.next().unwrap_or_default();
    spans.fold(first, Span::cover)
}
