//! Tables in plain text whose cells are set apart by nothing but blanks, as `pdftotext -layout` prints them.
//!
//! Only gaps of at least two blanks are borders, so nothing is known of blank cells and cells that go over several lines.
//! What rows can be made of the lines, and which of them are not to be trusted, is for recognition to say.

use std::ops::Range;

use super::lines::Line;
use super::tabs::{Block, RawTable};

/// Longer than this, a cell is prose.
const LONGEST: usize = 40;

/// What the lines from one with a gap in it on are.
pub(super) fn read(source: &str, lines: &[Line]) -> Block {
    let mut rows: RawTable = Vec::new();
    let mut figures = 0;
    for (i, line) in lines.iter().enumerate() {
        let text = line.text(source);
        if i > 0 && (line.blanks > 0 || text.contains(['\t', '|', '。', '<']) || text.contains("--")) {
            break;
        }
        let cells = split(line, text);
        let words = |c: &Range<usize>| source[c.clone()].chars().take(LONGEST + 1).count();
        if cells.iter().any(|c| words(c) > LONGEST) || i == 0 && (cells.len() < 2 || text.contains('<')) {
            break;
        }
        let is_figure = |c: &Range<usize>| source[c.clone()].bytes().all(|b| b.is_ascii_digit() || b == b'.');
        figures += usize::from(cells.len() > 1 && cells[1..].iter().all(is_figure));
        rows.push(cells.into_iter().map(|c| vec![c]).collect());
    }
    // What was looked at is not looked at again.
    let seen = rows.len().max(1);
    // What follows the last row of cells is no part of the table: a heading, a paragraph.
    while rows.last().is_some_and(|row| row.len() < 2) {
        rows.pop();
    }
    if figures > 0 && rows.len() > 1 { Block::Table(rows.len(), rows) } else { Block::Lines(seen) }
}

/// The stretches of a line between gaps of at least two blanks.
fn split(line: &Line, text: &str) -> Vec<Range<usize>> {
    let mut cells: Vec<Range<usize>> = Vec::new();
    let mut gap = 2;
    for (i, c) in text.char_indices() {
        if c.is_whitespace() {
            gap += if c == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        let at = line.start + i;
        match cells.last_mut() {
            Some(cell) if gap < 2 => cell.end = at + c.len_utf8(),
            _ => cells.push(at..at + c.len_utf8()),
        }
        gap = 0;
    }
    cells
}
