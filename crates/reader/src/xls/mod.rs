//! Workbooks of Excel 97 to 2003, which many filing systems still export ([MS-XLS], BIFF8).
//!
//! A workbook is one stream of records: first those of the workbook with the texts that cells share, then those of each
//! sheet. Values are shown and tables are found as in an .xlsx; the notes are the same, and one more:
//!
//! | note | what happened |
//! | --- | --- |
//! | `missing-text` | the file ends before the records of a sheet do |

mod records;
mod strings;

use nianbao_schema::document::{Document, FileKind, Note};

use self::records::{Record, Records};
use crate::bytes::{u8_at, u16_at, u32_at};
use crate::compound::Compound;
use crate::error::{Foreign, ReadError};
use crate::limits;
use crate::output::Output;
use crate::xlsx::format::Formats;
use crate::xlsx::sheet::{Area, MAX_MERGES, MAX_TEXT, Sheet, tidy};
use crate::xlsx::{MAX_SHEETS, Seen, tables};

/// Records of one workbook, over all sheets. Sheets may lie over each other in a file made to do harm.
const MAX_RECORDS: usize = 8 << 20;

/// Styles and number formats of one workbook.
const MAX_STYLES: usize = 1 << 16;

/// What was read of the workbook, and what may still be read.
#[derive(Debug)]
struct Workbook {
    strings: Vec<String>,
    formats: Formats,
    is_1904: bool,
    seen: Seen,
    records: usize,
    cells: usize,
    text: usize,
    /// Sheets that do not end.
    cut: Vec<String>,
}

/// A sheet that the workbook lists.
struct Listed {
    name: String,
    start: usize,
    is_hidden: bool,
    is_sheet: bool,
}

/// Reads a workbook.
///
/// # Errors
///
/// If it is older than Excel 97, needs a password, or there is no workbook in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let damaged = |detail: &str, detail_zh: &str| ReadError::Damaged {
        detail: detail.to_owned(),
        detail_zh: detail_zh.to_owned(),
    };
    let file =
        Compound::open(bytes).ok_or_else(|| damaged("it is no sound compound file", "文件的目录无法识别"))?;
    let Some(stream) = file.stream("Workbook") else {
        if file.has("Book") {
            return Err(ReadError::Unsupported(Foreign::Xls));
        }
        return Err(damaged("there is no workbook in it", "文件中没有工作簿（Workbook）"));
    };
    let (mut workbook, listed) = Workbook::read(&stream)?;
    let mut out = Output::default();
    let mut starts = Vec::new();
    for listed in listed {
        if !listed.is_sheet || starts.contains(&listed.start) {
            continue;
        }
        starts.push(listed.start);
        if listed.is_hidden {
            workbook.seen.hidden_sheets.push(listed.name);
            continue;
        }
        match workbook.sheet(&stream, listed.start, &listed.name) {
            Some(sheet) => tables::write(sheet, &mut workbook.seen, &mut out),
            None => workbook.seen.unreadable.push(listed.name),
        }
    }
    let mut document = out.into_document(FileKind::Xls, "UTF-16");
    document.encoding = None;
    document.notes.extend(workbook.seen.notes());
    if !workbook.cut.is_empty() {
        let message = format!("文件不完整：工作表“{}”没有读到结尾，请核对原文件", workbook.cut.join("”“"));
        document.notes.push(Note { kind: "missing-text".into(), message, location: None });
    }
    Ok(document)
}

