use proptest::prelude::*;

use super::*;
use crate::document::Format;

/// The statements of a text, each as `kind date / reviewer`.
fn read_as(text: &str, format: Format) -> Vec<String> {
    let source = Source::new("a", text);
    let document = crate::formats::parse(&source, format);
    let references = crate::article::references::read(&source, &document);
    read(&source, &document, &references)
        .iter()
        .map(|statement| {
            let mut out = statement.kind.name().to_owned();
            if let Some(date) = &statement.date {
                out += &match date.reading {
                    Reading::Exact(exact) => format!(" {exact}"),
                    Reading::Ambiguous { month_first, day_first } => format!(" {month_first} or {day_first}"),
                    Reading::Impossible => " impossible".into(),
                    Reading::Yearless => " without year".into(),
                };
                assert!(statement.span.contains(date.span), "{text}");
            }
            if let Some(reviewer) = &statement.reviewer {
                out += &format!(" / {}", reviewer.name);
                // The span is the whole value where the front matter writes it with escapes or over lines.
                let first = reviewer.name.split_whitespace().next().unwrap_or("");
                assert!(source.slice(reviewer.span).contains(first), "{text}");
            }
            if statement.pending {
                out += " pending";
            }
            assert!(!source.slice(statement.label).is_empty(), "{text}");
            out
        })
        .collect()
}

/// Reads lines as a part of an article.
fn lines(text: &str) -> String {
    read_as(&format!("An µ article\n\n{text}\n\nThis text explains the condition and its care in adults.\n"), Format::Text).join("; ")
}

