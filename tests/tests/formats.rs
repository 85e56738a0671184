//! Every output format: same exit status, several in one run, and what other programs read of them.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "a test fails by panicking, reads files, and says when it cannot"
)]

mod common;

use std::process::Command;

use common::{Scratch, fixture, run, run_in, run_with};
use serde_json::Value;

const FORMATS: [&str; 13] = [
    "full",
    "concise",
    "grouped",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "markdown",
    "csv",
    "html",
];

/// A file that cannot be read, one that is clean, one with errors, whose name needs escaping everywhere.
fn inputs(scratch: &Scratch) -> Vec<String> {
    let zone = std::fs::read(common::root().join(fixture("zone-2020.txt"))).unwrap();
    vec![
        scratch.file("空 & <文件>,a:b.txt", ""),
        fixture("clean.docx"),
        fixture("sample.docx"),
        scratch.file("a/开发区 & <b>#%,c.txt", zone),
    ]
}

fn in_format(format: &str, inputs: &[String]) -> String {
    let mut arguments = vec!["lint", "--format", format];
    arguments.extend(inputs.iter().map(String::as_str));
    let run = run(&arguments);
    assert_eq!(run.status, 2, "{format}: one input cannot be read");
    run.out
}

/// What `lint --format json` says, to compare with.
fn diagnostics(inputs: &[String]) -> Vec<(String, Vec<Value>)> {
    let all: Value = serde_json::from_str(&in_format("json", inputs)).unwrap();
    let files = all["files"].as_array().unwrap().clone();
    files
        .into_iter()
        .map(|f| {
            let path = f["path"].as_str().unwrap().to_owned();
            (path, f["diagnostics"].as_array().cloned().unwrap_or_default())
        })
        .collect()
}

#[test]
fn the_exit_status_is_the_same_in_every_format() {
    let scratch = Scratch::new();
    let empty = scratch.file("empty.txt", "");
    let (clean, zone) = (fixture("clean.docx"), fixture("zone-2020.txt"));
    let cases: &[(&[&str], i32)] = &[
        (&[&clean], 0),
        (&[&zone], 1),
        (&["--select", "W", &zone], 0),
        (&["--select", "W", "--fail-on", "info", &zone], 1),
        (&["--select", "D", &zone], 0),
        (&["--select", "D", "--fail-on", "warning", &zone], 1),
        (&["--exit-zero", &zone], 0),
        (&[&empty], 2),
        (&["--exit-zero", &empty, &clean], 2),
    ];
    for format in FORMATS {
        for (arguments, status) in cases {
            let mut all = vec!["lint", "--format", format];
            all.extend(*arguments);
            assert_eq!(run(&all).status, *status, "{format} {arguments:?}");
        }
    }
}

#[test]
fn several_formats_in_one_run_are_the_same_as_one_by_one() {
    let scratch = Scratch::new();
    let inputs = inputs(&scratch);
    let folder = scratch.path();
    let mut arguments = vec!["lint".to_owned(), "--format".to_owned(), "concise".to_owned()];
    for format in FORMATS {
        arguments.extend(["--output".to_owned(), format!("{format}={folder}/out.{format}")]);
    }
    arguments.extend(inputs.iter().cloned());
    let whole = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(whole.status, 2);
    assert_eq!(whole.out, in_format("concise", &inputs));
    for format in FORMATS {
        let written = std::fs::read_to_string(format!("{folder}/out.{format}")).unwrap();
        assert_eq!(written, in_format(format, &inputs), "{format}");
    }
}

#[test]
fn an_output_without_a_file_takes_the_place_of_standard_output() {
    let clean = fixture("clean.docx");
    let as_output = run(&["lint", "--output", "csv", &clean]);
    assert_eq!(as_output.out, run(&["lint", "--format", "csv", &clean]).out);
    let two = run(&["lint", "--output", "csv", "--output", "json", &clean]);
    assert_eq!((two.status, two.out.as_str()), (2, ""));
}

