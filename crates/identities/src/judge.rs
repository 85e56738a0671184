//! How explanations of the same size are ranked: by how people mistype, and by the evidence.

use crate::explanation::{Assignment, Cause, Change, Explanation, Kind, Repair};
use crate::layout::{Layout, Place};
use crate::problem::{Problem, holds};
use crate::system::{Row, State};
use crate::typing::{Digits, Reason, Surroundings, decibans, slip};

/// Turns solutions into explanations.
pub(crate) struct Judge<'a> {
    problem: &'a Problem<'a>,
    /// Readable soft constraints with their left side minus constant, blanks as 0.
    soft: Vec<(&'a Row, i64)>,
    /// Variables of soft constraints, sorted, with the index into `soft`.
    mentions: Vec<(u32, usize)>,
}

/// Decibans by which evidence that an explanation makes true, or makes false, counts. A number in the text that agrees
/// by chance with the one proposed is rare, a 0 is not.
const EVIDENCE: i32 = 20;
const EVIDENCE_OF_ZERO: i32 = 10;
/// Decibans for each blank that must hold a number.
const FILL: i32 = 6;
/// By hand, a total goes wrong more easily than the numbers that it adds up.
const TOTAL: i32 = -2;

impl<'a> Judge<'a> {
    pub(crate) fn new(problem: &'a Problem<'a>) -> Self {
        let system = problem.system;
        let mut soft = Vec::new();
        let mut mentions = Vec::new();
        for row in &system.soft {
            if row.terms.iter().any(|(v, _)| system.states[*v as usize] == State::Unreadable) {
                continue;
            }
            let sum: i64 = row.terms.iter().map(|(v, c)| i64::from(*c) * problem.value(*v)).sum();
            mentions.extend(row.terms.iter().map(|(v, _)| (*v, soft.len())));
            soft.push((row, sum - row.constant));
        }
        mentions.sort_unstable();
        Self { problem, soft, mentions }
    }

    /// Judges a set of mistyped numbers and the blanks that must be filled with them.
    pub(crate) fn typed(&self, numbers: &[Assignment], fills: &[Assignment]) -> Explanation {
        let after = After { problem: self.problem, numbers, fills };
        let singles: Vec<(Reason, i32)> = numbers.iter().map(|n| self.single(*n, &after)).collect();
        let mut kind = Kind::Cells;
        let mut reasons: Vec<Reason> = singles.iter().map(|(reason, _)| *reason).collect();
        let alone: i32 = singles.iter().map(|(_, cost)| cost).sum();
        let mut cost = alone;
        for a in 0..numbers.len() {
            for b in a + 1..numbers.len() {
                let rest = alone - singles[a].1 - singles[b].1;
                for (together, both, price) in self.pairs(numbers[a], numbers[b], &singles[a], &singles[b]) {
                    if rest + price < cost {
                        cost = rest + price;
                        reasons = singles.iter().map(|(reason, _)| *reason).collect();
                        [reasons[a], reasons[b]] = both;
                        kind = if numbers.len() == 2 { together } else { Kind::Cells };
                    }
                }
            }
        }
        let mut order: Vec<usize> = (0..numbers.len()).collect();
        order.sort_by_key(|i| reasons[*i] == Reason::Recomputed);
        let changes = order.into_iter().map(|i| self.change(numbers[i], reasons[i])).collect();
        self.explanation(kind, changes, numbers, fills, cost)
    }

    /// Judges a single cause: cells that were mistyped, and cells that follow for the given reason.
    pub(crate) fn caused(
        &self,
        kind: Kind,
        typed: &[Assignment],
        following: (&[Assignment], Reason),
        fills: &[Assignment],
        price: i32,
    ) -> Explanation {
        let (others, reason) = following;
        let numbers: Vec<Assignment> = typed.iter().chain(others).copied().collect();
        let after = After { problem: self.problem, numbers: &numbers, fills };
        let mut cost = price;
        let mut changes = Vec::new();
        let pair = match typed {
            [a, b] => {
                let singles = [self.single(*a, &after), self.single(*b, &after)];
                self.pairs(*a, *b, &singles[0], &singles[1]).into_iter().min_by_key(|p| p.2)
            }
            _ => None,
        };
        match pair {
            Some((_, reasons, price)) => {
                cost += price;
                changes.extend(typed.iter().zip(reasons).map(|(n, reason)| self.change(*n, reason)));
            }
            None => {
                for number in typed {
                    let (reason, price) = self.single(*number, &after);
                    cost += price;
                    changes.push(self.change(*number, reason));
                }
            }
        }
        changes.extend(others.iter().map(|n| self.change(*n, reason)));
        self.explanation(kind, changes, &numbers, fills, cost)
    }

