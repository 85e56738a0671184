//! The small table around the cells of a finding, and quotations with their marks.

use std::ops::Range;

use comfy_table::{CellAlignment, ContentArrangement, Table};
use nianbao_schema::form::Cell;
use nianbao_schema::report::Report;
use nianbao_schema::{CellId, Language};
use nianbao_text::width::width;
use unicode_width::UnicodeWidthChar;

use crate::Options;

/// Rows shown of one table at most; what is left out is said.
const MOST_ROWS: usize = 14;

/// The table of some cells: their rows down, their columns across, marked cells with an arrow.
pub(crate) fn cells(report: &Report, shown: &[CellId], marked: &[CellId], options: &Options) -> Vec<String> {
    let form = report.form();
    let cells: Vec<&Cell> = shown.iter().filter_map(|c| form.cell(*c)).collect();
    let Some(first) = cells.first() else { return Vec::new() };
    let mut rows: Vec<&Cell> = Vec::new();
    let mut columns: Vec<&Cell> = Vec::new();
    for cell in &cells {
        if !rows.iter().any(|r| std::ptr::eq(r.row, cell.row)) {
            rows.push(cell);
        }
        if !columns.iter().any(|c| std::ptr::eq(c.column, cell.column)) {
            columns.push(cell);
        }
    }
    let order = |c: &&Cell| form.cells().iter().position(|f| f.id == c.id);
    rows.sort_by_key(order);
    columns.sort_by_key(|c| c.block.columns.iter().position(|b| std::ptr::eq(b, c.column)));
    let value = |row: &Cell, column: &Cell| -> String {
        let at = form
            .cells()
            .iter()
            .find(|f| std::ptr::eq(f.row, row.row) && std::ptr::eq(f.column, column.column));
        let Some(cell) = at else { return String::new() };
        let words = report.cell(cell.id).map_or("", |r| r.text.value.trim()).replace('\n', " ");
        let words = if words.is_empty() { "□".to_owned() } else { words };
        if marked.contains(&cell.id) { format!("▶{words}") } else { words }
    };
    let mut table = Table::new();
    table
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(options.width.saturating_sub(6).max(30) as u16);
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    // Under one table heading the last label says enough; the messages have the whole path.
    let zh = options.language == Language::Zh;
    let row_name = |c: &Cell| if zh { c.row.leaf().to_owned() } else { c.row.name.en.clone() };
    let column_name = |c: &Cell| if zh { c.column.leaf().to_owned() } else { c.column.name.en.clone() };
    let name = first.table.name.get(options.language);
    // One row that is wider than the page, as that of the table of reviews always is, is written down instead of across.
    let across: usize = columns.iter().map(|c| width(&column_name(c)) + 3).sum();
    let wide = across + 20 > options.width || first.row.label.is_empty();
    if let [row] = rows[..]
        && wide
    {
        table.set_header([name.to_owned(), row_name(row)]);
        for column in &columns {
            table.add_row([column.column.name.get(options.language).to_owned(), value(row, column)]);
        }
    } else {
        let pointed = |on: bool, name: String| if on { format!("▶{name}") } else { name };
        let in_column =
            |c: &Cell| marked.iter().filter_map(|m| form.cell(*m)).any(|m| std::ptr::eq(m.column, c.column));
        let in_row =
            |c: &Cell| marked.iter().filter_map(|m| form.cell(*m)).any(|m| std::ptr::eq(m.row, c.row));
        // Where everything is meant, pointing at it says nothing.
        let some = marked.len() < rows.len() * columns.len();
        let header = columns.iter().map(|c| pointed(some && in_column(c), column_name(c)));
        table.set_header(std::iter::once(name.to_owned()).chain(header));
        for row in rows.iter().take(MOST_ROWS) {
            let values = columns.iter().map(|c| value(row, c));
            table.add_row(std::iter::once(pointed(some && in_row(row), row_name(row))).chain(values));
        }
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let mut lines: Vec<String> = table.lines().map(|l| l.trim_end().to_owned()).collect();
    if rows.len() > MOST_ROWS {
        let more = rows.len() - MOST_ROWS;
        lines.push(match options.language {
            Language::Zh => format!("……另有 {more} 行未列出"),
            Language::En => format!("… {more} more rows"),
        });
    }
    lines
}

/// A quotation broken to the width, each line followed by one with `^` below marked words where there are any. A long
/// sentence is cut to what stands around the marks, and says so with `…`.
pub(crate) fn quote(text: &str, marks: &[Range<usize>], columns: usize) -> Vec<String> {
    let (text, marks) = window(text, marks);
    let columns = columns.max(20);
    let mut lines: Vec<(String, String)> = vec![Default::default()];
    let mut used = 0;
    for (at, c) in text.char_indices() {
        let c = if c.is_control() { ' ' } else { c };
        let wide = c.width().unwrap_or(0);
        if used + wide > columns && !"，。、；：？！）》”’".contains(c) {
            lines.push(Default::default());
            used = 0;
        }
        if let Some((line, under)) = lines.last_mut() {
            line.push(c);
            let mark = if marks.iter().any(|m| m.contains(&at)) { "^" } else { " " };
            under.push_str(&mark.repeat(wide));
        }
        used += wide;
    }
    let mut out = Vec::new();
    for (line, under) in lines {
        out.push(line.trim_end().to_owned());
        let under = under.trim_end();
        // A mark under the whole of a short text says nothing.
        let whole = under.len() >= width(line.trim_end()) && marks.len() == 1 && marks[0] == (0..text.len());
        if !under.is_empty() && !whole {
            out.push(under.to_owned());
        }
    }
    out
}

/// Characters kept on either side of the marks.
const CONTEXT: usize = 40;

fn window(text: &str, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let first = marks.iter().map(|m| m.start).min().unwrap_or(0);
    let last = marks.iter().map(|m| m.end).max().unwrap_or(0);
    let start = text[..first].char_indices().rev().nth(CONTEXT).map_or(0, |(i, _)| i);
    let end = text[last..].char_indices().nth(CONTEXT).map_or(text.len(), |(i, _)| last + i);
    let before = if start > 0 { "…" } else { "" };
    let after = if end < text.len() { "…" } else { "" };
    let moved = marks.iter().map(|m| m.start - start + before.len()..m.end - start + before.len()).collect();
    (format!("{before}{}{after}", &text[start..end]), moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_under_their_words() {
        let text = "确保镇政府更好的服务";
        let at = text.find("镇政府").unwrap();
        assert_eq!(quote(text, &[at..at + 9], 40), ["确保镇政府更好的服务", "    ^^^^^^"]);
    }

    #[test]
    fn long_sentences_are_cut_around_the_mark_and_say_so() {
        let text = format!("{}镇政府{}", "前".repeat(100), "后".repeat(100));
        let at = text.find("镇政府").unwrap();
        let lines = quote(&text, &[at..at + 9], 400);
        assert!(lines[0].starts_with('…') && lines[0].ends_with('…'));
        assert_eq!(width(&lines[0][..lines[0].find('镇').unwrap()]), lines[1].find('^').unwrap());
    }
}
