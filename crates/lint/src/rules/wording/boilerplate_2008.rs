use nianbao_schema::wording::Wording;

use crate::prelude::*;

declare_rule! {
    /// 沿用2008年年度报告范文里的句子。
    ///
    /// ## 为什么
    /// 条例2019年修订以后，这些说法早已与现在的制度不符；照抄范文属于雷同、敷衍。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 我局设立了1个专门的信息申请受理点，更新仍不够及时。下一步，将按月检查。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 申请受理窗口的指引不够清楚，咨询、申请的答复仍不够及时。下一步，将按月检查。
    /// ```
    ///
    /// ## 怎么改
    /// 写本机关当年实际的做法。
    ///
    /// ## English
    /// A sentence of the sample text of 2008, long out of date, is kept.
    Boilerplate2008 {
        code: "W014",
        name: "boilerplate-2008",
        title: "沿用2008年范文的句子",
        title_en: "A sentence of the sample text of 2008",
        severity: Warning,
        class: Perfunctory,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for Boilerplate2008 {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            let mut told = None;
            for phrase in &Wording::get().boilerplate.phrases {
                let Some(at) = line.text.find(phrase.as_str()) else { continue };
                // Phrases overlap; one finding a sentence.
                let sentence = line.sentence(at).start;
                if told.replace(sentence) == Some(sentence) {
                    continue;
                }
                let finding = out
                    .start(
                        cx,
                        say!("“{phrase}”是2008年范文的句子", "\"{phrase}\" is from the sample text of 2008"),
                    )
                    .help(say!("写本机关当年实际的做法", "write what the organ really did this year"))
                    .quote(cx.report, line.index, at..at + phrase.len());
                out.push(finding);
            }
        }
        Ok(())
    }
}
