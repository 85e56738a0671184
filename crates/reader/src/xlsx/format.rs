//! Numbers as a person sees them: number formats, where they show all that the cell holds.
//!
//! A format code (ECMA-376 part 1, §18.8.30) has up to four sections, for positive, negative, zero and text. Only the
//! first is followed: what others do to the number (`-` or nothing for 0) hides what the cell holds.

use nianbao_ooxml::xml::{Scanner, Token};

use super::dates::{self, DateFormat};

/// Formats of one workbook, and cells styles that refer to them.
const MAX_FORMATS: usize = 1 << 16;

/// Length of a format code, in bytes. Excel allows 255 characters.
const MAX_CODE: usize = 1024;

/// The formats that cell styles ask for.
#[derive(Debug, Default)]
pub(crate) struct Formats(Vec<Format>);

/// How a number is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Format {
    /// As it is.
    #[default]
    General,
    Number(NumberCode),
    Date(DateFormat),
}

/// What the first section of a code says of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct NumberCode {
    prefix: String,
    suffix: String,
    /// Digits before the decimal point, at least.
    whole: usize,
    /// Digits after it: at least, at most.
    decimals: (usize, usize),
    has_thousands: bool,
    is_percent: bool,
}

impl Formats {
    /// Reads the styles part.
    pub(super) fn read(xml: &[u8]) -> Self {
        let mut codes: Vec<(i64, Format)> = Vec::new();
        let mut formats = Vec::new();
        let mut scanner = Scanner::new(xml);
        let Token::Open(root) = scanner.next() else { return Self::default() };
        scanner.children(&root, |scanner, child| match child.local() {
            b"numFmts" => scanner.children(child, |_, code| {
                if let (Some(id), Some(text)) = (code.number(b"numFmtId"), code.value(b"formatCode"))
                    && codes.len() < MAX_FORMATS
                    && text.len() <= MAX_CODE
                {
                    codes.push((id, Format::parse(&text)));
                }
            }),
            b"cellXfs" => {
                codes.sort_by_key(|(id, _)| *id);
                scanner.children(child, |_, style| {
                    if style.local() == b"xf" && formats.len() < MAX_FORMATS {
                        let id = style.number(b"numFmtId").unwrap_or(0);
                        let own = codes.binary_search_by_key(&id, |(id, _)| *id);
                        formats.push(own.map_or_else(
                            |_| built_in(id).map(Format::parse).unwrap_or_default(),
                            |at| codes[at].1.clone(),
                        ));
                    }
                });
            }
            _ => {}
        });
        Self(formats)
    }

    /// The formats of cell styles, given by number; `codes` are those that the file brings along.
    pub(crate) fn new(styles: &[u16], codes: &[(u16, String)]) -> Self {
        let format = |id: &u16| match codes.iter().rev().find(|(own, _)| own == id) {
            Some((_, code)) if code.len() <= MAX_CODE => Format::parse(code),
            Some(_) => Format::General,
            None => built_in((*id).into()).map(Format::parse).unwrap_or_default(),
        };
        Self(styles.iter().take(MAX_FORMATS).map(format).collect())
    }

    /// A number as the style of its cell shows it.
    pub(crate) fn display(&self, value: &str, style: usize, is_1904: bool) -> String {
        let Some(exact) = decimal(value) else { return value.to_owned() };
        match self.0.get(style).unwrap_or(&Format::General) {
            Format::General => exact,
            Format::Number(code) => code.write(&exact),
            Format::Date(format) => dates::display(value, format, is_1904).unwrap_or(exact),
        }
    }
}

/// The codes that need not be written down, those for Chinese among them.
fn built_in(id: i64) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 | 41 | 42 => "#,##0",
        4 | 39 | 40 | 43 | 44 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "yyyy/m/d",
        15..=17 | 30 => "yyyy-mm-dd",
        18 | 20 => "h:mm",
        19 | 21 | 45..=47 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        _ => return None,
    })
}

