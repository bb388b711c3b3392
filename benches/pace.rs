//! A run over many articles: cold, and again with what the cache kept.
//!
//! `cargo bench --bench pace -- 10000` writes so many articles (1,000 unless you say otherwise), and runs the program over them.
//! Where GNU time is installed, it tells the peak of memory too.

#[path = "../tests/support/many.rs"]
mod many;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let count = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(1000);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pace-bench");
    for output in ["full", "concise", "json"] {
        let _ = std::fs::remove_dir_all(&folder);
        many::write(&folder.join("in"), count);
        for run in ["without a cache", "cold", "warm"] {
            measure(&folder, output, run, count);
        }
    }
    let _ = std::fs::remove_dir_all(folder);
}

fn measure(folder: &Path, output: &str, run: &str, count: usize) {
    let cache = if run == "without a cache" { "--no-cache" } else { "--cache-dir=cache" };
    let program = env!("CARGO_BIN_EXE_medproof");
    let has_time = Path::new("/usr/bin/time").exists();
    let mut command = if has_time { Command::new("/usr/bin/time") } else { Command::new(program) };
    if has_time {
        command.args(["-f", "%U s of processor, %M KB at most", program]);
    }
    command.args(["check", "in", "--isolated", "--today=2026-11-23", "--fail-on=never", "--quiet", "-o", output, cache]);
    let start = Instant::now();
    let ran = command.current_dir(folder).stdout(Stdio::null()).output().expect("the program runs");
    let seconds = start.elapsed().as_secs_f64();
    println!("{count} articles, {output}, {run}: {seconds:.2} s; {}", String::from_utf8_lossy(&ran.stderr).trim_end());
}
