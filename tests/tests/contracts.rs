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
