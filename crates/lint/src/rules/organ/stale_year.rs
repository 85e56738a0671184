use std::sync::LazyLock;

use nianbao_schema::wording::Wording;
use regex::Regex;

use crate::prelude::*;
use crate::prose::Prose;
use crate::support::{names_self, pattern};

declare_rule! {
    /// 把往年当作报告年度来写：2023年度的报告里出现“2022年，我局……”。
    ///
    /// ## 为什么
    /// 这是在上一年的文件上改写、漏改年份的痕迹。这一段的内容和数字很可能也是上一年的。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 一、总体情况
    /// （一）主动公开
    /// 2022年，我局通过门户网站公开政府信息94条。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件。
    /// （三）政府信息管理
    /// 每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏。
    /// （五）监督保障
    /// 组织业务培训2次，开展工作考核和社会评议，未发生责任追究情形。
    /// ```
    /// ```report,bad
    /// 年份：2023
    /// 一、总体情况
    /// （一）主动公开
    /// 截至2022年12月31日，公开政府信息94条。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件。
    /// （三）政府信息管理
    /// 每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏。
    /// （五）监督保障
    /// 组织业务培训2次，开展工作考核和社会评议，未发生责任追究情形。
    /// ```
    ///
    /// ## 正确示例
    /// 与上一年比较、往年的决算和要点、文件标题和文号、起止时间、上一年度的报告、下一年的打算，都不是漏改：
    /// ```report,good
    /// 年份：2023
    /// 一、总体情况
    /// （一）主动公开
    /// 2023年，公开政府信息94条，较2022年增加12条，2022年为82条。按时公开2022年度部门决算和2023年预算，落实《2022年政务公开工作要点》和青政办〔2022〕5号文件，完成2022年政务公开考核整改。自2021年起设立专栏，2021年至2023年连续公开。2022年度政府信息公开工作年度报告于2023年1月公布，2022年12月印发的办法同步解读，对2022年受理的1件申请作出答复。2024年，我局将继续改进。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件。
    /// （三）政府信息管理
    /// 每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏。
    /// （五）监督保障
    /// 组织业务培训2次，开展工作考核和社会评议，未发生责任追究情形。
    /// ```
    /// 上级在往年的部署是背景；改进情况可以回顾往年：
    /// ```report,good
    /// 年份：2023
    /// 2022年，国务院办公厅部署规范政务公开工作。2022年，我局列出问题清单，2023年全部完成整改。
    /// 五、存在的主要问题及改进情况
    /// 2022年，我局年度报告指出的两个问题已经整改。2023年个别栏目更新不够及时，2024年将按月检查。
    /// ```
    ///
    /// 两年并提、往年得过的荣誉，也是回顾：
    /// ```report,good
    /// 年份：2023
    /// （五）监督保障
    /// 2022年，我局政务公开考核为优秀；2023年，组织培训2次。2022年，我局被评为先进单位，责任落实到人，评议较好。
    /// ```
    /// 与本年并列的往年数字是比较：
    /// ```report,good
    /// 年份：2023
    /// （一）主动公开
    /// 2023年公开信息30条。2022年公开26条，2021年公开25条。
    /// （三）政府信息管理
    /// 2021年公开信息25条，2022年公开26条。
    /// ```
    ///
    /// ## 怎么改
    /// 改成报告年度，并核对这一段的内容和数字是否也要更新；确实是回顾往年的，写明“上年”或者与本年的关系。
    ///
    /// ## 例外
    /// 句首写往年、又有“我局”“全县”一类词，而且没有比较的意思，是错误；第五、六部分和其他可疑写法只是警告。
    ///
    /// ## English
    /// A year before the report year is written where the report year is meant.
    StaleYear {
        code: "D012",
        name: "stale-year",
        title: "年份像是往年留下的",
        title_en: "A year seems left over from an earlier report",
        severity: Error,
        class: Perfunctory,
        sources: [("gbgkbh-2021-30", "responsibility"), ("tiaoli", "art49")],
        since: "0.1.0",
    }
}

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("20[0-9]{2}年度?"));

/// What stands right behind 截至2022 when the whole year is meant.
static END_OF_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("^(?:年?底|年?末|12月31日|12月底|12月末)"));

