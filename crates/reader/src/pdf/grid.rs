//! Tables on a page: what rules enclose.

use super::page::{Page, Rule};

/// Rules that touch may miss each other by as much.
const TOUCH: f64 = 3.0;

/// Rules as near as this bound no cell between them: the two lines of a double border.
const SAME_EDGE: f64 = 3.0;

/// How far apart the first and the last rule of one edge may be.
const WIDEST_EDGE: f64 = 6.0;

/// A wall stands where at least so much of a side of a slot is drawn, and none where at most the rest is.
const DRAWN: f64 = 0.75;

/// Slots of one page.
const MAX_SLOTS: usize = 100_000;

/// The cells of a table on one page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// Edges of the columns from left to right; one more than there are columns.
    pub(super) xs: Vec<f64>,
    /// Edges of the rows from top to bottom.
    pub(super) ys: Vec<f64>,
    /// By row, then by column.
    pub(super) cells: Vec<Slot>,
}

/// A cell of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rowspan: usize,
    pub(super) colspan: usize,
}

/// A box on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        self.left <= x && x < self.right && self.top <= y && y < self.bottom
    }

    fn size(&self) -> f64 {
        (self.right - self.left) * (self.bottom - self.top)
    }
}

/// What the rules of a page make.
#[derive(Debug, Default)]
pub(super) struct Grids {
    /// The smallest first, so that a table inside a cell comes before the one around it.
    pub(super) tables: Vec<Grid>,
    /// Boxes in which there is a table whose cells are not certain.
    pub(super) doubtful: Vec<Area>,
}

impl Grid {
    pub(super) fn area(&self) -> Area {
        let ends =
            |edges: &[f64]| (edges.first().copied().unwrap_or(0.0), edges.last().copied().unwrap_or(0.0));
        let ((left, right), (top, bottom)) = (ends(&self.xs), ends(&self.ys));
        Area { left, right, top, bottom }
    }

    pub(super) fn cell_area(&self, cell: &Slot) -> Area {
        Area {
            left: self.xs[cell.column],
            right: self.xs[cell.column + cell.colspan],
            top: self.ys[cell.row],
            bottom: self.ys[cell.row + cell.rowspan],
        }
    }
}

/// Finds the tables of a page.
pub(super) fn find(page: &Page) -> Grids {
    let mut grids = Grids::default();
    let mut left = MAX_SLOTS;
    for (across, down) in components(page) {
        let (xs, ys) = (edges(&down, &across), edges(&across, &down));
        // A box around a text is no table, nor are boxes one above the other.
        if xs.len() < 3 || ys.len() < 2 {
            continue;
        }
        let slots = (xs.len() - 1).saturating_mul(ys.len() - 1);
        let grid = Grid { xs, ys, cells: Vec::new() };
        let area = grid.area();
        if slots > left {
            grids.doubtful.push(area);
            continue;
        }
        left -= slots;
        match cells(grid, &across, &down) {
            Some(grid) if grid.cells.len() > 1 => grids.tables.push(grid),
            Some(_) => {}
            None => grids.doubtful.push(area),
        }
    }
    grids.tables.sort_by(|a, b| a.area().size().total_cmp(&b.area().size()));
    grids
}

/// Rules that hang together: those across, and those down.
type Component = (Vec<Rule>, Vec<Rule>);

fn components(page: &Page) -> Vec<Component> {
    let (across, down) = (&page.across, &page.down);
    let mut groups = Groups::new(across.len() + down.len());
    for (i, a) in across.iter().enumerate() {
        for (j, d) in down.iter().enumerate() {
            let meets = d.from - TOUCH <= a.at && a.at <= d.to + TOUCH;
            if meets && a.from - TOUCH <= d.at && d.at <= a.to + TOUCH {
                groups.join(i, across.len() + j);
            }
        }
    }
    let mut found: Vec<(usize, Component)> = Vec::new();
    for i in 0..across.len() + down.len() {
        let root = groups.root(i);
        let at = found.iter().position(|(known, _)| *known == root).unwrap_or_else(|| {
            found.push((root, Default::default()));
            found.len() - 1
        });
        let (rows, columns) = &mut found[at].1;
        match i.checked_sub(across.len()) {
            None => rows.push(across[i]),
            Some(j) => columns.push(down[j]),
        }
    }
    let components = found.into_iter().map(|(_, component)| component);
    components.filter(|(across, down)| across.len() + down.len() > 2).collect()
}

/// Where the rules of one direction stand; and where those of the other end, if the outermost edge is not drawn.
fn edges(rules: &[Rule], others: &[Rule]) -> Vec<f64> {
    let mut all: Vec<f64> = rules.iter().map(|rule| rule.at).collect();
    let ends = others.iter().fold((f64::MAX, f64::MIN), |(a, b), rule| (a.min(rule.from), b.max(rule.to)));
    all.extend([ends.0, ends.1].iter().filter(|end| end.abs() < 1e6));
    all.sort_by(f64::total_cmp);
    let mut edges: Vec<(f64, f64)> = Vec::new();
    for at in all {
        match edges.last_mut() {
            Some((first, last)) if at - *last <= SAME_EDGE && at - *first <= WIDEST_EDGE => *last = at,
            _ => edges.push((at, at)),
        }
    }
    edges.into_iter().map(|(first, last)| f64::midpoint(first, last)).collect()
}

