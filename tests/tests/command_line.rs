//! Exit statuses, streams, selection, discovery.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use common::{Scratch, fixture, run, run_with};

#[test]
fn exit_status_does_not_depend_on_the_format() {
    let scratch = Scratch::new();
    let broken = scratch.file("empty.txt", "");
    for format in ["full", "concise", "json", "jsonl"] {
        let status = |path: &str, more: &[&str]| {
            let mut arguments = vec!["lint", "--format", format, path];
            arguments.extend(more);
            run(&arguments).status
        };
        let (clean, faulty) = (fixture("clean.docx"), fixture("zone-2020.txt"));
        assert_eq!(status(&clean, &[]), 0, "{format}");
        assert_eq!(status(&faulty, &[]), 1, "{format}");
        assert_eq!(status(&faulty, &["--exit-zero"]), 0, "{format}");
        assert_eq!(status(&faulty, &["--ignore", "T008"]), 0, "{format}: only warnings are left");
        assert_eq!(status(&faulty, &["--ignore", "T008", "--fail-on", "warning"]), 1, "{format}");
        assert_eq!(status(&faulty, &["--select", "W", "--fail-on", "warning"]), 0, "{format}");
        assert_eq!(status(&faulty, &["--select", "W", "--fail-on", "info"]), 1, "{format}");
        assert_eq!(status(&broken, &[]), 2, "{format}");
        assert_eq!(status(&broken, &["--exit-zero"]), 2, "{format}");
    }
}

#[test]
fn findings_go_to_standard_output_and_troubles_to_standard_error() {
    let run = run(&["lint", "--format", "concise", "no-such-file.txt", &fixture("zone-2020.txt")]);
    assert_eq!(run.status, 2);
    assert_eq!(run.err, "错误：no-such-file.txt：文件不存在\n");
    assert_eq!(run.out.lines().count(), 10, "the other file is still done");
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "no colour where nobody sees it");
}

#[test]
fn colour_on_demand() {
    let run = run(&["lint", "--color", "always", &fixture("zone-2020.txt")]);
    assert!(run.out.contains("\u{1b}["));
}

#[test]
fn severities_can_be_set_by_code_name_or_beginning() {
    let all = |more: &[&str]| {
        let zone = fixture("zone-2020.txt");
        let mut arguments = vec!["lint", "--format", "concise", &zone];
        arguments.extend(more);
        run(&arguments).out
    };
    assert_eq!(all(&["--error", "de-particle"]).matches("error[W001").count(), 1);
    assert_eq!(all(&["--warn", "T008"]).matches("warning[T008").count(), 2);
    assert_eq!(all(&["--info", "D"]).matches("info[D00").count(), 3);
    assert_eq!(all(&["--select", "T", "--ignore", "T009"]).lines().count(), 2);
}

#[test]
fn an_unknown_rule_is_named_with_what_was_probably_meant() {
    let run = run(&["lint", "--ignore", "cell-blnk", &fixture("clean.docx")]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("cell-blnk") && run.err.contains("cell-blank"), "{}", run.err);
    assert_eq!(run.out, "");
}

#[test]
fn standard_input_of_any_kind() {
    for name in ["sample.docx", "zone-2020.txt", "full-2021-page-gb18030.html"] {
        let bytes = std::fs::read(common::root().join(fixture(name))).unwrap();
        let piped = run_with(&["extract", "-"], Some(&bytes));
        let direct = run(&["extract", &fixture(name)]);
        assert_eq!(piped.status, 0, "{}", piped.err);
        assert_eq!(piped.out.replace("<stdin>", &fixture(name)), direct.out);
    }
}

#[test]
fn folders_and_wildcards_are_searched_in_order_without_lock_files() {
    let scratch = Scratch::new();
    let text = std::fs::read_to_string(common::root().join(fixture("zone-2020.txt"))).unwrap();
    for name in ["b/2.txt", "a/1.TXT", "~$1.docx", "a/.hidden.txt", "a/picture.jpg", "c.html"] {
        scratch.file(name, &text);
    }
    let names = |argument: String| -> Vec<String> {
        let run = run(&["lint", "--format", "jsonl", &argument]);
        let paths = run
            .out
            .lines()
            .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["path"].to_string());
        paths.map(|p| p.trim_matches('"').trim_start_matches(&scratch.path()).to_owned()).collect()
    };
    assert_eq!(names(scratch.path()), ["/a/1.TXT", "/b/2.txt", "/c.html"]);
    assert_eq!(names(format!("{}/*/*.txt", scratch.path())), ["/b/2.txt"]);
    assert_eq!(names(format!("{}/**/*.{{txt,html}}", scratch.path())), ["/b/2.txt", "/c.html"]);
    let nothing = run(&["lint", &format!("{}/*.pdf", scratch.path())]);
    assert_eq!(nothing.status, 2);
}

#[test]
fn the_same_bytes_on_every_run_and_for_any_number_of_jobs() {
    for format in ["full", "concise", "json", "jsonl"] {
        let of = |jobs: &str| run(&["lint", "--format", format, "--jobs", jobs, "tests/fixtures/reports"]);
        let first = of("1");
        assert!(first.out.len() > 1000);
        assert_eq!(first, of("2"), "{format}");
        assert_eq!(first, of("7"), "{format}");
        assert_eq!(first, of("1"), "{format}");
    }
    let of = |jobs: &str| run(&["extract", "--jobs", jobs, "tests/fixtures/reports"]);
    assert_eq!(of("1"), of("2"));
}

#[test]
fn quiet_leaves_out_clean_files_and_the_summary() {
    let run = run(&["lint", "--quiet", &fixture("clean.docx")]);
    assert_eq!((run.out.as_str(), run.status), ("", 0));
}

#[test]
fn english_on_demand() {
    let run =
        run(&["lint", "--lang", "en", "--format", "concise", "--select", "T008", &fixture("zone-2020.txt")]);
    assert!(run.out.contains("differs from the official"), "{}", run.out);
}

#[test]
fn every_rule_explains_itself() {
    let rules = run(&["rules", "--format", "json"]);
    let rules: serde_json::Value = serde_json::from_str(&rules.out).unwrap();
    for rule in rules.as_array().unwrap() {
        for key in ["code", "name"] {
            let explained = run(&["explain", rule[key].as_str().unwrap()]);
            assert_eq!(explained.status, 0);
            assert!(
                explained.out.contains(rule["title"].as_str().unwrap()) && explained.out.contains("怎么改")
            );
        }
    }
    insta::assert_snapshot!("explain_n101", run(&["explain", "N101"]).out);
    insta::assert_snapshot!("explain_t008_en", run(&["--lang", "en", "explain", "T008"]).out);
    assert_eq!(run(&["explain", "N999"]).status, 2);
}

#[test]
fn wrong_arguments_are_status_2() {
    for arguments in [&["lint"][..], &["lint", "--format", "pdf", "x"], &["nothing"], &["schema", "nothing"]]
    {
        assert_eq!(run(arguments).status, 2, "{arguments:?}");
    }
    assert_eq!(run(&["--help"]).status, 0);
    assert_eq!(run(&["--version"]).status, 0);
}
