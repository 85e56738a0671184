//! Word documents in the binary format of Word 97 to 2003, which WPS writes too ([MS-DOC]).
//!
//! The text is one long string; the piece table tells where its parts stand in the file. Marks in it end paragraphs,
//! cells and rows, and what such a mark ends is known from the properties of the paragraph, which stand in pages of 512
//! bytes. Tables are put together in [`rows`](crate::rows), blocks are numbered as those of a .docx.
//!
//! Beside the notes of a .docx:
//!
//! | note | what happened |
//! | --- | --- |
//! | `missing-text` | the file says that it has more text than there is |
//! | `text-box` | text boxes were not read |
//! | `missing-geometry` | rows do not say where their cells end; their columns are guessed |

mod fib;
mod lists;
mod pages;
mod pieces;
mod properties;
mod sprm;
mod story;
mod styles;
mod summary;

use nianbao_schema::document::{Document, FileKind, Note};

use crate::bytes::{u16_at, u32_at};
use crate::compound::Compound;
use crate::docx;
use crate::error::ReadError;
use fib::{Fib, Part, damaged};
use pages::{Kind, Runs};
use pieces::Pieces;
use properties::Outside;
use story::Story;

/// Reads a .doc.
///
/// # Errors
///
/// If it is encrypted, older than Word 97, or the text cannot be found in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let file =
        Compound::open(bytes).ok_or_else(|| damaged("it is no sound compound file", "文件的目录无法识别"))?;
    let stream = file
        .stream("WordDocument")
        .ok_or_else(|| damaged("there is no text in it", "文件中没有正文（WordDocument）"))?;
    let fib = Fib::read(&stream)?;
    let table = file
        .stream(fib.table_stream)
        .ok_or_else(|| damaged("its tables are missing", "文件中缺少格式数据（Table）"))?;
    let data = file.stream("Data").unwrap_or_default();
    let pieces = Pieces::read(fib.part(Part::Text, &table))
        .ok_or_else(|| damaged("its piece table is broken", "文件的正文索引（piece table）已损坏"))?;

    let mut story = Story {
        stream: &stream,
        pieces,
        characters: Runs::read(&stream, fib.part(Part::CharacterPages, &table), Kind::Characters),
        paragraphs: Runs::read(&stream, fib.part(Part::ParagraphPages, &table), Kind::Paragraphs),
        styles: styles::read(fib.part(Part::StyleSheet, &table)),
        outside: Outside::new(&data),
        lists: lists::read(fib.from(Part::Lists, &table), fib.from(Part::ListOverrides, &table)),
        has_pictures: has_pictures(fib.part(Part::Drawings, &table)),
        ..Story::default()
    };
    let missing = story.read(fib.text_length);

    let blocks = story.rows.finish();
    let mut document = docx::document(FileKind::Doc, blocks, &story.rows.notes);
    document.metadata.title = file.stream(summary::STREAM).and_then(|stream| summary::title(&stream));
    let mut note = |kind: &'static str, message: String| {
        document.notes.push(Note { kind: kind.into(), message, location: None });
    };
    if missing > 0 {
        note("missing-text", format!("文件不完整：正文最后约 {missing} 个字没有读到，请核对原文件"));
    }
    if story.unnumbered > 0 {
        let message = format!("有 {} 个段落的编号由 Word 自动生成，不在文字中，未能补出", story.unnumbered);
        note("automatic-numbering", message);
    }
    if fib.text_box_length > 0 {
        note("text-box", "文档中有文本框，其中的文字未读取".to_owned());
    }
    if story.rows.shapeless_rows > 0 {
        let message = format!("有 {} 个表格行缺少列宽数据，各格所在的列是推定的", story.rows.shapeless_rows);
        note("missing-geometry", message);
    }
    Ok(document)
}

/// Whether pictures float in the document: the drawings then have a store of them ([MS-ODRAW] §2.2.12, §2.2.20).
fn has_pictures(drawings: &[u8]) -> bool {
    const STORE: u16 = 0xf001;
    let mut at = 8;
    while let (Some(kind), Some(length)) = (u16_at(drawings, at + 2), u32_at(drawings, at + 4)) {
        if kind == STORE {
            return length > 0;
        }
        at = at.saturating_add(8).saturating_add(length as usize);
    }
    false
}
