//! `medproof man`: the manual pages, made from the same definition as the help.

use std::path::Path;

use clap::CommandFactory;

use super::args::Args;
use super::{CLEAN, Error, output};

/// Prints the page of the program, or writes one page for it and for each command to a folder.
pub fn write(folder: Option<&Path>) -> Result<u8, Error> {
    let Some(folder) = folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Args::command()).render(&mut page).expect("memory takes all");
        return output::print(&String::from_utf8_lossy(&page));
    };
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Args::command().disable_help_subcommand(true), folder))
        .map_err(|error| Error::File { path: folder.display().to_string(), message: format!("cannot be written: {error}") })?;
    Ok(CLEAN)
}
