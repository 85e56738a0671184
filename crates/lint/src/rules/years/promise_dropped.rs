use std::collections::BTreeSet;

use nianbao_schema::prose::sentences;
use nianbao_schema::wording::Wording;
use nianbao_text::is_han;

use crate::prelude::*;
use crate::support::section_heading;

declare_rule! {
    /// 上年报告写的改进措施，本年报告没有提到。
    ///
    /// ## 为什么
    /// 第五部分要写改进情况。上年说要做的事，本年应当写做得怎样。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 上年：
    /// 年份：2022
    /// 五、存在的主要问题及改进情况
    /// 渡口航班的变动公布较晚。下一步，将在各渡口码头安装电子显示屏，滚动播出航班时刻。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// 五、存在的主要问题及改进情况
    /// 已在四处渡口码头安装电子显示屏。目前的问题是航班时刻的录入仍靠人工，计划接入调度系统。
    /// 上年：
    /// 年份：2022
    /// 五、存在的主要问题及改进情况
    /// 渡口航班的变动公布较晚。下一步，将在各渡口码头安装电子显示屏，滚动播出航班时刻。
    /// ```
    ///
    /// ## 怎么改
    /// 在第五部分写明上年措施的落实情况；没有做的，说明原因。
    ///
    /// ## 例外
    /// 换了说法写的看不出来，所以默认关闭，用作审核提示。只有套话的措施（进一步加强、不断完善）不看。
    ///
    /// ```report,good
    /// 年份：2023
    /// 上年：
    /// 年份：2022
    /// 五、存在的主要问题及改进情况
    /// 公开工作还有差距。下一步，将进一步加强信息公开工作，不断提高工作水平。
    /// ```
    ///
    /// ## English
    /// A measure of last year's section five is not mentioned this year. Other words for the same thing are not seen, so it is
    /// a hint for reviewers and off. Needs last year's report.
    PromiseDropped {
        code: "Y010",
        name: "promise-dropped",
        title: "上年的改进措施没有下文",
        title_en: "Nothing is said of last year's measures",
        severity: Info,
        class: Perfunctory,
        off: true,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

/// A measure counts as mentioned if so much of it, in per cent, stands somewhere in one sentence of this year's report.
const MENTIONED: usize = 30;

/// Pairs of characters below which a measure says too little to look for.
const LEAST: usize = 8;

/// Neighbouring Han characters of a text without words that say nothing.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let mut rest = text.to_owned();
    for word in &Wording::get().promise.empty {
        rest = rest.replace(word.as_str(), "，");
    }
    let all: Vec<char> = rest.chars().collect();
    all.windows(2).filter(|w| w.iter().all(|c| is_han(*c))).map(|w| (w[0], w[1])).collect()
}

impl Check for PromiseDropped {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        let marks = &Wording::get().promise.marks;
        let promises = |s: &&nianbao_schema::prose::Sentence<'_>| {
            s.section == 5 && marks.iter().any(|m| s.text.contains(m.as_str()))
        };
        let before = sentences(prior);
        let measures: Vec<(&str, BTreeSet<_>)> = before
            .iter()
            .filter(promises)
            .map(|s| (s.text.trim(), pairs(s.text)))
            .filter(|(_, pairs)| pairs.len() >= LEAST)
            .collect();
        if measures.is_empty() {
            return Err(NotAssessable(say!(
                "上年报告没有写具体的改进措施",
                "last year's report names no measure that could be looked for"
            )));
        }
        let now: Vec<BTreeSet<_>> =
            sentences(cx.report).iter().filter(|s| s.section > 0).map(|s| pairs(s.text)).collect();
        let heading = cx.report.sections.iter().find(|s| s.number == 5).map(|s| s.heading);
        for (words, measure) in measures {
            let mentioned =
                now.iter().any(|s| measure.intersection(s).count() * 100 >= MENTIONED * measure.len());
            if mentioned {
                continue;
            }
            let section = section_heading(cx, 5);
            let finding = out
                .start(
                    cx,
                    say!(
                        "上年报告写了“{words}”，本年报告没有提到做得怎样",
                        "last year's report said \"{words}\"; this year's says nothing of it"
                    ),
                )
                .help(say!(
                    "在“{section}”写明落实情况；没有做的，说明原因",
                    "say under \"{section}\" what became of it, or why it was not done"
                ))
                .key(words.to_owned());
            out.push(match heading {
                Some(line) => finding.quote(cx.report, line, 0..cx.report.lines[line].text.value.len()),
                None => finding,
            });
        }
        Ok(())
    }
}
