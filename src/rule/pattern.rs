//! A pattern as the loader parsed it: tests of units and how they follow each other.
//!
//! Invariant: everything is bounded except `REST`, so a pattern is a regular expression over units by construction.

use crate::lexicon::LexId;
use crate::lexicon::tags::Tags;
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// What a captured stretch of units is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The words that say something is reported.
    Cue,
    /// Who it is put on, as written.
    Source,
    /// What is claimed.
    Content,
    /// Through whom the words came.
    Relay,
}

impl Role {
    /// The role of this name in patterns and marked-up examples.
    pub fn from_name(name: &str) -> Option<Role> {
        Some(match name {
            "cue" => Role::Cue,
            "source" => Role::Source,
            "content" => Role::Content,
            "relay" => Role::Relay,
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Role::Cue => "cue",
            Role::Source => "source",
            Role::Content => "content",
            Role::Relay => "relay",
        }
    }
}

/// A test on one unit: it holds when one of the terms does (or, negated, none).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pred {
    /// The alternatives.
    pub terms: Terms,
    /// Holds when no term does.
    pub negated: bool,
}

/// The alternatives of a test. Patterns are copied wherever a phrase of theirs is named, and tests are looked up again and
/// again: lists of hundreds of words are shared, and hashed once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    hash: u64,
    list: Arc<[Term]>,
}

impl From<Vec<Term>> for Terms {
    fn from(list: Vec<Term>) -> Terms {
        Terms { hash: FxBuildHasher.hash_one(&list), list: list.into() }
    }
}

impl FromIterator<Term> for Terms {
    fn from_iter<I: IntoIterator<Item = Term>>(terms: I) -> Terms {
        terms.into_iter().collect::<Vec<Term>>().into()
    }
}

impl Deref for Terms {
    type Target = [Term];
    fn deref(&self) -> &[Term] {
        &self.list
    }
}

impl Hash for Terms {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

/// One alternative of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// The unit is this word.
    Word(LexId),
    /// The unit has all of these tags and none of those.
    Tags { all: Tags, none: Tags },
}

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// One unit.
    Unit(Pred),
    /// One after the other.
    Seq(Vec<Node>),
    /// One or the other.
    Alt(Vec<Node>),
    /// So many times; a lazy repetition takes as few as it can.
    Repeat { node: Box<Node>, min: u32, max: u32, lazy: bool },
    /// Any number of units, as few as possible.
    Rest,
    /// A stretch with a role.
    Capture(Role, Box<Node>),
    /// The sentence begins here.
    Start,
    /// The sentence ends here.
    End,
}

impl Pred {
    /// Any unit a gap may skip: everything but the marks that end a clause. The loader fills in what those are.
    pub fn gap() -> Pred {
        Pred { terms: Vec::new().into(), negated: true }
    }

    /// Whether this is the test of a gap.
    pub fn is_gap(&self) -> bool {
        self.terms.is_empty() && self.negated
    }
}

/// Alternatives that are all single units are one test.
pub(super) fn simplify(mut branches: Vec<Node>) -> Node {
    if branches.len() == 1 {
        return branches.remove(0);
    }
    let plain = branches.iter().all(|b| matches!(b, Node::Unit(p) if !p.negated));
    if !plain {
        return Node::Alt(branches);
    }
    let mut terms = Vec::new();
    let mut seen = FxHashSet::default();
    for branch in branches {
        if let Node::Unit(pred) = branch {
            terms.extend(pred.terms.iter().filter(|term| seen.insert(**term)));
        }
    }
    Node::Unit(Pred { terms: terms.into(), negated: false })
}

/// Every unit test of a pattern.
pub fn preds<'a>(node: &'a Node, out: &mut Vec<&'a Pred>) {
    match node {
        Node::Unit(pred) => out.push(pred),
        Node::Seq(items) | Node::Alt(items) => items.iter().for_each(|n| preds(n, out)),
        Node::Repeat { node, .. } | Node::Capture(_, node) => preds(node, out),
        Node::Rest | Node::Start | Node::End => {}
    }
}

/// Whether a role is captured on every way through a pattern.
pub fn captures(node: &Node, role: Role) -> bool {
    match node {
        Node::Capture(found, inner) => *found == role || captures(inner, role),
        Node::Seq(items) => items.iter().any(|n| captures(n, role)),
        Node::Alt(items) => items.iter().all(|n| captures(n, role)),
        Node::Repeat { node, min, .. } => *min > 0 && captures(node, role),
        Node::Unit(_) | Node::Rest | Node::Start | Node::End => false,
    }
}
