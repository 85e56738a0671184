//! One report, small enough to check by hand, mistyped in every way.

mod support;

use nianbao_identities::{
    Change, ConstraintId, Explanation, Kind, Localisation, Options, Reason, Story, Strength, System, Trust,
    Verdict, localise,
};
use nianbao_schema::form::Relation;
use nianbao_schema::{CellId, Edition, Language};
use support::{COLUMNS, Sheet, at, cell, here, results, rows};

/// | row | 自然人 | 商业企业 | 科研机构 | 总计 |
/// |---|--:|--:|--:|--:|
/// | received | 21 | 3 | 2 | 26 |
/// | carried_in | 2 | | | 2 |
/// | granted | 13 | 3 | 1 | 17 |
/// | unavailable.not_held | 8 | | 1 | 9 |
/// | handled_total | 21 | 3 | 2 | 26 |
/// | carried_out | 2 | | | 2 |
///
/// and 2 + 1 + 0 + 3 = 6 reconsiderations.
fn sheet() -> Sheet {
    let mut sheet = Sheet::zero(Edition::E2021);
    for (row, natural, business, research) in [
        ("received", 21, 3, 2),
        ("carried_in", 2, 0, 0),
        ("granted", 13, 3, 1),
        ("unavailable.not_held", 8, 0, 1),
        ("handled_total", 21, 3, 2),
        ("carried_out", 2, 0, 0),
    ] {
        let numbers = [("natural", natural), ("business", business), ("research", research)];
        numbers.iter().for_each(|(column, n)| sheet.set(at(row, column), *n));
        sheet.set(at(row, "total"), natural + business + research);
    }
    for (outcome, n) in [("upheld", 2), ("corrected", 1), ("pending", 3), ("total", 6)] {
        sheet.set(cell(&format!("review.reconsideration.{outcome}")), n);
    }
    sheet
}

fn run(sheet: &Sheet) -> Localisation {
    localise(&sheet.system(), &Options::default())
}

fn story(sheet: &Sheet) -> Story {
    let mut stories = run(sheet).stories;
    assert_eq!(stories.len(), 1, "{stories:?}");
    stories.remove(0)
}

fn with(changes: &[(CellId, i64)]) -> Sheet {
    let mut sheet = sheet();
    changes.iter().for_each(|(cell, n)| sheet.set(*cell, *n));
    sheet
}

fn shown(explanation: &Explanation) -> Vec<(&'static str, Option<i64>, i64)> {
    explanation.changes.iter().map(|c| (c.cell.cell.as_str(), c.seen, c.proposed)).collect()
}

fn only(change: (CellId, i64)) -> Change {
    let story = story(&with(&[change]));
    assert_eq!((story.verdict, story.explanations.len()), (Verdict::Unique, 1));
    assert_eq!(story.explanations[0].kind, Kind::Cells);
    assert_eq!(story.explanations[0].changes.len(), 1);
    story.explanations[0].changes[0]
}

#[test]
fn every_slip_of_one_cell_has_its_reason() {
    for (row, column, seen, right, reason) in [
        ("granted", "natural", 18, 13, Reason::DigitChanged),
        ("granted", "natural", 1, 13, Reason::DigitDropped),
        ("granted", "natural", 143, 13, Reason::DigitAdded),
        ("granted", "natural", 113, 13, Reason::DigitDoubled),
        ("received", "natural", 12, 21, Reason::DigitsSwapped),
        ("received", "total", 62, 26, Reason::DigitsSwapped),
        ("granted", "natural", -13, 13, Reason::Sign),
        ("granted", "natural", 0, 13, Reason::ZeroForNumber),
        ("partial", "research", 35, 0, Reason::NumberForZero),
        ("received", "research", 3, 2, Reason::DigitChanged),
        ("received", "research", 26, 2, Reason::DigitAdded),
        ("carried_in", "natural", 42, 2, Reason::DigitAdded),
        ("partial", "natural", 13, 0, Reason::NeighbourCopied),
        ("handled_total", "natural", 8, 21, Reason::PartLeftOut),
        ("granted", "total", 30, 17, Reason::PartCountedTwice),
        ("granted", "natural", 97, 13, Reason::Unknown),
    ] {
        let change = only((at(row, column), seen));
        assert_eq!(change.cell, here(at(row, column)));
        assert_eq!((change.seen, change.proposed, change.certain), (Some(seen), right, true));
        assert_eq!(change.reason, reason, "{row} {column} {seen}");
    }
}

