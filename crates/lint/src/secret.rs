//! Private data in the prose: found once, reported by the rules on privacy, and masked in every finding.

use std::ops::Range;
use std::sync::LazyLock;

use nianbao_schema::wording::Wording;
use nianbao_text::date::is_day;
use nianbao_text::{fold_width, is_han};
use regex::Regex;

use crate::finding::{Evidence, Finding};
use crate::prose::Prose;
use crate::support::{any_of, pattern};

/// What kind of private data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 公民身份号码
    IdCard,
    /// 手机号码
    Mobile,
    /// 银行卡号
    BankCard,
    /// 姓名
    Name,
}

/// Private data in the prose.
#[derive(Debug)]
pub(crate) struct Secret {
    pub(crate) kind: Kind,
    /// Index of the line.
    pub(crate) line: usize,
    /// Where it stands in the line.
    pub(crate) range: Range<usize>,
    /// It.
    plain: String,
    /// It with the middle starred; as many bytes as it.
    pub(crate) masked: String,
}

/// Digits in rows, perhaps grouped by single spaces or hyphens.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern("[0-9０-９](?:[ -]?[0-9０-９]){9,20}[XxＸｘ]?"));

/// A role, then a full name, then a sign that the name has ended.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    let words = &Wording::get().private;
    let (roles, surnames, behind) = (any_of(&words.roles), any_of(&words.surnames), any_of(&words.behind));
    let given = r"\p{Han}{1,2}?";
    pattern(&format!(
        "(?:(?:{roles})(?:姓名)?[：:为] ?(?P<told>(?:{surnames}){given})(?:[^\\p{{Han}}]|{behind}|$))\
         |(?:(?:{roles})(?P<named>(?:{surnames}){given})(?:，?[男女][，,]|[（(](?:男|女|身份证)|诉|不服|因不服|[向于对][^，。；]{{2,16}}(?:提出|提交|申请|提起)|等[0-9一二三四五六七八九十]+人))"
    ))
});

