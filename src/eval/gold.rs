//! Annotated articles: a text, and the statements that somebody found in it by hand.
//!
//! Invariant: plain data, whatever notation it came from ([`super::sel`], [`super::offsets`]); every span lies on character
//! boundaries of the text.

use crate::span::Span;
use crate::statement::QuoteKind;
use crate::status::Status;

/// An article and its statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gold {
    /// What the article is called in reports.
    pub name: String,
    /// Its text, as the analysis reads it.
    pub text: String,
    /// Its statements, in the order of the annotation.
    pub statements: Vec<GoldStatement>,
}

/// A statement as annotated. See [`crate::statement::Statement`] for the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldStatement {
    /// What is claimed: one or more spans, in text order, never empty.
    pub content: Vec<Span>,
    /// The words that say it is reported.
    pub cue: Option<Span>,
    /// Who it is put on, as written.
    pub source: Option<Span>,
    /// Who that is.
    pub speaker: Option<String>,
    /// Through whom the words came.
    pub relay: Option<String>,
    /// Who publishes the passage.
    pub outlet: Option<String>,
    /// How much of it is quoted, where the notation says so.
    pub quote: Option<QuoteKind>,
    /// Sourced, anonymous or unverified.
    pub status: Status,
}
