//! The tables of two reports, cell by cell.

use std::borrow::Cow;

use nianbao_schema::form::{Cell, Correspondence, Form, Table};
use nianbao_schema::report::Report;
use nianbao_schema::value::{Value, ValueKind};
use nianbao_schema::{Bilingual, CellId};
use nianbao_text::label;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::jump::is_jump;
use crate::pairs::{Pair, mapping, pairs};

/// What one report has in the cells of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// A number, or the sum of several.
    Number(Decimal),
    /// The sum of the cells that hold numbers, while that many others are blank or not applicable.
    Partial {
        /// The sum.
        sum: Decimal,
        /// How many cells are open.
        open: usize,
    },
    /// Blank, all of it.
    Blank,
    /// Marked as not applicable.
    NotApplicable,
    /// Other words.
    Words(String),
    /// The form has the cell, but it was not found in the file.
    Unread,
    /// The form has no such cell.
    Absent,
}

impl Side {
    /// What a report has in cells that count together.
    pub fn of(report: &Report, cells: &[CellId]) -> Self {
        match cells {
            [] => Self::Absent,
            [one] => Self::one(report, *one),
            several => Self::sum(report, several),
        }
    }

    fn one(report: &Report, cell: CellId) -> Self {
        let Some(reading) = report.cell(cell) else { return Self::Unread };
        match &reading.value {
            Value::Number(n) => Self::Number(n.normalize()),
            Value::Blank => Self::Blank,
            Value::NotApplicable => Self::NotApplicable,
            Value::Text => Self::Words(reading.text.value.trim().to_owned()),
        }
    }

    fn sum(report: &Report, cells: &[CellId]) -> Self {
        let sides: Vec<Self> = cells.iter().map(|c| Self::one(report, *c)).collect();
        if sides.iter().all(|s| *s == Self::Unread) {
            // A file in the newer form that kept the one row of the older one says the sum itself.
            let group = group_of(report.form(), cells).map_or(Self::Unread, |c| Self::one(report, c));
            return group;
        }
        if let Some(first) = sides.iter().find(|s| matches!(s, Self::Unread | Self::Words(_))) {
            return first.clone();
        }
        let sum: Decimal = sides.iter().filter_map(Self::number).sum();
        match sides.iter().filter(|s| s.number().is_none()).count() {
            0 => Self::Number(sum.normalize()),
            open if open < sides.len() => Self::Partial { sum, open },
            _ if sides.contains(&Self::Blank) => Self::Blank,
            _ => Self::NotApplicable,
        }
    }

    /// The number, if it is one and nothing is missing from it.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }

    /// Whether there is something to see: not blank, not absent, not 0.
    pub fn says_something(&self) -> bool {
        match self {
            Self::Number(n) => !n.is_zero(),
            Self::Partial { sum, .. } => !sum.is_zero(),
            Self::Words(_) | Self::Unread => true,
            Self::Blank | Self::NotApplicable | Self::Absent => false,
        }
    }

    /// Whether it says nothing, in whatever way: 0, blank, not applicable.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Number(n) => n.is_zero(),
            Self::Blank | Self::NotApplicable => true,
            Self::Partial { .. } | Self::Words(_) | Self::Unread | Self::Absent => false,
        }
    }

    /// Whether two sides say the same. White space inside words does not count, for readers differ in it.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Words(a), Self::Words(b)) => label::normal(a) == label::normal(b),
            (a, b) => a == b,
        }
    }
}

/// The group row that has the sum of some cells, if the form has such a row: `applications.other.natural`.
fn group_of(form: &Form, cells: &[CellId]) -> Option<CellId> {
    let first = cells.first()?;
    let (group, _) = first.row().rsplit_once('.')?;
    let cell = CellId::parse(&format!("{}.{group}.{}", first.table(), first.column()))?;
    form.cell(cell).map(|_| cell)
}

/// A change in per cent of the old number, rounded to one decimal; `None` from 0 or below.
pub fn percent(old: Decimal, new: Decimal) -> Option<Decimal> {
    let change =
        (new - old).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(old).filter(|_| old > Decimal::ZERO)?;
    Some(change.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero).normalize())
}

