//! Running the command line and reading what it says.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "every test file uses another part of it")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests touch files")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run wrote and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub out: String,
    pub err: String,
    pub status: i32,
}

/// The root of the workspace; commands run there, so that paths in their output are short.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// A file of `tests/fixtures`, relative to the root.
pub fn fixture(name: &str) -> String {
    format!("tests/fixtures/reports/{name}")
}

pub fn run(arguments: &[&str]) -> Run {
    run_with(arguments, None)
}

/// A run in another folder.
pub fn run_in(folder: &str, arguments: &[&str]) -> Run {
    execute(arguments, None, Path::new(folder))
}

pub fn run_with(arguments: &[&str], input: Option<&[u8]>) -> Run {
    execute(arguments, input, &root())
}

fn execute(arguments: &[&str], input: Option<&[u8]>, folder: &Path) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao-under-test"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NIANBAO_LANG")
        .env_remove("NIANBAO_CONFIG")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    if let Some(input) = input {
        stdin.write_all(input).unwrap();
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Run {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code().expect("ended by itself"),
    }
}

/// `lint --format json` of one file.
pub fn lint(path: &str) -> Value {
    let run = run(&["lint", "--format", "json", path]);
    serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {run:?}"))
}

/// The findings of one file as `CODE severity`, in order of codes.
pub fn codes(path: &str) -> Vec<String> {
    let mut codes: Vec<String> = diagnostics(path)
        .iter()
        .map(|d| format!("{} {}", d["code"].as_str().unwrap(), d["severity"].as_str().unwrap()))
        .collect();
    codes.sort();
    codes
}

pub fn diagnostics(path: &str) -> Vec<Value> {
    lint(path)["files"][0]["diagnostics"].as_array().cloned().unwrap_or_default()
}

/// The report of `extract` of one file.
pub fn extract(path: &str) -> Value {
    let run = run(&["extract", path]);
    let all: Value = serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {run:?}"));
    all[0]["report"].clone()
}

/// The cells of an extracted report by their ids.
pub fn cells(report: &Value) -> BTreeMap<String, Value> {
    fn walk(tree: &Value, path: &str, cells: &mut BTreeMap<String, Value>) {
        match tree {
            Value::Object(children) => {
                for (name, child) in children {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    walk(child, &path, cells);
                }
            }
            leaf => {
                cells.insert(path.to_owned(), leaf.clone());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&report["tables"], "", &mut found);
    found
}

/// A file with some content that lives as long as the guard.
pub struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn path(&self) -> String {
        self.folder.path().to_str().unwrap().to_owned()
    }
}
