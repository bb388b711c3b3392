//! The program run in a folder of its own.
#![allow(dead_code, reason = "each test program uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder for one test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        Self::with_settings(name, "")
    }

    /// Settings of folders above must not reach in, so it has some of its own; nor is the repository around it seen.
    pub fn with_settings(name: &str, settings: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", env!("CARGO_CRATE_NAME")));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        let folder = Self(path);
        folder.file("medproof.toml", settings);
        folder
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    pub fn command(&self, args: &[&str]) -> Command {
        self.program(assert_cmd::cargo::cargo_bin!("medproof"), args)
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    pub fn rename(&self, from: &str, to: &str) -> &Self {
        std::fs::create_dir_all(self.0.join(to).parent().unwrap()).unwrap();
        std::fs::rename(self.0.join(from), self.0.join(to)).unwrap();
        self
    }

    pub fn remove(&self, name: &str) -> &Self {
        std::fs::remove_file(self.0.join(name)).unwrap();
        self
    }

    /// The names of the files in the folder itself, hidden ones too.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// A program in the folder, which sees nothing of who runs the test.
    pub fn program(&self, program: impl AsRef<std::ffi::OsStr>, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.0).env_clear().args(args).stdin(Stdio::null());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("GIT_CEILING_DIRECTORIES", env!("CARGO_TARGET_TMPDIR"));
        for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")] {
            command.env(name, value);
        }
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "A Test").env(format!("GIT_{who}_EMAIL"), "test@example.org");
        }
        command
    }

    /// Runs in a folder inside.
    pub fn run_in(&self, inside: &str, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).current_dir(self.0.join(inside)).output().unwrap())
    }

    pub fn git(&self, args: &[&str]) -> String {
        let output = self.program("git", args).output().expect("git, which these tests need");
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Commits everything.
    pub fn commit(&self) -> &Self {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "x"]);
        self
    }
}

pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
        Self { status: output.status.code().expect("a status"), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// `path rule` of each finding in the JSON on standard output.
    pub fn findings(&self) -> Vec<String> {
        let value: Value = serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr));
        let rows = value["diagnostics"].as_array().unwrap();
        rows.iter().map(|d| format!("{} {}", d["path"].as_str().unwrap(), d["rule"].as_str().unwrap())).collect()
    }
}
