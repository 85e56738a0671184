use crate::prelude::*;
use crate::support::cells_alike;

declare_rule! {
    /// 数据格的数字前面有多余的 0。
    ///
    /// ## 为什么
    /// “05”“00”多是少打或多打了一位，应当核对。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政许可 | 本年处理决定数量 046 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 行政许可 | 本年处理决定数量 46 |
    /// ```
    /// 小数的 0 不多余：
    /// ```report,good
    /// | 行政事业性收费 | 本年收费金额（单位：万元） 0.04 |
    /// ```
    ///
    /// ## 怎么改
    /// 核对原始数据，删去多余的 0。工具不改数字。
    ///
    /// ## 例外
    /// 单独一个 0 和小数前的 0 不算。
    ///
    /// ## English
    /// A number in a cell begins with a 0 that it does not need; perhaps a digit is missing.
    CellLeadingZero {
        code: "T022",
        name: "cell-leading-zero",
        title: "数字前有多余的0",
        title_en: "A number begins with a needless 0",
        severity: Info,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for CellLeadingZero {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for alike in cells_alike(cx, |_, reading| reading.written.as_ref().is_some_and(|w| w.leading_zero)) {
            let (table, table_en, count, first) =
                (&alike.table.zh, &alike.table.en, alike.cells.len(), &alike.first);
            let finding = out
                .start(
                    cx,
                    say!(
                        "{table}有{count}格的数字以多余的 0 开头（如“{first}”）",
                        "{table_en}: {count} cells begin with a needless 0 (\"{first}\")"
                    ),
                )
                .help(say!(
                    "核对是否少了或多了一位，再删去多余的 0",
                    "check whether a digit is missing, then leave out the 0"
                ));
            out.push(alike.show(cx, finding));
        }
        Ok(())
    }
}
