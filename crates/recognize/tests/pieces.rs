//! Official tables that come in pieces or odd shapes: every cell is exact or honestly unread, none is wrong.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{as_pipes, as_tika, assert_exact, document, numbered, tables_of};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::document::{Block, Cell, Document, FileKind, Layout, Location, Row, Table, Text};
use nianbao_schema::layout::Fill;
use nianbao_schema::report::{Report, UnplacedReason};
use nianbao_schema::{CellId, Edition};

/// What a conversion makes of a table.
type Conversion = fn(&Table) -> Table;

fn text(words: &str) -> Text {
    Text::new(words, Location::default())
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(text(words))
}

fn read(blocks: Vec<Block>) -> Report {
    let mut document = Document::new(FileKind::Text);
    document.blocks = blocks;
    recognize(&document, &Hints::default())
}

/// How many of the official cells were read; none may be wrong.
#[track_caller]
fn exact(edition: Edition, fill: &Fill, report: &Report) -> usize {
    assert_eq!(report.edition, edition);
    for (id, reading) in report.cells() {
        assert_eq!(reading.text.value.trim(), fill.cells[&id], "{id} is wrong");
    }
    report.cells().count()
}

fn of_review(table: &Table, columns: &[std::ops::Range<u32>]) -> Table {
    let mut part = table.clone();
    for row in &mut part.rows {
        row.cells.retain(|c| columns.iter().any(|r| r.contains(&c.column)));
    }
    part
}

/// Rows from `from` on, as a table of its own. `cut_labels`: labels that reach down from above are not there any more,
/// and what stood behind them moves to the left.
fn tail(table: &Table, from: usize) -> Table {
    let mut rows = table.rows[from..].to_vec();
    let width = |row: &Row| row.cells.iter().map(|c| c.colspan).sum::<u32>();
    let widest = rows.iter().map(width).max().unwrap();
    for row in &mut rows {
        let mut column = widest - width(row);
        for cell in &mut row.cells {
            cell.column = column;
            column += cell.colspan;
        }
    }
    Table { rows, ..table.clone() }
}

fn head(table: &Table, to: usize) -> Table {
    let mut rows = table.rows[..to].to_vec();
    for (left, row) in (1..=to as u32).rev().zip(&mut rows) {
        for cell in &mut row.cells {
            cell.rowspan = cell.rowspan.min(left);
        }
    }
    Table { rows, ..table.clone() }
}

#[test]
fn a_table_cut_anywhere_by_a_page_break_without_its_header_again() {
    for edition in Edition::ALL {
        let fill = numbered(*edition);
        let drawn = tables_of(*edition, &fill);
        let all = edition.form().official_cells().count();
        let first = drawn[1].rows.iter().position(|r| r.cells[0].text.value.starts_with("一、")).unwrap();
        for cut in first + 1..drawn[1].rows.len() {
            let (top, bottom) = (head(&drawn[1], cut), tail(&drawn[1], cut));
            let pieces = |layout: fn(&Table) -> Table| {
                vec![
                    Block::Table(layout(&drawn[0])),
                    Block::Table(layout(&top)),
                    paragraph("- 5 -"),
                    Block::Table(layout(&bottom)),
                    Block::Table(layout(&drawn[2])),
                ]
            };
            let layouts: [(&str, Conversion); 3] =
                [("grid", Table::clone), ("Tika", as_tika), ("pipes", as_pipes)];
            for (name, layout) in layouts {
                let report = read(pieces(layout));
                let count = exact(*edition, &fill, &report);
                // In a rectangle of other width the blanks for covered cells cannot be told from blank cells.
                let unread = all - count;
                assert!(unread == 0 || name == "pipes", "{name} cut at {cut}: {unread} unread");
                assert!(unread == 0 || report.notes.iter().any(|n| n.kind == "unplaced-row"));
            }
        }
    }
}

#[test]
fn a_header_that_a_converter_made_up_after_a_page_break() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    let drawn: Vec<Table> = tables_of(edition, &fill).iter().map(as_tika).collect();
    for made_up in ["数据", "Unnamed: ", "列"] {
        let cut = 12;
        let mut bottom = Table { rows: drawn[1].rows[cut..].to_vec(), ..drawn[1].clone() };
        let cells = (0..8).map(|i| Cell::new(text(&format!("{made_up}{}", i + 1)), i));
        bottom.rows.insert(0, Row { cells: cells.collect() });
        let top = Table { rows: drawn[1].rows[..cut].to_vec(), ..drawn[1].clone() };
        let report =
            read([&drawn[0], &top, &bottom, &drawn[2]].into_iter().cloned().map(Block::Table).collect());
        assert_eq!(exact(edition, &fill, &report), 200, "{made_up}");
    }
}

