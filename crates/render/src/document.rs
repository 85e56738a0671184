//! What the reader understood of a file, block by block, for people: the first thing to look at when a number is missing.

use std::fmt::Write as _;

use nianbao_schema::Language;
use nianbao_schema::document::{Block, Cell, Document, Layout, Table, Text};
use nianbao_text::width::pad_end;

use crate::Options;
use crate::words::{dim, location};

/// Columns that the place of a block takes.
const PLACE: usize = 20;

/// The blocks of a file with their places.
pub fn file(path: &str, document: &Document, options: &Options) -> String {
    let language = options.language;
    let zh = language == Language::Zh;
    let mut out = String::new();
    let tables = document.blocks.iter().filter(|b| matches!(b, Block::Table(_))).count();
    let images = document.blocks.iter().filter(|b| matches!(b, Block::Image(_))).count();
    let paragraphs = document.blocks.len() - tables - images;
    let encoding = document.encoding.map(|e| if zh { format!("，{e}") } else { format!(", {e}") });
    let encoding = encoding.unwrap_or_default();
    let _ = match language {
        Language::Zh => writeln!(
            out,
            "{path}：{}{encoding}，{paragraphs} 段，{tables} 个表格，{images} 张图片",
            document.kind.name()
        ),
        Language::En => writeln!(
            out,
            "{path}: {:?}{encoding}, {paragraphs} paragraphs, {tables} tables, {images} pictures",
            document.kind
        ),
    };
    for (name, value) in [
        (if zh { "标题属性" } else { "title" }, &document.metadata.title),
        (if zh { "发布日期" } else { "published" }, &document.metadata.published),
        (if zh { "发布机构" } else { "publisher" }, &document.metadata.publisher),
    ] {
        if let Some(value) = value {
            let _ = writeln!(out, "  {name}{}{value}", if zh { "：" } else { ": " });
        }
    }
    for block in &document.blocks {
        match block {
            Block::Heading { level, text } => {
                let what = if zh { format!("标题{level}") } else { format!("heading {level}") };
                line(&mut out, &what, text, language);
            }
            Block::Paragraph(text) => {
                line(&mut out, if zh { "段落" } else { "paragraph" }, text, language);
            }
            Block::Image(text) => line(&mut out, if zh { "图片" } else { "picture" }, text, language),
            Block::Table(found) => table(&mut out, found, language),
        }
    }
    if !document.notes.is_empty() {
        out.push_str(if zh { "读取时的说明\n" } else { "notes of the reader\n" });
        for note in &document.notes {
            let at = note.location.map(|l| location(&l, language)).unwrap_or_default();
            let _ = writeln!(out, "  [{}] {}{}", note.kind, note.message, place(&at, language));
        }
    }
    out
}

fn place(at: &str, language: Language) -> String {
    match (at.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::Zh) => format!("（{at}）"),
        (false, Language::En) => format!(" ({at})"),
    }
}

/// One block of text; lines inside it are shown as such.
fn line(out: &mut String, what: &str, text: &Text, language: Language) {
    let dim = dim();
    let at = pad_end(&location(&text.location, language), PLACE);
    let words = text.value.replace('\n', " ⏎ ");
    let _ = writeln!(out, "{dim}{at} {what}{dim:#}  {words}");
}

fn table(out: &mut String, table: &Table, language: Language) {
    let zh = language == Language::Zh;
    let at = pad_end(&location(&table.location, language), PLACE);
    let layout = match (table.layout, zh) {
        (Layout::Grid, true) => "行列完整",
        (Layout::Grid, false) => "grid",
        (Layout::Flow, true) => "合并单元格信息已丢失",
        (Layout::Flow, false) => "spans lost",
        (Layout::Lines, true) => "行列信息已丢失，按行标签恢复",
        (Layout::Lines, false) => "rows brought back from labels",
    };
    let dim = dim();
    let (number, rows) = (table.location.table, table.rows.len());
    let _ = match language {
        Language::Zh => writeln!(out, "{dim}{at} 表格{number}{dim:#}（{rows} 行，{layout}）"),
        Language::En => writeln!(out, "{dim}{at} table {number}{dim:#} ({rows} rows, {layout})"),
    };
    for (row, number) in table.rows.iter().zip(1..) {
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        let _ = writeln!(out, "{dim}{number:>5}{dim:#} │ {} │", cells.join(" │ "));
    }
}

/// A cell in one line; `⟨2×3⟩` is two rows by three columns.
fn cell(cell: &Cell) -> String {
    let mut words = cell.text.value.trim().replace('\n', " ⏎ ");
    if cell.has_image {
        words.push('🖼');
    }
    if (cell.rowspan, cell.colspan) == (1, 1) {
        words
    } else {
        format!("{words}⟨{}×{}⟩", cell.rowspan, cell.colspan)
    }
}
