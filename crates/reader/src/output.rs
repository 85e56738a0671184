//! The document in the making: numbers its blocks, keeps the limits, gathers the notes.

use nianbao_schema::document::{Block, Document, FileKind, Location, Metadata, Note, Table, Text};

use crate::limits;

/// Something to tell about the reading; each kind becomes one note, however often it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remark {
    /// Bytes that mean nothing in the encoding of the file.
    Undecodable,
    /// The page declares another encoding than the one it is in.
    Mislabelled { declared: &'static str, used: &'static str },
    /// A `colspan` or `rowspan` beyond belief, or into a cell that is already taken.
    SpanClamped,
    /// A small table in a cell, read as lines of it.
    NestedTable,
    /// Text that a browser does not show.
    Hidden,
    /// Residue of a conversion, left out.
    Artefact(&'static str),
    /// More of something than the limits allow.
    Limit(&'static str, usize),
}

impl Remark {
    fn kind(self) -> &'static str {
        match self {
            Self::Undecodable => "undecodable-bytes",
            Self::Mislabelled { .. } => "encoding-mislabelled",
            Self::SpanClamped => "span-clamped",
            Self::NestedTable => "nested-table",
            Self::Hidden => "hidden-content",
            Self::Artefact(_) => "conversion-artefact",
            Self::Limit(..) => "limit-reached",
        }
    }

    fn message(self, count: usize) -> String {
        match self {
            Self::Undecodable => format!("有 {count} 个字符无法解码，显示为“\u{fffd}”，原文件可能已经损坏"),
            Self::Mislabelled { declared, used } => {
                format!("网页声明的编码是 {declared}，实际是 {used}，已按 {used} 读取")
            }
            Self::SpanClamped => {
                format!(
                    "有 {count} 个单元格的跨行、跨列数不合理（超过 {} 或与其他单元格重叠），已截短",
                    limits::SPAN
                )
            }
            Self::NestedTable => format!("有 {count} 个表格嵌套在单元格中，已作为该单元格的文字读取"),
            Self::Hidden => format!("有 {count} 处隐藏、删除线或上标内容，未读取"),
            Self::Artefact(sample) => format!("有 {count} 处格式转换的残留“{sample}”，已略去"),
            Self::Limit(what, limit) => format!("{what}超过 {limit} 个，其余 {count} 个未读取"),
        }
    }
}

/// Remarks, each with its number and its first place.
#[derive(Debug, Default)]
pub(crate) struct Remarks(Vec<(Remark, usize, Option<Location>)>);

impl Remarks {
    /// Counts a remark; the first place given is the one that the note tells.
    pub(crate) fn add(&mut self, remark: Remark, location: Option<Location>) {
        match self.0.iter_mut().find(|(r, ..)| *r == remark) {
            Some((_, count, first)) => {
                *count += 1;
                *first = first.or(location);
            }
            None => self.0.push((remark, 1, location)),
        }
    }

    fn into_notes(self) -> Vec<Note> {
        self.0
            .into_iter()
            .map(|(remark, count, location)| Note {
                kind: remark.kind().into(),
                message: remark.message(count),
                location,
            })
            .collect()
    }
}

/// Takes blocks in document order.
#[derive(Debug, Default)]
pub(crate) struct Output {
    blocks: Vec<Block>,
    pub(crate) metadata: Metadata,
    pub(crate) remarks: Remarks,
    paragraphs: u32,
    tables: u32,
    cells: usize,
    parts: usize,
}

impl Output {
    /// Adds a block; a paragraph or table gets its number here.
    pub(crate) fn push(&mut self, mut block: Block) {
        if self.blocks.len() >= limits::BLOCKS {
            let place = match &block {
                Block::Heading { text, .. } | Block::Paragraph(text) | Block::Image(text) => text.location,
                Block::Table(table) => table.location,
            };
            self.remarks.add(Remark::Limit("段落和表格", limits::BLOCKS), Some(place));
            return;
        }
        match &mut block {
            Block::Heading { text, .. } | Block::Paragraph(text) => {
                self.paragraphs += 1;
                text.location.paragraph = self.paragraphs;
            }
            Block::Image(_) => {}
            Block::Table(table) => {
                self.tables += 1;
                number_cells(table, self.tables);
            }
        }
        self.blocks.push(block);
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(&mut self, text: Text) {
        self.push(Block::Paragraph(text));
    }

    /// Asks for room for one more cell; says no, and notes it, when there are too many.
    pub(crate) fn admit_cell(&mut self, location: Location) -> bool {
        if self.cells >= limits::CELLS {
            self.remarks.add(Remark::Limit("表格单元格", limits::CELLS), Some(location));
            return false;
        }
        self.cells += 1;
        true
    }

    /// Asks for room for one more paragraph or picture in a table or beside a paragraph, like [`Self::admit_cell`].
    pub(crate) fn admit_part(&mut self, location: Location) -> bool {
        if self.parts >= limits::PARTS {
            self.remarks.add(Remark::Limit("表格内的段落", limits::PARTS), Some(location));
            return false;
        }
        self.parts += 1;
        true
    }

    pub(crate) fn into_document(self, kind: FileKind, encoding: &'static str) -> Document {
        Document {
            encoding: Some(encoding),
            blocks: self.blocks,
            metadata: self.metadata,
            notes: self.remarks.into_notes(),
            ..Document::new(kind)
        }
    }
}

/// Writes into every text of a table where it stands.
fn number_cells(table: &mut Table, number: u32) {
    table.location.table = number;
    for (row, r) in (1..).zip(&mut table.rows) {
        for cell in &mut r.cells {
            cell.text.location = cell.text.location.in_cell(number, row, cell.column + 1);
        }
    }
}
