//! Web addresses, domains, e-mail addresses and `@accounts` at the start of a stretch of text.
//!
//! Invariant: each function looks at a bounded number of bytes, or at no more than it returns; so scanning a text for
//! addresses is linear in it.

use super::scan::is_space;

/// Endings of web domains that press text names without « www ».
const DOMAIN_ENDS: &[&str] = &[
    "fr", "com", "org", "net", "info", "be", "ch", "ca", "lu", "eu", "uk", "de", "es", "it", "ru", "tr", "cn", "ma",
    "tn", "dz", "sn", "ci", "bf", "ml", "ne", "tg", "bj", "cm", "cd", "ga", "gn", "mg", "re", "gov", "io", "tv", "co",
    "int", "africa", "news", "media", "example", "quebec", "paris", "bzh",
];

/// The longest a host name or the local part of an e-mail address can be (RFC 1035, RFC 5321).
const LONGEST_NAME: usize = 254;

/// What an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A page or a site.
    Web,
    /// A mailbox: nobody speaks there, nobody publishes there.
    Mail,
}

/// The address that `rest` begins with, and its bytes.
pub(super) fn address(rest: &str) -> Option<(usize, Address)> {
    let bytes = rest.as_bytes();
    let mut dot = false;
    let mut run = bytes.iter().take(LONGEST_NAME).take_while(|b| b.is_ascii_alphanumeric()).count();
    // Most words end here, at a mark that no address goes on with.
    if !bytes.get(run).is_some_and(|&b| is_name(b) || matches!(b, b'@' | b':')) {
        return None;
    }
    while run < LONGEST_NAME && bytes.get(run).is_some_and(|&b| is_name(b)) {
        dot |= bytes[run] == b'.';
        run += 1;
    }
    match bytes.get(run) {
        Some(b'@') => Some((run + 1 + host(&rest[run + 1..])?, Address::Mail)),
        Some(b':') if matches!(&rest[..run], "http" | "https") && rest[run..].starts_with("://") => {
            Some((extent(rest), Address::Web))
        }
        _ if rest.starts_with("www.") => Some((extent(rest), Address::Web)),
        _ if !dot || run == LONGEST_NAME => None,
        next => {
            let size = host(rest)?;
            let path = size == run && next == Some(&b'/');
            Some((if path { extent(rest) } else { size }, Address::Web))
        }
    }
}

/// Bytes of an `@account`; 0 if there is none.
pub(super) fn account(rest: &str) -> usize {
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let size = rest.bytes().skip(1).take_while(name).count();
    if rest.starts_with('@') && size > 0 { size + 1 } else { 0 }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+' | b'%')
}

/// Bytes of the host name that `rest` begins with, if it has a known ending.
fn host(rest: &str) -> Option<usize> {
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
    let run = rest.bytes().take(LONGEST_NAME).take_while(part).count();
    let name = rest[..run].trim_end_matches(['.', '-']);
    let (site, ending) = name.rsplit_once('.')?;
    let cut = rest[run..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let whole = site.len() > 1 && !cut && !name.contains("..");
    (whole && DOMAIN_ENDS.contains(&ending)).then_some(name.len())
}

/// Bytes up to where an address must end: white space, a quotation mark, a bracket or a dash; less the marks of the
/// sentence.
fn extent(rest: &str) -> usize {
    let stop =
        rest.find(|c: char| is_space(c) || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '(' | ')' | '—'));
    rest[..stop.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '’', '\'']).len()
}
