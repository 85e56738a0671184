//! An official table drawn as a document has it: header, spans, labels, values.

use std::collections::BTreeMap;

use crate::CellId;
use crate::document::{Cell, Layout, Location, Row, Table, Text};
use crate::form::{self, Block};

/// What stands in a drawn table where it differs from the empty form.
#[derive(Debug, Clone, Default)]
pub struct Fill {
    /// Words of cells; cells not named stay blank.
    pub cells: BTreeMap<CellId, String>,
    /// Labels to write in place of official ones.
    pub labels: BTreeMap<String, String>,
    /// Rows to leave out, by their official leaf label.
    pub without: Vec<String>,
}

/// Draws a table of a form; `number` is its ordinal in the document.
pub fn draw(table: &form::Table, fill: &Fill, number: u32) -> Table {
    let mut canvas = Canvas { rows: Vec::new(), fill, number };
    let width = table.blocks.iter().map(|b| b.columns.len()).max().unwrap_or(0);
    for block in &table.blocks {
        canvas.block(table, block, width);
    }
    Table {
        layout: Layout::Grid,
        rows: canvas.rows,
        location: Location { table: number, ..Location::default() },
    }
}

struct Canvas<'a> {
    rows: Vec<Row>,
    fill: &'a Fill,
    number: u32,
}

impl Canvas<'_> {
    fn block(&mut self, table: &form::Table, block: &Block, width: usize) {
        let label_depth = block.rows.iter().map(|r| r.label.len()).max().unwrap_or(0);
        if let Some(caption) = &block.caption {
            let top = self.start(1);
            self.put(top, 0, (label_depth + width) as u32, 1, caption);
        }
        self.header(block, label_depth, width);
        let rows: Vec<&form::Row> =
            block.rows.iter().filter(|r| !self.fill.without.iter().any(|w| w == r.leaf())).collect();
        let top = self.start(rows.len());
        for (i, row) in rows.iter().enumerate() {
            for (d, label) in row.label.iter().enumerate() {
                let same =
                    |other: &form::Row| other.label.len() > d + 1 && other.label[..=d] == row.label[..=d];
                let is_leaf = d + 1 == row.label.len();
                if !is_leaf && i > 0 && same(rows[i - 1]) {
                    continue;
                }
                let tall = if is_leaf { 1 } else { rows[i..].iter().take_while(|r| same(r)).count() };
                let wide = if is_leaf { label_depth - d } else { 1 };
                self.put(top + i, d as u32, wide as u32, tall as u32, label);
            }
            for (c, column) in block.columns.iter().enumerate() {
                let name = [table.id, &row.id, &column.id];
                let name = name.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(".");
                let words =
                    CellId::parse(&name).and_then(|id| self.fill.cells.get(&id)).cloned().unwrap_or_default();
                let (at, wide) = place(c, block.columns.len(), width);
                self.put(top + i, label_depth as u32 + at, wide, 1, &words);
            }
        }
    }

    fn header(&mut self, block: &Block, label_depth: usize, width: usize) {
        let depth = block.columns.iter().map(|c| c.label.len()).max().unwrap_or(0);
        let top = self.start(depth);
        if label_depth > 0 {
            let corner = block.corner.first().map_or("", String::as_str);
            self.put(top, 0, label_depth as u32, depth as u32, corner);
        }
        for d in 0..depth {
            for (c, column) in block.columns.iter().enumerate().filter(|(_, column)| column.label.len() > d) {
                let is_leaf = column.label.len() == d + 1;
                let same = |other: &form::Column| other.label.get(..=d) == Some(&column.label[..=d]);
                if !is_leaf && c > 0 && same(&block.columns[c - 1]) {
                    continue;
                }
                let count =
                    if is_leaf { 1 } else { block.columns[c..].iter().take_while(|o| same(o)).count() };
                let (at, _) = place(c, block.columns.len(), width);
                let (last, wide) = place(c + count - 1, block.columns.len(), width);
                let tall = if is_leaf { depth - d } else { 1 };
                self.put(top + d, label_depth as u32 + at, last + wide - at, tall as u32, &column.label[d]);
            }
        }
    }

    /// Appends empty rows and gives the index of the first.
    fn start(&mut self, count: usize) -> usize {
        let top = self.rows.len();
        self.rows.resize_with(top + count, Row::default);
        top
    }

    fn put(&mut self, row: usize, column: u32, colspan: u32, rowspan: u32, words: &str) {
        let words = self.fill.labels.get(words).map_or(words, String::as_str);
        let location = Location::default().in_cell(self.number, row as u32 + 1, column + 1);
        let cell = Cell { text: Text::new(words, location), column, colspan, rowspan, has_image: false };
        self.rows[row].cells.push(cell);
    }
}

/// Grid column and width of the `index`th of `count` columns in a table of `width` value columns: the last one takes
/// what is left over.
fn place(index: usize, count: usize, width: usize) -> (u32, u32) {
    let wide = if index + 1 == count { width - index } else { 1 };
    (index as u32, wide as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Edition;

    /// Every grid slot is covered by exactly one cell.
    #[test]
    fn drawn_tables_have_no_holes_and_no_overlaps() {
        for edition in Edition::ALL {
            for form in edition.form().tables {
                let table = draw(form, &Fill::default(), 1);
                let mut covered: BTreeMap<(usize, u32), u32> = BTreeMap::new();
                for (r, row) in table.rows.iter().enumerate() {
                    for cell in &row.cells {
                        for y in 0..cell.rowspan as usize {
                            for x in cell.column..cell.column + cell.colspan {
                                *covered.entry((r + y, x)).or_default() += 1;
                            }
                        }
                    }
                }
                let width = covered.keys().map(|(_, x)| x + 1).max().unwrap();
                assert_eq!(covered.len(), table.rows.len() * width as usize, "{} of {edition:?}", form.id);
                assert!(covered.values().all(|n| *n == 1), "{} of {edition:?}", form.id);
            }
        }
    }
}
