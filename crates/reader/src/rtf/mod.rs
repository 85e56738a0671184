//! Rich Text Format (version 1.9.1), as Word, WPS, WordPad and LibreOffice write it.
//!
//! Groups in braces carry formatting that ends with them; marks end paragraphs, cells and rows, and a row says in front
//! of its cells, or of its end, where they end on the page. Tables are put together in [`rows`](crate::rows), blocks are
//! numbered as those of a .docx.
//!
//! Beside the notes of a .docx:
//!
//! | note | what happened |
//! | --- | --- |
//! | `missing-text` | the file ends in the middle of a group: it was cut short |
//! | `text-box` | text boxes were not read |
//! | `missing-geometry` | rows do not say where their cells end; their columns are guessed |

mod bytes;
mod group;
mod reader;
mod tokens;

use nianbao_schema::document::{Document, FileKind, Note};

use crate::docx;
use reader::Reader;

/// Reads an RTF file. There is none that cannot be read: what makes no sense is passed over.
pub(crate) fn read(bytes: &[u8]) -> Document {
    let mut reader = Reader::default();
    let is_whole = reader.read(bytes);
    let blocks = reader.rows.finish();
    let mut document = docx::document(FileKind::Rtf, blocks, &reader.rows.notes);
    document.encoding = Some(reader.encodings.name());
    document.metadata.title = reader.title();
    let mut note = |kind: &'static str, message: String| {
        document.notes.push(Note { kind: kind.into(), message, location: None });
    };
    if !is_whole {
        note("missing-text", "文件不完整：在中间断开，可能缺少内容，请核对原文件".to_owned());
    }
    if reader.text_boxes > 0 {
        note("text-box", format!("文档中有 {} 个文本框，其中的文字未读取", reader.text_boxes));
    }
    if reader.rows.shapeless_rows > 0 {
        let message = format!("有 {} 个表格行缺少列宽数据，各格所在的列是推定的", reader.rows.shapeless_rows);
        note("missing-geometry", message);
    }
    document
}
