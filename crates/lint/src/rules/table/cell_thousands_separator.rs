use crate::prelude::*;
use crate::support::cells_alike;

declare_rule! {
    /// 数据格的数字带千分位逗号。
    ///
    /// ## 为什么
    /// 填报系统多不认逗号，“1,234”会被读成 1 或者读不出来。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政许可 | 本年处理决定数量 1,234 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 行政许可 | 本年处理决定数量 1234 |
    /// ```
    /// 小数点不是千分位：
    /// ```report,good
    /// | 行政事业性收费 | 本年收费金额（单位：万元） 1234.5 |
    /// ```
    ///
    /// ## 怎么改
    /// 删去逗号。可以自动修改，数值不变。
    ///
    /// ## 例外
    /// 两个数字挤在一格、中间用逗号隔开的，报告 cell-non-numeric。
    ///
    /// ## English
    /// A number in a cell has separators of thousands.
    CellThousandsSeparator {
        code: "T021",
        name: "cell-thousands-separator",
        title: "数字带千分位逗号",
        title_en: "Thousands are separated",
        severity: Info,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        fixable: true,
        since: "0.1.0",
    }
}

impl Check for CellThousandsSeparator {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for alike in cells_alike(cx, |_, reading| reading.written.as_ref().is_some_and(|w| w.thousands)) {
            let (table, table_en, count, first) =
                (&alike.table.zh, &alike.table.en, alike.cells.len(), &alike.first);
            let finding = out
                .start(
                    cx,
                    say!(
                        "{table}有{count}格的数字带千分位逗号（如“{first}”）",
                        "{table_en}: {count} cells separate thousands (\"{first}\")"
                    ),
                )
                .help(say!("删去逗号", "leave out the separators"));
            out.push(
                alike.rewrite(cx, finding, |words| {
                    words.chars().filter(|c| ![',', '，'].contains(c)).collect()
                }),
            );
        }
        Ok(())
    }
}
