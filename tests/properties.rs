//! What must stay true of any text at all.
//!
//! Texts are drawn at random but the same ones every time, few enough to be quick. To look further:
//! `PROPTEST_CASES=20000 cargo test --test properties`.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner};
use selon::rule::load::BUILT_IN;
use selon::rule::pattern::{Node, Role, captures};
use selon::span::Span;
use selon::stages::{Reading, read};
use selon::statement::{Analysis, Statement};
use selon::text::comment::comments;
use selon::text::decode::decode;
use selon::text::garbled::mend;
use selon::text::lines::LineIndex;
use selon::token::Token;
use selon::{Scratch, analyze};

/// Pieces of press text, separated by `;`: names, verbs that report, and what is hard to cut.
const PIECES: &str = "Selon;selon;d'après;D’après;le ministre;Le ministre;la préfecture;Paul Roux;Mme Noir;M. Roux;\
    J.-P. Ravel;l'AFP;une source proche du dossier;des témoins;certains;il;elle;on;qui;que;qu'il;et;mais;de;du;l';d’;\
    dit;a dit;a-t-il dit;dit-on;dit-elle;affirme;a annoncé;assure;aurait;serait;présumé;le pont;l'enquête;est fermé;\
    avance;la situation est grave;il pleut;mardi;le 3 mars;10 000;3,5 %;20h30;24\";exemple.fr;www.exemple.fr;@mairie;\
    #pont;(AFP);(PVR);| Le Phare;—;–;-;Velmont;VELMONT;sous couvert d'anonymat;aujourd'hui;etc.;O.N.U.;e\u{301}tat;\
    gou\u{ad}verner;👏;\u{200b};<!-- selon: allow unused-allow — oui -->;<!-- selon:;-->;%% selon: allow";

/// Marks, separated by spaces.
const MARKS: &str = ". , ; : ! ? … ... « » “ ” „ \" \"\" '' ' ‘ ’ ‹ › ( ) [ ] | / % - —";

const SPACES: &[&str] = &[" ", " ", " ", " ", " ", "", "\u{a0}", "\u{202f}", "\n", "\n\n", "\r\n", "\t"];

fn join(parts: Vec<(usize, usize)>, words: &[&str]) -> String {
    parts.into_iter().flat_map(|(word, space)| [words[word], SPACES[space]]).collect()
}

/// Press text gone wrong: any pieces and marks in any order.
fn press() -> impl Strategy<Value = String> {
    let words: Vec<&str> = PIECES.split(';').chain(MARKS.split(' ')).collect();
    vec((0..words.len(), 0..SPACES.len()), 0..60).prop_map(move |parts| join(parts, &words))
}

