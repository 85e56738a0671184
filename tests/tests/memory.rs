//! Suppressions, explanations, baseline: what a run is told to keep quiet about.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use common::{Run, Scratch, fixture, root, run, run_in};
use serde_json::Value;

/// A report as text, with one finding: 的 for 地.
fn text() -> String {
    std::fs::read_to_string(root().join(fixture("zone-2020.txt"))).unwrap()
}

fn lint(folder: &str, arguments: &[&str]) -> (Value, Run) {
    let mut all = vec!["lint", "--format", "json"];
    all.extend(arguments);
    let run = run_in(folder, &all);
    let json = serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {run:?}"));
    (json, run)
}

/// The open findings of all files as `PATH CODE`.
fn open(json: &Value) -> Vec<String> {
    let files = json["files"].as_array().unwrap().iter();
    files
        .flat_map(|f| {
            let path = f["path"].as_str().unwrap().to_owned();
            let all = f["diagnostics"].as_array().cloned().unwrap_or_default();
            all.into_iter().map(move |d| format!("{path} {}", d["code"].as_str().unwrap()))
        })
        .collect()
}

fn with_config(config: &str) -> Scratch {
    let scratch = Scratch::new();
    scratch.file("a.txt", text());
    scratch.file("nianbao.toml", config);
    scratch
}

fn codes(scratch: &Scratch, arguments: &[&str]) -> Vec<String> {
    open(&lint(&scratch.path(), arguments).0)
}

const ALL: usize = 10;

#[test]
fn a_baseline_tells_new_findings_from_known_ones() {
    let scratch = Scratch::new();
    let folder = scratch.path();
    scratch.file("a.txt", text());
    let written = run_in(&folder, &["baseline", "write", "a.txt"]);
    assert_eq!(written.status, 0, "{}", written.err);
    let against = || lint(&folder, &["--baseline", "nianbao-baseline.json", "a.txt"]);
    let (json, run) = against();
    assert_eq!((open(&json).len(), run.status), (0, 0), "all is known: {json:#}");
    assert_eq!(
        (json["summary"]["known"].as_u64(), json["summary"]["errors"].as_u64()),
        (Some(ALL as u64), Some(0))
    );
    assert_eq!(json["files"][0]["closed"].as_array().unwrap().len(), ALL);

    // Paragraphs put in above, in every section, change no fingerprint.
    let above = text()
        .replace("\n五、", "\n此处新增一段说明文字。\n又增一段。\n五、")
        .replace("\n一、", "\n本报告按照要求编制。\n一、");
    assert_ne!(above, text());
    scratch.file("a.txt", &above);
    assert_eq!(open(&against().0), Vec::<String>::new());

    // One number of a table edited: one new finding, nothing else.
    scratch.file("a.txt", number_edited(&above));
    let (json, run) = against();
    assert_eq!(open(&json), ["a.txt N101"], "{json:#}");
    assert_eq!(
        (json["summary"]["known"].as_u64(), json["summary"]["fixed"].as_u64()),
        (Some(ALL as u64), Some(0))
    );
    assert_eq!(run.status, 1);

    // Some findings mended: they count as fixed, and pruning drops them and nothing else.
    let mended = above.replace("国家机密", "国家秘密");
    assert_ne!(mended, above);
    scratch.file("a.txt", &mended);
    let (json, _) = against();
    let fixed = json["summary"]["fixed"].as_u64().unwrap();
    assert!(fixed >= 1 && open(&json).is_empty(), "{json:#}");
    assert_eq!(json["summary"]["known"].as_u64(), Some(ALL as u64 - fixed));
    // A run of other rules knows nothing of those.
    let (json, _) = lint(&folder, &["--baseline", "nianbao-baseline.json", "--select", "W", "a.txt"]);
    assert_eq!(json["summary"]["fixed"], 0);
    let other = run_in(&folder, &["baseline", "prune", "--select", "W", "a.txt"]);
    assert!(other.out.contains("已改正的 0 个"), "{}", other.out);
    let pruned = run_in(&folder, &["baseline", "prune", "a.txt"]);
    assert!(
        pruned.out.contains(&format!("去掉已改正的 {fixed} 个，留下 {} 个", ALL as u64 - fixed)),
        "{}",
        pruned.out
    );
    let (json, _) = against();
    assert_eq!(
        (json["summary"]["fixed"].as_u64(), json["summary"]["known"].as_u64()),
        (Some(0), Some(ALL as u64 - fixed))
    );
    // What was mended and comes back is new.
    scratch.file("a.txt", &above);
    assert_eq!(open(&against().0).len() as u64, fixed);
}

