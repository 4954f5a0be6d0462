//! The shapes a credit can have: « (afp) », « Le Monde avec AFP », « © 2024 Le Soir », « suivez Le Soir sur Google News ».
//!
//! Invariant: a name is taken only from words that credit it, so a line that says anything else gives none. The work is
//! linear in the block.

use super::names::clean;
use crate::attribute::trim::Context;
use crate::lexicon::fold::fold;
use crate::lexicon::tags::{self, Tags};
use crate::span::Span;
use crate::token::CAPITAL;
use std::ops::Range;

/// How much a credit counts: the smallest is the outlet's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The outlet's own name: in the title, on a line of its own, behind the text.
    Own,
    /// The outlet as it speaks of itself in the text.
    Itself,
    /// A last line that looks like an outlet's name.
    Signature,
    /// « By X ».
    By,
    /// An agency on a line of its own.
    Agency,
    /// An agency in brackets.
    Bracket,
    /// « Source : X ».
    Source,
}

/// An outlet, and how plainly it is named.
pub(super) type Credit = (Rank, String);

/// Longest credit, in tokens.
pub(super) const LONGEST: usize = 10;

/// A stretch of tokens.
pub(super) type Tokens = Range<u32>;

/// The tags of a token.
pub(super) fn tag(cx: &Context<'_>, token: u32) -> Tags {
    cx.lexicon.tags(cx.tokens[token as usize].lex)
}

/// The words of a token.
pub(super) fn text<'a>(cx: &Context<'a>, token: u32) -> &'a str {
    cx.tokens[token as usize].span.of(cx.text)
}

fn span(cx: &Context<'_>, tokens: Tokens) -> Span {
    cx.tokens[tokens.start as usize].span.cover(cx.tokens[tokens.end as usize - 1].span)
}

fn name(cx: &Context<'_>, tokens: Tokens) -> String {
    clean(span(cx, tokens).of(cx.text))
}

fn is_capital(cx: &Context<'_>, token: u32) -> bool {
    cx.tokens[token as usize].is(CAPITAL)
}

/// The platform for posts that an address leads to.
pub(super) fn posted_on(address: &str) -> Option<&'static str> {
    let known = [
        ("t.co/", "Twitter"),
        ("twitter.com", "Twitter"),
        ("x.com/", "X"),
        ("bsky.app", "Bluesky"),
        ("facebook.com", "Facebook"),
    ];
    known.into_iter().find(|(part, _)| address.contains(part)).map(|(_, name)| name)
}

/// An outlet's name or address, as far as it is one without its neighbours.
fn is_outlet(cx: &Context<'_>, token: u32) -> bool {
    let tags = tag(cx, token);
    // « A.P. » is rather an author.
    let proper = tags.any(tags::PROPER) || (tags.any(tags::ORG) && !tags.any(tags::GENERIC));
    let named = tags.any(tags::MEDIA) && proper && !text(cx, token).contains('.');
    (named && !tags.any(tags::PLATFORM)) || (tags.any(tags::URL) && posted_on(text(cx, token)).is_none())
}

/// Words that may stand in a credit beside the names.
const SMALL: &[&str] = &[
    "par",
    "avec",
    "source",
    "sources",
    "et",
    "by",
    "via",
    "de",
    "du",
    "la",
    "le",
    "les",
    "l'",
    "d'",
    "à",
    "the",
    "from",
    "rédaction",
    "collaboration",
    "correspondance",
    "agence",
    "agences",
    "tous",
    "droits",
    "réservés",
    "copyright",
    "c",
];

/// The outlet that a stretch names if it is nothing but a credit; before an agency, whoever prints what the agency wrote.
/// `people`: names of authors may stand there too. `low`: agencies may stand in lower case (« (afp/nxp) »).
fn credited(cx: &Context<'_>, tokens: Tokens, people: bool, low: bool) -> Option<(bool, String)> {
    if tokens.is_empty() || tokens.len() > LONGEST {
        return None;
    }
    let mut own = None;
    let mut agency = None;
    let mut scratch = String::new();
    for t in tokens {
        let word = fold(text(cx, t));
        let tags = tag(cx, t);
        let spelt = cx.lexicon.tags(cx.lexicon.look_up(&word, true, &mut scratch));
        if is_outlet(cx, t) || (low && spelt.any(tags::AGENCY)) {
            let place = if spelt.any(tags::AGENCY) || tags.any(tags::AGENCY) { &mut agency } else { &mut own };
            place.get_or_insert_with(|| clean(text(cx, t)));
            continue;
        }
        let mark = !word.starts_with(char::is_alphanumeric);
        let beside = mark || SMALL.contains(&word.as_str()) || tags.any(tags::TIME | tags::NUM | tags::PLACE);
        let author = people && (is_capital(cx, t) || tags.any(tags::PARTICLE));
        // « (jsa/afp) »: the initials of whoever edited it.
        let initials = low && word.len() < 5;
        if !beside && !author && !initials {
            return None;
        }
    }
    own.map(|n| (false, n)).or(agency.map(|n| (true, spell(n))))
}

