//! A system ready to be solved: its matrix, which constraints count, and how they stand.

use std::borrow::Cow;

use nianbao_schema::form::Relation;

use crate::matrix::{Entry, Head, Matrix};
use crate::system::{State, System};

/// A system with its matrix.
pub(crate) struct Problem<'a> {
    pub(crate) system: &'a System,
    matrix: Cow<'static, Matrix>,
    /// By constraint: whether all its cells could be read.
    active: Vec<bool>,
    /// By constraint: left side minus constant, blanks counted as 0.
    residual: Vec<i64>,
}

/// Constraints that share no cell with any others, so that they are solved on their own.
#[derive(Debug, Default)]
pub(crate) struct Component {
    /// Its constraints.
    pub(crate) constraints: Vec<u32>,
    /// Those of them that do not hold with blanks as 0.
    pub(crate) failing: Vec<u32>,
    /// Its blanks.
    pub(crate) open: Vec<u32>,
}

impl<'a> Problem<'a> {
    pub(crate) fn new(system: &'a System) -> Self {
        let matrix = system.matrix();
        let mut active = Vec::with_capacity(matrix.len());
        let mut residual = Vec::with_capacity(matrix.len());
        for constraint in 0..matrix.len() {
            let (mut sum, mut readable) = (-matrix.head(constraint).constant, true);
            for entry in matrix.row(constraint) {
                let at = entry.at as usize;
                sum += i64::from(entry.coefficient) * system.values[at];
                readable &= system.states[at] != State::Unreadable;
            }
            active.push(readable);
            residual.push(sum);
        }
        Self { system, matrix, active, residual }
    }

    pub(crate) fn len(&self) -> usize {
        self.matrix.len()
    }

    pub(crate) fn head(&self, constraint: u32) -> &Head {
        self.matrix.head(constraint as usize)
    }

    pub(crate) fn row(&self, constraint: u32) -> &[Entry] {
        self.matrix.row(constraint as usize)
    }

    pub(crate) fn column(&self, variable: u32) -> &[Entry] {
        self.matrix.column(variable as usize)
    }

    pub(crate) fn is_active(&self, constraint: u32) -> bool {
        self.active[constraint as usize]
    }

    /// Left side minus constant, blanks counted as 0.
    pub(crate) fn residual(&self, constraint: u32) -> i64 {
        self.residual[constraint as usize]
    }

    /// Whether a number may be changed.
    pub(crate) fn is_changeable(&self, variable: u32) -> bool {
        self.system.states[variable as usize] == State::Number
    }

    pub(crate) fn is_open(&self, variable: u32) -> bool {
        self.system.states[variable as usize] == State::Open
    }

    pub(crate) fn value(&self, variable: u32) -> i64 {
        self.system.values[variable as usize]
    }

    /// The constraints that do not hold with blanks as 0.
    pub(crate) fn failing(&self) -> Vec<u32> {
        let fails = |c: &u32| self.is_active(*c) && !holds(self.head(*c).relation, self.residual(*c));
        (0..self.len() as u32).filter(fails).collect()
    }

    /// The components that hold the given constraints, in order.
    ///
    /// Two constraints are in one component if they share a cell that may change or a blank, directly or through
    /// others. No constraint reaches from one component into another, so a set of changes satisfies everything exactly
    /// if its part in each component satisfies that component, and it is smallest exactly if every part is.
    pub(crate) fn components(&self, failing: &[u32]) -> Vec<Component> {
        let mut seen = vec![false; self.len()];
        let mut reached = vec![false; self.system.values.len()];
        let mut components = Vec::new();
        for &start in failing {
            if std::mem::replace(&mut seen[start as usize], true) {
                continue;
            }
            let mut component = Component { constraints: vec![start], ..Component::default() };
            let mut next = 0;
            while let Some(constraint) = component.constraints.get(next).copied() {
                next += 1;
                for entry in self.row(constraint) {
                    let ties = self.is_changeable(entry.at) || self.is_open(entry.at);
                    if !ties || std::mem::replace(&mut reached[entry.at as usize], true) {
                        continue;
                    }
                    if self.is_open(entry.at) {
                        component.open.push(entry.at);
                    }
                    for other in self.column(entry.at).iter().filter(|o| self.is_active(o.at)) {
                        if !std::mem::replace(&mut seen[other.at as usize], true) {
                            component.constraints.push(other.at);
                        }
                    }
                }
            }
            component.constraints.sort_unstable();
            component.open.sort_unstable();
            let fails = |c: &u32| !holds(self.head(*c).relation, self.residual(*c));
            component.failing = component.constraints.iter().copied().filter(fails).collect();
            components.push(component);
        }
        components
    }
}

/// Whether a relation holds, given left side minus right side.
pub(crate) fn holds(relation: Relation, residual: i64) -> bool {
    match relation {
        Relation::Equal => residual == 0,
        Relation::AtLeast => residual >= 0,
    }
}
