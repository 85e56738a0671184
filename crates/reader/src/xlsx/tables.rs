//! From cells to tables: what stands together, and the titles above it.

use nianbao_schema::document::{Block, Cell, Layout, Location, Row, Table, Text};

use super::Seen;
use super::sheet::{Area, Sheet};
use crate::limits;
use crate::output::{Output, Remark};

/// Rows that stand together.
#[derive(Debug)]
struct Region {
    top: u32,
    bottom: u32,
}

/// Writes a sheet: mostly one table.
///
/// Two blank rows part two tables; so does a single one if a title follows, which is a row with one cell in it.
pub(crate) fn write(mut sheet: Sheet, seen: &mut Seen, out: &mut Output) {
    // Merged areas without text, and those that overlap, add nothing; but a blank one in a row with words on its left is
    // a blank cell of the table, and taking it for several would shift what stands behind it.
    sheet.merges.retain(|area| area.top < area.bottom || area.left < area.right);
    sheet.merges.sort_by_key(|area| (area.top, area.left));
    let last = sheet.cells.keys().map(|&(_, column)| column).max().unwrap_or(0);
    let has_text = |area: &Area| sheet.cells.contains_key(&(area.top, area.left));
    let is_blank_cell = |area: &Area| {
        area.top == area.bottom
            && area.left <= last
            && sheet.cells.range((area.top, 0)..(area.top, area.left)).next().is_some()
    };
    sheet.merges.retain(|area| has_text(area) || is_blank_cell(area));
    for area in &mut sheet.merges {
        if !sheet.cells.contains_key(&(area.top, area.left)) {
            area.right = area.right.min(last);
        }
        let (bottom, right) = (area.top + limits::SPAN - 1, area.left + limits::SPAN - 1);
        if area.bottom > bottom || area.right > right {
            out.remarks.add(Remark::SpanClamped, None);
        }
        (area.bottom, area.right) = (area.bottom.min(bottom), area.right.min(right));
    }
    for region in regions(&sheet) {
        Writer::new(&sheet, &region).write(seen, out);
    }
}

fn regions(sheet: &Sheet) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    // The last row over which a merged area reaches that starts above.
    let mut reach = 0;
    let mut merges = sheet.merges.iter().peekable();
    let mut rows: Vec<u32> = sheet.cells.keys().map(|&(row, _)| row).collect();
    rows.dedup();
    for row in rows {
        match regions.last_mut() {
            Some(last) if !starts_region(sheet, reach.max(last.bottom), row) => last.bottom = row,
            _ => regions.push(Region { top: row, bottom: row }),
        }
        while let Some(area) = merges.next_if(|area| area.top <= row) {
            reach = reach.max(area.bottom);
        }
    }
    regions
}

fn starts_region(sheet: &Sheet, above: u32, row: u32) -> bool {
    match row.saturating_sub(above) {
        0 | 1 => false,
        2 => sheet.cells.range((row, 0)..(row + 1, 0)).nth(1).is_none(),
        _ => true,
    }
}

/// Writes one region.
struct Writer<'a> {
    sheet: &'a Sheet,
    top: u32,
    bottom: u32,
    /// Merged areas that start in the region.
    merges: &'a [Area],
    /// For each row, whether a merged area reaches into it from above or out of it.
    is_tied: Vec<bool>,
}

impl<'a> Writer<'a> {
    fn new(sheet: &'a Sheet, region: &Region) -> Self {
        let &Region { top, bottom } = region;
        let first = sheet.merges.partition_point(|area| area.top < top);
        let end = sheet.merges.partition_point(|area| area.top <= bottom);
        let merges = &sheet.merges[first..end];
        let mut is_tied = vec![false; (bottom - top + 1) as usize];
        let mut tied_to = top;
        // In order of their tops, so that no row is visited twice.
        for area in merges.iter().filter(|area| area.top < area.bottom) {
            for row in area.top.max(tied_to)..=area.bottom.min(bottom) {
                is_tied[(row - top) as usize] = true;
            }
            tied_to = tied_to.max(area.bottom + 1);
        }
        Self { sheet, top, bottom, merges, is_tied }
    }

