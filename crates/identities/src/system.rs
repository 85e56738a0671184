//! All constraints over the cells of one or several reports.

use std::borrow::Cow;

use nianbao_schema::form::{Form, Identity, Relation};
use nianbao_schema::report::Report;
use nianbao_schema::{CellId, Edition};
use rust_decimal::Decimal;

use crate::identity::{Known, known};
use crate::layout::Layout;
use crate::matrix::Matrix;

/// The largest number that counts as a count: a million millions. A cell with a larger one is unreadable, and no larger
/// one is ever proposed. With [`HEAVIEST`] it keeps every sum within 64 bits.
pub const LARGEST: i64 = 1_000_000_000_000;

/// The largest sum of absolute coefficients that a constraint may have.
pub const HEAVIEST: i64 = 1_000_000;

/// A cell of one of the reports of a [`System`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variable {
    /// Which report: 0 is the first one, others in the order in which they were added.
    pub report: u16,
    /// Which cell.
    pub cell: CellId,
}

/// What the engine knows of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// An integer, in the unit of the cell.
    Number(i64),
    /// Blank or not applicable: unknown, and 0 only if that balances.
    Open,
    /// Not in the file, or words, or not an integer up to [`LARGEST`]: its constraints drop out.
    Unreadable,
}

impl From<Known> for Quantity {
    fn from(known: Known) -> Self {
        match known {
            Known::Number(n) => integer(n).map_or(Self::Unreadable, Self::Number),
            Known::Open => Self::Open,
            Known::Unreadable => Self::Unreadable,
        }
    }
}

/// The integer that a decimal is.
fn integer(n: Decimal) -> Option<i64> {
    let n = if n.scale() == 0 { n } else { n.normalize() };
    let whole = i64::try_from(n.mantissa()).ok()?;
    (n.scale() == 0 && whole.abs() <= LARGEST).then_some(whole)
}

/// Whether the cells of a report may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Its identities must hold and its cells may be changed.
    Examined,
    /// Its cells are taken as they stand, e.g. last year's published report. Its identities are not looked at.
    Given,
}

/// Whether a constraint must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// It must: an explanation satisfies it.
    Hard,
    /// It is evidence: it ranks explanations of the same size and is quoted with them, and never makes a violation.
    Soft,
}

/// Which constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConstraintId {
    /// An identity of the form of a report: index into [`Form::identities`].
    Identity {
        /// Which report.
        report: u16,
        /// Which identity of its form.
        index: u16,
    },
    /// 上年结转 is last year's 结转下年度: the cell of this year's row `carried_in`.
    CarryOver(CellId),
    /// 现行有效 is last year's, plus 制发, minus 废止: this year's cell `in_force`.
    InForce(CellId),
    /// 上一年项目数量 is last year's, plus its 本年增/减 (form of 2019): this year's cell `prior_items`.
    Items(CellId),
    /// The cell of a government's report against the sum over the reports below it.
    RollUp(CellId),
    /// One of the caller's own, e.g. the number of a claim in the text.
    Other(u32),
}

/// How things stand with a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Number,
    /// A number that may not be changed.
    Given,
    Open,
    Unreadable,
}

#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) layout: &'static Layout,
    pub(crate) first: usize,
    pub(crate) trust: Trust,
}

/// A constraint with variables by index.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: ConstraintId,
    pub(crate) terms: Vec<(u32, i32)>,
    pub(crate) relation: Relation,
    pub(crate) constant: i64,
}

/// The values of one or several reports and every linear constraint on them.
#[derive(Debug, Clone)]
pub struct System {
    pub(crate) members: Vec<Member>,
    /// By variable; 0 unless it is a number.
    pub(crate) values: Vec<i64>,
    pub(crate) states: Vec<State>,
    pub(crate) soft: Vec<Row>,
    hard: Vec<Row>,
}

impl System {
    /// The identities of a report.
    pub fn of(report: &Report) -> Self {
        Self::with(report.edition, |cell| known(report, cell))
    }

    /// The identities of a report of which only the values are known.
    pub fn with(edition: Edition, known: impl Fn(CellId) -> Known) -> Self {
        let mut system = Self {
            members: Vec::new(),
            values: Vec::new(),
            states: Vec::new(),
            soft: Vec::new(),
            hard: Vec::new(),
        };
        system.add(edition, Trust::Examined, known);
        system
    }

