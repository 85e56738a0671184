//! Applying the changes to the older report gives the newer one exactly, for any two reports.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use nianbao_diff::{Class, Options, Place, Side, TableDiff, compare};
use nianbao_schema::document::{Location, Text};
use nianbao_schema::report::{HeadingMatch, Line, Report, Role, Section};
use nianbao_schema::value::Reading;
use nianbao_schema::{CellId, Edition};
use nianbao_text::sentence::sentences;
use proptest::prelude::*;

fn edition() -> impl Strategy<Value = Edition> {
    prop::sample::select(Edition::ALL.to_vec())
}

/// Words of a cell; `None` for one that was not found.
fn words() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        6 => (0u32..40).prop_map(|n| Some(n.to_string())),
        1 => Just(Some(String::new())),
        1 => Just(Some("/".to_owned())),
        1 => Just(Some("见附件".to_owned())),
        1 => Just(None),
    ]
}

fn sentence() -> impl Strategy<Value = String> {
    let clause = prop::sample::select(vec!["公开信息", "收到申请", "组织培训", "清理失效文件", "更新专栏"]);
    (clause, 0u8..4, prop::sample::select(vec!["", "，按月核对", "，专人负责"]))
        .prop_map(|(what, n, how)| format!("本年度{what}{n}件{how}。"))
}

fn report(edition: Edition, cells: &[Option<String>], prose: &[(u8, String)]) -> Report {
    let mut report = Report::new(edition);
    report.year = Some(if edition == Edition::E2019 { 2020 } else { 2023 });
    for (cell, words) in edition.form().official_cells().zip(cells) {
        if let Some(words) = words {
            let text = Text::new(words.clone(), Location::default());
            report.set_cell(cell.id, Reading::new(text, cell.column.kind, cell.column.unit.as_deref(), None));
        }
    }
    for number in 1..=6u8 {
        let heading = report.lines.len();
        let line = |words: &str, role| Line {
            text: Text::new(words.to_owned(), Location::default()),
            role,
            section: number,
            part: 0,
        };
        report.lines.push(line("标题", Role::Heading));
        report.lines.extend(prose.iter().filter(|(n, _)| *n == number).map(|(_, s)| line(s, Role::Body)));
        let body = heading + 1..report.lines.len();
        report.sections.push(Section {
            number,
            heading,
            body,
            matched: HeadingMatch::Official,
            parts: Vec::new(),
            tables: 0,
            images: 0,
        });
    }
    report
}

prop_compose! {
    fn any_report()(
        edition in edition(),
        cells in prop::collection::vec(words(), 220),
        prose in prop::collection::vec((1u8..=6, sentence()), 0..14),
    ) -> Report {
        report(edition, &cells, &prose)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cells_of_the_older_report_with_the_changes_are_those_of_the_newer(a in any_report(), b in any_report()) {
        let comparison = compare(&a, &b, Options::default());
        let (old, new) = (comparison.old, comparison.new);
        let mut applied: BTreeMap<CellId, Side> = BTreeMap::new();
        for (_, cell) in comparison.tables.iter().flat_map(TableDiff::cells) {
            let before = Side::of(old, &cell.pair.old);
            // A change says both sides; where there is none the older side stays.
            let after = if cell.differs() {
                prop_assert!(before.same(&cell.old), "what a change calls old is what the older report has");
                cell.new.clone()
            } else if cell.comparable() {
                before.clone()
            } else {
                cell.new.clone()
            };
            if let (Some(change), Some(before)) = (cell.change(), before.number()) {
                prop_assert_eq!(Side::Number((before + change).normalize()), after.clone());
            }
            if let [only] = cell.pair.new[..] {
                applied.insert(only, after);
            } else if !cell.pair.new.is_empty() {
                prop_assert_eq!(after, Side::of(new, &cell.pair.new));
                cell.pair.new.iter().for_each(|c| { applied.insert(*c, Side::of(new, &[*c])); });
            }
        }
        for cell in new.form().official_cells() {
            prop_assert_eq!(applied.get(&cell.id), Some(&Side::of(new, &[cell.id])), "{}", cell.id);
        }
    }

    #[test]
    fn every_sentence_of_both_reports_is_in_the_comparison_once(a in any_report(), b in any_report()) {
        let comparison = compare(&a, &b, Options::default());
        let prose = |report: &Report| -> Vec<(u8, String)> {
            report.prose().map(|(_, l)| (l.section, l.text.value.clone())).collect()
        };
        let mut old: Vec<(u8, String)> = Vec::new();
        let mut new: Vec<(u8, String)> = Vec::new();
        for item in comparison.narrative.items() {
            // Sentences that were divided or put together stand in one item.
            let each = |p: &Place| -> Vec<(u8, String)> {
                sentences(&p.text).into_iter().map(|r| (p.section, p.text[r].to_owned())).collect()
            };
            old.extend(item.old.iter().flat_map(each));
            new.extend(item.new.iter().flat_map(each));
            prop_assert_eq!(item.class == Class::New, item.old.is_none());
            prop_assert_eq!(item.class == Class::Dropped, item.new.is_none());
            if item.class == Class::Same {
                prop_assert_eq!(&item.old.as_ref().unwrap().text, &item.new.as_ref().unwrap().text);
            }
        }
        // In the order of the newer report; of the older one moves stand where they went.
        prop_assert_eq!(new, prose(comparison.new));
        let mut expected = prose(comparison.old);
        expected.sort();
        old.sort();
        prop_assert_eq!(old, expected);
    }

    #[test]
    fn a_report_does_not_differ_from_itself_and_sides_never_swap(a in any_report(), b in any_report()) {
        prop_assert!(compare(&a, &a, Options::default()).is_same());
        let (there, back) = (compare(&a, &b, Options::default()), compare(&b, &a, Options::default()));
        if a.year != b.year {
            prop_assert!(std::ptr::eq(there.old, back.old) && std::ptr::eq(there.new, back.new));
        } else {
            prop_assert!(std::ptr::eq(there.old, &a) && std::ptr::eq(back.old, &b));
        }
    }
}