/// A number as decimal digits, to the 15 places that Excel keeps: `0.1` for 0.10000000000000001, `12` for 1.2E1.
fn decimal(value: &str) -> Option<String> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(value.to_owned());
    }
    let number: f64 = value.parse().ok().filter(|n: &f64| n.is_finite())?;
    let scientific = format!("{:.14e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    if !(-30..=30).contains(&exponent) {
        return Some(value.to_owned());
    }
    let mut digits = mantissa.replace('.', "");
    // Where the point goes: before the first digit, between two, or after more digits than there are.
    let point = exponent + 1;
    if point <= 0 {
        digits.insert_str(0, &"0".repeat(1 + point.unsigned_abs() as usize));
    } else {
        let missing = (point as usize).saturating_sub(digits.len());
        digits.push_str(&"0".repeat(missing));
    }
    let whole = point.max(1) as usize;
    let fraction = digits[whole..].trim_end_matches('0');
    let sign = if number < 0.0 { "-" } else { "" };
    let stop = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{}{stop}{fraction}", &digits[..whole]))
}

/// What a code is made of, as far as it goes.
enum Piece {
    Literal(char),
    /// A character that means something.
    Code(char),
}

/// Takes the first section of a code apart; none if it does what is not followed here.
fn pieces(code: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            ';' => break,
            '"' => pieces.extend(rest.by_ref().take_while(|&c| c != '"').map(Piece::Literal)),
            '\\' | '!' => pieces.extend(rest.next().map(Piece::Literal)),
            // A blank as wide as the next character, and a character that fills the cell.
            '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|&c| c != ']').collect();
                if let Some(symbol) = inside.strip_prefix('$') {
                    let end = symbol.find('-').unwrap_or(symbol.len());
                    pieces.extend(symbol[..end].chars().map(Piece::Literal));
                } else if inside.to_ascii_uppercase().starts_with("DBNUM")
                    || inside.starts_with(['<', '>', '='])
                {
                    // Digits written in Chinese, and sections for some numbers only.
                    return None;
                }
            }
            _ => pieces.push(Piece::Code(c)),
        }
    }
    Some(pieces)
}

impl Format {
    fn parse(code: &str) -> Self {
        let Some(pieces) = pieces(code) else { return Self::General };
        let is_code = |wanted: &[char]| {
            pieces.iter().any(|p| matches!(p, Piece::Code(c) if wanted.contains(&c.to_ascii_lowercase())))
        };
        if code.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("general")) || is_code(&['@']) {
            return Self::General;
        }
        if is_code(&['y', 'm', 'd', 'h', 's']) {
            let pieces = pieces.into_iter().map(|piece| match piece {
                Piece::Literal(c) => (c, true),
                Piece::Code(c) => (c.to_ascii_lowercase(), false),
            });
            return Self::Date(DateFormat::parse(pieces));
        }
        NumberCode::parse(&pieces).map_or(Self::General, Self::Number)
    }
}

impl NumberCode {
    fn parse(pieces: &[Piece]) -> Option<Self> {
        let mut code = Self::default();
        let (mut has_digits, mut has_ended, mut is_fraction, mut comma) = (false, false, false, false);
        for piece in pieces {
            match *piece {
                Piece::Code(c @ ('0' | '#' | '?')) => {
                    // Digits after text are a mask (`000-0000`), not a number.
                    if has_ended {
                        return None;
                    }
                    code.has_thousands |= std::mem::take(&mut comma);
                    has_digits = true;
                    match (is_fraction, c) {
                        (true, '0') => code.decimals = (code.decimals.1 + 1, code.decimals.1 + 1),
                        (true, _) => code.decimals.1 += 1,
                        (false, '0') => code.whole += 1,
                        (false, _) => {}
                    }
                }
                Piece::Code('.') if has_digits && !is_fraction && !has_ended => is_fraction = true,
                Piece::Code(',') if has_digits && !has_ended && !is_fraction => comma = true,
                Piece::Code('%') if !code.is_percent => {
                    code.is_percent = true;
                    has_ended |= has_digits;
                    if has_digits { &mut code.suffix } else { &mut code.prefix }.push('%');
                }
                Piece::Code('/' | 'E' | 'e' | ',' | '.' | '%') => return None,
                Piece::Literal(c) | Piece::Code(c) => {
                    has_ended |= has_digits;
                    if has_digits { &mut code.suffix } else { &mut code.prefix }.push(c);
                }
            }
        }
        // A comma at the end divides by a thousand: less is shown than is there.
        (has_digits && !comma).then_some(code)
    }