/// Press text as it should be: sentences of a few shapes, in paragraphs.
fn article() -> impl Strategy<Value = String> {
    let who = ["Paul Roux", "la préfecture", "Mme Noir", "l'AFP", "une source policière", "le ministre", "des témoins"];
    let what = ["le pont est fermé", "l'enquête avance", "« tout » s'est arrêté à 20 h 30", "10 000 foyers attendent"];
    let shapes: &[fn(&str, &str) -> String] = &[
        |who, what| format!("Selon {who}, {what}."),
        |who, what| format!("{what}, a dit {who}."),
        |who, what| format!("« {what} », a-t-il ajouté. C'est {who} qui l'a vu."),
        |who, what| format!("Hier, {who} a annoncé que {what}."),
        |who, what| format!("“{what}. {what} !” {who} n'en dit pas plus."),
        |who, what| format!("{what}, d'après {who}, qui assure que {what}."),
        |who, what| format!("\"{what}\", affirme {who}, \"{what}\"."),
    ];
    let sentence = (0..shapes.len(), 0..who.len(), 0..what.len(), 0..6usize);
    vec(sentence, 1..12).prop_map(move |sentences| {
        let mut text = String::new();
        for (shape, source, claim, gap) in sentences {
            text += &shapes[shape](who[source], what[claim]);
            text += if gap == 0 { "\n\n" } else { " " };
        }
        text.trim().to_string()
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![4 => press(), 2 => article(), 1 => "(?s).{0,200}", 1 => "[ -~«»“”’é\n]{0,200}"]
}

/// Tries a property on texts of a strategy, the same ones every time.
fn hold<S: Strategy>(strategy: S, property: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() };
    TestRunner::new(config).run(&strategy, property).unwrap_or_else(|e| panic!("{e}"));
}

fn fresh(text: &str) -> Analysis {
    analyze(&BUILT_IN, text, &mut Scratch::default())
}

fn on_boundaries(text: &str, span: Span) -> bool {
    span.start < span.end && text.get(span.start as usize..span.end as usize).is_some()
}

#[test]
fn any_bytes_have_an_analysis_whose_spans_lie_in_the_text() {
    let bytes = prop_oneof![
        any_text().prop_map(String::into_bytes),
        any_text().prop_map(|t| t.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        any_text().prop_map(|t| [vec![0xff, 0xfe], t.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()),
        vec(any::<u8>(), 0..300),
    ];
    hold(bytes, |bytes| {
        let text = decode(&bytes).text;
        let analysis = fresh(&text);
        for statement in &analysis.statements {
            prop_assert!(!statement.content.is_empty());
            for &span in statement.content.iter().chain(&statement.cue).chain(&statement.source) {
                prop_assert!(on_boundaries(&text, span), "{span:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn blocks_hold_everything_but_white_space_and_comments() {
    hold(any_text(), |text| {
        let blank = |gap: &str| gap.chars().all(|c| c.is_whitespace() || "\u{feff}\u{200b}".contains(c));
        let reading = read(&BUILT_IN, &text);
        let mut comments = comments(&text).peekable();
        let mut at = 0;
        for span in reading.blocks.iter().map(|b| b.span).chain([Span::new(text.len() as u32, text.len() as u32)]) {
            while let Some(comment) = comments.next_if(|c| c.span.start < span.start) {
                prop_assert!(blank(&text[at as usize..comment.span.start as usize]));
                at = comment.span.end;
            }
            prop_assert!(at <= span.start && blank(&text[at as usize..span.start as usize]));
            at = span.end;
        }
        Ok(())
    });
}

#[test]
fn tokens_and_gaps_make_up_a_block() {
    hold(any_text(), |text| {
        let reading = read(&BUILT_IN, &text);
        prop_assert_eq!(reading.blocks.len(), reading.block_tokens.len());
        for (block, &(first, end)) in reading.blocks.iter().zip(&reading.block_tokens) {
            let mut at = block.span.start;
            for token in &reading.tokens[first as usize..end as usize] {
                prop_assert!(on_boundaries(&text, token.span) && at <= token.span.start);
                prop_assert!(nothing_to_read(&text[at as usize..token.span.start as usize]));
                at = token.span.end;
            }
            prop_assert!(at <= block.span.end && nothing_to_read(&text[at as usize..block.span.end as usize]));
        }
        Ok(())
    });
}

fn nothing_to_read(gap: &str) -> bool {
    gap.chars()
        .all(|c| c.is_whitespace() || c.is_control() || "\u{ad}\u{200b}\u{200e}\u{200f}\u{2060}\u{feff}".contains(c))
}

#[test]
fn quotations_nest_and_never_cross() {
    hold(any_text(), |text| {
        let reading = read(&BUILT_IN, &text);
        let mut open: Vec<u32> = Vec::new();
        for quote in &reading.quotes {
            prop_assert!(quote.open + 1 < quote.close && quote.end() as usize <= reading.tokens.len());
            prop_assert!(on_boundaries(&text, quote.inner(&reading.tokens).expect("a quotation holds something")));
            open.retain(|&end| end > quote.open);
            prop_assert!(open.iter().all(|&end| quote.end() <= end), "{quote:?} crosses another");
            open.push(quote.end());
        }
        Ok(())
    });
}

#[test]
fn sentences_outside_quotations_cover_every_block_but_a_stray_mark_at_its_edge() {
    hold(any_text(), |text| {
        let reading = read(&BUILT_IN, &text);
        for (block, &(first, end)) in (0..).zip(&reading.block_tokens) {
            let mut at = first;
            let begins = reading.sentences.iter().find(|s| s.depth == 0 && s.block == block).map_or(end, |s| s.first);
            if begins == first + 1 && reading.tokens[first as usize].span.of(&text) == "\"" {
                at = begins;
            }
            for sentence in reading.sentences.iter().filter(|s| s.depth == 0 && s.block == block) {
                prop_assert_eq!(at, sentence.first);
                at = sentence.end;
            }
            prop_assert_eq!(at, end);
        }
        Ok(())
    });
}

#[test]
fn units_cover_the_tokens_of_every_sentence() {
    hold(any_text(), |text| {
        let reading = read(&BUILT_IN, &text);
        let mut lines = reading.lines.iter();
        for sentence in &reading.sentences {
            let mut at = sentence.first;
            while at < sentence.end {
                let line = lines.next().expect("a sentence has lines to its end");
                prop_assert_eq!((line.quote, line.depth, line.block), (sentence.quote, sentence.depth, sentence.block));
                for unit in &reading.units[line.first as usize..line.end as usize] {
                    prop_assert!(unit.first == at && unit.first < unit.end);
                    at = unit.end;
                }
            }
            prop_assert_eq!(at, sentence.end);
        }
        prop_assert!(lines.next().is_none());
        Ok(())
    });
}

/// Whether a pattern marks its cue inside its content: « {content Le commandant {cue aurait quitté} la passerelle} ».
fn nests_cue(node: &Node) -> bool {
    match node {
        Node::Capture(Role::Content, inner) => captures(inner, Role::Cue),
        Node::Capture(_, inner) | Node::Repeat { node: inner, .. } => nests_cue(inner),
        Node::Seq(items) | Node::Alt(items) => items.iter().any(nests_cue),
        Node::Unit(_) | Node::Rest | Node::Start | Node::End => false,
    }
}

#[test]
fn content_is_in_order_and_no_cue_lies_in_it_unless_the_rule_says_so() {
    hold(any_text(), |text| {
        for statement in fresh(&text).statements {
            let rule = &BUILT_IN.rules[statement.rule as usize];
            for pair in statement.content.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start, "{} overlaps itself", rule.id);
            }
            let overlaps = statement.cue.is_some_and(|cue| statement.content.iter().any(|c| c.overlaps(cue)));
            prop_assert!(!overlaps || nests_cue(&rule.node), "the cue of {} lies in its content", rule.id);
        }
        Ok(())
    });
}

/// What a statement says, without places: rule, status, and the words of its parts.
fn said(text: &str, statement: &Statement) -> Vec<String> {
    let plain = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'");
    let spans = statement.content.iter().chain(&statement.cue).chain(&statement.source);
    let mut all = vec![BUILT_IN.rules[statement.rule as usize].id.clone(), statement.status.name().to_string()];
    all.extend(spans.map(|s| plain(s.of(text))));
    all.extend(statement.speaker.iter().map(|s| plain(&s.name)));
    all.extend(statement.relay.iter().map(|r| plain(r)));
    all
}

fn all_said(text: &str) -> Vec<Vec<String>> {
    fresh(text).statements.iter().map(|s| said(text, s)).collect()
}

#[test]
fn a_paragraph_before_moves_statements_and_changes_none() {
    const BEFORE: &str = "Oui.\n\n";
    // Both have a title: the first of several paragraphs is read as one.
    hold(article(), |text| {
        let alone = fresh(&format!("{BEFORE}{text}")).statements;
        let after = fresh(&format!("{BEFORE}{BEFORE}{text}")).statements;
        prop_assert_eq!(alone.len(), after.len());
        for (a, b) in alone.iter().zip(&after) {
            let moved = |s: &Span| Span::new(s.start + BEFORE.len() as u32, s.end + BEFORE.len() as u32);
            prop_assert_eq!(a.content.iter().map(moved).collect::<Vec<_>>(), b.content.clone());
            prop_assert_eq!(a.cue.as_ref().map(moved), b.cue);
            prop_assert_eq!(a.source.as_ref().map(moved), b.source);
            prop_assert_eq!((&a.speaker, &a.relay, a.quote), (&b.speaker, &b.relay, b.quote));
            prop_assert_eq!((a.status, a.reason, a.rule), (b.status, b.reason, b.rule));
        }
        Ok(())
    });
}

#[test]
fn comments_between_paragraphs_change_nothing_that_is_said() {
    const PLAIN: &str = "%% selon: allow unused-allow — oui\n";
    const MARKED: &str = "\n\n<!-- selon: allow unused-allow — a dit le ministre -->\n";
    hold(article(), |text| {
        let commented = format!("{PLAIN}{}{MARKED}", text.replace("\n\n", MARKED));
        prop_assert_eq!(all_said(&text), all_said(&commented));
        Ok(())
    });
}

#[test]
fn curly_apostrophes_say_what_straight_ones_say() {
    hold(article(), |text| {
        prop_assert_eq!(all_said(&text), all_said(&text.replace('\'', "’")));
        Ok(())
    });
}

#[test]
fn line_ends_of_windows_change_nothing() {
    hold(prop_oneof![article(), press()], |text| {
        let text = text.replace('\r', "");
        prop_assert_eq!(all_said(&text), all_said(&text.replace('\n', "\r\n")));
        Ok(())
    });
}

#[test]
fn no_break_spaces_change_nothing() {
    hold(prop_oneof![article(), press()], |text| {
        let text = text.replace(['\u{a0}', '\u{202f}', '\t', '\r'], " ");
        prop_assert_eq!(all_said(&text), all_said(&text.replace(' ', "\u{a0}")));
        Ok(())
    });
}

#[test]
fn a_used_scratch_gives_what_a_fresh_one_gives() {
    hold(vec(any_text(), 1..6), |texts| {
        let mut scratch = Scratch::default();
        for text in &texts {
            prop_assert_eq!(analyze(&BUILT_IN, text, &mut scratch), fresh(text));
        }
        Ok(())
    });
}

#[test]
fn many_threads_give_what_one_gives() {
    hold(vec(any_text(), 8), |texts| {
        let alone: Vec<Analysis> = texts.iter().map(|t| fresh(t)).collect();
        let together: Vec<Analysis> = std::thread::scope(|scope| {
            let started: Vec<_> = texts.iter().map(|text| scope.spawn(|| fresh(text))).collect();
            started.into_iter().map(|thread| thread.join().expect("no analysis panics")).collect()
        });
        prop_assert_eq!(alone, together);
        Ok(())
    });
}

#[test]
fn lines_and_columns_count_code_points() {
    hold(any_text(), |text| {
        let index = LineIndex::new(&text);
        for token in &read(&BUILT_IN, &text).tokens {
            let before = &text[..token.span.start as usize];
            let line = before.matches('\n').count() as u32 + 1;
            let start = before.rfind('\n').map_or(0, |i| i + 1);
            let mark = if start == 0 && before.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let column = before[start + mark..].chars().count() as u32 + 1;
            prop_assert_eq!(index.code_point(token.span.start), before.chars().count() as u32);
            prop_assert_eq!(index.line_column(token.span.start), (line, column));
        }
        Ok(())
    });
}

/// UTF-8 read as Windows-1252.
fn garble(text: &str) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

#[test]
fn clean_texts_are_not_mended() {
    hold(any_text(), |text| {
        prop_assert_eq!(mend(&text), None);
        Ok(())
    });
}

/// A text garbled here and there is read like the clean one, and every span of it lies where its words are in the file.
#[test]
fn garbled_texts_are_read_as_they_were_meant_and_quoted_as_they_are() {
    const SOME: &str = "Été à Évreux : « l’œuvre est là », coûte 3 € – dit-on.\n";
    let lines = vec((prop_oneof![article(), press()], 0..3usize), 0..6);
    hold(lines, |lines| {
        let garble_times = |text: &str, times| (0..times).fold(text.to_string(), |t, _| garble(&t));
        let lines = || [(SOME, 1), (SOME, 2)].into_iter().chain(lines.iter().map(|(line, times)| (&line[..], *times)));
        let clean: String = lines().map(|(line, _)| line).collect();
        let file: String = lines().map(|(line, times)| garble_times(line, times)).collect();
        let mended = mend(&file).expect("some of it is garbled");
        prop_assert_eq!(&mended.text, &clean);
        let (mut start, mut line_at) = (0, 0);
        for (line, times) in lines() {
            let place = mended.in_file(Span::new(start, start + line.len() as u32));
            prop_assert_eq!(place.start, line_at);
            for token in &read(&BUILT_IN, line).tokens {
                let span = Span::new(start + token.span.start, start + token.span.end);
                prop_assert_eq!(mended.in_file(span).of(&file), garble_times(token.span.of(line), times));
            }
            (start, line_at) = (start + line.len() as u32, place.end);
        }
        prop_assert_eq!(line_at as usize, file.len());
        Ok(())
    });
}

/// Quotations are read again inside, to a bounded depth: no text makes more of itself than in proportion.
#[test]
fn a_text_twice_as_long_has_at_most_twice_the_parts() {
    for hostile in ["« \" “ ", "« a ", ",", "selon ", "a.b'c", "« il dit. “il dit.” "] {
        let parts = |times: usize| {
            let Reading { tokens, quotes, sentences, units, lines, .. } = read(&BUILT_IN, &hostile.repeat(times));
            tokens.len() + quotes.len() + sentences.len() + units.len() + lines.len()
        };
        let (once, twice) = (parts(2_000), parts(4_000));
        assert!(twice <= 2 * once + 100, "{hostile:?}: {once} parts, then {twice}");
    }
}

#[test]
fn empty_and_blank_texts_say_nothing() {
    for text in ["", " ", "\n\n", "\u{feff}", "\u{200b}\n\u{a0}", "\r\n"] {
        assert_eq!(fresh(text), Analysis::default(), "{text:?}");
        assert_eq!(read(&BUILT_IN, text).tokens, Vec::<Token>::new(), "{text:?}");
    }
}
