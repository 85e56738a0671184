//! Tables in plain text whose cells are set apart by `|`, as in Markdown and in the output of trafilatura.

use std::ops::Range;

use super::lines::Line;
use super::tabs::RawTable;

/// A row can go over so many lines.
const ROW_LINES: usize = 30;

/// Lines that a table with a rule under its first row is looked at for.
const HEADED_LINES: usize = 500;

/// The table that starts at the first line, and how many lines it is long.
pub(super) fn read(source: &str, lines: &[Line]) -> Option<(usize, RawTable)> {
    if let Some(table) = headed(source, lines) {
        return Some(table);
    }
    let mut rows: RawTable = Vec::new();
    let mut taken = 0;
    let mut bordered = false;
    while let Some(first) = lines.get(taken) {
        if taken > 0 && first.blanks > 0 {
            break;
        }
        let text = first.text(source).trim();
        let has_border = text.starts_with('|') && text.len() > 1;
        if taken == 0 {
            bordered = has_border;
        }
        let length = if bordered { bordered_row(source, &lines[taken..]) } else { open_row(text) };
        let Some(length) = length else { break };
        let row = split(source, first.start..lines[taken + length - 1].end);
        taken += length;
        if !is_delimiter(source, &row, rows.len() == 1) {
            rows.push(row.into_iter().map(|cell| vec![cell]).collect());
        }
    }
    // A line of links at the top of a page has bars as well, so without borders it takes two lines.
    let is_table = if bordered { !rows.is_empty() } else { taken >= 2 };
    is_table.then_some((taken, rows))
}

/// A table without bars at its ends and with a rule under its first row, as html2text prints tables: rows may have one
/// cell only, and end with the first blank line.
fn headed(source: &str, lines: &[Line]) -> Option<(usize, RawTable)> {
    let rule = lines.get(1).filter(|l| l.blanks == 0)?.text(source).trim();
    let first = lines[0].text(source).trim();
    if first.starts_with('|')
        || !rule.starts_with("---")
        || !rule.bytes().all(|b| matches!(b, b'-' | b'|' | b':' | b' '))
    {
        return None;
    }
    let most = lines.len().min(HEADED_LINES);
    let end = lines[..most].iter().skip(1).position(|l| l.blanks > 0).map_or(most, |i| i + 1);
    let body = lines[..end].iter().enumerate().filter(|(i, _)| *i != 1).map(|(_, l)| l);
    let barred = body.clone().filter(|l| l.text(source).contains('|')).count();
    // A heading with a line of dashes under it is no table.
    let is_table = barred >= 2 && barred * 2 > end - 1;
    // Where the head has no bar at its end, a bar at the end of a row stands before a blank cell.
    let open = !first.ends_with('|');
    let cells = |line: &Line| {
        let mut cells = split(source, line.range());
        if open && line.text(source).trim_end().ends_with('|') {
            cells.push(line.end..line.end);
        }
        cells.into_iter().map(|c| vec![c]).collect()
    };
    is_table.then(|| (end, body.map(cells).collect()))
}

/// How many lines a row with a bar in front takes: usually one, more if a cell has several lines.
fn bordered_row(source: &str, lines: &[Line]) -> Option<usize> {
    let text = |line: &Line| line.text(source).trim();
    let first = text(&lines[0]);
    if !first.starts_with('|') || !first[1..].contains('|') && lines.len() == 1 {
        return None;
    }
    if first.len() > 1 && first.ends_with('|') {
        return Some(1);
    }
    for (i, line) in lines.iter().enumerate().take(ROW_LINES).skip(1) {
        if line.blanks > 0 || text(line).starts_with('|') {
            break;
        }
        if text(line).ends_with('|') {
            return Some(i + 1);
        }
    }
    first[1..].contains('|').then_some(1)
}

/// A row without bars at its ends has at least three cells, or is a delimiter row.
fn open_row(text: &str) -> Option<usize> {
    (text.matches('|').count() >= 2).then_some(1)
}

/// The cells of a row; `\|` is no border.
fn split(source: &str, row: Range<usize>) -> Vec<Range<usize>> {
    let text = &source[row.clone()];
    let mut start =
        row.start + text.find('|').filter(|&at| text[..at].trim().is_empty()).map_or(0, |at| at + 1);
    let mut cells = Vec::new();
    let mut escaped = false;
    let from = start;
    for (i, c) in source[from..row.end].char_indices() {
        if c == '|' && !escaped {
            cells.push(start..from + i);
            start = from + i + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    if !source[start..row.end].trim().is_empty() {
        cells.push(start..row.end);
    }
    cells
}

/// `|---|:-:|`: the line under the head of a Markdown table.
fn is_delimiter(source: &str, row: &[Range<usize>], second: bool) -> bool {
    let cells = || row.iter().map(|cell| source[cell.clone()].trim());
    let is_rule = |cell: &str| cell.contains('-') && cell.bytes().all(|b| matches!(b, b'-' | b':'));
    !row.is_empty() && cells().all(is_rule) && (second || cells().any(|cell| cell.contains("---")))
}
