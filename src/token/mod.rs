//! Stages 3 and 4: blocks become tokens, quotations and sentences.

mod address;
pub mod quote;
pub mod scan;
mod seen;
pub mod sentence;
mod word;

use crate::lexicon::LexId;
use crate::span::Span;

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub lex: LexId,
    /// How it is written: [`CAPITAL`], [`UPPER`], [`GLUED`].
    pub shape: u8,
}

/// Begins with a capital.
pub const CAPITAL: u8 = 1;
/// Two or more letters, all capitals.
pub const UPPER: u8 = 2;
/// No white space before it.
pub const GLUED: u8 = 4;

impl Token {
    /// Whether the token has this shape.
    pub fn is(&self, shape: u8) -> bool {
        self.shape & shape != 0
    }
}
