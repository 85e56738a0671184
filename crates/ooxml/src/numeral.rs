//! Writing numbers as Word's automatic numbering does (`ST_NumberFormat`, ECMA-376 part 1, §17.18.59).

/// A way to write a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// 1, 2, 3; also whatever is not known here.
    #[default]
    Decimal,
    /// 01, 02, 10.
    DecimalZero,
    /// １, ２, ３.
    FullWidth,
    /// ①, ②, ③.
    Circled,
    /// ⒈, ⒉, ⒊.
    Stopped,
    /// ⑴, ⑵, ⑶.
    Parenthesized,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, Z, AA, BB.
    UpperLetter,
    /// a, b, z, aa, bb.
    LowerLetter,
    /// 一, 十, 十一, 一百零一.
    Chinese,
    /// 壹, 拾, 拾壹, 壹佰零壹.
    ChineseLegal,
    /// 一, 一〇, 一一.
    ChineseDigits,
    /// 甲, 乙, 丙.
    HeavenlyStems,
    /// 子, 丑, 寅.
    EarthlyBranches,
    /// A bullet.
    Bullet,
    /// Nothing.
    None,
}

impl Format {
    /// The format of a `w:numFmt`.
    pub fn of(value: &[u8]) -> Self {
        match value {
            b"decimalZero" => Self::DecimalZero,
            b"decimalFullWidth" | b"decimalFullWidth2" => Self::FullWidth,
            b"decimalEnclosedCircle" | b"decimalEnclosedCircleChinese" => Self::Circled,
            b"decimalEnclosedFullstop" => Self::Stopped,
            b"decimalEnclosedParen" => Self::Parenthesized,
            b"upperRoman" => Self::UpperRoman,
            b"lowerRoman" => Self::LowerRoman,
            b"upperLetter" => Self::UpperLetter,
            b"lowerLetter" => Self::LowerLetter,
            b"chineseCounting"
            | b"chineseCountingThousand"
            | b"japaneseCounting"
            | b"taiwaneseCounting"
            | b"taiwaneseCountingThousand" => Self::Chinese,
            b"chineseLegalSimplified" | b"ideographLegalTraditional" | b"japaneseLegal" => Self::ChineseLegal,
            b"ideographDigital" | b"japaneseDigitalTenThousand" | b"taiwaneseDigital" => Self::ChineseDigits,
            b"ideographTraditional" => Self::HeavenlyStems,
            b"ideographZodiac" => Self::EarthlyBranches,
            b"bullet" => Self::Bullet,
            b"none" => Self::None,
            _ => Self::Decimal,
        }
    }

    /// Writes a number.
    pub fn write(self, n: u32, out: &mut String) {
        match self {
            Self::DecimalZero if n < 10 => *out += &format!("0{n}"),
            Self::FullWidth => {
                out.extend(n.to_string().chars().filter_map(|digit| char::from_u32(digit as u32 + 0xfee0)));
            }
            Self::Circled => match n {
                1..=20 => enclosed('①', n, out),
                21..=35 => enclosed('㉑', n - 20, out),
                36..=50 => enclosed('㊱', n - 35, out),
                _ => Self::Decimal.write(n, out),
            },
            Self::Stopped if (1..=20).contains(&n) => enclosed('⒈', n, out),
            Self::Parenthesized if (1..=20).contains(&n) => enclosed('⑴', n, out),
            Self::UpperRoman if (1..4000).contains(&n) => roman(n, out),
            Self::LowerRoman if (1..4000).contains(&n) => {
                let start = out.len();
                roman(n, out);
                out[start..].make_ascii_lowercase();
            }
            Self::UpperLetter if n > 0 => letters('A', n, out),
            Self::LowerLetter if n > 0 => letters('a', n, out),
            Self::Chinese if n > 0 => chinese(n, &NUMERALS, out),
            Self::ChineseLegal if n > 0 => chinese(n, &LEGAL_NUMERALS, out),
            Self::ChineseDigits => {
                out.extend(n.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]));
            }
            Self::HeavenlyStems if (1..=10).contains(&n) => {
                out.extend("甲乙丙丁戊己庚辛壬癸".chars().nth(n as usize - 1));
            }
            Self::EarthlyBranches if (1..=12).contains(&n) => {
                out.extend("子丑寅卯辰巳午未申酉戌亥".chars().nth(n as usize - 1));
            }
            Self::Bullet | Self::None => {}
            _ => *out += &n.to_string(),
        }
    }
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Numerals and units of a counting system.
struct Numerals {
    digits: [char; 10],
    ten: char,
    hundred: char,
    thousand: char,
    /// Whether 11 is 十一, not 一十一.
    drops_leading_one: bool,
}

