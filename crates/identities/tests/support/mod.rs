//! Balanced reports made from a seed, shared by tests, benches and examples.
#![allow(dead_code, unreachable_pub, reason = "no one of them uses all of it")]

use nianbao_identities::{ConstraintId, Known, Strength, System, Trust, Variable};
use nianbao_schema::document::{Location, Text};
use nianbao_schema::report::Report;
use nianbao_schema::value::Reading;
use nianbao_schema::{CellId, Edition};

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, the same on every machine.
#[derive(Debug, Clone)]
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A number from 0 to `n`.
    pub fn up_to(&mut self, n: i64) -> i64 {
        (self.next() % (n.max(0) as u64 + 1)) as i64
    }

    /// True in `percent` of all cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

pub const COLUMNS: [&str; 7] =
    ["natural", "business", "research", "public_interest", "legal_service", "other", "total"];
pub const GROUPS: [&str; 3] = ["reconsideration", "litigation_direct", "litigation_after_review"];
pub const OUTCOMES: [&str; 5] = ["upheld", "corrected", "other", "pending", "total"];

/// What kind of report to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// As real ones are: most requests come from natural persons, most cells are 0.
    Real,
    /// No cell of table 3 is more than 3.
    Small,
    /// Any cell may be up to 10 000.
    Large,
    /// Nothing at all was requested.
    Zero,
}

/// The values of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub edition: Edition,
    known: Vec<Known>,
}

pub fn cell(id: &str) -> CellId {
    CellId::parse(id).unwrap_or_else(|| panic!("no cell {id}"))
}

pub fn at(row: &str, column: &str) -> CellId {
    cell(&format!("applications.{row}.{column}"))
}

pub fn here(cell: CellId) -> Variable {
    Variable { report: 0, cell }
}

/// Rows of table 3, in the order of the form.
pub fn rows(edition: Edition) -> Vec<&'static str> {
    let tables = edition.form().tables.iter().filter(|t| t.id == "applications");
    tables.flat_map(|t| &t.blocks).flat_map(|b| &b.rows).map(|r| r.id.as_str()).collect()
}

/// Rows of table 3 that the row （七）总计 adds up.
pub fn results(edition: Edition) -> Vec<&'static str> {
    let all = rows(edition);
    all[2..all.len() - 2].to_vec()
}

impl Sheet {
    /// A report whose official cells are all 0; group rows are not there.
    pub fn zero(edition: Edition) -> Self {
        let mut sheet = Self { edition, known: vec![Known::Unreadable; CellId::count()] };
        for cell in edition.form().official_cells() {
            sheet.set(cell.id, 0);
        }
        sheet
    }

    /// A balanced report.
    pub fn balanced(edition: Edition, profile: Profile, rng: &mut Rng) -> Self {
        let mut sheet = Self::zero(edition);
        let size = rng.pick(&[4, 12, 30, 80, 250, 1200]);
        for (j, column) in COLUMNS[..6].iter().enumerate() {
            let share = [100, 25, 3, 3, 8, 6][j];
            for row in results(edition) {
                let weight = match row {
                    "granted" => 40,
                    "unavailable.not_held" => 25,
                    "partial" | "other.misc" | "other" | "denied.statutory" | "rejected.petition" => 8,
                    _ => 3,
                };
                let n = match profile {
                    Profile::Zero => 0,
                    Profile::Small => rng.up_to(3),
                    Profile::Large => rng.up_to(10_000),
                    Profile::Real if rng.chance(weight * 2) => {
                        rng.up_to(size * share * weight as i64 / 2500 + 1)
                    }
                    Profile::Real => rng.up_to(size * share * weight as i64 / 10_000),
                };
                sheet.set(at(row, column), n);
            }
            let handled: i64 = results(edition).iter().map(|r| sheet.number(at(r, column))).sum();
            let carried_out = match profile {
                Profile::Zero => 0,
                Profile::Real => rng.up_to(handled / 10 + i64::from(j == 0)),
                _ => rng.up_to(handled),
            };
            let most_in =
                if profile == Profile::Real { (handled + carried_out) / 8 } else { handled + carried_out };
            let carried_in = rng.up_to(most_in);
            sheet.set(at("handled_total", column), handled);
            sheet.set(at("carried_out", column), carried_out);
            sheet.set(at("carried_in", column), carried_in);
            sheet.set(at("received", column), handled + carried_out - carried_in);
        }
        for row in rows(edition) {
            let sum = COLUMNS[..6].iter().map(|c| sheet.number(at(row, c))).sum();
            sheet.set(at(row, "total"), sum);
        }
        for group in GROUPS {
            let most = match profile {
                Profile::Zero => 0,
                Profile::Real => rng.pick(&[0, 1, 4, 25]),
                Profile::Small => 3,
                Profile::Large => 500,
            };
            let mut total = 0;
            for outcome in &OUTCOMES[..4] {
                let n = rng.up_to(most);
                total += n;
                sheet.set(cell(&format!("review.{group}.{outcome}")), n);
            }
            sheet.set(cell(&format!("review.{group}.total")), total);
        }
        sheet
    }