#[test]
fn rows_that_do_not_follow_are_not_taken_for_a_continuation() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    let drawn: Vec<Table> = tables_of(edition, &fill).iter().map(as_tika).collect();
    // The lower half first: its rows have no header, and afterwards the upper half is no continuation of it.
    let cut = 12;
    let bottom = Table { rows: drawn[1].rows[cut..].to_vec(), ..drawn[1].clone() };
    let top = Table { rows: drawn[1].rows[..cut].to_vec(), ..drawn[1].clone() };
    let report = read([&drawn[0], &bottom, &top, &drawn[2]].into_iter().cloned().map(Block::Table).collect());
    let count = exact(edition, &fill, &report);
    assert!(count < 200 && count > 25, "{count}");
    assert!(
        report.table("applications").unwrap().unplaced.iter().all(|u| u.reason == UnplacedReason::Header)
    );
}

#[test]
fn the_table_of_reviews_as_three_tables_and_as_two() {
    for edition in Edition::ALL {
        let fill = numbered(*edition);
        let drawn = tables_of(*edition, &fill);
        let all = edition.form().official_cells().count();
        for cuts in [vec![0..5, 5..10, 10..15], vec![0..5, 5..15], vec![0..10, 10..15]] {
            let layouts: [Conversion; 2] = [Table::clone, as_tika];
            for layout in layouts {
                let mut blocks: Vec<Block> = drawn[..2].iter().map(|t| Block::Table(layout(t))).collect();
                blocks.extend(cuts.iter().map(|c| {
                    let mut part = of_review(&drawn[2], std::slice::from_ref(c));
                    // 行政诉讼 stands above each of its tables.
                    if c.start == 10 {
                        let mut label = drawn[2].rows[0].cells[1].clone();
                        (label.column, label.colspan) = (10, 5);
                        part.rows[0].cells.push(label);
                    }
                    if *c == (0..10) || c.start == 5 {
                        let wide = c.end - 5;
                        part.rows[0]
                            .cells
                            .iter_mut()
                            .filter(|c| c.column == 5)
                            .for_each(|c| c.colspan = wide);
                    }
                    Block::Table(layout(&part))
                }));
                let report = read(blocks);
                let count = exact(*edition, &fill, &report);
                // 0..10 cuts through 行政诉讼: what group a lone 复议后起诉 belongs to is still in its words.
                assert!(count == all || cuts[0] == (0..10) && all - count <= 15, "{cuts:?}: {count}");
            }
        }
    }
}

/// The same outcomes three times, each group named by the line before its table only.
#[test]
fn groups_of_reviews_named_by_the_line_before() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    let drawn = tables_of(edition, &fill);
    let group = |c: std::ops::Range<u32>| {
        let part = of_review(&drawn[2], &[c]);
        let rows = part.rows.iter().map(|r| Row {
            cells: r
                .cells
                .iter()
                .filter(|c| c.colspan == 1)
                .map(|c| Cell { rowspan: 1, ..c.clone() })
                .collect(),
        });
        let rows: Vec<Row> = rows.filter(|r| !r.cells.is_empty()).collect();
        Block::Table(as_tika(&Table { rows, ..part }))
    };
    let mut blocks: Vec<Block> = drawn[..2].iter().cloned().map(Block::Table).collect();
    for (words, columns) in
        [("（一）行政复议情况", 0..5), ("（二）未经复议直接起诉", 5..10), ("（三）复议后起诉", 10..15)]
    {
        blocks.extend([paragraph(words), group(columns)]);
    }
    let report = read(blocks);
    assert_eq!(exact(edition, &fill, &report), 200);

    // Without these words nobody can say which group is which.
    let mut blocks: Vec<Block> = drawn[..2].iter().cloned().map(Block::Table).collect();
    for columns in [0..5, 5..10, 10..15] {
        blocks.extend([paragraph("情况如下："), group(columns)]);
    }
    assert_eq!(exact(edition, &fill, &read(blocks)), 185);
}

#[test]
fn one_small_table_a_row_under_its_own_heading() {
    for edition in Edition::ALL {
        let fill = numbered(*edition);
        let drawn = tables_of(*edition, &fill);
        let mut blocks = vec![Block::Table(as_pipes(&drawn[0]))];
        let heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
        let form = edition.form();
        for row in &form.tables[1].blocks[0].rows {
            blocks.push(Block::Heading { level: 3, text: text(row.leaf()) });
            let values: Vec<String> = form
                .official_cells()
                .filter(|c| std::ptr::eq(c.row, row))
                .map(|c| fill.cells[&c.id].clone())
                .collect();
            let line = |cells: Vec<String>| Row {
                cells: cells.iter().zip(0..).map(|(c, i)| Cell::new(text(c), i)).collect(),
            };
            let rows = vec![line(heads.map(str::to_owned).to_vec()), line(values)];
            blocks.push(Block::Table(Table { layout: Layout::Flow, rows, location: Location::default() }));
        }
        blocks.push(Block::Table(as_pipes(&drawn[2])));
        let report = read(blocks);
        assert_eq!(exact(*edition, &fill, &report), form.official_cells().count());
    }
}

