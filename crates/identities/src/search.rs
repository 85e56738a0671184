//! The smallest sets of cells whose change satisfies everything: a tree of hitting sets (Reiter 1987).
//!
//! To free a cell is to forget its number. A set of cells is a solution if the constraints can be satisfied once all of
//! its cells are freed (Fellegi and Holt 1976). Whenever the constraints cannot be satisfied, [`Solver::blame`] yields
//! constraints that contradict each other as long as none of their numbers changes; so every solution frees at least one
//! of these numbers, and it is enough to try them in turn. After a number was tried, it is fixed for the rest of its
//! siblings: solutions that free it were found already. Sizes are tried in order, so what is found first is smallest, and
//! everything of that size is found.
//!
//! Two things keep the tree small: constraints that fail and share no number need a change each, so a branch with more
//! such constraints than changes left is cut; and of the failing constraints the one with the fewest numbers is tried.

use crate::explanation::Assignment;
use crate::problem::{Component, Problem};
use crate::solver::{Completion, Solver};

/// A set of changes that satisfies all constraints of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Solution {
    /// Numbers to change: the variable, its new value, and whether no other value would do.
    pub(crate) numbers: Vec<Assignment>,
    /// Blanks that are more than 0 then, alike.
    pub(crate) fills: Vec<Assignment>,
}

/// How the blanks of a component stand before anything is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Blanks filled with these values (others 0) satisfy everything, or nothing proves that they cannot.
    Consistent(Vec<Assignment>),
    /// No way to fill the blanks satisfies everything.
    Contradictory,
}

/// A search over one component.
pub(crate) struct Search<'a, 'c> {
    pub(crate) solver: Solver<'a>,
    component: &'c Component,
    /// Constraints that fail before anything is freed, whatever the blanks are; freeing can only shorten this list.
    failing: Vec<u32>,
    /// Constraints with a blank.
    with_open: Vec<u32>,
    freed: Vec<u32>,
    is_freed: Vec<bool>,
    is_fixed: Vec<bool>,
    /// By variable: the last round that used it in the bound on disjoint constraints.
    used: Vec<u32>,
    round: u32,
    size: usize,
    found: Vec<Solution>,
    most: usize,
    /// Whether solutions were left out because there were more than `most`.
    pub(crate) is_truncated: bool,
    /// Whether for some set of cells it could not be decided whether it is a solution.
    pub(crate) is_undecided: bool,
}

impl<'a, 'c> Search<'a, 'c> {
    pub(crate) fn new(problem: &'a Problem<'a>, component: &'c Component, most: usize, limit: u64) -> Self {
        let solver = Solver::new(problem, component, limit);
        let mut failing: Vec<u32> =
            component.constraints.iter().copied().filter(|c| solver.fails(*c)).collect();
        failing.sort_by_key(|c| problem.row(*c).len());
        let mut with_open: Vec<u32> =
            component.open.iter().flat_map(|v| problem.column(*v).iter().map(|e| e.at)).collect();
        with_open.sort_unstable();
        with_open.dedup();
        let variables = problem.system.values.len();
        Self {
            solver,
            component,
            failing,
            with_open,
            freed: Vec::new(),
            is_freed: vec![false; variables],
            is_fixed: vec![false; variables],
            used: vec![0; variables],
            round: 0,
            size: 0,
            found: Vec::new(),
            most,
            is_truncated: false,
            is_undecided: false,
        }
    }

    /// Whether the blanks can be filled so that everything holds.
    pub(crate) fn standing(&mut self) -> Standing {
        if !self.failing.is_empty() {
            return Standing::Contradictory;
        }
        let mark = self.solver.mark();
        self.enqueue_all();
        let mut consistent = self.solver.propagate().is_ok();
        let certain = self.certain(&self.component.open);
        consistent = consistent && self.complete() != Completion::Impossible;
        let fills = self.fills(&certain);
        self.solver.undo(mark);
        if consistent { Standing::Consistent(fills) } else { Standing::Contradictory }
    }

    /// How many changes are needed at least: the number of failing constraints that share no cell.
    pub(crate) fn at_least(&mut self) -> usize {
        self.bound().map_or(1, |(bound, _)| bound.max(1))
    }

    /// All solutions of a size, given that there is none of a smaller size.
    pub(crate) fn of_size(&mut self, size: usize) -> Vec<Solution> {
        self.size = size;
        self.is_truncated = false;
        self.branch(size);
        std::mem::take(&mut self.found)
    }

    fn branch(&mut self, left: usize) {
        if self.solver.is_exhausted() {
            return;
        }
        let candidates = match self.bound() {
            Some((bound, _)) if bound > left => return,
            Some((_, constraint)) => self.candidates(&[constraint]),
            None => match self.try_freed() {
                Some(conflict) if left > 0 => conflict,
                _ => return,
            },
        };
        for &variable in &candidates {
            let mark = self.solver.mark();
            self.solver.free(variable);
            self.freed.push(variable);
            self.is_freed[variable as usize] = true;
            self.branch(left - 1);
            self.is_freed[variable as usize] = false;
            self.freed.pop();
            self.solver.undo(mark);
            self.is_fixed[variable as usize] = true;
        }
        for &variable in &candidates {
            self.is_fixed[variable as usize] = false;
        }
    }