#[test]
fn one_wrong_cell_is_one_story_with_the_numbers_of_its_identities() {
    let sheet = with(&[(at("granted", "natural"), 31)]);
    let system = sheet.system();
    let story = &localise(&system, &Options::default()).stories[0];
    let repairs = &story.explanations[0].repairs;
    let told: Vec<_> = repairs
        .iter()
        .map(|r| {
            let identity = system.identity(r.id).unwrap();
            (identity.family.as_str(), identity.at.as_str(), r.before, r.after)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("applications.results", "natural", (39, 21), (21, 21)),
            ("applications.row", "granted", (35, 17), (17, 17)),
        ]
    );
    assert_eq!(story.violated, repairs.iter().map(|r| r.id).collect::<Vec<_>>());
    assert!(!story.is_widespread && story.recomputed.is_empty());
    assert_eq!((story.certain_row(), story.certain_column()), (Some("granted"), Some("natural")));
    assert_eq!(story.margin(), None);
}

#[test]
fn neighbours_exchanged() {
    let across = story(&with(&[(at("granted", "natural"), 3), (at("granted", "business"), 13)]));
    let first = &across.explanations[0];
    assert_eq!(first.kind, Kind::Exchanged);
    assert_eq!(
        shown(first),
        [("applications.granted.natural", Some(3), 13), ("applications.granted.business", Some(13), 3)]
    );
    assert!(first.changes.iter().all(|c| c.reason == Reason::Exchanged));
    let down = story(&with(&[(at("received", "natural"), 2), (at("carried_in", "natural"), 21)]));
    assert_eq!(down.explanations[0].kind, Kind::Exchanged);
    assert_eq!(down.explanations[0].changes[0].proposed, 21);
}

/// A request of a person booked as one of a business: the columns are certain, the row is not.
#[test]
fn booked_in_another_column() {
    let sheet = with(&[(at("received", "natural"), 20), (at("received", "business"), 4)]);
    let found = story(&sheet);
    assert_eq!(found.verdict, Verdict::Ambiguous);
    let first = &found.explanations[0];
    assert_eq!(first.kind, Kind::OtherColumn);
    assert_eq!(
        shown(first),
        [("applications.received.natural", Some(20), 21), ("applications.received.business", Some(4), 3)]
    );
    // Both columns in one row; rows in which a number would become negative are none: 二 and 四 of business are 0.
    let rows: Vec<&str> = found.explanations.iter().map(|e| e.changes[0].cell.cell.row()).collect();
    assert_eq!(rows, ["received", "carried_out"]);
    // The other model: the request is booked wrong in one of the results, and a spreadsheet added it up.
    let recomputed: Vec<&str> = found.recomputed.iter().map(|e| e.changes[0].cell.cell.row()).collect();
    assert_eq!(recomputed[0], "granted");
    assert!(found.recomputed.iter().all(|e| e.kind == Kind::TotalsRecomputed));
    assert!(found.recomputed[0].changes[..2].iter().all(|c| c.reason == Reason::OtherColumn));
    assert!(found.recomputed[0].changes[2..].iter().all(|c| c.reason == Reason::Recomputed));
}

#[test]
fn booked_in_another_row() {
    let found = story(&with(&[(at("granted", "natural"), 12), (at("unavailable.not_held", "natural"), 9)]));
    assert_eq!(found.verdict, Verdict::Ambiguous);
    let first = &found.explanations[0];
    assert_eq!(first.kind, Kind::OtherRow);
    assert_eq!(first.changes[0].cell.cell, at("granted", "natural"));
    // Or in the column of businesses or of research (not of those where 1 cannot be taken away), or in the totals.
    let columns: Vec<&str> = found.explanations.iter().map(|e| e.changes[0].cell.cell.column()).collect();
    assert_eq!(columns.len(), found.explanations.len());
    assert!(columns.contains(&"research") && columns.contains(&"total") && !columns.contains(&"business"));
}

