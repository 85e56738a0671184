//! Many files, lists of files, standard input, progress, watching, help, completions.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use common::{Scratch, fixture, root, run, run_in, run_with};

fn text() -> String {
    std::fs::read_to_string(root().join(fixture("zone-2020.txt"))).unwrap()
}

#[test]
fn a_thousand_reports_in_order_and_the_same_for_any_number_of_jobs() {
    let scratch = Scratch::new();
    let text: String = text().lines().take(16).map(|l| format!("{l}\n")).collect();
    for i in 0..1000 {
        scratch.file(&format!("{}/{i}.txt", i % 7), format!("{text}本栏目更新{i}次。\n"));
    }
    let of = |jobs: &str| {
        run_in(&scratch.path(), &["lint", "--format", "concise", "--select", "T", "--jobs", jobs, "."])
    };
    let first = of("1");
    let paths: Vec<&str> = first.out.lines().map(|l| l.split(':').next().unwrap()).collect();
    assert!(paths.is_sorted() && paths.len() >= 1000, "{}", paths.len());
    assert_eq!(first, of("2"));
    assert_eq!(first, of("5"));
}

#[test]
fn lists_of_files() {
    let scratch = Scratch::new();
    scratch.file("甲.txt", text());
    scratch.file("b/乙.txt", text());
    scratch.file("other.txt", text());
    let list = scratch.file("list", "\u{feff}甲.txt\r\nb\n\n");
    let paths = |run: &common::Run| {
        run.out
            .lines()
            .map(|l| l.split(':').next().unwrap().to_owned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    let expected: std::collections::BTreeSet<_> = ["甲.txt".to_owned(), "b/乙.txt".to_owned()].into();
    let arguments = ["lint", "--format", "concise", "--files-from"];
    assert_eq!(paths(&run_in(&scratch.path(), &[&arguments[..], &[&list]].concat())), expected);
    let absolute = format!("{0}/甲.txt\n{0}/b/乙.txt\n", scratch.path());
    let piped = run_with(&[&arguments[..], &["-"]].concat(), Some(absolute.as_bytes()));
    assert_eq!(paths(&piped).len(), 2);
    let missing = run_in(&scratch.path(), &["lint", "--files-from", "nothing"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("nothing") && missing.err.contains("文件不存在"), "{}", missing.err);
}

/// Names come from other people: with line breaks, commands for the terminal, or bytes that are no text.
#[cfg(unix)]
#[test]
fn strange_names_are_one_line_and_the_others_are_still_done() {
    use std::os::unix::ffi::OsStrExt;
    let scratch = Scratch::new();
    let names: [&[u8]; 5] = [
        b"-dash.txt",
        "a b，“引号”.txt".as_bytes(),
        b"line\nbreak.txt",
        b"\x1b[31mred\x07.txt",
        b"\xc4\xea\xb1\xa8.txt",
    ];
    for name in names {
        let path = std::path::Path::new(&scratch.path()).join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(path, text()).unwrap();
    }
    let concise = run_in(&scratch.path(), &["lint", "--format", "concise", "--select", "W001", "."]);
    assert_eq!((concise.status, concise.out.lines().count()), (0, names.len()), "{concise:?}");
    assert!(concise.out.contains("line\\nbreak.txt:") && !concise.out.contains('\u{1b}'), "{}", concise.out);
    // Machines get the name as it is.
    let json = run_in(&scratch.path(), &["lint", "--format", "json", "--select", "W001", "."]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(json["files"].as_array().unwrap().iter().any(|f| f["path"] == "./line\nbreak.txt"));
    let list = scratch.file("list", b"-dash.txt\n\xc4\xea.txt\n");
    let listed = run_in(&scratch.path(), &["lint", "--files-from", &list]);
    assert_eq!(listed.status, 2);
    assert!(listed.err.contains("第2行不是 UTF-8"), "{}", listed.err);
}

#[cfg(unix)]
#[test]
fn a_file_is_checked_once_and_no_part_of_a_folder_is_passed_over_in_silence() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let scratch = Scratch::new();
    let folder = scratch.path();
    let path = scratch.file("a.txt", text());
    scratch.file("sub/b.txt", text());
    let lines = |arguments: &[&str]| {
        let run =
            run_in(&folder, &[&["lint", "--format", "concise", "--select", "W001"], arguments].concat());
        (run.out.lines().count(), run.status, run.err)
    };
    symlink("a.txt", format!("{folder}/same.txt")).unwrap();
    symlink("..", format!("{folder}/sub/up")).unwrap();
    assert_eq!(lines(&[".", "a.txt", "./a.txt", &path]), (2, 0, String::new()));
    let twice =
        run_with(&["lint", "--format", "concise", "--select", "W001", "-", "-"], Some(text().as_bytes()));
    assert_eq!((twice.out.lines().count(), twice.status), (1, 0), "{}", twice.err);
    // A link that leads to a report elsewhere is a report, one that leads nowhere is told.
    symlink(root().join(fixture("zone-2020.txt")), format!("{folder}/elsewhere.txt")).unwrap();
    assert_eq!(lines(&["."]).0, 3);
    symlink("nowhere.txt", format!("{folder}/lost.txt")).unwrap();
    let (found, status, err) = lines(&["."]);
    assert_eq!((found, status), (3, 2));
    assert!(err.contains("lost.txt：文件不存在"), "{err}");
    assert_eq!(lines(&["a.txt", ""]).1, 2);
    // Whoever may read everything sees no difference.
    let closed = format!("{folder}/sub");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read_dir(&closed).is_err() {
        let (_, status, err) = lines(&["."]);
        assert_eq!(status, 2);
        assert!(err.contains("sub：没有读取权限"), "{err}");
    }
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn standard_input_takes_name_and_configuration_of_a_file() {
    let scratch = Scratch::new();
    scratch.file("nianbao.toml", "[rules]\nall = \"off\"\nW001 = \"on\"\n");
    let name = format!("{}/草稿.txt", scratch.path());
    let run = run_with(&["lint", "--format", "concise", "--stdin-name", &name, "-"], Some(text().as_bytes()));
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.starts_with(&name), "{}", run.out);
}

#[test]
fn help_is_in_the_language_of_the_user() {
    for command in [&["--help"][..], &["lint", "--help"], &["baseline", "write", "-h"]] {
        let zh = run(command);
        let en = run(&[&["--lang", "en"], command].concat());
        assert_eq!((zh.status, en.status), (0, 0));
        assert!(zh.out.contains("用法：") && zh.out.contains("显示帮助"), "{}", zh.out);
        assert!(en.out.contains("Usage: ") && !en.out.contains('：'), "{}", en.out);
        assert!(!zh.out.contains('‖') && !en.out.contains('‖'));
    }
    insta::assert_snapshot!("help_zh", run(&["--help"]).out);
    insta::assert_snapshot!("help_en", run(&["--lang=en", "--help"]).out);
    insta::assert_snapshot!("help_lint_en", run(&["--lang=en", "lint", "-h"]).out);
}

#[test]
fn wrong_arguments_are_told_in_the_language_of_the_user() {
    for (arguments, zh, en) in [
        (&["lint", "--slect", "N", "a"][..], "没有选项“--slect”，是不是“--select”？", "--slect"),
        (&["lintt"], "没有命令“lintt”，是不是“", "lintt"),
        (&["lint"], "缺少 <PATH", "<PATH"),
        (&["lint", "--fix", "--diff", "a"], "不能与", "--diff"),
        (&["lint", "--fail-on", "warn", "a"], "没有取值“warn”", "warn"),
        (&["lint", "--format", "pdf", "a"], "的值“pdf”不对：可以是：full", "one of full"),
        (&["lint", "--organ-kind", "镇", "a"], "township（", "township"),
        (&["lint", "--today", "2024-02-30", "a"], "日期写作 2024-01-20", "write a day as"),
    ] {
        let run_zh = run(arguments);
        assert_eq!((run_zh.status, run_zh.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run_zh.err.contains(zh), "{arguments:?}: {}", run_zh.err);
        let run_en = run(&[&["--lang", "en"], arguments].concat());
        assert_eq!(run_en.status, 2);
        assert!(
            run_en.err.contains(en) && !run_en.err.contains("没有") && !run_en.err.contains("可以是"),
            "{}",
            run_en.err
        );
    }
}

#[test]
fn completions_and_manual_pages() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = run(&["completions", shell]);
        assert_eq!(run.status, 0);
        assert!(run.out.contains("nianbao") && run.out.contains("fail-on"), "{shell}");
    }
    let man = run(&["--lang", "en", "man"]);
    assert!(man.out.contains(".TH") && man.out.contains("baseline"), "{}", man.out);
    let scratch = Scratch::new();
    assert_eq!(run(&["man", "--out", &scratch.path()]).status, 0);
    let pages: Vec<_> = std::fs::read_dir(scratch.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(pages.contains(&"nianbao-lint.1".to_owned()), "{pages:?}");
}

#[test]
fn progress_is_shown_on_a_terminal_and_only_there() {
    let scratch = Scratch::new();
    for i in 0..40 {
        scratch.file(&format!("{i}.txt"), text());
    }
    let piped = run(&["lint", "--quiet", "--select", "T014", &scratch.path()]);
    assert_eq!((piped.out.as_str(), piped.err.as_str()), ("", ""));
    // `script` gives a terminal; where there is none of it there is nothing to see.
    let command = |more: &str| {
        format!(
            "{} lint --quiet --select T014 {more} {}",
            env!("CARGO_BIN_EXE_nianbao-under-test"),
            scratch.path()
        )
    };
    let seen = |more: &str| {
        let output =
            Command::new("script").args(["-qec", &command(more), "/dev/null"]).stdin(Stdio::null()).output();
        output.ok().filter(|o| o.status.success()).map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
    };
    let Some(shown) = seen("") else {
        eprintln!("skipped: no `script` (util-linux) here to give a terminal");
        return;
    };
    assert!(shown.contains("/40") && shown.ends_with("\u{1b}[K"), "{shown:?}");
    assert_eq!(seen("--no-progress").as_deref(), Some(""));
}

#[test]
fn watching_checks_what_changes() {
    let scratch = Scratch::new();
    let path = scratch.file("a.txt", text());
    scratch.file("b.txt", text());
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao-under-test"))
        .args(["lint", "--watch", "--format", "concise", "--select", "W001", &scratch.path()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut notes = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(notes.next().unwrap().unwrap().contains("等待文件变化"));
    // Neither is a report, whatever changes in them.
    scratch.file("~$a.docx", "x");
    scratch.file(".hidden.txt", text());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || lines.next().unwrap().unwrap();
    assert!(next().contains("a.txt:") && next().contains("b.txt:"));
    std::fs::write(&path, format!("\n\n{}", text())).unwrap();
    let again = next();
    assert!(again.contains("a.txt:"), "{again}");
    // A configuration that is wrong is told, one that is mended counts for all files.
    scratch.file("nianbao.toml", "[rules");
    assert!(notes.next().unwrap().unwrap().contains("nianbao.toml"), "the trouble is told");
    scratch.file("nianbao.toml", "[rules]\nW001 = \"warning\"\n");
    for name in ["a.txt:", "b.txt:"] {
        let line = next();
        assert!(line.contains(name) && line.contains("warning[W001"), "{line}");
    }
    let _ = child.kill();
    child.wait().unwrap();
}
