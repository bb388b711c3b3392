//! Whether to colour what a person reads.

use std::io::IsTerminal;

use super::args::When;
use crate::report::Colour;

/// Colours for standard output or standard error: as asked, else as the environment says, else when it is a terminal.
pub fn decide(when: When, stream: &impl IsTerminal) -> Colour {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let on = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let off = |name: &str, word: &str| std::env::var_os(name).is_some_and(|value| value == word);
    let coloured = match when {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto if on("FORCE_COLOR") || on("CLICOLOR_FORCE") => true,
        When::Auto if off("FORCE_COLOR", "0") || off("CLICOLOR", "0") || off("TERM", "dumb") => false,
        When::Auto => stream.is_terminal(),
    };
    if coloured { Colour::Always } else { Colour::Never }
}
