//! Prose of two reports.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nianbao_diff::{Class, Comparison, Ignore, Item, Options, compare};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::report::Report;
use nianbao_schema::sketch;

fn report(sketch: &str) -> Report {
    recognize(&sketch::document(sketch).unwrap(), &Hints::default())
}

fn changed<'c>(comparison: &'c Comparison<'_>) -> Vec<&'c Item> {
    comparison.narrative.items().filter(|i| i.class != Class::Same || i.moved > 0).collect()
}

fn marks(item: &Item) -> (Vec<&str>, Vec<&str>) {
    let of = |place: &Option<nianbao_diff::Place>| -> Vec<String> {
        place.iter().flat_map(|p| p.marks.iter().map(|m| p.text[m.clone()].to_owned())).collect()
    };
    let leak = |all: Vec<String>| -> Vec<&str> { all.into_iter().map(|s| &*s.leak()).collect() };
    (leak(of(&item.old)), leak(of(&item.new)))
}

#[test]
fn one_changed_number_is_the_only_mark() {
    let old = report("年份：2023\n五、存在的主要问题及改进情况\n一是栏目更新慢，抽查36个栏目中有4个超期。");
    let new = report("年份：2023\n五、存在的主要问题及改进情况\n一是栏目更新慢，抽查36个栏目中有14个超期。");
    let comparison = compare(&old, &new, Options::default());
    let all = changed(&comparison);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].class, Class::Numbers);
    assert_eq!(marks(all[0]), (vec!["4个"], vec!["14个"]));
}

#[test]
fn a_moved_paragraph_is_one_move() {
    let paragraph = "制作办事图解十二份，放在服务大厅。另在网站首页设置入口，方便群众查阅。";
    let old = report(&format!(
        "年份：2023\n五、存在的主要问题及改进情况\n{paragraph}\n一是栏目更新慢，需要专人负责。\n二是解读形式少，需要增加图解。"
    ));
    let new = report(&format!(
        "年份：2023\n五、存在的主要问题及改进情况\n一是栏目更新慢，需要专人负责。\n二是解读形式少，需要增加图解。\n{paragraph}"
    ));
    let comparison = compare(&old, &new, Options::default());
    let moves = &comparison.narrative.moves;
    assert_eq!(moves.len(), 1, "{moves:?}");
    assert_eq!((moves[0].from, moves[0].to, moves[0].sentences), ((5, 0), (5, 0), 2));
    assert!(changed(&comparison).iter().all(|i| i.moved == 1 && i.class == Class::Same));
    assert!(!comparison.is_same());
    // To another section.
    let elsewhere = report(&format!(
        "年份：2023\n五、存在的主要问题及改进情况\n一是栏目更新慢，需要专人负责。\n二是解读形式少，需要增加图解。\n六、其他需要报告的事项\n{paragraph}"
    ));
    let comparison = compare(&old, &elsewhere, Options::default());
    let moves = &comparison.narrative.moves;
    assert_eq!((moves.len(), moves[0].from, moves[0].to), (1, (5, 0), (6, 0)));
}

#[test]
fn a_renamed_section_still_pairs() {
    let old = report("年份：2022\n五、存在的主要问题及改进情况\n一是栏目更新慢，需要专人负责。");
    let new = report("年份：2023\n五、存在的问题及改进措施\n一是栏目更新慢，需要专人负责。");
    let comparison = compare(&old, &new, Options::default());
    let section = comparison.narrative.sections.iter().find(|s| s.number == 5).unwrap();
    assert!(section.items.iter().all(|i| i.class == Class::Same), "{section:#?}");
    let headings = &comparison.template.headings;
    assert_eq!(headings.len(), 1);
    assert_eq!(
        (headings[0].section, headings[0].old.as_deref(), headings[0].new.as_deref()),
        (5, Some("五、存在的主要问题及改进情况"), Some("五、存在的问题及改进措施"))
    );
}

