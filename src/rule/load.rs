//! Rule files → [`Rules`], or every mistake in them.
//!
//! Invariant: loading does no IO; it is given names and texts. It returns all diagnostics of all files together, and
//! rules only when there is none.

use super::alphabet::{Alphabet, MOST_TESTS};
use super::compile::{CompileError, Compiled, plain_source};
use super::file::{ChunkEntry, PackFile, RuleEntry, RuleFile};
use super::pattern::{self, Node, Pred, Role};
use super::{compile, examples};
use crate::diagnostic::Diagnostic;
use crate::lexicon::build::Builder;
use crate::lexicon::tags::Tags;
use crate::lexicon::{LexId, Lexicon};
use crate::unit::chunk::{self, Chunker, Kind as ChunkKind};
use lazy_static::lazy_static;
use regex::RegexSet;
use regex_automata::hybrid::dfa::DFA;
use regex_automata::nfa::thompson;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use toml::Spanned;

/// A file for the loader: the name it is called by in messages, and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name for messages.
    pub name: String,
    /// Prefix of the ids of its rules, e.g. `fr/selon`.
    pub theme: String,
    /// The file's text.
    pub text: String,
}

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Finds statements.
    Statement,
    /// Forbids a match.
    Shield,
    /// Finds a relay.
    Relay,
}

/// What a rule says about the status of what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusRule {
    /// The kind of source decides.
    BySource,
    /// Always sourced.
    Sourced,
    /// Always anonymous.
    Anonymous,
    /// Always unverified.
    Unverified,
}

/// How far the claim of a rule reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// As far as the pattern captured it.
    Captured,
    /// Back to the beginning of its block.
    BlockStart,
    /// On to the end of its block.
    BlockEnd,
}

/// A rule ready to run.
#[derive(Debug)]
pub struct Rule {
    /// Full id: language, file and name, e.g. `fr/selon/opening`.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// One line.
    pub summary: String,
    /// Why, and what it is not.
    pub explain: String,
    /// The pattern as written.
    pub pattern: String,
    /// The pattern, compiled.
    pub compiled: Compiled,
    /// The pattern, parsed: for tracing.
    pub node: Node,
    /// Status of what it finds.
    pub status: StatusRule,
    /// See [`RuleEntry::borrow`].
    pub borrow: bool,
    /// See [`RuleEntry::incise`].
    pub incise: bool,
    /// See [`RuleEntry::reach`].
    pub reach: Reach,
    /// See [`RuleEntry::weak`].
    pub weak: bool,
    /// Its tests.
    pub examples: Vec<examples::Example>,
}

/// A set of rules by number.
pub type RuleSet = [u64; 4];
/// Most rules there can be.
const MOST_RULES: usize = 256;

/// A language's rules, compiled. Shared by all workers.
#[derive(Debug)]
pub struct Rules {
    /// Language code.
    pub language: String,
    /// The words.
    pub lexicon: Lexicon,
    /// Finds chunks.
    pub chunker: Chunker,
    /// The tests that the rules make of units.
    pub tests: Alphabet,
    /// Knows blocks that are no part of the article.
    pub furniture: RegexSet,
    /// All rules, by priority.
    pub rules: Vec<Rule>,
    /// Tells one set of rules from another within a process: buffers filled for one serve no other.
    pub(crate) number: u64,
}

/// How many sets of rules this process has loaded.
static LOADED: AtomicU64 = AtomicU64::new(0);

impl Rules {
    /// A rule by its full id.
    pub fn by_id(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id)
    }
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../rules/fr/", $name, ".toml")))),*]
    };
}

