//! One sheet: its cells that hold something, and its merged areas.

use std::collections::BTreeMap;

use nianbao_ooxml::xml::{Scanner, Tag, Token};

use super::{Workbook, push_characters, rich_text};
use crate::limits;

/// Rows and columns of a sheet, as Excel has them.
const MAX_ROW: u32 = 1 << 20;
const MAX_COLUMN: u32 = 1 << 14;

/// Merged areas of one sheet.
pub(crate) const MAX_MERGES: usize = 100_000;

/// Text of all cells of one sheet, in bytes: cells may share one text, but not without end.
pub(crate) const MAX_TEXT: usize = 32 << 20;

/// A rectangle of cells; both corners belong to it. Rows and columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) top: u32,
    pub(crate) left: u32,
    pub(crate) bottom: u32,
    pub(crate) right: u32,
}

#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// Cells that hold something, by row and column.
    pub(crate) cells: BTreeMap<(u32, u32), String>,
    pub(crate) merges: Vec<Area>,
    pub(crate) is_damaged: bool,
}

impl Sheet {
    pub(super) fn read(xml: &[u8], workbook: &mut Workbook) -> Self {
        let mut sheet = Self::default();
        let mut scanner = Scanner::new(xml);
        let (mut row, mut column, mut text) = (0, 0, 0);
        let mut stack_is_row = false;
        loop {
            match scanner.next() {
                Token::Open(tag) => match tag.local() {
                    b"row" => {
                        row = match tag.number(b"r") {
                            Some(n) => (n.clamp(1, i64::from(MAX_ROW)) - 1) as u32,
                            None if stack_is_row => row.saturating_add(1),
                            None => row,
                        };
                        (column, stack_is_row) = (0, true);
                        workbook.seen.hidden_rows += u32::from(is_set(&tag, b"hidden"));
                    }
                    b"col" => workbook.seen.hidden_rows += u32::from(is_set(&tag, b"hidden")),
                    b"c" => {
                        let place = tag.raw(b"r").and_then(reference);
                        let (row, at) = place.unwrap_or((row, column));
                        column = at.saturating_add(1);
                        if at >= MAX_COLUMN || sheet.cells.len() >= limits::CELLS || text > MAX_TEXT {
                            workbook.seen.dropped += u32::from(!tag.empty);
                            scanner.skip(&tag);
                            continue;
                        }
                        let Some(value) = value(&mut scanner, &tag, workbook) else { continue };
                        text += value.len();
                        sheet.cells.insert((row, at), value);
                    }
                    b"mergeCell" => {
                        let Some(area) = tag.raw(b"ref").and_then(area) else { continue };
                        if sheet.merges.len() >= MAX_MERGES {
                            workbook.seen.dropped += 1;
                            continue;
                        }
                        sheet.merges.push(area);
                    }
                    // What newer versions add, and what stands beside the cells.
                    b"extLst" | b"conditionalFormatting" | b"dataValidations" | b"drawing" => {
                        scanner.skip(&tag);
                    }
                    _ => {}
                },
                Token::Close(_) => {}
                Token::End => break,
            }
        }
        sheet.is_damaged = scanner.damaged_at().is_some();
        sheet
    }
}

/// The text of a cell; none if it holds nothing. The cell is read to its end.
fn value<'a>(scanner: &mut Scanner<'a>, cell: &Tag<'a>, workbook: &mut Workbook) -> Option<String> {
    let (mut value, mut inline, mut has_formula) = (String::new(), None, false);
    scanner.children(cell, |scanner, child| match child.local() {
        b"v" => push_characters(scanner, child, &mut value),
        b"is" => inline = Some(rich_text(scanner, child)),
        b"f" => has_formula = true,
        _ => {}
    });
    let text = match cell.raw(b"t") {
        Some(b"inlineStr") => inline.unwrap_or_default(),
        Some(b"s") => value.trim().parse().ok().and_then(|n: usize| workbook.strings.get(n))?.clone(),
        Some(b"str") => value,
        Some(b"b") => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        Some(b"e") => {
            workbook.seen.errors += 1;
            value
        }
        _ if value.trim().is_empty() => {
            workbook.seen.not_computed += u32::from(has_formula);
            return None;
        }
        Some(b"d") => value,
        _ => {
            let style = cell.number(b"s").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            workbook.formats.display(value.trim(), style, workbook.is_1904)
        }
    };
    tidy(&text)
}

/// The text without blanks at the ends of its lines, and without blank lines.
pub(crate) fn tidy(text: &str) -> Option<String> {
    // A carriage return that XML cannot hold as such (ECMA-376 part 1, §22.4.2.4).
    let text = text.replace("_x000D_", "");
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
    let lines = text.split(['\n', '\r']).map(|line| line.trim_matches(is_blank));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn is_set(tag: &Tag<'_>, name: &[u8]) -> bool {
    tag.raw(name).is_some_and(|v| matches!(v, b"1" | b"true" | b"on"))
}

/// `C12`: row and column from 0.
fn reference(raw: &[u8]) -> Option<(u32, u32)> {
    let letters = raw.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let place = |b: &u8| u32::from(b.to_ascii_uppercase() - b'A' + 1);
    let column = raw[..letters].iter().fold(0, |n, b| n * 26 + place(b));
    let row: u32 = str::from_utf8(&raw[letters..]).ok()?.parse().ok()?;
    ((1..=MAX_ROW).contains(&row) && column <= MAX_COLUMN).then(|| (row - 1, column - 1))
}

/// `A1:C12`.
fn area(raw: &[u8]) -> Option<Area> {
    let colon = raw.iter().position(|&b| b == b':')?;
    let (a, b) = (reference(&raw[..colon])?, reference(&raw[colon + 1..])?);
    Some(Area { top: a.0.min(b.0), left: a.1.min(b.1), bottom: a.0.max(b.0), right: a.1.max(b.1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        assert_eq!(reference(b"A1"), Some((0, 0)));
        assert_eq!(reference(b"XFD1048576"), Some((MAX_ROW - 1, MAX_COLUMN - 1)));
        for wrong in ["", "A", "1", "A0", "XFE1", "AAAA1", "A99999999999", "A-1", "Ａ1"] {
            assert_eq!(reference(wrong.as_bytes()), None, "{wrong}");
        }
        assert_eq!(area(b"C3:A1"), Some(Area { top: 0, left: 0, bottom: 2, right: 2 }));
    }

    #[test]
    fn texts_are_tidied() {
        assert_eq!(tidy(" 商业_x000D_\n\n 企业 ").as_deref(), Some("商业\n企业"));
        assert_eq!(tidy(" \n\u{3000}"), None);
    }
}
