//! Numbers as clerks write them: `12`, `１２`, `1,234`, `+2`, `3.5万元`, `12件`, `一百二十`.

use rust_decimal::Decimal;

use crate::{fold_width, is_invisible};

/// A number and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The number itself, before any unit is applied.
    pub value: Decimal,
    /// A sign was written (`+2`, `-1`, `－1`).
    pub sign: Option<char>,
    /// Digits or signs were full-width.
    pub full_width: bool,
    /// Thousands were separated (`1,234`).
    pub thousands: bool,
    /// Digits started with a superfluous 0 (`05`, `00`).
    pub leading_zero: bool,
    /// A decimal point was written.
    pub decimal_point: bool,
    /// The word right after the digits, if any: `件`, `万元`.
    pub unit: String,
    /// A bracketed remark after that, without its brackets: `22（其中修订16件）`.
    pub remark: String,
}

/// The most significant digits that a number may have. Fifteen survive JSON readers that use floating point.
const MAX_DIGITS: usize = 15;

/// Reads a text that consists of one number, perhaps with a sign, a unit and a bracketed remark; `None` for all else.
///
/// Digits broken by spaces or lines (`1 2`) are no number: whether that is 12 or two numbers cannot be told.
pub fn written(text: &str) -> Option<Written> {
    let trimmed = text.trim_matches(is_invisible);
    let mut full_width = false;
    let folded: String = trimmed
        .chars()
        .map(|c| {
            let f = fold_width(c);
            full_width |= f != c && (f.is_ascii_digit() || matches!(f, '+' | '-' | '.' | ','));
            match f {
                // Input methods make dashes of what was typed as a minus.
                '−' | '﹣' | '—' | '–' => '-',
                _ => f,
            }
        })
        .collect();
    let (sign, rest) = match folded.chars().next()? {
        c @ ('+' | '-') => (Some(c), folded[1..].trim_start()),
        _ => (None, folded.as_str()),
    };
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let thousands = whole.contains(',');
    if thousands && !well_grouped(whole) {
        return None;
    }
    let plain: String = whole.chars().filter(|c| *c != ',').collect();
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(&plain) || fraction.is_some_and(|f| !all_digits(f)) {
        return None;
    }
    if plain.trim_start_matches('0').len() + fraction.map_or(0, str::len) > MAX_DIGITS {
        return None;
    }
    let negative = if sign == Some('-') { "-" } else { "" };
    let value = match fraction {
        Some(f) => format!("{negative}{plain}.{f}"),
        None => format!("{negative}{plain}"),
    };
    let (unit, remark) = unit_and_remark(tail)?;
    Some(Written {
        value: value.parse::<Decimal>().ok()?,
        sign,
        full_width,
        thousands,
        leading_zero: plain.len() > 1 && plain.starts_with('0'),
        decimal_point: fraction.is_some(),
        unit,
        remark,
    })
}

/// Groups of three after the first, as in `1,234,567`.
fn well_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3)
}

/// The tail of a number: at most one short unit and one bracketed remark. `None` if it holds more than that.
fn unit_and_remark(tail: &str) -> Option<(String, String)> {
    let tail = tail.trim_matches(is_invisible);
    let (unit, remark) = match tail.find(['(', '（']) {
        Some(open) => {
            let inside = tail[open..].trim_start_matches(['(', '（']);
            (&tail[..open], inside.strip_suffix([')', '）'])?)
        }
        None => (tail, ""),
    };
    let unit: String = unit.chars().filter(|c| !is_invisible(*c)).collect();
    let known = unit.is_empty() || UNITS.contains(&unit.as_str());
    known.then(|| (unit, remark.to_owned()))
}

/// Units that may stand behind a number in a table cell.
const UNITS: &[&str] = &[
    "件", "条", "个", "项", "次", "份", "宗", "起", "人", "人次", "篇", "部", "家", "户", "名", "批", "批次",
    "场", "万元", "元", "亿元", "万", "件次", "%",
];

