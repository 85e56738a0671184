//! The body of a document, character by character.

use encoding_rs::WINDOWS_1252;
use nianbao_ooxml::{Numbering, Paragraph};

use super::lists::Lists;
use super::pages::Runs;
use super::pieces::{Piece, Pieces};
use super::properties::{CharacterProperties, Outside, ParagraphProperties};
use super::styles::{self, Style};
use crate::bytes::{u8_at, u16_at};
use crate::rows::Assembler;

/// Fields in each other.
const MAX_FIELDS: usize = 64;

/// All that is needed to read the body, and what was read.
#[derive(Debug, Default)]
pub(super) struct Story<'a> {
    pub(super) stream: &'a [u8],
    pub(super) pieces: Pieces<'a>,
    pub(super) characters: Runs,
    pub(super) paragraphs: Runs,
    pub(super) styles: Vec<Style>,
    pub(super) outside: Outside<'a>,
    pub(super) lists: Lists,
    /// Whether floating objects may be pictures.
    pub(super) has_pictures: bool,
    pub(super) rows: Assembler,
    /// Paragraphs whose number is not known.
    pub(super) unnumbered: u32,
    pub(super) current: Current,
}

/// The paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Current {
    paragraph: Paragraph,
    /// Fields that are open; whether their result has begun.
    fields: Vec<bool>,
    /// How many of them have none yet: their instructions are no text.
    instructions: usize,
    /// First half of a character of two units.
    surrogate: Option<u16>,
}

/// Properties that hold up to some byte.
#[derive(Debug, Clone, Copy, Default)]
struct Formatted {
    start: u32,
    end: u32,
    properties: CharacterProperties,
}