#[test]
fn labels_of_many_publishers() {
    let table = [
        ("Medically Reviewed by Ana Ruiz, MD on May 03, 2023", "reviewed 2023-05-03 / Ana Ruiz, MD"),
        (
            "Medically reviewed by Ana Ruiz, MD, MPH — Written by Kim Lee — Updated on June 3, 2021",
            "reviewed / Ana Ruiz, MD, MPH; updated 2021-06-03",
        ),
        (
            "By Kim Lee Updated on May 03, 2023 Medically reviewed by Ana Ruiz, MD Fact checked by Jo Fox",
            "updated 2023-05-03; reviewed / Ana Ruiz, MD",
        ),
        ("Medically reviewed by Ana Ruiz, MD · Last reviewed: 5/2020", "reviewed 2020-05 / Ana Ruiz, MD"),
        ("Page last reviewed: 15 March 2021 Next review due: 15 March 2024", "reviewed 2021-03-15; next-review 2024-03-15"),
        ("Page last reviewed: 15 March 2021\nNext review due: 15 March 2024", "reviewed 2021-03-15; next-review 2024-03-15"),
        ("Medically Reviewed.Last updated on 05/23/2023.", "reviewed; updated 2023-05-23"),
        ("Last reviewed by a Clinic medical professional on 05/23/2023.", "reviewed 2023-05-23 / a Clinic medical professional"),
        ("Review Date 7/31/2023", "reviewed 2023-07-31"),
        (
            "Updated by: Ana Ruiz, MD, Professor of Medicine, Town University.",
            "updated / Ana Ruiz, MD, Professor of Medicine, Town University",
        ),
        ("Medically reviewed by Ana Ruiz, PharmD. Last updated on Sep 13, 2023.", "reviewed / Ana Ruiz, PharmD; updated 2023-09-13"),
        ("Last updated by Dr Ana Ruiz, MRCGP  Last updated 13 Jun 2023", "updated / Dr Ana Ruiz, MRCGP; updated 2023-06-13"),
        ("Reviewed by: Ana Ruiz, MD\nDate reviewed: May 2018", "reviewed 2018-05 / Ana Ruiz, MD"),
        ("Last Medical Review: May 3, 2020 Last Revised: June 5, 2021", "reviewed 2020-05-03; updated 2021-06-05"),
        ("Reviewed and approved by the Town Editorial Board, 05/2019", "reviewed 2019-05 / the Town Editorial Board"),
        ("Medizinisch geprüft von Dr. Ana Ruiz", "reviewed / Dr. Ana Ruiz"),
        ("Letzte Aktualisierung: 23.05.2022", "updated 2022-05-23"),
        ("Fachlich geprüft von Dr. Ana Ruiz", "reviewed / Dr. Ana Ruiz"),
        ("Last Reviewed\n\nMay 3, 2020", "reviewed 2020-05-03"),
        ("Stand: 05/2022", "updated 2022-05"),
        ("Aktualisiert am 12. Mai 2021", "updated 2021-05-12"),
        ("Mis à jour le 3 mai 2020", "updated 2020-05-03"),
        ("Dernière mise à jour : mai 2020", "updated 2020-05"),
        ("Revisado por la Dra. Ana Ruiz el 3 de mayo de 2021", "reviewed 2021-05-03 / la Dra. Ana Ruiz"),
        ("Ultimo aggiornamento: 12 gennaio 2017", "updated 2017-01-12"),
        ("Literature review current through: Oct 2023. This topic last updated: Mar 03, 2023.", "reviewed 2023-10; updated 2023-03-03"),
        ("Last full review/revision May 2020 | Content last modified Jun 2020", "reviewed 2020-05; updated 2020-05; updated 2020-06"),
        ("This article was last reviewed on May 3, 2020.", "reviewed 2020-05-03"),
        ("Reviewed on: 22-05-2018", "reviewed 2018-05-22"),
        ("Jane Doe, MDReviewed: October 9, 2019Medically Reviewed", "reviewed 2019-10-09 / Jane Doe, MD"),
        ("Updated ofMay 22, 2015", "updated 2015-05-22"),
        ("Updated June 18, 2024by The Editorial Team", "updated 2024-06-18 / The Editorial Team"),
        ("Reviewed May 2018 by Dr. Kim Lee, MD, PhD", "reviewed 2018-05 / Dr. Kim Lee, MD, PhD"),
        ("Medically reviewed by Dr. C. H. Weber M.D. 5/2020", "reviewed 2020-05 / Dr. C. H. Weber M.D."),
        ("Last medically reviewed on\nJanuary 3, 2022", "reviewed 2022-01-03"),
        ("Medically reviewed by\n\nAna Ruiz, MD\n\nMore", "reviewed / Ana Ruiz, MD"),
        ("Expert reviewer: Dr Ana Ruiz, Consultant Neurologist", "reviewed / Dr Ana Ruiz, Consultant Neurologist"),
        ("Last medically reviewed: pending", "reviewed pending"),
        (
            "Published: July 30, 2026 | Last medically reviewed: pending | Next scheduled review: July 2027",
            "published 2026-07-30; reviewed pending; next-review 2027-07",
        ),
        ("Medically Reviewed on 9/10/2019", "reviewed 2019-09-10 or 2019-10-09"),
        ("Medically Reviewed on 9/10/2019, published 25/1/2019", "reviewed 2019-10-09; published 2019-01-25"),
        ("Last reviewed: 31/02/2020", "reviewed impossible"),
        ("Date of issue: May 2024\n\nReview date: May 2027", "published 2024-05; next-review 2027-05"),
        ("Next review due: June 2024", "next-review 2024-06"),
        ("Stand: 12. März 2025\nNächste geplante Aktualisierung: März 2028", "updated 2025-03-12; next-review 2028-03"),
        ("Ultimo aggiornamento: 12 gennaio 2025. Prossimo aggiornamento: maggio 2028", "updated 2025-01-12; next-review 2028-05"),
        ("Next update due: June 2024", "next-review 2024-06"),
        ("Approval date: May 2019\nReview date: May 2022", "published 2019-05; next-review 2022-05"),
        ("Planned review date: June 2024", "next-review 2024-06"),
        ("To be reviewed: May 2022", "next-review 2022-05"),
        ("Laatst bijgewerkt op 3 maart 2025", "updated 2025-03-03"),
        ("Gecontroleerd door Ana Ruiz, huisarts, op 3 mei 2025", "reviewed 2025-05-03 / Ana Ruiz, huisarts"),
        ("Dernière révision : avril 2019", "updated 2019-04"),
        ("Letzte Änderung: 4. Mai 2025", "updated 2025-05-04"),
        ("Review by: May 2027", "next-review 2027-05"),
        ("Last Updated and Reviewed: August 1, 2025", "updated 2025-08-01; reviewed 2025-08-01"),
        ("\"lastReviewed\": \"2024-01-07\",", "reviewed 2024-01-07"),
        ("<p className=\"text-xs\"><strong>Last reviewed:</strong> <time>May 2024</time></p>", "reviewed 2024-05"),
        ("| Content Last Reviewed | `2022-07-22` |", "reviewed 2022-07-22"),
        ("Last reviewed\tNext review\nMay 2022\tMay 2025", "reviewed 2022-05; next-review 2025-05"),
        ("Last Reviewed: ________", "reviewed"),
        ("Mon 12 May 2020 | 7 min read", "published 2020-05-12"),
        ("Last reviewed 2021", "reviewed 2021"),
        ("LAST UPDATED: MAY 3, 2020", "updated 2020-05-03"),
        ("last updated: Aug 22, 2020", "updated 2020-08-22"),
        ("Peer Reviewed Last updated May 3, 2020", "updated 2020-05-03"),
        ("Evidence last reviewed: 22 May 2020", "reviewed 2020-05-22"),
        ("Updated 5:42 PM ET, Mon May 4, 2020", "updated 2020-05-04"),
        ("Content reviewed: 31 May 2021. Next planned review by 2024.", "reviewed 2021-05-31; next-review 2024"),
        ("Medical Author: Jo Fox, MD; Medical Reviewer: Kim Lee, MD; Medically Reviewed on 5/13/2022", "reviewed 2022-05-13 / Kim Lee, MD"),
        ("Zuletzt geändert am 3. Mai 2020", "updated 2020-05-03"),
        ("Fecha de la última revisión: 3 de mayo de 2020", "reviewed 2020-05-03"),
        ("Última revisión médica completa feb. 2021", "reviewed 2021-02"),
        ("First published on 3 May 2018, last updated 4 June 2019", "published 2018-05-03; updated 2019-06-04"),
        ("Received: 3 May 2020 / Revised: 4 June 2020 / Accepted: 5 July 2020 / Published: 9 July 2020", "published 2020-07-09"),
        ("Last reviewed: 2020-05-03 10:00", "reviewed 2020-05-03"),
        ("Updated: May 3, 2020\n\nIt is widely accepted that this helps.", "updated 2020-05-03"),
        ("Date: May 3, 2020", "published 2020-05-03"),
        ("Kim Lee posted on April 09, 2015", "published 2015-04-09"),
        ("Volume 10, Number 3, June 2019, pages 150-156", "published 2019-06"),
        ("Aktualisiert: 03/04/2025", "updated 2025-04-03"),
        ("Mis à jour le 03/04/2025", "updated 2025-04-03"),
        ("Última revisión: 03/04/2025", "reviewed 2025-04-03"),
        ("Relu par le Dr Ana Ruiz, médecin généraliste, le 3 mai 2025", "reviewed 2025-05-03 / Dr Ana Ruiz, médecin généraliste"),
        ("Validé médicalement par Ana Ruiz, pharmacienne", "reviewed / Ana Ruiz, pharmacienne"),
        ("Revisado médicamente por Ana Ruiz", "reviewed / Ana Ruiz"),
        ("Letzte Überprüfung:", "reviewed"),
        ("Last reviewed: N/A", "reviewed"),
        ("Last reviewed on **[DATE]**", "reviewed"),
        ("Written & medically reviewed by Dr. Ana Ruiz", "reviewed / Dr. Ana Ruiz"),
        ("Harbour library · reviewed by Dr. Ana Ruiz", "reviewed / Dr. Ana Ruiz"),
        ("Medically Reviewed by Expert", "reviewed / Expert"),
        ("Медицинская проверка — Доктор Иван", ""),
        ("Ana Ruiz, MD\nLast reviewed: May 2025", "reviewed 2025-05 / Ana Ruiz, MD"),
        ("By Ana Ruiz, MD\nLast reviewed: May 2025", "reviewed 2025-05"),
        ("Medically reviewed by\nPortrait of the doctor\nAna Ruiz, MD", "reviewed / Ana Ruiz, MD"),
        ("Pending clinical review", "reviewed pending"),
        ("Edited by Kim Lee\nMedically reviewed by Ana Ruiz", "reviewed / Ana Ruiz"),
    ];
    for (text, want) in table {
        assert_eq!(lines(text), want, "{text}");
    }
}

