//! What a chunk is, read off its words: the head, the determiner, the tense, the voice.
//!
//! Invariant: only tags go in and only tags come out; no text is looked at.

use crate::lexicon::tags::{self, Tags};
use crate::lexicon::{LexId, Lexicon};

/// A word of a chunk: its lexeme, its tags as written here, and its token index.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The lexeme.
    pub lex: LexId,
    /// Its tags as it is written here.
    pub tags: Tags,
    /// Index of its token.
    pub token: u32,
}

/// What a chunk amounts to.
#[derive(Clone, Copy, Debug)]
pub struct Features {
    /// The unit's tags.
    pub tags: Tags,
    /// The word that heads it.
    pub head: Word,
}

/// Tags of a word that say nothing about the chunk it heads.
const SHAPE: Tags = Tags::all_of(&[tags::CAP, tags::ACRO, tags::OPEN, tags::DET, tags::FUNCTION, tags::PROPER]);
const DETERMINERS: Tags = Tags::all_of(&[tags::DEF, tags::INDEF, tags::DEM, tags::POSS, tags::NUM]);

/// Tags, head and kind of a noun phrase. `words` is not empty.
pub fn noun_phrase(words: &[Word], lexicon: &Lexicon, extra: Tags) -> Features {
    let first = words[0];
    if let [single] = words
        && single.tags.any(tags::PRON | tags::REL)
    {
        let person = single.tags & tags::FIRST;
        return Features { tags: (single.tags & !SHAPE & !tags::FORM) | person | tags::NP | extra, head: *single };
    }
    // « Lina Morvan (CSC) »: the letters behind a person's name are those of a body.
    let letters = |w: &Word| w.tags.any(tags::ACRO) && first.tags.has(tags::GIVEN | tags::CAP);
    let noun = words
        .iter()
        .find(|w| w.tags.any(tags::NOUN) && !letters(w))
        .or_else(|| words.iter().find(|w| w.tags.any(tags::OPEN | tags::ADJ | tags::PP) && !w.tags.any(tags::CAP)));
    // « Conseil », « Premier ministre »: a common noun keeps its meaning under a capital.
    let common = |w: &Word| w.tags.any(tags::NOUN) && !w.tags.any(tags::PROPER | tags::ACRO);
    let is_name = |w: &&Word| w.tags.any(tags::CAP | tags::PROPER) && !w.tags.any(tags::TITLE) && !common(w);
    let name = words.iter().find(is_name);
    // « de », « du », « des » behind the first word begin a complement; what it names is not the phrase's own name.
    let opens =
        |w: &Word| (w.tags.any(tags::CONTRACTED) || w.tags.any(tags::PARTICLE)) && !w.tags.any(tags::CAP | tags::DET);
    // « l'une des amies de Ruth Delorme », « deux des marins »: the noun stands behind the first « des ».
    let partitive = words.len() > 2 && words[0].tags.any(tags::INDEF | tags::NUM) && opens(&words[1]);
    let from = if partitive { 2 } else { 1 };
    let complement = words.iter().skip(from).find(|w| opens(w)).map(|w| w.token);
    let before_complement = |w: &Word| complement.is_none_or(|c| w.token < c);
    let article = |w: &&Word| w.tags.any(DETERMINERS) && !w.tags.any(tags::NOUN | tags::CAP);
    let determiner = words.iter().take_while(|w| before_complement(w)).find(article);
    let unlisted = words
        .iter()
        .find(|w| w.tags.any(tags::OPEN | tags::ADJ | tags::PP) && !w.tags.any(tags::CAP) && before_complement(w));
    let own_noun = noun.filter(|w| before_complement(w)).or(unlisted);
    let head = own_noun.or(name).or(noun).copied().unwrap_or(first);
    let people = head.tags.any(tags::ROLE | tags::HUMAN | tags::SPOKES);
    // « le responsable FO »: a body's name behind a function says whose function it is, not who holds it.
    let body = |w: &Word| w.tags.any(tags::ACRO | tags::ORG | tags::MEDIA | tags::PLACE) && !w.tags.any(tags::GIVEN);
    let names = words
        .iter()
        .filter(|w| is_name(w) && (own_noun.is_none() || before_complement(w)) && !(people && body(w)))
        .count();
    // « la ministre de la Pêche Ruth Delorme »: a given name that no « de » leads to begins the person's name.
    // « le conseiller du président Anne Morel »: a function that « de » leads to takes the name behind it.
    let taken = |i: usize| {
        let role = |t: Tags| t.any(tags::TITLE) || (t.any(tags::ROLE) && !t.any(tags::PLURAL | tags::CAP));
        // « du Premier ministre britannique Ruth Delorme »
        let described = |w: &&Word| w.tags.any(tags::ADJ) && !w.tags.any(tags::NOUN | tags::CAP);
        let at = i - words[..i].iter().rev().take_while(described).count();
        at > 1
            && role(words[at - 1].tags)
            && words[at - 1].token > head.token
            && words[..at - 1].iter().skip(1).rev().take(2).any(opens)
    };
    // « ce proche d'Anne Marie Morel »: a second given name is led to like the first.
    let led = |i: usize| {
        let given =
            |w: &&Word| w.tags.any(tags::GIVEN) && !w.tags.any(tags::PLACE | tags::ORG | tags::MEDIA | tags::NOUN);
        let at = i - words[..i].iter().rev().take_while(given).count();
        at > 0 && (opens(&words[at - 1]) || taken(at))
    };
    let given = words
        .iter()
        .enumerate()
        .any(|(i, w)| w.tags.any(tags::GIVEN) && w.tags.any(tags::CAP) && !led(i) && (people || before_complement(w)));
    let title =
        words.iter().enumerate().any(|(i, w)| w.tags.any(tags::TITLE) && !led(i) && (people || before_complement(w)));
    // « le ministre des sports Kiren Tavor »: so do two capitals behind a plain noun; behind a body's noun they are the body's.
    let behind = |w: &Word| {
        w.tags.any(tags::NOUN)
            && !w.tags.any(tags::CAP | tags::ORG | tags::MEDIA | tags::PLACE | tags::DOC | tags::GROUP)
    };
    let two = |w: &[Word]| behind(&w[0]) && w[1..].iter().all(|w| is_name(&w) && !body(w));
    let given = given || (people && words.len() > 3 && two(&words[words.len() - 3..]) && !taken(words.len() - 2));
    let organised = head.tags.any(tags::ORG | tags::MEDIA | tags::PLACE | tags::DOC | tags::METONYM);
    let firm = words.iter().any(|w| w.tags.any(tags::AMPERSAND));
    // « Florence Galtier »: a town's name that is a given name, too, begins a person's before a word that is neither.
    let other = Tags::all_of(&[tags::NOUN, tags::PLACE, tags::ORG, tags::MEDIA, tags::NUM, tags::ADJ, tags::ACRO]);
    let town = |w: &[Word]| {
        w[0].tags.any(tags::GIVEN) && w[0].tags.any(tags::PLACE) && is_name(&&w[1]) && !w[1].tags.any(other)
    };
    // « Serge Dassault »: a firm's name behind a given name is a family's.
    let things = Tags::all_of(&[tags::NOUN, tags::PLACE, tags::ORG, tags::MEDIA, tags::ACRO]);
    let family = |w: &[Word]| {
        w[0].tags.has(tags::GIVEN | tags::CAP)
            && !w[0].tags.any(things)
            && w[1].tags.has(tags::ORG | tags::CAP)
            && !w[1].tags.any(tags::ACRO | tags::MEDIA | tags::PLACE)
    };
    let family = words.len() == 2 && family(words);
    let head = if family { first } else { head };
    let organised = (organised || firm) && !family && !(words.len() == 2 && town(words));
    let bare_name = own_noun.is_none() && determiner.is_none() && names > 1;
    let own_name = names > 0 && own_noun.is_some_and(|n| !n.tags.any(tags::CAP));
    let person = title || (given && !organised) || (bare_name && !organised) || (people && own_name);
    let gendered = determiner.map_or(Tags::NONE, |w| w.tags & (tags::GENDER | tags::PLURAL));
    let kept = lexicon.lexeme(head.lex).noun & !SHAPE & !tags::FORM & !DETERMINERS & !tags::TITLE;
    let kept = if gendered.any(tags::GENDER) { kept & !tags::GENDER } else { kept };
    let det = determiner.map_or(Tags::NONE, |w| w.tags & DETERMINERS);
    // One or some of them, whoever « ses », « ces » may be.
    let det = if partitive { tags::INDEF | (first.tags & tags::NUM) } else { det };
    let tags = (kept | gendered | det | tags::NP | extra)
        .with_if(names > 0 || (given && people), tags::NAME)
        .with_if(person, tags::PERSON);
    Features { tags, head }
}

