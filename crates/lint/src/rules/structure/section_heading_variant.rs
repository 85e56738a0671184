use crate::prelude::*;
use crate::support::section_heading;

declare_rule! {
    /// 标题的说法与统一格式不同。
    ///
    /// ## 为什么
    /// 统一格式规定了六个标题。换了说法，汇总和检索时可能找不到这一部分。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在问题及改进情况
    /// 一是更新不够及时。下一步，将按月检查栏目。
    /// ```
    ///
    /// ## 正确示例
    /// 条例第五十条的原话也是对的：
    /// ```report,good
    /// 五、政府信息公开工作存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，将按月检查栏目。
    /// ```
    ///
    /// ## 怎么改
    /// 改用统一格式的标题。
    ///
    /// ## English
    /// A heading is worded otherwise than the form and the law word it.
    SectionHeadingVariant {
        code: "S004",
        name: "section-heading-variant",
        title: "标题与统一格式不同",
        title_en: "A heading differs from the form",
        severity: Info,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections")],
        since: "0.1.0",
    }
}

impl Check for SectionHeadingVariant {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for section in cx.report.sections.iter().filter(|s| s.matched == HeadingMatch::Variant) {
            let official = section_heading(cx, section.number);
            let text = &cx.report.lines[section.heading].text.value;
            let seen = text.trim();
            let finding = out
                .start(
                    cx,
                    say!(
                        "标题“{seen}”与统一格式“{official}”不同",
                        "the heading \"{seen}\" differs from the form's \"{official}\""
                    ),
                )
                .help(say!("改为“{official}”", "write \"{official}\""))
                .quote(cx.report, section.heading, 0..text.len());
            out.push(finding);
        }
        Ok(())
    }
}
