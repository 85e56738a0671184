use nianbao_text::align::quantities;

use crate::copying::repeated;
use crate::prelude::*;

declare_rule! {
    /// 有一句话连同其中的数字，与上年报告一字不差。
    ///
    /// ## 为什么
    /// 公开多少条、办结多少件，两年不会都一样。句子原样留下，数多半是上年的。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 五、存在的主要问题及改进情况
    /// 全年开展专题培训6次、编发工作简报23期，但个别栏目更新不够及时。
    /// 上年：
    /// 年份：2022
    /// 五、存在的主要问题及改进情况
    /// 全年开展专题培训6次、编发工作简报23期，但个别栏目更新不够及时。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// 五、存在的主要问题及改进情况
    /// 全年开展专题培训5次、编发工作简报31期，但个别栏目更新不够及时。
    /// 上年：
    /// 年份：2022
    /// 五、存在的主要问题及改进情况
    /// 全年开展专题培训6次、编发工作简报23期，但个别栏目更新不够及时。
    /// ```
    ///
    /// ## 怎么改
    /// 核对句中的数，改成今年的；确实相同的，可以不改。
    ///
    /// ## 例外
    /// 只看计量工作量的数（条、件、次、篇、期等），至少两个；文号、条款、日期、机构和人员编制不算。写明累计、截至、现有的句子不算。
    ///
    /// ```report,good
    /// 年份：2023
    /// 五、存在的主要问题及改进情况
    /// 全局设公开专员1名、查阅点2个，累计编发简报23期、公开目录40条，人手仍然不足。
    /// 上年：
    /// 年份：2022
    /// 五、存在的主要问题及改进情况
    /// 全局设公开专员1名、查阅点2个，累计编发简报23期、公开目录40条，人手仍然不足。
    /// ```
    ///
    /// ## English
    /// A sentence stands there with last year's numbers. Needs last year's report.
    SentenceWithOldNumbers {
        code: "Y007",
        name: "sentence-with-old-numbers",
        title: "句子连同数字与上年相同",
        title_en: "A sentence has last year's numbers",
        severity: Warning,
        class: Perfunctory,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

/// Units of what an organ does within a year. A staff of two or a hall with three desks stays as it is.
const WORK: [&str; 14] =
    ["条", "件", "篇", "次", "人次", "期", "场", "批", "份", "起", "宗", "万条", "万次", "场次"];

/// Words of numbers that do not belong to one year.
const STANDING: [&str; 8] = ["累计", "截至", "截止", "现有", "共有", "现行有效", "历年", "以来"];

/// Numbers that are the same by chance more often than not are not enough.
const LEAST: usize = 2;

impl Check for SentenceWithOldNumbers {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        for sentence in repeated(cx.report, prior) {
            if STANDING.iter().any(|w| sentence.text.contains(w)) {
                continue;
            }
            let unit = |range: &std::ops::Range<usize>| {
                let quantity = &sentence.text[range.clone()];
                quantity.trim_start_matches(|c: char| c.is_ascii_digit() || ",.，．".contains(c)).trim()
            };
            let work: Vec<_> =
                quantities(sentence.text).into_iter().filter(|r| WORK.contains(&unit(r))).collect();
            if work.len() < LEAST {
                continue;
            }
            let numbers: Vec<&str> = work.iter().map(|r| &sentence.text[r.clone()]).collect();
            let (numbers, numbers_en) = (numbers.join("、"), numbers.join(", "));
            let finding = out
                .start(
                    cx,
                    say!(
                        "这句话与上年报告一字不差，其中的数也相同（{numbers}），疑为没有更新",
                        "this sentence is last year's word for word, its numbers included ({numbers_en}); perhaps it was not updated"
                    ),
                )
                .help(say!("核对句中的数，改成今年的", "check the numbers and write this year's"))
                .quote(cx.report, sentence.line, sentence.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
