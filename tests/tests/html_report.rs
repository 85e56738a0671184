//! The HTML report in a browser. Without Chromium on the machine the tests of behaviour are skipped with a message.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "a test fails by panicking, starts a browser, and says so when there is none"
)]

mod common;

use std::process::Command;

use common::{Scratch, fixture, run};
use serde_json::Value;

/// The report of some files.
fn page(paths: &[&str]) -> String {
    let mut arguments = vec!["lint", "--format", "html"];
    arguments.extend(paths);
    run(&arguments).out
}

#[test]
fn nothing_is_fetched_and_text_stays_text() {
    let scratch = Scratch::new();
    let zone = std::fs::read_to_string(common::root().join(fixture("zone-2020.txt"))).unwrap();
    let evil = zone.replacen(
        "更好的为群众",
        "<script>document.title='ran'</script><img src=x onerror=1>更好的为群众",
        1,
    );
    assert_ne!(zone, evil);
    let html = page(&[&scratch.file("<b>.txt", evil)]);
    assert!(html.contains("&lt;script&gt;document.title=&#39;ran&#39;&lt;/script&gt;"));
    assert_eq!(html.matches("<script").count(), 2, "the data and the program of the page");
    for fetching in
        ["src=", "http-equiv=\"refresh\"", "url(", "@import", "<link", "<iframe", "fetch(", "XMLHttp"]
    {
        assert!(!html.replace("&lt;img src=x", "").contains(fetching), "{fetching}");
    }
    assert!(html.contains("default-src 'none'"));
    if let Some(seen) = browse(&html, "({title: document.title, images: document.images.length})") {
        assert_eq!(seen["title"], "年度报告检查结果");
        assert_eq!(seen["images"], 0);
    }
}

#[test]
fn ids_are_unique_and_every_link_has_its_target() {
    let html =
        page(&[&fixture("sample.docx"), &fixture("zone-2020.txt"), &fixture("clean.docx"), "missing.txt"]);
    let values = |name: &str| -> Vec<String> {
        let start = format!(" {name}=\"");
        html.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = values("id");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    let links = values("href");
    assert!(links.len() > 20);
    for link in links {
        let target = link.strip_prefix('#').unwrap();
        assert!(unique.iter().any(|id| id == target), "{link}");
    }
    assert_eq!(html.matches("class=\"unread\"").count(), 1, "the file that cannot be read is in the index");
    assert!(!html.contains("id=\"f3\""), "the clean file is in the index only");
}

#[test]
fn a_click_on_a_finding_goes_to_its_cell() {
    let html = page(&[&fixture("sample.docx")]);
    let script = "(() => {
        const link = document.querySelector('[data-rule=N101] h3 a');
        link.click();
        const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        const box = target.getBoundingClientRect();
        return {cell: target.id.split('-c-')[1], visible: box.top >= 0 && box.bottom <= innerHeight, hash: location.hash};
    })()";
    let Some(seen) = browse(&html, script) else { return };
    assert_eq!(seen["cell"], "applications.received.natural");
    assert_eq!(seen["visible"], true);
    assert_eq!(seen["hash"], "#f1-c-applications.received.natural");
}

#[test]
fn a_click_on_a_cell_shows_its_identities_with_the_suspect() {
    let html = page(&[&fixture("sample.docx")]);
    let script = "(() => {
        document.getElementById('f1-c-applications.received.natural').click();
        const panel = document.querySelector('.cellpanel');
        const first = panel.innerText;
        const bad = panel.querySelectorAll('summary .bad').length;
        const roots = panel.querySelectorAll(':scope > details').length;
        panel.querySelector('li button').click();
        document.getElementById('f1-c-applications.granted.total').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));
        const second = document.querySelector('.cellpanel h3').innerText;
        const nested = document.querySelectorAll('.cellpanel details details').length;
        document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));
        const about = document.querySelector('[data-rule=N101] details.about');
        about.open = true;
        about.dispatchEvent(new Event('toggle'));
        const rule = about.innerText;
        return {first, bad, roots, second, nested, rule, hidden: panel.hidden, requests: performance.getEntriesByType('resource').length};
    })()";
    let Some(seen) = browse(&html, script) else { return };
    let first = seen["first"].as_str().unwrap();
    assert!(first.contains("▶ 疑应为 21"), "{first}");
    assert!(first.contains("14 ≠ 23"), "{first}");
    assert_eq!((&seen["bad"], &seen["roots"]), (&Value::from(2), &Value::from(2)));
    assert!(seen["second"].as_str().unwrap().starts_with("表三“（一）予以公开 × 总计”：15"), "{seen}");
    assert!(seen["nested"].as_u64().unwrap() >= 1, "a sum unfolds into its parts");
    assert!(seen["rule"].as_str().unwrap().contains("为什么"), "{seen}");
    assert_eq!(seen["hidden"], true);
    assert_eq!(seen["requests"], 0);
}

