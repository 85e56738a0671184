//! Bounds on the cells that are not fixed, and what follows from them.
//!
//! Every cell has a range. A number is a range of one value until it is freed; a blank, and a cell that was freed, may be
//! any count (any integer for a signed cell) up to [`LARGEST`]. [`Solver::propagate`] narrows ranges until nothing more
//! follows from any single constraint; an empty range proves that no solution exists. Everything is on a trail and can
//! be undone, and work is counted, never timed.

use std::collections::VecDeque;

use nianbao_schema::form::Relation;

use crate::problem::{Component, Problem, holds};
use crate::system::LARGEST;

/// Why a range was changed: the number of a constraint, or [`DECIDED`].
type Cause = u32;

/// A range that was changed by decision and not by a constraint.
const DECIDED: Cause = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Step {
    variable: u32,
    low: i64,
    high: i64,
    cause: Cause,
}

/// A proof that no solution exists: the constraint at which it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Conflict(u32);

/// What [`Solver::complete`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Completion {
    /// Every cell has a value now, and all constraints hold.
    Found,
    /// There is no solution.
    Impossible,
    /// Nothing was found within the work allowed.
    Unknown,
}

/// How often [`Solver::propagate`] may look at a constraint, on average over all.
const ROUNDS: usize = 20;

/// How often [`Solver::complete`] may be wrong before it gives up.
const MISTAKES: usize = 40;

/// Ranges of all variables, and the sums over constraints that follow.
pub(crate) struct Solver<'a> {
    pub(crate) problem: &'a Problem<'a>,
    low: Vec<i64>,
    high: Vec<i64>,
    /// By constraint: left side minus constant over the fixed cells.
    residual: Vec<i64>,
    /// By constraint: how many of its cells are not fixed.
    unfixed: Vec<u32>,
    /// By constraint: how many of these can raise its left side from 0, and how many can lower it.
    can_raise: Vec<u32>,
    can_lower: Vec<u32>,
    trail: Vec<Step>,
    queue: VecDeque<u32>,
    queued: Vec<bool>,
    /// By variable: the last [`Solver::blame`] to which it mattered.
    stamps: Vec<u32>,
    stamp: u32,
    /// Work so far: cells of constraints looked at.
    pub(crate) work: u64,
    /// Work allowed.
    pub(crate) limit: u64,
}

impl<'a> Solver<'a> {
    /// All numbers fixed, the blanks of the component free.
    pub(crate) fn new(problem: &'a Problem<'a>, component: &Component, limit: u64) -> Self {
        let count = problem.len();
        let mut solver = Self {
            problem,
            low: problem.system.values.clone(),
            high: problem.system.values.clone(),
            residual: (0..count as u32).map(|c| problem.residual(c)).collect(),
            unfixed: vec![0; count],
            can_raise: vec![0; count],
            can_lower: vec![0; count],
            trail: Vec::new(),
            queue: VecDeque::new(),
            queued: vec![false; count],
            stamps: vec![0; problem.system.values.len()],
            stamp: 0,
            work: 0,
            limit,
        };
        for open in &component.open {
            solver.free(*open);
        }
        // Blanks are free from the beginning; that is never undone.
        solver.trail.clear();
        solver
    }

