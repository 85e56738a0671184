//! Tables in plain text whose columns a line of dashes shows: grid tables (`+----+----+`), and the simple and multiline
//! tables of pandoc (`  ----- -----`).
//!
//! The dashes say on which display columns cells begin, so cells that are blank or go over several lines are certain.
//! Wide characters take two columns.

use std::ops::Range;

use super::lines::Line;
use super::tabs::{RawCell, RawTable};

/// Lines that a header or a row goes over at most.
const ROW_LINES: usize = 60;

/// Columns of a drawn table at most: beyond that it is no table of figures.
const COLUMNS: usize = 64;

/// Lines of a drawn table at most: the end of one that has none is not looked for any further.
const LINES: usize = 500;

/// The table that starts at the first line, and how many lines it is long.
pub(super) fn read(source: &str, lines: &[Line]) -> Option<(usize, RawTable)> {
    let lines = &lines[..lines.len().min(LINES)];
    let text = lines[0].text(source);
    if text.trim_start().starts_with("+-") || text.trim_start().starts_with("+=") {
        return grid(source, lines);
    }
    // The rule is the first line, or stands under a header of one line.
    let second = lines.get(1).filter(|l| l.blanks == 0).map(|l| rule(l.text(source)));
    match (rule(text), second) {
        (Some(runs), _) if runs.len() == 1 => framed(source, lines, &runs[0]),
        (Some(runs), _) => ruled(source, lines, 0, &runs),
        (None, Some(Some(runs))) if runs.len() > 1 => ruled(source, lines, 1, &runs),
        _ => None,
    }
}

/// The runs of dashes that a line consists of, by display column.
fn rule(text: &str) -> Option<Vec<Range<usize>>> {
    let text = text.trim_end();
    if !text.contains("--") || !text.bytes().all(|b| matches!(b, b'-' | b' ')) {
        return None;
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, b)| *b == b'-') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    let long = runs.iter().all(|r| r.len() >= 2) && runs.iter().any(|r| r.len() >= 4);
    (long && runs.len() <= COLUMNS).then_some(runs)
}

/// A table between two rules of full width, with a rule that shows its columns below the header.
fn framed(source: &str, lines: &[Line], frame: &Range<usize>) -> Option<(usize, RawTable)> {
    let is_frame = |l: &Line| rule(l.text(source)).is_some_and(|r| r.len() == 1 && r[0] == *frame);
    let columns = (1..lines.len().min(ROW_LINES)).find_map(|i| {
        let runs = rule(lines[i].text(source))?;
        (runs.len() > 1).then_some((i, runs))
    });
    let (head, runs) = columns?;
    let length = head + 1 + lines[head + 1..].iter().position(is_frame)?;
    let mut rows = rows(source, &lines[1..head], &runs)?;
    rows.extend(self::rows(source, &lines[head + 1..length], &runs)?);
    Some((length + 1, rows))
}

/// A table without a frame: it ends with another such rule, or at a blank line.
fn ruled(source: &str, lines: &[Line], head: usize, runs: &[Range<usize>]) -> Option<(usize, RawTable)> {
    let body = &lines[head + 1..];
    let same = |l: &Line| rule(l.text(source)).is_some_and(|r| r == runs);
    if body.first().is_none_or(|l| l.text(source).trim_start().starts_with("--")) {
        return None;
    }
    let blank = body.iter().skip(1).position(|l| l.blanks > 0).map_or(body.len(), |i| i + 1);
    let (length, end) = match body.iter().position(same) {
        Some(at) => (at, at + 1),
        None => (blank, blank),
    };
    if length == 0 {
        return None;
    }
    let mut rows = rows(source, &lines[..head], runs)?;
    rows.extend(self::rows(source, &body[..length], runs)?);
    Some((head + 1 + end, rows))
}

/// The rows among some lines: with blank lines between them, or one a line.
fn rows(source: &str, lines: &[Line], runs: &[Range<usize>]) -> Option<RawTable> {
    let spaced = lines.iter().skip(1).any(|l| l.blanks > 0);
    let mut rows: RawTable = Vec::new();
    let mut height = 0;
    for (i, line) in lines.iter().enumerate() {
        let cells = slices(source, line, runs)?;
        let goes_on = spaced && i > 0 && line.blanks == 0;
        height = if goes_on { height + 1 } else { 1 };
        if height > ROW_LINES {
            return None;
        }
        match rows.last_mut() {
            Some(row) if goes_on => row.iter_mut().zip(cells).for_each(|(cell, part)| cell.push(part)),
            _ => rows.push(cells.into_iter().map(|c| vec![c]).collect()),
        }
    }
    Some(rows)
}

