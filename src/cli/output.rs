//! Where results go: standard output, or a file that appears under its name once it is whole.

use super::Failure;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Opens standard output, or a file. The caller ends with [`Output::finish`].
pub fn open(path: Option<&Path>) -> Result<Output, Failure> {
    let Some(name) = path else {
        return Ok(Output { out: Box::new(io::stdout().lock()), rename: None });
    };
    let refuse = |why: &str| Failure::Plain(format!("{}: {why}", name.display()));
    if name.is_dir() {
        return Err(refuse("is a folder; name a file in it"));
    }
    // A device such as /dev/null has no other name to be written under.
    let device = name.exists() && !name.is_file();
    let target = if device { name.to_path_buf() } else { unfinished(name) };
    let file = File::options().write(true).create(!device).truncate(!device).open(&target);
    let file =
        file.map_err(|e| refuse(&format!("cannot be written ({e}); name a file in a folder you may write to")))?;
    Ok(Output { out: Box::new(file), rename: (!device).then(|| (target, name.to_path_buf())) })
}

/// The name of a file while it is being written.
fn unfinished(name: &Path) -> PathBuf {
    let mut name = name.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

/// An open output.
pub struct Output {
    out: Box<dyn Write>,
    rename: Option<(PathBuf, PathBuf)>,
}

impl Output {
    /// Writes all of it.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Gives up: a file that had the name before keeps it.
    pub fn abandon(self) -> io::Result<()> {
        self.rename.map_or(Ok(()), |(from, _)| std::fs::remove_file(from))
    }

    /// Gives a file its name.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        self.rename.map_or(Ok(()), |(from, to)| std::fs::rename(from, to))
    }
}
