//! Settings: which rules run, how much they matter, and their options, from `medproof.toml` and the command line.
//!
//! Settings come in layers, each changing what the ones before it chose: the defaults, the file, its `paths` that match the
//! article, the command line. A file, a path and the command line may each name a preset or a policy, which is a layer of its
//! own before theirs. A mistake in the file is told at its place and spoils only itself.

mod file;
mod keys;
mod online;
mod presets;
mod review;
mod selector;

pub use file::{Config, FILE_NAME, Mistake};
pub use keys::template;
pub use online::{Online, Services};
pub use presets::{Preset, PresetKind, UnknownPreset, preset, preset_of};
pub use review::{Review, span};
pub use selector::{Selector, UnknownRule};

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::article::review::due::Cycle;
use crate::diagnostic::Severity;
use crate::rule::{Enabled, Entry};
use crate::rules::{REVIEW_OVERDUE, RULES};

/// What one layer says about which rules run.
#[derive(Clone, Default)]
pub struct Choice {
    /// Run these instead of the ones chosen so far.
    pub select: Option<Vec<Selector>>,
    /// Run these too.
    pub extend: Vec<Selector>,
    /// Do not run these.
    pub ignore: Vec<Selector>,
}

/// One layer of settings.
#[derive(Clone, Default)]
pub struct Layer {
    /// Where it comes from, for people: `medproof.toml`, or `the command line`.
    pub origin: String,
    pub choice: Choice,
    pub severity: Vec<(Selector, Severity)>,
    /// Options by rule, as tables whose keys take the place of earlier ones.
    pub options: Vec<(&'static Entry, toml::Table)>,
}

/// Which layer decided that a rule runs; `None` for a rule that is on by default.
pub fn origin<'l>(entry: &Entry, layers: impl Iterator<Item = &'l Layer>) -> Option<&'l str> {
    layers.filter(|layer| layer.choice.runs(entry, false)).last().map(|layer| layer.origin.as_str())
}

/// The last layer that switched off a rule which does not run; `None` for a rule that is off by default.
pub fn silencer<'l>(entry: &Entry, layers: impl Iterator<Item = &'l Layer>) -> Option<&'l str> {
    layers.filter(|layer| !layer.choice.runs(entry, true)).last().map(|layer| layer.origin.as_str())
}

/// The severity that a layer set for a rule, with that layer.
pub fn severity<'l>(entry: &Entry, layers: impl Iterator<Item = &'l Layer>) -> Option<(Severity, &'l str)> {
    let set = layers.flat_map(|layer| layer.severity.iter().map(|(selector, severity)| (selector, *severity, layer.origin.as_str())));
    set.filter(|(selector, ..)| selector.holds(entry)).last().map(|(_, severity, origin)| (severity, origin))
}

/// The options that layers set for a rule, each with the last layer that did.
pub fn options<'l>(entry: &Entry, layers: impl Iterator<Item = &'l Layer>) -> BTreeMap<&'l str, (&'l toml::Value, &'l str)> {
    let tables = layers.flat_map(|layer| layer.options.iter().map(|(rule, table)| (rule, table, layer.origin.as_str())));
    tables
        .filter(|(rule, ..)| rule.id == entry.id)
        .flat_map(|(_, table, origin)| table.iter().map(move |(key, value)| (key.as_str(), (value, origin))))
        .collect()
}

/// The rules that run on an article, with their options: the layers over each other.
pub fn enabled<'l>(layers: impl Iterator<Item = &'l Layer> + Clone) -> Vec<Enabled> {
    let chosen = |entry: &Entry| layers.clone().fold(entry.default, |runs, layer| layer.choice.runs(entry, runs));
    RULES.iter().filter(|entry| chosen(entry)).map(|entry| enable(entry, layers.clone())).collect()
}

/// How long a review holds: the options of `review-overdue`. `None` where a layer ignores the rule, and no later one takes it up;
/// where other rules are selected, its limits still hold.
pub fn cycle<'l>(layers: impl Iterator<Item = &'l Layer> + Clone) -> Option<Cycle> {
    let entry = &REVIEW_OVERDUE;
    let ignored = |layer: &Layer| layer.choice.ignore.iter().any(|selector| selector.holds(entry));
    let holds = layers.clone().fold(true, |holds, layer| !ignored(layer) && (holds || layer.choice.runs(entry, false)));
    let options: toml::Table = options(entry, layers).into_iter().map(|(key, (value, _))| (key.to_owned(), value.clone())).collect();
    holds.then(|| Cycle::deserialize(options).unwrap_or_default())
}

/// All that the layers decide, as a text: articles for which it is the same are checked alike.
pub fn decided<'l>(layers: impl Iterator<Item = &'l Layer> + Clone) -> String {
    let rule = |enabled: Enabled| {
        let options = options(enabled.entry, layers.clone()).into_iter().map(|(key, (value, _))| format!(" {key}={value}"));
        let severity = enabled.severity.map_or("", Severity::name);
        format!("{} {severity}{}\n", enabled.entry.id, options.collect::<String>())
    };
    enabled(layers.clone()).into_iter().map(rule).collect()
}

impl Choice {
    fn runs(&self, entry: &Entry, before: bool) -> bool {
        let holds = |selectors: &[Selector]| selectors.iter().any(|selector| selector.holds(entry));
        let selected = self.select.as_ref().map_or(before, |select| holds(select));
        (selected || holds(&self.extend)) && !holds(&self.ignore)
    }
}

fn enable<'l>(entry: &'static Entry, layers: impl Iterator<Item = &'l Layer> + Clone) -> Enabled {
    let severity = severity(entry, layers.clone()).map(|(severity, _)| severity);
    let options: toml::Table = options(entry, layers).into_iter().map(|(key, (value, _))| (key.to_owned(), value.clone())).collect();
    let rule = (!options.is_empty())
        .then(|| toml::Value::Table(options).to_string())
        .and_then(|options| (entry.make)(toml::de::ValueDeserializer::parse(&options).ok()).ok())
        // Each table was tried when its file was read, so this is reached only where two of them disagree.
        .unwrap_or_else(|| (entry.make)(None).expect("defaults are valid"));
    Enabled { entry, rule, severity }
}
