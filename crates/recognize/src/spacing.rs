//! Blank lines that are blank cells, in tables that became one cell a line.
//!
//! Some converters write an empty line for every cell that is blank or covered from above. In the form it is known how many
//! covered cells stand in front of each row; where each row that is full leaves exactly these as blank lines, an empty line
//! means a cell, and rows that are not full are completed by position. One row that does not fit, and nothing is completed.

use nianbao_schema::document::{Cell, Location, Row, Table, Text};
use nianbao_schema::form::{self, Form};
use nianbao_text::label;

use crate::labels::{RowTarget, Vocabulary};

/// Full rows that must show what blank lines mean.
const ENOUGH: usize = 4;

/// Between which lines of the file the values of a row stand.
pub(crate) struct Gap {
    /// The line of the last words before them.
    pub(crate) after: u32,
    /// The line of the first words behind them, if any.
    pub(crate) before: Option<u32>,
    /// Whether the row has a label, its first cell.
    pub(crate) labelled: bool,
}

/// A row of which it is known how many lines its cells take.
struct Known<'a> {
    gap: &'a Gap,
    count: usize,
    /// Covered cells in front of the next row; `None` if what follows is not part of the table.
    covered: Option<usize>,
}

impl Known<'_> {
    fn values<'r>(&self, row: &'r Row) -> &'r [Cell] {
        &row.cells[usize::from(self.gap.labelled)..]
    }

    /// Whether a full row leaves just the blank lines that covered cells take; `None` if it does not tell.
    fn fits(&self, row: &Row) -> Option<bool> {
        let values = self.values(row);
        let (before, covered) = (self.gap.before?, self.covered?);
        (values.len() == self.count)
            .then(|| before.saturating_sub(self.gap.after) as usize == self.count + covered + 1)
    }

    /// The line of each cell, if the row takes as many lines as it must.
    fn lines(&self, row: &Row) -> Option<std::ops::RangeInclusive<u32>> {
        let values = self.values(row);
        let end = self.gap.after + self.count as u32;
        let lines = || values.iter().map(|c| c.text.location.line);
        let ordered = lines().zip(lines().skip(1)).all(|(a, b)| a < b);
        let inside = lines().all(|l| l > self.gap.after && l <= end);
        let exact = match (self.gap.before, self.covered) {
            (Some(before), Some(covered)) => before == end + covered as u32 + 1,
            // Blank lines behind the table may be anything: its last cell must be there.
            _ => lines().next_back() == Some(end),
        };
        (ordered && inside && exact && values.len() < self.count).then_some(self.gap.after + 1..=end)
    }
}

/// Puts blank cells where blank lines are certain to be some. `gaps` has the rows of each table.
pub(crate) fn fill(form: &Form, words: &Vocabulary, tables: &mut [Table], gaps: &[Vec<Option<Gap>>]) {
    let known: Vec<Vec<Option<Known<'_>>>> =
        tables.iter().zip(gaps).map(|(table, gaps)| known(form, words, table, gaps)).collect();
    let all = || tables.iter().zip(&known).flat_map(|(t, known)| t.rows.iter().zip(known));
    let mut full = 0;
    for (row, known) in all() {
        match known.as_ref().and_then(|k| k.fits(row)) {
            Some(true) => full += 1,
            Some(false) => return,
            None => {}
        }
    }
    if full < ENOUGH {
        return;
    }
    for (table, known) in tables.iter_mut().zip(&known) {
        for (row, known) in table.rows.iter_mut().zip(known) {
            let Some((known, lines)) = known.as_ref().and_then(|k| k.lines(row).map(|l| (k, l))) else {
                continue;
            };
            let first = usize::from(known.gap.labelled);
            let mut values = row.cells.split_off(first).into_iter().peekable();
            for line in lines {
                let value = values.next_if(|c| c.text.location.line == line);
                let text = value.map_or_else(|| Text::new("", Location::line(line, 1)), |c| c.text);
                row.cells.push(Cell::new(text, row.cells.len() as u32));
            }
        }
    }
}

/// What is known of each row of a table.
fn known<'a>(
    form: &Form,
    words: &Vocabulary,
    table: &Table,
    gaps: &'a [Option<Gap>],
) -> Vec<Option<Known<'a>>> {
    let target = |row: &Row, gap: &Gap| match gap.labelled {
        true => words.row(&label::parts(&row.cells.first()?.text.value)).map(|(target, _)| target),
        false => unlabelled(form),
    };
    let targets: Vec<Option<RowTarget>> =
        table.rows.iter().zip(gaps).map(|(row, gap)| target(row, gap.as_ref()?)).collect();
    let row_of = |t: RowTarget| -> Option<&form::Row> {
        let block = form.tables.get(t.table)?.blocks.get(t.block)?;
        if t.group { block.groups.get(t.row) } else { block.rows.get(t.row) }
    };
    (0..table.rows.len())
        .map(|at| {
            let (gap, target) = (gaps.get(at)?.as_ref()?, targets[at]?);
            let covered = match targets.get(at + 1) {
                // Another block: its caption or header takes all columns.
                Some(None) => Some(0),
                Some(Some(next)) if (next.table, next.block) == (target.table, target.block) => {
                    let (this, next) = (&row_of(target)?.label, &row_of(*next)?.label);
                    Some(this.iter().zip(next.split_last()?.1).take_while(|(a, b)| a == b).count())
                }
                _ => None,
            };
            let count = form.tables.get(target.table)?.blocks.get(target.block)?.columns.len();
            Some(Known { gap, count, covered })
        })
        .collect()
}

/// The row that has no label.
fn unlabelled(form: &Form) -> Option<RowTarget> {
    form.tables.iter().enumerate().find_map(|(table, t)| {
        let block = t.blocks.iter().position(|b| b.rows.iter().all(|r| r.label.is_empty()))?;
        Some(RowTarget { table, block, row: 0, group: false })
    })
}
