//! Workbooks: as two libraries write them, numbers under formats, and what no program writes.

mod common;

use common::{Dice, assert_grids, mutate, notes, read, rows, spelled_out, tables, unzip, zip};
use nianbao_reader::limits;
use nianbao_schema::document::{Document, FileKind};

macro_rules! fixtures {
    ($($name:literal)*) => {
        const FIXTURES: &[(&str, &[u8])] = &[$((
            $name,
            include_bytes!(concat!("../../../tests/fixtures/readers/xlsx/", $name, ".xlsx")),
        )),*];
    };
}

fixtures! { "formats" "one-sheet" "raw" "report" "xlsxwriter" }

fn bytes(name: &str) -> &'static [u8] {
    FIXTURES.iter().find(|(n, _)| *n == name).expect("a fixture").1
}

fn fixture(name: &str) -> Document {
    let document = read(bytes(name));
    assert_grids(&document);
    document
}

/// The tables were copied from a .docx, merged cells and all.
#[test]
fn tables_are_the_same_as_in_word() {
    let docx = read(include_bytes!("../../../tests/fixtures/reports/full-2021.docx"));
    let grids = |document: &Document| {
        let lines = spelled_out(document).into_iter();
        // `9,170.76` where the cell asks for thousands to be set off.
        lines.filter(|line| line.starts_with('|')).map(|line| line.replace(',', "")).collect::<Vec<_>>()
    };
    for name in ["report", "one-sheet", "xlsxwriter"] {
        let document = fixture(name);
        assert_eq!((document.kind, document.encoding), (FileKind::Xlsx, None));
        assert_eq!(grids(&document), grids(&docx), "{name}");
        assert!(notes(&document).is_empty(), "{name}");
    }
}

#[test]
fn titles_stand_above_their_tables() {
    let not_cells = |name| {
        let lines = spelled_out(&fixture(name)).into_iter();
        lines.filter(|line| !line.starts_with('|')).collect::<Vec<_>>()
    };
    let titles = [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ];
    let expected: Vec<String> =
        (1..).zip(titles).flat_map(|(n, title)| [format!("{n} {title}"), format!("T{n}")]).collect();
    assert_eq!(not_cells("report"), expected);
    assert_eq!(not_cells("xlsxwriter"), expected);
    assert_eq!(not_cells("one-sheet")[0], "1 临江市人民政府2023年政府信息公开工作年度报告");
    assert_eq!(not_cells("one-sheet").len(), 7);
}

#[test]
fn numbers_read_as_they_are_shown() {
    let document = fixture("formats");
    let table = tables(&document)[0];
    let values: Vec<(&str, &str)> = rows(table).iter().skip(1).map(|row| (row[0], row[1])).collect();
    assert_eq!(
        values,
        [
            ("整数", "12"),
            ("小数", "9170.76"),
            ("千分位", "1,234,567"),
            ("两位", "12.50"),
            // The cell shows 13.
            ("藏了小数", "12.6"),
            ("百分数", "33.9%"),
            ("单位", "251000元"),
            // The cell shows a dash.
            ("会计零", "0"),
            ("日期", "2023年12月31日"),
            ("时间", "2023/12/31 8:30"),
            ("文本数字", "０12"),
            ("真", "TRUE"),
            ("错误", "#REF!"),
            ("公式", ""),
            ("负数", "-1"),
            ("空白", ""),
            ("浮点", "0.3"),
        ]
    );
    assert_eq!(notes(&document), ["hidden-content", "hidden-rows", "formula-error", "formula-without-value"]);
    assert!(document.notes[0].message.contains("“隐藏”"), "{}", document.notes[0].message);
}

#[test]
fn what_other_writers_may_do() {
    let document = fixture("raw");
    assert_eq!(
        spelled_out(&document),
        [
            "1 单位：件",
            "T1",
            "| 0 规章 | 1 法&规 | 2",
            "| 0 2 | 1 | 2",
            "| 0 商业⏎企业 | 1+2 5",
            "T2",
            "| 0+1000 9",
            "2 1",
        ]
    );
    assert_eq!(
        notes(&document),
        ["span-clamped", "formula-without-value", "covered-text", "unreadable-part"]
    );
}

fn workbook(sheet: &str) -> Vec<u8> {
    zip(&[
        ("xl/workbook.xml", "<workbook><sheets><sheet name='甲' r:id='a'/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='a' Type='x/worksheet' Target='a.xml'/></Relationships>",
        ),
        ("xl/a.xml", &format!("<worksheet><sheetData>{sheet}</worksheet>")),
    ])
}

#[test]
fn what_stands_apart_is_another_table() {
    let cell = |at: &str| format!("<c r='{at}' t='inlineStr'><is><t>{at}</t></is></c>");
    let cells = |places: &str| workbook(&places.split(' ').map(cell).collect::<String>());
    // One blank row is part of the table, unless a title follows.
    assert_eq!(
        spelled_out(&read(&cells("A1 B1 A3 B3"))),
        ["T1", "| 0 A1 | 1 B1", "| 0 | 1", "| 0 A3 | 1 B3"]
    );
    assert_eq!(
        spelled_out(&read(&cells("A1 B1 A3 A4 B4"))),
        ["T1", "| 0 A1 | 1 B1", "1 A3", "T2", "| 0 A4 | 1 B4"]
    );
    assert_eq!(spelled_out(&read(&cells("A1 B1 C4 D4"))), ["T1", "| 0 A1 | 1 B1", "T2", "| 0 C4 | 1 D4"]);
    assert_eq!(spelled_out(&read(&cells("B2"))), ["1 B2"]);
    assert!(read(&workbook("")).blocks.is_empty());
}

