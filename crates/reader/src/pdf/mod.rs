//! PDF files with a text layer: characters with their places, and rules.
//!
//! A PDF (ISO 32000-1) knows no paragraphs and no tables, only where each character and each line is drawn. Tables are
//! what rules enclose; cells are merged where no rule is drawn between them. Text that lines up without rules is left as
//! text. Where the drawing leaves a doubt about what stands in a cell, the cell gets a U+FFFD, so that nobody takes it
//! for a number, and a note tells it.
//!
//! Tables that go on at the top of the next page with the same columns are one table: headers that the next page
//! repeats are dropped, rows and merged cells cut by the end of a page are put together again.
//!
//! | note | what happened |
//! | --- | --- |
//! | `uncertain-cell` | characters overlap, run over the border or cannot be decoded, so that the cell is unreadable |
//! | `broken-number` | a number stands on several lines or pages, and whether it is one is not certain |
//! | `uncertain-table` | the rules of a table contradict each other; its text was read line by line |
//! | `page-without-text` | a page has no text: a scan, or a picture |
//! | `page-margin` | page numbers, running headers and footers were left out |
//! | `limit-reached` | there is more than the limits allow |
//!
//! The syntax of the file is read by `pdfni`, which is made for files as they come. It bounds what a stream may unpack to
//! and how deeply objects nest; the number of pages is bounded here.

mod grid;
mod lines;
mod page;
mod prose;
mod tables;

use std::panic::catch_unwind;

use nianbao_schema::document::{Block, Document, FileKind, Location, Note, Text};
use pdfni::{ExtractQuery, PagePart, ReaderSettings};

use self::page::{MAX_GLYPHS, Page};
use self::prose::{Item, Laid, Part};
use self::tables::{Doubtful, Seen};
use crate::error::ReadError;
use crate::output::Output;

/// Pages of one document.
const MAX_PAGES: u32 = 500;

/// What one stream may unpack to, in bytes. The text of a page takes some ten thousand.
const MAX_STREAM: usize = 16 << 20;

/// Entries of one table of characters.
const MAX_CODES: usize = 1 << 18;

/// Reads a PDF.
///
/// # Errors
///
/// If it cannot be opened, needs a password, has no text at all, or more pages than any report.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let parts = open(bytes)?;
    let mut left = MAX_GLYPHS;
    let (mut seen, mut pages) = (Findings::default(), Vec::new());
    for (number, part) in (1..).zip(parts) {
        let Some(rest) = left.checked_sub(part.glyphs.len()) else {
            seen.dropped.add(Location { page: number, ..Location::default() });
            continue;
        };
        left = rest;
        pages.push(Page::new(number, part));
    }
    let has_text = |page: &Page| page.glyphs.iter().any(|glyph| glyph.c != ' ');
    if !pages.iter().any(has_text) {
        return Err(ReadError::NoText);
    }
    for page in pages.iter().filter(|page| !has_text(page)) {
        seen.without_text.add(Location { page: page.number, ..Location::default() });
    }
    let mut pages: Vec<Laid> = pages.into_iter().map(|page| lay_out(page, &mut seen)).collect();
    seen.margins = prose::drop_margins(&mut pages);
    let mut out = Output::default();
    for part in prose::join(pages) {
        match part {
            Part::Paragraph(paragraph) => {
                let location = Location { page: paragraph.page, ..Location::default() };
                out.push(Block::Paragraph(Text::new(paragraph.text, location)));
            }
            Part::Table(sheet) => sheet.write(&mut seen.doubtful, &mut out),
        }
    }
    let mut document = out.into_document(FileKind::Pdf, "UTF-8");
    document.encoding = None;
    document.notes.extend(seen.notes());
    Ok(document)
}

