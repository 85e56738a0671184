//! Plain text: the layouts that tools make of reports, and single traits.

mod common;

use common::{
    HEADINGS, Placed, assert_positions, assert_report_texts, expected_tables, notes, outline, read, read_str,
    rows, tables, texts,
};
use nianbao_schema::document::{Block, Document, FileKind, Layout, Location};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../tests/fixtures/readers/text/", $name))
    };
}

/// What conversions leave of cells that a span covers.
#[derive(Clone, Copy)]
enum Covered {
    /// To the right: nothing; below: an empty cell.
    Below,
    /// Nothing at all.
    None,
    /// Empty cells, so that all rows are equally long.
    All,
}

/// The rows of a table of the fixtures as a conversion prints them.
fn printed(table: &[Placed], covered: Covered) -> Vec<Vec<String>> {
    let count = table.iter().map(|cell| cell.0).max().unwrap_or(0);
    let mut rows = vec![std::collections::BTreeMap::new(); count];
    for (row, column, colspan, rowspan, text) in table {
        for i in 0..*rowspan as usize {
            for j in 0..*colspan {
                let kept = match covered {
                    Covered::Below => j == 0,
                    Covered::None => (i, j) == (0, 0),
                    Covered::All => true,
                };
                if kept {
                    rows[row - 1 + i]
                        .insert(column + j, if (i, j) == (0, 0) { text.clone() } else { String::new() });
                }
            }
        }
    }
    rows.into_iter().map(|row| row.into_values().collect()).collect()
}

#[track_caller]
fn assert_is_report(name: &str, text: &str, covered: Covered, join: &str) -> Document {
    let document = read_str(text);
    assert_eq!((document.kind, document.encoding), (FileKind::Text, Some("UTF-8")), "{name}");
    // Menus become tables of one row.
    let found: Vec<_> = tables(&document).into_iter().filter(|table| table.rows.len() > 1).collect();
    let expected = expected_tables();
    assert_eq!(found.len(), expected.len(), "{name}: {:?}", outline(&document));
    for (table, cells) in found.iter().zip(&expected) {
        assert_eq!(table.layout, Layout::Flow);
        let expected: Vec<Vec<String>> = printed(cells, covered);
        for (row, expected) in rows(table).iter().zip(&expected) {
            let expected: Vec<String> = expected.iter().map(|text| text.replace('\n', join)).collect();
            assert_eq!(*row, expected, "{name}");
        }
        assert_eq!(table.rows.len(), expected.len(), "{name}");
    }
    assert_positions(text, &document);
    document
}

#[test]
fn tika_from_word() {
    let text = fixture!("tika-word.txt");
    let document = assert_is_report("tika-word", text, Covered::Below, "\n");
    let outline = outline(&document);
    assert_eq!(
        outline[..3],
        [
            "p 青石县水务局2023年政府信",
            "p 息公开工作年度报告",
            &format!("p {}", &text.lines().nth(3).unwrap()[19..])
        ]
    );
    assert_eq!(outline[outline.len() - 2..], ["p 参见公开专栏", "p 3"]);
    assert_eq!(notes(&document), ["conversion-artefact"; 3]);
    assert_eq!(document.notes[0].location, Some(Location::line(4, 1)));
    for (text, heading) in outline.iter().filter(|line| line.contains('、')).zip(&HEADINGS[1..3]) {
        assert!(text.contains(heading) || text.len() > 60, "{text}");
    }
}

#[test]
fn tika_from_word_with_other_line_ends() {
    let text = fixture!("tika-word.txt");
    let blocks = |text: &str| outline(&read_str(text));
    for line_end in ["\r\n", "\r"] {
        let other = text.replace('\n', line_end);
        assert_eq!(blocks(&other), blocks(text));
        assert_positions(&other, &read_str(&other));
    }
    let marked = format!("\u{feff}{text}");
    assert_eq!(blocks(&marked), blocks(text));
    let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(outline(&read(&utf16)), blocks(text));
    let gbk = encoding_rs::GBK.encode(&text.replace('\u{a0}', " ")).0.into_owned();
    assert_eq!(outline(&read(&gbk)), blocks(text));
}

#[test]
fn a_cell_of_tika_knows_its_place() {
    let text = fixture!("tika-word.txt");
    let document = read_str(text);
    let line = text.lines().position(|line| line == "\t115").unwrap() as u32 + 1;
    let cell = texts(&document).into_iter().find(|text| text.value == "115").unwrap();
    assert_eq!(cell.location, Location { line, column: 2, table: 2, row: 6, cell: 3, ..Location::default() });
    let label = texts(&document).into_iter().find(|text| text.value == "商业\n企业").unwrap();
    let end = label.at("商业\n企".len());
    assert_eq!((end.line, end.column), (label.location.line + 1, 2));
    let empty = text.lines().position(|line| line == "\t").unwrap() as u32 + 1;
    let first_empty = texts(&document).into_iter().find(|text| text.value.is_empty()).unwrap();
    assert_eq!((first_empty.location.line, first_empty.location.column), (empty, 2));
}

