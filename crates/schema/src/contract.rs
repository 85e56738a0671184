//! The JSON form of a report: what `nianbao extract` writes, one object a file.

use std::borrow::Cow;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::{Map, Number};

use crate::document::{self, Location};
use crate::report::{Report, Role, Unplaced, UnplacedReason};
use crate::value::{Reading, Value};

pub use claims::{ExtractedBinding, ExtractedClaim, ExtractedScope};
pub use document_view::{
    DocumentFile, ExtractedBlock, ExtractedCell, ExtractedDocument, ExtractedMetadata, ExtractedRow,
};
pub use evidence::{
    EditionEvidence, ExtractedEvidence, LabelCount, OrganEvidence, WordEvidence, YearStatement,
};

mod claims;
mod document_view;
mod evidence;
pub mod read_back;

/// Version of this contract; it grows when a field changes its meaning or goes away.
pub const VERSION: u32 = 1;

/// One file: what was read of it, or why it could not be read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "extract", deny_unknown_fields)]
pub struct ExtractedFile {
    /// The path as given on the command line.
    pub path: String,
    /// The report, if the file could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<ExtractedReport>,
    /// Why the file could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<FileError>,
}

/// Why a file could not be read.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FileError {
    /// A stable word, e.g. `not-found`, `empty`, `unsupported`, `damaged`, `too-large`.
    pub kind: String,
    /// The reason, for a person.
    pub message: String,
}

/// A report as understood.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedReport {
    /// Version of this contract.
    pub schema_version: u32,
    /// The official form that the tables follow: `2019` or `2021`.
    pub edition: String,
    /// The report year (数据年度).
    pub year: Option<u16>,
    /// Name of the organ, as in the title.
    pub organ: Option<String>,
    /// Kind of the organ: `ministry`, `government`, `office`, `department`, `township`, `subdistrict`, `zone`.
    pub organ_kind: Option<String>,
    /// Level of the organ: `national`, `province`, `city`, `county`, `township`.
    pub organ_level: Option<String>,
    /// The title, joined if it was broken over lines.
    pub title: Option<String>,
    /// Where organ, kind, level, year and edition were read, or how they were inferred.
    pub evidence: ExtractedEvidence,
    /// The prose between the title and the first section, paragraphs separated by line breaks.
    pub preamble: String,
    /// The sections found, in the order of the file.
    pub sections: Vec<ExtractedSection>,
    /// The tables by the parts of the cell ids: `tables.applications.granted.natural`.
    pub tables: CellTree,
    /// Ids of the cells that are `null` because they hold a mark for “does not apply” (`/`, `—`, 无); all others are blank.
    pub not_applicable: Vec<String>,
    /// Official rows that were found but not read, or not wholly.
    pub unplaced: Vec<ExtractedUnplaced>,
    /// The numbers of the prose and what they say, in the order of the file.
    pub claims: Vec<ExtractedClaim>,
    /// What was not placed, and what the reader had to leave out.
    pub notes: Vec<ExtractedNote>,
}

/// A section of the report.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedSection {
    /// 1 to 6 by the form.
    pub number: u8,
    /// The heading as printed.
    pub heading: String,
    /// The prose below it, paragraphs separated by line breaks; tables are not in it.
    pub text: String,
    /// How many pictures stand below it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub images: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if passes a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// An official row whose cells could not be read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedUnplaced {
    /// `disclosure`, `applications` or `review`.
    pub table: String,
    /// Id of the row: the middle of the ids of its cells.
    pub row: String,
    /// `cell-count`, `header`, `other-form`, `twice`, `contradicted`, `glued`, `wrapped`, `scattered`, `lost`.
    pub reason: String,
    /// Cells that were seen behind the label, where their number is the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<usize>,
    /// Cells that the form has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<usize>,
}

/// A remark of the reader or of recognition.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedNote {
    /// A stable word for the kind of note.
    pub kind: String,
    /// What happened, for a person.
    pub message: String,
    /// Line of the file, if it has lines and the note a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Where it is, if it has a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// Cells nested by the parts of their ids. A cell that was not found is absent; a blank one and one marked as not
/// applicable are `null`; other words are a string.
#[derive(Debug)]
pub enum CellTree {
    /// A number.
    Number(Decimal),
    /// Blank or not applicable.
    Null,
    /// Words that are no number.
    Words(String),
    /// Further parts.
    Node(Vec<(String, CellTree)>),
}

impl CellTree {
    fn insert(&mut self, path: &[&str], leaf: Self) {
        let (Self::Node(children), Some((first, rest))) = (self, path.split_first()) else { return };
        let at = children.iter().position(|(name, _)| name == first).unwrap_or_else(|| {
            children.push(((*first).to_owned(), Self::Node(Vec::new())));
            children.len() - 1
        });
        if rest.is_empty() {
            children[at].1 = leaf;
        } else {
            children[at].1.insert(rest, leaf);
        }
    }

    /// As a JSON value.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Number(n) => json_number(*n),
            Self::Null => serde_json::Value::Null,
            Self::Words(words) => serde_json::Value::String(words.clone()),
            Self::Node(children) => {
                let map: Map<_, _> =
                    children.iter().map(|(name, child)| (name.clone(), child.to_json())).collect();
                serde_json::Value::Object(map)
            }
        }
    }
}

