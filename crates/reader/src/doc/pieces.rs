//! The piece table: where in the file the characters of the document stand ([MS-DOC] §2.4.1, §2.9.38).

use crate::bytes::{stretch, u8_at, u16_at, u32_at};

/// A stretch of characters that stand one after another in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Position of the first character in the document, and after the last.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Byte offset of the first character in the main stream.
    pub(super) offset: u32,
    /// One byte a character, or else two.
    pub(super) compressed: bool,
    /// Changes of properties that hold for the whole piece, as fast saving leaves them.
    pub(super) modifier: u16,
}

/// The text of a document and the property changes that its pieces refer to.
#[derive(Debug, Default)]
pub(super) struct Pieces<'a> {
    pub(super) pieces: Vec<Piece>,
    changes: Vec<&'a [u8]>,
}

impl<'a> Pieces<'a> {
    /// Reads a `Clx`; nothing if there is no piece table in it.
    pub(super) fn read(clx: &'a [u8]) -> Option<Self> {
        let mut read = Self::default();
        let mut at = 0;
        loop {
            match u8_at(clx, at)? {
                // A `Prc`: property changes.
                1 => {
                    let length = usize::from(u16_at(clx, at + 1)?);
                    read.changes.push(stretch(clx, at + 3, length));
                    at += 3 + length;
                }
                2 => {
                    let length = u32_at(clx, at + 1)? as usize;
                    read.pieces = table(stretch(clx, at + 5, length));
                    return (!read.pieces.is_empty()).then_some(read);
                }
                _ => return None,
            }
        }
    }

    /// The property changes of a piece, as single property modifiers.
    pub(super) fn changes(&self, modifier: u16) -> Changes<'a> {
        if modifier & 1 == 1 {
            let list = self.changes.get(usize::from(modifier >> 1)).copied();
            return Changes::List(list.unwrap_or_default());
        }
        // [MS-DOC] §2.9.214: one of the older codes, with one byte of operand.
        let operand = (modifier >> 8) as u8;
        let code: u16 = match (modifier >> 1) & 0x7f {
            0x18 => 0x2416,
            0x19 => 0x2417,
            0x41 => 0x0800,
            0x42 => 0x0801,
            0x5c => 0x083c,
            _ => return Changes::List(&[]),
        };
        let [low, high] = code.to_le_bytes();
        Changes::One([low, high, operand])
    }
}

/// Property changes of a piece.
#[derive(Debug, Clone, Copy)]
pub(super) enum Changes<'a> {
    List(&'a [u8]),
    One([u8; 3]),
}

impl Changes<'_> {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::List(list) => list,
            Self::One(one) => one,
        }
    }
}

/// A `PlcPcd`: positions, one more than pieces, then descriptors of eight bytes.
fn table(plc: &[u8]) -> Vec<Piece> {
    let count = plc.len().saturating_sub(4) / 12;
    let mut pieces = Vec::with_capacity(count);
    for i in 0..count {
        let descriptor = 4 * (count + 1) + 8 * i;
        let (Some(start), Some(end)) = (u32_at(plc, 4 * i), u32_at(plc, 4 * i + 4)) else { break };
        let (Some(place), Some(modifier)) = (u32_at(plc, descriptor + 2), u16_at(plc, descriptor + 6)) else {
            break;
        };
        let compressed = place & 0x4000_0000 != 0;
        let offset = place & 0x3fff_ffff;
        let offset = if compressed { offset / 2 } else { offset };
        // Positions of a sound file only ascend.
        if end > start {
            pieces.push(Piece { start, end, offset, compressed, modifier });
        }
    }
    pieces
}