/// 13 typed as 31 and everything added up by a spreadsheet: the column is certain, and every row of it is a candidate.
#[test]
fn a_leaf_edited_and_the_totals_recomputed() {
    let sheet = with(&[
        (at("granted", "natural"), 31),
        (at("granted", "total"), 35),
        (at("handled_total", "natural"), 39),
        (at("handled_total", "total"), 44),
    ]);
    let found = story(&sheet);
    assert_eq!(found.verdict, Verdict::Ambiguous);
    // Typed by hand, two cells of 一, 二 or 四 would do: that of the persons and its total.
    let row = |e: &Explanation| e.changes[0].cell.cell.row();
    assert_eq!(
        found.explanations.iter().map(row).collect::<Vec<_>>(),
        ["carried_in", "received"],
        "四 cannot be −16"
    );
    assert!(found.explanations.iter().all(|e| e.kind == Kind::TotalsRecomputed));
    // Added up, any row of the column from which 18 can be taken, or to which they can be added.
    let first = &found.recomputed[0];
    assert_eq!(
        shown(first),
        [
            ("applications.granted.natural", Some(31), 13),
            ("applications.granted.total", Some(35), 17),
            ("applications.handled_total.natural", Some(39), 21),
            ("applications.handled_total.total", Some(44), 26),
        ]
    );
    let reasons: Vec<Reason> = first.changes.iter().map(|c| c.reason).collect();
    assert_eq!(reasons, [Reason::DigitsSwapped, Reason::Recomputed, Reason::Recomputed, Reason::Recomputed]);
    assert_eq!(found.recomputed.iter().map(row).collect::<Vec<_>>(), ["granted", "carried_in", "received"]);
    assert_eq!((found.certain_column(), found.certain_row()), (Some("natural"), None));
    // The text knows how many were received, so it is not row 一; last year's report, so it is not row 二.
    let mut system = sheet.system();
    let truth = self::sheet();
    support::with_prior(&mut system, &truth);
    system.observe(ConstraintId::Other(7), &[here(at("received", "total"))], 26);
    let found = localise(&system, &Options::default());
    let against: Vec<_> = found.stories[0].explanations.iter().map(|e| (row(e), e.against.len())).collect();
    assert_eq!(
        against,
        [("carried_in", 2), ("received", 1)],
        "in the column and in the totals; in the totals"
    );
    assert!(found.stories[0].recomputed[0].against.is_empty());
}

#[test]
fn a_row_shifted_by_one_column() {
    // The 0 of a column more; the total stands where it should.
    let row = [0, 21, 3, 2, 0, 0, 26];
    let changes: Vec<_> = COLUMNS.iter().zip(row).map(|(c, n)| (at("received", c), n)).collect();
    let found = story(&with(&changes));
    assert_eq!(found.verdict, Verdict::Shifted);
    let first = &found.explanations[0];
    assert_eq!(first.kind, Kind::RowShifted);
    assert_eq!(
        shown(first),
        [
            ("applications.received.natural", Some(0), 21),
            ("applications.received.business", Some(21), 3),
            ("applications.received.research", Some(3), 2),
            ("applications.received.public_interest", Some(2), 0),
        ]
    );
    assert!(first.changes.iter().all(|c| c.reason == Reason::Shifted && c.certain));
    // The other way: the number of persons was skipped.
    let row = [3, 2, 0, 0, 0, 0, 26];
    let changes: Vec<_> = COLUMNS.iter().zip(row).map(|(c, n)| (at("received", c), n)).collect();
    let found = story(&with(&changes));
    assert_eq!((found.verdict, found.explanations[0].kind), (Verdict::Shifted, Kind::RowShifted));
    assert_eq!(found.explanations[0].changes[0].proposed, 21, "lost, and computed");
}

#[test]
fn a_column_shifted_by_one_row() {
    let mut sheet = sheet();
    let all = rows(Edition::E2021);
    for i in (3..=12).rev() {
        let above = sheet.number(at(all[i - 1], "natural"));
        sheet.set(at(all[i], "natural"), above);
    }
    sheet.set(at("granted", "natural"), 0);
    sheet.set(at("unavailable.needs_creation", "natural"), 8);
    sheet.set(at("unavailable.not_held", "natural"), 0);
    let found = story(&sheet);
    assert_eq!(found.verdict, Verdict::Shifted);
    let first = &found.explanations[0];
    assert_eq!(first.kind, Kind::ColumnShifted);
    let of = |row: &str| first.changes.iter().find(|c| c.cell.cell == at(row, "natural")).map(|c| c.proposed);
    assert_eq!((of("granted"), of("partial")), (Some(13), Some(0)));
    assert_eq!((of("unavailable.not_held"), of("unavailable.needs_creation")), (Some(8), Some(0)));
}

