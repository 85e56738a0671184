//! One identity on its own: does it hold, could its blanks make it hold, or is it violated?

use nianbao_schema::CellId;
use nianbao_schema::form::{Identity, Relation};
use nianbao_schema::report::Report;
use nianbao_schema::value::Value;
use rust_decimal::Decimal;

/// What is known of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Its number.
    Number(Decimal),
    /// It is blank or marked as not applicable.
    Open,
    /// It is not in the file, or holds words.
    Unreadable,
}

/// What is known of a cell of a report.
pub fn known(report: &Report, cell: CellId) -> Known {
    match report.cell(cell).map(|r| &r.value) {
        Some(Value::Number(n)) => Known::Number(*n),
        Some(Value::Blank | Value::NotApplicable) => Known::Open,
        Some(Value::Text) | None => Known::Unreadable,
    }
}

/// How an identity fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It holds, counting blanks as 0.
    Holds,
    /// It does not hold with blanks as 0, but its blanks could make it hold.
    Open,
    /// Nothing that its blanks could be makes it hold.
    Violated,
    /// A cell of it could not be read.
    Unreadable,
}

/// An identity with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluation {
    /// How it fares.
    pub status: Status,
    /// Sum of the left side, blanks counted as 0.
    pub left: Decimal,
    /// Sum of the right side, blanks counted as 0.
    pub right: Decimal,
}

impl Evaluation {
    /// Left minus right.
    pub fn residual(&self) -> Decimal {
        self.left - self.right
    }
}

/// Evaluates an identity over what is known of the cells.
pub fn evaluate(identity: &Identity, known: impl Fn(CellId) -> Known) -> Evaluation {
    let side = |cells: &[CellId]| cells.iter().map(|cell| known(*cell)).collect();
    let (left, right): (Vec<Known>, Vec<Known>) = (side(&identity.left), side(&identity.right));
    evaluate_sides(identity.relation, &left, &right)
}

/// Evaluates a relation between two sums.
pub(crate) fn evaluate_sides(relation: Relation, left: &[Known], right: &[Known]) -> Evaluation {
    let mut unreadable = false;
    let mut side = |cells: &[Known]| {
        let (mut sum, mut open) = (Decimal::ZERO, false);
        for known in cells {
            match known {
                Known::Number(n) => sum += n,
                Known::Open => open = true,
                Known::Unreadable => unreadable = true,
            }
        }
        (sum, open)
    };
    let (left, left_open) = side(left);
    let (right, right_open) = side(right);
    let holds = match relation {
        Relation::Equal => left == right,
        Relation::AtLeast => left >= right,
    };
    // A blank can only add to its side.
    let could = match relation {
        Relation::Equal => (left < right && left_open) || (left > right && right_open),
        Relation::AtLeast => left_open,
    };
    let status = match (unreadable, holds, could) {
        (true, ..) => Status::Unreadable,
        (_, true, _) => Status::Holds,
        (_, _, true) => Status::Open,
        _ => Status::Violated,
    };
    Evaluation { status, left, right }
}

#[cfg(test)]
mod tests {
    use nianbao_schema::Edition;

    use super::*;

    fn row_status(values: [Option<i64>; 7]) -> Status {
        let form = Edition::E2021.form();
        let identity = form.family("applications.row").find(|i| i.at == "received").unwrap();
        let cells: Vec<CellId> = identity.cells().collect();
        let of = |cell: CellId| match values[cells.iter().position(|c| *c == cell).unwrap()] {
            Some(n) => Known::Number(n.into()),
            None => Known::Open,
        };
        evaluate(identity, of).status
    }

    #[test]
    fn blanks_are_never_the_only_cause() {
        use Status::{Holds, Open, Violated};
        assert_eq!(row_status([Some(3), None, None, None, None, None, Some(3)]), Holds);
        assert_eq!(
            row_status([Some(2), None, None, None, None, None, Some(3)]),
            Open,
            "a blank may be the missing 1"
        );
        assert_eq!(
            row_status([Some(4), None, None, None, None, None, Some(3)]),
            Violated,
            "no blank can be -1"
        );
        assert_eq!(row_status([Some(3), Some(0), Some(0), Some(0), Some(0), Some(0), None]), Open);
        assert_eq!(row_status([Some(3), Some(0), Some(0), Some(0), Some(0), Some(0), Some(2)]), Violated);
        assert_eq!(row_status([None; 7]), Holds);
    }
}
