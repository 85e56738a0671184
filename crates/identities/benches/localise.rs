//! What it costs to localise: `cargo bench -p nianbao-identities`, one core, no other load.
//!
//! Every line is many different reports from a fixed seed; shown are the median and the slowest, each the fastest of
//! three runs. Making the system from the report is part of it.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench measures time and prints it")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use nianbao_identities::{Options, System, localise};
use nianbao_schema::{CellId, Edition};
use support::{COLUMNS, Profile, Rng, Sheet, at, results, rows};

type Case = (&'static str, usize, fn(&mut Rng) -> Sheet);

fn main() {
    let cases: &[Case] = &[
        ("clean", 2000, real),
        ("clean, blanks for zeros", 2000, |rng| blanks(real(rng), 100, true)),
        ("clean, blank totals of rows", 500, |rng| {
            let mut sheet = real(rng);
            results(sheet.edition).iter().for_each(|row| sheet.blank(at(row, "total")));
            sheet
        }),
        ("clean, only totals", 500, |rng| {
            let mut sheet = real(rng);
            let cells = sheet.summed();
            cells.iter().filter(|c| c.column() != "total").for_each(|c| sheet.blank(*c));
            sheet
        }),
        ("one wrong cell", 2000, |rng| wrong(real(rng), 1, rng)),
        ("one wrong cell, blanks for zeros", 2000, |rng| wrong(blanks(real(rng), 100, true), 1, rng)),
        ("two wrong cells", 2000, |rng| wrong(real(rng), 2, rng)),
        ("two wrong cells, blanks for zeros", 2000, |rng| wrong(blanks(real(rng), 100, true), 2, rng)),
        ("three wrong cells", 2000, |rng| wrong(real(rng), 3, rng)),
        ("three wrong cells, equal amounts", 2000, |rng| {
            let mut sheet = real(rng);
            let cells = sheet.table3();
            for _ in 0..3 {
                let cell = rng.pick(&cells);
                sheet.set(cell, sheet.number(cell) + 1);
            }
            sheet
        }),
        ("three wrong cells, blanks for zeros", 1000, |rng| wrong(blanks(real(rng), 100, true), 3, rng)),
        ("three wrong cells, one cell in three blank", 1000, |rng| {
            wrong(blanks(real(rng), 33, false), 3, rng)
        }),
        ("column moved by one row", 500, |rng| {
            let mut sheet = real(rng);
            let rows = rows(sheet.edition);
            let column = rng.pick(&COLUMNS);
            for i in (1..rows.len()).rev() {
                sheet.set(at(rows[i], column), sheet.number(at(rows[i - 1], column)));
            }
            sheet
        }),
        ("up to six wrong cells, some blank", 5000, |rng| {
            let profile = rng.pick(&[Profile::Real, Profile::Small, Profile::Large]);
            let (share, only_zeros, count) = (rng.pick(&[10, 30, 60, 90]), rng.chance(50), rng.below(7));
            let sheet = Sheet::balanced(Edition::E2021, profile, rng);
            wrong(blanks(sheet, share, only_zeros), count, rng)
        }),
        ("every cell at random", 500, |rng| garbage(rng, 0)),
        ("every cell at random, half of them blank", 500, |rng| garbage(rng, 50)),
        ("every cell at random, most of them blank", 500, |rng| garbage(rng, 85)),
    ];
    println!("{:<48} {:>10} {:>10}", "", "median", "slowest");
    for (name, count, make) in cases {
        let mut rng = Rng(20_240_131);
        let mut times: Vec<Duration> = (0..*count).map(|_| time(&make(&mut rng))).collect();
        times.sort_unstable();
        let show = |d: Duration| format!("{:.1} µs", d.as_nanos() as f64 / 1000.0);
        println!("{name:<48} {:>10} {:>10}", show(times[times.len() / 2]), show(times[times.len() - 1]));
    }
}

fn time(sheet: &Sheet) -> Duration {
    let report = sheet.report();
    let once = || {
        let start = Instant::now();
        black_box(localise(&System::of(black_box(&report)), &Options::default()));
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

fn real(rng: &mut Rng) -> Sheet {
    Sheet::balanced(Edition::E2021, Profile::Real, rng)
}

fn blanks(mut sheet: Sheet, percent: u64, only_zeros: bool) -> Sheet {
    let mut rng = Rng(percent);
    for cell in sheet.summed() {
        if (!only_zeros || sheet.number(cell) == 0) && rng.chance(percent) {
            sheet.blank(cell);
        }
    }
    sheet
}

fn wrong(mut sheet: Sheet, count: usize, rng: &mut Rng) -> Sheet {
    let cells: Vec<CellId> = sheet.table3().into_iter().filter(|c| !sheet.is_open(*c)).collect();
    for _ in 0..count.min(cells.len()) {
        let cell = rng.pick(&cells);
        sheet.set(cell, sheet.number(cell) + 1 + rng.up_to(30));
    }
    sheet
}

fn garbage(rng: &mut Rng, blanks: u64) -> Sheet {
    let mut sheet = Sheet::zero(Edition::E2021).with_group_rows();
    let most = rng.pick(&[1, 5, 1000]);
    for cell in Edition::E2021.form().cells() {
        sheet.set(cell.id, rng.up_to(most));
        if rng.chance(blanks) {
            sheet.blank(cell.id);
        }
    }
    sheet
}