/// The files of the French pack, built into the program.
pub const FRENCH: &[(&str, &str)] = embedded![
    "pack",
    "phrases",
    "mentions",
    "shields",
    "selon",
    "noun-source",
    "verb-que",
    "verb-infinitive",
    "verb-object",
    "incise",
    "quotation",
    "dependent",
    "passive",
    "noun-cue",
    "post",
    "hearsay",
    "unconfirmed",
    "conditional",
    "relay",
    "lexicon/conjugation",
    "lexicon/function",
    "lexicon/anonymous",
    "lexicon/cues",
    "lexicon/verbs",
    "lexicon/nouns",
    "lexicon/people",
    "lexicon/places",
    "lexicon/media",
    "lexicon/orgs",
];

lazy_static! {
    /// The built-in French rules.
    pub static ref BUILT_IN: Rules = load(&[]).unwrap_or_else(|errors| {
        panic!("the built-in rules are tested, yet do not load: {}", errors[0].message)
    });
}

/// Loads the built-in French pack, with the rule and lexicon files of a newsroom before it.
///
/// A file whose theme ends in `/lexicon` adds words; every other one adds rules.
pub fn load(own: &[Source]) -> Result<Rules, Vec<Diagnostic>> {
    let file = |name: &str| FRENCH.iter().find(|(n, _)| *n == name).map(|(_, t)| *t);
    let pack: PackFile = toml::from_str(file("pack").unwrap_or_default())
        .map_err(|e| vec![Diagnostic::from_toml("rules/fr/pack.toml", &e)])?;
    let source = |name: &str| Source {
        name: format!("rules/fr/{name}.toml"),
        theme: format!("fr/{name}"),
        text: file(name).unwrap_or_default().to_string(),
    };
    let furniture = RegexSet::new(&pack.furniture).map_err(|e| {
        let message = format!("a furniture expression is wrong: {e}");
        vec![Diagnostic::new("furniture", "rules/fr/pack.toml", 0..0, message, "write a regular expression")]
    })?;
    let mut words: Vec<Source> = pack.lexicon.iter().map(|n| source(&format!("lexicon/{n}"))).collect();
    let mut rules: Vec<Source> = ["phrases", "mentions"].map(source).into();
    let is_lexicon = |s: &&Source| s.theme.ends_with("/lexicon");
    words.extend(own.iter().filter(is_lexicon).cloned());
    rules.extend(own.iter().filter(|s| !is_lexicon(s)).cloned());
    rules.extend(pack.rules.iter().map(|n| source(n)));
    Loader::new(&pack, furniture).run(&words, &rules)
}

struct Loader {
    language: String,
    barriers: Vec<String>,
    furniture: RegexSet,
    builder: Builder,
    errors: Vec<Diagnostic>,
}

/// A rule parsed, not yet compiled.
struct Parsed {
    id: String,
    purpose: Purpose,
    file: usize,
    entry: RuleEntry,
    node: Node,
    examples: Vec<examples::Example>,
}

impl Loader {
    fn new(pack: &PackFile, furniture: RegexSet) -> Loader {
        Loader {
            language: pack.language.clone(),
            barriers: pack.barriers.clone(),
            furniture,
            builder: Builder::new(&pack.elisions, &pack.inverted),
            errors: Vec::new(),
        }
    }

