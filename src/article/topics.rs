//! The topics that an article is filed under: its tags, categories and keywords.

use crate::document::{Document, Metadata};

/// Keys of the metadata that name topics, in lower case; the last part of a longer key such as `article:tag`.
const KEYS: &[&str] =
    &["categories", "category", "keyword", "keywords", "section", "subject", "subjects", "tag", "tags", "topic", "topics"];

/// The topics with the metadata that names them, in the order written. One value may hold several, between commas.
pub fn of(document: &Document) -> impl Iterator<Item = (&str, &Metadata)> {
    document
        .metadata
        .iter()
        .filter(|entry| {
            let last = entry.key.rsplit(['.', ':']).next().unwrap_or_default();
            KEYS.iter().any(|key| last.eq_ignore_ascii_case(key))
        })
        .flat_map(|entry| entry.value.split([',', ';', '|']).map(move |topic| (topic.trim(), entry)))
        .filter(|(topic, _)| !topic.is_empty())
}

/// Whether a topic names a subject, as a word or a run of words: "Breast cancers" names `cancer`.
pub fn names(topic: &str, subject: &str) -> bool {
    let topic = words(topic);
    let subject = words(subject);
    !subject.is_empty() && topic.windows(subject.len()).any(|run| run == subject)
}

/// Words in lower case, without the s of a plural.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    words
        .map(|word| match word.strip_suffix('s') {
            Some(one) if one.len() > 2 && !one.ends_with(['s', 'i', 'u']) => one.to_owned(),
            _ => word,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_name_subjects_by_whole_words() {
        let table = [
            ("Breast cancer", "cancer", true),
            ("Cancers", "cancer", true),
            ("mental_health crisis", "mental-health-crisis", true),
            ("Mental health", "mental-health-crisis", false),
            ("Precancerous lesions", "cancer", false),
            ("Drugs & medicines", "drug", true),
            ("Drugstore", "drug", false),
            ("µ", "", false),
        ];
        for (topic, subject, want) in table {
            assert_eq!(names(topic, subject), want, "{topic} {subject}");
        }
    }
}
