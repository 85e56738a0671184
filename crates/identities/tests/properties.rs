//! What is guaranteed, tested on random reports.

mod support;

use std::collections::BTreeSet;

use nianbao_identities::{Explanation, Localisation, Options, Status, System, Verdict, evaluate, localise};
use nianbao_schema::{CellId, Edition};
use proptest::prelude::*;
use support::{COLUMNS, Profile, Rng, Sheet, at, results, rows};

fn profile() -> impl Strategy<Value = Profile> {
    prop_oneof![3 => Just(Profile::Real), 1 => Just(Profile::Small), 1 => Just(Profile::Large), 1 => Just(Profile::Zero)]
}

fn balanced() -> impl Strategy<Value = (Sheet, Rng)> {
    (any::<u64>(), prop_oneof![Just(Edition::E2019), Just(Edition::E2021)], profile()).prop_map(
        |(seed, edition, profile)| {
            let mut rng = Rng(seed);
            (Sheet::balanced(edition, profile, &mut rng), rng)
        },
    )
}

/// Another number for a cell: near, far, or mistyped; sometimes negative.
fn other(rng: &mut Rng, seen: i64) -> i64 {
    let n = match rng.below(6) {
        0 => seen + 1 + rng.up_to(3),
        1 => seen - 1 - rng.up_to(3),
        2 => rng.up_to(20),
        3 => rng.up_to(100_000),
        4 => seen * 10 + rng.up_to(9),
        _ => 0,
    };
    if n == seen { seen + 1 } else { n }
}

/// Changes some different cells to other numbers; returns them sorted, with the true numbers.
fn mutate(sheet: &mut Sheet, cells: &[CellId], count: usize, rng: &mut Rng) -> Vec<(CellId, i64)> {
    let mut chosen = BTreeSet::new();
    while chosen.len() < count {
        chosen.insert(cells[rng.below(cells.len())]);
    }
    let mut truth = Vec::new();
    for cell in chosen {
        let right = sheet.number(cell);
        sheet.set(cell, other(rng, right));
        truth.push((cell, right));
    }
    truth
}

fn changes(explanation: &Explanation) -> Vec<(CellId, i64)> {
    let mut all: Vec<_> = explanation.changes.iter().map(|c| (c.cell.cell, c.proposed)).collect();
    all.sort_unstable();
    all
}

fn plenty() -> Options {
    Options { max_explanations: 10_000, budget: 400_000_000, ..Options::default() }
}

fn run(sheet: &Sheet) -> Localisation {
    localise(&sheet.system(), &plenty())
}