    fn explanation(
        &self,
        kind: Kind,
        mut changes: Vec<Change>,
        numbers: &[Assignment],
        fills: &[Assignment],
        cost: i32,
    ) -> Explanation {
        let after = After { problem: self.problem, numbers, fills };
        changes.extend(fills.iter().map(|fill| self.fill(*fill)));
        let repairs = self.repairs(&after);
        let causes = self.causes(kind, &changes, &repairs);
        let row = |(_, constraint): &(Repair, u32)| self.problem.row(*constraint).iter().map(|e| e.at);
        let touched: Vec<u32> = repairs.iter().flat_map(row).collect();
        let repairs = repairs.into_iter().map(|(repair, _)| repair).collect();
        let (support, against) = (Vec::new(), Vec::new());
        let mut explanation = Explanation { kind, changes, repairs, causes, support, against, cost };
        explanation.cost += FILL * fills.len() as i32;
        self.weigh(&mut explanation, &after, &touched);
        explanation
    }

    /// A blank that must hold a number.
    pub(crate) fn fill(&self, (variable, proposed, certain): Assignment) -> Change {
        let cell = self.problem.system.variable(variable as usize);
        Change { cell, seen: None, proposed, certain, reason: Reason::BlankForNumber }
    }

    fn change(&self, (variable, proposed, certain): Assignment, reason: Reason) -> Change {
        let seen = (!self.problem.is_open(variable)).then(|| self.problem.value(variable));
        let reason =
            if seen.is_none() && reason == Reason::Unknown { Reason::BlankForNumber } else { reason };
        Change { cell: self.problem.system.variable(variable as usize), seen, proposed, certain, reason }
    }

    fn layout(&self, variable: u32) -> (&'static Layout, usize, usize) {
        let (report, position) = self.problem.system.place(variable as usize);
        let member = &self.problem.system.members[report];
        (member.layout, member.first, position)
    }

    fn place(&self, variable: u32) -> Option<(usize, Place)> {
        let (layout, first, position) = self.layout(variable);
        layout.places[position].map(|place| (first, place))
    }

    /// The slip by which one cell went wrong.
    fn single(&self, (variable, right, _): Assignment, after: &After<'_>) -> (Reason, i32) {
        let (layout, first, position) = self.layout(variable);
        let states = &self.problem.system.states;
        let seen = |p: usize| {
            let at = first + p;
            matches!(states[at], State::Number | State::Given).then(|| self.problem.value(at as u32))
        };
        let mut around = Surroundings::default();
        if let Some(place) = layout.places[position] {
            around.neighbours = layout.grids[place.grid].around(place).filter_map(seen).collect();
        }
        for parts in &layout.parts[position] {
            let value = |p: &u16| after.value((first + usize::from(*p)) as u32);
            around.parts.push(parts.iter().map(value).collect());
        }
        let (reason, cost) = slip(self.problem.value(variable), right, &around);
        (reason, cost + if layout.is_sum[position] { TOTAL } else { 0 })
    }

