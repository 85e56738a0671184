//! Tables: what stands in the cells of a page, and how tables go on from one page to the next.

use nianbao_schema::document::{Block, Cell, Layout, Location, Row, Table, Text};

use super::grid::{Area, Grid};
use super::lines::{CellText, cell_text, is_numeric};
use super::page::Glyph;
use crate::limits;
use crate::output::{Output, Remark};

/// Edges of one table on two pages may differ by as much.
const SAME_EDGE: f64 = 3.0;

/// A character that sticks out of its cell by more than this does not belong there for certain.
const STRAY: f64 = 0.8;

/// Word and LibreOffice keep text 5.4 points away from the border.
const PADDING: f64 = 6.0;

/// A table, on one page or on several.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Edges of the columns, from the first one.
    edges: Vec<f64>,
    rows: usize,
    cells: Vec<Placed>,
    /// Place on its first page.
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// A cell and where it stands.
#[derive(Debug, Clone)]
struct Placed {
    page: u32,
    row: usize,
    column: usize,
    rowspan: usize,
    colspan: usize,
    content: CellText,
}

impl Placed {
    fn text(&self) -> &str {
        &self.content.text
    }

    fn is_blank(&self) -> bool {
        self.content.text.is_empty()
    }

    fn columns(&self) -> (usize, usize) {
        (self.column, self.colspan)
    }

    fn end(&self) -> usize {
        self.row + self.rowspan
    }
}

/// Takes the characters that stand in a grid.
pub(super) fn fill(grid: &Grid, page: u32, glyphs: &mut Vec<Glyph>) -> Sheet {
    let area = grid.area();
    let columns = grid.xs.len() - 1;
    let mut owner = vec![0; columns * (grid.ys.len() - 1)];
    for (index, cell) in grid.cells.iter().enumerate() {
        for row in cell.row..cell.row + cell.rowspan {
            owner[row * columns + cell.column..][..cell.colspan].fill(index);
        }
    }
    let cell_at = |x: f64, y: f64| {
        let column = grid.xs.partition_point(|edge| *edge <= x).clamp(1, columns) - 1;
        let row = grid.ys.partition_point(|edge| *edge <= y).clamp(1, grid.ys.len() - 1) - 1;
        owner[row * columns + column]
    };
    let areas: Vec<Area> = grid.cells.iter().map(|cell| grid.cell_area(cell)).collect();
    let mut held: Vec<Vec<Glyph>> = vec![Vec::new(); areas.len()];
    let mut is_stray = vec![false; areas.len()];
    glyphs.retain(|glyph| {
        if !area.holds(glyph.x(), glyph.y()) {
            return true;
        }
        let index = cell_at(glyph.x(), glyph.y());
        // Text that runs over the border also stands in the next cell.
        if glyph.c != ' ' {
            let cell = &areas[index];
            if glyph.left < cell.left - STRAY || glyph.right > cell.right + STRAY {
                is_stray[index] = true;
                is_stray[cell_at(glyph.left, glyph.y())] = true;
                is_stray[cell_at(glyph.right, glyph.y())] = true;
            }
            if glyph.y() < cell.top + glyph.height() * 0.1 || glyph.y() > cell.bottom - glyph.height() * 0.1 {
                is_stray[index] = true;
            }
        }
        held[index].push(*glyph);
        false
    });
    find_runs_over_borders(&held, &mut is_stray);
    let gaps = held.iter().zip(&areas).flat_map(|(glyphs, area)| {
        glyphs.iter().filter(|g| g.c != ' ' && g.turn == Some(0)).map(|glyph| glyph.left - area.left)
    });
    let padding = gaps.fold(PADDING, f64::min).max(0.0);
    let cells =
        grid.cells.iter().zip(held).zip(&areas).zip(is_stray).map(|(((cell, glyphs), area), is_stray)| {
            let mut content = cell_text(glyphs, area, padding);
            content.is_doubtful |= is_stray && !content.text.is_empty();
            let &super::grid::Slot { row, column, rowspan, colspan } = cell;
            Placed { page, row, column, rowspan, colspan, content }
        });
    Sheet {
        edges: grid.xs.iter().map(|x| x - area.left).collect(),
        rows: grid.ys.len() - 1,
        cells: cells.collect(),
        top: area.top,
        bottom: area.bottom,
    }
}

