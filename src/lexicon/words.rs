//! Words by their letters.
//!
//! Every start of the program lists a hundred thousand forms anew, so a word is hashed and looked for once, whether it is
//! found or added, and gets no allocation of its own. Invariant: entries stand in the order in which they were added; none
//! is ever removed.

use super::LexId;
use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::ops::Range;

/// Bytes of a word, on the whole.
const USUAL_BYTES: usize = 11;

/// The lexeme of each word listed.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The words one behind the other.
    letters: String,
    entries: Vec<Entry>,
    /// An open table: a power of two of places, at least a quarter of them free; a word stands at the place its hash
    /// names or in the next free one.
    slots: Vec<Slot>,
}

/// A word: where its letters end, which begin where those of the one before end, and its lexeme.
#[derive(Clone, Copy, Debug)]
struct Entry {
    end: u32,
    lex: LexId,
}

/// Hash of a word and number of its entry, counted from one; zero where the place is free.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u32,
    entry: u32,
}

impl Words {
    /// A table with room for so many words.
    pub(super) fn with_capacity(words: usize) -> Words {
        let slots = vec![Slot::default(); (words * 4 / 3).next_power_of_two()];
        Words { letters: String::with_capacity(words * USUAL_BYTES), entries: Vec::with_capacity(words), slots }
    }

    /// The lexeme of this word, if it is listed.
    pub(super) fn get(&self, word: &str) -> Option<LexId> {
        if self.slots.is_empty() {
            return None;
        }
        match self.slots[self.place(word, hash(word))].entry {
            0 => None,
            entry => Some(self.entries[entry as usize - 1].lex),
        }
    }

    /// The lexeme of this word, which becomes `lex` if it is not listed yet.
    pub(super) fn add(&mut self, word: &str, lex: LexId) -> LexId {
        if (self.entries.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let hash = hash(word);
        let place = self.place(word, hash);
        match self.slots[place].entry {
            0 => {
                self.letters.push_str(word);
                self.entries.push(Entry { end: self.letters.len() as u32, lex });
                self.slots[place] = Slot { hash, entry: self.entries.len() as u32 };
                lex
            }
            entry => self.entries[entry as usize - 1].lex,
        }
    }

    /// All words and their lexemes, in the order in which they were added.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, LexId)> {
        self.entries.iter().enumerate().map(|(i, entry)| (&self.letters[self.range(i)], entry.lex))
    }

    /// Where the letters of this entry stand.
    fn range(&self, entry: usize) -> Range<usize> {
        let start = if entry == 0 { 0 } else { self.entries[entry - 1].end };
        start as usize..self.entries[entry].end as usize
    }

    /// The place of this word, or the free one where it would stand. The table must have places.
    fn place(&self, word: &str, hash: u32) -> usize {
        let is_it = |entry: u32| self.letters.as_bytes()[self.range(entry as usize - 1)] == *word.as_bytes();
        let last = self.slots.len() - 1;
        let mut place = hash as usize & last;
        loop {
            let slot = self.slots[place];
            if slot.entry == 0 || slot.hash == hash && is_it(slot.entry) {
                return place;
            }
            place = (place + 1) & last;
        }
    }

    fn grow(&mut self) {
        let larger = vec![Slot::default(); (self.slots.len() * 2).max(16)];
        let last = larger.len() - 1;
        for slot in std::mem::replace(&mut self.slots, larger).into_iter().filter(|slot| slot.entry != 0) {
            let mut place = slot.hash as usize & last;
            while self.slots[place].entry != 0 {
                place = (place + 1) & last;
            }
            self.slots[place] = slot;
        }
    }
}

fn hash(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish() as u32
}