    /// Ways in which two cells can have gone wrong together, with the reason for each cell and the cost of both.
    fn pairs(
        &self,
        a: Assignment,
        b: Assignment,
        slip_a: &(Reason, i32),
        slip_b: &(Reason, i32),
    ) -> Vec<(Kind, [Reason; 2], i32)> {
        let mut ways = Vec::new();
        let (Some((first_a, place_a)), Some((first_b, place_b))) = (self.place(a.0), self.place(b.0)) else {
            return ways;
        };
        if first_a != first_b || place_a.grid != place_b.grid {
            return ways;
        }
        let (seen_a, seen_b) = (self.problem.value(a.0), self.problem.value(b.0));
        let (same_row, same_column) = (place_a.row == place_b.row, place_a.column == place_b.column);
        if a.1 == seen_b && b.1 == seen_a {
            let price = match (place_a.is_next_to(place_b), same_row || same_column) {
                (true, _) => 9,
                (false, true) => 18,
                _ => 28,
            };
            ways.push((Kind::Exchanged, [Reason::Exchanged; 2], price));
        }
        let moved = a.1 - seen_a;
        let (layout, _, position_a) = self.layout(a.0);
        let (_, _, position_b) = self.layout(b.0);
        if moved == seen_b - b.1 && !layout.is_sum[position_a] && !layout.is_sum[position_b] {
            // The more requests belong in a cell, the more can have gone elsewhere.
            let belong = usize::try_from(if moved > 0 { a.1 } else { b.1 }).unwrap_or(0);
            let price = 4 * Digits::of(moved).len() as i32 + 10 - decibans(belong).min(20) / 2;
            if same_row {
                ways.push((Kind::OtherColumn, [Reason::OtherColumn; 2], 7 + price));
            } else if same_column {
                ways.push((Kind::OtherRow, [Reason::OtherRow; 2], 9 + price));
            }
        }
        if moved == b.1 - seen_b {
            let above = |low: usize, high: usize| self.recomputed(low, first_a) == [high];
            if above(position_a, position_b) {
                ways.push((Kind::TotalsRecomputed, [slip_a.0, Reason::Recomputed], slip_a.1 + 5));
            } else if above(position_b, position_a) {
                ways.push((Kind::TotalsRecomputed, [Reason::Recomputed, slip_b.0], slip_b.1 + 5));
            }
        }
        ways
    }

    /// The totals above a cell that are numbers of this report and would be recomputed with it.
    pub(crate) fn recomputed(&self, position: usize, first: usize) -> Vec<usize> {
        let report = self.problem.system.place(first).0;
        let above =
            self.problem.system.members[report].layout.above[position].iter().map(|p| usize::from(*p));
        above.filter(|p| self.problem.is_changeable((first + p) as u32)).collect()
    }

    /// What the changes repair, with the index of the constraint.
    fn repairs(&self, after: &After<'_>) -> Vec<(Repair, u32)> {
        let problem = self.problem;
        let mut constraints: Vec<u32> = after
            .variables()
            .flat_map(|v| problem.column(v).iter().map(|e| e.at))
            .filter(|c| problem.is_active(*c) && !holds(problem.head(*c).relation, problem.residual(*c)))
            .collect();
        constraints.sort_unstable();
        constraints.dedup();
        let mut repairs: Vec<(Repair, u32)> = Vec::new();
        for constraint in constraints {
            let head = problem.head(constraint);
            let (before, now) = (after.sides(constraint, false), after.sides(constraint, true));
            if holds(head.relation, now.0 - now.1) && repairs.iter().all(|(r, _)| r.id != head.id) {
                repairs.push((Repair { id: head.id, before, after: now }, constraint));
            }
        }
        repairs
    }

    /// Puts together the changes that share a constraint.
    fn causes(&self, kind: Kind, changes: &[Change], repairs: &[(Repair, u32)]) -> Vec<Cause> {
        let one =
            || vec![Cause { changes: (0..changes.len()).collect(), repairs: (0..repairs.len()).collect() }];
        if kind != Kind::Cells || changes.len() == 1 {
            return one();
        }
        let problem = self.problem;
        let index = |c: &Change| problem.system.index(c.cell).map_or(0, |v| v as u32);
        let variables: Vec<u32> = changes.iter().map(index).collect();
        // Every change begins as a cause of its own, and takes the name of the first one with which it shares something.
        let mut name: Vec<usize> = (0..changes.len()).collect();
        let constraints = |v: u32| problem.column(v).iter().map(|e| e.at).filter(|c| problem.is_active(*c));
        for a in 0..changes.len() {
            for b in a + 1..changes.len() {
                if constraints(variables[a]).any(|c| constraints(variables[b]).any(|other| other == c)) {
                    let (from, to) = (name[a].max(name[b]), name[a].min(name[b]));
                    name.iter_mut().filter(|n| **n == from).for_each(|n| *n = to);
                }
            }
        }
        let mut causes = Vec::new();
        for first in (0..changes.len()).filter(|i| name[*i] == *i) {
            let own: Vec<usize> = (0..changes.len()).filter(|i| name[*i] == first).collect();
            let touches = |c: u32| problem.row(c).iter().any(|e| own.iter().any(|i| variables[*i] == e.at));
            let repairs = (0..repairs.len()).filter(|i| touches(repairs[*i].1)).collect();
            causes.push(Cause { changes: own, repairs });
        }
        causes
    }

