//! A pattern as the steps its author wrote, each with what it means: to tell how far a pattern got.
//!
//! Invariant: the steps in order mean the same as the pattern, captures aside. Named phrases and alternatives inside a
//! pattern are one step each.

use super::pattern::Node;
use std::ops::Range;

/// One step of a pattern.
#[derive(Clone, Debug)]
pub struct Step {
    /// Bytes of the pattern it is written in.
    pub written: Range<usize>,
    /// What it means.
    pub node: Node,
}

/// The ways through a pattern: one, or one for each of its outermost alternatives.
pub fn ways(pattern: &str, node: &Node) -> Vec<Vec<Step>> {
    let mut way = Vec::new();
    flatten(pattern, 0..pattern.len(), node, &mut way);
    match &way[..] {
        [only] => alternatives(pattern, only).unwrap_or_else(|| vec![way.clone()]),
        _ => vec![way],
    }
}

/// The branches of a step that is `(a | b)` or `a | b`, if it is one.
fn alternatives(pattern: &str, step: &Step) -> Option<Vec<Vec<Step>>> {
    let Node::Alt(nodes) = &step.node else { return None };
    let inside = bracketed(pattern, &step.written).unwrap_or(step.written.clone());
    let written = branches(pattern, inside);
    let each = (written.len() == nodes.len()).then(|| written.into_iter().zip(nodes))?;
    let steps = each.map(|(range, node)| {
        let mut way = Vec::new();
        flatten(pattern, range, node, &mut way);
        way
    });
    Some(steps.collect())
}

/// Appends the steps of a stretch of the pattern, brackets and captures around sequences taken apart.
fn flatten(pattern: &str, range: Range<usize>, node: &Node, out: &mut Vec<Step>) {
    let items = items(pattern, range.clone());
    match node {
        Node::Seq(nodes) if nodes.len() == items.len() => {
            items.into_iter().zip(nodes).for_each(|(item, node)| push(pattern, item, node, out));
        }
        _ => match <[Range<usize>; 1]>::try_from(items) {
            Ok([item]) if branches(pattern, range.clone()).len() == 1 => push(pattern, item, node, out),
            _ => out.push(Step { written: trimmed(pattern, range), node: node.clone() }),
        },
    }
}

fn push(pattern: &str, item: Range<usize>, node: &Node, out: &mut Vec<Step>) {
    let inner = match node {
        Node::Capture(_, inner) => inner,
        other => other,
    };
    match bracketed(pattern, &item) {
        Some(inside) if matches!(inner, Node::Seq(_)) => flatten(pattern, inside, inner, out),
        _ => out.push(Step { written: item, node: node.clone() }),
    }
}

/// What stands between the brackets of `(…)` or `role:(…)`, if that is all there is.
fn bracketed(pattern: &str, item: &Range<usize>) -> Option<Range<usize>> {
    let open = item.start + pattern[item.clone()].find(|c: char| !c.is_ascii_alphabetic() && c != ':')?;
    let inside = pattern[open..item.end].strip_prefix('(')?.strip_suffix(')')?;
    (primary(pattern, open) == item.end).then(|| open + 1..open + 1 + inside.len())
}

/// The items of a sequence.
fn items(pattern: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = skip_blank(pattern, range.start);
    while at < range.end {
        let end = item(pattern, at).max(at + 1).min(range.end);
        found.push(at..end);
        at = skip_blank(pattern, end);
    }
    found
}

/// The branches of alternatives.
fn branches(pattern: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let bars = items(pattern, range.clone()).into_iter().filter(|i| &pattern[i.clone()] == "|").map(|i| i.start);
    let mut found = Vec::new();
    let mut start = range.start;
    for bar in bars {
        found.push(trimmed(pattern, start..bar));
        start = bar + 1;
    }
    found.push(trimmed(pattern, start..range.end));
    found
}

fn trimmed(pattern: &str, range: Range<usize>) -> Range<usize> {
    let start = skip_blank(pattern, range.start).min(range.end);
    start..start + pattern[start..range.end].trim_end().len()
}

