use crate::prelude::*;
use crate::support::{section_heading, table_name};

declare_rule! {
    /// 第二、三、四部分应有的表格没有找到。
    ///
    /// ## 为什么
    /// 三张表格是统一格式的固定内容，没有数据也要填 0，不能省略。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 删去：表四
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 行政复议 | 结果维持 0 | 总计 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 插入统一格式的表格并填数，没有的填 0。
    ///
    /// ## 例外
    /// 整个部分都缺失的，只报告 section-missing；表格是图片的，报告 table-as-image。
    ///
    /// ## English
    /// A section that must hold a table of the form holds none.
    TableMissing {
        code: "T001",
        name: "table-missing",
        title: "缺少规定的表格",
        title_en: "A prescribed table is missing",
        severity: Error,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for TableMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for table in cx.form().tables {
            let section = cx.report.section(table.section);
            let image = section.is_some_and(|s| s.images > 0);
            let Some(section) = section.filter(|_| cx.report.table(table.id).is_none() && !image) else {
                continue;
            };
            let heading = section_heading(cx, section.number);
            let name = table_name(cx, table.id);
            let (zh, en) = (&name.zh, &name.en);
            let message = if section.tables > 0 {
                say!(
                    "“{heading}”中的表格不是规定的{zh}",
                    "the table in \"{heading}\" is not the prescribed {en}"
                )
            } else {
                say!("“{heading}”没有表格，应有{zh}", "\"{heading}\" has no table; {en} is required")
            };
            let length = cx.report.lines[section.heading].text.value.len();
            let mut finding = out
                .start(cx, message)
                .help(say!(
                    "插入统一格式的{zh}，没有数据的格填 0",
                    "insert {en} of the form; cells without data hold 0"
                ))
                .quote(cx.report, section.heading, 0..length);
            finding.place.table = Some(table.id);
            out.push(finding);
        }
        Ok(())
    }
}
