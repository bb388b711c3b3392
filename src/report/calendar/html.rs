//! The calendar as a page that needs nothing else: no script, no font, no picture from elsewhere.

use super::markup::{escaped, properties};
use super::{Calendar, Row, svg};

/// The page.
pub fn html(calendar: &Calendar) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Reviews due on {0}</title>\n<style>{1}{STYLE}</style>\n</head>\n<body>\n\
         <main>\n<h1>Reviews due on <time datetime=\"{0}\">{0}</time></h1>\n<p>{2}.</p>\n",
        calendar.today,
        properties(":root"),
        escaped(&calendar.line())
    );
    out += &format!("<div class=\"plots\">\n{}{}</div>\n", svg::ages_plot(calendar), svg::forecast(calendar));
    for (name, rows) in calendar.groups() {
        let caption = if name.is_empty() { "What there is to do, the most urgent first" } else { &name };
        out += &format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\">\n<table>\n<caption>{0}</caption>\n<thead><tr><th scope=\"col\">Article</th><th scope=\"col\">State</th><th scope=\"col\">Due</th>\
             <th scope=\"col\">Last review</th><th scope=\"col\">Owner</th><th scope=\"col\">Notes</th></tr></thead>\n<tbody>\n",
            escaped(caption)
        );
        out.extend(rows.iter().map(|row| line(calendar, row)));
        out += "</tbody>\n</table>\n</div>\n";
    }
    if calendar.hidden() > 0 {
        out += &format!("<p>Not listed, as there is nothing to do: {}.</p>\n", super::count_of(calendar.hidden(), "article"));
    }
    if !calendar.unread.is_empty() {
        out += "<h2>Not read</h2>\n<ul>\n";
        out.extend(calendar.unread.iter().map(|file| format!("<li>{}: {}</li>\n", escaped(&file.path), escaped(&file.message))));
        out += "</ul>\n";
    }
    out + "</main>\n</body>\n</html>\n"
}

fn line(calendar: &Calendar, row: &Row) -> String {
    let state = row.outlook.state;
    let path = row.title.as_ref().map_or(String::new(), |_| format!("<br><span class=\"path\">{}</span>", escaped(&row.path)));
    let due = row.outlook.due.as_ref().map_or(String::new(), |due| {
        let why = escaped(&format!("{}, {}", calendar.distance(due), due.basis));
        format!("<time datetime=\"{0}\">{0}</time><br>{why}", due.day)
    });
    let last = row.last().map_or(String::new(), |date| format!("<time datetime=\"{date}\">{date}</time>"));
    let reviewer = row.reviewer().map_or(String::new(), |name| format!("<br>{}", escaped(name)));
    let notes: Vec<String> = row.notes().iter().map(|note| escaped(note)).collect();
    format!(
        "<tr><th scope=\"row\">{}{path}</th><td class=\"{}\">{}</td><td>{due}</td><td>{last}{reviewer}</td><td>{}</td><td>{}</td></tr>\n",
        escaped(row.name()),
        state.name(),
        state.words(),
        escaped(&row.owners.join("; ")),
        notes.join("<br>")
    )
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:0;background:var(--mp-page);color:var(--mp-ink)}\
    main{max-width:75rem;margin:auto;padding:1rem}.plots{display:flex;flex-wrap:wrap;gap:1rem}\
    table{border-collapse:collapse;width:100%;margin:1.5rem 0}caption{text-align:left;font-weight:600;font-size:1.2rem;padding:.5rem 0}\
    th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--mp-line)}time,thead th,tbody td[class]{white-space:nowrap}.table{overflow-x:auto}\
    tbody th{font-weight:600}.path{font-weight:400;color:var(--mp-faint)}td.overdue{color:var(--mp-overdue);font-weight:600}\
    td.due-soon{color:var(--mp-due-soon);font-weight:600}td.undated{color:var(--mp-undated)}td.current{color:var(--mp-current)}\
    @media print{table{font-size:10pt}}";
