//! What common converters make of two reports, as text: every official cell is exact or said to be unread, none is wrong,
//! and what a conversion lost is not put down to the author. `tests/fixtures/layouts/make.py` wrote the files.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::collections::BTreeMap;

use common::{cells, diagnostics, extract, fixture};
use serde_json::Value;

/// A file of the folder without the year, the cells that are exact for 2021 and for 2019, and the findings that stay
/// although the report has no fault, because the conversion dropped a heading or a whole table without a trace.
type Layout = (&'static str, usize, usize, &'static [&'static str]);

const LAYOUTS: &[Layout] = &[
    ("pandoc-plain-YEAR.txt", 200, 198, &[]),
    ("pandoc-grid-md-YEAR.md", 200, 198, &[]),
    ("pandoc-gfm-md-YEAR.md", 200, 198, &[]),
    // Numbers are broken over lines in narrow columns, and table 4 is drawn askew.
    ("pandoc-rst-YEAR.txt", 108, 120, &[]),
    ("markitdown-md-YEAR.md", 200, 198, &[]),
    ("markitdown-html-md-YEAR.md", 200, 198, &[]),
    ("html2text-YEAR.txt", 200, 198, &[]),
    ("trafilatura-YEAR.txt", 200, 198, &[]),
    ("soffice-YEAR.txt", 200, 198, &[]),
    // Labels are interleaved and numbers broken where columns are narrow: only table 2 is whole.
    ("pdftotext-layout-YEAR.txt", 10, 22, &[]),
    ("pdftotext-raw-YEAR.txt", 0, 0, &[]),
    ("pdftotext-YEAR.txt", 0, 0, &[]),
    // It stops inside table 3 and swallows the heading after it.
    ("antiword-YEAR.txt", 10, 22, &["S001"]),
    ("antiword-wide-YEAR.txt", 25, 37, &["S001"]),
    // It leaves out whole tables and the headers of others.
    ("catdoc-YEAR.txt", 0, 0, &["T001", "T006"]),
    ("catdoc-wide-YEAR.txt", 0, 22, &["T001"]),
];

fn expected(year: &str) -> BTreeMap<String, Value> {
    let path = common::root().join(fixture(&format!("full-{year}.json")));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_str().map_or_else(|| value.as_f64().unwrap(), |words| words.parse().unwrap())
}

#[test]
fn no_cell_is_wrong_and_none_is_silently_missing() {
    for year in ["2021", "2019"] {
        let expected = expected(year);
        for (name, of_2021, of_2019, _) in LAYOUTS {
            let file = format!("tests/fixtures/layouts/{}", name.replace("YEAR", year));
            let report = extract(&file);
            assert_eq!(report["edition"], year, "{file}");
            let read = cells(&report);
            for (cell, value) in &read {
                assert!(value.is_number(), "{file}: {cell} is {value}");
                assert!((number(value) - number(&expected[cell])).abs() < 1e-9, "{file}: {cell} is {value}");
            }
            let exact = if year == "2021" { *of_2021 } else { *of_2019 };
            assert_eq!(read.len(), exact, "{file}");
            let is_noted = !report["notes"].as_array().unwrap().is_empty();
            assert!(
                exact == expected.len() || is_noted || name.starts_with("catdoc-wide"),
                "{file}: {report}"
            );
        }
    }
}

#[test]
fn what_a_conversion_lost_is_no_error_of_the_author() {
    for year in ["2021", "2019"] {
        for (name, _, _, allowed) in LAYOUTS {
            let file = format!("tests/fixtures/layouts/{}", name.replace("YEAR", year));
            let errors: Vec<String> = diagnostics(&file)
                .iter()
                .filter(|d| d["severity"] == "error")
                .map(|d| d["code"].as_str().unwrap().to_owned())
                .collect();
            assert!(errors.iter().all(|code| allowed.contains(&code.as_str())), "{file}: {errors:?}");
        }
    }
}

#[test]
fn a_table_that_pandoc_left_out_is_said_to_be_lost() {
    let scratch = common::Scratch::new();
    let text =
        std::fs::read_to_string(common::root().join("tests/fixtures/layouts/pandoc-plain-2021.txt")).unwrap();
    let start = text.find("  ----").unwrap();
    let end = text.find("\n三、收到和处理").unwrap();
    let path = scratch.file("lost.txt", format!("{}  [TABLE]\n{}", &text[..start], &text[end..]));
    let found = diagnostics(&path);
    let codes: Vec<(&str, &str)> =
        found.iter().map(|d| (d["code"].as_str().unwrap(), d["origin"].as_str().unwrap())).collect();
    assert_eq!(codes, [("T007", "extraction")]);
    assert!(found[0]["message"].as_str().unwrap().contains("[TABLE]"));
    assert_eq!(cells(&extract(&path)).len(), 190);
}

#[test]
fn a_workbook_of_tables_lacks_no_sections() {
    for file in ["report.xlsx", "one-sheet.xlsx", "xlsxwriter.xlsx"] {
        let path = format!("tests/fixtures/readers/xlsx/{file}");
        let mut found = diagnostics(&path);
        // The number format of one file separates thousands, which is said and is all there is to say.
        found.retain(|d| d["code"] != "T021");
        assert!(found.is_empty(), "{file}");
    }
}