    /// Adds a report and returns its number, for [`Variable::report`].
    ///
    /// # Panics
    /// If there are 65 536 reports already.
    pub fn add(&mut self, edition: Edition, trust: Trust, known: impl Fn(CellId) -> Known) -> u16 {
        let report = u16::try_from(self.members.len()).expect("no more than 65 536 reports in a system");
        let layout = Layout::of(edition);
        let first = self.values.len();
        for cell in &layout.cells {
            let (state, value) = match (Quantity::from(known(*cell)), trust) {
                (Quantity::Number(n), Trust::Examined) => (State::Number, n),
                (Quantity::Number(n), Trust::Given) => (State::Given, n),
                (Quantity::Open, Trust::Examined) => (State::Open, 0),
                (Quantity::Open, Trust::Given) | (Quantity::Unreadable, _) => (State::Unreadable, 0),
            };
            self.states.push(state);
            self.values.push(value);
        }
        // Rows that only local variants fill take part only if they are filled.
        for row in &layout.group_rows {
            let states = &mut self.states[first..];
            if row.iter().all(|p| matches!(states[usize::from(*p)], State::Open | State::Unreadable)) {
                row.iter().for_each(|p| states[usize::from(*p)] = State::Unreadable);
            }
        }
        self.members.push(Member { layout, first, trust });
        report
    }

