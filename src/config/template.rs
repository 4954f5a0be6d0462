//! The settings file that `selon init` writes.
//!
//! Invariant: every key is in it; with all of its lines uncommented it is read without a mistake.

use super::keys::THRESHOLDS;
use crate::policy::book::Code;
use crate::policy::finding::Severity;
use crate::policy::settings::Thresholds;

const HEAD: &str = r#"# Settings of selon. They hold for all texts in this folder and below it, up to the next selon.toml.
# A line that begins with `#` says nothing to selon: what follows is an example of every key. Remove the `#` of a line
# (and of the [head] above it) to use it. `selon lint --show-config FILE` tells what holds for a text, and why.

# Folders with rules of your own, relative to this file. `selon test newsroom/` tries them.
# This line must stay above the first line in [brackets].
#rules = ["newsroom/"]
"#;

const SEVERITY: &str = r"
# How much each finding weighs: off, info, warning or error. `selon explain CODE` says what it means.
[severity]
";

const THRESHOLDS_HEAD: &str = r"
# The numbers that some findings go by.
#[thresholds]
";

const REST: &str = r#"
# Words of your house, added to the built-in ones.
#[lexicon]
# People you write about. Only `name` is needed. `role`: the function, with its body (« maire de Velmont ») or without.
# `also`: other names. `gender`: "f" or "m", where the given name does not tell.
#people = [{ name = "Jeanne Martin", role = "maire", also = ["Mme Martin"], gender = "f" }]
# Newspapers, broadcasters, sites.
#outlets = ["Le Petit Écho"]
# Functions and professions.
#roles = ["directrice de cabinet adjointe"]
# Verbs of saying, as infinitives in -er, -ir or -re.
#verbs = ["débagouler"]

# Other settings for some files. Paths are relative to this file: `*` is a part of a name, `**` any folders. Where several
# overrides name a file, the last one that sets a value has the say.
#[[overrides]]
#paths = ["tribunes/**"]
#severity = { CODE = "off" }
#thresholds = { least-named = 1 }

# Findings that you have looked at and accept. `code` and `reason` are needed, and `path`, `text` or both. `text`: words
# that the finding is about. `expires`: the last day it holds. One that accepts nothing any more is reported.
#[[allow]]
#code = "CODE"
#path = "enquetes/*.md"
#text = "un proche du dossier"
#reason = "checked by the desk, 3 March"
#expires = 2027-01-31
"#;

/// A settings file to begin with, which changes nothing. The examples speak of the first of these codes.
pub fn template(codes: &[Code]) -> String {
    let width = codes.iter().map(|c| c.name.len() + c.severity.name().len()).max().unwrap_or(0);
    let code = |code: &Code| {
        let Code { name, severity, summary, .. } = code;
        let pad = width - name.len() - severity.name().len();
        format!("#{name} = \"{}\"{:pad$}  # {summary}\n", severity.name(), "")
    };
    let defaults = Thresholds::default();
    let thresholds =
        THRESHOLDS.iter().map(|t| format!("# {}\n#{} = {}\n", sentence(t.meaning), t.name, (t.get)(&defaults)));
    let example = codes.iter().find(|c| c.severity != Severity::Off).map_or("CODE", |c| &c.name);
    let mut out = HEAD.to_string() + SEVERITY;
    out.extend(codes.iter().map(code));
    out.push_str(THRESHOLDS_HEAD);
    out.extend(thresholds);
    out + &REST.replace("CODE", example)
}

fn sentence(meaning: &str) -> String {
    let mut letters = meaning.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}
