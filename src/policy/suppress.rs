//! What a draft allows: `<!-- selon: allow CODE, CODE — reason -->` before a paragraph, `allow-file` anywhere for all of it,
//! and `%% selon: …` on a line of its own where the draft is plain text.
//!
//! Invariant: every finding is either kept or allowed; nothing is allowed without a reason; whatever a comment does not
//! do is a finding of its own. Which comments are meant is decided in one place, where blocks leave them out:
//! [`crate::text::comment`].

use super::finding::{Finding, Severity, fingerprint};
use crate::rule::scope::nearest;
use crate::span::Span;
use crate::text::comment::{Comment, comments};
use crate::text::document::Block;
use std::collections::HashMap;

/// A code that there is none of, or a comment that cannot be understood.
pub const UNKNOWN: &str = "unknown-allow";
/// A comment that gives no reason.
pub const UNREASONED: &str = "allow-without-reason";
/// A comment, or one of its codes, that allows nothing.
pub const UNUSED: &str = "unused-allow";

/// What is said of the comments themselves.
pub const OWN: [&str; 3] = [UNKNOWN, UNREASONED, UNUSED];

/// Longer names than this are not compared with the known ones: nobody mistypes so much.
const LONGEST_NAME: usize = 60;

/// What a comment allows things in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The next block.
    Block,
    /// The whole document.
    File,
}

/// A code, and where the comment names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code<'a> {
    /// The code.
    pub name: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// Why a comment cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// It does not end.
    Unclosed,
    /// Text stands before it on its line.
    Misplaced,
    /// It begins with neither `allow` nor `allow-file`.
    Verb,
    /// No code stands where there should be one.
    Code,
    /// Something other than a comma, or a dash and a reason, stands behind a code.
    Separator,
}

/// A comment of a draft, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive<'a> {
    /// The whole comment.
    pub span: Span,
    /// What it allows things in.
    pub reach: Reach,
    /// What it allows.
    pub codes: Vec<Code<'a>>,
    /// Why.
    pub reason: Option<&'a str>,
    /// Why it cannot be followed; then it allows nothing.
    pub mistake: Option<Mistake>,
}

/// A finding that a comment allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// The comment, as an index of those read.
    pub directive: usize,
}

/// What is left of the findings of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Findings that nothing allows, in their order.
    pub kept: Vec<Finding>,
    /// Findings that a comment allows, in their order.
    pub suppressed: Vec<Suppressed>,
    /// What is wrong with the comments, in the order of the text.
    pub own: Vec<Finding>,
}

/// Reads the comments of a text.
pub fn read(text: &str) -> Vec<Directive<'_>> {
    comments(text).map(|comment| directive(text, comment)).collect()
}

fn directive(text: &str, comment: Comment) -> Directive<'_> {
    let body = comment.body.of(text);
    let (verb, rest) = body.split_at(body.find(char::is_whitespace).unwrap_or(body.len()));
    let reach = if verb == "allow-file" { Reach::File } else { Reach::Block };
    let mut directive = Directive { span: comment.span, reach, codes: Vec::new(), reason: None, mistake: None };
    if !comment.closed {
        directive.mistake = Some(Mistake::Unclosed);
    } else if !comment.begins_line {
        directive.mistake = Some(Mistake::Misplaced);
    } else if !matches!(verb, "allow" | "allow-file") {
        directive.mistake = Some(Mistake::Verb);
    } else {
        directive.mistake = codes(rest, comment.body.start + verb.len() as u32, &mut directive).err();
    }
    directive
}

/// Reads `CODE, CODE — reason`, which stands at the byte `base`.
fn codes<'a>(list: &'a str, base: u32, directive: &mut Directive<'a>) -> Result<(), Mistake> {
    let mut rest = list.trim_start();
    loop {
        let (name, behind) = rest.split_at(code_length(rest));
        if name.is_empty() {
            return Err(Mistake::Code);
        }
        let start = base + (list.len() - rest.len()) as u32;
        directive.codes.push(Code { name, span: Span::new(start, start + name.len() as u32) });
        rest = behind.trim_start();
        match rest.strip_prefix(',') {
            Some(more) => rest = more.trim_start(),
            None => break,
        }
    }
    let reason = rest.strip_prefix("--").or_else(|| rest.strip_prefix(['—', '–', '-', ':']));
    directive.reason = reason.map(str::trim).filter(|r| r.contains(char::is_alphanumeric));
    if reason.is_some() || rest.is_empty() { Ok(()) } else { Err(Mistake::Separator) }
}

/// The bytes of the code that a text begins with: words joined by single hyphens, so that a dash ends it.
fn code_length(text: &str) -> usize {
    let word = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let mut end = word(text);
    while end > 0 && text[end..].starts_with('-') {
        match word(&text[end + 1..]) {
            0 => break,
            more => end += 1 + more,
        }
    }
    end
}

