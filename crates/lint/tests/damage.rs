//! What a conversion has damaged is said once and never blamed on the author.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nianbao_lint::{Lint, Origin, Outcome, Selection, lint};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::sketch;

fn checked(sketch: &str) -> Lint {
    lint(&recognize(&sketch::document(sketch).unwrap(), &Hints::default()), None, &Selection::default())
}

fn codes(lint: &Lint) -> Vec<&str> {
    lint.findings.iter().map(|f| f.rule.code).collect()
}

#[test]
fn one_finding_for_all_damaged_words_which_no_other_rule_blames() {
    for preamble in [
        "本报告所列数据的统计期限为202311日至20231231日。",
        "本报告所列数据的统计期限为20231月1日到12月31日。",
        "本报告所列数据的统计期限为20231月1日起至202312月31日止。",
        "本报告所列数据的统计期限为2023年11日至2023年1231日。",
        "本报告按照某办函〔202130号编制，于202419日公布。",
    ] {
        let found = checked(preamble);
        assert_eq!(codes(&found), ["D050"], "{preamble}: {:#?}", found.findings);
        assert_eq!(found.findings[0].origin, Origin::Extraction);
        assert!(!found.findings[0].evidence.is_empty(), "the proof");
    }
}

#[test]
fn the_author_is_still_blamed_for_what_the_author_wrote() {
    let found = checked("本报告所列数据的统计期限为2022年1月1日至2022年12月31日，2024年19日公布。");
    assert_eq!(codes(&found), ["D004", "D050"], "{:#?}", found.findings);
}

#[test]
fn glued_cells_are_no_words_of_the_author() {
    let glued = "| 行政规范性文件 | 本年制发件数 3　0　12 | 本年废止件数 空 | 现行有效件数 空 |";
    let found = checked(glued);
    assert_eq!(codes(&found), ["T050"], "{:#?}", found.findings);
    let t013 = found.outcomes.iter().find(|(m, _)| m.code == "T013").unwrap();
    assert_eq!(t013.1, Outcome::Passed, "what is excused does not count as found");
    // The numbers and the blanks must fit each other.
    for (row, expected) in [
        ("| 行政规范性文件 | 本年制发件数 3　0 | 本年废止件数 空 | 现行有效件数 空 |", "T013"),
        ("| 行政规范性文件 | 本年制发件数 3　0 | 本年废止件数 0 | 现行有效件数 12 |", "T013"),
        ("| 行政规范性文件 | 本年制发件数 约3　0 | 本年废止件数 空 | 现行有效件数 0 |", "T013"),
    ] {
        let found = checked(row);
        assert!(codes(&found).contains(&expected) && !codes(&found).contains(&"T050"), "{row}");
    }
    let found = checked("| 行政规范性文件 | 本年制发件数 空 | 本年废止件数 3　0 | 现行有效件数 12 |");
    assert_eq!(codes(&found), ["T050"], "the blank may stand before it");
}

#[test]
fn a_label_that_lost_its_end_is_no_misspelling() {
    let found = checked("年份：2020\n| 本年增/减 → 本年增/ |\n六、其他需要报告的事项\n无。");
    assert_eq!(codes(&found), ["T050"], "{:#?}", found.findings);
    let found = checked("年份：2020\n| 本年增/减 → 本年增\\减 |\n六、其他需要报告的事项\n无。");
    assert!(!codes(&found).contains(&"T050"));
}
