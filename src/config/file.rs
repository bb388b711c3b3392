//! Reading `medproof.toml`, with every mistake at its place.

use globset::{GlobBuilder, GlobMatcher};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::keys;
use super::online::Online;
use super::presets::{Preset, PresetKind, preset};
use super::review::{Review, Written};
use super::selector::{Selector, nearest};
use super::{Choice, Layer};
use crate::diagnostic::Severity;
use crate::lexicon::OwnName;
use crate::rule::Entry;
use crate::source::Span;

/// The name of the file with the settings, looked for in the folder of an article and the ones above it.
pub const FILE_NAME: &str = "medproof.toml";

/// What a `medproof.toml` says, as far as it can be read.
#[derive(Clone, Default)]
pub struct Config {
    /// What the file says for all articles, its preset and policy first.
    base: Vec<Layer>,
    /// In the order of the file.
    paths: Vec<(GlobMatcher, Vec<Layer>)>,
    /// The path of a list of retractions, with its place.
    pub retractions: Option<(String, Span)>,
    /// The settings of the calendar of reviews.
    pub review: Review,
    /// How the world is asked.
    pub online: Online,
    /// The path of the baseline.
    pub baseline: Option<String>,
    /// Names to add to the word list, each with its place.
    pub medicines: Vec<(OwnName, Span)>,
}

/// Something wrong in a `medproof.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

impl Config {
    /// Reads the text of a file. What is wrong is left out and told.
    pub fn parse(text: &str) -> (Self, Vec<Mistake>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { mistakes: errors.iter().map(|error| mistake(error, Span::at(text.len()))).collect() };
        let config = reader.config(table.get_ref());
        reader.mistakes.sort_by_key(|mistake| mistake.span);
        (config, reader.mistakes)
    }

    /// Which of the `paths` hold for an article, by its path relative to the folder of the file, with `/` between folders.
    pub fn matching(&self, path: &str) -> Vec<usize> {
        (0..self.paths.len()).filter(|&i| self.paths[i].0.is_match(path)).collect()
    }

    /// The layers of the file, with those of the `paths` that [`Config::matching`] gave.
    pub fn layers<'c>(&'c self, matching: &'c [usize]) -> impl Iterator<Item = &'c Layer> + Clone {
        self.base.iter().chain(matching.iter().flat_map(|&i| &self.paths[i].1))
    }
}

/// The presets and policies of a table of them, and what is wrong in it.
pub(super) fn named_layers(text: &str) -> (Vec<Preset>, Vec<Mistake>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { mistakes: errors.iter().map(|error| mistake(error, Span::at(0))).collect() };
    let mut presets = Vec::new();
    for kind in PresetKind::ALL {
        for (name, value) in reader.entries(table.get_ref(), kind.key()) {
            if let Some(settings) = reader.table(value) {
                reader.known(settings, keys::NAMED.iter().copied());
                let told = |key: &str| settings.get(key).and_then(|value| value.get_ref().as_str()).unwrap_or_default().to_owned();
                let name = name.get_ref().to_string();
                let layer = reader.layer(settings, format!("{} {name}", kind.key()));
                presets.push(Preset { kind, about: told("about"), source: told("source"), layer, name });
            }
        }
    }
    (presets, reader.mistakes)
}

struct Reader {
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn config(&mut self, table: &DeTable<'_>) -> Config {
        self.known(table, keys::FILE.iter().map(|key| key.name));
        let mut config = Config { base: self.layers(table, FILE_NAME.to_owned()), ..Config::default() };
        for (glob, value) in self.entries(table, "paths") {
            if let Some(settings) = self.table(value) {
                self.known(settings, keys::PATH.iter().copied());
                let layers = self.layers(settings, format!("{FILE_NAME}, paths.\"{}\"", glob.get_ref()));
                match GlobBuilder::new(glob.get_ref()).literal_separator(true).build() {
                    Ok(glob) => config.paths.push((glob.compile_matcher(), layers)),
                    Err(error) => self.told(glob.span(), format!("“{}” is no glob: {}", glob.get_ref(), error.kind()), None),
                }
            }
        }
        config.retractions = table.get("retractions").and_then(|path| Some((self.value(path)?, to_span(path.span()))));
        if let Some(review) = table.get("review").and_then(|review| self.table(review)) {
            config.review = self.review(review);
        }
        config.online = table.get("online").and_then(|online| self.value(online)).unwrap_or_default();
        config.baseline = table.get("baseline").and_then(|path| self.value(path));
        if let Some(rows) = table.get("medicines") {
            match rows.get_ref() {
                DeValue::Array(rows) => config.medicines = rows.iter().filter_map(|row| self.medicine(row)).collect(),
                other => self.expected("rows [[medicines]]", other, rows.span()),
            }
        }
        config
    }

