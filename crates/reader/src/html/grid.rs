//! Placing the cells of a table on a grid, as the table model of HTML does.

use nianbao_schema::document::{Block, Cell, Layout, Location, Row, Table, Text};

use crate::draft::join;
use crate::limits;
use crate::output::{Output, Remark};

/// A table in the making.
#[derive(Debug)]
pub(super) struct Grid {
    location: Location,
    rows: Vec<GridRow>,
    /// A row is open and takes the next cell.
    in_row: bool,
    /// First grid column after the last cell of the open row.
    cursor: usize,
    /// For each column, the row up to which (exclusive) a cell from above covers it.
    covered: Vec<u32>,
    /// Number of the row group (`thead`, `tbody`, `tfoot`); no cell reaches over its end.
    group: u32,
    cells: usize,
    /// Cells that are not empty.
    filled: usize,
    /// A cell stands beside another.
    has_columns: bool,
    /// What stands between the rows, and the row before which it stands.
    strays: Vec<(usize, Block)>,
}

#[derive(Debug, Default)]
struct GridRow {
    group: u32,
    cells: Vec<GridCell>,
}

#[derive(Debug)]
struct GridCell {
    location: Location,
    column: u32,
    colspan: u32,
    /// `u32::MAX`: to the end of the row group.
    rowspan: u32,
    blocks: Vec<Block>,
}

/// What a cell asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spans {
    pub(super) colspan: u32,
    pub(super) rowspan: u32,
    /// A number was larger than is believed.
    pub(super) clamped: bool,
}

impl Spans {
    /// Reads the attributes as browsers do: digits at the start count, nothing else does.
    pub(super) fn parse(colspan: Option<&str>, rowspan: Option<&str>) -> Self {
        let (colspan, wide) = colspan.and_then(number).unwrap_or((1, false));
        let (rowspan, tall) = rowspan.and_then(number).unwrap_or((1, false));
        Self {
            colspan: colspan.max(1),
            rowspan: if rowspan == 0 { u32::MAX } else { rowspan },
            clamped: wide || tall,
        }
    }
}

/// A number, and whether it had to be made smaller.
fn number(text: &str) -> Option<(u32, bool)> {
    let text = text.trim_ascii_start();
    let text = text.strip_prefix('+').unwrap_or(text);
    let digits = &text[..text.bytes().take_while(u8::is_ascii_digit).count()];
    if digits.is_empty() {
        return None;
    }
    let n = digits.parse().unwrap_or(u32::MAX);
    Some((n.min(limits::SPAN), n > limits::SPAN))
}

impl Grid {
    pub(super) fn new(location: Location) -> Self {
        Self {
            location,
            rows: Vec::new(),
            in_row: false,
            cursor: 0,
            covered: Vec::new(),
            group: 0,
            cells: 0,
            filled: 0,
            has_columns: false,
            strays: Vec::new(),
        }
    }

    pub(super) fn start_row(&mut self, out: &mut Output) {
        self.in_row = self.rows.len() < limits::ROWS;
        self.cursor = 0;
        if self.in_row {
            self.rows.push(GridRow { group: self.group, cells: Vec::new() });
        } else {
            out.remarks.add(Remark::Limit("表格行", limits::ROWS), Some(self.location));
        }
    }

    pub(super) fn end_row(&mut self) {
        self.in_row = false;
    }

    /// A row group starts or ends.
    pub(super) fn end_group(&mut self) {
        self.in_row = false;
        self.group += 1;
        self.covered.clear();
    }

