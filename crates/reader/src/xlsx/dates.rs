//! Dates: days since the end of 1899 (ECMA-376 part 1, §18.17.4.1), shown as a format code says.

use std::fmt::Write;

/// How a date is shown: what stands in it, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DateFormat {
    fields: Vec<Field>,
    /// Hours count to 12.
    has_halves: bool,
    /// The code asks for something that is not known here.
    is_odd: bool,
}

/// A letter, and how often it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Year(usize),
    Month(usize),
    Day(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// 上午, 下午.
    Half,
    Literal(char),
}

impl DateFormat {
    /// Reads the characters of a code, in lower case; with each, whether it stands for itself.
    pub(super) fn parse(pieces: impl Iterator<Item = (char, bool)>) -> Self {
        let mut format = Self::default();
        let mut pieces = pieces.peekable();
        while let Some((c, is_literal)) = pieces.next() {
            if is_literal {
                format.fields.push(Field::Literal(c));
                continue;
            }
            let mut count = 1;
            while pieces.next_if(|&(next, literal)| next == c && !literal).is_some() {
                count += 1;
            }
            let field = match c {
                'y' | 'e' => Field::Year(count),
                // Next to hours and seconds it is minutes.
                'm' if matches!(format.last(), Some(Field::Hour(_))) => Field::Minute(count),
                'm' => Field::Month(count),
                'd' => Field::Day(count),
                'h' => Field::Hour(count),
                's' => {
                    let last =
                        format.fields.iter_mut().rev().find(|field| !matches!(field, Field::Literal(_)));
                    if let Some(last) = last
                        && let Field::Month(count) = *last
                    {
                        *last = Field::Minute(count);
                    }
                    Field::Second(count)
                }
                '上' | 'a' => {
                    // `AM/PM`, `A/P`, `上午/下午`.
                    let known = |c: &(char, bool)| "m/p上午下".contains(c.0);
                    while pieces.next_if(known).is_some() {}
                    format.has_halves = true;
                    Field::Half
                }
                ' ' | '-' | '/' | ':' | ',' | '年' | '月' | '日' | '时' | '分' | '秒' | '.' => {
                    for _ in 0..count.min(4) {
                        format.fields.push(Field::Literal(c));
                    }
                    continue;
                }
                '@' => continue,
                _ => {
                    format.is_odd = true;
                    continue;
                }
            };
            // Names of days and months are not written here.
            format.is_odd |= matches!(field, Field::Day(3..) | Field::Month(3..));
            format.fields.push(field);
        }
        format
    }

    fn last(&self) -> Option<&Field> {
        self.fields.iter().rev().find(|field| !matches!(field, Field::Literal(_)))
    }
}

/// The date that a number stands for; none if there is none.
pub(super) fn display(value: &str, format: &DateFormat, is_1904: bool) -> Option<String> {
    let serial: f64 = value.parse().ok()?;
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = ((serial - serial.floor()) * 86_400.0).round() as i64;
    let days = serial.floor() as i64 + seconds / 86_400;
    let (hour, minute, second) = (seconds % 86_400 / 3_600, seconds / 60 % 60, seconds % 60);
    let (year, month, day) = civil(match (is_1904, days) {
        (true, _) => days + 1_462,
        // There never was a 29 February 1900, but Lotus 1-2-3 had one.
        (false, 0..60) => days + 1,
        (false, _) => days,
    });
    let mut text = String::new();
    if format.is_odd {
        write!(text, "{year:04}-{month:02}-{day:02}").ok()?;
        if seconds > 0 {
            write!(text, " {hour:02}:{minute:02}:{second:02}").ok()?;
        }
        return Some(text);
    }
    for field in &format.fields {
        let (number, count) = match *field {
            Field::Literal(c) => {
                text.push(c);
                continue;
            }
            Field::Half => {
                text.push_str(if hour < 12 { "上午" } else { "下午" });
                continue;
            }
            Field::Year(1 | 2) => (year % 100, 2),
            Field::Year(_) => (year, 4),
            Field::Month(count) => (month, count),
            Field::Day(count) => (day, count),
            Field::Hour(count) if format.has_halves => ((hour + 11) % 12 + 1, count),
            Field::Hour(count) => (hour, count),
            Field::Minute(count) => (minute, count),
            Field::Second(count) => (second, count),
        };
        write!(text, "{number:0width$}", width = count.min(4)).ok()?;
    }
    Some(text.trim().to_owned())
}

/// Year, month and day of a number of days since 30 December 1899.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years start in March, so that the leap day comes last; 693_899 days lie between 1 March 0000 and the start.
    let days = days + 693_899;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1899, 12, 30));
        assert_eq!(civil(61), (1900, 3, 1));
        assert_eq!(civil(45_291), (2023, 12, 31));
        assert_eq!(civil(45_351), (2024, 2, 29));
        assert_eq!(civil(2_958_465), (9999, 12, 31));
    }

    #[test]
    fn codes() {
        let shown = |code: &str, value: &str| {
            display(value, &DateFormat::parse(code.chars().map(|c| (c, false))), false)
        };
        assert_eq!(shown("yyyy-mm-dd hh:mm:ss", "45291.5").as_deref(), Some("2023-12-31 12:00:00"));
        assert_eq!(shown("yy.m.d", "1").as_deref(), Some("00.1.1"));
        assert_eq!(shown("mm:ss", "0.5").as_deref(), Some("00:00"));
        assert_eq!(shown("上午/下午h时m分", "45291.75").as_deref(), Some("下午6时0分"));
        assert_eq!(shown("d-mmm-yy", "45291").as_deref(), Some("2023-12-31"));
        assert_eq!(shown("yyyy", "-1"), None);
        assert_eq!(shown("h:mm", "45291.9999999").as_deref(), Some("0:00"));
    }
}
