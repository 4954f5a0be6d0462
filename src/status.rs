//! Stage 9: attribution × kind of source → status, and the reason for it.
//!
//! Invariant: pure and total; it sees tags, never text. The order of the questions is that of the definition: is the
//! claim unconfirmed, is its source hidden, else it is sourced.

use crate::lexicon::tags::{self, Tags};
use crate::rule::set::StatusRule;
use serde::{Deserialize, Serialize};

/// What a reader can know of the source of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The reader can tell whom to ask.
    Sourced,
    /// Somebody said it; the text does not let the reader know who.
    Anonymous,
    /// The text itself calls it unconfirmed, or puts it on nobody.
    Unverified,
}

impl Status {
    /// All three, in the order of reports.
    pub const ALL: [Status; 3] = [Status::Sourced, Status::Anonymous, Status::Unverified];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Status::Sourced => "sourced",
            Status::Anonymous => "anonymous",
            Status::Unverified => "unverified",
        }
    }

    /// The status of this name.
    pub fn from_name(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// Why a statement has its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The rule that found it says the claim is unconfirmed.
    UnconfirmedClaim,
    /// The rule that found it says nobody is named.
    UnnamedByRule,
    /// The rule that found it says whom to ask.
    SourcedByRule,
    /// A formula such as « sous couvert d'anonymat ».
    AnonymityFormula,
    /// No source is expressed.
    NoSource,
    /// The word « source » itself.
    SourceWord,
    /// « certains », « on »: a pronoun for nobody in particular.
    IndefinitePronoun,
    /// « un responsable », « des témoins ».
    IndefiniteSource,
    /// « les experts », « l'entourage »: people in number, unnamed.
    UnnamedGroup,
    /// A person without a name or function.
    UnnamedPerson,
    /// A named person.
    NamedPerson,
    /// A named body, outlet, place or document.
    NamedBody,
    /// A spokesperson: the body speaks.
    Spokesperson,
    /// A document, study or poll.
    Document,
    /// A definite role or institution.
    DefiniteRole,
    /// A pronoun whose antecedent the text leaves open.
    OpenPronoun,
    /// « la jeune femme », where the text has just named somebody.
    Described,
}

impl Reason {
    /// One plain clause for a reader.
    pub fn meaning(self) -> &'static str {
        match self {
            Reason::UnconfirmedClaim => "the text calls the claim unconfirmed or puts it on nobody",
            Reason::UnnamedByRule => "the report names nobody",
            Reason::SourcedByRule => "the report says whom to ask",
            Reason::AnonymityFormula => "the source speaks under a promise of anonymity",
            Reason::NoSource => "no source is expressed",
            Reason::SourceWord => "the source is only called a source",
            Reason::IndefinitePronoun => "the source is nobody in particular",
            Reason::IndefiniteSource => "the source is somebody, not said who",
            Reason::UnnamedGroup => "the source is a group without names",
            Reason::UnnamedPerson => "the source is a person without a name or function",
            Reason::NamedPerson => "a named person",
            Reason::NamedBody => "a named body, outlet, place or document",
            Reason::Spokesperson => "a spokesperson: the body speaks",
            Reason::Document => "a document the text identifies",
            Reason::DefiniteRole => "a role or institution that has one holder",
            Reason::OpenPronoun => "a pronoun whose antecedent the text leaves open",
            Reason::Described => "a description of somebody the text has named",
        }
    }
}

/// What is known of a source.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// None is expressed.
    None,
    /// « on ».
    Nobody,
    /// A pronoun without antecedent.
    Open,
    /// A noun phrase.
    Known(Phrase),
}

/// The noun phrase of a source, as far as status asks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Phrase {
    /// Its tags.
    pub tags: Tags,
    /// Whether the document gives it a proper name.
    pub named: bool,
    /// What its complements hold (« les avocats *de la ville* »): a name, a body, a document.
    pub of: Tags,
    /// Whether it takes up somebody brought in as « un journaliste ».
    pub met: bool,
    /// Whether it can describe a person the text has just named.
    pub described: bool,
}

