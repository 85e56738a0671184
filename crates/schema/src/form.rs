//! The official forms as data: `schemas/editions/*.toml`.

use std::sync::LazyLock;

use nianbao_text::label;
use serde::Deserialize;

use crate::source::Cite;
use crate::value::ValueKind;
use crate::{Bilingual, CellId, Edition, Language};

/// The TOML shapes. Kept apart from [`Form`], which has everything resolved and checked.
mod raw {
    use super::{Bilingual, Deserialize, ValueKind};
    use std::sync::LazyLock;

    static ALL: LazyLock<Vec<Edition>> = LazyLock::new(|| {
        crate::Edition::ALL.iter().map(|e| crate::embedded("edition", e.source())).collect()
    });

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
}

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

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| Edition::ALL.iter().map(|e| load(*e)).collect());

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

fn cell_name(table: &str, row: &str, column: &str) -> String {
    [table, row, column].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(".")
}

/// The names of the cells of an edition, official ones and those of group rows, table by table. Works on the raw data,
/// because the registry of ids is built from it before any [`Form`] exists.
pub(crate) fn cell_names(edition: Edition) -> Vec<String> {
    let raw = raw::of(edition);
    let mut names = Vec::new();
    for groups in [false, true] {
        for table in &raw.table {
            for block in &table.block {
                for row in if groups { &block.groups } else { &block.rows } {
                    names.extend(block.columns.iter().map(|c| cell_name(&table.id, &row.id, &c.id)));
                }
            }
        }
    }
    names
}

/// Leaks a value: forms live as long as the program, and everything points into them.
fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn cite(raw: raw::Cite) -> Cite {
    Cite { document: keep(raw.document), clause: keep(raw.clause) }
}

fn load(edition: Edition) -> Form {
    let raw = raw::of(edition).clone();
    let tables: &'static [Table] = keep(raw.table.into_iter().map(table).collect::<Vec<_>>());
    let cells = cells(tables);
    let mut by_index = vec![None; CellId::count()];
    for (i, cell) in cells.iter().enumerate() {
        by_index[cell.id.index()] = Some(i as u16);
    }
    let identities = raw.identity.into_iter().flat_map(|i| expand(i, tables)).collect();
    let crosswalk = raw.crosswalk.map_or_else(Vec::new, |c| {
        let from = Edition::ALL.iter().find(|e| raw::of(**e).id == c.from);
        let from =
            from.unwrap_or_else(|| panic!("edition {}: crosswalk from unknown edition {}", raw.id, c.from));
        let (old, new) = (cell_names(*from), cell_names(edition));
        let mapping = |m: raw::Map| Mapping {
            kind: m.kind,
            old: m.old.iter().flat_map(|p| matching(p, &old)).collect(),
            new: m.new.iter().flat_map(|p| matching(p, &new)).collect(),
            note: m.note,
        };
        c.map.into_iter().map(mapping).collect()
    });
    Form {
        edition,
        id: raw.id,
        name: raw.name,
        source: cite(raw.source),
        first_year: raw.first_year,
        last_year: raw.last_year,
        encouraged_years: raw.encouraged_years,
        markers: raw.markers.iter().map(|m| label::normal(m)).collect(),
        sections: raw
            .section
            .into_iter()
            .map(|s| Section {
                number: s.number,
                id: s.id,
                heading: s.heading,
                aliases: s.aliases,
                keywords: s.keywords,
                table: s.table,
            })
            .collect(),
        parts: raw
            .part
            .into_iter()
            .map(|p| Part {
                number: p.number,
                id: p.id,
                heading: p.heading,
                aliases: p.aliases,
                topics: p.topics,
            })
            .collect(),
        tables,
        crosswalk,
        cells,
        by_index,
        identities,
    }
}

/// The cells that a name or a pattern `prefix.*` stands for. Panics on a name that the edition does not have, which a
/// unit test rules out.
fn matching(pattern: &str, names: &[String]) -> Vec<CellId> {
    let wanted: Vec<&String> = match pattern.strip_suffix(".*") {
        // `applications.other.*` means the cells of that row, not those of rows below it.
        Some(row) => names.iter().filter(|n| n.rsplit_once('.').is_some_and(|(r, _)| r == row)).collect(),
        None => names.iter().filter(|n| *n == pattern).collect(),
    };
    assert!(!wanted.is_empty(), "no cell is named {pattern}");
    wanted.into_iter().filter_map(|n| CellId::parse(n)).collect()
}

fn table(raw: raw::Table) -> Table {
    Table {
        id: keep(raw.id),
        section: raw.section,
        name: raw.name,
        title: raw.title,
        blocks: raw.block.into_iter().map(block).collect(),
    }
}

