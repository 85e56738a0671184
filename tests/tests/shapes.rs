//! Pages as sites print them: their own title and metadata around the report, spaces between characters, other encodings and
//! characters, values in every spelling, pictures and attachments in place of tables.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test fails by panicking")]

mod common;
#[path = "common/pages.rs"]
mod pages;

use common::{Scratch, diagnostics};
use nianbao_schema::CellId;
use nianbao_schema::value::Value;

use pages::{TITLE, exact_in_all, html, page, read, table, this_year, traditional, whole};

fn assert_whole(what: &str, source: &str) {
    let report = read(source);
    assert_eq!(exact_in_all(what, &report), 200, "{what}: {:?}", report.notes);
    assert_eq!((report.year, report.sections.len()), (Some(2023), 6), "{what}");
    assert_eq!(report.organ.unwrap().name, "望澜市水务局", "{what}");
}

/// Spaces between all Chinese characters.
fn spaced(text: &str) -> String {
    let han = |c: char| nianbao_schema::script::is_han(c) || "、（）：".contains(c);
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for (i, c) in chars.iter().enumerate() {
        out.push(*c);
        if han(*c) && chars.get(i + 1).is_some_and(|n| han(*n)) {
            out.push(' ');
        }
    }
    out
}

#[test]
fn spaces_between_characters() {
    let source = whole();
    let body = source.strip_prefix("<html>").unwrap();
    assert_whole("headings and labels", &format!("<html>{}", spaced(body)));
    assert_whole("the year", &source.replace("2023年", " 2023 年 "));
}

#[test]
fn the_frame_of_a_site() {
    let metadata = "<table><tr><td>索 引 号：</td><td>AB010-2/2024-00007</td><td>信息分类：</td><td>年度报告</td></tr>\
        <tr><td>发布机构：</td><td>望澜市水务局</td><td>发文日期：</td><td>2024-01-15</td></tr>\
        <tr><td>名　　称：</td><td colspan=3>望澜市水务局2023年政府信息公开工作年度报告</td></tr>\
        <tr><td>文　　号：</td><td>无〔〕号</td><td>浏览次数：</td><td>312</td></tr></table>";
    let thrice = format!(
        "<title>{TITLE}_望澜市人民政府</title><div>当前位置：首页 &gt; 政府信息公开年报</div>{metadata}<p>{TITLE}</p>\
         <h1>{TITLE}</h1><p>{TITLE}</p><p>发布时间：2024-01-15　来源：市水务局　【字体：大 中 小】</p>"
    );
    let page = whole().replace(&format!("<h1>{TITLE}</h1>"), &thrice);
    assert_whole("title three times", &page);
    let report = read(&page);
    assert!(
        report.notes.iter().any(|n| n.kind == "unknown-table"),
        "the block of metadata is said to be unread"
    );
    let masked = whole().replace("各项工作按要求进行。", "咨询电话057********58。");
    assert_whole("a masked number", &masked);
}

#[test]
fn traditional_characters_in_every_encoding() {
    let source = traditional(&whole());
    assert!(source.contains("報告") && source.contains("總計"));
    assert_whole("UTF-8", &source);
    let (bytes, _, lost) = encoding_rs::BIG5.encode(&source);
    assert!(!lost);
    let declared = [b"<meta charset=big5>".as_slice(), &bytes].concat();
    for (what, bytes) in [("declared", declared), ("not declared", bytes.to_vec())] {
        let document = nianbao_reader::read(&bytes).unwrap();
        assert_eq!(document.encoding, Some("Big5"), "{what}");
        let report = nianbao_recognize::recognize(&document, &nianbao_recognize::Hints::default());
        assert_eq!(exact_in_all(what, &report), 200, "{what}");
        assert!(report.notes.iter().any(|n| n.kind == "traditional-characters"));
    }
    let labels = diagnostics(&Scratch::new().file("page.html", &source));
    assert!(labels.iter().all(|d| d["code"] != "T008" && d["code"] != "T006"), "{labels:#?}");
    // Simplified text is not folded, nor is GB 18030 taken for Big5.
    assert!(read(&whole()).notes.iter().all(|n| n.kind != "traditional-characters"));
    let simple = whole();
    let (bytes, ..) = encoding_rs::GB18030.encode(&simple);
    assert_eq!(nianbao_reader::read(&bytes).unwrap().encoding, Some("gb18030"));
}

#[test]
fn values_in_every_spelling() {
    for (words, expected) in [
        ("22（其中修订16件）", Some("22")),
        ("+2", Some("2")),
        ("-1", Some("-1")),
        ("１２", Some("12")),
        ("1,234", Some("1234")),
        ("<font>20</font><span>23</span>", Some("2023")),
        ("&nbsp;", None),
        ("", None),
        ("/", None),
        ("—", None),
        ("-", None),
    ] {
        let mut cells = this_year();
        let id = CellId::parse("disclosure.regulations.issued").unwrap();
        cells.insert(id, words.to_owned());
        let report = read(&page(&[("disclosure", html(&table("disclosure", &cells)))], true));
        let value = &report.cell(id).unwrap().value;
        assert_eq!(value.number().map(|n| n.to_string()).as_deref(), expected, "{words}: {value:?}");
        assert!(
            expected.is_some() || matches!(value, Value::Blank | Value::NotApplicable),
            "{words}: {value:?}"
        );
    }
    let id = CellId::parse("disclosure.fees.amount").unwrap();
    for (words, expected) in [("251000元", "25.1"), ("3.5万元", "3.5"), ("0.04", "0.04")] {
        let mut cells = this_year();
        cells.insert(id, words.to_owned());
        let report = read(&page(&[("disclosure", html(&table("disclosure", &cells)))], true));
        let number = report.cell(id).unwrap().value.number().unwrap().normalize().to_string();
        assert_eq!(number, expected, "{words}");
    }
}

#[test]
fn pictures_and_attachments_in_place_of_tables() {
    let scratch = Scratch::new();
    let picture = |id| (id, "<p><img src=\"table.png\"></p>".to_owned());
    let pictures = page(&[picture("disclosure"), picture("applications"), picture("review")], true);
    let found = diagnostics(&scratch.file("pictures.html", pictures));
    assert_eq!(found.iter().filter(|d| d["code"] == "T002").count(), 3, "{found:#?}");
    assert!(found.iter().all(|d| d["severity"] != "error"), "{found:#?}");

    let attached =
        format!("<html><h1>{TITLE}</h1><p>详见附件。</p><p><a href=\"a.pdf\">附件：{TITLE}.pdf</a></p>");
    let found = diagnostics(&scratch.file("attached.html", attached));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0]["message"].as_str().unwrap().contains("附件"), "{found:#?}");
}

#[test]
fn several_reports_are_said_by_lint() {
    let one = whole().replace("<html>", "");
    let both = format!("<html>{}{one}", one.replace("2023年", "2022年"));
    let found = diagnostics(&Scratch::new().file("both.html", both));
    let said: Vec<&serde_json::Value> = found.iter().filter(|d| d["code"] == "S018").collect();
    assert_eq!(said.len(), 1, "{found:#?}");
    assert_eq!(
        (said[0]["severity"].as_str(), said[0]["origin"].as_str()),
        (Some("info"), Some("extraction"))
    );
}
