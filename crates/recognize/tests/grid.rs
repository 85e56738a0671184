//! Every cell of drawn official tables comes back exactly, whatever numbers stand in it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use common::{as_pipes, as_tika, assert_exact, document, numbered, tables_of};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::document::{Block, Cell, Document, FileKind, Layout, Location, Row, Table, Text};
use nianbao_schema::layout::Fill;
use nianbao_schema::report::{EditionBasis, HeadingMatch, LabelMatch, Report, YearSource};
use nianbao_schema::value::Value;
use nianbao_schema::{CellId, Edition, sketch};

fn of(sketch: &str) -> Report {
    recognize(&sketch::document(sketch).unwrap(), &Hints::default())
}

#[test]
fn every_cell_of_both_forms_in_every_layout() {
    for edition in Edition::ALL {
        let fill = numbered(*edition);
        let drawn = tables_of(*edition, &fill);
        assert_exact(*edition, &fill, &document(drawn.clone()), "grid");
        assert_exact(*edition, &fill, &document(drawn.iter().map(as_tika).collect()), "Tika");
        assert_exact(*edition, &fill, &document(drawn.iter().map(as_pipes).collect()), "pipes");
    }
}

/// One cell a line, as extractors print tables that they do not know to be tables; covered slots leave nothing.
fn as_lines(document: &Document, bar: bool) -> Document {
    let mut lines = Document::new(FileKind::Text);
    let mut push = |words: &str| {
        let at = lines.blocks.len() as u32 + 1;
        lines.blocks.push(Block::Paragraph(Text::new(words, Location::line(at, 1))));
    };
    for block in &document.blocks {
        match block {
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|r| &r.cells) {
                    // Header words of more than three characters are broken, as narrow columns break them.
                    let words = cell.text.value.clone();
                    let broken = ["商业企业", "科研机构"].contains(&words.as_str());
                    match (broken, words.char_indices().nth(2)) {
                        (true, Some((half, _))) => {
                            push(&words[..half]);
                            push(&words[half..]);
                        }
                        _ if bar => push(&format!("{words} |")),
                        _ if words.is_empty() => {}
                        _ => push(&words),
                    }
                }
            }
            Block::Paragraph(text) | Block::Heading { text, .. } | Block::Image(text) => push(&text.value),
        }
    }
    lines
}

fn with_numbers(year: u16) -> (Edition, Fill, Document) {
    let mut document = sketch::document(&format!("年份：{year}")).unwrap();
    let edition = if year < 2021 { Edition::E2019 } else { Edition::E2021 };
    let fill = numbered(edition);
    let mut drawn = tables_of(edition, &fill).into_iter();
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            *table = drawn.next().unwrap();
        }
    }
    (edition, fill, document)
}

#[test]
fn one_cell_a_line() {
    for year in [2020, 2023] {
        for bar in [false, true] {
            let (edition, fill, document) = with_numbers(year);
            assert_exact(edition, &fill, &as_lines(&document, bar), "lines");
        }
    }
}

#[test]
fn one_cell_a_line_with_blanks_lost_leaves_those_rows_unread() {
    let (edition, mut fill, mut document) = with_numbers(2023);
    let blank = CellId::parse("applications.granted.research").unwrap();
    fill.cells.insert(blank, String::new());
    let mut drawn = tables_of(edition, &fill).into_iter();
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            *table = drawn.next().unwrap();
        }
    }
    let report = recognize(&as_lines(&document, false), &Hints::default());
    for cell in edition.form().official_cells() {
        let read = report.cell(cell.id).map(|r| r.text.value.clone());
        let expected = (cell.id.row() != "granted").then(|| fill.cells[&cell.id].clone());
        assert_eq!(read, expected, "{}", cell.id);
    }
    assert!(report.notes.iter().any(|n| n.kind == "unplaced-row"));
}

#[test]
fn a_row_without_label_and_with_too_few_cells_is_unplaced_and_not_missing() {
    let (edition, mut fill, mut document) = with_numbers(2023);
    fill.cells.insert(CellId::parse("review.litigation_direct.other").unwrap(), String::new());
    let mut drawn = tables_of(edition, &fill).into_iter();
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            *table = drawn.next().unwrap();
        }
    }
    let report = recognize(&as_lines(&document, false), &Hints::default());
    let review = report.table("review").unwrap();
    assert_eq!((review.rows.len(), review.unplaced.len()), (1, 1));
    assert!(report.cells().all(|(id, _)| id.table() != "review"));
}

#[test]
fn prose_that_mentions_a_label_is_no_table() {
    let report = of("删去：表三\n三、收到和处理政府信息公开申请情况\n详见附表，其中重复申请1件。\n12");
    assert!(report.table("applications").is_none());
}

