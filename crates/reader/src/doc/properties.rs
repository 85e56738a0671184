//! Properties of paragraphs, rows and characters, from their modifiers ([MS-DOC] §2.6).

use super::sprm::{Sprm, Sprms};
use crate::bytes::{i16_at, stretch, u8_at, u16_at, u32_at};
use crate::rows::{Merge, RowShape};

/// Bytes of modifiers outside the pages that are read for one document. Wide rows have a few hundred bytes each.
const MAX_OUTSIDE: usize = 64 << 20;

/// Columns of a row; the number stands in one byte, and Word allows 63.
const MAX_COLUMNS: usize = 255;

/// What is known of a paragraph by its own properties.
#[derive(Debug, Default)]
pub(super) struct ParagraphProperties {
    /// Index of its style.
    pub(super) style: u16,
    pub(super) is_in_table: bool,
    /// How many tables it stands in, where the file says it.
    depth: Option<u32>,
    /// Its mark ends a row.
    pub(super) is_row_end: bool,
    /// Its mark ends a cell, or row, of a table in a table.
    pub(super) is_inner_cell_end: bool,
    pub(super) is_inner_row_end: bool,
    /// Outline level from 0; 9 is body text.
    pub(super) outline: Option<u8>,
    /// List override by number from 1, and level from 0.
    pub(super) list: Option<i16>,
    pub(super) level: Option<u8>,
    /// The cells of the row that it ends.
    row: Option<Definition>,
}

impl ParagraphProperties {
    /// Applies modifiers in their order; those that stand elsewhere come from `outside`.
    pub(super) fn apply(&mut self, modifiers: &[u8], outside: &mut Outside<'_>) {
        for sprm in Sprms(modifiers) {
            match sprm.code {
                // sprmPHugePapx and its older form, sprmPTableProps: the modifiers stand in the data stream.
                0x6645 | 0x6646 | 0x646b => {
                    for sprm in Sprms(outside.modifiers(sprm.operand)) {
                        self.apply_one(sprm);
                    }
                }
                _ => self.apply_one(sprm),
            }
        }
    }

    fn apply_one(&mut self, sprm: Sprm<'_>) {
        let operand = sprm.operand;
        match sprm.code {
            0x4600 => self.style = u16_at(operand, 0).unwrap_or(self.style),
            0x2416 => self.is_in_table = sprm.is_on(),
            0x2417 => self.is_row_end = sprm.is_on(),
            0x6649 => self.depth = u32_at(operand, 0),
            0x244b => self.is_inner_cell_end = sprm.is_on(),
            0x244c => self.is_inner_row_end = sprm.is_on(),
            0x2640 => self.outline = u8_at(operand, 0),
            0x260a => self.level = u8_at(operand, 0),
            0x460b => self.list = i16_at(operand, 0),
            0xd608 => self.row = Definition::read(operand),
            _ => {
                if let Some(row) = &mut self.row {
                    row.apply(sprm);
                }
            }
        }
    }

    /// How many tables the paragraph stands in.
    pub(super) fn depth(&self) -> usize {
        let depth = self.depth.filter(|&depth| depth <= i32::MAX as u32).unwrap_or(0) as usize;
        depth.max(usize::from(self.is_in_table))
    }

    /// The cells of the row that it ends.
    pub(super) fn row_shape(&mut self) -> Option<RowShape> {
        self.row.take().map(Definition::into_shape)
    }
}

/// Modifiers that stand in the data stream.
#[derive(Debug, Default)]
pub(super) struct Outside<'a> {
    data: &'a [u8],
    /// Bytes that may still be read.
    budget: usize,
}

impl<'a> Outside<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, budget: MAX_OUTSIDE }
    }

    /// Modifiers of a piece, unless too much was read already: one list may hold for any number of paragraphs.
    pub(super) fn admit<'b>(&mut self, modifiers: &'b [u8]) -> &'b [u8] {
        if modifiers.len() > self.budget {
            return &[];
        }
        self.budget -= modifiers.len();
        modifiers
    }

    /// A `PrcData` at an offset of the data stream (§2.9.211).
    fn modifiers(&mut self, operand: &[u8]) -> &'a [u8] {
        let read = || {
            let at = u32_at(operand, 0)? as usize;
            let length = usize::from(u16_at(self.data, at)?);
            Some(stretch(self.data, at + 2, length))
        };
        let modifiers = read().unwrap_or_default();
        self.admit(modifiers)
    }
}

