//! `selon init`: a settings file to begin with.

use super::args::InitArgs;
use super::config::NAMES;
use super::session::Session;
use super::{Exit, Failure};
use selon::config::template::template;
use selon::policy::book::Code;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// Writes the file into the working folder.
pub fn run(session: &Session, args: &InitArgs, codes: &[Code]) -> Result<Exit, Failure> {
    let [name, hidden] = NAMES;
    if Path::new(hidden).exists() {
        return Err(Failure::Plain(format!(
            "{hidden} is there already; a folder has one settings file: remove it first"
        )));
    }
    // Whether the file is there is asked in the same breath as it is made, so that nobody else's is lost.
    let mut options = OpenOptions::new();
    options.write(true).truncate(args.force).create(args.force).create_new(!args.force);
    let written = options.open(name).and_then(|mut file| file.write_all(template(codes).as_bytes()));
    written.map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Plain(format!("{name} is there already; `selon init --force` writes it anew"))
        }
        _ => Failure::Plain(format!("{name} cannot be written ({e}); check the permissions of this folder")),
    })?;
    session.note(&format!("{name} is written: every line in it says what it is for"));
    Ok(Exit::Done)
}
