//! Tables out of a stream of paragraphs, cell marks and row marks, for the formats that have no elements around them.
//!
//! In Word's binary format and in RTF a row says where its cells end, in twips from the margin, and nothing says how
//! many columns a cell spans: the edges of all rows together make the columns of the table. Edges that differ by less
//! than a person sees are one, unless a row has a cell between them.

use nianbao_ooxml::limits::MAX_SLOTS;
use nianbao_ooxml::{Block, Cell, Notes, Paragraph, Row, Table};

use crate::limits;

/// Edges this near to each other, in twips, are one: a millimetre. No column is narrower, but dragging a border by hand
/// leaves such differences between rows.
const SAME_EDGE: i32 = 57;

/// Tables in each other. What stands deeper is read as if it stood at this depth.
const MAX_DEPTH: usize = 32;

/// How a cell takes part in a merged one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Merge {
    /// Not at all.
    #[default]
    No,
    /// It is the first one.
    Start,
    /// The one before (to the left, or above) goes on in it.
    Continue,
}

/// Where the cells of a row end, and how they are merged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RowShape {
    left: i32,
    cells: Vec<CellShape>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CellShape {
    right: i32,
    sideways: Merge,
    downwards: Merge,
}

impl RowShape {
    /// A row without cells that starts somewhere.
    pub(crate) fn new(left: i32) -> Self {
        Self { left, cells: Vec::new() }
    }

    /// Adds a cell that ends somewhere. Each cell is at least a twip wide.
    pub(crate) fn push(&mut self, right: i32, sideways: Merge, downwards: Merge) {
        let right = right.max(self.right().saturating_add(1));
        self.cells.push(CellShape { right, sideways, downwards });
    }

    pub(crate) fn set_left(&mut self, left: i32) {
        self.left = left;
    }

    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    fn right(&self) -> i32 {
        self.cells.last().map_or(self.left, |cell| cell.right)
    }

    /// Left and right edge of each cell.
    fn edges(&self) -> impl Iterator<Item = (i32, i32)> {
        let lefts = std::iter::once(self.left).chain(self.cells.iter().map(|cell| cell.right));
        lefts.zip(&self.cells).map(|(left, cell)| (left, cell.right))
    }
}

/// Takes paragraphs and marks in the order of the file and puts tables together.
#[derive(Debug, Default)]
pub(crate) struct Assembler {
    body: Vec<Block>,
    /// The tables that the next paragraph stands in, from the outermost.
    open: Vec<OpenTable>,
    /// What was seen.
    pub(crate) notes: Notes,
    /// Rows that did not say where all of their cells end.
    pub(crate) shapeless_rows: u32,
    nodes: usize,
}

#[derive(Debug, Default)]
struct OpenTable {
    rows: Vec<OpenRow>,
    /// Cells of the current row.
    cells: Vec<Vec<Block>>,
    /// Content of the current cell.
    content: Vec<Block>,
}

#[derive(Debug)]
struct OpenRow {
    cells: Vec<Vec<Block>>,
    shape: Option<RowShape>,
}

impl Assembler {
    /// A paragraph that stands in so many tables.
    pub(crate) fn paragraph(&mut self, depth: usize, paragraph: Paragraph) {
        self.set_depth(depth);
        if self.admit() {
            self.content().push(Block::Paragraph(paragraph));
        }
    }

    /// The end of a cell, with its last paragraph.
    pub(crate) fn end_cell(&mut self, depth: usize, paragraph: Paragraph) {
        let depth = depth.max(1);
        self.paragraph(depth, paragraph);
        let is_admitted = self.admit();
        if let Some(table) = self.open.last_mut()
            && is_admitted
        {
            let content = std::mem::take(&mut table.content);
            table.cells.push(content);
        }
    }

    /// The end of a row.
    pub(crate) fn end_row(&mut self, depth: usize, shape: Option<&RowShape>) {
        self.set_depth(depth.max(1));
        let is_admitted = self.admit();
        if let Some(table) = self.open.last_mut()
            && is_admitted
        {
            end_row(table, shape);
        }
    }

    /// Whether nothing more will be taken.
    pub(crate) fn is_full(&self) -> bool {
        self.notes.dropped > 0
    }

    /// The blocks of the body.
    pub(crate) fn finish(&mut self) -> Vec<Block> {
        self.set_depth(0);
        std::mem::take(&mut self.body)
    }

    fn admit(&mut self) -> bool {
        if self.nodes >= limits::PARTS {
            self.notes.dropped += 1;
            return false;
        }
        self.nodes += 1;
        true
    }

