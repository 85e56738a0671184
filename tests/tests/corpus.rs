//! A corpus of whole reports of invented organs: the clean ones pass, each faulty one has exactly what it promises.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use common::{diagnostics, extract, root, run};
use serde_json::Value;

const FOLDER: &str = "tests/fixtures/corpus";

/// What `make.py` promises, by file.
fn promises() -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(root().join(FOLDER).join("promises.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_corpus_is_large_and_mixed() {
    let promises = promises();
    assert!(promises.len() >= 40, "{}", promises.len());
    let clean = promises.keys().filter(|f| f.starts_with("clean-")).count();
    assert!(clean >= 15 && promises.len() - clean >= 20);
    for ending in ["docx", "doc", "odt", "txt", "md", "html"] {
        assert!(promises.keys().any(|f| f.ends_with(ending)), "{ending}");
    }
}

#[test]
fn organ_and_year_are_understood() {
    for (file, promise) in promises() {
        let report = extract(&format!("{FOLDER}/{file}"));
        assert_eq!((&report["organ"], &report["year"]), (&promise["organ"], &promise["year"]), "{file}");
    }
}

#[test]
fn clean_reports_have_no_error_and_no_warning() {
    for file in promises().into_keys().filter(|f| f.starts_with("clean-")) {
        let found = diagnostics(&format!("{FOLDER}/{file}"));
        let wrong: Vec<_> = found.iter().filter(|d| d["severity"] != "info").map(|d| &d["message"]).collect();
        assert!(wrong.is_empty(), "{file}: {wrong:#?}");
    }
}

#[test]
fn faulty_reports_have_exactly_what_they_promise() {
    let mut differences = String::new();
    for (file, promise) in promises().into_iter().filter(|(f, _)| f.starts_with("faulty-")) {
        let found = diagnostics(&format!("{FOLDER}/{file}"));
        let mut found: Vec<String> = found
            .iter()
            .map(|d| format!("{} {}", d["rule"].as_str().unwrap(), d["severity"].as_str().unwrap()))
            .collect();
        let mut promised: Vec<String> =
            promise["finds"].as_array().unwrap().iter().map(|f| f.as_str().unwrap().to_owned()).collect();
        found.sort();
        promised.sort();
        if found != promised {
            let comment = &promise["comment"];
            let _ =
                writeln!(differences, "{file} ({comment})\n  promised {promised:?}\n  found    {found:?}");
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn all_findings_of_the_corpus() {
    let files: Vec<String> = promises().into_keys().map(|f| format!("{FOLDER}/{f}")).collect();
    let mut arguments = vec!["lint", "--format", "concise"];
    arguments.extend(files.iter().map(String::as_str));
    let run = run(&arguments);
    assert_eq!(run.err, "");
    insta::assert_snapshot!(run.out.replace(&format!("{FOLDER}/"), ""));
}
