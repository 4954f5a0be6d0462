//! Settings of a newsroom: what they set, and what is said of mistakes in them.
//!
//! `tests/config/wrong/NAME.toml` is broken, `NAME.err` is what is said of it; `UPDATE=1` writes the latter anew.

use selon::config::allow::{Use, allows, stale};
use selon::config::date::Date;
use selon::config::parse::parse;
use selon::config::settings::{settings_for, show};
use selon::config::template::template;
use selon::config::{Config, relative, words};
use selon::policy::book::{BUILT_IN, Code, Policy};
use selon::policy::finding::Severity;
use selon::policy::settings::{Settings, Thresholds};
use selon::rule::load::load;
use selon::rule::set::Rules;
use selon::text::lines::LineIndex;
use selon::{Scratch, analyze};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const NAMES: [&str; 3] = ["anonymous-source", "anonymous-opinion", "verb-of-doubt"];

/// A policy of three codes.
fn codes() -> Vec<Code> {
    let page = "{ what = '', why = '', todo = '', bad = '', good = '' }";
    let code = |(name, severity): (&str, &str)| {
        format!(
            "[[code]]\nname = '{name}'\nseverity = '{severity}'\nsummary = 'What {name} is.'\nmessage = ''\nstandard = ''\n\
             finds = ''\nignores = ''\nen = {page}\nfr = {page}\n"
        )
    };
    let text: String = NAMES.into_iter().zip(["warning", "error", "off"]).map(code).collect();
    toml::from_str::<Policy>(&text).expect("a policy").codes
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap_or_default()
}

#[track_caller]
fn golden(name: &str, told: &str) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(folder().join(name), told).unwrap();
    }
    let wanted = read(name);
    assert!(
        !told.is_empty() && told == wanted,
        "{name} (UPDATE=1 writes it anew):\n-- wanted\n{wanted}-- told\n{told}"
    );
}

fn newsroom() -> Config {
    parse("selon.toml", &read("newsroom.toml"), &NAMES).expect("the file has no mistake")
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

#[test]
fn every_mistake_is_told_with_its_place_and_its_remedy() {
    let mut seen = BTreeSet::new();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder().join("wrong")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let mistakes = parse("selon.toml", &text, &NAMES).expect_err("the file is broken");
        let index = LineIndex::new(&text);
        let mut told = String::new();
        for mistake in mistakes {
            let (line, column) = index.line_column(mistake.span.start);
            let marked = mistake.span.of(&text).lines().next().unwrap_or_default();
            let message = mistake.message.trim_end().replace('\n', " / ");
            told += &format!("{} | {line}:{column} {marked} | {message} | {}\n", mistake.code, mistake.help);
            seen.insert(mistake.code);
        }
        golden(&format!("wrong/{name}.err"), &told);
    }
    let codes = [
        "bad-date",
        "bad-glob",
        "empty",
        "infinitive",
        "missing-key",
        "out-of-range",
        "toml",
        "unknown-code",
        "unknown-gender",
        "unknown-key",
        "unknown-severity",
        "wrong-kind",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), codes);
}

#[test]
fn an_empty_file_changes_nothing() {
    let config = parse("selon.toml", "# nothing\n", &NAMES).expect("no mistake");
    assert_eq!(settings_for(&config, "a.md"), Settings::default());
    assert!(words::source(&config.house, "selon.toml").is_none());
}

#[test]
fn the_last_word_has_the_say() {
    let config = newsroom();
    let severity = |path: &str, code: &str| settings_for(&config, path).severity.get(code).copied();
    assert_eq!(severity("a.md", "anonymous-source"), Some(Severity::Error));
    assert_eq!(severity("a.md", "anonymous-opinion"), None);
    assert_eq!(severity("tribunes/2026/a.md", "anonymous-source"), Some(Severity::Info));
    assert_eq!(severity("tribunes/a.md", "anonymous-source"), Some(Severity::Warning));
    assert_eq!(severity("tribunes/a.md", "anonymous-opinion"), Some(Severity::Off));
    assert_eq!(severity("tribunes.md", "anonymous-source"), Some(Severity::Error));
    let usual = Thresholds { most_anonymous: 0.25, long: 300, ..Thresholds::default() };
    assert_eq!(settings_for(&config, "a.md").thresholds, usual);
    assert_eq!(settings_for(&config, "x/breves/a.md").thresholds, Thresholds { least_named: 1, ..usual });
}