/// Tags and head of a verb group. `words` is not empty.
pub fn verb_group(words: &[Word], lexicon: &Lexicon, extra: Tags) -> Features {
    let verbal = |w: &&Word| {
        w.tags.any(tags::FIN | tags::INF | tags::PPRS | tags::PP) && !w.tags.any(tags::CLITIC | tags::FUNCTION)
    };
    let first = words.iter().find(verbal).copied().unwrap_or(words[0]);
    let head = words.iter().rev().find(verbal).copied().unwrap_or(words[0]);
    let reflexive = words.iter().any(|w| w.tags.any(tags::REFL) && w.tags.any(tags::CLITIC));
    let lexeme = lexicon.lexeme(head.lex);
    let lemma = if reflexive { lexeme.reflexive } else { lexeme.verb };
    let single = first.token == head.token;
    let aux_etre = words.iter().any(|w| w.token < head.token && w.tags.any(tags::ETRE));
    let passive = aux_etre && !reflexive && head.tags.any(tags::PP) && !lexeme.verb.any(tags::WITH_ETRE);
    let form = if first.tags.any(tags::FIN) && !(single && first.tags.any(tags::PP) && extra.any(tags::PP)) {
        tags::FIN | (first.tags & (tags::COND | tags::FIRST))
    } else if first.tags.any(tags::INF) {
        tags::INF
    } else if first.tags.any(tags::PPRS) {
        tags::PPRS
    } else {
        tags::PP
    };
    let inverted = words.iter().find(|w| w.tags.any(tags::INV));
    let negated = words.iter().any(|w| w.tags.any(tags::NEG));
    // « a dû reconnaître », « a voulu rappeler »: it was said; « doit dire », « n'a pas voulu dire », « aurait pu dire »: not.
    let done = |w: &Word| w.tags.any(tags::PP) && !first.tags.any(tags::COND) && !negated;
    let modal = words.iter().any(|w| w.token < head.token && w.tags.any(tags::MODAL) && !done(w));
    // « est annoncé » is no compound tense, « a été annoncé » and « est venu » are.
    let simple_passive = passive && first.tags.any(tags::ETRE);
    let compound = !single && head.tags.any(tags::PP) && !simple_passive;
    // What is only possible or to come is not said: a modal group keeps nothing of its verb.
    let lemma = if modal { Tags::NONE } else { lemma };
    let tags = (lemma & !tags::FORM & !tags::AGREEMENT & !SHAPE & !tags::MODAL)
        | form
        | tags::VERB
        | inverted.map_or(Tags::NONE, |w| tags::INV | (w.tags & tags::ON));
    let tags = tags
        .with_if(passive, tags::PASS)
        .with_if(reflexive, tags::REFL)
        .with_if(modal, tags::MODAL)
        .with_if(compound, tags::COMPOUND)
        .with_if(negated, tags::NEG);
    Features { tags: tags | (extra & !tags::PP), head }
}
