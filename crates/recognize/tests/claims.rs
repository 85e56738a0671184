//! The phrases of `schemas/claims.toml`, and what becomes of the numbers of a text.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use nianbao_recognize::{Hints, recognize};
use nianbao_schema::claim::{Amount, Binding, Claim, Digits, Direction, Phrases, Qualifier, Unbound};
use nianbao_schema::report::Report;
use nianbao_schema::sketch;

/// The report of 2023 of a department with one sentence in a part that is about nothing in particular.
fn report(sentence: &str) -> Report {
    in_part("（三）政府信息管理", sentence)
}

fn in_part(part: &str, sentence: &str) -> Report {
    recognize(&sketch::document(&format!("{part}\n{sentence}")).unwrap(), &Hints::default())
}

/// The claims of the sentence only: those of the line that has it.
fn claims(report: &Report, sentence: &str) -> Vec<Claim> {
    report.claims.iter().filter(|c| report.lines[c.line].text.value == sentence).cloned().collect()
}

fn words<'a>(report: &'a Report, claim: &Claim) -> &'a str {
    &report.lines[claim.line].text.value[claim.range.clone()]
}

/// Whether a claim says something of this organ and year.
fn counts(claim: &Claim) -> bool {
    !matches!(
        claim.binding,
        Binding::Unbound(
            Unbound::Scope | Unbound::Hedged | Unbound::Among | Unbound::Unclear | Unbound::Unknown
        )
    )
}