#[test]
fn header_words_split_over_two_rows_of_the_table() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    let mut drawn = tables_of(edition, &fill);
    let table = &mut drawn[1];
    // A row more in the header: 商业 | 科研 above 企业 | 机构.
    let depth = table.rows.iter().position(|r| r.cells.iter().any(|c| c.text.value == "商业企业")).unwrap();
    let mut below = Row::default();
    for row in &mut table.rows[..=depth] {
        for cell in &mut row.cells {
            let halves = [
                ("商业企业", "商业", "企业"),
                ("科研机构", "科研", "机构"),
                ("社会公益组织", "社会公益", "组织"),
            ];
            if let Some((_, top, bottom)) = halves.iter().find(|(whole, ..)| *whole == cell.text.value) {
                cell.text.value = (*top).to_owned();
                below.cells.push(Cell { text: text(bottom), ..cell.clone() });
            } else if cell.rowspan as usize > 1
                || ["法律服务机构", "其他"].contains(&cell.text.value.as_str())
            {
                cell.rowspan += 1;
            }
        }
    }
    table.rows.insert(depth + 1, below);
    assert_exact(edition, &fill, &document(drawn.clone()), "grid");
    assert_exact(edition, &fill, &document(drawn.iter().map(as_pipes).collect()), "pipes");
}

#[test]
fn page_numbers_inside_a_table() {
    for edition in Edition::ALL {
        let fill = numbered(*edition);
        for words in ["7", "- 7 -", "第 7 页"] {
            let mut drawn = tables_of(*edition, &fill);
            let cells = vec![Cell { colspan: 10, ..Cell::new(text(words), 0) }];
            drawn[1].rows.insert(10, Row { cells });
            for row in &mut drawn[1].rows[..10] {
                row.cells.iter_mut().filter(|c| c.rowspan > 1).for_each(|c| c.rowspan = 1);
            }
            let report = read(drawn.into_iter().map(Block::Table).collect());
            assert_eq!(exact(*edition, &fill, &report), edition.form().official_cells().count(), "{words}");
        }
    }
}

/// The form of 2021 with （六）其他处理 as the one row that the trial form had.
#[test]
fn a_form_that_kept_one_row_for_other_results() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    let mut drawn = tables_of(edition, &fill);
    let items = ["1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知", "3.其他"];
    let is_item = |r: &Row| r.cells.iter().any(|c| items.iter().any(|i| c.text.value.starts_with(i)));
    let at = drawn[1].rows.iter().position(is_item).unwrap();
    drawn[1].rows.drain(at + 1..at + 3);
    let row = &mut drawn[1].rows[at];
    row.cells.retain(|c| !items.iter().any(|i| c.text.value.starts_with(i)));
    let label = row.cells.iter_mut().find(|c| c.text.value == "（六）其他处理").unwrap();
    (label.rowspan, label.colspan) = (1, 2);
    for row in &mut drawn[1].rows {
        row.cells.iter_mut().filter(|c| c.text.value == "三、本年度办理结果").for_each(|c| c.rowspan -= 2);
    }
    for layout in [Table::clone as fn(&Table) -> Table, as_tika, as_pipes] {
        let report = read(drawn.iter().map(|t| Block::Table(layout(t))).collect());
        let sum = CellId::parse("applications.other.natural").unwrap();
        let first = CellId::parse("applications.other.uncorrected.natural").unwrap();
        assert_eq!(report.cell(sum).unwrap().text.value, fill.cells[&first]);
        assert_eq!(report.cells().count(), 200 - 21 + 7);
        assert!(report.cell(first).is_none(), "no item is guessed");
    }
}

#[test]
fn sums_in_all_group_rows() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    let mut drawn = tables_of(edition, &fill);
    let groups = ["（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"];
    for group in groups {
        let at = drawn[1].rows.iter().position(|r| r.cells.iter().any(|c| c.text.value == group)).unwrap();
        let row = &mut drawn[1].rows[at];
        let i = row.cells.iter().position(|c| c.text.value == group).unwrap();
        let label = row.cells.remove(i);
        // The group's label stays above its items; the row of sums is new.
        let mut cells = vec![Cell { rowspan: 1, colspan: 2, ..label.clone() }];
        cells.extend((3..10).map(|c| Cell::new(text("88"), c)));
        drawn[1].rows[at].cells.insert(i, Cell { text: text(""), ..label });
        drawn[1].rows.insert(at, Row { cells });
    }
    for row in &mut drawn[1].rows {
        row.cells.iter_mut().filter(|c| c.text.value == "三、本年度办理结果").for_each(|c| c.rowspan += 4);
    }
    let layouts: [(&str, Conversion); 3] = [("grid", Table::clone), ("tika", as_tika), ("pipes", as_pipes)];
    for (name, layout) in layouts {
        let report = read(drawn.iter().map(|t| Block::Table(layout(t))).collect());
        assert_eq!(report.cells().count(), 200 + 28, "{name}");
        for (id, reading) in report.cells() {
            let expected = fill.cells.get(&id).map_or("88", String::as_str);
            assert_eq!(reading.text.value, expected, "{name}: {id}");
        }
    }
}

