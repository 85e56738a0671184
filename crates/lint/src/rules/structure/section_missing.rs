use nianbao_schema::report::{Report, Role};

use crate::prelude::*;
use crate::support::section_heading;

declare_rule! {
    /// 年度报告的六个部分缺一不可，缺了哪一部分就报告哪一部分。
    ///
    /// ## 为什么
    /// 统一格式规定六个部分，条例第五十条规定的内容分别写在其中。缺一部分，报告就不完整。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 删去：四
    /// ```
    ///
    /// ## 正确示例
    /// 没有复议、诉讼的，也要保留标题和表格，格内填 0。
    /// ```report,good
    /// | 行政复议 | 结果维持 0 | 总计 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 按统一格式补上标题和内容；该部分有表格的，一并补上表格。
    ///
    /// ## 例外
    /// 标题用条例第五十条的原文，或者标题少了编号、换了说法，都不算缺失。2019年度只是鼓励使用统一格式，降为警告。
    ///
    /// 只有表格、没有任何正文的文件（例如从表格软件导出的），看不出报告有没有这些部分，不报告；所有标题都没有的文件
    /// 也一样，标题多半是转换时丢失的。
    ///
    /// ## English
    /// All six sections of the form are obligatory. A section is missing when neither its official heading nor another
    /// wording of it is found.
    SectionMissing {
        code: "S001",
        name: "section-missing",
        title: "缺少规定的部分",
        title_en: "A prescribed section is missing",
        severity: Error,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections"), ("tiaoli", "art50")],
        since: "0.1.0",
    }
}

impl Check for SectionMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        only_tables(cx.report)?;
        for section in &cx.form().sections {
            if cx.report.section(section.number).is_some() {
                continue;
            }
            let heading = section_heading(cx, section.number);
            let table = section.table.as_deref().and_then(|t| cx.form().table(t));
            let with = table.map_or((String::new(), String::new()), |t| {
                (format!("和{}", t.name.zh), format!(" and {}", t.name.en))
            });
            let (with_zh, with_en) = with;
            let finding = out
                .start(cx, say!("缺少“{heading}”这一部分", "the section \"{heading}\" is missing"))
                .help(say!(
                    "按统一格式补上标题“{heading}”{with_zh}",
                    "add the heading \"{heading}\"{with_en} as the form has them"
                ))
                .key(section.id.as_str())
                .place(Place { section: section.number, ..Place::default() });
            out.push(finding);
        }
        Ok(())
    }
}

/// Whether the file shows at all which sections the report has.
fn only_tables(report: &Report) -> Result<(), NotAssessable> {
    if report.tables.is_empty() {
        return Ok(());
    }
    if report.sections.is_empty() {
        return Err(NotAssessable(say!(
            "文件里有表格而没有任何标题，多半是转换时丢失的",
            "the file has tables and no heading at all; a conversion probably lost them"
        )));
    }
    let has_table = |number: u8| report.form().tables.iter().any(|t| t.section == number);
    let has_text = report.lines.iter().any(|l| l.role == Role::Body && l.text.value.contains('。'));
    if report.sections.iter().all(|s| has_table(s.number)) && !has_text {
        return Err(NotAssessable(say!("文件里只有表格，没有正文", "the file holds tables and no text")));
    }
    Ok(())
}
