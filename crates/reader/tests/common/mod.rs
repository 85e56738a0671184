//! What the tests of the readers share.
#![allow(dead_code, unused_imports, reason = "each test binary uses another part of it")]

#[path = "../../../../tests/fuzz/src/mutate.rs"]
mod mutate;

pub(crate) use mutate::{Dice, mutate};
use nianbao_schema::document::{Block, Document, Table, Text};

/// Where each cell of the three tables of the fixtures belongs; see `make.py` there.
const CELLS: &str = include_str!("../../../../tests/fixtures/readers/html/tables.cells");

/// A cell: row and column from 1, colspan, rowspan, text.
pub(crate) type Placed = (usize, u32, u32, u32, String);

/// The cells that the fixtures were made from, table by table.
pub(crate) fn expected_tables() -> Vec<Vec<Placed>> {
    let mut tables: Vec<Vec<Placed>> = Vec::new();
    for line in CELLS.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |i: usize| fields[i].parse::<u32>().expect("a number");
        if tables.len() < number(0) as usize {
            tables.push(Vec::new());
        }
        let cell = (number(1) as usize, number(2), number(3), number(4), fields[5].replace('⏎', "\n"));
        tables.last_mut().expect("a table").push(cell);
    }
    tables
}

/// The headings that the fixtures were made from: the title, then those of the sections.
pub(crate) const HEADINGS: [&str; 7] = [
    "青石县水务局2023年政府信息公开工作年度报告",
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];

/// Paragraphs that every fixture has.
const PARAGRAPHS: [&str; 2] = ["收到政府信息公开申请12件，均已按期答复。", "本年度收取信息处理费0元。"];

/// Asserts that the tables with more than one row are those of the fixtures.
#[track_caller]
pub(crate) fn assert_report_tables(name: &str, tables: &[Vec<Placed>]) {
    let seen: Vec<_> = tables.iter().filter(|cells| cells.iter().any(|cell| cell.0 > 1)).collect();
    let expected = expected_tables();
    for (number, (seen, expected)) in seen.iter().zip(&expected).enumerate() {
        let differs = seen.iter().zip(expected).find(|(seen, expected)| seen != expected);
        assert_eq!(differs, None, "{name}: table {number}");
        assert_eq!(seen.len(), expected.len(), "{name}: table {number}");
    }
    assert_eq!(seen.len(), expected.len(), "{name}");
}

/// Asserts that headings and paragraphs of the fixtures are there, in order.
#[track_caller]
pub(crate) fn assert_report_texts(name: &str, document: &Document) {
    let values: Vec<&str> = texts(document).into_iter().map(|text| text.value.as_str()).collect();
    let mut from = 0;
    for heading in HEADINGS {
        let at = values[from..].iter().position(|v| *v == heading);
        from += at.unwrap_or_else(|| panic!("{name}: {heading} is missing or out of order"));
    }
    // A browser, too, shows a blank where a line of the source ends before a digit.
    let plain: Vec<String> = values.iter().map(|v| v.replace(' ', "")).collect();
    for paragraph in PARAGRAPHS {
        assert!(plain.iter().any(|v| v == paragraph), "{name}: {paragraph}");
    }
}

pub(crate) fn read(bytes: &[u8]) -> Document {
    nianbao_reader::read(bytes).expect("a document")
}

pub(crate) fn read_str(text: &str) -> Document {
    read(text.as_bytes())
}

pub(crate) fn tables(document: &Document) -> Vec<&Table> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

pub(crate) fn placed(table: &Table) -> Vec<Placed> {
    let rows = (1..).zip(&table.rows);
    rows.flat_map(|(r, row)| {
        row.cells.iter().map(move |c| (r, c.column + 1, c.colspan, c.rowspan, c.text.value.clone()))
    })
    .collect()
}

/// The texts of the cells, row by row.
pub(crate) fn rows(table: &Table) -> Vec<Vec<&str>> {
    table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.value.as_str()).collect()).collect()
}

/// Every text of a document: paragraphs, headings, cells.
pub(crate) fn texts(document: &Document) -> Vec<&Text> {
    let mut texts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => texts.push(text),
            Block::Table(table) => {
                texts.extend(table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.text));
            }
            Block::Image(_) => {}
        }
    }
    texts
}

/// A short form of the blocks, for comparing: `h1 …`, `p …`, `img …`, `table …|…/…`.
pub(crate) fn outline(document: &Document) -> Vec<String> {
    document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, text } => format!("h{level} {}", text.value),
            Block::Paragraph(text) => format!("p {}", text.value),
            Block::Image(text) => format!("img {}", text.value),
            Block::Table(table) => {
                let rows: Vec<String> = rows(table).iter().map(|row| row.join("|")).collect();
                format!("table {}", rows.join("/"))
            }
        })
        .collect()
}