#[test]
fn each_block_as_a_table_of_its_own() {
    for edition in Edition::ALL {
        let fill = numbered(*edition);
        let mut tables = Vec::new();
        for table in tables_of(*edition, &fill) {
            let starts =
                table.rows.iter().enumerate().filter(|(_, r)| r.cells[0].text.value.starts_with("第二十条"));
            let mut cuts: Vec<usize> = starts.map(|(i, _)| i).collect();
            cuts.push(table.rows.len());
            if cuts.len() == 1 {
                tables.push(table);
                continue;
            }
            for pair in cuts.windows(2) {
                tables.push(Table { rows: table.rows[pair[0]..pair[1]].to_vec(), ..table.clone() });
            }
        }
        assert_exact(*edition, &fill, &document(tables), "blocks");
    }
}

#[test]
fn columns_in_another_order_go_where_their_headers_say() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    let mut drawn = tables_of(edition, &fill);
    // 自然人 and 总计 change places, headers with them.
    for row in &mut drawn[1].rows {
        for cell in &mut row.cells {
            cell.column = match cell.column {
                3 => 9,
                9 => 3,
                c => c,
            };
        }
        row.cells.sort_by_key(|c| c.column);
    }
    assert_exact(edition, &fill, &document(drawn), "swapped");
}

#[test]
fn columns_in_another_order_are_not_read_where_spans_were_lost() {
    let fill = numbered(Edition::E2021);
    let mut drawn: Vec<Table> = tables_of(Edition::E2021, &fill).iter().map(as_tika).collect();
    let swapped = drawn[1].rows[1].cells.iter().position(|c| c.text.value == "自然人").unwrap();
    let total = drawn[1].rows[1].cells.iter().position(|c| c.text.value == "总计").unwrap();
    drawn[1].rows[1].cells[swapped].text.value = "总计".to_owned();
    drawn[1].rows[1].cells[total].text.value = "自然人".to_owned();
    let report = recognize(&document(drawn), &Hints::default());
    let guessed: Vec<_> = report.cells().filter(|(id, _)| id.table() == "applications").collect();
    assert!(guessed.is_empty(), "no value may be guessed: {guessed:?}");
    assert!(report.notes.iter().any(|n| n.kind == "unplaced-row"));
}

#[test]
fn a_row_with_a_cell_too_few_is_not_read() {
    for layout in [as_tika, as_pipes] {
        let fill = numbered(Edition::E2021);
        let mut drawn: Vec<Table> = tables_of(Edition::E2021, &fill).iter().map(layout).collect();
        let row =
            drawn[1].rows.iter_mut().find(|r| r.cells.iter().any(|c| c.text.value == "2.重复申请")).unwrap();
        row.cells.pop();
        let report = recognize(&document(drawn), &Hints::default());
        let row: Vec<CellId> = CellId::all().filter(|c| c.row() == "rejected.duplicate").collect();
        assert!(row.iter().all(|c| report.cell(*c).is_none()));
        assert_eq!(report.notes.len(), 1);
        assert_eq!(report.table("applications").unwrap().unplaced.len(), 1);
        assert_eq!(report.cells().count(), 200 - 7, "all other rows are read");
    }
}

#[test]
fn trailing_blank_cells_are_layout() {
    let fill = numbered(Edition::E2021);
    let mut drawn: Vec<Table> = tables_of(Edition::E2021, &fill).iter().map(as_pipes).collect();
    for row in drawn.iter_mut().flat_map(|t| &mut t.rows) {
        for _ in 0..2 {
            let column = row.cells.len() as u32;
            row.cells.push(Cell::new(Text::default(), column));
        }
    }
    assert_exact(Edition::E2021, &fill, &document(drawn), "trailing blanks");
}

#[test]
fn blanks_at_both_ends_leave_a_row_without_label_unread() {
    let mut fill = numbered(Edition::E2021);
    for name in ["review.reconsideration.upheld", "review.litigation_after_review.total"] {
        fill.cells.insert(CellId::parse(name).unwrap(), String::new());
    }
    let mut drawn: Vec<Table> = tables_of(Edition::E2021, &fill).iter().map(as_pipes).collect();
    for row in &mut drawn[2].rows {
        row.cells.push(Cell::new(Text::default(), 15));
    }
    let report = recognize(&document(drawn), &Hints::default());
    assert!(report.cells().all(|(id, _)| id.table() != "review"), "which blank is layout cannot be told");
    assert!(report.notes.iter().any(|n| n.kind == "unplaced-row"));
}

