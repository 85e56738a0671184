use crate::prelude::*;
use crate::support::cells_alike;

declare_rule! {
    /// 数据格的数字是全角字符。
    ///
    /// ## 为什么
    /// 全角数字看着一样，但多数软件不当作数字，无法合计。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政许可 | 本年处理决定数量 ４６ |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 行政许可 | 本年处理决定数量 46 |
    /// ```
    ///
    /// ## 怎么改
    /// 改为半角数字。可以自动修改，数值不变。
    ///
    /// ## 例外
    /// 正文中的全角数字不在此列。
    ///
    /// ## English
    /// The digits of a cell are full-width characters.
    CellFullWidth {
        code: "T020",
        name: "cell-full-width",
        title: "数字是全角",
        title_en: "Digits of double width",
        severity: Info,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        fixable: true,
        since: "0.1.0",
    }
}

impl Check for CellFullWidth {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for alike in cells_alike(cx, |_, reading| reading.written.as_ref().is_some_and(|w| w.full_width)) {
            let (table, table_en, count, first) =
                (&alike.table.zh, &alike.table.en, alike.cells.len(), &alike.first);
            let finding = out
                .start(
                    cx,
                    say!(
                        "{table}有{count}格的数字是全角（如“{first}”）",
                        "{table_en}: {count} cells have full-width digits (\"{first}\")"
                    ),
                )
                .help(say!("改为半角数字", "write ASCII digits"));
            out.push(
                alike.rewrite(cx, finding, |words| words.chars().map(nianbao_text::fold_width).collect()),
            );
        }
        Ok(())
    }
}
