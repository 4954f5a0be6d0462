//! `--diff REF`: the lines of drafts that differ from a git revision.
//!
//! Invariant: the revision is an argument of git and never an option or a word of a shell; paths are compared whole.

use super::Failure;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lines that differ, by file.
#[derive(Debug, Default)]
pub struct Changed {
    /// Ranges of lines from 1, in order; a file that git does not know yet differs in all.
    lines: HashMap<PathBuf, Vec<RangeInclusive<u32>>>,
}

/// What differs from a revision among the files and folders named.
///
/// # Errors
/// One sentence: no git, no repository, no such revision.
pub fn changed(revision: &str, paths: &[PathBuf]) -> Result<Changed, Failure> {
    if revision.starts_with('-') || revision.is_empty() {
        return Err(Failure::Plain(format!("--diff {revision}: is no revision; name a branch, a tag or a commit")));
    }
    let mut changed = Changed::default();
    let mut roots: Vec<PathBuf> = Vec::new();
    for path in paths.iter().filter(|p| **p != Path::new("-")) {
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(Path::new("")) };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let root = git(folder, &["rev-parse", "--show-toplevel"]);
        let root = PathBuf::from(root.map_err(|why| outside(path, &why))?.trim_end_matches('\n'));
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    for root in roots {
        read(revision, &root, &mut changed)?;
    }
    Ok(changed)
}

/// Whether any of these lines of a file differs.
pub fn keeps(changed: &Changed, path: &Path, first: u32, last: u32) -> bool {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let touches = |range: &RangeInclusive<u32>| *range.start() <= last && first <= *range.end();
    changed.lines.get(&whole).is_some_and(|ranges| ranges.iter().any(touches))
}

fn read(revision: &str, root: &Path, changed: &mut Changed) -> Result<(), Failure> {
    let known = git(root, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]);
    known.map_err(|_| {
        let place = root.display();
        Failure::Plain(format!("--diff {revision}: {place} has no such revision; fetch it, or name another one"))
    })?;
    let ask = ["-c", "core.quotePath=false", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames"];
    let ask: Vec<&str> = ask.into_iter().chain(["--src-prefix=a/", "--dst-prefix=b/", revision, "--"]).collect();
    let refuse =
        |why: String| Failure::Plain(format!("--diff {revision}: git says: {why}; run it by hand to see more"));
    for (name, ranges) in hunks(&git(root, &ask).map_err(refuse)?) {
        changed.lines.entry(real(root, &name)).or_default().extend(ranges);
    }
    let new = git(root, &["ls-files", "--others", "--exclude-standard", "-z"]).map_err(refuse)?;
    for name in new.split('\0').filter(|n| !n.is_empty()) {
        changed.lines.insert(real(root, name), vec![1..=u32::MAX]);
    }
    Ok(())
}

fn real(root: &Path, name: &str) -> PathBuf {
    let path = root.join(name);
    path.canonicalize().unwrap_or(path)
}

fn outside(path: &Path, why: &str) -> Failure {
    let path = path.display();
    Failure::Plain(format!("{path}: --diff needs a git repository ({}); leave --diff out", why.trim()))
}

/// Runs git in a folder; its output, or what it says went wrong.
fn git(folder: &Path, args: &[&str]) -> Result<String, String> {
    let run = Command::new("git").arg("-C").arg(folder).args(args).output();
    let run = run.map_err(|e| format!("git cannot be run: {e}"))?;
    if run.status.success() {
        return Ok(String::from_utf8_lossy(&run.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&run.stderr);
    Err(said.lines().next().unwrap_or("it failed without a word").to_string())
}

/// The files of a diff and the lines that are new in each: « +++ b/NAME », then « @@ -12,3 +14,2 @@ ».
fn hunks(diff: &str) -> Vec<(String, Vec<RangeInclusive<u32>>)> {
    let mut files: Vec<(String, Vec<RangeInclusive<u32>>)> = Vec::new();
    // Lines of a hunk may look like heads; they are counted, not read.
    let mut inside = 0u32;
    for line in diff.lines() {
        if inside > 0 && line.starts_with(['+', '-']) {
            inside -= 1;
            continue;
        }
        if let Some(name) = line.strip_prefix("+++ ") {
            files.push((unquoted(name.trim_end_matches('\t')), Vec::new()));
        } else if let Some((old, new)) = line.strip_prefix("@@ -").and_then(|rest| rest.split_once(" +")) {
            let (_, gone) = numbers(old);
            let (first, count) = numbers(new);
            inside = gone + count;
            if let Some((_, ranges)) = files.last_mut().filter(|_| count > 0) {
                ranges.push(first..=first + count - 1);
            }
        }
    }
    files
}

/// « 14,2 » → 14 and 2; « 14 » → 14 and 1.
fn numbers(text: &str) -> (u32, u32) {
    let text = text.split(' ').next().unwrap_or_default();
    let (first, count) = text.split_once(',').unwrap_or((text, "1"));
    (first.parse().unwrap_or(0), count.parse().unwrap_or(0))
}

/// A name as the disk has it: git writes odd ones as « "b/a\tb" ».
fn unquoted(name: &str) -> String {
    let Some(quoted) = name.strip_prefix('"').and_then(|n| n.strip_suffix('"')) else {
        return name.strip_prefix("b/").unwrap_or(name).to_string();
    };
    let mut bytes = Vec::with_capacity(quoted.len());
    let mut rest = quoted.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b't') => bytes.push(b'\t'),
            Some(b'n') => bytes.push(b'\n'),
            Some(digit @ b'0'..=b'3') => {
                let octal = rest.by_ref().take(2).fold(u32::from(digit - b'0'), |n, d| n * 8 + u32::from(d & 7));
                bytes.push(octal as u8);
            }
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    let name = String::from_utf8_lossy(&bytes).into_owned();
    name.strip_prefix("b/").map_or(name.clone(), str::to_string)
}

#[cfg(test)]
mod tests {
    use super::{hunks, unquoted};

    #[test]
    fn new_lines_are_counted_and_what_looks_like_a_head_is_not_one() {
        let diff = "diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n@@ -2 +2,2 @@\n-old\n+++ b/y.md\n+new\n\
                    @@ -9,3 +11,0 @@\n-a\n-b\n-c\n\\ No newline at end of file\n\
                    diff --git a/z.md b/z.md\n--- /dev/null\n+++ b/z.md\n@@ -0,0 +1,3 @@\n+1\n+2\n+3\n";
        let found = hunks(diff);
        assert_eq!(found, [("x.md".to_string(), vec![2..=3]), ("z.md".to_string(), vec![1..=3])]);
    }

    #[test]
    fn odd_names_are_read_as_they_are() {
        assert_eq!(unquoted("b/été brouillon.md"), "été brouillon.md");
        assert_eq!(unquoted("\"b/a\\tb\\303\\251.md\""), "a\tbé.md");
    }
}
