//! Putting rows on the grid: columns, spans, covered and repeated cells (ODF 1.3 part 3, §9.1).

use nianbao_ooxml::limits::{MAX_COLUMNS, MAX_NODES, MAX_SLOTS, MAX_SPAN};
use nianbao_ooxml::xml::Tag;
use nianbao_ooxml::{Block, Cell, Notes, Row, Table};

/// From this many on, repeated blank cells at the end of a row, and repeated blank rows, only say that nothing stands
/// there. Programs that calculate fill their sheets so.
const FILLER: u32 = 256;

/// Text that repetition may add to a document, in bytes.
const MAX_REPEATED: usize = 8 << 20;

/// What all tables of a document have used up of what they may.
#[derive(Debug, Default)]
pub(super) struct Budget {
    /// Paragraphs, rows and cells.
    pub(super) nodes: u32,
    /// Rows × columns.
    slots: u64,
    /// Bytes of text copied.
    repeated: usize,
}

/// A table being read.
#[derive(Debug, Default)]
pub(super) struct TableBuilder {
    table: Table,
    /// Columns that the table declares.
    declared: u64,
    /// For each column, the cell that covers it last.
    covers: Vec<Cover>,
    row: RowBuilder,
    pub(super) cell: CellBuilder,
}

#[derive(Debug, Default)]
struct RowBuilder {
    start: u32,
    repeat: u32,
    cells: Vec<CellBuilder>,
}

/// A cell as it stands in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct CellBuilder {
    /// Another cell covers it.
    is_covered: bool,
    repeat: u32,
    cell: Cell,
}

/// A cell on the grid: the rows up to `until` are its own.
#[derive(Debug, Clone, Copy, Default)]
struct Cover {
    until: u32,
    row: u32,
    cell: u32,
}

impl TableBuilder {
    pub(super) fn new(start: usize) -> Self {
        let mut builder = Self::default();
        builder.table.range.start = start as u32;
        builder
    }

    /// `table:table-column`.
    pub(super) fn declare_columns(&mut self, tag: &Tag<'_>) {
        self.declared += u64::from(repeat(tag, b"number-columns-repeated"));
    }

    pub(super) fn start_row(&mut self, tag: &Tag<'_>) {
        self.row.cells.clear();
        self.row.start = tag.start as u32;
        self.row.repeat = repeat(tag, b"number-rows-repeated");
    }

    /// `table:table-cell` or `table:covered-table-cell`.
    pub(super) fn start_cell(&mut self, tag: &Tag<'_>, notes: &mut Notes) {
        let is_covered = tag.local() == b"covered-table-cell";
        let mut cell = CellBuilder {
            is_covered,
            repeat: repeat(tag, b"number-columns-repeated"),
            cell: Cell { range: tag.start as u32..0, colspan: 1, rowspan: 1, ..Cell::default() },
        };
        if !is_covered {
            cell.cell.colspan = span(tag, b"number-columns-spanned", notes);
            cell.cell.rowspan = span(tag, b"number-rows-spanned", notes);
        }
        self.cell = cell;
    }

    pub(super) fn finish_cell(&mut self, end: usize, blocks: Vec<Block>) {
        let mut cell = std::mem::take(&mut self.cell);
        cell.cell.range.end = end as u32;
        cell.cell.blocks = blocks;
        self.row.cells.push(cell);
    }

    pub(super) fn finish_row(&mut self, end: usize, budget: &mut Budget, notes: &mut Notes) {
        let mut cells = std::mem::take(&mut self.row.cells);
        let is_complete = cells.iter().map(|cell| u64::from(cell.repeat)).sum::<u64>() == self.declared;
        while cells.last().is_some_and(|cell| cell.repeat >= FILLER && cell.is_blank()) {
            cells.pop();
        }
        let is_blank = cells.iter().all(CellBuilder::is_blank);
        if is_blank && self.row.repeat >= FILLER {
            return;
        }
        let text: usize = cells.iter().map(CellBuilder::text_length).sum();
        for copies in (0..self.row.repeat).rev() {
            let has_room = budget.nodes < MAX_NODES && budget.repeated <= MAX_REPEATED;
            let width = self.covers.len().max(cells.len()) as u64;
            if !has_room || budget.slots + width > MAX_SLOTS {
                notes.dropped = notes.dropped.saturating_add(copies + 1);
                return;
            }
            budget.nodes += 1;
            let row = if copies > 0 {
                budget.repeated += text;
                cells.clone()
            } else {
                std::mem::take(&mut cells)
            };
            self.place(row, is_complete, end as u32, budget, notes);
            budget.slots += self.covers.len() as u64;
        }
    }

