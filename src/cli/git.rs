//! What git knows of the articles: which a change touches, and what they were before it.
//!
//! git is asked by its command line. Paths come from it NUL-separated and are never given to it, contents go by their ids, and
//! a name from the user is made an id first, so that no name is taken for an option.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use super::Error;
use crate::source::{MAX_BYTES, Unreadable};

/// The repository of the working folder.
pub struct Git {
    /// The top folder of its working tree.
    pub root: PathBuf,
    objects: Arc<Mutex<Objects>>,
}

/// A file that differs.
pub struct Change {
    pub path: PathBuf,
    /// Its content before the change; `None` where it is new.
    pub before: Option<Blob>,
    /// Its content in the index, where that was asked for.
    pub staged: Option<Blob>,
}

/// A content that git keeps.
#[derive(Debug, Clone)]
pub struct Blob {
    id: String,
    objects: Arc<Mutex<Objects>>,
}

impl Git {
    /// # Errors
    /// There is no git, or the working folder is in no repository.
    pub fn open() -> Result<Self, Error> {
        let top = line(&ask(["rev-parse", "--show-toplevel"])?);
        let root = PathBuf::from(&top).canonicalize().map_err(|error| Error::File { path: top, message: error.to_string() })?;
        Ok(Self { root, objects: Arc::default() })
    }

    /// The files that differ from the commit where the work on top of `reference` began, those that git does not know among them.
    pub fn changed_since(&self, reference: &str) -> Result<Vec<Change>, Error> {
        let base = self.base(reference)?;
        let mut changes = self.diff(&[&base])?;
        let untracked = ask(["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"])?;
        let untracked = untracked.split(|&byte| byte == 0).filter(|path| !path.is_empty());
        changes.extend(untracked.map(|path| Change { path: self.path(path), before: None, staged: None }));
        Ok(changes)
    }

    /// The files whose content in the index is another than in the last commit.
    pub fn staged(&self) -> Result<Vec<Change>, Error> {
        self.diff(&["--cached"])
    }