    fn content(&mut self) -> &mut Vec<Block> {
        self.open.last_mut().map_or(&mut self.body, |table| &mut table.content)
    }

    fn set_depth(&mut self, depth: usize) {
        let depth = depth.min(MAX_DEPTH);
        while self.open.len() > depth {
            let Some(table) = self.open.pop() else { break };
            let blocks = self.close(table);
            let content = self.content();
            if content.is_empty() {
                *content = blocks;
            } else {
                content.extend(blocks);
            }
        }
        self.open.resize_with(depth, OpenTable::default);
    }

    /// A finished table, or what stands in it if there is no row in it.
    fn close(&mut self, mut table: OpenTable) -> Vec<Block> {
        let has_cells = !table.rows.is_empty() || !table.cells.is_empty();
        if has_cells && !table.content.is_empty() {
            let content = std::mem::take(&mut table.content);
            table.cells.push(content);
        }
        if !table.cells.is_empty() {
            end_row(&mut table, None);
        }
        if table.rows.is_empty() {
            return table.content;
        }
        let shapes = self.shapes(&mut table.rows);
        vec![Block::Table(self.build(table.rows, &shapes))]
    }

    /// A shape for each row that has an edge for each of its cells.
    fn shapes(&mut self, rows: &mut [OpenRow]) -> Vec<RowShape> {
        let mut shapes: Vec<RowShape> = Vec::with_capacity(rows.len());
        for row in rows {
            let mut shape = row.shape.take().unwrap_or_default();
            // Some writers end a row with a cell too many.
            while shape.len() > 0
                && row.cells.len() > shape.len()
                && row.cells.last().is_some_and(|c| is_blank(c))
            {
                row.cells.pop();
            }
            let count = row.cells.len();
            if shape.len() < count {
                self.shapeless_rows += 1;
                // A row that does not say it most likely is as the one above.
                shape = match shapes.last() {
                    Some(above) if above.len() == count && shape.len() == 0 => above.clone(),
                    _ => shape,
                };
                while shape.len() < count {
                    shape.push(shape.right().saturating_add(1440), Merge::No, Merge::No);
                }
            }
            shapes.push(shape);
        }
        shapes
    }

    fn build(&mut self, rows: Vec<OpenRow>, shapes: &[RowShape]) -> Table {
        let columns = Columns::of(shapes);
        let mut table = Table::default();
        let mut above: Vec<Merged> = Vec::new();
        for (row, shape) in rows.into_iter().zip(shapes) {
            if (table.rows.len() as u64 + 1) * columns.count() > MAX_SLOTS {
                self.notes.dropped += 1;
                continue;
            }
            let mut placed = self.place(row.cells, shape, &columns);
            let mut merged = Vec::new();
            let mut cells: Vec<Cell> = Vec::with_capacity(placed.len());
            // Cells and merged cells above run from left to right, so one pass over each finds all pairs.
            let mut left = above.iter().peekable();
            let mut covered_to = 0;
            for index in 0..placed.len() {
                let (column, colspan, downwards) = placed[index].0;
                if downwards == Merge::Continue {
                    if column < covered_to {
                        self.note_covered(&placed[index].1);
                        continue;
                    }
                    while left.next_if(|start: &&Merged| start.column < column).is_some() {}
                    let fits = |start: &&Merged| {
                        start.column == column && continues(&placed[index..], column + start.colspan)
                    };
                    if let Some(&start) = left.next_if(fits) {
                        table.rows[start.row].cells[start.cell].rowspan += 1;
                        merged.push(start);
                        covered_to = column + start.colspan;
                        self.note_covered(&placed[index].1);
                        continue;
                    }
                    self.notes.stray_merges += 1;
                }
                if downwards == Merge::Start {
                    merged.push(Merged { column, colspan, row: table.rows.len(), cell: cells.len() });
                }
                let blocks = std::mem::take(&mut placed[index].1);
                cells.push(Cell { column, colspan, rowspan: 1, blocks, ..Cell::default() });
            }
            above = merged;
            table.nested_cells += cells.iter().map(nested_cells).sum::<u32>();
            table.rows.push(Row { cells, ..Row::default() });
        }
        table
    }

