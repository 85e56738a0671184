//! Every JSON that the tool writes fits its schema, and the schemas in the repository are those of the tool.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use common::{Scratch, fixture, run};
use serde_json::Value;

fn schema(name: &str) -> Value {
    let run = run(&["schema", name]);
    assert_eq!(run.status, 0);
    serde_json::from_str(&run.out).unwrap()
}

fn assert_valid(name: &str, instance: &Value) {
    let validator = jsonschema::validator_for(&schema(name)).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

/// Readable, unreadable, clean, faulty, all kinds.
fn inputs(scratch: &Scratch) -> Vec<String> {
    vec![
        fixture("zone-2020.txt"),
        fixture("clean.docx"),
        fixture("sample.docx"),
        fixture("full-2021-libreoffice.html"),
        scratch.file("empty.txt", ""),
        scratch.file("picture.docx", b"\x89PNG\r\n\x1a\n0000"),
        scratch.file("note.txt", "会议纪要\n今天没有议题。"),
        "no-such-file.docx".to_owned(),
    ]
}

#[test]
fn lint_and_extract_fit_their_schemas() {
    let scratch = Scratch::new();
    let inputs = inputs(&scratch);
    for command in ["lint", "extract"] {
        let mut arguments = vec![command, "--format", "json"];
        arguments.extend(inputs.iter().map(String::as_str));
        let whole = run(&arguments);
        assert_eq!(whole.status, 2, "some inputs cannot be read");
        let document: Value = serde_json::from_str(&whole.out).unwrap();
        assert_valid(command, &document);

        arguments[2] = "jsonl";
        let lines = run(&arguments);
        assert_eq!(lines.status, 2);
        assert_eq!(lines.out.lines().count(), inputs.len());
        for line in lines.out.lines() {
            assert_valid(&format!("{command}-file"), &serde_json::from_str(line).unwrap());
        }
        // One line a file is the same as the whole document, file by file.
        let files = if command == "lint" { &document["files"] } else { &document };
        let one_by_one: Vec<Value> = lines.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(files.as_array().unwrap(), &one_by_one);
    }
}

#[test]
fn documents_fit_their_schema() {
    let scratch = Scratch::new();
    let mut inputs = inputs(&scratch);
    inputs.push("tests/fixtures/readers/odt/nested.odt".to_owned());
    let with = |format: &'static str| {
        let mut arguments = vec!["extract", "--document", "--format", format];
        arguments.extend(inputs.iter().map(String::as_str));
        run(&arguments)
    };
    let whole = with("json");
    assert_eq!(whole.status, 2, "some inputs cannot be read");
    let document: Value = serde_json::from_str(&whole.out).unwrap();
    assert_valid("document", &document);
    let lines = with("jsonl");
    let one_by_one: Vec<Value> = lines.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    one_by_one.iter().for_each(|file| assert_valid("document-file", file));
    assert_eq!(document.as_array().unwrap(), &one_by_one);
}

#[test]
fn documents_for_people() {
    let scratch = Scratch::new();
    let page = "<html><head><title>年报_青禾县</title></head><body><h2>二、主动公开政府信息情况</h2>\
        <p>甲<br>乙</p><table><tr><td rowspan=2>规章</td><td colspan=2>1</td></tr><tr><td>2</td>\
        <td><img src=a.png></td></tr></table><p style='display:none'>无</p></body></html>";
    let file = scratch.file("page.html", page);
    let shown =
        |lang: &str| run(&["--lang", lang, "extract", "--document", &file]).out.replace(&file, "page.html");
    insta::assert_snapshot!("document_text", shown("zh"));
    insta::assert_snapshot!("document_text_en", shown("en"));
}

