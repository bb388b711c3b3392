//! As many articles as one wants.

use std::path::Path;

/// Writes the articles of `fixtures/articles` over and over, each with a number of its own, a hundred to a folder.
pub fn write(folder: &Path, count: usize) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut names: Vec<_> = std::fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_none_or(|ending| ending != "findings"));
    names.sort();
    let articles: Vec<_> = names.iter().map(|path| std::fs::read(path).unwrap()).collect();
    for i in 0..count {
        let (path, bytes) = (&names[i % names.len()], &articles[i % names.len()]);
        let bytes = match std::str::from_utf8(bytes) {
            Ok(text) => text.replacen(" the ", &format!(" the {i}th "), 1).into_bytes(),
            // A Word file stays as it is.
            Err(_) => bytes.clone(),
        };
        let place = folder.join(format!("{:03}", i / 100));
        std::fs::create_dir_all(&place).unwrap();
        std::fs::write(place.join(format!("{i:05}-{}", path.file_name().unwrap().to_string_lossy())), bytes).unwrap();
    }
}
