//! Sources that are several: « A, B et C », « la police et le parquet », « 61 % des Français ».
//!
//! Invariant: every name is one of the source's own noun phrases, in their order.

use super::names::{clean, comma};
use super::roster::Roster;
use super::speaker::{Resolved, described};
use crate::attribute::candidate::Stretch;
use crate::attribute::trim::Context;
use crate::lexicon::tags::{self, Tags};

/// What is nobody's function.
const THINGS: Tags = Tags::all_of(&[tags::DOC, tags::ORG, tags::MEDIA, tags::SOURCE, tags::PLACE]);

/// « 61 % »: a part of those who were asked.
pub fn share(cx: &Context<'_>, stretch: Stretch) -> Option<Resolved> {
    let units = stretch.of(cx.units);
    let (first, last) = (units.first()?, units.last()?);
    if units.get(1).is_none_or(|u| cx.words(u) != "%") {
        return None;
    }
    let name = first.span(cx.tokens).cover(last.span(cx.tokens));
    let tags = first.tags | tags::GROUP;
    first.tags.any(tags::NUM).then(|| Resolved {
        name: clean(name.of(cx.text)),
        tags,
        named: false,
        unit: stretch.first,
        entity: None,
    })
}

/// « X et Y », « A, B et C », « la police et le parquet »: all of them.
pub fn coordination(cx: &Context<'_>, stretch: Stretch, roster: &Roster) -> Option<Resolved> {
    let unit = |u: u32| &cx.units[u as usize];
    let and = (stretch.first..stretch.end).find(|&u| cx.words_at(u) == "et")?;
    // « un sondage pour A et B » is one poll.
    let own = (stretch.first..and).take_while(|&u| !comma(cx, u));
    if own.into_iter().any(|u| unit(u).is_preposition()) {
        return None;
    }
    let name = |u: u32| Some((roster.entities[roster.of_unit(u)?].name.clone(), u));
    let determined = tags::DEF | tags::INDEF | tags::DEM | tags::POSS;
    // « Le maire et président du club » is one man.
    let plain = |u: u32| {
        let np = unit(u).tags;
        (np.any(tags::NP) && np.any(determined) && !np.any(tags::PRON)).then(|| (described(cx, u, roster).name, u))
    };
    let last = (and + 1..stretch.end).find(|&u| unit(u).tags.any(tags::NP))?;
    let apposed = || (last + 2 < stretch.end && comma(cx, last + 1)).then(|| name(last + 2)).flatten();
    let right = name(last).or_else(apposed).or_else(|| plain(last))?;
    let mut names: Vec<(String, u32)> = Vec::new();
    // « A, maire de Brest, et C »: what stands between commas may be one more name for A.
    let member = |&u: &u32| u == stretch.first || u + 1 == and || comma(cx, u - 1);
    for found in (stretch.first..and).filter(member).filter_map(name) {
        if found.0 != right.0 && !names.iter().any(|(known, _)| *known == found.0) {
            names.push(found);
        }
    }
    if names.is_empty() {
        // « L'ancien joueur et consultant Anne Morel » is one woman.
        let people = (stretch.first..and).all(|u| !unit(u).tags.any(tags::NP) || !unit(u).tags.any(THINGS));
        let person =
            unit(right.1).tags.any(tags::PERSON) || roster.of_unit(right.1).is_some_and(|e| roster.entities[e].person);
        if people && person && !unit(right.1).tags.any(determined) {
            return Some(described(cx, right.1, roster));
        }
        names.push((and > stretch.first).then(|| plain(and - 1)).flatten()?);
    }
    let first = names[0].1;
    // « Des photos et des vidéos »: nobody can look them up.
    let vague = |u: u32| roster.of_unit(u).is_none() && unit(u).tags.any(tags::INDEF);
    let named = !(vague(first) && vague(right.1));
    let names: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
    let name = format!("{} et {}", names.join(", "), right.0);
    let people = roster.of_unit(first).is_some_and(|e| roster.entities[e].person);
    let tags = (unit(first).tags | tags::PLURAL).with_if(people, tags::PERSON);
    Some(Resolved { name, tags, named, unit: first, entity: None })
}
