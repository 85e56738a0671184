//! Days of the calendar.

/// How many days a month has; 0 for a month that does not exist. Without a year, February may have 29.
pub fn days_in(year: Option<u16>, month: u16) -> u16 {
    match month {
        2 => {
            let leap = year.is_none_or(|y| (y % 4 == 0 && y % 100 != 0) || y % 400 == 0);
            if leap { 29 } else { 28 }
        }
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Whether there is such a day.
pub fn is_day(year: u16, month: u16, day: u16) -> bool {
    (1..=days_in(Some(year), month)).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_years_and_months_that_do_not_exist() {
        assert!(is_day(2024, 2, 29) && !is_day(2023, 2, 29) && !is_day(2100, 2, 29) && is_day(2000, 2, 29));
        assert!(!is_day(2023, 13, 1) && !is_day(2023, 0, 1) && !is_day(2023, 4, 31) && !is_day(2023, 4, 0));
        assert_eq!(days_in(None, 2), 29);
    }
}
