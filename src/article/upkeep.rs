//! Who looks after an article, and what its systems know it by.

use crate::document::Document;

/// Keys that name an owner, in lower case without separators, sorted.
const OWNERS: &[&str] = &[
    "contentowner",
    "contentowners",
    "documentowner",
    "maintainedby",
    "maintainer",
    "maintainers",
    "ownedby",
    "owner",
    "owners",
    "ownerslack",
    "ownerteam",
    "owningteam",
    "pageowner",
    "responsible",
    "responsibleteam",
    "steward",
    "team",
];

/// Keys that name an article for good, whatever its path; sorted.
const IDENTITIES: &[&str] = &["guid", "uid", "uuid"];

/// The owners that the metadata name, in the order written.
pub fn owners(document: &Document) -> Vec<String> {
    let named = document.metadata.iter().filter(|entry| {
        let mut parts = entry.key.rsplit(['.', ':']);
        let last = parts.next().unwrap_or_default();
        // `owner: { name: …, email: … }`
        let of_owner = last.eq_ignore_ascii_case("name") && parts.next().is_some_and(|key| is_among(OWNERS, key));
        is_among(OWNERS, last) || of_owner
    });
    let mut owners: Vec<String> = Vec::new();
    for name in named.flat_map(|entry| entry.value.split(';')).map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if !name.is_empty() && !owners.contains(&name) {
            owners.push(name);
        }
    }
    owners
}

/// The name that the article keeps when its file is moved, where its metadata give one.
pub fn identity(document: &Document) -> Option<&str> {
    let named = document.metadata.iter().filter(|entry| is_among(IDENTITIES, &entry.key));
    named.map(|entry| entry.value.trim()).find(|value| !value.is_empty())
}

/// The keys that are read here.
pub fn keys() -> impl Iterator<Item = &'static str> {
    OWNERS.iter().chain(IDENTITIES).copied()
}

fn is_among(keys: &[&str], key: &str) -> bool {
    keys.binary_search(&super::review::fold(key).as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::source::Source;

    #[test]
    fn the_keys_are_sorted_and_unique() {
        for keys in [OWNERS, IDENTITIES] {
            assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn owners_are_read_from_keys_lists_and_tables() {
        let table: &[(&str, &[&str])] = &[
            ("owner: Café team", &["Café team"]),
            ("owners: [Ana Ruiz, Kim Lee]", &["Ana Ruiz", "Kim Lee"]),
            ("contentOwner: Ana Ruiz; Kim Lee; Ana Ruiz", &["Ana Ruiz", "Kim Lee"]),
            ("owner:\n  name: Ana Ruiz\n  email: ana@example.org", &["Ana Ruiz"]),
            ("owner_slack: '#cardiology'", &["#cardiology"]),
            ("author: Ana Ruiz\nteams: 2", &[]),
        ];
        for (keys, want) in table {
            let source = Source::new("µ.md", format!("---\n{keys}\n---\n"));
            assert_eq!(owners(&crate::formats::parse(&source, Format::Markdown)), *want, "{keys}");
        }
    }
}
