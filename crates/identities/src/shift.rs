//! Single slips that move many numbers: a run shifted by one cell, two rows or columns exchanged.

use crate::explanation::{Assignment, Explanation, Kind};
use crate::judge::{Judge, shift_price};
use crate::layout::Grid;
use crate::problem::Component;
use crate::solver::{Completion, Solver};
use crate::system::{State, Trust};
use crate::typing::Reason;

/// A shift must move at least this many numbers; what changes fewer is found as changes of single cells.
const FEWEST: usize = 3;

/// A shift must repair at least so many more constraints than it makes up numbers that were lost and drops numbers that
/// are seen: a number made up can make any one constraint hold, and so can a wrong one dropped.
const SURPLUS: usize = 2;

/// Every single shift or exchange of lines after which the whole component holds, likeliest first.
pub(crate) fn shifts(solver: &mut Solver<'_>, judge: &Judge<'_>, component: &Component) -> Vec<Explanation> {
    let mut found = Vec::new();
    let system = solver.problem.system;
    // With blanks as 0 more constraints fail than must; what counts is what fails whatever the blanks are.
    let failing: Vec<u32> = component.failing.iter().copied().filter(|c| solver.fails(*c)).collect();
    for member in system.members.iter().filter(|m| m.trust == Trust::Examined) {
        for grid in &member.layout.grids {
            let (open, first, found) = (&component.open, member.first, &mut found);
            let mut tables = Tables { solver, judge, failing: &failing, open, first, grid, found };
            tables.lines();
            tables.whole_rows();
            tables.exchanges();
        }
    }
    found.sort_by_cached_key(Explanation::rank);
    // Runs that differ only in equal numbers come to the same changes.
    let mut distinct: Vec<Explanation> = Vec::new();
    for explanation in found {
        let values = |e: &Explanation| e.changes.iter().map(|c| (c.cell, c.proposed)).collect::<Vec<_>>();
        if !distinct.iter().any(|d| values(d) == values(&explanation)) {
            distinct.push(explanation);
        }
    }
    distinct
}

struct Tables<'t, 'a, 's> {
    solver: &'t mut Solver<'a>,
    judge: &'t Judge<'s>,
    /// Constraints that fail whatever the blanks are.
    failing: &'t [u32],
    open: &'t [u32],
    first: usize,
    grid: &'t Grid,
    found: &'t mut Vec<Explanation>,
}

/// What a cell should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// What this cell holds.
    Cell(u32),
    /// A number that was lost.
    Lost,
}

