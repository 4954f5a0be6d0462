//! Stage 1: bytes → text.
//!
//! Invariant: decoding never fails; bytes that mean nothing become U+FFFD and a note says so. After this stage,
//! which [`super::garbled`] completes, the text never changes. A byte order mark stays in the text as its first
//! character, so that offsets count the file's own code points; no later stage gives it a meaning.

use std::borrow::Cow;

/// What had to be repaired or guessed while decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Not valid UTF-8 and no byte order mark: read as Windows-1252 (WHATWG Encoding Standard).
    Windows1252,
    /// Read as UTF-16, by its byte order mark.
    Utf16,
    /// Some bytes have no meaning in the encoding and were replaced by U+FFFD.
    Replaced,
    /// Characters were garbled before the file was written, and are read as they were meant ([`super::garbled`]).
    Garbled,
}

impl Note {
    /// One plain sentence for the user.
    pub fn message(self) -> &'static str {
        match self {
            Note::Windows1252 => "not UTF-8: read as Windows-1252",
            Note::Utf16 => "read as UTF-16, by its byte order mark",
            Note::Replaced => {
                "some bytes are no characters of its encoding; each stands as U+FFFD, save the file anew to mend them"
            }
            Note::Garbled => {
                "holds garbled characters (« Ã© » for « é »), read as they were meant; positions and quoted text in JSON \
                 are those of the file"
            }
        }
    }
}

/// The text of a file and what happened to it.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text; borrowed where the bytes were UTF-8 already.
    pub text: Cow<'a, str>,
    /// What was guessed or repaired, for the user.
    pub notes: Vec<Note>,
}

/// Reads bytes as UTF-8 (with or without a byte order mark), UTF-16 with a byte order mark, else Windows-1252.
///
/// The first bytes that are not ASCII decide between UTF-8 and Windows-1252, so that one damaged character does not
/// make a UTF-8 file unreadable.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, skip)) = utf16(bytes) {
        let (text, replaced) = encoding.decode_without_bom_handling(&bytes[skip..]);
        let mut notes = vec![Note::Utf16];
        notes.extend(replaced.then_some(Note::Replaced));
        return Decoded { text: Cow::Owned(format!("\u{feff}{text}")), notes };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), notes: Vec::new() },
        Err(damage) if !bytes[..damage.valid_up_to()].is_ascii() => {
            Decoded { text: String::from_utf8_lossy(bytes), notes: vec![Note::Replaced] }
        }
        Err(_) => {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
            Decoded { text, notes: vec![Note::Windows1252] }
        }
    }
}

/// Whether the bytes look like no text at all: a NUL byte in the first 8 KiB, outside UTF-16 with a byte order mark.
pub fn looks_binary(bytes: &[u8]) -> bool {
    utf16(bytes).is_none() && bytes[..bytes.len().min(8192)].contains(&0)
}

/// The UTF-16 encoding that the byte order mark names, and the length of the mark.
fn utf16(bytes: &[u8]) -> Option<(&'static encoding_rs::Encoding, usize)> {
    let wide = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE];
    encoding_rs::Encoding::for_bom(bytes).filter(|(encoding, _)| wide.contains(encoding))
}
