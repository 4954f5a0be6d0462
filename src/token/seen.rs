//! The words read last, with what was found out about them: a text says most of its words again and again.
//!
//! Folding a word and finding it among all the forms of the language costs more than everything else the scanner does
//! with it. Invariant: an answer depends on the rules and on the letters of the word alone, so it does not matter in
//! which text it was found; the table never grows.

use crate::lexicon::LexId;
use std::ops::Range;

/// Longer words are looked up each time.
const LONGEST: usize = 24;

/// Places in the table, a power of two. Two words that fall on one place drive each other out.
const PLACES: usize = 1 << 13;

/// The letters of a word, eight bytes in each part.
type Letters = [u64; LONGEST / 8];

/// A word and what is known of it; one without letters where nothing is kept.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    letters: Letters,
    lex: LexId,
    shape: u8,
    size: u8,
}

/// The table, for one set of rules.
#[derive(Debug, Default)]
pub(super) struct Seen {
    places: Vec<Place>,
    /// The rules that the answers come from, by their number.
    of: u64,
}

impl Seen {
    /// Forgets what other rules said.
    pub(super) fn belong_to(&mut self, number: u64) {
        if self.of != number || self.places.is_empty() {
            *self = Seen { places: vec![Place::default(); PLACES], of: number };
        }
    }

    /// Lexeme and shape of the word that is these bytes of a text: as last time, or as `find` says.
    pub(super) fn of(&mut self, text: &str, word: &Range<usize>, find: impl FnOnce() -> (LexId, u8)) -> (LexId, u8) {
        if word.len() > LONGEST {
            return find();
        }
        let letters: Letters = std::array::from_fn(|part| eight(text.as_bytes(), word.start + part * 8, word.end));
        let place = &mut self.places[index(&letters)];
        let differ = place.letters.iter().zip(letters).fold(0, |bits, (kept, new)| bits | (kept ^ new));
        if differ != 0 || usize::from(place.size) != word.len() {
            let (lex, shape) = find();
            *place = Place { letters, lex, shape, size: word.len() as u8 };
        }
        (place.lex, place.shape)
    }
}

/// The eight bytes from `at` on, fewer if the word ends before, as a number.
fn eight(text: &[u8], at: usize, end: usize) -> u64 {
    let size = end.saturating_sub(at).min(8);
    match text.get(at..).and_then(<[u8]>::first_chunk) {
        _ if size == 0 => 0,
        Some(bytes) => u64::from_be_bytes(*bytes) >> (8 * (8 - size)),
        None => text[at..at + size].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    }
}

/// A multiplication carries what differs in any byte up into the highest bits.
fn index(letters: &Letters) -> usize {
    const FACTORS: Letters = [0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f, 0xd6e8_feb8_6659_fd93];
    let mixed = letters.iter().zip(FACTORS).fold(0u64, |sum, (part, factor)| sum ^ part.wrapping_mul(factor));
    (mixed >> (u64::BITS - PLACES.trailing_zeros())) as usize
}
