//! Workbooks of Excel 97 to 2003: as LibreOffice and xlwt write them, and what is not read.

mod common;

use common::{Dice, assert_grids, notes, read, rows, spelled_out, tables};
use nianbao_schema::document::{Document, FileKind};

macro_rules! fixtures {
    ($($name:literal)*) => {
        const FIXTURES: &[(&str, &[u8])] = &[$((
            $name,
            include_bytes!(concat!("../../../tests/fixtures/readers/xls/", $name, ".xls")),
        )),*];
    };
}

fixtures! { "report" "one-sheet" "formats" "xlwt" }

fn bytes(name: &str) -> &'static [u8] {
    FIXTURES.iter().find(|(n, _)| *n == name).expect("a fixture").1
}

fn fixture(name: &str) -> Document {
    let document = read(bytes(name));
    assert_grids(&document);
    assert_eq!((document.kind, document.encoding), (FileKind::Xls, None));
    document
}

/// The tables were copied from a .docx, merged cells and all.
#[test]
fn tables_are_the_same_as_in_word() {
    let docx = read(include_bytes!("../../../tests/fixtures/reports/full-2021.docx"));
    let grids = |document: &Document| {
        let lines = spelled_out(document).into_iter();
        lines.filter(|line| line.starts_with('|')).map(|line| line.replace(',', "")).collect::<Vec<_>>()
    };
    let expected = grids(&docx);
    for name in ["report", "one-sheet"] {
        let document = fixture(name);
        assert_eq!(grids(&document), expected, "{name}");
        assert!(notes(&document).is_empty(), "{name}: {:?}", document.notes);
    }
    let document = fixture("xlwt");
    assert_eq!(grids(&document)[..expected.len()], expected);
}

#[test]
fn titles_stand_above_their_tables() {
    let lines = spelled_out(&fixture("one-sheet"));
    assert_eq!(lines[0], "1 临江市人民政府2023年政府信息公开工作年度报告");
    assert!(lines.contains(&"3 三、收到和处理政府信息公开申请情况".to_owned()));
}

/// What is shown is what the same workbook shows as an .xlsx.
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
            ("藏了小数", "12.6"),
            ("百分数", "33.9%"),
            ("单位", "251000元"),
            ("会计零", "0"),
            ("日期", "2023年12月31日"),
            ("时间", "2023/12/31 8:30"),
            ("文本数字", "０12"),
            ("真", "TRUE"),
            ("错误", "#REF!"),
            // LibreOffice computes what the other writer left open: 12 + 9170.76.
            ("公式", "9182.76"),
            ("负数", "-1"),
            ("空白", ""),
            ("浮点", "0.3"),
        ]
    );
    assert!(notes(&document).contains(&"hidden-content") && notes(&document).contains(&"hidden-rows"));
}

/// The texts that cells share take several records, and are cut in the middle.
#[test]
fn long_texts_go_on_in_other_records() {
    let document = fixture("xlwt");
    let table = *tables(&document).last().expect("a table");
    let rows = rows(table);
    assert_eq!(rows.len(), 26);
    for (number, row) in rows[..25].iter().enumerate() {
        assert_eq!(row[0], format!("第{}条", number + 1));
        assert_eq!(row[1], format!("{number}说明{}", "甲乙丙丁戊".repeat(80 + number)));
    }
    assert_eq!(rows[25][1], "", "the writer does not compute");
    assert_eq!(notes(&document), ["hidden-content", "formula-without-value"]);
}

fn error(bytes: &[u8]) -> nianbao_reader::ReadError {
    nianbao_reader::read(bytes).expect_err("an error")
}

#[test]
fn what_cannot_be_opened() {
    // The version in the first record is that of Excel 95.
    let mut old = bytes("report").to_vec();
    let at = old.windows(6).position(|w| w == [0x09, 0x08, 0x10, 0, 0, 6]).expect("the record is there");
    old[at + 5] = 5;
    let old = error(&old);
    assert_eq!(old.kind(), "unsupported");
    assert!(old.message_zh().contains("Excel 97 之前"), "{}", old.message_zh());
    assert_eq!(
        error(b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00").kind(),
        "unsupported",
        "a sheet of Excel 4.0"
    );
    // A record that says how the others are encrypted.
    let mut locked = bytes("report").to_vec();
    let date_mode = [0x22, 0, 2, 0, 0, 0];
    let at = locked.windows(6).position(|w| w == date_mode).expect("the record is there");
    locked[at] = 0x2f;
    assert_eq!(error(&locked).kind(), "encrypted");
}

#[test]
fn files_cut_short_tell_it() {
    // The directory says that the workbook is shorter than it is, so that it ends amid a sheet.
    let mut short = bytes("xlwt").to_vec();
    let name: Vec<u8> = "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let entry = short.windows(name.len()).position(|w| w == name).expect("an entry of the directory");
    let size = &mut short[entry + 120..entry + 124];
    let less = u32::from_le_bytes(size.try_into().expect("four bytes")) / 10 * 8;
    size.copy_from_slice(&less.to_le_bytes());
    let document = read(&short);
    assert_grids(&document);
    assert!(notes(&document).contains(&"missing-text"), "{:?}", document.notes);
}

const TOKENS: &[&[u8]] = &[
    b"\0",
    b"\xff\xff",
    b"\xfe\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"\x09\x08\x10\x00\x00\x06\x10\x00",
    b"\x0a\x00\x00\x00",
    b"\x3c\x00\x04\x00",
    b"\xfc\x00\xff\x1f",
    b"\xe5\x00\x0a\x00\x01\x00\x00\x00\xff\xff\x00\x00\xff\x00",
    b"\xbd\x00\xff\xff",
    b"\x03\x02\x0e\x00",
    b"\x06\x00\x16\x00",
];

#[test]
fn mutants_of_the_fixtures() {
    let mut dice = Dice::new(8);
    let (mut blocks, mut refused) = (0, 0);
    for round in 0..1_000 {
        let mut mutant = FIXTURES[round % FIXTURES.len()].1.to_vec();
        // Nothing is moved: a file whose sectors are out of step is not opened at all.
        for _ in 0..1 + dice.below(8) {
            let at = dice.below(mutant.len());
            let random = [dice.below(256) as u8];
            let token = if dice.below(2) == 0 { &random } else { TOKENS[dice.below(TOKENS.len())] };
            let end = (at + token.len()).min(mutant.len());
            mutant[at..end].copy_from_slice(&token[..end - at]);
        }
        match nianbao_reader::read(&mutant) {
            Ok(document) => {
                assert_grids(&document);
                blocks += document.blocks.len();
            }
            Err(_) => refused += 1,
        }
    }
    assert!(blocks > 2_000 && refused < 200, "the mutants still are workbooks: {blocks}, {refused}");
}

/// Sheets that lie over each other, and allocation tables that run in a circle.
#[test]
fn files_made_to_do_harm() {
    let whole = bytes("xlwt");
    // Every sector follows itself, or the first one.
    let fat = u32::from_le_bytes(whole[76..80].try_into().expect("four bytes")) as usize;
    for target in [0_u32, 1, 7] {
        let mut looped = whole.to_vec();
        for entry in looped[(fat + 1) * 512..(fat + 2) * 512].chunks_exact_mut(4) {
            entry.copy_from_slice(&target.to_le_bytes());
        }
        drop(nianbao_reader::read(&looped));
    }
}
