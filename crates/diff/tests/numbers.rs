//! Tables, rates and the equations between years.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nianbao_diff::{Chain, Comparison, Options, Order, Series, SeriesError, Side, TableDiff, compare, rates};
use nianbao_identities::Status;
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::report::Report;
use nianbao_schema::{CellId, Edition, sketch};

fn report(sketch: &str) -> Report {
    recognize(&sketch::document(sketch).unwrap(), &Hints::default())
}

fn cell(name: &str) -> CellId {
    CellId::parse(name).unwrap()
}

fn changed(comparison: &Comparison<'_>) -> Vec<(String, Side, Side)> {
    let all = comparison.tables.iter().flat_map(TableDiff::changes);
    all.map(|(_, c)| (c.id().to_string(), c.old.clone(), c.new.clone())).collect()
}

#[test]
fn only_what_differs_is_a_change_and_split_rows_count_as_their_sum() {
    let old = report("年份：2020\n| （六）其他处理 | 自然人 3 | 总计 3 |");
    let new = report(
        "年份：2021\n| 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 自然人 2 | 总计 2 |\n| 3.其他 | 自然人 1 | 总计 4 |",
    );
    let comparison = compare(&old, &new, Options::default());
    assert_eq!(
        changed(&comparison),
        [("applications.other.total".to_owned(), Side::Number(3.into()), Side::Number(6.into()))]
    );
    assert!(!comparison.is_same(), "a change of form is a difference too");
    let cells = comparison.tables.iter().flat_map(TableDiff::cells);
    let single: Vec<_> = cells.filter(|(_, c)| !c.comparable()).map(|(_, c)| c).collect();
    // 17 of the 22 cells of the older table 2, 5 of the 10 of the newer one.
    assert_eq!(single.len(), 17 + 5);
    assert!(single.iter().all(|c| !c.differs() && (c.old == Side::Absent) != (c.new == Side::Absent)));
}

#[test]
fn a_blank_a_mark_and_a_zero_are_three_things() {
    let zero = report("年份：2022");
    let blank = report("年份：2023\n| 2.重复申请 | 自然人 空 |");
    let mark = report("年份：2023\n| 2.重复申请 | 自然人 / |");
    let gone = report("年份：2023\n删去：2.重复申请");
    let id = || "applications.rejected.duplicate.natural".to_owned();
    let one = |a, b| changed(&compare(a, b, Options::default())).into_iter().find(|c| c.0 == id());
    assert_eq!(one(&zero, &blank), Some((id(), Side::Number(0.into()), Side::Blank)));
    assert_eq!(one(&zero, &mark), Some((id(), Side::Number(0.into()), Side::NotApplicable)));
    assert_eq!(one(&blank, &mark), Some((id(), Side::Blank, Side::NotApplicable)));
    assert_eq!(one(&zero, &gone), Some((id(), Side::Number(0.into()), Side::Unread)));
    assert_eq!(one(&blank, &blank), None);
}

#[test]
fn nothing_written_in_another_way_and_what_one_file_lacks_are_counted_apart() {
    let zero = report("年份：2022");
    let blank = report("年份：2023\n| 2.重复申请 | 自然人 空 | 商业企业 / |");
    let comparison = compare(&zero, &blank, Options::default());
    let counts = comparison.counts();
    let before = compare(&zero, &report("年份：2023"), Options::default()).counts();
    assert_eq!((counts.cells, counts.writing, counts.unread), (before.cells, 2, 0));
    assert_eq!(counts.equal_cells, before.equal_cells - 2);
    // A blank in place of a number is a change.
    let lost = report("年份：2023\n| （一）予以公开 | 自然人 空 |");
    let counts = compare(&report("年份：2023"), &lost, Options::default()).counts();
    assert_eq!((counts.cells, counts.writing), (1, 0));
    let gone = report("年份：2023\n删去：表四");
    let counts = compare(&report("年份：2023"), &gone, Options::default()).counts();
    assert_eq!((counts.cells, counts.unread), (0, 15));
}

#[test]
fn yuan_in_place_of_ten_thousands_is_pointed_at() {
    let fee = |year: u16, amount: &str| {
        report(&format!("年份：{year}\n| 行政事业性收费 | 本年收费金额（单位：万元） {amount} |"))
    };
    let of = |old: &str, new: &str| {
        let (old, new) = (fee(2022, old), fee(2023, new));
        let comparison = compare(&old, &new, Options::default());
        let mut cells = comparison.tables.iter().flat_map(TableDiff::cells);
        cells.any(|(_, c)| c.unit)
    };
    assert!(of("35.6", "356000") && of("356000", "35.6"));
    assert!(!of("35.6", "356001") && !of("0", "0") && !of("35.6", "35.6"));
}

