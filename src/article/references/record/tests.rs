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
        (printed("Diabetes"), Work { titles: vec!["Diabetes".into()], ..named("Andersson, Q; Berg, R; Cato, S") }, "same: author"),
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
        (by("Al-Ala F, Exemplar BK"), named("AL-ALA, Farah; EXEMPLAR, Bruno"), "same"),
        (by("van den Øynde B, Exemplar BK"), named("van den Øynde, Berta"), "same"),
        (by("van den Oynde B"), named("Oynde, Berta van den"), "same"),
        (by("Ruiz-Prueba M"), named("Ruiz Prueba, Marta"), "same"),
        (by("Prueba MR Jr"), named("Ruiz Prueba, Marta"), "same"),
        (by("MüsterA, ExemplarBK"), whole(), "same"),
        (by("MüsterAJr, ExemplarBK"), whole(), "same"),
        (by("MüsterAExemplarBKO'BeispielC"), whole(), "same"),
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
        (usual.into(), at("12-13", "3687-3694"), "same"),
        (usual.into(), at("11/12", "3687-3694"), "same"),
        (usual.into(), at("12 Suppl 1", "3687"), "same"),
        (usual.into(), at("2018", "3687"), "same"),
        (usual.into(), at("12", "687-694"), "same: page"),
        (usual.into(), at("12", "1-8"), "same"),
        (usual.into(), at("12", "S3687-S3694"), "same"),
        (usual.into(), at("12", "e101"), "same"),
        (usual.into(), at("12", "3680-3694"), "same"),
        (usual.into(), Work { issue: Some("5".into()), ..whole() }, "same"),
        (usual.into(), Work { issue: Some("4-5 Suppl 1".into()), ..whole() }, "same"),
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

