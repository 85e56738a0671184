//! The body as blocks with byte ranges.
//!
//! All ranges are byte ranges in [`Package::document_xml`]. They are exact, so that a change can be spliced in there and
//! everything else stays as it was.
//!
//! [`Package::document_xml`]: crate::Package::document_xml

use std::ops::Range;

/// What a document part holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Paragraphs and tables in reading order.
    pub blocks: Vec<Block>,
    /// The styles that paragraphs refer to, in order of first use.
    pub styles: Vec<Style>,
    /// What was seen and not passed on as it stands.
    pub notes: Notes,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `w:p`.
    Paragraph(Paragraph),
    /// `w:tbl`.
    Table(Table),
}

/// A paragraph, `w:p`.
///
/// The paragraphs of a text box follow the paragraph that anchors it. Two paragraphs whose dividing mark was deleted as
/// a tracked change are one, with the range and properties of the second, as Word joins them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// The element, from `<` of its start tag to `>` of its end tag.
    pub range: Range<u32>,
    /// Its text in the final view of tracked changes: fields by their result, line breaks as `\n`, tabs as `\t`.
    /// A number that Word generates is not in it.
    pub text: String,
    /// Where the text comes from. The pieces cover all of it, in order.
    pub pieces: Vec<Piece>,
    /// Its style, as an index in [`Body::styles`].
    pub style: Option<u32>,
    /// Outline level from 1 to 9, if the paragraph or its style is a heading.
    pub heading: Option<u8>,
    /// The list that it belongs to, by itself or by its style.
    pub numbering: Option<Numbering>,
    /// The number that Word generates in front of it (`一、`, `（二）`, `1.1`), or the bullet.
    pub number_label: Option<String>,
    /// Whether a picture or chart stands in it.
    pub has_image: bool,
    /// Alternative text of the first picture.
    pub image_description: Option<String>,
    /// Whether some text was left out because it is hidden (`w:vanish`) or raised (`w:vertAlign`).
    pub has_hidden_text: bool,
    /// Whether it stands in a text box.
    pub in_text_box: bool,
}

/// Membership in a list, `w:numPr`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// `w:numId`; never 0, which means "no list".
    pub list: u32,
    /// `w:ilvl`, from 0 to 8.
    pub level: u8,
    /// Whether the level shows a bullet, not a number.
    pub is_bullet: bool,
}

/// A stretch of text that comes from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Byte offset in the text at which it starts; it ends where the next one starts.
    pub at: u32,
    /// First byte in the document part.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
    /// How the bytes there make the text.
    pub source: Source,
}

impl Piece {
    /// The byte range in the document part.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// How a stretch of the document part makes a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Byte for byte: character data of a `w:t`. Line ends and tabs in it read as spaces, as Word shows them.
    Verbatim,
    /// A character reference, `&amp;`.
    Reference,
    /// An element that stands for a character: `w:tab`, `w:br`, `w:noBreakHyphen`, `w:sym`.
    Element,
    /// Bytes that are not UTF-8, replaced by U+FFFD.
    Invalid,
}

/// A paragraph style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    /// `w:styleId`, by which paragraphs refer to it.
    pub id: String,
    /// `w:name`, e.g. `heading 1`; none if the style is not defined.
    pub name: Option<String>,
    /// Outline level from 1 to 9 that it gives to its paragraphs.
    pub heading: Option<u8>,
}

/// A table, `w:tbl`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The element.
    pub range: Range<u32>,
    /// Its rows without those that a tracked change deletes.
    pub rows: Vec<Row>,
    /// Cells of the tables that stand in its cells, at any depth.
    pub nested_cells: u32,
}

impl Table {
    /// Number of its own cells.
    pub fn cell_count(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).sum()
    }
}

/// A row, `w:tr`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The element.
    pub range: Range<u32>,
    /// The cells that start in it. Those that a merged cell from above or from the left covers are left out.
    pub cells: Vec<Cell>,
}

/// A cell, `w:tc`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The element.
    pub range: Range<u32>,
    /// First grid column, from 0, counted from the spans of the cells before it: `w:tblGrid` may lie.
    pub column: u32,
    /// Grid columns that it covers.
    pub colspan: u32,
    /// Rows that it covers.
    pub rowspan: u32,
    /// What stands in it, nested tables too.
    pub blocks: Vec<Block>,
}

impl Cell {
    /// Its paragraphs, without those of nested tables.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        })
    }

    /// The tables nested in it.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
    }

    /// Whether a picture or chart stands in one of its paragraphs.
    pub fn has_image(&self) -> bool {
        self.paragraphs().any(|paragraph| paragraph.has_image)
    }
}

/// What the reader saw and did not pass on as it stands; all zero or empty for a plain document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// Tracked insertions (`w:ins`, `w:moveTo`): in the text.
    pub insertions: u32,
    /// Tracked deletions (`w:del`, `w:moveFrom`): not in the text.
    pub deletions: u32,
    /// Paragraphs with hidden text.
    pub hidden_paragraphs: u32,
    /// Spans and columns cut to what a table can have.
    pub clamped_spans: u32,
    /// Cells covered by a merged cell that hold text all the same; Word does not show it.
    pub covered_texts: u32,
    /// Cells that continue a merged cell which is not above them: read as cells of their own.
    pub stray_merges: u32,
    /// Fields that end before they show a result, so that some text may be missing.
    pub broken_fields: u32,
    /// Files of another format to be inserted here (`w:altChunk`): not read.
    pub embedded_files: u32,
    /// Elements skipped because they are nested too deep.
    pub too_deep: u32,
    /// Paragraphs, rows and cells left out because the document has too many.
    pub dropped: u32,
    /// Stretches of text that are not UTF-8.
    pub invalid_texts: u32,
    /// Where the XML of the document part stops being well-formed.
    pub damaged_at: Option<u32>,
    /// Parts beside the document (styles, numbering) that could not be read.
    pub unreadable_parts: Vec<String>,
}