/// Reads a Chinese numeral: `十二`, `一百二十`, `一千零五`, `两万三千`, `二〇二一`, `3万`, `1.2万`, `120`.
///
/// `None` for anything else, also for `几十` and other vague numbers.
pub fn numeral(text: &str) -> Option<Decimal> {
    let folded: String = text.chars().map(fold_width).filter(|c| !c.is_whitespace() && *c != ',').collect();
    if folded.is_empty() {
        return None;
    }
    if let Some(head) = folded.strip_suffix('万')
        && let Ok(n) = head.parse::<Decimal>()
    {
        return Some(n * Decimal::from(10_000));
    }
    if let Some(head) = folded.strip_suffix('亿')
        && let Ok(n) = head.parse::<Decimal>()
    {
        return Some(n * Decimal::from(100_000_000));
    }
    if folded.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return folded.parse().ok();
    }
    han_numeral(&folded).map(Decimal::from)
}

fn digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn han_numeral(text: &str) -> Option<u64> {
    let chars: Vec<char> = text.chars().collect();
    // Digit by digit, as years are written: 二〇二一.
    if chars.len() > 1 && chars.iter().all(|c| digit(*c).is_some()) {
        return chars.iter().try_fold(0u64, |n, c| n.checked_mul(10)?.checked_add(digit(*c)?));
    }
    let (mut total, mut section, mut pending) = (0u64, 0u64, None);
    for (i, c) in chars.iter().enumerate() {
        if let Some(d) = digit(*c) {
            if pending.is_some_and(|p| p != 0) {
                return None;
            }
            pending = Some(d);
            continue;
        }
        let unit = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => return None,
        };
        if unit >= 10_000 {
            section += pending.take().unwrap_or(0);
            if section == 0 {
                return None;
            }
            total = total.checked_add(section.checked_mul(unit)?)?;
            section = 0;
        } else {
            // 十二 starts with the unit; 百 and 千 never do.
            let count = match pending.take() {
                Some(0) | None if unit == 10 && (i == 0 || chars[i - 1] == '零') => 1,
                Some(n) if n > 0 => n,
                _ => return None,
            };
            section += count * unit;
        }
    }
    total.checked_add(section + pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        written(text).map(|w| w.value.normalize().to_string())
    }

    #[test]
    fn cells_as_they_are_written() {
        for (text, expected) in [
            ("12", "12"),
            (" 12 ", "12"),
            ("１２", "12"),
            ("1,234", "1234"),
            ("1，234", "1234"),
            ("+2", "2"),
            ("－8", "-8"),
            ("-1", "-1"),
            ("12件", "12"),
            ("251000元", "251000"),
            ("3.50万元", "3.5"),
            ("22（其中修订16件）", "22"),
            ("05", "5"),
            ("0", "0"),
        ] {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_one_number_is_not_read_as_one() {
        for text in [
            "",
            "-",
            "/",
            "无",
            "1 2",
            "1\n2",
            "12,34",
            "1.2.3",
            "约12",
            "12、13",
            "3-5",
            "12件5",
            ".5",
            "5.",
            "9999999999999999",
        ] {
            assert_eq!(value(text), None, "{text:?}");
        }
    }

    #[test]
    fn how_it_was_written_is_kept() {
        let w = written("１,234件").unwrap();
        assert!(w.full_width && w.thousands && w.unit == "件" && w.sign.is_none());
        let w = written("+05").unwrap();
        assert!(w.leading_zero && w.sign == Some('+'));
        assert_eq!(written("22（其中修订16件）").unwrap().remark, "其中修订16件");
    }

    #[test]
    fn numerals() {
        for (text, expected) in [
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百二十", 120),
            ("一千零五", 1005),
            ("两万三千", 23_000),
            ("一万二千三百四十五", 12_345),
            ("二〇二一", 2021),
            ("3万", 30_000),
            ("1.2万", 12_000),
            ("１２０", 120),
            ("一百零十五", 115),
        ] {
            assert_eq!(numeral(text), Some(Decimal::from(expected)), "{text}");
        }
        for text in ["几十", "数百", "百", "万", "", "十百", "一二十"] {
            assert_eq!(numeral(text), None, "{text}");
        }
    }
}
