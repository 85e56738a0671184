use nianbao_schema::claim::{Claim, Direction};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::claims::{about, is_printed_as, quoted};
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 正文自己写了本年、上年两个数，又写了增减多少，三个数对不上。
    ///
    /// ## 为什么
    /// 两个数都在句子里，读者一减就知道算错了；多半是改了本年的数，增减没有跟着改。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// （一）主动公开
    /// 全年公开信息268条，比2022年的231条增加73条。
    /// ```
    /// ```report,bad
    /// 年份：2023
    /// （一）主动公开
    /// 全年公开信息268条，较上年的231条增长26%。
    /// ```
    /// ```report,bad
    /// 年份：2023
    /// （一）主动公开
    /// 全年公开信息231条，比上年的268条增加37条。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// （一）主动公开
    /// 全年公开信息268条，比2022年的231条增加37条，增长16.0%。
    /// ```
    /// ```report,good
    /// 年份：2023
    /// （一）主动公开
    /// 全年公开信息268条，其中解读31条，较上年的20余条增长约50%；图解由上年的5张增加到12张，增长140%。
    /// ```
    /// ```report,good
    /// 年份：2023
    /// （一）主动公开
    /// 2022年公开231条，2021年公开200条，分别增长15.5%和8%。全年公开信息268条。
    /// ```
    ///
    /// ## 怎么改
    /// 按本年减上年重算；增减是对的，就核对前面两个数。
    ///
    /// ## 例外
    /// 四舍五入和截去尾数都算对；有“约”“余”的数不核算；句子里没有写上年的数，用 `--prior` 由 X021 核对。
    ///
    /// ## English
    /// The text names this year's number, last year's and the change between them, and the three do not fit.
    TextChangeMiscalculated {
        code: "X024",
        name: "text-change-miscalculated",
        title: "正文的增减数算错",
        title_en: "A change does not follow from the two numbers beside it",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

/// What the change from one number to another is, in the unit of the claim; `None` where there is none to speak of.
fn change(claim: &Claim, now: Decimal, then: Decimal) -> Option<Decimal> {
    if claim.unit == "%" {
        (now - then).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then)
    } else {
        Some(now - then)
    }
}

impl Check for TextChangeMiscalculated {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mut any = false;
        for (index, claim) in cx.report.claims.iter().enumerate() {
            let (Some(of), Some(from), Some(direction)) =
                (claim.change_of, claim.change_from, claim.direction)
            else {
                continue;
            };
            let number_of = |i: usize| cx.report.claims[i].exact();
            let (Some(said), Some(now), Some(then)) = (claim.exact(), number_of(of), number_of(from)) else {
                continue;
            };
            let comparable = claim.unit == "%" || claim.unit == cx.report.claims[of].unit;
            let Some(right) = change(claim, now, then).filter(|_| comparable) else { continue };
            any = true;
            [index, of, from].into_iter().for_each(|i| cx.reach(i));
            let signed = if direction == Direction::Down { -said } else { said };
            if is_printed_as(right, signed, claim.decimals) {
                continue;
            }
            let words = quoted(cx.report, claim);
            let right = number(
                right.round_dp_with_strategy(claim.decimals, RoundingStrategy::MidpointAwayFromZero).abs(),
            );
            let unit = &claim.unit;
            let (way, way_en) = match (now >= then, unit == "%") {
                (true, true) => ("增长", "up"),
                (true, false) => ("增加", "up"),
                (false, true) => ("下降", "down"),
                (false, false) => ("减少", "down"),
            };
            let percent = if unit == "%" { "%" } else { "" };
            let (now, then) = (number(now), number(then));
            let finding = out
                .start(
                    cx,
                    say!(
                        "“{words}”算得不对：由 {then} 到 {now}，{way} {right}{unit}",
                        "\"{words}\" is wrong: from {then} to {now} is {way_en} by {right}{percent}"
                    ),
                )
                .help(say!(
                    "重算增减，或者核对前面的两个数",
                    "calculate the change again, or check the two numbers before it"
                ));
            out.push(about(cx, finding, claim, Vec::new()));
        }
        if any {
            return Ok(());
        }
        Err(NotAssessable(say!(
            "正文没有同时写出本年、上年和增减的数",
            "the text names no number of this year with last year's and the change"
        )))
    }
}
