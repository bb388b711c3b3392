//! What was checked and what was not, and the rules that found something.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::{Facts, Tally, Unread, guide};
use super::card::Card;
use crate::record::RuleId;
use crate::rules::{self, RULES};

/// A rule that found something, as the page explains it.
#[derive(Serialize)]
pub struct Rule {
    id: &'static str,
    summary: &'static str,
    count: usize,
    articles: usize,
    /// Parts of its page, as HTML.
    why: String,
    doubts: Option<String>,
    measured: Option<String>,
    comment: String,
    setting: [String; 2],
}

/// The rules that found something, by id.
pub fn found(articles: &[Card]) -> Vec<Rule> {
    let mut counts: BTreeMap<RuleId, (usize, BTreeSet<usize>)> = BTreeMap::new();
    for article in articles {
        for ((_, rule), count) in &article.found {
            let (sum, among) = counts.entry(rule).or_default();
            *sum += count;
            among.insert(article.number);
        }
    }
    let rule = |(id, (count, among)): (RuleId, (usize, BTreeSet<usize>))| {
        let entry = rules::find(id)?;
        Some(Rule {
            id,
            summary: entry.summary,
            count,
            articles: among.len(),
            why: guide::html(guide::why(entry)),
            doubts: guide::doubts(entry).map(guide::html),
            measured: guide::measured(id),
            comment: guide::ignore_comment(id),
            setting: guide::ignore_setting(id),
        })
    };
    counts.into_iter().filter_map(rule).collect()
}

/// What a reader must know before trusting a verdict.
#[derive(Serialize)]
pub struct Scope {
    all: usize,
    /// Rules that ran on some article.
    ran: usize,
    /// Those that found nothing.
    silent: Vec<&'static str>,
    /// Rules that ran nowhere.
    off: Vec<Off>,
    unread: Vec<Unread>,
    /// Articles of which parts could not be read.
    in_part: Vec<InPart>,
    silenced: usize,
    looked_up: usize,
    unchecked: usize,
}

#[derive(Serialize)]
struct Off {
    id: &'static str,
    summary: &'static str,
}

#[derive(Serialize)]
struct InPart {
    number: usize,
    title: String,
    parts: usize,
}

impl Scope {
    pub fn new(articles: &[Card], facts: &Facts, tally: &Tally) -> Self {
        let spoke: BTreeSet<RuleId> = articles.iter().flat_map(|article| article.found.keys().map(|(_, rule)| *rule)).collect();
        let ran: BTreeSet<RuleId> = facts.rules.union(&spoke).copied().collect();
        let in_part = articles.iter().filter_map(|article| {
            let parts = article.found.iter().filter(|((_, rule), _)| matches!(*rule, "unreadable-part" | "internal-error"));
            let parts: usize = parts.map(|(_, count)| *count).sum();
            (parts > 0).then(|| InPart { number: article.number, title: article.title.clone(), parts })
        });
        Self {
            all: RULES.len(),
            ran: ran.len(),
            silent: ran.difference(&spoke).copied().collect(),
            off: RULES.iter().filter(|entry| !ran.contains(entry.id)).map(|entry| Off { id: entry.id, summary: entry.summary }).collect(),
            unread: tally.unread.clone(),
            in_part: in_part.collect(),
            silenced: tally.sum(|article| article.silenced),
            looked_up: tally.sum(|article| article.looked_up),
            unchecked: tally.sum(|article| article.unchecked),
        }
    }
}
