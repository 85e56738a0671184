use nianbao_schema::CellId;
use rust_decimal::Decimal;

use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 三张表的数与上年报告一个不差。
    ///
    /// ## 为什么
    /// 一年的申请、答复、决定不会恰好都与上年相同。多半是用上年的文件改了年份，忘了改数。
    ///
    /// ## 错误示例
    /// ```report,bad,also-Y001
    /// 年份：2023
    /// 上年：
    /// 年份：2022
    /// | 行政许可 | 本年处理决定数量 46 |
    /// | 行政处罚 | 本年处理决定数量 12 |
    /// | 一、本年新收政府信息公开申请数量 | 自然人 9 | 商业企业 2 | 总计 11 |
    /// | 二、上年结转政府信息公开申请数量 | 自然人 1 | 总计 1 |
    /// | （一）予以公开 | 自然人 6 | 商业企业 2 | 总计 8 |
    /// | 1.本机关不掌握相关政府信息 | 自然人 2 | 总计 2 |
    /// | （七）总计 | 自然人 8 | 商业企业 2 | 总计 10 |
    /// | 四、结转下年度继续办理 | 自然人 2 | 总计 2 |
    /// | 行政复议 | 结果维持 1 | 总计 1 |
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
    /// 按本年的登记台账重填三张表。
    ///
    /// ## 例外
    /// 只比较不是零的格；现行有效件数等累计的数不算。没有几件申请的机关，非零的格太少，不作判断。有一格不同就不报告。
    ///
    /// ```report,good
    /// 年份：2023
    /// | 二、上年结转政府信息公开申请数量 | 自然人 2 | 总计 2 |
    /// | 一、本年新收政府信息公开申请数量 | 自然人 8 | 总计 10 |
    /// 上年：
    /// 年份：2022
    /// | 行政许可 | 本年处理决定数量 46 |
    /// | 行政处罚 | 本年处理决定数量 12 |
    /// | 一、本年新收政府信息公开申请数量 | 自然人 9 | 商业企业 2 | 总计 11 |
    /// | 二、上年结转政府信息公开申请数量 | 自然人 1 | 总计 1 |
    /// | （一）予以公开 | 自然人 6 | 商业企业 2 | 总计 8 |
    /// | 1.本机关不掌握相关政府信息 | 自然人 2 | 总计 2 |
    /// | （七）总计 | 自然人 8 | 商业企业 2 | 总计 10 |
    /// | 四、结转下年度继续办理 | 自然人 2 | 总计 2 |
    /// | 行政复议 | 结果维持 1 | 总计 1 |
    /// ```
    ///
    /// ## English
    /// Every number other than 0 in the three tables is last year's. Needs last year's report.
    IdenticalNumbers {
        code: "Y004",
        name: "identical-numbers",
        title: "表格数据与上年完全相同",
        title_en: "The tables repeat last year's numbers",
        severity: Warning,
        class: Perfunctory,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

/// Cells that say nothing when they are few.
const LEAST: usize = 5;

impl Check for IdenticalNumbers {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        // What accumulates stays the same in a quiet year.
        let cumulative = ["in_force", "total", "prior_items"];
        let counts = |cell: &CellId| cell.table() != "disclosure" || !cumulative.contains(&cell.column());
        let mut same: Vec<CellId> = Vec::new();
        for cell in cx.form().official_cells().map(|c| c.id).filter(counts) {
            let (now, before) = (cx.report.number(cell), prior.number(cell));
            let zero = |n: Option<Decimal>| n.is_none_or(|n| n.is_zero());
            match (now, before) {
                (Some(a), Some(b)) if a == b && !a.is_zero() => same.push(cell),
                (a, b) if zero(a) && zero(b) => {}
                _ => return Ok(()),
            }
        }
        // A sum is the same where its parts are.
        let (sums, parts): (Vec<CellId>, Vec<CellId>) = same.iter().partition(|c| c.column() == "total");
        let count = sums.len().max(parts.len());
        if count < LEAST {
            return Err(NotAssessable(say!(
                "两年不是零的数太少，不足以判断",
                "too few numbers other than 0 to tell"
            )));
        }
        let all = number(Decimal::from(same.len() as u64));
        let finding = out
            .start(
                cx,
                say!(
                    "三张表中不是零的 {all} 格与上年报告完全相同，没有一格不同，疑为照抄上年数据",
                    "all {all} cells other than 0 are the same as in last year's report; perhaps last year's numbers were left in"
                ),
            )
            .help(say!("按本年的登记台账重填三张表", "fill the tables from this year's register"))
            .key("identical-numbers")
            .cells(cx.report, same);
        out.push(finding);
        Ok(())
    }
}
