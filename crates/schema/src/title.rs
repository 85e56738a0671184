//! What the title of a report says: `青禾县水务局2022年政府信息公开工作年度报告`.

use std::ops::Range;

use nianbao_text::{fold_width, is_han, is_invisible, number};

use crate::organ::kind_of;

/// The year in a title and its bytes: `2020年`, `2020年度`, `二〇二〇年`.
pub fn year_in(title: &str) -> Option<(u16, Range<usize>)> {
    title.match_indices('年').find_map(|(end, _)| {
        let digits: Vec<(usize, char)> = title[..end].char_indices().rev().take(4).collect();
        let start = digits.last()?.0;
        let year: String = digits.iter().rev().map(|(_, c)| fold_width(*c)).collect();
        let known = year.len() == 4 && year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit());
        if known {
            return Some((year.parse().ok()?, start..end));
        }
        // Digit by digit, as years are written in numerals; `二十四年` is a span of time.
        let numerals = digits.len() == 4
            && year.starts_with('二')
            && year.chars().all(|c| "〇○零一二三四五六七八九".contains(c));
        let year = u16::try_from(number::numeral(&year).filter(|_| numerals)?).ok()?;
        (2000..2100).contains(&year).then_some((year, start..end))
    })
}

/// The name of the organ in a title: what stands before the year or before 政府信息公开, whichever comes first; behind
/// the year if nothing stands before it (`2020年青禾县水务局政府信息公开工作年度报告`).
pub fn organ_in(title: &str) -> Option<String> {
    let title: String = title.chars().filter(|c| !is_invisible(*c)).collect();
    let title = title.trim_start_matches(['《', '“', '【']);
    let title = title.strip_prefix("关于").unwrap_or(title);
    let year = year_in(title).map(|(_, digits)| digits.start..digits.end + '年'.len_utf8());
    let subject = title.find("政府信息公开").or_else(|| title.find("信息公开"))?;
    let name = match year {
        Some(year) if year.start == 0 => title.get(year.end..subject)?.trim_start_matches("度"),
        Some(year) if year.start < subject => &title[..year.start],
        _ => &title[..subject],
    };
    let mut name =
        name.trim_end_matches("关于").trim_matches(|c: char| !is_han(c) && !c.is_alphanumeric()).to_owned();
    // 青禾县人民政府信息公开…: the two 政府 were written as one.
    if name.ends_with("人民") {
        name.push_str("政府");
    }
    if name.chars().count() >= 2 && name.chars().any(is_han) {
        return Some(name);
    }
    // 2023年政府信息公开工作年度报告（青禾县水务局）: the remark behind the title names the organ.
    let remark = title.strip_suffix(['）', ')'])?;
    let (_, named) = remark.rsplit_once(['（', '('])?;
    kind_of(named).is_some().then(|| named.to_owned())
}
