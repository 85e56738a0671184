//! Which table of the file an official table was read from, where there are several of it: last year's beside this
//! year's, a second copy in an annex.

use nianbao_schema::document::Location;

/// Where a table of the file stands, and what the line before it says of its year.
#[derive(Debug, Clone, Copy, Default)]
struct Origin {
    /// Number of the table; 0 for one that was put together from lines.
    table: u32,
    location: Location,
    /// Number of the section, counted by their headings.
    section: usize,
    /// Whether the line before it names the year of the report, or only another one.
    this_year: Option<bool>,
}

/// Which tables of the file were read as which official ones.
#[derive(Debug, Default)]
pub(crate) struct Owners {
    section: usize,
    here: Origin,
    seen: Vec<Origin>,
    /// The table that gave the official table of a name.
    first: Vec<(&'static str, Origin)>,
    /// The last table of another year that was told.
    told: Option<(&'static str, u32)>,
    /// Rows that were found twice with different numbers, by table and row.
    contradicted: Vec<(&'static str, &'static str)>,
}

/// What becomes of a row of the table at hand.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// It is read, unless it contradicts what was read before.
    Ours,
    /// It belongs to another year than the table that was read; whether that is seen for the first time.
    OtherYear(bool),
    /// It counts instead of what was read from the table there, which is of another year.
    Instead(Location),
}

impl Owners {
    /// The heading of a section was passed.
    pub(crate) fn next_section(&mut self) {
        self.section += 1;
    }

    /// Another table begins.
    pub(crate) fn arrive(&mut self, location: Location, words: Option<&str>, year: Option<u16>) {
        let this_year = words.zip(year).and_then(|(words, year)| says_year(words, year));
        self.here = Origin { table: location.table, location, section: self.section, this_year };
        self.seen.push(self.here);
    }

    /// Says what becomes of a row of an official table that stands in the table at hand.
    pub(crate) fn claim(&mut self, official: &'static str) -> Claim {
        let here = self.here;
        let Some((_, first)) = self.first.iter_mut().find(|(id, _)| *id == official) else {
            self.first.push((official, here));
            return Claim::Ours;
        };
        match (first.this_year, here.this_year) {
            _ if first.table == here.table => Claim::Ours,
            (Some(false), Some(true)) => {
                let other = first.location;
                *first = here;
                self.contradicted.retain(|(table, _)| *table != official);
                Claim::Instead(other)
            }
            (None | Some(true), Some(false)) => {
                let told = self.told.replace((official, here.table));
                Claim::OtherYear(told != self.told)
            }
            _ => Claim::Ours,
        }
    }

    /// Neither of two rows counts from now on.
    pub(crate) fn contradict(&mut self, table: &'static str, row: &'static str) {
        self.contradicted.push((table, row));
    }

    /// Whether a row was found twice with different numbers.
    pub(crate) fn is_contradicted(&self, table: &str, row: &str) -> bool {
        self.contradicted.iter().any(|(t, r)| *t == table && *r == row)
    }

    /// Whether a place is in the table at hand or in one of the same section, where nothing says which of both counts.
    pub(crate) fn is_near(&self, first: Location) -> bool {
        let other = self.seen.iter().find(|o| o.table == first.table).copied().unwrap_or_default();
        first.table == self.here.table || other.section == self.here.section && other.this_year != Some(true)
    }
}

/// Whether a short line names a year: the one of the report, or only others.
fn says_year(words: &str, year: u16) -> Option<bool> {
    const LONGEST: usize = 50;
    if words.chars().count() > LONGEST {
        return None;
    }
    let is_year = |at: usize| {
        let digits = words[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        (digits == 4).then(|| words[at - 4..at].parse::<u16>().ok()).flatten()
    };
    let years: Vec<u16> = words
        .match_indices('年')
        .filter_map(|(at, _)| is_year(at))
        .filter(|y| (1990..2100).contains(y))
        .collect();
    (!years.is_empty()).then(|| years.contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_captions() {
        for (words, expected) in [
            ("2023年收到和处理政府信息公开申请情况", Some(true)),
            ("附：2022年度情况", Some(false)),
            ("2022年与2023年对比", Some(true)),
            ("三、收到和处理政府信息公开申请情况", None),
            ("12023年", None),
            ("", None),
        ] {
            assert_eq!(says_year(words, 2023), expected, "{words}");
        }
    }
}
