use crate::prelude::*;
use crate::support::section_heading;

declare_rule! {
    /// 有标题、没有内容的部分。
    ///
    /// ## 为什么
    /// 总体情况、存在的主要问题及改进情况是条例第五十条规定必须写的内容，只有标题等于没有写。第六部分没有事项的，也要写“无”。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 六、其他需要报告的事项
    /// 未收取信息处理费。
    /// ```
    ///
    /// ## 怎么改
    /// 补写该部分的内容；第六部分确实没有的，写“无”。
    ///
    /// ## 例外
    /// 第二、三、四部分没有表格由 table-missing 报告，不在这里重复。表格是图片的由 table-as-image 报告。
    ///
    /// ## English
    /// A heading is followed by nothing.
    SectionEmpty {
        code: "S003",
        name: "section-empty",
        title: "只有标题没有内容",
        title_en: "A section has a heading and nothing else",
        severity: Error,
        class: Incomplete,
        shape: true,
        sources: [("tiaoli", "art50"), ("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections")],
        since: "0.1.0",
    }
}

impl Check for SectionEmpty {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for section in &cx.report.sections {
            let has_table =
                cx.form().sections.iter().any(|s| s.number == section.number && s.table.is_some());
            let filled = !section.body.is_empty() || section.tables > 0 || section.images > 0;
            if has_table || filled {
                continue;
            }
            let heading = section_heading(cx, section.number);
            // Section six may say that there is nothing to report; the law wants something in sections one and five.
            let (severity, help) = if section.number == 6 {
                let help = say!(
                    "写明需要报告的事项；没有的，写“无”",
                    "state what there is to report, or 无 if there is nothing"
                );
                (Severity::Warning, help)
            } else {
                (Severity::Error, say!("补写这一部分的内容", "write the section"))
            };
            let length = cx.report.lines[section.heading].text.value.len();
            let finding = out
                .start(cx, say!("“{heading}”只有标题，没有内容", "\"{heading}\" has no content"))
                .severity(severity)
                .help(help)
                .quote(cx.report, section.heading, 0..length);
            out.push(finding);
        }
        Ok(())
    }
}