pub(crate) fn notes(document: &Document) -> Vec<&str> {
    document.notes.iter().map(|note| note.kind.as_ref()).collect()
}

/// Asserts that each character of each text stands where its location says, by looking it up in the source.
///
/// White space may stand for other white space, and any character for a reference that starts there.
pub(crate) fn assert_positions(source: &str, document: &Document) {
    let lines: Vec<Vec<char>> = source
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .split('\n')
        .map(|line| line.chars().collect())
        .collect();
    for text in texts(document) {
        for (byte, c) in text.value.char_indices() {
            let place = text.at(byte);
            let there = lines
                .get(place.line as usize - 1)
                .and_then(|line| line.get(place.column as usize - 1))
                .copied()
                .unwrap_or('\n');
            let fits = there == c
                || there == '&'
                || c == '\n'
                || c == ' ' && (there.is_whitespace() || there == '\u{feff}' || there == '\u{200b}');
            assert!(
                fits,
                "{c:?} of {:?} is said to be at {}:{}, where {there:?} stands",
                text.value, place.line, place.column
            );
        }
        for piece in &text.pieces {
            let here = text.value[piece.at as usize..].chars().next();
            let there = source[piece.source as usize..].chars().next();
            let fits = here == there
                || there == Some('&')
                || here == Some(' ') && there.is_some_and(char::is_whitespace);
            assert!(fits, "{here:?} of {:?} is said to come from {there:?}", text.value);
        }
        if let Some(first) = text.pieces.first() {
            assert_eq!(first.at, 0);
            assert_eq!((first.line, first.column), (text.location.line, text.location.column));
        }
    }
}

/// A line for each block and row: `5 h2 …` is the fifth paragraph, `T1` the first table; cells as `column+colspan v
/// rowspan`, `*` for a picture.
pub(crate) fn spelled_out(document: &Document) -> Vec<String> {
    let line = |text: &Text| text.value.replace('\n', "⏎").replace('\t', "→");
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level, text } => {
                lines.push(format!("{} h{level} {}", text.location.paragraph, line(text)));
            }
            Block::Paragraph(text) => lines.push(format!("{} {}", text.location.paragraph, line(text))),
            Block::Image(text) => lines.push(format!("{} *{}", text.location.paragraph, line(text))),
            Block::Table(table) => {
                lines.push(format!("T{}", table.location.table));
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| {
                        let span = |mark, n| if n > 1 { format!("{mark}{n}") } else { String::new() };
                        let (colspan, rowspan) = (span('+', cell.colspan), span('v', cell.rowspan));
                        let image = if cell.has_image { "*" } else { "" };
                        format!("| {}{colspan}{rowspan} {}{image}", cell.column, line(&cell.text))
                            .trim_end()
                            .to_owned()
                    });
                    lines.push(cells.collect::<Vec<_>>().join(" "));
                }
            }
        }
    }
    lines
}

/// Asserts what holds of every grid: cells from left to right, none over another, none out of the table.
#[track_caller]
pub(crate) fn assert_grids(document: &Document) {
    for (number, table) in (1..).zip(tables(document)) {
        assert_eq!(table.location.table, number);
        let mut covered: Vec<usize> = Vec::new();
        for (r, row) in table.rows.iter().enumerate() {
            let mut next = 0;
            for cell in &row.cells {
                assert!(cell.column >= next && cell.colspan > 0 && cell.rowspan > 0);
                assert!(r + cell.rowspan as usize <= table.rows.len(), "a cell leaves the table");
                next = cell.column + cell.colspan;
                covered.resize(covered.len().max(next as usize), 0);
                for until in &mut covered[cell.column as usize..next as usize] {
                    assert!(*until <= r, "a cell stands on another");
                    *until = r + cell.rowspan as usize;
                }
                assert_eq!(
                    (cell.text.location.row as usize, cell.text.location.cell),
                    (r + 1, cell.column + 1),
                    "a cell does not know its place"
                );
            }
        }
    }
}

/// The parts of an archive.
pub(crate) fn unzip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let mut part = |name: &String| {
        let mut bytes = Vec::new();
        std::io::copy(&mut archive.by_name(name).expect("a part"), &mut bytes).expect("its bytes");
        bytes
    };
    names.iter().map(|name| (name.clone(), part(name))).collect()
}

/// An archive of parts.
pub(crate) fn zip(parts: &[(impl AsRef<str>, impl AsRef<[u8]>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = if bytes.as_ref().len() > 1 << 20 {
            zip::CompressionMethod::Deflated
        } else {
            zip::CompressionMethod::Stored
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(name.as_ref(), options).expect("a part");
        std::io::Write::write_all(&mut writer, bytes.as_ref()).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}