/// Marks cells whose digits follow each other over the border without a gap: one number that was too wide.
fn find_runs_over_borders(held: &[Vec<Glyph>], is_stray: &mut [bool]) {
    let mut digits: Vec<(usize, Glyph)> = Vec::new();
    for (index, glyphs) in held.iter().enumerate() {
        let upright = glyphs.iter().filter(|g| g.turn == Some(0) && g.c.is_ascii_digit());
        digits.extend(upright.map(|glyph| (index, *glyph)));
    }
    digits.sort_by(|(_, a), (_, b)| a.left.total_cmp(&b.left));
    // Digits are few, and only those that start where this one ends matter.
    for (index, glyph) in &digits {
        let from = digits.partition_point(|(_, next)| next.left < glyph.right - 0.1 * glyph.size);
        for (other, next) in &digits[from..] {
            if next.left > glyph.right + 0.1 * glyph.size {
                break;
            }
            if other != index && (next.y() - glyph.y()).abs() < 0.3 * glyph.height() {
                is_stray[*index] = true;
                is_stray[*other] = true;
            }
        }
    }
}

/// What became of a table that may go on from the page before.
#[derive(Debug)]
pub(super) enum Joined {
    /// It is part of the table before.
    Yes,
    /// It is a table of its own.
    No(Sheet),
}

impl Sheet {
    /// Adds a table from the top of the next page, if it has the same columns.
    pub(super) fn join(&mut self, mut next: Sheet) -> Joined {
        let Some(edges) = common_edges(&self.edges, &next.edges) else { return Joined::No(next) };
        self.spread(&edges);
        next.spread(&edges);
        next.drop_rows(self.repeated_rows(&next));
        if next.rows == 0 {
            return Joined::Yes;
        }
        let last = self.rows - 1;
        let glue = self.goes_on(&next);
        let shift = if glue { last } else { self.rows };
        let first: Vec<Placed> = next.cells.iter().filter(|cell| cell.row == 0).cloned().collect();
        // A merged label stands to the left of the label of its row; above a number stands a header, which ends here.
        let last_label =
            first.iter().filter(|c| !c.is_blank() && !is_numeric(c.text())).map(|c| c.column).max();
        for cell in first {
            let is_left = last_label.is_some_and(|column| cell.column < column);
            let above = self.cells.iter_mut().find(|c| c.end() == last + 1 && c.columns() == cell.columns());
            match above {
                Some(above) if glue => {
                    above.rowspan += cell.rowspan - 1;
                    append(&mut above.content, &cell.content);
                }
                // A merged cell goes on, with its text or without.
                Some(above)
                    if (is_left && above.rowspan > 1 || cell.rowspan > 1)
                        && !is_numeric(above.text())
                        && (cell.is_blank() || above.content.is_full && !starts_item(cell.text()))
                        && !is_numeric_text(&cell) =>
                {
                    above.rowspan += cell.rowspan;
                    append(&mut above.content, &cell.content);
                }
                _ => self.cells.push(Placed { row: shift, ..cell }),
            }
        }
        let rest = next.cells.into_iter().filter(|cell| cell.row > 0);
        self.cells.extend(rest.map(|cell| Placed { row: cell.row + shift, ..cell }));
        self.rows = shift + next.rows;
        Joined::Yes
    }

