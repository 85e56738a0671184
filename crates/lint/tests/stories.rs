//! One story per cause: whatever a mistake breaks, it is one finding that names the cells.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nianbao_lint::{Finding, Selection, lint};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::sketch;

fn findings(sketch: &str) -> Vec<Finding> {
    let report = recognize(&sketch::document(sketch).unwrap(), &Hints::default());
    lint(&report, None, &Selection::default()).findings
}

fn one(sketch: &str) -> Finding {
    let mut all = findings(sketch);
    assert_eq!(all.len(), 1, "{:#?}", all.iter().map(|f| &f.message.zh).collect::<Vec<_>>());
    all.remove(0)
}

/// `cell seen proposed` of the suspects of the first explanation.
fn suspects(finding: &Finding) -> Vec<String> {
    let first = finding.suspects.iter().filter(|s| s.explanation == 1);
    first.map(|s| format!("{} {} {}", s.cell, s.seen, s.proposed.as_deref().unwrap_or("?"))).collect()
}

/// A table in which every column has something.
const BUSY: &str = "| 一、本年新收政府信息公开申请数量 | 自然人 310 | 商业企业 52 | 科研机构 7 | 社会公益组织 4 | 法律服务机构 21 | 其他 6 | 总计 400 |
| 二、上年结转政府信息公开申请数量 | 自然人 14 | 商业企业 3 | 总计 17 |
| （一）予以公开 | 自然人 118 | 商业企业 23 | 科研机构 4 | 社会公益组织 1 | 法律服务机构 9 | 其他 2 | 总计 157 |
| （二）部分公开（区分处理的，只计这一情形，不计其他情形） | 自然人 41 | 商业企业 8 | 科研机构 1 | 法律服务机构 5 | 总计 55 |
| 1.本机关不掌握相关政府信息 | 自然人 96 | 商业企业 14 | 科研机构 2 | 社会公益组织 3 | 法律服务机构 4 | 其他 3 | 总计 122 |
| 1.信访举报投诉类申请 | 自然人 37 | 商业企业 6 | 法律服务机构 1 | 其他 1 | 总计 45 |
| （七）总计 | 自然人 292 | 商业企业 51 | 科研机构 7 | 社会公益组织 4 | 法律服务机构 19 | 其他 6 | 总计 379 |
| 四、结转下年度继续办理 | 自然人 32 | 商业企业 4 | 法律服务机构 2 | 总计 38 |
";

fn busy(change: &str) -> String {
    format!("{BUSY}{change}")
}

#[test]
fn the_busy_table_balances() {
    assert!(findings(BUSY).is_empty());
}

#[test]
fn a_mistyped_number_is_named_with_its_value() {
    let found = one(&busy("| 1.信访举报投诉类申请 | 自然人 73 |"));
    assert_eq!(found.rule.code, "N102", "the first rule whose identity it breaks");
    assert_eq!(suspects(&found), ["applications.rejected.petition.natural 73 37"]);
    assert!(found.message.zh.contains("现为 73，应为 37（相邻两位数字颠倒）"), "{}", found.message.zh);
    assert_eq!(found.identities.len(), 2);
    assert!(found.identities.iter().all(|i| i.after.as_ref().is_some_and(|(l, r)| l == r)));
}

#[test]
fn a_wrong_total_is_named_and_not_its_parts() {
    let found = one(&busy("| （七）总计 | 总计 3790 |"));
    assert_eq!(suspects(&found), ["applications.handled_total.total 3790 379"]);
    assert_eq!(found.identities.len(), 3, "row, results and balance");
}

#[test]
fn the_same_request_in_another_column_is_one_story() {
    let found = one(&busy("| 1.信访举报投诉类申请 | 自然人 36 | 商业企业 7 |"));
    // Which row it is cannot be told: any row that lends one to 自然人 repairs both columns.
    assert!(found.message.zh.contains("同一申请计入了另一列"), "{}", found.message.zh);
    let columns: Vec<&str> =
        found.suspects.iter().filter(|s| s.explanation == 1).map(|s| s.cell.column()).collect();
    assert_eq!(columns, ["natural", "business"]);
}

#[test]
fn a_row_shifted_by_one_column_is_one_story() {
    let found = one(&busy(
        "| 1.本机关不掌握相关政府信息 | 自然人 0 | 商业企业 96 | 科研机构 14 | 社会公益组织 2 | 法律服务机构 3 | 其他 4 |",
    ));
    assert!(found.message.zh.contains("错位"), "{}", found.message.zh);
    assert!(found.cells.iter().any(|c| c.row() == "unavailable.not_held"));
}

#[test]
fn two_wrong_cells_far_apart_are_both_named() {
    let all = findings(&busy("| （一）予以公开 | 自然人 181 |\n| 四、结转下年度继续办理 | 法律服务机构 7 |"));
    let named: Vec<String> = all.iter().flat_map(suspects).collect();
    assert!(named.contains(&"applications.granted.natural 181 118".to_owned()), "{named:?}");
    assert!(named.contains(&"applications.carried_out.legal_service 7 2".to_owned()), "{named:?}");
}

#[test]
fn a_table_in_which_nearly_all_columns_fail_is_one_finding() {
    let found = one(&busy(
        "| （七）总计 | 自然人 601 | 商业企业 888 | 科研机构 350 | 社会公益组织 77 | 法律服务机构 940 | 其他 515 | 总计 5 |",
    ));
    assert!(found.message.zh.contains("各列几乎都不平"), "{}", found.message.zh);
    assert!(!found.suspects.iter().any(|s| s.explanation > 8));
}

#[test]
fn blanks_for_zeros_and_blank_totals_are_no_arithmetic_error() {
    let blank =
        busy("| 1.信访举报投诉类申请 | 科研机构 空 | 社会公益组织 空 |\n| （一）予以公开 | 总计 空 |");
    let codes: Vec<&str> = findings(&blank).iter().map(|f| f.rule.code).collect();
    assert_eq!(codes, ["N105", "T011"]);
}

#[test]
fn the_group_of_a_review_is_certain_and_the_cell_is_not() {
    let found = one("| 行政复议 | 结果维持 3 | 尚未审结 1 | 总计 5 |");
    assert!(found.message.zh.contains("不能唯一确定"), "{}", found.message.zh);
    let cells: std::collections::BTreeSet<&str> = found.suspects.iter().map(|s| s.cell.column()).collect();
    assert!(cells.contains("total") && cells.contains("upheld") && cells.contains("pending"));
}

#[test]
fn a_story_goes_to_the_next_rule_when_its_first_is_off() {
    let report = recognize(&sketch::document(&busy("| （七）总计 | 总计 380 |")).unwrap(), &Hints::default());
    let told = |ignored: &[&str]| -> Vec<&str> {
        let mut selection = Selection::default();
        ignored.iter().for_each(|i| selection.ignore(i).unwrap());
        lint(&report, None, &selection).findings.iter().map(|f| f.rule.code).collect()
    };
    assert_eq!(told(&[]), ["N101"]);
    assert_eq!(told(&["N101"]), ["N102"]);
    assert_eq!(told(&["N101", "N102"]), ["N103"]);
    assert_eq!(told(&["N"]), Vec::<&str>::new());
}
