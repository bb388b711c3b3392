use proptest::prelude::*;

use super::*;

/// The dates of a text as `words = meaning`.
fn read(text: &str) -> Vec<String> {
    find(text)
        .map(|mention| {
            let meaning = match mention.reading {
                Reading::Exact(date) => date.to_string(),
                Reading::Ambiguous { month_first, day_first } => format!("{month_first} or {day_first}"),
                Reading::Impossible => "impossible".into(),
                Reading::Yearless => "no year".into(),
            };
            format!("{} = {meaning}", &text[mention.range])
        })
        .collect()
}

#[test]
fn every_shape_keeps_its_precision() {
    let table = [
        ("5/2020", "2020-05"),
        ("06/2014", "2014-06"),
        ("8.2017", "2017-08"),
        ("9/10/2019", "2019-09-10 or 2019-10-09"),
        ("10/10/2020", "2020-10-10"),
        ("20/12/2023", "2023-12-20"),
        ("12/20/2023", "2023-12-20"),
        ("17-06-2016", "2016-06-17"),
        ("05.04.2022", "2022-04-05"),
        ("22.10.2022", "2022-10-22"),
        ("01/01/18", "2018-01-01"),
        ("3/5/09", "2009-03-05 or 2009-05-03"),
        ("25/5/85", "1985-05-25"),
        ("May 2018", "2018-05"),
        ("Sept. 2021", "2021-09"),
        ("sep 2022", "2022-09"),
        ("MARCH, 2013", "2013-03"),
        ("Jul 17, 2024", "2024-07-17"),
        ("July 3,2023", "2023-07-03"),
        ("Feb 7th, 2020", "2020-02-07"),
        ("May\u{a0}22 2015", "2015-05-22"),
        ("Sunday, December 21, 2008", "2008-12-21"),
        ("Mon 12 May 2020", "2020-05-12"),
        ("22 May 2023", "2023-05-22"),
        ("12th September, 2023", "2023-09-12"),
        ("3rd of May 2021", "2021-05-03"),
        ("03-May-20", "2020-05-03"),
        ("03-May-2020", "2020-05-03"),
        ("Jan 09", "2009-01"),
        ("Jan '21", "2021-01"),
        ("2025-02-26", "2025-02-26"),
        ("2025/2/6", "2025-02-06"),
        ("2022-07", "2022-07"),
        ("2025-12-13T11:00:00.000Z", "2025-12-13"),
        ("29 de octubre de 2021", "2021-10-29"),
        ("22. Oktober 2022", "2022-10-22"),
        ("1er août 2020", "2020-08-01"),
        ("3 de março de 2019", "2019-03-03"),
        ("12 gennaio 2017", "2017-01-12"),
        ("Jänner 2017", "2017-01"),
        ("May 3, 3024", "3024-05-03"),
        ("31/02/2020", "impossible"),
        ("13/13/2020", "impossible"),
        ("13/2020", "impossible"),
        ("30 February 2021", "impossible"),
        ("Feb 29, 2023", "impossible"),
        ("2020-02-30", "impossible"),
        ("31.04.2020", "impossible"),
    ];
    for (words, meaning) in table {
        let line = format!("µ {words}");
        assert_eq!(read(&line), [format!("{words} = {meaning}")], "{words}");
        let glued = format!("onéOf:{words}By");
        assert_eq!(read(&glued), [format!("{words} = {meaning}")], "{glued}");
    }
}

#[test]
fn numbers_that_are_no_dates() {
    for text in [
        "140/90 mmHg",
        "2012-13",
        "1.2.3.4",
        "19(9):1035",
        "3687-94",
        "0.2017",
        "May 10 mg",
        "00/00/0000",
        "12/5",
        "week 4. 1, 2",
        "BRCA1/2",
        "20/30",
        "1-800-332-1088",
        "NCT01866163",
        "5/20200",
        "May 12345",
        "2020",
        "ICD-10 B02",
        "4500-12",
    ] {
        assert_eq!(read(text), [""; 0], "{text}");
    }
}

#[test]
fn a_day_without_its_year_is_told() {
    let reading = |text: &str| starting_at(text, 0).map(|mention| (mention.range.end, mention.reading));
    assert_eq!(reading("03 April"), Some((8, Reading::Yearless)));
    assert_eq!(reading("April 3 and"), Some((7, Reading::Yearless)));
    assert_eq!(reading("April"), None);
}

#[test]
fn the_order_of_digits_comes_from_a_part_over_twelve() {
    assert_eq!(Order::of(["seen 9/10/2019", "and 17/06/2016"]), Some(Order::DayFirst));
    assert_eq!(Order::of(["on 6/17/2016"]), Some(Order::MonthFirst));
    assert_eq!(Order::of(["on 6/17/2016 and 17/6/2016"]), None);
    assert_eq!(Order::of(["on 6/7/2016, 22.10.2020"]), None);
    let ambiguous = starting_at("9/10/2019", 0).unwrap().reading;
    assert_eq!(ambiguous.in_order(Order::DayFirst).exact().unwrap().to_string(), "2019-10-09");
}

#[test]
fn months_are_counted_to_the_last_day() {
    let today = jiff::civil::date(2026, 11, 23);
    let month = PartialDate::from_month(2020, 5).unwrap();
    assert_eq!((month.months_until(today), month.last_day()), (78, jiff::civil::date(2020, 5, 31)));
    assert_eq!(month.months_later(1), Some(jiff::civil::date(2020, 6, 30)));
    assert_eq!(month.months_later(u32::MAX), None);
    assert_eq!(PartialDate::from_day(2026, 10, 24).unwrap().months_until(today), 0);
    assert_eq!(PartialDate::from_day(2026, 10, 23).unwrap().months_until(today), 1);
    assert_eq!(PartialDate::from_year(2025).unwrap().months_until(today), 11);
    assert_eq!(PartialDate::from_year(2025).unwrap().last_day(), jiff::civil::date(2025, 12, 31));
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "(([0-9]{0,5}[-/. ,'T:]{0,2})|(May|sept|de|of|th|Montag|µ|é|août)[ .]?){0,12}|.{0,40}") {
        let mut last = 0;
        for mention in find(&text) {
            prop_assert!(text.get(mention.range.clone()).is_some());
            prop_assert!(mention.range.start >= last && mention.range.end > mention.range.start);
            last = mention.range.end;
            for date in [mention.reading.earliest(), mention.reading.latest()].into_iter().flatten() {
                prop_assert!(date.first_day() <= date.last_day());
                date.months_later(36);
            }
        }
    }
}