#[test]
fn paths_count_from_the_folder_of_the_settings() {
    let from = |file: &str| relative(Path::new("/desk/drafts"), Path::new(file));
    assert_eq!(from("/desk/drafts/a.md"), "a.md");
    assert_eq!(from("/desk/drafts/tribunes/./a.md"), "tribunes/a.md");
    assert_eq!(from("/desk/a.md"), "desk/a.md");
}

#[test]
fn it_is_shown_where_each_value_comes_from() {
    golden("newsroom.show", &show(&newsroom(), "tribunes/a.md", &codes()));
}

#[test]
fn a_finding_is_accepted_by_its_code_its_file_and_its_words() {
    let config = newsroom();
    let today = day("2026-03-01");
    let allowed = |code: &str, path: &str, words: &str| allows(&config.allow[0], code, path, words, "It is so.", today);
    assert!(allowed("anonymous-source", "enquetes/a.md", "Un proche\u{a0}du dossier, hier,"));
    assert!(!allowed("anonymous-opinion", "enquetes/a.md", "un proche du dossier"));
    assert!(!allowed("anonymous-source", "enquetes/2026/a.md", "un proche du dossier"));
    assert!(!allowed("anonymous-source", "enquetes/a.md", "aucun proche du dossier"));
    let said = |message: &str| allows(&config.allow[0], "anonymous-source", "enquetes/a.md", "", message, today);
    assert!(said("« un proche du dossier » has no name."));
    assert!(!said("« un proche du dossiers » has no name."));
}

#[test]
fn an_allow_holds_up_to_its_last_day() {
    let config = newsroom();
    let on = |date: &str| {
        allows(&config.allow[0], "anonymous-source", "enquetes/a.md", "un proche du dossier", "", day(date))
    };
    assert!(on("2027-01-31"));
    assert!(!on("2027-02-01"));
}

#[test]
fn an_allow_that_is_over_or_idle_is_told_with_its_line() {
    let config = newsroom();
    let told = |uses: [Use; 2], date: &str| -> Vec<(usize, u32)> {
        stale(&config, &uses, day(date)).iter().map(|s| (s.index, s.line)).collect()
    };
    assert_eq!(told([Use::Used, Use::Used], "2026-02-28"), []);
    assert_eq!(told([Use::Unread, Use::Unread], "2026-02-28"), []);
    assert_eq!(told([Use::Idle, Use::Unread], "2026-02-28"), [(0, 29)]);
    assert_eq!(told([Use::Used, Use::Unread], "2026-03-01"), [(1, 40)]);
    let message = &stale(&config, &[Use::Idle, Use::Idle], day("2026-03-01"))[1].message;
    assert!(message.contains("ended on 2026-02-28 (« signed by the editor »)"), "{message}");
}

#[test]
fn days_are_counted_as_the_calendar_has_them() {
    for (days, date) in [
        (-719_468, "0000-03-01"),
        (-1, "1969-12-31"),
        (0, "1970-01-01"),
        (11_016, "2000-02-29"),
        (11_017, "2000-03-01"),
        (19_782, "2024-02-29"),
        (20_513, "2026-03-01"),
        (47_540, "2100-02-28"),
        (47_541, "2100-03-01"),
    ] {
        assert_eq!(Date::since_epoch(days).to_string(), date);
    }
    for (a, b) in (-800_000..800_000).map(|day| (Date::since_epoch(day), Date::since_epoch(day + 1))) {
        assert!(a < b, "{a} {b}");
    }
    for wrong in
        ["2027-1-31", "2027-02-29", "27-01-31", "2027-13-01", "2027-00-01", "2027-01-00", "2027-01-31-", "+027-01-01"]
    {
        assert_eq!(Date::parse(wrong), None, "{wrong}");
    }
}

/// The template as it is when every setting in it is in use: prose has a blank behind its `#`.
fn uncommented(template: &str) -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    template.lines().map(line).collect()
}

