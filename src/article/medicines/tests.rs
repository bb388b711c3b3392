use super::*;
use crate::formats;
use crate::source::Source;

fn read_from(text: &str) -> (Document, Vec<Medicine>) {
    let source = Source::new("a", text);
    let document = formats::parse(&source, crate::document::Format::Markdown);
    let references = crate::article::references::read(&source, &document);
    let medicines = read(&document, &references, &Lexicon::default());
    for medicine in &medicines {
        assert_eq!(source.slice(medicine.span), document.words(medicine.place), "the span quotes the name");
    }
    (document, medicines)
}

#[test]
fn names_are_read_where_they_are_names() {
    let table: &[(&str, &[&str])] = &[
        ("µ Keytruda® and pembrolizumab.", &["Keytruda", "pembrolizumab"]),
        ("sacubitril/valsartan, trimethoprim-sulfamethoxazole", &["sacubitril", "valsartan", "trimethoprim", "sulfamethoxazole"]),
        ("(cetuximab) andVectibix (panitumumab)", &["cetuximab", "Vectibix", "panitumumab"]),
        ("insulin-like growth factor, anti-insulin, insulin-dependent", &["insulin"]),
        ("tucatinib9 and Keytruda3,4", &["tucatinib", "Keytruda"]),
        ("trastuzumab-zzzz or adalimumab-atto, rituximab-free", &["trastuzumab-zzzz", "adalimumab-atto", "rituximab"]),
        ("see www.keytruda.com, https://x.org/keytruda, keytruda.com or `Keytruda`", &[]),
        ("```\nKeytruda\n```\n\nOpdivo", &["Opdivo"]),
        ("Opdivo.\n\n## References\n\n1. Keytruda trial.", &["Opdivo"]),
        // Words and given names need a mark or their own generic beside them.
        ("Today Camila and Heather thrive. The intron and the soma.", &[]),
        (
            "Today® sponge, Sonata (zaleplon), carisoprodol (Soma), Soma (cell body)",
            &["Today", "Sonata", "zaleplon", "carisoprodol", "Soma"],
        ),
        ("The AC joint, the ICE score and an EMLA", &[]),
        ("FOLFOX and 5-FU, not folfox", &["FOLFOX", "5-FU"]),
    ];
    for (text, want) in table {
        let (document, medicines) = read_from(text);
        let got: Vec<&str> = medicines.iter().map(|m| document.words(m.place)).collect();
        assert_eq!(got, *want, "on {text}");
    }
}

#[test]
fn symbols_and_settings_are_seen() {
    let (document, all) =
        read_from("# Keytruda\n\nµ Opdivo(R) or Erbitux<sup>®</sup> or Yervoy<sup>TM</sup>. Tecentriq^TM^ too. Herceptin said “Tykerb”.\n");
    let symbols: Vec<_> = all.iter().map(|m| m.symbol.map(|place| document.words(place))).collect();
    assert_eq!(symbols, [None, Some("(R)"), Some("®"), Some("TM"), Some("^TM^"), None, None]);
    assert_eq!(all[0].setting, Setting::Heading);
    assert_eq!(all.iter().map(|m| m.leads).collect::<Vec<_>>(), [true, false, false, false, true, true, false]);
    assert!(all[6].quoted && !all[5].quoted);
}

#[test]
fn pairs_are_what_the_text_says() {
    let table = [
        ("Herceptin® (trastuzumab)", 1),
        ("trastuzumab (Herceptin, Kanjinti)", 1),
        ("Herceptin (200 mg trastuzumab)", 0),
        ("Herceptin (e.g., with trastuzumab)", 0),
        ("Herceptin (trastuzumab in three patients)", 0),
        ("Herceptin (trastuzumab; Genentech)", 1),
        ("Herceptin injection (trastuzumab)", 1),
        ("Lipitor, the brand name of atorvastatin", 1),
        ("atorvastatin, sold as Lipitor", 1),
        ("atorvastatin, sold with Lipitor", 0),
        ("Herceptin (Tykerb)", 0),
    ];
    for (text, want) in table {
        let (document, all) = read_from(text);
        assert_eq!(pairs(&document, &all).len(), want, "on {text}");
    }
}

#[test]
fn related_ingredients() {
    let table = [
        ("insulin", "insulin glargine", true),
        ("insulin lispro", "insulin glargine", false),
        ("estrogens, conjugated", "conjugated estrogen", true),
        ("interferon alfa-2a", "peginterferon alfa-2a", true),
        ("heparin", "tinzaparin", true),
        ("trastuzumab", "lapatinib", false),
    ];
    for (a, b, want) in table {
        assert_eq!(are_related(a, b), want, "{a}, {b}");
    }
}
