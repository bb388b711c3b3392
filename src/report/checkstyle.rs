//! The XML of Checkstyle, which many services and editors read.

use super::{Facts, Form, Record, Report, Source, Tally, UNREAD, one_line, plain};

pub const FORM: Form =
    Form { name: "checkstyle", about: "the XML of Checkstyle", reads_source: false, is_binary: false, make: |_| Box::new(Checkstyle) };

struct Checkstyle;

impl Report for Checkstyle {
    fn opening(&self, _: &Facts) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n".into()
    }

    fn article(&self, record: &Record, _: &Source) -> String {
        let errors: String =
            record.remarks.iter().map(|r| error(r.start.line, r.start.column, r.severity.name(), r.rule, &r.message)).collect();
        if errors.is_empty() { errors } else { file(&record.summary.path, &errors) }
    }

    fn closing(&mut self, _: &Facts, tally: &Tally) -> Vec<u8> {
        let files = tally.unread.iter().map(|unread| file(&unread.path, &error(1, 1, "error", UNREAD, &unread.told())));
        (files.collect::<String>() + "</checkstyle>\n").into_bytes()
    }
}

fn file(path: &str, errors: &str) -> String {
    format!("<file name=\"{}\">\n{errors}</file>\n", plain::xml(&plain::path(path)))
}

fn error(line: u32, column: u32, severity: &str, rule: &str, message: &str) -> String {
    let message = plain::xml(&one_line(message));
    format!("<error line=\"{line}\" column=\"{column}\" severity=\"{severity}\" message=\"{message}\" source=\"medproof.{rule}\"/>\n")
}