/// The parts of a line that stand in each column; `None` if something stands across the border of two.
fn slices(source: &str, line: &Line, runs: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    let starts: Vec<usize> = runs.iter().map(|r| r.start).collect();
    cut(source, line, &starts, |text, at| {
        // A blank, or nothing at all, stands before each column.
        at == 0 || text[..at].ends_with(char::is_whitespace) || text[at..].trim_start().is_empty()
    })
}

/// Cuts a line where columns start, by display width. `may` says whether a place is one to cut at.
fn cut(
    source: &str,
    line: &Line,
    starts: &[usize],
    may: impl Fn(&str, usize) -> bool,
) -> Option<Vec<Range<usize>>> {
    let text = line.text(source);
    let mut offsets = Vec::with_capacity(starts.len() + 1);
    let mut column = 0;
    let mut next = starts.iter().peekable();
    for (i, c) in text.char_indices() {
        while let Some(start) = next.next_if(|s| **s <= column) {
            // A wide character across the border.
            if *start < column && i > 0 && *start != 0 {
                return None;
            }
            offsets.push(i);
        }
        column += wide(c);
    }
    offsets.extend(next.map(|_| text.len()));
    if text[..offsets[0]].chars().any(|c| !c.is_whitespace()) || !offsets.iter().all(|at| may(text, *at)) {
        return None;
    }
    offsets.push(text.len());
    Some(offsets.windows(2).map(|w| line.start + w[0]..line.start + w[1]).collect())
}

/// Columns of a character on a terminal, as the writers of such tables count them.
fn wide(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// A grid table: every row between two borders.
fn grid(source: &str, lines: &[Line]) -> Option<(usize, RawTable)> {
    let border = |l: &Line| -> Option<Vec<usize>> {
        let text = l.text(source).trim_end();
        let drawn = text.trim_start().starts_with('+')
            && text.ends_with('+')
            && text.trim_start().bytes().all(|b| matches!(b, b'+' | b'-' | b'=' | b':'));
        let at = |(i, b): (usize, u8)| (b == b'+').then_some(i);
        drawn.then(|| text.bytes().enumerate().filter_map(at).collect())
    };
    let edges = border(&lines[0])?;
    if edges.len() < 2 || edges.len() > COLUMNS {
        return None;
    }
    // Lines of borders without anything between them are looked at no further.
    if !lines.get(1)?.text(source).trim_start().starts_with('|') {
        return None;
    }
    let starts = &edges[..edges.len() - 1];
    let mut rows: RawTable = Vec::new();
    let mut row: Vec<RawCell> = Vec::new();
    let mut end = 1;
    for (i, line) in lines.iter().enumerate().skip(1) {
        if let Some(found) = border(line) {
            // Cells that span columns leave corners out; none may stand elsewhere.
            if !found.iter().all(|e| edges.contains(e)) {
                return None;
            }
            if !row.is_empty() {
                rows.push(std::mem::take(&mut row));
            }
            end = i + 1;
            continue;
        }
        let text = line.text(source).trim();
        if line.blanks > 0 || !text.starts_with('|') || !text.ends_with('|') {
            break;
        }
        let cells = cut(source, line, starts, |_, _| true)?;
        // A cell across several columns leaves the places of borders between them to its words.
        let cells = without_bars(source, &cells)?;
        if row.is_empty() {
            row = cells.into_iter().map(|c| vec![c]).collect();
        } else if row[0].len() >= ROW_LINES {
            return None;
        } else {
            row.iter_mut().zip(cells).for_each(|(cell, part)| cell.push(part));
        }
    }
    (!rows.is_empty()).then_some((end, rows))
}

/// The cells of a line of a grid table without the bars before and behind them. A cell whose place for a bar holds
/// something else goes on with the cell before.
fn without_bars(source: &str, cells: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    let mut kept: Vec<Range<usize>> = Vec::with_capacity(cells.len());
    for (i, cell) in cells.iter().enumerate() {
        let text = &source[cell.clone()];
        if text.starts_with('|') {
            kept.push(cell.start + 1..cell.end);
        } else if i == 0 {
            return None;
        } else {
            let mut to = kept.iter().rposition(|c| c.start < c.end)?;
            // Only stretches that meet can be joined.
            while to > 0 && kept[to].end != cell.start {
                to -= 1;
            }
            if kept[to].end != cell.start {
                return None;
            }
            kept[to].end = cell.end;
            kept.push(cell.end..cell.end);
        }
    }
    if let Some(last) = kept.iter_mut().rev().find(|c| c.start < c.end) {
        let text = source[last.clone()].trim_end();
        last.end = last.start + text.strip_suffix('|').unwrap_or(text).len();
    }
    Some(kept)
}
