//! A report as Apache Tika makes text of a Word file: a development zone on the trial form, every number 0, with ten
//! defects in prose and labels; and twelve small changes of it, each with what it must and must not yield.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::collections::BTreeMap;

use common::{Scratch, cells, codes, diagnostics, extract, fixture, run};

const ZONE: &str = "zone-2020.txt";

/// The findings of the unchanged file.
const BASE: [&str; 10] = [
    "D001 warning",
    "D002 warning",
    "D003 warning",
    "L001 warning",
    "S010 info",
    "T008 error",
    "T008 error",
    "T009 info",
    "W001 info",
    "W002 info",
];

#[test]
fn the_ten_defects_and_nothing_else() {
    let path = fixture(ZONE);
    assert_eq!(codes(&path), BASE);
    let run = run(&["lint", &path]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    insta::assert_snapshot!("zone_full", run.out);
}

#[test]
fn the_name_written_three_ways_is_one_finding_with_two_places() {
    let name = diagnostics(&fixture(ZONE)).into_iter().find(|d| d["code"] == "D002").unwrap();
    let marked: Vec<&str> =
        name["quotes"].as_array().unwrap().iter().map(|q| q["marked"][0].as_str().unwrap()).collect();
    assert_eq!(marked, ["青禾县经济开发区", "青禾开发区"]);
}

#[test]
fn a_given_kind_makes_the_foreign_self_reference_an_error() {
    let run =
        run(&["lint", "--format", "concise", "--select", "D001", "--organ-kind", "zone", &fixture(ZONE)]);
    assert!(run.out.contains("error[D001"), "{}", run.out);
}

#[test]
fn everything_is_extracted() {
    let report = extract(&fixture(ZONE));
    assert_eq!(report["edition"], "2019");
    assert_eq!(report["year"], 2020);
    assert_eq!(report["organ"], "青禾经济开发区");
    let cells = cells(&report);
    assert_eq!(cells.len(), 198);
    assert!(cells.values().all(|v| v == 0));
    assert_eq!(report["sections"].as_array().unwrap().len(), 6);
}

/// Findings that a change of the file adds and takes away.
fn changed(edit: impl FnOnce(&mut Vec<String>)) -> (Vec<String>, Vec<String>) {
    let text = std::fs::read_to_string(common::root().join(fixture(ZONE))).unwrap();
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    edit(&mut lines);
    let scratch = Scratch::new();
    let mut count: BTreeMap<String, i32> = BTreeMap::new();
    for code in codes(&scratch.file("zone.txt", lines.join("\n"))) {
        *count.entry(code).or_default() += 1;
    }
    for code in BASE {
        *count.entry(code.to_owned()).or_default() -= 1;
    }
    let side = |sign: i32| {
        let some = count.iter().filter(move |(_, n)| n.signum() == sign);
        some.flat_map(|(code, n)| std::iter::repeat_n(code.clone(), n.unsigned_abs() as usize)).collect()
    };
    (side(1), side(-1))
}

fn assert_adds(expected: &[&str], edit: impl FnOnce(&mut Vec<String>)) {
    let (added, gone) = changed(edit);
    assert_eq!((added, gone), (expected.iter().map(|e| (*e).to_owned()).collect(), Vec::<String>::new()));
}

/// Puts words into the cell on a line of the file.
fn set(lines: &mut [String], line: usize, old: &str, new: &str) {
    let cell = &mut lines[line - 1];
    assert_eq!(cell.trim(), old, "line {line}");
    *cell = cell.replacen(old, new, 1);
}

fn ones(lines: &mut [String], at: &[usize]) {
    for line in at {
        set(lines, *line, "0", "1");
    }
}

#[test]
fn one_received_by_a_natural_person_breaks_its_column_and_its_row_and_is_one_story() {
    let text = Scratch::new();
    assert_adds(&["N101 error"], |l| {
        ones(l, &[111]);
        let found = story(&text.file("one.txt", l.join("\n")), "N101");
        assert_eq!(broken(&found), ["applications.balance natural", "applications.row received"]);
        assert_eq!(found["suspects"][0]["cell"], "applications.received.natural");
        assert_eq!(
            (&found["suspects"][0]["seen"], &found["suspects"][0]["proposed"]),
            (&1.into(), &0.into())
        );
        assert_eq!(found["location"]["row"], "一、本年新收政府信息公开申请数量");
        assert_eq!(found["location"]["column"], "自然人");
        assert_eq!(found["location"]["line"], 111);
    });
}

/// The finding of a rule in a file.
fn story(path: &str, code: &str) -> serde_json::Value {
    diagnostics(path).into_iter().find(|d| d["code"] == code).unwrap()
}

/// The identities that a finding says are broken.
fn broken(finding: &serde_json::Value) -> Vec<String> {
    let all = finding["identities"].as_array().unwrap().iter();
    all.map(|i| format!("{} {}", i["identity"].as_str().unwrap(), i["at"].as_str().unwrap())).collect()
}

#[test]
fn one_received_with_its_total_breaks_both_columns_in_one_story() {
    let text = Scratch::new();
    assert_adds(&["N101 error"], |l| {
        ones(l, &[111, 117]);
        let found = story(&text.file("two.txt", l.join("\n")), "N101");
        assert_eq!(broken(&found), ["applications.balance natural", "applications.balance total"]);
        let named: Vec<&str> =
            found["cells"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        assert!(
            named.contains(&"applications.received.natural")
                && named.contains(&"applications.received.total")
        );
    });
}

#[test]
fn a_balanced_change_is_clean() {
    assert_adds(&[], |l| ones(l, &[111, 117, 130, 136, 336, 342]));
}

#[test]
fn other_handling_that_is_not_in_the_total() {
    let text = Scratch::new();
    assert_adds(&["N102 error"], |l| {
        ones(l, &[326]);
        let found = story(&text.file("other.txt", l.join("\n")), "N102");
        assert_eq!(broken(&found), ["applications.results natural", "applications.row other"]);
        assert_eq!(found["suspects"][0]["cell"], "applications.other.natural");
    });
}

#[test]
fn a_blank_row_is_one_hint_and_no_arithmetic_error() {
    assert_adds(&["T011 info"], |l| l[129..136].fill("\t".to_owned()));
    // Its label blank too: the rows around it show which one it is.
    assert_adds(&["T011 info"], |l| l[128..136].fill("\t".to_owned()));
}

#[test]
fn a_case_that_is_not_in_the_total() {
    assert_adds(&["N201 error"], |l| ones(l, &[383]));
}

#[test]
fn a_development_zone_makes_no_regulations() {
    assert_adds(&["L003 error"], |l| ones(l, &[25]));
}

#[test]
fn a_missing_section_is_not_reported_twice_for_its_table() {
    assert_adds(&["S001 error"], |l| {
        l.drain(354..399);
    });
}

#[test]
fn another_year_in_the_title_is_one_root_finding_and_the_form_that_follows_from_it() {
    assert_adds(&["D004 error", "T004 error"], |l| l[0] = l[0].replace("2020", "2021"));
}

#[test]
fn the_old_decree() {
    assert_adds(&["L002 error"], |l| l[3] = l[3].replace("711", "492"));
}

#[test]
fn a_reworded_heading_is_a_hint() {
    assert_adds(&["S004 info"], |l| {
        let at = l.iter().position(|line| line == "五、存在的主要问题及改进情况").unwrap();
        l[at] = "五、存在问题及改进情况".to_owned();
    });
}

#[test]
fn labels_of_the_other_form_are_one_finding_and_their_columns_are_not_read() {
    assert_adds(&["T005 warning"], |l| {
        set(l, 20, "本年新制作数量", "本年制发件数");
        set(l, 21, "本年新公开数量", "本年废止件数");
        set(l, 22, "对外公开总数量", "现行有效件数");
    });
}
