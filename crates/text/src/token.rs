//! Tokens of prose, as a comparison of two sentences needs them.
//!
//! Chinese has no spaces between words, so every Han character stands alone; what a reader takes in as one thing stays
//! one token: a number with its decimals, per cent sign and unit (`3.5万元`, `33.9%`, `46件`, `2023年`), a Latin word.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::number::numeral;
use crate::{fold_width, is_han, is_invisible};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Digits, with decimals, per cent sign and unit.
    Number,
    /// A run of Latin letters and digits that starts with a letter.
    Word,
    /// A Han character.
    Han,
    /// A run of white space and invisible characters.
    Space,
    /// Any other character: punctuation, brackets, signs.
    Mark,
}

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// Its words.
    pub text: &'t str,
    /// The byte at which it starts.
    pub start: usize,
    /// What it is.
    pub kind: Kind,
    /// Bytes of the digits of a number; what follows in `text` is its unit.
    digits: usize,
}

impl<'t> Token<'t> {
    /// A number without unit, where the text shows that Han characters are one.
    pub(crate) fn number(text: &'t str, start: usize) -> Self {
        Self { text, start, kind: Kind::Number, digits: text.len() }
    }

    /// Its bytes in the text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// The number, before any unit is applied.
    pub fn value(&self) -> Option<Decimal> {
        if self.kind == Kind::Number { numeral(&self.text[..self.digits]) } else { None }
    }

    /// The unit of a number: `件`, `%`, `万元`; empty without one.
    pub fn unit(&self) -> &'t str {
        if self.kind == Kind::Number { &self.text[self.digits..] } else { "" }
    }
}

/// Words that belong to the number before them, longer ones before their beginnings.
const UNITS: &[&str] = &[
    "个百分点",
    "平方米",
    "人次",
    "件次",
    "批次",
    "场次",
    "万件",
    "万条",
    "万次",
    "万人次",
    "万人",
    "万元",
    "亿元",
    "小时",
    "分钟",
    "年",
    "月",
    "日",
    "号",
    "件",
    "条",
    "个",
    "项",
    "次",
    "份",
    "宗",
    "起",
    "人",
    "篇",
    "部",
    "家",
    "户",
    "名",
    "批",
    "场",
    "期",
    "元",
    "万",
    "亿",
    "天",
    "类",
    "处",
    "位",
    "本",
    "册",
    "张",
    "幅",
    "字",
    "倍",
    "时",
    "款",
    "章",
    "页",
    "例",
    "所",
    "台",
    "辆",
    "村",
    "岁",
    "步",
    "级",
];

/// The tokens of a text, which they cover without gaps.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::with_capacity(text.len() / 3 + 1);
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let run = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let (kind, length, digits) = if is_digit(first) {
            // In `1.2.3` no point is a decimal one.
            let dotted =
                matches!(&found[..], [.., Token { kind: Kind::Number, .. }, Token { text: "." | "．", .. }]);
            let digits = digits(rest, !dotted);
            (Kind::Number, digits + unit(&rest[digits..]), digits)
        } else if is_invisible(first) {
            (Kind::Space, run(is_invisible), 0)
        } else if is_letter(first) {
            (Kind::Word, run(|c| is_letter(c) || is_digit(c)), 0)
        } else {
            let kind = if is_han(first) { Kind::Han } else { Kind::Mark };
            (kind, first.len_utf8(), 0)
        };
        found.push(Token { text: &rest[..length], start: at, kind, digits });
        at += length;
    }
    found
}

fn is_digit(c: char) -> bool {
    fold_width(c).is_ascii_digit()
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_han(c)
}

/// Bytes of the digits at the beginning: `12`, `1,234`, `3.5`, but `2022,2023` and `1.2.3` are several numbers.
fn digits(text: &str, decimals_allowed: bool) -> usize {
    let run = |from: usize| text[from..].find(|c| !is_digit(c)).map_or(text.len(), |n| from + n);
    let count = |range: Range<usize>| text[range].chars().count();
    let mut end = run(0);
    let grouped = count(0..end) <= 3;
    while grouped && text[end..].starts_with(',') && count(end + 1..run(end + 1)) == 3 {
        end = run(end + 1);
    }
    let point = text[end..].chars().next().filter(|c| decimals_allowed && matches!(c, '.' | '．'));
    if let Some(point) = point {
        let decimals = run(end + point.len_utf8());
        // A number of a heading such as `1.2.` or `1.总体` has no decimals.
        if decimals > end + point.len_utf8() && !text[decimals..].starts_with(['.', '．']) {
            end = decimals;
        }
    }
    end
}

fn unit(text: &str) -> usize {
    if let Some(sign) = text.chars().next().filter(|c| matches!(c, '%' | '％' | '‰')) {
        return sign.len_utf8();
    }
    UNITS.iter().filter(|u| text.starts_with(*u)).map(|u| u.len()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> String {
        tokens(text).iter().map(|t| t.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn numbers_stay_whole_with_their_units() {
        for (text, expected) in [
            ("收到申请46件，", "收|到|申|请|46件|，"),
            ("占33.9%。", "占|33.9%|。"),
            ("收费3.5万元", "收|费|3.5万元"),
            ("１２条", "１２条"),
            ("1,234人次", "1,234人次"),
            ("2022,2023年", "2022|,|2023年"),
            ("自2023年1月1日起", "自|2023年|1月|1日|起"),
            ("提高2.5个百分点", "提|高|2.5个百分点"),
            ("1.2.3", "1|.|2|.|3"),
            ("国令第711号", "国|令|第|711号"),
            ("App上线2款", "App|上|线|2款"),
            ("a1 b", "a1| |b"),
            ("", ""),
        ] {
            assert_eq!(split(text), expected);
        }
    }

    #[test]
    fn value_and_unit_of_a_number() {
        let all = tokens("1,234人次１２％");
        let read: Vec<_> = all.iter().map(|t| (t.value().unwrap().to_string(), t.unit())).collect();
        assert_eq!(read, [("1234".to_owned(), "人次"), ("12".to_owned(), "％")]);
        assert_eq!(tokens("县")[0].value(), None);
    }

    #[test]
    fn tokens_cover_the_text() {
        for text in ["一、总体情况 2023年，ABC；１．５倍\u{a0}\n完。", "…—“”", "9,99,999"]
        {
            assert_eq!(tokens(text).iter().map(|t| t.text).collect::<String>(), text);
            let ends: Vec<usize> = tokens(text).iter().map(|t| t.range().end).collect();
            assert_eq!(ends.last(), Some(&text.len()));
        }
    }
}
