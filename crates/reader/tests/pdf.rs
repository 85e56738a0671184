//! PDF files: as LibreOffice, chromium and reportlab write them, drawn by hand where it matters, and broken.
#![cfg(feature = "pdf")]

mod common;

use common::{Dice, assert_grids, mutate, notes, outline, read, rows, tables};
use nianbao_schema::document::{Document, FileKind};

macro_rules! fixtures {
    ($($name:literal)*) => {
        const FIXTURES: &[(&str, &[u8])] = &[$((
            $name,
            include_bytes!(concat!("../../../tests/fixtures/readers/pdf/", $name, ".pdf")),
        )),*];
    };
}

fixtures! { "office-portrait-2021" "office-landscape-2019" "word-2021" "browser-2019" "drawn-2021" }

fn fixture(name: &str) -> Document {
    let bytes = FIXTURES.iter().find(|(n, _)| *n == name).expect("a fixture").1;
    let document = read(bytes);
    assert_grids(&document);
    document
}

/// A file of one page for each content, in which F1 is Helvetica.
fn pdf(contents: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|i| format!("{} 0 R", 4 + 2 * i)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), contents.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for (i, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * i
        ));
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let start = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        file += &format!("{offset:010} 00000 n \n");
    }
    file += &format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

/// Text of a size of 10 at a place from the lower left corner.
fn text(x: u32, y: u32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

/// A ruled table of columns of 60 and rows of 20 whose lower left corner is at 100, and `y`.
fn ruled(y: u32, columns: u32, rows: u32) -> String {
    let (right, top) = (100 + 60 * columns, y + 20 * rows);
    let across = (0..=rows).map(|i| format!("100 {0} m {right} {0} l S\n", y + 20 * i));
    let down = (0..=columns).map(|i| format!("{0} {y} m {0} {top} l S\n", 100 + 60 * i));
    across.chain(down).collect()
}

#[test]
fn reports_have_three_tables_and_their_headings() {
    for (name, _) in FIXTURES {
        let document = fixture(name);
        assert_eq!((document.kind, document.encoding), (FileKind::Pdf, None));
        assert_eq!(tables(&document).len(), 3, "{name}: tables that go on are one");
        let year = if name.ends_with("2021") { 2023 } else { 2020 };
        let paragraphs: Vec<&str> = common::texts(&document).iter().map(|t| t.value.as_str()).collect();
        for expected in [
            format!("临江市人民政府{year}年政府信息公开工作年度报告"),
            format!(
                "本年度报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制，所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
            ),
            "一、总体情况".to_owned(),
            "（一）主动公开".to_owned(),
            format!("{year}年，通过门户网站公开政府信息312条，按季度公布办事进度。"),
            "四、政府信息公开行政复议、行政诉讼情况".to_owned(),
            "下一步，将建立更新台账，增加图解和问答形式的解读。".to_owned(),
        ] {
            // The page drawn by hand breaks its lines wherever they are full.
            if !(*name == "drawn-2021" && expected.starts_with("本年度")) {
                assert!(paragraphs.contains(&expected.as_str()), "{name}: {expected}\n{paragraphs:#?}");
            }
        }
    }
}

#[test]
fn places_are_pages() {
    let document = fixture("word-2021");
    let pages: Vec<u32> = common::texts(&document).iter().map(|t| t.location.page).collect();
    assert!(pages.is_sorted() && pages[0] == 1 && pages.iter().all(|page| *page > 0), "{pages:?}");
    let table = tables(&document)[1];
    let row_pages: Vec<u32> = table.rows.iter().map(|row| row.cells[0].text.location.page).collect();
    assert!(row_pages.first() < row_pages.last(), "{row_pages:?}");
}

#[test]
fn headers_and_footers_are_left_out() {
    let document = fixture("word-2021");
    assert_eq!(notes(&document), ["page-margin"]);
    for text in common::texts(&document) {
        assert!(
            !text.value.starts_with('—') && text.value != "临江市人民政府政府信息公开年报",
            "{}",
            text.value
        );
    }
}

/// In table 3 a header stands above the columns, which print again on each page; its rows come once.
#[test]
fn repeated_headers_come_once() {
    for name in ["browser-2019", "office-portrait-2021"] {
        let document = fixture(name);
        let cells = rows(tables(&document)[1]).concat();
        assert_eq!(cells.iter().filter(|text| **text == "申请人情况").count(), 1, "{name}");
    }
}

#[test]
fn merged_cells_are_what_no_rule_divides() {
    let mut content = String::from("100 600 m 280 600 l S 100 660 m 280 660 l S 160 620 m 280 620 l S\n");
    content += "160 640 m 280 640 l S 100 600 m 100 660 l S 160 600 m 160 660 l S 220 600 m 220 640 l S 280 600 m 280 660 l S\n";
    for (x, y, words) in
        [(105, 625, "A"), (165, 645, "B"), (165, 625, "1"), (225, 625, "2"), (225, 605, "34")]
    {
        content += &text(x, y, words);
    }
    assert_eq!(
        common::spelled_out(&read(&pdf(&[&content])))[1..],
        ["| 0v3 A | 1+2 B", "| 1 1 | 2 2", "| 1 | 2 34"]
    );
}

/// A number that is wider than its cell stands in two cells, and is in neither.
#[test]
fn what_runs_over_a_border_is_no_number() {
    let content = ruled(600, 3, 1) + &text(105, 606, "1234567890123") + &text(225, 606, "7");
    let document = read(&pdf(&[&content]));
    let cells = rows(tables(&document)[0])[0].clone();
    assert!(cells[0].ends_with('\u{fffd}') && cells[1].ends_with('\u{fffd}'), "{cells:?}");
    assert_eq!(cells[2], "7");
    assert_eq!(notes(&document), ["uncertain-cell"]);
    // Digits that touch over the border without crossing it.
    let content = ruled(600, 2, 1) + &text(149, 606, "12") + &text(160, 606, "34");
    let document = read(&pdf(&[&content]));
    assert!(rows(tables(&document)[0])[0].iter().all(|cell| cell.ends_with('\u{fffd}')));
}

#[test]
fn numbers_on_two_lines() {
    // Six digits of 5.56 and the padding fill the cell of 60 points: a seventh did not fit.
    let broken = |first: &str| {
        let content = ruled(600, 2, 2)
            + "100 600 m 100 640 l S\n"
            + &text(105, 631, first)
            + &text(105, 622, "7")
            + &text(165, 626, "8");
        read(&pdf(&[&content]))
    };
    let document = broken("123456789");
    assert_eq!(rows(tables(&document)[0])[0][0], "1234567897");
    let document = broken("123");
    assert_eq!(rows(tables(&document)[0])[0][0], "123\n7");
    assert_eq!(notes(&document), ["broken-number"]);
}

#[test]
fn raised_marks_and_double_strokes() {
    let raised = "BT /F1 10 Tf 105 606 Td (12) Tj /F1 6 Tf 4 Ts (3) Tj ET\n";
    let content =
        ruled(600, 3, 1) + raised + &text(165, 606, "45") + "BT /F1 10 Tf 165.3 606 Td (45) Tj ET\n";
    let document = read(&pdf(&[&content]));
    let cells = rows(tables(&document)[0])[0].clone();
    assert_eq!((cells[1], cells[2]), ("45", ""), "bold by drawing twice");
    assert_eq!(cells[0], "3\n12", "a mark behind a number is no digit of it");
    assert_eq!(notes(&document), ["broken-number"]);
}

#[test]
fn text_without_rules_is_no_table() {
    let content = text(100, 700, "A") + &text(200, 700, "12") + &text(100, 680, "B") + &text(200, 680, "34");
    assert_eq!(outline(&read(&pdf(&[&content]))), ["p A 12", "p B 34"]);
    // A page in a frame, with an underlined heading.
    let framed = format!("20 20 560 760 re S 100 695 m 300 695 l S\n{content}");
    assert_eq!(outline(&read(&pdf(&[&framed]))), ["p A 12", "p B 34"]);
}

#[test]
fn tables_whose_rules_contradict_each_other_become_lines() {
    let torn = ruled(600, 2, 2).replace("160 600 m 160 640 l S\n", "160 610 m 160 640 l S\n");
    let document = read(&pdf(&[&(torn + &text(105, 606, "12") + &text(165, 606, "34"))]));
    assert_eq!(outline(&document), ["p 12 34"]);
    assert_eq!(notes(&document), ["uncertain-table"]);
    assert_eq!(document.notes[0].location.map(|place| place.page), Some(1));
}

#[test]
fn tables_go_on_only_at_the_edges_of_pages() {
    let first = ruled(60, 2, 1) + &text(105, 66, "A") + &text(165, 66, "1");
    let next = ruled(700, 2, 1) + &text(105, 706, "B") + &text(165, 706, "2");
    assert_eq!(tables(&read(&pdf(&[&first, &next]))).len(), 1);
    let with_line = next.clone() + &text(100, 740, "Between");
    assert_eq!(tables(&read(&pdf(&[&first, &with_line]))).len(), 2);
    let wider = ruled(700, 3, 1) + &text(105, 706, "B");
    assert_eq!(tables(&read(&pdf(&[&first, &wider]))).len(), 2);
}

#[test]
fn scans_and_locked_files_say_so() {
    let error = |bytes: &[u8]| nianbao_reader::read(bytes).expect_err("an error");
    let scan = error(include_bytes!("../../../tests/fixtures/readers/pdf/scan.pdf"));
    assert_eq!(scan.kind(), "no-text");
    assert!(scan.message_zh().contains("扫描件，没有文字层"), "{}", scan.message_zh());
    let locked = error(include_bytes!("../../../tests/fixtures/readers/pdf/locked.pdf"));
    assert_eq!(locked.kind(), "encrypted");
    assert_eq!(error(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n").kind(), "damaged");
    // One page is a picture.
    let document = read(&pdf(&["0 0 500 500 re f", &text(100, 700, "A")]));
    assert_eq!((outline(&document), notes(&document)), (vec!["p A".to_owned()], vec!["page-without-text"]));
    let pages = vec!["q Q"; 501];
    assert_eq!(error(&pdf(&pages)).kind(), "too-large");
}

/// Nothing here depends on time, but what is not bounded would not come to an end.
#[test]
fn pages_made_to_do_harm() {
    let grid: String =
        (0..2_000).map(|i| format!("0 {0} m 600 {0} l S {0} 0 m {0} 800 l S\n", i * 5 % 803)).collect();
    assert_grids(&read(&pdf(&[&(grid + &text(100, 700, "A"))])));
    let dense: String =
        (0..3_500).map(|i| format!("0 {0}.{1:02} m 600 {0}.{1:02} l S\n", i / 5, i % 5 * 20)).collect();
    read(&pdf(&[&(dense + &text(100, 700, "A"))]));
    let heap: String = (0..5_000).map(|i| text(100 + i % 7, 700, "1234567890")).collect();
    assert_grids(&read(&pdf(&[&(ruled(690, 3, 1) + &heap)])));
    for mark in ["[", "q ", "<<", "(", "BT "] {
        drop(nianbao_reader::read(&pdf(&[&(mark.repeat(100_000) + &text(100, 700, "A"))])));
    }
    let far = "BT /F1 1e30 Tf 1e30 1e38 Td (12) Tj ET 1e30 0 m -1e30 0 l S\n".to_owned();
    drop(nianbao_reader::read(&pdf(&[&(far + &text(100, 700, "A"))])));
}

const TOKENS: &[&[u8]] = &[
    b"\0",
    b"\xff",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b")",
    b"/",
    b"-",
    b"99999999999",
    b"1e38",
    b"0 0 R",
    b"1 0 R",
    b"4 0 R",
    b"endstream",
    b"endobj",
    b"stream\n",
    b"/Length 5",
    b"/Filter/FlateDecode",
    b"/Rotate 90",
    b" Tj ",
    b" Td ",
    b" re f ",
    b" cm ",
    b" Tf ",
    b"q ",
    b"Q ",
    b" Do ",
];

/// Mutants of a file in plain text, and of the files of programs; the number of those that were read.
fn mutants(seed: u64, rounds: usize) -> usize {
    let plain = pdf(&[
        &(ruled(60, 3, 4) + &text(105, 66, "12") + &text(165, 86, "345") + &text(100, 700, "A line of text")),
        &(ruled(700, 3, 2) + &text(105, 706, "6") + &text(165, 726, "78")),
    ]);
    let sources = [plain.as_slice(), plain.as_slice(), FIXTURES[0].1, FIXTURES[4].1];
    let mut dice = Dice::new(seed);
    let mut count = 0;
    for round in 0..rounds {
        let mut mutant = sources[round % sources.len()].to_vec();
        mutate(&mut mutant, TOKENS, &mut dice);
        if let Ok(document) = nianbao_reader::read(&mutant) {
            assert_grids(&document);
            count += 1;
        }
    }
    count
}

#[test]
fn mutants_of_the_fixtures() {
    let count = mutants(17, 400);
    assert!(count > 200, "the mutants still are documents: {count}");
}

/// Takes half a minute: `cargo test --release -p nianbao-reader --test pdf -- --ignored`.
#[test]
#[ignore = "long"]
fn many_mutants() {
    assert!(mutants(1_764, 4_000) > 2_000);
}