#[test]
fn whole_rows_and_columns_moved_or_exchanged() {
    let all = rows(Edition::E2021);
    let table = |value: &dyn Fn(usize, usize) -> i64| {
        let mut sheet = sheet();
        for (i, row) in all.iter().enumerate() {
            for (j, column) in COLUMNS.iter().enumerate() {
                sheet.set(at(row, column), value(i, j));
            }
        }
        sheet
    };
    let truth = sheet();
    let number = |i: usize, j: usize| truth.number(at(all[i], COLUMNS[j]));
    let kind = |sheet: &Sheet| {
        let found = story(sheet);
        assert_eq!(found.verdict, Verdict::Shifted, "{found:?}");
        let first = &found.explanations[0];
        let mut after = sheet.clone();
        first.changes.iter().for_each(|c| after.set(c.cell.cell, c.proposed));
        assert_eq!(after, truth);
        (first.kind, found.is_widespread)
    };
    // An empty row read before 二: all rows from there on stand one row too low.
    let lower = table(&|i, j| {
        if i == 0 {
            number(0, j)
        } else if i == 1 {
            0
        } else {
            number(i - 1, j)
        }
    });
    assert_eq!(kind(&lower), (Kind::RowsShifted, false), "only three columns hold anything");
    let rows = table(&|i, j| {
        number(
            if i == 2 {
                23
            } else if i == 23 {
                2
            } else {
                i
            },
            j,
        )
    });
    assert_eq!(kind(&rows).0, Kind::RowsExchanged);
    let columns = table(&|i, j| {
        number(
            i,
            if j == 0 {
                6
            } else if j == 6 {
                0
            } else {
                j
            },
        )
    });
    assert_eq!(kind(&columns).0, Kind::ColumnsExchanged);
}

/// Table 4 has one sum for a group: only the group is certain, and the text decides.
#[test]
fn table_4_names_the_group_and_the_text_decides() {
    let total = cell("review.reconsideration.total");
    let sheet = with(&[(total, 9)]);
    let found = story(&sheet);
    assert_eq!(found.verdict, Verdict::Ambiguous);
    let cells: Vec<_> =
        found.explanations.iter().map(|e| (e.changes[0].cell.cell.column(), e.changes[0].proposed)).collect();
    assert_eq!(cells.len(), 5);
    for cell in [("total", 6), ("upheld", 5), ("corrected", 4), ("other", 3), ("pending", 6)] {
        assert!(cells.contains(&cell), "{cell:?}");
    }
    let mut system = sheet.system();
    system.observe(ConstraintId::Other(3), &[here(total)], 6);
    let found = &localise(&system, &Options::default()).stories[0];
    assert_eq!(shown(&found.explanations[0]), [("review.reconsideration.total", Some(9), 6)]);
    assert_eq!(found.explanations[0].support, [ConstraintId::Other(3)]);
    assert!(found.margin().is_some_and(|margin| margin >= 10), "{found:?}");
    // The text agrees with the total instead: one of the parts it is.
    let mut system = sheet.system();
    system.observe(ConstraintId::Other(3), &[here(total)], 9);
    let found = &localise(&system, &Options::default()).stories[0];
    assert_ne!(found.explanations[0].changes[0].cell.cell, total);
    assert_eq!(
        found.explanations[0].support,
        [ConstraintId::Other(3)],
        "quoted, because it speaks against the rival"
    );
    assert_eq!(found.explanations.last().map(|e| e.against.as_slice()), Some(&[ConstraintId::Other(3)][..]));
}

