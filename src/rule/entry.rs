//! Entries of a rule file → rules and chunks, with every mistake in them.
//!
//! Invariant: a mistake is reported where it stands in the file, and stops no other entry from being read.

use super::compile::Compiled;
use super::examples;
use super::file::{ChunkEntry, RuleEntry};
use super::load::File;
use super::pattern::{self, Node, Role};
use super::scope::{Scope, opening};
use super::set::{Purpose, Reach, Rule, StatusRule};
use crate::diagnostic::Diagnostic;
use crate::lexicon::tags::Tags;
use crate::unit::chunk::Kind as ChunkKind;
use toml::Spanned;

/// A rule parsed, not yet compiled.
pub(super) struct Parsed {
    pub(super) id: String,
    pub(super) purpose: Purpose,
    pub(super) file: usize,
    pub(super) entry: RuleEntry,
    pub(super) node: Node,
    pub(super) examples: Vec<examples::Example>,
}

/// Reads a chunk into `out`.
pub(super) fn parse_chunk(
    entry: &ChunkEntry,
    source: &File<'_>,
    scope: &mut Scope<'_>,
    errors: &mut Vec<Diagnostic>,
    out: &mut Vec<(ChunkKind, Tags, Node)>,
) {
    let kind = ChunkKind::from_name(entry.kind.get_ref());
    if kind.is_none() {
        errors.push(Diagnostic::new(
            "unknown-chunk-kind",
            &source.name,
            entry.kind.span(),
            format!("`{}` is no kind of chunk", entry.kind.get_ref()),
            "the kinds are np, verb and time",
        ));
    }
    let mut extra = Tags::NONE;
    for name in entry.tags.split_whitespace() {
        match scope.builder.tag(name) {
            Some(tag) => extra |= tag,
            None => errors.push(Diagnostic::new(
                "unknown-tag",
                &source.name,
                entry.pattern.span(),
                format!("no tag is called `{name}`"),
                "a tag exists when a lexicon file uses it",
            )),
        }
    }
    if let (Some(node), Some(kind)) = (scope.parse(&entry.pattern, source, errors), kind) {
        out.push((kind, extra, node));
    }
}

/// Reads a rule; none when its pattern cannot be read.
pub(super) fn parse_rule(
    entry: RuleEntry,
    id: String,
    purpose: Purpose,
    (file, source): (usize, &File<'_>),
    scope: &mut Scope<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Option<Parsed> {
    let at = entry.id.span();
    let mut complain =
        |code, span, message: String, help: &str| errors.push(Diagnostic::new(code, &source.name, span, message, help));
    let name = entry.id.get_ref();
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        complain(
            "bad-id",
            at.clone(),
            format!("`{name}` is no good id"),
            "use lower-case letters, digits and hyphens: `opening`",
        );
    }
    for (what, text) in [("summary", &entry.summary), ("explain", &entry.explain)] {
        if text.trim().is_empty() {
            complain(
                "no-explanation",
                at.clone(),
                format!("the rule `{name}` has no {what}"),
                "say what it finds (summary), and why and what it is not (explain)",
            );
        }
    }
    let mut found = Vec::new();
    for (text, wanted) in [(&entry.finds, true), (&entry.ignores, false)] {
        if let Some(text) = text {
            let base = text.span().start + opening(&source.text[text.span()]);
            examples::parse(text.get_ref(), wanted, base, &source.name, errors, &mut found);
        }
    }
    let (finds, ignores) = (found.iter().filter(|e| e.wanted).count(), found.iter().filter(|e| !e.wanted).count());
    if finds < 2 || ignores < 1 {
        errors.push(Diagnostic::new(
            "too-few-examples",
            &source.name,
            at,
            format!("the rule `{name}` has {finds} `finds` and {ignores} `ignores`"),
            "give at least two sentences it must find and one it must not",
        ));
    }
    let node = scope.parse(&entry.pattern, source, errors)?;
    let needed = match purpose {
        Purpose::Statement => Some(Role::Content),
        Purpose::Shield => Some(Role::Cue),
        Purpose::Relay => Some(Role::Relay),
    };
    if let Some(role) = needed.filter(|r| !pattern::captures(&node, *r)) {
        errors.push(Diagnostic::new(
            "missing-capture",
            &source.name,
            entry.pattern.span(),
            format!("the pattern can match without marking its {}", role.name()),
            format!("put `{}:` before the part that is it, on every branch", role.name()),
        ));
    }
    Some(Parsed { id, purpose, file, entry, node, examples: found })
}

/// A rule with what its words for status and reach mean.
pub(super) fn finished(rule: Parsed, compiled: Compiled, file: &str, errors: &mut Vec<Diagnostic>) -> Rule {
    let status = match rule.entry.status.as_ref().map(|s| s.get_ref().as_str()) {
        None | Some("by-source") => Some(StatusRule::BySource),
        Some("sourced") => Some(StatusRule::Sourced),
        Some("anonymous") => Some(StatusRule::Anonymous),
        Some("unverified") => Some(StatusRule::Unverified),
        Some(_) => None,
    };
    let reach = match rule.entry.reach.as_ref().map(|s| s.get_ref().as_str()) {
        None => Some(Reach::Captured),
        Some("block-start") => Some(Reach::BlockStart),
        Some("block-end") => Some(Reach::BlockEnd),
        Some("before") => Some(Reach::Before),
        Some("answer") => Some(Reach::Answer),
        Some(_) => None,
    };
    let mut refuse =
        |written: &Option<Spanned<String>>, code, what, help| {
            errors.extend(written.as_ref().map(|word| {
                Diagnostic::new(code, file, word.span(), format!("`{}` is no {what}", word.get_ref()), help)
            }));
        };
    if status.is_none() {
        let help = "write by-source, sourced, anonymous or unverified";
        refuse(&rule.entry.status, "unknown-status", "status", help);
    }
    if reach.is_none() {
        refuse(&rule.entry.reach, "unknown-reach", "reach", "write block-start, block-end, before or answer");
    }
    Rule {
        id: rule.id,
        reach: reach.unwrap_or(Reach::Captured),
        purpose: rule.purpose,
        summary: rule.entry.summary,
        explain: rule.entry.explain,
        pattern: rule.entry.pattern.into_inner(),
        compiled,
        node: rule.node,
        status: status.unwrap_or(StatusRule::BySource),
        borrow: rule.entry.borrow,
        incise: rule.entry.incise,
        weak: rule.entry.weak,
        examples: rule.examples,
    }
}
