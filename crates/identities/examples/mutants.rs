//! How well wrong cells are named, by kind of mistyping: the table in the crate's README.
//!
//! `cargo run --release -p nianbao-identities --example mutants [MUTANTS]` makes balanced reports in the form of 2021 from a
//! fixed seed, mistypes each in one way, and looks whether the first explanation is the truth.
#![expect(clippy::print_stdout, reason = "a program")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use nianbao_identities::{Explanation, Localisation, Options, Story, Verdict, localise};
use nianbao_schema::{CellId, Edition};
use support::{COLUMNS, Profile, Rng, Sheet, at, results, rows, with_narrative, with_prior};

/// A way to mistype a report; gives up on a report in which there is nothing to mistype that way.
type Mistype = fn(&mut Sheet, &mut Rng) -> Option<()>;

const KINDS: &[(&str, Mistype)] = &[
    ("a digit changed", |s, r| typed(s, r, 1, digit_changed)),
    ("a digit dropped", |s, r| typed(s, r, 10, digit_dropped)),
    ("a digit added", |s, r| typed(s, r, 1, |n, r| edit(n, r, |d, i, r| d.insert(i + 1, r.up_to(9) as u8)))),
    ("a digit doubled", |s, r| typed(s, r, 1, |n, r| edit(n, r, |d, i, _| d.insert(i, d[i])))),
    ("two digits swapped", |s, r| {
        typed(s, r, 10, |n, r| edit(n, r, |d, i, _| d[i.saturating_sub(1)..=i].reverse()))
    }),
    ("a minus sign", |s, r| typed(s, r, 1, |n, _| -n)),
    ("0 for a number", |s, r| typed(s, r, 1, |_, _| 0)),
    ("a number for 0", number_for_zero),
    ("blank for a number", |s, r| {
        let cells: Vec<CellId> = s.table3().into_iter().filter(|c| s.number(*c) > 0).collect();
        s.blank(*cells.get(r.below(cells.len()))?);
        Some(())
    }),
    ("any other number", |s, r| typed(s, r, 0, |n, r| r.up_to(2 * n + 20))),
    ("number of a neighbour", neighbour_copied),
    ("total leaves out a part", part_left_out),
    ("left and right exchanged", |s, r| exchanged(s, r, (0, 1))),
    ("up and down exchanged", |s, r| exchanged(s, r, (1, 0))),
    ("booked in another column", |s, r| rebooked(s, r, true)),
    ("booked in another row", |s, r| rebooked(s, r, false)),
    ("leaf wrong, totals recomputed", recomputed),
    ("row shifted by a column", row_shifted),
    ("column shifted by a row", column_shifted),
    ("two rows exchanged", rows_exchanged),
    ("a cell of table 4", |s, r| {
        let cells: Vec<CellId> = s.summed().into_iter().filter(|c| c.table() == "review").collect();
        let cell = r.pick(&cells);
        let n = s.number(cell);
        s.set(cell, digit_changed(n, r));
        Some(())
    }),
    ("two cells, a digit each", |s, r| (0..2).try_for_each(|_| typed(s, r, 1, digit_changed))),
    ("three cells, a digit each", |s, r| (0..3).try_for_each(|_| typed(s, r, 1, digit_changed))),
];

fn main() {
    let count = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let heads = [
        "detected",
        "one explanation",
        "named first",
        "+ last year",
        "+ text",
        "+ both",
        "listed",
        "0 blank: detected",
        "named first",
    ];
    println!("| mistyped ({count} each) | {} |", heads.join(" | "));
    println!("|---|{}", "--:|".repeat(heads.len()));
    for (seed, (name, mistype)) in KINDS.iter().enumerate() {
        println!("| {name} | {} |", run(*mistype, count, seed as u64 + 1));
    }
    println!(
        "\nA leaf wrong and its totals recomputed: the column is certain in {} %.",
        certain_column(count)
    );
}