    fn run(mut self, words: &[Source], sources: &[Source]) -> Result<Rules, Vec<Diagnostic>> {
        for source in words {
            self.builder.add(&source.name, &source.text);
        }
        let mut files = Vec::new();
        for (i, source) in sources.iter().enumerate() {
            match toml::from_str::<RuleFile>(&source.text) {
                Ok(file) => files.push((i, file)),
                Err(e) => self.errors.push(Diagnostic::from_toml(&source.name, &e)),
            }
        }
        self.builder.settle();
        // Expressions first: a listed expression is one token in every rule, whatever the order of the files.
        let lists: Vec<BTreeMap<String, Vec<LexId>>> = files.iter().map(|(_, f)| self.lists(&f.words)).collect();
        let shared =
            files.iter().find(|(i, _)| sources[*i].theme.ends_with("/phrases")).map(|(_, f)| f.phrases.clone());
        let shared = shared.unwrap_or_default();
        let mut chunks = Vec::new();
        let mut parsed: Vec<Parsed> = Vec::new();
        for ((i, file), lists) in files.into_iter().zip(&lists) {
            let source = &sources[i];
            let phrases = if file.chunk.is_empty() { &shared } else { &BTreeMap::new() };
            let mut scope = Scope {
                lists,
                own: &file.phrases,
                shared: phrases,
                open: Vec::new(),
                parsed: BTreeMap::new(),
                barriers: &self.barriers,
                builder: &mut self.builder,
            };
            for entry in &file.chunk {
                parse_chunk(entry, source, &mut scope, &mut self.errors, &mut chunks);
            }
            let groups =
                [(file.rule, Purpose::Statement), (file.shield, Purpose::Shield), (file.relay, Purpose::Relay)];
            for (entries, purpose) in groups {
                for entry in entries {
                    let id = format!("{}/{}", source.theme, entry.id.get_ref());
                    if let Some(first) = parsed.iter().find(|p| p.id == id) {
                        let where_ = &sources[first.file].name;
                        self.errors.push(Diagnostic::new(
                            "duplicate-id",
                            &source.name,
                            entry.id.span(),
                            format!("`{id}` is already defined in {where_}"),
                            "give this rule another id",
                        ));
                    }
                    parsed.extend(parse_rule(entry, id, purpose, (i, source), &mut scope, &mut self.errors));
                }
            }
        }
        self.compile(chunks, parsed, sources)
    }

    fn lists(&mut self, words: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<LexId>> {
        let ids = |list: &Vec<String>, b: &mut Builder| {
            list.iter().filter_map(|w| b.phrase(w, Tags::NONE, Tags::NONE, false)).collect()
        };
        words.iter().map(|(name, list)| (name.clone(), ids(list, &mut self.builder))).collect()
    }

    fn compile(
        self,
        chunks: Vec<(ChunkKind, Tags, Node)>,
        parsed: Vec<Parsed>,
        sources: &[Source],
    ) -> Result<Rules, Vec<Diagnostic>> {
        let (lexicon, mut errors) = self.builder.finish();
        errors.extend(self.errors);
        let chunker = chunker(&chunks, &lexicon);
        let tests = alphabet(parsed.iter().map(|rule| &rule.node));
        let sizes = [("rules", parsed.len(), MOST_RULES), ("tests of tags", tests.tests(), MOST_TESTS)];
        if let Some((what, count, most)) = sizes.into_iter().find(|(_, count, most)| count > most) {
            let message = format!("there are {count} {what}: the limit is {most}");
            errors.push(Diagnostic::new(
                "too-many",
                "rules",
                0..0,
                message,
                "use fewer tags and word lists, or merge rules",
            ));
            return Err(errors);
        }
        let mut rules = Vec::with_capacity(parsed.len());
        for rule in parsed {
            let source = &sources[rule.file];
            let compiled = match Compiled::new(&rule.node, &tests) {
                Ok(compiled) => compiled,
                Err(error) => {
                    let (code, message, help) = match error {
                        CompileError::NoAnchor => (
                            "no-anchor",
                            "nothing in the cue is a word, a list or a tag the rule cannot do without",
                            "name at least one in `cue:…`, outside of `x?`",
                        ),
                        CompileError::TooLong => (
                            "too-long",
                            "the repetitions of this pattern multiply to more steps than a rule may have",
                            "do not repeat what already repeats, or lower the numbers in `{0,9}`",
                        ),
                    };
                    errors.push(Diagnostic::new(code, &source.name, rule.entry.pattern.span(), message, help));
                    continue;
                }
            };
            rules.push(finished(rule, compiled, &source.name, &mut errors));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let number = LOADED.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(Rules { language: self.language, lexicon, chunker, tests, furniture: self.furniture, rules, number })
    }
}

/// Bytes the lazy automaton of the chunks may grow to in each worker.
const CHUNK_CACHE: usize = 16 << 20;

fn chunker(chunks: &[(ChunkKind, Tags, Node)], lexicon: &Lexicon) -> Chunker {
    let mut alphabet = alphabet(chunks.iter().map(|(_, _, node)| node));
    let mut classes = chunk::word_classes(&mut alphabet, lexicon);
    let mut quotes = chunk::quote_classes(&mut alphabet);
    let renamed = alphabet.close();
    classes.iter_mut().flatten().chain(&mut quotes).for_each(|c| *c = renamed[*c as usize]);
    let sources: Vec<String> = chunks.iter().map(|(_, _, n)| plain_source(n, &alphabet)).collect();
    let dfa = DFA::builder()
        .configure(DFA::config().cache_capacity(CHUNK_CACHE).starts_for_each_pattern(false))
        .syntax(regex_automata::util::syntax::Config::new().unicode(false).utf8(false))
        .thompson(thompson::Config::new().utf8(false).nfa_size_limit(Some(compile::SIZE_LIMIT)))
        .build_many(&sources)
        .expect("parsed chunk patterns are regexes within the limits");
    let kinds = chunks.iter().map(|(kind, tags, _)| (*kind, *tags)).collect();
    Chunker { dfa, kinds, classes, quotes }
}

/// The alphabet of all tests these patterns make.
fn alphabet<'a>(nodes: impl Iterator<Item = &'a Node>) -> Alphabet {
    let mut tests = Vec::new();
    nodes.for_each(|node| pattern::preds(node, &mut tests));
    Alphabet::new(tests.into_iter())
}

/// What a pattern in one file can name.
struct Scope<'a> {
    lists: &'a BTreeMap<String, Vec<LexId>>,
    own: &'a BTreeMap<String, Spanned<String>>,
    shared: &'a BTreeMap<String, Spanned<String>>,
    /// Phrases being expanded, to refuse cycles.
    open: Vec<String>,
    /// Phrases expanded before.
    parsed: BTreeMap<String, Node>,
    barriers: &'a [String],
    builder: &'a mut Builder,
}

