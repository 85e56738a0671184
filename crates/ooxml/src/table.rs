//! Putting rows on the grid: columns, spans and merged cells.

use crate::limits::{MAX_COLUMNS, MAX_SLOTS, MAX_SPAN};
use crate::model::{Block, Cell, Notes, Row, Table};
use crate::properties::{CellProperties, Merge, RowProperties};

/// A table being read.
#[derive(Debug, Default)]
pub(crate) struct TableBuilder {
    table: Table,
    /// Width of the widest row.
    width: u32,
    /// The vertically merged cells that the last row belongs to, from left to right.
    merged: Vec<Merged>,
    row: RowBuilder,
    /// Properties of the cell being read.
    pub cell: CellProperties,
}

#[derive(Debug, Default)]
struct RowBuilder {
    start: u32,
    /// Column after the last cell.
    column: u32,
    is_deleted: bool,
    cells: Vec<(Cell, CellProperties)>,
}

/// A vertically merged cell, by the place of the cell that starts it.
#[derive(Debug, Clone, Copy)]
struct Merged {
    column: u32,
    colspan: u32,
    row: usize,
    cell: usize,
}

impl TableBuilder {
    pub(crate) fn new(start: usize) -> Self {
        let mut builder = Self::default();
        builder.table.range.start = start as u32;
        builder
    }

    pub(crate) fn start_row(&mut self, start: usize) {
        self.row.cells.clear();
        self.row = RowBuilder {
            start: start as u32,
            cells: std::mem::take(&mut self.row.cells),
            ..RowBuilder::default()
        };
    }

    /// Whether the current row is deleted by a tracked change.
    pub(crate) fn is_row_deleted(&self) -> bool {
        self.row.is_deleted
    }

    pub(crate) fn set_row_properties(&mut self, properties: RowProperties, notes: &mut Notes) {
        self.row.is_deleted |= properties.is_deleted;
        if self.row.cells.is_empty()
            && let Some(before) = properties.columns_before
        {
            self.row.column = clamp_span(before.max(0), notes);
        }
    }

    /// Adds a cell that was read whole.
    pub(crate) fn finish_cell(&mut self, start: usize, end: usize, blocks: Vec<Block>, notes: &mut Notes) {
        let properties = std::mem::take(&mut self.cell);
        // Accepting a deleted cell moves those after it to the left.
        if properties.is_deleted {
            notes.deletions += 1;
            return;
        }
        let column = self.row.column;
        if column >= MAX_COLUMNS {
            notes.dropped += 1;
            return;
        }
        let colspan = clamp_span(properties.span.unwrap_or(1).max(1), notes).min(MAX_COLUMNS - column);
        self.row.column += colspan;
        let cell = Cell { range: start as u32..end as u32, column, colspan, rowspan: 1, blocks };
        // The older way to merge sideways: absorbed cells stand in the row.
        if properties.horizontal == Merge::Continue
            && let Some((first, before)) = self.row.cells.last_mut()
            && before.horizontal != Merge::No
        {
            first.colspan += colspan;
            note_covered(&cell, notes);
            return;
        }
        // A continuation of nothing must not swallow the next one.
        let horizontal = if properties.horizontal == Merge::Restart { Merge::Restart } else { Merge::No };
        self.row.cells.push((cell, CellProperties { horizontal, ..properties }));
    }

    pub(crate) fn finish_row(&mut self, end: usize, notes: &mut Notes) {
        let row = &self.row;
        if row.is_deleted {
            notes.deletions += 1;
            return;
        }
        let width = self.width.max(row.column);
        if (self.table.rows.len() as u64 + 1) * u64::from(width) > MAX_SLOTS {
            notes.dropped += 1;
            return;
        }
        self.width = width;
        self.merge();
        let mut cells = Vec::with_capacity(self.row.cells.len());
        for (cell, properties) in self.row.cells.drain(..) {
            if properties.vertical == Merge::Continue {
                note_covered(&cell, notes);
                continue;
            }
            notes.stray_merges += u32::from(properties.vertical == Merge::Stray);
            self.table.nested_cells += nested_cells(&cell);
            cells.push(cell);
        }
        self.table.rows.push(Row { range: self.row.start..end as u32, cells });
    }

    /// Finds the merged cells that cells of this row continue, and lengthens them.
    fn merge(&mut self) {
        let mut merged = Vec::new();
        // Both lists run from left to right, so one pass over each finds all pairs.
        let mut above = self.merged.iter().peekable();
        let (mut kept, mut covered_to) = (0, 0);
        for index in 0..self.row.cells.len() {
            let (cell, properties) = &self.row.cells[index];
            let column = cell.column;
            match properties.vertical {
                Merge::Continue if column < covered_to => continue,
                Merge::Continue => {
                    while above.next_if(|start| start.column < column).is_some() {}
                    // Some writers cut the continuation of a wide cell into several. One that is narrower than what it
                    // continues and has another cell beside it would make the two overlap; it stands for itself.
                    let rest = &self.row.cells[index..];
                    let fits = |start: &&Merged| start.column == column && continues(rest, start.colspan);
                    if let Some(&start) = above.next_if(fits) {
                        self.table.rows[start.row].cells[start.cell].rowspan += 1;
                        merged.push(start);
                        covered_to = start.column + start.colspan;
                        continue;
                    }
                    self.row.cells[index].1.vertical = Merge::Stray;
                }
                Merge::Restart => {
                    let row = self.table.rows.len();
                    merged.push(Merged { column, colspan: cell.colspan, row, cell: kept });
                }
                Merge::No | Merge::Stray => {}
            }
            kept += 1;
        }
        self.merged = merged;
    }

    pub(crate) fn finish(mut self, end: usize) -> Table {
        self.table.range.end = end as u32;
        self.table
    }
}

/// Whether the cells at the start of a list, as many as it takes to fill some columns, are all continuations.
fn continues(cells: &[(Cell, CellProperties)], columns: u32) -> bool {
    let mut left = columns;
    let mut continued = cells.iter().take_while(|(_, properties)| properties.vertical == Merge::Continue);
    continued.any(|(cell, _)| {
        left = left.saturating_sub(cell.colspan);
        left == 0
    })
}

fn nested_cells(cell: &Cell) -> u32 {
    cell.tables().map(|table| table.cell_count() as u32 + table.nested_cells).sum()
}

/// Counts text of a cell that is covered and therefore not shown.
fn note_covered(cell: &Cell, notes: &mut Notes) {
    let has_text = cell.paragraphs().any(|paragraph| !paragraph.text.trim().is_empty());
    notes.covered_texts += u32::from(has_text || cell.tables().next().is_some());
}

fn clamp_span(span: i64, notes: &mut Notes) -> u32 {
    if span > i64::from(MAX_SPAN) {
        notes.clamped_spans += 1;
        return MAX_SPAN;
    }
    span as u32
}
