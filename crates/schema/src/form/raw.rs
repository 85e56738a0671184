//! The shapes of the files in `schemas/editions`. Kept apart from [`Form`](super::Form), which has everything resolved and checked.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::Bilingual;
use crate::value::ValueKind;

static ALL: LazyLock<Vec<Edition>> =
    LazyLock::new(|| crate::Edition::ALL.iter().map(|e| crate::embedded("edition", e.source())).collect());

/// The data of an edition.
pub(super) fn of(edition: crate::Edition) -> &'static Edition {
    &ALL[edition as usize]
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edition {
    pub id: String,
    pub name: Bilingual,
    pub source: Cite,
    pub first_year: u16,
    #[serde(default)]
    pub last_year: Option<u16>,
    pub encouraged_years: Vec<u16>,
    pub markers: Vec<String>,
    pub section: Vec<Section>,
    pub part: Vec<Part>,
    pub table: Vec<Table>,
    pub identity: Vec<Identity>,
    #[serde(default)]
    pub crosswalk: Option<Crosswalk>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cite {
    pub document: String,
    pub clause: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    pub number: u8,
    pub id: String,
    pub heading: String,
    pub aliases: Vec<String>,
    pub keywords: Vec<Vec<String>>,
    #[serde(default)]
    pub table: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    pub number: u8,
    pub id: String,
    pub heading: String,
    pub aliases: Vec<String>,
    pub topics: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub id: String,
    pub section: u8,
    pub name: Bilingual,
    pub title: Bilingual,
    pub block: Vec<Block>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Block {
    pub id: String,
    #[serde(default)]
    pub caption: Option<String>,
    pub corner: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    #[serde(default)]
    pub groups: Vec<Row>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    pub id: String,
    pub label: Vec<String>,
    pub en: String,
    pub kind: ValueKind,
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub id: String,
    pub label: Vec<String>,
    pub en: String,
    #[serde(default)]
    pub aliases: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Identity {
    pub id: String,
    pub table: String,
    #[serde(default)]
    pub block: Option<String>,
    pub each: super::Each,
    pub relation: super::Relation,
    pub left: Vec<String>,
    pub right: Vec<String>,
    pub severity: super::Weight,
    pub source: Cite,
    pub says: Bilingual,
    #[serde(default)]
    pub exception: Option<Bilingual>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Crosswalk {
    pub from: String,
    pub map: Vec<Map>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Map {
    pub kind: super::Correspondence,
    pub old: Vec<String>,
    pub new: Vec<String>,
    pub note: Bilingual,
}
