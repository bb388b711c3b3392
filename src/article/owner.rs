//! Who answers for an article, by what it says of itself.

use crate::document::Document;

/// Keys of metadata in lower case without separators.
const KEYS: &[&str] = &["owner", "contentowner", "pageowner", "articleowner", "ownername", "ownerteam", "ownerslack", "maintainer"];

/// The owner that the metadata name, in their words.
pub fn of(document: &Document) -> Option<&str> {
    let named = document.metadata.iter().filter(|entry| is_key(&entry.key)).map(|entry| entry.value.trim());
    named.into_iter().find(|owner| !owner.is_empty())
}

fn is_key(key: &str) -> bool {
    let last = key.rsplit('.').next().unwrap_or(key);
    let folded: String = last.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    KEYS.contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use crate::document::Format;
    use crate::source::Source;

    #[test]
    fn the_owner_stands_in_the_metadata() {
        for (keys, want) in [
            ("owner: Café team", Some("Café team")),
            ("owner_slack: '#pain'", Some("#pain")),
            ("page:\n  content-owner: Dr A. Able", Some("Dr A. Able")),
            ("owner: ''\nContentOwner: B", Some("B")),
            ("author: Dr A. Able", None),
        ] {
            let document = crate::formats::parse(&Source::new("µ.md", format!("---\n{keys}\n---\n\nµ\n")), Format::Markdown);
            assert_eq!(super::of(&document), want, "{keys}");
        }
    }
}