/// The report with one number of table three changed.
fn number_edited(text: &str) -> String {
    let at = text.find("一、本年新收政府信息公开申请数量").unwrap();
    let (head, tail) = text.split_at(at);
    let cell = tail.find("\t0").unwrap();
    format!("{head}{}\t3{}", &tail[..cell], &tail[cell + 2..])
}

#[test]
fn another_number_in_a_known_wrong_cell_is_a_new_finding() {
    let scratch = Scratch::new();
    let folder = scratch.path();
    scratch.file("a.txt", number_edited(&text()));
    run_in(&folder, &["baseline", "write", "--select", "N", "a.txt"]);
    let against = || {
        let (json, _) = lint(&folder, &["--baseline", "nianbao-baseline.json", "--select", "N", "a.txt"]);
        (
            open(&json).len(),
            json["summary"]["known"].as_u64().unwrap(),
            json["summary"]["fixed"].as_u64().unwrap(),
        )
    };
    assert_eq!(against(), (0, 1, 0));
    scratch.file("a.txt", number_edited(&text()).replacen("\t3", "\t4", 1));
    assert_eq!(against(), (1, 0, 1));
}

#[test]
fn a_baseline_has_paths_from_its_own_folder_and_forgets_files_that_are_gone() {
    let scratch = Scratch::new();
    let folder = scratch.path();
    scratch.file("x/a.txt", text());
    scratch.file("y/b.txt", text());
    scratch.file("nianbao.toml", "[lint]\nbaseline = \"memory/known.json\"\n");
    scratch.file("memory/readme.txt", "");
    let missing = run_in(&folder, &["lint", "x"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("没有这个基线文件"), "{}", missing.err);
    run_in(&folder, &["baseline", "write", "x", "y"]);
    let known = std::fs::read_to_string(std::path::Path::new(&folder).join("memory/known.json")).unwrap();
    let known: Value = serde_json::from_str(&known).unwrap();
    assert_eq!(known["files"].as_object().unwrap().keys().collect::<Vec<_>>(), ["../x/a.txt", "../y/b.txt"]);
    let schema: Value = serde_json::from_str(&run(&["schema", "baseline"]).out).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&known));
    // From another folder, by another way to the same file.
    let from_x = run_in(&format!("{folder}/x"), &["lint", "../y/b.txt", "a.txt"]);
    assert_eq!(from_x.status, 0, "{}", from_x.out);
    std::fs::remove_file(format!("{folder}/y/b.txt")).unwrap();
    let pruned = run_in(&folder, &["baseline", "prune", "x"]);
    assert!(pruned.out.contains(&format!("去掉已改正的 {ALL} 个，留下 {ALL} 个")), "{}", pruned.out);
}

