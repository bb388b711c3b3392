//! `--fix` and `--diff`: what becomes of an article's fixes.

use std::collections::BTreeMap;
use std::path::Path;

use similar::TextDiff;

use super::args::Fixing;
use super::settings::Settings;
use super::{Error, sink};
use crate::config::Selector;
use crate::diagnostic::{Diagnostic, Safety};
use crate::fix::{self, Draft, Fixed, Refusal};
use crate::linter::{self, Checked};
use crate::rules;

/// Which fixes are made, and what becomes of them.
pub struct Plan {
    choice: Choice,
    /// The changes are shown and not made.
    shown: bool,
}

/// Which fixes are made.
pub struct Choice {
    least: Safety,
    /// The rules that may; empty for all.
    only: Vec<Selector>,
}

/// An article behind its fixes.
pub struct Carried {
    pub checked: Checked,
    /// How many fixes were made.
    pub made: usize,
    /// The changes, where they are shown.
    pub diff: String,
    /// What the user is told beside the report.
    pub told: Vec<String>,
    /// The file was to be changed and could not be.
    pub failed: bool,
}

impl Carried {
    /// An article that is left as it is.
    pub fn untouched(checked: Checked) -> Self {
        Self { checked, made: 0, diff: String::new(), told: Vec::new(), failed: false }
    }
}

impl Plan {
    /// What the arguments ask for; `None` where they ask for no fix.
    ///
    /// # Errors
    /// A rule that does not exist, or fixes that are described and not asked for.
    pub fn of(args: &Fixing) -> Result<Option<Self>, Error> {
        let choice = Choice::of(args)?;
        if args.fix || args.diff {
            return Ok(Some(Self { choice, shown: args.diff }));
        }
        if args.docx_track.is_none() && (args.unsafe_fixes || !choice.only.is_empty()) {
            return Err(Error::NoFix(if args.unsafe_fixes { "--unsafe-fixes" } else { "--fix-only" }));
        }
        Ok(None)
    }

    /// Whether the changes are shown and not made.
    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Makes the fixes of an article, or shows them.
    pub fn carry_out(&self, name: &str, checked: Checked, settings: &Settings, today: jiff::civil::Date) -> Carried {
        if !checked.diagnostics.iter().any(|d| self.choice.wants(d)) {
            return Carried::untouched(checked);
        }
        if !checked.source.is_exact() {
            let told = vec![format!("{name}: its fixes are not made: the file is no text in UTF-8, and cannot be changed in place")];
            return Carried { told, ..Carried::untouched(checked) };
        }
        let (before, unfixed) = (checked.source.file(), checked.source.text().to_owned());
        let again = |checked: &Checked, text: String| linter::check_again(checked, text, &settings.rules, settings.known(), today);
        let draft = |checked: &Checked, draft: &Draft| Ok(again(checked, draft.text.clone()));
        let Fixed { checked, made, refused, .. } = fix::settle(checked, |d| self.choice.wants(d), draft);
        let told = left_out(name, refused);
        let mut carried = Carried { made: made.values().sum(), told, ..Carried::untouched(checked) };
        if carried.made == 0 {
            return carried;
        }
        let after = carried.checked.source.file();
        if self.shown {
            carried.diff = unified(name, &before, &after);
        } else if let Err(error) = sink::replace(Path::new(name), before.as_bytes(), after.as_bytes()) {
            carried.told.push(error.to_string());
            let checked = again(&carried.checked, unfixed);
            return Carried { checked, made: 0, failed: true, ..carried };
        }
        carried
    }
}

impl Choice {
    /// # Errors
    /// A rule that does not exist.
    pub fn of(args: &Fixing) -> Result<Self, Error> {
        let only = args.fix_only.iter().map(|name| name.trim().parse()).collect::<Result<Vec<Selector>, _>>()?;
        Ok(Self { least: if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe }, only })
    }

    pub fn wants(&self, diagnostic: &Diagnostic) -> bool {
        let named =
            self.only.is_empty() || rules::find(diagnostic.rule).is_some_and(|entry| self.only.iter().any(|name| name.holds(entry)));
        named && fix::is_at_least(diagnostic, self.least)
    }
}

/// What the user is told of fixes that are not made.
pub fn left_out(name: &str, refused: BTreeMap<(&'static str, String), Refusal>) -> Vec<String> {
    let told = |((rule, message), why)| format!("{name}: the fix of {rule} where {message} is left out: {why}");
    refused.into_iter().map(told).collect()
}

/// The changes as `diff -u` writes them and `patch` reads them.
pub fn unified(name: &str, before: &str, after: &str) -> String {
    let name = name.trim_start_matches('/');
    TextDiff::from_lines(before, after).unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}
