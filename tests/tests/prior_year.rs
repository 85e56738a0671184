//! `lint --prior`: last year's report as evidence.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use common::{Scratch, fixture, run};
use serde_json::Value;

const ROWS: [(&str, usize); 3] = [("received", 111), ("carried_in", 120), ("carried_out", 345)];

/// The zone's report of a year, with some cells of the column 自然人 and of the total set.
fn report(scratch: &Scratch, name: &str, year: &str, set: &[(&str, &str, &str)]) -> String {
    let text = std::fs::read_to_string(common::root().join(fixture("zone-2020.txt"))).unwrap();
    let mut lines: Vec<String> =
        text.split('\n').map(|l| l.replace("2020年", &format!("{year}年"))).collect();
    for (row, natural, total) in set {
        let first = ROWS.iter().find(|(r, _)| r == row).unwrap().1;
        lines[first - 1] = format!("\t{natural}");
        lines[first + 5] = format!("\t{total}");
    }
    scratch.file(name, lines.join("\n"))
}

fn findings(path: &str, prior: &str) -> Vec<Value> {
    let run = run(&["lint", "--format", "json", "--select", "N,Y001", "--prior", prior, path]);
    let all: Value = serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {run:?}"));
    all["files"][0]["diagnostics"].as_array().unwrap().clone()
}

#[test]
fn the_rows_of_the_fixture_are_where_the_test_thinks() {
    let scratch = Scratch::new();
    let path = report(
        &scratch,
        "a.txt",
        "2020",
        &[("received", "31", "31"), ("carried_in", "32", "32"), ("carried_out", "33", "33")],
    );
    let cells = common::cells(&common::extract(&path));
    for (row, value) in [("received", 31), ("carried_in", 32), ("carried_out", 33)] {
        assert_eq!(cells[&format!("applications.{row}.natural")], value);
        assert_eq!(cells[&format!("applications.{row}.total")], value);
    }
}

#[test]
fn equal_carry_over_is_silent_and_different_is_one_error() {
    let scratch = Scratch::new();
    let prior = report(&scratch, "2019.txt", "2019", &[("received", "3", "3"), ("carried_out", "3", "3")]);
    let same = report(&scratch, "same.txt", "2020", &[("carried_in", "3", "3"), ("carried_out", "3", "3")]);
    assert_eq!(findings(&same, &prior), Vec::<Value>::new());
    let other = report(&scratch, "other.txt", "2020", &[("carried_in", "5", "5"), ("carried_out", "5", "5")]);
    let found = findings(&other, &prior);
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["code"], &found[0]["severity"]), (&"Y001".into(), &"error".into()));
}

#[test]
fn last_year_decides_between_explanations() {
    let scratch = Scratch::new();
    let prior =
        report(&scratch, "2019.txt", "2019", &[("received", "13", "13"), ("carried_out", "13", "13")]);
    // 13 were carried in and out; the 13 carried in were typed as 31, in the column and in the total.
    let wrong =
        report(&scratch, "wrong.txt", "2020", &[("carried_in", "31", "31"), ("carried_out", "13", "13")]);
    let found = findings(&wrong, &prior);
    assert_eq!(found.len(), 1, "the mismatch is the same story: {found:#?}");
    assert_eq!(found[0]["code"], "N101");
    assert_eq!(found[0]["suspects"][0]["cell"], "applications.carried_in.natural");
    assert_eq!(found[0]["suspects"][0]["proposed"], 13);
    assert!(found[0]["message"].as_str().unwrap().contains("上年报告"));
}

#[test]
fn a_report_that_is_not_last_years_is_not_compared() {
    let scratch = Scratch::new();
    let prior = report(&scratch, "2018.txt", "2018", &[("received", "3", "3"), ("carried_out", "3", "3")]);
    let this = report(&scratch, "2020.txt", "2020", &[]);
    assert_eq!(findings(&this, &prior), Vec::<Value>::new());
}

#[test]
fn a_prior_report_that_cannot_be_read_stops_the_run() {
    let run = run(&["lint", "--prior", "no-such-file.docx", &fixture("clean.docx")]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("no-such-file.docx"));
}

#[test]
fn a_folder_of_last_year_is_paired_by_organ_and_year() {
    let scratch = Scratch::new();
    let last = [("received", "3", "3"), ("carried_out", "3", "3")];
    let folder = scratch.path() + "/last";
    report(&scratch, "last/a.txt", "2019", &last);
    // Another organ with another number, and the same organ two years ago, are not last year's.
    let other = std::fs::read_to_string(report(
        &scratch,
        "other.txt",
        "2019",
        &[("received", "9", "9"), ("carried_out", "9", "9")],
    ));
    scratch.file("last/b.txt", other.unwrap().replace("青禾", "柳湾"));
    let new = report(&scratch, "new.txt", "2020", &[("carried_in", "5", "5"), ("carried_out", "5", "5")]);
    let run =
        |more: &[&str]| run(&[&["lint", "--format", "concise", "--select", "Y001", &new], more].concat());
    let found = run(&["--prior-dir", &folder]);
    assert_eq!(found.out.matches("Y001").count(), 1, "{found:?}");
    assert!(found.out.contains("本年填 5，上年报告为 3"), "{found:?}");
    // What stayed alone is said, of either folder.
    let lines: Vec<&str> = found.err.lines().collect();
    assert_eq!(lines.len(), 1, "{found:?}");
    assert!(lines[0].contains("b.txt") && lines[0].contains("没有与之相接的2020年度报告"), "{found:?}");
    // Two that claim to be the same report decide nothing.
    report(&scratch, "last/again.txt", "2019", &[]);
    let twice = run(&["--prior-dir", &folder]);
    assert_eq!(twice.out, "");
    assert!(
        twice.err.contains("new.txt：没有上年报告可比：上年文件夹中有几份同一机关、同一年度的报告"),
        "{twice:?}"
    );
    // One that cannot be read may be the one that is meant.
    scratch.file("last/empty.txt", "");
    let broken = run(&["--prior-dir", &folder]);
    assert_eq!((broken.status, broken.err.contains("empty.txt")), (2, true), "{broken:?}");
}
