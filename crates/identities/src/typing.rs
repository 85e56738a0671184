//! How people mistype numbers: which slip turns the right value into the one seen, and how likely it is.
//!
//! Costs are decibans: ten times the decimal logarithm of how many times less likely something is. Only their order
//! matters. The kinds of slips are those of Scholtus (2009), one edit in the sense of Damerau (1964), with what clerks
//! do to tables on top. The share of each kind is a judgement, set once and written here; the spread over digits follows
//! from counting: a digit of a number of n digits can turn into another one in 9·n ways, two neighbours can swap in n − 1.

use nianbao_schema::Language;

/// Why a cell is thought to hold the wrong value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// One digit is another one: 12 for 17.
    DigitChanged,
    /// A digit is missing: 12 for 128.
    DigitDropped,
    /// A digit is too many: 128 for 12.
    DigitAdded,
    /// A digit is typed twice: 122 for 12.
    DigitDoubled,
    /// Two digits next to each other are swapped: 21 for 12.
    DigitsSwapped,
    /// A minus sign is too many.
    Sign,
    /// A 0 where a number belongs.
    ZeroForNumber,
    /// A number where 0 belongs.
    NumberForZero,
    /// A blank where a number belongs.
    BlankForNumber,
    /// The number of a neighbouring cell.
    NeighbourCopied,
    /// A total that leaves out one of its parts.
    PartLeftOut,
    /// A total that counts one of its parts twice.
    PartCountedTwice,
    /// Two cells hold each other's numbers.
    Exchanged,
    /// The same requests are booked in another column of the row.
    OtherColumn,
    /// The same requests are booked in another row of the column.
    OtherRow,
    /// The numbers of a run of cells stand one place away.
    Shifted,
    /// Two rows, or two columns, hold each other's numbers.
    LinesExchanged,
    /// The cell adds up cells of which one is wrong, as a spreadsheet does.
    Recomputed,
    /// None of these.
    Unknown,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 19] = [
        Self::DigitChanged,
        Self::DigitDropped,
        Self::DigitAdded,
        Self::DigitDoubled,
        Self::DigitsSwapped,
        Self::Sign,
        Self::ZeroForNumber,
        Self::NumberForZero,
        Self::BlankForNumber,
        Self::NeighbourCopied,
        Self::PartLeftOut,
        Self::PartCountedTwice,
        Self::Exchanged,
        Self::OtherColumn,
        Self::OtherRow,
        Self::Shifted,
        Self::LinesExchanged,
        Self::Recomputed,
        Self::Unknown,
    ];

    /// Its name in JSON, never changed.
    pub fn id(self) -> &'static str {
        self.words().0
    }

    /// It in words.
    pub fn text(self, language: Language) -> &'static str {
        let (_, zh, en) = self.words();
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::DigitChanged => ("digit-changed", "错了一位数字", "one digit changed"),
            Self::DigitDropped => ("digit-dropped", "漏了一位数字", "a digit dropped"),
            Self::DigitAdded => ("digit-added", "多了一位数字", "a digit added"),
            Self::DigitDoubled => ("digit-doubled", "一位数字重复输入", "a digit doubled"),
            Self::DigitsSwapped => ("digits-swapped", "相邻两位数字颠倒", "digits swapped"),
            Self::Sign => ("sign", "多了负号", "minus sign"),
            Self::ZeroForNumber => ("zero-for-number", "应填数字处填了0", "0 where a number belongs"),
            Self::NumberForZero => ("number-for-zero", "应为0处填了数字", "a number where 0 belongs"),
            Self::BlankForNumber => ("blank-for-number", "应填数字处留空", "blank where a number belongs"),
            Self::NeighbourCopied => {
                ("neighbour-copied", "填成了相邻单元格的数字", "number of a neighbouring cell")
            }
            Self::PartLeftOut => ("part-left-out", "合计漏加一项", "total leaves out one part"),
            Self::PartCountedTwice => {
                ("part-counted-twice", "合计重复加了一项", "total counts one part twice")
            }
            Self::Exchanged => ("exchanged", "两格数字互换", "two cells exchanged"),
            Self::OtherColumn => ("other-column", "同一申请计入了另一列", "booked in another column"),
            Self::OtherRow => ("other-row", "同一申请计入了另一行", "booked in another row"),
            Self::Shifted => ("shifted", "数字错位一格", "shifted by one cell"),
            Self::LinesExchanged => ("lines-exchanged", "两行或两列互换", "two rows or columns exchanged"),
            Self::Recomputed => ("recomputed", "合计随错误的细项算出", "added up from a wrong cell"),
            Self::Unknown => ("unknown", "原因不明", "unknown"),
        }
    }
}

