//! The file information block, by which everything else is found ([MS-DOC] §2.5).

use crate::bytes::{stretch, u16_at, u32_at};
use crate::error::{Foreign, ReadError};

/// What is taken from the file information block.
#[derive(Debug)]
pub(super) struct Fib {
    /// Name of the stream that holds the tables.
    pub(super) table_stream: &'static str,
    /// Characters of the body; footnotes, headers, comments and text boxes follow them.
    pub(super) text_length: u32,
    /// Characters of the text boxes in the body.
    pub(super) text_box_length: u32,
    /// Offset and length of structures in the table stream, in the order of `FibRgFcLcb97`.
    places: Vec<(u32, u32)>,
}

/// Structures in the table stream, by their place in `FibRgFcLcb97` (§2.5.6).
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    StyleSheet = 1,
    CharacterPages = 12,
    ParagraphPages = 13,
    Text = 33,
    Drawings = 50,
    Lists = 73,
    ListOverrides = 74,
}

/// Signature of the block in Word 97 and later.
const MAGIC: u16 = 0xa5ec;
/// The first version of the format that is meant by Word 97.
const WORD_97: u16 = 0x00c1;

impl Fib {
    pub(super) fn read(stream: &[u8]) -> Result<Self, ReadError> {
        let (magic, version) = (u16_at(stream, 0), u16_at(stream, 2));
        match (magic, version) {
            (Some(MAGIC), Some(WORD_97..)) => {}
            // Word 6 and 95 have quite another block.
            (Some(MAGIC | 0xa5dc), Some(version)) if version >= 0x0065 => {
                return Err(ReadError::Unsupported(Foreign::Doc));
            }
            _ => return Err(damaged("the file information block is broken", "文件信息块无法识别")),
        }
        let flags = u16_at(stream, 10).unwrap_or_default();
        if flags & 0x0100 != 0 {
            return Err(ReadError::Encrypted);
        }
        let table_stream = if flags & 0x0200 != 0 { "1Table" } else { "0Table" };
        Self::lists(stream, table_stream)
            .ok_or_else(|| damaged("the file information block is cut short", "文件信息块不完整"))
    }

    /// Walks the lists of numbers that follow the fixed part, each with its length in front.
    fn lists(stream: &[u8], table_stream: &'static str) -> Option<Self> {
        let words = 34;
        let longs = words + usize::from(u16_at(stream, 32)?) * 2 + 2;
        let pairs = longs + usize::from(u16_at(stream, longs - 2)?) * 4 + 2;
        let count = usize::from(u16_at(stream, pairs - 2)?);
        let places = stretch(stream, pairs, count * 8).chunks_exact(8);
        Some(Self {
            table_stream,
            text_length: u32_at(stream, longs + 12)?,
            text_box_length: u32_at(stream, longs + 36).unwrap_or(0),
            places: places.filter_map(|pair| Some((u32_at(pair, 0)?, u32_at(pair, 4)?))).collect(),
        })
    }

    /// Everything in the table stream from the start of a structure on: some go on behind what is said to be their end.
    pub(super) fn from<'a>(&self, part: Part, table: &'a [u8]) -> &'a [u8] {
        let (at, length) = self.places.get(part as usize).copied().unwrap_or_default();
        if length == 0 { &[] } else { stretch(table, at as usize, usize::MAX) }
    }

    /// A structure in the table stream, as much of it as is there.
    pub(super) fn part<'a>(&self, part: Part, table: &'a [u8]) -> &'a [u8] {
        let (at, length) = self.places.get(part as usize).copied().unwrap_or_default();
        stretch(table, at as usize, length as usize)
    }
}

pub(super) fn damaged(detail: &str, detail_zh: &str) -> ReadError {
    ReadError::Damaged { detail: detail.to_owned(), detail_zh: detail_zh.to_owned() }
}
