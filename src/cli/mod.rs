//! The command line: the only part that touches files, threads, colours, the environment and exit codes.
//!
//! Invariant: results go to standard output, messages to standard error; a closed pipe is no error; nothing panics.

pub mod args;
mod config;
mod diagnostics;
mod diff;
mod eval;
mod explain;
mod folders;
mod init;
mod input;
mod lint;
mod output;
mod report;
mod rules;
mod session;
mod shell;
mod test;
mod trace;
mod work;

use args::{Args, Command};
use selon::diagnostic::Diagnostic;
use selon::policy::book::BUILT_IN as POLICY;
use selon::rule::load::Source;
use session::Session;
use std::io;
use std::process::ExitCode;

/// How a run ended, as its caller sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The work is done.
    Done = 0,
    /// The work is done, and a finding or an example speaks against what was read.
    Objections = 1,
    /// Some of the work could not be done.
    Failed = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a command gave up.
#[derive(Debug)]
enum Failure {
    /// One plain sentence with its remedy.
    Plain(String),
    /// Mistakes in rule files or annotated articles, and the files.
    Mistakes(Vec<Diagnostic>, Vec<Source>),
    /// The results could not be written.
    Write(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Write(error)
    }
}

/// Runs a command and says how it ended.
pub fn run(args: &Args) -> Exit {
    let session = Session::new(&args.common);
    let ended = match &args.command {
        Command::Report(a) => report::run(&session, a),
        Command::Lint(a) => lint::run(&session, a),
        Command::Rules(a) => rules::run(&session, a),
        Command::Explain(a) => explain::run(&session, a),
        Command::Test(a) => test::run(&session, a),
        Command::Trace(a) => trace::run(&session, a),
        Command::Eval(a) => eval::run(&session, a),
        Command::Init(a) => init::run(&session, a, &POLICY.codes),
        Command::Completions(a) => shell::completions(a),
        Command::Man => shell::man(),
    };
    match ended {
        Ok(exit) => return exit,
        Err(Failure::Write(e)) if e.kind() == io::ErrorKind::BrokenPipe => return Exit::Done,
        Err(Failure::Write(e)) => session.error(&format!("the results cannot be written: {e}")),
        Err(Failure::Plain(message)) => session.error(&message),
        Err(Failure::Mistakes(mistakes, files)) => diagnostics::print(&session, &mistakes, &files),
    }
    Exit::Failed
}