    /// The number of failing constraints that share no candidate, and the failing constraint with the fewest candidates.
    fn bound(&mut self) -> Option<(usize, u32)> {
        self.round += 1;
        let mut disjoint = 0;
        let mut fewest: Option<(usize, u32)> = None;
        for i in 0..self.failing.len() {
            let constraint = self.failing[i];
            self.solver.work += 1;
            if !self.solver.fails(constraint) {
                continue;
            }
            let row = self.solver.problem.row(constraint);
            self.solver.work += row.len() as u64;
            let (mut candidates, mut is_disjoint) = (0, true);
            for entry in row.iter().filter(|e| self.is_candidate(e.at)) {
                candidates += 1;
                is_disjoint &= self.used[entry.at as usize] != self.round;
            }
            if is_disjoint {
                disjoint += 1;
                for entry in row {
                    if self.is_candidate(entry.at) {
                        self.used[entry.at as usize] = self.round;
                    }
                }
            }
            if fewest.is_none_or(|(count, _)| candidates < count) {
                fewest = Some((candidates, constraint));
            }
        }
        fewest.map(|(_, constraint)| (disjoint, constraint))
    }

    /// Looks whether the cells freed so far are a solution and keeps it if so. If not, returns the numbers of which at
    /// least one must be freed besides.
    fn try_freed(&mut self) -> Option<Vec<u32>> {
        let mark = self.solver.mark();
        self.enqueue_all();
        if let Err(conflict) = self.solver.propagate() {
            let blamed = self.solver.blame(conflict);
            self.solver.undo(mark);
            return Some(self.candidates(&blamed));
        }
        let (certain, certain_open) = (self.certain(&self.freed), self.certain(&self.component.open));
        let completion = self.complete();
        if completion == Completion::Impossible {
            self.solver.undo(mark);
            let all = self.component.constraints.clone();
            return Some(self.candidates(&all));
        }
        self.is_undecided |= completion == Completion::Unknown;
        // A set that holds a smaller solution is none of its own.
        if completion == Completion::Found && self.freed.len() == self.size {
            if self.found.len() < self.most {
                let mut numbers = self.values(&self.freed, &certain);
                numbers.sort_unstable();
                self.found.push(Solution { numbers, fills: self.fills(&certain_open) });
            } else {
                self.is_truncated = true;
            }
        }
        self.solver.undo(mark);
        None
    }

    /// The value of a variable: its only one, or else the one nearest to what it was.
    fn wished(&self, variable: u32) -> i64 {
        let (low, high) = self.solver.range(variable);
        self.solver.problem.value(variable).clamp(low, high)
    }

    /// Gives every free cell a value: blanks as little as possible, numbers as near as possible to what they were.
    fn complete(&mut self) -> Completion {
        let variables: Vec<u32> = self.component.open.iter().chain(&self.freed).copied().collect();
        let problem = self.solver.problem;
        self.solver.complete(&variables, |v| problem.value(v))
    }

    /// By variable: whether it can have one value only.
    fn certain(&self, variables: &[u32]) -> Vec<bool> {
        variables.iter().map(|v| self.solver.is_fixed(*v)).collect()
    }

    fn values(&self, variables: &[u32], certain: &[bool]) -> Vec<Assignment> {
        variables.iter().zip(certain).map(|(v, certain)| (*v, self.wished(*v), *certain)).collect()
    }

    /// The blanks that are more than 0 (or other than 0, for a signed cell).
    fn fills(&self, certain: &[bool]) -> Vec<Assignment> {
        let mut fills = self.values(&self.component.open, certain);
        fills.retain(|fill| fill.1 != 0);
        fills
    }

    fn enqueue_all(&mut self) {
        for i in 0..self.with_open.len() {
            self.solver.enqueue(self.with_open[i]);
        }
        for i in 0..self.freed.len() {
            self.solver.enqueue_of(self.freed[i]);
        }
    }

    fn candidates(&mut self, constraints: &[u32]) -> Vec<u32> {
        let problem = self.solver.problem;
        let all = constraints.iter().flat_map(|c| problem.row(*c)).map(|e| e.at);
        let mut candidates: Vec<u32> = all.filter(|v| self.is_candidate(*v)).collect();
        candidates.sort_unstable();
        candidates.dedup();
        self.solver.work += candidates.len() as u64;
        candidates
    }

    fn is_candidate(&self, variable: u32) -> bool {
        let at = variable as usize;
        !self.is_freed[at] && !self.is_fixed[at] && self.solver.problem.is_changeable(variable)
    }
}