#[test]
fn blanks_stay_blanks_and_marks_stay_marks() {
    let report = of("| 规章 | 本年制发件数 / | 现行有效件数 空 |\n| 2.重复申请 | 自然人 由县政府统一公开 |");
    let value = |name: &str| report.cell(CellId::parse(name).unwrap()).unwrap().value.clone();
    assert_eq!(value("disclosure.regulations.issued"), Value::NotApplicable);
    assert_eq!(value("disclosure.regulations.in_force"), Value::Blank);
    assert_eq!(value("applications.rejected.duplicate.natural"), Value::Text);
}

#[test]
fn a_row_whose_label_was_lost_is_named_by_its_neighbours() {
    let report = of("| （二）部分公开（区分处理的，只计这一情形，不计其他情形） → |");
    assert_eq!(report.cells().count(), 200);
    let missing: Vec<_> = report.labels.iter().filter(|l| l.matched == LabelMatch::Missing).collect();
    assert_eq!(missing.len(), 1);
    assert!(missing[0].official.starts_with("（二）部分公开"));
}

#[test]
fn a_label_of_the_other_form_is_understood_but_its_column_is_not_read_as_ours() {
    let report = of(
        "年份：2020\n| 本年新制作数量 → 本年制发件数 |\n| 对外公开总数量 → 现行有效件数 |\n| 规章 | 本年新公开数量 5 |",
    );
    assert_eq!(report.edition, Edition::E2019);
    let read = |name: &str| report.number(CellId::parse(name).unwrap()).map(|n| n.to_string());
    assert_eq!(read("disclosure.regulations.published").as_deref(), Some("5"));
    assert_eq!(read("disclosure.regulations.created"), None);
    assert_eq!(read("disclosure.regulations.total"), None);
    let foreign = report.labels.iter().filter(|l| matches!(l.matched, LabelMatch::OtherForm(_))).count();
    assert_eq!(foreign, 2);
}

#[test]
fn group_rows_with_sums_are_read_beside_the_official_cells() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    let mut drawn = tables_of(edition, &fill);
    let at =
        drawn[1].rows.iter().position(|r| r.cells.iter().any(|c| c.text.value == "1.属于国家秘密")).unwrap();
    // A row of its own for the group, above its first item.
    let mut label = None;
    for row in &mut drawn[1].rows {
        if let Some(i) = row.cells.iter().position(|c| c.text.value == "（三）不予公开") {
            label = Some(row.cells.remove(i));
        }
    }
    let mut cells = vec![Cell { rowspan: 1, colspan: 2, ..label.unwrap() }];
    cells.extend((3..10).map(|c| Cell::new(Text::new("88", Location::default()), c)));
    drawn[1].rows.insert(at, Row { cells });
    for row in &mut drawn[1].rows {
        for cell in row.cells.iter_mut().filter(|c| c.text.value == "三、本年度办理结果") {
            cell.rowspan += 1;
        }
    }
    let report = recognize(&document(drawn), &Hints::default());
    assert_eq!(report.number(CellId::parse("applications.denied.natural").unwrap()), Some(88.into()));
    assert_eq!(report.cells().count(), 200 + 7);
}

#[test]
fn the_edition_goes_by_the_majority_of_labels_then_by_the_year() {
    assert_eq!(of("年份：2020").edition, Edition::E2019);
    assert_eq!(of("年份：2022").edition, Edition::E2021);
    let leak = of("年份：2022\n| 行政规范性文件 → 规范性文件 |");
    assert_eq!(leak.edition, Edition::E2021);
    assert!(matches!(leak.edition_basis, EditionBasis::Labels(_)));
    let bare = of("年份：2020\n删去：表二\n删去：表三\n删去：表四");
    assert_eq!((bare.edition, bare.edition_basis), (Edition::E2019, EditionBasis::Year));
}