#[test]
fn prose_and_records_are_no_statements() {
    let table = [
        "All entries are regularly reviewed by our medical experts.",
        "Our content is reviewed by physicians before it is published.",
        "A 2018 review found that this works. Reviewed 17 studies from 2010 to May 2018.",
        "Reviewed 60 interventions to July 2018.",
        "In 2014 the label was updated to warn of this. It was last updated on May 3, 2019, and is in force.",
        "Updated guidelines of May 2020 advise against it.",
        "Updated May 2020 guidance from the agency says so.",
        "Published in 2019, the guideline is now in use.",
        "Review of systems: negative. Clinical review: asthma in adults.",
        "Fact checked by Jo Fox. Peer reviewed by two experts in May 2020.",
        "Received: May 3, 2020; accepted: June 4, 2020",
        "Manuscript submitted April 5, 2019, accepted April 29, 2019",
        "\"lastReviewed\": \"2025-12-13T11:00:00.000Z\", \"nextReviewAt\": \"2025-12-14T11:00:00.000Z\"",
        "© 2023 Town Publishing. Accessed May 3, 2020. Effective date: May 1, 2020.",
        "Updates post-publication:\nApril 2002\nJune 2002",
        "We added a visible \"Last medically reviewed: January 2024\" to the page.",
        "Revisión del 13:43 23 ene 2015",
        "Reviewed and approved by the Ethics Committee of Town Hospital (No. 123, May 3, 2020).",
        "This study was reviewed and approved by the Institutional Review Board on 3 May 2020.",
        "Study data were reviewed by Kim Lee, MD, and Ana Ruiz, MD, in May 2020. Her medicines were last reviewed: May 3, 2020.",
        "Edited by: Kim Lee, Town University; Reviewed by: Ana Ruiz, Town University; Jo Fox, City Hospital",
        "Revised Risk Index, 2019 update. Updated in 2019, the criteria now include this. Date of birth: May 3, 1970",
        "The label (revised May 2020) warns of this. The guideline (last updated May 2018) says so.",
        "Medical review of all patients was done on May 3, 2020 by Ana Ruiz, MD.",
        "Current treatment as of May 2020 is rest. As of May 2018, no trial had been published.",
        "The next review is done when the new guideline lands.",
        "Next steps: review your medicines with your doctor by May 2027.",
        "Edited by:\nKim Lee, Town University, Italy\nReviewed by:\nAna Ruiz, Town University, Italy",
        "Reviewed by: Ana Ruiz, Town University, Italy\nJo Fox, City Hospital\nEdited by: Kim Lee",
        "Reviewers\nThis article was reviewed by Eugene Kona and Igor Zhula (nominated by Kim Lee).",
        "Handling Editor: Kim Lee\nReviewed by: Ana Ruiz",
        "Peer Reviewer: Ana Ruiz, MD",
        "Peer-reviewed by Ana Ruiz, MD, and Kim Lee, PhD",
        "BOOK REVIEWS\nReviewed by Ana Ruiz, Town University",
        "Reviewed: 3/4/2019; Accepted: 5/6/2019",
        "Received 3 May 2019\nReviewed 4 June 2019\nAccepted 5 July 2019",
        "It was last reviewed on 6 May 2026. Its evidence was reviewed by Dr. Ana Ruiz the same day alongside other findings.",
        "Your triage has been reviewed by Dr. Ana Ruiz; every application is reviewed by Dr. Ruiz personally.",
        "Add \"Medically reviewed by [Medical Director]\" to health content.",
        "Reviewer #1: Yes. Provenance and peer review: Not commissioned; externally peer reviewed.",
    ];
    for text in table {
        assert_eq!(lines(text), "", "{text}");
    }
    let list = "An article\n\nText [1].\n\nReferences\n\n1. Agency. A title. Published online April 20, 2016.\n2. Agency. Updated May 3, 2020. Accessed May 4, 2020.\n\nLast reviewed: May 2019\n";
    assert!(!read_as(list, Format::Text).iter().any(|statement| statement.contains("2016") || statement.contains("2020")));
}