    /// The preset and the policy that a table names, then its own settings.
    fn layers(&mut self, table: &DeTable<'_>, origin: String) -> Vec<Layer> {
        let mut layers: Vec<Layer> = Vec::new();
        for kind in PresetKind::ALL {
            let Some(value) = table.get(kind.key()) else { continue };
            let Some(name) = self.value::<String>(value) else { continue };
            match preset(kind, &name) {
                Ok(preset) => layers.push(preset.layer.clone()),
                Err(unknown) => self.told(value.span(), format!("“{name}” is no {}", kind.key()), Some(capitalised(&unknown.help()))),
            }
        }
        layers.push(self.layer(table, origin));
        layers
    }

    fn layer(&mut self, table: &DeTable<'_>, origin: String) -> Layer {
        let mut choice = Choice { select: None, extend: self.selectors(table, "extend-select"), ignore: self.selectors(table, "ignore") };
        let before = self.mistakes.len();
        let select = table.contains_key("select").then(|| self.selectors(table, "select"));
        // A list of nothing but mistakes would switch everything off.
        choice.select = select.filter(|select| !select.is_empty() || self.mistakes.len() == before);
        let mut layer = Layer { origin, choice, ..Layer::default() };
        for (rule, value) in self.entries(table, "severity") {
            if let (Some(selector), Some(severity)) = (self.selector(rule.get_ref(), rule.span()), self.severity(value)) {
                layer.severity.push((selector, severity));
            }
        }
        for (rule, value) in self.entries(table, "rules") {
            layer.options.extend(self.options(rule, value));
        }
        layer
    }

    fn selectors(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Selector> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let names: Option<Vec<Spanned<String>>> = self.value(value);
        names.unwrap_or_default().iter().filter_map(|name| self.selector(name.get_ref(), name.span())).collect()
    }

    fn selector(&mut self, name: &str, span: std::ops::Range<usize>) -> Option<Selector> {
        match name.parse() {
            Ok(selector) => Some(selector),
            Err(unknown) => {
                let unknown: super::UnknownRule = unknown;
                let help = unknown.nearest.map(|name| format!("Did you mean “{name}”?"));
                self.told(span, format!("“{name}” is no rule and no category"), help.or(Some("`medproof rule` lists the rules".into())));
                None
            }
        }
    }

