//! Word documents: blocks of the body with ordinal positions.
//!
//! What WordprocessingML means is decided in [`nianbao_ooxml`]; this module numbers paragraphs and tables, undoes layout
//! tables, and puts the numbers that Word generates where a person sees them.
//!
//! | note | what happened |
//! | --- | --- |
//! | `tracked-changes` | the text is that of all tracked changes accepted |
//! | `automatic-numbering` | numbers that Word generates were put in front of their paragraphs |
//! | `hidden-text` | hidden text and raised marks (footnote numbers) were left out |
//! | `nested-table` | a small table inside a cell became lines of that cell |
//! | `covered-text` | text in cells that a merged cell covers was left out, as Word does |
//! | `stray-merge` | a cell continues a merged cell that is not above it; it was read as a cell of its own |
//! | `broken-field` | a field does not end; text may be missing |
//! | `embedded-file` | a file of another format to be inserted was not read |
//! | `unreadable-part` | styles or numbering could not be read |
//! | `damaged-xml` | the text is not well-formed from some place on |
//! | `span-clamped`, `limit-reached`, `undecodable-bytes` | as in other kinds of file |

use nianbao_ooxml::{self as ooxml, Error, Notes, Package};
use nianbao_schema::document::{
    Block, Cell, Document, FileKind, Layout, Location, Note, Piece, Row, Table, Text,
};

/// Reads a .docx.
///
/// # Errors
///
/// If it is no package, or none that can be opened; never for what stands in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Error> {
    let package = Package::open(bytes)?;
    let ooxml::Body { blocks, notes, .. } = package.body();
    let mut document = document(FileKind::Docx, blocks, &notes);
    document.metadata.title = package.title();
    Ok(document)
}

/// A document of blocks as Word has them, whatever kind of file they come from.
pub(crate) fn document(kind: FileKind, blocks: Vec<ooxml::Block>, notes: &Notes) -> Document {
    let mut writer = Writer::default();
    writer.write(blocks);
    let mut document = Document::new(kind);
    let program = if kind == FileKind::Odt { "文字处理软件" } else { " Word " };
    document.notes = writer.notes(notes, program);
    document.blocks = writer.blocks;
    document
}

/// The document in the making.
#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    paragraphs: u32,
    tables: u32,
    numbered: Seen,
    hidden: Seen,
    nested: Seen,
}

/// How often something was seen, and where first.
#[derive(Default)]
struct Seen {
    count: u32,
    first: Option<Location>,
}

impl Seen {
    fn add(&mut self, location: Location) {
        self.count += 1;
        self.first.get_or_insert(location);
    }
}

