//! Word documents through the front door. What WordprocessingML means is tested in `nianbao-ooxml`; here it is about
//! blocks, numbers of paragraphs and tables, generated numbers, layout tables and notes.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may panic like the tests")]

use std::io::{Cursor, Read};

use nianbao_reader::read;
use nianbao_schema::document::{Block, Document, FileKind, Layout, Location, Text};

macro_rules! fixtures {
    ($($name:literal)*) => {
        const FIXTURES: &[(&str, &[u8])] = &[$((
            $name,
            include_bytes!(concat!("../../../tests/fixtures/readers/docx/", $name, ".docx")),
        )),*];
    };
}

fixtures! {
    "changes" "controls" "fields" "grid" "headings" "libreoffice" "libreoffice-again" "nested" "numbering" "pandoc"
    "prefixes" "python-docx" "runs" "strict" "text-boxes" "utf-16"
}

fn fixture(name: &str) -> Document {
    let (_, bytes) = FIXTURES.iter().find(|(n, _)| *n == name).unwrap();
    read(bytes).unwrap()
}

/// A line for each block and row: `5 h2 …` is the fifth paragraph, `T1` the first table; cells as `column+colspan v
/// rowspan`, `*` for a picture.
fn outline(document: &Document) -> Vec<String> {
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
                assert_eq!(table.layout, Layout::Grid);
                lines.push(format!("T{}", table.location.table));
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| {
                        let colspan =
                            if cell.colspan > 1 { format!("+{}", cell.colspan) } else { String::new() };
                        let rowspan =
                            if cell.rowspan > 1 { format!("v{}", cell.rowspan) } else { String::new() };
                        let image = if cell.has_image { "*" } else { "" };
                        format!("| {}{colspan}{rowspan} {}{image}", cell.column, line(&cell.text))
                    });
                    lines.push(cells.map(|cell| cell.trim_end().to_owned()).collect::<Vec<_>>().join(" "));
                }
            }
        }
    }
    lines
}

fn texts(document: &Document) -> Vec<&Text> {
    let mut texts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Image(text) => texts.push(text),
            Block::Table(table) => {
                texts.extend(table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| &cell.text)));
            }
        }
    }
    texts
}

fn kinds(document: &Document) -> Vec<&str> {
    document.notes.iter().map(|note| note.kind.as_ref()).collect()
}

#[test]
fn blocks_are_numbered_as_word_counts_them() {
    let document = fixture("python-docx");
    assert_eq!(document.kind, FileKind::Docx);
    assert_eq!(document.encoding, None);
    assert_eq!(document.metadata.title.as_deref(), Some("青石县水务局2022年政府信息公开工作年度报告"));
    assert_eq!(
        outline(&document),
        [
            "1 青石县水务局年度报告",
            "2 h1 一、总体情况",
            "3 全年收到申请12件。⏎均已→答复。",
            "4 h2 二、申请情况",
            "T1",
            "| 0+2v2 项目 | 2+3 申请人",
            "| 2 12 | 3 13 | 4 14",
            "| 0v3 结果 | 1 21 | 2 22 | 3 23 | 4 24",
            "| 1 31 | 2+2v2 0 | 4 34",
            "| 1 41 | 4 44",
            "| 0 50 | 1 51 | 2 52 | 3 53⏎第二段 | 4 商业⏎企业",
            "5 1. 第一",
            "6 2. 第二",
            "7 要点",
            "8 *",
        ]
    );
    assert_eq!(kinds(&document), ["automatic-numbering"]);
}

#[test]
fn cells_know_their_place() {
    let document = fixture("grid");
    let at = |text: &str| texts(&document).iter().find(|t| t.value == text).unwrap().location;
    let cell = |table, row, cell| Location::default().in_cell(table, row, cell);
    assert_eq!(at("现行有效件数"), cell(1, 1, 4));
    assert_eq!(at("12"), cell(1, 2, 4));
    assert_eq!(at("合计"), cell(1, 5, 2));
    assert_eq!(at("五"), cell(3, 3, 1));
    assert_eq!(at("左边留空"), Location::paragraph(2));
    assert_eq!(kinds(&document), ["covered-text", "stray-merge"]);
}

#[test]
fn empty_paragraphs_count_but_are_left_out() {
    let document = fixture("fields");
    assert_eq!(outline(&document)[1..3], ["2 二、主动公开2", "4 共32件"]);
    // Inside a cell they are left out too.
    assert!(outline(&fixture("grid")).contains(&"| 0 商业⏎企业 | 1 0".to_owned()));
}