    /// Gives each cell of a row its columns, and joins those that are merged sideways.
    fn place(&mut self, cells: Vec<Vec<Block>>, shape: &RowShape, columns: &Columns) -> Vec<Placed> {
        let mut placed: Vec<Placed> = Vec::with_capacity(cells.len());
        let mut is_merged = false;
        for ((index, cell), ((left, right), CellShape { sideways, downwards, .. })) in
            (0..).zip(cells).zip(shape.edges().zip(&shape.cells))
        {
            let (start, end) = columns.span(left, right, index);
            if *sideways == Merge::Continue
                && is_merged
                && let Some(((column, colspan, _), _)) = placed.last_mut()
            {
                *colspan = end - *column;
                self.note_covered(&cell);
                continue;
            }
            is_merged = *sideways == Merge::Start;
            placed.push(((start, end - start, *downwards), cell));
        }
        placed
    }

    /// Counts text of a cell that is covered and therefore not shown.
    fn note_covered(&mut self, blocks: &[Block]) {
        self.notes.covered_texts += u32::from(!is_blank(blocks));
    }
}

fn is_blank(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| match block {
        Block::Paragraph(paragraph) => paragraph.text.trim().is_empty() && !paragraph.has_image,
        Block::Table(_) => false,
    })
}

/// Column, columns covered and vertical merging of a cell, and its content.
type Placed = ((u32, u32, Merge), Vec<Block>);

/// A vertically merged cell, by the place of the cell that starts it.
#[derive(Debug, Clone, Copy)]
struct Merged {
    column: u32,
    colspan: u32,
    row: usize,
    cell: usize,
}

/// Whether the cells at the start of a list, as far as some column, are all continuations.
fn continues(cells: &[Placed], end: u32) -> bool {
    let mut continued = cells.iter().map(|(place, _)| place).take_while(|place| place.2 == Merge::Continue);
    continued.any(|(column, colspan, _)| column + colspan == end)
}

fn nested_cells(cell: &Cell) -> u32 {
    cell.tables().map(|table| table.cell_count() as u32 + table.nested_cells).sum()
}

fn end_row(table: &mut OpenTable, shape: Option<&RowShape>) {
    let mut cells = std::mem::take(&mut table.cells);
    // Text after the last cell mark of a row should not be there; it must not be lost all the same.
    let rest = std::mem::take(&mut table.content);
    match cells.last_mut() {
        Some(last) => last.extend(rest),
        None if rest.is_empty() => return,
        None => cells.push(rest),
    }
    let shape = shape.map(|shape| {
        let cells = shape.cells.iter().take(cells.len()).copied().collect();
        RowShape { left: shape.left, cells }
    });
    table.rows.push(OpenRow { cells, shape });
}

/// The columns that the edges of all rows make.
#[derive(Debug)]
enum Columns {
    /// Each edge, and the column that starts there.
    Edges(Vec<(i32, u32)>),
    /// More of them than a table has: cells are numbered in their row.
    Ordinals(u64),
}

impl Columns {
    fn of(shapes: &[RowShape]) -> Self {
        // Each edge with the nearest edge to its left in any row that has it.
        let mut edges: Vec<(i32, i32)> = Vec::new();
        for shape in shapes.iter().filter(|shape| shape.len() > 0) {
            edges.push((shape.left, i32::MIN));
            edges.extend(shape.edges().map(|(left, right)| (right, left)));
        }
        edges.sort_unstable();
        edges.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 = next.1;
            }
            is_same
        });
        let mut columns: Vec<(i32, u32)> = Vec::with_capacity(edges.len());
        let (mut first, mut column) = (edges.first().map_or(0, |(edge, _)| *edge), 0);
        for (edge, left) in edges {
            // In one column with the first edge of it, unless a row has a cell between them.
            if edge != first && (edge.saturating_sub(first) > SAME_EDGE || left >= first) {
                column += 1;
                first = edge;
            }
            columns.push((edge, column));
        }
        if column as usize > limits::COLUMNS {
            return Self::Ordinals(shapes.iter().map(RowShape::len).max().unwrap_or(0) as u64);
        }
        Self::Edges(columns)
    }

    fn count(&self) -> u64 {
        match self {
            Self::Edges(columns) => columns.last().map_or(0, |(_, column)| u64::from(*column)),
            Self::Ordinals(count) => *count,
        }
    }

    /// The first column of a cell and the one after its last.
    fn span(&self, left: i32, right: i32, ordinal: u32) -> (u32, u32) {
        let Self::Edges(columns) = self else { return (ordinal, ordinal + 1) };
        let column = |edge: i32| {
            let at = columns.partition_point(|(e, _)| *e < edge);
            columns.get(at).map_or(0, |(_, column)| *column)
        };
        let start = column(left);
        (start, column(right).max(start + 1))
    }
}