    /// Gives each cell its columns among more edges.
    fn spread(&mut self, edges: &[f64]) {
        let column = |edge: f64| {
            let at = edges.partition_point(|known| *known < edge - SAME_EDGE);
            at.min(edges.len() - 1)
        };
        for cell in &mut self.cells {
            let start = column(self.edges[cell.column]);
            let end = column(self.edges[cell.column + cell.colspan]);
            (cell.column, cell.colspan) = (start, end.saturating_sub(start).max(1));
        }
        self.edges = edges.to_vec();
    }

    /// How many rows of the next page repeat the first ones of the table.
    fn repeated_rows(&self, next: &Self) -> usize {
        let row = |sheet: &Self, row: usize| -> Vec<(usize, usize, usize, String)> {
            let cells = sheet.cells.iter().filter(|cell| cell.row == row);
            let mut cells: Vec<_> =
                cells.map(|cell| (cell.column, cell.colspan, cell.rowspan, squeezed(cell.text()))).collect();
            cells.sort();
            cells
        };
        let count = self.rows.min(next.rows);
        let same = (0..count).take_while(|&at| {
            let cells = row(self, at);
            let has_words = cells.iter().any(|cell| !cell.3.is_empty() && !is_numeric(&cell.3));
            // The second row of a header may consist of merged cells from above only.
            (has_words || cells.is_empty()) && cells == row(next, at)
        });
        let mut same = same.count();
        // Not through a merged cell.
        while next.cells.iter().any(|cell| cell.row < same && cell.end() > same) {
            same -= 1;
        }
        same
    }

    fn drop_rows(&mut self, count: usize) {
        self.cells.retain(|cell| cell.row >= count);
        for cell in &mut self.cells {
            cell.row -= count;
        }
        self.rows -= count;
    }

    /// Whether the first row of the next page is the rest of the last row of this one.
    ///
    /// That it has no numbers proves nothing: a row may be left blank. Its label has to go on from one that filled its
    /// line, and it does not start like the label of another row.
    fn goes_on(&self, next: &Self) -> bool {
        let mut pairs = Vec::new();
        for cell in next.cells.iter().filter(|cell| cell.row == 0) {
            let above = self.cells.iter().find(|c| c.end() == self.rows && c.columns() == cell.columns());
            let Some(above) = above else { return false };
            pairs.push((above, cell));
        }
        let labels = |cell: &Placed| !cell.is_blank() && !is_numeric(cell.text());
        if pairs.iter().any(|(_, cell)| labels(cell) && starts_item(cell.text())) {
            return false;
        }
        // A merged label that starts on the next page starts a row.
        if pairs.iter().any(|(above, cell)| labels(cell) && !(labels(above) && above.content.is_full)) {
            return false;
        }
        let has_label = pairs.iter().any(|(_, cell)| labels(cell));
        let has_numbers = pairs.iter().any(|(_, cell)| is_numeric_text(cell));
        let fits = pairs.iter().all(|(above, cell)| !is_numeric_text(cell) || is_numeric(above.text()));
        match (has_label, has_numbers) {
            // Nothing at all, as where only the lower border of a row went to the next page.
            (false, false) => true,
            (true, _) => fits,
            (false, true) => fits && pairs.iter().any(|(above, cell)| labels(above) && cell.is_blank()),
        }
    }

    /// Writes the table.
    pub(super) fn write(mut self, doubtful: &mut Doubtful, out: &mut Output) {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let columns = self.edges.len() - 1;
        if columns > limits::COLUMNS || self.rows > limits::ROWS {
            out.remarks.add(Remark::Limit("表格行", limits::ROWS), None);
            return;
        }
        let mut rows = vec![Row::default(); self.rows];
        let first = self.cells.first().map_or(0, |cell| cell.page);
        for placed in self.cells {
            let location = Location { page: placed.page, ..Location::default() };
            if !out.admit_cell(location) {
                break;
            }
            let CellText { mut text, is_doubtful, .. } = placed.content;
            if is_doubtful {
                if !text.contains('\u{fffd}') {
                    text.push('\u{fffd}');
                }
                doubtful.cells.add(location);
            } else if text.contains('\n') && is_numeric(&text) {
                doubtful.broken.add(location);
            }
            rows[placed.row].cells.push(Cell {
                colspan: placed.colspan as u32,
                rowspan: placed.rowspan as u32,
                ..Cell::new(Text::new(text, location), placed.column as u32)
            });
        }
        let location = Location { page: first, ..Location::default() };
        out.push(Block::Table(Table { layout: Layout::Grid, rows, location }));
    }
}

