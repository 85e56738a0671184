use nianbao_schema::{CellId, Edition};

use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 2020年度表二的“上一年项目数量”，与2019年度报告的“上一年项目数量”加“本年增/减”不一致。
    ///
    /// ## 为什么
    /// 上一年末的项目数，就是上一年初的项目数加上当年的增减。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2020
    /// 六、其他需要报告的事项
    /// 无。
    /// | 行政许可 | 上一年项目数量 40 |
    /// 上年：
    /// 年份：2019
    /// 六、其他需要报告的事项
    /// 无。
    /// | 行政许可 | 上一年项目数量 34 | 本年增/减 +10 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2020
    /// 六、其他需要报告的事项
    /// 无。
    /// | 行政许可 | 上一年项目数量 44 |
    /// 上年：
    /// 年份：2019
    /// 六、其他需要报告的事项
    /// 无。
    /// | 行政许可 | 上一年项目数量 34 | 本年增/减 +10 |
    /// ```
    ///
    /// ## 怎么改
    /// 对照两年的权责清单核实项目数。
    ///
    /// ## 例外
    /// 权责清单重新梳理会使项目数接不上，所以只是警告。
    ///
    /// ## English
    /// Items at the end of the year before (report of 2020) differ from the report of 2019. Needs last year's report.
    ItemsFlow {
        code: "Y003",
        name: "items-flow-broken",
        title: "项目数量与上年接不上",
        title_en: "Numbers of items do not follow from last year's",
        severity: Warning,
        class: Inaccurate,
        years: (2020, 2020),
        sources: [("gbgkbh-2019-60", "table2")],
        since: "0.1.0",
    }
}

impl Check for ItemsFlow {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        if cx.report.edition != Edition::E2019 || prior.edition != Edition::E2019 {
            return Err(NotAssessable(say!(
                "只有两年都用2019年格式才有项目数量",
                "only the form of 2019 has numbers of items"
            )));
        }
        let mut compared = false;
        for row in ["licensing", "other_services", "penalty", "coercion", "fees"] {
            let cell = |column: &str| CellId::parse(&format!("disclosure.{row}.{column}"));
            let Some(at) = cell("prior_items") else { continue };
            let (Some(now), Some(items), Some(change)) =
                (cx.report.number(at), prior.number(at), cell("change").and_then(|c| prior.number(c)))
            else {
                continue;
            };
            compared = true;
            if items + change == now {
                continue;
            }
            let Some(form) = cx.form().cell(at) else { continue };
            let (name, name_en) = (&form.row.name.zh, &form.row.name.en);
            let (sum, now, items, change) =
                (number(items + change), number(now), number(items), number(change));
            let finding = out
                .start(
                    cx,
                    say!(
                        "表二“{name} × 上一年项目数量”为 {now}，按上年报告应为 {items} 加增减 {change}，即 {sum}",
                        "\"{name_en}\" had {now} items the year before; by last year's report {items} and a change of {change} give {sum}"
                    ),
                )
                .help(say!("对照两年的权责清单核实", "check both years' lists of powers"))
                .cells(cx.report, vec![at])
                .evidence(Evidence::Cells { shown: vec![at], marked: vec![at] });
            out.push(finding);
        }
        if compared {
            Ok(())
        } else {
            Err(NotAssessable(say!("没有读到两年的项目数量", "the numbers of items were not read")))
        }
    }
}