#[test]
fn the_template_changes_nothing_until_its_lines_are_uncommented() {
    let codes = codes();
    let template = template(&codes);
    let config = parse("selon.toml", &template, &NAMES).expect("the template has no mistake");
    assert_eq!(settings_for(&config, "a.md"), Settings::default());
    let all = uncommented(&template);
    let config = parse("selon.toml", &all, &NAMES).unwrap_or_else(|e| panic!("{e:?}\n{all}"));
    assert_eq!(config.base.severity.len(), codes.len());
    for code in &codes {
        assert_eq!(config.base.severity[&code.name].value, code.severity);
    }
    assert_eq!(settings_for(&config, "a.md").thresholds, Thresholds::default());
    assert_eq!((config.rules.len(), config.overrides.len(), config.allow.len()), (1, 1, 1));
    let house = &config.house;
    assert_eq!((house.people.len(), house.outlets.len(), house.roles.len(), house.verbs.len()), (1, 1, 1, 1));
}

#[test]
fn the_template_speaks_of_the_codes_there_are() {
    let codes = &BUILT_IN.codes;
    let names: Vec<&str> = codes.iter().map(|code| code.name.as_str()).collect();
    let config = parse("selon.toml", &uncommented(&template(codes)), &names).expect("the template has no mistake");
    assert!(codes.iter().all(|code| config.base.severity[&code.name].value == code.severity));
}

fn house_rules(config: &Config) -> Rules {
    let source = words::source(&config.house, "selon.toml").expect("there are words");
    load(&[source]).unwrap_or_else(|e| panic!("{e:?}"))
}

/// Speaker and outlet or relay of each statement.
fn told(rules: &Rules, text: &str) -> Vec<(String, String)> {
    let analysis = analyze(rules, text, &mut Scratch::default());
    let name = |s: &selon::statement::Statement| {
        let speaker = s.speaker.as_ref().map_or("-".to_string(), |speaker| speaker.name.clone());
        (speaker, s.relay.clone().unwrap_or_else(|| "-".to_string()))
    };
    analysis.statements.iter().map(name).collect()
}

#[test]
fn the_words_of_the_house_are_known() {
    let rules = house_rules(&newsroom());
    for (text, speaker, relay) in [
        ("Mme Berger a déclaré que le pont est fermé.", "Nolwazi Berger", "-"),
        ("Nono a déclaré que le pont est fermé.", "Nolwazi Berger", "-"),
        ("M. Berger a déclaré que le pont est fermé.", "Berger", "-"),
        ("Nolwazi Berger est arrivée. Le pont est fermé, a déclaré l'échevine.", "Nolwazi Berger", "-"),
        ("Arwed Le Querrec est venu. « Il pleut », a dit M. Le Querrec.", "Arwed Le Querrec", "-"),
        ("Le maire a débagoulé que le pont est fermé.", "Le maire", "-"),
        ("Le maire débagoule : « Le pont est fermé. »", "Le maire", "-"),
        ("Une colombophile a déclaré que le pont est fermé.", "Une colombophile", "-"),
        ("Le pont est fermé, a déclaré le maire au Petit Écho.", "le maire", "Le Petit Écho"),
        ("Le pont est fermé, a déclaré le maire à Brindille.", "le maire", "Brindille"),
        ("Le pont est fermé, a déclaré le maire au Petit Echo.", "le maire", "Petit Echo"),
    ] {
        assert_eq!(told(&rules, text), [(speaker.to_string(), relay.to_string())], "{text}");
    }
    let bare = load(&[]).expect("the built-in rules");
    assert_eq!(told(&bare, "Le maire a débagoulé que le pont est fermé."), []);
}

#[test]
fn names_are_data_whatever_they_hold() {
    let names = [
        "a\"]\n[x]\ny = \"",
        "l’Œil \\ d'\u{7}Or",
        "=\u{ad}é",
        "№ 5",
        "\u{1F600} Post",
        "Le",
        "a'''b",
        "de Le La",
        "Ça",
    ];
    for name in names {
        let escaped = toml::Value::String(name.to_string());
        let text = format!(
            "[lexicon]\npeople = [{{ name = {escaped}, role = {escaped}, also = [{escaped}] }}]\noutlets = [{escaped}]\n\
             roles = [{escaped}]\n"
        );
        let config = parse("selon.toml", &text, &NAMES).unwrap_or_else(|e| panic!("{name:?}: {e:?}"));
        house_rules(&config);
    }
}
