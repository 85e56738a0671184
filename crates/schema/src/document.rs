//! What a reader returns: blocks with positions and no domain meaning.
//!
//! A [`Document`] says what stands in the file and where; what it *means* is decided later, by recognition.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

/// The kind of a file, decided by its content and never by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FileKind {
    /// Plain text, among it the text that Apache Tika makes of Word files.
    Text,
    /// A web page.
    Html,
    /// Office Open XML text: Word, WPS, LibreOffice.
    Docx,
    /// Word 97 to 2003, and WPS where it saves in that format.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// OpenDocument text, as a package or as one XML file.
    Odt,
    /// A workbook of Office Open XML.
    Xlsx,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// A web page with its pictures in one MIME file.
    Mht,
    /// Portable Document Format with a text layer.
    Pdf,
    /// What `nianbao extract` writes.
    Json,
}

impl FileKind {
    /// The name that messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "纯文本",
            Self::Html => "HTML 网页",
            Self::Docx => "Word 文档（.docx）",
            Self::Doc => "旧版 Word 文档（.doc）",
            Self::Rtf => "RTF 文档（.rtf）",
            Self::Odt => "OpenDocument 文档（.odt）",
            Self::Xlsx => "Excel 工作簿（.xlsx）",
            Self::Xls => "旧版 Excel 工作簿（.xls）",
            Self::Mht => "单个文件网页（.mht）",
            Self::Pdf => "PDF 文件（.pdf）",
            Self::Json => "nianbao 的数据（.json）",
        }
    }
}

/// Where something stands in the file, as far as the kind of file lets one say so.
///
/// All numbers count from 1; 0 means that the number does not apply (a `.docx` has no lines) or is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, default)]
pub struct Location {
    /// Page of the file, for kinds that have pages (PDF).
    #[serde(skip_serializing_if = "is_zero")]
    pub page: u32,
    /// Line of the file, for kinds that have lines (text, HTML).
    #[serde(skip_serializing_if = "is_zero")]
    pub line: u32,
    /// Column in that line, in characters (not bytes).
    #[serde(skip_serializing_if = "is_zero")]
    pub column: u32,
    /// Number of the paragraph among the body paragraphs, or inside the cell when `table` is set.
    #[serde(skip_serializing_if = "is_zero")]
    pub paragraph: u32,
    /// Number of the table among the tables of the document.
    #[serde(skip_serializing_if = "is_zero")]
    pub table: u32,
    /// Row of that table, as printed.
    #[serde(skip_serializing_if = "is_zero")]
    pub row: u32,
    /// Cell of that row: its grid column where spans are known, else its ordinal.
    #[serde(skip_serializing_if = "is_zero")]
    pub cell: u32,
    /// Offset in the paragraph or cell text, in characters.
    #[serde(skip_serializing_if = "is_zero")]
    pub offset: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if passes a reference")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

impl Location {
    /// A place in a file that has lines.
    pub fn line(line: u32, column: u32) -> Self {
        Self { line, column, ..Self::default() }
    }

    /// A body paragraph of a file without lines.
    pub fn paragraph(paragraph: u32) -> Self {
        Self { paragraph, ..Self::default() }
    }

    /// The same place with the address of a table cell added.
    #[must_use]
    pub fn in_cell(self, table: u32, row: u32, cell: u32) -> Self {
        Self { table, row, cell, ..self }
    }
}

/// A stretch of a [`Text`] that maps to one stretch of the file, character by character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Byte offset in the text at which the stretch starts.
    pub at: u32,
    /// Line of the first character (0 where the file has no lines).
    pub line: u32,
    /// Column of the first character, in characters.
    pub column: u32,
    /// Byte offset of the first character in the decoded source (for `.docx`: in `document.xml`).
    pub source: u32,
}

/// Text of a paragraph or cell, and where it comes from.
///
/// Lines inside one paragraph or cell (`<br>`, several paragraphs in a cell) are separated by `\n`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The text as a person reads it: entities decoded, runs joined, artefacts of conversion removed.
    pub value: String,
    /// Where it stands; `line` and `column` are those of its first character.
    pub location: Location,
    /// Stretches in order of `at`; the first one starts at 0. Empty if only `location` is known.
    pub pieces: Vec<Piece>,
}

impl Text {
    /// A text whose only known position is where it starts.
    pub fn new(value: impl Into<String>, location: Location) -> Self {
        Self { value: value.into(), location, pieces: Vec::new() }
    }

