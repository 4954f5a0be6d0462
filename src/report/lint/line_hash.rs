//! The hash by which GitHub knows a line of a file again: `primaryLocationLineHash`.
//!
//! GitHub computes it for reports that come without, by the algorithm here, and warns of one that differs. It hashes the
//! 100 UTF-16 units from the beginning of a line on that are no space or tab, a byte order mark included, in 64 bits, with
//! a running number for lines that hash the same. Invariant: one pass over the text, a window of 100 units.

use rustc_hash::FxHashMap;

const WINDOW: usize = 100;
const BASE: u64 = 37;
/// Stands for the end of the file.
const END: u16 = u16::MAX;

/// The hash of every line of a text, from line 1 on: `hash:number`.
pub(super) fn line_hashes(text: &str) -> Vec<String> {
    let mut rolling = Rolling::default();
    let mut units = text.encode_utf16().peekable();
    while let Some(unit) = units.next() {
        match unit {
            0x20 | 0x09 => {}
            0x0d if units.peek() == Some(&0x0a) => {}
            // A `\r` alone ends no line here, but hashes as if it did.
            0x0d => rolling.take(0x0a, false),
            0x0a => rolling.take(0x0a, true),
            unit => rolling.take(unit, false),
        }
    }
    rolling.take(END, false);
    rolling.flush();
    rolling.hashes
}

struct Rolling {
    hash: u64,
    window: [u16; WINDOW],
    /// Which places of the window hold the first unit of a line.
    first: [bool; WINDOW],
    at: usize,
    line_begins: bool,
    seen: FxHashMap<u64, u32>,
    hashes: Vec<String>,
}

impl Default for Rolling {
    fn default() -> Rolling {
        Rolling {
            hash: 0,
            window: [0; WINDOW],
            first: [false; WINDOW],
            at: 0,
            line_begins: true,
            seen: FxHashMap::default(),
            hashes: Vec::new(),
        }
    }
}

impl Rolling {
    fn take(&mut self, unit: u16, ends_line: bool) {
        self.give();
        self.first[self.at] = std::mem::replace(&mut self.line_begins, ends_line);
        self.push(unit);
    }

    /// Gives the hash of the line that began a window ago.
    fn give(&mut self) {
        if std::mem::take(&mut self.first[self.at]) {
            let number = self.seen.entry(self.hash).or_default();
            *number += 1;
            self.hashes.push(format!("{:x}:{number}", self.hash));
        }
    }

    fn push(&mut self, unit: u16) {
        let gone = u64::from(std::mem::replace(&mut self.window[self.at], unit));
        let weight = BASE.wrapping_pow(WINDOW as u32);
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(u64::from(unit)).wrapping_sub(weight.wrapping_mul(gone));
        self.at = (self.at + 1) % WINDOW;
    }

    fn flush(&mut self) {
        for _ in 0..WINDOW {
            self.give();
            self.push(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::line_hashes;

    #[test]
    fn hashes_are_those_github_computes() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        let four = ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"];
        assert_eq!(line_hashes(" a\nb\n  \t\tc\n d"), four);
        assert_eq!(line_hashes(" a\r\nb\r\n  \t\tc\r\n d"), four);
    }

    #[test]
    fn every_line_has_a_hash_and_equal_ones_differ() {
        let text = "mot\n".repeat(300);
        let hashes = line_hashes(&text);
        assert_eq!(hashes.len(), 301);
        let mut different = hashes.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), 301);
    }
}
