//! Who publishes a text, and through whom its statements came: the shapes of credits, and what is none.

use selon::rule::load::BUILT_IN;
use selon::statement::Analysis;
use selon::{Scratch, analyze};

fn read(text: &str) -> Analysis {
    analyze(&BUILT_IN, text, &mut Scratch::default())
}

fn outlet(text: &str) -> Option<String> {
    read(text).outlet
}

fn relays(text: &str) -> Vec<Option<String>> {
    read(text).statements.into_iter().map(|s| s.relay).collect()
}

const STORY: &str = "La digue a cédé\n\nLa digue a cédé mardi. Trois maisons sont sous l'eau.";

#[test]
fn what_stands_behind_the_last_sentence_credits_the_text() {
    for (foot, name) in [
        (" (afp/nxp)", "AFP"),
        (" (jsa/ats)", "ATS"),
        (" (nxp)", "nxp"),
        (" (AFP/Le Matin)", "Le Matin"),
        (" AFP/VNA/CVN", "AFP"),
        (" Paul Roy avec AFP", "AFP"),
        (" Partager © Reuters - 2024", "Reuters"),
        (" Copyright (c) 2024 Digues.com. Tous droits réservés.", "Digues.com"),
        ("\n\nAvec Associated Press", "Associated Press"),
        ("\n\n© AFP", "AFP"),
        ("\n\nSource: Xinhua", "Xinhua"),
        ("\n\nSource : La Digue", "La Digue"),
        (" (ats)\n\nhttps://www.letemps.ch/monde/digue", "letemps.ch"),
    ] {
        assert_eq!(outlet(&format!("{STORY}{foot}")).as_deref(), Some(name), "{foot}");
    }
}

#[test]
fn what_stands_before_the_first_sentence_credits_the_text() {
    for (head, name) in [
        ("BRUXELLES (Belga) - ", "Belga"),
        ("PARIS, 3 janvier 2019 (AFP) - ", "AFP"),
        ("Par Paul Roy avec AFP\n\n", "AFP"),
        ("Paul Roy, La Presse\n\n", "La Presse"),
        ("Le Monde avec AFP\n\n", "Le Monde"),
    ] {
        let text = format!("La digue a cédé\n\n{head}La digue a cédé mardi. Trois maisons sont sous l'eau.");
        assert_eq!(outlet(&text).as_deref(), Some(name), "{head}");
    }
    assert_eq!(outlet("La digue a cédé | Radio Nord\n\nElle a cédé mardi.").as_deref(), Some("Radio Nord"));
}

#[test]
fn an_outlet_that_speaks_of_itself_credits_the_text() {
    for (sentence, name) in [
        ("Pour toute l'actualité, suivez Onze Digues sur Google News !", "Onze Digues"),
        ("Suivez toute l'actualité des Digues sur Google Actualités et WhatsApp.", "Les Digues"),
        ("Abonnez-vous à Mediapart sur Google News, c'est gratuit.", "Mediapart"),
        ("C'est le cas à Vaux, où Europe 1 s'est rendue.", "Europe 1"),
        ("Hier, Mediapart vous révélait le plan de la digue.", "Mediapart"),
        ("A ne pas manquer sur BBC Afrique : Les digues du Nil.", "BBC Afrique"),
    ] {
        assert_eq!(outlet(&format!("{STORY} {sentence} L'eau monte.")).as_deref(), Some(name), "{sentence}");
    }
}

#[test]
fn an_outlet_that_is_only_named_credits_nothing() {
    for more in [
        "\n\n© AP\n\nLe maire dort.",
        " Un journaliste de l'AFP l'a constaté.",
        " pic.twitter.com/r88sBXpC7p",
        " Toutes les digues sur le site digues.org",
        " (Parti de la digue).",
        "\n\nLe maire sur BFMTV\n\nIl a pleuré.",
        "\n\nR. I./Agences",
    ] {
        assert_eq!(outlet(&format!("{STORY}{more}")), None, "{more}");
    }
    assert_eq!(outlet("Opinion | Stop aux digues percées !\n\nLa digue a cédé mardi."), None);
}

#[test]
fn a_relay_is_called_by_its_name() {
    for (text, name) in [
        ("« La digue tiendra », a dit Anne Roy au quotidien français « La Rive ».", "La Rive"),
        ("« La digue tiendra », a dit Anne Roy, citée par l'agence de presse Anadolu.", "Anadolu"),
        ("« La digue tiendra », a écrit Anne Roy sur sa page Facebook.", "Facebook"),
        ("« La digue tiendra », a dit Anne Roy dans un entretien au Figaro.", "Le Figaro"),
        ("Dans un tweet, Anne Roy a assuré que la digue tiendra.", "Twitter"),
    ] {
        assert_eq!(relays(text), [Some(name.to_string())], "{text}");
    }
}

#[test]
fn what_is_the_speakers_own_is_no_relay() {
    for text in [
        "« La digue tiendra », a affirmé le ministère sur son site internet.",
        "« La digue tiendra », a affirmé Anne Roy dans sa lettre aux habitants.",
        "« La digue tiendra », a affirmé Anne Roy à la presse.",
        "Paul Roy, journaliste à Mediapart, estime que la digue tiendra.",
    ] {
        assert_eq!(relays(text), [None], "{text}");
    }
}

#[test]
fn a_relay_belongs_to_one_statement_and_to_what_its_subject_goes_on_to_say() {
    let text = "« La digue tiendra », a dit Anne Roy à l'AFP, ajoutant que la route est coupée.";
    assert_eq!(relays(text), [Some("AFP".to_string()), Some("AFP".to_string())]);
    let text = "Anne Roy a dit à l'AFP que la digue tiendra. Paul Roux a dit que la route est coupée.";
    assert_eq!(relays(text), [Some("AFP".to_string()), None]);
}

#[test]
fn a_statement_inside_another_came_through_who_made_that_one() {
    let text = "Anne Roy affirme que les médecins disent que la digue tiendra.";
    assert_eq!(relays(text), [None, Some("Anne Roy".to_string())]);
    // The last cue is said about the rest of the sentence, and the other way round would be a circle.
    let text = "Trois digues ont cédé, selon les chiffres du bureau des eaux, rappelle la Croix-Rouge.";
    let relays = relays(text);
    assert!(relays.contains(&None) && relays.contains(&Some("Croix-Rouge".to_string())), "{relays:?}");
}
