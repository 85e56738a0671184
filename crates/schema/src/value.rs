//! What stands in a cell, and how it is written.

use nianbao_text::is_invisible;
use nianbao_text::label;
use nianbao_text::number::{self, Written};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::document::Text;

/// What a cell may hold by the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// A count: an integer that is not negative.
    Count,
    /// A change of a count: an integer with a sign (本年增/减).
    Change,
    /// Money: a decimal that is not negative.
    Amount,
}

/// The value of a cell. A blank is never silently 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number in the unit of the cell.
    Number(Decimal),
    /// Nothing at all, or white space.
    Blank,
    /// A mark for “does not apply”: `/`, `-`, `—`, `无`.
    NotApplicable,
    /// Anything else; the words are in [`Reading::text`].
    Text,
}

impl Value {
    /// The number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }

    /// Whether it is a blank or a mark for “does not apply”: unknown, and 0 only if that balances.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Blank | Self::NotApplicable)
    }
}

/// A cell as read: its words, their place, and what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The words as they stand in the file.
    pub text: Text,
    /// What they mean.
    pub value: Value,
    /// How the number is written, if it is one.
    pub written: Option<Written>,
}

impl Reading {
    /// Reads the words of a cell whose official unit is `unit`.
    pub fn new(text: Text, unit: Option<&str>) -> Self {
        let (value, written) = classify(&text.value, unit);
        Self { text, value, written }
    }
}

/// Words that stand for “does not apply”, in normal form.
const NOT_APPLICABLE: &[&str] =
    &["/", "//", "\\", "-", "--", "—", "——", "–", "－", "无", "不适用", "n/a", "na", "N/A", "NA", "无此项"];

fn classify(words: &str, unit: Option<&str>) -> (Value, Option<Written>) {
    if words.chars().all(is_invisible) {
        return (Value::Blank, None);
    }
    let normal = label::normal(words);
    if NOT_APPLICABLE.contains(&normal.as_str()) {
        return (Value::NotApplicable, None);
    }
    let Some(written) = number::written(words) else { return (Value::Text, None) };
    let value = match (unit, written.unit.as_str()) {
        (_, "") => written.value,
        // The form counts 万元; a clerk who writes 元 behind the number has told us so.
        (Some("万元"), "元") => written.value / Decimal::from(10_000),
        (Some("万元"), "亿元") => written.value * Decimal::from(10_000),
        (Some(official), seen) if official == seen || (official == "万元" && seen == "万") => {
            written.value
        }
        // `3万`, `5%` in a cell that counts pieces is not that many pieces as printed.
        (_, "万" | "亿元" | "%") => return (Value::Text, None),
        (None, "万元" | "元") => written.value,
        (None, _) => written.value,
        (Some(_), _) => return (Value::Text, None),
    };
    (Value::Number(value.normalize()), Some(written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Location;

    fn value(words: &str, unit: Option<&str>) -> Value {
        Reading::new(Text::new(words, Location::default()), unit).value
    }

    fn number(n: &str) -> Value {
        Value::Number(n.parse().unwrap())
    }

    #[test]
    fn four_kinds_of_values() {
        assert_eq!(value("12", None), number("12"));
        assert_eq!(value(" \u{a0}", None), Value::Blank);
        for mark in ["/", "-", "—", "－", "／", "无", "——", "不适用", "\\"] {
            assert_eq!(value(mark, None), Value::NotApplicable, "{mark}");
        }
        for words in ["由区政府统一公开", "1 2", "3万", "约12", "见附件", "12、13"] {
            assert_eq!(value(words, None), Value::Text, "{words}");
        }
    }

    #[test]
    fn a_unit_in_the_cell_counts() {
        assert_eq!(value("35000元", Some("万元")), number("3.5"));
        assert_eq!(value("3.5万元", Some("万元")), number("3.5"));
        assert_eq!(value("3.5", Some("万元")), number("3.5"));
        assert_eq!(value("3件", Some("万元")), Value::Text);
        assert_eq!(value("251000元", None), number("251000"));
    }
}
