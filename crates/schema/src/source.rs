//! The documents and clauses that rules cite, from `schemas/sources`.

use std::sync::LazyLock;

use serde::Deserialize;

/// A notice, decree or law.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// File stem under `schemas/sources`.
    pub id: String,
    /// Title without book-title marks.
    pub title: String,
    /// Document number, e.g. `国办公开办函〔2021〕30号`.
    #[serde(default)]
    pub number: Option<String>,
    /// Who issued it.
    pub issuers: Vec<String>,
    /// Further titles under which reports cite it.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Titles that reports give it by mistake.
    #[serde(default)]
    pub wrong_titles: Vec<String>,
    /// Former names of its issuer, right in sentences on the past.
    #[serde(default)]
    pub former_issuers: Vec<String>,
    /// First report year for which it is in force.
    pub first_year: u16,
    /// Last report year for which it was in force.
    #[serde(default)]
    pub last_year: Option<u16>,
    /// The source that took its place.
    #[serde(default)]
    pub superseded_by: Option<String>,
    /// Its clauses.
    #[serde(default, rename = "clause")]
    pub clauses: Vec<Clause>,
}

/// A clause of a source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its id within the source.
    pub id: String,
    /// How one refers to it: `第五十条`, `附件：年度报告格式，第三部分表格`.
    pub name: String,
    /// Its words, where they are short and known for certain.
    #[serde(default)]
    pub text: Option<String>,
}

static SOURCES: LazyLock<Vec<Source>> =
    LazyLock::new(|| crate::generated::SOURCES.iter().map(|text| crate::embedded("source", text)).collect());

impl Source {
    /// Every source.
    pub fn all() -> &'static [Self] {
        &SOURCES
    }

    /// The source of an id.
    pub fn get(id: &str) -> Option<&'static Self> {
        SOURCES.iter().find(|s| s.id == id)
    }

    /// The title under which reports mostly cite it: without its issuer.
    pub fn common_title(&self) -> &str {
        self.titles.first().unwrap_or(&self.title)
    }

    /// Number if it has one, else title in book-title marks.
    pub fn short_name(&self) -> String {
        self.number.clone().unwrap_or_else(|| format!("《{}》", self.title))
    }
}

/// A reference to a clause: ids of source and clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cite {
    /// Id of the source.
    pub document: &'static str,
    /// Id of the clause.
    pub clause: &'static str,
}

impl Cite {
    /// The source and clause that it names; `None` if they do not exist, which a registry test rules out.
    pub fn resolve(self) -> Option<(&'static Source, &'static Clause)> {
        let source = Source::get(self.document)?;
        source.clauses.iter().find(|c| c.id == self.clause).map(|clause| (source, clause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_valid_and_every_successor_exists() {
        for source in Source::all() {
            assert!(!source.title.is_empty() && !source.issuers.is_empty(), "{}", source.id);
            let mut ids: Vec<_> = source.clauses.iter().map(|c| &c.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), source.clauses.len(), "{}: a clause id occurs twice", source.id);
            if let Some(next) = &source.superseded_by {
                assert!(Source::get(next).is_some(), "{} is superseded by unknown {next}", source.id);
            }
        }
    }
}
