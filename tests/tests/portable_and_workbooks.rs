//! Reports as PDF and as old workbooks, by independent writers: every official cell is read exactly.
//! `tests/fixtures/readers/pdf/make.py` and `tests/fixtures/readers/xls/make.py` wrote them.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::collections::BTreeMap;

use common::{cells, codes, extract};
use serde_json::Value;

/// A number as its decimal words; nothing for a blank.
fn decimal(value: &Value) -> String {
    let words = match value {
        Value::Null => return String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match words.split_once('.') {
        Some((whole, fraction)) if fraction.trim_end_matches('0').is_empty() => whole.to_owned(),
        Some(_) => words.trim_end_matches('0').to_owned(),
        None => words,
    }
}

fn assert_exact(file: &str, numbers: &str, edition: &str, year: u16) {
    let folder = "tests/fixtures/readers";
    let text = std::fs::read_to_string(common::root().join(folder).join(numbers)).unwrap();
    let expected: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    let report = extract(&format!("{folder}/{file}"));
    assert_eq!((&report["edition"], &report["year"]), (&Value::from(edition), &Value::from(year)), "{file}");
    assert_eq!(report["organ"], "临江市人民政府", "{file}");
    let read = cells(&report);
    assert_eq!(read.len(), expected.len(), "{file}");
    for (cell, value) in &expected {
        assert_eq!(decimal(&read[cell]), decimal(value), "{file}: {cell}");
    }
}

#[test]
fn every_cell_of_a_pdf() {
    for (name, edition) in [
        ("office-portrait", "2021"),
        ("office-landscape", "2019"),
        ("word", "2021"),
        ("browser", "2019"),
        ("drawn", "2021"),
    ] {
        let (file, year) = (format!("pdf/{name}-{edition}"), if edition == "2021" { 2023 } else { 2020 });
        assert_exact(&format!("{file}.pdf"), &format!("{file}.json"), edition, year);
    }
}

/// The numbers balance, and nothing in the text is made wrong by lines and pages.
#[test]
fn a_balanced_pdf_is_clean() {
    // Random numbers have requests that ended for unpaid fees, on which the text is silent, and an amount without unit.
    for (file, own) in [("office-portrait-2021", "X020 info"), ("office-landscape-2019", "N305 warning")] {
        assert_eq!(codes(&format!("tests/fixtures/readers/pdf/{file}.pdf")), [own], "{file}");
    }
}

#[test]
fn every_cell_of_an_old_workbook() {
    assert_exact("xls/one-sheet.xls", "../reports/full-2021.json", "2021", 2023);
}