/// What surrounds a cell, for slips that have to do with other cells.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    /// Numbers seen in the cells left, right, above and below.
    pub(crate) neighbours: Vec<i64>,
    /// For a total: the right numbers of its parts, one list for each way it adds up.
    pub(crate) parts: Vec<Vec<i64>>,
}

/// The likeliest slip that shows `seen` where `right` belongs, with its cost in decibans.
pub(crate) fn slip(seen: i64, right: i64, around: &Surroundings) -> (Reason, i32) {
    let (s, r) = (Digits::of(seen), Digits::of(right));
    let longest = s.len().max(r.len());
    // Any number of that many digits is as likely as any other.
    let mut best = (Reason::Unknown, 16 + 10 * longest as i32);
    let mut offer = |reason, cost| {
        if cost < best.1 {
            best = (reason, cost);
        }
    };
    if seen == 0 {
        // Few cells of a real table are anything but 0.
        offer(Reason::ZeroForNumber, 14);
    }
    if right == 0 {
        offer(Reason::NumberForZero, 12 + 4 * longest as i32);
    }
    if seen == -right {
        offer(Reason::Sign, 8);
    }
    if seen > 0
        && right > 0
        && let Some((reason, cost)) = edit(&s, &r)
    {
        offer(reason, cost);
    }
    if seen != 0 && around.neighbours.contains(&seen) {
        let filled = around.neighbours.iter().filter(|n| **n != 0).count();
        offer(Reason::NeighbourCopied, 13 + decibans(filled));
    }
    for parts in &around.parts {
        let filled = parts.iter().filter(|p| **p != 0).count();
        // With a single part that is not 0, to leave it out is to write 0.
        if filled > 1 && parts.contains(&(right - seen)) {
            offer(Reason::PartLeftOut, 9 + decibans(filled));
        }
        if filled > 1 && parts.contains(&(seen - right)) {
            offer(Reason::PartCountedTwice, 12 + decibans(filled));
        }
    }
    best
}

/// The single edit that turns the digits of `right` into those of `seen`.
fn edit(seen: &Digits, right: &Digits) -> Option<(Reason, i32)> {
    let (s, r) = (seen.slice(), right.slice());
    let n = r.len();
    if s.len() == n {
        let differ: Vec<usize> = (0..n).filter(|i| s[*i] != r[*i]).collect();
        return match differ[..] {
            [_] => Some((Reason::DigitChanged, 3 + decibans(9 * n))),
            [a, b] if b == a + 1 && s[a] == r[b] && s[b] == r[a] => {
                Some((Reason::DigitsSwapped, 9 + decibans(n - 1)))
            }
            _ => None,
        };
    }
    // The place at which the longer one has a digit more.
    let (long, short) = if s.len() > n { (s, r) } else { (r, s) };
    if long.len() != short.len() + 1 {
        return None;
    }
    let at = (0..short.len()).find(|i| long[*i] != short[*i]).unwrap_or(short.len());
    if long[at + 1..] != short[at..] {
        return None;
    }
    if s.len() < n {
        return Some((Reason::DigitDropped, 8 + decibans(n)));
    }
    // Of equal digits in a row the last one counts as the extra one.
    if at > 0 && s[at] == s[at - 1] {
        Some((Reason::DigitDoubled, 9 + decibans(n)))
    } else {
        Some((Reason::DigitAdded, 12 + decibans(10 * (n + 1))))
    }
}