/// The cells of a row as sprmTDefTable gives them and others change them (§2.9.321).
#[derive(Debug)]
struct Definition {
    /// Edges of the cells in twips, one more than cells.
    edges: Vec<i32>,
    /// Horizontal and vertical merging, as in the file.
    merges: Vec<(u8, u8)>,
}

impl Definition {
    fn read(operand: &[u8]) -> Option<Self> {
        let count = usize::from(u8_at(operand, 0)?);
        let edges: Vec<i32> = (0..=count).map_while(|i| i16_at(operand, 1 + 2 * i)).map(i32::from).collect();
        let cells = 1 + 2 * (count + 1);
        let merges = (0..count).map(|i| {
            let flags = u16_at(operand, cells + 20 * i).unwrap_or(0);
            ((flags & 3) as u8, (flags >> 5 & 3) as u8)
        });
        (edges.len() == count + 1).then(|| Self { merges: merges.collect(), edges })
    }

    fn apply(&mut self, sprm: Sprm<'_>) {
        let operand = sprm.operand;
        let (Some(first), Some(second)) = (u8_at(operand, 0), u8_at(operand, 1)) else { return };
        let (first, limit) = (usize::from(first), usize::from(second).min(self.merges.len()));
        match sprm.code {
            // sprmTVertMerge
            0xd62b => {
                if let Some(merge) = self.merges.get_mut(first) {
                    merge.1 = second & 3;
                }
            }
            // sprmTMerge, sprmTSplit
            0x5624 => {
                for i in first..limit {
                    self.merges[i].0 = if i == first { 1 } else { 2 };
                }
            }
            0x5625 => {
                for i in first..limit {
                    self.merges[i].0 = 0;
                }
            }
            // sprmTInsert
            0x7621 => self.insert(first, usize::from(second), i16_at(operand, 2).unwrap_or(0).into()),
            // sprmTDelete
            0x5622 if first < limit => {
                let width = self.edges[limit] - self.edges[first];
                self.edges.drain(first + 1..=limit);
                self.merges.drain(first..limit);
                self.shift(first + 1, -width);
            }
            // sprmTDxaCol
            0x7623 => {
                let width = i32::from(i16_at(operand, 2).unwrap_or(0));
                for i in first..limit {
                    let change = width - (self.edges[i + 1] - self.edges[i]);
                    self.shift(i + 1, change);
                }
            }
            _ => {}
        }
    }

    fn insert(&mut self, first: usize, count: usize, width: i32) {
        let first = first.min(self.merges.len());
        let count = count.min(MAX_COLUMNS.saturating_sub(self.merges.len()));
        let left = self.edges[first];
        self.shift(first + 1, width * count as i32);
        self.edges.splice(first + 1..first + 1, (1..=count as i32).map(|i| left + width * i));
        self.merges.splice(first..first, std::iter::repeat_n((0, 0), count));
    }

    fn shift(&mut self, from: usize, by: i32) {
        for edge in self.edges.iter_mut().skip(from) {
            *edge = edge.saturating_add(by);
        }
    }

    fn into_shape(self) -> RowShape {
        let mut shape = RowShape::new(self.edges[0]);
        // What the specification says of the two bits and what Word 97 and LibreOffice write are the reverse of each
        // other. Either way a group starts with one value and goes on with another.
        let mut group = 0;
        for (&right, (horizontal, vertical)) in self.edges[1..].iter().zip(self.merges) {
            let sideways = match horizontal {
                0 => Merge::No,
                value if group == 0 || value == group => Merge::Start,
                _ => Merge::Continue,
            };
            group = match sideways {
                Merge::No => 0,
                Merge::Start => horizontal,
                Merge::Continue => group,
            };
            let downwards = match vertical {
                0 => Merge::No,
                1 => Merge::Continue,
                _ => Merge::Start,
            };
            shape.push(right, sideways, downwards);
        }
        shape
    }
}

/// What matters of the properties of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct CharacterProperties {
    pub(super) is_deleted: bool,
    pub(super) is_inserted: bool,
    pub(super) is_hidden: bool,
    /// The character of a symbol font that stands for U+0028.
    pub(super) symbol: Option<char>,
}

impl CharacterProperties {
    pub(super) fn apply(&mut self, modifiers: &[u8]) {
        for sprm in Sprms(modifiers) {
            match sprm.code {
                0x0800 => self.is_deleted = sprm.is_on(),
                0x0801 => self.is_inserted = sprm.is_on(),
                0x083c => self.is_hidden = sprm.is_on(),
                // sprmCSymbol
                0x6a09 => self.symbol = u16_at(sprm.operand, 2).and_then(|c| char::from_u32(c.into())),
                _ => {}
            }
        }
    }
}
