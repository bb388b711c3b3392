//! A run written out by one output, as the program does it.

use medproof::record::Record;
use medproof::report::{Colour, Facts, Form, Look, Tally};
use medproof::source::Source;

pub fn whole(form: &Form, colour: Colour, facts: &Facts, articles: &[(&Record, &Source)], tally: &Tally) -> Vec<u8> {
    let mut report = (form.make)(Look { colour, quiet: false });
    let mut bytes = report.opening(facts).into_bytes();
    let mut untouched = true;
    for (record, source) in articles {
        let text = report.article(record, source);
        report.take(record);
        if !text.is_empty() && !std::mem::replace(&mut untouched, false) {
            bytes.extend(report.separator().bytes());
        }
        bytes.extend(text.bytes());
    }
    bytes.extend(report.closing(facts, tally));
    bytes
}
