//! What the engine needs of an edition, worked out once: the matrix of its identities, its grids, its sums.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use nianbao_schema::form::{Form, Identity, Relation};
use nianbao_schema::value::ValueKind;
use nianbao_schema::{CellId, Edition};

use crate::matrix::Matrix;
use crate::system::ConstraintId;

/// Position that no cell has.
const NONE: u16 = u16::MAX;

/// The cells of a form by position (their order in the form) and what ties them together.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) form: &'static Form,
    /// Cells by position: the official ones first, then those of group rows.
    pub(crate) cells: Vec<CellId>,
    /// Whether a cell may be negative (本年增/减).
    pub(crate) signed: Vec<bool>,
    /// Whether a cell is the sum of others.
    pub(crate) is_sum: Vec<bool>,
    /// By cell: the sums that a spreadsheet would recompute if the cell changed.
    pub(crate) above: Vec<Vec<u16>>,
    /// By cell that is a sum: the positions of its parts, one list for every identity.
    pub(crate) parts: Vec<Vec<Vec<u16>>>,
    /// All identities of the form, in its order.
    pub(crate) matrix: Matrix,
    /// Tables whose cells stand next to each other.
    pub(crate) grids: Vec<Grid>,
    /// By cell: its grid, row and column.
    pub(crate) places: Vec<Option<Place>>,
    /// Group rows, which only local variants fill.
    pub(crate) group_rows: Vec<Vec<u16>>,
    /// Their cells and what these add up.
    pub(crate) groups: Vec<Group>,
    position: Vec<u16>,
}

/// A table as a grid of positions, official rows only.
#[derive(Debug)]
pub(crate) struct Grid {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    cells: Vec<u16>,
}

/// Where a cell stands in a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) grid: usize,
    pub(crate) row: usize,
    pub(crate) column: usize,
}

impl Place {
    /// Whether two cells stand side by side or one above the other.
    pub(crate) fn is_next_to(self, other: Self) -> bool {
        self.grid == other.grid && self.row.abs_diff(other.row) + self.column.abs_diff(other.column) == 1
    }
}

impl Grid {
    /// The cells left, right, above and below a place.
    pub(crate) fn around(&self, place: Place) -> impl Iterator<Item = usize> {
        let Place { row, column, .. } = place;
        let left = (column > 0).then(|| self.at(row, column - 1));
        let right = (column + 1 < self.columns).then(|| self.at(row, column + 1));
        let above = (row > 0).then(|| self.at(row - 1, column));
        let below = (row + 1 < self.rows).then(|| self.at(row + 1, column));
        [left, right, above, below].into_iter().flatten()
    }

    /// The cell of a row and a column.
    pub(crate) fn at(&self, row: usize, column: usize) -> usize {
        usize::from(self.cells[row * self.columns + column])
    }
}

/// A cell of a group row.
#[derive(Debug)]
pub(crate) struct Group {
    /// The cell.
    pub(crate) sum: u16,
    /// The cells that it adds up.
    pub(crate) parts: Vec<u16>,
    /// The identity, other than that of the group, in which all parts stand together.
    pub(crate) outer: usize,
}

static LAYOUTS: LazyLock<Vec<Layout>> =
    LazyLock::new(|| Edition::ALL.iter().map(|e| Layout::new(e.form())).collect());

impl Layout {
    /// The layout of an edition.
    pub(crate) fn of(edition: Edition) -> &'static Self {
        &LAYOUTS[edition as usize]
    }

    /// Position of a cell; `None` if the form does not have it.
    pub(crate) fn position(&self, cell: CellId) -> Option<usize> {
        self.position.get(cell.index()).copied().filter(|p| *p != NONE).map(usize::from)
    }

    fn new(form: &'static Form) -> Self {
        let cells: Vec<CellId> = form.cells().iter().map(|c| c.id).collect();
        let mut position = vec![NONE; CellId::count()];
        for (i, cell) in cells.iter().enumerate() {
            position[cell.index()] = i as u16;
        }
        let at = |cell: &CellId| position[cell.index()];
        let mut matrix = Matrix::default();
        for (index, identity) in form.identities().iter().enumerate() {
            let left = identity.left.iter().map(|c| (u32::from(at(c)), 1));
            let right = identity.right.iter().map(|c| (u32::from(at(c)), -1));
            let id = ConstraintId::Identity { report: 0, index: index as u16 };
            matrix.push(id, left.chain(right), identity.relation, 0);
        }
        let mut parts = vec![Vec::new(); cells.len()];
        for identity in form.identities() {
            if let Some(sum) = sum_of(identity) {
                parts[usize::from(at(&sum))].push(identity.left.iter().map(at).collect());
            }
        }
        let is_sum: Vec<bool> = parts.iter().map(|p| !p.is_empty()).collect();
        let mut group_rows: BTreeMap<(usize, &str), Vec<u16>> = BTreeMap::new();
        for cell in form.cells().iter().filter(|c| !c.official) {
            let table = form.tables.iter().position(|t| t.id == cell.table.id).unwrap_or(0);
            group_rows.entry((table, cell.row.id.as_str())).or_default().push(at(&cell.id));
        }
        let grids = grids(form, &at);
        let mut places = vec![None; cells.len()];
        for (index, grid) in grids.iter().enumerate() {
            for (i, cell) in grid.cells.iter().enumerate() {
                let place = Place { grid: index, row: i / grid.columns, column: i % grid.columns };
                places[usize::from(*cell)] = Some(place);
            }
        }
        Self {
            form,
            signed: form.cells().iter().map(|c| c.column.kind == ValueKind::Change).collect(),
            above: (0..cells.len() as u16).map(|p| above(p, &parts)).collect(),
            is_sum,
            parts,
            matrix: matrix.finish(cells.len()),
            grids,
            places,
            group_rows: group_rows.into_values().collect(),
            groups: groups(form, &at),
            cells,
            position,
        }
    }
}

