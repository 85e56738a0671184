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
fn a_fifth_section_in_words_of_its_own_still_pairs() {
    let old = report("年份：2022\n五、存在的主要问题及改进情况\n一是栏目更新慢，需要专人负责。");
    for heading in ["五、工作中的不足与下一年打算", "五、今后努力方向"] {
        let new = report(&format!(
            "年份：2023\n| 五、存在的主要问题及改进情况 → {heading} |\n五、存在的主要问题及改进情况\n一是栏目更新慢，需要专人负责。"
        ));
        let comparison = compare(&old, &new, Options::default());
        let section = comparison.narrative.sections.iter().find(|s| s.number == 5).unwrap();
        assert!(
            section.items.iter().all(|i| i.class == Class::Same && i.moved == 0),
            "{heading}: {section:#?}"
        );
        let [changed] = &comparison.template.headings[..] else { panic!("{:?}", comparison.template) };
        assert_eq!((changed.section, changed.new.as_deref()), (5, Some(heading)));
    }
}

/// What changed of section five when its words change.
fn of_section_five<T>(old: &str, new: &str, see: impl Fn(&[&Item], &nianbao_diff::SectionDiff) -> T) -> T {
    let sketch = |year, words| report(&format!("年份：{year}\n五、存在的主要问题及改进情况\n{words}"));
    let (old, new) = (sketch(2022, old), sketch(2023, new));
    let comparison = compare(&old, &new, Options::default());
    let section = comparison.narrative.sections.iter().find(|s| s.number == 5).unwrap();
    let changed: Vec<&Item> =
        section.items.iter().filter(|i| i.class != Class::Same || i.moved > 0).collect();
    see(&changed, section)
}

#[test]
fn a_sentence_that_was_divided_is_neither_new_nor_dropped() {
    let one = "公开渡口航班信息96条，其中停航通知14条、时刻变更21条。乘客反映较好。";
    let two = "公开渡口航班信息96条。其中停航通知14条、时刻变更21条。乘客反映较好。";
    for (old, new, sentences) in [(one, two, (1, 2)), (two, one, (2, 1))] {
        of_section_five(old, new, |changed, _| {
            let [item] = changed else { panic!("{changed:#?}") };
            assert_eq!((item.class, item.sentences), (Class::Reworded, sentences));
            let (in_old, in_new) = marks(item);
            assert_eq!((in_old.len(), in_new.len()), (1, 1), "the full stop alone: {in_old:?} {in_new:?}");
            assert_eq!(item.kept, ["96条", "14条", "21条"]);
        });
    }
    // What stands beside a reworded sentence and says something else is new.
    let other = "公开渡口航班信息。组织船员学习公开目录。乘客反映较好。";
    of_section_five(one, other, |changed, _| {
        assert!(changed.iter().any(|i| i.class == Class::New), "{changed:#?}");
        assert!(changed.iter().all(|i| i.sentences.0 <= 1 && i.sentences.1 <= 1));
    });
}

#[test]
fn a_list_in_another_order_is_the_same_list_with_other_numbers() {
    let old = "一是渡口航班变动公布较晚。二是船票价目张贴不全。下一步，安装电子屏。";
    let new = "一是船票价目张贴不全。二是渡口航班变动公布较晚。下一步，安装电子屏。";
    of_section_five(old, new, |changed, section| {
        assert!(changed.iter().all(|i| i.class == Class::Numbers), "{changed:#?}");
        assert_eq!(changed.iter().filter(|i| i.moved > 0).count(), 1);
        assert_eq!(section.copied.percent(), Some(100), "and all of it was there before");
        assert!(changed.iter().all(|i| i.kept.is_empty()));
    });
}

#[test]
fn digits_of_another_width_are_no_other_number() {
    of_section_five(
        "抽查航班36班，迟发4班。",
        "抽查航班３６班，迟发5班。",
        |changed, _| {
            assert_eq!(changed[0].class, Class::Numbers);
            assert!(changed[0].kept.is_empty(), "班 is no unit that the tool knows");
        },
    );
    of_section_five(
        "抽查航班36次，迟发4次。",
        "抽查航班３６次，迟发4次。",
        |changed, _| {
            assert_eq!(changed[0].class, Class::Reworded, "written otherwise, and no number changed");
            assert_eq!(changed[0].kept, ["３６次", "4次"]);
        },
    );
}

#[test]
fn last_year_where_it_still_stands_is_named() {
    of_section_five("2022年，抽查渡口航班。", "2022年，抽查渡口航班。", |_, section| {
        assert_eq!(section.items[0].kept, ["2022年"]);
    });
    of_section_five(
        "按《2022年工作要点》抽查渡口。",
        "按《2022年工作要点》抽查渡口。",
        |_, section| {
            assert!(section.items[0].kept.is_empty());
        },
    );
    of_section_five("2022年，抽查渡口航班。", "2023年，抽查渡口航班。", |_, section| {
        assert!(section.items[0].kept.is_empty());
    });
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
    assert_eq!((copied.same, copied.numbers, copied.all), (13, 0, 23), "punctuation does not count");
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