fn skip_blank(pattern: &str, at: usize) -> usize {
    pattern.len() - pattern[at..].trim_start().len()
}

/// Where the item that begins here ends, its repetition included.
fn item(pattern: &str, at: usize) -> usize {
    let end = primary(pattern, at);
    match pattern[end..].chars().next() {
        Some('?') => end + 1,
        Some('{') => pattern[end..].find('}').map_or(pattern.len(), |i| end + i + 1),
        _ => end,
    }
}

fn primary(pattern: &str, at: usize) -> usize {
    let rest = &pattern[at..];
    let while_ = |keep: fn(char) -> bool| rest[1..].find(|c| !keep(c)).map_or(pattern.len(), |i| at + 1 + i);
    let until = |close: char| rest[1..].find(close).map_or(pattern.len(), |i| at + 1 + i + close.len_utf8());
    match rest.chars().next() {
        Some('(') => group(pattern, at + 1),
        Some('\'') => until('\''),
        Some('"') => until('"'),
        Some('<') => until('>'),
        Some('!') => primary(pattern, at + 1),
        Some('#') => while_(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '!')),
        Some(c) if c.is_ascii_alphabetic() => {
            let end = while_(|c| c.is_alphanumeric() || c == '-');
            if pattern[end..].starts_with(':') { item_of_role(pattern, end + 1) } else { end }
        }
        Some(c) => at + c.len_utf8(),
        None => at,
    }
}

/// A role holds an item with its repetition.
fn item_of_role(pattern: &str, at: usize) -> usize {
    item(pattern, skip_blank(pattern, at))
}

/// Where the group that was opened before `at` ends.
fn group(pattern: &str, mut at: usize) -> usize {
    loop {
        at = skip_blank(pattern, at);
        match pattern[at..].chars().next() {
            None => return at,
            Some(')') => return at + 1,
            Some(_) => at = item(pattern, at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, ways};
    use crate::rule::load::{BUILT_IN, Source, load};
    use crate::rule::pattern::Node;

    /// The steps of a pattern, as written, by way.
    fn written(pattern: &str) -> Vec<Vec<String>> {
        let text = format!(
            "[[rule]]\nid = \"x\"\nsummary = \"x\"\nexplain = \"x\"\npattern = \"\"\"{pattern}\"\"\"\n\
             finds = \"{{cue A}} b\\n{{cue A}} c\"\nignores = \"d\"\n"
        );
        let own = Source { name: "x.toml".into(), theme: "own/x".into(), text };
        let rules = load(&[own]).expect("a rule without mistakes");
        let rule = rules.by_id("own/x/x").expect("the rule is there");
        let way = |w: Vec<Step>| w.into_iter().map(|s| rule.pattern[s.written].to_string()).collect();
        ways(&rule.pattern, &rule.node).into_iter().map(way).collect()
    }

    #[test]
    fn steps_are_what_the_author_wrote() {
        let found = written("^ #adv{0,2} cue:'selon' source:(WHO ','?) (',' | '(') content:REST \"d'\"? $");
        let steps = ["^", "#adv{0,2}", "cue:'selon'", "WHO", "','?", "(',' | '(')", "content:REST", "\"d'\"?", "$"];
        assert_eq!(found, [steps]);
    }

    #[test]
    fn outermost_alternatives_are_ways_of_their_own() {
        let found = written("(cue:'selon' content:REST | content:(REST ',') cue:'dixit' $)");
        assert_eq!(found, [vec!["cue:'selon'", "content:REST"], vec!["REST", "','", "cue:'dixit'", "$"]]);
    }

    #[test]
    fn every_built_in_pattern_comes_apart() {
        for rule in &BUILT_IN.rules {
            let whole = |way: &Vec<Step>| way.len() == 1 && matches!(way[0].node, Node::Seq(_));
            assert!(!ways(&rule.pattern, &rule.node).iter().any(whole), "{}", rule.id);
        }
    }
}
