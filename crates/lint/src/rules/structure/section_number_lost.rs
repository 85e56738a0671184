use crate::prelude::*;
use crate::support::section_heading;

declare_rule! {
    /// 标题的编号丢失或者写错。
    ///
    /// ## 为什么
    /// 六个标题从“一、”编到“六、”。编号丢失或重复，读者分不清是哪一部分。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 四、政府信息公开行政复议、行政诉讼情况 → 三、政府信息公开行政复议、行政诉讼情况 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，将按月检查栏目。
    /// ```
    ///
    /// ## 怎么改
    /// 补上或改正编号。
    ///
    /// ## 例外
    /// Word 自动编号在转成文本时会丢失，这不是作者的错：请对照原文件。
    ///
    /// ## English
    /// A heading has the official words without a number, or with another number.
    SectionNumberLost {
        code: "S005",
        name: "section-number-lost",
        title: "标题编号丢失或有误",
        title_en: "The number of a heading is lost or wrong",
        severity: Warning,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections")],
        since: "0.1.0",
    }
}

impl Check for SectionNumberLost {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for section in &cx.report.sections {
            let lost = match section.matched {
                HeadingMatch::NumberLost => true,
                HeadingMatch::OtherNumber => false,
                HeadingMatch::Official | HeadingMatch::Variant => continue,
            };
            let official = section_heading(cx, section.number);
            let text = &cx.report.lines[section.heading].text.value;
            let seen = text.trim();
            let message = if lost {
                say!(
                    "标题“{seen}”没有编号，应为“{official}”",
                    "the heading \"{seen}\" has no number; it should read \"{official}\""
                )
            } else {
                say!(
                    "标题“{seen}”编号有误，应为“{official}”",
                    "the heading \"{seen}\" has a wrong number; it should read \"{official}\""
                )
            };
            let finding = out
                .start(cx, message)
                .help(say!("改为“{official}”", "write \"{official}\""))
                .quote(cx.report, section.heading, 0..text.len());
            out.push(finding);
        }
        Ok(())
    }
}