impl pattern::Names for Scope<'_> {
    fn word(&mut self, word: &str) -> Option<LexId> {
        self.builder.phrase(word, Tags::NONE, Tags::NONE, false)
    }

    fn list(&mut self, name: &str) -> Option<Vec<LexId>> {
        self.lists.get(name).cloned()
    }

    fn tag(&mut self, name: &str) -> Option<Tags> {
        self.builder.tag(name)
    }

    fn phrase(&mut self, name: &str) -> Result<Node, String> {
        let Some(text) = self.own.get(name).or_else(|| self.shared.get(name)) else {
            return Err(String::new());
        };
        if self.open.iter().any(|o| o == name) {
            return Err(format!("the phrase `{name}` is made of itself: {} → {name}", self.open.join(" → ")));
        }
        if let Some(node) = self.parsed.get(name) {
            return Ok(node.clone());
        }
        let text = text.get_ref().clone();
        self.open.push(name.to_string());
        let node = pattern::parse(&text, self);
        self.open.pop();
        let node = node.map_err(|errors| format!("the phrase `{name}` is wrong: {}", errors[0].message))?;
        let node = self.fill(node);
        self.parsed.insert(name.to_string(), node.clone());
        Ok(node)
    }

    fn nearest(&self, kind: &str, name: &str) -> Option<String> {
        let known: Vec<&str> = match kind {
            "tag" => self.builder.lexicon().names.all().iter().map(String::as_str).collect(),
            "word list" => self.lists.keys().map(String::as_str).collect(),
            _ => self.own.keys().chain(self.shared.keys()).map(String::as_str).chain(["REST"]).collect(),
        };
        nearest(name, &known).map(str::to_string)
    }
}

