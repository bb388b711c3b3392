//! A workbook for people who plan their work in a spreadsheet: one sheet of findings, one of articles.
//!
//! Every cell is a number or a text, so nothing is ever worked out as a formula. The sheets are held until they are written,
//! so the findings are as many as people still sort and filter.

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::rows::{self, COLUMNS, Cell, Row};
use super::worst::{Worst, rank};
use super::{Facts, Form, Record, Report, Summary, Tally, Unread, one_line, plain};

pub const FORM: Form = Form {
    name: "xlsx",
    about: "a workbook with sheets of findings and articles",
    reads_source: false,
    is_binary: true,
    make: |_| Box::new(Xlsx::default()),
};

/// The most findings of a workbook.
const FINDINGS: usize = 100_000;
/// The most articles, as a sheet has 1,048,576 rows.
const ARTICLES: usize = 1_000_000;
/// The longest text of a cell is 32,767 UTF-16 units.
const UNITS: usize = 32_000;

const ARTICLE_COLUMNS: [(&str, u8); 14] = [
    ("path", 32),
    ("title", 40),
    ("format", 10),
    ("words", 8),
    ("references", 11),
    ("citations", 10),
    ("style", 22),
    ("review", 12),
    ("medicines", 11),
    ("errors", 8),
    ("warnings", 10),
    ("infos", 8),
    ("silenced", 9),
    ("problem", 40),
];

struct Xlsx {
    findings: Worst<(usize, Row)>,
    taken: usize,
}

impl Default for Xlsx {
    fn default() -> Self {
        Self { findings: Worst::new(FINDINGS), taken: 0 }
    }
}

impl Report for Xlsx {
    fn take(&mut self, record: &Record) {
        for remark in &record.remarks {
            let nth = self.taken;
            self.taken += 1;
            self.findings.take(rank(remark), || (nth, rows::finding(record, remark)));
        }
    }

    fn closing(&mut self, facts: &Facts, tally: &Tally) -> Vec<u8> {
        self.workbook(facts.today, tally).expect("the sheets keep within the limits of a workbook")
    }
}

impl Xlsx {
    fn workbook(&self, today: Date, tally: &Tally) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // Without a date the workbook would have that of the clock. Excel knows no year before 1900.
        let day = |date: Date| ExcelDateTime::from_ymd(date.year().max(0) as u16, date.month() as u8, date.day() as u8);
        let created = day(today).or_else(|_| day(jiff::civil::date(2000, 1, 1)))?;
        workbook.set_properties(&DocProperties::new().set_title("medproof").set_creation_datetime(&created));
        let mut kept: Vec<&(usize, Row)> = self.findings.iter().collect();
        kept.sort_by_key(|(nth, _)| *nth);
        let unread: Vec<Row> = tally.unread.iter().take(FINDINGS).map(rows::unread).collect();
        let mut sheet = Sheet::new(workbook.add_worksheet(), "Findings", &COLUMNS)?;
        for row in kept.into_iter().map(|(_, row)| row).chain(&unread) {
            sheet.row(row)?;
        }
        let left = self.findings.left_out;
        if left > 0 {
            sheet.row(&[Cell::text(format!("{left} milder findings are left out of this sheet"))])?;
        }
        sheet.end()?;
        let mut sheet = Sheet::new(workbook.add_worksheet(), "Articles", &ARTICLE_COLUMNS)?;
        for row in tally.articles.iter().map(article).chain(tally.unread.iter().map(unread_article)).take(ARTICLES) {
            sheet.row(&row)?;
        }
        sheet.end()?;
        workbook.save_to_buffer()
    }
}

fn article(summary: &Summary) -> [Cell; ARTICLE_COLUMNS.len()] {
    let number = |count: usize| Cell::Number(u32::try_from(count).unwrap_or(u32::MAX));
    let text = |text: &Option<String>| text.as_ref().map_or(Cell::Empty, Cell::text);
    [
        Cell::text(plain::path(&summary.path)),
        text(&summary.title),
        Cell::text(summary.format.name()),
        number(summary.words),
        number(summary.references),
        number(summary.citations),
        Cell::text(&summary.style),
        text(&summary.reviewed),
        number(summary.medicines),
        number(summary.counts.errors),
        number(summary.counts.warnings),
        number(summary.counts.infos),
        number(summary.silenced),
        Cell::Empty,
    ]
}

fn unread_article(unread: &Unread) -> [Cell; ARTICLE_COLUMNS.len()] {
    let mut row = std::array::from_fn(|_| Cell::Empty);
    row[0] = Cell::text(plain::path(&unread.path));
    row[ARTICLE_COLUMNS.len() - 1] = Cell::text(one_line(&unread.message));
    row
}

/// A sheet that is filled row by row below a head that stays in sight.
struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    columns: u16,
    rows: u32,
    /// How texts are laid out.
    wrapped: Format,
}

impl<'a> Sheet<'a> {
    fn new(sheet: &'a mut Worksheet, name: &str, columns: &[(&str, u8)]) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        let head = Format::new().set_bold();
        for (column, (title, width)) in (0..).zip(columns) {
            sheet.write_string_with_format(0, column, *title, &head)?;
            sheet.set_column_width(column, f64::from(*width))?;
        }
        sheet.set_freeze_panes(1, 0)?;
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Ok(Self { sheet, columns: columns.len() as u16, rows: 0, wrapped })
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        self.rows += 1;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => continue,
                Cell::Number(number) => self.sheet.write_number_with_format(self.rows, column, f64::from(*number), &self.wrapped)?,
                Cell::Text(text) if text.is_empty() => continue,
                Cell::Text(text) => self.sheet.write_string_with_format(self.rows, column, fitting(text), &self.wrapped)?,
            };
        }
        Ok(())
    }

    fn end(self) -> Result<(), XlsxError> {
        self.sheet.autofilter(0, 0, self.rows, self.columns - 1)?;
        Ok(())
    }
}

/// As much of a text as fits into a cell.
fn fitting(text: &str) -> String {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > UNITS
    });
    end.map_or(text.to_owned(), |(cut, _)| format!("{}…", &text[..cut]))
}
