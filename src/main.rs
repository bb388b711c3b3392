//! The `medproof` program; everything it does is in the library.

fn main() -> std::process::ExitCode {
    medproof::cli::run()
}
