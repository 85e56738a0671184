use crate::prelude::*;
use crate::support::section_heading;

declare_rule! {
    /// 六个部分应按一至六的顺序排列。
    ///
    /// ## 为什么
    /// 统一格式规定了顺序，读者和汇总系统都按顺序取数。
    ///
    /// ## 错误示例
    /// 第五部分写在第四部分之前：
    /// ```report,bad
    /// 顺序：一二三五四六
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，将按月检查栏目。
    /// ```
    ///
    /// ## 怎么改
    /// 把各部分移回统一格式规定的位置。
    ///
    /// ## 例外
    /// 目录或者前言里列出各部分名称，不影响判断：只看正文的标题。
    ///
    /// ## English
    /// The sections stand in another order than the form prescribes.
    SectionOrder {
        code: "S002",
        name: "section-order",
        title: "各部分顺序不对",
        title_en: "Sections are out of order",
        severity: Error,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections")],
        since: "0.1.0",
    }
}

impl Check for SectionOrder {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for pair in cx.report.sections.windows(2) {
            let [before, after] = pair else { continue };
            if before.number < after.number {
                continue;
            }
            let (first, second) = (section_heading(cx, after.number), section_heading(cx, before.number));
            let heading = after.heading;
            let length = cx.report.lines[heading].text.value.len();
            let finding = out
                .start(cx, say!("“{first}”写在了“{second}”之后", "\"{first}\" stands after \"{second}\""))
                .help(say!("把“{first}”移到“{second}”之前", "move \"{first}\" before \"{second}\""))
                .quote(cx.report, heading, 0..length);
            out.push(finding);
        }
        Ok(())
    }
}