#[test]
fn organ_and_year_come_with_their_evidence() {
    let scratch = Scratch::new();
    let text = std::fs::read_to_string(common::root().join(fixture("zone-2020.txt"))).unwrap();
    let report = common::extract(&scratch.file("zone.txt", &text));
    let organ = &report["evidence"]["organ"];
    assert_eq!((&organ["source"], &organ["text"]), (&"title".into(), &report["title"]));
    assert!(organ["location"]["line"].is_u64());
    assert_eq!(organ["kind"]["source"], "name");
    assert!(report["organ"].as_str().unwrap().ends_with(organ["kind"]["word"].as_str().unwrap()));
    assert_eq!(organ["level"], Value::Null, "the name of a zone shows no level");
    let years = report["evidence"]["years"].as_array().unwrap();
    assert_eq!((&years[0]["source"], &years[0]["year"]), (&"title".into(), &report["year"]));
    assert_eq!(report["evidence"]["year_conflict"], false);
    assert_eq!(report["evidence"]["edition"]["source"], "labels");

    let file = scratch.file("zone.txt", &text);
    let given = run(&["extract", "--organ-kind", "department", &file]);
    let given: Value = serde_json::from_str(&given.out).unwrap();
    assert_eq!(given[0]["report"]["evidence"]["organ"]["kind"], serde_json::json!({"source": "given"}));

    let bare = common::extract(&scratch.file("bare.txt", "一、总体情况\n本机关按时公开信息。\n"));
    assert_eq!(bare["evidence"]["organ"], Value::Null);
    assert_eq!(bare["evidence"]["years"], serde_json::json!([]));
    let bare = run(&["extract", "--year", "2022", &scratch.file("bare.txt", "一、总体情况\n无。\n")]);
    let bare: Value = serde_json::from_str(&bare.out).unwrap();
    assert_eq!(bare[0]["report"]["evidence"]["years"][0]["source"], "given");
}

/// The rows of comma-separated values.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    assert!(!quoted && field.is_empty() && row.is_empty(), "the last line is whole");
    rows
}

#[test]
fn csv_has_a_row_for_every_official_cell_and_the_numbers_of_json() {
    let scratch = Scratch::new();
    let text = std::fs::read_to_string(common::root().join(fixture("zone-2020.txt"))).unwrap();
    let mut lines: Vec<&str> = text.split('\n').collect();
    (lines[24], lines[25], lines[26]) = ("\t1,234", "\t/", "\t由县\"统一\"公开, 见附件");
    let file = scratch.file("zone.txt", lines.join("\n"));
    let done = run(&["extract", "--format", "csv", &file, "no-such-file.docx"]);
    assert_eq!(done.status, 2);
    assert!(done.out.starts_with('\u{feff}'), "spreadsheets know UTF-8 by it");
    assert!(done.out.ends_with("\r\n") && !done.out.replace("\r\n", "").contains('\n'));
    let rows = csv(done.out.trim_start_matches('\u{feff}'));
    assert_eq!(rows.iter().filter(|r| r.len() != 12).count(), 0);
    let cells = common::cells(&common::extract(&file));
    assert_eq!(rows.len() - 1, cells.len());
    for row in &rows[1..] {
        let json = &cells[&row[4]];
        match row[10].as_str() {
            "number" => assert_eq!(row[8].parse::<f64>().unwrap(), json.as_f64().unwrap(), "{row:?}"),
            "text" => assert_eq!(json, &Value::String(row[9].clone())),
            "blank" | "not-applicable" => assert!(json.is_null() && row[8].is_empty()),
            other => panic!("{other}: {row:?}"),
        }
    }
    let row = |id: &str| rows.iter().find(|r| r[4] == id).unwrap().clone();
    assert_eq!(row("disclosure.regulations.created")[8..11], ["1234", "1,234", "number"]);
    assert_eq!(row("disclosure.regulations.published")[8..11], ["", "/", "not-applicable"]);
    assert_eq!(row("disclosure.regulations.total")[9], "由县\"统一\"公开, 见附件");
    let english = run(&["--lang", "en", "extract", "--format", "csv", &file]);
    let english = csv(english.out.trim_start_matches('\u{feff}'));
    assert_eq!(english[0][4], "cell");
    assert_eq!(english[1][6..8], ["regulations", "made this year"], "{:?}", english[1]);

    // A row that cannot be read is there and says so.
    let lines: Vec<&str> = text.split('\n').filter(|l| !l.is_empty()).collect();
    let at = lines.iter().position(|l| l.trim() == "2.重复申请").unwrap();
    let mut broken = lines.clone();
    broken.remove(at + 1);
    let done = run(&["extract", "--format", "csv", &scratch.file("broken.txt", broken.join("\n"))]);
    let rows = csv(done.out.trim_start_matches('\u{feff}'));
    let unread: Vec<_> = rows.iter().filter(|r| r[10] == "unread").collect();
    assert!(!unread.is_empty() && unread.iter().all(|r| r[8].is_empty() && r[9].is_empty()));
}