/// An agency's name as the world writes it: « AFP » for « afp ».
fn spell(name: String) -> String {
    if name.starts_with(char::is_lowercase) && name.len() < 5 { name.to_uppercase() } else { name }
}

fn ranked(found: Option<(bool, String)>, agency: Rank) -> Option<Credit> {
    found.map(|(is_agency, name)| (if is_agency { agency } else { Rank::Own }, name))
}

/// « Title | Outlet ».
pub(super) fn in_title(cx: &Context<'_>, block: Tokens) -> Option<Credit> {
    let bar = block.clone().rev().find(|&t| text(cx, t) == "|")?;
    let rest = bar + 1..block.end;
    let plain = |t: u32| !tag(cx, t).any(tags::STOP | tags::FIN);
    (!rest.is_empty() && rest.len() < 6 && rest.clone().all(plain)).then(|| (Rank::Own, name(cx, rest)))
}

/// A block that names an outlet and nothing else: « Le Monde avec AFP », « Par Paul Roy, Le Figaro », « © AFP ».
/// `edge`: it stands near the head or the foot of the text; `last`: at its foot; `end`: nothing follows.
pub(super) fn line(cx: &Context<'_>, block: Tokens, edge: bool, last: bool, end: bool) -> Option<Credit> {
    if block.len() > LONGEST || block.clone().any(|t| tag(cx, t).any(tags::STOP | tags::FIN) && !is_outlet(cx, t)) {
        return None;
    }
    // In the middle of a text it is the credit of a picture.
    let picture = text(cx, block.start) == "©" && !end;
    if !picture && let Some(found) = ranked(credited(cx, block.clone(), false, false), Rank::Agency) {
        return Some(found);
    }
    if edge && !picture && is_outlet(cx, block.end - 1) && joined(cx, &block) {
        return ranked(credited(cx, block.clone(), true, false), Rank::Agency);
    }
    if block.len() == 2 && matches!(text(cx, block.start), "By" | "by") {
        return Some((Rank::By, text(cx, block.start + 1).to_string()));
    }
    if last && is_signature(cx, block.clone()) {
        return Some((Rank::Signature, name(cx, block)));
    }
    if !last || block.len() > 3 {
        return None;
    }
    // « LaLibre »: the foot of the page, written like the site's own name.
    let compact: String = block.clone().map(|t| fold(text(cx, t))).collect();
    let known = cx.lexicon.domains.keys().any(|d| d.split('.').next() == Some(compact.as_str()));
    known.then(|| (Rank::Own, name(cx, block)))
}

/// « Paul Roy, AFP », « Paul Roy avec AFP »: an author and an outlet are told apart.
fn joined(cx: &Context<'_>, block: &Tokens) -> bool {
    block
        .clone()
        .any(|t| matches!(text(cx, t), "," | "avec" | "(" | "/" | "-" | "–" | "—" | "|") || text(cx, t) == "Par")
}

/// Nouns that newspapers and their like are called by.
const TITLES: &[&str] = &[
    "courrier",
    "écho",
    "journal",
    "gazette",
    "dépêche",
    "tribune",
    "quotidien",
    "hebdo",
    "presse",
    "radio",
    "télé",
    "voix",
    "nouvelles",
    "revue",
    "magazine",
    "agence",
    "infos",
    "info",
    "actu",
    "news",
    "post",
    "times",
    "décrypteurs",
    "chronique",
    "bulletin",
    "messager",
    "indépendant",
    "républicain",
    "progrès",
    "éclair",
];

/// A last block that is a name like « L'Écho des Vaudes »: few words, no verb, no person.
fn is_signature(cx: &Context<'_>, block: Tokens) -> bool {
    let word = |t: u32| fold(text(cx, t));
    let plain = |t: u32| word(t).starts_with(char::is_alphabetic) && !tag(cx, t).any(tags::GIVEN | tags::TITLE);
    let few = (2..7).contains(&block.len());
    let titled = block.clone().any(|t| TITLES.contains(&word(t).as_str()));
    few && is_capital(cx, block.start) && block.clone().all(plain) && (titled || is_outlet(cx, block.start))
}

