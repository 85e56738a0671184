//! Sentences as clerks write them, all right, each in a whole report: no rule has an error or a warning to tell.
//!
//! `right_sentences.txt` has one sketch a block. Add a sentence here whenever a right report was accused.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nianbao_lint::{Selection, Severity, lint};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::sketch;

/// The numbers that the sentences speak of.
const TABLES: &str = "\
| 行政规范性文件 | 本年制发件数 3 | 本年废止件数 1 | 现行有效件数 9 |
| 行政强制 | 本年处理决定数量 1 |
| 一、本年新收政府信息公开申请数量 | 自然人 9 | 商业企业 3 | 总计 12 |
| 二、上年结转政府信息公开申请数量 | 自然人 2 | 总计 2 |
| （一）予以公开 | 自然人 5 | 商业企业 1 | 总计 6 |
| （二）部分公开（区分处理的，只计这一情形，不计其他情形） | 自然人 1 | 总计 1 |
| 4.保护第三方合法权益 | 自然人 1 | 商业企业 1 | 总计 2 |
| 1.本机关不掌握相关政府信息 | 自然人 2 | 商业企业 1 | 总计 3 |
| 1.信访举报投诉类申请 | 自然人 1 | 总计 1 |
| （七）总计 | 自然人 10 | 商业企业 3 | 总计 13 |
| 四、结转下年度继续办理 | 自然人 1 | 商业企业 0 | 总计 1 |
| 行政复议 | 结果维持 1 | 尚未审结 1 | 总计 2 |
| 未经复议直接起诉 | 结果维持 1 | 总计 1 |
";

#[test]
fn the_tables_are_those_that_the_sentences_speak_of() {
    for (wrong, code) in [
        ("收到政府信息公开申请21件。", "X001"),
        ("答复13件申请后，因信息公开引发行政复议3件、行政诉讼1件。", "X008"),
    ] {
        let sketch = format!("机关：青禾县水利局\n年份：2023\n（二）依申请公开\n{wrong}\n{TABLES}");
        let report = recognize(&sketch::document(&sketch).unwrap(), &Hints::default());
        let found = lint(&report, None, &Selection::default()).findings;
        assert_eq!(found.iter().map(|f| f.rule.code).collect::<Vec<_>>(), [code], "{wrong}");
    }
}

#[test]
fn right_sentences_are_left_alone() {
    let blocks: Vec<&str> = include_str!("right_sentences.txt").split("\n\n").collect();
    assert!(blocks.len() > 120, "{}", blocks.len());
    let mut wrong = Vec::new();
    for block in blocks {
        let base = if block.contains("机关：") { "" } else { "机关：青禾县水利局\n" };
        let year = if block.contains("年份：") { "" } else { "年份：2023\n" };
        let sketch = format!("{base}{year}{block}\n{TABLES}");
        let report = recognize(&sketch::document(&sketch).unwrap(), &Hints::default());
        let lint = lint(&report, None, &Selection::default());
        let told = lint.findings.iter().filter(|f| f.severity != Severity::Info);
        wrong.extend(told.map(|f| format!("{block}\n  {} {}", f.rule.code, f.message.zh)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