/// Two wrong cells whose row cannot be told: last year's report knows what was carried over.
#[test]
fn last_year_breaks_a_tie() {
    let sheet = with(&[(at("carried_in", "natural"), 1), (at("carried_in", "business"), 1)]);
    let alone = story(&sheet);
    assert_eq!(alone.verdict, Verdict::Ambiguous);
    let truth = self::sheet();
    let mut system = sheet.system();
    support::with_prior(&mut system, &truth);
    let found = &localise(&system, &Options::default()).stories[0];
    assert_eq!(
        shown(&found.explanations[0]),
        [("applications.carried_in.natural", Some(1), 2), ("applications.carried_in.business", Some(1), 0)]
    );
    assert_eq!(
        found.explanations[0].support,
        [
            ConstraintId::CarryOver(at("carried_in", "natural")),
            ConstraintId::CarryOver(at("carried_in", "business"))
        ]
    );
    // As a constraint that must hold it leaves nothing else.
    let mut system = sheet.system();
    let prior = truth.prior();
    let number = system.add(Edition::E2021, Trust::Given, |c| prior.known(c));
    system.link_years(0, number, Strength::Hard);
    let found = &localise(&system, &Options::default()).stories[0];
    assert_eq!((found.verdict, found.explanations[0].changes.len()), (Verdict::Unique, 2));
    assert_eq!(found.explanations[0].repairs.len(), 4, "two balances and two links");
}

#[test]
fn evidence_alone_is_no_violation() {
    let mut system = sheet().system();
    system.observe(ConstraintId::Other(0), &[here(at("received", "total"))], 27);
    assert_eq!(localise(&system, &Options::default()).verdict(), Verdict::Consistent);
}

#[test]
fn wrong_cells_of_different_tables_are_different_stories() {
    let sheet = with(&[(at("granted", "natural"), 31), (cell("review.litigation_direct.total"), 2)]);
    let found = run(&sheet);
    let verdicts: Vec<_> = found.stories.iter().map(|s| s.verdict).collect();
    assert_eq!(verdicts, [Verdict::Unique, Verdict::Ambiguous]);
    assert_eq!(found.verdict(), Verdict::Ambiguous);
}

#[test]
fn far_cells_are_different_causes_and_what_is_certain_is_told() {
    let far = story(&with(&[(at("granted", "natural"), 31), (at("carried_out", "business"), 7)]));
    assert_eq!(far.verdict, Verdict::Unique);
    let causes = &far.explanations[0].causes;
    assert_eq!(causes.len(), 2);
    assert_eq!((&causes[0].changes, &causes[1].changes), (&vec![0], &vec![1]));
    let mut repairs: Vec<usize> = causes.iter().flat_map(|c| c.repairs.clone()).collect();
    repairs.sort_unstable();
    assert_eq!(repairs, [0, 1, 2, 3]);
    assert_eq!(far.agreed(), far.explanations[0].changes);
    let near = story(&with(&[(at("granted", "natural"), 31), (at("granted", "business"), 7)]));
    assert_eq!(near.explanations[0].causes.len(), 1, "they share the row");
    // Two requests in the wrong column, in some row, and a cell far from them that is certain.
    let changes =
        [(at("received", "natural"), 20), (at("received", "business"), 4), (at("granted", "total"), 71)];
    let found = story(&with(&changes));
    assert_eq!(found.verdict, Verdict::Ambiguous);
    let agreed: Vec<_> = found.agreed().iter().map(|c| (c.cell.cell, c.proposed)).collect();
    assert_eq!(agreed, [(at("granted", "total"), 17)]);
}

#[test]
fn a_shift_that_left_a_blank_behind() {
    let mut sheet = sheet();
    for (column, n) in COLUMNS.iter().zip([0, 21, 3, 2, 0, 0, 26]) {
        sheet.set(at("received", column), n);
    }
    sheet.blank(at("received", "natural"));
    let found = story(&sheet);
    assert_eq!((found.verdict, found.explanations[0].kind), (Verdict::Shifted, Kind::RowShifted));
    assert_eq!(
        found.explanations[0].changes[0],
        Change {
            cell: here(at("received", "natural")),
            seen: None,
            proposed: 21,
            certain: true,
            reason: Reason::Shifted,
        }
    );
}

#[test]
fn a_report_gives_the_same_system_as_its_values() {
    let sheet = with(&[(at("granted", "natural"), 31)]);
    let found = localise(&System::of(&sheet.report()), &Options::default());
    assert_eq!(format!("{found:?}"), format!("{:?}", run(&sheet)));
}

