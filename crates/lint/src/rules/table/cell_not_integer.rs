use crate::prelude::*;
use crate::support::{cell_name, number, read_cells};

declare_rule! {
    /// 应填整数的格出现小数。
    ///
    /// ## 为什么
    /// 申请、决定、案件都按件计，不会有小数；只有金额可以有。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政许可 | 本年处理决定数量 4.6 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 行政事业性收费 | 本年收费金额（单位：万元） 4.6 |
    /// ```
    ///
    /// ## 怎么改
    /// 核对原始数据，填整数；以“万”为单位的折算成件数。
    ///
    /// ## English
    /// A count has a fraction.
    CellNotInteger {
        code: "T015",
        name: "cell-not-integer",
        title: "件数出现小数",
        title_en: "A count is not an integer",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for CellNotInteger {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for (cell, reading) in read_cells(cx).filter(|(c, _)| c.column.kind != ValueKind::Amount) {
            let Some(value) = reading.value.number().filter(|n| !n.is_integer()) else { continue };
            let name = cell_name(cell);
            let (zh, en, n) = (&name.zh, &name.en, number(value));
            let finding = out
                .start(cx, say!("{zh}是小数 {n}，应为整数", "{en} is {n}; it must be an integer"))
                .help(say!("核对原始数据，填整数", "check the data and write an integer"))
                .cells(cx.report, vec![cell.id])
                .evidence(Evidence::Cells { shown: vec![cell.id], marked: vec![cell.id] });
            out.push(finding);
        }
        Ok(())
    }
}