    /// Adds the group rows that some local variants fill.
    pub fn with_group_rows(mut self) -> Self {
        for identity in
            self.edition.form().identities().iter().filter(|i| i.family.starts_with("applications.group."))
        {
            let sum = identity.left.iter().map(|c| self.number(*c)).sum();
            self.set(identity.right[0], sum);
        }
        self
    }

    pub fn known(&self, cell: CellId) -> Known {
        self.known[cell.index()]
    }

    /// The number of a cell; 0 for a blank.
    pub fn number(&self, cell: CellId) -> i64 {
        match self.known(cell) {
            Known::Number(n) => i64::try_from(n.mantissa()).unwrap_or(i64::MAX),
            Known::Open | Known::Unreadable => 0,
        }
    }

    pub fn set(&mut self, cell: CellId, n: i64) {
        self.known[cell.index()] = Known::Number(n.into());
    }

    pub fn blank(&mut self, cell: CellId) {
        self.known[cell.index()] = Known::Open;
    }

    pub fn remove(&mut self, cell: CellId) {
        self.known[cell.index()] = Known::Unreadable;
    }

    pub fn is_open(&self, cell: CellId) -> bool {
        self.known(cell) == Known::Open
    }

    /// As recognition gives it.
    pub fn report(&self) -> Report {
        let mut report = Report::new(self.edition);
        for cell in self.edition.form().cells() {
            let words = match self.known(cell.id) {
                Known::Number(n) => n.to_string(),
                Known::Open => String::new(),
                Known::Unreadable => continue,
            };
            report.set_cell(
                cell.id,
                Reading::new(Text::new(words, Location::default()), cell.column.kind, None, None),
            );
        }
        report
    }

    pub fn system(&self) -> System {
        System::with(self.edition, |c| self.known(c))
    }

    /// Last year's report, as far as its row of requests carried over goes.
    pub fn prior(&self) -> Self {
        let mut prior = Self::zero(self.edition);
        for column in COLUMNS {
            prior.set(at("carried_out", column), self.number(at("carried_in", column)));
        }
        prior
    }

    /// The cells of table 3, in the order of the form.
    pub fn table3(&self) -> Vec<CellId> {
        rows(self.edition).iter().flat_map(|r| COLUMNS.map(|c| at(r, c))).collect()
    }

    /// The official cells that stand in sums: tables 3 and 4.
    pub fn summed(&self) -> Vec<CellId> {
        let all = self.edition.form().official_cells();
        all.filter(|c| c.table.id != "disclosure").map(|c| c.id).collect()
    }
}

/// Adds last year's report as evidence.
pub fn with_prior(system: &mut System, truth: &Sheet) {
    let prior = truth.prior();
    let number = system.add(prior.edition, Trust::Given, |c| prior.known(c));
    system.link_years(0, number, Strength::Soft);
}

/// Adds what a text usually says: received, carried in, handled, carried over, granted, and the disputes.
pub fn with_narrative(system: &mut System, truth: &Sheet) {
    let mut cells: Vec<CellId> = ["received", "carried_in", "handled_total", "carried_out", "granted"]
        .iter()
        .map(|row| at(row, "total"))
        .collect();
    cells.push(cell("review.reconsideration.total"));
    for (i, said) in cells.iter().enumerate() {
        system.observe(ConstraintId::Other(i as u32), &[here(*said)], truth.number(*said));
    }
    let lawsuits = ["review.litigation_direct.total", "review.litigation_after_review.total"].map(cell);
    let sum = lawsuits.iter().map(|c| truth.number(*c)).sum();
    system.observe(ConstraintId::Other(9), &lawsuits.map(here), sum);
}
