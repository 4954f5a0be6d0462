//! What the analysis gives: statements, as plain data.

use crate::span::Span;
use crate::status::{Reason, Status};
use serde::{Deserialize, Serialize};

/// How much of a content stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// All of it.
    Direct,
    /// Part of it.
    Mixed,
    /// None of it.
    Indirect,
}

/// What kind of speaker somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// A person, named or described.
    Person,
    /// People in number.
    Group,
    /// An organisation or institution, or a place that stands for one.
    Organisation,
    /// An outlet, agency or platform.
    Media,
    /// A document, study or poll.
    Document,
}

/// Who speaks, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name the document gives, or its description.
    pub name: String,
    /// What kind of speaker.
    pub kind: SpeakerKind,
}

/// One attribution relation: a claim, and who it is put on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What is claimed: one or more spans, in text order, never empty.
    pub content: Vec<Span>,
    /// The words that say it is reported. None for a quotation without any.
    pub cue: Option<Span>,
    /// Who it is put on, as written.
    pub source: Option<Span>,
    /// Who that is.
    pub speaker: Option<Speaker>,
    /// Through whom the words came.
    pub relay: Option<String>,
    /// Who publishes the passage.
    pub outlet: Option<String>,
    /// How much of it is quoted.
    pub quote: QuoteKind,
    /// Sourced, anonymous or unverified.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// Number of the rule that found it.
    pub rule: u16,
}

impl Statement {
    /// Where the statement begins: the first byte of its content, cue or source.
    pub fn start(&self) -> u32 {
        let spans = self.content.iter().chain(&self.cue).chain(&self.source);
        spans.map(|s| s.start).min().unwrap_or_default()
    }
}

/// What a document says, and who says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// The statements, in the order in which their cues stand.
    pub statements: Vec<Statement>,
    /// The title: the first block, where it is none of the paragraphs.
    pub title: Option<String>,
    /// Who publishes the document.
    pub outlet: Option<String>,
}

impl Analysis {
    /// Moves every span, to where it stands in another form of the text.
    pub fn move_spans(&mut self, to: impl Fn(Span) -> Span) {
        for statement in &mut self.statements {
            let Statement { content, cue, source, .. } = statement;
            content.iter_mut().chain(cue).chain(source).for_each(|span| *span = to(*span));
        }
    }
}