impl Tables<'_, '_, '_> {
    fn at(&self, row: usize, column: usize) -> u32 {
        (self.first + self.grid.at(row, column)) as u32
    }

    /// Runs within one row or one column.
    fn lines(&mut self) {
        for row in 0..self.grid.rows {
            let line: Vec<u32> = (0..self.grid.columns).map(|c| self.at(row, c)).collect();
            self.runs(Kind::RowShifted, &[line]);
        }
        for column in 0..self.grid.columns {
            let line: Vec<u32> = (0..self.grid.rows).map(|r| self.at(r, column)).collect();
            self.runs(Kind::ColumnShifted, &[line]);
        }
    }

    /// Runs of whole rows. Of whole columns there are none to find: parts that move among themselves break no sum, and
    /// where the column of totals moves, as many totals are lost as rows fail.
    fn whole_rows(&mut self) {
        if self.grid.rows < 2 || self.grid.columns < 2 {
            return;
        }
        let (rows, columns) = (self.grid.rows, self.grid.columns);
        let down: Vec<Vec<u32>> = (0..columns).map(|c| (0..rows).map(|r| self.at(r, c)).collect()).collect();
        self.runs(Kind::RowsShifted, &down);
    }

    /// Every run of neighbours, moved by one place either way, in all the lines at once.
    fn runs(&mut self, kind: Kind, lines: &[Vec<u32>]) {
        let length = lines.first().map_or(0, Vec::len);
        if length < FEWEST || !self.reaches_all(lines) {
            return;
        }
        let ways = length * (length - 1);
        for from in 0..length - 1 {
            for to in from + 1..length {
                for towards_start in [true, false] {
                    let mut moves = Vec::with_capacity((to - from + 1) * lines.len());
                    for line in lines {
                        let run = &line[from..=to];
                        for (i, cell) in run.iter().enumerate() {
                            let source = if towards_start {
                                run.get(i + 1)
                            } else {
                                i.checked_sub(1).map(|i| &run[i])
                            };
                            moves.push((*cell, source.map_or(Source::Lost, |s| Source::Cell(*s))));
                        }
                    }
                    self.attempt(kind, &moves, ways);
                }
            }
        }
    }

    /// Two rows, or two columns, exchanged.
    fn exchanges(&mut self) {
        let (rows, columns) = (self.grid.rows, self.grid.columns);
        for kind in [Kind::RowsExchanged, Kind::ColumnsExchanged] {
            let (count, length) = if kind == Kind::RowsExchanged { (rows, columns) } else { (columns, rows) };
            for a in 0..count {
                for b in a + 1..count {
                    let mut moves = Vec::with_capacity(2 * length);
                    for i in 0..length {
                        let (p, q) = match kind {
                            Kind::RowsExchanged => (self.at(a, i), self.at(b, i)),
                            _ => (self.at(i, a), self.at(i, b)),
                        };
                        moves.extend([(p, Source::Cell(q)), (q, Source::Cell(p))]);
                    }
                    self.attempt(kind, &moves, count * (count - 1) / 2);
                }
            }
        }
    }

    /// Whether every failing constraint has a cell in one of the lines, so that moving them can repair it.
    fn reaches_all(&self, lines: &[Vec<u32>]) -> bool {
        let problem = self.solver.problem;
        self.failing.iter().all(|c| problem.row(*c).iter().any(|e| lines.iter().any(|l| l.contains(&e.at))))
    }

    /// Keeps the moves if everything holds after them.
    fn attempt(&mut self, kind: Kind, moves: &[(u32, Source)], ways: usize) {
        let problem = self.solver.problem;
        let system = problem.system;
        let usable = |v: &u32| matches!(system.states[*v as usize], State::Number | State::Open);
        if self.solver.is_exhausted() || !moves.iter().all(|(v, _)| usable(v)) {
            return;
        }
        self.solver.work += 4 * moves.len() as u64;
        let mark = self.solver.mark();
        let (mut changed, mut lost) = (Vec::new(), Vec::new());
        for &(cell, source) in moves {
            match source {
                Source::Cell(from) if !problem.is_open(from) => {
                    if problem.value(from) != problem.value(cell) {
                        self.solver.assign(cell, problem.value(from));
                        changed.push(cell);
                    }
                }
                // What was lost, and what stands where a blank stood, is unknown.
                Source::Cell(_) | Source::Lost if problem.is_open(cell) => {}
                Source::Cell(_) | Source::Lost => {
                    self.solver.free(cell);
                    changed.push(cell);
                    lost.push(cell);
                }
            }
        }
        if changed.len() >= FEWEST && !self.failing.iter().any(|c| self.solver.fails(*c)) {
            self.keep(kind, moves, &changed, &lost, ways);
        }
        self.solver.undo(mark);
    }

    fn keep(&mut self, kind: Kind, moves: &[(u32, Source)], changed: &[u32], lost: &[u32], ways: usize) {
        let problem = self.solver.problem;
        for variable in changed.iter().chain(self.open) {
            self.solver.enqueue_of(*variable);
        }
        if self.solver.propagate().is_err() || self.solver.is_exhausted() {
            return;
        }
        let fixed = |v: &u32| self.solver.is_fixed(*v);
        let certain: Vec<bool> = changed.iter().map(fixed).collect();
        let certain_open: Vec<bool> = self.open.iter().map(fixed).collect();
        let variables: Vec<u32> = self.open.iter().chain(changed).copied().collect();
        if self.solver.complete(&variables, |v| problem.value(v)) != Completion::Found {
            return;
        }
        let value = |v: u32| self.solver.range(v).0;
        let valued = |variables: &[u32], certain: Vec<bool>| -> Vec<Assignment> {
            let all = variables.iter().zip(certain).map(|(v, certain)| (*v, value(*v), certain));
            all.filter(|a| a.1 != problem.value(a.0)).collect()
        };
        let mut numbers = valued(changed, certain);
        numbers.sort_unstable();
        let mut fills = valued(self.open, certain_open);
        fills.retain(|fill| !changed.contains(&fill.0));
        let moved = numbers.iter().filter(|n| !problem.is_open(n.0)).count();
        let regained = lost.iter().filter(|v| value(**v) != 0).count();
        let stays = |v: u32| moves.iter().any(|(_, source)| *source == Source::Cell(v));
        let dropped = moves.iter().filter(|(v, _)| problem.value(*v) != 0 && !stays(*v)).count();
        if moved < FEWEST || self.failing.len() < regained + dropped + SURPLUS {
            return;
        }
        let price = shift_price(kind, ways, regained, dropped);
        let reason = match kind {
            Kind::RowsExchanged | Kind::ColumnsExchanged => Reason::LinesExchanged,
            _ => Reason::Shifted,
        };
        self.found.push(self.judge.caused(kind, &[], (&numbers, reason), &fills, price));
    }
}
