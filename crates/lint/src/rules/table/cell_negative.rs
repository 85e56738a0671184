use crate::prelude::*;
use crate::support::{cell_name, number, read_cells};

declare_rule! {
    /// 出现负数。
    ///
    /// ## 为什么
    /// 件数、次数和金额不会小于 0。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政许可 | 本年处理决定数量 -3 |
    /// ```
    ///
    /// ## 正确示例
    /// 试行格式的“本年增/减”可以是负数：
    /// ```report,good
    /// 年份：2020
    /// | 行政许可 | 上一年项目数量 20 | 本年增/减 -3 |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 核对原始数据后改正。
    ///
    /// ## English
    /// A count or an amount is below zero. Only the change column of the trial form may be.
    CellNegative {
        code: "T014",
        name: "cell-negative",
        title: "出现负数",
        title_en: "A count is negative",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for CellNegative {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for (cell, reading) in read_cells(cx) {
            let Some(value) = reading.value.number().filter(|n| n.is_sign_negative() && !n.is_zero()) else {
                continue;
            };
            if cell.column.kind == ValueKind::Change {
                continue;
            }
            let name = cell_name(cell);
            let (zh, en, n) = (&name.zh, &name.en, number(value));
            let finding = out
                .start(cx, say!("{zh}是负数 {n}", "{en} is negative: {n}"))
                .help(say!(
                    "核对原始数据；件数和金额不会小于 0",
                    "check the data; counts and amounts are not below 0"
                ))
                .cells(cx.report, vec![cell.id])
                .evidence(Evidence::Cells { shown: vec![cell.id], marked: vec![cell.id] });
            out.push(finding);
        }
        Ok(())
    }
}