#[test]
fn blanks_are_filled_before_numbers_are_changed() {
    // 受理 of businesses left blank where 3 belong: nothing contradicts, and 3 is what it must be.
    let mut sheet = sheet();
    sheet.blank(at("received", "business"));
    let found = run(&sheet);
    assert!(found.stories.is_empty());
    let fills: Vec<_> =
        found.fills.iter().map(|f| (f.cell.cell, f.seen, f.proposed, f.certain, f.reason)).collect();
    assert_eq!(fills, [(at("received", "business"), None, 3, true, Reason::BlankForNumber)]);
    // With a wrong number elsewhere, both are told, the number first.
    sheet.set(at("granted", "natural"), 31);
    let found = story(&sheet);
    assert_eq!(found.verdict, Verdict::Unique);
    assert_eq!(
        shown(&found.explanations[0]),
        [("applications.granted.natural", Some(31), 13), ("applications.received.business", None, 3)]
    );
}

#[test]
fn what_only_odd_blanks_could_hold_is_a_doubt() {
    let carried = ["carried_in", "carried_out"].map(|row| [at(row, "natural"), at(row, "total")]).concat();
    let mut sheet = with(&carried.into_iter().map(|c| (c, 0)).collect::<Vec<_>>());
    for cell in sheet.table3() {
        if sheet.number(cell) == 0 {
            sheet.blank(cell);
        }
    }
    // Received 19 instead of 21 persons; with 二, 四 and another column filled as well, it could be.
    sheet.set(at("received", "natural"), 19);
    let found = run(&sheet);
    assert!(found.stories.is_empty());
    assert!(found.fills.len() >= 3);
    assert_eq!(found.doubts.len(), 1);
    assert_eq!(shown(&found.doubts[0]), [("applications.received.natural", Some(19), 21)]);
}

#[test]
fn inequalities_give_the_nearest_number() {
    let sheet =
        with(&[(cell("disclosure.regulations.issued"), 5), (cell("disclosure.regulations.in_force"), 2)]);
    let found = story(&sheet);
    assert_eq!(found.verdict, Verdict::Ambiguous);
    let told: Vec<_> = found
        .explanations
        .iter()
        .map(|e| (e.changes[0].cell.cell.column(), e.changes[0].proposed, e.changes[0].certain))
        .collect();
    for change in [("in_force", 5, false), ("issued", 2, false), ("repealed", 3, false)] {
        assert!(told.contains(&change), "{told:?}");
    }
}

#[test]
fn a_signed_cell_may_become_negative_and_others_may_not() {
    let mut sheet = Sheet::zero(Edition::E2019);
    sheet.set(cell("disclosure.licensing.prior_items"), 3);
    sheet.set(cell("disclosure.licensing.change"), -8);
    let found = story(&sheet);
    let told: Vec<_> =
        found.explanations.iter().map(|e| (e.changes[0].cell.cell.column(), e.changes[0].proposed)).collect();
    assert_eq!(told.len(), 2);
    assert!(told.contains(&("prior_items", 8)) && told.contains(&("change", -3)));
}

#[test]
fn four_wrong_cells_are_said_to_be_more_than_three() {
    let rows = ["received", "granted", "unavailable.not_held", "handled_total"];
    let changes: Vec<_> =
        rows.iter().enumerate().map(|(i, row)| (at(row, COLUMNS[i]), 50 + 7 * i as i64)).collect();
    let found = story(&with(&changes));
    assert_eq!(found.verdict, Verdict::Unexplained { at_least: 4 });
    assert!(found.explanations.is_empty());
    let looked_further =
        localise(&with(&changes).system(), &Options { max_changes: 4, ..Options::default() });
    assert_eq!(looked_further.stories[0].explanations[0].changes.len(), 4);
    assert!(found.verdict.text(Language::Zh).contains('4'));
}

#[test]
fn every_identity_violated_is_bounded_and_said() {
    let mut sheet = sheet();
    for (i, cell) in sheet.table3().into_iter().enumerate() {
        sheet.set(cell, ((i * i * 7919) % 101) as i64);
    }
    let found = story(&sheet);
    assert!(
        matches!(found.verdict, Verdict::Unexplained { at_least } if at_least >= 20),
        "{:?}",
        found.verdict
    );
    assert!(found.is_widespread);
    let hurried = localise(
        &with(&[(at("granted", "natural"), 31), (at("partial", "business"), 4)]).system(),
        &Options { budget: 300, ..Options::default() },
    );
    assert!(matches!(hurried.stories[0].verdict, Verdict::Bounded { at_least: 1.. }), "{hurried:?}");
}

