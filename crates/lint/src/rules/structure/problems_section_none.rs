use crate::prelude::*;
use crate::support::prose_of;

declare_rule! {
    /// 第五部分只写“无”。
    ///
    /// ## 为什么
    /// 条例第五十条第（四）项把“存在的主要问题及改进情况”列为必须写的内容。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 无。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 主要问题是栏目更新不够及时。改进情况：已建立更新台账，每月检查一次。
    /// ```
    ///
    /// ## 怎么改
    /// 写明本年度工作中的主要问题，以及上一年度问题的改进情况。
    ///
    /// ## English
    /// Section five says nothing but "none"; the law requires problems and improvements to be reported.
    ProblemsSectionNone {
        code: "S006",
        name: "problems-section-none",
        title: "存在的主要问题只写“无”",
        title_en: "The section on problems says only \"none\"",
        severity: Error,
        class: Perfunctory,
        sources: [("tiaoli", "art50-4")],
        since: "0.1.0",
    }
}

impl Check for ProblemsSectionNone {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mut lines = prose_of(cx.report, 5);
        let (Some((at, line)), None) = (lines.next(), lines.next()) else { return Ok(()) };
        let words = line.trim_matches(|c: char| c.is_whitespace() || "。.；;".contains(c));
        if !["无", "暂无", "没有", "不存在", "无问题", "无此项"].contains(&words) {
            return Ok(());
        }
        let finding = out
            .start(
                cx,
                say!(
                    "第五部分只写“{words}”，没有写存在的问题和改进情况",
                    "section five says only \"{words}\""
                ),
            )
            .help(say!(
                "写明本年度的主要问题和改进措施",
                "state the main problems and what is done about them"
            ))
            .quote(cx.report, at, 0..line.len());
        out.push(finding);
        Ok(())
    }
}
