//! Constraints between reports: this year and last year, a government and the organs below it.

use nianbao_schema::form::Relation;
use nianbao_schema::value::ValueKind;
use nianbao_schema::{CellId, Edition};

use crate::identity::{Evaluation, Known};
use crate::system::{ConstraintId, Strength, System, Variable};

/// One of two reports of neighbouring years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Year {
    /// The later one.
    This,
    /// The one of the year before.
    Prior,
}

/// An equation between two reports of neighbouring years: the cells of the left side add up to those of the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLink {
    /// Which one.
    pub id: ConstraintId,
    /// Cells added on the left.
    pub left: Vec<(Year, CellId)>,
    /// Cells added on the right.
    pub right: Vec<(Year, CellId)>,
}

impl YearLink {
    /// Whether it holds for what is known of the cells.
    pub fn evaluate(&self, known: impl Fn(Year, CellId) -> Known) -> Evaluation {
        let side = |cells: &[(Year, CellId)]| cells.iter().map(|(year, cell)| known(*year, *cell)).collect();
        let (left, right): (Vec<Known>, Vec<Known>) = (side(&self.left), side(&self.right));
        crate::identity::evaluate_sides(Relation::Equal, &left, &right)
    }
}

/// The equations between a report and the one of the year before, as far as both forms have the cells, in the order of
/// the form:
///
/// - 上年结转 is last year's 结转下年度, in all seven columns, across editions too;
/// - 现行有效 and 废止 are last year's 现行有效 and 制发 (two reports in the form of 2021: what the trial form of 2019
///   counted in that place is another quantity);
/// - 上一年项目数量 is last year's, plus its 本年增/减 (two reports in the form of 2019).
pub fn year_links(this: Edition, prior: Edition) -> Vec<YearLink> {
    let mut links = Vec::new();
    let has = |(year, cell): &(Year, CellId)| {
        let edition = if *year == Year::This { this } else { prior };
        edition.form().cell(*cell).is_some_and(|c| c.official)
    };
    for cell in this.form().official_cells().map(|c| c.id) {
        let at = |year, row: &str, column: &str| {
            CellId::parse(&format!("{}.{row}.{column}", cell.table())).map(|cell| (year, cell))
        };
        let (row, column) = (cell.row(), cell.column());
        let (id, left, right) = match (cell.table(), row, column) {
            ("applications", "carried_in", _) => {
                (ConstraintId::CarryOver(cell), vec![], vec![at(Year::Prior, "carried_out", column)])
            }
            ("disclosure", _, "in_force") => (
                ConstraintId::InForce(cell),
                vec![at(Year::This, row, "repealed")],
                vec![at(Year::Prior, row, "in_force"), at(Year::This, row, "issued")],
            ),
            ("disclosure", _, "prior_items") => (
                ConstraintId::Items(cell),
                vec![],
                vec![at(Year::Prior, row, "prior_items"), at(Year::Prior, row, "change")],
            ),
            _ => continue,
        };
        let left = std::iter::once(Some((Year::This, cell))).chain(left).collect::<Option<Vec<_>>>();
        if let (Some(left), Some(right)) = (left, right.into_iter().collect::<Option<Vec<_>>>())
            && left.iter().chain(&right).all(has)
        {
            links.push(YearLink { id, left, right });
        }
    }
    links
}

impl System {
    /// Ties a report to the one of the year before by the equations of [`year_links`].
    ///
    /// Each may legitimately fail (an organ was merged, last year's report was corrected later, documents expired), so
    /// [`Strength::Soft`] is the right strength unless the caller knows better.
    pub fn link_years(&mut self, this: u16, prior: u16, strength: Strength) {
        let report = |year| if year == Year::This { this } else { prior };
        for link in year_links(self.form(this).edition, self.form(prior).edition) {
            let term = |sign| {
                move |(year, cell): &(Year, CellId)| (Variable { report: report(*year), cell: *cell }, sign)
            };
            let terms: Vec<_> =
                link.left.iter().map(term(1)).chain(link.right.iter().map(term(-1))).collect();
            let _added = self.constrain(link.id, &terms, Relation::Equal, 0, strength);
        }
    }

    /// Ties a government's report to the reports below it: every official count of the parent is the sum of that count
    /// over the parts (the government's own office is one of them), or at least that. Cells that not all forms have, and
    /// amounts of money, which are no integers, are left out.
    pub fn roll_up(&mut self, parent: u16, parts: &[u16], relation: Relation, strength: Strength) {
        let counts = self.form(parent).official_cells().filter(|c| c.column.kind != ValueKind::Amount);
        let cells: Vec<CellId> = counts.map(|c| c.id).collect();
        for cell in cells {
            let mut terms = vec![(Variable { report: parent, cell }, 1)];
            terms.extend(parts.iter().map(|report| (Variable { report: *report, cell }, -1)));
            let _added = self.constrain(ConstraintId::RollUp(cell), &terms, relation, 0, strength);
        }
    }
}