fn block(raw: raw::Block) -> Block {
    let first = raw.columns.first().map(|c| c.label.clone()).unwrap_or_default();
    let shared_by_all = |depth: &usize| {
        let same = |c: &raw::Column| c.label.len() > depth + 1 && c.label[*depth] == first[*depth];
        first.len() > depth + 1 && raw.columns.iter().all(same)
    };
    let shared = (0..first.len()).take_while(shared_by_all).count();
    Block {
        id: raw.id,
        caption: raw.caption,
        corner: raw.corner,
        columns: raw
            .columns
            .into_iter()
            .map(|c| Column {
                name: Bilingual { zh: c.label[shared..].join("·"), en: c.en },
                id: c.id,
                label: c.label,
                kind: c.kind,
                unit: c.unit,
                aliases: c.aliases,
            })
            .collect(),
        rows: raw.rows.into_iter().map(row).collect(),
        groups: raw.groups.into_iter().map(row).collect(),
    }
}

fn row(raw: raw::Row) -> Row {
    let from = if raw.label.len() > 2 { 1 } else { raw.label.len().saturating_sub(1) };
    let name = Bilingual { zh: raw.label[from..].join("·"), en: raw.en };
    Row { id: raw.id, label: raw.label, name, aliases: raw.aliases }
}

fn cells(tables: &'static [Table]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for official in [true, false] {
        for table in tables {
            for block in &table.blocks {
                for row in if official { &block.rows } else { &block.groups } {
                    for column in &block.columns {
                        let name = cell_name(table.id, &row.id, &column.id);
                        let id =
                            CellId::parse(&name).unwrap_or_else(|| panic!("cell {name} is not registered"));
                        cells.push(Cell { id, table, block, row, column, official });
                    }
                }
            }
        }
    }
    cells
}