#[test]
fn a_result_that_cannot_be_written_is_known_before_the_work_and_overwrites_nothing() {
    let scratch = Scratch::new();
    let old = scratch.file("old.html", "kept");
    let nowhere = format!("html={}/no/such/folder/x.html", scratch.path());
    let html = format!("html={old}");
    let run = run(&["lint", "--output", &html, "--output", &nowhere, &fixture("zone-2020.txt")]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("no/such/folder/x.html"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "kept");
    let same =
        common::run(&["lint", "--output", &html, "--output", &format!("csv={old}"), &fixture("clean.docx")]);
    assert_eq!(same.status, 2);
    assert_eq!(std::fs::read_to_string(old).unwrap(), "kept");
}

#[test]
fn an_unknown_format_is_refused_with_the_known_ones() {
    for arguments in [&["--format", "pdf"], &["--output", "pdf=x"], &["--output", "html="]] {
        let run = run(&["lint", arguments[0], arguments[1], "x.docx"]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains("html"), "{}", run.err);
    }
}

#[test]
fn sarif_fits_the_official_schema() {
    let scratch = Scratch::new();
    let inputs = inputs(&scratch);
    let log: Value = serde_json::from_str(&in_format("sarif", &inputs)).unwrap();
    let schema =
        std::fs::read_to_string(common::root().join("tests/fixtures/formats/sarif-2.1.0.schema.json"));
    let mut schema: Value = serde_json::from_str(&schema.unwrap()).unwrap();
    // The published pattern has a bracket too many and is no regular expression in every dialect.
    for of in ["run", "toolComponent"] {
        let pattern = &mut schema["definitions"][of]["properties"]["language"]["pattern"];
        assert_eq!(*pattern, "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
        *pattern = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$".into();
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&log).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");

    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let all: Vec<Value> = diagnostics(&inputs).into_iter().flat_map(|(_, d)| d).collect();
    assert_eq!(results.len(), all.len());
    for (result, diagnostic) in results.iter().zip(&all) {
        assert_eq!(result["ruleId"], diagnostic["code"]);
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], diagnostic["code"]);
        assert_eq!(result["partialFingerprints"]["nianbao/v1"], diagnostic["fingerprint"]);
        assert_eq!(result["properties"]["cells"], diagnostic["cells"]);
    }
    let cell = results.iter().find(|r| r["ruleId"] == "N101").unwrap();
    assert_eq!(
        cell["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
        "applications.received.natural"
    );
    let uri = results.last().unwrap()["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str();
    assert!(
        uri.unwrap().ends_with("/a/%E5%BC%80%E5%8F%91%E5%8C%BA%20%26%20%3Cb%3E%23%25%2Cc.txt"),
        "{uri:?}"
    );
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().unwrap().len(), 1);
}

/// An element: name, attributes, text.
type Element = (String, Vec<(String, String)>, String);

/// Elements with their attributes and text, read by another parser than wrote them.
fn elements(xml: &str) -> Vec<Element> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) => {
                let attributes = e.attributes().map(|a| {
                    let a = a.unwrap();
                    let value = a.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned();
                    (a.key.as_ref().to_owned(), value)
                });
                found.push((e.name().as_ref().to_owned(), attributes.collect(), String::new()));
                depth += 1;
            }
            Event::Text(t) => {
                if let Some(last) = found.last_mut() {
                    last.2.push_str(t.as_ref());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(depth > 0);
    found
}

fn attribute<'a>(element: &'a Element, name: &str) -> &'a str {
    element.1.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
}

#[test]
fn junit_has_a_suite_a_file_and_a_case_a_rule() {
    let scratch = Scratch::new();
    let inputs = inputs(&scratch);
    let all = elements(&in_format("junit", &inputs));
    let suites: Vec<_> = all.iter().filter(|e| e.0 == "testsuite").collect();
    let names: Vec<&str> = suites.iter().map(|s| attribute(s, "name")).collect();
    assert_eq!(names, inputs, "paths come back as they were");
    let whole = &all[0];
    for (count, element) in
        [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]
    {
        let seen = all.iter().filter(|e| e.0 == element).count();
        assert_eq!(attribute(whole, count), seen.to_string(), "{count}");
    }
    let failed: Vec<&str> =
        all.iter().filter(|e| e.0 == "failure").map(|e| attribute(e, "message")).collect();
    let mut rules_with_errors = 0;
    for (_, found) in diagnostics(&inputs) {
        let mut codes: Vec<&str> =
            found.iter().filter(|d| d["severity"] == "error").map(|d| d["code"].as_str().unwrap()).collect();
        codes.dedup();
        codes.sort_unstable();
        codes.dedup();
        rules_with_errors += codes.len();
    }
    assert_eq!(failed.len(), rules_with_errors);
    // What fails the run follows --fail-on.
    let strict = run(&["lint", "--format", "junit", "--fail-on", "info", &fixture("zone-2020.txt")]);
    assert_eq!(elements(&strict.out).iter().filter(|e| e.0 == "system-out").count(), 0);
}