impl Writer {
    fn write(&mut self, blocks: Vec<ooxml::Block>) {
        // A stack of what is left to write, because layout tables nest.
        let mut open = vec![blocks.into_iter()];
        while let Some(blocks) = open.last_mut() {
            match blocks.next() {
                Some(ooxml::Block::Paragraph(paragraph)) => self.paragraph(paragraph),
                Some(ooxml::Block::Table(table)) if is_layout(&table) => {
                    let cells = table.rows.into_iter().flat_map(|row| row.cells);
                    let inner: Vec<_> = cells.flat_map(|cell| cell.blocks).collect();
                    open.push(inner.into_iter());
                }
                Some(ooxml::Block::Table(table)) => self.table(table),
                None => {
                    open.pop();
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: ooxml::Paragraph) {
        self.paragraphs += 1;
        let location = Location::paragraph(self.paragraphs);
        if paragraph.has_image && is_blank(&paragraph.text) {
            let description = paragraph.image_description.unwrap_or_default();
            self.blocks.push(Block::Image(Text::new(description, location)));
            return;
        }
        let heading = paragraph.heading;
        let mut text = Text::new("", location);
        self.append(&mut text, paragraph);
        if text.is_blank() {
            return;
        }
        self.blocks.push(match heading {
            Some(level) => Block::Heading { level: level.min(6), text },
            None => Block::Paragraph(text),
        });
    }

    fn table(&mut self, table: ooxml::Table) {
        self.tables += 1;
        let number = self.tables;
        let mut rows = Vec::with_capacity(table.rows.len());
        for (row, cells) in (1..).zip(table.rows) {
            let cells = cells.cells.into_iter().map(|cell| self.cell(cell, number, row)).collect();
            rows.push(Row { cells });
        }
        let location = Location { table: number, ..Location::default() };
        self.blocks.push(Block::Table(Table { layout: Layout::Grid, rows, location }));
    }

    fn cell(&mut self, cell: ooxml::Cell, table: u32, row: u32) -> Cell {
        let location = Location::default().in_cell(table, row, cell.column + 1);
        let has_image = cell.has_image();
        let mut text = Text::new("", location);
        let mut open = vec![cell.blocks.into_iter()];
        while let Some(blocks) = open.last_mut() {
            match blocks.next() {
                Some(ooxml::Block::Paragraph(paragraph)) => {
                    if paragraph.number_label.is_some() || !is_blank(&paragraph.text) {
                        self.append(&mut text, paragraph);
                    }
                }
                Some(ooxml::Block::Table(inner)) => {
                    self.nested.add(location);
                    let cells = inner.rows.into_iter().flat_map(|row| row.cells);
                    let inner: Vec<_> = cells.flat_map(|cell| cell.blocks).collect();
                    open.push(inner.into_iter());
                }
                None => {
                    open.pop();
                }
            }
        }
        let (column, colspan, rowspan) = (cell.column, cell.colspan, cell.rowspan);
        Cell { text, column, colspan, rowspan, has_image }
    }

    /// Appends a paragraph to a text, on a line of its own, with the number that Word generates for it.
    fn append(&mut self, text: &mut Text, paragraph: ooxml::Paragraph) {
        if paragraph.has_hidden_text {
            self.hidden.add(text.location);
        }
        if !text.value.is_empty() {
            text.value.push('\n');
        }
        let is_bullet = paragraph.numbering.is_some_and(|numbering| numbering.is_bullet);
        if let Some(label) = paragraph.number_label.filter(|_| !is_bullet) {
            self.numbered.add(text.location);
            // Only of a .docx it is known where paragraphs stand.
            if !paragraph.range.is_empty() {
                let at = text.value.len() as u32;
                text.pieces.push(Piece { at, line: 0, column: 0, source: paragraph.range.start });
            }
            text.value.push_str(&label);
            // Word sets a tab or a space here. After 、 or ） nobody types one; after `1.` it keeps `1.` and `5%` apart.
            let is_closed =
                label.ends_with(|c: char| "、，。．：；）〕】》」』".contains(c) || c.is_whitespace());
            if !is_closed && !paragraph.text.is_empty() && !paragraph.text.starts_with(char::is_whitespace) {
                text.value.push(' ');
            }
        }
        let shift = text.value.len() as u32;
        let moved =
            |piece: ooxml::Piece| Piece { at: piece.at + shift, line: 0, column: 0, source: piece.start };
        if text.value.is_empty() {
            text.pieces = paragraph.pieces.into_iter().map(moved).collect();
            text.value = paragraph.text;
        } else {
            text.pieces.extend(paragraph.pieces.into_iter().map(moved));
            text.value.push_str(&paragraph.text);
        }
    }

    fn notes(&self, notes: &Notes, program: &str) -> Vec<Note> {
        let mut all = Vec::new();
        let mut add = |kind: &'static str, location, message: String| {
            all.push(Note { kind: kind.into(), message, location });
        };
        let &Notes {
            insertions, deletions, covered_texts, stray_merges, broken_fields, embedded_files, ..
        } = notes;
        if insertions + deletions > 0 {
            let message =
                format!("文档有未处理的修订：插入 {insertions} 处，删除 {deletions} 处；已按全部接受读取");
            add("tracked-changes", None, message);
        }
        if self.numbered.count > 0 {
            let count = self.numbered.count;
            let message =
                format!("有 {count} 个段落的编号由{program}自动生成，不在文字中；已按生成的编号补在段首");
            add("automatic-numbering", self.numbered.first, message);
        }
        if self.hidden.count > 0 {
            let message = format!("有 {} 个段落含隐藏文字或上标，未读取", self.hidden.count);
            add("hidden-text", self.hidden.first, message);
        }
        if self.nested.count > 0 {
            let message = format!("有 {} 个表格嵌套在单元格中，已作为该单元格的文字读取", self.nested.count);
            add("nested-table", self.nested.first, message);
        }
        if covered_texts > 0 {
            let message = format!(
                "有 {covered_texts} 个被合并的单元格里还留有文字，{}不显示，未读取",
                program.trim_start()
            );
            add("covered-text", None, message);
        }
        if stray_merges > 0 {
            let message =
                format!("有 {stray_merges} 个单元格标明与上方合并，上方却没有可合并的单元格；已单独读取");
            add("stray-merge", None, message);
        }
        if broken_fields > 0 {
            add("broken-field", None, format!("有 {broken_fields} 个域没有结束，可能缺少文字"));
        }
        if embedded_files > 0 {
            add("embedded-file", None, format!("有 {embedded_files} 处插入的其他格式文件，未读取"));
        }
        if notes.clamped_spans > 0 {
            let message = format!("有 {} 个单元格的跨列数不合理，已截短", notes.clamped_spans);
            add("span-clamped", None, message);
        }
        if notes.too_deep > 0 {
            let message =
                format!("有 {} 处内容嵌套超过 {} 层，未读取", notes.too_deep, ooxml::limits::MAX_DEPTH);
            add("limit-reached", None, message);
        }
        if notes.dropped > 0 {
            add("limit-reached", None, format!("段落、行或单元格过多，有 {} 个未读取", notes.dropped));
        }
        if notes.invalid_texts > 0 {
            let message =
                format!("有 {} 处文字无法解码，显示为“\u{fffd}”，原文件可能已经损坏", notes.invalid_texts);
            add("undecodable-bytes", None, message);
        }
        if let Some(at) = notes.damaged_at {
            add("damaged-xml", None, format!("正文从第 {at} 字节起不合 XML 规范，可能缺少内容"));
        }
        for part in &notes.unreadable_parts {
            let name = if part == "numbering" { "自动编号" } else { "样式" };
            add("unreadable-part", None, format!("{name}（{part}.xml）已损坏，未读取"));
        }
        all
    }
}

/// Whether a table only arranges others on the page: what stands in it weighs more than the table itself.
fn is_layout(table: &ooxml::Table) -> bool {
    table.nested_cells > 0 && table.nested_cells as usize >= table.cell_count()
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}
