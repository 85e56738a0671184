//! `nianbao diff` and `nianbao trend` as a user runs them.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "a test fails by panicking, reads files, starts a browser, and says so when there is none"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use common::{Run, Scratch, run};
use serde_json::Value;

fn year(file: &str) -> String {
    format!("tests/fixtures/years/{file}")
}

fn diff(old: &str, new: &str, more: &[&str]) -> Run {
    let (old, new) = (year(old), year(new));
    let mut arguments = vec!["diff", &old, &new];
    arguments.extend(more);
    run(&arguments)
}

fn json(old: &str, new: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["--format", "json"];
    arguments.extend(more);
    let done = diff(old, new, &arguments);
    serde_json::from_str(&done.out).unwrap_or_else(|e| panic!("{e}: {done:?}"))
}

fn assert_valid(name: &str, instance: &Value) {
    let schema: Value = serde_json::from_str(&run(&["schema", name]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn side_by_side() {
    let done = diff("2022.docx", "2023.docx", &[]);
    assert_eq!((done.status, done.err.as_str()), (1, ""));
    insta::assert_snapshot!("diff_side", done.out);
    insta::assert_snapshot!("diff_side_en", diff("2022.docx", "2023.docx", &["--lang", "en"]).out);
}

#[test]
fn inline_summary_and_across_the_forms() {
    insta::assert_snapshot!("diff_inline", diff("2020.docx", "2021.html", &["--view", "inline"]).out);
    insta::assert_snapshot!("diff_summary", diff("2021.html", "2022.docx", &["--view", "summary"]).out);
}

#[test]
fn colour_is_added_and_never_needed() {
    let plain = diff("2022.docx", "2023.docx", &["--color", "never"]).out;
    let colour = diff("2022.docx", "2023.docx", &["--color", "always"]).out;
    assert!(colour.contains("\u{1b}[31m【4条】\u{1b}[0m"), "{colour}");
    let mut stripped = String::new();
    let mut rest = colour.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(stripped + rest, plain);
}

#[test]
fn markdown_and_csv() {
    insta::assert_snapshot!("diff_markdown", diff("2022.docx", "2023.docx", &["--format", "markdown"]).out);
    let csv = diff("2022.docx", "2023.docx", &["--format", "csv"]).out;
    assert!(csv.starts_with('\u{feff}') && csv.ends_with("\r\n"));
    insta::assert_snapshot!("diff_csv", csv.replace("\r\n", "\n").trim_start_matches('\u{feff}'));
}

#[test]
fn several_years() {
    let files = [year("2023.docx"), year("2020.docx"), year("2022.docx"), year("2021.html")];
    let with = |more: &[&str]| {
        let mut arguments = vec!["trend"];
        arguments.extend(files.iter().map(String::as_str));
        arguments.extend(more);
        run(&arguments)
    };
    let text = with(&[]);
    assert_eq!(text.status, 1, "the chain breaks in 2023");
    insta::assert_snapshot!("trend", text.out);
    let csv = with(&["--format", "csv"]).out;
    insta::assert_snapshot!("trend_csv", csv.replace("\r\n", "\n").trim_start_matches('\u{feff}'));
    let output: Value = serde_json::from_str(&with(&["--format", "json", "--all"]).out).unwrap();
    assert_valid("trend", &output);
    let received =
        output["metrics"].as_array().unwrap().iter().find(|m| m["cell"] == "applications.received.total");
    let values: Vec<i64> = received.unwrap()["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["value"].as_i64().unwrap())
        .collect();
    assert_eq!(values, [9, 11, 12, 31]);
    let broken: Vec<(u64, &str)> = output["steps"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|s| s["links"].as_array().unwrap().iter().map(move |l| (s["to"].as_u64().unwrap(), l)))
        .filter(|(_, l)| l["status"] == "broken")
        .map(|(to, l)| (to, l["cell"].as_str().unwrap()))
        .collect();
    assert_eq!(broken, [(2023, "applications.carried_in.natural"), (2023, "applications.carried_in.total")]);

    let whole = run(&["trend", &files[1], &files[3], &files[2]]);
    assert_eq!(whole.status, 0, "{}", whole.out);
    let twice = run(&["trend", &files[2], &year("2022-tika.txt")]);
    assert_eq!(twice.status, 2);
    assert!(twice.err.contains("同一年度"), "{}", twice.err);
}

/// A file differs from itself in nothing, whatever its kind; what cannot be read is trouble.
#[test]
fn every_fixture_equals_itself() {
    fn below(folder: &Path, files: &mut Vec<String>) {
        let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                below(&path, files);
            } else {
                files.push(path.strip_prefix(common::root()).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    let mut files = Vec::new();
    for folder in ["reports", "years", "readers"] {
        below(&common::root().join("tests/fixtures").join(folder), &mut files);
    }
    let mut kinds = BTreeSet::new();
    for file in files.iter().filter(|f| !f.ends_with(".py") && !f.ends_with(".cells")) {
        let done = run(&["diff", file, file]);
        if done.status == 2 {
            assert_eq!(run(&["extract", file]).status, 2, "{file}: {done:?}");
            continue;
        }
        assert_eq!(done.status, 0, "{file}: {}", done.out);
        assert!(done.out.contains("结论：没有不同"), "{file}");
        kinds.insert(file.rsplit_once('.').unwrap().1.to_owned());
    }
    for kind in ["docx", "doc", "odt", "fodt", "rtf", "html", "mht", "xlsx", "txt", "md"] {
        assert!(kinds.contains(kind), "{kind} is missing: {kinds:?}");
    }
}

#[test]
fn the_same_report_from_several_programs_is_the_same() {
    for other in ["2022-tika.txt", "2022-libreoffice.doc"] {
        let done = diff("2022.docx", other, &[]);
        assert_eq!(done.status, 0, "{other}: {}", done.out);
        assert_eq!(diff(other, "2022.docx", &[]).status, 0);
    }
}

/// What a program or a site puts around the report is no difference.
#[test]
fn what_stands_around_the_report_is_not_compared() {
    let scratch = Scratch::new();
    let text = std::fs::read_to_string(common::root().join(year("2022-tika.txt"))).unwrap();
    let (title, rest) = text.split_once('\n').unwrap();
    let foot = "主办：松岭县人民政府办公室  浏览次数：37 【打印】【关闭】\n";
    let around = [
        scratch.file("foot.txt", format!("{text}\n{foot}")),
        scratch.file("matter.md", format!("---\ntitle: {title}\n---\n\n{rest}")),
        scratch.file("dashes.txt", format!("{title}\n——————\n{rest}\n| |\n")),
    ];
    for path in around {
        let done = run(&["diff", &year("2022.docx"), &path]);
        assert_eq!(done.status, 0, "{path}: {}", done.out);
    }
}

#[test]
fn what_writes_nothing_in_other_ways_is_folded_and_said() {
    let done = diff("2022.docx", "2023.docx", &["--only", "numbers"]);
    assert!(done.out.contains("0 → 空白 7 格（（五）不予处理·3.要求提供公开出版物）未显示"), "{}", done.out);
    assert!(!done.out.contains("┆   空白 ┆"));
    let all = diff("2022.docx", "2023.docx", &["--only", "numbers", "--all"]).out;
    assert_eq!(all.matches("┆   空白 ┆").count(), 7);
    let counts = &json("2022.docx", "2023.docx", &[])["counts"];
    assert_eq!((&counts["cells"], &counts["cells_in_writing"]), (&35.into(), &7.into()));
}

#[test]
fn old_is_the_earlier_year_and_a_swap_is_said() {
    let (named, swapped) = (json("2022.docx", "2023.docx", &[]), json("2023.docx", "2022.docx", &[]));
    assert_eq!((&named["order"], &swapped["order"]), (&"as-named".into(), &"swapped".into()));
    for key in ["old", "new", "cells", "sections", "links", "rates"] {
        assert_eq!(named[key], swapped[key], "{key}");
    }
    assert_eq!(named["old"]["path"], Value::String(year("2022.docx")));
    for format in ["text", "html", "markdown", "csv"] {
        let said = |old, new| diff(old, new, &["--format", format]).out.contains("先后与年度相反");
        assert!(said("2023.docx", "2022.docx") && !said("2022.docx", "2023.docx"), "{format}");
    }
}

#[test]
fn what_was_left_out_or_ignored_is_said_in_the_header() {
    let numbers = diff("2022.docx", "2023.docx", &["--only", "numbers"]).out;
    assert!(numbers.contains("--only numbers") && !numbers.contains("文字："));
    let text = diff("2022.docx", "2023.docx", &["--only", "text", "--ignore", "width,punctuation"]).out;
    assert!(text.contains("--only text") && !text.contains("表三"));
    assert!(text.contains("忽略全角半角、标点的不同"));
    let output = json("2022.docx", "2023.docx", &["--ignore", "whitespace"]);
    assert_eq!(output["compared"]["ignored"], serde_json::json!(["whitespace"]));
    let all = diff("2022.docx", "2023.docx", &["--all"]).out;
    assert!(!all.contains("未显示") && all.matches('…').count() == 0);
}

#[test]
fn trouble_is_2_and_every_unreadable_file_is_named() {
    let done = run(&["diff", "no-such-a.docx", "no-such-b.docx"]);
    assert_eq!((done.status, done.out.as_str()), (2, ""));
    assert!(done.err.contains("no-such-a.docx") && done.err.contains("no-such-b.docx"));
    assert_eq!(run(&["diff", &year("2022.docx")]).status, 2);
    let trend = run(&["trend", &year("2022.docx"), "no-such.docx"]);
    assert_eq!((trend.status, trend.out.as_str()), (2, ""));
}

#[test]
fn json_fits_its_schema() {
    for (old, new) in [("2020.docx", "2021.html"), ("2022.docx", "2023.docx"), ("2022.docx", "2022-tika.txt")]
    {
        for more in [&[][..], &["--all"][..]] {
            assert_valid("diff", &json(old, new, more));
        }
    }
    let unread = run(&["diff", "--format", "json", &year("2022.docx"), &common::fixture("clean.docx")]);
    assert_valid("diff", &serde_json::from_str(&unread.out).unwrap());
}

/// A cell as a format shows it: what stands for old and new, and the change.
type Shown = BTreeMap<String, (String, String, String)>;

fn key(row: &str, column: &str) -> String {
    format!("{}×{}", row.replace('\\', ""), column.replace('\\', ""))
}

#[test]
fn all_formats_show_the_same_numbers() {
    for (old, new) in [("2022.docx", "2023.docx"), ("2020.docx", "2021.html")] {
        let output = json(old, new, &["--all"]);
        let words = |side: &Value| match side["kind"].as_str().unwrap() {
            "number" => side["value"].to_string(),
            "blank" => "空白".to_owned(),
            "absent" => "无对应项".to_owned(),
            other => panic!("{other}"),
        };
        let from_json: Shown = output["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| {
                let change = c["change"]
                    .as_i64()
                    .map_or(String::new(), |n| if n > 0 { format!("+{n}") } else { n.to_string() });
                let name = key(c["row"].as_str().unwrap(), c["column"].as_str().unwrap());
                (name, (words(&c["old"]), words(&c["new"]), change))
            })
            .collect();
        assert!(from_json.len() > 190);

        let markdown = diff(old, new, &["--all", "--format", "markdown"]).out;
        let rows = markdown.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| ---"));
        let fields =
            rows.map(|l| l.trim_matches('|').split(" | ").map(|f| f.trim().to_owned()).collect::<Vec<_>>());
        let from_markdown: Shown = fields
            .filter(|f| f.len() == 7 && f[0] != "项目")
            .map(|f| (key(&f[0], &f[1]), (f[2].clone(), f[3].clone(), f[4].clone())))
            .collect();
        assert_eq!(from_json, from_markdown);

        let html = diff(old, new, &["--all", "--format", "html"]).out;
        let text = |cell: &str| cell.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
        let from_html: Shown = html
            .lines()
            .filter(|l| l.contains("data-cell="))
            .map(|l| {
                let parts: Vec<String> = l.split("<t").skip(2).map(text).collect();
                (key(&parts[0], &parts[1]), (parts[2].clone(), parts[3].clone(), parts[4].clone()))
            })
            .collect();
        assert_eq!(from_json, from_html);

        // The inline view has one line a cell; wrapped lines are indented further.
        let terminal = diff(old, new, &["--all", "--view", "inline"]).out.replace("\n    ", "");
        // What follows is of the form, not of cells.
        let terminal = terminal.split("格式、标题和标签（不是").next().unwrap();
        let from_terminal: Shown = terminal
            .lines()
            .filter(|l| l.contains('×') && l.contains('→') && l.contains('：') && l.starts_with("  "))
            .map(|l| {
                let (left, rest) = l.trim().split_once('→').unwrap();
                let (name, old) = left.rsplit_once('：').unwrap();
                let (row, column) = name.rsplit_once('×').unwrap();
                let (new, more) = rest.split_once('（').unwrap_or((rest, ""));
                let change = more.split(['，', '）']).next().unwrap();
                let change = if change.starts_with(['+', '-']) { change } else { "" };
                (
                    key(row.trim(), column.trim()),
                    (old.trim().to_owned(), new.trim().to_owned(), change.to_owned()),
                )
            })
            .collect();
        // A change of 0 is not written out there.
        let without_zero: Shown = from_json
            .iter()
            .map(|(k, (a, b, c))| {
                (k.clone(), (a.clone(), b.clone(), if c == "0" { String::new() } else { c.clone() }))
            })
            .collect();
        let missing: Vec<_> = without_zero.iter().filter(|(k, v)| from_terminal.get(*k) != Some(v)).collect();
        assert!(missing.is_empty() && without_zero.len() == from_terminal.len(), "{missing:?}");

        let csv = diff(old, new, &["--all", "--format", "csv"]).out;
        let from_csv: Shown = csv
            .lines()
            .map(|l| l.split(',').collect::<Vec<_>>())
            .filter(|f| f[0] == "单元格")
            .map(|f| (key(f[3], f[4]), (f[5].to_owned(), f[6].to_owned(), f[7].to_owned())))
            .collect();
        assert_eq!(from_json, from_csv);
    }
}

#[test]
fn a_page_fetches_nothing_and_text_stays_text() {
    let scratch = Scratch::new();
    let text = std::fs::read_to_string(common::root().join(year("2022-tika.txt"))).unwrap();
    let evil = text.replacen(
        "改版局网站",
        "<script>document.title='ran'</script><img src=x onerror=1>改版局网站",
        1,
    );
    assert_ne!(text, evil);
    let file = scratch.file("<b>.txt", evil);
    let pages = [
        run(&["diff", "--format", "html", "--all", &year("2021.html"), &file]).out,
        run(&["trend", "--format", "html", &year("2021.html"), &file]).out,
    ];
    assert!(pages[0].contains("&lt;script&gt;document.title=&#39;ran&#39;&lt;/script&gt;"));
    for html in pages {
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>.txt"));
        let fetching = ["src=", "href=", "url(", "@import", "<link", "<iframe", "<object"];
        let shown = html.replace("&lt;img src=x", "");
        fetching.iter().for_each(|f| assert!(!shown.contains(f), "{f}"));
        assert!(html.contains("default-src 'none'"));
    }
}

/// In a browser: what did not change is hidden until the box is ticked, and nothing is asked for outside the file.
#[test]
fn a_page_in_a_browser() {
    let html = diff("2022.docx", "2023.docx", &["--format", "html"]).out;
    let script = "(() => {
        const shown = () => [...document.querySelectorAll('tr')].filter((r) => r.offsetParent !== null).length;
        const before = shown();
        const said = [...document.querySelectorAll('.left-out')].filter((r) => r.offsetParent !== null).length;
        document.getElementById('all').click();
        const sides = [...document.querySelectorAll('.pair tr.numbers')].map((r) => [r.children[1], r.children[2]]);
        return {more: shown() > before + 100, said, left: document.querySelectorAll('.left-out').length,
            level: sides.every(([a, b]) => a.getBoundingClientRect().top === b.getBoundingClientRect().top),
            inside: [...document.querySelectorAll('svg text')].every((t) => t.getBoundingClientRect().left >= t.closest('svg').getBoundingClientRect().left),
            marks: [...document.querySelectorAll('.pair tr.numbers mark')].map((m) => m.textContent),
            charts: document.querySelectorAll('svg').length, requests: performance.getEntriesByType('resource').length};
    })()";
    let Some(seen) = browse(&html, script) else { return };
    assert_eq!(seen["requests"], 0, "{seen}");
    for what in ["more", "level", "inside"] {
        assert_eq!(seen[what], true, "{what}: {seen}");
    }
    assert!(seen["said"].as_u64().unwrap() >= 5, "{seen}");
    assert_eq!(seen["charts"], 3);
    let marks: Vec<&str> = seen["marks"].as_array().unwrap().iter().map(|m| m.as_str().unwrap()).collect();
    assert!(marks.windows(2).any(|m| m == ["4条", "14条"]), "{marks:?}");
}

/// In a browser: a series is drawn, every number of the charts stands in a table as well, and nothing is asked for.
#[test]
fn a_series_in_a_browser() {
    let files = ["2020.docx", "2021.html", "2022.docx", "2023.docx"].map(year);
    let mut arguments = vec!["trend", "--format", "html"];
    arguments.extend(files.iter().map(String::as_str));
    let html = run(&arguments).out;
    let script = "(() => {
        const charts = [...document.querySelectorAll('svg')];
        const inside = (box, all) => all.left >= box.left - 1 && all.right <= box.right + 1;
        return {charts: charts.length, lines: document.querySelectorAll('svg path.line').length,
            inside: charts.every((c) => [...c.querySelectorAll('text')].every((t) => inside(c.getBoundingClientRect(), t.getBoundingClientRect()))),
            received: charts.filter((c) => c.textContent.includes('一、本年新收')).map((c) => [...c.querySelectorAll('circle + text')].map((t) => t.textContent)).flat(),
            broken: document.querySelectorAll('.broken').length, requests: performance.getEntriesByType('resource').length};
    })()";
    let Some(seen) = browse(&html, script) else { return };
    assert_eq!((&seen["requests"], &seen["inside"]), (&0.into(), &true.into()), "{seen}");
    assert_eq!(seen["charts"], seen["lines"]);
    assert_eq!(seen["received"], serde_json::json!(["9", "11", "12", "31"]));
    assert_eq!(seen["broken"], 3, "the chain and two of its columns");
}

/// What an expression gives in the page, or nothing where no browser is.
fn browse(html: &str, expression: &str) -> Option<Value> {
    let browser = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|o| o.status.success()));
    let Some(browser) = browser else {
        eprintln!("skipped: no Chromium on this machine");
        return None;
    };
    let scratch = Scratch::new();
    // The page allows no script of its own; the probe needs the permission taken away.
    let html = html.replacen("default-src 'none'; style-src 'unsafe-inline'", "style-src 'unsafe-inline'", 1);
    let probe = format!(
        "<script>addEventListener('load', () => {{ const seen = document.createElement('pre'); seen.textContent = 'SEEN' + JSON.stringify({expression}) + 'NEES'; document.body.append(seen); }});</script></body>"
    );
    let (before, after) = html.rsplit_once("</body>").unwrap();
    let file = scratch.file("page.html", format!("{before}{probe}{after}"));
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--window-size=1400,900", "--virtual-time-budget=3000", "--dump-dom"])
        .arg(format!("--user-data-dir={}/profile", scratch.path()))
        .arg(format!("file://{file}"))
        .output()
        .unwrap();
    let dom = String::from_utf8(output.stdout).unwrap();
    let seen = dom.rsplit_once("SEEN").and_then(|(_, rest)| rest.split_once("NEES")).map(|(json, _)| json);
    let json = seen
        .unwrap_or_else(|| panic!("{dom}"))
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    Some(serde_json::from_str(&json).unwrap())
}
