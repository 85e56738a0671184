//! Several years of one organ.

use nianbao_schema::form::{Correspondence, Table};
use nianbao_schema::report::Report;
use nianbao_schema::{Bilingual, Edition};

use crate::cells::{Side, names};
use crate::links::{Outcome, outcomes};
use crate::pairs::{Pair, pairs};
use crate::rates::{FORMULAS, Formula, Share, share};

/// Why reports are no series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesError {
    /// Fewer than two reports.
    TooFew,
    /// The year of this report is not known.
    NoYear(usize),
    /// These two are of the same year.
    SameYear(usize, usize),
}

/// A cell over the years.
#[derive(Debug)]
pub struct Metric {
    /// Its cells in the oldest and in the newest form of the series.
    pub pair: Pair,
    /// The table.
    pub table: &'static Table,
    /// The row.
    pub row: Bilingual,
    /// The column.
    pub column: Bilingual,
    /// Whether it is the total of its row, or stands in a table without such a column.
    pub main: bool,
    /// What each year has, in the order of the years.
    pub values: Vec<Side>,
}

impl Metric {
    /// The id that names it, see [`crate::CellDiff::id`].
    pub fn id(&self) -> nianbao_schema::CellId {
        let one = match self.pair.kind {
            Correspondence::Sum => self.pair.old.first(),
            _ => self.pair.new.first().or(self.pair.old.first()),
        };
        one.copied().unwrap_or_else(|| self.pair.new[0])
    }

    /// Whether any year has something to see in it.
    pub fn says_something(&self) -> bool {
        self.values.iter().any(Side::says_something)
    }
}

/// A rate over the years.
#[derive(Debug)]
pub struct SeriesRate {
    /// The rate.
    pub formula: &'static Formula,
    /// In each year.
    pub values: Vec<Option<Share>>,
}

/// Several years of one organ, earliest first.
#[derive(Debug)]
pub struct Series<'r> {
    /// The reports.
    pub reports: Vec<&'r Report>,
    /// Their years.
    pub years: Vec<u16>,
    /// For each report its place in the order in which they were given.
    pub given: Vec<usize>,
    /// Every cell of the forms over the years.
    pub metrics: Vec<Metric>,
    /// Rates over the years.
    pub rates: Vec<SeriesRate>,
    /// The equations between each report and the next; `None` where a year is missing in between.
    pub links: Vec<Option<Vec<Outcome>>>,
}

impl<'r> Series<'r> {
    /// Makes a series of reports, in whatever order they are given.
    ///
    /// # Errors
    /// If there are fewer than two, if a year is not known, or if two are of the same year.
    pub fn new(reports: &[&'r Report]) -> Result<Self, SeriesError> {
        if reports.len() < 2 {
            return Err(SeriesError::TooFew);
        }
        let mut dated = Vec::with_capacity(reports.len());
        for (at, report) in reports.iter().enumerate() {
            dated.push((report.year.ok_or(SeriesError::NoYear(at))?, at));
        }
        dated.sort_unstable();
        if let Some(twice) = dated.windows(2).find(|w| w[0].0 == w[1].0) {
            return Err(SeriesError::SameYear(twice[0].1, twice[1].1));
        }
        let years: Vec<u16> = dated.iter().map(|(year, _)| *year).collect();
        let given: Vec<usize> = dated.iter().map(|(_, at)| *at).collect();
        let reports: Vec<&Report> = given.iter().map(|at| reports[*at]).collect();
        let links = reports
            .windows(2)
            .zip(years.windows(2))
            .map(|(pair, years)| (years[0] + 1 == years[1]).then(|| outcomes(pair[0], pair[1])))
            .collect();
        let rates = FORMULAS
            .iter()
            .map(|formula| SeriesRate {
                formula,
                values: reports.iter().map(|r| share(formula, r)).collect(),
            })
            .collect();
        Ok(Self { metrics: metrics(&reports), rates, links, reports, years, given })
    }

    /// Whether the reports name different organs.
    pub fn organs_differ(&self) -> bool {
        let mut names = self.reports.iter().filter_map(|r| r.organ.as_ref()).map(|o| &o.name);
        names.next().is_some_and(|first| names.any(|n| n != first))
    }

    /// Whether an equation between two years is broken.
    pub fn is_broken(&self) -> bool {
        let all = self.links.iter().flatten().flatten();
        all.into_iter().any(|o| o.evaluation.status == nianbao_identities::Status::Violated)
    }

    /// Years between the first and the last that have no report.
    pub fn missing(&self) -> Vec<u16> {
        let (first, last) = (self.years[0], self.years[self.years.len() - 1]);
        (first..=last).filter(|y| !self.years.contains(y)).collect()
    }
}

fn metrics(reports: &[&Report]) -> Vec<Metric> {
    let editions = || reports.iter().map(|r| r.edition);
    let newest = editions().max().unwrap_or(Edition::ALL[0]);
    let oldest = editions().min().unwrap_or(newest);
    let mut metrics: Vec<Metric> = pairs(oldest, newest)
        .into_iter()
        .filter_map(|pair| {
            let old = pair.old.first().and_then(|c| oldest.form().cell(*c));
            let new = pair.new.first().and_then(|c| newest.form().cell(*c));
            let cell = if pair.kind == Correspondence::Sum { old.or(new) } else { new.or(old) }?;
            let (row, column) = names(cell);
            let values = reports
                .iter()
                .map(|r| Side::of(r, if r.edition == newest { &pair.new } else { &pair.old }))
                .collect();
            let main = cell.table.id == "disclosure" || cell.id.column() == "total";
            Some(Metric { pair, table: cell.table, row, column, main, values })
        })
        .collect();
    // What only the older form has belongs below its table, not at the end.
    metrics.sort_by_key(|m| newest.form().tables.iter().position(|t| t.id == m.table.id));
    metrics
}
