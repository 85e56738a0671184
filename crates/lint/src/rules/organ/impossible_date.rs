use std::ops::Range;
use std::sync::LazyLock;

use nianbao_text::date::days_in;
use regex::Regex;

use crate::prelude::*;
use crate::support::pattern;

declare_rule! {
    /// 不存在的日期，例如“2月30日”“13月”“202020年”。
    ///
    /// ## 为什么
    /// 日期不存在，读者无法知道原意，也说明没有校对。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 本报告所列数据的统计期限为2023年1月1日起至202023年12月31日止。
    /// ```
    /// ```report,bad
    /// 年份：2023
    /// 本报告于2024年2月30日编制完成。
    /// ```
    ///
    /// ## 正确示例
    /// 闰年有2月29日；转换时丢了字的日期不是作者写错；月数、编号不是日期：
    /// ```report,good,also-D050
    /// 年份：2023
    /// 本报告于2024年2月29日编制，所列数据为202311日至20231231日，整改为期13个月，2022—2023年1至12月共公开13件次。
    /// ```
    ///
    /// ## 怎么改
    /// 核对后改为正确的日期。
    ///
    /// ## 例外
    /// 年、月、日不完整或者数字粘连的，可能是文件转换造成的，不在这里报告。
    ///
    /// ## English
    /// A date that does not exist.
    ImpossibleDate {
        code: "D011",
        name: "impossible-date",
        title: "日期不存在",
        title_en: "There is no such date",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

/// Year, month and day, each with its word; the digits before each word are taken whole.
static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:(?P<year>[0-9]+) ?年 ?)?(?P<month>[0-9]+) ?月(?: ?(?P<day>[0-9]+) ?日)?"));

impl Check for ImpossibleDate {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for found in DATE.captures_iter(line.text) {
                let group = |name: &str| found.name(name).map(|m| m.as_str());
                let (year, Some(month), day) = (group("year"), group("month"), group("day")) else {
                    continue;
                };
                let Some(whole) = found.get(0).map(|m| m.range()) else { continue };
                if !is_impossible(year, month, day) || is_part(line.text, &whole) {
                    continue;
                }
                let seen = &line.text[whole.clone()];
                let finding = out
                    .start(cx, say!("“{seen}”不是一个存在的日期", "\"{seen}\" is no date that exists"))
                    .help(say!("核对后改为正确的日期", "write the right date"))
                    .quote(cx.report, line.index, whole);
                out.push(finding);
            }
        }
        Ok(())
    }
}

/// Whether a date cannot be, for another reason than lost characters.
fn is_impossible(year: Option<&str>, month: &str, day: Option<&str>) -> bool {
    // 202020年12月: digits of a year doubled. Longer rows of digits and other lengths come from lost characters.
    let doubled = year.is_some_and(|y| (5..=6).contains(&y.len()) && y.starts_with("20"))
        && (1..=2).contains(&month.len());
    if doubled {
        return true;
    }
    let whole = year.is_none_or(|y| y.len() == 4 && y.starts_with("20")) && month.len() <= 2;
    let known = year.and_then(|y| y.parse().ok());
    let Ok(m) = month.parse::<u16>() else { return false };
    match day {
        _ if !whole => false,
        Some(day) if day.len() <= 2 => {
            day.parse::<u16>().is_ok_and(|d| !(1..=days_in(known, m)).contains(&d))
        }
        // 13月 alone may be a length of time; with a year it is a month.
        None => year.is_some() && !(1..=12).contains(&m),
        Some(_) => false,
    }
}

/// Whether the digits are the tail of something else: `1-13月`, `3.15月`, `第13月`.
fn is_part(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end().chars().next_back();
    before.is_some_and(|c| {
        c.is_ascii_alphanumeric() || ['-', '—', '－', '~', '～', '.', '/', '第', '〔', '['].contains(&c)
    })
}