    /// Puts the cells of a row on the grid.
    ///
    /// The standard wants a covered cell for every slot that a merged cell covers, and most writers obey. A row that is
    /// as long as the table is wide is taken at its word; in another one (pandoc leaves covered cells out) a cell goes
    /// to the first free slot.
    fn place(
        &mut self,
        cells: Vec<CellBuilder>,
        is_complete: bool,
        end: u32,
        budget: &mut Budget,
        notes: &mut Notes,
    ) {
        let row = self.table.rows.len() as u32;
        let room = room_to_the_right(&cells);
        let mut placed = Vec::with_capacity(cells.len());
        let mut column = 0;
        for (mut builder, room) in cells.into_iter().zip(room) {
            for copies in (0..builder.repeat).rev() {
                if !is_complete && !builder.is_covered {
                    while self.is_covered(column, row) {
                        column += 1;
                    }
                }
                if column >= MAX_COLUMNS || budget.nodes >= MAX_NODES || budget.repeated > MAX_REPEATED {
                    notes.dropped = notes.dropped.saturating_add(copies + 1);
                    break;
                }
                if builder.is_covered && self.is_covered(column, row) {
                    column += 1;
                    notes.covered_texts += u32::from(!builder.is_blank());
                    continue;
                }
                budget.nodes += 1;
                let mut cell = if copies > 0 {
                    budget.repeated += builder.text_length();
                    Cell { colspan: 1, ..builder.cell.clone() }
                } else {
                    std::mem::take(&mut builder.cell)
                };
                notes.stray_merges += u32::from(builder.is_covered);
                if self.is_covered(column, row) {
                    self.cut(column, row, notes);
                }
                let declared = u32::try_from(self.declared).unwrap_or(u32::MAX);
                let width = if declared > column { declared.min(MAX_COLUMNS) } else { MAX_COLUMNS };
                let wanted = cell.colspan.min(width - column);
                let wanted = if is_complete { wanted.min(room) } else { wanted };
                let free = (1..wanted).find(|n| self.is_covered(column + n, row)).unwrap_or(wanted);
                notes.clamped_spans += u32::from(free < cell.colspan);
                (cell.column, cell.colspan) = (column, free);
                let until = row.saturating_add(cell.rowspan);
                self.cover(column, free, Cover { until, row, cell: placed.len() as u32 });
                self.table.nested_cells = self.table.nested_cells.saturating_add(nested_cells(&cell));
                placed.push(cell);
                column += 1;
            }
        }
        self.table.rows.push(Row { range: self.row.start..end, cells: placed });
    }

    fn is_covered(&self, column: u32, row: u32) -> bool {
        self.covers.get(column as usize).is_some_and(|cover| cover.until > row)
    }

    fn cover(&mut self, column: u32, width: u32, cover: Cover) {
        let columns = column as usize..(column + width) as usize;
        if self.covers.len() < columns.end {
            self.covers.resize(columns.end, Cover::default());
        }
        self.covers[columns].fill(cover);
    }

    /// A cell stands where one from above still reaches: that one ends here.
    fn cut(&mut self, column: u32, row: u32, notes: &mut Notes) {
        let cover = self.covers[column as usize];
        notes.clamped_spans += 1;
        let above = self.table.rows.get_mut(cover.row as usize);
        let Some(cell) = above.and_then(|above| above.cells.get_mut(cover.cell as usize)) else { return };
        cell.rowspan = row - cover.row;
        let columns = cell.column as usize..(cell.column + cell.colspan) as usize;
        self.covers[columns].fill(Cover::default());
    }

    pub(super) fn finish(mut self, end: usize) -> Table {
        let rows = self.table.rows.len() as u32;
        for (row, r) in (0..).zip(&mut self.table.rows) {
            for cell in &mut r.cells {
                cell.rowspan = cell.rowspan.min(rows - row);
            }
        }
        self.table.range.end = end as u32;
        self.table
    }
}

impl CellBuilder {
    fn is_blank(&self) -> bool {
        self.cell.blocks.iter().all(|block| match block {
            Block::Paragraph(paragraph) => {
                paragraph.text.trim().is_empty() && !paragraph.has_image && paragraph.number_label.is_none()
            }
            Block::Table(_) => false,
        })
    }

    /// How much a copy of it costs.
    fn text_length(&self) -> usize {
        fn length(blocks: &[Block]) -> usize {
            let of = |block: &Block| match block {
                Block::Paragraph(paragraph) => 64 + paragraph.text.len() + 16 * paragraph.pieces.len(),
                // No program repeats a cell with a table in it; nothing that is worth counting exactly.
                Block::Table(_) => MAX_REPEATED,
            };
            blocks.iter().map(of).sum()
        }
        length(&self.cell.blocks)
    }
}

/// For each cell, the slots up to the next one that is not covered.
fn room_to_the_right(cells: &[CellBuilder]) -> Vec<u32> {
    let mut room = vec![1_u32; cells.len()];
    let mut covered = 0_u32;
    for (index, cell) in cells.iter().enumerate().rev() {
        room[index] = covered.saturating_add(1);
        covered = if cell.is_covered { covered.saturating_add(cell.repeat) } else { 0 };
    }
    room
}

fn nested_cells(cell: &Cell) -> u32 {
    cell.tables().map(|table| (table.cell_count() as u32).saturating_add(table.nested_cells)).sum()
}

fn repeat(tag: &Tag<'_>, name: &[u8]) -> u32 {
    tag.number(name).map_or(1, |n| n.clamp(1, i64::from(u32::MAX)) as u32)
}

fn span(tag: &Tag<'_>, name: &[u8], notes: &mut Notes) -> u32 {
    let span = tag.number(name).unwrap_or(1).max(1);
    notes.clamped_spans += u32::from(span > i64::from(MAX_SPAN));
    span.min(i64::from(MAX_SPAN)) as u32
}
