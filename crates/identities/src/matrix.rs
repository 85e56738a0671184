//! Sparse matrix of constraints, by rows and by columns.

use nianbao_schema::form::Relation;

use crate::system::ConstraintId;

/// A coefficient that is not 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Index of the variable (in a row) or of the constraint (in a column).
    pub(crate) at: u32,
    /// The coefficient.
    pub(crate) coefficient: i32,
}

/// What a constraint is apart from its coefficients.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    /// Which constraint it is.
    pub(crate) id: ConstraintId,
    /// Equal or at least.
    pub(crate) relation: Relation,
    /// The right side.
    pub(crate) constant: i64,
    end: u32,
}

/// Constraints `Σ coefficient·variable (= | ≥) constant`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matrix {
    heads: Vec<Head>,
    entries: Vec<Entry>,
    column_ends: Vec<u32>,
    column_entries: Vec<Entry>,
}

impl Matrix {
    /// Appends a constraint; no variable may occur twice among the terms, and no coefficient may be 0.
    pub(crate) fn push(
        &mut self,
        id: ConstraintId,
        terms: impl IntoIterator<Item = (u32, i32)>,
        relation: Relation,
        constant: i64,
    ) {
        self.entries.extend(terms.into_iter().map(|(at, coefficient)| Entry { at, coefficient }));
        self.heads.push(Head { id, relation, constant, end: self.entries.len() as u32 });
    }

    /// Builds the columns, after the last [`Matrix::push`].
    pub(crate) fn finish(mut self, variables: usize) -> Self {
        let mut ends = vec![0_u32; variables];
        for entry in &self.entries {
            ends[entry.at as usize] += 1;
        }
        let mut next = 0;
        for end in &mut ends {
            next += std::mem::replace(end, next);
        }
        // `ends` holds the starts now and moves to the ends while the columns are filled.
        self.column_entries = vec![Entry { at: 0, coefficient: 0 }; self.entries.len()];
        for constraint in 0..self.heads.len() {
            for i in self.range(constraint) {
                let Entry { at, coefficient } = self.entries[i];
                let place = &mut ends[at as usize];
                self.column_entries[*place as usize] = Entry { at: constraint as u32, coefficient };
                *place += 1;
            }
        }
        self.column_ends = ends;
        self
    }

    /// Number of constraints.
    pub(crate) fn len(&self) -> usize {
        self.heads.len()
    }

    /// What a constraint is.
    pub(crate) fn head(&self, constraint: usize) -> &Head {
        &self.heads[constraint]
    }

    /// Variables of a constraint.
    pub(crate) fn row(&self, constraint: usize) -> &[Entry] {
        &self.entries[self.range(constraint)]
    }

    /// Constraints of a variable.
    pub(crate) fn column(&self, variable: usize) -> &[Entry] {
        let start = if variable == 0 { 0 } else { self.column_ends[variable - 1] };
        &self.column_entries[start as usize..self.column_ends[variable] as usize]
    }

    fn range(&self, constraint: usize) -> std::ops::Range<usize> {
        let start = if constraint == 0 { 0 } else { self.heads[constraint - 1].end };
        start as usize..self.heads[constraint].end as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_agree() {
        let mut matrix = Matrix::default();
        matrix.push(ConstraintId::Other(0), [(2, 2), (0, 1)], Relation::Equal, 5);
        matrix.push(ConstraintId::Other(1), [(3, -1)], Relation::AtLeast, 0);
        let matrix = matrix.finish(4);
        let row = |c| matrix.row(c).iter().map(|e| (e.at, e.coefficient)).collect::<Vec<_>>();
        let column = |v| matrix.column(v).iter().map(|e| (e.at, e.coefficient)).collect::<Vec<_>>();
        assert_eq!((row(0), row(1)), (vec![(2, 2), (0, 1)], vec![(3, -1)]));
        assert_eq!(
            [column(0), column(1), column(2), column(3)],
            [vec![(0, 1)], vec![], vec![(0, 2)], vec![(1, -1)]]
        );
    }
}
