//! The pattern language: ten forms and no eleventh.
//!
//! `'word'` (or `"d'"`) · `<list>` · `#tag.tag.!tag` · `NAMED` · `^` `$` · `(a | b)` · `x?` `x{0,3}` · `!x` · `_` and `_{0,5}` · `role:x`
//!
//! Invariant: everything is bounded except `REST`, so a pattern is a regular expression over units by construction.

use super::pattern::{Node, Pred, Role, Term, simplify};
use crate::lexicon::LexId;
use crate::lexicon::tags::Tags;
use std::ops::Range;

/// A mistake in a pattern: bytes of the pattern, what is wrong, what to do.
#[derive(Debug)]
pub struct PatternError {
    /// Stable code of the mistake.
    pub code: &'static str,
    /// Bytes of the pattern.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What a pattern can name; implemented by the loader.
pub trait Names {
    /// The lexeme of a word or expression.
    fn word(&mut self, word: &str) -> Option<LexId>;
    /// The lexemes of a word list.
    fn list(&mut self, name: &str) -> Option<Vec<LexId>>;
    /// A tag.
    fn tag(&mut self, name: &str) -> Option<Tags>;
    /// A named phrase. `Err` carries why it cannot be used.
    fn phrase(&mut self, name: &str) -> Result<Node, String>;
    /// The nearest known name, for the message.
    fn nearest(&self, kind: &str, name: &str) -> Option<String>;
}

/// Parses a pattern. All its mistakes are returned together.
pub fn parse(text: &str, names: &mut dyn Names) -> Result<Node, Vec<PatternError>> {
    let mut parser = Parser { text, at: 0, depth: 0, names, errors: Vec::new() };
    let node = parser.alternatives();
    if let Some(deep) = parser.errors.iter().position(|e| e.code == "too-deep") {
        // Reading stopped there: what is open around it is no mistake of its own.
        return Err(vec![parser.errors.swap_remove(deep)]);
    }
    if parser.errors.is_empty() && parser.at < text.len() {
        let at = parser.at;
        parser.fail(
            "syntax",
            at..at + 1,
            "this closes nothing".into(),
            "remove it, or open a bracket before it".into(),
        );
    }
    if parser.errors.is_empty() { Ok(node) } else { Err(parser.errors) }
}

/// Most forms within forms: brackets, roles and `!` are read by functions that call each other.
const DEEPEST: usize = 40;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// Forms within forms that are open.
    depth: usize,
    names: &'a mut dyn Names,
    errors: Vec<PatternError>,
}

