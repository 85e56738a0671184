//! Reports written by python-docx, LibreOffice and pandoc: every one of the official cells is read exactly.
//! `tests/fixtures/reports/make.py` wrote them.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::collections::BTreeMap;

use common::{Scratch, cells, codes, extract, fixture, run};
use serde_json::Value;

fn expected(name: &str) -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(common::root().join(fixture(name))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A number as its decimal words, whether JSON has it as a number or as a string.
fn decimal(value: &Value) -> String {
    let words = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match words.split_once('.') {
        Some((whole, fraction)) if fraction.trim_end_matches('0').is_empty() => whole.to_owned(),
        Some(_) => words.trim_end_matches('0').to_owned(),
        None => words,
    }
}

fn assert_exact(file: &str, numbers: &str, edition: &str, year: u16) {
    let report = extract(&fixture(file));
    assert_eq!(report["edition"], edition, "{file}");
    assert_eq!(report["year"], year, "{file}");
    let expected = expected(numbers);
    let read = cells(&report);
    assert_eq!(read.len(), expected.len(), "{file}");
    for (cell, value) in &expected {
        assert_eq!(decimal(&read[cell]), decimal(value), "{file}: {cell}");
    }
    let sections: Vec<u64> =
        report["sections"].as_array().unwrap().iter().map(|s| s["number"].as_u64().unwrap()).collect();
    assert_eq!(sections, [1, 2, 3, 4, 5, 6], "{file}");
}

#[test]
fn every_cell_of_the_form_of_2021() {
    assert_eq!(expected("full-2021.json").len(), 200);
    for file in [
        "full-2021.docx",
        "full-2021-libreoffice.docx",
        "full-2021-libreoffice.html",
        "full-2021-pandoc.html",
        "full-2021-page-gb18030.html",
    ] {
        assert_exact(file, "full-2021.json", "2021", 2023);
        assert_eq!(codes(&fixture(file)), Vec::<String>::new(), "{file} is balanced and clean");
    }
}

#[test]
fn every_cell_of_the_trial_form() {
    assert_eq!(expected("full-2019.json").len(), 198);
    assert_exact("full-2019.docx", "full-2019.json", "2019", 2020);
    // The numbers balance; the amount of procurement has no unit.
    assert_eq!(codes(&fixture("full-2019.docx")), ["N305 warning"]);
}

#[test]
fn the_page_gives_the_organ_of_the_report_and_not_of_the_site() {
    assert_eq!(extract(&fixture("full-2021-page-gb18030.html"))["organ"], "临江市人民政府");
}

/// One cell of a page changed: the findings name that cell and the identities it breaks.
#[test]
fn one_changed_cell_breaks_its_row_and_its_column() {
    let page = std::fs::read_to_string(common::root().join(fixture("full-2021-pandoc.html"))).unwrap();
    let cell = "applications.denied.security.research";
    let value = decimal(&expected("full-2021.json")[cell]);
    let old = format!("<td>{value}</td>");
    assert_eq!(page.matches(&old).count(), 1, "the number stands once");
    let scratch = Scratch::new();
    let path = scratch.file("changed.html", page.replace(&old, &format!("<td>{}</td>", value.clone() + "7")));
    let found = common::diagnostics(&path);
    let codes: Vec<&str> = found.iter().map(|d| d["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["N102"], "one wrong cell is one story");
    let suspect = &found[0]["suspects"][0];
    assert_eq!(suspect["cell"], cell);
    assert_eq!(suspect["proposed"].to_string(), value, "its true value is found");
    assert_eq!(found[0]["cells"][0], cell);
    let broken: Vec<&str> =
        found[0]["identities"].as_array().unwrap().iter().map(|i| i["identity"].as_str().unwrap()).collect();
    assert_eq!(broken, ["applications.results", "applications.row"]);
}

#[test]
fn the_sample_of_the_readme() {
    let run = run(&["lint", &fixture("sample.docx")]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!("sample_full", run.out);
    let clean = common::run(&["lint", &fixture("clean.docx")]);
    assert_eq!(clean.status, 0, "{}", clean.out);
}

/// The other kinds of files, as LibreOffice wrote them from the same reports.
#[test]
fn every_cell_of_the_other_kinds() {
    for (file, numbers, edition, year) in [
        ("../readers/doc/full-2021.doc", "full-2021.json", "2021", 2023),
        ("../readers/rtf/full-2019.rtf", "full-2019.json", "2019", 2020),
    ] {
        assert_exact(file, numbers, edition, year);
    }
}
