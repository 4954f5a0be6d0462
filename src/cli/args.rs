//! What can be written on the command line, and the help that explains it.

use clap::builder::RangedU64ValueParser;
use clap::{Parser, Subcommand, ValueEnum};
use selon::policy::finding::Severity;
use std::path::PathBuf;

/// Reads French news text and reports who says what: sourced, anonymous or unverified.
#[derive(Debug, Parser)]
#[command(name = "selon", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Args {
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  selon report article.txt                      who says what in an article
  selon report archive/ --format jsonl -o archive.jsonl
  selon lint drafts/                            what a newsroom's policy says about drafts
  selon explain fr/selon/opening                what a rule finds, and why

Exit code: 0 when the work is done, 1 when a finding or an example of a rule speaks against it, 2 when some of the work could
not be done.";

/// Options of every command.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Add the rules of this folder (its *.toml) and its words (the *.toml of its `lexicon` subfolder); can be repeated
    #[arg(long, global = true, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// Take the settings from this file; by default from the nearest selon.toml, in the folder of a document or above it
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Take no settings but the built-in ones
    #[arg(long, global = true)]
    pub no_config: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Say nothing but errors on standard error
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Language of the texts
    #[arg(long, global = true, default_value = "fr", value_parser = language)]
    pub lang: String,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// In a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report the statements of articles: who says what, and how well it is sourced
    Report(ReportArgs),
    /// Check drafts by the policy: what is said without a source a reader can ask
    Lint(LintArgs),
    /// List the rules and the codes of the policy
    Rules(RulesArgs),
    /// Explain a rule, with examples
    Explain(ExplainArgs),
    /// Run the examples of all rules, which are their tests
    Test(TestArgs),
    /// Show how the rules see a text, and where each of them stops
    Trace(TraceArgs),
    /// Compare the analysis with articles annotated by hand
    Eval(EvalArgs),
    /// Write a settings file to begin with
    Init(InitArgs),
    /// Write the completions of a shell
    Completions(CompletionsArgs),
    /// Write the manual page
    Man,
}

/// `selon report`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  selon report article.txt
  selon report drafts/ --format json -o report.json
  curl -s https://example.org/article.txt | selon report - --format jsonl

A folder is searched for .txt, .md and .sel files; what .gitignore names is left out. A file named by itself is read
whatever its extension.")]
pub struct ReportArgs {
    /// Files or folders to read; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to write the report
    #[arg(long, short, value_enum, default_value = "table")]
    pub format: ReportFormat,
    /// Write the report to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How many threads read at the same time; by default, one for each processor
    #[arg(long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(1..=512))]
    pub threads: Option<usize>,
}

/// How `selon report` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// A table for each article and a summary.
    Table,
    /// One JSON object.
    Json,
    /// One JSON object a line, one line a document.
    Jsonl,
}

/// `selon lint`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  selon lint drafts/                            every finding, one a line
  selon lint --diff origin/main drafts/         only on lines that differ from a git revision
  selon lint --write-baseline known.json .      accept what is there today ...
  selon lint --baseline known.json .            ... and hear of new findings only
  selon lint --format sarif -o selon.sarif .    for code scanning
  selon explain anonymous-source                what a finding means, and what to do

In a draft, `<!-- selon: allow CODE — reason -->` or `%% selon: allow CODE — reason` accepts a finding in the next paragraph,
`allow-file` in the whole text. `selon init` writes a selon.toml to set severities, words of the house and accepted findings.

Exit code: 0 when nothing reaches --fail-on, 1 when something does, 2 when some of the work could not be done.")]
pub struct LintArgs {
    /// Files or folders to read; `-` is standard input
    #[arg(required_unless_present = "show_config", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, short, value_enum, default_value = "short")]
    pub format: LintFormat,
    /// Write the findings to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The least severity that makes the run fail
    #[arg(long, value_enum, default_value = "warning", value_name = "SEVERITY")]
    pub fail_on: Level,
    /// The least severity that is shown
    #[arg(long, value_enum, default_value = "info", value_name = "SEVERITY")]
    pub show: Level,
    /// Bear so many warnings before the run fails
    #[arg(long, value_name = "N")]
    pub max_warnings: Option<usize>,
    /// Leave out the findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write what is found to this file, as known from now on
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Leave out findings on lines that do not differ from this git revision
    #[arg(long, value_name = "REF")]
    pub diff: Option<String>,
    /// Show the settings that hold for a file and where each comes from, and do nothing else
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub show_config: Option<PathBuf>,
    /// How many threads read at the same time; by default, one for each processor
    #[arg(long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(1..=512))]
    pub threads: Option<usize>,
}

/// How `selon lint` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// One line a finding, as compilers write; on a terminal with the line it is about.
    Short,
    /// One JSON object: the report with the findings.
    Json,
    /// One JSON object a line, one line a document.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub workflow commands.
    Github,
    /// reviewdog's diagnostics, one a line.
    Rdjsonl,
    /// JUnit XML.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
}

/// A severity, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Worth knowing.
    Info,
    /// Worth a second look.
    Warning,
    /// Must not be printed so.
    Error,
    /// Nothing at all.
    Never,
}

impl Level {
    /// The severity; none for never.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Info => Some(Severity::Info),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
            Level::Never => None,
        }
    }
}

/// `selon rules`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  selon rules
  selon rules --format json
  selon rules --rules newsroom/")]
pub struct RulesArgs {
    /// How to write the list
    #[arg(long, short, value_enum, default_value = "table")]
    pub format: ListFormat,
}

/// How lists and scores are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table.
    Table,
    /// JSON.
    Json,
}

/// `selon explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  selon explain fr/selon/opening
  selon explain opinion-pour                    a part of an id will do where only one rule has it
  selon explain house/rumour --rules newsroom/")]
pub struct ExplainArgs {
    /// Id of a rule, or a part of it that no other rule has
    #[arg(value_name = "CODE")]
    pub code: String,
}

/// `selon test`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  selon test                                    the built-in rules
  selon test newsroom/                          with the rules and words of a folder

Every example is run against its rule alone, then with all rules together. Exit code 1 when one does not hold.")]
pub struct TestArgs {
    /// A folder of rules to test together with the built-in ones
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// `selon trace`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  selon trace \"Selon le ministre, la situation est sous contrôle.\"
  selon trace \"Il aurait signé le contrat lundi.\" --rules newsroom/")]
pub struct TraceArgs {
    /// A sentence or two
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    pub text: String,
}

/// `selon eval`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  selon eval corpus/fr
  selon eval corpus/fr --errors                 and where the two disagree
  selon eval corpus/fr --format json

An annotated article is a .sel file, or a .txt file with a .json file of the same name beside it.")]
pub struct EvalArgs {
    /// A folder of annotated articles
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// List what was missed, found too much, or found with another status, speaker, outlet or relay
    #[arg(long)]
    pub errors: bool,
    /// How to write the scores
    #[arg(long, short, value_enum, default_value = "table")]
    pub format: ListFormat,
}

/// `selon init`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  selon init                                    write selon.toml into the working folder
  selon init --force                            and replace the one that is there")]
pub struct InitArgs {
    /// Replace the file that is there
    #[arg(long)]
    pub force: bool,
}

/// `selon completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  selon completions bash > ~/.local/share/bash-completion/completions/selon
  selon completions zsh > ~/.zfunc/_selon")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

fn language(code: &str) -> Result<String, String> {
    match code {
        "fr" => Ok(code.to_string()),
        _ => Err("French is the only language there is: write `fr`, or leave the option out".to_string()),
    }
}