impl Parser<'_> {
    fn fail(&mut self, code: &'static str, span: Range<usize>, message: String, help: String) {
        self.errors.push(PatternError { code, span, message, help });
    }

    fn unknown(&mut self, code: &'static str, kind: &str, name: &str, span: Range<usize>, otherwise: &str) {
        let help = match self.names.nearest(kind, name) {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise.to_string(),
        };
        self.fail(code, span, format!("no {kind} is called `{name}`"), help);
    }

    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.text[self.at..].starts_with(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn alternatives(&mut self) -> Node {
        let mut branches = vec![self.sequence()];
        while self.peek() == Some('|') {
            self.at += 1;
            branches.push(self.sequence());
        }
        simplify(branches)
    }

    fn sequence(&mut self) -> Node {
        let mut items = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            let before = self.at;
            let item = self.repeated();
            items.extend(item);
            if self.at == before {
                self.at += c.len_utf8();
            }
        }
        match items.len() {
            1 => items.remove(0),
            _ => Node::Seq(items),
        }
    }

    fn repeated(&mut self) -> Option<Node> {
        let node = self.primary()?;
        if self.eat('?') {
            return Some(Node::Repeat { node: Box::new(node), min: 0, max: 1, lazy: false });
        }
        let open = self.at;
        if !self.eat('{') {
            if self.text[self.at..].starts_with(['*', '+']) {
                self.fail(
                    "unbounded",
                    self.at..self.at + 1,
                    "`*` and `+` do not exist: every repetition has an end".into(),
                    "write `x{0,3}`, or REST for the rest of the sentence".into(),
                );
                self.at += 1;
            }
            return Some(node);
        }
        let close = self.text[self.at..].find('}').map(|i| self.at + i);
        let body = close.map(|c| self.text[self.at..c].to_string());
        self.at = close.map_or(self.text.len(), |c| c + 1);
        let bounds = body.as_deref().map(|b| b.split_once(',').unwrap_or((b, b))).and_then(|(a, b)| {
            let (min, max) = (a.trim().parse::<u32>().ok()?, b.trim().parse::<u32>().ok()?);
            (min <= max && (1..=40).contains(&max)).then_some((min, max))
        });
        match bounds {
            Some((min, max)) => {
                let lazy = matches!(&node, Node::Unit(p) if p.is_gap());
                Some(Node::Repeat { node: Box::new(node), min, max, lazy })
            }
            None => {
                self.fail(
                    "repetition",
                    open..self.at,
                    "this repetition has no usable bounds".into(),
                    "write two numbers, at most 40: `{0,3}`".into(),
                );
                None
            }
        }
    }

    fn primary(&mut self) -> Option<Node> {
        if self.depth == DEEPEST {
            let message = format!("this pattern has more than {DEEPEST} forms one within the other");
            self.fail("too-deep", self.at..self.at + 1, message, "name an inner part under [phrases]".into());
            self.at = self.text.len();
            return None;
        }
        self.depth += 1;
        let node = self.form();
        self.depth -= 1;
        node
    }

    fn form(&mut self) -> Option<Node> {
        let start = self.at;
        let c = self.peek()?;
        let from = self.at;
        match c {
            '(' => {
                self.at += 1;
                let node = self.alternatives();
                if self.peek() != Some(')') {
                    self.fail("syntax", from..from + 1, "this bracket is never closed".into(), "add `)`".into());
                }
                self.eat(')');
                Some(node)
            }
            '\'' | '"' => {
                let word = self.until(c, "a word")?;
                match self.names.word(&word) {
                    Some(id) => Some(Node::Unit(Pred { terms: vec![Term::Word(id)].into(), negated: false })),
                    None => {
                        self.fail(
                            "empty-word",
                            from..self.at,
                            "there is no word here".into(),
                            "write a word between the quotes".into(),
                        );
                        None
                    }
                }
            }
            '<' => {
                let name = self.until('>', "a word list")?;
                match self.names.list(&name) {
                    Some(ids) => {
                        Some(Node::Unit(Pred { terms: ids.into_iter().map(Term::Word).collect(), negated: false }))
                    }
                    None => {
                        self.unknown(
                            "unknown-word-list",
                            "word list",
                            &name,
                            from..self.at,
                            "define it under [words] in this file",
                        );
                        None
                    }
                }
            }
            '#' => self.tags(),
            '_' => {
                self.at += 1;
                Some(Node::Unit(Pred::gap()))
            }
            '^' => {
                self.at += 1;
                Some(Node::Start)
            }
            '$' => {
                self.at += 1;
                Some(Node::End)
            }
            '!' => {
                self.at += 1;
                match self.primary()? {
                    Node::Unit(pred) => Some(Node::Unit(Pred { negated: !pred.negated, ..pred })),
                    _ => {
                        self.fail(
                            "negation",
                            from..self.at,
                            "`!` stands before one unit only".into(),
                            "negate a word, a list, a tag, or alternatives of these".into(),
                        );
                        None
                    }
                }
            }
            c if c.is_ascii_alphabetic() => self.name_or_role(),
            _ => {
                self.fail(
                    "syntax",
                    from..from + c.len_utf8(),
                    format!("`{c}` means nothing in a pattern"),
                    "words stand in quotes: 'que'".into(),
                );
                self.at = from + c.len_utf8();
                let _ = start;
                None
            }
        }
    }

    fn until(&mut self, close: char, what: &str) -> Option<String> {
        let from = self.at;
        match self.text[from + 1..].find(close) {
            Some(size) => {
                self.at = from + 1 + size + close.len_utf8();
                Some(self.text[from + 1..from + 1 + size].to_string())
            }
            None => {
                self.at = self.text.len();
                self.fail(
                    "syntax",
                    from..from + 1,
                    format!("{what} begins here and never ends"),
                    format!("add `{close}`"),
                );
                None
            }
        }
    }

    fn identifier(&mut self) -> &str {
        let from = self.at;
        let size =
            self.text[from..].find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(self.text.len() - from);
        self.at += size;
        &self.text[from..from + size]
    }

    fn tags(&mut self) -> Option<Node> {
        let mut all = Tags::NONE;
        let mut none = Tags::NONE;
        self.at += 1;
        let mut good = true;
        loop {
            let without = self.eat('!');
            let from = self.at;
            let name = self.identifier().to_string();
            match self.names.tag(&name) {
                Some(tag) if without => none |= tag,
                Some(tag) => all |= tag,
                None => {
                    self.unknown(
                        "unknown-tag",
                        "tag",
                        &name,
                        from..self.at.max(from + 1),
                        "a tag exists when a lexicon file uses it",
                    );
                    good = false;
                }
            }
            let more = self.text[self.at..].starts_with('.')
                && self.text[self.at + 1..].starts_with(|c: char| c == '!' || c.is_alphabetic());
            if !more {
                break;
            }
            self.at += 1;
        }
        good.then(|| Node::Unit(Pred { terms: vec![Term::Tags { all, none }].into(), negated: false }))
    }

    fn name_or_role(&mut self) -> Option<Node> {
        let from = self.at;
        let name = self.identifier().to_string();
        if self.eat(':') {
            let Some(role) = Role::from_name(&name) else {
                self.fail(
                    "unknown-role",
                    from..self.at,
                    format!("`{name}:` is no role"),
                    "the roles are cue, source, content and relay".into(),
                );
                return None;
            };
            let node = self.repeated()?;
            return Some(Node::Capture(role, Box::new(node)));
        }
        if name == "REST" {
            return Some(Node::Rest);
        }
        match self.names.phrase(&name) {
            Ok(node) => Some(node),
            Err(why) if why.is_empty() => {
                self.unknown(
                    "unknown-phrase",
                    "phrase",
                    &name,
                    from..self.at,
                    "named phrases are defined under [phrases]; words stand in quotes",
                );
                None
            }
            Err(why) => {
                self.fail("phrase", from..self.at, why, "mend the phrase where it is defined".into());
                None
            }
        }
    }
}