#[test]
fn tika_from_html() {
    let document = assert_is_report("tika-html", fixture!("tika-html.txt"), Covered::None, "\n");
    assert_report_texts("tika-html", &document);
}

#[test]
fn pipe_tables() {
    let document = assert_is_report("pipes", fixture!("pipes.md"), Covered::All, "\n");
    assert_report_texts("pipes", &document);
    let levels: Vec<u8> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, .. } => Some(*level),
            _ => None,
        })
        .collect();
    assert_eq!(levels, [1, 2, 2, 2, 2, 2, 2]);
}

#[test]
fn pasted_from_a_spreadsheet() {
    let document = assert_is_report("spreadsheet", fixture!("spreadsheet.txt"), Covered::All, "");
    assert_report_texts("spreadsheet", &document);
}

#[test]
fn html_tables_in_markdown() {
    let text = fixture!("markdown-html.md");
    let document = read_str(text);
    assert_eq!(document.kind, FileKind::Text);
    let placed: Vec<_> = tables(&document).into_iter().map(common::placed).collect();
    common::assert_report_tables("markdown-html", &placed);
    assert_report_texts("markdown-html", &document);
    assert_positions(text, &document);
    assert!(tables(&document).iter().all(|table| table.layout == Layout::Grid));
}

#[track_caller]
fn assert_outline(text: &str, expected: &[&str]) {
    let document = read_str(text);
    assert_eq!(document.kind, FileKind::Text, "{text:?}");
    assert_eq!(outline(&document), expected, "{text:?}");
    assert_positions(text, &document);
}

#[test]
fn lines_are_paragraphs() {
    assert_outline("甲\n乙 \n\n　　丙　丁\u{a0}\n \u{a0}\u{200b}\n", &["p 甲", "p 乙", "p 丙　丁"]);
    assert_outline(
        "\u{200b}甲\u{200b}乙\u{feff}\u{a0}丙\u{c}丁\u{b}戊\u{2028}己",
        &["p 甲乙 丙", "p 丁", "p 戊", "p 己"],
    );
    assert_outline(
        "# 题 #\n###三级\n#### \n**粗体**\n**粗**与**细**",
        &["h1 题", "p ###三级", "p 粗体", "p **粗**与**细**"],
    );
    assert_outline("三、\t收到情况", &["p 三、 收到情况"]);
    assert_eq!(outline(&read_str(" \n\u{3000}\n")), [""; 0]);
}

#[test]
fn properties_in_front_of_a_text() {
    let document = read_str("---\ntitle: \"青禾县2022年报告\"\nauthor: 某办\n---\n\n一、总体情况\n");
    let Block::Heading { level: 1, text } = &document.blocks[0] else { panic!("{document:#?}") };
    assert_eq!((text.value.as_str(), text.location.line, text.location.column), ("青禾县2022年报告", 2, 9));
    assert_eq!(outline(&document), ["h1 青禾县2022年报告", "p 一、总体情况"]);
    // Dashes that only part one thing from another.
    for text in ["---\n正文一段。\n---\n又一段。\n", "---\ntitle: 没有完\n\n正文。\n", "---\n---\n"]
    {
        let document = read_str(text);
        assert!(document.blocks.iter().all(|b| matches!(b, Block::Paragraph(_))), "{text}: {document:#?}");
    }
}

#[test]
fn the_end_of_a_table() {
    for (text, expected) in [
        ("\t规章\n\t0\n\n\t合计\n\t1\n\n\n\t另表\n\t2\n", &["table 规章|0/合计|1", "table 另表|2"][..]),
        ("\t规章\n\t0\n\n三、收到\n", &["table 规章|0", "p 三、收到"]),
        // The empty line after the last row got lost.
        ("\t规章\n\t0\n三、收到\n", &["table 规章|0", "p 三、收到"]),
        ("\t商业\n企业\n\t科研\n\n\t0\n\t1", &["table 商业\n企业|科研/0|1"]),
        ("\t\n企业\n\t\n\t0", &["table 企业||0"]),
        ("\t结果\t维持\t总计\n\t1\t2\n\n正文", &["table 结果|维持|总计/1|2", "p 正文"]),
        (
            "\t商业\n企业\t科研\n机构\n\t1\t2\n四、政府信息公开行政复议",
            &["table 商业\n企业|科研\n机构/1|2", "p 四、政府信息公开行政复议"],
        ),
    ] {
        assert_outline(text, expected);
    }
}

#[test]
fn what_only_looks_like_a_table() {
    for (text, expected) in [
        (
            "\t一、总体情况\n\t2023年，我局公开信息326条。\n\t收到申请12件。\n",
            &["p 一、总体情况", "p 2023年，我局公开信息326条。", "p 收到申请12件。"][..],
        ),
        ("\t一、总体情况\n", &["p 一、总体情况"]),
        ("一、\t总体情况\n二、\t主动公开\n", &["p 一、 总体情况", "p 二、 主动公开"]),
        ("首页 | 公开 | 互动\n正文", &["p 首页 | 公开 | 互动", "p 正文"]),
        ("附件：\t1.统计表\n\t规章\n\t0\n", &["p 附件： 1.统计表", "table 规章|0"]),
        ("甲\n<table 不是表", &["p 甲", "p <table 不是表"]),
    ] {
        assert_outline(text, expected);
    }
}