impl Check for StaleYear {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let year = cx.year()?;
        if cx.report.year_in_doubt() {
            return Err(NotAssessable(say!(
                "报告年份前后不一，先改定年份",
                "the report year is not consistent; settle it first"
            )));
        }
        for line in cx.prose() {
            for found in YEAR.find_iter(line.text) {
                let digits = found.start()..found.start() + 4;
                let Some(seen) = line.text[digits.clone()].parse::<u16>().ok().filter(|y| *y < year) else {
                    continue;
                };
                let Some(severity) = judge(cx, line, found.range(), seen, year) else { continue };
                let finding = out
                    .start(
                        cx,
                        say!(
                            "报告年度是{year}年，这里写的是{seen}年，疑为沿用往年报告未改",
                            "the report is for {year}, but {seen} is written here; it seems left over from an earlier report"
                        ),
                    )
                    .severity(severity)
                    .help(say!(
                        "改为{year}年，并核对这一段的内容和数字；确实是回顾往年的，写明与本年的关系",
                        "write {year} and check the contents and numbers around it; if an earlier year is meant, say so"
                    ))
                    .quote(cx.report, line.index, digits);
                out.push(finding);
            }
        }
        Ok(())
    }
}

/// How bad an earlier year is where it stands; `None` where it is right.
fn judge(
    cx: &Context<'_>,
    line: &Prose<'_>,
    range: std::ops::Range<usize>,
    seen: u16,
    year: u16,
) -> Option<Severity> {
    let words = &Wording::get().stale;
    let section = line.line.section;
    let (before, after) = (line.before(range.start).trim_end(), line.after(range.end));
    let sentence = line.sentence_words(range.start);
    let any = |list: &[String]| list.iter().any(|w| sentence.contains(w.as_str()));
    let open = |text: &str, a: [char; 4], b: [char; 4]| text.matches(a).count() > text.matches(b).count();
    let digit_before = before.ends_with(|c: char| c.is_ascii_alphanumeric());
    let bracketed = open(before, ['（', '(', '〔', '【'], ['）', ')', '〕', '】']);
    // Both years in one sentence are a comparison, whatever its words; here a semicolon does not end it.
    let stop = |s: &str| s.find('。').unwrap_or(s.len());
    let (head, tail) = line.text.split_at(range.start);
    let from = head.rfind('。').map_or(0, |at| at + '。'.len_utf8());
    let both = format!("{year}年");
    let contrast = any(&words.sentence) || head[from..].contains(&both) || tail[..stop(tail)].contains(&both);
    if digit_before || bracketed || line.is_quoted(range.start) || contrast {
        return None;
    }
    let last_year = seen + 1 == year;
    if ["截至", "截止", "截止到"].iter().any(|w| before.ends_with(w)) {
        let this_year = ["本年", "今年", "当年"].iter().any(|w| sentence.contains(w));
        let end = END_OF_YEAR.find(after).is_some_and(|m| !after[m.end()..].starts_with('的'));
        return (last_year && end && !this_year && section <= 4).then_some(Severity::Error);
    }
    let rest = after.trim_start_matches(['，', ',', ' ', '度']);
    if words.before.iter().any(|w| before.ends_with(w.as_str()))
        || words.after.iter().any(|w| after.starts_with(w.as_str()))
        || words.subjects.iter().any(|w| rest.starts_with(w.as_str()))
    {
        return None;
    }
    let whole = &line.text[range];
    let stop = after.starts_with(['，', ',']) || whole.ends_with('度');
    if begins(before) && stop && names_self(cx, sentence) {
        return Some(if section <= 4 && last_year { Severity::Error } else { Severity::Warning });
    }
    // An older year, or last year in the middle of a sentence, is mostly history elsewhere.
    // What stands behind the report year, or in a row of years, looks back: 2023年收到12件。2022年收到8件，2021年5件。
    let looks_back = before.contains(&format!("{year}年")) || is_series(line.text, year);
    let suspicious = section == 1 && !looks_back && (last_year || (begins(before) && stop));
    suspicious.then_some(Severity::Warning)
}

/// Whether nothing but a heading stands before, as in `（三）政府信息管理情况 2022年…`.
fn begins(before: &str) -> bool {
    let before = before.trim();
    let numbered = before.starts_with(['（', '(', '一', '二', '三', '四', '五'])
        || before.starts_with(|c: char| c.is_ascii_digit());
    before.is_empty() || (numbered && before.chars().count() <= 22 && !before.contains(['，', '。', '；']))
}

/// Whether a line names three years or more, or two before the report year: figures of several years.
fn is_series(text: &str, year: u16) -> bool {
    let mut years: Vec<u16> =
        YEAR.find_iter(text).filter_map(|m| m.as_str().get(..4)?.parse().ok()).collect();
    years.sort_unstable();
    years.dedup();
    years.iter().filter(|y| **y < year).count() >= 2
}
