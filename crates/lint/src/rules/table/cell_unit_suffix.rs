use crate::prelude::*;
use crate::support::cells_alike;

declare_rule! {
    /// 数据格的数字后面写了单位。
    ///
    /// ## 为什么
    /// 单位已经在表头里，格内只填数字，系统才能汇总。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政许可 | 本年处理决定数量 46件 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 行政许可 | 本年处理决定数量 46 |
    /// ```
    /// 试行格式的采购总金额没有规定单位，写上单位才清楚：
    /// ```report,good
    /// 年份：2020
    /// | 政府集中采购 | 采购项目数量 3 | 采购总金额 251000元 |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 只填数字，删去单位。
    ///
    /// ## 例外
    /// 试行格式的“采购总金额”要写单位，不报告。
    ///
    /// ## English
    /// A cell holds a number with its unit, though the header has the unit.
    CellUnitSuffix {
        code: "T019",
        name: "cell-unit-suffix",
        title: "数字后带单位",
        title_en: "A number with a unit",
        severity: Info,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for CellUnitSuffix {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for alike in cells_alike(cx, |cell, reading| {
            // The trial form names no unit of money, so the cell has to.
            let wanted = cell.column.kind == ValueKind::Amount && cell.column.unit.is_none();
            !wanted && reading.written.as_ref().is_some_and(|w| !w.unit.is_empty())
        }) {
            let (table, table_en, count, first) =
                (&alike.table.zh, &alike.table.en, alike.cells.len(), &alike.first);
            let finding = out
                .start(
                    cx,
                    say!(
                        "{table}有{count}格在数字后写了单位（如“{first}”）",
                        "{table_en}: {count} cells have a unit behind the number (\"{first}\")"
                    ),
                )
                .help(say!("只填数字，删去单位", "write the number alone"));
            out.push(alike.show(cx, finding));
        }
        Ok(())
    }
}
