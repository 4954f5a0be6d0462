//! Documents and figures: who gives them, and what says which one they are.
//!
//! Invariant: looks at nothing but the source and its noun phrases.

use super::names::clean;
use super::roster::PEOPLE;
use super::speaker::Resolved;
use crate::attribute::candidate::Stretch;
use crate::attribute::trim::Context;
use crate::lexicon::tags;
use crate::token::CAPITAL;
use crate::unit::Unit;

/// « les chiffres de la police », « la version de Léa Morel »: whoever they come from, as a noun phrase of its own.
pub fn owner(cx: &Context<'_>, unit: &Unit) -> Option<Unit> {
    let token = |t: u32| &cx.tokens[t as usize];
    let tags = |t: u32| cx.lexicon.tags(token(t).lex);
    let noun = |t: u32| cx.lexicon.lexeme(token(t).lex).noun;
    if !noun(unit.head).any(tags::OWNED) || unit.tags.any(tags::PERSON) {
        return None;
    }
    let capital = |t: u32| token(t).is(CAPITAL) && !noun(t).any(tags::DOC | tags::PLACE);
    let speaks = PEOPLE | tags::ORG | tags::GROUP | tags::MEDIA | tags::SOURCE;
    let of = |t: &u32| tags(*t).any(tags::PARTICLE | tags::CONTRACTED) && !token(*t).is(CAPITAL);
    (unit.head + 1..unit.end).filter(of).find_map(|of| {
        let first = of + 1;
        let word = |t: &u32| !tags(*t).any(tags::DET | tags::NUM | tags::INDEF) || token(*t).is(CAPITAL);
        let head =
            (first..unit.end).find(|t| word(t) && (noun(*t).any(tags::NOUN | speaks) || token(*t).is(CAPITAL)))?;
        // « les données de Médiamétrie diffusées »
        let loose = unit.end > head + 1 && tags(unit.end - 1).any(tags::PP) && !token(unit.end - 1).is(CAPITAL);
        let led = (first..head).fold(tags(of), |all, t| all | tags(t));
        let number = (noun(head) | led) & tags::PLURAL;
        // « de voisins » are people nobody knows; « du maire » has its article.
        let contracted = tags(of).any(tags::CONTRACTED);
        let bare = first == head && !contracted && !token(head).is(CAPITAL);
        let shown = match contracted {
            true => tags::DEF,
            false => (led & (tags::DEF | tags::DEM | tags::POSS | tags::INDEF)).with_if(bare, tags::INDEF),
        };
        // « Les informations du Parisien » are a newspaper's.
        let name = capital(head) && number.is_empty();
        let kind = if name { speaks & !PEOPLE } else { speaks };
        let tags = (noun(head) & (kind | tags::GENDER | tags::GENERIC | tags::NOUN)) | number | shown | tags::NP;
        let tags = tags.with_if(capital(head), tags::NAME);
        let end = if loose { unit.end - 1 } else { unit.end };
        (noun(head).any(speaks) || capital(head)).then(|| Unit {
            first,
            end,
            lex: token(head).lex,
            head,
            tags,
            word: false,
            quote: None,
        })
    })
}

/// « Les chiffres publiés par le ministère »: whoever gives them.
pub fn giver(cx: &Context<'_>, stretch: Stretch, unit: u32) -> Option<u32> {
    let np = &cx.units[unit as usize];
    let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    let participle = |t: u32| tags(t).any(tags::PP);
    let owned = cx.lexicon.lexeme(np.lex).noun.any(tags::OWNED);
    let behind = owned && (np.head + 1..np.end).any(participle);
    // « publiés hier par »: a time may stand between them.
    let by = (unit + 1..stretch.end).take(3).find(|&u| cx.words_at(u) == "par")?;
    (behind && by + 1 < stretch.end && cx.units[by as usize + 1].tags.any(tags::NP)).then_some(by + 1)
}

/// « Une étude parue dans une revue », « un sondage réalisé par un institut »: what follows the participle says which one it
/// is; a participle that nothing follows says nothing.
pub fn document(cx: &Context<'_>, stretch: Stretch, found: Resolved) -> Resolved {
    let np = &cx.units[found.unit as usize];
    let participle = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex).any(tags::PP);
    let own = (stretch.first..stretch.end).contains(&found.unit) && !found.named && found.tags.any(tags::DOC);
    let last = np.end - 1;
    if !own || last <= np.head || !participle(last) {
        return found;
    }
    let end = if found.unit + 1 < stretch.end { cx.units[stretch.end as usize - 1].end } else { last };
    let name = cx.tokens[np.first as usize].span.cover(cx.tokens[end as usize - 1].span);
    Resolved { name: clean(name.of(cx.text)), ..found }
}