/// The private data of the prose, in order.
pub(crate) fn of(prose: &[Prose<'_>]) -> Vec<Secret> {
    let mut secrets = Vec::new();
    for line in prose {
        for found in NUMBER.find_iter(line.text) {
            if let Some((kind, range)) = number(line, found.range()) {
                secrets.push(secret(kind, line, range));
            }
        }
        // Most lines name nobody.
        if Wording::get().private.roles.iter().any(|r| line.text.contains(r.as_str())) {
            for found in NAME.captures_iter(line.text) {
                let Some(name) = found.name("told").or_else(|| found.name("named")) else { continue };
                if !is_masked(name.as_str()) {
                    secrets.push(secret(Kind::Name, line, name.range()));
                }
            }
        }
    }
    secrets
}

fn is_masked(name: &str) -> bool {
    // 某 masks a name; 申请人张三 is one, 申请人万件 and 申请人王我局 are none.
    name.contains([
        '某', '×', '我', '本', '局', '镇', '县', '市', '区', '政', '府', '机', '关', '件', '次', '人', '数',
    ])
}

/// What a row of digits is, and which part of it.
fn number(line: &Prose<'_>, range: Range<usize>) -> Option<(Kind, Range<usize>)> {
    let text = line.text;
    let (before, after) = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
    // Parts of addresses, codes, decimals, masked numbers.
    let joined = |c: Option<char>| {
        c.is_some_and(|c| {
            c.is_ascii_alphanumeric() || ['*', '＊', '×', '/', '_', '=', '@', '.', '-', '%', '+'].contains(&c)
        })
    };
    let ends_sentence =
        after == Some('.') && !text[range.end + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    if joined(before) || (joined(after) && !ends_sentence) {
        return None;
    }
    let words = &Wording::get().private;
    let digits: String =
        text[range.clone()].chars().map(fold_width).filter(char::is_ascii_alphanumeric).collect();
    let grouped = text[range.clone()].contains([' ', '-']);
    let context: String = {
        let before = &text[..range.start];
        let from = before.char_indices().rev().nth(11).map_or(0, |(i, _)| i);
        before[from..].to_owned()
    };
    let has = |list: &[String]| list.iter().any(|w| context.contains(w.as_str()));
    if digits.len() == 18 && !grouped && is_id(&digits) && !has(&words.other_numbers) {
        return Some((Kind::IdCard, range));
    }
    let all_digits = digits.bytes().all(|b| b.is_ascii_digit());
    if digits.len() == 11 && all_digits && is_mobile(&digits) {
        let sentence = line.sentence_words(range.start);
        let person = words.persons.iter().any(|p| sentence.contains(p.as_str()));
        let other = has(&words.other_numbers);
        return (!other && (person || !has(&words.office_phone))).then_some((Kind::Mobile, range));
    }
    if (16..=19).contains(&digits.len()) && all_digits && luhn(&digits) && !has(&words.other_numbers) {
        let sentence = line.sentence_words(range.start);
        let told = words.bank.iter().any(|b| sentence.contains(b.as_str()));
        return told.then_some((Kind::BankCard, range));
    }
    None
}

/// Whether 18 characters are a citizen's number: region, day of birth, check character (GB 11643).
fn is_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some((&last, first)), Ok(region)) = (bytes.split_last(), text[..2].parse::<u8>()) else {
        return false;
    };
    let number = |range: Range<usize>| text.get(range).and_then(|t| t.parse::<u16>().ok()).unwrap_or(0);
    let (year, month, day) = (number(6..10), number(10..12), number(12..14));
    if !first.iter().all(u8::is_ascii_digit)
        || !(11..=91).contains(&region)
        || !(1900..=2099).contains(&year)
        || !is_day(year, month, day)
    {
        return false;
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    b"10X98765432"[(sum % 11) as usize] == last.to_ascii_uppercase()
}

fn is_mobile(digits: &str) -> bool {
    digits.starts_with('1') && digits.as_bytes()[1] >= b'3'
}

/// The check digit of cards (ISO/IEC 7812).
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let digit = u32::from(b - b'0');
            if i % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn secret(kind: Kind, line: &Prose<'_>, range: Range<usize>) -> Secret {
    let plain = line.text[range.clone()].to_owned();
    let count = plain.chars().count();
    // Enough stays to find the place again: three and two digits of a telephone number, the family name.
    let (head, tail) = if kind == Kind::Name { (1, 0) } else { (3, 2) };
    let masked = plain
        .chars()
        .enumerate()
        .map(|(i, c)| match c {
            _ if i < head || i + tail >= count => c,
            c if c.is_ascii_alphanumeric() => '*',
            c if is_han(c) || fold_width(c) != c => '＊',
            c => c,
        })
        .collect();
    Secret { kind, line: line.index, range, plain, masked }
}

/// Stars the private data in all that a finding shows.
pub(crate) fn mask(secrets: &[Secret], finding: &mut Finding) {
    for secret in secrets {
        let hide = |text: &mut String| {
            if text.contains(&secret.plain) {
                *text = text.replace(&secret.plain, &secret.masked);
            }
        };
        for evidence in &mut finding.evidence {
            if let Evidence::Quote { text, .. } = evidence {
                hide(text);
            }
        }
        hide(&mut finding.message.zh);
        hide(&mut finding.message.en);
        if let Some(help) = &mut finding.help {
            hide(&mut help.zh);
            hide(&mut help.en);
        }
        for edit in finding.fix.iter_mut().flat_map(|f| &mut f.edits) {
            debug_assert!(!edit.old.contains(&secret.plain), "no fix touches private data");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        // The example of the standard.
        assert!(is_id("11010519491231002X") && is_id("11010519491231002x"));
        assert!(!is_id("110105194912310021"), "another check digit");
        assert!(!is_id("11010519491331002X"), "no such month");
        assert!(luhn("4111111111111111") && !luhn("4111111111111112"));
    }
}