#[test]
fn generated_numbers_stand_in_front() {
    let document = fixture("numbering");
    assert_eq!(
        outline(&document),
        [
            "1 h1 一、总体情况",
            "2 h2 （一）主动公开",
            "3 h2 （二）依申请公开",
            "4 1.2.1 细目",
            "5 ① 甲",
            // The sixth is deleted with its mark: the next one takes its place.
            "6 h1 二、主动公开政府信息情况",
            "7 h1 没有编号",
            "8 h2 （一）规章",
            "9 ② 乙",
            "10 圆点",
            "11 1) 链接到样式",
            "12 03. 2022年",
            "13 04. 5%",
            "14 一、重新开始",
            "15 二、继续",
            "16 附件C 申请表",
            "17 第二项 某",
            "18 第乙项 某",
            "19 第II项 某",
            "20 第b项 某",
            "21 某",
            "22 第２项 某",
            "23 未定义",
            "T1",
            "| 0 序号 | 1 事项",
            "| 0 05. | 1 某事",
            "| 0 06. | 1 又一事",
        ]
    );
    let note = document.notes.iter().find(|note| note.kind == "automatic-numbering").unwrap();
    assert!(note.message.starts_with("有 21 个段落的编号由 Word 自动生成"), "{}", note.message);
    assert_eq!(note.location, Some(Location::paragraph(1)));

    // The text after the number is where it is in the file, the number where its paragraph starts.
    let heading = texts(&document)[0];
    let starts: Vec<_> = heading.pieces.iter().map(|piece| piece.at).collect();
    assert_eq!(starts, [0, "一、".len() as u32]);
    assert!(heading.pieces[0].source < heading.pieces[1].source);
}

#[test]
fn layout_tables_are_taken_apart() {
    let document = fixture("nested");
    assert_eq!(
        outline(&document),
        [
            "1 页首",
            "2 左栏",
            "T1",
            "| 0 自然人 | 1 1",
            "| 0 法人 | 1 2",
            "4 左栏末",
            "5 右栏",
            "T2",
            "| 0 最里层 | 1 3",
            "8 底",
            "10 中间",
            "T3",
            "| 0 类别 | 1 数量 | 2 说明",
            "| 0 申请 | 1 5 | 2 其中⏎当面⏎4⏎余下网上",
            "11 页尾",
        ]
    );
    assert_eq!(kinds(&document), ["nested-table"]);
    assert_eq!(document.notes[0].location, Some(Location::default().in_cell(3, 2, 3)));
}

#[test]
fn text_boxes_and_pictures_are_blocks() {
    assert_eq!(
        outline(&fixture("text-boxes")),
        [
            "1 锚点前锚点后",
            "2 红头文件",
            "3 第二段",
            "T1",
            "| 0 框内表格",
            "5 旧式文本框",
            "6 只有后备",
            "7 *办件流程图 & 说明",
            "8 图文",
            "9 *盖章",
            "T2",
            "| 0 格内⏎格内文本框 | 1 *",
            "11 外框",
            "13 内框",
        ]
    );
}

#[test]
fn notes_tell_what_was_not_passed_on() {
    assert_eq!(kinds(&fixture("changes")), ["tracked-changes"]);
    assert_eq!(kinds(&fixture("runs")), ["hidden-text", "embedded-file"]);
    assert_eq!(kinds(&fixture("fields")), ["broken-field"]);
    assert_eq!(fixture("runs").notes[0].location, Some(Location::paragraph(8)));
    let changes = &fixture("changes").notes[0].message;
    assert!(changes.contains("插入 4 处，删除 8 处"), "{changes}");
    for name in ["controls", "headings", "strict", "prefixes", "utf-16"] {
        assert!(fixture(name).notes.is_empty(), "{name}");
    }
}

#[test]
fn heading_levels_stop_at_six() {
    let document = fixture("headings");
    let levels = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    assert_eq!(levels.collect::<Vec<_>>(), [1, 2, 1, 3, 6, 2, 5, 6]);
}

/// Every piece leads to the character in `document.xml` that it says, or to the element or reference that stands for it.
#[test]
fn pieces_lead_to_the_source() {
    for (name, bytes) in FIXTURES {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let main = zip
            .file_names()
            .find(|n| n.ends_with("document.xml") || n.ends_with("main.xml"))
            .unwrap()
            .to_owned();
        let mut xml = Vec::new();
        zip.by_name(&main).unwrap().read_to_end(&mut xml).unwrap();
        // Offsets count in the decoded text, and this one is UTF-16.
        if xml.starts_with(b"\xff\xfe") {
            continue;
        }
        for text in texts(&read(bytes).unwrap()) {
            assert_eq!(text.pieces.first().map_or(0, |piece| piece.at), 0, "{name}");
            assert!(text.pieces.is_sorted_by(|a, b| a.at < b.at), "{name}");
            for piece in &text.pieces {
                let (value, source) = (&text.value[piece.at as usize..], &xml[piece.source as usize..]);
                let first = value.chars().next().unwrap().to_string();
                let leads = source.starts_with(first.as_bytes()) || matches!(source[0], b'<' | b'&' | b'\n');
                assert!(leads, "{name}: {value:?}");
            }
        }
    }
}
