//! Rules about files that a sketch cannot describe: pictures, lost spans, rows that local variants add.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nianbao_lint::{Outcome, Selection, lint};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::document::{Block, Cell, Document, Layout, Location, Row, Table, Text};
use nianbao_schema::sketch;

fn codes(document: &Document) -> Vec<String> {
    let report = recognize(document, &Hints::default());
    let found = lint(&report, None, &Selection::default());
    found.findings.iter().map(|f| format!("{} {}", f.rule.code, f.severity.id())).collect()
}

/// The `n`th table of a document.
fn table(document: &mut Document, n: usize) -> &mut Table {
    let mut tables = document.blocks.iter_mut().filter_map(|b| match b {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.nth(n).unwrap()
}

/// The row in which some words stand.
fn row_of(table: &Table, words: &str) -> usize {
    table.rows.iter().position(|r| r.cells.iter().any(|c| c.text.value == words)).unwrap()
}

/// What is left of a table when spans are lost: every row a list of its own cells, covered ones blank.
fn lose_spans(table: &mut Table) {
    table.layout = Layout::Flow;
    let mut rows: Vec<Vec<(u32, Text)>> = vec![Vec::new(); table.rows.len()];
    for (r, row) in table.rows.iter().enumerate() {
        for cell in &row.cells {
            for down in 0..cell.rowspan as usize {
                let text = if down == 0 { cell.text.clone() } else { Text::default() };
                rows[r + down].push((cell.column, text));
            }
        }
    }
    table.rows = rows
        .into_iter()
        .map(|mut cells| {
            cells.sort_by_key(|(column, _)| *column);
            Row { cells: cells.into_iter().zip(0..).map(|((_, text), i)| Cell::new(text, i)).collect() }
        })
        .collect();
}

#[test]
fn a_picture_in_place_of_a_table() {
    let mut document = sketch::document("删去：表四").unwrap();
    let heading =
        document.blocks.iter().position(|b| matches!(b, Block::Paragraph(t) if t.value.starts_with("四、")));
    document.blocks.insert(heading.unwrap() + 1, Block::Image(Text::new("表格", Location::default())));
    assert_eq!(codes(&document), ["T002 warning"]);
    // A picture beside the table is no fault.
    let mut document = sketch::document("").unwrap();
    let heading =
        document.blocks.iter().position(|b| matches!(b, Block::Paragraph(t) if t.value.starts_with("四、")));
    document.blocks.insert(heading.unwrap() + 1, Block::Image(Text::new("公章", Location::default())));
    assert!(codes(&document).is_empty());
}

#[test]
fn a_row_with_a_cell_too_few_is_reported_and_not_read() {
    for lost in [false, true] {
        let mut document = sketch::document("").unwrap();
        let table = table(&mut document, 1);
        if lost {
            lose_spans(table);
        }
        let row = row_of(table, "2.重复申请");
        table.rows[row].cells.pop();
        let report = recognize(&document, &Hints::default());
        assert!(report.cells().all(|(id, _)| id.row() != "rejected.duplicate"));
        assert_eq!(codes(&document), ["T007 warning"], "spans lost: {lost}");
    }
}

#[test]
fn headers_whose_second_line_was_lost() {
    let mut document = sketch::document("年份：2020\n六、其他需要报告的事项\n无。").unwrap();
    let table = table(&mut document, 0);
    lose_spans(table);
    for label in ["本年新制作数量", "本年新公开数量"] {
        let row = row_of(table, label);
        table.rows[row]
            .cells
            .iter_mut()
            .filter(|c| c.text.value == label)
            .for_each(|c| c.text.value = "本年新".to_owned());
    }
    assert_eq!(codes(&document), ["T010 warning", "T010 warning"]);
    assert_eq!(
        recognize(&document, &Hints::default()).cells().count(),
        198,
        "their place in the row names them"
    );
}

/// Puts numbers on the row of a group, as some local variants do.
fn fill_group(document: &mut Document, group: &str, first_item: &str, values: [&str; 7]) {
    let table = table(document, 1);
    let at = row_of(table, first_item);
    let label = table.rows[at].cells.iter().position(|c| c.text.value == group).unwrap();
    let label = table.rows[at].cells.remove(label);
    let mut cells = vec![Cell { rowspan: 1, colspan: 2, ..label }];
    cells.extend(
        values.iter().zip(3..).map(|(v, column)| Cell::new(Text::new(*v, Location::default()), column)),
    );
    table.rows.insert(at, Row { cells });
    let result = table
        .rows
        .iter_mut()
        .flat_map(|r| &mut r.cells)
        .find(|c| c.text.value == "三、本年度办理结果")
        .unwrap();
    result.rowspan += 1;
}

#[test]
fn sums_on_the_row_of_a_group() {
    let (group, first) = ("（四）无法提供", "1.本机关不掌握相关政府信息");
    let mut right = sketch::document("").unwrap();
    fill_group(&mut right, group, first, ["2", "0", "0", "0", "0", "0", "2"]);
    assert_eq!(codes(&right), Vec::<String>::new(), "a right sum is silent and not counted twice");
    let mut wrong = sketch::document("").unwrap();
    fill_group(&mut wrong, group, first, ["3", "0", "0", "0", "0", "0", "3"]);
    assert_eq!(codes(&wrong), ["N104 warning"]);
}

#[test]
fn a_row_with_numbers_whose_label_is_lost() {
    assert_eq!(codes(&sketch::document("| （一）予以公开 → |").unwrap()), ["T008 warning"]);
}

#[test]
fn a_form_that_kept_one_row_for_other_handling() {
    let mut document = sketch::document("").unwrap();
    let table = table(&mut document, 1);
    let first =
        table.rows.iter().position(|r| r.cells.iter().any(|c| c.text.value == "（六）其他处理")).unwrap();
    for row in &mut table.rows {
        for cell in row.cells.iter_mut().filter(|c| c.text.value == "三、本年度办理结果") {
            cell.rowspan -= 2;
        }
    }
    table.rows.drain(first + 1..first + 3);
    // The item's label goes, the group's label takes both columns.
    table.rows[first].cells.remove(1);
    table.rows[first].cells[0].colspan = 2;
    table.rows[first].cells[0].rowspan = 1;
    let report = recognize(&document, &Hints::default());
    assert!(report.cell(nianbao_schema::CellId::parse("applications.other.natural").unwrap()).is_some());
    assert_eq!(codes(&document), Vec::<String>::new());
}

#[test]
fn shape_findings_are_one_level_milder_for_2019() {
    let of = |year: u16| {
        codes(&sketch::document(&format!("年份：{year}\n六、其他需要报告的事项\n无。\n删去：四")).unwrap())
    };
    assert_eq!(of(2019), ["S001 warning"]);
    assert_eq!(of(2020), ["S001 error"]);
}

#[test]
fn a_rule_that_cannot_check_says_why() {
    let document = sketch::document("标题：2023年政府信息公开工作年度报告").unwrap();
    let report = recognize(&document, &Hints::default());
    let outcomes = lint(&report, None, &Selection::default()).outcomes;
    let of = |code: &str| outcomes.iter().find(|(m, _)| m.code == code).map(|(_, o)| o).unwrap();
    assert!(matches!(of("D001"), Outcome::NotAssessable(reason) if reason.0.zh.contains("机关")));
    assert!(matches!(of("N101"), Outcome::Passed));
    assert!(matches!(of("N302"), Outcome::NotAssessable(_)), "the rule is for other years");
}

#[test]
fn fingerprints_survive_lines_above_and_tell_findings_apart() {
    let prints = |sketch: &str| -> Vec<String> {
        let report = recognize(&sketch::document(sketch).unwrap(), &Hints::default());
        lint(&report, None, &Selection::default())
            .findings
            .iter()
            .map(nianbao_lint::Finding::fingerprint)
            .collect()
    };
    let wrong = "五、存在的主要问题及改进情况\n更好的为群众服务。更好的为企业服务。\n更好的为群众服务。";
    let before = prints(wrong);
    let after = prints(&format!("开头新增一段。\n第二段。\n{wrong}"));
    assert_eq!(before, after);
    assert_eq!(before.len(), 3);
    assert_eq!(before.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
}

#[test]
fn a_heading_that_comes_again_is_a_finding_and_one_printed_twice_is_none() {
    let heading = "五、存在的主要问题及改进情况";
    let paragraph = |words: &str| Block::Paragraph(Text::new(words, Location::default()));
    let place = |document: &Document, words: &str| {
        document.blocks.iter().position(|b| matches!(b, Block::Paragraph(t) if t.value == words)).unwrap()
    };
    let mut document = sketch::document("").unwrap();
    let five = place(&document, heading);
    document.blocks.insert(five + 1, paragraph(heading));
    assert_eq!(codes(&document), Vec::<String>::new(), "printed twice in a row");

    let mut document = sketch::document("").unwrap();
    let five = place(&document, heading);
    document.blocks.insert(five + 2, paragraph(heading));
    document.blocks.insert(five + 3, paragraph("二是解读材料较少。下一步，将增加图解。"));
    assert_eq!(codes(&document), ["S007 warning"]);

    // Two reports on one page are told apart by whoever reads the page, not blamed for their headings.
    let mut document = sketch::document("").unwrap();
    let again: Vec<Block> =
        document.blocks.iter().filter(|b| matches!(b, Block::Paragraph(_))).cloned().collect();
    document.blocks.extend(again);
    assert!(!codes(&document).iter().any(|c| c.starts_with("S007")), "{:?}", codes(&document));
}

#[test]
fn a_long_section_one_is_a_finding_by_its_characters_without_headings() {
    let long = |characters: usize| {
        let parts = ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"];
        let numerals = ["一", "二", "三", "四", "五"];
        let mut sketch = "一、总体情况\n".to_owned();
        for (part, numeral) in parts.iter().zip(numerals) {
            // Seven words each of five parts; the rest of the characters goes into the last part.
            sketch.push_str(&format!("（{numeral}）{part}\n通过网站审核信息 申请学习。\n"));
        }
        let written = 5 * "通过网站审核信息申请学习。".chars().count();
        let rest: String = ["甲", "乙", "丙", "丁", "戊", "己", "庚"]
            .iter()
            .cycle()
            .take(characters - written - 1)
            .copied()
            .collect();
        sketch.push_str(&format!("{rest}。\n"));
        let found = lint(&recognize(&sketch::document(&sketch).unwrap(), &Hints::default()), None, &{
            let mut selection = Selection::default();
            selection.select("S014").unwrap();
            selection
        });
        found.findings.iter().map(|f| f.message.zh.clone()).collect::<Vec<_>>()
    };
    assert_eq!(long(1000), Vec::<String>::new(), "a thousand is not too long");
    assert_eq!(long(1001), ["总体情况有1001字（不含小标题），超过1000字"]);
}

/// Exchanges the words of two rows; every cell stays where it is.
fn swap_words(table: &mut Table, one: usize, other: usize) {
    for cell in 0..table.rows[one].cells.len() {
        let words = table.rows[one].cells[cell].text.value.clone();
        let others = std::mem::replace(&mut table.rows[other].cells[cell].text.value, words);
        table.rows[one].cells[cell].text.value = others;
    }
}

#[test]
fn rows_in_another_order_are_a_finding() {
    let mut document = sketch::document("").unwrap();
    let applications = table(&mut document, 1);
    let (first, second) = (row_of(applications, "2.重复申请"), row_of(applications, "3.要求提供公开出版物"));
    swap_words(applications, first, second);
    assert_eq!(codes(&document), ["T016 warning"]);

    let mut document = sketch::document("年份：2019\n六、其他需要报告的事项\n无。").unwrap();
    let applications = table(&mut document, 1);
    swap_words(applications, first, second);
    assert_eq!(codes(&document), ["T016 info"], "one level milder where the form was only encouraged");
}

#[test]
fn a_row_that_is_not_of_the_form_is_a_hint() {
    let mut document = sketch::document("").unwrap();
    let disclosure = table(&mut document, 0);
    let after = row_of(disclosure, "行政规范性文件");
    let mut row = disclosure.rows[after].clone();
    row.cells[0].text.value = "其他主动公开文件（含以本机关名义印发的通知）".to_owned();
    disclosure.rows.insert(after + 1, row);
    let found = codes(&document);
    assert_eq!(found, ["T017 info"]);
}