#[test]
fn the_index_has_organs_down_and_rules_across() {
    let scratch = Scratch::new();
    let sample = std::fs::read(common::root().join(fixture("sample.docx"))).unwrap();
    let clean = std::fs::read(common::root().join(fixture("clean.docx"))).unwrap();
    // The clean file is the first: it is not shown after all when others come.
    scratch.file("a.docx", clean);
    scratch.file("子/乙.docx", &sample);
    scratch.file("子/丙.docx", "");
    let html = page(&[&scratch.path()]);
    assert!(!html.contains("id=\"f1\"") && html.contains("id=\"f3\""));
    let script = "(() => {
        const rows = [...document.querySelectorAll('.matrix tbody tr')].map((r) => [...r.cells].map((c) => c.innerText.replace(/\\s+/g, ' ')));
        const head = [...document.querySelectorAll('.matrix thead th')].map((c) => c.textContent);
        const link = document.querySelector('.matrix td.error.by-rule a');
        link.click();
        document.querySelector('.classes td a').click();
        return {rows, head, link: link.hash, target: document.querySelector(link.hash).dataset.rule, open: document.getElementById('unassessed').open, wide: document.documentElement.scrollWidth <= innerWidth};
    })()";
    let Some(seen) = browse(&html, script) else { return };
    let head = ["机关和文件", "错误", "警告", "提示", "D001", "N101", "T008", "T011", "W001", "规则"];
    assert_eq!(seen["head"], serde_json::json!(head));
    assert_eq!(
        seen["rows"],
        serde_json::json!([
            ["青禾县水务局 2023年度 a.docx", "", "", "", "", "", "", "", "", ""],
            ["子/丙.docx", "无法读取：文件是空的，没有任何内容；请确认选对了文件。"],
            [
                "青禾县水务局 2023年度 子/乙.docx",
                "3",
                "",
                "2",
                "1",
                "1",
                "1",
                "1",
                "1",
                "D001、N101、T008、T011、W001"
            ],
        ])
    );
    assert_eq!((seen["link"].as_str(), seen["target"].as_str()), (Some("#f3-n3"), Some("D001")), "{seen}");
    assert_eq!((&seen["open"], &seen["wide"]), (&Value::from(true), &Value::from(true)));
}

/// What could not be assessed stands in the summary, by class, and leads to the reasons.
#[test]
fn the_summary_says_what_was_not_assessed() {
    let html = page(&[&fixture("sample.docx")]);
    let script = "(() => {
        const rows = [...document.querySelectorAll('.classes tbody tr')].map((r) => [r.cells[0].textContent, r.cells[1].textContent, r.cells[r.cells.length - 1].textContent]);
        const box = document.getElementById('f1-unassessed');
        const before = box.open;
        document.querySelector('.classes td a').click();
        return {rows, before, words: box.textContent};
    })()";
    let Some(seen) = browse(&html, script) else { return };
    assert_eq!(seen["rows"][0], serde_json::json!(["不按时发布", "未能评估", "1"]));
    assert_eq!(seen["before"], false);
    assert!(seen["words"].as_str().unwrap().contains("没有发布日期"), "{seen}");
}

#[test]
fn what_is_explained_is_shown_beside_its_number() {
    let scratch = Scratch::new();
    let report =
        std::fs::read(common::root().join("tests/fixtures/corpus/faulty-in-force-2023.docx")).unwrap();
    let path = scratch.file("a.docx", report);
    let reason = "2023年集中清理，<b>自动失效</b>6件";
    scratch.file(
        "nianbao.toml",
        format!("[[explanation]]\ncell = \"disclosure.normative_documents.in_force\"\nvalue = 2\nreason = \"{reason}\"\n"),
    );
    let html = page(&[&path]);
    assert!(html.contains("2023年集中清理，&lt;b&gt;自动失效&lt;/b&gt;6件"), "{}", run(&["lint", &path]).out);
    assert!(html.contains("slot explained"));
    let markdown = run(&["lint", "--format", "markdown", &path]).out;
    assert!(markdown.contains("已说明：2023年集中清理"), "{markdown}");
    let sarif: Value = serde_json::from_str(&run(&["lint", "--format", "sarif", &path]).out).unwrap();
    assert!(
        sarif["runs"][0]["results"][0]["suppressions"][0]["justification"].as_str().unwrap().contains(reason)
    );
}

#[test]
fn filters_hide_and_count() {
    let html = page(&[&fixture("zone-2020.txt")]);
    let script = "(() => {
        const form = document.querySelector('.filters');
        const shown = () => [...document.querySelectorAll('.finding')].filter((c) => !c.hidden).length;
        const all = shown();
        const info = form.querySelector('[value=info]');
        info.checked = false;
        info.dispatchEvent(new Event('change', {bubbles: true}));
        const without = shown(), words = form.querySelector('output').textContent;
        info.checked = true;
        form.elements.rule.value = 'T008';
        form.elements.rule.dispatchEvent(new Event('change', {bubbles: true}));
        return {all, without, words, rule: shown()};
    })()";
    let Some(seen) = browse(&html, script) else { return };
    assert_eq!(seen, serde_json::json!({"all": 10, "without": 6, "words": "已隐藏 4 条", "rule": 2}));
}

#[test]
fn the_page_is_the_same_every_time_and_english_on_demand() {
    let sample = fixture("sample.docx");
    assert_eq!(page(&[&sample]), page(&[&sample]));
    let english = page(&["--lang", "en", &sample]);
    assert!(english.contains("<html lang=\"en\">") && english.contains("about this rule"));
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
    let probe = format!(
        "<script>addEventListener('load', () => {{ const seen = document.createElement('pre'); seen.id = 'seen'; seen.textContent = 'SEEN' + JSON.stringify({expression}) + 'NEES'; document.body.append(seen); }});</script></body>"
    );
    let (before, after) = html.rsplit_once("</body>").unwrap();
    let file = scratch.file("report.html", format!("{before}{probe}{after}"));
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
