//! Which lines of which files differ from another version, as git tells it.
//!
//! Invariant: no IO; an answer of git that is not understood is an error, never a file without changes. What cannot be told
//! line by line counts as wholly changed.

use std::collections::{BTreeMap, BTreeSet};

/// What differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// First and last line of each stretch that differs, from 1, in order.
    lines: BTreeMap<String, Vec<(u32, u32)>>,
    /// Files, and folders with a `/` behind them, of which every line differs.
    whole: BTreeSet<String>,
}

/// Notes that every line of a file differs, or of all files of a folder, which is named with a `/` at its end.
pub fn add_whole(changed: &mut Changed, path: String) {
    changed.whole.insert(path);
}

/// Whether some line of `first..=last` of a file differs.
pub fn keeps(changed: &Changed, path: &str, first: u32, last: u32) -> bool {
    let folders = path.match_indices('/').map(|(i, _)| &path[..=i]);
    if changed.whole.contains(path) || folders.into_iter().any(|folder| changed.whole.contains(folder)) {
        return true;
    }
    let Some(lines) = changed.lines.get(path) else { return false };
    let behind = lines.partition_point(|&(_, end)| end < first);
    lines.get(behind).is_some_and(|&(start, _)| start <= last)
}

/// Notes what a unified diff tells, whose paths begin with `a/` and `b/` and whose files keep their names. `folder` is what
/// the paths are in, with a `/` at its end.
///
/// # Errors
/// The line that is not understood.
pub fn add_diff(changed: &mut Changed, folder: &str, diff: &[u8]) -> Result<(), String> {
    let mut file: Option<String> = None;
    let mut hunk = Hunk::default();
    for line in diff.split(|&b| b == b'\n') {
        let shown = || String::from_utf8_lossy(line).into_owned();
        let named = || file.clone().ok_or_else(shown);
        if hunk.old + hunk.new > 0 {
            if let Some(number) = hunk.take(line).ok_or_else(shown)? {
                push(changed.lines.entry(named()?).or_default(), number);
            }
        } else if let Some(names) = line.strip_prefix(b"diff --git ") {
            file = Some(format!("{folder}{}", name(names).ok_or_else(shown)?));
        } else if line.starts_with(b"diff --") {
            return Err(shown());
        } else if line.starts_with(b"@@ ") {
            hunk = header(line).ok_or_else(shown)?;
        } else if line.starts_with(b"Binary files ") {
            changed.whole.insert(named()?);
        } else if let Some(path) = line.strip_prefix(b"* Unmerged path ") {
            changed.whole.insert(format!("{folder}{}", unquoted(path).ok_or_else(shown)?));
        }
    }
    if hunk.old + hunk.new > 0 { Err("the end, in the middle of a change".to_string()) } else { Ok(()) }
}

/// What is left to read of a stretch of changes.
#[derive(Default)]
struct Hunk {
    /// Lines of the version before.
    old: u32,
    /// Lines of the version now.
    new: u32,
    /// The number of the next line now.
    at: u32,
}

impl Hunk {
    /// Takes a line; gives its number if it is new. None where it is no line of a stretch.
    fn take(&mut self, line: &[u8]) -> Option<Option<u32>> {
        let at = self.at;
        let (old, new) = match line.first() {
            Some(b'+') => (0, 1),
            Some(b'-') => (1, 0),
            Some(b' ') | None => (1, 1),
            Some(b'\\') => (0, 0),
            Some(_) => return None,
        };
        self.old = self.old.checked_sub(old)?;
        self.new = self.new.checked_sub(new)?;
        self.at = at.checked_add(new)?;
        Some((old == 0 && new == 1).then_some(at))
    }
}

fn push(lines: &mut Vec<(u32, u32)>, number: u32) {
    match lines.last_mut() {
        Some((_, last)) if *last + 1 == number => *last = number,
        _ => lines.push((number, number)),
    }
}

/// Reads `@@ -3,2 +4 @@`; a count of one is left out.
fn header(line: &[u8]) -> Option<Hunk> {
    let mut words = line.utf8_chunks().next()?.valid().split(' ');
    words.next();
    let mut range = |sign: char| {
        let range = words.next()?.strip_prefix(sign)?;
        let (start, count) = range.split_once(',').unwrap_or((range, "1"));
        Some((start.parse::<u32>().ok()?, count.parse::<u32>().ok()?))
    };
    let ((_, old), (at, new)) = (range('-')?, range('+')?);
    old.checked_add(new)?;
    Some(Hunk { old, new, at })
}

/// The path in `a/PATH b/PATH`. It is there twice, so that blanks in it do not matter.
fn name(names: &[u8]) -> Option<String> {
    let half = names.len() / 2;
    let (before, after) = (names.get(..half)?, names.get(half + 1..)?);
    let (before, after) = (unquoted(before)?, unquoted(after)?);
    let path = after.strip_prefix("b/")?;
    (before.strip_prefix("a/")? == path && names[half] == b' ').then(|| path.to_string())
}

/// A path as it is; git writes one with quotes, backslashes or control characters as C does.
fn unquoted(path: &[u8]) -> Option<String> {
    let Some(inner) = path.strip_prefix(b"\"").and_then(|p| p.strip_suffix(b"\"")) else {
        return Some(String::from_utf8_lossy(path).into_owned());
    };
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'\\' { escaped(&mut rest)? } else { byte });
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn escaped(rest: &mut impl Iterator<Item = u8>) -> Option<u8> {
    let byte = rest.next()?;
    Some(match byte {
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        b'"' | b'\\' => byte,
        b'0'..=b'3' => {
            let mut digit = || rest.next().filter(|d| (b'0'..=b'7').contains(d)).map(|d| d - b'0');
            (byte - b'0') * 64 + digit()? * 8 + digit()?
        }
        _ => return None,
    })
}
