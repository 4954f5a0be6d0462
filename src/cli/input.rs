//! The documents to read: files, folders, standard input.
//!
//! Invariant: what cannot be read is one plain sentence that names the file and the remedy, and stops nothing else.
//! Documents are found as they are asked for, in an order that depends on names only.

use ignore::WalkBuilder;
use selon::markup;
use selon::text::decode::{self, Note};
use selon::text::garbled::{self, Mended};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Extensions of the files a folder is searched for.
const TEXTS: [&str; 3] = ["txt", "md", "sel"];
/// Extension of annotated articles.
const ANNOTATED: &str = "sel";
/// Largest document, in bytes: a document is held in memory, and its positions are 32-bit numbers.
const LARGEST: u64 = 64 << 20;

/// A document that is there to be read.
#[derive(Debug)]
pub struct Input {
    /// What it is called in reports.
    pub name: String,
    /// Its size in bytes, as far as it is known before reading.
    pub size: u64,
    /// Its file; none for standard input.
    path: Option<PathBuf>,
}

impl Input {
    /// Its file; none for standard input.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

/// A document's text.
#[derive(Debug)]
pub struct Text {
    /// The text of the file.
    pub text: String,
    /// The text to read, where the file's own is garbled.
    pub mended: Option<Mended>,
    /// What was guessed or repaired, each as a sentence.
    pub notes: Vec<String>,
}

/// All documents that the arguments name, or why there is none.
pub fn find(paths: &[PathBuf]) -> impl Iterator<Item = Result<Input, String>> {
    paths.iter().flat_map(|path| expand(path))
}

fn expand(path: &Path) -> Box<dyn Iterator<Item = Result<Input, String>>> {
    if path == Path::new("-") {
        return Box::new(std::iter::once(Ok(Input { name: "<stdin>".to_string(), size: 0, path: None })));
    }
    if !path.is_dir() {
        return Box::new(std::iter::once(Ok(file(path))));
    }
    let mut files = walk(path).filter_map(text_file).peekable();
    if files.peek().is_none() {
        let why = format!(
            "{}: holds no .txt, .md or .sel file; name a file to read it whatever its extension",
            path.display()
        );
        return Box::new(std::iter::once(Err(why)));
    }
    Box::new(files)
}

/// All that is in a folder, in the order of names, without what `.gitignore` names.
pub fn walk(folder: &Path) -> ignore::Walk {
    WalkBuilder::new(folder).require_git(false).sort_by_file_name(Ord::cmp).build()
}

fn text_file(entry: Result<ignore::DirEntry, ignore::Error>) -> Option<Result<Input, String>> {
    match entry {
        Ok(entry) => {
            let is_file = entry.file_type().is_some_and(|t| t.is_file());
            (is_file && TEXTS.iter().any(|e| has_extension(entry.path(), e))).then(|| Ok(file(entry.path())))
        }
        Err(e) => Some(Err(format!("{e}; check the name and the permissions"))),
    }
}

fn file(path: &Path) -> Input {
    let size = path.metadata().map_or(0, |m| m.len());
    Input { name: path.display().to_string(), size, path: Some(path.to_path_buf()) }
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(wanted))
}

/// Reads and decodes a document.
///
/// # Errors
/// One plain sentence, with the document's name and the remedy.
pub fn read(input: &Input) -> Result<Text, String> {
    let bytes = bytes(input).map_err(|why| format!("{}: {why}", input.name))?;
    let decoded = decode::decode(&bytes);
    let annotated = input.path.as_deref().is_some_and(|p| has_extension(p, ANNOTATED));
    let text = if annotated { unmarked(&decoded.text, &input.name)? } else { decoded.text.into_owned() };
    if text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')) {
        return Err(format!("{}: holds no text; remove it, or check that it was saved whole", input.name));
    }
    let mended = garbled::mend(&text);
    let notes = decoded.notes.into_iter().chain(mended.as_ref().map(|_| Note::Garbled));
    let notes = notes.map(|n| format!("{}: {}", input.name, n.message())).collect();
    Ok(Text { text, mended, notes })
}

fn bytes(input: &Input) -> Result<Vec<u8>, String> {
    let bytes = match &input.path {
        Some(path) => File::open(path).and_then(at_most),
        None => at_most(io::stdin().lock()),
    };
    let bytes = bytes.map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the name".to_string(),
        io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_string(),
        _ => format!("cannot be read: {e}; copy the text into a new file"),
    })?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("is larger than {} MiB; cut it into articles", LARGEST >> 20));
    }
    if decode::looks_binary(&bytes) {
        return Err("is no text but binary data; save it as plain text in UTF-8".to_string());
    }
    Ok(bytes)
}

/// Reads all, but no more than one byte above the largest size.
fn at_most(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of an annotated article as its readers saw it: no marks, no table of answers.
fn unmarked(article: &str, name: &str) -> Result<String, String> {
    let lines = article.split_inclusive('\n').take_while(|line| line.trim_end() != "===");
    let end = lines.map(str::len).sum();
    markup::parse(&article[..end]).map(|marked| marked.text).map_err(|e| {
        let line = article[..e.at].matches('\n').count() + 1;
        format!("{name}:{line}: {}", e.message)
    })
}