#[test]
fn every_quantity_has_its_examples() {
    let mut wrong = String::new();
    for quantity in &Phrases::get().quantities {
        for marked in &quantity.yes {
            let sentence = marked.replace(['[', ']'], "");
            let from = marked.find('[').unwrap_or_else(|| panic!("{marked} marks no number"));
            let number = &marked[from + 1..marked.find(']').unwrap()];
            let report = report(&sentence);
            let all = claims(&report, &sentence);
            let found = all.iter().any(|c| {
                c.quantity_id() == quantity.id
                    && (counts(c) || quantity.sums.is_empty())
                    && words(&report, c).starts_with(number)
            });
            let edition = quantity.sums.iter().any(|s| {
                s.iter().all(|c| {
                    let id = nianbao_schema::CellId::parse(c).unwrap();
                    report.form().cell(id).is_some()
                })
            });
            let found_elsewhere = !edition && all.iter().any(|c| c.quantity_id() == quantity.id);
            if !found && !found_elsewhere {
                let seen: Vec<_> =
                    all.iter().map(|c| (words(&report, c), c.quantity_id(), &c.scope, &c.binding)).collect();
                let _ = writeln!(wrong, "{}: not found in {marked}: {seen:?}", quantity.id);
            }
        }
        for sentence in &quantity.no {
            let report = report(sentence);
            let all = claims(&report, sentence);
            let found = all.iter().find(|c| c.quantity_id() == quantity.id && counts(c));
            if let Some(found) = found {
                let _ = writeln!(wrong, "{}: found in {sentence}: {}", quantity.id, words(&report, found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Every claim of a sentence in one line: words, quantity, what it is bound to.
fn described(part: &str, sentence: &str) -> Vec<String> {
    let report = in_part(part, sentence);
    let name = |i: usize| words(&report, &report.claims[i]).to_owned();
    let sum = |cells: &Vec<nianbao_schema::CellId>| {
        cells.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(" + ")
    };
    let all = claims(&report, sentence);
    all.iter()
        .map(|c| {
            let mut text = format!("{} {}", words(&report, c), c.quantity_id());
            let _ = match &c.binding {
                Binding::Cells(sums) => {
                    write!(text, " = {}", sums.iter().map(sum).collect::<Vec<_>>().join(" | "))
                }
                Binding::LastYear(sums) => {
                    write!(text, " ~ {}", sums.iter().map(sum).collect::<Vec<_>>().join(" | "))
                }
                Binding::Claims => Ok(()),
                Binding::Unbound(why) => write!(text, " ({})", why.id()),
            };
            if let Some(list) = &c.list {
                let items: Vec<String> = list.items.iter().map(|i| name(*i)).collect();
                let _ = write!(
                    text,
                    " list[{}]{}{}",
                    items.join(" "),
                    if list.is_open { " open" } else { "" },
                    if list.is_media { " media" } else { "" }
                );
            }
            if let Some(share) = &c.share {
                let _ = write!(
                    text,
                    " share of {} in {}",
                    name(share.part),
                    share.whole.map_or("?".to_owned(), name)
                );
            }
            if let Some(of) = c.change_of {
                let _ = write!(text, " change {} of {}", c.direction.unwrap().id(), name(of));
            }
            text
        })
        .collect()
}

const PLAIN: &str = "（三）政府信息管理";
const REQUESTS: &str = "（二）依申请公开";

/// What is bound, without the rest.
fn assert_described(part: &str, sentence: &str, expected: &[&str]) {
    assert_eq!(described(part, sentence), expected, "{sentence}");
}

#[test]
fn a_whole_paragraph_on_requests() {
    assert_described(
        REQUESTS,
        "2023年，全年收到政府信息公开申请12件，其中新收11件，上年结转1件；办结10件，其中予以公开8件，部分公开1件，本机关不掌握相关政府信息1件，结转下年度继续办理2件。被申请行政复议1件，提起行政诉讼0件。",
        &[
            "12件 requests.received = applications.received.total | applications.received.total + applications.carried_in.total list[11件 1件]",
            "11件 requests.new_here = applications.received.total",
            "1件 requests.carried_in = applications.carried_in.total",
            "10件 requests.handled_here = applications.handled_total.total list[8件 1件 1件] open",
            "8件 results.granted = applications.granted.total",
            "1件 results.partial = applications.partial.total",
            "1件 results.unavailable.not_held = applications.unavailable.not_held.total",
            "2件 requests.carried_out = applications.carried_out.total",
            "1件 disputes.reconsideration = review.reconsideration.total",
            "0件 disputes.litigation = review.litigation_direct.total + review.litigation_after_review.total",
        ],
    );
}

#[test]
fn lists_shares_and_changes_are_tied() {
    assert_described(
        PLAIN,
        "全年共发布信息42条，其中机构职能4条、工作动态29条、其他1条，发布图解8条。",
        &[
            "42条  (unknown) list[4条 29条 1条] open",
            "4条  (unknown)",
            "29条  (unknown)",
            "1条  (unknown)",
            "8条  (unknown)",
        ],
    );
    assert_described(
        PLAIN,
        "累计发布信息8775条，其中网站5434条、微信公众号1919条、微博1425条。",
        &[
            "8775条  (unknown) list[5434条 1919条 1425条] media",
            "5434条  (unknown)",
            "1919条  (unknown)",
            "1425条  (unknown)",
        ],
    );
    let shares = described(
        REQUESTS,
        "共收到政府信息公开申请95件。其中：予以公开24件，约占26%；部分公开66件，占69%；无法提供3件，占3%。",
    );
    assert!(shares[0].ends_with("list[24件 66件 3件]"), "{shares:#?}");
    assert_eq!(shares[2], "26% share share of 24件 in 95件");
    assert_eq!(shares[6], "3% share share of 3件 in 95件");
    let compared =
        described(REQUESTS, "共收到申请57件，较上年的50件增长14%；其中网络申请41件、信函申请16件。");
    assert!(compared[0].ends_with("list[41件 16件]"), "{compared:#?}");
    assert!(!compared[1].contains("list"), "last year's number is no sum: {compared:#?}");
    let grown = described(
        PLAIN,
        "全年发布信息98条，比2022年的61条增加37条，增长60.7%；其中政策文件14条，工作动态84条。",
    );
    assert!(!grown[2].contains("list"), "what came on top is no sum: {grown:#?}");
    let nested = described(PLAIN, "全年发布信息98条，其中：规划2条，财政4条（含2022年决算1条），动态92条。");
    assert!(nested[0].ends_with("list[2条 4条 92条]"), "{nested:#?}");
    let rest = described(PLAIN, "全年发布信息98条，其中规划2条，财政4条，其余为工作动态。");
    assert!(rest[0].ends_with("list[2条 4条] open"), "{rest:#?}");
    let changes = described(REQUESTS, "收到政府信息公开申请12件，同比增长20%；办结10件，较上年减少2件。");
    let received =
        "applications.received.total | applications.received.total + applications.carried_in.total";
    assert_eq!(changes[1], format!("20% change ~ {received} change up of 12件"));
    assert_eq!(changes[3], "2件  ~ applications.handled_total.total change down of 10件");
}

#[test]
fn names_dates_ordinals_numbers_of_documents_telephones_and_addresses_are_no_claims() {
    for sentence in [
        "学习党的十九届四中全会精神和二十大精神。",
        "按照《条例》第二十条、国办发〔2021〕30号文件和2021年12月31日的通知。",
        "电话0512-12345678，邮编215000，网址http://www.a1.gov.cn/12件，邮箱a12@b.cn。",
        "12345热线，危及“三安全一稳定”，开展“一件事”，落实“3个清单”。",
        "一是更新不及时，二是解读单一，三是人手不足。",
        "一件一件办，一次性告知，12个月，3个工作日，12部门，第3次，第二批次，1月1日起施行。",
        "2023年度、2023年1月至12月。",
    ] {
        assert_eq!(described(PLAIN, sentence), Vec::<String>::new(), "{sentence}");
    }
    assert_described(PLAIN, "对照国务院部门制定的26个试点领域标准指引。", &["26个  (unknown)"]);
}

#[test]
fn numbers_are_read_as_written() {
    let sentence =
        "公开68余条，近百件，3万余件，约1.2万次，3至5件，2-4份，２０件，十二件，1,234条，33.9%，百分之八十。";
    let report = in_part(PLAIN, sentence);
    let all = claims(&report, sentence);
    let seen: Vec<String> = all
        .iter()
        .map(|c| match c.amount {
            Amount::Exact(n) => {
                format!("{n}{} {}", c.unit, c.hedge.as_deref().unwrap_or("")).trim_end().to_owned()
            }
            Amount::Range(a, b) => format!("{a}–{b}{}", c.unit),
            Amount::All => "all".to_owned(),
        })
        .collect();
    assert_eq!(
        seen,
        ["68条 余", "30000件 余", "12000.0次 约", "3–5件", "2–4份", "20件", "12件", "1234条", "33.9%"]
    );
    assert_eq!(all[5].digits, Digits::Full);
    assert_eq!(all[6].digits, Digits::Han);
    assert_eq!(all[8].decimals, 1);
}

#[test]
fn a_number_of_others_of_one_channel_or_another_time_is_bound_to_nothing() {
    for sentence in [
        "我县共收到政府信息公开申请62件。",
        "全县共受理政府信息公开申请62件（其中上年结转3件），办结60件。",
        "各乡镇收到政府信息公开申请62件。",
        "在线收到政府信息公开申请62件。",
        "上半年收到政府信息公开申请62件。",
        "2021年收到政府信息公开申请62件，本年未收到在线申请。",
        "收到政府信息公开申请60余件。",
        "近三年收到政府信息公开申请62件。",
        "预计收到政府信息公开申请62件。",
    ] {
        let bound: Vec<String> =
            described(REQUESTS, sentence).into_iter().filter(|d| d.contains(" = ")).collect();
        assert_eq!(bound, Vec::<String>::new(), "{sentence}");
    }
    // The same words of the organ itself, and channels that only say how.
    for sentence in [
        "全县受理62件，本机关收到政府信息公开申请5件。",
        "通过当面、邮寄、网络等方式收到政府信息公开申请5件。",
    ] {
        assert!(
            described(REQUESTS, sentence).iter().any(|d| d.starts_with("5件 requests.received =")),
            "{sentence}"
        );
    }
    // A government reports for its area.
    let sketch = "机关：青禾县人民政府\n（二）依申请公开\n全县收到政府信息公开申请62件。";
    let report = recognize(&sketch::document(sketch).unwrap(), &Hints::default());
    assert!(report.claims.iter().any(|c| c.quantity_id() == "requests.received" && counts(c)));
}

#[test]
fn a_year_left_over_from_last_year_is_a_slip_and_a_comparison_is_none() {
    let bound = |s: &str| described(REQUESTS, s).iter().filter(|d| d.contains(" = ")).count();
    assert_eq!(bound("2022年，我局收到政府信息公开申请5件。"), 1);
    assert_eq!(bound("2022年收到政府信息公开申请5件，2023年收到政府信息公开申请8件。"), 1);
    assert_eq!(bound("2022年收到政府信息公开申请5件，较上年增加2件。"), 0);
}

#[test]
fn qualifiers_and_problems() {
    let sentence = "共收到政府信息公开申请54件（含上年度结转6件），其中，网站申请30件。";
    let all = claims(&in_part(REQUESTS, sentence), sentence);
    assert_eq!(all[0].qualifiers, [Qualifier::WithCarriedIn]);
    let sketch = "五、存在的主要问题及改进情况\n收到政府信息公开申请5件，办理质量有待提高。";
    let report = recognize(&sketch::document(sketch).unwrap(), &Hints::default());
    let claim = report.claims.iter().find(|c| c.quantity_id() == "requests.received").unwrap();
    assert_eq!(claim.binding, Binding::Unbound(Unbound::Unclear));
    assert_eq!(claim.direction, None::<Direction>);
}

#[test]
fn long_lines_take_linear_time() {
    // A line of 80 000 characters in one clause after the other, and one of a single clause.
    let line = "收到政府信息公开申请12件，其中新收11件".repeat(4_000);
    let report = in_part(REQUESTS, &line);
    assert_eq!(report.claims.iter().filter(|c| c.unit == "件").count(), 8_000);
    let line = "收到12件".repeat(10_000);
    assert_eq!(in_part(REQUESTS, &line).claims.iter().filter(|c| c.unit == "件").count(), 10_000);
}
