//! Rule files → [`Rules`], or every mistake in them.
//!
//! Invariant: loading does no IO; it is given names and texts. It returns all diagnostics of all files together, and
//! rules only when there is none.

use super::alphabet::{Alphabet, MOST_CLASSES, MOST_TESTS};
use super::automaton::automaton;
use super::compile::{CompileError, Compiled};
use super::entry::{Parsed, finished, parse_chunk, parse_rule};
use super::file::{PackFile, RuleFile};
use super::pattern::{self, Node, Pred, Term};
use super::scope::Scope;
use super::set::{MOST_RULES, Purpose, Rule, Rules};
use crate::diagnostic::Diagnostic;
use crate::lexicon::build::Builder;
use crate::lexicon::file::LexiconFile;
use crate::lexicon::tags::Tags;
use crate::lexicon::{LexId, Lexicon};
use crate::unit::chunk::{self, Chunker, Kind as ChunkKind};
use lazy_static::lazy_static;
use regex::RegexSet;
use regex_automata::hybrid::dfa::DFA;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

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

/// A file the loader reads: one of the pack's, or of a newsroom.
pub(super) struct File<'a> {
    pub(super) name: String,
    pub(super) theme: String,
    pub(super) text: &'a str,
}

impl<'a> From<&'a Source> for File<'a> {
    fn from(source: &'a Source) -> File<'a> {
        File { name: source.name.clone(), theme: source.theme.clone(), text: &source.text }
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
    let built_in = |name: &str| File {
        name: format!("rules/fr/{name}.toml"),
        theme: format!("fr/{name}"),
        text: file(name).unwrap_or_default(),
    };
    let mut words: Vec<File> = pack.lexicon.iter().map(|n| built_in(&format!("lexicon/{n}"))).collect();
    let mut rules: Vec<File> = ["phrases", "mentions"].map(built_in).into();
    let is_lexicon = |s: &&Source| s.theme.ends_with("/lexicon");
    words.extend(own.iter().filter(is_lexicon).map(File::from));
    rules.extend(own.iter().filter(|s| !is_lexicon(s)).map(File::from));
    rules.extend(pack.rules.iter().map(|n| built_in(n)));
    Loader::new(&pack).run(&words, &rules)
}

/// How many sets of rules this process has loaded.
static LOADED: AtomicU64 = AtomicU64::new(0);

/// A lexicon file, or why it is none.
type ReadWords = Result<LexiconFile, toml::de::Error>;

/// A rule file, or why it is none.
type ReadRules = Result<RuleFile, toml::de::Error>;

struct Loader<'a> {
    pack: &'a PackFile,
    builder: Builder,
    errors: Vec<Diagnostic>,
}