/// Names behind the last sentence of a text: « … en France. AP », « … en France. Paul Roy avec AFP ».
pub(super) fn behind(cx: &Context<'_>, block: Tokens) -> Option<Credit> {
    let stop = |&t: &u32| tag(cx, t).any(tags::STOP) || matches!(text(cx, t), "»" | "”");
    let tail = block.clone().rev().take(LONGEST).find(stop)? + 1..block.end;
    // « Source : X » says where the story was read first.
    if tail.is_empty() || !is_outlet(cx, tail.end - 1) || tail.clone().any(|t| text(cx, t) == ":") {
        return None;
    }
    ranked(credited(cx, tail.clone(), joined(cx, &tail), false), Rank::Agency)
}

/// « (afp) » at the end of a text; « BRUXELLES (Belga) » before its beginning.
pub(super) fn bracket(cx: &Context<'_>, block: Tokens, head: bool, last: bool) -> Option<Credit> {
    let near =
        if head { block.start..block.end.min(block.start + 2 * LONGEST as u32) } else { block.start..block.start };
    let foot = block.clone().rev().take(LONGEST).find(|&t| text(cx, t) == "(").filter(|_| last);
    let dateline = || {
        let open = near.clone().find(|&t| text(cx, t) == "(")?;
        let placed = |t: u32| {
            let lower = text(cx, t).starts_with(char::is_lowercase);
            !lower || tag(cx, t).any(tags::TIME | tags::DET | tags::PARTICLE | tags::PLACE)
        };
        (open < block.start + LONGEST as u32 && (block.start..open).all(placed)).then_some(open)
    };
    let read = |open: u32, foot: bool| {
        let close = (open..block.end).take(LONGEST).find(|&t| text(cx, t) == ")")?;
        let inside = open + 1..close;
        let ends = !foot || (close + 1..block.end).all(|t| tag(cx, t).any(tags::STOP));
        let found = ends.then(|| credited(cx, inside.clone(), false, true)).flatten();
        ranked(found.or_else(|| desk(cx, inside, foot)), Rank::Bracket)
    };
    foot.and_then(|open| read(open, true)).or_else(|| read(dateline()?, false))
}

/// « (nxp) »: the sign of a newsroom that no list has, at the foot of a text.
fn desk(cx: &Context<'_>, inside: Tokens, foot: bool) -> Option<(bool, String)> {
    let [t] = inside.collect::<Vec<_>>()[..] else { return None };
    let word = text(cx, t);
    let letters = word.chars().all(|c| c.is_ascii_lowercase()) && word.len() == 3;
    (foot && letters && tag(cx, t).any(tags::OPEN)).then(|| (true, word.to_string()))
}

/// « © 2024 Le Soir », « Copyright (c) 2024 Site.com », « © Reuters - 2024 » at the foot of a text.
pub(super) fn copyright(cx: &Context<'_>, block: Tokens) -> Option<Credit> {
    let sign = |&t: &u32| text(cx, t) == "©" || text(cx, t).eq_ignore_ascii_case("copyright");
    let at = block.clone().rev().take(2 * LONGEST).find(sign)?;
    let year = |t: u32| tag(cx, t).any(tags::NUM) && text(cx, t).len() == 4;
    let skip = |t: u32| year(t) || matches!(text(cx, t), "(" | "c" | ")" | "©" | "-" | ",");
    let first = (at + 1..block.end).find(|&t| !skip(t))?;
    let mut end = first + 1;
    while end < block.end && end < first + 4 && !is_outlet(cx, first) && is_capital(cx, end) {
        end += 1;
    }
    let dated = (at..first).any(year) || (end..block.end).take(2).any(year);
    if !dated || !(is_outlet(cx, first) || is_capital(cx, first)) {
        return None;
    }
    let rank = if tag(cx, first).any(tags::AGENCY) { Rank::Agency } else { Rank::Own };
    Some((rank, name(cx, first..end).trim_end_matches('.').to_string()))
}

/// « Source : Xinhua » at the foot of a text.
pub(super) fn source(cx: &Context<'_>, block: Tokens) -> Option<Credit> {
    let colon = block.clone().rev().take(LONGEST).find(|&t| text(cx, t) == ":").filter(|&t| t > block.start)?;
    let rest = colon + 1..block.end;
    let before = colon.checked_sub(2).filter(|&t| t >= block.start);
    let led = matches!(text(cx, colon - 1), "Source" | "Sources") && before.is_none_or(|t| !tag(cx, t).any(tags::NUM));
    let names = !rest.is_empty() && rest.len() < 5 && rest.clone().all(|t| is_capital(cx, t) || !is_word(cx, t));
    (led && names).then(|| {
        let known = credited(cx, rest.clone(), false, false).map(|(_, name)| name);
        (Rank::Source, known.unwrap_or_else(|| name(cx, rest)))
    })
}