#[test]
fn a_cell_that_was_not_read_takes_its_identities_with_it() {
    let mut sheet = with(&[(at("granted", "natural"), 31)]);
    sheet.remove(at("granted", "business"));
    let found = story(&sheet);
    // The row is gone, but any other cell of the column would break its own row.
    assert_eq!(found.verdict, Verdict::Unique);
    assert_eq!(found.violated.len(), 1);
    assert_eq!(shown(&found.explanations[0]), [("applications.granted.natural", Some(31), 13)]);
}

#[test]
fn group_rows_count_where_they_are_filled() {
    let sheet = sheet().with_group_rows();
    assert!(run(&sheet).stories.is_empty());
    let mut wrong = sheet.clone();
    wrong.set(at("unavailable", "natural"), 3);
    let found = story(&wrong);
    assert_eq!(found.verdict, Verdict::Unique);
    assert_eq!(shown(&found.explanations[0]), [("applications.unavailable.natural", Some(3), 8)]);
}

#[test]
fn a_government_and_its_offices() {
    let mut office = sheet();
    let mut system = System::with(Edition::E2021, |c| {
        let mut sum = Sheet::zero(Edition::E2021);
        for cell in sum.summed() {
            sum.set(cell, 2 * office.number(cell));
        }
        sum.known(c)
    });
    let first = system.add(Edition::E2021, Trust::Examined, |c| office.known(c));
    // The second office handled 9 requests in vain, in all its sums; so it is balanced, and only the roll-up knows.
    for cell in ["unavailable.not_held", "handled_total", "received"]
        .map(|row| [at(row, "natural"), at(row, "total")])
        .concat()
    {
        office.set(cell, office.number(cell) + 1);
    }
    let second = system.add(Edition::E2021, Trust::Examined, |c| office.known(c));
    system.roll_up(0, &[first, second], Relation::AtLeast, Strength::Soft);
    assert!(localise(&system, &Options::default()).stories.is_empty(), "evidence only");
    system.roll_up(0, &[first, second], Relation::AtLeast, Strength::Hard);
    let found = localise(&system, &Options::default());
    assert_eq!(found.stories.len(), 1);
    assert_eq!(found.stories[0].violated.len(), 6);
    assert!(found.stories[0].violated.contains(&ConstraintId::RollUp(at("received", "natural"))));
}

#[test]
fn links_between_years_follow_the_forms() {
    let stock = |issued: i64, repealed: i64, in_force: i64| {
        let mut sheet = Sheet::zero(Edition::E2021);
        sheet.set(cell("disclosure.normative_documents.issued"), issued);
        sheet.set(cell("disclosure.normative_documents.repealed"), repealed);
        sheet.set(cell("disclosure.normative_documents.in_force"), in_force);
        sheet
    };
    let linked = |this: &Sheet, prior: &Sheet| {
        let mut system = this.system();
        let number = system.add(prior.edition, Trust::Given, |c| prior.known(c));
        system.link_years(0, number, Strength::Hard);
        localise(&system, &Options::default()).stories
    };
    assert!(linked(&stock(3, 1, 12), &stock(0, 0, 10)).is_empty());
    let wrong = linked(&stock(3, 1, 13), &stock(0, 0, 10));
    assert_eq!(wrong[0].violated, [ConstraintId::InForce(cell("disclosure.normative_documents.in_force"))]);
    // From 2020 to 2021 only what was carried over is tied, across the forms.
    let mut old = Sheet::zero(Edition::E2019);
    old.set(at("carried_out", "natural"), 4);
    old.set(cell("disclosure.normative_documents.total"), 99);
    let wrong = linked(&stock(3, 1, 2), &old);
    assert_eq!(wrong[0].violated, [ConstraintId::CarryOver(at("carried_in", "natural"))]);
    // Items of the form of 2019: 3 last year and 2 more are 5.
    let items = |prior: i64, change: i64| {
        let mut sheet = Sheet::zero(Edition::E2019);
        sheet.set(cell("disclosure.licensing.prior_items"), prior);
        sheet.set(cell("disclosure.licensing.change"), change);
        sheet
    };
    assert!(linked(&items(5, 0), &items(3, 2)).is_empty());
    assert_eq!(
        linked(&items(6, 0), &items(3, 2))[0].violated,
        [ConstraintId::Items(cell("disclosure.licensing.prior_items"))]
    );
    assert_eq!(results(Edition::E2019).len(), 19);
}
