//! Word 97–2003 documents: as LibreOffice saves them, and written byte by byte for what it does not write.

mod common;

use common::{Dice, notes, placed, read, tables};
use nianbao_reader::ReadError;
use nianbao_schema::document::{Block, Document, FileKind, Location, Text};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/", $name)).as_slice()
    };
}

const RAW: &[u8] = fixture!("readers/doc/raw.doc");
const PYTHON: &[u8] = fixture!("readers/doc/python-docx.doc");
const NESTED: &[u8] = fixture!("readers/doc/nested.doc");
const NUMBERING: &[u8] = fixture!("readers/doc/numbering.doc");

/// A line for each block and row: `5 h2 …` is the fifth paragraph; cells as `column+colspan v rowspan`.
fn outline(document: &Document) -> Vec<String> {
    let line = |text: &Text| text.value.replace('\n', "⏎");
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
                        let colspan =
                            if cell.colspan > 1 { format!("+{}", cell.colspan) } else { String::new() };
                        let rowspan =
                            if cell.rowspan > 1 { format!("v{}", cell.rowspan) } else { String::new() };
                        format!("| {}{colspan}{rowspan} {}", cell.column, line(&cell.text))
                    });
                    lines.push(cells.map(|cell| cell.trim_end().to_owned()).collect::<Vec<_>>().join(" "));
                }
            }
        }
    }
    lines
}

/// The .doc says what the .docx says that it was made from.
#[test]
fn saving_as_doc_changes_nothing() {
    for (doc, docx) in [
        (PYTHON, fixture!("readers/docx/python-docx.docx")),
        (NESTED, fixture!("readers/docx/nested.docx")),
        (fixture!("readers/doc/full-2021.doc"), fixture!("reports/full-2021.docx")),
    ] {
        let (doc, docx) = (read(doc), read(docx));
        assert_eq!(doc.kind, FileKind::Doc);
        assert_eq!(outline(&doc), outline(&docx));
        assert_eq!(doc.notes, docx.notes);
        assert_eq!(doc.metadata.title, docx.metadata.title);
        let places = |document: &Document| -> Vec<Location> {
            tables(document)
                .iter()
                .flat_map(|t| &t.rows)
                .flat_map(|r| &r.cells)
                .map(|c| c.text.location)
                .collect()
        };
        assert_eq!(places(&doc), places(&docx));
    }
}

#[test]
fn paragraphs_of_a_raw_file() {
    let document = read(RAW);
    assert_eq!(
        outline(&document)[..21],
        [
            "1 h1 青石县水务局年报",
            "2 h1 一、总体情况",
            "3 h3 （一）细目",
            "4 不是标题",
            "5 h2 直接标题",
            "6 Latin “quoted” – 12%",
            "7 收到2件。",
            "8 甲乙",
            "9 域",
            "10 收到12件",
            // The mark between the halves is deleted.
            "11 前半句，后半句。",
            "12 看得见看不见",
            "13 注释处，换⏎行，不断-开，页⏎内，𠮷字",
            "14 *",
            "15 一、第一项",
            "16 二、第二项",
            "17 二.1 下级",
            "18 没有编号",
            "19 三、第三项",
            "20 未定义的编号",
            "21 h1 片段里的标题",
        ]
    );
    assert_eq!(
        notes(&document),
        [
            "tracked-changes",
            "automatic-numbering",
            "hidden-text",
            "nested-table",
            "covered-text",
            "broken-field",
            "automatic-numbering",
        ]
    );
    assert!(document.notes[0].message.contains("插入 1 处，删除 2 处"), "{}", document.notes[0].message);
    assert_eq!(document.notes[2].location, Some(Location::paragraph(12)));
    // Footnotes and headers follow the body in the file.
    assert_eq!(outline(&document).last().map(String::as_str), Some("23 完"));
}

#[test]
fn tables_of_a_raw_file() {
    assert_eq!(
        outline(&read(RAW))[21..],
        [
            "T1",
            "| 0+2 项目 | 2+3 本年",
            "| 0v2 规章 | 1 国家 | 2+3 12",
            "| 1 地方 | 2+3 34",
            // Edges that differ by a millimetre or less are one, unless a row has a cell between them.
            "| 0+2 并排 | 2 5 | 3 6 | 4 7",
            "| 0+2v2 第一段⏎第二段 | 2 8 | 3+2 9",
            "| 2+3 10",
            "22 表后",
            "T2",
            "| 0 外面⏎内甲⏎内乙⏎里面之后 | 1 20",
            "| 0 甲 | 1 30",
            "| 0 乙 | 1 40",
            "23 完",
        ]
    );
}