#[test]
fn a_sum_with_a_blank_says_that_it_is_not_whole() {
    let old = report("年份：2020\n| （六）其他处理 | 自然人 3 |");
    let new = report(
        "年份：2021\n| 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 自然人 3 |\n| 3.其他 | 自然人 空 |",
    );
    let comparison = compare(&old, &new, Options::default());
    let found = changed(&comparison);
    assert_eq!(found[0].2, Side::Partial { sum: 3.into(), open: 1 });
}

#[test]
fn the_table_of_reviews_pairs_by_group_though_its_headers_repeat() {
    let old = report("年份：2022");
    let new = report("年份：2023\n| 复议后起诉 | 结果维持 2 | 总计 2 |");
    let comparison = compare(&old, &new, Options::default());
    let ids: Vec<String> = changed(&comparison).into_iter().map(|c| c.0).collect();
    assert_eq!(ids, ["review.litigation_after_review.upheld", "review.litigation_after_review.total"]);
    let review = comparison.tables.iter().find(|t| t.table.id == "review").unwrap();
    let rows: Vec<&str> = review.rows.iter().map(|r| r.name.zh.as_str()).collect();
    assert_eq!(rows, ["行政复议", "行政诉讼·未经复议直接起诉", "行政诉讼·复议后起诉"]);
    assert!(review.rows.iter().all(|r| r.cells.len() == 5));
}

#[test]
fn rows_and_columns_stand_in_the_order_of_the_form() {
    for (old, new) in [("2022", "2023"), ("2020", "2021"), ("2019", "2020")] {
        let (old, new) = (report(&format!("年份：{old}")), report(&format!("年份：{new}")));
        let comparison = compare(&old, &new, Options::default());
        for table in &comparison.tables {
            let place = |id: CellId| new.form().cells().iter().position(|c| c.id == id);
            let ids: Vec<_> = table
                .rows
                .iter()
                .flat_map(|r| &r.cells)
                .filter_map(|c| c.pair.new.first().copied().and_then(place))
                .collect();
            assert!(ids.is_sorted(), "{}", table.table.id);
        }
    }
}

#[test]
fn the_years_decide_which_report_is_older_and_it_is_said() {
    let (a, b) = (report("年份：2022"), report("年份：2023"));
    let named = compare(&a, &b, Options::default());
    assert_eq!((named.order, named.old.year, named.new.year), (Order::AsNamed, Some(2022), Some(2023)));
    let swapped = compare(&b, &a, Options::default());
    assert_eq!((swapped.order, swapped.old.year, swapped.new.year), (Order::Swapped, Some(2022), Some(2023)));
    assert_eq!(changed(&named), changed(&swapped));
    let twice = compare(&a, &a, Options::default());
    assert!(twice.order == Order::SameYear && twice.is_same() && twice.links.is_none());
    let mut undated = report("年份：2022");
    undated.year = None;
    let unknown = compare(&b, &undated, Options::default());
    assert_eq!((unknown.order, unknown.old.year), (Order::Unknown, Some(2023)));
    assert!(unknown.links.is_none() && unknown.counts().jumps == 0);
}

fn links(old: &Report, new: &Report) -> Vec<(Chain, String, Status)> {
    let comparison = compare(old, new, Options::default());
    let all = comparison.links.unwrap();
    all.into_iter().map(|o| (o.chain, o.cell.to_string(), o.evaluation.status)).collect()
}

#[test]
fn the_flow_of_documents_in_force_is_never_stated_across_the_forms() {
    let carried =
        |links: &[(Chain, String, Status)]| links.iter().filter(|l| l.0 == Chain::CarryOver).count();
    let crossing = links(&report("年份：2020"), &report("年份：2021"));
    assert_eq!((carried(&crossing), crossing.len()), (7, 7));
    let newer = links(&report("年份：2021"), &report("年份：2022"));
    assert_eq!(newer.iter().filter(|l| l.0 == Chain::InForce).count(), 2);
    let older = links(&report("年份：2019"), &report("年份：2020"));
    assert!(older.iter().all(|l| l.0 != Chain::InForce));
    assert!(older.iter().any(|l| l.0 == Chain::Items));
    let far = compare(&report("年份：2021"), &report("年份：2023"), Options::default()).links;
    assert!(far.is_none(), "only neighbouring years are tied");
}