/// The cells of a pair in two reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDiff {
    /// The cells.
    pub pair: Pair,
    /// What the older report has.
    pub old: Side,
    /// What the newer report has.
    pub new: Side,
    /// The label of the column.
    pub column: Bilingual,
    /// Whether the number changed more than chance explains, see [`is_jump`].
    pub jump: bool,
    /// Whether one amount is exactly 10,000 times the other, as if yuan had been taken for ten thousands of yuan.
    pub unit: bool,
    /// What a reader must know of how the cells correspond.
    pub note: Option<&'static Bilingual>,
}

impl CellDiff {
    /// Whether both forms have the cell.
    pub fn comparable(&self) -> bool {
        self.pair.kind != Correspondence::None
    }

    /// Whether the reports say different things. Cells without counterpart do not differ: there is nothing to compare.
    pub fn differs(&self) -> bool {
        self.comparable() && !self.old.same(&self.new)
    }

    /// Whether the reports only write nothing in different ways: 0, blank, not applicable.
    pub fn differs_in_writing(&self) -> bool {
        self.differs() && self.old.is_nothing() && self.new.is_nothing()
    }

    /// Whether a cell of the form was found in one report only.
    pub fn is_unread(&self) -> bool {
        self.differs() && (self.old == Side::Unread || self.new == Side::Unread)
    }

    /// New minus old, if both are numbers.
    pub fn change(&self) -> Option<Decimal> {
        Some((self.new.number()? - self.old.number()?).normalize())
    }

    /// The change in per cent of the old number.
    pub fn percent(&self) -> Option<Decimal> {
        percent(self.old.number()?, self.new.number()?)
    }

    /// The id that names the pair: the newer cell, or the older one where there is none; of a sum the cell of the older
    /// form, which is the sum.
    pub fn id(&self) -> CellId {
        let one = match self.pair.kind {
            Correspondence::Sum => self.pair.old.first(),
            _ => self.pair.new.first().or(self.pair.old.first()),
        };
        one.copied().unwrap_or_else(|| self.pair.new[0])
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What a clerk calls it.
    pub name: Bilingual,
    /// Its cells in the order of the form.
    pub cells: Vec<CellDiff>,
}

/// A table of two reports.
#[derive(Debug, Clone)]
pub struct TableDiff {
    /// The table in the newer form.
    pub table: &'static Table,
    /// Its rows in the order of the newer form, then those that only the older form has.
    pub rows: Vec<Row>,
    /// Whether it was found in the older report.
    pub in_old: bool,
    /// Whether it was found in the newer report.
    pub in_new: bool,
}

impl TableDiff {
    /// All cells in order.
    pub fn cells(&self) -> impl Iterator<Item = (&Row, &CellDiff)> {
        self.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)))
    }

    /// The cells that differ.
    pub fn changes(&self) -> impl Iterator<Item = (&Row, &CellDiff)> {
        self.cells().filter(|(_, c)| c.differs())
    }
}

/// All tables of two reports. `years` says whether the reports are of different years, so that a change is one in time.
pub(crate) fn tables(old: &Report, new: &Report, years: bool) -> Vec<TableDiff> {
    let (old_form, new_form) = (old.form(), new.form());
    let mut all = pairs(old.edition, new.edition);
    // Rows that only local variants fill take part where one of the reports fills them.
    for cell in new_form.cells().iter().filter(|c| !c.official) {
        let known = all.iter().any(|p| p.old.contains(&cell.id) || p.new.contains(&cell.id));
        let filled = old.cell(cell.id).is_some() || new.cell(cell.id).is_some();
        if !known && filled && old_form.cell(cell.id).is_some() {
            all.push(Pair { kind: Correspondence::Same, old: vec![cell.id], new: vec![cell.id] });
        }
    }
    new_form
        .tables
        .iter()
        .map(|table| {
            let mut rows: Vec<Row> = Vec::new();
            for pair in &all {
                let Some(cell) = shown_cell(pair, old_form, new_form).filter(|c| c.table.id == table.id)
                else {
                    continue;
                };
                let diff = cell_diff(pair.clone(), cell, old, new, years);
                let (row, _) = names(cell);
                match rows.iter_mut().find(|r| r.name == row) {
                    Some(found) => found.cells.push(diff),
                    None => rows.push(Row { name: row, cells: vec![diff] }),
                }
            }
            let found = |report: &Report| report.table(table.id).is_some();
            TableDiff { table, rows, in_old: found(old), in_new: found(new) }
        })
        .collect()
}

