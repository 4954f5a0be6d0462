//! What is wrong in a file somebody wrote: a rule, a lexicon, an annotated article.
//!
//! Invariant: plain data. A loader collects all its diagnostics and returns them together; only the command line prints.

use crate::span::Span;

/// One mistake, with the place and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of the kind of mistake, in kebab-case.
    pub code: &'static str,
    /// The file, as the loader was given its name.
    pub file: String,
    /// Bytes of the file that are at fault.
    pub span: Span,
    /// What is wrong, one line.
    pub message: String,
    /// What to do, one line.
    pub help: String,
}

impl Diagnostic {
    /// A diagnostic at a byte range of a file.
    pub fn new(
        code: &'static str,
        file: &str,
        span: std::ops::Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            code,
            file: file.to_string(),
            span: Span::new(span.start as u32, span.end.max(span.start) as u32),
            message: message.into(),
            help: help.into(),
        }
    }

    /// A TOML syntax or schema error, as a diagnostic.
    pub fn from_toml(file: &str, error: &toml::de::Error) -> Diagnostic {
        Diagnostic::new(
            "toml",
            file,
            error.span().unwrap_or(0..0),
            error.message().to_string(),
            "see CONTRIBUTING.md for the shape of rule and lexicon files",
        )
    }
}