#[test]
fn what_is_gone_always_shows() {
    let old =
        report("年份：2023\n五、存在的主要问题及改进情况\n一是甲处需要改进。\n二是乙项尚未完成，需要跟进。");
    let gone = report("年份：2023\n五、存在的主要问题及改进情况\n一是甲处需要改进。");
    let no_section = report("年份：2023\n删去：五");
    for (new, dropped) in [(&gone, 1), (&no_section, 2)] {
        let comparison = compare(&old, new, Options::default());
        let found = changed(&comparison);
        assert_eq!(found.iter().filter(|i| i.class == Class::Dropped).count(), dropped);
        assert!(found.iter().all(|i| i.new.is_none() && i.old.is_some()));
        let back = compare(new, &old, Options::default());
        assert_eq!(back.counts().of(Class::New), dropped);
    }
}

#[test]
fn copied_text_is_counted_without_boilerplate_and_kept_numbers_are_named() {
    let old = report(
        "年份：2022\n五、存在的主要问题及改进情况\n一是抽查36个栏目，更新较慢。\n六、其他需要报告的事项\n2022年未收取信息处理费。",
    );
    let new = report(
        "年份：2023\n五、存在的主要问题及改进情况\n一是抽查36个栏目，更新较慢。\n二是新的问题，需要解决。\n六、其他需要报告的事项\n2023年未收取信息处理费。",
    );
    let comparison = compare(&old, &new, Options::default());
    let section = |n: u8| comparison.narrative.sections.iter().find(|s| s.number == n).unwrap();
    let copied = section(5).copied;
    assert_eq!((copied.same, copied.numbers, copied.all), (15, 0, 27));
    assert_eq!(section(6).copied.all, 0, "what the law prescribes is nobody's copy");
    let kept: Vec<_> = comparison.narrative.items().filter(|i| !i.kept.is_empty()).collect();
    assert!(kept.iter().any(|i| i.kept == ["36个"]), "{kept:?}");
    // Two drafts of one year may well say the same.
    let draft = compare(&new, &new, Options::default());
    assert!(draft.narrative.items().all(|i| i.kept.is_empty()));
}

#[test]
fn what_is_ignored_makes_no_difference() {
    let old = report("年份：2023\n六、其他需要报告的事项\n全年培训 2 次，参加３６人次。");
    let new = report("年份：2023\n六、其他需要报告的事项\n全年培训2次、参加36人次。");
    let with = |ignore| compare(&old, &new, Options { ignore, ..Options::default() }).is_same();
    assert!(!with(Ignore::default()));
    assert!(!with(Ignore { whitespace: true, width: true, punctuation: false }));
    assert!(with(Ignore { whitespace: true, width: true, punctuation: true }));
}

#[test]
fn only_numbers_or_only_text() {
    let old = report("年份：2023\n六、其他需要报告的事项\n全年培训2次。");
    let new = report("年份：2023\n| 行政许可 | 本年处理决定数量 47 |\n六、其他需要报告的事项\n全年培训2次。");
    let same = |numbers, text| compare(&old, &new, Options { numbers, text, ..Options::default() }).is_same();
    assert!(!same(true, true) && !same(true, false) && same(false, true));
}

#[test]
fn section_one_is_paired_by_parts_whatever_they_are_called() {
    let old = report(
        "年份：2022\n一、总体情况\n（一）主动公开\n公开信息36条，按月更新。\n（二）依申请公开\n收到申请2件，均已办结。",
    );
    let new = report(
        "年份：2023\n一、总体情况\n（一）主动公开情况\n公开信息46条，按月更新。\n（二）依申请公开情况\n收到申请3件，均已办结。",
    );
    let comparison = compare(&old, &new, Options::default());
    let section = comparison.narrative.sections.iter().find(|s| s.number == 1).unwrap();
    assert_eq!(section.items.iter().map(|i| i.class).collect::<Vec<_>>(), [Class::Numbers, Class::Numbers]);
    assert_eq!(comparison.template.headings.len(), 2);
}