    /// Writes exact digits. Where the code shows fewer than there are, all are written.
    fn write(&self, exact: &str) -> String {
        let (sign, digits) = exact.strip_prefix('-').map_or(("", exact), |digits| ("-", digits));
        if digits.bytes().any(|b| !b.is_ascii_digit() && b != b'.') {
            return exact.to_owned();
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let (mut whole, mut fraction) = (whole.to_owned(), fraction.to_owned());
        if self.is_percent {
            while fraction.len() < 2 {
                fraction.push('0');
            }
            whole.push_str(&fraction[..2]);
            fraction = fraction[2..].trim_end_matches('0').to_owned();
        }
        let significant = whole.trim_start_matches('0');
        let mut whole = format!("{significant:0>width$}", width = self.whole.max(1));
        if self.has_thousands {
            let mut at = whole.len();
            while at > 3 {
                at -= 3;
                whole.insert(at, ',');
            }
        }
        let stop = if fraction.len().max(self.decimals.0) > 0 { "." } else { "" };
        let least = self.decimals.0;
        format!(
            "{sign}{}{whole}{stop}{fraction:0<least$}{}",
            self.prefix.trim_start(),
            self.suffix.trim_end()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_the_file() {
        for (value, expected) in [
            ("12", "12"),
            ("-3", "-3"),
            ("0.10000000000000001", "0.1"),
            ("9170.7600000000002", "9170.76"),
            ("1.2E1", "12"),
            ("1.2E-3", "0.0012"),
            ("1E20", "100000000000000000000"),
            ("12.0", "12"),
            ("123456789012345678", "123456789012346000"),
            ("0", "0"),
            ("-0.5", "-0.5"),
            ("1e300", "1e300"),
        ] {
            assert_eq!(decimal(value).as_deref(), Some(expected), "{value}");
        }
        assert_eq!(decimal("甲"), None);
        assert_eq!(decimal("inf"), None);
    }

    #[test]
    fn formats_show_what_is_there() {
        for (code, value, expected) in [
            ("General", "12.5", "12.5"),
            ("0.00", "12.5", "12.50"),
            ("0.00", "12.345", "12.345"),
            ("0", "12.6", "12.6"),
            ("#,##0", "1234567", "1,234,567"),
            ("#,##0.00_ ", "-1234.5", "-1,234.50"),
            ("0%", "0.339", "33.9%"),
            ("0.00%", "0.5", "50.00%"),
            ("0\"件\"", "12", "12件"),
            ("0_);[Red]\\(0\\)", "12", "12"),
            ("[$¥-804]#,##0.00", "9.5", "¥9.50"),
            ("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "0", "0"),
            ("000", "7", "007"),
            ("#", "0", "0"),
            ("0.0,", "12345", "12345"),
            ("# ?/?", "0.5", "0.5"),
            ("0.00E+00", "1200", "1200"),
            ("[DBNum1]General", "12", "12"),
            ("@", "12", "12"),
            ("yyyy\"年\"m\"月\"d\"日\"", "45291", "2023年12月31日"),
            ("yyyy/m/d;@", "45291", "2023/12/31"),
            ("h:mm", "0.5", "12:00"),
        ] {
            let formats = Formats(vec![Format::parse(code)]);
            assert_eq!(formats.display(value, 0, false), expected, "{code}");
        }
    }
}
