//! Where a finding is, in everything that formats count.
//!
//! Invariant: only here are bytes turned into the numbers of a format. Ends are exclusive everywhere: the end of a place is
//! the point after its last character, which may stand in a later line.
//!
//! **Lines** end at `\n`; the `\r` of `\r\n` is the last character of its line, and a lone `\r` is a character like others.
//! **Characters** are code points: a combining mark is one, and so is an emoji outside the basic plane.
//! **The byte order mark** is no character of the text (the Unicode Standard calls it a signature), and editors never show
//! it, so it counts in no column and, in SARIF, in no offset: SARIF defines offsets of the text, and its readers drop the
//! mark as they decode a file. Columns in bytes do count its three: rdjson defines them as bytes of the line, and what
//! reads them slices the raw line.

use crate::span::Span;
use crate::text::lines::LineIndex;

const MARK: char = '\u{feff}';

/// A point between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1, without the byte order mark.
    pub column: u32,
    /// Column in bytes of the line as UTF-8, from 1, with the byte order mark.
    pub byte_column: u32,
    /// Code points of the text before it, without the byte order mark.
    pub offset: u32,
}

/// A stretch of text: from `start` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Before the first character.
    pub start: Point,
    /// After the last character.
    pub end: Point,
}

/// The places of one text.
#[derive(Debug)]
pub struct Places<'a> {
    index: LineIndex<'a>,
    /// 1 where the text begins with a byte order mark.
    mark: u32,
}

impl<'a> Places<'a> {
    /// Indexes a text.
    pub fn new(text: &'a str) -> Places<'a> {
        Places { index: LineIndex::new(text), mark: u32::from(text.starts_with(MARK)) }
    }

    /// The place of a span, whose ends lie on character boundaries.
    pub fn of(&self, span: Span) -> Place {
        Place { start: self.point(span.start), end: self.point(span.end) }
    }

    /// The bytes of a line, counted from 1, without its line break.
    pub fn line(&self, line: u32) -> Span {
        self.index.line(line)
    }

    fn point(&self, offset: u32) -> Point {
        let (line, column) = self.index.line_column(offset);
        Point {
            line,
            column,
            byte_column: offset - self.index.line(line).start + 1,
            offset: self.index.code_point(offset).saturating_sub(self.mark),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Point};
    use crate::span::Span;

    fn ends(text: &str, words: &str) -> [[u32; 4]; 2] {
        let start = text.find(words).unwrap() as u32;
        let place = Places::new(text).of(Span::new(start, start + words.len() as u32));
        [place.start, place.end].map(|Point { line, column, byte_column, offset }| [line, column, byte_column, offset])
    }

    #[test]
    fn columns_count_code_points_or_bytes() {
        assert_eq!(ends("a𐐀b", "𐐀"), [[1, 2, 2, 1], [1, 3, 6, 2]]);
        assert_eq!(ends("e\u{301}té", "té"), [[1, 3, 4, 2], [1, 5, 7, 4]]);
    }

    #[test]
    fn a_place_may_end_in_a_later_line() {
        assert_eq!(ends("à\r\nla\r\nune", "la\r\nu"), [[2, 1, 1, 3], [3, 2, 2, 8]]);
        assert_eq!(ends("oui\nnon", "oui\n"), [[1, 1, 1, 0], [2, 1, 1, 4]]);
    }

    #[test]
    fn a_byte_order_mark_counts_in_bytes_only() {
        assert_eq!(ends("\u{feff}oui\nnon", "oui"), [[1, 1, 4, 0], [1, 4, 7, 3]]);
        assert_eq!(ends("\u{feff}oui\nnon", "non"), [[2, 1, 1, 4], [2, 4, 4, 7]]);
        assert_eq!(ends("\u{feff}oui", "\u{feff}oui"), [[1, 1, 1, 0], [1, 4, 7, 3]]);
    }
}