impl Workbook {
    /// Reads what the sheets have in common ([MS-XLS] §2.1.7.20.3), and which sheets there are.
    fn read(stream: &[u8]) -> Result<(Self, Vec<Listed>), ReadError> {
        let mut records = Records::new(stream, 0);
        let first = records.next();
        match first.as_ref().map(|record| (record.kind, u16_at(record.data, 0))) {
            Some((records::BOF, Some(records::BIFF8))) => {}
            Some((records::BOF, _)) => return Err(ReadError::Unsupported(Foreign::Xls)),
            _ => {
                return Err(ReadError::Damaged {
                    detail: "the workbook does not start as one".to_owned(),
                    detail_zh: "工作簿开头的记录无法识别".to_owned(),
                });
            }
        }
        let mut workbook = Self {
            strings: Vec::new(),
            formats: Formats::default(),
            is_1904: false,
            seen: Seen::default(),
            records: MAX_RECORDS,
            cells: limits::CELLS,
            text: MAX_TEXT,
            cut: Vec::new(),
        };
        let (mut styles, mut codes, mut listed) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(record) = records.next() {
            if workbook.records == 0 {
                break;
            }
            workbook.records -= 1;
            match record.kind {
                records::FILEPASS => return Err(ReadError::Encrypted),
                records::DATEMODE => workbook.is_1904 = u16_at(record.data, 0) == Some(1),
                records::SST => workbook.strings = strings::shared(&records.with_continuations(&record)),
                records::FORMAT if codes.len() < MAX_STYLES => {
                    let code = strings::long(&records.with_continuations(&record), 2);
                    codes.extend(u16_at(record.data, 0).zip(code));
                }
                records::XF if styles.len() < MAX_STYLES => styles.push(u16_at(record.data, 2).unwrap_or(0)),
                records::BOUNDSHEET if listed.len() < MAX_SHEETS => listed.extend(sheet_of(&record)),
                records::BOUNDSHEET => workbook.seen.dropped += 1,
                records::EOF => break,
                _ => {}
            }
        }
        // A style names one of few formats, so that parsing each again costs little; but not for every style.
        codes.truncate(limits::COLUMNS);
        workbook.formats = Formats::new(&styles, &codes);
        Ok((workbook, listed))
    }

    /// Reads the records of a sheet (§2.1.7.20.5); none if there is no sheet at this place.
    fn sheet(&mut self, stream: &[u8], start: usize, name: &str) -> Option<Sheet> {
        let mut records = Records::new(stream, start);
        if records.next()?.kind != records::BOF {
            return None;
        }
        let mut sheet = Sheet::default();
        // Where the text of a formula belongs, which follows in a record of its own.
        let mut open: Option<(u16, u16)> = None;
        // Charts in the sheet are streams of records in themselves.
        let mut depth = 0_usize;
        loop {
            let Some(record) = records.next() else {
                self.cut.push(name.to_owned());
                break;
            };
            if self.records == 0 {
                self.seen.dropped += 1;
                break;
            }
            self.records -= 1;
            match record.kind {
                records::BOF => depth += 1,
                records::EOF if depth == 0 => break,
                records::EOF => depth -= 1,
                _ if depth > 0 => {}
                _ => self.record(&mut records, &record, &mut sheet, &mut open),
            }
        }
        Some(sheet)
    }