    fn severity(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Severity> {
        let name = value.get_ref().as_str().unwrap_or_default();
        let severity = [Severity::Error, Severity::Warning, Severity::Info].into_iter().find(|severity| severity.name() == name);
        if severity.is_none() {
            let help = format!("Write {}", quoted(keys::SEVERITIES, "or"));
            self.told(value.span(), "this is no severity".into(), Some(help));
        }
        severity
    }

    fn options(
        &mut self,
        rule: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<(&'static Entry, toml::Table)> {
        let Some(entry) = crate::rules::find(rule.get_ref()) else {
            let help = nearest(rule.get_ref(), crate::rules::RULES.iter().map(|entry| entry.id));
            let help = help.map(|name| format!("Did you mean “{name}”?")).or(Some("`medproof rule` lists the rules".into()));
            self.told(rule.span(), format!("“{}” is no rule", rule.get_ref()), help);
            return None;
        };
        self.table(value)?;
        if let Err(error) = (entry.make)(Some(ValueDeserializer::from(value.clone()))) {
            let mut mistake = mistake(&error, to_span(value.span()));
            let defaults = (entry.defaults)();
            let valid: Vec<&str> = defaults.keys().map(String::as_str).collect();
            mistake.help = Some(match valid.as_slice() {
                [] => format!("{} has no options", entry.id),
                valid => format!("{} has {}; `medproof rule {}` explains", entry.id, quoted(valid, "and"), entry.id),
            });
            self.mistakes.push(mistake);
            return None;
        }
        self.value(value).map(|options| (entry, options))
    }

    fn review(&mut self, table: &DeTable<'_>) -> Review {
        self.known(table, keys::REVIEW.iter().copied());
        let mut review = Review::default();
        if let Some(Written(within)) = table.get("within").and_then(|within| self.value(within)) {
            review.within = within;
        }
        if let Some(site) = table.get("site").and_then(|site| self.value(site)) {
            review.site = site;
        }
        for (own, value) in self.entries(table, "keys") {
            let Some(known) = self.value::<String>(value) else { continue };
            if let Err(all) = review.keys.add(own.get_ref(), &known) {
                let help = nearest(&known, all.into_iter()).map(|name| format!("Did you mean “{name}”?"));
                let help =
                    help.unwrap_or("Name a key such as “last_reviewed_on”, “reviewed_by”, “next_review”, “review_in” or “owner”".into());
                self.told(value.span(), format!("“{known}” is no key that medproof reads"), Some(help));
            }
        }
        review
    }

    fn medicine(&mut self, row: &Spanned<DeValue<'_>>) -> Option<(OwnName, Span)> {
        let table = self.table(row)?;
        match OwnName::deserialize(ValueDeserializer::from(row.clone())) {
            Ok(medicine) => Some((medicine, to_span(table.get("name").map_or(row.span(), Spanned::span)))),
            Err(error) => {
                let mut mistake = mistake(&error, to_span(row.span()));
                mistake.help = Some(format!("A medicine has {}", quoted(keys::MEDICINE, "and")));
                self.mistakes.push(mistake);
                None
            }
        }
    }

    /// The entries of a table inside the table, in the order of the file.
    fn entries<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        key: &str,
    ) -> Vec<(&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
        let inner = table.get(key).and_then(|value| self.table(value));
        let mut entries: Vec<_> = inner.into_iter().flatten().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }

    fn table<'t, 'i>(&mut self, value: &'t Spanned<DeValue<'i>>) -> Option<&'t DeTable<'i>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.expected("a table", value.get_ref(), value.span());
        None
    }

    fn value<T: DeserializeOwned>(&mut self, value: &Spanned<DeValue<'_>>) -> Option<T> {
        match T::deserialize(ValueDeserializer::from(value.clone())) {
            Ok(value) => Some(value),
            Err(error) => {
                self.mistakes.push(mistake(&error, to_span(value.span())));
                None
            }
        }
    }

    /// Tells the keys that are not among the valid ones.
    fn known(&mut self, table: &DeTable<'_>, valid: impl Iterator<Item = &'static str> + Clone) {
        for key in table.keys().filter(|key| !valid.clone().any(|name| name == key.get_ref().as_ref())) {
            let help = match key.get_ref().as_ref() {
                "today" => "Give the day with `--today` or MEDPROOF_TODAY: it belongs to a run, not to the articles".to_owned(),
                name => match nearest(name, valid.clone()) {
                    Some(name) => format!("Did you mean “{name}”?"),
                    None => format!("The keys here are {}", quoted(&valid.clone().collect::<Vec<_>>(), "and")),
                },
            };
            self.told(key.span(), format!("“{}” is no setting", key.get_ref()), Some(help));
        }
    }

    fn expected(&mut self, what: &str, found: &DeValue<'_>, span: std::ops::Range<usize>) {
        self.told(span, format!("a value of type {} stands where {what} is expected", found.type_str()), None);
    }

    fn told(&mut self, span: std::ops::Range<usize>, message: String, help: Option<String>) {
        self.mistakes.push(Mistake { span: to_span(span), message, help });
    }
}

fn mistake(error: &toml::de::Error, place: Span) -> Mistake {
    Mistake { span: error.span().map_or(place, to_span), message: error.message().to_owned(), help: None }
}

fn to_span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// “a”, “b” or “c”.
fn quoted(names: &[&str], join: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} {join} {last}", first.join(", ")),
        names => names.concat(),
    }
}