    /// Starts a cell, in a row of its own if none is open. Says no if there is no room for it.
    pub(super) fn start_cell(&mut self, spans: Spans, location: Location, out: &mut Output) -> bool {
        if !self.in_row {
            self.start_row(out);
        }
        if !self.in_row || !out.admit_cell(location) {
            return false;
        }
        let row = self.rows.len() as u32 - 1;
        let is_free = |covered: &[u32], column: usize| covered.get(column).is_none_or(|&until| until <= row);
        let mut column = self.cursor;
        while !is_free(&self.covered, column) {
            column += 1;
        }
        if column >= limits::COLUMNS {
            out.remarks.add(Remark::Limit("表格列", limits::COLUMNS), Some(location));
            return false;
        }
        let wanted = (spans.colspan as usize).min(limits::COLUMNS - column);
        let taken = (1..wanted).find(|i| !is_free(&self.covered, column + i));
        let colspan = taken.unwrap_or(wanted);
        if spans.clamped || colspan < spans.colspan as usize {
            out.remarks.add(Remark::SpanClamped, Some(location));
        }
        self.cursor = column + colspan;
        self.cells += 1;
        self.has_columns |= column > 0;
        if spans.rowspan > 1 {
            if self.covered.len() < self.cursor {
                self.covered.resize(self.cursor, 0);
            }
            self.covered[column..self.cursor].fill(row.saturating_add(spans.rowspan));
        }
        let cell = GridCell {
            location,
            column: column as u32,
            colspan: colspan as u32,
            rowspan: spans.rowspan,
            blocks: Vec::new(),
        };
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(cell);
        }
        true
    }

    /// Puts a block into the cell that was started last.
    pub(super) fn push_to_cell(&mut self, block: Block) {
        match self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            Some(cell) => {
                self.filled += usize::from(cell.blocks.is_empty());
                cell.blocks.push(block);
            }
            None => self.push_stray(block),
        }
    }

    /// Takes what stands in the table but in no cell: before the first row it goes before the table, after that
    /// behind it.
    pub(super) fn push_stray(&mut self, block: Block) {
        self.strays.push((self.rows.len(), block));
    }

    /// Whether there is so much beside and below one another that a small table in a cell does not make it layout.
    pub(super) fn is_sizable(&self) -> bool {
        self.filled > 4 && self.rows.len() > 1 && self.has_columns
    }

    /// Whether it is so small that it may be part of a cell of figures.
    pub(super) fn is_small(&self) -> bool {
        self.cells < 5
    }

    /// Takes a table that stands in the cell that was started last as lines of that cell.
    pub(super) fn absorb(&mut self, inner: Self, out: &mut Output) {
        out.remarks.add(Remark::NestedTable, Some(inner.location));
        inner.each_block(|block| self.push_to_cell(block));
    }

    /// The table is laid out on the page only: its content follows one after another.
    pub(super) fn flatten(self, out: &mut Output) {
        self.each_block(|block| out.push(block));
    }

    fn each_block(self, mut take: impl FnMut(Block)) {
        let mut strays = self.strays.into_iter().peekable();
        for (i, row) in self.rows.into_iter().enumerate() {
            while let Some((_, block)) = strays.next_if(|(before, _)| *before <= i) {
                take(block);
            }
            row.cells.into_iter().flat_map(|cell| cell.blocks).for_each(&mut take);
        }
        strays.for_each(|(_, block)| take(block));
    }

    /// The table is complete.
    pub(super) fn finish(mut self, out: &mut Output) {
        let blank = self.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.blocks.is_empty());
        // A single column holds a page together, or a frame around some text; a table of figures has more.
        if blank || !self.has_columns {
            return self.flatten(out);
        }
        let strays = std::mem::take(&mut self.strays);
        let (before, after): (Vec<_>, Vec<_>) = strays.into_iter().partition(|(row, _)| *row == 0);
        for (_, block) in before {
            out.push(block);
        }
        out.push(Block::Table(self.into_table()));
        for (_, block) in after {
            out.push(block);
        }
    }

    fn into_table(self) -> Table {
        let mut group_end = self.rows.len();
        let mut ends = vec![0; self.rows.len()];
        for i in (0..self.rows.len()).rev() {
            if self.rows.get(i + 1).is_some_and(|next| next.group != self.rows[i].group) {
                group_end = i + 1;
            }
            ends[i] = group_end as u32;
        }
        let rows = (0..).zip(self.rows).zip(ends);
        let rows = rows.map(|((i, row), end): ((u32, GridRow), u32)| Row {
            cells: row.cells.into_iter().map(|cell| cell.finish(end - i)).collect(),
        });
        Table { layout: Layout::Grid, rows: rows.collect(), location: self.location }
    }
}

impl GridCell {
    fn finish(self, rows_left: u32) -> Cell {
        let mut has_image = false;
        let mut texts = Vec::with_capacity(self.blocks.len());
        for block in self.blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => texts.push(text),
                Block::Image(_) => has_image = true,
                // A table in a cell was taken apart.
                Block::Table(_) => {}
            }
        }
        Cell {
            text: join(texts).unwrap_or_else(|| Text::new("", self.location)),
            column: self.column,
            colspan: self.colspan,
            rowspan: self.rowspan.min(rows_left),
            has_image,
        }
    }
}