    /// Adds a constraint `Σ coefficient·cell (= | ≥) constant`.
    ///
    /// Returns `false`, and adds nothing, if a cell is not of the form of its report, if no cell is left, or if the
    /// coefficients are heavier than [`HEAVIEST`] or the constant larger than [`LARGEST`].
    pub fn constrain(
        &mut self,
        id: ConstraintId,
        terms: &[(Variable, i32)],
        relation: Relation,
        constant: i64,
        strength: Strength,
    ) -> bool {
        let mut resolved = Vec::with_capacity(terms.len());
        for (variable, coefficient) in terms {
            let Some(index) = self.index(*variable) else { return false };
            resolved.push((index as u32, i64::from(*coefficient)));
        }
        resolved.sort_unstable();
        resolved.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1 += later.1;
            }
            same
        });
        resolved.retain(|(_, coefficient)| *coefficient != 0);
        let weight: i64 = resolved.iter().map(|(_, c)| c.abs()).sum();
        if resolved.is_empty() || weight > HEAVIEST || constant.unsigned_abs() > LARGEST.unsigned_abs() {
            return false;
        }
        let terms = resolved.into_iter().map(|(v, c)| (v, c as i32)).collect();
        let row = Row { id, terms, relation, constant };
        match strength {
            Strength::Hard => self.hard.push(row),
            Strength::Soft => self.soft.push(row),
        }
        true
    }

    /// Adds evidence that the sum of some cells is a number, e.g. a claim in the text (one cell: 收到12件; several:
    /// 不予公开5件). Returns whether it was added, as [`System::constrain`] does.
    pub fn observe(&mut self, id: ConstraintId, cells: &[Variable], number: i64) -> bool {
        let terms: Vec<_> = cells.iter().map(|v| (*v, 1)).collect();
        self.constrain(id, &terms, Relation::Equal, number, Strength::Soft)
    }

    /// The form of a report.
    ///
    /// # Panics
    /// If there is no such report.
    pub fn form(&self, report: u16) -> &'static Form {
        self.members[usize::from(report)].layout.form
    }

    /// The identity that a constraint is, if it is one.
    pub fn identity(&self, id: ConstraintId) -> Option<&'static Identity> {
        match id {
            ConstraintId::Identity { report, index } => {
                let member = self.members.get(usize::from(report))?;
                member.layout.form.identities().get(usize::from(index))
            }
            _ => None,
        }
    }

    /// What the engine knows of a cell.
    pub fn quantity(&self, variable: Variable) -> Quantity {
        let Some(index) = self.index(variable) else { return Quantity::Unreadable };
        match self.states[index] {
            State::Number | State::Given => Quantity::Number(self.values[index]),
            State::Open => Quantity::Open,
            State::Unreadable => Quantity::Unreadable,
        }
    }

    pub(crate) fn index(&self, variable: Variable) -> Option<usize> {
        let member = self.members.get(usize::from(variable.report))?;
        member.layout.position(variable.cell).map(|p| member.first + p)
    }

    /// The report of a variable and its position there.
    pub(crate) fn place(&self, index: usize) -> (usize, usize) {
        let report = self.members.partition_point(|m| m.first <= index).saturating_sub(1);
        (report, index - self.members[report].first)
    }

    pub(crate) fn variable(&self, index: usize) -> Variable {
        let (report, position) = self.place(index);
        Variable { report: report as u16, cell: self.members[report].layout.cells[position] }
    }

    /// Whether a variable may be negative.
    pub(crate) fn is_signed(&self, index: usize) -> bool {
        let (report, position) = self.place(index);
        self.members[report].layout.signed[position]
    }

    /// The matrix of all hard constraints.
    pub(crate) fn matrix(&self) -> Cow<'static, Matrix> {
        let implied: Vec<Row> = self.implied();
        let alone = self.members[0].trust == Trust::Examined
            && self.members[1..].iter().all(|m| m.trust == Trust::Given)
            && self.hard.is_empty()
            && implied.is_empty();
        if alone {
            return Cow::Borrowed(&self.members[0].layout.matrix);
        }
        let mut matrix = Matrix::default();
        for (report, member) in self.members.iter().enumerate().filter(|(_, m)| m.trust == Trust::Examined) {
            let own = &member.layout.matrix;
            for index in 0..own.len() {
                let terms = own.row(index).iter().map(|e| (e.at + member.first as u32, e.coefficient));
                let head = own.head(index);
                let id = ConstraintId::Identity { report: report as u16, index: index as u16 };
                matrix.push(id, terms, head.relation, head.constant);
            }
        }
        for row in implied.iter().chain(&self.hard) {
            matrix.push(row.id, row.terms.iter().copied(), row.relation, row.constant);
        }
        Cow::Owned(matrix.finish(self.values.len()))
    }

    /// Where a report fills a group row and leaves the rows of the group out, as some files in the form of 2021 do with
    /// （六）其他处理, the cell of the group stands for them in the sum of all results. That follows from the two
    /// identities; it is stated because the rows left out would make both drop out.
    fn implied(&self) -> Vec<Row> {
        let mut implied = Vec::new();
        for (report, member) in self.members.iter().enumerate().filter(|(_, m)| m.trust == Trust::Examined) {
            let state = |p: u16| self.states[member.first + usize::from(p)];
            // Several groups of a column may be without rows; they are replaced together.
            let stands = |sum: u16, parts: &[u16]| {
                state(sum) != State::Unreadable
                    && parts.iter().all(|p| matches!(state(*p), State::Open | State::Unreadable))
            };
            let mut outers: Vec<usize> = Vec::new();
            for group in member.layout.groups.iter().filter(|g| stands(g.sum, &g.parts)) {
                if !outers.contains(&group.outer) {
                    outers.push(group.outer);
                }
            }
            for outer in outers {
                let groups =
                    member.layout.groups.iter().filter(|g| g.outer == outer && stands(g.sum, &g.parts));
                let groups: Vec<_> = groups.collect();
                let own = &member.layout.matrix;
                let replaced = |at: u32| groups.iter().any(|g| g.parts.iter().any(|p| u32::from(*p) == at));
                let kept = own.row(outer).iter().filter(|e| !replaced(e.at)).map(|e| (e.at, e.coefficient));
                let sums = groups.iter().map(|g| (u32::from(g.sum), 1));
                let terms = kept.chain(sums).map(|(at, c)| (at + member.first as u32, c)).collect();
                let id = ConstraintId::Identity { report: report as u16, index: outer as u16 };
                implied.push(Row { id, terms, relation: own.head(outer).relation, constant: 0 });
            }
        }
        implied
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_integers_that_are_counts_are_numbers() {
        let quantity = |n: &str| Quantity::from(Known::Number(n.parse().unwrap()));
        assert_eq!(quantity("12"), Quantity::Number(12));
        assert_eq!(quantity("12.00"), Quantity::Number(12));
        assert_eq!(quantity("-8"), Quantity::Number(-8));
        assert_eq!(quantity("1000000000000"), Quantity::Number(LARGEST));
        for n in ["12.5", "1000000000001", "79228162514264337593543950335"] {
            assert_eq!(quantity(n), Quantity::Unreadable, "{n}");
        }
    }

    #[test]
    fn constraints_that_could_overflow_or_name_no_cell_are_refused() {
        let mut system = System::with(Edition::E2021, |_| Known::Open);
        let cell = |id: &str| Variable { report: 0, cell: CellId::parse(id).unwrap() };
        let granted = cell("applications.granted.natural");
        let mut add = |terms: &[(Variable, i32)], constant| {
            system.constrain(ConstraintId::Other(1), terms, Relation::Equal, constant, Strength::Hard)
        };
        assert!(add(&[(granted, 1)], 3));
        assert!(!add(&[(granted, 1), (granted, -1)], 3), "nothing is left");
        assert!(!add(&[(granted, 2_000_000)], 3));
        assert!(!add(&[(granted, 1)], i64::MIN));
        assert!(!add(&[(cell("disclosure.procurement.amount"), 1)], 3), "a cell of the form of 2019");
        assert!(!add(&[(Variable { report: 1, ..granted }, 1)], 3));
    }
}
