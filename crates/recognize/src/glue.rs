//! Rows whose cells were run together by a conversion: `规章000`.

use std::ops::Range;

use nianbao_schema::report::LabelMatch;
use nianbao_text::label;

use crate::labels::{RowTarget, Vocabulary};

/// The row whose label, to the letter, begins some words of which the rest is digits, and the length of the label in bytes.
pub(crate) fn row(words: &Vocabulary, text: &str) -> Option<(RowTarget, usize)> {
    let label = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    if label.is_empty() || label.len() == text.trim_end().len() {
        return None;
    }
    let (target, matched) = words.row(&label::parts(label))?;
    (!target.group && !matches!(matched, LabelMatch::Near(_))).then_some((target, label.len()))
}

/// Divides a run of digits among cells, if there is one way only: each cell blank or a number without a superfluous 0 in
/// front. `000` in three cells is three times 0; `120` may be 1, 2, 0 as well as 12, 0 and a blank.
pub(crate) fn divide(digits: &str, count: usize) -> Option<Vec<Range<usize>>> {
    let bytes = digits.trim_end().as_bytes();
    if bytes.is_empty() || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // All blanks but one, or no blank at all: any other division leaves a choice of which cell is blank.
    if count == 1 {
        return (bytes.len() == 1 || bytes[0] != b'0').then(|| vec![0..bytes.len()]);
    }
    let zeros = bytes.len() == count && bytes.iter().all(|b| *b == b'0');
    zeros.then(|| (0..count).map(|i| i..i + 1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way to divide digits among cells, by trying them all.
    fn ways(digits: &[u8], count: usize) -> usize {
        if count == 0 {
            return usize::from(digits.is_empty());
        }
        (0..=digits.len())
            .filter(|n| *n < 2 || digits[0] != b'0')
            .map(|n| ways(&digits[n..], count - 1))
            .sum()
    }

    #[test]
    fn digits_are_divided_only_where_there_is_one_way() {
        for count in 1..=4 {
            for n in 0..10_000 {
                for digits in [n.to_string(), format!("{n:02}"), format!("{n:03}"), format!("{n:04}")] {
                    let is_unique = ways(digits.as_bytes(), count) == 1;
                    let divided = divide(&digits, count);
                    assert!(divided.is_none() || is_unique, "{digits} in {count}");
                    // All that is left out is `01` and the like, which a clerk may have written.
                    let padded = count > 1 && digits.starts_with('0') && digits.bytes().any(|b| b != b'0');
                    assert!(divided.is_some() || !is_unique || padded, "{digits} in {count}");
                }
            }
        }
    }
}
