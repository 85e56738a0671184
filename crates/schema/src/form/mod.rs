//! The official forms as data: `schemas/editions/*.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::source::Cite;
use crate::value::ValueKind;
use crate::{Bilingual, CellId, Edition, Language};

mod load;
mod raw;
#[cfg(test)]
mod tests;

pub(crate) use load::cell_names;

/// How an identity repeats over its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Each {
    /// Once for every column; its sides name rows.
    Column,
    /// Once for every row; its sides name columns.
    Row,
    /// Once; its sides name cells.
    Table,
}

/// What an identity says of its two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Left equals right.
    Equal,
    /// Left is at least right.
    AtLeast,
}

/// How bad it is when an identity fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// It can never legitimately fail.
    Error,
    /// It may fail for a reason that the report does not show.
    Warning,
}

/// How cells of an older form correspond to cells of a newer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Correspondence {
    /// The same quantity, perhaps counted in another scope.
    Same,
    /// One old cell is the sum of several new ones.
    Sum,
    /// Renamed: shown side by side, never checked.
    Renamed,
    /// No counterpart.
    None,
}

/// One of the six sections.
#[derive(Debug)]
pub struct Section {
    /// 1 to 6.
    pub number: u8,
    /// Its id, e.g. `overview`.
    pub id: String,
    /// The official heading with its number, e.g. `一、总体情况`.
    pub heading: String,
    /// Other headings, without number, that are just as right.
    pub aliases: Vec<String>,
    /// Sets of words; a short numbered line that holds all words of a set is a variant of the heading.
    pub keywords: Vec<Vec<String>>,
    /// Id of the table that stands in it.
    pub table: Option<String>,
}

/// One of the five parts of section one.
#[derive(Debug)]
pub struct Part {
    /// 1 to 5.
    pub number: u8,
    /// Its id, e.g. `platform`.
    pub id: String,
    /// The official words, without number.
    pub heading: String,
    /// Other headings that are just as right.
    pub aliases: Vec<String>,
    /// Words of which at least one shows that the part is on its topic.
    pub topics: Vec<String>,
}

/// One of the three tables.
#[derive(Debug)]
pub struct Table {
    /// `disclosure`, `applications` or `review`.
    pub id: &'static str,
    /// The section it stands in.
    pub section: u8,
    /// What clerks call it: 表二, 表三, 表四.
    pub name: Bilingual,
    /// What it is about.
    pub title: Bilingual,
    /// Its blocks, each with its own header.
    pub blocks: Vec<Block>,
}

/// A part of a table under one header.
#[derive(Debug)]
pub struct Block {
    /// Its id, equal across editions for what corresponds.
    pub id: String,
    /// The row above its header, e.g. `第二十条第（一）项`.
    pub caption: Option<String>,
    /// Words that the corner of the header may hold.
    pub corner: Vec<String>,
    /// Columns that hold values.
    pub columns: Vec<Column>,
    /// Rows that hold values.
    pub rows: Vec<Row>,
    /// Rows without value cells, which local variants fill with sums.
    pub groups: Vec<Row>,
}

/// A column of a block.
#[derive(Debug)]
pub struct Column {
    /// Its id; for the table of reviews it carries the row part of the cell id too (`reconsideration.upheld`).
    pub id: String,
    /// Header path from top to bottom.
    pub label: Vec<String>,
    /// What a clerk calls it: the header path below what all columns of the block share
    /// (`自然人`, `法人或其他组织·其他`, `行政诉讼·复议后起诉·总计`).
    pub name: Bilingual,
    /// What its cells may hold.
    pub kind: ValueKind,
    /// Official unit, if the header names one.
    pub unit: Option<String>,
    /// Other right spellings of the last label.
    pub aliases: Vec<String>,
}

impl Column {
    /// The label right above the cells.
    pub fn leaf(&self) -> &str {
        self.label.last().map_or("", String::as_str)
    }
}

/// A row of a block.
#[derive(Debug)]
pub struct Row {
    /// Its id; empty in the table of reviews, whose only row has no label.
    pub id: String,
    /// Label path from left to right.
    pub label: Vec<String>,
    /// What a clerk calls it: its leaf, after its group where it is an item of one (`（三）不予公开·1.属于国家秘密`).
    pub name: Bilingual,
    /// Other right spellings of the last label.
    pub aliases: Vec<String>,
}

impl Row {
    /// The label right before the cells; empty if the row has none.
    pub fn leaf(&self) -> &str {
        self.label.last().map_or("", String::as_str)
    }
}

/// A cell of a form.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// Its id.
    pub id: CellId,
    /// The table.
    pub table: &'static Table,
    /// The block of the table.
    pub block: &'static Block,
    /// The row of the block.
    pub row: &'static Row,
    /// The column of the block.
    pub column: &'static Column,
    /// Whether the official form has it; `false` for the cells of group rows, which only local variants fill.
    pub official: bool,
}

