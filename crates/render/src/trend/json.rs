//! The JSON contract of `nianbao trend`.

use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::changes::json::{Fraction, Link, ReportName, Stand};
use crate::changes::pick;

/// Version of this contract.
pub const VERSION: u32 = 1;

/// A series of years.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "trend", deny_unknown_fields)]
pub struct Output {
    /// Version of this contract.
    pub version: u32,
    /// The reports, earliest first.
    pub reports: Vec<ReportName>,
    /// Years between the first and the last that have no report.
    pub missing: Vec<u16>,
    /// Cells over the years, in the order of the form; without `--all` only totals, and only those that have something
    /// to see in some year.
    pub metrics: Vec<Metric>,
    /// Cells that are not listed.
    pub not_listed: usize,
    /// Rates over the column of totals.
    pub rates: Vec<Rate>,
    /// The steps from each report to the next.
    pub steps: Vec<Step>,
}

/// A cell over the years.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Metric {
    /// The id that names it.
    pub cell: &'static str,
    /// Row in the words of the form.
    pub row: String,
    /// Column in the words of the form.
    pub column: String,
    /// What each year has, in the order of `reports`.
    pub values: Vec<Stand>,
}

/// A rate over the years.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Rate {
    /// Its id.
    pub rate: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its formula.
    pub formula: &'static str,
    /// In each year; `null` where a cell of it could not be used.
    pub values: Vec<Option<Fraction>>,
}

/// The step from one report to the next.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Step {
    /// Year of the earlier report.
    pub from: u16,
    /// Year of the later one.
    pub to: u16,
    /// The equations between them; `null` if years are missing in between.
    pub links: Option<Vec<Link>>,
}

impl Output {
    /// A series in the contract's form.
    pub fn new(page: &Page<'_, '_>) -> Self {
        let series = page.series;
        let (metrics, not_listed) = page.metrics();
        let path = |given: &usize| page.paths.get(*given).map_or("", String::as_str);
        Self {
            version: VERSION,
            reports: series
                .reports
                .iter()
                .zip(&series.given)
                .map(|(r, g)| ReportName::new(path(g), r))
                .collect(),
            missing: series.missing(),
            metrics: metrics
                .into_iter()
                .map(|m| Metric {
                    cell: m.id().as_str(),
                    row: m.row.get(page.language).to_owned(),
                    column: m.column.get(page.language).to_owned(),
                    values: m.values.iter().map(Stand::new).collect(),
                })
                .collect(),
            not_listed,
            rates: series
                .rates
                .iter()
                .map(|r| Rate {
                    rate: r.formula.id,
                    name: pick(page.language, r.formula.zh, r.formula.en),
                    formula: pick(page.language, r.formula.says_zh, r.formula.says_en),
                    values: r.values.iter().map(|v| v.map(Fraction::new)).collect(),
                })
                .collect(),
            steps: series
                .links
                .iter()
                .enumerate()
                .map(|(at, links)| Step {
                    from: series.years[at],
                    to: series.years[at + 1],
                    links: links.as_ref().map(|all| all.iter().map(Link::new).collect()),
                })
                .collect(),
        }
    }
}
