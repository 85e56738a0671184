use nianbao_schema::CellId;

use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 上年报告尚未审结的复议、诉讼案件，比本年报告的总计还多。
    ///
    /// ## 为什么
    /// 上年没有审结的案件，本年一般会审结或者仍在审理，所以本年总计通常不少于上年的“尚未审结”。少了，可能有一年漏填。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 上年：
    /// 年份：2022
    /// | 行政复议 | 尚未审结 4 | 总计 4 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// | 行政复议 | 结果维持 4 | 总计 4 |
    /// 上年：
    /// 年份：2022
    /// | 行政复议 | 尚未审结 4 | 总计 4 |
    /// ```
    ///
    /// ## 怎么改
    /// 对照案件台账核实两年的“尚未审结”和总计。
    ///
    /// ## 例外
    /// 没有全国统一的规定要求上年未审结的案件在本年再统计一次，所以只是提示。撤回的案件也会使总计变少。
    ///
    /// ## English
    /// More cases were pending in last year's report than this year's counts in all. No national rule says that pending
    /// cases are counted again, so it is a hint. Needs last year's report.
    PendingCases {
        code: "Y009",
        name: "pending-cases-exceed-total",
        title: "上年未审结的案件多于本年总计",
        title_en: "More cases were pending last year than this year has in all",
        severity: Info,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "table4"), ("gbgkbh-2019-60", "table4")],
        since: "0.1.0",
    }
}

impl Check for PendingCases {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        let mut compared = false;
        for group in ["reconsideration", "litigation_direct", "litigation_after_review"] {
            let cell = |column: &str| CellId::parse(&format!("review.{group}.{column}"));
            let (Some(total), Some(pending)) = (cell("total"), cell("pending")) else { continue };
            let (Some(now), Some(before)) = (cx.report.number(total), prior.number(pending)) else {
                continue;
            };
            compared = true;
            let Some(form) = cx.form().cell(total).filter(|_| before > now) else { continue };
            let name = form.column.name.zh.trim_end_matches("·总计");
            let name_en = form.column.name.en.trim_end_matches(": total");
            let (now, before) = (number(now), number(before));
            let finding = out
                .start(
                    cx,
                    say!(
                        "{name}：上年报告尚未审结 {before} 件，本年总计只有 {now} 件",
                        "{name_en}: {before} cases were pending in last year's report, this year's total is {now}"
                    ),
                )
                .help(say!(
                    "对照案件台账核实两年的“尚未审结”和总计",
                    "check the pending cases and the totals of both years in the register"
                ))
                .cells(cx.report, vec![total])
                .evidence(Evidence::Cells { shown: vec![total], marked: vec![total] });
            out.push(finding);
        }
        if compared {
            Ok(())
        } else {
            Err(NotAssessable(say!("没有读到两年的表四", "table 4 of both years was not read")))
        }
    }
}