    /// The place of the character at a byte offset of [`Text::value`].
    ///
    /// Offsets past the end give the end; an offset inside a character gives that character.
    pub fn at(&self, byte: usize) -> Location {
        let mut byte = byte.min(self.value.len());
        while !self.value.is_char_boundary(byte) {
            byte -= 1;
        }
        let mut place = self.location;
        place.offset = self.value[..byte].chars().count() as u32;
        if place.line == 0 {
            return place;
        }
        let piece = self.pieces.iter().rev().find(|p| p.at as usize <= byte);
        let (start, line, column) =
            piece.map_or((0, place.line, place.column), |p| (p.at as usize, p.line, p.column));
        let passed = &self.value[start..byte];
        match passed.rfind('\n') {
            // Only a text without pieces gets here: the reader gave one position for several lines.
            Some(newline) => {
                place.line = line + passed.matches('\n').count() as u32;
                place.column = passed[newline + 1..].chars().count() as u32 + 1;
            }
            None => {
                place.line = line;
                place.column = column + passed.chars().count() as u32;
            }
        }
        place
    }

    /// Whether nothing but white space is in it.
    pub fn is_blank(&self) -> bool {
        self.value.chars().all(|c| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
    }
}

/// One block of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph that the file marks as a heading (`<h1>`…`<h6>`, a heading style).
    Heading {
        /// 1 to 6, as the file says; not the level in the form.
        level: u8,
        /// Its text.
        text: Text,
    },
    /// Any other paragraph.
    Paragraph(Text),
    /// A table.
    Table(Table),
    /// A picture in the body, with its alternative text.
    Image(Text),
}

/// How much of a table's geometry the file kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// Spans are known: `column`, `colspan` and `rowspan` of every cell are right.
    Grid,
    /// Spans were lost in conversion: a row is the list of its cells as printed, covered cells perhaps missing.
    Flow,
    /// Rows were lost too: what a row holds was brought back from its label; blank cells may be missing.
    Lines,
}

/// A table as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Whether spans are known.
    pub layout: Layout,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
    /// Where the table starts; `table` is set.
    pub location: Location,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The cells that start in this row, from left to right. Cells that a span of an earlier row covers are absent
    /// in [`Layout::Grid`] and may be present as blank cells in [`Layout::Flow`].
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text; paragraphs in it are separated by `\n`.
    pub text: Text,
    /// First grid column, from 0 (in [`Layout::Flow`]: the ordinal in the row).
    pub column: u32,
    /// Number of grid columns that it covers, at least 1.
    pub colspan: u32,
    /// Number of rows that it covers, at least 1.
    pub rowspan: u32,
    /// Whether a picture stands in it.
    pub has_image: bool,
}

impl Cell {
    /// A cell of one row and one column.
    pub fn new(text: Text, column: u32) -> Self {
        Self { text, column, colspan: 1, rowspan: 1, has_image: false }
    }
}

/// Something the reader saw and could not, or would not, pass on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A stable kebab-case word for the kind of note, e.g. `span-clamped`.
    pub kind: Cow<'static, str>,
    /// What happened, in Chinese, for a person.
    pub message: String,
    /// Where, if there is a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// What a file says about itself outside its body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// `<title>` or the title property.
    pub title: Option<String>,
    /// Date of publication as the page states it (`PubDate` and the like), unparsed.
    pub published: Option<String>,
    /// Name of the site or publishing organ, unparsed.
    pub publisher: Option<String>,
    /// Address of the page, as the page states it.
    pub url: Option<String>,
}

/// What a reader returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What kind of file it was.
    pub kind: FileKind,
    /// Name of the encoding it was decoded from, e.g. `UTF-8`, `gb18030`; absent for packages.
    pub encoding: Option<&'static str>,
    /// The body.
    pub blocks: Vec<Block>,
    /// What the file says about itself.
    pub metadata: Metadata,
    /// What was not passed on.
    pub notes: Vec<Note>,
}

impl Document {
    /// An empty document of a kind.
    pub fn new(kind: FileKind) -> Self {
        Self { kind, encoding: None, blocks: Vec::new(), metadata: Metadata::default(), notes: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_inside_a_text_follow_its_pieces() {
        let text = Text {
            value: "一二\n三四".into(),
            location: Location::line(7, 2),
            pieces: vec![
                Piece { at: 0, line: 7, column: 2, source: 0 },
                Piece { at: 7, line: 9, column: 5, source: 40 },
            ],
        };
        assert_eq!(text.at(3), Location { line: 7, column: 3, offset: 1, ..Location::default() });
        assert_eq!(text.at(10), Location { line: 9, column: 6, offset: 4, ..Location::default() });
        assert_eq!(text.at(8), text.at(7), "inside a character counts as that character");
    }

    #[test]
    fn a_text_without_pieces_counts_its_own_lines() {
        let text = Text::new("甲乙\n丙丁", Location::line(3, 4));
        assert_eq!((text.at(10).line, text.at(10).column), (4, 2));
    }
}
