//! The numbers of a line that count something: digits, a unit, perhaps a hedge.
//!
//! Dates, ordinals, numbers of documents and articles, telephone numbers, addresses, names of meetings and what stands
//! in quotes are no such numbers.

use std::ops::Range;

use nianbao_schema::claim::{Amount, Digits, Phrases};
use nianbao_text::number::numeral;
use rust_decimal::Decimal;

use super::compact::Compact;

/// A number with its unit.
pub(super) struct Number {
    /// Characters of it, hedge and unit included.
    pub(super) range: Range<usize>,
    pub(super) amount: Amount,
    pub(super) decimals: u32,
    pub(super) digits: Digits,
    pub(super) unit: String,
    pub(super) hedge: Option<String>,
}

/// A year written in the line: `2022年`.
pub(super) struct YearAt {
    pub(super) at: usize,
    pub(super) year: u16,
}

/// What a line holds in numbers.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) counts: Vec<Number>,
    pub(super) years: Vec<YearAt>,
}

/// Words as characters, longest first.
pub(super) fn words<'a>(list: impl IntoIterator<Item = &'a String>) -> Vec<Vec<char>> {
    let mut words: Vec<Vec<char>> = list.into_iter().map(|w| w.chars().collect()).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words
}

/// The word lists of numbers.
pub(super) struct Tokens {
    units: Vec<Vec<char>>,
    no_units: Vec<Vec<char>>,
    before: Vec<Vec<char>>,
    no_hedges: Vec<Vec<char>>,
    after: Vec<Vec<char>>,
}

const HAN_DIGITS: &str = "零〇一二三四五六七八九十百千万亿两";

/// No count has more digits.
const MOST_DIGITS: usize = 15;

impl Tokens {
    pub(super) fn new(data: &Phrases) -> Self {
        Self {
            units: words(data.units.get("any").into_iter().flatten()),
            no_units: words(&data.no_units),
            before: words(&data.hedges_before),
            no_hedges: words(&data.no_hedges),
            after: words(&data.hedges_after),
        }
    }

    pub(super) fn read(&self, line: &Compact) -> Numbers {
        let mut found = Numbers::default();
        let mut i = 0;
        while i < line.len() {
            let c = line.chars[i];
            if line.quoted[i] {
                i += 1;
            } else if c.is_ascii_alphanumeric() {
                i = self.latin(line, i, &mut found);
            } else if HAN_DIGITS.contains(c) {
                i = self.han(line, i, &mut found);
            } else {
                i += 1;
            }
        }
        found
    }

    /// A run of Latin letters, digits and the marks of addresses and telephone numbers. Returns where it ends.
    fn latin(&self, line: &Compact, start: usize, found: &mut Numbers) -> usize {
        let chars = &line.chars;
        let sticks = |i: usize| {
            let c = chars[i];
            let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
            let inside = i > start && digit(i - 1) && digit(i + 1);
            c.is_ascii_alphanumeric()
                || matches!(c, '.' | '/' | '_' | '@' | '-' | '~' | '*')
                // 1,234 and 1，234, but not 12,13.
                || (matches!(c, ',' | '，') && inside && (i + 1..).take_while(|j| digit(*j)).count() == 3)
                // https://
                || (c == ':' && chars.get(i + 1) == Some(&'/'))
        };
        let end = (start..line.len()).find(|i| !sticks(*i) || line.quoted[*i]).unwrap_or(line.len());
        let run: String = chars[start..end].iter().filter(|c| !matches!(c, ',' | '，')).collect();
        let before = start.checked_sub(1).map(|i| chars[i]);
        let full = (start..end).any(|i| line.full_width[i]);
        let digits = if full { Digits::Full } else { Digits::Half };
        if run.bytes().all(|b| b.is_ascii_digit()) && chars.get(end) == Some(&'年') {
            if let (4, Ok(year)) = (run.len(), run.parse()) {
                found.years.push(YearAt { at: start, year });
            }
            return end + 1;
        }
        // 第12条, 〔2021〕30号 and what belongs to an address count nothing.
        if matches!(before, Some('第' | '＋' | '+' | '№' | '#')) {
            return end;
        }
        let amount = match run.split_once(['-', '~']) {
            None => decimal(&run).map(Amount::Exact),
            Some((from, to)) => match (decimal(from), decimal(to)) {
                (Some(from), Some(to)) if from < to => Some(Amount::Range(from, to)),
                _ => None,
            },
        };
        let Some(amount) = amount else { return end };
        let decimals = run.split_once('.').map_or(0, |(_, d)| d.len() as u32);
        self.count(line, start..end, amount, decimals, digits, found)
    }

