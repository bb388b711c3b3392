//! The keys of `medproof.toml`: what is valid, and what each means. `medproof init` and the error messages read this.

use std::fmt::Write as _;

/// A key of the file or of one of its tables.
pub(super) struct Key {
    pub name: &'static str,
    /// What it means, as a sentence for the comment above it.
    doc: &'static str,
    /// An example, as it would stand in the file.
    example: &'static str,
}

/// The keys of the file.
pub(super) const FILE: &[Key] = &[
    Key {
        name: "preset",
        doc: "The kind of article, with the rules and options that suit it: \"guideline\", \"journal-article\", \"news\" or\n\"patient-information\".",
        example: "preset = \"patient-information\"",
    },
    Key {
        name: "policy",
        doc: "The review practice of a publisher or programme, such as \"nhs\", \"hse\", \"kidshealth\", \"medlineplus\", \"adam\" or\n\"urac\": how long a review holds, and what must be stated. `medproof config` shows what it gives.",
        example: "policy = \"nhs\"",
    },
    Key {
        name: "select",
        doc: "The rules to run: ids, categories, or \"all\". Without it, the rules that are on by default.",
        example: "select = [\"citations\", \"references\", \"review\"]",
    },
    Key { name: "extend-select", doc: "Rules to run besides those.", example: "extend-select = [\"doubled-word\"]" },
    Key { name: "ignore", doc: "Rules not to run.", example: "ignore = [\"medicines\"]" },
    Key {
        name: "retractions",
        doc: "A list of Retraction Watch (the CSV that Crossref publishes), relative to this file, for retracted-reference.",
        example: "retractions = \"retraction_watch.csv\"",
    },
    Key {
        name: "baseline",
        doc: "The file with the findings that are accepted, relative to this file, which `medproof baseline` writes. Without it,\nmedproof-baseline.toml beside this file, where it is there.",
        example: "baseline = \"medproof-baseline.toml\"",
    },
    Key {
        name: "severity",
        doc: "How much a finding matters: \"error\", \"warning\" or \"info\", by rule or category.",
        example: "[severity]\ndoubled-word = \"info\"",
    },
    Key {
        name: "rules",
        doc: "Options of a rule; `medproof rule ID` lists them.",
        example: "[rules.doubled-word]\nallow = [\"that\", \"had\"]",
    },
    Key {
        name: "paths",
        doc: "Settings for some paths, as globs relative to this file: the keys above, and severity and rules.\nWhere several match, the later one in the file has the last word.",
        example: "[paths.\"content/archive/**\"]\nignore = [\"review\"]\n[paths.\"content/drugs/**\".rules.review-overdue]\nmax-months = 12",
    },
    Key {
        name: "review",
        doc: "The calendar of `medproof review`: within which time a review is due soon, the place that entries of a calendar\nfile belong to, and keys of your own, each read as one that medproof knows. How long reviews hold is said by the\noptions of review-overdue.",
        example: "[review]\nwithin = \"90d\"\nsite = \"health.example.org\"\n[review.keys]\nchecked_on = \"last_reviewed_on\"\nsection_lead = \"owner\"",
    },
    Key {
        name: "online",
        doc: "How `--online` asks the world: an address of yours, which services serve faster (none is sent unless it is set),\nlinks that are not asked, and hosts of your own network that may be.",
        example: "[online]\nmailto = \"desk@example.org\"\nskip = [\"https://example.org/private/*\"]\nallow-hosts = [\"intranet.example.org\"]",
    },
    Key {
        name: "medicines",
        doc: "Medicine names that the word list lacks; kind is \"brand\" or \"generic\".",
        example: "[[medicines]]\nname = \"Examplix\"\nkind = \"brand\"\ngeneric = \"exampliximab\"",
    },
];

/// The keys of a table in `paths`.
pub(super) const PATH: &[&str] = &["preset", "policy", "select", "extend-select", "ignore", "severity", "rules"];

/// The keys of a preset or policy.
pub(super) const NAMED: &[&str] = &["about", "source", "extend-select", "ignore", "severity", "rules"];

/// The keys of a row of `medicines`.
pub(super) const MEDICINE: &[&str] = &["name", "kind", "generic"];

/// The keys of `review`.
pub(super) const REVIEW: &[&str] = &["within", "site", "keys"];

/// The severities, as written in the file.
pub(super) const SEVERITIES: &[&str] = &["error", "warning", "info"];

/// A `medproof.toml` in which every key is explained and none is set.
pub fn template() -> String {
    let mut out =
        String::from("# Settings of medproof for the articles in this folder and below. Take away the # before what you want to set.\n");
    for key in FILE {
        for (mark, lines) in [("# ", key.doc), ("#", key.example)] {
            if mark == "# " {
                out.push('\n');
            }
            for line in lines.lines() {
                let _ = writeln!(out, "{mark}{line}");
            }
        }
    }
    out
}
