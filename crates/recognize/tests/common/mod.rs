//! Drawn official tables, and what conversions make of them.

use nianbao_recognize::{Hints, recognize};
use nianbao_schema::Edition;
use nianbao_schema::document::{Block, Cell, Document, FileKind, Layout, Row, Table, Text};
use nianbao_schema::layout::{self, Fill};

/// A different number for every cell, so that no two can be confused.
pub(crate) fn numbered(edition: Edition) -> Fill {
    let cells = edition.form().official_cells().enumerate().map(|(i, c)| (c.id, (1000 + 7 * i).to_string()));
    Fill { cells: cells.collect(), ..Fill::default() }
}

pub(crate) fn tables_of(edition: Edition, fill: &Fill) -> Vec<Table> {
    edition.form().tables.iter().zip(1..).map(|(t, n)| layout::draw(t, fill, n)).collect()
}

pub(crate) fn document(tables: Vec<Table>) -> Document {
    let mut document = Document::new(FileKind::Text);
    document.blocks = tables.into_iter().map(Block::Table).collect();
    document
}

pub(crate) fn assert_exact(edition: Edition, fill: &Fill, document: &Document, what: &str) {
    let report = recognize(document, &Hints::default());
    assert_eq!(report.edition, edition, "{what}");
    for cell in edition.form().official_cells() {
        let read = report.cell(cell.id).map(|r| r.text.value.as_str());
        assert_eq!(read, Some(fill.cells[&cell.id].as_str()), "{what}: {}", cell.id);
    }
    assert_eq!(report.notes, [], "{what}");
}

/// Apache Tika's text of a Word table: a merged header cell is one cell, a vertically covered one is blank.
pub(crate) fn as_tika(table: &Table) -> Table {
    let mut rows: Vec<Vec<(u32, Cell)>> = vec![Vec::new(); table.rows.len()];
    for (r, row) in table.rows.iter().enumerate() {
        for cell in &row.cells {
            for down in 0..cell.rowspan as usize {
                let text = if down == 0 { cell.text.clone() } else { Text::default() };
                rows[r + down].push((cell.column, Cell::new(text, 0)));
            }
        }
    }
    flow(table, rows)
}

/// A pipe table: a full rectangle, covered slots blank.
pub(crate) fn as_pipes(table: &Table) -> Table {
    let mut rows: Vec<Vec<(u32, Cell)>> = vec![Vec::new(); table.rows.len()];
    for (r, row) in table.rows.iter().enumerate() {
        for cell in &row.cells {
            for down in 0..cell.rowspan as usize {
                for column in cell.column..cell.column + cell.colspan {
                    let origin = down == 0 && column == cell.column;
                    let text = if origin { cell.text.clone() } else { Text::default() };
                    rows[r + down].push((column, Cell::new(text, 0)));
                }
            }
        }
    }
    flow(table, rows)
}

pub(crate) fn flow(table: &Table, rows: Vec<Vec<(u32, Cell)>>) -> Table {
    let rows = rows.into_iter().map(|mut cells| {
        cells.sort_by_key(|(column, _)| *column);
        let cells = cells.into_iter().zip(0..).map(|((_, mut cell), i)| {
            cell.column = i;
            cell
        });
        Row { cells: cells.collect() }
    });
    Table { layout: Layout::Flow, rows: rows.collect(), location: table.location }
}