/// How often all explanations agree on the column of a wrong leaf whose totals were recomputed, in per cent.
fn certain_column(count: usize) -> usize {
    let mut rng = Rng(20_240_131);
    let (mut made, mut certain) = (0, 0);
    while made < count {
        let truth = Sheet::balanced(Edition::E2021, Profile::Real, &mut rng);
        let mut sheet = truth.clone();
        if recomputed(&mut sheet, &mut rng).is_none() || sheet == truth {
            continue;
        }
        made += 1;
        let wrong = differences(&sheet, &truth);
        let column = wrong.keys().map(|c| c.column()).find(|c| *c != "total");
        let found = localise(&sheet.system(), &Options::default());
        certain += usize::from(found.stories.iter().all(|s| s.certain_column() == column));
    }
    certain * 100 / count
}

fn run(mistype: Mistype, count: usize, seed: u64) -> String {
    let mut rng = Rng(seed << 32);
    let (mut unique, mut listed, mut made) = (0, 0, 0);
    let mut scores = [Score::default(); 5];
    while made < count {
        let truth = Sheet::balanced(Edition::E2021, Profile::Real, &mut rng);
        let mut sheet = truth.clone();
        if mistype(&mut sheet, &mut rng).is_none() || sheet == truth {
            continue;
        }
        made += 1;
        let wrong = differences(&sheet, &truth);
        for (evidence, score) in scores[..4].iter_mut().enumerate() {
            let mut system = sheet.system();
            if evidence & 1 != 0 {
                with_prior(&mut system, &truth);
            }
            if evidence & 2 != 0 {
                with_narrative(&mut system, &truth);
            }
            let found = localise(&system, &Options::default());
            score.add(&found, &wrong);
            if evidence == 0 {
                let one = |s: &Story| {
                    s.explanations.len() == 1 && matches!(s.verdict, Verdict::Unique | Verdict::Shifted)
                };
                unique += usize::from(!found.stories.is_empty() && found.stories.iter().all(one));
                listed += usize::from(is_listed(&found, &wrong));
            }
        }
        for cell in sheet.summed() {
            if sheet.number(cell) == 0 {
                sheet.blank(cell);
            }
        }
        scores[4].add(&localise(&sheet.system(), &Options::default()), &wrong);
    }
    let percent = |n: usize| {
        let tenths = (n * 1000 + count / 2) / count;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    let pair = |score: &Score| match (percent(score.cells), percent(score.values)) {
        (cells, values) if cells == values => cells,
        (cells, values) => format!("{cells}; values {values}"),
    };
    let mut fields = vec![percent(scores[0].detected), percent(unique)];
    fields.extend(scores[..4].iter().map(pair));
    fields.extend([percent(listed), percent(scores[4].detected), pair(&scores[4])]);
    fields.join(" | ")
}

/// How often the first explanation was right.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    detected: usize,
    cells: usize,
    values: usize,
}

impl Score {
    fn add(&mut self, found: &Localisation, wrong: &BTreeMap<CellId, i64>) {
        let first = first(found);
        self.detected += usize::from(!found.stories.is_empty());
        self.cells += usize::from(first.keys().eq(wrong.keys()));
        self.values += usize::from(first == *wrong);
    }
}

/// The cells that differ, with their right numbers.
fn differences(sheet: &Sheet, truth: &Sheet) -> BTreeMap<CellId, i64> {
    let cells = truth.summed().into_iter().filter(|c| sheet.known(*c) != truth.known(*c));
    cells.map(|c| (c, truth.number(c))).collect()
}

fn changes(explanation: &Explanation) -> impl Iterator<Item = (CellId, i64)> {
    explanation.changes.iter().map(|c| (c.cell.cell, c.proposed))
}

