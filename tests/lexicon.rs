//! Words and expressions that a newsroom adds.

use selon::lexicon::tags;
use selon::rule::load::{Source, load};
use selon::rule::set::Rules;
use selon::stages::read;

fn with(lexicon: &str) -> Rules {
    let source = Source { name: "own.toml".into(), theme: "own/lexicon".into(), text: lexicon.into() };
    load(&[source]).expect("the lexicon has no mistake")
}

fn tokens(rules: &Rules, text: &str) -> Vec<String> {
    read(rules, text).tokens.iter().map(|t| t.span.of(text).to_string()).collect()
}

#[test]
fn an_expression_is_one_token_and_the_longest_wins() {
    let rules = with(
        r#"
        [[words]]
        tags = "org"
        cap = true
        phrases = ["Les Amis", "Les Amis du Quai", "Les Amis du Quai de Velmont"]
        "#,
    );
    assert_eq!(tokens(&rules, "Les Amis du Quai de Velmont"), ["Les Amis du Quai de Velmont"]);
    assert_eq!(tokens(&rules, "Les Amis du Quai de Kerlant"), ["Les Amis du Quai", "de", "Kerlant"]);
    assert_eq!(tokens(&rules, "les amis du quai"), ["les", "amis", "du", "quai"]);
}

#[test]
fn an_expression_without_a_word_names_nothing() {
    let rules = with("[[words]]\ntags = \"org\"\nphrases = [\"\", \" \", \"\\u00ad\"]\n");
    assert_eq!(tokens(&rules, "Oui."), ["Oui", "."]);
}

#[test]
fn an_expression_may_have_more_words_than_there_are_bits() {
    let long = ["Quai"; 40].join(" ");
    let rules = with(&format!("[[words]]\ntags = \"org\"\ncap = true\nphrases = [\"{long}\"]\n"));
    assert_eq!(tokens(&rules, &long), [long.as_str()]);
}

#[test]
fn capitals_may_stand_without_their_accents() {
    let rules = with("[[words]]\ntags = \"role\"\nmf = \"échevîn\"\n");
    for (text, known) in
        [("ECHEVIN", true), ("ÉCHEVÎN", true), ("Échevîn", true), ("Echevîn", false), ("echevin", false)]
    {
        let token = read(&rules, text).tokens[0];
        assert_eq!(rules.lexicon.tags(token.lex).any(tags::ROLE), known, "{text}");
    }
}
