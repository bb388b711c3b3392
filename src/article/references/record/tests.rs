use super::*;
use crate::prose::Prose;
use crate::source::Span;

fn entry(text: &str) -> Reference {
    let mut prose = Prose::default();
    let span = Span::new(0, text.len());
    prose.push_verbatim(text, span);
    Reference::new(Some(1), None, prose, span)
}

/// A record: title, authors with `;` between them, years, volume, pages.
fn work(title: &str, authors: &str, years: &[u16], volume: &str, pages: &str) -> Work {
    let author = |name: &str| {
        let (family, given) = name.trim().split_once(", ").unwrap_or((name.trim(), ""));
        let is_group = family.starts_with('@');
        crate::world::Author { family: family.trim_start_matches('@').into(), given: given.into(), is_group }
    };
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Work {
        kind: WorkKind::Article,
        titles: title.split('|').map(Into::into).collect(),
        authors: authors.split(';').filter(|name| !name.is_empty()).map(author).collect(),
        years: years.to_vec(),
        volume: some(volume),
        pages: some(pages),
        ..Work::default()
    }
}

/// `same`, `same: ` with the parts that differ, `other` or `unsure`.
fn verdict(entry: &Reference, work: &Work) -> String {
    match compare(entry, work) {
        Match::Other => "other".into(),
        Match::Unsure => "unsure".into(),
        Match::Same(of) => {
            let parts =
                [("title", of.title), ("author", of.first_author), ("year", of.year), ("volume", of.volume), ("page", of.first_page)];
            let differing: Vec<&str> = parts.iter().filter(|(_, part)| part.differs()).map(|(name, _)| *name).collect();
            if differing.is_empty() { "same".into() } else { format!("same: {}", differing.join(" ")) }
        }
    }
}