    /// The commit where this branch left the one that is named.
    fn base(&self, reference: &str) -> Result<String, Error> {
        let name = format!("{reference}^{{commit}}");
        let found = run(["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?;
        if !found.status.success() {
            return Err(Error::Git(format!("“{reference}” names no commit in this repository{}", self.shallow_advice()?)));
        }
        let base = run(["merge-base", &line(&found.stdout), "HEAD"])?;
        match base.status.success() {
            true => Ok(line(&base.stdout)),
            false if base.stderr.is_empty() => {
                Err(Error::Git(format!("“{reference}” and HEAD have no commit in common{}", self.shallow_advice()?)))
            }
            false => Err(failure(&base)),
        }
    }

    /// What may help where a commit is missing.
    fn shallow_advice(&self) -> Result<&'static str, Error> {
        let is_shallow = line(&ask(["rev-parse", "--is-shallow-repository"])?) == "true";
        Ok(if is_shallow {
            ": the clone is shallow; fetch its history with `git fetch --unshallow` (fetch-depth: 0 in actions/checkout)"
        } else {
            ""
        })
    }

    fn diff(&self, of: &[&str]) -> Result<Vec<Change>, Error> {
        let fixed = ["diff", "--raw", "-z", "--no-abbrev", "--find-renames", "--no-relative", "--no-ext-diff", "--ignore-submodules=all"];
        let out = ask(fixed.iter().chain(of).chain(&["--"]))?;
        let mut parts = out.split(|&byte| byte == 0);
        let mut changes: Vec<Change> = Vec::new();
        while let Some(row) = parts.next().filter(|row| !row.is_empty()) {
            let row = String::from_utf8_lossy(row);
            let fields: Vec<&str> = row.trim_start_matches(':').split(' ').collect();
            let (&[old_mode, new_mode, old, new, status], Some(first)) = (fields.as_slice(), parts.next()) else {
                return Err(Error::Git(format!("git diff says “{row}”, which medproof does not understand")));
            };
            let path = if status.starts_with(['R', 'C']) { parts.next().unwrap_or(first) } else { first };
            let path = self.path(path);
            let is_staged = of.contains(&"--cached");
            if status == "U" && is_staged {
                return Err(Error::Git(format!("{} has conflicts that are not resolved", path.display())));
            }
            // An unmerged file comes twice, and with its content before only once.
            let blob = |mode: &str, id: &str| (mode.starts_with("100") && id.contains(|c| c != '0')).then(|| self.blob(id));
            let staged = blob(new_mode, new).filter(|_| is_staged);
            if status != "D" && new_mode != "160000" && (staged.is_some() || !is_staged) {
                changes.retain(|change| change.path != path || status != "U" && change.before.is_some());
                changes.push(Change { path, before: blob(old_mode, old), staged });
            }
        }
        Ok(changes)
    }

    fn blob(&self, id: &str) -> Blob {
        Blob { id: id.to_owned(), objects: self.objects.clone() }
    }

    fn path(&self, path: &[u8]) -> PathBuf {
        self.root.join(&*String::from_utf8_lossy(path))
    }
}

impl Blob {
    /// # Errors
    /// git does not give it, or it is too large.
    pub fn read(&self) -> Result<Vec<u8>, String> {
        // Where another thread failed while it read, the conversation with git is lost.
        let mut objects = self.objects.lock().map_err(|_| "git is not answering any more".to_owned())?;
        objects.read(&self.id)
    }
}

/// The one process that contents are asked from.
#[derive(Debug, Default)]
struct Objects(Option<Conversation>);

#[derive(Debug)]
struct Conversation {
    process: Child,
    ask: Option<ChildStdin>,
    answer: BufReader<ChildStdout>,
}

impl Objects {
    fn read(&mut self, id: &str) -> Result<Vec<u8>, String> {
        let broken = |error: io::Error| format!("git cat-file: {error}");
        let git = match &mut self.0 {
            Some(git) => git,
            none => none.insert(Conversation::start().map_err(broken)?),
        };
        git.read(id).map_err(broken)?
    }
}

impl Conversation {
    fn start() -> io::Result<Self> {
        let mut command = command(["cat-file", "--batch"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let gone = || io::Error::other("no pipe");
        let (ask, answer) = (process.stdin.take().ok_or_else(gone)?, process.stdout.take().ok_or_else(gone)?);
        Ok(Self { process, ask: Some(ask), answer: BufReader::new(answer) })
    }

    fn read(&mut self, id: &str) -> io::Result<Result<Vec<u8>, String>> {
        let ask = self.ask.as_mut().ok_or_else(|| io::Error::other("no pipe"))?;
        writeln!(ask, "{id}")?;
        ask.flush()?;
        let mut head = String::new();
        self.answer.read_line(&mut head)?;
        let Some(size) = head.split_whitespace().nth(2).and_then(|size| size.parse::<u64>().ok()) else {
            return Ok(Err(format!("git cannot give the content {id}")));
        };
        // A line end follows the content.
        let mut content = (&mut self.answer).take(size + 1);
        if size > MAX_BYTES {
            io::copy(&mut content, &mut io::sink())?;
            return Ok(Err(Unreadable::TooLarge(size).to_string()));
        }
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        if bytes.pop().is_none() || bytes.len() as u64 != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Ok(bytes))
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // git ends when nobody asks any more.
        self.ask = None;
        let _ = self.process.wait();
    }
}

fn command(args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new("git");
    // Looking at a repository writes nothing to it, and paths in what is asked are what they say.
    command.args(args).env("GIT_OPTIONAL_LOCKS", "0").env_remove("GIT_LITERAL_PATHSPECS").stdin(Stdio::null());
    command
}

fn run(args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Output, Error> {
    command(args).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::Git("git is not installed, and what changed is asked from it".into()),
        _ => Error::Git(format!("git cannot be run: {error}")),
    })
}

/// What git answers.
fn ask(args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Vec<u8>, Error> {
    let output = run(args)?;
    if output.status.success() { Ok(output.stdout) } else { Err(failure(&output)) }
}

fn failure(output: &Output) -> Error {
    let told = String::from_utf8_lossy(&output.stderr);
    let told = told.lines().next().unwrap_or("git fails and does not say why");
    Error::Git(format!("git: {}", told.trim_start_matches("fatal: ").trim_start_matches("error: ")))
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_owned()
}