#[test]
fn suppressions_close_what_they_name_and_nothing_else() {
    let silence = |entry: &str| {
        let scratch = with_config(&format!("[[ignore]]\n{entry}\nreason = \"已经请示\"\n"));
        let (json, _) = lint(&scratch.path(), &["a.txt"]);
        let closed = json["files"][0]["closed"].as_array().cloned().unwrap_or_default();
        for c in &closed {
            assert_eq!((c["by"].as_str(), c["reason"].as_str()), (Some("suppression"), Some("已经请示")));
            assert_eq!(c["origin"].as_str(), Some("nianbao.toml:1"));
        }
        assert_eq!(closed.len() + open(&json).len(), ALL, "nothing is lost");
        closed.iter().map(|c| c["diagnostic"]["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all_of = |letter: char| {
        let (json, _) =
            lint(&root().to_string_lossy(), &["--select", &letter.to_string(), &fixture("zone-2020.txt")]);
        open(&json).len()
    };
    assert_eq!(silence("rules = [\"W\"]").len(), all_of('W'));
    assert_eq!(silence("rules = [\"all\"]\nfiles = \"b*.txt\""), Vec::<String>::new());
    assert_eq!(silence("rules = [\"all\"]\nfiles = [\"b*.txt\", \"*.txt\"]").len(), ALL);
    assert_eq!(silence("rules = [\"all\"]\nsentence = \"这些字哪里都没有\""), Vec::<String>::new());
    assert_eq!(silence("rules = [\"all\"]\ncell = \"review\""), Vec::<String>::new());
    let section_one = silence("rules = [\"all\"]\nsection = 1");
    assert!(!section_one.is_empty() && section_one.len() < ALL, "{section_one:?}");
    // By words of the sentence, whatever their width.
    assert_eq!(silence("rules = [\"de-particle\"]\nsentence = \"更好的\"").len(), 1);
}

#[test]
fn suppressions_by_cell_row_and_table() {
    let closed = |cell: &str| {
        let scratch = Scratch::new();
        scratch.file("a.txt", number_edited(&text()));
        scratch.file(
            "nianbao.toml",
            format!("[[ignore]]\nrules = [\"N\"]\ncell = \"{cell}\"\nreason = \"甲\"\n"),
        );
        let (json, _) = lint(&scratch.path(), &["--select", "N", "a.txt"]);
        json["summary"]["suppressed"].as_u64().unwrap()
    };
    assert_eq!(closed("applications.received"), 1);
    assert_eq!(closed("applications"), 1);
    assert_eq!(closed("applications.granted"), 0);
    assert_eq!(closed("review"), 0);
}

#[test]
fn a_suppression_without_reason_is_refused() {
    for entry in ["", "reason = \"\"\n", "reason = \"　\"\n"] {
        let scratch = with_config(&format!("[[ignore]]\nrules = [\"W\"]\n{entry}"));
        let run = run_in(&scratch.path(), &["lint", "a.txt"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""));
        assert!(run.err.contains("reason") && run.err.contains("理由"), "{}", run.err);
    }
}

#[test]
fn unused_suppressions_are_findings_where_all_was_checked() {
    let unused = "[[ignore]]\nrules = [\"cell-negative\"]\nreason = \"甲\"\n";
    let scratch = with_config(unused);
    let m = |arguments: &[&str]| {
        codes(&scratch, arguments).into_iter().filter(|c| c.contains(" M")).collect::<Vec<_>>()
    };
    assert_eq!(m(&["."]), ["nianbao.toml M001"]);
    assert_eq!(m(&["a.txt"]), Vec::<String>::new(), "another file may need it");
    assert_eq!(m(&[".", "--select", "W"]), Vec::<String>::new(), "its rule did not run");
    assert_eq!(m(&[".", "--ignore", "M001"]), Vec::<String>::new());
    let failing = run_in(&scratch.path(), &["lint", "--select", "T014,M", "--error", "M", "."]);
    assert_eq!(failing.status, 1);
    assert!(failing.out.contains("豁免没有用到") && failing.out.contains("共 1 个文件"), "{}", failing.out);

    scratch.file("nianbao.toml", unused.replace("reason", "files = \"a.txt\"\nreason"));
    assert_eq!(m(&["a.txt"]), ["nianbao.toml M001"], "all that it names was checked");
    scratch.file("nianbao.toml", unused.replace("cell-negative", "de-particle"));
    assert_eq!(m(&["."]), Vec::<String>::new(), "it is used");
}

#[test]
fn suppressions_expire_by_report_year_or_day() {
    let found = |until: &str, today: &str| {
        let scratch = with_config(&format!(
            "[[ignore]]\nrules = [\"de-particle\"]\nreason = \"甲\"\nuntil = {until}\n"
        ));
        let all = codes(&scratch, &["--select", "W001,M", "--today", today, "a.txt"]);
        all.iter().map(|c| c.trim_start_matches("a.txt ").to_owned()).collect::<Vec<_>>()
    };
    // The report is of 2020.
    assert_eq!(found("2020", "2030-01-01"), Vec::<String>::new());
    assert_eq!(found("2019", "2010-01-01"), ["M002", "W001"]);
    assert_eq!(found("2024-03-31", "2024-03-31"), Vec::<String>::new());
    assert_eq!(found("\"2024-03-31\"", "2024-04-01"), ["M002", "W001"]);
}

#[test]
fn explanations_close_surprising_numbers_and_break_when_the_number_changes() {
    let scratch = Scratch::new();
    scratch.file("a.txt", number_edited(&text()));
    let explained = |value: &str, more: &str| {
        scratch.file(
            "nianbao.toml",
            format!("[[explanation]]\ncell = \"applications.received.natural\"\nvalue = {value}\nreason = \"登记台账可查\"\n{more}"),
        );
        let (json, run) = lint(&scratch.path(), &["--select", "N,M", "a.txt"]);
        (open(&json), json["summary"]["explained"].as_u64().unwrap(), run.status)
    };
    // What breaks an equation is wrong however good the reason …
    assert_eq!(explained("3", ""), (vec!["a.txt N101".to_owned()], 0, 1));
    // … unless the rule is named.
    assert_eq!(explained("3", "rules = [\"N101\"]\n"), (vec![], 1, 0));
    let full = run_in(&scratch.path(), &["lint", "--select", "N,M", "a.txt"]);
    assert!(
        full.out.contains("已说明 N101") && full.out.contains("说明：登记台账可查（nianbao.toml:1）"),
        "{}",
        full.out
    );
    assert!(full.out.contains("另有已说明 1 个"), "{}", full.out);
    // Another number, another year.
    let (mut codes, closed, _) = explained("4", "rules = [\"N101\"]\n");
    codes.sort();
    assert_eq!((codes, closed), (vec!["a.txt M003".to_owned(), "a.txt N101".to_owned()], 0));
    assert_eq!(explained("4", "year = 2021\nrules = [\"N101\"]\n").0, ["a.txt N101"]);
    assert_eq!(explained("3", "year = 2020\nrules = [\"N101\"]\n").1, 1);
}

/// The configurations in the documentation of the rules about the lint itself do what it says.
#[test]
fn the_examples_of_the_rules_about_the_lint_hold() {
    let folder = root().join("crates/lint/src/rules/meta");
    let mut checked = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let code = source.split("code: \"").nth(1).unwrap()[..4].to_owned();
        let docs: String = source
            .lines()
            .filter_map(|l| l.trim_start().strip_prefix("///"))
            .fold(String::new(), |s, l| s + l.trim() + "\n");
        for (i, block) in docs.split("```").enumerate().filter(|(i, _)| i % 2 == 1) {
            let (bad, config) = block.split_once('\n').unwrap();
            let bad = match bad {
                "toml,bad" => true,
                "toml,good" => false,
                other => panic!("{code} {i}: {other}"),
            };
            let scratch = Scratch::new();
            // 2023, with 更好的为群众 and without a blank cell.
            let sample = if code == "M001" && bad { "clean.docx" } else { "sample.docx" };
            scratch.file("a.docx", std::fs::read(root().join(fixture(sample))).unwrap());
            let value = common::cells(&common::extract(&fixture(sample)))["disclosure.licensing.decisions"]
                .to_string();
            scratch.file("nianbao.toml", config.replace("value = 120", &format!("value = {value}")));
            let found = codes(&scratch, &["."]);
            let own = found.iter().filter(|f| f.ends_with(&code)).count();
            assert_eq!(own, usize::from(bad), "{code}\n{config}\n{found:?}");
            checked += 1;
        }
    }
    assert_eq!(checked, 6);
}
