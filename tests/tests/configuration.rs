//! `nianbao.toml`: where it is found, what it changes, what is wrong with it, where each value comes from.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use common::{Scratch, fixture, root, run, run_in};
use serde_json::Value;

/// The codes that `lint` finds in a file of a folder.
fn codes(folder: &str, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["lint", "--format", "concise"];
    all.extend(arguments);
    let run = run_in(folder, &all);
    assert!(run.err.is_empty(), "{}", run.err);
    let code = |line: &str| line.split_once('[').unwrap().1[..4].to_owned();
    run.out.lines().map(code).collect()
}

fn sample() -> Vec<u8> {
    std::fs::read(root().join(fixture("sample.docx"))).unwrap()
}

/// A folder with the sample and a configuration.
fn with_config(config: &str) -> Scratch {
    let scratch = Scratch::new();
    scratch.file("a.docx", sample());
    scratch.file("nianbao.toml", config);
    scratch
}

fn complaint(config: &str) -> String {
    let scratch = with_config(config);
    let run = run_in(&scratch.path(), &["lint", "a.docx"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{config}\n{}", run.err);
    run.err
}

#[test]
fn unknown_keys_and_values_are_errors_with_a_suggestion_and_the_line() {
    for (config, line, suggestion) in [
        ("[organ]\n\nnmae = \"青禾县水务局\"\n", 3, "是不是“name”"),
        ("[[organ]]\nname = \"甲\"\n[[organ]]\nalias = []\n", 4, "是不是“aliases”"),
        ("\n[rule]\n", 2, "是不是“rules”"),
        ("[rules]\ncell-blnk = \"off\"\n", 2, "是不是“cell-blank”"),
        ("[rules]\ncell-blank = \"of\"\n", 2, "是不是“off”"),
        ("[lint]\nfail_on = \"error\"\n", 2, "是不是“fail-on”"),
        ("[organ]\nkind = \"zones\"\n", 2, "是不是“zone”"),
        (
            "[[explanation]]\ncell = \"disclosure.licencing.decisions\"\nvalue = 1\nreason = \"甲\"\n",
            2,
            "是不是“disclosure.licensing.decisions”",
        ),
        ("[[ignore]]\nrules = [\"N\"]\nreason = \"甲\"\nuntill = 2026\n", 4, "是不是“until”"),
    ] {
        let message = complaint(config);
        assert!(
            message.contains(&format!("nianbao.toml 第{line}行")) && message.contains(suggestion),
            "{message}"
        );
    }
    let scratch = with_config("[organ]\nnmae = \"甲\"\n");
    let english = run_in(&scratch.path(), &["--lang", "en", "lint", "a.docx"]).err;
    assert!(
        english.contains("nianbao.toml, line 2") && english.contains("did you mean \"name\""),
        "{english}"
    );
}

#[test]
fn wrong_values_are_named() {
    for (config, words) in [
        ("[[ignore]]\nrules = [\"N101\"]\n", "reason"),
        ("[[ignore]]\nrules = [\"N101\"]\nreason = \"  \"\n", "理由（reason）是空的"),
        ("[[ignore]]\nrules = []\nreason = \"甲\"\n", "rules 是空的"),
        ("[[ignore]]\nrules = [\"N101\"]\nreason = \"甲\"\nuntil = \"明年\"\n", "不是年份或日期"),
        (
            "[[ignore]]\nrules = [\"N101\"]\nreason = \"甲\"\ncell = \"applications.granted.nobody\"\n",
            "没有单元格",
        ),
        ("[[explanation]]\ncell = \"review\"\nvalue = 3\nreason = \"甲\"\n", "说明要写到单元格"),
        ("[organ]\ndeadline = \"02-30\"\n", "不是月日"),
        ("[organ]\npublished = 2024-02-30\n", "第2行"),
        ("[organ]\nname = 3\n", "类型不对"),
        ("[organ\n", "TOML"),
    ] {
        let message = complaint(config);
        assert!(message.contains(words), "{config}\n{message}");
    }
}

#[test]
fn the_nearest_file_counts_and_no_other() {
    let scratch = Scratch::new();
    for name in ["a.docx", "sub/b.docx", "sub/deep/c.docx"] {
        scratch.file(name, sample());
    }
    scratch.file("nianbao.toml", "[rules]\nN = \"off\"\n");
    scratch.file("sub/nianbao.toml", "[rules]\nW = \"off\"\n");
    let at = |path: &str| codes(&scratch.path(), &[path]);
    assert_eq!(at("a.docx"), ["T008", "T011", "D001", "W001"]);
    assert_eq!(at("sub/b.docx"), ["N101", "T008", "T011", "D001"]);
    assert_eq!(at("sub/deep/c.docx"), ["N101", "T008", "T011", "D001"]);
    // From anywhere, and all in one run.
    let all = run(&["lint", "--format", "concise", &scratch.path()]).out;
    assert_eq!((all.matches("[N101").count(), all.matches("[W001").count()), (2, 1), "{all}");

    assert_eq!(codes(&scratch.path(), &["--isolated", "a.docx"]).len(), 5);
    let other = scratch.file("other.toml", "[rules]\nall = \"off\"\nT011 = \"on\"\n");
    assert_eq!(codes(&scratch.path(), &["--config", &other, "sub/b.docx"]), ["T011"]);
    let missing = run_in(&scratch.path(), &["lint", "--config", "none.toml", "a.docx"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("none.toml") && missing.err.contains("没有这个配置文件"), "{}", missing.err);
}

#[test]
fn the_command_line_goes_before_the_file() {
    let scratch = with_config("[rules]\nN = \"off\"\nW001 = \"error\"\n[lint]\nfail-on = \"info\"\n");
    let folder = scratch.path();
    assert_eq!(codes(&folder, &["a.docx"]), ["T008", "T011", "D001", "W001"]);
    assert_eq!(codes(&folder, &["--select", "N,W", "a.docx"]), ["N101", "W001"]);
    let status = |more: &[&str]| {
        let mut arguments = vec!["lint", "a.docx"];
        arguments.extend(more);
        run_in(&folder, &arguments).status
    };
    assert_eq!(status(&["--select", "T011"]), 1, "the file fails on hints");
    assert_eq!(status(&["--select", "T011", "--fail-on", "error"]), 0);
    assert_eq!(status(&["--select", "W", "--fail-on", "error"]), 1, "the file makes it an error");
    assert_eq!(status(&["--select", "W", "--fail-on", "error", "--info", "W"]), 0);
}

#[test]
fn what_is_no_report_is_passed_over() {
    let scratch = with_config("[lint]\nexclude = [\"README.md\", \"old/**\"]\n");
    scratch.file("README.md", "这里存放年报草稿。");
    scratch.file("old/b.docx", sample());
    // The page of an earlier run lies beside the reports.
    let page = run_in(&scratch.path(), &["lint", "--output", "html=results.html", "a.docx"]);
    assert_eq!(page.status, 1);
    let files = |arguments: &[&str]| {
        let run = run_in(&scratch.path(), &[&["lint", "--format", "json"], arguments].concat());
        let all: Value = serde_json::from_str(&run.out).unwrap();
        let files = all["files"].as_array().unwrap().iter();
        files.map(|f| f["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(files(&["."]), ["./a.docx"]);
    assert_eq!(files(&["README.md", "a.docx"]), ["a.docx"], "a hook names every file");
    assert_eq!(files(&["--isolated", "."]), ["./README.md", "./a.docx", "./old/b.docx"]);
}

#[test]
fn narrow_selectors_win_whatever_their_order() {
    let scratch = with_config("[rules]\nT011 = \"warning\"\nall = \"off\"\nW = \"on\"\nW001 = \"off\"\n");
    assert_eq!(codes(&scratch.path(), &["a.docx"]), ["T011"]);
}

#[test]
fn organs_by_file_name() {
    let zone = "青禾经济开发区";
    let text = std::fs::read_to_string(root().join(fixture("zone-2020.txt"))).unwrap();
    let organ = common::extract(&fixture("zone-2020.txt"))["organ"].as_str().unwrap().to_owned();
    let scratch = Scratch::new();
    // The zone speaks of a town's government as its own, and writes its name in another way.
    let line = format!("五、存在的主要问题及改进情况\n确保镇政府信息及时公开。{zone}将改进。");
    let text = text.replace(&organ, zone).replace("五、存在的主要问题及改进情况", &line);
    scratch.file("zone/a.txt", &text);
    scratch.file("plain/a.txt", &text);
    scratch.file("other/a.txt", &text);
    scratch.file(
        "nianbao.toml",
        "[[organ]]\nfiles = \"zone/**\"\nalso = [\"township\"]\n[[organ]]\nfiles = [\"other/*.txt\"]\nkind = \"department\"\nlevel = \"county\"\n",
    );
    let d001 = |path: &str| codes(&scratch.path(), &["--select", "D001", path]).len();
    assert_eq!(
        (d001("zone/a.txt"), d001("plain/a.txt")),
        (0, 2),
        "a zone that governs a town may say 镇政府"
    );
    let kind = |path: &str| {
        let run = run_in(&scratch.path(), &["extract", path]);
        let all: Value = serde_json::from_str(&run.out).unwrap();
        all[0]["report"]["organ_kind"].as_str().unwrap().to_owned()
    };
    assert_eq!((kind("zone/a.txt").as_str(), kind("other/a.txt").as_str()), ("zone", "department"));
}

#[test]
fn names_that_the_configuration_lists_are_the_organs_own() {
    let text = std::fs::read_to_string(root().join(fixture("zone-2020.txt"))).unwrap();
    let scratch = Scratch::new();
    scratch.file("a.txt", text);
    let names = |config: &str| {
        scratch.file("nianbao.toml", config);
        let run = run_in(&scratch.path(), &["lint", "--format", "json", "--select", "D002", "a.txt"]);
        let all: Value = serde_json::from_str(&run.out).unwrap();
        all["files"][0]["diagnostics"].as_array().unwrap().first().map(|d| {
            let quotes = d["quotes"].as_array().unwrap().iter();
            quotes.map(|q| q["marked"][0].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        })
    };
    let found = names("").expect("the fixture writes its name in several ways");
    let list = |names: &[String]| names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
    assert_eq!(names(&format!("[organ]\naliases = [{}]\n", list(&found))), None);
}

#[test]
fn every_value_says_where_it_comes_from() {
    let scratch = with_config(
        "[organ]\nname = \"青禾县水务局\"\nkind = \"department\"\n\n[rules]\ncell-blank = \"warning\"\nW = \"off\"\n\n[[ignore]]\nrules = [\"T008\"]\nreason = \"旧表\"\n",
    );
    let folder = scratch.path();
    let shown = run_in(&folder, &["show-config", "--warn", "W", "a.docx"]);
    assert_eq!(shown.status, 0, "{}", shown.err);
    insta::assert_snapshot!("show_config", shown.out);
    let json: Value =
        serde_json::from_str(&run_in(&folder, &["show-config", "--json", "--fail-on", "info"]).out).unwrap();
    let schema: Value = serde_json::from_str(&run(&["schema", "show-config"]).out).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json), "{json:#}");
    let of = |key: &str| {
        let found = json.as_array().unwrap().iter().find(|s| s["key"] == key);
        found.unwrap_or_else(|| panic!("{key}: {json:#}")).clone()
    };
    assert_eq!(of("lint.fail-on")["origin"], "command-line");
    assert_eq!(of("lang")["origin"], "default");
    assert_eq!(
        (of("organ.kind")["origin"].as_str(), of("organ.kind")["line"].as_u64()),
        (Some("file"), Some(3))
    );
    assert_eq!(of("rules.W")["line"], 7);
    let isolated = run_in(&folder, &["show-config", "--isolated"]);
    assert!(!isolated.out.contains("青禾县") && isolated.out.contains("命令行"), "{}", isolated.out);
}

#[test]
fn init_writes_a_file_that_works_and_never_overwrites_one() {
    for language in ["zh", "en"] {
        let scratch = Scratch::new();
        scratch.file("a.docx", sample());
        let made = run_in(&scratch.path(), &["--lang", language, "init"]);
        assert_eq!(made.status, 0, "{}", made.err);
        let path = std::path::Path::new(&scratch.path()).join("nianbao.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(codes(&scratch.path(), &["a.docx"]).len(), 5, "it changes nothing by itself");
        let again = run_in(&scratch.path(), &["init"]);
        assert_eq!(again.status, 2);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}

/// What the schema takes the tool takes, and what the tool refuses the schema refuses.
#[test]
fn the_schema_of_the_configuration_is_that_of_the_tool() {
    let schema: Value = serde_json::from_str(&run(&["schema", "config"]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let valid = |config: &str| {
        let table: toml::Table = config.parse().unwrap();
        validator.is_valid(&serde_json::to_value(table).unwrap())
    };
    let init = std::fs::read_to_string(root().join("crates/nianbao/src/config/init.zh.toml")).unwrap();
    let examples: String =
        init.lines().map(|l| l.strip_prefix("#! ").unwrap_or(l)).collect::<Vec<_>>().join("\n");
    assert!(valid(&examples), "{examples}");
    assert!(valid("[organ]\nname = \"甲\"\n") && valid(""));
    for wrong in [
        "[organ]\nnmae = \"甲\"\n",
        "[rules]\nN101 = \"of\"\n",
        "[[ignore]]\nrules = [\"N101\"]\n",
        "[[ignore]]\nrules = [\"N101\"]\nreason = \"\"\n",
        "[organ]\nkind = \"zones\"\n",
    ] {
        assert!(!valid(wrong), "{wrong}");
    }
}

/// The first block of a language in a text that begins with some words.
fn block<'a>(text: &'a str, language: &str, beginning: &str) -> &'a str {
    let start = format!("```{language}\n");
    let blocks = text.split(&start).skip(1).filter_map(|rest| rest.split("```").next());
    blocks.into_iter().find(|b| b.starts_with(beginning)).unwrap()
}

/// From nothing to a gate, command by command as the READMEs print it.
#[test]
fn the_path_of_a_newcomer_works_as_printed() {
    for (readme, language) in [("README.md", "en"), ("README.zh-CN.md", "zh")] {
        let text = std::fs::read_to_string(root().join(readme)).unwrap();
        let scratch = Scratch::new();
        scratch.file("a.docx", sample());
        let folder = scratch.path();
        let lint = |words: &str| {
            let words: Vec<&str> = ["--lang", language].into_iter().chain(words.split_whitespace()).collect();
            let run = run_in(&folder, &words);
            (run.status, run.out)
        };
        let mut statuses = Vec::new();
        for line in block(&text, "sh", "nianbao init").lines() {
            if line.starts_with('#') {
                // What is to be done by hand.
                let path = format!("{folder}/nianbao.toml");
                let config = std::fs::read_to_string(&path).unwrap();
                let named = config.replace("#! baseline =", "baseline =");
                assert_ne!(config, named);
                std::fs::write(path, named).unwrap();
            } else if let Some(command) = line.split('#').next().unwrap().trim().strip_prefix("nianbao ") {
                statuses.push(lint(command).0);
            }
        }
        assert_eq!(statuses, [0, 1, 0, 0], "{readme}");
        assert!(std::fs::read_to_string(format!("{folder}/report.html")).unwrap().ends_with("</html>\n"));
        // A new draft with errors fails, the old one does not.
        scratch.file("b.docx", sample());
        let (status, out) = lint("lint --format concise .");
        assert_eq!((status, out.contains("a.docx"), out.contains("b.docx")), (1, false, true), "{out}");
    }
}

#[test]
fn the_configuration_of_the_readmes_is_one() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root().join(readme)).unwrap();
        let scratch = with_config(block(&text, "toml", "[organ]"));
        let shown = run_in(&scratch.path(), &["show-config"]);
        assert_eq!((shown.status, shown.err.as_str()), (0, ""), "{readme}");
        assert!(shown.out.contains("explanation[1]") && shown.out.contains("ignore[1]"), "{}", shown.out);
    }
}