fn expand(raw: raw::Identity, tables: &'static [Table]) -> Vec<Identity> {
    let table = tables.iter().find(|t| t.id == raw.table);
    let table = table.unwrap_or_else(|| panic!("identity {}: unknown table {}", raw.id, raw.table));
    let cell = |row: &str, column: &str| {
        let name = cell_name(table.id, row, column);
        CellId::parse(&name).unwrap_or_else(|| panic!("identity {}: unknown cell {name}", raw.id))
    };
    let blocks = table.blocks.iter().filter(|b| raw.block.as_ref().is_none_or(|id| *id == b.id));
    let mut places: Vec<String> = Vec::new();
    for block in blocks {
        match raw.each {
            Each::Column => places.extend(block.columns.iter().map(|c| c.id.clone())),
            Each::Row => {
                let groups = if raw.block.is_none() { &block.groups[..] } else { &[] };
                places.extend(block.rows.iter().chain(groups).map(|r| r.id.clone()));
            }
            Each::Table => {}
        }
    }
    if raw.each == Each::Table {
        places.push(
            raw.left.first().and_then(|c| c.rsplit_once('.')).map_or_else(String::new, |(g, _)| g.to_owned()),
        );
    }
    let source = cite(raw.source);
    let side = |names: &[String], place: &str| -> Vec<CellId> {
        let one = |name: &String| match raw.each {
            Each::Column => cell(name, place),
            Each::Row => cell(place, name),
            Each::Table => cell(name, ""),
        };
        names.iter().map(one).collect()
    };
    places
        .into_iter()
        .map(|place| Identity {
            family: raw.id.clone(),
            left: side(&raw.left, &place),
            right: side(&raw.right, &place),
            at: place,
            table: table.id,
            relation: raw.relation,
            weight: raw.severity,
            source,
            says: raw.says.clone(),
            exception: raw.exception.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn both_forms_have_their_cells() {
        let counts = |edition: Edition| -> Vec<usize> {
            let form = edition.form();
            form.tables.iter().map(|t| form.official_cells().filter(|c| c.table.id == t.id).count()).collect()
        };
        assert_eq!(counts(Edition::E2019), [22, 161, 15]);
        assert_eq!(counts(Edition::E2021), [10, 175, 15]);
    }

    #[test]
    fn six_sections_and_five_parts_in_order() {
        for form in Form::all() {
            assert_eq!(form.sections.iter().map(|s| s.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
            assert_eq!(form.parts.iter().map(|p| p.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
            for table in form.tables {
                let section = &form.sections[usize::from(table.section) - 1];
                assert_eq!(section.table.as_deref(), Some(table.id));
            }
        }
    }

    #[test]
    fn every_identity_refers_to_cells_of_its_own_form() {
        for form in Form::all() {
            assert!(!form.identities().is_empty());
            for identity in form.identities() {
                for cell in identity.cells() {
                    assert!(form.cell(cell).is_some(), "{} of {} names {cell}", identity.family, form.id);
                    assert_eq!(cell.table(), identity.table);
                }
                assert!(identity.source.resolve().is_some(), "{}: source does not exist", identity.family);
            }
            let instances = |family| form.family(family).count();
            assert_eq!(instances("applications.balance"), 7);
            assert_eq!(instances("applications.results"), 7);
            let rows = form.table("applications").unwrap().blocks[0].rows.len();
            let groups = form.table("applications").unwrap().blocks[0].groups.len();
            assert_eq!(instances("applications.row"), rows + groups);
        }
    }

    #[test]
    fn the_results_identity_covers_every_leaf_row() {
        for form in Form::all() {
            let block = &form.table("applications").unwrap().blocks[0];
            let results = form.family("applications.results").next().unwrap();
            // All rows but received, carried in, total and carried out.
            assert_eq!(results.left.len(), block.rows.len() - 4);
            assert_eq!(results.left.iter().collect::<BTreeSet<_>>().len(), results.left.len());
        }
    }

    #[test]
    fn every_label_and_alias_is_unambiguous() {
        for form in Form::all() {
            let mut headings: BTreeMap<String, u8> = BTreeMap::new();
            for section in &form.sections {
                let words = std::iter::once(label::parts(&section.heading).words)
                    .chain(section.aliases.iter().map(|a| label::parts(a).words));
                for heading in words {
                    assert!(
                        headings.insert(heading.clone(), section.number).is_none(),
                        "heading {heading} twice"
                    );
                }
            }
            let mut parts: BTreeMap<String, u8> = BTreeMap::new();
            for part in &form.parts {
                for heading in std::iter::once(&part.heading).chain(&part.aliases) {
                    assert!(
                        parts.insert(label::normal(heading), part.number).is_none(),
                        "part {heading} twice"
                    );
                }
            }
            for table in form.tables {
                let mut rows: BTreeMap<String, String> = BTreeMap::new();
                for block in &table.blocks {
                    for row in block.rows.iter().chain(&block.groups) {
                        let leaf = std::iter::once(row.leaf()).chain(row.aliases.iter().map(String::as_str));
                        for spelling in leaf.filter(|l| !l.is_empty()) {
                            let words = label::parts(spelling).words;
                            let before = rows.insert(words.clone(), row.id.clone());
                            assert!(before.is_none(), "row {words} twice in {}", table.id);
                        }
                    }
                    let paths: BTreeSet<_> = block.columns.iter().map(|c| &c.label).collect();
                    assert_eq!(
                        paths.len(),
                        block.columns.len(),
                        "a column path occurs twice in {}",
                        block.id
                    );
                }
            }
        }
    }

    #[test]
    fn every_form_cites_a_source_and_years_do_not_overlap() {
        for form in Form::all() {
            assert!(form.source.resolve().is_some());
        }
        for year in 2019..=2030 {
            assert_eq!(Form::all().iter().filter(|f| f.covers(year)).count(), 1, "{year}");
        }
        assert!(Form::for_year(2018).is_none());
        assert_eq!(Form::for_year(2020).unwrap().edition, Edition::E2019);
        assert_eq!(Form::for_year(2021).unwrap().edition, Edition::E2021);
    }

    #[test]
    fn no_marker_stands_in_another_form() {
        let labels = |form: &Form| -> BTreeSet<String> {
            let mut all = BTreeSet::new();
            for block in form.tables.iter().flat_map(|t| &t.blocks) {
                let columns = block.columns.iter().flat_map(|c| &c.label);
                let rows = block.rows.iter().flat_map(|r| &r.label);
                all.extend(columns.chain(rows).chain(&block.caption).map(|l| label::normal(l)));
            }
            all
        };
        for form in Form::all() {
            let own = labels(form);
            for marker in &form.markers {
                assert!(own.contains(marker), "{marker} is no label of {}", form.id);
                for other in Form::all().iter().filter(|f| f.edition != form.edition) {
                    assert!(!labels(other).contains(marker), "{marker} stands in {} too", other.id);
                }
            }
        }
    }

    #[test]
    fn the_crosswalk_accounts_for_every_cell() {
        let (old, new) = (Edition::E2019.form(), Edition::E2021.form());
        let named = |side: fn(&Mapping) -> &Vec<CellId>| -> BTreeSet<CellId> {
            new.crosswalk.iter().flat_map(side).copied().collect()
        };
        let (named_old, named_new) = (named(|m| &m.old), named(|m| &m.new));
        for cell in old.official_cells() {
            let same = new.cell(cell.id).is_some_and(|c| c.official);
            assert!(same || named_old.contains(&cell.id), "{} has neither counterpart nor entry", cell.id);
        }
        for cell in new.official_cells() {
            let same = old.cell(cell.id).is_some_and(|c| c.official);
            assert!(same || named_new.contains(&cell.id), "{} has neither counterpart nor entry", cell.id);
        }
        let equal_in = |table: &str| {
            let both = |c: &&Cell| c.table.id == table && new.cell(c.id).is_some_and(|n| n.official);
            old.official_cells().filter(both).count()
        };
        assert_eq!(equal_in("applications"), 154);
        assert_eq!(equal_in("review"), 15);
    }

    #[test]
    fn cells_have_names_that_a_clerk_knows() {
        let name =
            |id: &str| Edition::E2021.form().cell(CellId::parse(id).unwrap()).unwrap().name(Language::Zh);
        assert_eq!(name("applications.granted.natural"), "表三“（一）予以公开 × 自然人”");
        assert_eq!(
            name("applications.denied.state_secret.other"),
            "表三“（三）不予公开·1.属于国家秘密 × 法人或其他组织·其他”"
        );
        assert_eq!(name("review.reconsideration.upheld"), "表四“行政复议·结果维持”");
        assert_eq!(name("review.litigation_direct.total"), "表四“行政诉讼·未经复议直接起诉·总计”");
        assert_eq!(name("disclosure.licensing.decisions"), "表二“行政许可 × 本年处理决定数量”");
    }
}