/// What there is to tell of the cells.
#[derive(Debug, Default)]
pub(super) struct Doubtful {
    /// Cells of which it is not certain what stands in them.
    pub(super) cells: Seen,
    /// Cells with numbers on more than one line.
    pub(super) broken: Seen,
}

/// How often something was seen, and where first.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) count: usize,
    pub(super) first: Option<Location>,
}

impl Seen {
    pub(super) fn add(&mut self, location: Location) {
        self.count += 1;
        self.first.get_or_insert(location);
    }
}

/// Appends what stands on the next page. Two parts of a number stay two lines: nobody can tell whether they are one.
fn append(text: &mut CellText, next: &CellText) {
    if next.text.is_empty() {
        return;
    }
    if !text.text.is_empty() && (is_numeric(&text.text) || !text.is_full) {
        text.text.push('\n');
    }
    text.text.push_str(&next.text);
    text.is_full = next.is_full;
    text.is_doubtful |= next.is_doubtful;
}

fn is_numeric_text(cell: &Placed) -> bool {
    !cell.is_blank() && is_numeric(cell.text())
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a text starts like an item of a list: `一、`, `（一）`, `1.`, `第`.
pub(super) fn starts_item(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(['（', '(', '第']);
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let tail = rest.trim_start_matches(is_number);
    if tail.len() == rest.len() {
        // Circled digits and the like.
        return text.starts_with(|c: char| ('①'..='⒛').contains(&c) || ('㈠'..='㈩').contains(&c));
    }
    tail.starts_with(['、', '.', '．', '）', ')', '项', '条', '章', '部'])
}

/// The edges of both, if those of one are all among those of the other.
fn common_edges(a: &[f64], b: &[f64]) -> Option<Vec<f64>> {
    let (more, less) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let width = |edges: &[f64]| edges.last().copied().unwrap_or(0.0);
    if (width(a) - width(b)).abs() > SAME_EDGE {
        return None;
    }
    let is_known = |edge: &f64| more.iter().any(|known| (known - edge).abs() <= SAME_EDGE);
    less.iter().all(is_known).then(|| more.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items() {
        for text in
            ["一、本年新收", "（一）予以公开", "1.属于", "10．其他", "第二十条第（一）项", "(3)其他", "①甲"]
        {
            assert!(starts_item(text), "{text}");
        }
        for text in ["求行政机关", "理", "公开", "2023年", "12", "一次性", "十分"] {
            assert!(!starts_item(text), "{text}");
        }
    }

    fn placed(row: usize, column: usize, span: (usize, usize), text: &str, is_full: bool) -> Placed {
        let content = CellText { text: text.to_owned(), is_full, is_doubtful: false };
        Placed { page: 1, row, column, rowspan: span.0, colspan: span.1, content }
    }

    fn sheet(rows: usize, cells: Vec<Placed>) -> Sheet {
        let columns = cells.iter().map(|cell| cell.column + cell.colspan).max().unwrap_or(0);
        Sheet { edges: (0..=columns).map(|i| 40.0 * i as f64).collect(), rows, cells, top: 0.0, bottom: 0.0 }
    }

    fn rows(sheet: &Sheet) -> Vec<String> {
        let mut cells = sheet.cells.clone();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut rows = vec![String::new(); sheet.rows];
        for cell in cells {
            let span = if cell.rowspan > 1 { format!("×{}", cell.rowspan) } else { String::new() };
            rows[cell.row] += &format!("[{}{span}]", cell.text().replace('\n', "⏎"));
        }
        rows
    }

    fn one(texts: [&str; 3], is_full: bool) -> Vec<Placed> {
        texts.iter().enumerate().map(|(i, text)| placed(0, i, (1, 1), text, is_full)).collect()
    }

    fn joined(above: [&str; 3], is_full: bool, below: [&str; 3]) -> Vec<String> {
        let mut table = sheet(1, one(above, is_full));
        assert!(matches!(table.join(sheet(1, one(below, true))), Joined::Yes));
        rows(&table)
    }

    #[test]
    fn a_row_cut_by_the_end_of_a_page() {
        assert_eq!(
            joined(["4.要求行政", "12", "3"], true, ["机关确认", "", ""]),
            ["[4.要求行政机关确认][12][3]"]
        );
        assert_eq!(
            joined(["4.要求行政", "", ""], true, ["机关确认", "12", "3"]),
            ["[4.要求行政机关确认][12][3]"]
        );
        assert_eq!(joined(["4.要求", "12", "3"], true, ["", "", ""]), ["[4.要求][12][3]"]);
        // A number on both pages is none.
        assert_eq!(joined(["4.要求", "3458", "3"], true, ["", "2", ""]), ["[4.要求][3458⏎2][3]"]);
        assert_eq!(joined(["4.要求行", "3458", "3"], true, ["政", "2", ""]), ["[4.要求行政][3458⏎2][3]"]);
    }

    #[test]
    fn another_row() {
        assert_eq!(
            joined(["4.要求", "12", "3"], true, ["5.其他", "", ""]),
            ["[4.要求][12][3]", "[5.其他][][]"]
        );
        assert_eq!(joined(["规章", "12", "3"], false, ["文件", "", ""]), ["[规章][12][3]", "[文件][][]"]);
        assert_eq!(
            joined(["维持", "纠正", "总计"], true, ["1", "2", "3"]),
            ["[维持][纠正][总计]", "[1][2][3]"]
        );
    }

    #[test]
    fn merged_labels_go_on() {
        let mut table = sheet(
            2,
            vec![
                placed(0, 0, (2, 1), "（三）不予", true),
                placed(0, 1, (1, 1), "1.甲", true),
                placed(0, 2, (1, 1), "1", false),
                placed(1, 1, (1, 1), "2.乙", true),
                placed(1, 2, (1, 1), "2", false),
            ],
        );
        let next = sheet(
            2,
            vec![
                placed(0, 0, (1, 1), "公开", false),
                placed(0, 1, (1, 1), "3.丙", true),
                placed(0, 2, (1, 1), "3", false),
                placed(1, 0, (1, 1), "（四）其他", false),
                placed(1, 1, (1, 1), "1.丁", true),
                placed(1, 2, (1, 1), "4", false),
            ],
        );
        table.join(next);
        assert_eq!(
            rows(&table),
            ["[（三）不予公开×3][1.甲][1]", "[2.乙][2]", "[3.丙][3]", "[（四）其他][1.丁][4]"]
        );
    }

    #[test]
    fn headers_are_repeated() {
        let header = || one(["项目", "自然人", "总计"], false);
        let mut table =
            sheet(2, header().into_iter().chain([placed(1, 0, (1, 3), "第一项", false)]).collect());
        let mut cells = header();
        cells.extend([placed(1, 0, (1, 1), "甲", false), placed(1, 1, (1, 2), "5", false)]);
        table.join(sheet(2, cells));
        assert_eq!(rows(&table), ["[项目][自然人][总计]", "[第一项]", "[甲][5]"]);
    }

    #[test]
    fn other_columns_are_another_table() {
        let mut table = sheet(1, one(["甲", "1", "2"], false));
        let next =
            Sheet { edges: vec![0.0, 60.0, 120.0], ..sheet(1, vec![placed(0, 0, (1, 2), "乙", false)]) };
        assert!(matches!(table.join(next), Joined::No(_)));
    }
}