const NUMERALS: Numerals = Numerals {
    digits: ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    ten: '十',
    hundred: '百',
    thousand: '千',
    drops_leading_one: true,
};

const LEGAL_NUMERALS: Numerals = Numerals {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    ten: '拾',
    hundred: '佰',
    thousand: '仟',
    drops_leading_one: false,
};

/// Counting in Chinese up to 99,999,999.
fn chinese(n: u32, numerals: &Numerals, out: &mut String) {
    if n >= 100_000_000 {
        return Format::Decimal.write(n, out);
    }
    let start = out.len();
    if n >= 10_000 {
        chinese_group(n / 10_000, numerals, out);
        out.push('万');
        if (1..1000).contains(&(n % 10_000)) {
            out.push(numerals.digits[0]);
        }
    }
    chinese_group(n % 10_000, numerals, out);
    let leading: String = [numerals.digits[1], numerals.ten].iter().collect();
    if numerals.drops_leading_one && out[start..].starts_with(&leading) {
        out.replace_range(start..start + numerals.digits[1].len_utf8(), "");
    }
}

fn chinese_group(n: u32, numerals: &Numerals, out: &mut String) {
    let units =
        [(1000, Some(numerals.thousand)), (100, Some(numerals.hundred)), (10, Some(numerals.ten)), (1, None)];
    let (mut begun, mut zero) = (false, false);
    for (size, unit) in units {
        let digit = n / size % 10;
        if digit == 0 {
            zero = begun;
            continue;
        }
        if zero {
            out.push(numerals.digits[0]);
        }
        (begun, zero) = (true, false);
        out.push(numerals.digits[digit as usize]);
        out.extend(unit);
    }
}

fn enclosed(first: char, n: u32, out: &mut String) {
    out.extend(char::from_u32(first as u32 + n - 1));
}

fn roman(mut n: u32, out: &mut String) {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    for (value, sign) in STEPS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
}

/// After `Z` Word goes on with `AA`, `BB`.
fn letters(first: char, n: u32, out: &mut String) {
    let (letter, count) = ((n - 1) % 26, (n - 1) / 26 + 1);
    // A number that needs more is a broken counter.
    for _ in 0..count.min(30) {
        out.extend(char::from_u32(first as u32 + letter));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: &str, numbers: &[u32]) -> Vec<String> {
        let write = |&n: &u32| {
            let mut out = String::new();
            Format::of(format.as_bytes()).write(n, &mut out);
            out
        };
        numbers.iter().map(write).collect()
    }

    #[test]
    fn chinese_counting_reads_like_spoken_numbers() {
        let numbers = [1, 10, 11, 20, 21, 100, 101, 110, 111, 1001, 1010, 10_000, 10_010, 12_345];
        let expected = [
            "一",
            "十",
            "十一",
            "二十",
            "二十一",
            "一百",
            "一百零一",
            "一百一十",
            "一百一十一",
            "一千零一",
            "一千零一十",
            "一万",
            "一万零一十",
            "一万二千三百四十五",
        ];
        assert_eq!(written("chineseCountingThousand", &numbers), expected);
        assert_eq!(written("chineseLegalSimplified", &[11, 20]), ["壹拾壹", "贰拾"]);
        assert_eq!(written("ideographDigital", &[9, 10, 2020]), ["九", "一〇", "二〇二〇"]);
    }

    #[test]
    fn other_formats() {
        assert_eq!(written("ideographTraditional", &[1, 10, 11]), ["甲", "癸", "11"]);
        assert_eq!(written("decimalEnclosedCircle", &[1, 20, 21, 36, 51]), ["①", "⑳", "㉑", "㊱", "51"]);
        assert_eq!(written("upperRoman", &[4, 9, 14, 1990]), ["IV", "IX", "XIV", "MCMXC"]);
        assert_eq!(written("lowerLetter", &[1, 26, 27, 53]), ["a", "z", "aa", "aaa"]);
        assert_eq!(written("decimalZero", &[3, 12]), ["03", "12"]);
        assert_eq!(written("decimalFullWidth", &[12]), ["１２"]);
        assert_eq!(written("notAFormat", &[0, 7]), ["0", "7"]);
    }
}
