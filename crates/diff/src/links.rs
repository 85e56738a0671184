//! The equations between neighbouring years, stated as holding or broken.

use nianbao_identities::{ConstraintId, Evaluation, Year, YearLink, known, year_links};
use nianbao_schema::CellId;
use nianbao_schema::report::Report;

/// Which chain of years an equation belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// 上年结转 is last year's 结转下年度.
    CarryOver,
    /// 现行有效 flows from year to year.
    InForce,
    /// 上一年项目数量 flows from year to year (form of 2019).
    Items,
}

/// An equation between two reports and how it fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The chain that it belongs to.
    pub chain: Chain,
    /// The cell of the newer report that it is about.
    pub cell: CellId,
    /// The equation.
    pub link: YearLink,
    /// How it fares, with both sums.
    pub evaluation: Evaluation,
}

/// The equations between a report and the one of the year before.
pub fn outcomes(prior: &Report, this: &Report) -> Vec<Outcome> {
    year_links(this.edition, prior.edition)
        .into_iter()
        .filter_map(|link| {
            let (chain, cell) = match link.id {
                ConstraintId::CarryOver(cell) => (Chain::CarryOver, cell),
                ConstraintId::InForce(cell) => (Chain::InForce, cell),
                ConstraintId::Items(cell) => (Chain::Items, cell),
                _ => return None,
            };
            let of = |year, cell| known(if year == Year::This { this } else { prior }, cell);
            let evaluation = link.evaluate(of);
            Some(Outcome { chain, cell, link, evaluation })
        })
        .collect()
}