#[test]
fn records_are_held_against_entries() {
    const TITLE: &str = "Vitamin D and bone pain in older adults: a randomized trial";
    const AUTHORS: &str = "Müster, Anna; Exemplar, Bruno K; O’Beispiel, Cora";
    let whole = || work(TITLE, AUTHORS, &[2018], "12", "3687-3694");
    let titled = |title: &str| Work { titles: vec![title.into()], ..whole() };
    let named = |authors: &str| work(TITLE, authors, &[2018], "12", "3687-3694");
    let dated = |years: &[u16]| work(TITLE, AUTHORS, years, "12", "3687-3694");
    let at = |volume: &str, pages: &str| work(TITLE, AUTHORS, &[2018], volume, pages);
    let usual = "Müster A, Exemplar BK, O'Beispiel C. Vitamin D and bone pain in older adults: a randomized trial. J Made Up Med. 2018;12(4):3687-94.";
    let printed = |title: &str| usual.replace(TITLE, title);
    let by = |authors: &str| usual.replace("Müster A, Exemplar BK, O'Beispiel C", authors);
    let rows: Vec<(String, Work, &str)> = vec![
        (usual.into(), whole(), "same"),
        // Titles: spelling, markup, entities' leftovers, case, Greek, status, footnotes, subtitles on either side.
        (printed("Vitamin D and bone pain in older adults: a randomised trial"), whole(), "same"),
        (usual.into(), titled("VITAMIN D AND BONE PAIN IN OLDER ADULTS: A RANDOMIZED TRIAL"), "same"),
        (usual.into(), titled("Vitamin <i>D</i> and bone   pain in older adults - a randomized trial."), "same"),
        (usual.into(), titled("RETRACTED: Vitamin D and bone pain in older adults: a randomized trial"), "same"),
        (usual.into(), titled("RETRACTED ARTICLE: Vitamin D and bone pain in older adults: a randomized trial"), "same"),
        (usual.into(), titled("Vitamin D and bone pain in older adults"), "same"),
        (printed("Vitamin D and bone pain in older adults"), whole(), "same"),
        (printed("Vitamin D and bone pain in older adults: a randomized trial1"), whole(), "same"),
        (
            printed("Effect of TNF-α and β-blockers on tumour pain in children"),
            titled("Effect of TNF-alpha and beta-blockers on tumor pain in children"),
            "same",
        ),
        (printed("Vitamine D and bone pane in older adults: a randomized trail"), whole(), "same"),
        // Between: author and year decide.
        (printed("Vitamin D against bone pain in the elderly, a large trial"), whole(), "same: title"),
        (by("Andersson Q, Berg R").replace(TITLE, "Vitamin D against bone pain in the elderly, a large trial"), whole(), "unsure"),
        // Another work, and what only looks like one.
        (usual.into(), work("Sleep apnoea after stroke in a rural district", "Andersson, Q; Berg, R", &[2007], "3", "11-19"), "other"),
        (usual.into(), work("Sleep apnoea after stroke in a rural district", AUTHORS, &[2018], "3", "11-19"), "unsure"),
        (usual.into(), work("Sleep apnoea after stroke in a rural district", "Andersson, Q", &[2018], "12", "3687-3694"), "unsure"),
        (usual.into(), work("[Knochenschmerz und Vitamin D im Alter].", "Andersson, Q; Berg, R", &[2007], "3", "11-19"), "unsure"),
        (usual.into(), work("高齢者の骨痛とビタミンD", "Andersson, Q; Berg, R", &[2007], "3", "11-19"), "unsure"),
        (usual.into(), work("", "Andersson, Q", &[2007], "3", "11-19"), "unsure"),
        (usual.into(), titled("Comment on: Vitamin D and bone pain in older adults: a randomized trial"), "unsure"),
        (usual.into(), titled("Erratum: Vitamin D and bone pain in older adults: a randomized trial"), "unsure"),
        // A short title is that of many works.
        (printed("Diabetes"), Work { titles: vec!["Diabetes".into()], ..named("Andersson, Q") }, "same: author"),
        (printed("Diabetes"), work("Diabetes", "Andersson, Q", &[1999], "1", "2-9"), "unsure"),
        (printed("Diabetes"), titled("Diabetes"), "same"),
        // Authors.
        (by("Muester A, et al"), whole(), "same"),
        (by("Muster A"), whole(), "same"),
        (by("Anna Müster"), whole(), "same"),
        (by("Exemplar BK, Müster A"), whole(), "same"),
        (usual.into(), named("Anna, Müster"), "same"),
        (usual.into(), named("@The Vitamin Group"), "same"),
        (usual.into(), named(""), "same"),
        (usual.into(), named("Exemplar, B"), "same"),
        (by("van den Øynde B, Exemplar BK"), named("van den Øynde, Berta"), "same"),
        (by("van den Oynde B"), named("Oynde, Berta van den"), "same"),
        (by("Ruiz-Prueba M"), named("Ruiz Prueba, Marta"), "same"),
        (by("Prueba MR Jr"), named("Ruiz Prueba, Marta"), "same"),
        (by("Andersson Q, Berg R"), whole(), "same: author"),
        // Years.
        (usual.into(), dated(&[2017]), "same"),
        (usual.into(), dated(&[2015, 2018]), "same"),
        (usual.into(), dated(&[2019]), "same"),
        (usual.into(), dated(&[2015]), "same: year"),
        (usual.into(), dated(&[]), "same"),
        (usual.into(), Work { kind: WorkKind::Preprint, ..dated(&[2015]) }, "same"),
        (usual.into(), Work { kind: WorkKind::Book, ..dated(&[1999]) }, "same"),
        // Volumes and pages.
        (usual.into(), at("13", "3687-3694"), "same: volume"),
        (usual.into(), at("0", "3687-94"), "same"),
        (usual.into(), at("12 Suppl 1", "3687"), "same"),
        (usual.into(), at("2018", "3687"), "same"),
        (usual.into(), at("12", "687-694"), "same: page"),
        (usual.into(), at("12", "1-8"), "same"),
        (usual.into(), at("12", "S3687-S3694"), "same"),
        (usual.into(), at("12", "e101"), "same"),
        (usual.into(), at("12", "3680-3694"), "same"),
    ];
    let mut wrong = String::new();
    for (printed, record, expected) in &rows {
        let found = verdict(&entry(printed), record);
        if found != *expected {
            wrong += &format!("\n{printed}\n{record:?}\n  expected {expected}, found {found}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn long_texts_are_compared_in_no_time() {
    let long = "µ and so on ".repeat(100_000);
    let record = work(&long, "Müster, Anna", &[2018], "", "");
    let text = format!("Müster A. {long}. J Made Up Med. 2018;1:2-3.");
    assert_ne!(compare(&entry(&text), &record), Match::Other);
}
