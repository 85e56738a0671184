//! Tables in plain text whose cells are set apart by tabs.
//!
//! Three layouts are told apart:
//!
//! * Apache Tika from Word: a cell a line, a tab in front of each, an empty line after each row. A line without a tab
//!   is the next paragraph of the cell before it.
//! * Apache Tika from HTML: a row a line, a tab in front of each cell.
//! * Pasted from a spreadsheet: a row a line, tabs between the cells.

use std::ops::Range;

use super::lines::Line;

/// A cell as the stretches of the source that its lines are.
pub(super) type RawCell = Vec<Range<usize>>;

/// How many lines at the start of a table are looked at for its layout.
const HEAD: usize = 30;

/// Rows of cells.
pub(super) type RawTable = Vec<Vec<RawCell>>;

/// What the lines from some line on are.
pub(super) enum Block {
    /// A table that is so many lines long.
    Table(usize, RawTable),
    /// So many lines that merely have tabs in them.
    Lines(usize),
}

/// Looks at the lines from one with a tab on.
pub(super) fn read(source: &str, lines: &[Line]) -> Block {
    let text = |line: &Line| line.text(source);
    if !lines[0].tab {
        return spreadsheet(source, lines);
    }
    let length = extent(source, lines);
    let lines = &lines[..length];
    let most = lines.iter().map(|line| tabs(text(line))).max().unwrap_or(0);
    if most >= 2 && lines.iter().any(|line| !line.tab && tabs(text(line)) == most) {
        return judge(source, length, lines.iter().map(|line| cells(source, line.range())).collect());
    }
    let led = lines.iter().filter(|line| line.tab);
    let (mut all, mut wide) = (0, 0);
    for line in led {
        all += 1;
        wide += usize::from(tabs(text(line)) > 1);
    }
    let row_a_line = wide * 3 >= all;
    let mut rows: RawTable = Vec::new();
    for line in lines {
        let mut parts = cells(source, line.range()).into_iter();
        if line.tab {
            // Before the first tab there is nothing.
            parts.next();
            if row_a_line || line.blanks > 0 || rows.is_empty() {
                rows.push(Vec::new());
            }
        } else if let (Some(cell), Some(first)) =
            (rows.last_mut().and_then(|row| row.last_mut()), parts.next())
        {
            cell.extend(first);
        }
        if let Some(row) = rows.last_mut() {
            row.extend(parts);
        }
    }
    judge(source, length, rows)
}

/// How far a table of Tika's reaches that starts at the first line.
fn extent(source: &str, lines: &[Line]) -> usize {
    // The first row may be a caption, or broken within a cell, so that the rows after it tell what a line is.
    let is_row = |line: &Line| line.tab && tabs(line.text(source)) > 1;
    let head = lines.iter().enumerate().take(HEAD).take_while(|(i, line)| *i == 0 || line.blanks == 0);
    let mut row_a_line = head.map(|(_, line)| line).any(is_row);
    for (i, line) in lines.iter().enumerate() {
        let goes_on = match (line.blanks, line.tab) {
            _ if i == 0 => true,
            (0 | 1, true) => true,
            (0, false) => continues(source, &lines[i - 1], line.text(source), row_a_line),
            _ => false,
        };
        if !goes_on {
            return i;
        }
        row_a_line |= is_row(line);
    }
    lines.len()
}

/// Whether a line without a tab in front goes on with the cell before it, rather than being a paragraph after a table
/// whose last empty line got lost.
fn continues(source: &str, before: &Line, text: &str, row_a_line: bool) -> bool {
    if row_a_line {
        return tabs(text) > 0 || text.chars().count() <= 20 && !is_heading(text);
    }
    let figure = is_value(before.text(source));
    tabs(text) == 0 && !(figure && (is_heading(text) || text.chars().count() >= 40))
}

/// Rows with tabs between the cells: at least two, and more in them than a list has.
fn spreadsheet(source: &str, lines: &[Line]) -> Block {
    let count = |line: &Line| tabs(line.text(source));
    let first = count(&lines[0]);
    let goes_on = |line: &Line| {
        // A single tab in front is a cell of Tika's; more than that, and the first cells of the row are empty.
        line.blanks == 0 && if line.tab { first > 1 && count(line) > 1 } else { count(line) > 0 }
    };
    let length = 1 + lines[1..].iter().take_while(|line| goes_on(line)).count();
    let rows: RawTable = lines[..length].iter().map(|line| cells(source, line.range())).collect();
    let figures = rows.iter().filter(|row| row.last().is_some_and(|cell| is_value(&joined(source, cell))));
    if length < 2 || rows.iter().all(|row| row.len() < 3) && figures.count() < 2 {
        return Block::Lines(length);
    }
    judge(source, length, rows)
}

/// Indented paragraphs and lists look like tables. They have no figures and no empty cells, or are mostly prose.
fn judge(source: &str, length: usize, rows: RawTable) -> Block {
    let (mut all, mut filled, mut values, mut prose) = (0, 0, 0, 0);
    for cell in rows.iter().flatten() {
        let text = joined(source, cell);
        all += 1;
        filled += usize::from(!text.trim().is_empty());
        values += usize::from(is_value(&text));
        prose += usize::from(text.contains('。') || text.chars().count() > 80);
    }
    if filled > 0 && all > 1 && prose * 2 <= filled && (values > 0 || prose == 0) {
        Block::Table(length, rows)
    } else {
        Block::Lines(length)
    }
}

fn tabs(text: &str) -> usize {
    text.matches('\t').count()
}

/// The stretches between the tabs of a line.
fn cells(source: &str, line: Range<usize>) -> Vec<RawCell> {
    let mut start = line.start;
    source[line]
        .split('\t')
        .map(|part| {
            let cell = start..start + part.len();
            start = cell.end + 1;
            vec![cell]
        })
        .collect()
}

fn joined(source: &str, cell: &RawCell) -> String {
    cell.iter().map(|range| &source[range.clone()]).collect()
}

/// A figure, the sign for none, or nothing.
fn is_value(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 16
        && text.chars().all(|c| {
            c.is_ascii_digit() || ('０'..='９').contains(&c) || "+-—–－/／\\⁄.,，．%％ 无万元".contains(c)
        })
}

/// A heading of the form: `三、收到和处理…`.
fn is_heading(text: &str) -> bool {
    let rest = text.trim_start().trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < text.trim_start().len() && rest.starts_with(['、', '．', '.', '，'])
}