fn is_word(cx: &Context<'_>, token: u32) -> bool {
    text(cx, token).starts_with(char::is_alphanumeric)
}

/// What an outlet says of itself in its text: « suivez X sur Google News », « où X s'est rendue », « A lire sur X : »,
/// « X vous révélait ».
pub(super) fn of_itself(cx: &Context<'_>, block: Tokens) -> Option<Credit> {
    let found = block.clone().find_map(|t| match text(cx, t) {
        "Google" => followed(cx, block.start, t, block.end),
        "où" => went(cx, t, block.end),
        "sur" => leads_on(cx, block.start, t, block.end),
        "vous" => tells_you(cx, block.start, t, block.end),
        _ => None,
    })?;
    Some((Rank::Itself, found))
}

/// « Suivez X sur Google News », « aucune actualité de X, suivez-nous sur Google Actualités ».
fn followed(cx: &Context<'_>, first: u32, google: u32, end: u32) -> Option<String> {
    let service = google + 1 < end && matches!(text(cx, google + 1), "News" | "Actualités" | "Discover");
    let on = google.checked_sub(1).filter(|&t| service && t > first && text(cx, t) == "sur")?;
    let from = (first..on).rev().take(2 * LONGEST).take_while(|&t| !tag(cx, t).any(tags::STOP)).last()?;
    let window = from..on;
    let about = |&t: &u32| matches!(text(cx, t), "actualité" | "actualités" | "infos" | "info" | "news");
    let of = |t: u32| matches!(text(cx, t), "de" | "des" | "du" | "d'" | "à" | "d’");
    let mut at = match window.clone().rev().find(about).filter(|&t| t + 1 < on && of(t + 1)) {
        Some(news) => news + 1,
        None => {
            window.clone().rev().find(|&t| fold(text(cx, t)).starts_with("suivez") || text(cx, t).contains("bonnez"))?
                + 1
        }
    };
    // « Abonnez-vous à X ».
    while at < on && !is_capital(cx, at) && !of(at) {
        at += 1;
    }
    let article = match text(cx, at) {
        "des" => "Les ",
        "du" => "Le ",
        _ => "",
    };
    let begin = if of(at) { at + 1 } else { at };
    let stop = (begin..on).find(|&t| !is_word(cx, t)).unwrap_or(on);
    (begin < stop && stop - begin < 6).then(|| format!("{article}{}", name(cx, begin..stop)))
}

/// « Morlaix, où Europe 1 a passé la journée ».
fn went(cx: &Context<'_>, at: u32, end: u32) -> Option<String> {
    let outlet = (at + 1..end).take(2).find(|&t| is_outlet(cx, t))?;
    let mut rest = (outlet + 1..end).take(4).map(|t| text(cx, t));
    rest.any(|w| w.starts_with("rendu")).then(|| clean(text(cx, outlet)))
}

/// « X vous dévoilait hier … »: a text that addresses its readers.
fn tells_you(cx: &Context<'_>, first: u32, you: u32, end: u32) -> Option<String> {
    let outlet = you.checked_sub(1).filter(|&t| t >= first && is_outlet(cx, t))?;
    let verb = (you + 1 < end).then(|| fold(text(cx, you + 1)))?;
    let told =
        ["dévoil", "racont", "propos", "présent", "révél", "annonç", "expliqu"].iter().any(|v| verb.starts_with(v));
    told.then(|| clean(text(cx, outlet)))
}

/// « A ne pas manquer sur X : », « A lire aussi sur X : ».
fn leads_on(cx: &Context<'_>, first: u32, on: u32, end: u32) -> Option<String> {
    let outlet = (on + 1..end).take(2).find(|&t| is_outlet(cx, t))?;
    let colon = tag(cx, outlet).any(tags::URL) || (outlet + 1 < end && text(cx, outlet + 1) == ":");
    let before = || (first..on).rev().take(6);
    let verb = |t: u32| {
        let word = text(cx, t).split(' ').next().unwrap_or_default();
        matches!(word, "lire" | "manquer" | "voir" | "écouter" | "découvrir" | "regarder")
    };
    let to = |t: u32| matches!(text(cx, t).split(' ').next(), Some("A" | "À"));
    (colon && before().any(verb) && before().any(to)).then(|| clean(text(cx, outlet)))
}