/// The cell whose labels a pair is shown under.
fn shown_cell(pair: &Pair, old: &'static Form, new: &'static Form) -> Option<&'static Cell> {
    let of_old = pair.old.first().and_then(|c| old.cell(*c));
    let of_new = pair.new.first().and_then(|c| new.cell(*c));
    if pair.kind == Correspondence::Sum { of_old.or(of_new) } else { of_new.or(of_old) }
}

fn cell_diff(pair: Pair, cell: &Cell, old: &Report, new: &Report, years: bool) -> CellDiff {
    let (in_old, in_new) = (Side::of(old, &pair.old), Side::of(new, &pair.new));
    let count = |side: &Side| side.number().and_then(|n| u64::try_from(n).ok().filter(|_| n.is_integer()));
    let checked = years && cell.column.kind == ValueKind::Count && pair.kind != Correspondence::Renamed;
    let jump = match (count(&in_old), count(&in_new)) {
        (Some(a), Some(b)) if checked => is_jump(a, b),
        _ => false,
    };
    let unit = cell.column.unit.as_deref() == Some("万元")
        && match (in_old.number(), in_new.number()) {
            (Some(a), Some(b)) if !a.is_zero() => {
                let times = Decimal::from(10_000);
                a.checked_mul(times) == Some(b) || b.checked_mul(times) == Some(a)
            }
            _ => false,
        };
    let note = mapping(&pair, old.edition, new.edition).map(|m| &m.note);
    let (_, column) = names(cell);
    CellDiff { pair, old: in_old, new: in_new, column, jump, unit, note }
}

/// Row and column of a cell in the words of the form. The one row of the table of reviews has no label: its groups are
/// the rows.
pub(crate) fn names(cell: &Cell) -> (Bilingual, Bilingual) {
    if !cell.row.name.zh.is_empty() {
        // Within its table the last label says enough, unless it says as little as “其他”.
        let column = &cell.column.name;
        let leaf = cell.column.leaf();
        let zh = if leaf == "其他" { column.zh.clone() } else { leaf.to_owned() };
        return (cell.row.name.clone(), Bilingual { zh, en: column.en.clone() });
    }
    let split = |name: &str, marks: &[&str]| -> (String, String) {
        let cut = marks.iter().find_map(|m| name.rsplit_once(m));
        cut.map_or((String::new(), name.to_owned()), |(a, b)| (a.to_owned(), b.to_owned()))
    };
    let (row_zh, column_zh) = split(&cell.column.name.zh, &["·"]);
    let (row_en, column_en) = split(&cell.column.name.en, &[": ", "·", ", "]);
    (Bilingual { zh: row_zh, en: row_en }, Bilingual { zh: column_zh, en: column_en })
}

impl CellDiff {
    /// The name of the pair for people, with the row that it stands in: `表三“（一）予以公开 × 自然人”`.
    pub fn name(&self, table: &Table, row: &Row, language: nianbao_schema::Language) -> String {
        use nianbao_schema::Language;
        let (row, column) = (row.name.get(language), self.column.get(language));
        let table = table.name.get(language);
        let between: Cow<'_, str> = if row.is_empty() { "".into() } else { " × ".into() };
        match language {
            Language::Zh => format!("{table}“{row}{between}{column}”"),
            Language::En => format!("{table} \"{row}{between}{column}\""),
        }
    }
}
