use nianbao_schema::CellId;

use crate::prelude::*;
use crate::support::{number, read_cells};

declare_rule! {
    /// 本年的“上年结转”与上年报告的“结转下年度继续办理”不一致。
    ///
    /// ## 为什么
    /// 上年没有办完的申请，就是本年结转来的申请，两个数应当相同。不同说明有一年的数错了。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 上年：
    /// 年份：2022
    /// | 一、本年新收政府信息公开申请数量 | 自然人 8 | 总计 9 |
    /// | 四、结转下年度继续办理 | 自然人 3 | 总计 3 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// 上年：
    /// 年份：2022
    /// ```
    ///
    /// ## 怎么改
    /// 对照登记台账，核实哪一年的数有误。上年报告已经更正的，与更正后的数核对。
    ///
    /// ## 例外
    /// 机关合并、分设，统计范围变化（本级与汇总），申请人重新归类，都会造成不一致。总计一致、只有分列不一致的，是警告。
    /// 用 `--prior` 给出上年报告才检查。
    ///
    /// ## English
    /// Requests carried in differ from those that last year's report carried out. Needs `--prior`.
    CarryOverMismatch {
        code: "Y001",
        name: "carry-over-mismatch",
        title: "上年结转与上年报告不一致",
        title_en: "Carry-over differs from last year's report",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "table3"), ("gbgkbh-2019-60", "table3")],
        since: "0.1.0",
    }
}

impl Check for CarryOverMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        // A cell that the arithmetic of this year already calls wrong is that story's.
        let suspected: Vec<CellId> = cx.stories().suspected().collect();
        let mut compared = false;
        let mut differing = Vec::new();
        for (cell, reading) in read_cells(cx).filter(|(c, _)| c.official && c.row.id == "carried_in") {
            let before = CellId::parse(&format!("applications.carried_out.{}", cell.column.id));
            let (Some(now), Some(then)) = (reading.value.number(), before.and_then(|c| prior.number(c)))
            else {
                continue;
            };
            compared = true;
            if now != then && !suspected.contains(&cell.id) {
                differing.push((cell, now, then));
            }
        }
        if !compared {
            return Err(NotAssessable(say!(
                "两年报告中没有可以比较的结转数",
                "no carry-over could be compared"
            )));
        }
        if differing.is_empty() {
            return Ok(());
        }
        let total = differing.iter().any(|(c, ..)| c.column.id == "total");
        let words = |zh: bool| -> Vec<String> {
            let one = |(cell, now, then): &(&nianbao_schema::form::Cell, _, _)| {
                let (now, then) = (number(*now), number(*then));
                if zh {
                    format!("“{}”列本年填 {now}，上年报告为 {then}", cell.column.name.zh)
                } else {
                    format!("column \"{}\" is {now}, last year's report has {then}", cell.column.name.en)
                }
            };
            differing.iter().map(one).collect()
        };
        let (zh, en) = (words(true).join("；"), words(false).join("; "));
        let cells: Vec<CellId> = differing.iter().map(|(c, ..)| c.id).collect();
        let finding = out
            .start(
                cx,
                say!(
                    "表三“二、上年结转”与上年报告的“四、结转下年度”不一致：{zh}",
                    "requests carried in differ from those carried out last year: {en}"
                ),
            )
            .severity(if total { Severity::Error } else { Severity::Warning })
            .help(say!("对照登记台账，核实哪一年的数有误", "check in the register which year is wrong"))
            .cells(cx.report, cells.clone())
            .evidence(Evidence::Cells { shown: cells.clone(), marked: cells });
        out.push(finding);
        Ok(())
    }
}
