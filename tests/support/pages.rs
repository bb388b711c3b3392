//! Pages that are written by tests: they hold what the program says, or are written so when blessing.

use std::path::Path;

/// The page with another text between the marks of a part.
pub fn with_part(page: &str, part: &str, text: &str) -> String {
    let (start, end) = (format!("<!-- {part} -->\n"), format!("<!-- /{part} -->"));
    let (before, rest) = page.split_once(&start).unwrap_or_else(|| panic!("the mark {start}"));
    let (_, behind) = rest.split_once(&end).unwrap_or_else(|| panic!("the mark {end}"));
    format!("{before}{start}{text}{end}{behind}")
}

/// The file holds this text, or is written so when blessing.
pub fn fresh(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(&file, text).expect("a file");
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == text, "{path} is stale: run BLESS=1 cargo test");
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