    /// Adds the evidence.
    fn weigh(&self, explanation: &mut Explanation, after: &After<'_>, repaired: &[u32]) {
        if self.soft.is_empty() {
            return;
        }
        let about = |variables: &mut dyn Iterator<Item = u32>| {
            let mut rows: Vec<usize> = Vec::new();
            for v in variables {
                let from = self.mentions.partition_point(|(variable, _)| *variable < v);
                rows.extend(
                    self.mentions[from..].iter().take_while(|(variable, _)| *variable == v).map(|m| m.1),
                );
            }
            rows.sort_unstable();
            rows.dedup();
            rows
        };
        let changed = about(&mut after.variables());
        for index in &changed {
            let (row, before) = self.soft[*index];
            let difference = |v: u32| after.value(v) - self.problem.value(v);
            let now = before + row.terms.iter().map(|(v, c)| i64::from(*c) * difference(*v)).sum::<i64>();
            let weight = if self.asserted(row) == 0 { EVIDENCE_OF_ZERO } else { EVIDENCE };
            match (holds(row.relation, before), holds(row.relation, now)) {
                (false, true) => {
                    explanation.support.push(row.id);
                    explanation.cost -= weight;
                }
                (true, false) => {
                    explanation.against.push(row.id);
                    explanation.cost += weight;
                }
                _ => {}
            }
        }
        for index in about(&mut repaired.iter().copied()) {
            let (row, before) = self.soft[index];
            if holds(row.relation, before)
                && !changed.contains(&index)
                && !explanation.support.contains(&row.id)
            {
                explanation.support.push(row.id);
            }
        }
    }

    /// What a soft constraint says that the cells which may change add up to.
    fn asserted(&self, row: &Row) -> i64 {
        let given = row.terms.iter().filter(|(v, _)| self.problem.system.states[*v as usize] == State::Given);
        row.constant - given.map(|(v, c)| i64::from(*c) * self.problem.value(*v)).sum::<i64>()
    }
}

/// The price of a shift: what it takes to move the cells in one of `ways`, how many numbers must be made up for those
/// that were lost, and how many that are seen have no place after it.
pub(crate) fn shift_price(kind: Kind, ways: usize, regained: usize, dropped: usize) -> i32 {
    let base = match kind {
        Kind::RowShifted => 12,
        Kind::ColumnShifted | Kind::RowsShifted => 14,
        _ => 18,
    };
    base + decibans(ways) + 4 * regained.min(5) as i32 + 8 * dropped.min(5) as i32
}

/// The cells as they are after some changes.
struct After<'a> {
    problem: &'a Problem<'a>,
    numbers: &'a [Assignment],
    fills: &'a [Assignment],
}

impl After<'_> {
    fn variables(&self) -> impl Iterator<Item = u32> {
        self.numbers.iter().map(|n| n.0).chain(self.fills.iter().map(|f| f.0))
    }

    fn value(&self, variable: u32) -> i64 {
        let number = self.numbers.iter().find(|n| n.0 == variable).map(|n| n.1);
        let fill = || self.fills.iter().find(|f| f.0 == variable).map(|f| f.1);
        number.or_else(fill).unwrap_or_else(|| self.problem.value(variable))
    }

    /// Left and right side of a constraint: what is added and what is taken away.
    fn sides(&self, constraint: u32, changed: bool) -> (i64, i64) {
        let constant = self.problem.head(constraint).constant;
        let (mut left, mut right) = ((-constant).max(0), constant.max(0));
        for entry in self.problem.row(constraint) {
            let value = if changed { self.value(entry.at) } else { self.problem.value(entry.at) };
            let share = i64::from(entry.coefficient) * value;
            if entry.coefficient > 0 { left += share } else { right -= share }
        }
        (left, right)
    }
}
