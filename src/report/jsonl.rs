//! JSON lines: one object a line with its `type`, for programs that read a run while it is made.
//!
//! Fields and units are those of `json`. The findings of an article stand before it, the sums come last.

use serde::Serialize;

use super::json::{Sums, VERSION, line};
use super::{Facts, Form, Record, Remark, Report, Source, Summary, Tally, Unread};

pub const FORM: Form = Form {
    name: "jsonl",
    about: "a JSON object on each line, written as the run goes on",
    reads_source: false,
    is_binary: false,
    make: |_| Box::new(JsonLines),
};

struct JsonLines;

impl Report for JsonLines {
    fn article(&self, record: &Record, _: &Source) -> String {
        let path = &*record.summary.path;
        let mut out: String = record.remarks.iter().map(|remark| line(&Line::Finding { path, remark }) + "\n").collect();
        out += &line(&Line::Article(&record.summary));
        out + "\n"
    }

    fn closing(&mut self, facts: &Facts, tally: &Tally) -> Vec<u8> {
        let mut out: String = tally.unread.iter().map(|unread| line(&Line::Unread(unread)) + "\n").collect();
        out += &line(&Line::Summary { version: VERSION, today: facts.today.to_string(), sums: Sums::of(tally) });
        (out + "\n").into_bytes()
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Finding {
        path: &'a str,
        #[serde(flatten)]
        remark: &'a Remark,
    },
    Article(&'a Summary),
    Unread(&'a Unread),
    Summary {
        version: u32,
        today: String,
        #[serde(flatten)]
        sums: Sums,
    },
}