/// Ten times the decimal logarithm, rounded; whole numbers, so that every machine ranks alike.
pub(crate) fn decibans(n: usize) -> i32 {
    const TO_TEN: [i32; 11] = [0, 0, 3, 5, 6, 7, 8, 8, 9, 10, 10];
    let (mut n, mut tens) = (n, 0);
    while n > 10 {
        n = n.div_ceil(10);
        tens += 10;
    }
    TO_TEN[n] + tens
}

/// The digits of a number, without sign.
pub(crate) struct Digits {
    buffer: [u8; 20],
    start: usize,
}

impl Digits {
    pub(crate) fn of(n: i64) -> Self {
        let mut digits = Self { buffer: [0; 20], start: 20 };
        let mut rest = n.unsigned_abs();
        loop {
            digits.start -= 1;
            digits.buffer[digits.start] = (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                return digits;
            }
        }
    }

    fn slice(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    pub(crate) fn len(&self) -> usize {
        self.slice().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(seen: i64, right: i64) -> Reason {
        slip(seen, right, &Surroundings::default()).0
    }

    #[test]
    fn slips_of_the_keyboard() {
        assert_eq!(reason(12, 17), Reason::DigitChanged);
        assert_eq!(reason(3, 8), Reason::DigitChanged);
        assert_eq!(reason(21, 12), Reason::DigitsSwapped);
        assert_eq!(reason(1324, 1234), Reason::DigitsSwapped);
        assert_eq!(reason(12, 128), Reason::DigitDropped);
        assert_eq!(reason(28, 128), Reason::DigitDropped);
        assert_eq!(reason(1, 10), Reason::DigitDropped);
        assert_eq!(reason(100, 10), Reason::DigitDoubled, "the 0");
        assert_eq!(reason(122, 12), Reason::DigitDoubled);
        assert_eq!(reason(112, 12), Reason::DigitDoubled);
        assert_eq!(reason(152, 12), Reason::DigitAdded);
        assert_eq!(reason(120, 12), Reason::DigitAdded);
        assert_eq!(reason(-7, 7), Reason::Sign);
        assert_eq!(reason(0, 7), Reason::ZeroForNumber);
        assert_eq!(reason(7, 0), Reason::NumberForZero);
        assert_eq!(reason(123, 456), Reason::Unknown);
        assert_eq!(reason(4321, 1234), Reason::Unknown);
    }

    #[test]
    fn slips_of_the_eye_and_of_arithmetic() {
        let around = |neighbours: &[i64], parts: &[i64]| Surroundings {
            neighbours: neighbours.to_vec(),
            parts: vec![parts.to_vec()],
        };
        assert_eq!(slip(35, 2, &around(&[35, 0, 1], &[])).0, Reason::NeighbourCopied);
        assert_eq!(slip(12, 20, &around(&[], &[12, 8, 0, 0])).0, Reason::PartLeftOut);
        assert_eq!(slip(28, 20, &around(&[], &[12, 8, 0, 0])).0, Reason::PartCountedTwice);
        assert_eq!(slip(0, 12, &around(&[], &[12, 0, 0])).0, Reason::ZeroForNumber);
    }

    #[test]
    fn likelier_slips_cost_less() {
        let cost = |seen, right| slip(seen, right, &Surroundings::default()).1;
        assert!(cost(21, 12) < cost(34, 12));
        assert!(
            cost(4312, 4321) < cost(4821, 4321),
            "of all changes of a digit this is one in 36, of all swaps one in 3"
        );
        assert!(cost(15, 12) < cost(54, 12));
        assert_eq!([1, 2, 9, 10, 11, 36, 99, 1000].map(decibans), [0, 3, 10, 10, 13, 16, 20, 30]);
    }

    #[test]
    fn names_are_unique_and_spoken_in_both_languages() {
        let mut ids: Vec<&str> = Reason::ALL.iter().map(|r| r.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Reason::ALL.len());
        for reason in Reason::ALL {
            assert!(!reason.text(Language::Zh).is_empty() && reason.text(Language::En).is_ascii());
        }
    }
}
