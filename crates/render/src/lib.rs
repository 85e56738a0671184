//! Findings and changes in every output format, one module a format.
//!
//! Rendering decides neither severity nor exit status, and touches nothing outside: every function makes a string.
//! Strings for the terminal carry ANSI styles; whoever prints them strips what the terminal cannot show.

pub mod cells;
pub mod changes;
mod chart;
mod checkstyle;
pub mod concise;
mod csv;
pub mod document;
mod escape;
pub mod explain;
pub mod format;
pub mod full;
mod github;
mod gitlab;
mod grid;
mod grouped;
mod html;
pub mod json;
mod junit;
mod markdown;
pub mod registry;
mod sarif;
pub mod statistics;
pub mod trend;
mod words;

pub use crate::escape::shown;
pub use crate::html::GENERATOR;
pub use crate::markdown::MARK;
pub use crate::words::location;

use nianbao_lint::memory::ClosedBy;
use nianbao_lint::{Lint, Say, Severity};
use nianbao_schema::Language;
use nianbao_schema::report::Report;

/// How to write.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Language of messages.
    pub language: Language,
    /// Terminal columns to fill at most.
    pub width: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { language: Language::Zh, width: 100 }
    }
}

/// A file that was asked for.
#[derive(Debug)]
pub struct Checked {
    /// The path as given.
    pub path: String,
    /// What came of it.
    pub outcome: Result<(Report, Lint), Failure>,
}

/// Why a file could not be read.
#[derive(Debug, Clone)]
pub struct Failure {
    /// A stable word, e.g. `empty`.
    pub kind: String,
    /// The reason.
    pub message: Say,
}

/// Counts over all files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files asked for.
    pub files: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are hints.
    pub infos: usize,
    /// Findings that suppressions closed.
    pub suppressed: usize,
    /// Findings that explanations closed.
    pub explained: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    /// Findings of the baseline that are gone.
    pub fixed: usize,
}

impl Summary {
    /// Counts one more file.
    pub fn add(&mut self, checked: &Checked) {
        let about_configuration = checked.outcome.as_ref().is_ok_and(|(_, lint)| lint.about_configuration);
        self.files += usize::from(!about_configuration);
        match &checked.outcome {
            Err(_) => self.unreadable += 1,
            Ok((_, lint)) => {
                self.fixed += lint.fixed;
                for closed in &lint.closed {
                    match closed.by {
                        ClosedBy::Suppression => self.suppressed += 1,
                        ClosedBy::Explanation => self.explained += 1,
                        ClosedBy::Baseline => self.known += 1,
                    }
                }
                for finding in &lint.findings {
                    match finding.severity {
                        Severity::Error => self.errors += 1,
                        Severity::Warning => self.warnings += 1,
                        Severity::Info => self.infos += 1,
                    }
                }
            }
        }
    }
}
