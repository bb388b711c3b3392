//! The step that installs: from a server of releases on this machine, or with a stand-in for cargo.

use super::job::{Job, Step};
use super::root;
use super::server::Server;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What the runner says of its machine, and how Rust names it.
const MACHINE: [(&str, &str); 2] = [("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64")];
const TARGET: &str = "x86_64-unknown-linux-musl";

/// A cargo that “builds” a medproof of a version.
fn cargo(version: &str) -> String {
    format!(
        r#"here=${{0%/tools/*}}
printf '%s\n' "$@" >"$here/arguments"
mkdir -p "$here/temp/medproof/bin"
printf '#!%s\necho "medproof {version}"\n' "$here/tools/bash" >"$here/temp/medproof/bin/medproof"
chmod +x "$here/temp/medproof/bin/medproof"
"#
    )
}

/// A curl that tells what it is asked for, and finds nothing.
const ASKED: &str = "here=${0%/tools/*}\nfor last in \"$@\"; do :; done\necho \"$last\" >>\"$here/asked\"\nprintf 404\n";

fn job(name: &str, server: Option<&Server>) -> Job {
    let mut job = Job::new(&format!("install-{name}"));
    for (name, value) in MACHINE {
        job.set(name, value);
    }
    if let Some(server) = server {
        job.set("MEDPROOF_RELEASES", format!("{}/releases", server.url));
    }
    job.set("INPUT_VERSION", "");
    job
}

fn address(version: &str) -> String {
    format!("/releases/download/v{version}/medproof-v{version}-{TARGET}.tar.gz")
}

/// A packed program that only tells its version.
fn archive(version: &str) -> Vec<u8> {
    let folder =
        std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("action-archive-{version}-{:?}", std::thread::current().id()));
    let name = format!("medproof-v{version}-{TARGET}");
    std::fs::create_dir_all(folder.join(&name)).unwrap();
    let program = folder.join(&name).join("medproof");
    std::fs::write(&program, format!("#!/bin/sh\necho 'medproof {version}'\n")).unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let tar = std::process::Command::new("tar").current_dir(&folder).args(["-czf", "archive", &name]).status().unwrap();
    assert!(tar.success());
    std::fs::read(folder.join("archive")).unwrap()
}