    fn record<'a>(
        &mut self,
        records: &mut Records<'a>,
        record: &Record<'a>,
        sheet: &mut Sheet,
        open: &mut Option<(u16, u16)>,
    ) {
        let data = record.data;
        let place = u16_at(data, 0).zip(u16_at(data, 2));
        let style = u16_at(data, 4).unwrap_or(0);
        if record.kind == records::STRING {
            let text = strings::long(&records.with_continuations(record), 0);
            if let Some((place, text)) = open.take().zip(text) {
                self.put(sheet, place, &text);
            }
            return;
        }
        match (record.kind, place) {
            (records::LABELSST, Some(place)) => {
                let text = u32_at(data, 6).and_then(|n| self.strings.get(n as usize)).cloned();
                self.put(sheet, place, &text.unwrap_or_default());
            }
            (records::LABEL | records::RSTRING, Some(place)) => {
                let text = strings::long(&records.with_continuations(record), 6).unwrap_or_default();
                self.put(sheet, place, &text);
            }
            (records::RK, Some(place)) => {
                if let Some(rk) = u32_at(data, 6) {
                    self.number(sheet, place, style, number_of(rk));
                }
            }
            (records::MULRK, Some((row, first))) => {
                for (i, cell) in data.get(4..).unwrap_or_default().chunks_exact(6).enumerate() {
                    let column = usize::from(first) + i;
                    if let (Ok(column), Some(style), Some(rk)) =
                        (u16::try_from(column), u16_at(cell, 0), u32_at(cell, 2))
                    {
                        self.number(sheet, (row, column), style, number_of(rk));
                    }
                }
            }
            (records::NUMBER, Some(place)) => {
                if let Some(number) = double_at(data, 6) {
                    self.number(sheet, place, style, number);
                }
            }
            (records::FORMULA, Some(place)) => {
                *open = None;
                self.formula(sheet, place, style, data, open);
            }
            (records::BOOLERR, Some(place)) => {
                if let (Some(value), Some(is_error)) = (u8_at(data, 6), u8_at(data, 7)) {
                    self.flag(sheet, place, value, is_error != 0);
                }
            }
            (records::MERGEDCELLS, _) => {
                for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let edge = |at| u16_at(area, at).map_or(0, u32::from);
                    if sheet.merges.len() >= MAX_MERGES {
                        self.seen.dropped += 1;
                        return;
                    }
                    let (top, bottom, left, right) = (edge(0), edge(2), edge(4), edge(6));
                    sheet.merges.push(Area {
                        top: top.min(bottom),
                        left: left.min(right),
                        bottom: top.max(bottom),
                        right: left.max(right),
                    });
                }
            }
            (records::ROW, _) => {
                const HIDDEN: u32 = 0x20;
                let is_hidden = u32_at(data, 12).is_some_and(|flags| flags & HIDDEN != 0);
                self.seen.hidden_rows += u32::from(is_hidden);
            }
            (records::COLINFO, _) => {
                self.seen.hidden_rows += u32::from(u16_at(data, 8).is_some_and(|flags| flags & 1 != 0));
            }
            _ => {}
        }
    }

    /// The value that the program computed last (§2.5.133).
    fn formula(
        &mut self,
        sheet: &mut Sheet,
        place: (u16, u16),
        style: u16,
        data: &[u8],
        open: &mut Option<(u16, u16)>,
    ) {
        let Some(kind) = u8_at(data, 6) else { return };
        if u16_at(data, 12) != Some(0xffff) {
            if let Some(number) = double_at(data, 6) {
                self.number(sheet, place, style, number);
            }
            return;
        }
        let value = u8_at(data, 8).unwrap_or(0);
        match kind {
            0 => *open = Some(place),
            1 => self.flag(sheet, place, value, false),
            2 => self.flag(sheet, place, value, true),
            _ => self.seen.not_computed += 1,
        }
    }

    fn flag(&mut self, sheet: &mut Sheet, place: (u16, u16), value: u8, is_error: bool) {
        let text = match (is_error, value) {
            (false, 0) => "FALSE",
            (false, _) => "TRUE",
            (true, 0x00) => "#NULL!",
            (true, 0x07) => "#DIV/0!",
            (true, 0x0f) => "#VALUE!",
            (true, 0x17) => "#REF!",
            (true, 0x1d) => "#NAME?",
            (true, 0x24) => "#NUM!",
            (true, 0x2a) => "#N/A",
            (true, _) => "#ERROR!",
        };
        self.seen.errors += u32::from(is_error);
        self.put(sheet, place, text);
    }

    fn number(&mut self, sheet: &mut Sheet, place: (u16, u16), style: u16, number: f64) {
        let value = if number.abs() < 1e30 { number.to_string() } else { format!("{number:e}") };
        let text = self.formats.display(&value, style.into(), self.is_1904);
        self.put(sheet, place, &text);
    }

    fn put(&mut self, sheet: &mut Sheet, (row, column): (u16, u16), text: &str) {
        let Some(text) = tidy(text) else { return };
        if self.cells == 0 || text.len() > self.text {
            self.seen.dropped += 1;
            return;
        }
        self.cells -= 1;
        self.text -= text.len();
        sheet.cells.insert((row.into(), column.into()), text);
    }
}

/// An entry of the list of sheets (§2.4.28).
fn sheet_of(record: &Record<'_>) -> Option<Listed> {
    let data = record.data;
    Some(Listed {
        start: u32_at(data, 0)? as usize,
        is_hidden: u8_at(data, 4)? & 3 != 0,
        is_sheet: u8_at(data, 5)? == 0,
        name: strings::short(data, 6)?.chars().take(64).collect(),
    })
}

/// A number in four bytes (§2.5.217).
fn number_of(rk: u32) -> f64 {
    let number =
        if rk & 2 != 0 { f64::from(rk.cast_signed() >> 2) } else { f64::from_bits(u64::from(rk & !3) << 32) };
    if rk & 1 != 0 { number / 100.0 } else { number }
}

fn double_at(data: &[u8], at: usize) -> Option<f64> {
    let bytes: [u8; 8] = data.get(at..at + 8)?.try_into().ok()?;
    Some(f64::from_le_bytes(bytes)).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_four_bytes() {
        assert_eq!(number_of(12 << 2 | 2), 12.0);
        assert_eq!(number_of((-3_i32 << 2).cast_unsigned() | 2), -3.0);
        assert_eq!(number_of(917_076 << 2 | 3), 9170.76);
        assert_eq!(number_of(0x3ff0_0000), 1.0);
        assert_eq!(number_of(0x4059_0001), 1.0);
    }
}
