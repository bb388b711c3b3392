//! A job of a runner: a workspace, the files that steps write to, and a PATH with only what is wanted on it.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::root;

/// What the scripts may call; `cargo` is left out, and `medproof` is what a test makes of it.
const TOOLS: &str = "awk bash cat chmod curl cut dirname env git gzip head mkdir mktemp od perl rm sed sha256sum shasum tar tr uname wc";

pub struct Job {
    pub folder: PathBuf,
    env: BTreeMap<String, String>,
}

/// What a step left behind.
pub struct Step {
    pub status: i32,
    pub log: String,
    pub outputs: BTreeMap<String, String>,
}

impl Job {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("action-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        for part in ["workspace", "temp", "home", "tools"] {
            std::fs::create_dir_all(folder.join(part)).unwrap();
        }
        let path = std::env::var_os("PATH").unwrap();
        for tool in TOOLS.split(' ') {
            let found = std::env::split_paths(&path).map(|folder| folder.join(tool)).find(|file| file.is_file());
            if let Some(found) = found {
                std::os::unix::fs::symlink(found, folder.join("tools").join(tool)).unwrap();
            }
        }
        let mut job = Self { folder, env: BTreeMap::new() };
        let runner = [
            ("PATH", "tools"),
            ("HOME", "home"),
            ("RUNNER_TEMP", "temp"),
            ("GITHUB_OUTPUT", "output"),
            ("GITHUB_PATH", "path"),
            ("GITHUB_STEP_SUMMARY", "summary"),
        ];
        for (name, part) in runner {
            job.set(name, job.folder.join(part).to_str().unwrap().to_owned());
        }
        job.set("GITHUB_ACTION_PATH", root().to_str().unwrap());
        job.set("GIT_CONFIG_GLOBAL", "/dev/null");
        job
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) -> &mut Self {
        self.env.insert(name.to_owned(), value.into());
        self
    }

    /// Sets the inputs of the action to their defaults, as action.yml has them.
    pub fn with_inputs(mut self) -> Self {
        for input in super::manifests::inputs() {
            self.set(&super::manifests::variable(&input.name), input.default);
        }
        self.set("GITHUB_EVENT_NAME", "workflow_dispatch").set("GITHUB_SHA", "").set("EVENT_BASE", "");
        self
    }

    /// A program on the PATH, as a script of bash.
    pub fn program(&self, name: &str, script: &str) -> &Self {
        let file = self.folder.join("tools").join(name);
        // A link leads to the program of this machine, which must not be written over.
        let _ = std::fs::remove_file(&file);
        std::fs::write(&file, format!("#!{}/tools/bash\n{script}", self.folder.display())).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    pub fn write(&self, name: &str, text: &str) -> &Self {
        let file = self.folder.join("workspace").join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
        self
    }

    /// The text of a file of the job, or nothing.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap_or_default()
    }

    /// Runs git in the workspace, and gives what it prints.
    pub fn git(&self, args: &[&str]) -> String {
        let identity = ["-c", "user.name=A Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main"];
        let mut git = Command::new("git");
        git.current_dir(self.folder.join("workspace")).env("GIT_CONFIG_GLOBAL", "/dev/null").args(identity).args(args);
        let output = git.output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Runs a script of the action as a step.
    pub fn step(&self, script: &str) -> Step {
        let _ = std::fs::remove_file(self.folder.join("output"));
        let mut bash = Command::new(self.folder.join("tools/bash"));
        bash.arg(root().join(".github/action").join(script)).current_dir(self.folder.join("workspace")).env_clear().envs(&self.env);
        let output = bash.output().unwrap();
        // The runner reads both as one log.
        let log = [output.stdout, output.stderr].concat();
        Step { status: output.status.code().unwrap(), log: String::from_utf8(log).unwrap(), outputs: outputs(&self.read("output")) }
    }
}

impl Step {
    #[track_caller]
    pub fn output(&self, name: &str) -> &str {
        self.outputs.get(name).unwrap_or_else(|| panic!("no output {name}: {}", self.log))
    }
}

/// The outputs in the form `name<<end`, the lines of the value, `end`.
fn outputs(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let (name, end) = line.split_once("<<").unwrap_or_else(|| panic!("“{line}” begins no output"));
        let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
        found.insert(name.to_owned(), value.join("\n"));
    }
    found
}