/// What the first explanation of every story says together, and which blanks must be filled where there is none.
fn first(found: &Localisation) -> BTreeMap<CellId, i64> {
    let fills = found.fills.iter().map(|c| (c.cell.cell, c.proposed));
    found.stories.iter().filter_map(|s| s.all().next()).flat_map(changes).chain(fills).collect()
}

/// Whether every story lists the truth among its explanations.
fn is_listed(found: &Localisation, wrong: &BTreeMap<CellId, i64>) -> bool {
    let mut left = wrong.clone();
    found.fills.iter().filter(|f| wrong.get(&f.cell.cell) == Some(&f.proposed)).for_each(|f| {
        left.remove(&f.cell.cell);
    });
    for story in &found.stories {
        let right = story.all().find(|e| changes(e).all(|(cell, n)| wrong.get(&cell) == Some(&n)));
        for (cell, _) in right.into_iter().flat_map(changes) {
            left.remove(&cell);
        }
    }
    left.is_empty()
}

/// Mistypes the number of one cell that is at least `least`.
fn typed(sheet: &mut Sheet, rng: &mut Rng, least: i64, slip: impl Fn(i64, &mut Rng) -> i64) -> Option<()> {
    let cells: Vec<CellId> = sheet.table3().into_iter().filter(|c| sheet.number(*c) >= least).collect();
    let cell = *cells.get(rng.below(cells.len()))?;
    let n = slip(sheet.number(cell), rng);
    (n != sheet.number(cell)).then(|| sheet.set(cell, n))
}

fn edit(n: i64, rng: &mut Rng, change: impl Fn(&mut Vec<u8>, usize, &mut Rng)) -> i64 {
    let mut digits: Vec<u8> = n.to_string().bytes().map(|b| b - b'0').collect();
    let at = rng.below(digits.len());
    change(&mut digits, at, rng);
    digits.iter().fold(0, |n, d| n * 10 + i64::from(*d))
}

fn digit_changed(n: i64, rng: &mut Rng) -> i64 {
    edit(n, rng, |digits, i, rng| digits[i] = (digits[i] + 1 + rng.up_to(8) as u8) % 10)
}

fn digit_dropped(n: i64, rng: &mut Rng) -> i64 {
    edit(n, rng, |digits, i, _| {
        digits.remove(i);
    })
}

fn number_for_zero(sheet: &mut Sheet, rng: &mut Rng) -> Option<()> {
    let cells: Vec<CellId> = sheet.table3().into_iter().filter(|c| sheet.number(*c) == 0).collect();
    let cell = *cells.get(rng.below(cells.len()))?;
    sheet.set(cell, 1 + rng.up_to(11));
    Some(())
}

fn neighbour_copied(sheet: &mut Sheet, rng: &mut Rng) -> Option<()> {
    let (row, column) = (rng.below(rows(sheet.edition).len()), rng.below(6));
    let row = rows(sheet.edition)[row];
    let n = sheet.number(at(row, COLUMNS[column]));
    (n > 0).then(|| sheet.set(at(row, COLUMNS[column + 1]), n))
}

fn part_left_out(sheet: &mut Sheet, rng: &mut Rng) -> Option<()> {
    let row = rng.pick(&rows(sheet.edition));
    let parts: Vec<i64> = COLUMNS[..6].iter().map(|c| sheet.number(at(row, c))).filter(|n| *n > 0).collect();
    let total = at(row, "total");
    (parts.len() > 1).then(|| sheet.set(total, sheet.number(total) - rng.pick(&parts)))
}

fn exchanged(sheet: &mut Sheet, rng: &mut Rng, step: (usize, usize)) -> Option<()> {
    let all = rows(sheet.edition);
    let (row, column) = (rng.below(all.len() - step.0), rng.below(6 - step.1));
    let (a, b) = (at(all[row], COLUMNS[column]), at(all[row + step.0], COLUMNS[column + step.1]));
    let (m, n) = (sheet.number(a), sheet.number(b));
    sheet.set(a, n);
    sheet.set(b, m);
    Some(())
}

