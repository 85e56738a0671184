use nianbao_schema::CellId;

use crate::prelude::*;
use crate::support::{cell_name, number};

declare_rule! {
    /// 上年“尚未审结”的案件比本年该组总计还多。
    ///
    /// ## 为什么
    /// 上年没有审结的案件，本年要么审结、要么仍在审，一般会计入本年的总计。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// | 行政复议 | 结果维持 1 | 总计 1 |
    /// 上年：
    /// 年份：2022
    /// | 行政复议 | 尚未审结 3 | 总计 3 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// | 行政复议 | 结果维持 3 | 总计 3 |
    /// 上年：
    /// 年份：2022
    /// | 行政复议 | 尚未审结 3 | 总计 3 |
    /// ```
    ///
    /// ## 怎么改
    /// 与复议、诉讼台账核对上年未结案件在本年的结果。
    ///
    /// ## 例外
    /// 统一格式没有规定跨年案件是否再计，所以只是提示。用 `--prior` 给出上年报告才检查。
    ///
    /// ## English
    /// More cases were pending last year than the group counts this year. Needs `--prior`.
    PendingCasesLost {
        code: "Y009",
        name: "pending-cases-lost",
        title: "上年未审结的案件多于本年总计",
        title_en: "More cases were pending last year than are counted now",
        severity: Info,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for PendingCasesLost {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        let mut compared = false;
        for group in ["reconsideration", "litigation_direct", "litigation_after_review"] {
            let cell = |column: &str| CellId::parse(&format!("review.{group}.{column}"));
            let (Some(pending), Some(total)) = (cell("pending"), cell("total")) else { continue };
            let (Some(then), Some(now)) = (prior.number(pending), cx.report.number(total)) else { continue };
            compared = true;
            if then <= now {
                continue;
            }
            let Some(name) = cx.form().cell(total).map(cell_name) else { continue };
            let (zh, en, then, now) = (name.zh, name.en, number(then), number(now));
            let finding = out
                .start(
                    cx,
                    say!(
                        "上年报告该组尚未审结 {then} 件，{zh}本年只有 {now} 件",
                        "last year {then} cases were pending, {en} is only {now} this year"
                    ),
                )
                .help(say!(
                    "与台账核对这些案件本年的结果；口径不含跨年案件的不用改",
                    "check in the register what became of these cases; if they are not counted again, nothing is to be done"
                ))
                .cells(cx.report, vec![total])
                .evidence(Evidence::Cells { shown: vec![total], marked: vec![total] });
            out.push(finding);
        }
        if compared {
            return Ok(());
        }
        Err(NotAssessable(say!("两年报告中没有可以比较的案件数", "no cases could be compared")))
    }
}