    fn write(&self, seen: &mut Seen, out: &mut Output) {
        let titles = self.titles();
        let top = self.top + titles.len() as u32;
        for title in titles {
            out.paragraph(Text::new(title, Location::default()));
        }
        if top <= self.bottom {
            let rows = self.rows(top, seen, out);
            out.push(Block::Table(Table { layout: Layout::Grid, rows, location: Location::default() }));
        }
    }

    /// First and last column of the rows from one on.
    fn columns(&self, top: u32) -> (u32, u32) {
        let cells = self.sheet.cells.range((top, 0)..(self.bottom + 1, 0));
        let (left, right) =
            cells.fold((u32::MAX, 0), |(a, b), (&(_, column), _)| (a.min(column), b.max(column)));
        let merges = self.merges.iter().filter(|area| area.top >= top);
        let right = merges.map(|area| area.right).fold(right, u32::max);
        (left.min(right), right)
    }

    /// The texts of the rows above the table: those with a single cell.
    ///
    /// Where the table has cells over its whole width further down, they divide it, and then the last one above is the
    /// first of these.
    fn titles(&self) -> Vec<&'a str> {
        let mut leading = Vec::new();
        let mut row = self.top;
        while row <= self.bottom
            && let Some((text, _)) = self.lone_cell(row)
        {
            leading.push(text);
            row += 1;
        }
        if row > self.bottom {
            return leading;
        }
        let (left, right) = self.columns(row);
        let is_divider = |row| {
            let area = self.lone_cell(row).and_then(|(_, area)| area);
            area.is_some_and(|area| area.left <= left && area.right >= right)
        };
        if left < right && is_divider(row.max(self.top + 1) - 1) && (row..=self.bottom).any(is_divider) {
            leading.pop();
        }
        leading
    }

    /// The text of a row with a single cell, and the area if it is merged.
    fn lone_cell(&self, row: u32) -> Option<(&'a str, Option<&'a Area>)> {
        if self.is_tied[(row - self.top) as usize] {
            return None;
        }
        let mut cells = self.sheet.cells.range((row, 0)..(row + 1, 0));
        let (&place, text) = cells.next()?;
        if cells.next().is_some() {
            return None;
        }
        let area = self.merges.binary_search_by_key(&place, |area| (area.top, area.left));
        Some((text, area.ok().map(|at| &self.merges[at])))
    }

    fn rows(&self, top: u32, seen: &mut Seen, out: &mut Output) -> Vec<Row> {
        let (left, right) = self.columns(top);
        let width = (right - left + 1).min(limits::COLUMNS as u32);
        seen.dropped += u32::from(right - left >= width);
        let mut covered = vec![0_u32; width as usize];
        let mut merges = self.merges.iter().peekable();
        let mut rows = Vec::new();
        for row in top..=self.bottom {
            if rows.len() >= limits::ROWS {
                out.remarks.add(Remark::Limit("表格行", limits::ROWS), None);
                break;
            }
            let mut cells = Vec::new();
            let mut held = self.sheet.cells.range((row, left)..(row + 1, 0)).peekable();
            for column in 0..width {
                let at = (row, left + column);
                while held.next_if(|(place, _)| **place < at).is_some() {}
                while merges.next_if(|area| (area.top, area.left) < at).is_some() {}
                let text = held.next_if(|(place, _)| **place == at).map(|(_, text)| text.clone());
                if covered[column as usize] > row {
                    seen.covered += u32::from(text.is_some());
                    continue;
                }
                if !out.admit_cell(Location::default()) {
                    break;
                }
                let mut cell = Cell::new(Text::new(text.unwrap_or_default(), Location::default()), column);
                if let Some(area) = merges.next_if(|area| (area.top, area.left) == at) {
                    let end = (area.right - left + 1).min(width);
                    let free = (column..end).take_while(|&c| covered[c as usize] <= row).count() as u32;
                    (cell.colspan, cell.rowspan) = (free.max(1), area.bottom - area.top + 1);
                    covered[column as usize..(column + cell.colspan) as usize].fill(area.bottom + 1);
                }
                cells.push(cell);
            }
            rows.push(Row { cells });
        }
        let count = rows.len() as u32;
        for (row, r) in (0..).zip(&mut rows) {
            for cell in &mut r.cells {
                cell.rowspan = cell.rowspan.min(count - row);
            }
        }
        rows
    }
}
