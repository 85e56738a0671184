//! What all formats say in the same words.

use std::ops::Range;

use nianbao_diff::{CellDiff, Class, Copied, Item, Share, Side};
use nianbao_schema::Language;
use nianbao_schema::form::Form;
use rust_decimal::Decimal;

/// Either word by language.
pub(crate) fn pick<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// A number with its sign: `+3`, `-2`, `0`.
pub(crate) fn signed(n: Decimal) -> String {
    if n > Decimal::ZERO { format!("+{n}") } else { n.to_string() }
}

/// What stands on one side.
pub(crate) fn side(side: &Side, language: Language) -> String {
    match (side, language) {
        (Side::Number(n), _) => n.to_string(),
        (Side::Partial { sum, open }, Language::Zh) => format!("{sum}＋空白{open}格"),
        (Side::Partial { sum, open }, Language::En) => format!("{sum} + {open} blank"),
        (Side::Words(words), Language::Zh) => format!("“{words}”"),
        (Side::Words(words), Language::En) => format!("\"{words}\""),
        (Side::Blank, _) => pick(language, "空白", "blank").to_owned(),
        (Side::NotApplicable, _) => pick(language, "不适用", "n/a").to_owned(),
        (Side::Unread, _) => pick(language, "未读到", "not read").to_owned(),
        (Side::Absent, _) => pick(language, "无对应项", "no counterpart").to_owned(),
    }
}

/// The change of a cell in per cent; from 0 there is none.
pub(crate) fn percent(cell: &CellDiff, language: Language) -> String {
    match (cell.percent(), cell.change()) {
        (Some(p), _) => format!("{}%", signed(p)),
        (None, Some(change)) if !change.is_zero() => pick(language, "由0起", "from 0").to_owned(),
        _ => String::new(),
    }
}

/// A rate: `80%`, or why there is none.
pub(crate) fn share(share: Option<Share>, language: Language) -> String {
    match share {
        None => pick(language, "无法计算", "unknown").to_owned(),
        Some(share) => match share.percent() {
            Some(p) => {
                let star = if share.blanks { "*" } else { "" };
                format!("{p}%{star}")
            }
            None if share.below.is_zero() => pick(language, "无（分母为0）", "none (of 0)").to_owned(),
            None => pick(language, "无（分母为负数）", "none (of less than 0)").to_owned(),
        },
    }
}

/// The numbers of a rate: `8÷10`.
pub(crate) fn fraction(share: Option<Share>) -> String {
    share.map_or(String::new(), |s| format!("{}÷{}", s.above.normalize(), s.below.normalize()))
}

/// What became of a sentence, in one word.
pub(crate) fn class_name(item: &Item, language: Language) -> &'static str {
    let zh = language == Language::Zh;
    match (item.class, item.moved > 0) {
        (Class::Same, false) => {
            if zh {
                "同"
            } else {
                "="
            }
        }
        (Class::Same, true) => {
            if zh {
                "移"
            } else {
                ">"
            }
        }
        (Class::Numbers, false) => {
            if zh {
                "数"
            } else {
                "#"
            }
        }
        (Class::Numbers, true) => {
            if zh {
                "移数"
            } else {
                ">#"
            }
        }
        (Class::Reworded, false) => {
            if zh {
                "改"
            } else {
                "~"
            }
        }
        (Class::Reworded, true) => {
            if zh {
                "移改"
            } else {
                ">~"
            }
        }
        (Class::New, _) => {
            if zh {
                "增"
            } else {
                "+"
            }
        }
        (Class::Dropped, _) => {
            if zh {
                "删"
            } else {
                "-"
            }
        }
    }
}

/// That a sentence was divided, or that several became one.
pub(crate) fn divided(item: &Item, language: Language) -> Option<String> {
    match (item.sentences, language) {
        ((1, new), Language::Zh) if new > 1 => Some(format!("（一句分为 {new} 句）")),
        ((1, new), Language::En) if new > 1 => Some(format!("(one sentence became {new})")),
        ((old, 1), Language::Zh) if old > 1 => Some(format!("（{old} 句并为一句）")),
        ((old, 1), Language::En) if old > 1 => Some(format!("({old} sentences became one)")),
        _ => None,
    }
}

/// What the marks in front of sentences mean.
pub(crate) fn legend(language: Language) -> &'static str {
    pick(
        language,
        "标记：数＝只改数字、年份或序号，改＝改写，增＝新增，删＝删去，移＝移动（文字未变）；【 】内为不同之处",
        "marks: # only numbers, years or list numbers changed, ~ reworded, + new, - dropped, > moved unchanged; what differs is in 【 】",
    )
}

/// Name of a section with its official number: `五、存在的主要问题及改进情况`.
pub(crate) fn section_name(form: &Form, number: u8, language: Language) -> String {
    let found = form.sections.iter().find(|s| s.number == number);
    found.map_or_else(|| pick(language, "标题和开头", "title and preamble").to_owned(), |s| s.heading.clone())
}

const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// A place of the prose in short: `一（三）`, `五`, `开头`.
pub(crate) fn place_name((section, part): (u8, u8), language: Language) -> String {
    let numeral = |n: u8| NUMERALS.get(usize::from(n).wrapping_sub(1)).copied().unwrap_or("");
    match (section, part, language) {
        (0, ..) => pick(language, "开头", "preamble").to_owned(),
        (s, 0, Language::Zh) => format!("第{}部分", numeral(s)),
        (s, p, Language::Zh) => format!("第{}部分（{}）", numeral(s), numeral(p)),
        (s, 0, Language::En) => format!("section {s}"),
        (s, p, Language::En) => format!("section {s}({p})"),
    }
}

/// A sentence with brackets around what differs, and for every bracket of that kind in it whether it is one of ours.
pub(crate) fn bracketed(text: &str, marks: &[Range<usize>]) -> (String, Vec<bool>) {
    let mut out = String::with_capacity(text.len() + marks.len() * 6);
    let mut ours = Vec::new();
    for (at, c) in text.char_indices() {
        if marks.iter().any(|m| m.end == at) {
            out.push('】');
            ours.push(true);
        }
        if marks.iter().any(|m| m.start == at) {
            out.push('【');
            ours.push(true);
        }
        if matches!(c, '【' | '】') {
            ours.push(false);
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    if marks.iter().any(|m| m.end == text.len()) {
        out.push('】');
        ours.push(true);
    }
    (out, ours)
}

/// How much of a section was in the report of that year, in words.
pub(crate) fn copied(copied: &Copied, year: u16, language: Language) -> Option<String> {
    let percent = copied.percent()?;
    let Copied { same, numbers, all } = copied;
    Some(match language {
        Language::Zh => {
            format!(
                "沿用{year}年文字 {percent}%（{all} 字中，一字未改 {same} 字，只改数字 {numbers} 字；标点和固定表述不计）"
            )
        }
        Language::En => format!(
            "{percent}% taken over from {year} ({same} of {all} characters word for word, {numbers} with other numbers; punctuation and boilerplate not counted)"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_stand_around_what_differs_and_only_ours_are_ours() {
        let text = "【甲】共46件。";
        let at = text.find("46件").unwrap();
        let (shown, ours) = bracketed(text, &[at..at + 5]);
        assert_eq!(shown, "【甲】共【46件】。");
        assert_eq!(ours, [false, false, true, true]);
        assert_eq!(bracketed("共46件", &[3..8]).0, "共【46件】");
    }
}
