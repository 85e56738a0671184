use crate::prelude::*;
use crate::support::table_name;

declare_rule! {
    /// 表格缺少规定的行。
    ///
    /// ## 为什么
    /// 统一格式的行不得增删，没有数据也要保留并填 0。缺了行，合计无从核对。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 删去：2.重复申请
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 2.重复申请 | 自然人 0 | 总计 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 按统一格式补上这一行，没有数据的填 0。
    ///
    /// ## 例外
    /// 整张表没有找到的，报告 table-missing。行里的格数不对、无法对应的，报告 table-column-count。
    ///
    /// ## English
    /// A row of the form was not found in its table.
    TableRowMissing {
        code: "T006",
        name: "table-row-missing",
        title: "表格缺少规定的行",
        title_en: "A row of the form is missing",
        severity: Error,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for TableRowMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for found in &cx.report.tables {
            let Some(table) = cx.form().table(found.id) else { continue };
            let rows = table.blocks.iter().flat_map(|b| b.rows.iter().map(move |r| (b, r)));
            let missing: Vec<_> = rows
                .filter(|(block, row)| {
                    // A form that keeps one row where the official one has items: its sums stand in the group row.
                    let group = row.id.rsplit_once('.').map_or("", |(g, _)| g);
                    let in_group_row = block.groups.iter().any(|g| g.id == group)
                        && cx
                            .form()
                            .cells()
                            .iter()
                            .any(|c| c.row.id == group && cx.report.cell(c.id).is_some())
                        && !block.rows.iter().any(|r| {
                            r.id.starts_with(&format!("{group}.")) && found.rows.contains(&r.id.as_str())
                        });
                    // What a conversion lost is not for the author to add.
                    let lost = found.unplaced.iter().any(|u| u.row == row.id && u.reason.is_extraction());
                    !found.rows.contains(&row.id.as_str()) && !in_group_row && !lost
                })
                .map(|(_, row)| row)
                .collect();
            if missing.is_empty() {
                continue;
            }
            let name = table_name(cx, table.id);
            let shown: Vec<String> = missing
                .iter()
                .map(|r| if r.label.is_empty() { "数据行".to_owned() } else { format!("“{}”", r.name.zh) })
                .collect();
            let shown_en: Vec<String> = missing.iter().map(|r| format!("\"{}\"", r.name.en)).collect();
            let (zh, en, list, list_en) = (&name.zh, &name.en, shown.join("、"), shown_en.join(", "));
            let cells: Vec<_> = cx
                .form()
                .official_cells()
                .filter(|c| c.table.id == table.id && missing.iter().any(|r| std::ptr::eq(*r, c.row)))
                .map(|c| c.id)
                .collect();
            let mut finding = out
                .start(cx, say!("{zh}缺少规定的行：{list}", "{en} lacks rows of the form: {list_en}"))
                .help(say!(
                    "按统一格式补上，没有数据的填 0",
                    "add them as the form has them; cells without data hold 0"
                ))
                .cells(cx.report, cells);
            finding.place.location = Some(found.location);
            out.push(finding);
        }
        Ok(())
    }
}
