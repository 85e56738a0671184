//! What every rule made of the files is said, in JSON and by `--statistics`, and what no rule could reach.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::collections::BTreeMap;

use common::{Scratch, fixture, run};
use serde_json::Value;

fn json(arguments: &[&str]) -> Value {
    let run = run(&[&["lint", "--isolated", "--format", "json"], arguments].concat());
    serde_json::from_str(&run.out).unwrap()
}

fn outcomes(file: &Value) -> BTreeMap<String, String> {
    let rules = file["rules"].as_array().unwrap().iter();
    rules
        .map(|r| (r["code"].as_str().unwrap().to_owned(), r["outcome"].as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn every_rule_that_is_on_has_an_outcome() {
    let all: Value = serde_json::from_str(&run(&["rules", "--format", "json"]).out).unwrap();
    let on = all.as_array().unwrap().iter().filter(|r| r["off_by_default"] == false);
    // Rules about the lint itself do not run on reports.
    let on: Vec<&str> = on.map(|r| r["code"].as_str().unwrap()).filter(|c| !c.starts_with('M')).collect();
    let sample = json(&[&fixture("sample.docx")]);
    let file = &sample["files"][0];
    assert_eq!(outcomes(file).keys().map(String::as_str).collect::<Vec<_>>(), on);
    for rule in file["rules"].as_array().unwrap() {
        let found =
            file["diagnostics"].as_array().unwrap().iter().filter(|d| d["code"] == rule["code"]).count();
        match rule["outcome"].as_str().unwrap() {
            "found" => assert_eq!(rule["findings"], found, "{rule}"),
            "passed" => assert_eq!(found, 0, "{rule}"),
            "not-assessable" => {
                assert!(found == 0 && rule["reason"].as_str().unwrap().chars().count() > 3, "{rule}");
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(outcomes(file)["Y001"], "not-assessable", "without last year's report");
}

#[test]
fn the_table_says_what_the_json_says() {
    let files = [fixture("sample.docx"), fixture("zone-2020.txt")];
    let paths: Vec<&str> = files.iter().map(String::as_str).collect();
    let whole = json(&paths);
    let mut expected: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for rule in whole["files"].as_array().unwrap().iter().flat_map(|f| f["rules"].as_array().unwrap()) {
        let row = expected.entry(rule["code"].as_str().unwrap().to_owned()).or_default();
        match rule["outcome"].as_str().unwrap() {
            "found" => {
                row[0] += rule["findings"].as_u64().unwrap() as usize;
                row[1] += 1;
            }
            "passed" => row[2] += 1,
            _ => row[3] += 1,
        }
    }
    let shown = run(&[&["lint", "--isolated", "--quiet", "--statistics"], &paths[..]].concat()).out;
    let number = |word: &str| if word == "·" { 0 } else { word.parse().unwrap() };
    for (code, row) in &expected {
        let line =
            shown.lines().find(|l| l.starts_with(&format!("{code}  "))).unwrap_or_else(|| panic!("{code}"));
        let words: Vec<&str> = line.split_whitespace().collect();
        let seen: Vec<usize> = words[2..6].iter().map(|w| number(w)).collect();
        assert_eq!(seen, row, "{line}");
    }
    let sum = |at: usize| expected.values().map(|r| r[at]).sum::<usize>();
    let (rules, times) = (expected.len(), 2 * expected.len());
    let head = format!(
        "规则 {rules} 条，2 个文件共 {times} 次：通过 {}，问题 {}，未能评估 {}（",
        sum(2),
        sum(1),
        sum(3)
    );
    assert!(shown.contains(&head), "{head}\n{shown}");
    assert_eq!(sum(1) + sum(2) + sum(3), times);
    assert!(!run(&[&["lint", "--isolated"], &paths[..]].concat()).out.contains(&head), "only when asked for");
}

#[test]
fn cells_that_no_rule_could_reach_are_named() {
    let scratch = Scratch::new();
    let text = std::fs::read_to_string(common::root().join(fixture("zone-2020.txt"))).unwrap();
    let whole = json(&[&fixture("zone-2020.txt")]);
    let unreached = &whole["files"][0]["unreached"];
    assert_eq!((&unreached["official_cells"], &unreached["cells"]), (&198.into(), &Value::Array(Vec::new())));

    let gone = scratch.file("gone.txt", text.split("四、政府信息公开行政复议").next().unwrap());
    let whole = json(&[&gone]);
    let cells = whole["files"][0]["unreached"]["cells"].as_array().unwrap().clone();
    assert_eq!(cells.len(), 1, "{cells:?}");
    assert_eq!(cells[0]["reason"], "table-missing");
    assert_eq!(cells[0]["cells"].as_array().unwrap().len(), 15);
    let shown = run(&["--lang", "en", "lint", "--isolated", "--quiet", "--statistics", &gone]).out;
    let said = "of 198 official cells no rule could reach 15 (its table was not found: 15)";
    assert!(shown.contains(said), "{shown}");
}

#[test]
fn a_rule_that_is_off_runs_only_when_it_is_named() {
    let ran = |arguments: &[&str]| {
        let path = fixture("sample.docx");
        outcomes(&json(&[arguments, &[&path]].concat())["files"][0])
    };
    assert!(!ran(&[]).contains_key("N106"));
    assert!(!ran(&["--select", "N"]).contains_key("N106"));
    assert_eq!(ran(&["--select", "N106"]).into_keys().collect::<Vec<_>>(), ["N106"]);
    assert!(ran(&["--select", "all,single-applicant-type"]).contains_key("N106"));
    assert!(ran(&["--info", "N106"]).contains_key("N106"), "named for a severity");
    let listed = run(&["rules"]).out;
    assert!(listed.lines().any(|l| l.starts_with("N106") && l.contains("默认关")), "{listed}");
    assert!(run(&["explain", "N106"]).out.contains("--select N106"));
}
