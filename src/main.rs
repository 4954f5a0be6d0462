//! The `selon` command: arguments in, exit code out. The work is done by the library and by [`cli`].

mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(&cli::args::Args::parse()).into()
}