/// Sets aside what the comments allow, and says what is wrong with them. `blocks` are those of the text the comments were
/// read in, `known` all codes there are, and `weigh` gives the weight of a code; one that is off is left out.
pub fn apply(
    directives: &[Directive<'_>],
    blocks: &[Block],
    known: &[&str],
    weigh: impl Fn(&'static str) -> Severity,
    findings: Vec<Finding>,
) -> Applied {
    let allowed = allowed(directives, blocks, known);
    let mut used: Vec<Vec<bool>> = directives.iter().map(|d| vec![false; d.codes.len()]).collect();
    let mut applied = Applied::default();
    for finding in findings {
        let block = blocks.partition_point(|b| b.span.start <= finding.span.start).saturating_sub(1);
        let place = [Some(block), None].into_iter().find_map(|block| allowed.get(&(block, finding.code)));
        match place {
            Some(&(directive, code)) => {
                used[directive][code] = true;
                applied.suppressed.push(Suppressed { finding, directive });
            }
            None => applied.kept.push(finding),
        }
    }
    let own = directives.iter().zip(&used).flat_map(|(directive, used)| complaints(directive, used, known));
    let own = own.map(|Complaint { code, span, words, message }| Finding {
        code,
        severity: weigh(code),
        message,
        span,
        statement: None,
        fingerprint: fingerprint(code, words, None),
    });
    applied.own = own.filter(|f| f.severity != Severity::Off).collect();
    applied
}

/// For each code, in each block or, without one, in the whole document: the comment that allows it, and which of its codes
/// it is.
type Allowed<'a> = HashMap<(Option<usize>, &'a str), (usize, usize)>;

fn allowed<'a>(directives: &[Directive<'a>], blocks: &[Block], known: &[&str]) -> Allowed<'a> {
    let mut allowed = HashMap::new();
    for (i, directive) in directives.iter().enumerate().filter(|(_, d)| d.mistake.is_none() && d.reason.is_some()) {
        let next = blocks.partition_point(|b| b.span.start < directive.span.end);
        let place = (directive.reach == Reach::Block).then_some(next);
        for (j, code) in directive.codes.iter().enumerate().filter(|(_, c)| known.contains(&c.name)) {
            allowed.entry((place, code.name)).or_insert((i, j));
        }
    }
    allowed
}

/// What is wrong with a comment.
struct Complaint<'a> {
    code: &'static str,
    span: Span,
    /// What it is known by from one draft to the next.
    words: &'a str,
    message: String,
}

fn complaints<'a>(directive: &Directive<'a>, used: &[bool], known: &[&str]) -> Vec<Complaint<'a>> {
    let names = directive.codes.first().map_or("", |c| c.name);
    let whole =
        |code, message: &str| Complaint { code, span: directive.span, words: names, message: message.to_string() };
    if let Some(mistake) = directive.mistake {
        let code = if mistake == Mistake::Misplaced { UNUSED } else { UNKNOWN };
        return vec![whole(code, misunderstood(mistake))];
    }
    let mut all = Vec::new();
    if directive.reason.is_none() {
        all.push(whole(UNREASONED, "nothing is allowed without a reason; write `— ` and the reason behind the code"));
    }
    let idle = directive.reason.is_some() && !used.contains(&true);
    if idle && directive.codes.iter().all(|c| known.contains(&c.name)) {
        all.push(whole(UNUSED, "nothing is left here to allow; remove the comment"));
        return all;
    }
    for (code, used) in directive.codes.iter().zip(used) {
        let complain = |kind, message| Complaint { code: kind, span: code.span, words: code.name, message };
        if !known.contains(&code.name) {
            all.push(complain(UNKNOWN, unknown(code.name, known)));
        } else if !used && directive.reason.is_some() {
            let message = format!("no `{}` is left here to allow; remove the code from the comment", code.name);
            all.push(complain(UNUSED, message));
        }
    }
    all
}

fn misunderstood(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::Unclosed => "this comment does not end; write `-->` behind it",
        Mistake::Misplaced => {
            "a comment behind text allows nothing, and cuts its paragraph in two; put it on a line of its own before the \
             paragraph"
        }
        Mistake::Verb => "this comment is not understood; write `allow CODE — reason`, or `allow-file CODE — reason`",
        Mistake::Code => "a code is missing here; write `allow CODE — reason`, with a comma between two codes",
        Mistake::Separator => "this comment is not understood behind its code; write `— ` and the reason there",
    }
}

fn unknown(name: &str, known: &[&str]) -> String {
    let near = Some(name.to_lowercase()).filter(|n| n.len() <= LONGEST_NAME);
    match near.as_deref().and_then(|n| nearest(n, known)) {
        Some(near) => format!("there is no code `{name}`; write `{near}`, if that is meant"),
        None => format!("there is no code `{name}`; `selon rules` lists all codes"),
    }
}
