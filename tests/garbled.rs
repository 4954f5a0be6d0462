//! Which texts count as garbled, and what they are read as.

use selon::span::Span;
use selon::text::decode::decode;
use selon::text::garbled::mend;

/// Garbled enough for what follows to be looked at.
const SOME: &str = "Ã©Ã¨Ã§ ";

/// What is read where the file has `text` among garbled words.
fn read(text: &str) -> String {
    let mended = mend(&format!("{SOME}{text}")).expect("it is garbled");
    mended.text.strip_prefix("éèç ").expect("the beginning is mended").to_string()
}

#[test]
fn letters_marks_and_signs_come_back() {
    for (file, meant) in [
        ("prÃ©posÃ©s, dÃ©jÃ\u{a0} lÃ\u{a0}-bas", "préposés, déjà\u{20}là-bas"),
        ("Ã‰tat, Ã€ Paris, GARÃ‡ON", "État, À Paris, GARÇON"),
        ("lâ€™homme, la main-dâ€™Å“uvre", "l’homme, la main-d’œuvre"),
        ("Â«\u{a0}OuiÂ\u{a0}Â»", "«\u{a0}Oui\u{a0}»"),
        ("â€œNonâ€\u{9d} â€“ 3Â\u{a0}â‚¬ â€¦", "“Non” – 3\u{a0}€ …"),
        ("ErdoÄŸan, MiloÅ¡", "Erdoğan, Miloš"),
        ("e\u{cc}\u{81}te\u{cc}\u{81}", "e\u{301}te\u{301}"),
        ("ðŸ˜€", "😀"),
    ] {
        assert_eq!(read(file), meant, "{file}");
    }
}

#[test]
fn bytes_without_a_sign_may_stand_as_in_latin_1() {
    assert_eq!(read("lâ\u{80}\u{99}Ã\u{89}tat"), "l’État");
    assert_eq!(read("lÂ’Ã©tÃ©"), "l’été");
}

#[test]
fn what_became_a_plain_space_or_was_dropped_is_understood() {
    for (file, meant) in [
        ("grÃ¢ce Ã une loi", "grâce à une loi"),
        ("au-delÃ de 10Â 000", "au-delà de 10\u{a0}000"),
        ("lÃ -bas, voilÃ , voilÃ .", "là-bas, voilà, voilà."),
        ("deux  espaces Ã  la fois", "deux  espaces à la fois"),
        ("LÃ -bas, RTLÂ : il est lÃ", "Là-bas, RTL\u{a0}: il est là"),
        ("il est lÃ\nou lÃ\r\n", "il est là\nou là\r\n"),
        ("â€œNonâ€, dit-il", "“Non”, dit-il"),
    ] {
        assert_eq!(read(file), meant, "{file}");
    }
}

#[test]
fn clean_words_beside_garbled_ones_stay() {
    for clean in ["déjà\u{a0}« là\u{a0}», l’été…", "JOÃO, IRMÃ et SÃO PAULO", "« CAFÉ» “É” À…", "Âgé de 3 ans", "ÅÄÖ"]
    {
        assert_eq!(read(clean), clean);
    }
}

#[test]
fn what_was_garbled_twice_comes_back() {
    let text = "Ã\u{192}Â© lÃ¢â‚¬â„¢Ã\u{192}Â©tÃ\u{192}Â©";
    assert_eq!(mend(text).map(|m| m.text).as_deref(), Some("é l’été"));
}

#[test]
fn utf_8_pasted_into_windows_1252_comes_back() {
    let bytes = [b"Le caf\xe9 a ferm\xe9. ", "L’été dernier, déjà.".as_bytes()].concat();
    let text = decode(&bytes).text;
    assert_eq!(mend(&text).map(|m| m.text).as_deref(), Some("Le café a fermé. L’été dernier, déjà."));
}

#[test]
fn a_text_without_a_few_unmistakable_sequences_is_left_alone() {
    for text in [
        "",
        "Âgé de 31 ans, João Irmão vit à São Paulo depuis l’été.",
        "A IRMû, “AMANHÔ, “IRMÔ: «LÃ», «LûRI», Ã\u{a0}«\u{a0}Ã\u{a0}»",
        "« CAFÉ» « CAFÉ» « CAFÉ» « déjà\u{a0}» « été\u{a0}» « là\u{a0}»",
        "On lit « Ã© » pour « é » et « Ã¨ » pour « è ».",
    ] {
        assert_eq!(mend(text), None, "{text}");
    }
}

#[test]
fn a_span_lies_in_the_file_where_its_words_do() {
    let file = "Ã©tÃ© lÃ , bÃ©nÃ©fice";
    let mended = mend(file).expect("it is garbled");
    assert_eq!(mended.text, "été là, bénéfice");
    for (words, garbled) in [("été", "Ã©tÃ©"), ("là", "lÃ "), (",", ","), ("bénéfice", "bÃ©nÃ©fice"), ("fice", "fice")]
    {
        let start = mended.text.find(words).expect("the words are there") as u32;
        assert_eq!(mended.in_file(Span::new(start, start + words.len() as u32)).of(file), garbled);
    }
}
