use crate::prelude::*;
use crate::support::table_name;

declare_rule! {
    /// 整张表格没有填数。
    ///
    /// ## 为什么
    /// 空白说明不了是零还是漏填。没有发生的事项应填 0。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 留空：表三
    /// ```
    ///
    /// ## 正确示例
    /// 全部为 0 的表格是正确的：
    /// ```report,good
    /// | 行政复议 | 结果维持 0 | 总计 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 逐格填数，没有的填 0。工具不会代填。
    ///
    /// ## English
    /// Every cell of a table is blank. Zero is a number; blank is not.
    TableAllBlank {
        code: "T003",
        name: "table-all-blank",
        title: "整张表格空白",
        title_en: "A table is entirely blank",
        severity: Error,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for TableAllBlank {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for table in cx.form().tables.iter().filter(|t| cx.report.is_all_blank(t)) {
            let cells: Vec<_> =
                cx.form().official_cells().filter(|c| c.table.id == table.id).map(|c| c.id).collect();
            let name = table_name(cx, table.id);
            let (zh, en) = (&name.zh, &name.en);
            let mut finding = out
                .start(cx, say!("{zh}全部空白，没有填数", "{en} is entirely blank"))
                .help(say!("逐格填数，没有发生的填 0", "fill every cell; what did not happen is 0"))
                .cells(cx.report, cells);
            finding.place.location = cx.report.table(table.id).map(|t| t.location);
            out.push(finding);
        }
        Ok(())
    }
}
