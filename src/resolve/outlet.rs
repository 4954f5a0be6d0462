//! Who publishes each passage.
//!
//! A page may repost several outlets: a web address at the foot of a passage credits everything since the one before.
//! Where no address stands, the document's best credit counts for all of it.
//! Invariant: an outlet is a name or address the document shows as a credit, never one it merely mentions.

use super::credit::{self, Credit, Tokens, tag, text};
use crate::attribute::trim::Context;
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

/// Longest block that is a post and nothing else, in tokens.
const POST: usize = 90;

/// Reads the credits of a document. `blocks`: first token and one past the last of each block.
pub fn read(cx: &Context<'_>, blocks: &[(u32, u32)]) -> Outlets {
    let mut outlets = Outlets::default();
    let mut credits: Vec<Credit> = Vec::new();
    for (i, &(first, end)) in blocks.iter().enumerate() {
        if first == end {
            continue;
        }
        let block = first..end;
        let span = cx.tokens[first as usize].span.cover(cx.tokens[end as usize - 1].span);
        if let Some(platform) = platform(cx, block.clone()) {
            outlets.posts.push((span, platform));
        }
        if let Some(site) = site(cx, block.clone()) {
            outlets.passages.push((span.end, site));
            continue;
        }
        let (head, foot, last) = (i < 3, i + 3 >= blocks.len(), i + 2 >= blocks.len());
        credits.extend((i == 0).then(|| credit::in_title(cx, block.clone())).flatten());
        credits.extend(credit::line(cx, block.clone(), i > 0 && (head || foot), last, i + 1 == blocks.len()));
        credits.extend(credit::bracket(cx, block.clone(), head, foot));
        credits.extend(credit::of_itself(cx, block.clone()));
        if last {
            credits.extend(credit::behind(cx, block.clone()));
            credits.extend(credit::copyright(cx, block.clone()));
            credits.extend(credit::source(cx, block));
        }
    }
    credits.sort_by_key(|(rank, _)| *rank);
    outlets.whole = credits.into_iter().next().map(|(_, name)| name);
    // One address at the foot credits the page, whatever stands below it.
    if let [(_, only)] = &outlets.passages[..] {
        outlets.whole = Some(only.clone());
    }
    outlets
}

/// A web address that is the block, or stands behind its last sentence.
fn site(cx: &Context<'_>, block: Tokens) -> Option<String> {
    let last = block.end - 1;
    if !tag(cx, last).any(tags::URL) || credit::posted_on(text(cx, last)).is_some() {
        return None;
    }
    let before = block.start..last;
    let alone = before.is_empty()
        || (before.len() < credit::LONGEST
            && text(cx, last - 1) == ":"
            && !before.clone().any(|t| tag(cx, t).any(tags::FIN) && !tag(cx, t).any(tags::NOUN)));
    let after_stop =
        !before.is_empty() && (tag(cx, last - 1).any(tags::STOP) || matches!(text(cx, last - 1), "»" | "”" | "\""));
    (alone || after_stop).then(|| host(text(cx, last)))
}

/// The platform whose links a short block holds beside an @account.
fn platform(cx: &Context<'_>, block: Tokens) -> Option<&'static str> {
    let account = block.len() <= POST && block.clone().any(|t| tag(cx, t).any(tags::HANDLE));
    let links = block.filter(|&t| tag(cx, t).any(tags::URL));
    account.then(|| links.into_iter().find_map(|t| credit::posted_on(text(cx, t)))).flatten()
}

/// The host of a web address, without « www. ».
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, r)| r);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_string()
}
