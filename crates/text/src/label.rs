//! Normal forms of labels: what stays when layout, width and numbering are taken away.

use crate::{fold_width, is_invisible};

/// The form in which labels are compared: without white space, full-width letters and digits folded, the variants of
/// brackets, quotes, slashes, stops and colons unified.
///
/// `“三安全一稳定”` and `"三安全一稳定"`, `（一）` and `(一)`, `商业⏎企业` and `商业企业` become equal.
pub fn normal(label: &str) -> String {
    label.chars().filter(|c| !is_invisible(*c)).map(unify).collect()
}

fn unify(c: char) -> char {
    match c {
        '（' | '﹙' => '(',
        '）' | '﹚' => ')',
        '［' | '【' | '〔' | '﹝' => '[',
        '］' | '】' | '〕' | '﹞' => ']',
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' | '＂' | '〝' | '〞' => '"',
        '‘' | '’' | '＇' => '\'',
        '⁄' | '∕' | '／' | '╱' => '/',
        '．' | '。' | '｡' => '.',
        '：' | '︰' | '﹕' => ':',
        '，' => ',',
        '；' => ';',
        _ => fold_width(c),
    }
}

/// A label taken apart: its number, its words, and the notes in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Leading number in normal form without its punctuation: `一`, `三`, `1`; empty if there is none.
    pub number: String,
    /// The words, in normal form, without number, bracketed notes and trailing punctuation.
    pub words: String,
    /// Bracketed notes in normal form, without the brackets.
    pub notes: Vec<String>,
}

/// Takes a label apart: `（三）不予公开` → number `三`, words `不予公开`; `1.属于国家秘密`;
/// `规章（设区的市提供）` → words `规章`, note `设区的市提供`.
///
/// A bracket counts as a note only after some words, so the leading `（三）` is a number and
/// `第二十条第（一）项` keeps its `(一)`, being a numeral.
pub fn parts(label: &str) -> Parts {
    let normal = normal(label);
    let (number, rest) = split_number(&normal);
    let (mut words, mut notes) = (String::new(), Vec::new());
    let mut tail = rest;
    while let Some(open) = tail.find('(') {
        let Some(close) = tail[open..].find(')').map(|i| open + i) else { break };
        let inside = &tail[open + 1..close];
        words.push_str(&tail[..open]);
        if words.is_empty() || is_item_number(inside) {
            words.push_str(&tail[open..=close]);
        } else {
            notes.push(inside.to_owned());
        }
        tail = &tail[close + 1..];
    }
    words.push_str(tail);
    let kept = words.trim_end_matches([':', '.', ',', ';', '、']).len();
    words.truncate(kept);
    Parts { number: number.to_owned(), words, notes }
}

/// `一`, `12`; a year (`本年（2023）制发件数`) is a note.
fn is_item_number(inside: &str) -> bool {
    (1..=2).contains(&inside.chars().count()) && inside.chars().all(is_numeral)
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(c)
}

/// Splits a leading number off a normal form: `(三)…`, `三、…`, `1.…`, `1、…`, `(1)…`.
///
/// A numeral without closing punctuation is not a number: `一般公共预算` stays whole, `1属于` too.
pub fn split_number(normal: &str) -> (&str, &str) {
    if let Some(rest) = normal.strip_prefix('(')
        && let Some(close) = rest.find(')')
        && close > 0
        && rest[..close].chars().all(is_numeral)
    {
        return (&rest[..close], rest[close + 1..].trim_start_matches(['、', '.', ':', ',']));
    }
    let end = normal.find(|c| !is_numeral(c)).unwrap_or(normal.len());
    if end > 0 {
        let rest = &normal[end..];
        let trimmed = rest.trim_start_matches(['、', '.', ',', ')']);
        if trimmed.len() < rest.len() {
            return (&normal[..end], trimmed);
        }
    }
    ("", normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number_and_words(label: &str) -> (String, String) {
        let parts = parts(label);
        (parts.number, parts.words)
    }

    #[test]
    fn layout_and_width_do_not_matter() {
        assert_eq!(normal("商业\n企业"), "商业企业");
        assert_eq!(normal(" 危及“三安全一稳定” "), normal("危及\"三安全一稳定\""));
        assert_eq!(normal("本年增⁄减"), normal("本年增/减"));
    }

    #[test]
    fn numbers_come_off_in_all_their_spellings() {
        for label in ["（三）不予公开", "(三) 不予公开", "三、不予公开", "三.不予公开"]
        {
            assert_eq!(number_and_words(label), ("三".into(), "不予公开".into()), "{label}");
        }
        assert_eq!(number_and_words("1．属于国家秘密"), ("1".into(), "属于国家秘密".into()));
        assert_eq!(number_and_words("1、属于国家秘密"), ("1".into(), "属于国家秘密".into()));
        assert_eq!(number_and_words("一般公共预算"), (String::new(), "一般公共预算".into()));
    }

    #[test]
    fn bracketed_notes_are_not_words() {
        let parts = parts("规章（设区的市、自治州人民政府应提供相关数据）");
        assert_eq!(parts.words, "规章");
        assert_eq!(parts.notes, ["设区的市、自治州人民政府应提供相关数据"]);
    }

    #[test]
    fn a_year_in_brackets_is_a_note() {
        assert_eq!(parts("本年（2023）制发件数").words, "本年制发件数");
    }

    #[test]
    fn a_numbered_item_of_an_article_keeps_its_numeral() {
        assert_eq!(number_and_words("第二十条第（一）项"), (String::new(), "第二十条第(一)项".into()));
        assert_eq!(number_and_words("（1） 第二十条第（一）项"), ("1".into(), "第二十条第(一)项".into()));
    }
}
