use crate::prelude::*;
use crate::support::table_name;

declare_rule! {
    /// 表格的行与统一格式的顺序不同。
    ///
    /// ## 为什么
    /// 各级按行汇总。行的顺序变了，按位置取数就会取错；数字填错行，也常常这样看出来。
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 2.重复申请 | 自然人 0 | 总计 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 按统一格式的顺序排列各行，并核对数字是否跟着移动。
    ///
    /// ## 例外
    /// 缺少的行由 table-row-missing 报告，多出的行由 table-extra-row 报告，都不算顺序不对。
    ///
    /// ## English
    /// Rows of the form stand in another order in the table.
    TableRowOrder {
        code: "T016",
        name: "table-row-order",
        title: "行的顺序与格式不同",
        title_en: "Rows stand in another order",
        severity: Warning,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for TableRowOrder {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for table in cx.form().tables {
            let rows: Vec<_> = table.blocks.iter().flat_map(|b| &b.rows).collect();
            // The labels in the order of the file, each as its place in the form. A label that occurs twice in a form
            // (总计) or in a piece after a page break says nothing of the order.
            let mut seen: Vec<(usize, &nianbao_schema::report::LabelReading)> = Vec::new();
            for label in cx.report.labels.iter().filter(|l| l.table == table.id && l.kind == LabelKind::Row) {
                let mut places = rows.iter().enumerate().filter(|(_, r)| r.leaf() == label.official);
                let (Some((place, _)), None) = (places.next(), places.next()) else { continue };
                if seen.iter().all(|(p, _)| *p != place) {
                    seen.push((place, label));
                }
            }
            let Some([(before, above), (place, label)]) = seen.windows(2).find(|pair| pair[1].0 < pair[0].0)
            else {
                continue;
            };
            let name = table_name(cx, table.id);
            let (zh, en) = (&name.zh, &name.en);
            let (row, after) = (&rows[*place].name, &rows[*before].name);
            let (row_zh, row_en, after_zh, after_en) = (&row.zh, &row.en, &after.zh, &after.en);
            let (label, above) = (*label, *above);
            let finding = out
                .start(
                    cx,
                    say!(
                        "{zh}的行序与统一格式不同：“{row_zh}”排在“{after_zh}”之后",
                        "{en}: the row \"{row_en}\" stands below \"{after_en}\""
                    ),
                )
                .help(say!(
                    "按统一格式的顺序排列，并核对数字没有填错行",
                    "put the rows in the order of the form and check that the numbers moved with them"
                ));
            let key = format!("{}<{}", label.official, above.official);
            out.push(crate::support::about_label(cx, finding, label).key(key));
        }
        Ok(())
    }
}