#[test]
fn sections_parts_title_organ_year_and_period() {
    let report = of("机关：青禾县石桥镇人民政府\n年份：2022");
    assert_eq!(report.year, Some(2022));
    assert_eq!(report.organ.as_ref().unwrap().name, "青禾县石桥镇人民政府");
    assert_eq!(report.sections.iter().map(|s| s.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert!(report.sections.iter().all(|s| s.matched == HeadingMatch::Official));
    assert_eq!(report.sections[0].parts.iter().map(|p| p.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(report.period.as_ref().map(|p| (p.from, p.to)), Some(((2022, 1, 1), (2022, 12, 31))));
    let sources: BTreeMap<YearSource, u16> =
        report.year_evidence.iter().map(|e| (e.source, e.year)).collect();
    assert_eq!(sources[&YearSource::Title], 2022);
    assert_eq!(sources[&YearSource::Period], 2022);
    assert!(!report.year_in_doubt());
}

/// A document of paragraphs and the tables of a sketch, with lines put in before the text.
fn with_lines_before(lines: &[&str], sketch: &str) -> Report {
    let mut document = sketch::document(sketch).unwrap();
    for (i, line) in lines.iter().enumerate() {
        document.blocks.insert(i, Block::Paragraph(Text::new(*line, Location::default())));
    }
    recognize(&document, &Hints::default())
}

#[test]
fn a_table_of_contents_is_no_text() {
    let contents = [
        "目录",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
        "本报告电子版可在门户网站下载。",
    ];
    let report = with_lines_before(&contents, "");
    assert_eq!(report.sections.iter().map(|s| s.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert!(report.sections.iter().all(|s| s.heading > 8));
    assert_eq!(report.section(1).unwrap().parts.len(), 5);
}

#[test]
fn links_to_other_reports_are_not_the_title() {
    let links = ["青禾县教育局2022年政府信息公开工作年度报告", "青禾县水务局2021年政府信息公开工作年度报告"];
    let report = with_lines_before(&links, "年份：2023");
    assert_eq!(report.organ.unwrap().name, "青禾县水务局");
    assert_eq!(report.year, Some(2023));
    assert_eq!(report.year_evidence.len(), 2);
}

#[test]
fn a_heading_broken_over_two_lines_is_one() {
    let mut document = sketch::document("").unwrap();
    let at = document
        .blocks
        .iter()
        .position(|b| matches!(b, Block::Paragraph(t) if t.value.starts_with("四、")))
        .unwrap();
    document.blocks[at] = Block::Paragraph(Text::new("四、政府信息公开行政复议、", Location::default()));
    document.blocks.insert(at + 1, Block::Paragraph(Text::new("行政诉讼情况", Location::default())));
    let report = recognize(&document, &Hints::default());
    assert_eq!(report.sections.iter().map(|s| s.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(report.section(4).unwrap().matched, HeadingMatch::Official);
}

#[test]
fn a_row_that_starts_left_of_its_header_is_not_read() {
    // The span of the label was lost, and a blank cell at the end makes up for it.
    for layout in [Layout::Grid, Layout::Flow] {
        let cell = |words: &str, column: u32, colspan: u32| Cell {
            colspan,
            ..Cell::new(Text::new(words, Location::default()), column)
        };
        let header = vec![
            cell("信息内容", 0, 2),
            cell("本年制发件数", 2, 1),
            cell("本年废止件数", 3, 1),
            cell("现行有效件数", 4, 1),
        ];
        let row = |words: [&str; 5]| words.iter().zip(0..).map(|(w, c)| cell(w, c, 1)).collect::<Vec<_>>();
        let rows = vec![Row { cells: header }, Row { cells: row(["行政规范性文件", "11", "22", "33", ""]) }];
        let report = recognize(
            &document(vec![Table { layout, rows, location: Location::default() }]),
            &Hints::default(),
        );
        let read: Vec<_> = report.cells().map(|(id, r)| (id, r.text.value.clone())).collect();
        let wrong = read.iter().any(|(id, v)| {
            *v != match id.column() {
                "issued" => "11",
                "repealed" => "22",
                _ => "33",
            }
        });
        assert!(!wrong, "{layout:?}: {read:?}");
    }
}

#[test]
fn a_unit_in_the_header_counts() {
    let report = of(
        "| 本年收费金额（单位：万元） → 本年收费金额（单位：元） |\n| 行政事业性收费 | 本年收费金额（单位：万元） 35000 |",
    );
    assert_eq!(report.number(CellId::parse("disclosure.fees.amount").unwrap()).unwrap().to_string(), "3.5");
}

#[test]
fn one_unreadable_row_does_not_take_the_table_with_it() {
    let report = of("| 一、本年新收政府信息公开申请数量 → 一、本年新收政府信息公开申请数量26034 |");
    let lost: Vec<&str> = report
        .form()
        .official_cells()
        .filter(|c| report.cell(c.id).is_none())
        .map(|c| c.row.id.as_str())
        .collect();
    assert!(lost.iter().all(|r| *r == "received"), "{lost:?}");
}

#[test]
fn the_words_heji_and_qita_in_other_spelling() {
    let report = of("| 总计 → 合计 |\n| （七）总计 → （七）合计 |\n| 其他 → 其它 |");
    assert_eq!(report.cells().count(), 200);
}

#[test]
fn a_preface_that_lists_the_parts_is_no_section() {
    let report = of(
        "本报告由总体情况、主动公开政府信息情况等六部分组成。\n一、总体情况\n（一）主动公开\n公开信息10条。",
    );
    assert_eq!(report.sections.iter().map(|s| s.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(report.section(1).unwrap().parts.len(), 1);
}
