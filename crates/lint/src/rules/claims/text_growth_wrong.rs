use nianbao_schema::claim::{Binding, Direction};
use rust_decimal::Decimal;

use crate::claims::{about, is_printed_as, quoted, value};
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 正文说比上年增长、下降多少，与两年报告的数算出来的不同。
    ///
    /// ## 为什么
    /// 增减方向写反、百分比算错，用上年报告一核就知道。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件，同比下降10%。
    /// 上年：
    /// 年份：2022
    /// | 一、本年新收政府信息公开申请数量 | 自然人 8 | 总计 10 |
    /// | 二、上年结转政府信息公开申请数量 | 自然人 1 | 总计 1 |
    /// | （七）总计 | 自然人 8 | 总计 10 |
    /// | 四、结转下年度继续办理 | 自然人 1 | 总计 1 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件，同比增长10%，比上年增加1件。
    /// 上年：
    /// 年份：2022
    /// | 一、本年新收政府信息公开申请数量 | 自然人 8 | 总计 10 |
    /// | 二、上年结转政府信息公开申请数量 | 自然人 1 | 总计 1 |
    /// | （七）总计 | 自然人 8 | 总计 10 |
    /// | 四、结转下年度继续办理 | 自然人 1 | 总计 1 |
    /// ```
    /// ```report,good
    /// 年份：2023
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件，环比增长50%，近三年平均增长8%。
    /// 上年：
    /// 年份：2022
    /// | 四、结转下年度继续办理 | 自然人 1 | 总计 1 |
    /// ```
    ///
    /// ## 怎么改
    /// 按（本年 − 上年）÷ 上年重算，核对是增长还是下降。
    ///
    /// ## 例外
    /// 四舍五入和截去尾数都算对；环比、平均数不检查。用 `--prior` 给出上年报告才检查。
    ///
    /// ## English
    /// A change against last year in the text does not follow from the two reports. Needs `--prior`.
    TextGrowthWrong {
        code: "X021",
        name: "text-growth-wrong",
        title: "正文与上年的比较和上年报告不符",
        title_en: "A comparison with last year is wrong",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextGrowthWrong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        let mut any = false;
        for (index, claim) in cx.report.claims.iter().enumerate() {
            let (Binding::LastYear(sums), Some(direction), Some(of)) =
                (&claim.binding, claim.direction, claim.change_of)
            else {
                continue;
            };
            let (Some(said), Some(now)) = (claim.exact(), cx.report.claims[of].exact()) else { continue };
            let before: Vec<Decimal> = sums.iter().filter_map(|sum| value(prior, sum)).collect();
            if before.is_empty() || (claim.unit == "%" && before.iter().all(Decimal::is_zero)) {
                continue;
            }
            any = true;
            cx.reach(index);
            let signed = if direction == Direction::Down { -said } else { said };
            let follows = |then: &Decimal| {
                if claim.unit != "%" {
                    return now - *then == signed;
                }
                if then.is_zero() {
                    return false;
                }
                let change = (now - *then) * Decimal::ONE_HUNDRED / *then;
                is_printed_as(change, signed, claim.decimals)
            };
            if before.iter().any(follows) {
                continue;
            }
            let words = quoted(cx.report, claim);
            let (now, then) = (number(now), number(before[0]));
            let finding = out
                .start(
                    cx,
                    say!(
                        "“{words}”与上年报告不符：本年 {now}，上年 {then}",
                        "\"{words}\" does not follow from last year's report: now {now}, then {then}"
                    ),
                )
                .help(say!(
                    "按（本年 − 上年）÷ 上年重算，核对是增长还是下降",
                    "calculate again from both reports; mind the direction"
                ));
            out.push(about(cx, finding, claim, Vec::new()));
        }
        if any {
            return Ok(());
        }
        Err(NotAssessable(say!("正文没有能核算的同比", "the text has no comparison that can be checked")))
    }
}