#[test]
fn equations_between_years_hold_break_or_stay_open() {
    let old = report("年份：2022\n| 行政规范性文件 | 现行有效件数 10 |");
    let new = report(
        "年份：2023\n| 二、上年结转政府信息公开申请数量 | 自然人 2 | 商业企业 空 | 总计 3 |\n| 行政规范性文件 | 本年制发件数 3 | 本年废止件数 1 | 现行有效件数 12 |",
    );
    let of = |name: &str, all: &[(Chain, String, Status)]| all.iter().find(|l| l.1 == name).unwrap().2;
    let all = links(&old, &new);
    assert_eq!(of("applications.carried_in.natural", &all), Status::Holds);
    assert_eq!(of("applications.carried_in.business", &all), Status::Holds, "blank, and 0 last year");
    assert_eq!(of("applications.carried_in.total", &all), Status::Violated);
    assert_eq!(of("disclosure.normative_documents.in_force", &all), Status::Holds, "10 + 3 - 1");
    let blank = report("年份：2023\n| 二、上年结转政府信息公开申请数量 | 自然人 空 |");
    assert_eq!(of("applications.carried_in.natural", &links(&old, &blank)), Status::Open);
}

#[test]
fn rates_have_their_formulas_and_no_guess() {
    let of = |text: &str| {
        let report = report(text);
        let all = rates(&report, &report);
        let one = |id: &str| {
            let rate = all.iter().find(|r| r.formula.id == id).unwrap();
            rate.new.map(|s| (s.percent().map(|p| p.to_string()), s.blanks))
        };
        (one("disclosed"), one("carried_over"), one("corrected_review"), one("corrected_litigation"))
    };
    let some = |p: &str| Some((Some(p.to_owned()), false));
    // 8 of 10; 2 of 12; 0 of 1; no case of litigation.
    assert_eq!(of("年份：2023"), (some("80"), some("16.7"), some("0"), Some((None, false))));
    let (disclosed, ..) =
        of("年份：2023\n| （二）部分公开（区分处理的，只计这一情形，不计其他情形） | 总计 空 |");
    assert_eq!(disclosed, Some((Some("80".to_owned()), true)), "blank where the sums leave only 0");
    let (disclosed, ..) = of("年份：2023\n| （一）予以公开 | 总计 空 |");
    assert_eq!(disclosed, None, "blank where the sums need 8");
}

#[test]
fn a_doubling_of_small_counts_is_no_jump() {
    let old = report("年份：2022\n| 行政许可 | 本年处理决定数量 50 |\n| 行政处罚 | 本年处理决定数量 4 |");
    let new = report("年份：2023\n| 行政许可 | 本年处理决定数量 500 |\n| 行政处罚 | 本年处理决定数量 9 |");
    let comparison = compare(&old, &new, Options::default());
    let jumps: Vec<String> = comparison
        .tables
        .iter()
        .flat_map(TableDiff::cells)
        .filter(|(_, c)| c.jump)
        .map(|(_, c)| c.id().to_string())
        .collect();
    assert_eq!(jumps, ["disclosure.licensing.decisions"]);
}

#[test]
fn a_series_is_in_order_and_says_where_its_chain_breaks() {
    let reports = [
        report("年份：2022\n| 二、上年结转政府信息公开申请数量 | 自然人 5 | 总计 5 |"),
        report("年份：2020\n| （六）其他处理 | 自然人 3 | 总计 3 |"),
        report("年份：2021\n| 二、上年结转政府信息公开申请数量 | 自然人 2 | 总计 2 |"),
    ];
    let series = Series::new(&reports.iter().collect::<Vec<_>>()).unwrap();
    assert_eq!((&series.years[..], &series.given[..]), (&[2020, 2021, 2022][..], &[1, 2, 0][..]));
    assert!(series.is_broken() && series.missing().is_empty());
    let broken = |at: usize| {
        let links = series.links[at].as_ref().unwrap();
        links.iter().filter(|o| o.evaluation.status == Status::Violated).count()
    };
    assert_eq!((broken(0), broken(1)), (0, 2));
    let other = series.metrics.iter().find(|m| m.id() == cell("applications.other.total")).unwrap();
    assert_eq!(other.values, [Side::Number(3.into()), Side::Number(0.into()), Side::Number(0.into())]);
    let in_force = series.metrics.iter().find(|m| m.id() == cell("disclosure.regulations.in_force")).unwrap();
    assert_eq!(in_force.values[0], Side::Absent);

    let gap = Series::new(&[&reports[0], &reports[1]]).unwrap();
    assert_eq!((gap.missing(), gap.links[0].is_none()), (vec![2021], true));
    assert_eq!(Series::new(&[&reports[0]]).unwrap_err(), SeriesError::TooFew);
    assert_eq!(
        Series::new(&[&reports[0], &reports[1], &reports[0]]).unwrap_err(),
        SeriesError::SameYear(0, 2)
    );
}

#[test]
fn every_metric_of_a_series_is_one_pair() {
    let reports: Vec<Report> = [2019, 2021].iter().map(|y| report(&format!("年份：{y}"))).collect();
    let series = Series::new(&reports.iter().collect::<Vec<_>>()).unwrap();
    assert_eq!(series.metrics.len(), nianbao_diff::pairs(Edition::E2019, Edition::E2021).len());
}
