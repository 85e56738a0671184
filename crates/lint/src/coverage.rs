//! What no rule could reach: official cells that were not found or not read, and numbers of the prose that are bound to
//! nothing. A report without findings is as good as what was looked at.

use std::ops::Range;

use nianbao_schema::CellId;
use nianbao_schema::claim::{Binding, Claim, Unbound};
use nianbao_schema::report::Report;
use nianbao_schema::value::Value;

use crate::finding::Say;
use crate::say;

/// What no rule could reach.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many cells the form has.
    pub official_cells: usize,
    /// Official cells without a number that a rule could use, by reason. A blank cell is not among them: it was read.
    pub cells: Vec<UnreachedCells>,
    /// Numbers of the prose that no rule compares with anything.
    pub claims: Vec<UnreachedClaim>,
}

/// Official cells that no rule could reach for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreachedCells {
    /// Why.
    pub reason: Unreached,
    /// The cells, in the order of the form.
    pub cells: Vec<CellId>,
}

/// A number of the prose that no rule could reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreachedClaim {
    /// Its line in [`Report::lines`].
    pub line: usize,
    /// Its bytes in that line.
    pub range: Range<usize>,
    /// Why it is compared with nothing.
    pub reason: Say,
}

/// Why no rule could reach a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unreached {
    /// Its table was not found.
    TableMissing,
    /// Its row was not found.
    RowMissing,
    /// Its row was found, but which cell is which column is not certain.
    NotPlaced,
    /// It holds words that are not one number.
    NotANumber,
}

impl Unreached {
    /// All reasons.
    pub const ALL: [Self; 4] = [Self::TableMissing, Self::RowMissing, Self::NotPlaced, Self::NotANumber];

    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::TableMissing => "table-missing",
            Self::RowMissing => "row-missing",
            Self::NotPlaced => "not-placed",
            Self::NotANumber => "not-a-number",
        }
    }

    /// The words for people.
    pub fn words(self) -> Say {
        match self {
            Self::TableMissing => say!("表格没有找到", "its table was not found"),
            Self::RowMissing => say!("行没有找到", "its row was not found"),
            Self::NotPlaced => {
                say!("格与列对不上，没有读入", "its column is not certain, so it was not read")
            }
            Self::NotANumber => say!("填的不是一个数字", "it does not hold one number"),
        }
    }
}

/// A claim that no rule compared with anything, and why.
pub(crate) fn unreached_claim(claim: &Claim) -> UnreachedClaim {
    let scope = claim.scope.as_ref().map_or("", |s| s.word());
    let reason = match &claim.binding {
        Binding::Cells(_) => say!("表中没有读到它所说的单元格", "the cells that it speaks of were not read"),
        Binding::LastYear(_) => {
            say!("没有可以比较的上年数", "there is no number of last year to compare it with")
        }
        Binding::Claims => say!("说不清是哪个数的几成", "it is not certain of what it is a share"),
        Binding::Unbound(why) => match why {
            Unbound::Unknown => say!("看不出是什么的数量", "what it counts is not known"),
            Unbound::NoCell => say!("表中没有这一项", "no table has it"),
            Unbound::Scope => say!(
                "说的是“{scope}”，不是本机关全年",
                "it is said of \"{scope}\", not of the organ's whole year"
            ),
            Unbound::Hedged => say!("是约数", "it is not exact"),
            Unbound::Among => say!("只是其中一部分", "it is only a part of what the table counts"),
            Unbound::Unclear => say!("所指不明确", "what it means is not certain"),
        },
    };
    UnreachedClaim { line: claim.line, range: claim.range.clone(), reason }
}

impl Coverage {
    pub(crate) fn of(report: &Report) -> Self {
        let mut coverage = Self::default();
        let mut by_reason: Vec<(Unreached, CellId)> = Vec::new();
        for cell in report.form().official_cells() {
            coverage.official_cells += 1;
            let reason = match (report.cell(cell.id).map(|r| &r.value), report.table(cell.table.id)) {
                (Some(Value::Text), _) => Unreached::NotANumber,
                (Some(_), _) => continue,
                (None, None) => Unreached::TableMissing,
                (None, Some(found)) if found.rows.contains(&cell.row.id.as_str()) => Unreached::NotPlaced,
                (None, Some(found)) if found.unplaced.iter().any(|u| u.row == cell.row.id) => {
                    Unreached::NotPlaced
                }
                (None, Some(_)) => Unreached::RowMissing,
            };
            by_reason.push((reason, cell.id));
        }
        for reason in Unreached::ALL {
            let cells: Vec<CellId> =
                by_reason.iter().filter(|(r, _)| *r == reason).map(|(_, c)| *c).collect();
            if !cells.is_empty() {
                coverage.cells.push(UnreachedCells { reason, cells });
            }
        }
        coverage
    }

    /// How many official cells no rule could reach.
    pub fn unreached_cells(&self) -> usize {
        self.cells.iter().map(|c| c.cells.len()).sum()
    }
}
