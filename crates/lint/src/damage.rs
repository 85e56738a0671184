//! What a conversion has damaged in a report (提取损伤). It is never blamed on the author: findings of other rules about
//! the same words, labels or cells are dropped.

use std::ops::Range;

use nianbao_schema::CellId;
use nianbao_schema::report::{LabelMatch, LabelReading, Report};
use nianbao_schema::value::Value;
use nianbao_text::damage::{Lost, lost};
use nianbao_text::label;

use crate::finding::{Finding, Origin};

/// The damage of a report.
#[derive(Debug, Default)]
pub(crate) struct Damage {
    /// Words of prose, with the index of their line.
    pub(crate) prose: Vec<(usize, Lost)>,
    /// Numbers of several cells in one.
    pub(crate) glued: Vec<Glued>,
    /// Labels of which a part is lost (indices into the labels of the report).
    pub(crate) labels: Vec<usize>,
}

/// A cell that holds the numbers of its neighbours too.
#[derive(Debug)]
pub(crate) struct Glued {
    /// The cell with the numbers.
    pub(crate) cell: CellId,
    /// The numbers.
    pub(crate) numbers: Vec<String>,
    /// The blank cells beside it, as many as there are numbers too many.
    pub(crate) blank: Vec<CellId>,
}

impl Damage {
    pub(crate) fn of(report: &Report) -> Self {
        let prose = report
            .prose()
            .flat_map(|(index, line)| lost(&line.text.value).into_iter().map(move |l| (index, l)))
            .collect();
        let labels = (0..report.labels.len()).filter(|i| lost_end(&report.labels[*i])).collect();
        Self { prose, glued: glued(report), labels }
    }

    /// Whether a finding blames the author for what a conversion has done.
    pub(crate) fn excuses(&self, report: &Report, finding: &Finding) -> bool {
        if finding.origin == Origin::Extraction {
            return false;
        }
        let words = |(line, range): &(usize, Range<usize>)| {
            self.prose.iter().any(|(at, lost)| {
                // A finding about a whole paragraph is not about the few damaged words in it.
                const SHARE: usize = 3;
                let overlap = range.start < lost.range.end && lost.range.start < range.end;
                at == line && overlap && range.len() <= SHARE * lost.range.len()
            })
        };
        let label = || {
            let place = &finding.place;
            let same = |i: &usize| Some(report.labels[*i].text.location) == place.location;
            finding.cells.is_empty() && place.table.is_some() && self.labels.iter().any(same)
        };
        let cells = || {
            let damaged = |id: &CellId| self.glued.iter().any(|g| g.cell == *id || g.blank.contains(id));
            !finding.cells.is_empty() && finding.cells.iter().all(damaged)
        };
        finding.spots().iter().any(words) || label() || cells()
    }
}

/// Whether the last part of a label is lost: `本年增/` for `本年增/减`.
fn lost_end(reading: &LabelReading) -> bool {
    let (seen, official) = (label::normal(&reading.text.value), label::normal(&reading.official));
    matches!(reading.matched, LabelMatch::Near(_) | LabelMatch::Truncated)
        && seen.ends_with('/')
        && official.len() > seen.len()
        && official.starts_with(&seen)
}

/// Cells with several numbers and as many blanks beside them: that they fit is the proof.
fn glued(report: &Report) -> Vec<Glued> {
    let cells: Vec<_> = report.form().official_cells().collect();
    let mut found = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let Some(reading) = report.cell(cell.id).filter(|r| r.value == Value::Text) else { continue };
        let numbers: Vec<String> = reading.text.value.split_whitespace().map(str::to_owned).collect();
        let plain = |n: &String| n.bytes().all(|b| b.is_ascii_digit());
        if numbers.len() < 2 || !numbers.iter().all(plain) {
            continue;
        }
        let missing = numbers.len() - 1;
        let in_row = |other: &&&nianbao_schema::form::Cell| std::ptr::eq(other.row, cell.row);
        let blank = |id: CellId| report.cell(id).is_some_and(|r| r.value == Value::Blank);
        let take = |cells: Vec<CellId>| {
            let run: Vec<CellId> = cells.into_iter().take_while(|id| blank(*id)).collect();
            (run.len() == missing).then_some(run)
        };
        let after = cells[at + 1..].iter().take_while(in_row).map(|c| c.id).collect();
        let before = cells[..at].iter().rev().take_while(in_row).map(|c| c.id).collect();
        if let Some(blank) = take(after).or_else(|| take(before)) {
            found.push(Glued { cell: cell.id, numbers, blank });
        }
    }
    found
}
