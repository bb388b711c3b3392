//! Presets by kind of article and policies by publisher: named layers of settings, from `presets.toml`.

use std::sync::LazyLock;

use super::Layer;
use super::file::named_layers;
use super::selector::nearest;

/// A named layer.
pub struct Preset {
    pub kind: PresetKind,
    pub name: String,
    /// What it stands for, as a sentence without a full stop.
    pub about: String,
    /// The guideline or page it rests on.
    pub source: String,
    pub layer: Layer,
}

/// What a named layer goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresetKind {
    /// The kind of article, as `preset = "news"`.
    Preset,
    /// The review practice of a publisher or programme, as `policy = "nhs"`.
    Policy,
}

impl PresetKind {
    /// Both, in the order in which they hold: a policy changes what a preset chose.
    pub const ALL: [PresetKind; 2] = [PresetKind::Preset, PresetKind::Policy];

    /// The key in `medproof.toml`.
    pub fn key(self) -> &'static str {
        match self {
            PresetKind::Preset => "preset",
            PresetKind::Policy => "policy",
        }
    }
}

/// A name that no preset or policy has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{name}” is no {}; {}", kind.key(), self.help())]
pub struct UnknownPreset {
    pub kind: PresetKind,
    pub name: String,
    pub nearest: Option<&'static str>,
}

impl UnknownPreset {
    /// The nearest valid name, else all of them.
    pub fn help(&self) -> String {
        match self.nearest {
            Some(nearest) => format!("did you mean “{nearest}”?"),
            None => format!("choose among {}", names(self.kind).collect::<Vec<_>>().join(", ")),
        }
    }
}

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| named_layers(include_str!("presets.toml")).0);

/// The preset or policy of a name.
///
/// # Errors
/// There is none of this name.
pub fn preset(kind: PresetKind, name: &str) -> Result<&'static Preset, UnknownPreset> {
    PRESETS.iter().find(|preset| preset.kind == kind && preset.name == name).ok_or_else(|| UnknownPreset {
        kind,
        name: name.to_owned(),
        nearest: nearest(name, names(kind)),
    })
}

/// The preset or policy that a layer is; `None` for the settings of a file or of the command line.
pub fn preset_of(layer: &Layer) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.layer.origin == layer.origin)
}

/// The names of a kind, in alphabetical order.
pub fn names(kind: PresetKind) -> impl Iterator<Item = &'static str> {
    let mut names: Vec<&str> = PRESETS.iter().filter(|preset| preset.kind == kind).map(|preset| preset.name.as_str()).collect();
    names.sort_unstable();
    names.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_without_a_mistake() {
        let (presets, mistakes) = named_layers(include_str!("presets.toml"));
        assert_eq!(mistakes, []);
        for preset in &presets {
            assert!(!preset.about.is_empty() && !preset.about.ends_with('.') && !preset.source.is_empty(), "{}", preset.name);
        }
        for kind in PresetKind::ALL {
            let names: Vec<&str> = names(kind).collect();
            assert!(!names.is_empty());
        }
        let template = super::super::template();
        for name in names(PresetKind::Preset) {
            assert!(template.contains(&format!("\"{name}\"")), "the settings explain {name}");
        }
    }

    #[test]
    fn an_unknown_name_is_told_with_the_nearest() {
        let unknown = |kind, name| preset(kind, name).err().map(|error| error.to_string());
        assert_eq!(unknown(PresetKind::Policy, "nsh").as_deref(), Some("“nsh” is no policy; did you mean “nhs”?"));
        assert_eq!(
            unknown(PresetKind::Preset, "µ").as_deref(),
            Some("“µ” is no preset; choose among guideline, journal-article, news, patient-information")
        );
        assert_eq!(unknown(PresetKind::Policy, "nhs"), None);
    }
}
