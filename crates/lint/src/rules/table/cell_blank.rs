use std::collections::BTreeSet;

use nianbao_schema::CellId;

use crate::prelude::*;

declare_rule! {
    /// 应填数字的格是空白。
    ///
    /// ## 为什么
    /// 空白不等于 0。没有发生的填 0，读者才知道不是漏填。
    ///
    /// ## 错误示例
    /// 一行七格空白，只报告一次：
    /// ```report,bad
    /// 留空：2.重复申请
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 2.重复申请 | 自然人 0 | 总计 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 核对后填数，没有的填 0。工具不会代填。
    ///
    /// ## 例外
    /// 整张表空白的，报告 table-all-blank；只有“总计”空白的，报告 total-blank。空白本身不会引起勾稽错误。
    ///
    /// ## English
    /// A cell that should hold a number is blank. Reported once for a row or a column, never filled.
    CellBlank {
        code: "T011",
        name: "cell-blank",
        title: "有空白格",
        title_en: "A cell is blank",
        severity: Info,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for CellBlank {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for table in cx.form().tables.iter().filter(|t| !cx.report.is_all_blank(t)) {
            let is_blank = |c: CellId| cx.report.cell(c).is_some_and(|r| r.value == Value::Blank);
            let mut blank: BTreeSet<CellId> = cx
                .form()
                .official_cells()
                .filter(|c| c.table.id == table.id && is_blank(c.id))
                .map(|c| c.id)
                .collect();
            for cell in crate::rules::identities::total_blank::blank_totals(cx) {
                blank.remove(&cell);
            }
            let mut groups: Vec<(String, String, Vec<CellId>)> = Vec::new();
            for block in &table.blocks {
                let of = |wanted: &dyn Fn(&nianbao_schema::form::Cell) -> bool| -> Vec<CellId> {
                    let here =
                        cx.form().official_cells().filter(|c| std::ptr::eq(c.block, block) && wanted(c));
                    here.map(|c| c.id).collect()
                };
                // Whole rows first, then whole columns of what is left.
                for row in block.rows.iter().filter(|r| !r.label.is_empty()) {
                    let cells = of(&|c| std::ptr::eq(c.row, row));
                    if cells.len() > 1 && cells.iter().all(|c| blank.contains(c)) {
                        blank.retain(|c| !cells.contains(c));
                        groups.push((
                            format!("“{}”一行", row.name.zh),
                            format!("row \"{}\"", row.name.en),
                            cells,
                        ));
                    }
                }
                for column in &block.columns {
                    let cells: Vec<CellId> = of(&|c| std::ptr::eq(c.column, column))
                        .into_iter()
                        .filter(|c| blank.contains(c))
                        .collect();
                    if cells.len() > 1 {
                        blank.retain(|c| !cells.contains(c));
                        let count = cells.len();
                        let zh = format!("“{}”列有{count}格", column.name.zh);
                        groups.push((zh, format!("{count} cells of column \"{}\"", column.name.en), cells));
                    }
                }
            }
            // Then what is left of a row.
            for row in table.blocks.iter().flat_map(|b| &b.rows).filter(|r| !r.label.is_empty()) {
                let in_row = |c: &CellId| cx.form().cell(*c).is_some_and(|f| std::ptr::eq(f.row, row));
                let cells: Vec<CellId> = blank.iter().copied().filter(in_row).collect();
                if cells.len() > 1 {
                    blank.retain(|c| !cells.contains(c));
                    let count = cells.len();
                    let zh = format!("“{}”行有{count}格", row.name.zh);
                    groups.push((zh, format!("{count} cells of row \"{}\"", row.name.en), cells));
                }
            }
            // In a table of one row whatever is left is one story.
            let one_row = table.blocks.iter().all(|b| b.rows.len() == 1);
            let rest: Vec<CellId> = blank.into_iter().collect();
            if one_row && rest.len() > 1 {
                let count = rest.len();
                groups.push((format!("有{count}格"), format!("{count} cells"), rest));
            } else {
                for cell in rest {
                    if let Some(spec) = cx.form().cell(cell) {
                        let between = if spec.row.label.is_empty() { "" } else { " × " };
                        let name = |row: &str, column: &str, quote: (&str, &str)| {
                            format!("{}{row}{between}{column}{}", quote.0, quote.1)
                        };
                        let zh = name(&spec.row.name.zh, &spec.column.name.zh, ("“", "”"));
                        let en = name(&spec.row.name.en, &spec.column.name.en, ("\"", "\""));
                        groups.push((zh, en, vec![cell]));
                    }
                }
            }
            for (zh, en, cells) in groups {
                let (name, name_en) = (&table.name.zh, &table.name.en);
                let finding = out
                    .start(cx, say!("{name}{zh}空白", "{name_en}: {en} blank"))
                    .help(say!("核对后填数，没有发生的填 0", "fill in the number; what did not happen is 0"))
                    .cells(cx.report, cells.clone())
                    .evidence(Evidence::Cells { shown: cells.clone(), marked: cells });
                out.push(finding);
            }
        }
        Ok(())
    }
}