#[test]
fn a_blank_merged_cell_is_one_cell_of_its_row() {
    let cell = |at: &str| format!("<c r='{at}' t='inlineStr'><is><t>{at}</t></is></c>");
    let cells = ["A1", "B1", "D1", "A2", "B2"].map(cell).concat();
    let merges = ["B1:C1", "C2:D2", "F2:G2", "A7:B7"].map(|m| format!("<mergeCell ref='{m}'/>")).concat();
    let sheet = workbook(&format!("{cells}</sheetData><mergeCells>{merges}</mergeCells><sheetData>"));
    assert_eq!(spelled_out(&read(&sheet))[..], ["T1", "| 0 A1 | 1+2 B1 | 3 D1", "| 0 A2 | 1 B2 | 2+2"]);
}

#[test]
fn what_cannot_be_opened() {
    let kind = |bytes: &[u8]| nianbao_reader::read(bytes).expect_err("an error").kind();
    assert_eq!(kind(&zip(&[("xl/workbook.bin", "")])), "unsupported");
    let whole = bytes("report");
    assert_eq!(kind(&whole[..whole.len() - 30]), "damaged");
    let mut parts = unzip(whole);
    parts.retain(|(name, _)| name != "xl/worksheets/sheet2.xml");
    let document = read(&zip(&parts));
    assert_eq!((tables(&document).len(), notes(&document)), (2, vec!["unreadable-part"]));
}

/// Nothing here depends on time, but what is not linear, or allocates what an address says, would not come to an end.
#[test]
fn sheets_made_to_do_harm() {
    let cell = |at: &str| format!("<c r='{at}'><v>1</v></c>");
    let merged = |area: &str| format!("<mergeCell ref='{area}'/>");
    let corners = cell("A1") + &cell("XFD1") + &cell("A1048576") + &cell("XFD1048576");
    assert_grids(&read(&workbook(&(corners.clone() + &merged("A1:XFD1048576")))));
    let wide: String = (1..400).map(|n| cell(&format!("A{n}")) + &cell(&format!("XFD{n}"))).collect();
    let document = read(&workbook(&wide));
    assert_grids(&document);
    assert!(notes(&document).contains(&"limit-reached"));
    let count: usize =
        tables(&document).iter().flat_map(|table| &table.rows).map(|row| row.cells.len()).sum();
    assert!(count <= limits::CELLS);

    let tall: String =
        (1..2_000).map(|n| cell(&format!("A{n}")) + &merged(&format!("A{n}:XFD{}", n + 900))).collect();
    assert_grids(&read(&workbook(&tall)));
    read(&workbook(&"<c><v>1</v></c>".repeat(300_000)));
    read(&workbook(&"<row><c><v>1</v></c></row>".repeat(100_000)));
    read(&workbook(&"<c><is><r><t>".repeat(100_000)));
    read(&workbook(&format!("<c><v>{}</v></c>", "9".repeat(1_000_000))));
    let long = format!("<sst><si><t>{}</t></si></sst>", "甲".repeat(100_000));
    let parts = unzip(&workbook(&"<c t='s'><v>0</v></c>".repeat(10_000)));
    let mut parts: Vec<(String, Vec<u8>)> = parts;
    parts.push(("xl/sharedStrings.xml".to_owned(), long.into_bytes()));
    let document = read(&zip(&parts));
    assert!(notes(&document).contains(&"limit-reached"));
}

const TOKENS: &[&[u8]] = &[
    b"<",
    b">",
    b"\"",
    b"&",
    b"\0",
    b"\xff",
    b"</c>",
    b"<c r=\"C3\">",
    b"<c>",
    b"</row>",
    b"<row r=\"9\">",
    b"<v>",
    b"</v>",
    b"<is>",
    b"<t>",
    b" t=\"s\"",
    b" t=\"e\"",
    b" s=\"3\"",
    b" r=\"XFD1048576\"",
    b"<mergeCell ref=\"A1:C9\"/>",
    b"<mergeCell ref=\"B2:ZZ900\"/>",
    b"1E400",
    b"-",
    b"99999999999",
    b"[$-804]",
    b"0.00",
    b"yyyy",
    b";",
];

#[test]
fn mutants_of_the_fixtures() {
    let mut dice = Dice::new(376);
    let (mut blocks, mut refused) = (0, 0);
    let packages: Vec<_> = FIXTURES
        .iter()
        .map(|(_, bytes)| {
            let mut parts = unzip(bytes);
            parts.retain(|(name, _)| !name.contains("theme"));
            parts
        })
        .collect();
    for round in 0..2_000 {
        let mut parts = packages[round % packages.len()].clone();
        let at = dice.below(parts.len());
        mutate(&mut parts[at].1, TOKENS, &mut dice);
        match nianbao_reader::read(&zip(&parts)) {
            Ok(document) => {
                assert_grids(&document);
                blocks += document.blocks.len();
            }
            Err(_) => refused += 1,
        }
    }
    assert!(blocks > 5_000 && refused < 500, "the mutants still are workbooks: {blocks}, {refused}");
    for round in 0..1_000 {
        let mut bytes = FIXTURES[round % FIXTURES.len()].1.to_vec();
        mutate(&mut bytes, TOKENS, &mut dice);
        drop(nianbao_reader::read(&bytes));
    }
}
