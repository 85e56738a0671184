//! What `extract` writes is a report like any other: read again it gives the same.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use common::{Scratch, fixture, run};
use serde_json::Value;

/// Without what belongs to the file and not to the report: its path and the places in it.
fn without_places(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "path" | "location" | "line"))
            .map(|(name, field)| (name.clone(), without_places(field)))
            .collect(),
        Value::Array(all) => all.iter().map(without_places).collect(),
        other => other.clone(),
    }
}

fn report(text: &str) -> Value {
    without_places(&serde_json::from_str::<Value>(text).unwrap()[0]["report"])
}

fn fixtures(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(common::root().join("tests/fixtures").join(folder))
        .unwrap()
        .map(|entry| format!("tests/fixtures/{folder}/{}", entry.unwrap().file_name().to_string_lossy()))
        .filter(|path| endings.iter().any(|ending| path.ends_with(ending)))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "{folder}");
    found
}

#[test]
fn reports_of_both_forms_come_back_as_they_were() {
    let scratch = Scratch::new();
    let mut paths = fixtures("reports", &[".docx", ".html", ".txt"]);
    paths.extend(fixtures("years", &[".docx", ".html", ".doc", ".txt"]));
    paths.extend(fixtures("corpus", &[".docx", ".html", ".doc", ".txt", ".md", ".odt"]));
    let mut editions = std::collections::BTreeSet::new();
    for path in paths {
        let first = run(&["extract", "--isolated", &path]).out;
        editions.insert(report(&first)["edition"].as_str().unwrap().to_owned());
        let again = run(&["extract", "--isolated", &scratch.file("again.json", &first)]).out;
        let (mut first, mut again) = (report(&first), report(&again));
        // What decided on the form are now the labels that the data stand for.
        for report in [&mut first, &mut again] {
            report["evidence"].as_object_mut().unwrap().remove("edition");
        }
        assert_eq!(first, again, "{path}");
    }
    assert_eq!(editions.len(), 2, "both forms");
}

/// What could not be read of a torn file is not there, and not blank either, when its data are read.
#[test]
fn what_was_not_read_stays_unread() {
    let scratch = Scratch::new();
    let mut torn = 0;
    for path in fixtures("layouts", &[".txt", ".md"]) {
        let first = run(&["extract", "--isolated", &path]).out;
        let again = run(&["extract", "--isolated", &scratch.file("again.json", &first)]).out;
        let (first, again) = (report(&first), report(&again));
        torn += usize::from(!first["unplaced"].as_array().unwrap().is_empty());
        for part in ["tables", "not_applicable", "unplaced", "sections", "notes", "organ", "year"] {
            assert_eq!(first[part], again[part], "{path}: {part}");
        }
    }
    assert!(torn > 5, "only {torn} torn files");
}

#[test]
fn findings_on_data_are_those_on_the_file() {
    let scratch = Scratch::new();
    for path in [fixture("sample.docx"), fixture("zone-2020.txt"), fixture("clean.docx")] {
        let json = run(&["extract", "--isolated", &path]).out;
        let data = scratch.file("data.json", &json);
        let codes = |path: &str| {
            let mut codes = common::codes(path);
            // The data have the official labels.
            codes.retain(|c| !c.starts_with("T008") && !c.starts_with("T009"));
            codes
        };
        assert_eq!(codes(&path), codes(&data), "{path}");
    }
    // One line of `--format jsonl`, by standard input.
    let line = run(&["extract", "--isolated", "--format", "jsonl", &fixture("clean.docx")]).out;
    let read = common::run_with(&["lint", "--isolated", "--format", "concise", "-"], Some(line.as_bytes()));
    assert_eq!(read.status, 0, "{read:?}");
}

#[test]
fn data_that_are_no_single_report_say_so() {
    let scratch = Scratch::new();
    let two = run(&["extract", "--isolated", &fixture("clean.docx"), &fixture("sample.docx")]).out;
    let view = run(&["extract", "--isolated", "--document", "--format", "json", &fixture("clean.docx")]).out;
    let failed = run(&["extract", "--isolated", "no-such-file.docx"]).out;
    for (name, content, kind) in [
        ("two.json", two.as_str(), "several-reports"),
        ("view.json", &view, "unsupported"),
        ("failed.json", &failed, "no-report"),
        ("other.json", r#"{"name":"别的程序","version":3}"#, "unsupported"),
        ("half.json", &two[..two.len() / 3], "damaged"),
    ] {
        let run = run(&["extract", "--isolated", &scratch.file(name, content)]);
        assert_eq!(run.status, 2, "{name}");
        let all: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(all[0]["error"]["kind"], kind, "{name}: {}", run.out);
    }
}