/// Puts an explanation into the report and checks that every identity holds or can.
fn repaired(sheet: &Sheet, explanation: &Explanation) -> bool {
    let mut after = sheet.clone();
    for change in &explanation.changes {
        assert_ne!(change.seen, Some(change.proposed));
        assert!(change.proposed >= 0, "no negative number is proposed");
        after.set(change.cell.cell, change.proposed);
    }
    let still = |id: &CellId| after.known(*id);
    let form = sheet.edition.form();
    form.identities().iter().all(|i| evaluate(i, |c| still(&c)).status != Status::Violated)
        && localise(&after.system(), &plenty()).stories.len() < run(sheet).stories.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every one of the 175 cells (161 in the form of 2019), changed to any other number.
    #[test]
    fn one_wrong_cell_of_table_3_is_named_with_its_number((sheet, mut rng) in balanced()) {
        for cell in sheet.table3() {
            let right = sheet.number(cell);
            let mut wrong = sheet.clone();
            wrong.set(cell, other(&mut rng, right));
            let found = run(&wrong);
            prop_assert_eq!(found.verdict(), Verdict::Unique);
            prop_assert_eq!(found.stories.len(), 1);
            let story = &found.stories[0];
            prop_assert_eq!(story.explanations.len(), 1);
            prop_assert_eq!(changes(&story.explanations[0]), vec![(cell, right)]);
            prop_assert!(story.recomputed.is_empty());
            let repaired: Vec<_> = story.explanations[0].repairs.iter().map(|r| r.id).collect();
            prop_assert_eq!(&repaired, &story.violated);
        }
    }

    /// A code of distance four: two wrong cells of table 3 are never explained by fewer, and are always among the pairs.
    #[test]
    fn two_wrong_cells_of_table_3_are_among_the_smallest_explanations((mut sheet, mut rng) in balanced()) {
        let cells = sheet.table3();
        let truth = mutate(&mut sheet, &cells, 2, &mut rng);
        let found = run(&sheet);
        prop_assert_eq!(found.stories.len(), 1);
        let story = &found.stories[0];
        prop_assert!(matches!(story.verdict, Verdict::Unique | Verdict::Ambiguous));
        prop_assert!(story.explanations.iter().all(|e| e.numbers() == 2));
        prop_assert!(story.explanations.iter().any(|e| changes(e) == truth), "{truth:?}");
        for explanation in &story.explanations {
            prop_assert!(repaired(&sheet, explanation));
        }
    }

    /// Three wrong cells may look like fewer (the fourth corner of a rectangle), never like nothing or like more.
    #[test]
    fn three_wrong_cells_of_table_3_are_explained_by_at_most_three((mut sheet, mut rng) in balanced()) {
        let cells = sheet.table3();
        let truth = mutate(&mut sheet, &cells, 3, &mut rng);
        let found = run(&sheet);
        prop_assert_eq!(found.stories.len(), 1);
        let story = &found.stories[0];
        let first = story.explanations.first().expect("an explanation");
        for explanation in story.all() {
            prop_assert!(repaired(&sheet, explanation), "{explanation:?}");
        }
        if first.kind.is_shift() {
            // Two cells do not explain it, so the true three are a smallest explanation too.
            prop_assert_eq!(story.verdict, Verdict::Shifted);
        } else {
            prop_assert!(first.numbers() <= 3);
            if first.numbers() == 3 {
                prop_assert!(story.explanations.iter().any(|e| changes(e) == truth), "{truth:?}");
            }
        }
    }

    /// In table 4 two wrong cells of a group may cancel or look like one; what is found always repairs everything.
    #[test]
    fn wrong_cells_anywhere_are_explained_by_at_most_as_many(
        (mut sheet, mut rng) in balanced(),
        count in 1_usize..=2,
    ) {
        let cells = sheet.summed();
        let truth = mutate(&mut sheet, &cells, count, &mut rng);
        let found = run(&sheet);
        let numbers: usize = found.stories.iter().map(|s| s.explanations[0].numbers()).sum();
        prop_assert!(numbers <= count);
        // If no fewer will do, every true change is in an explanation of its story.
        if numbers == count {
            for change in &truth {
                let all = found.stories.iter().flat_map(|s| &s.explanations);
                prop_assert!(all.into_iter().any(|e| changes(e).contains(change)), "{truth:?}");
            }
        }
    }

    #[test]
    fn a_balanced_report_is_consistent_however_its_blanks_are((sheet, mut rng) in balanced(), groups: bool) {
        let mut sheet = if groups { sheet.with_group_rows() } else { sheet };
        prop_assert!(run(&sheet).stories.is_empty());
        let form = sheet.edition.form();
        let cells: Vec<CellId> = form.cells().iter().map(|c| c.id).filter(|c| !matches!(sheet.known(*c), nianbao_identities::Known::Unreadable)).collect();
        // Blanks for zeros, everywhere or here and there.
        let share = rng.pick(&[100, 50, 10]);
        for cell in &cells {
            if sheet.number(*cell) == 0 && rng.chance(share) {
                sheet.blank(*cell);
            }
        }
        let found = run(&sheet);
        prop_assert!(found.stories.is_empty() && found.fills.is_empty() && found.doubts.is_empty());
        // Blank totals: those of rows, of columns, or some of both.
        let which = rng.below(4);
        for cell in &cells {
            let (row, column) = (cell.row(), cell.column());
            let blank = match which {
                0 => column == "total",
                1 => row == "handled_total",
                2 => column == "total" && results(sheet.edition).contains(&row),
                _ => rng.chance(10),
            };
            if blank {
                sheet.blank(*cell);
            }
        }
        let found = run(&sheet);
        prop_assert!(found.stories.is_empty(), "{found:?}");
        // Cells that were not read.
        for cell in &cells {
            if rng.chance(5) {
                sheet.remove(*cell);
            }
        }
        prop_assert!(run(&sheet).stories.is_empty());
    }

    /// Only the column of totals is filled.
    #[test]
    fn a_report_with_nothing_but_totals_is_consistent((mut sheet, _) in balanced()) {
        for cell in sheet.summed() {
            if cell.column() != "total" {
                sheet.blank(cell);
            }
        }
        prop_assert!(run(&sheet).stories.is_empty());
    }

    /// The form of 2021 with one row （六）其他处理 in place of its three items.
    #[test]
    fn one_row_of_other_results_is_read_as_their_sum(seed: u64, profile in profile()) {
        let mut rng = Rng(seed);
        let mut sheet = Sheet::balanced(Edition::E2021, profile, &mut rng);
        for column in COLUMNS {
            let items = ["uncorrected", "unpaid", "misc"].map(|i| at(&format!("other.{i}"), column));
            let sum = items.iter().map(|c| sheet.number(*c)).sum();
            items.iter().for_each(|c| sheet.remove(*c));
            sheet.set(at("other", column), sum);
        }
        prop_assert!(run(&sheet).stories.is_empty());
        let row = rng.pick(&rows(Edition::E2019));
        let cell = at(row, rng.pick(&COLUMNS));
        let right = sheet.number(cell);
        sheet.set(cell, other(&mut rng, right));
        let found = run(&sheet);
        prop_assert_eq!(found.verdict(), Verdict::Unique);
        prop_assert_eq!(changes(&found.stories[0].explanations[0]), vec![(cell, right)]);
    }

    /// A wrong number is found among blanks that stand for 0, unless blanks could hold what is missing.
    #[test]
    fn one_wrong_cell_among_blanks_for_zeros((mut sheet, mut rng) in balanced()) {
        for cell in sheet.summed() {
            if sheet.number(cell) == 0 {
                sheet.blank(cell);
            }
        }
        let filled: Vec<CellId> = sheet.table3().into_iter().filter(|c| !sheet.is_open(*c)).collect();
        if filled.is_empty() {
            return Ok(());
        }
        let cell = rng.pick(&filled);
        let right = sheet.number(cell);
        sheet.set(cell, other(&mut rng, right).max(0));
        let found = run(&sheet);
        if let Some(story) = found.stories.first() {
            prop_assert!(story.explanations.iter().all(|e| e.numbers() <= 1));
            // The true cell is an explanation that fills no blank, so none that fills one is left.
            prop_assert!(story.explanations.iter().any(|e| changes(e) == [(cell, right)]), "{story:?}");
        }
    }

    /// Anything at all: bounded, and the same every time.
    #[test]
    fn any_input_is_bounded_and_deterministic(seed: u64, blanks in 0_u64..90, most in prop_oneof![Just(2_i64), Just(1000)]) {
        let mut rng = Rng(seed);
        let mut sheet = Sheet::zero(Edition::E2021).with_group_rows();
        for cell in Edition::E2021.form().cells() {
            sheet.set(cell.id, rng.up_to(most));
            if rng.chance(blanks) {
                sheet.blank(cell.id);
            }
        }
        let system: System = sheet.system();
        let options = Options { budget: 200_000, ..Options::default() };
        let (first, again) = (localise(&system, &options), localise(&system, &options));
        prop_assert_eq!(format!("{first:?}"), format!("{again:?}"));
        for story in &first.stories {
            prop_assert!(story.work < 2 * options.budget, "{}", story.work);
        }
    }
}