impl Scope<'_> {
    /// Gives gaps their barriers.
    fn fill(&mut self, node: Node) -> Node {
        match node {
            Node::Unit(pred) if pred.is_gap() => {
                let marks = self.barriers.iter().map(|m| pattern::Term::Word(self.builder.ensure(m)));
                Node::Unit(Pred { terms: marks.collect(), negated: true })
            }
            Node::Seq(items) => Node::Seq(items.into_iter().map(|n| self.fill(n)).collect()),
            Node::Alt(items) => Node::Alt(items.into_iter().map(|n| self.fill(n)).collect()),
            Node::Repeat { node, min, max, lazy } => Node::Repeat { node: Box::new(self.fill(*node)), min, max, lazy },
            Node::Capture(role, node) => Node::Capture(role, Box::new(self.fill(*node))),
            other => other,
        }
    }

    fn parse(&mut self, text: &Spanned<String>, source: &Source, errors: &mut Vec<Diagnostic>) -> Option<Node> {
        match pattern::parse(text.get_ref(), self) {
            Ok(node) => Some(self.fill(node)),
            Err(found) => {
                let base = text.span().start + opening(&source.text[text.span()]);
                errors.extend(found.into_iter().map(|e| {
                    Diagnostic::new(e.code, &source.name, base + e.span.start..base + e.span.end, e.message, e.help)
                }));
                None
            }
        }
    }
}

/// Bytes of the quotation marks (and the line break) a TOML string begins with.
pub(super) fn opening(literal: &str) -> usize {
    let marks = if literal.starts_with("'''") || literal.starts_with("\"\"\"") { 3 } else { 1 };
    let rest = &literal[marks.min(literal.len())..];
    marks + if marks == 3 && rest.starts_with("\r\n") { 2 } else { usize::from(marks == 3 && rest.starts_with('\n')) }
}

fn parse_chunk(
    entry: &ChunkEntry,
    source: &Source,
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

fn parse_rule(
    entry: RuleEntry,
    id: String,
    purpose: Purpose,
    (file, source): (usize, &Source),
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

fn finished(rule: Parsed, compiled: Compiled, file: &str, errors: &mut Vec<Diagnostic>) -> Rule {
    let status = match rule.entry.status.as_ref().map(|s| (s.get_ref().as_str(), s.span())) {
        None | Some(("by-source", _)) => StatusRule::BySource,
        Some(("sourced", _)) => StatusRule::Sourced,
        Some(("anonymous", _)) => StatusRule::Anonymous,
        Some(("unverified", _)) => StatusRule::Unverified,
        Some((other, span)) => {
            errors.push(Diagnostic::new(
                "unknown-status",
                file,
                span,
                format!("`{other}` is no status"),
                "write by-source, sourced, anonymous or unverified",
            ));
            StatusRule::BySource
        }
    };
    let reach = match rule.entry.reach.as_ref().map(|s| (s.get_ref().as_str(), s.span())) {
        None => Reach::Captured,
        Some(("block-start", _)) => Reach::BlockStart,
        Some(("block-end", _)) => Reach::BlockEnd,
        Some((other, span)) => {
            errors.push(Diagnostic::new(
                "unknown-reach",
                file,
                span,
                format!("`{other}` is no reach"),
                "write block-start or block-end",
            ));
            Reach::Captured
        }
    };
    Rule {
        id: rule.id,
        reach,
        purpose: rule.purpose,
        summary: rule.entry.summary,
        explain: rule.entry.explain,
        pattern: rule.entry.pattern.into_inner(),
        compiled,
        node: rule.node,
        status,
        borrow: rule.entry.borrow,
        incise: rule.entry.incise,
        weak: rule.entry.weak,
        examples: rule.examples,
    }
}

/// The known name that differs least, if it differs little.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let best = known.iter().map(|k| (distance(name, k), *k)).min()?;
    (best.0 <= 1 + name.chars().count() / 4).then_some(best.1)
}

/// Levenshtein distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (diagonal + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}