    /// Whether the work allowed is used up.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.work >= self.limit
    }

    /// A mark for [`Solver::undo`].
    pub(crate) fn mark(&self) -> usize {
        self.trail.len()
    }

    /// Lowest and highest value of a variable.
    pub(crate) fn range(&self, variable: u32) -> (i64, i64) {
        (self.low[variable as usize], self.high[variable as usize])
    }

    pub(crate) fn is_fixed(&self, variable: u32) -> bool {
        let (low, high) = self.range(variable);
        low == high
    }

    /// Makes a cell unknown: any count, or any integer if it is signed.
    pub(crate) fn free(&mut self, variable: u32) {
        let low = if self.problem.system.is_signed(variable as usize) { -LARGEST } else { 0 };
        self.set(variable, low, LARGEST, DECIDED);
    }

    /// Gives a cell another number.
    pub(crate) fn assign(&mut self, variable: u32, value: i64) {
        self.set(variable, value, value, DECIDED);
    }

    /// Undoes everything since a mark.
    pub(crate) fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            if let Some(step) = self.trail.pop() {
                self.write(step.variable, step.low, step.high);
            }
        }
    }

    /// Whether a constraint fails whatever its free cells are, looking at nothing but their signs.
    pub(crate) fn fails(&self, constraint: u32) -> bool {
        let at = constraint as usize;
        let residual = self.residual[at];
        match self.problem.head(constraint).relation {
            Relation::Equal => {
                (residual > 0 && self.can_lower[at] == 0) || (residual < 0 && self.can_raise[at] == 0)
            }
            Relation::AtLeast => residual < 0 && self.can_raise[at] == 0,
        }
    }

    /// Queues a constraint for [`Solver::propagate`].
    pub(crate) fn enqueue(&mut self, constraint: u32) {
        if self.problem.is_active(constraint)
            && !std::mem::replace(&mut self.queued[constraint as usize], true)
        {
            self.queue.push_back(constraint);
        }
    }

    /// Queues the constraints of a variable.
    pub(crate) fn enqueue_of(&mut self, variable: u32) {
        let problem = self.problem;
        for entry in problem.column(variable) {
            self.enqueue(entry.at);
        }
    }

    /// Narrows ranges until nothing more follows. Stops early, without a conflict, when the work allowed is used up, or
    /// when constraints go round in circles (x = y + 1 and y = x + 1 raise each other for ever).
    pub(crate) fn propagate(&mut self) -> Result<(), Conflict> {
        let mut outcome = Ok(());
        let mut rounds = ROUNDS * self.queued.len();
        while let Some(constraint) = self.queue.pop_front() {
            self.queued[constraint as usize] = false;
            if outcome.is_ok() && rounds > 0 && !self.is_exhausted() {
                outcome = self.narrow(constraint);
                rounds -= 1;
            }
        }
        outcome
    }

    /// The constraints that a conflict rests on: together they have no solution as long as none of their fixed cells
    /// changes. The set need not be the smallest such set.
    pub(crate) fn blame(&mut self, conflict: Conflict) -> Vec<u32> {
        let problem = self.problem;
        let mut blamed = Vec::new();
        self.stamp += 1;
        let stamp = self.stamp;
        let mut add = |constraint: u32, matters: &mut Vec<u32>| {
            blamed.push(constraint);
            for entry in problem.row(constraint) {
                matters[entry.at as usize] = stamp;
            }
            problem.row(constraint).len() as u64
        };
        self.work += add(conflict.0, &mut self.stamps) + self.trail.len() as u64;
        // What narrowed a range that matters, matters too; causes come before effects on the trail.
        for step in self.trail.iter().rev() {
            if step.cause != DECIDED && self.stamps[step.variable as usize] == stamp {
                self.work += add(step.cause, &mut self.stamps);
            }
        }
        blamed.sort_unstable();
        blamed.dedup();
        blamed
    }

    /// Gives a value to every variable of a list, so that all constraints hold: each one as near as possible to `wish`.
    /// If it succeeds, the values stand; otherwise nothing has changed.
    pub(crate) fn complete(&mut self, variables: &[u32], wish: impl Fn(u32) -> i64) -> Completion {
        struct Choice {
            mark: usize,
            next: usize,
            value: i64,
            low: i64,
            high: i64,
            tried: u8,
        }
        let start = self.mark();
        let mut choices: Vec<Choice> = Vec::new();
        let mut next = 0;
        let mut mistakes = 0;
        loop {
            while next < variables.len() && self.is_fixed(variables[next]) {
                next += 1;
            }
            let Some(variable) = variables.get(next).copied().filter(|_| !self.is_exhausted()) else {
                if self.is_exhausted() {
                    self.undo(start);
                    return Completion::Unknown;
                }
                return Completion::Found;
            };
            let (low, high) = self.range(variable);
            let value = wish(variable).clamp(low, high);
            choices.push(Choice { mark: self.mark(), next, value, low, high, tried: 0 });
            // Takes the next branch of the last choice that has one left.
            loop {
                if self.is_exhausted() || mistakes > MISTAKES {
                    self.undo(start);
                    return Completion::Unknown;
                }
                let Some(choice) = choices.last_mut() else {
                    self.undo(start);
                    return Completion::Impossible;
                };
                choice.tried += 1;
                let (low, high) = match choice.tried {
                    1 => (choice.value, choice.value),
                    2 => (choice.value + 1, choice.high),
                    3 => (choice.low, choice.value - 1),
                    _ => {
                        choices.pop();
                        continue;
                    }
                };
                let (mark, at) = (choice.mark, choice.next);
                self.undo(mark);
                if low > high {
                    continue;
                }
                self.set(variables[at], low, high, DECIDED);
                self.enqueue_of(variables[at]);
                if self.propagate().is_ok() {
                    next = at;
                    break;
                }
                mistakes += 1;
            }
        }
    }

    fn set(&mut self, variable: u32, low: i64, high: i64, cause: Cause) {
        let (old_low, old_high) = self.range(variable);
        self.trail.push(Step { variable, low: old_low, high: old_high, cause });
        self.write(variable, low, high);
    }

    /// Writes a range and keeps the sums over its constraints.
    fn write(&mut self, variable: u32, low: i64, high: i64) {
        let at = variable as usize;
        let (old_low, old_high) = (self.low[at], self.high[at]);
        (self.low[at], self.high[at]) = (low, high);
        let problem = self.problem;
        let (was_fixed, is_fixed) = (old_low == old_high, low == high);
        if !was_fixed && !is_fixed {
            return;
        }
        let signed = problem.system.is_signed(at);
        for entry in problem.column(variable) {
            let (constraint, coefficient) = (entry.at as usize, i64::from(entry.coefficient));
            if was_fixed {
                self.residual[constraint] -= coefficient * old_low;
            }
            if is_fixed {
                self.residual[constraint] += coefficient * low;
            }
            if was_fixed != is_fixed {
                let raises = u32::from(coefficient > 0 || signed);
                let lowers = u32::from(coefficient < 0 || signed);
                let (unfixed, raise, lower) = (
                    &mut self.unfixed[constraint],
                    &mut self.can_raise[constraint],
                    &mut self.can_lower[constraint],
                );
                if is_fixed {
                    (*unfixed, *raise, *lower) = (*unfixed - 1, *raise - raises, *lower - lowers);
                } else {
                    (*unfixed, *raise, *lower) = (*unfixed + 1, *raise + raises, *lower + lowers);
                }
            }
        }
    }

    /// Draws every conclusion from one constraint.
    fn narrow(&mut self, constraint: u32) -> Result<(), Conflict> {
        let at = constraint as usize;
        let problem = self.problem;
        let relation = problem.head(constraint).relation;
        if self.unfixed[at] == 0 {
            self.work += 1;
            return if holds(relation, self.residual[at]) { Ok(()) } else { Err(Conflict(constraint)) };
        }
        let row = problem.row(constraint);
        self.work += 2 * row.len() as u64;
        // The free cells must add up to (or to at least) this.
        let target = -self.residual[at];
        let (mut least, mut most) = (0, 0);
        for entry in row.iter().filter(|e| !self.is_fixed(e.at)) {
            let (low, high) = self.extent(entry.at, entry.coefficient);
            least += low;
            most += high;
        }
        if most < target || (relation == Relation::Equal && least > target) {
            return Err(Conflict(constraint));
        }
        for entry in row {
            if self.is_fixed(entry.at) {
                continue;
            }
            let (own_least, own_most) = self.extent(entry.at, entry.coefficient);
            let share_least = target - (most - own_most);
            let share_most = match relation {
                Relation::Equal => target - (least - own_least),
                Relation::AtLeast => own_most,
            };
            let (old_low, old_high) = self.range(entry.at);
            let coefficient = i64::from(entry.coefficient);
            let (low, high) = if coefficient > 0 {
                (div_ceil(share_least, coefficient), share_most.div_euclid(coefficient))
            } else {
                (div_ceil(-share_most, -coefficient), (-share_least).div_euclid(-coefficient))
            };
            let (low, high) = (low.max(old_low), high.min(old_high));
            if low > high {
                return Err(Conflict(constraint));
            }
            if (low, high) != (old_low, old_high) {
                self.set(entry.at, low, high, constraint);
                self.enqueue_of(entry.at);
            }
        }
        Ok(())
    }

    /// Least and most that a free cell can add to the left side of a constraint.
    fn extent(&self, variable: u32, coefficient: i32) -> (i64, i64) {
        let (low, high) = self.range(variable);
        let coefficient = i64::from(coefficient);
        if coefficient > 0 {
            (coefficient * low, coefficient * high)
        } else {
            (coefficient * high, coefficient * low)
        }
    }
}

/// Division rounded up; the divisor is positive.
fn div_ceil(n: i64, by: i64) -> i64 {
    -(-n).div_euclid(by)
}