#[test]
fn checkstyle_has_every_finding_at_its_line() {
    let scratch = Scratch::new();
    let inputs = inputs(&scratch);
    let all = elements(&in_format("checkstyle", &inputs));
    let names: Vec<&str> = all.iter().filter(|e| e.0 == "file").map(|e| attribute(e, "name")).collect();
    assert_eq!(names, inputs);
    let errors: Vec<_> = all.iter().filter(|e| e.0 == "error").collect();
    let found: Vec<Value> = diagnostics(&inputs).into_iter().flat_map(|(_, d)| d).collect();
    assert_eq!(errors.len(), found.len() + 1, "the file that cannot be read is an error too");
    for (error, diagnostic) in errors[1..].iter().zip(&found) {
        assert_eq!(attribute(error, "message"), diagnostic["message"].as_str().unwrap());
        assert_eq!(attribute(error, "severity"), diagnostic["severity"].as_str().unwrap());
        assert_eq!(
            attribute(error, "line"),
            diagnostic["location"]["line"].as_u64().unwrap_or(0).to_string()
        );
    }
}

#[test]
fn gitlab_entries_have_the_documented_fields_and_unique_fingerprints() {
    let scratch = Scratch::new();
    let inputs = inputs(&scratch);
    let issues: Vec<Value> = serde_json::from_str(&in_format("gitlab", &inputs)).unwrap();
    // https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    let schema = serde_json::json!({
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^\\./"}},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    });
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(issues.iter().all(|i| validator.is_valid(i)), "{issues:#?}");
    let mut fingerprints: Vec<&str> = issues.iter().map(|i| i["fingerprint"].as_str().unwrap()).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), issues.len());
    let found: usize = diagnostics(&inputs).iter().map(|(_, d)| d.len()).sum();
    assert_eq!(issues.len(), found + 1);
}

#[test]
fn github_commands_are_one_line_each() {
    let scratch = Scratch::new();
    let inputs = inputs(&scratch);
    let out = in_format("github", &inputs);
    let found: Vec<Value> = diagnostics(&inputs).into_iter().flat_map(|(_, d)| d).collect();
    assert_eq!(out.lines().count(), found.len() + 1);
    for line in out.lines() {
        let command = line.strip_prefix("::").unwrap();
        assert!(["error ", "warning ", "notice "].iter().any(|c| command.starts_with(c)), "{line}");
        let properties = command.split("::").next().unwrap();
        for property in properties.split_once(' ').unwrap().1.split(',') {
            let (name, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "col", "title"].contains(&name), "{line}");
            assert!(!value.contains([':', '\n']), "{line}");
        }
    }
    assert!(out.contains("file=") && out.contains("%2Cc.txt,line=4,col=26,"), "{out}");
}

#[test]
fn csv_has_one_record_a_finding_and_opens_in_spreadsheets() {
    let scratch = Scratch::new();
    let inputs = inputs(&scratch);
    let out = in_format("csv", &inputs);
    assert!(out.starts_with('\u{feff}'), "without the mark spreadsheets take it for GBK");
    let records = records(out.trim_start_matches('\u{feff}'));
    let found: Vec<Value> = diagnostics(&inputs).into_iter().flat_map(|(_, d)| d).collect();
    assert_eq!(records.len(), found.len() + 2, "head and the file that cannot be read");
    assert!(records.iter().all(|r| r.len() == records[0].len()));
    let column = |name: &str| records[0].iter().position(|n| n == name).unwrap();
    for (record, diagnostic) in records[2..].iter().zip(&found) {
        assert_eq!(record[column("问题")], diagnostic["message"].as_str().unwrap());
        assert_eq!(record[column("指纹")], diagnostic["fingerprint"].as_str().unwrap());
    }
}

/// RFC 4180, read by hand.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let field = records.last_mut().unwrap().last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => records.last_mut().unwrap().push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => records.push(vec![String::new()]),
            c => field.push(c),
        }
    }
    records.retain(|r| r.len() > 1);
    records
}

#[test]
fn markdown_and_grouped_name_every_finding() {
    let scratch = Scratch::new();
    let inputs = inputs(&scratch);
    let found: Vec<Value> = diagnostics(&inputs).into_iter().flat_map(|(_, d)| d).collect();
    let markdown = in_format("markdown", &inputs);
    let rows = markdown
        .lines()
        .filter(|l| l.starts_with("| 错误") || l.starts_with("| 警告") || l.starts_with("| 提示"));
    assert_eq!(rows.count(), found.len());
    // Where lines are broken does not matter.
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let grouped = plain(&in_format("grouped", &inputs));
    for diagnostic in &found {
        assert!(grouped.contains(&plain(diagnostic["message"].as_str().unwrap())), "{diagnostic}");
    }
}