impl Story<'_> {
    /// Reads the body; tells how many characters of it are not in the file.
    pub(super) fn read(&mut self, length: u32) -> u32 {
        let latin: Vec<char> = (0x80..=0xff_u8).filter_map(latin).collect();
        let pieces = std::mem::take(&mut self.pieces);
        let mut read = 0;
        // No sound file refers to a byte twice; one that does must not make a long text out of a short file.
        let mut budget = self.stream.len();
        for piece in &pieces.pieces {
            let end = piece.end.min(length);
            let changes = pieces.changes(piece.modifier);
            let mut formatted = Formatted::default();
            for index in 0..end.saturating_sub(piece.start) {
                let offset =
                    u64::from(piece.offset) + u64::from(index) * if piece.compressed { 1 } else { 2 };
                let Some(unit) = unit(self.stream, offset, *piece, &latin) else { break };
                if budget == 0 || self.rows.is_full() {
                    self.end(read, length);
                    return if budget == 0 { length - read } else { 0 };
                }
                budget -= 1;
                read += 1;
                let offset = offset as u32;
                if !(formatted.start..formatted.end).contains(&offset) {
                    let before = formatted.properties;
                    formatted = self.formatted(offset, changes.bytes());
                    self.count_changes(before, formatted.properties);
                }
                self.take(unit, offset, formatted.properties, changes.bytes());
            }
        }
        self.end(read, length);
        length.saturating_sub(read)
    }

    /// The text ends, where it ends in a sound file after a mark.
    fn end(&mut self, read: u32, length: u32) {
        if read < length || !self.current.paragraph.text.is_empty() {
            let paragraph = std::mem::take(&mut self.current.paragraph);
            self.rows.paragraph(0, paragraph);
        }
    }

    fn formatted(&self, offset: u32, changes: &[u8]) -> Formatted {
        let mut properties = CharacterProperties::default();
        let run = self.characters.at(offset);
        if let Some(run) = run {
            properties.apply(run.properties(self.stream));
        }
        properties.apply(changes);
        let (start, end) =
            run.map_or_else(|| (offset, self.characters.next_start(offset)), |run| (run.start, run.end));
        Formatted { start, end: end.max(offset + 1), properties }
    }

    fn count_changes(&mut self, before: CharacterProperties, now: CharacterProperties) {
        self.rows.notes.deletions += u32::from(now.is_deleted && !before.is_deleted);
        self.rows.notes.insertions += u32::from(now.is_inserted && !before.is_inserted);
    }

    /// Takes a unit of UTF-16. What the marks mean: [MS-DOC] §2.4.1, §2.4.3, §2.8.25.
    fn take(&mut self, unit: u16, offset: u32, properties: CharacterProperties, changes: &[u8]) {
        if matches!(unit, 0x07 | 0x0c | 0x0d) {
            return self.mark(unit, offset, properties, changes);
        }
        if properties.is_deleted {
            return;
        }
        match unit {
            0x13 if self.current.fields.len() < MAX_FIELDS => {
                self.current.fields.push(false);
                self.current.instructions += 1;
            }
            0x14 => {
                if let Some(has_result @ false) = self.current.fields.last_mut() {
                    *has_result = true;
                    self.current.instructions -= 1;
                }
            }
            0x15 => {
                if self.current.fields.pop() == Some(false) {
                    self.current.instructions -= 1;
                }
            }
            _ if self.current.instructions > 0 => {}
            0x01 => self.current.paragraph.has_image = true,
            0x08 => self.current.paragraph.has_image |= self.has_pictures,
            0x09 => self.push('\t', properties),
            0x0b | 0x0e => self.push('\n', properties),
            0x1e => self.push('-', properties),
            0x00..=0x1f => {}
            0x28 => self.push(properties.symbol.unwrap_or('('), properties),
            0xd800..=0xdbff => self.current.surrogate = Some(unit),
            _ => {
                let high = self.current.surrogate.take();
                for c in char::decode_utf16(high.into_iter().chain([unit])) {
                    self.rows.notes.invalid_texts += u32::from(c.is_err());
                    self.push(c.unwrap_or('\u{fffd}'), properties);
                }
            }
        }
    }

    fn push(&mut self, c: char, properties: CharacterProperties) {
        self.current.paragraph.has_hidden_text |= properties.is_hidden && !c.is_whitespace();
        self.current.paragraph.text.push(c);
    }

    /// Takes the end of a paragraph, cell or row.
    fn mark(&mut self, mark: u16, offset: u32, character: CharacterProperties, changes: &[u8]) {
        let run = self.paragraphs.at(offset);
        // A page break is none, a section break is.
        if mark == 0x0c && run.is_some_and(|run| run.end != offset + 1 && run.end != offset + 2) {
            if self.current.instructions == 0 && !character.is_deleted {
                self.push('\n', character);
            }
            return;
        }
        let mut properties = ParagraphProperties::default();
        if let Some(run) = run {
            let bytes = run.properties(self.stream);
            properties.style = u16_at(bytes, 0).unwrap_or(0);
            properties.apply(bytes.get(2..).unwrap_or_default(), &mut self.outside);
        }
        let changes = self.outside.admit(changes);
        properties.apply(changes, &mut self.outside);
        let is_inner = properties.is_inner_cell_end || properties.is_inner_row_end;
        if mark == 0x0d && character.is_deleted && !is_inner {
            return;
        }
        if self.current.instructions > 0 {
            self.rows.notes.broken_fields += 1;
            self.current.instructions = 0;
            self.current.fields.clear();
        }
        self.current.surrogate = None;
        let depth = properties.depth().max(usize::from(mark == 0x07));
        let is_row_end = if mark == 0x07 { properties.is_row_end } else { properties.is_inner_row_end };
        let mut paragraph = std::mem::take(&mut self.current.paragraph);
        if is_row_end {
            if !paragraph.text.trim().is_empty() {
                self.rows.paragraph(depth, paragraph);
            }
            return self.rows.end_row(depth, properties.row_shape().as_ref());
        }
        self.format(&mut paragraph, &properties);
        if mark == 0x07 || properties.is_inner_cell_end {
            self.rows.end_cell(depth, paragraph);
        } else {
            self.rows.paragraph(depth, paragraph);
        }
    }

    /// Writes into a paragraph what its properties and its style say.
    fn format(&mut self, paragraph: &mut Paragraph, properties: &ParagraphProperties) {
        let style = self.styles.get(usize::from(properties.style)).copied().unwrap_or_default();
        paragraph.heading = match properties.outline {
            Some(level) => styles::heading(level),
            None => style.heading,
        };
        let Some(list) = properties.list.or(style.list).filter(|&list| list != 0) else { return };
        // The level of the style goes with the list of the style.
        let level = properties.level.or(if properties.list.is_none() { style.level } else { None });
        let level = level.unwrap_or(0).min(8);
        match self.lists.next(list, level) {
            Some(label) => {
                let is_bullet = label.is_bullet;
                paragraph.numbering = Some(Numbering { list: list.unsigned_abs().into(), level, is_bullet });
                paragraph.number_label = Some(label.text).filter(|text| !text.is_empty());
            }
            None => self.unnumbered += u32::from(!paragraph.text.trim().is_empty()),
        }
    }
}

/// A unit of UTF-16 at a byte of the stream.
fn unit(stream: &[u8], offset: u64, piece: Piece, latin: &[char]) -> Option<u16> {
    let offset = usize::try_from(offset).ok().filter(|&offset| offset < u32::MAX as usize)?;
    if !piece.compressed {
        return u16_at(stream, offset);
    }
    let byte = u8_at(stream, offset)?;
    let high = byte.checked_sub(0x80).and_then(|i| latin.get(usize::from(i)));
    Some(high.map_or(u16::from(byte), |&c| c as u16))
}

/// The character of a byte in text of one byte a character (§2.9.73).
fn latin(byte: u8) -> Option<char> {
    WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
}
