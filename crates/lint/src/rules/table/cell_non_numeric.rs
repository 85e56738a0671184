use crate::prelude::*;
use crate::support::{cell_name, read_cells};

declare_rule! {
    /// 数据格里不是数字。
    ///
    /// ## 为什么
    /// 表格要填数。文字、约数、两个数字挤在一格，都无法参加合计和核对。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政许可 | 本年处理决定数量 约46 |
    /// ```
    ///
    /// ## 正确示例
    /// 数字后带单位的可以读出：
    /// ```report,good,also-T019
    /// | 行政许可 | 本年处理决定数量 46件 |
    /// ```
    ///
    /// ## 怎么改
    /// 填一个整数（收费金额可带小数，单位万元）；需要说明的写在正文里。
    ///
    /// ## 例外
    /// “由县政府统一公开”一类说明，降为警告。
    ///
    /// ## English
    /// A data cell holds words, or something that is not one number.
    CellNonNumeric {
        code: "T013",
        name: "cell-non-numeric",
        title: "数据格不是数字",
        title_en: "A data cell is not a number",
        severity: Error,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for CellNonNumeric {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for (cell, reading) in read_cells(cx).filter(|(_, r)| r.value == Value::Text) {
            let seen = reading.text.value.split_whitespace().collect::<Vec<_>>().join(" ");
            let remark = !seen.chars().any(|c| c.is_ascii_digit()) && seen.chars().count() >= 4;
            let name = cell_name(cell);
            let (zh, en) = (&name.zh, &name.en);
            let finding = out
                .start(
                    cx,
                    say!(
                        "{zh}填的是“{seen}”，不是一个数字",
                        "{en} holds \"{seen}\", which is not one number"
                    ),
                )
                .severity(if remark { Severity::Warning } else { Severity::Error })
                .help(say!(
                    "填一个数字，没有的填 0；说明写在正文里",
                    "fill in one number; remarks belong into the text"
                ))
                .cells(cx.report, vec![cell.id])
                .evidence(Evidence::Cells { shown: vec![cell.id], marked: vec![cell.id] });
            out.push(finding);
        }
        Ok(())
    }
}
