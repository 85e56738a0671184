//! Words that a conversion has damaged.
//!
//! Programs that take text out of pages and Word files drop text nodes that occur again: of `2025年1月1日` is left
//! `202511日`, of `〔2021〕30号` `〔202130号`. What is left is no date that anybody would write, and the marks that are
//! missing tell what was lost.

use std::ops::Range;

use crate::fold_width;

/// Words of which marks were lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The bytes of what is left.
    pub range: Range<usize>,
    /// The marks that are missing: `年`, `月`, `〕`.
    pub marks: &'static [&'static str],
    /// What stood there, if the digits leave one way to read them.
    pub likely: Option<String>,
}

/// A run of digits: its bytes, its digits in half width.
struct Run {
    start: usize,
    end: usize,
    digits: String,
}

/// The damaged dates and document numbers of a text, in their order.
pub fn lost(text: &str) -> Vec<Lost> {
    runs(text).iter().filter_map(|run| date(text, run).or_else(|| document_number(text, run))).collect()
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, c) in text.char_indices() {
        let folded = fold_width(c);
        if !folded.is_ascii_digit() {
            continue;
        }
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.end == at => {
                run.end = end;
                run.digits.push(folded);
            }
            _ => runs.push(Run { start: at, end, digits: folded.to_string() }),
        }
    }
    runs
}

/// Years of which such reports speak.
fn is_year(digits: &str) -> bool {
    digits.len() == 4 && ("2000".."2050").contains(&digits)
}

fn month(digits: &str) -> Option<u8> {
    digits.parse().ok().filter(|m| (1..=12).contains(m) && !digits.is_empty())
}

fn day(digits: &str) -> Option<u8> {
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

/// The ways to read digits as a month and a day.
fn month_and_day(digits: &str) -> Vec<(u8, u8)> {
    let splits = (1..digits.len().min(3)).filter(|at| digits.len() - at <= 2);
    splits.filter_map(|at| month(&digits[..at]).zip(day(&digits[at..]))).collect()
}

fn date(text: &str, run: &Run) -> Option<Lost> {
    let (before, after) = (&text[..run.start], &text[run.end..]);
    let (range, digits) = (run.start..run.end, run.digits.as_str());
    let only = |ways: Vec<(u8, u8)>| match ways[..] {
        [one] => Some(one),
        _ => None,
    };
    let year = digits.get(..4).filter(|y| is_year(y));
    if after.starts_with('月') {
        // 20251月
        let (year, m) = (year?, month(digits.get(4..).filter(|d| d.len() <= 2)?)?);
        let end = run.end + "月".len();
        return Some(Lost {
            range: run.start..end, marks: &["年"], likely: Some(format!("{year}年{m}月"))
        });
    }
    if !after.starts_with('日') {
        return None;
    }
    let range = range.start..range.end + "日".len();
    // 202511日, 20251231日
    if let Some(year) = year.filter(|_| (6..=8).contains(&digits.len())) {
        let ways = month_and_day(&digits[4..]);
        if ways.is_empty() {
            return None;
        }
        let likely = only(ways).map(|(m, d)| format!("{year}年{m}月{d}日"));
        return Some(Lost { range, marks: &["年", "月"], likely });
    }
    // 2018年1231日; 1月1日至1231日
    let after_year = before.strip_suffix('年').is_some_and(|rest| {
        let digits: String = rest.chars().rev().map(fold_width).take_while(char::is_ascii_digit).collect();
        is_year(&digits.chars().rev().collect::<String>())
    });
    let least = if after_year { 2 } else { 3 };
    if !(after_year || ends_with_day_to(before)) || digits.len() < least {
        return None;
    }
    let ways = month_and_day(digits);
    if ways.is_empty() {
        return None;
    }
    Some(Lost { range, marks: &["月"], likely: only(ways).map(|(m, d)| format!("{m}月{d}日")) })
}

/// Whether a text ends like `…1月1日至`.
fn ends_with_day_to(text: &str) -> bool {
    let text = text.trim_end_matches(['起', '始', '止']);
    let Some(text) = text.strip_suffix(['至', '到', '-', '—', '~', '～', '－']) else { return false };
    let Some(text) = text.trim_end_matches(['起', '始', '—', '-']).strip_suffix('日') else {
        return false;
    };
    let digit = |c: char| fold_width(c).is_ascii_digit();
    let rest = text.trim_end_matches(digit);
    rest.len() < text.len() && rest.ends_with('月')
}

/// `〔202130号`: the closing bracket is lost, so that year and number run together.
fn document_number(text: &str, run: &Run) -> Option<Lost> {
    let open = text[..run.start].chars().next_back().filter(|c| matches!(c, '〔' | '[' | '［' | '【'))?;
    let year = run.digits.get(..4).filter(|y| is_year(y))?;
    let number = run.digits.get(4..).filter(|n| (1..=4).contains(&n.len()) && !n.starts_with('0'))?;
    if !text[run.end..].starts_with('号') {
        return None;
    }
    let range = run.start - open.len_utf8()..run.end + "号".len();
    Some(Lost { range, marks: &["〕"], likely: Some(format!("〔{year}〕{number}号")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Option<String>)> {
        lost(text).into_iter().map(|l| (&text[l.range], l.likely)).collect()
    }

    fn some(words: &str) -> Option<String> {
        Some(words.to_owned())
    }

    #[test]
    fn what_is_left_of_dates_and_numbers() {
        for (text, expected) in [
            (
                "统计期限为202311日至20231231日。",
                vec![("202311日", some("2023年1月1日")), ("20231231日", some("2023年12月31日"))],
            ),
            ("自20241月1日到12月31日", vec![("20241月", some("2024年1月"))]),
            (
                "20221月1日起至202212月31日止",
                vec![("20221月", some("2022年1月")), ("202212月", some("2022年12月"))],
            ),
            ("2019年11日至2019年1231日", vec![("11日", some("1月1日")), ("1231日", some("12月31日"))]),
            ("于202419日公布", vec![("202419日", some("2024年1月9日"))]),
            ("1月1日至1231日", vec![("1231日", some("12月31日"))]),
            ("（某办函〔202130号）", vec![("〔202130号", some("〔2021〕30号"))]),
            ("2023111日", vec![("2023111日", None)]),
            ("２０２３１月", vec![("２０２３１月", some("2023年1月"))]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_numbers_and_slips_of_the_pen_are_no_damage() {
        for text in [
            "2023年1月1日至2023年12月31日",
            "2023年1月1日至12月31日",
            "202020年共收到",
            "2023年13月1日",
            "2023年2月30日",
            "全年365日开放",
            "2023年365日",
            "30日至120日",
            "〔2021〕30号",
            "受理号202130号",
            "电话20231234",
            "共收到20231件",
            "2023年30日",
            "20231301日",
            "199811日",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
