//! Fixtures, packages made on the spot, and a short form of a body to compare with.

use std::io::{Cursor, Write};

use nianbao_ooxml::{Block, Body, Cell, Package, Paragraph, Table};
use zip::write::SimpleFileOptions;

macro_rules! fixtures {
    ($($name:literal)*) => {
        /// All fixtures, by name.
        pub(crate) const FIXTURES: &[(&str, &[u8])] = &[$((
            $name,
            include_bytes!(concat!("../../../../tests/fixtures/readers/docx/", $name, ".docx")),
        )),*];
    };
}

fixtures! {
    "changes" "controls" "fields" "grid" "headings" "libreoffice" "libreoffice-again" "nested" "numbering" "pandoc"
    "prefixes" "python-docx" "runs" "strict" "text-boxes" "utf-16"
}

pub(crate) fn fixture(name: &str) -> &'static [u8] {
    FIXTURES.iter().find(|(n, _)| *n == name).unwrap().1
}

pub(crate) fn body(bytes: &[u8]) -> Body {
    Package::open(bytes).unwrap().body()
}

pub(crate) const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// An archive of the given parts.
pub(crate) fn archive<N: AsRef<str>, P: AsRef<[u8]>>(parts: impl IntoIterator<Item = (N, P)>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(name.as_ref(), SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_ref()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A package that is nothing but a body.
pub(crate) fn package(body: &str) -> Vec<u8> {
    archive([("word/document.xml", document(body))])
}

pub(crate) fn document(body: &str) -> String {
    format!(r#"<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>"#)
}

/// A body in a short form: a line for each paragraph and row.
///
/// `h1` or `p`, then the generated number in brackets, then the text; of a cell its column, `+` colspan and `v` rowspan
/// unless 1, then its paragraphs divided by `/`. `⏎` is a line break, `→` a tab, `*` a picture, `?` hidden text, `□` a
/// text box.
pub(crate) fn outline(body: &Body) -> String {
    let mut out = String::new();
    blocks(&body.blocks, 0, &mut out);
    out
}

fn blocks(list: &[Block], indent: usize, out: &mut String) {
    for block in list {
        match block {
            Block::Paragraph(paragraph) => {
                let kind = paragraph.heading.map_or("p".to_owned(), |level| format!("h{level}"));
                *out += &format!("{:indent$}{kind} {}\n", "", inline(paragraph));
            }
            Block::Table(table) => rows(table, indent, out),
        }
    }
}

fn rows(table: &Table, indent: usize, out: &mut String) {
    *out += &format!("{:indent$}table\n", "");
    for row in &table.rows {
        let cells = row.cells.iter().map(|cell| {
            let colspan = if cell.colspan > 1 { format!("+{}", cell.colspan) } else { String::new() };
            let rowspan = if cell.rowspan > 1 { format!("v{}", cell.rowspan) } else { String::new() };
            let text: Vec<_> = cell.paragraphs().map(inline).collect();
            format!("| {}{colspan}{rowspan} {}", cell.column, text.join("/")).trim_end().to_owned()
        });
        let cells = if row.cells.is_empty() { "|".to_owned() } else { cells.collect::<Vec<_>>().join(" ") };
        *out += &format!("{:indent$}{cells}\n", "");
        for table in row.cells.iter().flat_map(Cell::tables) {
            rows(table, indent + 2, out);
        }
    }
}

fn inline(paragraph: &Paragraph) -> String {
    let mut text = String::new();
    if let Some(label) = &paragraph.number_label {
        text += &format!("[{label}]");
    }
    text += &paragraph.text.replace('\n', "⏎").replace('\t', "→");
    if paragraph.has_image {
        text += "*";
        text += paragraph.image_description.as_deref().unwrap_or_default();
    }
    if paragraph.has_hidden_text {
        text += "?";
    }
    if paragraph.in_text_box {
        text += "□";
    }
    text
}

/// Compares an outline with the expected lines, whose common indent is left out.
#[track_caller]
pub(crate) fn assert_outline(body: &Body, expected: &str) {
    let lines: Vec<&str> = expected.lines().filter(|line| !line.trim().is_empty()).collect();
    let indent = lines.iter().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| &line[indent..]).collect();
    let outline = outline(body);
    let seen: Vec<&str> = outline.lines().map(str::trim_end).collect();
    assert_eq!(seen, lines, "seen:\n{outline}");
}