/// Entries and records as journals, PubMed and Crossref have them; what each pair guards against stands before it.
#[test]
fn entries_of_many_styles_are_held_against_records() {
    let kind = |kind: WorkKind, work: Work| Work { kind, ..work };
    let issue = |issue: &str, work: Work| Work { issue: Some(issue.into()), ..work };
    let rows: Vec<(&str, Work, &str)> = vec![
        // Twins by the same people in the same year.
        (
            "Müster A, Exemplar B. Care of chronic wounds in the community. Part II: dressings. J Wound Made Up. 2018;12(4):301-10.",
            work("Care of chronic wounds in the community. Part I: dressings", "Müster, Anna; Exemplar, Bruno", &[2018], "12", "201-9"),
            "unsure",
        ),
        (
            "Müster A, Exemplar B. Care of chronic wounds in the community. Part 2: dressings. J Wound Made Up. 2018;12(4):301-10.",
            work("Care of chronic wounds in the community. Part II: dressings", "Müster, Anna; Exemplar, Bruno", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Müster A, et al. Global prevalence of hepatitis B virus infection: a modelling study. Made Up Hepatol. 2018;3:383-403.",
            work("Global prevalence of hepatitis C virus infection: a modelling study", "Müster, Anna", &[2017], "2", "161-176"),
            "unsure",
        ),
        (
            "Müster EJ, Exemplar P. Heart disease and stroke statistics-2019 update: a report of the Made Up Association. Circ Made Up. 2019;139:e56-e528.",
            work(
                "Heart Disease and Stroke Statistics—2020 Update: A Report of the Made Up Association",
                "Müster, Emelia J.; Exemplar, Paul",
                &[2020],
                "141",
                "e139-e596",
            ),
            "unsure",
        ),
        // The year of a series is misprinted, and all else is that of the record.
        (
            "Müster EJ, Exemplar P. Heart disease statistics 2019 update: a report of the Made Up Association. Circ Made Up. 2020;141:139-596.",
            work(
                "Heart disease statistics 2020 update: a report of the Made Up Association",
                "Müster, Emelia J.",
                &[2020],
                "141",
                "139-596",
            ),
            "same: title",
        ),
        // A column of a journal before the title.
        (
            "Müster A. Management of sepsis. N Made Up J Med. 2018;378:1200-8.",
            work("Clinical practice. Management of sepsis", "Müster, Anna", &[2018], "378", "1200-1208"),
            "same",
        ),
        // A title in another language than the record's, which nothing marks as translated.
        (
            "García Pérez M, López J. Management of chronic pain in primary care. Rev Inventada Med. 2018;12(4):301-10.",
            work("Manejo del dolor crónico en atención primaria", "García Pérez, María; López, Juan", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "García Pérez M, López J. Management of chronic pain in primary care. Rev Inventada Med. 2018;12(4):301-10.",
            work("Manejo del dolor crónico|Management of chronic pain in primary care", "García Pérez, M", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Wang XM, Li Y. Acupuncture for chronic pain in rural clinics. Chin J Made Up. 2018;12(4):301-10.",
            work("针灸治疗慢性疼痛", "王, 小明", &[2018], "12", "301-310"),
            "unsure",
        ),
        // Names in another script.
        (
            "Ivanov II, Petrov PP. Treatment of chronic pain in rural clinics: a trial. Med Vydumka. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Иванов, Иван; Петров, Пётр", &[2018], "12", "301-310"),
            "same",
        ),
        // Names: Chinese ones swapped, Arabic articles, Icelandic letters, capitals, initials first, married, Brazilian.
        (
            "Li X, Wang Y. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Xu, Li; Yan, Wang", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "El-Beispiel S, Muster Y. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Elbeispiel, Sara; Muster, Y", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Alhamdi S. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Al Hamdi, Sara", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Thordardottir G. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Þórðardóttir, Guðrún", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "LI XM, WU Y. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Li, Xiaoming; Wu, Yan", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "J. A. Beispiel and B. Muster, Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Beispiel, Jane; Muster, B", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Beispiel-Muster J. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Beispiel, Jane", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Beispiel JA. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Júnior, José A. Beispiel", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Vandenmuster B. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "van den Muster, Berta", &[2018], "12", "301-310"),
            "same",
        ),
        // Records that lack authors, or have a group among the people.
        (
            "Müster A, Exemplar B, Beispiel C, et al. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Andersson, Q", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Writing Group Members of the Trial", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Made Up Trialists' Collaboration. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Andersson, Q; Berg, R", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Andersson, Q; Berg, R", &[2018], "12", "301-310"),
            "same",
        ),
        // APA and others.
        (
            "Müster, A., & Exemplar, B. K. (2018). Treatment of chronic pain in rural clinics: A trial. Journal of Made Up Medicine, 12(4), 301–310.",
            work("Treatment of chronic pain in rural clinics: a trial.", "Müster, Anna; Exemplar, Bruno", &[2018], "12", "301-10"),
            "same",
        ),
        // A question before the subtitle.
        (
            "Müster A. Is rest enough for chronic back pain? A randomized trial. J Made Up. 2018;12(4):301-10.",
            work(
                "Is rest enough for chronic back pain?|Is rest enough for chronic back pain? A randomized trial",
                "Müster, Anna",
                &[2018],
                "12",
                "301",
            ),
            "same",
        ),
        // Works about works, in either direction.
        (
            "Müster A. Reply to: Treatment of chronic pain in rural clinics. J Made Up. 2018;12(6):401.",
            work("Treatment of chronic pain in rural clinics", "Müster, Anna", &[2018], "12", "301-310"),
            "unsure",
        ),
        (
            "Müster A. Erratum: Treatment of chronic pain in rural clinics. J Made Up. 2018;12(6):401.",
            work("Erratum: Treatment of chronic pain in rural clinics", "Müster, Anna", &[2018], "12", "401"),
            "same",
        ),
        (
            "Müster A. Response to vaccination of older adults in rural clinics. J Made Up. 2018;12(6):401-9.",
            work("Response to vaccination of older adults in rural clinics", "Müster, Anna", &[2018], "12", "401-409"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics. J Made Up. 2018;12(4):301-10. Erratum in: J Made Up. 2018;12(6):401.",
            work("Treatment of chronic pain in rural clinics", "Müster, Anna", &[2018], "12", "301-310"),
            "same",
        ),
        // A chapter under the DOI of its book, and a book of another edition.
        (
            "Müster A. Chronic pain. In: Exemplar B, editor. Principles of made up internal medicine. 20th ed. New York: Made Up; 2018. p. 301-10.",
            kind(WorkKind::Book, work("Principles of made up internal medicine", "Exemplar, Bruno", &[2022], "", "")),
            "unsure",
        ),
        (
            "Müster A. Chronic pain in primary care. In: Principles of made up internal medicine. 2018;20:301-10.",
            kind(WorkKind::Book, work("Handbook of everything that was made up", "Andersson, Q", &[2002], "", "")),
            "unsure",
        ),
        // Years: old volumes put online later, works cited ahead of print.
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 1985;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[2008], "12", "301-310"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2016 [Epub ahead of print].",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[2018], "12", "301-310"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 1995;12(4):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[1985], "12", "301-310"),
            "same: year",
        ),
        // Volumes: of half years, supplements, issues in their place; pages of supplements, numbers of articles, odd ones.
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. Lancet. 1986;327:397-402.",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[1986], "1", "397-402"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;34 Suppl 1:S12-S18.",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[2018], "Suppl 1", "12-18"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;34(Suppl 1):S12-8.",
            issue("Suppl 1", work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[2018], "34", "1112-1118")),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;34(7):301-10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[2018], "7", "301-310"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;34:e123.",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[2018], "34", "123"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;34:1e10.",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[2018], "34", "1.e1-1.e10"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;34:45-9.",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[2018], "34", "45-9; discussion 50"),
            "same",
        ),
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. Health Made Up. 2018;34:1-120.",
            work("Treatment of chronic pain in rural clinics: a trial", "Müster, Anna", &[2018], "34", "iii-x, 1-120"),
            "same",
        ),
        // Short titles with a subtitle on one side.
        (
            "Müster A. Insomnia. N Made Up J Med. 2018;378:1200-8.",
            work("Clinical practice. Insomnia", "Müster, Anna", &[2018], "378", "1200-1208"),
            "same",
        ),
        // Another article of the same issue, under a DOI with a wrong last digit.
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;34(7):301-10.",
            work("Exhaled markers of inflammation among young swimmers", "Andersson, Q; Berg, R", &[2018], "34", "311-319"),
            "other",
        ),
        // Another article by the same first author: perhaps the title was changed.
        (
            "Müster A. Treatment of chronic pain in rural clinics: a trial. J Made Up. 2018;34(7):301-10.",
            work("Exhaled markers of inflammation among young swimmers", "Müster, Anna", &[2011], "27", "11-19"),
            "unsure",
        ),
    ];
    let mut wrong = String::new();
    for (printed, record, expected) in &rows {
        let found = verdict(&entry(printed), record);
        if found != *expected {
            wrong += &format!("\n{printed}\n{record:?}\n  expected {expected}, found {found}\n  {:?}", entry(printed).fields());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What a search found is taken for the work only where nothing is left to doubt.
#[test]
fn what_a_search_offers_is_the_work_or_is_not() {
    const TITLE: &str = "Treatment of chronic pain in men: a randomized trial";
    let usual = format!("Müster A, Exemplar B. {TITLE}. J Made Up. 2018;12(4):301-10.");
    let preprint = |work: Work| Work { kind: WorkKind::Preprint, ..work };
    let record = |title: &str, volume: &str, pages: &str| work(title, "Müster, Anna; Exemplar, Bruno", &[2018], volume, pages);
    for (printed, record, expected) in [
        (usual.clone(), record(TITLE, "12", "301-310"), true),
        (usual.clone(), record("RETRACTED: Treatment of chronic pain in men: a randomised trial", "12", "301-310"), true),
        (usual.clone(), record("Treatment of chronic pain in men", "12", "301-310"), false),
        (usual.replace("randomized", "randomizd"), record(TITLE, "12", "301-310"), true),
        // A sister of the trial, a second part, an abstract, a follow-up, a reply, an erratum, another author's.
        (usual.clone(), record("Treatment of chronic pain in women: a randomized trial", "12", "301-310"), false),
        (usual.clone(), record("Treatment of chronic pain in men: a randomized trial II", "12", "301-310"), false),
        (usual.clone(), record(TITLE, "11", "S45"), false),
        (usual.clone(), record(TITLE, "", ""), false),
        (usual.replace("Treatment", "Follow-up of treatment"), record(TITLE, "12", "301-310"), false),
        (usual.replace("Treatment", "Reply to: Treatment"), record(TITLE, "12", "401"), false),
        (usual.replace("Treatment", "Erratum: Treatment"), record(TITLE, "12", "301-310"), false),
        (usual.replace("Müster", "Andersson"), record(TITLE, "12", "301-310"), false),
        (usual.replace("2018", "2011"), record(TITLE, "12", "301-310"), false),
        // A preprint and the article are two versions of the work.
        (usual.clone(), preprint(record(TITLE, "12", "301-310")), false),
        (format!("Müster A, Exemplar B. {TITLE}. medRxiv. Preprint posted online March 3, 2018."), preprint(record(TITLE, "", "")), true),
        (format!("Müster A, Exemplar B. {TITLE}. medRxiv. Preprint posted online March 3, 2018."), record(TITLE, "12", "301-310"), false),
    ] {
        assert_eq!(is_surely(&entry(&printed), &record), expected, "{printed}\n{record:?}");
    }
}

#[test]
fn records_and_entries_of_any_size_are_compared_in_no_time() {
    let long = "µ and so on ".repeat(100_000);
    let record = work(&long, "Müster, Anna", &[2018], "", "");
    for text in [long.clone(), "<a ".repeat(400_000), "A ".repeat(500_000), "Müster A, ".repeat(100_000), "[".repeat(1 << 20)] {
        let text = format!("Müster A. {text}. J Made Up Med. 2018;1:2-3.");
        assert_ne!(compare(&entry(&text), &record), Match::Other);
    }
    let many = Work {
        titles: vec!["Treatment of chronic pain in rural clinics".into(); 10_000],
        authors: vec![crate::world::Author { family: "Müster".repeat(100), given: "É".repeat(1000), is_group: false }; 10_000],
        ..Work::default()
    };
    let authors = "Andersson QX, ".repeat(500);
    let text = format!("{authors}Berg R. Treatment of chronic pain in rural clinics. J Made Up Med. 2018;1:2-3.");
    assert!(matches!(compare(&entry(&text), &many), Match::Same(_)));
}
