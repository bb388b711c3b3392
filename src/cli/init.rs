//! `medproof init`: the files a newcomer starts from. It never writes over a file.

use std::io::Write;
use std::path::Path;

use super::args::InitArgs;
use super::{CLEAN, Error, output};
use crate::config;

/// Where GitHub looks for workflows.
const WORKFLOW_FILE: &str = ".github/workflows/medproof.yml";
/// A workflow that could run as it is, but for the name and version of the action.
const WORKFLOW: &str = include_str!("workflow.yml");
/// The action in [`WORKFLOW`].
const ACTION: &str = "OWNER/medproof@vVERSION";

/// Writes a configuration, or a workflow, that explains itself.
pub fn run(args: &InitArgs) -> Result<u8, Error> {
    if args.github {
        let path = args.folder.join(WORKFLOW_FILE);
        // The folder of the repository is there; those that GitHub looks in may not be.
        if let Some(folder) = path.parent().filter(|_| args.folder.is_dir()) {
            std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
        }
        write_new(&path, &workflow())?;
        if action().starts_with("OWNER/") {
            output::tell("Write the owner of the medproof repository for OWNER in it\n");
        }
        Ok(CLEAN)
    } else {
        write_new(&args.folder.join(config::FILE_NAME), &config::template())
    }
}

/// The workflow for this version of medproof.
pub fn workflow() -> String {
    WORKFLOW.replace(ACTION, &action())
}

/// This version of the action, as a workflow names it.
pub fn action() -> String {
    let home = env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/");
    format!("{home}@v{}", env!("CARGO_PKG_VERSION"))
}

fn write_new(path: &Path, text: &str) -> Result<u8, Error> {
    let name = path.display().to_string();
    match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).map_err(|error| unwritten(path, &error))?;
            output::tell(&format!("Wrote {name}\n"));
            Ok(CLEAN)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(Error::Exists(name)),
        Err(error) => Err(unwritten(path, &error)),
    }
}

fn unwritten(path: &Path, error: &std::io::Error) -> Error {
    Error::File { path: path.display().to_string(), message: format!("cannot be written: {error}") }
}
