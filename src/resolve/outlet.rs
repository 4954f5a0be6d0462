//! Who publishes each passage.
//!
//! A page may repost several outlets: a web address at the foot of a passage credits everything since the one before.
//! Where no address stands, a credit line, a title's « | Outlet » or an agency's signature credits the whole document.
//! Invariant: an outlet is a name or address the document shows as a credit, never one it merely mentions.

use super::roster::clean;
use crate::attribute::trim::Context;
use crate::lexicon::fold::fold;
use crate::lexicon::tags;
use crate::span::Span;

/// The outlets of a document.
#[derive(Debug, Default)]
pub struct Outlets {
    /// Byte at which each passage ends, and who publishes it.
    passages: Vec<(u32, String)>,
    /// Embedded posts that show their platform: bytes, platform.
    posts: Vec<(Span, &'static str)>,
    /// Who publishes the rest.
    whole: Option<String>,
}

impl Outlets {
    /// Who publishes what stands at this byte.
    pub fn at(&self, byte: u32) -> Option<&str> {
        let post = self.posts.partition_point(|(span, _)| span.end <= byte);
        if let Some((_, platform)) = self.posts.get(post).filter(|(span, _)| span.start <= byte) {
            return Some(platform);
        }
        let passage = self.passages.partition_point(|(end, _)| *end <= byte);
        self.passages.get(passage).map(|(_, name)| name.as_str()).or(self.whole.as_deref())
    }

    /// Who publishes the document, as far as it is one outlet: the last one credited.
    pub fn document(&self) -> Option<&str> {
        self.passages.last().map(|(_, name)| name.as_str()).or(self.whole.as_deref())
    }
}

/// Longest credit line, in tokens.
const CREDIT: usize = 9;

/// Reads the credits of a document. `blocks`: first token and one past the last of each block.
pub fn read(cx: &Context<'_>, blocks: &[(u32, u32)]) -> Outlets {
    let mut outlets = Outlets::default();
    let mut credits: Vec<(u8, String)> = Vec::new();
    for (i, &(first, end)) in blocks.iter().enumerate() {
        if first == end {
            continue;
        }
        if let Some(platform) = platform(cx, first, end) {
            outlets.posts.push((span(cx, first, end), platform));
        }
        if let Some(site) = site(cx, first, end) {
            outlets.passages.push((cx.tokens[end as usize - 1].span.end, site));
            continue;
        }
        let edge = i < 3 || i + 3 >= blocks.len();
        credits.extend(edge.then(|| title_credit(cx, first, end).filter(|_| i == 0)).flatten().map(|n| (0, n)));
        credits.extend(line_credit(cx, first, end, i + 2 >= blocks.len()));
        credits.extend(signature(cx, first, end, i + 2 >= blocks.len()));
        credits.extend(edge.then(|| bracket(cx, first, end, i < 3)).flatten());
    }
    credits.sort_by_key(|(rank, _)| *rank);
    outlets.whole = credits.into_iter().next().map(|(_, name)| name);
    // One address at the foot credits the page, whatever stands below it.
    if let [(_, only)] = &outlets.passages[..] {
        outlets.whole = Some(only.clone());
    }
    outlets
}

fn tag(cx: &Context<'_>, token: u32) -> tags::Tags {
    cx.lexicon.tags(cx.tokens[token as usize].lex)
}

fn text<'a>(cx: &Context<'a>, token: u32) -> &'a str {
    cx.tokens[token as usize].span.of(cx.text)
}

/// A web address that is the block, or stands behind its last sentence.
fn site(cx: &Context<'_>, first: u32, end: u32) -> Option<String> {
    let last = end - 1;
    if !tag(cx, last).any(tags::URL) {
        return None;
    }
    let alone = first == last
        || ((last - first) < CREDIT as u32
            && (first..last).any(|t| text(cx, t) == ":")
            && !(first..last).any(|t| tag(cx, t).any(tags::FIN)));
    let after_stop =
        last > first && (tag(cx, last - 1).any(tags::STOP) || matches!(text(cx, last - 1), "»" | "”" | "\""));
    (alone || after_stop).then(|| host(text(cx, last)))
}

/// The platform whose links a block holds beside an @account.
fn platform(cx: &Context<'_>, first: u32, end: u32) -> Option<&'static str> {
    let account = (first..end).any(|t| tag(cx, t).any(tags::HANDLE));
    let link = |part: &str| (first..end).any(|t| tag(cx, t).any(tags::URL) && text(cx, t).contains(part));
    let known = [
        ("t.co/", "Twitter"),
        ("twitter.com", "Twitter"),
        ("x.com/", "X"),
        ("bsky.app", "Bluesky"),
        ("facebook.com", "Facebook"),
    ];
    known.into_iter().find(|(part, _)| account && link(part)).map(|(_, name)| name)
}

/// The host of a web address, without « www. ».
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, r)| r);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_string()
}

