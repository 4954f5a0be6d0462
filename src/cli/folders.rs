//! `--rules DIR`, and `rules` of the settings: the rule and word files of a newsroom.
//!
//! Invariant: files are taken in the order of their names, so that the same folder always gives the same rules.

use super::Failure;
use super::config::Desks;
use super::session::Session;
use selon::rule::load::{self, Source};
use selon::rule::set::Rules;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The subfolder that holds words.
const LEXICON: &str = "lexicon";

/// Loads the built-in rules, those of the folders asked for, and those of the settings of the working folder.
pub fn load(session: &Session) -> Result<&'static Rules, Failure> {
    Desks::new(session).of(None).map(|desk| desk.rules)
}

/// Loads the built-in rules and those of these files. They live as long as the program, which spares taking them down.
pub fn load_files(files: &[Source]) -> Result<&'static Rules, Failure> {
    let rules = load::load(files).map_err(|mistakes| Failure::Mistakes(mistakes, files.to_vec()))?;
    Ok(Box::leak(Box::new(rules)))
}

/// The files of rule folders.
pub fn files(folders: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let mut files = Vec::new();
    for folder in folders {
        read(folder, &mut files)?;
    }
    Ok(files)
}

/// The first part of the ids of a folder's rules: the folder's name.
fn theme(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    whole.file_name().map_or_else(|| "own".to_string(), |name| name.to_string_lossy().into_owned())
}

fn read(folder: &Path, out: &mut Vec<Source>) -> Result<(), Failure> {
    let refuse = |why: String| Failure::Plain(format!("{}: {why}", folder.display()));
    let theme = theme(folder);
    let rules = toml_files(folder).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => refuse("there is no such folder of rules; check the name".to_string()),
        io::ErrorKind::NotADirectory => refuse("is no folder; name the folder the rule files are in".to_string()),
        _ => refuse(format!("the folder cannot be read ({e}); check its permissions")),
    })?;
    // A folder without words is as good as one with.
    let words = toml_files(&folder.join(LEXICON)).unwrap_or_default();
    if rules.is_empty() && words.is_empty() {
        return Err(refuse(format!("holds no .toml file, nor does its `{LEXICON}` subfolder")));
    }
    for path in rules {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        out.push(source(&path, format!("{theme}/{stem}"))?);
    }
    for path in words {
        out.push(source(&path, format!("{theme}/{LEXICON}"))?);
    }
    Ok(())
}

fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|e| e == "toml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn source(path: &Path, theme: String) -> Result<Source, Failure> {
    let name = path.display().to_string();
    match fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => Ok(Source { name, theme, text }),
        Ok(Err(_)) => Err(Failure::Plain(format!("{name}: is not UTF-8; save it as UTF-8"))),
        Err(e) => Err(Failure::Plain(format!("{name}: cannot be read ({e}); check its permissions"))),
    }
}
