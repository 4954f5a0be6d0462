//! From byte offsets to what people and other programs count: lines, columns, code points.
//!
//! Invariant: built once per document in one pass; every look-up is a binary search or a scan of at most one stride.

use crate::span::Span;

/// Code points are counted at every `STRIDE` bytes; a look-up counts the rest.
const STRIDE: usize = 256;

/// Where the lines of a text begin, and how many code points precede a byte.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
    points: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    /// Indexes a text. Lines end at `\n`; a `\r` before it belongs to the line it ends.
    pub fn new(text: &'a str) -> LineIndex<'a> {
        let mut starts = vec![0];
        let mut points = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (i, &byte) in text.as_bytes().iter().enumerate() {
            if i % STRIDE == 0 {
                points.push(count);
            }
            count += u32::from((byte as i8) >= -0x40);
            if byte == b'\n' {
                starts.push(i as u32 + 1);
            }
        }
        LineIndex { text, starts, points }
    }

    /// Code points before a byte offset that lies on a character boundary.
    pub fn code_point(&self, offset: u32) -> u32 {
        let offset = offset as usize;
        let block = (offset / STRIDE).min(self.points.len().saturating_sub(1));
        let base = self.points.get(block).copied().unwrap_or(0);
        let rest = &self.text.as_bytes()[(block * STRIDE).min(offset)..offset];
        base + rest.iter().filter(|&&b| (b as i8) >= -0x40).count() as u32
    }

    /// Line and column of a byte offset, both from 1, the column in code points. A byte order mark counts in no column.
    pub fn line_column(&self, offset: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|&s| s <= offset);
        let mut start = self.starts[line - 1];
        if line == 1 && self.text.starts_with('\u{feff}') && offset >= 3 {
            start = 3;
        }
        (line as u32, self.code_point(offset) - self.code_point(start) + 1)
    }

    /// The bytes of a line, counted from 1, without the `\n` or `\r\n` that ends it.
    pub fn line(&self, line: u32) -> Span {
        let start = self.starts[line as usize - 1];
        let Some(next) = self.starts.get(line as usize) else { return Span::new(start, self.text.len() as u32) };
        let words = &self.text[start as usize..*next as usize - 1];
        Span::new(start, start + words.strip_suffix('\r').unwrap_or(words).len() as u32)
    }
}