    /// A run of Chinese digits. Returns where to go on.
    fn han(&self, line: &Compact, start: usize, found: &mut Numbers) -> usize {
        let end = (start..line.len())
            .find(|i| !HAN_DIGITS.contains(line.chars[*i]) || line.quoted[*i])
            .unwrap_or(line.len());
        let before = start.checked_sub(1).map(|i| line.chars[i]);
        if matches!(
            before,
            Some('第' | '每' | '逐' | '同' | '之' | '初' | '十' | '几' | '数' | '上' | '近' | '周' | '期')
        ) || end - start > MOST_DIGITS
        {
            return end;
        }
        let run = line.text(start..end);
        match numeral(&run) {
            Some(n) => self.count(line, start..end, Amount::Exact(n), 0, Digits::Han, found),
            None => end,
        }
    }

    /// Completes a number by scale, hedges and unit. Without unit it counts nothing.
    fn count(
        &self,
        line: &Compact,
        run: Range<usize>,
        mut amount: Amount,
        decimals: u32,
        digits: Digits,
        found: &mut Numbers,
    ) -> usize {
        let mut hedge: Option<String> = None;
        let mut end = run.end;
        // 3至5件, 3—5件
        if let (Amount::Exact(from), Some('至' | '—' | '－' | '～')) = (amount, line.chars.get(end)) {
            let from_end = end + 1 + line.chars[end + 1..].iter().take_while(|c| **c == '—').count();
            let to_end =
                (from_end..line.len()).find(|i| !line.chars[*i].is_ascii_digit()).unwrap_or(line.len());
            if let Some(to) = decimal(&line.text(from_end..to_end)).filter(|to| *to > from) {
                amount = Amount::Range(from, to);
                end = to_end;
            }
        }
        let mut after = |end: &mut usize| {
            if let Some(word) = self.after.iter().find(|w| line.starts_with(*end, w)) {
                hedge = Some(word.iter().collect());
                *end += word.len();
            }
        };
        let unit_at = |at: usize| {
            let none = self.no_units.iter().any(|w| line.starts_with(at, w));
            self.units.iter().find(|u| !none && line.starts_with(at, u))
        };
        after(&mut end);
        let mut unit = unit_at(end);
        if unit.is_none() {
            let scale = match line.chars.get(end) {
                Some('万') => 10_000,
                Some('亿') => 100_000_000,
                Some('千') => 1_000,
                Some('百') => 100,
                _ => 1,
            };
            if scale > 1 {
                end += 1;
                let scaled = |n: Decimal| n.checked_mul(Decimal::from(scale)).unwrap_or(n);
                amount = match amount {
                    Amount::Exact(n) => Amount::Exact(scaled(n)),
                    Amount::Range(a, b) => Amount::Range(scaled(a), scaled(b)),
                    Amount::All => Amount::All,
                };
                after(&mut end);
                unit = unit_at(end);
            }
        }
        let Some(unit) = unit else { return run.end };
        end += unit.len();
        // 12条以上, but 12条多媒体信息 is exact.
        for word in self.after.iter().filter(|w| w.len() > 1) {
            if line.starts_with(end, word) {
                hedge = Some(word.iter().collect());
                end += word.len();
                break;
            }
        }
        let mut start = run.start;
        let none = self.no_hedges.iter().any(|w| line.ends_with(start, w));
        if let Some(word) = self.before.iter().find(|w| !none && line.ends_with(start, w)) {
            hedge = Some(word.iter().collect());
            start -= word.len();
        }
        found.counts.push(Number {
            range: start..end,
            amount,
            decimals,
            digits,
            unit: unit.iter().collect::<String>().replace('％', "%"),
            hedge,
        });
        end
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || fraction.is_some_and(|f| !digits(f)) || text.len() > MOST_DIGITS {
        return None;
    }
    text.parse().ok()
}