/// Pages with what is drawn on them.
fn open(bytes: &[u8]) -> Result<Vec<PagePart>, ReadError> {
    let settings = ReaderSettings { max_decoded_bytes: MAX_STREAM, max_cmap_entries: MAX_CODES };
    // A library of this size that reads what anybody may have written can have a mistake that ends in a panic; one file
    // must not end the reading of a thousand others. Nothing outlives the call, so there is nothing to be left broken.
    let result = catch_unwind(|| {
        let too_many =
            ExtractQuery { pages: (MAX_PAGES + 1).to_string().parse().ok(), ..ExtractQuery::default() };
        let beyond = pdfni::extract_text_from_bytes_with_query(bytes, None, &settings, &too_many)?;
        if !beyond.pages.is_empty() {
            return Ok(None);
        }
        pdfni::read_pages_with(bytes, None, &settings).map(Some)
    });
    match result {
        Ok(Ok(Some(pages))) => Ok(pages),
        Ok(Ok(None)) => Err(ReadError::TooLarge {
            detail: format!("more than {MAX_PAGES} pages"),
            detail_zh: format!("超过 {MAX_PAGES} 页"),
        }),
        Ok(Err(pdfni::Error::BadPassword | pdfni::Error::SecurityRestricted)) => Err(ReadError::Encrypted),
        Ok(Err(error)) => Err(ReadError::Damaged {
            detail: format!("the PDF cannot be read ({error})"),
            detail_zh: "PDF 的结构无法识别".to_owned(),
        }),
        Err(_) => Err(ReadError::Damaged {
            detail: "the PDF cannot be read".to_owned(),
            detail_zh: "PDF 的结构无法识别".to_owned(),
        }),
    }
}

/// Takes tables and lines of a page apart.
fn lay_out(mut page: Page, seen: &mut Findings) -> Laid {
    let place = Location { page: page.number, ..Location::default() };
    if page.is_drawing {
        seen.uncertain_tables.add(place);
    }
    let grids = grid::find(&page);
    for _ in &grids.doubtful {
        seen.uncertain_tables.add(place);
    }
    let mut glyphs = std::mem::take(&mut page.glyphs);
    let mut items: Vec<Item> = Vec::new();
    for grid in &grids.tables {
        let sheet = tables::fill(grid, page.number, &mut glyphs);
        items.push(Item::Table(sheet));
    }
    let upright = glyphs.into_iter().filter(|glyph| glyph.turn == Some(0)).collect();
    items.extend(lines::lines(upright).into_iter().map(Item::Line));
    let mut laid = Laid { number: page.number, width: page.width, height: page.height, items };
    laid.sort();
    laid
}

/// What there is to tell.
#[derive(Debug, Default)]
struct Findings {
    doubtful: Doubtful,
    uncertain_tables: Seen,
    without_text: Seen,
    dropped: Seen,
    margins: usize,
}

impl Findings {
    fn notes(self) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut add = |kind: &'static str, seen: &Seen, message: String| {
            if seen.count > 0 {
                notes.push(Note { kind: kind.into(), message, location: seen.first });
            }
        };
        let Self { doubtful: Doubtful { cells, broken }, uncertain_tables, without_text, dropped, margins } =
            self;
        add(
            "uncertain-cell",
            &cells,
            format!(
                "有 {} 个单元格的文字重叠、越出边框或无法解码，无法确定内容，未作为数字读取",
                cells.count
            ),
        );
        add(
            "broken-number",
            &broken,
            format!("有 {} 个单元格的数字分成几行或跨页，无法确定是否为一个数，未作为数字读取", broken.count),
        );
        add(
            "uncertain-table",
            &uncertain_tables,
            format!("有 {} 个表格的框线不完整，无法还原单元格，已按行读取文字", uncertain_tables.count),
        );
        add(
            "page-without-text",
            &without_text,
            format!("有 {} 页没有文字层（可能是扫描件或图片），未能读取", without_text.count),
        );
        add("limit-reached", &dropped, format!("文字过多，有 {} 页未读取", dropped.count));
        let margins = Seen { count: margins, first: None };
        add("page-margin", &margins, format!("有 {} 行页码、页眉或页脚，已略去", margins.count));
        notes
    }
}
