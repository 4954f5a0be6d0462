//! Patterns → regexes over class bytes.
//!
//! Invariant: only this file and [`super::alphabet`] know what a class byte is.

use super::alphabet::{Alphabet, Class};
use super::pattern::{Node, Role};
use super::presence::Need;
use regex::bytes::Regex;
use std::sync::OnceLock;

/// A pattern ready to run. The regex is built when a text first needs it: most texts need few of the rules.
#[derive(Debug)]
pub struct Compiled {
    source: String,
    regex: OnceLock<Regex>,
    /// The role of each capture group, in order.
    pub roles: Vec<Role>,
    /// What must be in a sentence, in this order.
    pub need: Need,
    /// The classes one of which must be in a sentence for the pattern to match.
    pub anchor: Vec<Class>,
}

/// Bytes a single regex may use for its program and for its lazy automaton.
pub(super) const SIZE_LIMIT: usize = 64 << 20;

impl Compiled {
    /// Compiles a pattern. `None` when nothing in it is a finite set of units it cannot do without.
    pub fn new(node: &Node, alphabet: &Alphabet) -> Option<Compiled> {
        let anchor = anchor(cue(node).unwrap_or(node), alphabet)?;
        let mut source = String::from("(?s-u)");
        let mut roles = Vec::new();
        write(node, alphabet, &mut source, &mut roles);
        Some(Compiled { need: Need::new(node, alphabet), source, regex: OnceLock::new(), roles, anchor })
    }

    /// The regex, built on first use.
    pub fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            regex::bytes::RegexBuilder::new(&self.source)
                .size_limit(SIZE_LIMIT)
                .dfa_size_limit(SIZE_LIMIT)
                .build()
                .expect("a parsed pattern is a regex within the limits its bounded repetitions set")
        })
    }
}

/// The regex source of a pattern without captures.
pub fn plain_source(node: &Node, alphabet: &Alphabet) -> String {
    let mut source = String::from("(?s-u)");
    write_node(node, alphabet, &mut source, &mut None);
    source
}

fn write(node: &Node, alphabet: &Alphabet, out: &mut String, roles: &mut Vec<Role>) {
    write_node(node, alphabet, out, &mut Some(roles));
}

fn write_node(node: &Node, alphabet: &Alphabet, out: &mut String, roles: &mut Option<&mut Vec<Role>>) {
    match node {
        Node::Unit(pred) => out.push_str(alphabet.regex(pred)),
        Node::Seq(items) => items.iter().for_each(|n| write_node(n, alphabet, out, roles)),
        Node::Alt(branches) => {
            out.push_str("(?:");
            for (i, branch) in branches.iter().enumerate() {
                if i > 0 {
                    out.push('|');
                }
                write_node(branch, alphabet, out, roles);
            }
            out.push(')');
        }
        Node::Repeat { node, min, max, lazy } => {
            out.push_str("(?:");
            write_node(node, alphabet, out, roles);
            out.push_str(&format!("){{{min},{max}}}{}", if *lazy { "?" } else { "" }));
        }
        Node::Rest => out.push_str(r"(?:[\x80-\xff][\x00-\x7f])*?"),
        Node::Capture(role, inner) => {
            let captured = roles.is_some();
            if let Some(roles) = roles {
                roles.push(*role);
            }
            out.push_str(if captured { "(" } else { "(?:" });
            write_node(inner, alphabet, out, roles);
            out.push(')');
        }
        Node::Start => out.push('^'),
        Node::End => out.push('$'),
    }
}

/// The part of a pattern captured as the cue.
fn cue(node: &Node) -> Option<&Node> {
    match node {
        Node::Capture(Role::Cue, inner) => Some(inner),
        Node::Capture(_, inner) | Node::Repeat { node: inner, .. } => cue(inner),
        Node::Seq(items) => items.iter().find_map(cue),
        Node::Alt(_) | Node::Unit(_) | Node::Rest | Node::Start | Node::End => None,
    }
}

/// The smallest set of classes one of which every match must hold.
fn anchor(node: &Node, alphabet: &Alphabet) -> Option<Vec<Class>> {
    match node {
        Node::Unit(pred) if pred.negated => None,
        Node::Unit(pred) => Some(alphabet.members(pred).to_vec()),
        Node::Seq(items) => items.iter().filter_map(|n| anchor(n, alphabet)).min_by_key(Vec::len),
        Node::Alt(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(anchor(branch, alphabet)?);
            }
            all.sort_unstable();
            all.dedup();
            Some(all)
        }
        Node::Repeat { node, min, .. } => (*min > 0).then(|| anchor(node, alphabet)).flatten(),
        Node::Capture(_, inner) => anchor(inner, alphabet),
        Node::Rest | Node::Start | Node::End => None,
    }
}
