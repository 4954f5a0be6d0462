//! `selon completions SHELL` and `selon man`: what a shell and a reader of manuals ask for, made from the command line itself.

use super::args::{Args, CompletionsArgs};
use super::{Exit, Failure, output};
use clap::CommandFactory;

/// Writes the completions of a shell.
pub fn completions(args: &CompletionsArgs) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "selon", &mut script);
    write(&script)
}

/// Writes the manual page, that of every command after it.
pub fn man() -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let command = Args::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
        let title = format!("selon-{}", sub.get_name());
        clap_mangen::Man::new(sub.clone()).title(title).render(&mut page)?;
    }
    write(&page)
}

fn write(bytes: &[u8]) -> Result<Exit, Failure> {
    let mut out = output::open(None)?;
    out.write(&String::from_utf8_lossy(bytes))?;
    out.finish()?;
    Ok(Exit::Done)
}
