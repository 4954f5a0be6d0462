//! Precision and recall on annotated articles.
//!
//! texts → [`gold::Gold`] (by [`sel`] or [`offsets`]) → analysis → [`pair`]s → figures and disagreements ([`score`], [`evaluation`]).
//! Invariant: no IO; the same articles and rules give the same figures. Work grows with the number of articles, and in
//! one article with the number of its statements times those found.

pub mod evaluation;
pub mod gold;
pub mod names;
pub mod offsets;
pub mod pair;
pub mod score;
pub mod sel;

use crate::rule::set::Rules;
use crate::text::garbled;
use crate::{Scratch, analyze};
use evaluation::Evaluation;
use gold::Gold;
use score::Tally;

/// Analyzes annotated articles and says how far the analysis agrees with them.
pub fn evaluate(rules: &Rules, articles: &[Gold]) -> Evaluation {
    let mut scratch = Scratch::default();
    let mut tally = Tally::new(rules);
    for article in articles {
        let mended = garbled::mend(&article.text);
        let mut analysis = analyze(rules, mended.as_ref().map_or(&article.text, |m| &m.text), &mut scratch);
        if let Some(mended) = &mended {
            analysis.move_spans(|span| mended.in_file(span));
        }
        tally.add(rules, article, &analysis);
    }
    tally.finish(rules)
}