/// The cell that an identity declares to be the sum of others.
fn sum_of(identity: &Identity) -> Option<CellId> {
    match (identity.relation, identity.right.as_slice()) {
        (Relation::Equal, [sum]) if identity.left.len() > 1 => Some(*sum),
        _ => None,
    }
}

/// Every sum that contains a cell, directly or through other sums.
fn above(cell: u16, parts: &[Vec<Vec<u16>>]) -> Vec<u16> {
    let mut found = vec![cell];
    let mut next = 0;
    while let Some(part) = found.get(next).copied() {
        next += 1;
        for (sum, lists) in parts.iter().enumerate() {
            let sum = sum as u16;
            if lists.iter().any(|l| l.contains(&part)) && !found.contains(&sum) {
                found.push(sum);
            }
        }
    }
    found.remove(0);
    found.sort_unstable();
    found
}

/// Blocks all of whose official cells stand in equations: tables three and four.
fn grids(form: &'static Form, at: &impl Fn(&CellId) -> u16) -> Vec<Grid> {
    let equal: Vec<CellId> = form
        .identities()
        .iter()
        .filter(|i| i.relation == Relation::Equal)
        .flat_map(Identity::cells)
        .collect();
    let mut grids = Vec::new();
    for table in form.tables {
        for block in &table.blocks {
            let cells: Vec<CellId> =
                form.official_cells().filter(|c| std::ptr::eq(c.block, block)).map(|c| c.id).collect();
            if cells.iter().all(|c| equal.contains(c)) {
                grids.push(Grid {
                    rows: block.rows.len(),
                    columns: block.columns.len(),
                    cells: cells.iter().map(at).collect(),
                });
            }
        }
    }
    grids
}

fn groups(form: &'static Form, at: &impl Fn(&CellId) -> u16) -> Vec<Group> {
    let official = |cell: CellId| form.cell(cell).is_some_and(|c| c.official);
    let mut groups = Vec::new();
    for identity in form.identities() {
        let Some(sum) = sum_of(identity).filter(|s| !official(*s)) else { continue };
        let holds_all = |other: &Identity| identity.left.iter().all(|c| other.left.contains(c));
        let outer = form.identities().iter().position(|o| !std::ptr::eq(o, identity) && holds_all(o));
        if let Some(outer) = outer {
            groups.push(Group { sum: at(&sum), parts: identity.left.iter().map(at).collect(), outer });
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(layout: &Layout, id: &str) -> usize {
        layout.position(CellId::parse(id).unwrap()).unwrap()
    }

    #[test]
    fn a_leaf_has_its_row_its_results_and_the_grand_total_above_it() {
        let layout = Layout::of(Edition::E2021);
        let names = |id: &str| {
            let above = &layout.above[at(layout, id)];
            above.iter().map(|p| layout.cells[usize::from(*p)].as_str()).collect::<Vec<_>>()
        };
        assert_eq!(
            names("applications.granted.natural"),
            [
                "applications.granted.total",
                "applications.handled_total.natural",
                "applications.handled_total.total"
            ]
        );
        assert_eq!(names("applications.received.natural"), ["applications.received.total"]);
        assert_eq!(names("review.reconsideration.other"), ["review.reconsideration.total"]);
        assert_eq!(names("applications.handled_total.total"), [""; 0]);
        assert_eq!(names("disclosure.regulations.issued"), [""; 0]);
        assert_eq!(
            names("applications.other.misc.other").len(),
            5,
            "the group row and its total come on top"
        );
    }

    /// A change of 1 in a cell and in everything above it keeps every sum.
    #[test]
    fn what_is_above_a_cell_keeps_the_sums() {
        for layout in LAYOUTS.iter() {
            for (cell, above) in layout.above.iter().enumerate().filter(|(cell, _)| !layout.is_sum[*cell]) {
                let moved = |p: usize| i32::from(p == cell || above.contains(&(p as u16)));
                for (index, identity) in layout.form.identities().iter().enumerate() {
                    let sum: i32 =
                        layout.matrix.row(index).iter().map(|e| e.coefficient * moved(e.at as usize)).sum();
                    assert!(
                        sum_of(identity).is_none() || sum == 0,
                        "{} and {}",
                        layout.cells[cell],
                        identity.family
                    );
                }
            }
        }
    }

    #[test]
    fn grids_and_groups_are_those_of_tables_three_and_four() {
        let sizes = |e| Layout::of(e).grids.iter().map(|g| (g.rows, g.columns)).collect::<Vec<_>>();
        assert_eq!(sizes(Edition::E2019), [(23, 7), (1, 15)]);
        assert_eq!(sizes(Edition::E2021), [(25, 7), (1, 15)]);
        let layout = Layout::of(Edition::E2021);
        assert_eq!((layout.group_rows.len(), layout.groups.len()), (4, 28));
        assert_eq!(layout.grids[0].at(2, 0), at(layout, "applications.granted.natural"));
    }
}