/// Joins slots without a wall between them; nothing if what comes out is no set of rectangles, or walls are in doubt.
fn cells(mut grid: Grid, across: &[Rule], down: &[Rule]) -> Option<Grid> {
    let (rows, columns) = (grid.ys.len() - 1, grid.xs.len() - 1);
    let mut groups = Groups::new(rows * columns);
    for row in 0..rows {
        for column in 0..columns {
            let slot = row * columns + column;
            let (left, right) = (grid.xs[column], grid.xs[column + 1]);
            let (top, bottom) = (grid.ys[row], grid.ys[row + 1]);
            if column + 1 < columns && !has_wall(down, right, top, bottom)? {
                groups.join(slot, slot + 1);
            }
            if row + 1 < rows && !has_wall(across, bottom, left, right)? {
                groups.join(slot, slot + columns);
            }
        }
    }
    let mut extents: Vec<Option<[usize; 4]>> = vec![None; rows * columns];
    let mut sizes = vec![0_usize; rows * columns];
    for slot in 0..rows * columns {
        let (row, column) = (slot / columns, slot % columns);
        let root = groups.root(slot);
        sizes[root] += 1;
        let extent = extents[root].get_or_insert([row, row, column, column]);
        *extent = [extent[0].min(row), extent[1].max(row), extent[2].min(column), extent[3].max(column)];
    }
    for (extent, size) in extents.into_iter().zip(sizes) {
        let Some([top, bottom, left, right]) = extent else { continue };
        let (rowspan, colspan) = (bottom - top + 1, right - left + 1);
        if rowspan * colspan != size {
            return None;
        }
        grid.cells.push(Slot { row: top, column: left, rowspan, colspan });
    }
    grid.cells.sort_by_key(|cell| (cell.row, cell.column));
    Some(grid)
}

/// Whether a side of a slot is drawn; nothing if a part of it is.
fn has_wall(rules: &[Rule], at: f64, from: f64, to: f64) -> Option<bool> {
    // Corners are drawn by the walls that meet there.
    let inset = ((to - from) / 4.0).min(2.0);
    let (from, to) = (from + inset, to - inset);
    let mut parts: Vec<(f64, f64)> = rules
        .iter()
        .filter(|rule| (rule.at - at).abs() <= WIDEST_EDGE / 2.0 + 0.1)
        .map(|rule| (rule.from.max(from), rule.to.min(to)))
        .filter(|(start, end)| end > start)
        .collect();
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut drawn, mut reached) = (0.0, from);
    for (start, end) in parts {
        drawn += (end - start.max(reached)).max(0.0);
        reached = reached.max(end);
    }
    let share = drawn / (to - from).max(0.1);
    match share {
        share if share >= DRAWN => Some(true),
        share if share <= 1.0 - DRAWN => Some(false),
        _ => None,
    }
}

/// Sets that are joined.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(at: f64, from: f64, to: f64) -> Rule {
        Rule { at, from, to }
    }

    fn page(across: Vec<Rule>, down: Vec<Rule>) -> Page {
        Page { across, down, ..Page::default() }
    }

    fn slots(grid: &Grid) -> Vec<(usize, usize, usize, usize)> {
        grid.cells.iter().map(|c| (c.row, c.column, c.rowspan, c.colspan)).collect()
    }

    #[test]
    fn missing_walls_merge_cells() {
        let across = vec![rule(0.0, 0.0, 90.0), rule(20.0, 30.0, 90.0), rule(40.0, 0.0, 90.0)];
        let down =
            vec![rule(0.0, 0.0, 40.0), rule(30.0, 0.0, 40.0), rule(60.0, 20.0, 40.0), rule(90.0, 0.0, 40.0)];
        let found = find(&page(across, down));
        assert_eq!(slots(&found.tables[0]), [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]);
    }

    #[test]
    fn sides_that_are_not_drawn() {
        let across = vec![rule(0.0, 0.0, 90.0), rule(20.0, 0.0, 90.0)];
        let found = find(&page(across, vec![rule(30.0, 0.0, 20.0), rule(60.0, 0.0, 20.0)]));
        assert_eq!(slots(&found.tables[0]), [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)]);
    }

    #[test]
    fn doubt_is_told() {
        let outline = || vec![rule(0.0, 0.0, 90.0), rule(20.0, 0.0, 90.0), rule(40.0, 0.0, 90.0)];
        // The wall in the lower row is drawn to the half.
        let down = vec![rule(0.0, 0.0, 40.0), rule(45.0, 0.0, 30.0), rule(90.0, 0.0, 40.0)];
        let found = find(&page(outline(), down));
        assert!(found.tables.is_empty());
        assert_eq!(found.doubtful, [Area { left: 0.0, right: 90.0, top: 0.0, bottom: 40.0 }]);
        // An area with a corner.
        let across = vec![rule(0.0, 0.0, 90.0), rule(20.0, 0.0, 45.0), rule(40.0, 0.0, 90.0)];
        let down = vec![rule(0.0, 0.0, 40.0), rule(45.0, 0.0, 20.0), rule(90.0, 0.0, 40.0)];
        assert_eq!(find(&page(across, down)).doubtful.len(), 1);
    }

    #[test]
    fn frames_and_underlines_are_no_tables() {
        let frame = page(
            vec![rule(0.0, 0.0, 90.0), rule(40.0, 0.0, 90.0), rule(20.0, 30.0, 60.0)],
            vec![rule(0.0, 0.0, 40.0), rule(90.0, 0.0, 40.0)],
        );
        let found = find(&frame);
        assert!(found.tables.is_empty() && found.doubtful.is_empty());
    }
}