/// The page as one layout table: every column of the form is dozens of columns wide.
#[test]
fn a_layout_table_of_340_columns() {
    for edition in Edition::ALL {
        let fill = numbered(*edition);
        let mut drawn = tables_of(*edition, &fill);
        for table in &mut drawn {
            for cell in table.rows.iter_mut().flat_map(|r| &mut r.cells) {
                (cell.column, cell.colspan) = (cell.column * 34, cell.colspan * 34);
            }
        }
        assert_exact(*edition, &fill, &document(drawn.clone()), "spans");
        assert_exact(*edition, &fill, &document(drawn.iter().map(as_pipes).collect()), "empty cells");
    }
}

#[test]
fn cells_that_were_run_together() {
    let lines = |rows: &[&str]| -> Report {
        let mut blocks = vec![
            paragraph("青禾县水务局2023年政府信息公开工作年度报告"),
            paragraph("二、主动公开政府信息情况"),
        ];
        blocks.extend(rows.iter().map(|r| paragraph(r)));
        read(blocks)
    };
    let value =
        |report: &Report, id: &str| report.cell(CellId::parse(id).unwrap()).map(|r| r.text.value.clone());
    let head = "信息内容本年制发件数本年废止件数现行有效件数";
    let report = lines(&[
        "第二十条第（一）项",
        head,
        "规章000",
        "行政规范性文件120",
        "第二十条第（五）项",
        "信息内容",
        "本年处理决定数量",
        "行政许可35",
    ]);
    for column in ["issued", "repealed", "in_force"] {
        assert_eq!(value(&report, &format!("disclosure.regulations.{column}")).as_deref(), Some("0"));
        assert_eq!(value(&report, &format!("disclosure.normative_documents.{column}")), None);
    }
    assert_eq!(value(&report, "disclosure.licensing.decisions").as_deref(), Some("35"));
    let unplaced = &report.table("disclosure").unwrap().unplaced;
    let glued: Vec<_> = unplaced.iter().filter(|u| u.reason == UnplacedReason::Glued).collect();
    assert_eq!((glued.len(), glued[0].row), (1, "normative_documents"));
    assert!(report.notes.iter().any(|n| n.message.contains("连成一串")), "{:?}", report.notes);
}

/// A total on a line of its own below the row that it belongs to: the row is unread, no other gets its number.
#[test]
fn a_total_detached_from_its_row() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    for layout in [as_tika, as_pipes] {
        let mut drawn: Vec<Table> = tables_of(edition, &fill).iter().map(layout).collect();
        let at =
            drawn[1].rows.iter().position(|r| r.cells.iter().any(|c| c.text.value == "2.重复申请")).unwrap();
        let total = drawn[1].rows[at].cells.pop().unwrap();
        drawn[1].rows.insert(at + 1, Row { cells: vec![Cell { column: 0, ..total }] });
        let report = read(drawn.into_iter().map(Block::Table).collect());
        assert_eq!(exact(edition, &fill, &report), 193);
        assert_eq!(report.table("applications").unwrap().unplaced.len(), 1);
    }
}

#[test]
fn a_row_of_unknown_words_between_loose_lines_gives_its_numbers_to_no_other() {
    let edition = Edition::E2021;
    let fill = numbered(edition);
    let mut blocks = vec![
        paragraph("青禾县水务局2023年政府信息公开工作年度报告"),
        paragraph("三、收到和处理政府信息公开申请情况"),
    ];
    for table in &tables_of(edition, &fill)[1..2] {
        for cell in table.rows.iter().flat_map(|r| &r.cells) {
            blocks.push(paragraph(&cell.text.value));
        }
    }
    let at = blocks.iter().position(|b| *b == paragraph("2.重复申请")).unwrap();
    // Four values of the row above are lost, and the label of this one is not known.
    blocks[at] = paragraph("2.反复提出的那些");
    blocks.drain(at - 3..at);
    blocks.drain(at + 1..at + 5);
    let report = read(blocks);
    let count = exact(edition, &fill, &report);
    assert_eq!(count, 175 - 14, "both rows are unread");
}