#[test]
fn pipes_in_all_shapes() {
    for (text, expected) in [
        ("| a | b\\|c |\n|:--|--:|\n| **1** | 2<br/>3 |\n后", &["table a|b|c/1|2\n3", "p 后"][..]),
        ("a | b | c\n--|--|--\n1 | 2 | 3", &["table a|b|c/1|2|3"]),
        ("| 商业\n企业 | 科研 |\n| 1 | 2 |", &["table 商业\n企业|科研/1|2"]),
        ("| 规章 | - |\n| - | - |\n", &["table 规章|-"]),
        ("| 规章 | - |\n| 甲 | - |\n| - | - |\n", &["table 规章|-/甲|-/-|-"]),
        ("| 0 |  |  | 1 |", &["table 0|||1"]),
        ("a|b", &["p a|b"]),
        ("|", &["p |"]),
    ] {
        assert_outline(text, expected);
    }
}

#[test]
fn artefacts_go_and_positions_stay() {
    let text = "见[bookmark: OLE_LINK1]附件 HYPERLINK \"http://a.invalid\" 年报\n[bookmark: x]\n";
    let document = read_str(text);
    assert_eq!(outline(&document), ["p 见附件  年报"]);
    assert_eq!(notes(&document), ["conversion-artefact"; 2]);
    assert!(document.notes[0].message.contains("2 处"), "{}", document.notes[0].message);
    let paragraph = texts(&document)[0];
    for word in ["附件", "年报"] {
        let column = text[..text.find(word).unwrap()].chars().count() as u32 + 1;
        assert_eq!(paragraph.at(paragraph.value.find(word).unwrap()).column, column, "{word}");
    }
}

#[test]
fn tables_drawn_with_dashes() {
    for (text, expected) in [
        // Multiline: a frame, rows apart by blank lines, cells of several lines, blank cells.
        (
            "  ------------------------\n  规章         本年   现行\n  ------------ ------ ------\n  行政         1      2\n  规范性文件\n\n  许可                3\n  ------------------------\n\n后",
            &[][..],
        ),
        (
            "  --------------------------\n  规章         本年   现行\n  ------------ ------ ------\n  行政         1      2\n  规范性文件\n\n  许可                3\n  --------------------------\n\n后",
            &["table 规章|本年|现行/行政\n规范性文件|1|2/许可||3", "p 后"],
        ),
        // Simple: a header above the rule, one row a line, to the next blank line.
        (
            "  规章     本年\n  -------- ------\n  许可     1\n           2\n\n后",
            &["table 规章|本年/许可|1/|2", "p 后"],
        ),
        // Without a header: between two rules.
        ("  -------- ------\n  许可     1\n  -------- ------\n后", &["table 许可|1", "p 后"]),
        // Grid: cells of several lines beside one another, and one across two columns.
        (
            "+------+----+\n| 规章 | 1  |\n| 等   | 2  |\n+======+====+\n| 总计 3    |\n+------+----+\n后",
            &["table 规章\n等|1\n2/总计 3|", "p 后"],
        ),
    ] {
        if !expected.is_empty() {
            assert_outline(text, expected);
        }
    }
}

#[test]
fn dashes_that_draw_no_table() {
    for (text, expected) in [
        ("总体情况\n--------\n正文", &["p 总体情况", "p --------", "p 正文"][..]),
        // Something stands across the border of two columns.
        (
            "-------- ------\n行政规范性文件 1\n-------- ------",
            &["p -------- ------", "p 行政规范性文件 1", "p -------- ------"],
        ),
        ("+----+\n后", &["p +----+", "p 后"]),
    ] {
        assert_outline(text, expected);
    }
}

#[test]
fn tables_of_html2text_have_rows_of_one_cell() {
    assert_outline(
        "第一项  \n---  \n内容 | 本年 | 现行  \n规章 | 1 | 2  \n第二项  \n许可 | 3  \n\n后 | 文",
        &["table 第一项/内容|本年|现行/规章|1|2/第二项/许可|3", "p 后 | 文"],
    );
    assert_outline("标题\n---\n甲 | 乙\n正文\n正文", &["p 标题", "p ---", "p 甲 | 乙", "p 正文", "p 正文"]);
}

#[test]
fn columns_apart_by_blanks() {
    assert_outline(
        "信息内容     本年   现行\n规章        1    22\n政府 许可      3    4\n三、收到\n正文。",
        &["table 信息内容|本年|现行/规章|1|22/政府 许可|3|4", "p 三、收到", "p 正文。"],
    );
    assert_outline("姓名  张三\n年份  不详", &["p 姓名  张三", "p 年份  不详"]);
}
