//! What an explanation says.

use nianbao_schema::Language;

use crate::system::{ConstraintId, Variable};
use crate::typing::Reason;

/// What kind of mistake an explanation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Cells that were mistyped one by one.
    Cells,
    /// Two cells that hold each other's numbers.
    Exchanged,
    /// The same requests booked in another column of a row.
    OtherColumn,
    /// The same requests booked in another row of a column.
    OtherRow,
    /// A cell mistyped and the totals above it added up from it.
    TotalsRecomputed,
    /// A run of numbers of one row stands one column away.
    RowShifted,
    /// A run of numbers of one column stands one row away.
    ColumnShifted,
    /// Whole rows stand one row away.
    RowsShifted,
    /// Two rows hold each other's numbers.
    RowsExchanged,
    /// Two columns hold each other's numbers.
    ColumnsExchanged,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Cells,
        Self::Exchanged,
        Self::OtherColumn,
        Self::OtherRow,
        Self::TotalsRecomputed,
        Self::RowShifted,
        Self::ColumnShifted,
        Self::RowsShifted,
        Self::RowsExchanged,
        Self::ColumnsExchanged,
    ];

    /// Its name in JSON, never changed.
    pub fn id(self) -> &'static str {
        self.words().0
    }

    /// It in words.
    pub fn text(self, language: Language) -> &'static str {
        let (_, zh, en) = self.words();
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// Whether it is one slip of the hand that moved many numbers.
    pub fn is_shift(self) -> bool {
        matches!(
            self,
            Self::RowShifted
                | Self::ColumnShifted
                | Self::RowsShifted
                | Self::RowsExchanged
                | Self::ColumnsExchanged
        )
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Cells => ("cells", "单元格填错", "cells mistyped"),
            Self::Exchanged => ("exchanged", "两格数字互换", "two cells exchanged"),
            Self::OtherColumn => ("other-column", "同一申请计入了另一列", "booked in another column"),
            Self::OtherRow => ("other-row", "同一申请计入了另一行", "booked in another row"),
            Self::TotalsRecomputed => (
                "totals-recomputed",
                "细项填错，合计随之算错",
                "a cell mistyped, its totals added up from it",
            ),
            Self::RowShifted => ("row-shifted", "一行数字左右错位一格", "a row shifted by one column"),
            Self::ColumnShifted => ("column-shifted", "一列数字上下错位一格", "a column shifted by one row"),
            Self::RowsShifted => ("rows-shifted", "整行上下错位一行", "whole rows shifted by one row"),
            Self::RowsExchanged => ("rows-exchanged", "两行互换", "two rows exchanged"),
            Self::ColumnsExchanged => ("columns-exchanged", "两列互换", "two columns exchanged"),
        }
    }
}

/// A cell and what it should say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The cell.
    pub cell: Variable,
    /// What it says; `None` for a blank.
    pub seen: Option<i64>,
    /// What it should say.
    pub proposed: i64,
    /// Whether no other value would do; if not, `proposed` is the one nearest to what it says.
    pub certain: bool,
    /// How it probably came about.
    pub reason: Reason,
}

/// A constraint that fails as things stand and holds after the changes. Sums are in the unit of the cells, blanks as 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// Which constraint.
    pub id: ConstraintId,
    /// Left and right side as things stand.
    pub before: (i64, i64),
    /// Left and right side after the changes.
    pub after: (i64, i64),
}

/// Changes that have to do with each other, as indices into [`Explanation::changes`] and [`Explanation::repairs`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// Changes that share a constraint, directly or through others.
    pub changes: Vec<usize>,
    /// What they repair.
    pub repairs: Vec<usize>,
}

/// Changes after which every hard constraint holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What kind of mistake it is.
    pub kind: Kind,
    /// What to change: mistyped cells first, in the order of the form, then what follows from them (recomputed totals,
    /// blanks that must hold a number).
    pub changes: Vec<Change>,
    /// The constraints that this repairs.
    pub repairs: Vec<Repair>,
    /// The changes by what belongs together: two cells mistyped far from each other are two causes, and each is right
    /// without the other.
    pub causes: Vec<Cause>,
    /// Evidence for it: soft constraints that hold only after the changes, then those that hold before and after and
    /// are about another cell of a repaired constraint.
    pub support: Vec<ConstraintId>,
    /// Evidence against it: soft constraints that hold only before the changes.
    pub against: Vec<ConstraintId>,
    /// How unlikely it is among explanations of the same size, in decibans: 10 more is ten times less likely.
    pub cost: i32,
}

impl Explanation {
    /// How many numbers it changes.
    pub fn numbers(&self) -> usize {
        self.changes.iter().filter(|c| c.seen.is_some()).count()
    }

    /// How many blanks it fills.
    pub fn fills(&self) -> usize {
        self.changes.len() - self.numbers()
    }

    /// What is to be minimal: a number costs 2, a blank 1.
    pub(crate) fn weight(&self) -> usize {
        self.numbers() + self.changes.len()
    }

    /// For ranking: likelier first, then the order of the form.
    pub(crate) fn rank(&self) -> impl Ord + use<> {
        (self.cost, self.changes.iter().map(|c| (c.cell, c.proposed)).collect::<Vec<_>>())
    }
}

/// A variable with its new value, and whether no other value would do.
pub(crate) type Assignment = (u32, i64, bool);
