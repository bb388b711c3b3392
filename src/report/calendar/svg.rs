//! Two plots of the calendar, as pictures that stand alone or in a page: how old the reviews are, and what falls due in the
//! coming year.

use jiff::ToSpan;

use super::markup::{escaped, properties};
use super::{Calendar, Row, count_of};
use crate::article::review::due::State;

const WIDTH: usize = 720;
const HEIGHT: usize = 250;

/// Both plots in one picture.
pub fn svg(calendar: &Calendar) -> String {
    let height = HEIGHT * 2 + 20;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\">\n\
         <title>{}</title>\n{}<g transform=\"translate(0 {})\">\n{}</g>\n</svg>\n",
        escaped(&calendar.line()),
        ages_plot(calendar),
        HEIGHT + 20,
        forecast(calendar)
    )
}

/// The months since the last review at which each bar of [`ages_plot`] begins, with its label.
const AGES: [(i32, &str); 8] =
    [(0, "0–5"), (6, "6–11"), (12, "12–17"), (18, "18–23"), (24, "24–29"), (30, "30–35"), (36, "36–47"), (48, "48+")];

/// How many articles were reviewed how many months ago, by their state. An `<svg>` that may stand in a page.
pub fn ages_plot(calendar: &Calendar) -> String {
    let age = |row: &Row| row.outlook.last.as_ref().map(|last| last.date.months_until(calendar.today).max(0));
    let slot = |row: &Row| age(row).map_or(AGES.len(), |age| AGES.partition_point(|(from, _)| *from <= age) - 1);
    let mut bars: Vec<Bar> = AGES.iter().map(|(_, label)| Bar::new(label)).chain([Bar::new("no date")]).collect();
    for row in &calendar.rows {
        bars[slot(row)].add(row.outlook.state);
    }
    Plot { id: "medproof-ages", title: "Months since the last review", bars }.draw()
}

/// How many reviews are overdue, and how many fall due in each of twelve months from this one on. An `<svg>` that may stand in
/// a page.
pub fn forecast(calendar: &Calendar) -> String {
    let first = calendar.today.first_of_month();
    let mut bars = vec![Bar::new("overdue")];
    bars.extend((0..12).map(|i| {
        let month = first.saturating_add(i.months());
        // The year once, and where it changes.
        let tick = if i == 0 || month.month() == 1 { "%b %Y" } else { "%b" };
        Bar { tick: month.strftime(tick).to_string(), ..Bar::new(&month.strftime("%B %Y").to_string()) }
    }));
    for row in &calendar.rows {
        let Some(due) = &row.outlook.due else { continue };
        let months = i32::from(due.day.year() - first.year()) * 12 + i32::from(due.day.month() - first.month());
        let slot = if row.outlook.state == State::Overdue { 0 } else { months.max(0) as usize + 1 };
        if let Some(bar) = bars.get_mut(slot) {
            bar.add(row.outlook.state);
        }
    }
    Plot { id: "medproof-forecast", title: "Reviews falling due", bars }.draw()
}

/// A plot of bars.
struct Plot {
    /// Tells the parts of one plot from those of another on the same page.
    id: &'static str,
    title: &'static str,
    bars: Vec<Bar>,
}

/// A bar with its parts, the most urgent at the bottom.
struct Bar {
    /// What it stands for, in words.
    label: String,
    /// What is written below it.
    tick: String,
    parts: [usize; State::ALL.len()],
}

impl Bar {
    fn new(label: &str) -> Self {
        Self { label: label.to_owned(), tick: label.to_owned(), parts: [0; State::ALL.len()] }
    }

    fn add(&mut self, state: State) {
        self.parts[state as usize] += 1;
    }

    fn total(&self) -> usize {
        self.parts.iter().sum()
    }
}

/// Where bars stand, from the top of the picture.
const TOP: usize = 64;
const BASE: usize = HEIGHT - 34;

