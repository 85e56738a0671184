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
    /// Reads the words of a cell.
    ///
    /// `official` is the unit that the form prints in the header, `header` the unit of money that the header of the file
    /// names. Money is counted in the official unit, without one in 元; a unit behind the number in the cell counts before
    /// that of the header. Without any unit the number is taken as printed.
    pub fn new(text: Text, kind: ValueKind, official: Option<&str>, header: Option<&str>) -> Self {
        let (value, written) = classify(&text.value, kind, official, header);
        Self { text, value, written }
    }
}

/// Words that stand for “does not apply”, in normal form.
const NOT_APPLICABLE: &[&str] = &[
    "/",
    "//",
    "---",
    "\\",
    "-",
    "--",
    "—",
    "——",
    "–",
    "－",
    "−",
    "无",
    "不适用",
    "n/a",
    "na",
    "N/A",
    "NA",
    "无此项",
];

fn classify(
    words: &str,
    kind: ValueKind,
    official: Option<&str>,
    header: Option<&str>,
) -> (Value, Option<Written>) {
    if words.chars().all(is_invisible) {
        return (Value::Blank, None);
    }
    // Writers of Markdown put a backslash before a sign that would begin a list.
    let trimmed = words.trim_matches(is_invisible);
    let words = trimmed.strip_prefix('\\').filter(|rest| rest.starts_with(['-', '+'])).unwrap_or(words);
    let normal = label::normal(words);
    if NOT_APPLICABLE.contains(&normal.as_str()) {
        return (Value::NotApplicable, None);
    }
    let Some(written) = number::written(words) else { return (Value::Text, None) };
    let unit = written.unit.as_str();
    let value = if kind == ValueKind::Amount {
        let yuan = |unit: &str| match unit {
            "元" => Some(1),
            "万元" | "万" => Some(10_000),
            "亿元" => Some(100_000_000),
            _ => None,
        };
        let seen = if unit.is_empty() { header } else { Some(unit) };
        match (seen, seen.and_then(yuan)) {
            (None, _) => written.value,
            // `3件` is no money.
            (Some(_), None) => return (Value::Text, None),
            (Some(_), Some(factor)) => {
                let official = official.and_then(yuan).unwrap_or(1);
                written.value * Decimal::from(factor) / Decimal::from(official)
            }
        }
    } else {
        // `3万`, `5%` in a cell that counts pieces is not that many pieces as printed.
        if matches!(unit, "万" | "亿元" | "万元" | "元" | "%") {
            return (Value::Text, None);
        }
        written.value
    };
    (Value::Number(value.normalize()), Some(written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Location;

    fn count(words: &str) -> Value {
        Reading::new(Text::new(words, Location::default()), ValueKind::Count, None, None).value
    }

    fn money(words: &str, official: Option<&str>, header: Option<&str>) -> Value {
        Reading::new(Text::new(words, Location::default()), ValueKind::Amount, official, header).value
    }

    fn number(n: &str) -> Value {
        Value::Number(n.parse().unwrap())
    }

    #[test]
    fn four_kinds_of_values() {
        assert_eq!(count("12"), number("12"));
        assert_eq!(count(" \u{a0}"), Value::Blank);
        for mark in ["/", "-", "—", "－", "／", "无", "——", "不适用", "\\", "−"] {
            assert_eq!(count(mark), Value::NotApplicable, "{mark}");
        }
        assert_eq!(
            (count("\\-"), count("\\+3"), count("\\-3")),
            (Value::NotApplicable, number("3"), number("-3"))
        );
        assert_eq!(count("\\3"), Value::Text, "only a sign is ever escaped");
        for words in ["由区政府统一公开", "1 2", "3万", "约12", "见附件", "12、13", "12元", "12¹"]
        {
            assert_eq!(count(words), Value::Text, "{words}");
        }
    }

    #[test]
    fn money_is_counted_in_the_official_unit() {
        let official = Some("万元");
        assert_eq!(money("3.5", official, None), number("3.5"));
        assert_eq!(money("3.5万元", official, None), number("3.5"));
        assert_eq!(money("3.5 万 元", official, None), number("3.5"));
        assert_eq!(money("35000元", official, None), number("3.5"));
        assert_eq!(money("35000", official, Some("元")), number("3.5"), "the header says 元");
        assert_eq!(money("3.5万元", official, Some("元")), number("3.5"), "the cell knows better");
        assert_eq!(money("3件", official, None), Value::Text);
    }

    #[test]
    fn money_without_official_unit_is_counted_in_yuan() {
        assert_eq!(money("251000元", None, None), number("251000"));
        assert_eq!(money("25.1万元", None, None), number("251000"));
        assert_eq!(money("25.1", None, Some("万元")), number("251000"));
        assert_eq!(money("1.2亿元", None, None), number("120000000"));
        assert_eq!(money("808", None, None), number("808"), "no unit anywhere: as printed");
    }
}
