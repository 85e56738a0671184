//! Which cells of two forms belong together: the crosswalk, applied to every cell.

use nianbao_schema::form::{Correspondence, Form, Mapping};
use nianbao_schema::{CellId, Edition};

/// Cells of an older and a newer form that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// How they correspond.
    pub kind: Correspondence,
    /// Cells of the older form; empty if the newer ones have no counterpart. Several count as their sum.
    pub old: Vec<CellId>,
    /// Cells of the newer form; empty if the older ones have no counterpart. Several count as their sum.
    pub new: Vec<CellId>,
}

/// The pairs between two editions, in the order of the newer form, then what only the older one has.
///
/// Every official cell of both forms is in exactly one pair.
pub fn pairs(old: Edition, new: Edition) -> Vec<Pair> {
    let (old_form, new_form) = (old.form(), new.form());
    let mut pairs: Vec<Pair> = Vec::new();
    let named =
        |cell: CellId| new_form.crosswalk.iter().find(|m| m.new.contains(&cell) || m.old.contains(&cell));
    for cell in new_form.official_cells() {
        let id = cell.id;
        let mapping = if old == new { None } else { named(id) };
        let pair = match mapping.map(|m| (m.kind, m)) {
            None | Some((Correspondence::Same, _)) if official(old_form, id) => {
                Pair { kind: Correspondence::Same, old: vec![id], new: vec![id] }
            }
            Some((Correspondence::Sum, mapping)) => {
                // One old cell for the new cells of the same column.
                let column = |c: &&CellId| c.column() == id.column();
                Pair {
                    kind: Correspondence::Sum,
                    old: mapping.old.iter().filter(column).copied().collect(),
                    new: mapping.new.iter().filter(column).copied().collect(),
                }
            }
            Some((Correspondence::Renamed, mapping)) => {
                let at = mapping.new.iter().position(|c| *c == id);
                let old = at.and_then(|at| mapping.old.get(at)).copied();
                Pair { kind: Correspondence::Renamed, old: old.into_iter().collect(), new: vec![id] }
            }
            _ => Pair { kind: Correspondence::None, old: Vec::new(), new: vec![id] },
        };
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    for cell in old_form.official_cells() {
        if !pairs.iter().any(|p| p.old.contains(&cell.id)) {
            pairs.push(Pair { kind: Correspondence::None, old: vec![cell.id], new: Vec::new() });
        }
    }
    pairs
}

fn official(form: &Form, cell: CellId) -> bool {
    form.cell(cell).is_some_and(|c| c.official)
}

/// The line of the crosswalk that a pair comes from, which has a remark for readers; `None` if the cells are simply the
/// same or the editions are.
pub fn mapping(pair: &Pair, old: Edition, new: Edition) -> Option<&'static Mapping> {
    let maps = if old == new { &[][..] } else { &new.form().crosswalk[..] };
    let named = |m: &&Mapping| {
        pair.new.iter().any(|c| m.new.contains(c)) || pair.old.iter().any(|c| m.old.contains(c))
    };
    maps.iter().find(named)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_cell_of_both_forms_is_in_one_pair() {
        for old in Edition::ALL {
            for new in Edition::ALL.iter().filter(|n| *n >= old) {
                let (mut from, mut to) = (BTreeMap::new(), BTreeMap::new());
                for pair in pairs(*old, *new) {
                    pair.old.iter().for_each(|c| *from.entry(*c).or_insert(0) += 1);
                    pair.new.iter().for_each(|c| *to.entry(*c).or_insert(0) += 1);
                }
                assert!(old.form().official_cells().all(|c| from[&c.id] == 1), "{old:?} to {new:?}");
                assert!(new.form().official_cells().all(|c| to[&c.id] == 1), "{old:?} to {new:?}");
            }
        }
    }

    #[test]
    fn the_trial_form_meets_the_form_of_2021() {
        let pairs = pairs(Edition::E2019, Edition::E2021);
        let count = |kind, table: &str| {
            pairs
                .iter()
                .filter(|p| {
                    p.kind == kind && p.new.first().or(p.old.first()).is_some_and(|c| c.table() == table)
                })
                .count()
        };
        assert_eq!(count(Correspondence::Same, "applications"), 154);
        assert_eq!(count(Correspondence::Sum, "applications"), 7);
        assert_eq!(count(Correspondence::Same, "review"), 15);
        assert_eq!(count(Correspondence::Same, "disclosure"), 3);
        assert_eq!(count(Correspondence::Renamed, "disclosure"), 2);
        let in_force = CellId::parse("disclosure.normative_documents.in_force").unwrap();
        let pair = pairs.iter().find(|p| p.new.contains(&in_force)).unwrap();
        assert!(pair.old.is_empty(), "the cumulative total of the trial form is another quantity");
    }
}