impl Plot {
    fn draw(&self) -> String {
        let Self { id, title, bars } = self;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mp-plot\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n<title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{}</desc>\n\
             <style>{}{STYLE}</style>\n<rect class=\"mp-page\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\n\
             <text class=\"mp-title\" x=\"12\" y=\"22\">{title}</text>\n",
            escaped(&self.description()),
            properties(".mp-plot")
        );
        out += &self.legend();
        let highest = bars.iter().map(Bar::total).max().unwrap_or(0).max(1);
        let step = (WIDTH - 24) / bars.len();
        for (i, bar) in bars.iter().enumerate() {
            out += &self.bar(bar, 12 + i * step, step, highest);
        }
        out + &format!("<line class=\"mp-line\" x1=\"12\" y1=\"{BASE}\" x2=\"{}\" y2=\"{BASE}\"/>\n</svg>\n", WIDTH - 12)
    }

    fn bar(&self, bar: &Bar, left: usize, step: usize, highest: usize) -> String {
        let (x, width, middle) = (left + step / 8, step - step / 4, left + step / 2);
        let mut out = String::new();
        let mut y = BASE;
        let mut below = 0;
        for (state, &count) in State::ALL.iter().zip(&bar.parts).filter(|(_, count)| **count > 0) {
            below += count;
            // From the sums, so that rounding never adds up.
            let top = BASE - below * (BASE - TOP - 16) / highest;
            out += &format!(
                "<rect class=\"mp-{}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{}\"><title>{}: {count} {}</title></rect>\n",
                state.name(),
                y - top,
                escaped(&bar.label),
                state.words()
            );
            y = top;
        }
        if below > 0 {
            out += &format!("<text class=\"mp-count\" x=\"{middle}\" y=\"{}\">{below}</text>\n", y - 5);
        }
        out + &format!("<text class=\"mp-label\" x=\"{middle}\" y=\"{}\">{}</text>\n", BASE + 18, escaped(&bar.tick))
    }

    /// The states that occur, with their colours.
    fn legend(&self) -> String {
        let mut out = String::new();
        let mut x = 12;
        for state in State::ALL.into_iter().filter(|state| self.bars.iter().any(|bar| bar.parts[*state as usize] > 0)) {
            out += &format!("<rect class=\"mp-{}\" x=\"{x}\" y=\"36\" width=\"12\" height=\"12\"/>", state.name());
            out += &format!("<text class=\"mp-key\" x=\"{}\" y=\"47\">{}</text>\n", x + 18, state.words());
            x += 40 + state.words().len() * 7;
        }
        out
    }

    /// The figures in words, for those who do not see the picture.
    fn description(&self) -> String {
        let parts = |bar: &Bar| {
            let parts = State::ALL.iter().zip(&bar.parts).filter(|(_, count)| **count > 0);
            parts.map(|(state, count)| format!("{count} {}", state.words())).collect::<Vec<_>>().join(", ")
        };
        let bars = self.bars.iter().filter(|bar| bar.total() > 0);
        let bars: Vec<String> = bars.map(|bar| format!("{}: {} ({})", bar.label, count_of(bar.total(), "article"), parts(bar))).collect();
        if bars.is_empty() { "No articles.".into() } else { bars.join("; ") + "." }
    }
}

/// Colours are those of [`properties`]; a bar of two states is told apart by a seam as well.
const STYLE: &str = ".mp-plot{font:13px system-ui,sans-serif;max-width:100%;height:auto}.mp-plot text{fill:var(--mp-ink)}\
    .mp-plot .mp-title{font-size:16px;font-weight:600}.mp-plot .mp-label,.mp-plot .mp-count{text-anchor:middle}\
    .mp-plot .mp-label{font-size:12px}.mp-plot .mp-page{fill:var(--mp-page)}.mp-plot .mp-line{stroke:var(--mp-line)}\
    .mp-plot rect{stroke:var(--mp-page)}.mp-plot .mp-overdue{fill:var(--mp-overdue)}.mp-plot .mp-due-soon{fill:var(--mp-due-soon)}\
    .mp-plot .mp-current{fill:var(--mp-current)}.mp-plot .mp-unscheduled{fill:var(--mp-unscheduled)}\
    .mp-plot .mp-undated{fill:var(--mp-undated)}.mp-plot .mp-never-reviewed{fill:var(--mp-never-reviewed)}";