#[test]
fn what_the_run_reads_is_never_overwritten() {
    let scratch = Scratch::new();
    let report = std::fs::read(common::root().join(fixture("sample.docx"))).unwrap();
    scratch.file("年报.docx", &report);
    scratch.file("上年.docx", &report);
    scratch.file("nianbao.toml", "[lint]\nbaseline = \"known.json\"\n");
    scratch.file("known.json", "{\"version\": 1, \"files\": {}}");
    let before = |name: &str| std::fs::read(format!("{}/{name}", scratch.path())).unwrap();
    for name in ["年报.docx", "上年.docx", "nianbao.toml", "known.json"] {
        let old = before(name);
        for way in [name.to_owned(), format!("./{name}"), format!("{}/{name}", scratch.path())] {
            let output = format!("html={way}");
            let run =
                run_in(&scratch.path(), &["lint", "--prior", "上年.docx", "--output", &output, "年报.docx"]);
            assert_eq!((run.status, run.out.as_str()), (2, ""), "{way}");
            assert!(run.err.contains(name) && run.err.contains("结果不能写到这里"), "{}", run.err);
        }
        assert!(before(name) == old, "{name}");
    }
    // What an earlier run wrote beside the reports is no report.
    for _ in 0..2 {
        let outputs = ["--output", "html=结果.html", "--output", "markdown=结果.md"];
        let run = run_in(&scratch.path(), &[&["lint", "--format", "concise"], &outputs[..], &["."]].concat());
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(!run.out.contains("结果."), "{}", run.out);
    }
}

#[test]
fn one_file_by_two_ways_is_one_file_and_a_folder_is_none() {
    let scratch = Scratch::new();
    scratch.file("sub/a.txt", "");
    let clean = common::root().join(fixture("clean.docx")).to_str().unwrap().to_owned();
    let twice = ["--output", "html=x.html", "--output", "csv=sub/../x.html"];
    let run = run_in(&scratch.path(), &[&["lint", &clean], &twice[..]].concat());
    assert_eq!(run.status, 2);
    assert!(run.err.contains("同一个文件"), "{}", run.err);
    let folder = run_in(&scratch.path(), &["lint", "--output", "html=sub", &clean]);
    assert_eq!((folder.status, folder.out.as_str()), (2, ""), "known before the work");
    assert!(folder.err.contains("sub：无法写入：这是文件夹"), "{}", folder.err);
    let nowhere = run_in(&scratch.path(), &["--lang", "en", "lint", "--output", "html=no/x.html", &clean]);
    assert!(
        nowhere.err.ends_with("no/x.html: cannot be written: the folder does not exist\n"),
        "{}",
        nowhere.err
    );
}

/// `nianbao lint … | head`: who reads went away, the files are written all the same.
#[test]
fn files_are_written_when_standard_output_is_closed() {
    let scratch = Scratch::new();
    for i in 0..90 {
        scratch.file(
            &format!("{i:02}.docx"),
            std::fs::read(common::root().join(fixture("sample.docx"))).unwrap(),
        );
    }
    let csv = format!("{}/out.csv", scratch.path());
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao-under-test"))
        .args(["lint", "--output", &format!("csv={csv}"), &scratch.path()])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(records(&std::fs::read_to_string(csv).unwrap()).len(), 90 * 5 + 1);
}

/// Pipes and devices take what is written to them; putting a file in their place would destroy them.
#[cfg(unix)]
#[test]
fn a_pipe_stays_a_pipe_and_a_link_a_link() {
    use std::os::unix::fs::FileTypeExt;
    let scratch = Scratch::new();
    let clean = fixture("clean.docx");
    let target = scratch.file("target.csv", "old");
    let link = format!("{}/link.csv", scratch.path());
    std::os::unix::fs::symlink(&target, &link).unwrap();
    assert_eq!(run(&["lint", "--output", &format!("csv={link}"), &clean]).status, 0);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&target).unwrap().contains("文件"));

    let pipe = format!("{}/pipe", scratch.path());
    if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|s| s.success()) {
        eprintln!("skipped: no `mkfifo` here");
        return;
    }
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    assert_eq!(run(&["lint", "--output", &format!("html={pipe}"), &clean]).status, 0);
    assert!(reader.join().unwrap().ends_with("</html>\n"));
    assert!(std::fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn formats_for_people_are_snapshots() {
    for format in ["grouped", "markdown", "github", "junit", "checkstyle", "csv", "gitlab"] {
        // Some rules only, so that a new rule does not touch the pictures of all formats.
        let rules = ["lint", "--select", "D001,N101,N104,T008,T011,W001", "--format", format];
        let files = [&fixture("sample.docx"), &fixture("clean.docx"), "missing.txt"];
        let run = run(&[&rules[..], &files[..]].concat());
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_suffix(format);
        settings.bind(|| insta::assert_snapshot!("format", run.out));
    }
}

#[test]
fn standard_input_has_a_name_in_every_format() {
    let zone = std::fs::read(common::root().join(fixture("zone-2020.txt"))).unwrap();
    for format in FORMATS {
        let run = run_with(&["lint", "--format", format, "-"], Some(&zone));
        assert_eq!(run.status, 1, "{format}");
        assert!(!run.out.is_empty(), "{format}");
    }
}