#[test]
fn front_matter_is_read_by_its_keys() {
    let front = |yaml: &str| read_as(&format!("---\ntitle: µ\n{yaml}\n---\n\n# A title\n\nText.\n"), Format::Markdown).join("; ");
    let table = [
        ("last_reviewed: 2018-05-14\nreviewer: \"Dr. Ana Ruiz, MD\"", "reviewed 2018-05-14 / Dr. Ana Ruiz, MD"),
        ("lastReviewed: \"2018-05-14\"", "reviewed 2018-05-14"),
        ("Medically-Reviewed-By: Ana Ruiz, MD", "reviewed / Ana Ruiz, MD"),
        (
            "reviewed: 5/2020\nupdatedAt: 2021-01-01T10:00:00Z\ndate: 2019-12-31 10:00:00",
            "reviewed 2020-05; updated 2021-01-01; published 2019-12-31",
        ),
        ("review:\n  date: 2020-05-01\n  next: 2023-05-01", "reviewed 2020-05-01; next-review 2023-05-01"),
        ("reviewedBy: \"Dr. Ana Ruiz, General Surgery — 2026-09-26\"", "reviewed 2026-09-26 / Dr. Ana Ruiz, General Surgery"),
        ("reviewed: pending", "reviewed pending"),
        ("reviewed: true\npublished: false", ""),
        ("next_review: 2027-01\nreview_by: 2027-05-01", "next-review 2027-01; next-review 2027-05-01"),
        ("last_reviewed: 31/02/2020", "reviewed impossible"),
        ("last_reviewed:", "reviewed"),
        ("lastReviewed: 2025-12-13\nnextReviewAt: 2025-12-14", ""),
        ("tags: [reviewed, updated]\nimage:\n  date: 2020-01-01", ""),
    ];
    for (yaml, want) in table {
        assert_eq!(front(yaml), want, "{yaml}");
    }
}

