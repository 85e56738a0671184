use crate::prelude::*;
use crate::support::{section_heading, table_name};

declare_rule! {
    /// 表格以图片代替。
    ///
    /// ## 为什么
    /// 图片中的数字不能检索、复制和汇总，也无法核对。
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 行政复议 | 结果维持 0 | 总计 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 用文字表格代替图片。
    ///
    /// ## 例外
    /// 同一部分里既有规定的表格、又有图片的，不报告。
    ///
    /// ## English
    /// A section that must hold a table holds a picture instead; nothing in it can be checked.
    TableAsImage {
        code: "T002",
        name: "table-as-image",
        title: "表格是图片",
        title_en: "A table is a picture",
        severity: Warning,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for TableAsImage {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for table in cx.form().tables {
            let Some(section) = cx.report.section(table.section) else { continue };
            if section.images == 0 || cx.report.table(table.id).is_some() {
                continue;
            }
            let heading = section_heading(cx, section.number);
            let name = table_name(cx, table.id);
            let (zh, en) = (&name.zh, &name.en);
            let length = cx.report.lines[section.heading].text.value.len();
            let mut finding = out
                .start(
                    cx,
                    say!(
                        "“{heading}”只有图片，没有文字表格，{zh}无法核对",
                        "\"{heading}\" holds a picture and no table; {en} cannot be checked"
                    ),
                )
                .help(say!("用统一格式的文字表格代替图片", "replace the picture by a table of text"))
                .quote(cx.report, section.heading, 0..length);
            finding.place.table = Some(table.id);
            out.push(finding);
        }
        Ok(())
    }
}
