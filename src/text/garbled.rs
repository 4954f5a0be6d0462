//! Stage 1, second half: text that is UTF-8 read as Windows-1252 and saved as such (« prÃ©sident », « lâ€™eau »).
//!
//! Invariant: only a text with a few sequences that mean nothing else is touched. Line breaks stay, and every character
//! of the mended text stands for a stretch of the file's own, so that spans have their place there.

use crate::span::Span;

/// A text as it was meant, and where its characters stand in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The text to read.
    pub text: String,
    /// Behind every character that has another length in the file, in order.
    places: Vec<Place>,
}

/// The same point in the mended text and in the file, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    mended: u32,
    file: u32,
}

impl Mended {
    /// Where a span of the mended text stands in the text of the file.
    pub fn in_file(&self, span: Span) -> Span {
        Span::new(self.offset_in_file(span.start), self.offset_in_file(span.end))
    }

    fn offset_in_file(&self, offset: u32) -> u32 {
        let before = self.places.partition_point(|p| p.mended <= offset);
        before.checked_sub(1).map_or(offset, |i| self.places[i].file + (offset - self.places[i].mended))
    }
}

/// Sequences that must be unmistakable before a text counts as garbled.
const FEW: usize = 3;
/// How often a text may have been garbled, one time on top of the other.
const DEEPEST: usize = 3;
/// What unmistakable sequences begin with in French: accented letters, « » and spaces, apostrophes and dashes.
const LEADS: [char; 3] = ['Ã', 'Â', 'â'];
/// The characters of Windows-1252 for the bytes 0x80 to 0x9F. Five bytes have none and stay what they are in Latin-1.
const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
const HIGH_FROM: u8 = 0x80;

/// The text as it was meant, if it is garbled.
pub fn mend(text: &str) -> Option<Mended> {
    if !is_garbled(text) {
        return None;
    }
    let mut letters = letters(text);
    let mut text = mend_once(&mut letters);
    for _ in 1..DEEPEST {
        if !is_garbled(&text) {
            break;
        }
        text = mend_once(&mut letters);
    }
    Some(Mended { text, places: places(&letters) })
}

/// A name as it was meant. One that is not garbled stays as it is: what « Ã© » and its like stand for is in no French name.
pub fn mend_name(name: &str) -> String {
    mend_once(&mut letters(name))
}

fn letters(text: &str) -> Vec<Letter> {
    text.chars().map(|c| Letter { c, length: c.len_utf8() as u32 }).collect()
}

/// A character, and the bytes it has in the file.
#[derive(Clone, Copy)]
struct Letter {
    c: char,
    length: u32,
}

/// Whether there are a few unmistakable sequences. Looks closely only at what begins with a lead, which is rare.
fn is_garbled(text: &str) -> bool {
    let begin = |lead: char| text.match_indices(lead).filter(|(i, _)| unmistakable(text[*i..].chars()));
    LEADS.into_iter().flat_map(begin).take(FEW).count() == FEW
}

/// Whether a sequence begins here that clean text has not. A capital Ã may well end a word before a mark: « IRMÃ».
fn unmistakable(chars: std::str::Chars<'_>) -> bool {
    let mark = |c: char| matches!(c, '«' | '»' | '“' | '”' | '‘' | '’' | '…' | '–' | '—' | '\u{a0}');
    let mut two = chars.clone();
    let capital = two.next() == Some('Ã') && two.next().is_some_and(mark);
    !capital && sequence(chars).is_some()
}

/// Puts right what was garbled last, in place; gives the text.
fn mend_once(letters: &mut Vec<Letter>) -> String {
    let (mut at, mut kept) = (0, 0);
    while at < letters.len() {
        let in_capitals = matches!(letters[..kept], [.., a, b] if a.c.is_uppercase() && b.c.is_uppercase());
        let rest = letters[at..].iter().map(|l| l.c);
        let found = sequence(rest.clone()).or_else(|| worn(rest, in_capitals));
        let (c, count) = found.unwrap_or((letters[at].c, 1));
        let length = letters[at..at + count].iter().map(|l| l.length).sum();
        letters[kept] = Letter { c, length };
        at += count;
        kept += 1;
    }
    letters.truncate(kept);
    letters.iter().map(|l| l.c).collect()
}

/// What the characters stand for when they are bytes of UTF-8 in truth, and how many of them.
fn sequence(mut chars: impl Iterator<Item = char>) -> Option<(char, usize)> {
    let lead = byte(chars.next()?)?;
    let count = match lead {
        0xc2..=0xc6 | 0xcb | 0xcc => 2,
        0xe2 | 0xef => 3,
        0xf0 => 4,
        _ => return None,
    };
    let mut bytes = [lead; 4];
    for b in &mut bytes[1..count] {
        *b = byte(chars.next()?)?;
    }
    let meant = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    match meant {
        // A byte of Windows-1252 taken for Latin-1 on the way.
        '\u{80}'..='\u{9f}' => HIGH.chars().nth(meant as usize - HIGH_FROM as usize).map(|c| (c, count)),
        _ => in_use(meant).then_some((meant, count)),
    }
}

/// Whether the press uses a character, or uses one that is garbled to it. Others are more likely clean text.
fn in_use(c: char) -> bool {
    let letter = matches!(c, '\u{a0}'..='\u{17f}' | 'ƒ' | 'ˆ' | '˜');
    let accent = matches!(c, '\u{300}'..='\u{302}' | '\u{308}' | '\u{327}');
    let sign = matches!(c, '\u{2000}'..='\u{22ff}' | '\u{fe0f}' | '\u{feff}' | '\u{fffd}' | '\u{1f000}'..='\u{1faff}');
    letter || accent || sign
}

/// The byte that stands for a character in Windows-1252, or in Latin-1.
fn byte(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{7f}' => None,
        '\u{80}'..='\u{ff}' => Some(c as u8),
        _ => HIGH.chars().position(|h| h == c).map(|i| HIGH_FROM + i as u8),
    }
}

/// Sequences whose last character was taken for white space, and made a plain space or dropped, or has no sign: « Ã »
/// for « à », « Â » for a no-break space, « â€ » for « ” ». A clean word in capitals may end in « Ã ».
fn worn(mut chars: impl Iterator<Item = char>, in_capitals: bool) -> Option<(char, usize)> {
    let (first, second, third) = (chars.next()?, chars.next(), chars.next());
    let spaced = second.is_none_or(char::is_whitespace);
    // The space is one of the sequence's own where no word follows it: « Ã , », « lÃ -bas ».
    let own_space =
        || second == Some(' ') && third.is_some_and(|c| c.is_whitespace() || matches!(c, ',' | '.' | ')' | '-'));
    match (first, second) {
        ('â', Some('€')) => Some(('”', 2)),
        ('Â', Some(' ')) if spaced => Some(('\u{a0}', 2)),
        ('Â', _) if spaced => Some(('\u{a0}', 1)),
        ('Ã', _) if spaced && !in_capitals => Some(('à', if own_space() { 2 } else { 1 })),
        _ => None,
    }
}

fn places(letters: &[Letter]) -> Vec<Place> {
    let mut at = Place { mended: 0, file: 0 };
    let mut places = Vec::new();
    for letter in letters {
        let length = letter.c.len_utf8() as u32;
        at = Place { mended: at.mended + length, file: at.file + letter.length };
        if length != letter.length {
            places.push(at);
        }
    }
    places
}