#[test]
fn formats_that_do_not_go_with_documents_are_refused() {
    for arguments in
        [["extract", "--document", "--format", "csv"].as_slice(), &["extract", "--format", "text"]]
    {
        let mut arguments = arguments.to_vec();
        let file = fixture("clean.docx");
        arguments.push(&file);
        let done = run(&arguments);
        assert_eq!((done.status, done.out.as_str()), (2, ""));
        assert!(done.err.contains("--document"), "{}", done.err);
    }
}

#[test]
fn notes_say_what_was_not_placed() {
    let scratch = Scratch::new();
    let page = "<html><body><h1>青禾县水务局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>无。</p>\
        <table><tr><th>栏目</th><th>条数</th></tr><tr><td>动态</td><td>31</td></tr></table>\
        <p>二、主动公开政府信息情况</p><table>\
        <tr><td colspan=4>第二十条第（一）项</td></tr>\
        <tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>\
        <tr><td>规章</td><td>1</td><td>0</td></tr>\
        <tr><td>行政规范性文件</td><td>1</td><td>0</td><td>3</td></tr>\
        <tr><td>会议纪要</td><td>1</td><td>0</td><td>3</td></tr></table></body></html>";
    let report = common::extract(&scratch.file("page.html", page));
    let notes = report["notes"].as_array().unwrap();
    let kinds: Vec<&str> = notes.iter().map(|n| n["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["unknown-table", "unplaced-row", "unknown-row"], "{notes:#?}");
    assert!(notes.iter().all(|n| n["location"]["table"].is_u64()));
    assert!(notes[0]["message"].as_str().unwrap().contains("栏目 条数 动态 31"));
}

#[test]
fn a_schema_rejects_what_the_tool_would_never_write() {
    let validator = jsonschema::validator_for(&schema("lint")).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"version": 1, "files": [{"file": "a"}], "summary": {}})));
    let validator = jsonschema::validator_for(&schema("extract-file")).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"path": "a", "report": {"schema_version": 1}})));
}

#[test]
fn rules_fit_their_schema() {
    assert_valid("rules", &serde_json::from_str(&run(&["rules", "--format", "json"]).out).unwrap());
}

#[test]
fn committed_schemas_are_those_of_the_tool() {
    let list = run(&["schema"]);
    let names: Vec<&str> = list.out.lines().filter_map(|l| l.split_whitespace().next()).collect();
    assert!(names.contains(&"lint") && names.contains(&"extract"));
    for name in names {
        let committed =
            std::fs::read_to_string(common::root().join(format!("schemas/{name}.schema.json"))).unwrap();
        assert_eq!(committed, run(&["schema", name]).out, "{name}: run `cargo xtask codegen`");
    }
}

#[test]
fn cells_are_numbers_nulls_words_or_absent() {
    let scratch = Scratch::new();
    let text = std::fs::read_to_string(common::root().join(fixture("zone-2020.txt"))).unwrap();
    let mut lines: Vec<&str> = text.split('\n').collect();
    (lines[24], lines[25], lines[26]) = ("\t3", "\t/", "\t由县统一公开");
    let report = common::extract(&scratch.file("zone.txt", lines.join("\n")));
    let row = &report["tables"]["disclosure"]["regulations"];
    assert_eq!(row, &serde_json::json!({"created": 3, "published": null, "total": "由县统一公开"}));
}
