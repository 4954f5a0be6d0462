//! The settings that hold for a file: `--config FILE`, or the nearest `selon.toml` above it.
//!
//! Invariant: a folder is looked at once, and every settings file read once, whatever the number of documents. The search
//! ends at a folder that holds `.git`: what lies above it is another matter.

use super::session::Session;
use super::{Failure, folders};
use selon::config::date::Date;
use selon::config::parse::parse;
use selon::config::{Config, relative, words};
use selon::policy::book::BUILT_IN as POLICY;
use selon::rule::load::Source;
use selon::rule::set::Rules;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// The names of a settings file.
pub const NAMES: [&str; 2] = ["selon.toml", ".selon.toml"];

/// Which settings are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Those nearest to each file.
    Nearest,
    /// Those of this file, for all.
    File(PathBuf),
    /// None.
    None,
}

/// What holds for the files of a folder.
#[derive(Debug)]
pub struct Desk {
    /// The settings; where there are none, those that change nothing.
    pub config: Config,
    /// The folder that paths in the settings start from.
    pub folder: PathBuf,
    /// The built-in rules with those of the settings and of `--rules`.
    pub rules: &'static Rules,
}

/// The settings found so far.
#[derive(Debug)]
pub struct Desks<'a> {
    session: &'a Session,
    /// By settings file; by none, where there is none.
    by_file: HashMap<Option<PathBuf>, Arc<Desk>>,
    /// The settings file that holds in each folder looked at.
    by_folder: HashMap<PathBuf, Option<PathBuf>>,
}

impl Desks<'_> {
    /// Nothing found yet.
    pub fn new(session: &Session) -> Desks<'_> {
        Desks { session, by_file: HashMap::new(), by_folder: HashMap::new() }
    }

    /// What holds for a document; none stands for standard input, which takes the settings of the working folder.
    pub fn of(&mut self, document: Option<&Path>) -> Result<Arc<Desk>, Failure> {
        let file = match &self.session.settings {
            Choice::None => None,
            Choice::File(file) => Some(file.clone()),
            Choice::Nearest => self.nearest(&folder_of(document)?)?,
        };
        if let Some(desk) = self.by_file.get(&file) {
            return Ok(Arc::clone(desk));
        }
        let desk = Arc::new(match &file {
            Some(file) => read(self.session, file)?,
            None => Desk {
                config: Config::default(),
                folder: working_folder()?,
                rules: folders::load_files(&folders::files(&self.session.folders)?)?,
            },
        });
        self.by_file.insert(file, Arc::clone(&desk));
        Ok(desk)
    }

    fn nearest(&mut self, folder: &Path) -> Result<Option<PathBuf>, Failure> {
        let mut passed: Vec<&Path> = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.by_folder.get(folder) {
                found = known.clone();
                break;
            }
            passed.push(folder);
            found = in_folder(folder)?;
            if found.is_some() || folder.join(".git").exists() {
                break;
            }
        }
        for folder in passed {
            self.by_folder.insert(folder.to_path_buf(), found.clone());
        }
        Ok(found)
    }
}

/// What a document is called in settings: its path from their folder; `-` for standard input.
pub fn path_in(desk: &Desk, document: Option<&Path>) -> Result<String, Failure> {
    let Some(name) = document.and_then(Path::file_name) else { return Ok("-".to_string()) };
    Ok(relative(&desk.folder, &folder_of(document)?.join(name)))
}

/// The settings file of a folder itself.
fn in_folder(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    let there: Vec<PathBuf> = NAMES.iter().map(|name| folder.join(name)).filter(|path| path.is_file()).collect();
    match &there[..] {
        [_, _] => {
            let [one, other] = NAMES;
            let folder = folder.display();
            Err(Failure::Plain(format!("{folder}: holds both {one} and {other}; keep the one that is meant")))
        }
        _ => Ok(there.into_iter().next()),
    }
}

fn working_folder() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|e| Failure::Plain(format!("the working folder cannot be told ({e}); go to one that is there")))
}

/// The whole path of the folder a document lies in.
pub fn folder_of(document: Option<&Path>) -> Result<PathBuf, Failure> {
    let whole = |path: &Path| path.canonicalize().or_else(|_| working_folder().map(|folder| folder.join(path)));
    match document {
        None => working_folder(),
        Some(path) => {
            let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
            parent.map_or_else(working_folder, whole)
        }
    }
}

fn read(session: &Session, file: &Path) -> Result<Desk, Failure> {
    let name = shown(file);
    let refuse = |why: String| Failure::Plain(format!("{name}: {why}"));
    let text = match fs::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => return Err(refuse("is not UTF-8; save it as UTF-8".to_string())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            return Err(refuse(
                "there is no such settings file; check the name, or write one with `selon init`".to_string(),
            ));
        }
        Err(e) => return Err(refuse(format!("cannot be read ({e}); check its permissions"))),
    };
    let codes: Vec<&str> = POLICY.codes.iter().map(|code| code.name.as_str()).collect();
    let config = parse(&name, &text, &codes).map_err(|mistakes| {
        let source = Source { name: name.clone(), theme: String::new(), text: text.clone() };
        Failure::Mistakes(mistakes, vec![source])
    })?;
    let folder = folder_of(Some(file))?;
    let own = config.rules.iter().map(|rules| folder.join(&rules.value));
    let mut files = folders::files(&session.folders.iter().cloned().chain(own).collect::<Vec<_>>())?;
    files.extend(words::source(&config.house, &format!("{name} [lexicon]")));
    Ok(Desk { config, folder, rules: folders::load_files(&files)? })
}

/// A path as it is said in messages: from the working folder, where it lies below it.
fn shown(file: &Path) -> String {
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize());
    let near = here.ok().and_then(|here| file.strip_prefix(here).ok());
    near.unwrap_or(file).display().to_string()
}

/// The day it is, in universal time.
pub fn today() -> Date {
    const DAY: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Date::since_epoch((since.as_secs() / DAY) as i64)
}
