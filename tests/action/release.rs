//! What a release is made by: the archive that the action can install, and the tag that may be released.

use std::path::Path;
use std::process::{Command, Output};

use super::job::Job;
use super::root;
use super::server::Server;

fn script(name: &str, args: &[&str]) -> Output {
    Command::new("bash").arg(root().join(".github/release").join(name)).args(args).output().unwrap()
}

#[test]
fn what_is_packed_can_be_installed_and_checks() {
    let target = "x86_64-unknown-linux-musl";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("action-dist");
    let _ = std::fs::remove_dir_all(&folder);
    // A debug build is large; a script that calls it is packed in no time.
    let program = folder.with_extension("program");
    std::fs::create_dir_all(&program).unwrap();
    let program = program.join("medproof");
    std::fs::write(&program, format!("#!/bin/sh\nexec '{}' \"$@\"\n", assert_cmd::cargo::cargo_bin!("medproof").display())).unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let packed = script("pack.sh", &[target, program.to_str().unwrap(), folder.to_str().unwrap()]);
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let version = env!("CARGO_PKG_VERSION");
    let name = format!("medproof-v{version}-{target}.tar.gz");
    let mut files: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert_eq!(files, [name.clone(), format!("{name}.sha256")]);

    let server = Server::start();
    for file in files {
        server.body(&format!("/releases/download/v{version}/{file}"), std::fs::read(folder.join(&file)).unwrap());
    }
    let mut job = Job::new("packed").with_inputs();
    job.set("MEDPROOF_RELEASES", format!("{}/releases", server.url)).set("RUNNER_OS", "Linux").set("RUNNER_ARCH", "X64");
    let installed = job.step("install.sh");
    assert_eq!(installed.status, 0, "{}", installed.log);
    let home = job.folder.join("temp/medproof/bin");
    for part in ["LICENSE-MIT", "NOTICE", "man/medproof.1", "man/medproof-check.1", "completions/_medproof", "completions/medproof.bash"] {
        assert!(home.join(part).metadata().is_ok_and(|file| file.len() > 500), "{part}");
    }
    let checked = Command::new(installed.output("path")).args(["check", "--isolated", "-"]).stdin(std::process::Stdio::null()).output();
    assert_eq!(checked.unwrap().status.code(), Some(0));
}

#[test]
fn a_tag_is_released_only_where_it_fits() {
    // A copy, as the files of this repository say what is not released yet.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("action-ready");
    std::fs::create_dir_all(folder.join(".github/release")).unwrap();
    let ready = folder.join(".github/release/ready.sh");
    std::fs::copy(root().join(".github/release/ready.sh"), &ready).unwrap();
    let cargo = "[package]\nversion = \"1.2.0\"\nrepository = \"https://github.com/someone/medproof\"\n\n[features]\n";
    std::fs::write(folder.join("Cargo.toml"), cargo).unwrap();
    let changes = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-12-01\n\n- New µ.\n\n## [1.1.0] - 2026-11-01\n\n- Old.\n";
    let run = |changes: &str, tag: &str, repository: &str| {
        std::fs::write(folder.join("CHANGELOG.md"), changes).unwrap();
        let output = Command::new("bash").arg(&ready).args([tag, repository]).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    assert_eq!(run(changes, "v1.2.0", "someone/medproof"), (0, "\n- New µ.\n".to_owned()));
    for (changes, tag, repository, told) in [
        (changes, "v1.2.1", "someone/medproof", "the tag is v1.2.1, and the version in Cargo.toml 1.2.0"),
        (changes, "v1.2.0", "other/medproof", "the repository is other/medproof, and in Cargo.toml https://github.com/someone/medproof"),
        ("## [1.2.0]\n\n## [1.1.0]\n- Old.\n", "v1.2.0", "someone/medproof", "CHANGELOG.md has no section for 1.2.0"),
    ] {
        assert_eq!(run(changes, tag, repository), (1, format!("ready.sh: {told}\n")));
    }
}