impl Loader<'_> {
    fn new(pack: &PackFile) -> Loader<'_> {
        Loader { pack, builder: Builder::new(&pack.elisions, &pack.inverted), errors: Vec::new() }
    }

    fn run(mut self, words: &[File<'_>], sources: &[File<'_>]) -> Result<Rules, Vec<Diagnostic>> {
        let (furniture, rule_files) = self.read(words, sources);
        let furniture = furniture.map_err(|e| {
            let message = format!("a furniture expression is wrong: {e}");
            vec![Diagnostic::new("furniture", "rules/fr/pack.toml", 0..0, message, "write a regular expression")]
        })?;
        // A word list that cannot be read takes its tags with it: what rules then miss would only hide the mistake.
        if !self.builder.errors.is_empty() {
            return Err(self.builder.errors);
        }
        let mut files = Vec::new();
        for (i, file) in rule_files.into_iter().enumerate() {
            match file {
                Ok(file) => files.push((i, file)),
                Err(e) => self.errors.push(Diagnostic::from_toml(&sources[i].name, &e)),
            }
        }
        self.builder.settle();
        // Expressions first: a listed expression is one token in every rule, whatever the order of the files.
        let lists: Vec<BTreeMap<String, Vec<LexId>>> = files.iter().map(|(_, f)| self.lists(&f.words)).collect();
        let shared =
            files.iter().find(|(i, _)| sources[*i].theme.ends_with("/phrases")).map(|(_, f)| f.phrases.clone());
        let shared = shared.unwrap_or_default();
        let marks = self.pack.barriers.iter().map(|mark| Term::Word(self.builder.ensure(mark)));
        let gap = Pred { terms: marks.collect(), negated: true };
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
                gap: &gap,
                builder: &mut self.builder,
            };
            scope.read_phrases(source, &mut self.errors);
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
        self.compile(chunks, parsed, sources, furniture)
    }

    /// Builds the lexicon of these files, while one more thread is ahead with reading them and what is wanted next.
    fn read(&mut self, words: &[File<'_>], sources: &[File<'_>]) -> (Result<RegexSet, regex::Error>, Vec<ReadRules>) {
        // A file is read by the thread that comes to it first, and dropped when both are done: threads that give and take
        // memory of each other wait for each other.
        let read: Vec<OnceLock<ReadWords>> = words.iter().map(|_| OnceLock::new()).collect();
        let each = || words.iter().zip(&read).map(|(s, file)| (s, file.get_or_init(|| toml::from_str(s.text))));
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                each().for_each(drop);
                let rules = sources.iter().map(|source| toml::from_str(source.text)).collect();
                (RegexSet::new(&self.pack.furniture), rules)
            });
            each().for_each(|(source, file)| self.builder.add(&source.name, file));
            reader.join().expect("reading a file does not panic")
        })
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
        sources: &[File<'_>],
        furniture: RegexSet,
    ) -> Result<Rules, Vec<Diagnostic>> {
        let (lexicon, mut errors) = self.builder.finish();
        errors.extend(self.errors);
        // The two halves need nothing of each other, and each takes its time.
        let (chunker, rules) = std::thread::scope(|scope| {
            let chunker = scope.spawn(|| chunker(&chunks, &lexicon));
            let rules = programs(parsed, sources, &mut errors);
            (chunker.join().expect("building the chunker does not panic"), rules)
        });
        let chunker = chunker.map_err(|count| {
            errors.push(too_many("kinds of words", count, MOST_CLASSES));
            std::mem::take(&mut errors)
        })?;
        if !errors.is_empty() {
            return Err(errors);
        }
        let number = LOADED.fetch_add(1, Ordering::Relaxed) + 1;
        let (tests, rules) = rules;
        Ok(Rules { language: self.pack.language.clone(), lexicon, chunker, tests, furniture, rules, number })
    }
}

/// The rules ready to run, and the alphabet of their tests.
fn programs(parsed: Vec<Parsed>, sources: &[File<'_>], errors: &mut Vec<Diagnostic>) -> (Alphabet, Vec<Rule>) {
    let tests = alphabet(parsed.iter().map(|rule| &rule.node));
    let sizes = [("rules", parsed.len(), MOST_RULES), ("tests of tags", tests.tests(), MOST_TESTS)];
    if let Some((what, count, most)) = sizes.into_iter().find(|(_, count, most)| count > most) {
        errors.push(too_many(what, count, most));
        return (tests, Vec::new());
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
        rules.push(finished(rule, compiled, &source.name, errors));
    }
    (tests, rules)
}

/// Bytes the lazy automaton of the chunks may grow to in each worker.
const CHUNK_CACHE: usize = 16 << 20;

fn too_many(what: &str, count: usize, most: usize) -> Diagnostic {
    let message = format!("there are {count} {what}: the limit is {most}");
    Diagnostic::new("too-many", "rules", 0..0, message, "use fewer tags and word lists, or merge rules")
}

/// Finds these chunks; `Err`: how many classes of words they tell apart, where that is more than can be numbered.
fn chunker(chunks: &[(ChunkKind, Tags, Node)], lexicon: &Lexicon) -> Result<Chunker, usize> {
    let mut alphabet = alphabet(chunks.iter().map(|(_, _, node)| node));
    let mut classes = chunk::word_classes(&mut alphabet, lexicon);
    let mut quotes = chunk::quote_classes(&mut alphabet);
    let renamed = alphabet.close();
    if renamed.len() > MOST_CLASSES {
        return Err(renamed.len());
    }
    classes.iter_mut().flatten().chain(&mut quotes).for_each(|c| *c = renamed[*c as usize]);
    let nfa =
        automaton(chunks.iter().map(|(_, _, node)| node), &alphabet).expect("chunk patterns are within the limits");
    let dfa = DFA::builder()
        .configure(DFA::config().cache_capacity(CHUNK_CACHE).starts_for_each_pattern(false))
        .build_from_nfa(nfa)
        .expect("the automaton of the chunks is within the limits");
    let kinds = chunks.iter().map(|(kind, tags, _)| (*kind, *tags)).collect();
    Ok(Chunker { dfa, kinds, classes, quotes })
}

/// The alphabet of all tests these patterns make.
fn alphabet<'a>(nodes: impl Iterator<Item = &'a Node>) -> Alphabet {
    let mut tests = Vec::new();
    nodes.for_each(|node| pattern::preds(node, &mut tests));
    Alphabet::new(tests.into_iter())
}
