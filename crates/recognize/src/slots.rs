//! The cells of a table, row by row, as recognition compares them.

use nianbao_schema::contract::read_back::marked;
use nianbao_schema::document::{Cell, Layout, Location, Table, Text};
use nianbao_schema::value::{Reading, Value, ValueKind};
use nianbao_text::label;

/// A cell in a row of the table, with what a comparison needs.
pub(crate) struct Slot<'a> {
    pub text: &'a Text,
    pub start: u32,
    pub end: u32,
    /// Whether the cell starts in this row, or hangs down from one above.
    pub starts_here: bool,
    pub normal: String,
    pub parts: label::Parts,
    /// A number, a blank or a mark for “does not apply”.
    pub is_value: bool,
}

impl<'a> Slot<'a> {
    pub(crate) fn new(cell: &'a Cell, starts_here: bool) -> Self {
        let is_value = is_value(&cell.text.value);
        let (normal, parts) = if is_value {
            (String::new(), label::parts(""))
        } else {
            (label::normal(&cell.text.value), label::parts(&cell.text.value))
        };
        let end = cell.column.saturating_add(cell.colspan);
        Self { text: &cell.text, start: cell.column, end, starts_here, normal, parts, is_value }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.is_value && self.text.is_blank()
    }

    /// The rows of a table with the cells that reach down into them.
    pub(crate) fn lines(table: &'a Table) -> Vec<Vec<Self>> {
        let mut hanging: Vec<(&Cell, u32)> = Vec::new();
        let mut lines = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut line: Vec<Self> = row.cells.iter().map(|c| Self::new(c, true)).collect();
            line.extend(hanging.iter().map(|(c, _)| Self::new(c, false)));
            line.sort_by_key(|s| s.start);
            lines.push(line);
            hanging.retain_mut(|(_, left)| {
                *left -= 1;
                *left > 0
            });
            let tall = row.cells.iter().filter(|c| c.rowspan > 1);
            hanging.extend(tall.map(|c| (c, c.rowspan - 1)));
        }
        if table.layout == Layout::Flow {
            drop_blank_columns(&mut lines);
        }
        lines
    }
}

/// Drops the columns of a rectangle that are blank from top to bottom: pages that are laid out as one table leave hundreds
/// of them. What has a header is kept. A few blank columns may as well be values that are blank, moved by a row that begins
/// elsewhere than its header.
fn drop_blank_columns(lines: &mut [Vec<Slot<'_>>]) {
    let Some(width) = lines.first().map(Vec::len) else { return };
    if lines.iter().any(|l| l.len() != width) {
        return;
    }
    let mut filled = vec![false; width];
    for line in &*lines {
        for (f, slot) in filled.iter_mut().zip(line) {
            *f |= !slot.is_blank();
        }
    }
    if filled.iter().filter(|f| **f).count() * 2 > width {
        return;
    }
    for line in lines {
        let mut kept = filled.iter();
        line.retain(|_| kept.next().copied().unwrap_or(true));
        for (slot, at) in line.iter_mut().zip(0..) {
            (slot.start, slot.end) = (at, at + 1);
        }
    }
}

/// Whether some words are a number, a blank or a mark for “does not apply”.
pub(crate) fn is_value(words: &str) -> bool {
    let text = Text::new(words, Location::default());
    marked(words).is_some() || !matches!(Reading::new(text, ValueKind::Amount, None, None).value, Value::Text)
}

/// Whether some words head a column only because a converter had none: `数据1`, `列2`, `Unnamed: 3`, `Column4`.
pub(crate) fn is_placeholder(normal: &str) -> bool {
    const WORDS: &[&str] =
        &["数据", "列", "字段", "标题", "表头", "column", "col", "unnamed", "field", "header"];
    let words = normal.to_ascii_lowercase();
    let words = words.trim_end_matches(|c: char| c.is_ascii_digit() || ":_-#".contains(c));
    words.len() < normal.len() && (words.is_empty() || WORDS.contains(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_converters_are_told_from_labels() {
        for words in ["数据1", "列12", "Unnamed:3", "Column4", "col_0"] {
            assert!(is_placeholder(words), "{words}");
        }
        for words in ["总计", "自然人", "列", "第二十条第(一)项", "其他1"] {
            assert!(!is_placeholder(words), "{words}");
        }
    }
}