/// A decimal as a JSON number. At most fifteen digits are read from a cell, which floating point keeps exactly.
pub fn json_number(n: Decimal) -> serde_json::Value {
    let n = n.normalize();
    if n.scale() == 0
        && let Ok(integer) = i64::try_from(n)
    {
        return integer.into();
    }
    let float = n.to_string().parse::<f64>().ok().and_then(Number::from_f64);
    float.map_or(serde_json::Value::Null, serde_json::Value::Number)
}

impl Serialize for CellTree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl JsonSchema for CellTree {
    fn schema_name() -> Cow<'static, str> {
        "CellTree".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let child = generator.subschema_for::<Self>();
        json_schema!({
            "description": "Cells nested by the parts of their ids: a number; null for blank or not applicable; a string for other words.",
            "type": ["number", "null", "string", "object"],
            "additionalProperties": child,
        })
    }
}

impl From<&Reading> for CellTree {
    fn from(reading: &Reading) -> Self {
        match &reading.value {
            Value::Number(n) => Self::Number(*n),
            Value::Blank | Value::NotApplicable => Self::Null,
            Value::Text => Self::Words(reading.text.value.clone()),
        }
    }
}

fn unplaced(table: &str, row: &Unplaced) -> ExtractedUnplaced {
    let (seen, expected) = match row.reason {
        UnplacedReason::CellCount { seen, expected } => (Some(seen), Some(expected)),
        _ => (None, None),
    };
    ExtractedUnplaced {
        table: table.to_owned(),
        row: row.row.to_owned(),
        reason: row.reason.id().to_owned(),
        seen,
        expected,
    }
}

impl From<&document::Note> for ExtractedNote {
    fn from(note: &document::Note) -> Self {
        let line = note.location.map(|l| l.line).filter(|l| *l > 0);
        Self { kind: note.kind.to_string(), message: note.message.clone(), line, location: note.location }
    }
}

impl From<&Report> for ExtractedReport {
    fn from(report: &Report) -> Self {
        let mut tables = CellTree::Node(Vec::new());
        for (id, reading) in report.cells() {
            tables.insert(&id.as_str().split('.').collect::<Vec<_>>(), reading.into());
        }
        let sections = report.sections.iter().map(|section| {
            let lines = report.lines[section.body.clone()].iter();
            let text: Vec<&str> = lines
                .filter(|l| !matches!(l.role, Role::Heading | Role::TableText))
                .map(|l| l.text.value.trim())
                .collect();
            ExtractedSection {
                number: section.number,
                heading: report.lines[section.heading].text.value.trim().to_owned(),
                text: text.join("\n"),
                images: section.images,
            }
        });
        let preamble: Vec<&str> = report
            .lines
            .iter()
            .filter(|l| l.role == Role::Preamble && l.section == 0)
            .map(|l| l.text.value.trim())
            .collect();
        let not_applicable = report.cells().filter(|(_, r)| r.value == Value::NotApplicable);
        let tables_found =
            report.form().tables.iter().filter_map(|t| report.table(t.id).map(|found| (t, found)));
        let unplaced = tables_found.flat_map(|(table, found)| {
            // In the order of the form, each row once: the first reason is the one that counts.
            let rows = table.blocks.iter().flat_map(|b| b.rows.iter().chain(&b.groups));
            rows.filter_map(|r| found.unplaced.iter().find(|u| u.row == r.id)).map(|u| unplaced(table.id, u))
        });
        let organ = report.organ.as_ref();
        Self {
            schema_version: VERSION,
            edition: report.edition.id().to_owned(),
            year: report.year,
            organ: organ.map(|o| o.name.clone()),
            organ_kind: organ.and_then(|o| o.kind).map(|k| k.id().to_owned()),
            organ_level: organ.and_then(|o| o.level).map(|l| l.id().to_owned()),
            title: report.title.as_ref().map(|t| t.text.clone()),
            evidence: ExtractedEvidence::from(report),
            preamble: preamble.join("\n"),
            sections: sections.collect(),
            tables,
            not_applicable: not_applicable.map(|(id, _)| id.as_str().to_owned()).collect(),
            unplaced: unplaced.collect(),
            claims: claims::all(report),
            notes: report.notes.iter().map(Into::into).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for (text, json) in [
            ("0", "0"),
            ("12", "12"),
            ("12.50", "12.5"),
            ("0.04", "0.04"),
            ("123456789012.345", "123456789012.345"),
        ] {
            assert_eq!(json_number(text.parse().unwrap()).to_string(), json);
        }
    }

    #[test]
    fn groups_and_their_items_nest() {
        let mut tree = CellTree::Node(Vec::new());
        tree.insert(&["a", "b", "x"], CellTree::Null);
        tree.insert(&["a", "b", "c", "x"], CellTree::Number(1.into()));
        assert_eq!(tree.to_json().to_string(), r#"{"a":{"b":{"x":null,"c":{"x":1}}}}"#);
    }
}
