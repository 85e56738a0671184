//! Mistakes of real reports, in whole reports of invented organs: each is found, at its severity; what only looks like
//! one is not. And one cause that breaks both arithmetic and text is told once.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nianbao_lint::{Lint, Selection, lint};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::sketch;

fn linted(sketch: &str) -> Lint {
    let report = recognize(&sketch::document(sketch).unwrap(), &Hints::default());
    lint(&report, None, &Selection::default())
}

/// Rules on the text and their severity, in the order of the report.
fn found(sketch: &str) -> Vec<String> {
    let all = linted(sketch).findings;
    let ours = all.iter().filter(|f| f.rule.code.starts_with('X'));
    ours.map(|f| format!("{} {}", f.rule.name, f.severity.id())).collect()
}

#[test]
fn mistakes_of_real_reports() {
    for (sketch, expected) in [
        // A number of documents left over from last year, beside a table that has some.
        (
            "（三）政府信息管理\n2022年，清理存量文件，制定规范性文件0件，现行有效的规范性文件0件。\n| 行政规范性文件 | 本年制发件数 4 | 现行有效件数 32 |",
            &["text-normative-mismatch error", "text-normative-mismatch error"][..],
        ),
        (
            "（一）主动公开\n公开信息6391条，其中动态类1105条、财政类2896条、服务类2004条。",
            &["text-list-sum warning"],
        ),
        ("（二）依申请公开\n共受理政府信息公开申请9件，均依法答复。", &["text-requests-mismatch error"]),
        ("机关：云岭省人民政府\n（三）政府信息管理\n制定规章1件。", &["text-regulation-mismatch error"]),
        (
            "（一）主动公开\n共公开信息42条，其中动态4条、财政29条、人事1条、规划4条、采购1条、其他1条。",
            &["text-list-sum warning"],
        ),
        ("（一）主动公开\n审计公开12条，包括结果公告8条、整改情况8条。", &["text-list-sum warning"]),
        (
            "（二）依申请公开\n收到咨询95件。其中：来电24件，约占26%；来访66件，占69%；来信3件，占3%。",
            &["text-list-sum warning", "text-percent-wrong warning"],
        ),
        (
            "（一）主动公开\n累计发布信息8775条，其中网站5434条、微信1919条、微博1425条。",
            &["text-list-sum warning"],
        ),
        (
            "（一）主动公开\n全年公开政府信息20条。\n（四）政府信息公开平台建设\n依法公开政府信息16条，维护专栏。",
            &["text-self-contradiction warning"],
        ),
        ("（一）主动公开\n公开政府信息260余", &["missing-unit-after-number warning"]),
        ("（一）主动公开\n全年共主动公开条，其中动态类30条。", &["missing-number-before-unit error"]),
        (
            "（三）政府信息管理\n制发规范性文件0件，现行有效的规范性文件。",
            &["missing-number-before-unit error"],
        ),
        (
            "（二）依申请公开\n收到政府信息公开申请19件，已办结18件。\n删去：表三",
            &["carry-over-unexplained warning"],
        ),
        (
            "（二）依申请公开\n政府信息公开行政复议7件，行政诉讼9件，均获维持。\n| 行政复议 | 结果维持 5 | 尚未审结 2 | 总计 7 |\n| 未经复议直接起诉 | 结果维持 8 | 尚未审结 1 | 总计 9 |",
            &["text-disputes-outcome warning"],
        ),
    ] {
        let mut seen = found(sketch);
        seen.sort();
        assert_eq!(seen, expected, "{sketch}");
    }
}

#[test]
fn what_only_looks_like_a_mistake() {
    for sketch in [
        // New ones alone, or with those carried in: both are right.
        "（二）依申请公开\n收到政府信息公开申请11件。",
        "（二）依申请公开\n收到政府信息公开申请12件（其中新收11件，上年结转1件），办结10件，结转下年度2件。",
        // Other verbs, other organs, other matters.
        "（一）主动公开\n公开行政许可信息55条，公示行政处罚决定7件，全市作出行政许可决定8000件。",
        "（二）依申请公开\n受理热线3259件，答复3278件；办结政府信息公开申请10件，8件申请人撤销信访事项。",
        "（二）依申请公开\n予以公开8件，占72.7%；因本机关不掌握等原因无法提供2件，占18%。",
        "（二）依申请公开\n因2022年度申请引发行政诉讼2件，均维持。",
        // A list on several media, and an open one.
        "（一）主动公开\n发布信息96件，其中网站96件、微信96件、公开栏58件。",
        "（一）主动公开\n公开信息100条，主要包括动态30条、财政20条。",
        "六、其他需要报告的事项\n无。\n年份：2020",
    ] {
        assert_eq!(found(sketch), Vec::<String>::new(), "{sketch}");
    }
}

#[test]
fn one_cause_is_told_once_and_the_text_decides() {
    // Row one of natural persons and its total were mistyped together: the balance alone cannot tell which number is
    // wrong; the text says which.
    let sketch =
        "（二）依申请公开\n全年新收政府信息公开申请11件。\n| 一、本年新收政府信息公开申请数量 | 总计 17 |";
    let all = linted(sketch).findings;
    let codes: Vec<&str> = all.iter().map(|f| f.rule.code).collect();
    assert_eq!(codes.len(), 1, "{codes:?}");
    assert!(codes[0].starts_with('N'), "the arithmetic tells it: {codes:?}");
    assert!(all[0].message.zh.contains("与正文“新收政府信息公开申请11件”一致"), "{}", all[0].message.zh);
    assert!(all[0].message.en.contains("as the text has it"), "{}", all[0].message.en);
}

#[test]
fn what_no_rule_compared_is_said_with_its_reason() {
    let sketch = "（一）主动公开\n公开信息30条，检查栏目96个，下半年收到政府信息公开申请3件，网站推送近百件，推文80余篇。";
    let found = linted(sketch);
    let reasons: Vec<&str> = found.coverage.claims.iter().map(|c| c.reason.zh.as_str()).collect();
    for expected in ["看不出是什么的数量", "说的是“下半年”，不是本机关全年"] {
        assert!(reasons.contains(&expected), "{expected}: {reasons:?}");
    }
    // What was compared is not among them.
    let sketch = "（二）依申请公开\n全年新收政府信息公开申请11件。";
    let report = recognize(&sketch::document(sketch).unwrap(), &Hints::default());
    let unreached = lint(&report, None, &Selection::default()).coverage.claims;
    assert!(unreached.iter().all(|c| !report.lines[c.line].text.value.contains("新收")));
}