fn rebooked(sheet: &mut Sheet, rng: &mut Rng, in_row: bool) -> Option<()> {
    // A request drawn from all of them, so that a cell with many is hit more often.
    let leaves = results(sheet.edition);
    let cells: Vec<(usize, usize)> = if in_row {
        (0..rows(sheet.edition).len()).flat_map(|r| (0..6).map(move |c| (r, c))).collect()
    } else {
        (2..2 + leaves.len()).flat_map(|r| (0..6).map(move |c| (r, c))).collect()
    };
    let all = rows(sheet.edition);
    let cell = |(row, column): (usize, usize)| at(all[row], COLUMNS[column]);
    let mut request = rng.up_to(cells.iter().map(|c| sheet.number(cell(*c))).sum::<i64>() - 1);
    let from = cells.iter().copied().find(|c| {
        request -= sheet.number(cell(*c));
        request < 0
    })?;
    let to = if in_row { (from.0, rng.below(6)) } else { (2 + rng.below(leaves.len()), from.1) };
    let (a, b) = (cell(from), cell(to));
    let moved = 1 + rng.up_to(2);
    if a == b || sheet.number(a) < moved {
        return None;
    }
    sheet.set(a, sheet.number(a) - moved);
    sheet.set(b, sheet.number(b) + moved);
    Some(())
}

fn recomputed(sheet: &mut Sheet, rng: &mut Rng) -> Option<()> {
    let leaves = results(sheet.edition);
    let row =
        if rng.chance(20) { rng.pick(&["received", "carried_in", "carried_out"]) } else { rng.pick(&leaves) };
    let column = COLUMNS[rng.below(6)];
    let n = sheet.number(at(row, column));
    if n == 0 {
        return None;
    }
    let moved = digit_changed(n, rng) - n;
    let mut cells = vec![at(row, column), at(row, "total")];
    if leaves.contains(&row) {
        cells.extend([at("handled_total", column), at("handled_total", "total")]);
    }
    cells.into_iter().for_each(|c| sheet.set(c, sheet.number(c) + moved));
    Some(())
}

/// Inserts a 0 into a run of a line, so that the numbers behind it move and the last one is lost.
fn shifted(sheet: &mut Sheet, line: &[CellId], rng: &mut Rng) -> Option<()> {
    let (from, to) = (rng.below(line.len()), rng.below(line.len()));
    let filled = line.get(from..=to)?.iter().filter(|c| sheet.number(**c) > 0).count();
    if filled < 3 {
        return None;
    }
    for i in (from + 1..=to).rev() {
        sheet.set(line[i], sheet.number(line[i - 1]));
    }
    sheet.set(line[from], 0);
    Some(())
}

fn row_shifted(sheet: &mut Sheet, rng: &mut Rng) -> Option<()> {
    let row = rng.pick(&rows(sheet.edition));
    shifted(sheet, &COLUMNS.map(|c| at(row, c)), rng)
}

fn column_shifted(sheet: &mut Sheet, rng: &mut Rng) -> Option<()> {
    let column = rng.pick(&COLUMNS);
    let line: Vec<CellId> = rows(sheet.edition).iter().map(|r| at(r, column)).collect();
    shifted(sheet, &line, rng)
}

fn rows_exchanged(sheet: &mut Sheet, rng: &mut Rng) -> Option<()> {
    let all = rows(sheet.edition);
    // Rows of results among themselves, and the two rows of what came in, exchange without any sum noticing.
    let (a, b) = (rng.pick(&["received", "handled_total", "carried_out"]), all[rng.below(all.len())]);
    if a == b || (a, b) == ("received", "carried_in") {
        return None;
    }
    for column in COLUMNS {
        let (m, n) = (sheet.number(at(a, column)), sheet.number(at(b, column)));
        sheet.set(at(a, column), n);
        sheet.set(at(b, column), m);
    }
    Some(())
}
