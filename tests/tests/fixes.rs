//! `lint --diff` and `lint --fix`: what is written, and that nothing else is.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::process::{Command, Stdio};
use std::time::Duration;

use common::{Scratch, fixture, root, run, run_in};
use serde_json::Value;

/// A report with misspelt labels and 的 for 地.
fn text() -> String {
    std::fs::read_to_string(root().join(fixture("zone-2020.txt"))).unwrap()
}

/// The same after the fixes: a stray number before a caption, two labels, a particle.
fn mended(text: &str) -> String {
    text.replace("（1） 第二十条第（一）项", "第二十条第（一）项")
        .replace("国家机密", "国家秘密")
        .replace("重新出具以获取", "重新出具已获取")
        .replace("更好的", "更好地")
}

fn gb18030(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// Code and line of every finding: fixes move no line.
fn findings(folder: &str, path: &str) -> Vec<String> {
    let run = run_in(folder, &["lint", "--format", "json", path]);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    let all = json["files"][0]["diagnostics"].as_array().unwrap().clone();
    all.iter().map(|d| format!("{} {}", d["code"].as_str().unwrap(), d["location"]["line"])).collect()
}

#[test]
fn fixes_change_their_words_and_no_other_byte() {
    let plain = text();
    let expected = mended(&plain);
    assert_ne!(plain, expected);
    let crlf = |t: &str| t.replace('\n', "\r\n");
    let bom = |t: &str| [b"\xef\xbb\xbf", t.as_bytes()].concat();
    let cases: [(&str, Vec<u8>, Vec<u8>); 6] = [
        ("utf8.txt", plain.clone().into_bytes(), expected.clone().into_bytes()),
        ("crlf.txt", crlf(&plain).into_bytes(), crlf(&expected).into_bytes()),
        ("bom.md", bom(&crlf(&plain)), bom(&crlf(&expected))),
        ("gb.txt", gb18030(&plain), gb18030(&expected)),
        ("gbcrlf.txt", gb18030(&crlf(&plain)), gb18030(&crlf(&expected))),
        ("utf16.txt", utf16(&plain), utf16(&expected)),
    ];
    let scratch = Scratch::new();
    for (name, before, after) in cases {
        let path = scratch.file(name, &before);
        let found = findings(&scratch.path(), name);
        let run = run_in(&scratch.path(), &["lint", "--fix", name]);
        assert_eq!(run.err, format!("{name}：已修改 4 处\n"));
        assert!(std::fs::read(&path).unwrap() == after, "{name}");
        // What was fixed is gone, everything else is found as before.
        let left = findings(&scratch.path(), name);
        let gone: Vec<_> = found.iter().filter(|f| !left.contains(f)).map(|f| &f[..4]).collect();
        assert_eq!(
            (left.len() + gone.len(), left.iter().all(|f| found.contains(f))),
            (found.len(), true),
            "{name}"
        );
        assert_eq!(gone, ["W001", "T009", "T008", "T008"], "{name}");
        assert!(run.out.contains(&format!("{} 个", left.len())) || run.out.contains("共 1 个文件"));
        // There is nothing left to do.
        let again = run_in(&scratch.path(), &["lint", "--fix", name]);
        assert_eq!((again.err.as_str(), std::fs::read(&path).unwrap() == after), ("", true));
        assert_eq!(run_in(&scratch.path(), &["lint", "--diff", name]).status, 0);
    }
    let strays: Vec<_> = std::fs::read_dir(scratch.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(strays.len(), 6, "no temporary file stays behind: {strays:?}");
}

#[test]
fn a_preview_shows_the_same_and_writes_nothing() {
    let scratch = Scratch::new();
    let path = scratch.file("a.txt", text());
    let run = run_in(&scratch.path(), &["lint", "--diff", "a.txt"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!("diff", run.out);
    assert_eq!(std::fs::read_to_string(path).unwrap(), text());
}

#[test]
fn pages_are_written_with_their_markup_untouched() {
    let scratch = Scratch::new();
    let name = "full-2021-page-gb18030.html";
    let before = std::fs::read(root().join(fixture(name))).unwrap();
    let (page, _, _) = encoding_rs::GB18030.decode(&before);
    let broken = page.replacen("国家秘密", "国家机密", 1);
    assert_ne!(page, broken);
    let path = scratch.file("a.html", gb18030(&broken));
    let run = run_in(&scratch.path(), &["lint", "--fix", "a.html"]);
    assert_eq!(run.err, "a.html：已修改 1 处\n");
    assert!(std::fs::read(path).unwrap() == before);
}

#[test]
fn other_kinds_are_never_written() {
    let scratch = Scratch::new();
    let bytes = std::fs::read(root().join(fixture("sample.docx"))).unwrap();
    let path = scratch.file("a.docx", &bytes);
    let run = run_in(&scratch.path(), &["lint", "--fix", "a.docx"]);
    assert!(
        run.err.contains("这类文件不自动写入") && run.err.contains("“1.属于国家机密”改为“1.属于国家秘密”"),
        "{}",
        run.err
    );
    assert!(std::fs::read(path).unwrap() == bytes);
    let piped = common::run_with(&["lint", "--fix", "--quiet", "-"], Some(text().as_bytes()));
    assert!(piped.err.contains("<stdin>") && piped.err.contains("更好"), "{}", piped.err);
}

#[test]
fn numbers_and_blanks_are_never_fixed() {
    // Everything that could be wrong with numbers, and nothing to fix.
    for name in ["zone-2020.txt", "sample.docx"] {
        let run = run(&["lint", "--format", "json", &fixture(name)]);
        let json: Value = serde_json::from_str(&run.out).unwrap();
        for d in json["files"][0]["diagnostics"].as_array().unwrap() {
            let about_cells = !d["cells"].as_array().unwrap().is_empty();
            assert!(!about_cells || d["fix"].is_null(), "{d:#}");
        }
    }
}

#[test]
fn suppressed_and_known_findings_are_left_alone() {
    let scratch = Scratch::new();
    let path = scratch.file("a.txt", text());
    scratch.file("nianbao.toml", "[[ignore]]\nrules = [\"T008\", \"T009\"]\nreason = \"来文如此\"\n");
    run_in(&scratch.path(), &["lint", "--fix", "a.txt"]);
    assert!(std::fs::read_to_string(path).unwrap() == text().replace("更好的", "更好地"));
}

/// Every text and page among the fixtures, and one with a fault of each kind: after the fixes all cells are as before, and
/// so are the numbers of the prose.
#[test]
fn no_fix_changes_a_number_or_a_blank() {
    let scratch = Scratch::new();
    let mut count = 0;
    for folder in ["reports", "corpus", "layouts", "readers/html", "readers/text"] {
        for entry in std::fs::read_dir(root().join("tests/fixtures").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let ending = path.extension().map(|e| e.to_str().unwrap().to_owned()).unwrap_or_default();
            if ["txt", "md", "html"].contains(&ending.as_str()) {
                let name = path.file_name().unwrap().to_str().unwrap();
                let bytes = std::fs::read(&path).unwrap();
                // Faults in words, wherever these words stand.
                let bytes = match String::from_utf8(bytes) {
                    Ok(text) => text
                        .replacen("国家秘密", "国家机密", 1)
                        .replacen("。", "。。", 1)
                        .replacen("截至", "截止", 1)
                        .into_bytes(),
                    Err(error) => error.into_bytes(),
                };
                scratch.file(&format!("{}-{name}", folder.replace('/', "-")), bytes);
                count += 1;
            }
        }
    }
    assert!(count > 40, "{count}");
    let faulty = text()
        .replacen("\t0", "\t１２", 1)
        .replacen("\t0", "\t1,234", 1)
        .replacen("。", "。。", 2)
        .replacen("截至", "截止", 1)
        .replacen("政府信息", "政 府 信 息", 1)
        .replacen("\t0", "\t", 1);
    scratch.file("faulty.txt", faulty);
    let read = || {
        let run = run_in(&scratch.path(), &["extract", "."]);
        let all: Value = serde_json::from_str(&run.out).unwrap();
        all.as_array().unwrap().clone()
    };
    // Numbers as they count: 1,234 is 1234.
    let cells = |file: &Value| {
        common::cells(&file["report"])
            .into_iter()
            .map(|(cell, value)| (cell, value.to_string().replace(['"', ','], "")))
            .map(|(cell, value)| (cell, value.chars().map(nianbao_text::fold_width).collect::<String>()))
            .collect::<Vec<_>>()
    };
    let prose = |file: &Value| -> String {
        let sections = file["report"]["sections"].as_array().cloned().unwrap_or_default();
        let text: String = sections.iter().filter_map(|s| s["text"].as_str()).collect();
        text.chars().map(nianbao_text::fold_width).filter(char::is_ascii_digit).collect()
    };
    let before = read();
    let fixed = run_in(&scratch.path(), &["lint", "--fix", "--quiet", "--format", "concise", "."]);
    assert!(fixed.err.matches("已修改").count() > 30, "{}", fixed.err);
    let after = read();
    assert_eq!(before.len(), after.len());
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(cells(old), cells(new), "{}", old["path"]);
        assert_eq!(prose(old), prose(new), "{}", old["path"]);
    }
}

/// Taking the place of a file asks the folder only; a file that is marked as read-only is left alone all the same.
#[test]
fn a_read_only_file_is_not_replaced() {
    let scratch = Scratch::new();
    let path = scratch.file("a.txt", text());
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    if std::fs::OpenOptions::new().append(true).open(&path).is_ok() {
        // Nothing is read-only to the administrator.
        return;
    }
    let run = run_in(&scratch.path(), &["lint", "--fix", "--quiet", "a.txt"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("a.txt：无法写入：没有写入权限"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(path).unwrap(), text());
}

/// Whenever the run is killed, the file is the old one or the new one.
#[test]
fn a_killed_run_leaves_the_old_file_or_the_new_one() {
    let scratch = Scratch::new();
    // Long enough that writing takes a while.
    let tail = "本栏目持续公开有关工作动态。\n".repeat(40_000);
    let (old, new) = (text() + &tail, mended(&text()) + &tail);
    let mut seen = [false, false];
    for round in 0..24 {
        let path = scratch.file("a.txt", &old);
        let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao-under-test"))
            .args(["lint", "--fix", "--quiet", "--select", "T008,T009,W001", &path])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(round * 25));
        let _ = child.kill();
        child.wait().unwrap();
        let now = std::fs::read_to_string(&path).unwrap();
        assert!(now == old || now == new, "round {round}: neither the old nor the new file");
        seen[usize::from(now == new)] = true;
    }
    assert!(seen[0], "some run was killed before it wrote");
}