/// The SHA-256 of some bytes, as `sha256sum` writes it.
fn sum(job: &Job, bytes: &[u8]) -> String {
    std::fs::write(job.folder.join("summed"), bytes).unwrap();
    let shasum = "if command -v sha256sum >/dev/null; then sha256sum summed; else shasum -a 256 summed; fi";
    let output = std::process::Command::new("bash").current_dir(&job.folder).args(["-c", shasum]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().replace("summed", "medproof.tar.gz")
}

/// Serves a version with its right sum.
fn serve(server: &Server, job: &Job, version: &str) {
    let archive = archive(version);
    server.body(&format!("{}.sha256", address(version)), sum(job, &archive)).body(&address(version), archive);
}

#[track_caller]
fn installs(job: &Job, version: &str) -> Step {
    let step = job.step("install.sh");
    assert_eq!((step.status, step.outputs.get("version").map(String::as_str)), (0, Some(version)), "{}", step.log);
    let folder = job.folder.join("temp/medproof/bin");
    assert_eq!(job.read("path").lines().last(), folder.to_str());
    assert_eq!(step.output("path"), folder.join("medproof").to_str().unwrap());
    step
}

#[track_caller]
fn refuses(job: &Job, told: &str) {
    let step = job.step("install.sh");
    assert!(step.status == 2 && step.log.contains("::error title=medproof::") && step.log.contains(told), "{}: {}", step.status, step.log);
    assert!(step.outputs.is_empty() && job.read("path").is_empty());
}

#[test]
fn a_release_is_downloaded() {
    let server = Server::start();
    let mut job = job("good", Some(&server));
    serve(&server, &job, VERSION);
    installs(&job, VERSION);
    let left: Vec<_> = std::fs::read_dir(job.folder.join("temp/medproof/bin")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["medproof"]);
    // It is there for the next use of the action in the job.
    server.status(&address(VERSION), 403);
    installs(&job, VERSION);
    // Another version, with or without its v; and the latest, which the page of releases leads to.
    serve(&server, &job, "9.8.7-rc.1");
    installs(job.set("INPUT_VERSION", "v9.8.7-rc.1"), "9.8.7-rc.1");
    serve(&server, &job, "10.0.0");
    server.redirect("/releases/latest", "/releases/tag/v10.0.0").body("/releases/tag/v10.0.0", "a page");
    installs(job.set("INPUT_VERSION", "latest"), "10.0.0");
}

#[test]
fn what_was_not_released_is_never_run() {
    let server = Server::start();
    let job = job("bad", Some(&server));
    // Cargo could build it, but a wrong sum is no reason to.
    job.program("cargo", &cargo(VERSION));
    server.body(&address(VERSION), archive(VERSION));
    refuses(&job, "has no checksum beside it (status 404), and is not used");
    let other = sum(&job, b"another archive");
    server.body(&format!("{}.sha256", address(VERSION)), other.clone());
    refuses(&job, &format!("and should be {}", other.split(' ').next().unwrap()));
    for empty in ["", "\n", "<html>"] {
        server.body(&format!("{}.sha256", address(VERSION)), empty);
        refuses(&job, "is not what was released, and is not used");
    }
    // The sum is right, and what is inside is not what it says.
    let wrong = archive("6.6.6");
    server.body(&format!("{}.sha256", address(VERSION)), sum(&job, &wrong)).body(&address(VERSION), wrong);
    refuses(&job, &format!("what was installed is no medproof {VERSION}: medproof 6.6.6"));
    server.status(&address(VERSION), 403);
    refuses(&job, "status 403");
    assert_eq!(job.read("arguments"), "", "cargo was not called");
}

#[test]
fn where_there_is_no_release_cargo_builds() {
    let server = Server::start();
    let mut job = job("build", Some(&server));
    refuses(&job, "no cargo to build it: install Rust in a step before");
    refuses(job.set("INPUT_VERSION", "9.9.9"), "or this action at v9.9.9");
    job.set("INPUT_VERSION", "").program("cargo", &cargo(VERSION));
    let step = installs(&job, VERSION);
    assert!(step.log.contains("::notice title=medproof::There is no release"), "{}", step.log);
    let asked = format!("install --locked --force --path {} --root {}/temp/medproof", root().display(), job.folder.display());
    assert_eq!(job.read("arguments").lines().collect::<Vec<_>>().join(" "), asked);
}

#[test]
fn a_machine_without_releases_and_a_local_action_build() {
    let server = Server::start();
    let mut other = job("other", Some(&server));
    other.set("RUNNER_ARCH", "ARM").program("cargo", &cargo(VERSION));
    installs(&other, VERSION);
    // `uses: ./` belongs to no repository of releases.
    let local = job("local", None);
    local.program("cargo", &cargo(VERSION));
    installs(&local, VERSION);
    local.program("cargo", "echo 'error: could not compile' >&2; exit 101");
    std::fs::remove_dir_all(local.folder.join("temp/medproof")).unwrap();
    std::fs::remove_file(local.folder.join("path")).unwrap();
    refuses(&local, &format!("cargo could not build medproof {VERSION}"));
}

#[test]
fn versions_are_versions() {
    for version in ["../../x", "1.0 --help", "$(touch pwned)", "1;2"] {
        let mut job = job("version", None);
        refuses(job.set("INPUT_VERSION", version), &format!("version is '{version}'; it is written as 1.2.3, or is 'latest'"));
    }
    let server = Server::start();
    let mut job = job("no-latest", Some(&server));
    refuses(job.set("INPUT_VERSION", "latest"), "the latest release cannot be told");
}

#[test]
fn the_server_is_that_of_the_action() {
    let file = format!("releases/download/v{VERSION}/medproof-v{VERSION}-{TARGET}.tar.gz");
    let mut job = job("server", None);
    job.program("curl", ASKED);
    job.set("ACTION_REPOSITORY", "someone/medproof").step("install.sh");
    assert_eq!(job.read("asked"), format!("https://github.com/someone/medproof/{file}\n"));
    std::fs::remove_file(job.folder.join("asked")).unwrap();
    // A runner that does not tell the repository still unpacks the action in a folder of its name.
    let unpacked = job.folder.join("_actions/someone/medproof/v1");
    std::fs::create_dir_all(&unpacked).unwrap();
    std::fs::copy(root().join("Cargo.toml"), unpacked.join("Cargo.toml")).unwrap();
    job.set("ACTION_REPOSITORY", "").set("GITHUB_SERVER_URL", "https://git.example.org");
    job.set("GITHUB_ACTION_PATH", unpacked.to_str().unwrap()).step("install.sh");
    assert_eq!(job.read("asked"), format!("https://git.example.org/someone/medproof/{file}\n"));
}

#[test]
fn each_machine_has_its_build() {
    for (system, machine, libc, target) in [
        ("Linux", "X64", "glibc 2.35", "x86_64-unknown-linux-gnu"),
        ("Linux", "ARM64", "glibc 2.41", "aarch64-unknown-linux-gnu"),
        ("Linux", "X64", "glibc 2.31", "x86_64-unknown-linux-musl"),
        ("Linux", "ARM64", "", "aarch64-unknown-linux-musl"),
        ("macOS", "X64", "", "x86_64-apple-darwin"),
        ("macOS", "ARM64", "", "aarch64-apple-darwin"),
        ("Windows", "X64", "", "x86_64-pc-windows-msvc"),
    ] {
        assert!(super::file(".github/workflows/release.yml").contains(&format!("target: {target}, ")), "{target} is released");
        let mut job = job("machine", None);
        job.program("curl", ASKED).program("getconf", &format!("[ \"$*\" = GNU_LIBC_VERSION ] && echo '{libc}'\n"));
        job.set("RUNNER_OS", system).set("RUNNER_ARCH", machine).set("ACTION_REPOSITORY", "someone/medproof").step("install.sh");
        let asked = job.read("asked");
        assert!(asked.ends_with(&format!("/medproof-v{VERSION}-{target}.tar.gz\n")), "{asked}");
    }
}