#[test]
fn generated_numbers_stand_in_front() {
    let document = read(NUMBERING);
    let lines = outline(&document);
    for line in
        ["1 h1 一、总体情况", "4 一.一.1 细目", "5 ① 甲", "11 圆点", "12 1) 链接到样式", "23 第２项 某"]
    {
        assert!(lines.iter().any(|l| l == line), "{line}: {lines:#?}");
    }
    assert_eq!(notes(&document), ["tracked-changes", "automatic-numbering"]);
}

#[test]
fn files_that_cannot_be_read() {
    // The main stream starts in the first sector.
    let with = |at: usize, bytes: &[u8]| {
        let mut file = RAW.to_vec();
        file[512 + at..512 + at + bytes.len()].copy_from_slice(bytes);
        nianbao_reader::read(&file).expect_err("an error")
    };
    assert_eq!(with(11, &[0x03]), ReadError::Encrypted);
    assert_eq!(with(2, &[0x65, 0]).kind(), "unsupported");
    for (at, bytes) in [(0, [0, 0]), (2, [1, 0]), (32, [0xff, 0xff]), (152 + 33 * 8 + 2, [0xff, 0xff])] {
        let error = with(at, &bytes);
        assert_eq!(error.kind(), "damaged", "{at}");
        assert!(error.message_zh().starts_with("文件已损坏：文件"), "{}", error.message_zh());
    }
    // Its directory stands at the end.
    for length in [9, 100, 512, 600, 5_000] {
        assert!(nianbao_reader::read(&RAW[..length]).is_err(), "{length}");
    }
}

#[test]
fn text_that_is_missing_is_told() {
    // The body is said to be longer than it is.
    let mut file = RAW.to_vec();
    file[512 + 64 + 12 + 2] = 1;
    let document = read(&file);
    assert!(notes(&document).contains(&"missing-text"));
    assert!(outline(&document).len() >= 34);
}

/// Sectors that name themselves as the next one, and sizes beyond belief.
#[test]
fn circles_end() {
    for number in 0..RAW.len() / 512 - 1 {
        for value in [0_u32, 1, 5, number as u32, 0xffff_fffd] {
            let mut file = RAW.to_vec();
            let at = file.len() - 512 + number % 128 * 4;
            file[at..at + 4].copy_from_slice(&value.to_le_bytes());
            let _ = nianbao_reader::read(&file);
        }
    }
    let directory =
        (0..RAW.len()).step_by(512).find(|&at| RAW[at..].starts_with(b"R\0o\0o\0t\0")).expect("a root");
    for entry in 0..4 {
        for (field, value) in [(116, 3_u32), (120, u32::MAX), (120, 4), (76, 1), (72, 0), (68, 2)] {
            let mut file = RAW.to_vec();
            let at = directory + entry * 128 + field;
            file[at..at + 4].copy_from_slice(&value.to_le_bytes());
            let _ = nianbao_reader::read(&file);
        }
    }
}

#[test]
fn mutants() {
    let fixtures = [RAW, PYTHON, NESTED, NUMBERING];
    let mut dice = Dice::new(97);
    let (mut documents, mut cells) = (0, 0);
    for round in 0..4_000 {
        let mut bytes = fixtures[round % fixtures.len()].to_vec();
        for _ in 0..1 + dice.below(6) {
            // Where the structures are, more often than in between.
            let at = match dice.below(4) {
                0 => dice.below(bytes.len().min(2_048)),
                _ => dice.below(bytes.len()),
            };
            let value = [0, 1, 7, 0x0d, 0x7f, 0x80, 0xff, dice.below(256) as u8][dice.below(8)];
            match dice.below(8) {
                0 => bytes.truncate(at.max(512)),
                1 => {
                    let end = (at + 4).min(bytes.len());
                    bytes[at..end].fill(value);
                }
                2 => {
                    let (from, length) = (dice.below(bytes.len()), dice.below(64));
                    let copy = bytes[from..(from + length).min(bytes.len())].to_vec();
                    let end = (at + copy.len()).min(bytes.len());
                    bytes[at..end].copy_from_slice(&copy[..end - at]);
                }
                _ => bytes[at] = value,
            }
        }
        if let Ok(document) = nianbao_reader::read(&bytes) {
            documents += 1;
            cells += tables(&document).iter().map(|table| placed(table).len()).sum::<usize>();
        }
    }
    assert!(documents > 2_000 && cells > 20_000, "the mutants still are documents: {documents}, {cells}");
}