/// « Title | Outlet ».
fn title_credit(cx: &Context<'_>, first: u32, end: u32) -> Option<String> {
    let bar = (first..end).rev().find(|&t| text(cx, t) == "|")?;
    let name = (bar + 1 < end && end - bar < 7).then(|| span(cx, bar + 1, end))?;
    Some(clean(name.of(cx.text)))
}

fn span(cx: &Context<'_>, first: u32, end: u32) -> Span {
    cx.tokens[first as usize].span.cover(cx.tokens[end as usize - 1].span)
}

/// A short block that names an outlet and nothing else: « Le Monde avec AFP », « Par Le Figaro », « © AFP ».
fn line_credit(cx: &Context<'_>, first: u32, end: u32, last: bool) -> Option<(u8, String)> {
    if end - first > CREDIT as u32
        || (first..end).any(|t| tag(cx, t).any(tags::STOP | tags::FIN) && !tag(cx, t).any(tags::MEDIA))
    {
        return None;
    }
    let plain = |t: u32| {
        let word = fold(text(cx, t));
        tag(cx, t).any(tags::MEDIA | tags::TIME | tags::NUM)
            || !word.starts_with(char::is_alphabetic)
            || matches!(
                word.as_str(),
                "par" | "avec" | "source" | "et" | "by" | "via" | "de" | "la" | "le" | "les" | "rédaction"
            )
    };
    let media = |agency: bool| {
        (first..end).find(|&t| {
            tag(cx, t).any(tags::MEDIA) && !tag(cx, t).any(tags::PLATFORM) && tag(cx, t).any(tags::AGENCY) == agency
        })
    };
    if (first..end).all(plain) {
        let named = media(false).map(|t| (1, t)).or_else(|| media(true).map(|t| (4, t)));
        if let Some((rank, t)) = named {
            return Some((rank, clean(text(cx, t))));
        }
    }
    if end - first == 2 && matches!(text(cx, first), "By" | "by") {
        return Some((3, text(cx, first + 1).to_string()));
    }
    if last && is_signature(cx, first, end) {
        return Some((2, clean(span(cx, first, end).of(cx.text))));
    }
    // « LaLibre »: the foot of the page, written like the site's own name.
    let compact: String = (first..end).map(|t| fold(text(cx, t))).collect();
    let known = cx.lexicon.domains.keys().any(|d| d.split('.').next() == Some(compact.as_str()));
    (last && end - first < 4 && known).then(|| (1, clean(span(cx, first, end).of(cx.text))))
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
fn is_signature(cx: &Context<'_>, first: u32, end: u32) -> bool {
    let word = |t: u32| fold(text(cx, t));
    let capital = cx.tokens[first as usize].is(crate::token::CAPITAL);
    let plain =
        (first..end).all(|t| word(t).starts_with(char::is_alphabetic) && !tag(cx, t).any(tags::GIVEN | tags::TITLE));
    capital && plain && end - first < 7 && (first..end).any(|t| TITLES.contains(&word(t).as_str()))
}

/// An outlet's name behind the last sentence of the document.
fn signature(cx: &Context<'_>, first: u32, end: u32, last: bool) -> Option<(u8, String)> {
    let stop = (first..end).rev().find(|&t| tag(cx, t).any(tags::STOP))?;
    let tail = stop + 1..end;
    let few = last && !tail.is_empty() && tail.len() < 4;
    let media = few.then(|| tail.clone().all(|t| tag(cx, t).any(tags::MEDIA) && !tag(cx, t).any(tags::PLATFORM)))?;
    let rank = if tag(cx, end - 1).any(tags::AGENCY) { 4 } else { 1 };
    media.then(|| (rank, clean(span(cx, tail.start, end).of(cx.text))))
}

/// « (AFP) » at the end of a text, or in its dateline.
fn bracket(cx: &Context<'_>, first: u32, end: u32, head: bool) -> Option<(u8, String)> {
    let open = (first..end).rev().find(|&t| text(cx, t) == "(")?;
    let close = (open..end).find(|&t| text(cx, t) == ")")?;
    let inside = open + 1..close;
    let at_end = close + 2 >= end;
    let at_head = head && open < first + 4 && close < first + 10;
    let agency = inside.clone().find(|&t| tag(cx, t).any(tags::MEDIA) && !tag(cx, t).any(tags::PLATFORM));
    let few = !inside.is_empty() && inside.len() < 6;
    let found = (few && (at_end || at_head)).then_some(agency).flatten()?;
    Some((5, clean(text(cx, found))))
}