#[test]
fn markup_does_not_hide_a_statement() {
    let read = |text: &str| read_as(text, Format::Markdown).join("; ");
    assert_eq!(read("# µ\n\n*Last reviewed: March 2026*\n"), "reviewed 2026-03");
    assert_eq!(read("# µ\n\n**Medically reviewed by** [Ana Ruiz, MD](/ana) on _May 3, 2020_\n"), "reviewed 2020-05-03 / Ana Ruiz, MD");
    assert_eq!(read("| Content Last Reviewed | `2022-07-22` |\n|---|---|\n| µ | b |\n"), "reviewed 2022-07-22");
    assert_eq!(read("> Page last reviewed: 2023-02-13  \n> Next review due: 2023-05-13\n"), "reviewed 2023-02-13; next-review 2023-05-13");
    assert_eq!(read("```\nLast reviewed: May 2020\n```\n"), "");
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(
        text in "((Last|Medically|reviewed|by|on|date|Updated|:| |\n|\\||<p|>|—|Dr|MD|é|µ|[0-9]{1,4}|/|-|May|pending|\"|\t){0,16}|.{0,60})",
    ) {
        lines(&text);
        read_as(&format!("---\nreviewed: {text}\n---\n{text}"), Format::Markdown);
    }
}

/// The margin of a long line may begin inside the first character of a word.
#[test]
fn a_long_line_of_wide_characters_is_passed_once() {
    for rest in 190..210 {
        let line = format!("Updated {}é{}", "a ".repeat(300), "c".repeat(rest));
        assert!(lines(&line).is_empty());
    }
}
