//! The other cost model: totals come from a spreadsheet, so one mistyped number changes the totals above it too.
//!
//! Then the sums of rows and columns still hold and only the balance of requests (I + II = III(7) + IV) fails, in one
//! column and in that of totals. The column is certain and the row is not: every row of the column is a candidate.

use std::collections::BTreeMap;

use crate::explanation::{Assignment, Explanation, Kind};
use crate::judge::Judge;
use crate::problem::{Component, Problem};
use crate::solver::{Completion, Solver};
use crate::system::State;
use crate::typing::Reason;

/// Every single number, and every pair of numbers of a row by which requests move to another column, whose change
/// satisfies the component if the totals above are added up anew; likeliest first. Only what changes a total is here.
pub(crate) fn recomputed(
    solver: &mut Solver<'_>,
    judge: &Judge<'_>,
    component: &Component,
) -> Vec<Explanation> {
    let problem = solver.problem;
    let Some(failing) = component.failing.iter().copied().find(|c| solver.fails(*c)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for member in &problem.system.members {
        let leaf = |p: usize| {
            let state = problem.system.states[member.first + p];
            state == State::Number && !member.layout.is_sum[p]
        };
        for grid in &member.layout.grids {
            for row in 0..grid.rows {
                let leaves: Vec<usize> =
                    (0..grid.columns).map(|c| grid.at(row, c)).filter(|p| leaf(*p)).collect();
                let mut attempt = |typed: &[(usize, i64)]| {
                    let typed: Vec<_> = typed.iter().map(|(p, sign)| (member.first, *p, *sign)).collect();
                    found.extend(solve(solver, judge, component, failing, &typed));
                };
                for (i, &a) in leaves.iter().enumerate() {
                    attempt(&[(a, 1)]);
                    // In the table of reviews, one row holds three groups; only cells of one sum can trade requests.
                    let trades = |b: &&usize| {
                        member.layout.above[a].iter().any(|t| member.layout.above[**b].contains(t))
                    };
                    for &b in leaves[i + 1..].iter().filter(trades) {
                        attempt(&[(a, 1), (b, -1)]);
                    }
                }
            }
        }
    }
    found.sort_by_cached_key(Explanation::rank);
    found
}

/// Changes some numbers by an amount (or by its opposite), with all totals above, such that a failing constraint holds;
/// keeps it if then everything does.
fn solve(
    solver: &mut Solver<'_>,
    judge: &Judge<'_>,
    component: &Component,
    failing: u32,
    typed: &[(usize, usize, i64)],
) -> Option<Explanation> {
    let problem = solver.problem;
    // How much every cell moves when the amount is 1.
    let mut moves: BTreeMap<u32, i64> = BTreeMap::new();
    for &(first, position, sign) in typed {
        *moves.entry((first + position) as u32).or_default() += sign;
        for total in judge.recomputed(position, first) {
            *moves.entry((first + total) as u32).or_default() += sign;
        }
    }
    moves.retain(|_, sign| *sign != 0);
    let is_typed = |v: &u32| typed.iter().any(|(first, position, _)| (first + position) as u32 == *v);
    if moves.keys().all(is_typed) {
        return None;
    }
    let amount = amount(problem, failing, &moves)?;
    solver.work += 4 * moves.len() as u64;
    if solver.is_exhausted() {
        return None;
    }
    let mark = solver.mark();
    let mut possible = true;
    for (&variable, sign) in &moves {
        let value = problem.value(variable) + sign * amount;
        possible &= value >= 0 || problem.system.is_signed(variable as usize);
        solver.assign(variable, value);
    }
    possible &= !component.failing.iter().any(|c| solver.fails(*c));
    let mut explanation = None;
    if possible {
        for variable in moves.keys().chain(&component.open) {
            solver.enqueue_of(*variable);
        }
        if solver.propagate().is_ok() && solver.complete(&component.open, |_| 0) == Completion::Found {
            let number = |v: &u32| -> Assignment { (*v, solver.range(*v).0, true) };
            let (own, totals): (Vec<_>, Vec<_>) = moves.keys().partition(|v| is_typed(v));
            let own: Vec<Assignment> = own.into_iter().map(number).collect();
            let totals: Vec<Assignment> = totals.into_iter().map(number).collect();
            let mut fills: Vec<Assignment> =
                component.open.iter().map(|v| (*v, solver.range(*v).0, false)).collect();
            fills.retain(|fill| fill.1 != 0);
            let kind = Kind::TotalsRecomputed;
            explanation = Some(judge.caused(kind, &own, (&totals, Reason::Recomputed), &fills, 0));
        }
    }
    solver.undo(mark);
    explanation
}

/// The amount for which a failing constraint holds exactly.
fn amount(problem: &Problem<'_>, failing: u32, moves: &BTreeMap<u32, i64>) -> Option<i64> {
    let effect: i64 = problem
        .row(failing)
        .iter()
        .map(|e| i64::from(e.coefficient) * moves.get(&e.at).copied().unwrap_or(0))
        .sum();
    let missing = -problem.residual(failing);
    (effect != 0 && missing % effect == 0).then(|| missing / effect).filter(|amount| *amount != 0)
}
