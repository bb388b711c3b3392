//! medproof reads a medical article as an editor's red pencil would: it finds what is wrong with the citations,
//! references, review statements and medicine names of an article, at the exact place, with the reason.
//!
//! ```text
//! bytes ─ Source ─ formats::parse ─▶ Document ─ article::read ─▶ Article ─▶ rules ─▶ diagnostics ─▶ Record ─▶ report
//! ```
//!
//! Each arrow is one function, each noun one type; a stage knows only what lies to its left.
#![forbid(unsafe_code)]

pub mod article;
pub mod baseline;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod fix;
pub mod formats;
pub mod lexicon;
pub mod linter;
pub mod mark;
#[cfg(feature = "online")]
pub mod online;
pub mod precision;
pub mod prose;
pub mod record;
pub mod renumber;
pub mod report;
pub mod retractions;
pub mod rule;
pub mod rules;
pub mod source;
pub mod suppress;
pub mod world;
