//! Constraints between reports: this year and last year, a government and the organs below it.

use nianbao_schema::CellId;
use nianbao_schema::form::Relation;
use nianbao_schema::value::ValueKind;

use crate::system::{ConstraintId, Strength, System, Variable};

impl System {
    /// Ties a report to the one of the year before, as far as both forms have the cells:
    ///
    /// - 上年结转 is last year's 结转下年度, in all seven columns, across editions too;
    /// - 现行有效 is last year's, plus 制发, minus 废止 (two reports in the form of 2021);
    /// - 上一年项目数量 is last year's, plus its 本年增/减 (two reports in the form of 2019).
    ///
    /// Each may legitimately fail (an organ was merged, last year's report was corrected later, documents expired), so
    /// [`Strength::Soft`] is the right strength unless the caller knows better.
    pub fn link_years(&mut self, this: u16, prior: u16, strength: Strength) {
        let cells: Vec<CellId> = self.form(this).official_cells().map(|c| c.id).collect();
        for cell in cells {
            let now = |row: &str| sibling(cell, row).map(|cell| Variable { report: this, cell });
            let then = |row: &str| sibling(cell, row).map(|cell| Variable { report: prior, cell });
            let column =
                |cell: CellId, column: &str| CellId::parse(&format!("disclosure.{}.{column}", cell.row()));
            let (id, terms) = match (cell.table(), cell.row(), cell.column()) {
                ("applications", "carried_in", _) => {
                    (ConstraintId::CarryOver(cell), vec![(now("carried_in"), 1), (then("carried_out"), -1)])
                }
                ("disclosure", _, "in_force") => {
                    let at = |name, report| column(cell, name).map(|cell| Variable { report, cell });
                    let flow = [("issued", this, -1), ("repealed", this, 1), ("in_force", prior, -1)];
                    let mut terms = vec![(at("in_force", this), 1)];
                    terms.extend(flow.map(|(name, report, sign)| (at(name, report), sign)));
                    (ConstraintId::InForce(cell), terms)
                }
                ("disclosure", _, "prior_items") => {
                    let at = |name, report| column(cell, name).map(|cell| Variable { report, cell });
                    let flow = [("prior_items", this, 1), ("prior_items", prior, -1), ("change", prior, -1)];
                    (
                        ConstraintId::Items(cell),
                        flow.map(|(name, report, sign)| (at(name, report), sign)).to_vec(),
                    )
                }
                _ => continue,
            };
            let terms: Option<Vec<_>> = terms.into_iter().map(|(v, sign)| v.map(|v| (v, sign))).collect();
            if let Some(terms) = terms {
                // A form without the cells has nothing to tie.
                let _added = self.constrain(id, &terms, Relation::Equal, 0, strength);
            }
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

/// The cell of another row in the same table and column.
fn sibling(cell: CellId, row: &str) -> Option<CellId> {
    CellId::parse(&format!("{}.{row}.{}", cell.table(), cell.column()))
}