impl Cell {
    /// What a clerk calls it: `表三“（一）予以公开 × 自然人”`.
    pub fn name(&self, language: Language) -> String {
        let (row, column) = (self.row.name.get(language), self.column.name.get(language));
        let between = if row.is_empty() { "" } else { " × " };
        match language {
            Language::Zh => format!("{}“{row}{between}{column}”", self.table.name.zh),
            Language::En => format!("{} \"{row}{between}{column}\"", self.table.name.en),
        }
    }
}

/// An official equation between cells, for one column, row or group.
#[derive(Debug)]
pub struct Identity {
    /// The family that it belongs to, e.g. `applications.balance`; rules go by families.
    pub family: String,
    /// The column, row or group it is about: the part that all its cells share; empty for a table-wide one.
    pub at: String,
    /// The table.
    pub table: &'static str,
    /// Equal or at least.
    pub relation: Relation,
    /// Cells added on the left.
    pub left: Vec<CellId>,
    /// Cells added on the right; empty means 0.
    pub right: Vec<CellId>,
    /// How bad a failure is.
    pub weight: Weight,
    /// Where it is laid down.
    pub source: Cite,
    /// It in words.
    pub says: Bilingual,
    /// When it may legitimately fail.
    pub exception: Option<Bilingual>,
}

impl Identity {
    /// All its cells, left side first.
    pub fn cells(&self) -> impl Iterator<Item = CellId> + '_ {
        self.left.iter().chain(&self.right).copied()
    }
}

/// One line of a crosswalk between two forms.
#[derive(Debug)]
pub struct Mapping {
    /// How they correspond.
    pub kind: Correspondence,
    /// Cells of the older form.
    pub old: Vec<CellId>,
    /// Cells of the newer form.
    pub new: Vec<CellId>,
    /// A remark for readers of a comparison.
    pub note: Bilingual,
}

/// An official form.
#[derive(Debug)]
pub struct Form {
    /// Which one.
    pub edition: Edition,
    /// Its id, e.g. `2021`.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// The notice that prescribes it.
    pub source: Cite,
    /// First report year.
    pub first_year: u16,
    /// Last report year; `None` if still in force.
    pub last_year: Option<u16>,
    /// Report years for which the form was only encouraged: findings on shape drop one level.
    pub encouraged_years: Vec<u16>,
    /// Labels that only this form has, in normal form.
    pub markers: Vec<String>,
    /// The six sections.
    pub sections: Vec<Section>,
    /// The five parts of section one.
    pub parts: Vec<Part>,
    /// The three tables.
    pub tables: &'static [Table],
    /// Crosswalk from the form before, empty for the oldest.
    pub crosswalk: Vec<Mapping>,
    cells: Vec<Cell>,
    by_index: Vec<Option<u16>>,
    identities: Vec<Identity>,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| Edition::ALL.iter().map(|e| load::load(*e)).collect());

impl Form {
    /// The form of an edition.
    pub fn of(edition: Edition) -> &'static Self {
        &FORMS[edition as usize]
    }

    /// The form in force for a report year; `None` before 2019.
    pub fn for_year(year: u16) -> Option<&'static Self> {
        FORMS.iter().find(|f| f.covers(year))
    }

    /// All forms, oldest first.
    pub fn all() -> &'static [Self] {
        &FORMS
    }

    /// Whether it is the form in force for a report year.
    pub fn covers(&self, year: u16) -> bool {
        year >= self.first_year && self.last_year.is_none_or(|last| year <= last)
    }

    /// The cells in the order of the form: first the official ones, then those of group rows.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The official cells.
    pub fn official_cells(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|c| c.official)
    }

    /// A cell of this form; `None` if the form does not have it.
    pub fn cell(&self, id: CellId) -> Option<&Cell> {
        self.by_index.get(id.index()).copied().flatten().map(|i| &self.cells[usize::from(i)])
    }

    /// A table of the form.
    pub fn table(&self, id: &str) -> Option<&'static Table> {
        self.tables.iter().find(|t| t.id == id)
    }

    /// All identities.
    pub fn identities(&self) -> &[Identity] {
        &self.identities
    }

    /// The identities of a family, e.g. `applications.balance`.
    pub fn family<'a>(&'a self, family: &'a str) -> impl Iterator<Item = &'a Identity> {
        self.identities.iter().filter(move |i| i.family == family)
    }
}

impl Edition {
    /// The form.
    pub fn form(self) -> &'static Form {
        Form::of(self)
    }

    /// The id: `2019`, `2021`.
    pub fn id(self) -> &'static str {
        &self.form().id
    }
}
