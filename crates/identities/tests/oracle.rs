//! The search against one that tries everything, on small random systems.

mod support;

use std::collections::BTreeSet;

use nianbao_identities::{ConstraintId, Known, Options, Strength, System, Variable, Verdict, localise};
use nianbao_schema::form::Relation;
use nianbao_schema::{CellId, Edition};
use proptest::prelude::*;
use support::{Rng, at, here};

/// The oracle tries all numbers up to this.
const MOST: i64 = 7;

#[derive(Debug)]
struct Small {
    /// `None` is a blank.
    values: Vec<Option<i64>>,
    constraints: Vec<(Vec<i64>, Relation, i64)>,
}

impl Small {
    fn random(rng: &mut Rng) -> Self {
        let count = 4 + rng.below(2);
        let truth: Vec<i64> = (0..count).map(|_| rng.up_to(4)).collect();
        let mut values: Vec<Option<i64>> = truth.iter().copied().map(Some).collect();
        for _ in 0..rng.below(4) {
            values[rng.below(count)] = Some(rng.up_to(5));
        }
        if rng.chance(50) {
            values[rng.below(count)] = None;
        }
        let constraint = |rng: &mut Rng| {
            let coefficients: Vec<i64> = (0..count).map(|_| rng.pick(&[0, 0, 1, 1, -1, -1, 2, -2])).collect();
            let right: i64 = coefficients.iter().zip(&truth).map(|(k, v)| k * v).sum();
            match rng.chance(70) {
                true => (coefficients, Relation::Equal, right),
                false => (coefficients, Relation::AtLeast, right - rng.up_to(2)),
            }
        };
        Self { values, constraints: (0..2 + rng.below(3)).map(|_| constraint(rng)).collect() }
    }

    /// Cells that stand in no identity, because nothing else of their rows and columns was read.
    fn cells(&self) -> Vec<CellId> {
        let rows = ["granted", "partial", "denied.security", "denied.process", "other.misc"];
        rows[..self.values.len()].iter().zip(support::COLUMNS).map(|(row, column)| at(row, column)).collect()
    }

    fn system(&self) -> System {
        let cells = self.cells();
        let mut system = System::with(Edition::E2021, |cell| match cells.iter().position(|c| *c == cell) {
            Some(i) => self.values[i].map_or(Known::Open, |n| Known::Number(n.into())),
            None => Known::Unreadable,
        });
        for (i, (coefficients, relation, constant)) in self.constraints.iter().enumerate() {
            let terms = cells.iter().zip(coefficients).map(|(c, k)| (here(*c), *k as i32));
            let terms: Vec<(Variable, i32)> = terms.collect();
            system.constrain(ConstraintId::Other(i as u32), &terms, *relation, *constant, Strength::Hard);
        }
        system
    }

    fn holds(&self, values: &[i64]) -> bool {
        self.constraints.iter().all(|(coefficients, relation, constant)| {
            let sum: i64 = coefficients.iter().zip(values).map(|(k, v)| k * v).sum();
            // A constraint without cells is not taken.
            coefficients.iter().all(|k| *k == 0)
                || match relation {
                    Relation::Equal => sum == *constant,
                    Relation::AtLeast => sum >= *constant,
                }
        })
    }

    /// How few blanks must be filled if some cells may be changed; `None` if that does not suffice.
    fn fewest_fills(&self, freed: usize) -> Option<usize> {
        let free: Vec<usize> =
            (0..self.values.len()).filter(|i| freed & (1 << i) != 0 || self.values[*i].is_none()).collect();
        let mut values: Vec<i64> = self.values.iter().map(|v| v.unwrap_or(0)).collect();
        let mut fewest = None;
        let ways = (MOST + 1).pow(free.len() as u32);
        for way in 0..ways {
            let mut rest = way;
            for i in &free {
                values[*i] = rest % (MOST + 1);
                rest /= MOST + 1;
            }
            if self.holds(&values) {
                let fills =
                    (0..values.len()).filter(|i| self.values[*i].is_none() && values[*i] != 0).count();
                fewest = fewest.map_or(Some(fills), |f: usize| Some(f.min(fills)));
            }
        }
        fewest
    }

    /// The smallest sets of cells, as bits, among those with the fewest blanks filled.
    fn smallest(&self) -> Option<(usize, BTreeSet<usize>)> {
        let numbers =
            |set: &usize| (0..self.values.len()).all(|i| set & (1 << i) == 0 || self.values[i].is_some());
        for size in 0..=3_u32 {
            let sets = (0..1_usize << self.values.len()).filter(|s| s.count_ones() == size).filter(numbers);
            let solutions: Vec<_> =
                sets.filter_map(|s| self.fewest_fills(s).map(|fills| (s, fills))).collect();
            if let Some(fewest) = solutions.iter().map(|s| s.1).min() {
                let sets = solutions.into_iter().filter(|s| s.1 == fewest).map(|s| s.0).collect();
                return Some((size as usize, sets));
            }
        }
        None
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_smallest_explanations_are_those_that_trying_everything_finds(seed: u64) {
        let small = Small::random(&mut Rng(seed));
        let cells = small.cells();
        let found = localise(&small.system(), &Options::default());
        // Constraints of these reports are no such tangles; where ranges alone do not decide, it is said.
        if found.stories.iter().any(|s| matches!(s.verdict, Verdict::Bounded { .. })) {
            return Ok(());
        }
        // Whatever is proposed satisfies everything.
        let mut values: Vec<i64> = small.values.iter().map(|v| v.unwrap_or(0)).collect();
        let mut numbers = 0;
        let index = |cell| cells.iter().position(|c| *c == cell).expect("one of the cells");
        found.fills.iter().for_each(|f| values[index(f.cell.cell)] = f.proposed);
        let explained = found.stories.iter().all(|s| !s.explanations.is_empty());
        for change in found.stories.iter().filter_map(|s| s.explanations.first()).flat_map(|e| &e.changes) {
            values[index(change.cell.cell)] = change.proposed;
            numbers += usize::from(change.seen.is_some());
        }
        if explained {
            prop_assert!(small.holds(&values) && values.iter().all(|v| *v >= 0), "{small:?} {found:?}");
        }
        // It is as small as can be, and nothing as small is missing.
        if let Some((size, sets)) = small.smallest() {
            prop_assert!(explained && numbers <= size, "{small:?} {found:?}");
            if numbers == size && found.stories.len() == 1 && size > 0 {
                let bits = |e: &nianbao_identities::Explanation| -> usize {
                    e.changes.iter().filter(|c| c.seen.is_some()).map(|c| 1 << index(c.cell.cell)).sum()
                };
                let listed: BTreeSet<usize> = found.stories[0].explanations.iter().map(bits).collect();
                let small_enough = found.stories[0].explanations[0].fills() == small.fewest_fills(sets.iter().next().copied().unwrap_or(0)).unwrap_or(0);
                if small_enough {
                    prop_assert!(sets.is_subset(&listed), "{small:?} {found:?} {sets:?}");
                }
            }
        }
    }
}