/// The status of a statement. `formula`: an anonymity formula stands beside the source.
pub fn classify(rule: StatusRule, source: Source, formula: bool) -> (Status, Reason) {
    match rule {
        StatusRule::Unverified => return (Status::Unverified, Reason::UnconfirmedClaim),
        StatusRule::Anonymous => return (Status::Anonymous, Reason::UnnamedByRule),
        StatusRule::Sourced => return (Status::Sourced, Reason::SourcedByRule),
        StatusRule::BySource => {}
    }
    match source {
        Source::Known(phrase) if phrase.tags.any(tags::RUMOUR) => (Status::Unverified, Reason::UnconfirmedClaim),
        _ if formula => (Status::Anonymous, Reason::AnonymityFormula),
        Source::None => (Status::Anonymous, Reason::NoSource),
        Source::Nobody => (Status::Anonymous, Reason::IndefinitePronoun),
        Source::Open => (Status::Sourced, Reason::OpenPronoun),
        Source::Known(phrase) => of_phrase(phrase),
    }
}

fn of_phrase(phrase: Phrase) -> (Status, Reason) {
    let Phrase { tags, named, of, met, described } = phrase;
    let anonymous = |reason| (Status::Anonymous, reason);
    let sourced = |reason| (Status::Sourced, reason);
    let indefinite = tags.any(tags::INDEF) || (tags.any(tags::NUM) && !tags.any(tags::DEF | tags::DEM));
    let bare = !tags.any(tags::DEF | tags::DEM | tags::POSS);
    let plural = tags.any(tags::PLURAL);
    if tags.any(tags::NUM) && !tags.any(tags::NP) {
        // « 61 % »: those whom a poll has asked.
        return sourced(Reason::Document);
    }
    if tags.any(tags::SOURCE) {
        return anonymous(Reason::SourceWord);
    }
    if tags.any(tags::PERSON) && named {
        return sourced(Reason::NamedPerson);
    }
    if tags.any(tags::PRON) && indefinite {
        // « Celui qui a dirigé le parti » is somebody the text has named.
        let takes_up = tags.any(tags::STRONG) && !plural;
        return if takes_up { sourced(Reason::OpenPronoun) } else { anonymous(Reason::IndefinitePronoun) };
    }
    if named && !(indefinite && tags.any(tags::ROLE | tags::HUMAN | tags::GROUP)) {
        return sourced(Reason::NamedBody);
    }
    if tags.any(tags::SPOKES) {
        return sourced(Reason::Spokesperson);
    }
    if tags.any(tags::DOC) && !tags.any(tags::GROUP) {
        // « Des études »: nobody can look them up.
        let vague = indefinite && plural && of.is_empty() && !tags.any(tags::ORG);
        return if vague { anonymous(Reason::IndefiniteSource) } else { sourced(Reason::Document) };
    }
    if tags.any(tags::KIN) && !indefinite && (tags.any(tags::POSS) || of.any(tags::NAME)) {
        // « sa veuve », « les parents de Paul »
        return sourced(Reason::DefiniteRole);
    }
    if tags.has(tags::GROUP | tags::DOC) && of.any(tags::NAME | tags::ORG | tags::MEDIA) {
        // « des informations de Mediapart »
        return sourced(Reason::Document);
    }
    if tags.any(tags::GROUP) {
        let body = tags.any(tags::ORG) || (tags.any(tags::ROLE) && !of.is_empty()) || of.any(tags::DOC);
        let known = body && !bare && !indefinite;
        return if known { sourced(Reason::DefiniteRole) } else { anonymous(Reason::UnnamedGroup) };
    }
    // A function without an article is an apposition: the person stands beside it.
    if indefinite || (bare && !tags.any(tags::ORG | tags::MEDIA | tags::PLACE) && (plural || !tags.any(tags::ROLE))) {
        return anonymous(Reason::IndefiniteSource);
    }
    let person = tags.any(tags::HUMAN) && !tags.any(tags::ROLE | tags::ORG);
    if met || (person && !described && !of.any(tags::DOC)) {
        return anonymous(Reason::UnnamedPerson);
    }
    if person {
        return sourced(Reason::Described);
    }
    // « les souscripteurs », « les témoignages »: in number, and of no kind that would tell whom to ask.
    let kind = Tags::all_of(&[tags::ROLE, tags::ORG, tags::MEDIA, tags::PLACE, tags::METONYM, tags::PRON]);
    let counted = tags.any(tags::POSS | tags::NUM);
    if plural && !counted && !tags.any(kind) && of.is_empty() {
        return anonymous(Reason::UnnamedGroup);
    }
    sourced(Reason::DefiniteRole)
}
