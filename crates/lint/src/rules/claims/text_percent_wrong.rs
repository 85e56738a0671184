use nianbao_schema::CellId;
use nianbao_schema::claim::{Amount, Claim};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::claims::{about, is_printed_as, quoted};
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 正文说某数占百分之几，与它自己的数对不上。
    ///
    /// ## 为什么
    /// 分子、分母都在同一句话或表三里，一算便知。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （二）依申请公开
    /// 办结政府信息公开申请10件，其中予以公开8件，占85%；无法提供2件，占20%。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （一）主动公开
    /// 公开各类信息44条，其中财政资金类15条，占34.09%；工作动态类29条，占65.9%。
    /// ```
    /// ```report,good
    /// （二）依申请公开
    /// 收到政府信息公开申请11件，群众满意率96%，公开率100%；网上申请占比三成。
    /// ```
    ///
    /// ## 怎么改
    /// 按“部分 ÷ 总数”重算，保留的小数位数前后一致。
    ///
    /// ## 例外
    /// 四舍五入和直接截去尾数都算对。说不清是占谁的几成的，不检查。
    ///
    /// ## English
    /// A share in the text does not follow from its part and its whole; rounding and truncation are both right.
    TextPercentWrong {
        code: "X006",
        name: "text-percent-wrong",
        title: "正文的百分比算错",
        title_en: "A percentage in the text is wrong",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

/// 约占26% is printed as exactly as 占26%.
fn hedged(claim: &Claim) -> Option<Decimal> {
    match (claim.amount, claim.hedge.as_deref()) {
        (Amount::Exact(n), Some("约" | "大约")) => Some(n),
        _ => None,
    }
}

/// Whether a percentage is a share, rounded or cut at its printed decimals.
fn is_share(printed: Decimal, decimals: u32, part: Decimal, whole: Decimal) -> bool {
    is_printed_as(part * Decimal::ONE_HUNDRED / whole, printed, decimals)
}

impl Check for TextPercentWrong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mut any = false;
        for (index, claim) in cx.report.claims.iter().enumerate() {
            let Some(share) = &claim.share else { continue };
            let (Some(printed), Some(part)) =
                (claim.exact().or(hedged(claim)), cx.report.claims[share.part].exact())
            else {
                continue;
            };
            let whole = share.whole.and_then(|w| cx.report.claims[w].exact().map(|n| (w, n)));
            let of_requests = cx.report.claims[share.part].quantity_id().starts_with("re")
                && !cx.report.claims[share.part].sums().is_empty();
            let mut bases: Vec<Decimal> = whole.iter().map(|(_, n)| *n).collect();
            if of_requests {
                let total = |row: &str| {
                    CellId::parse(&format!("applications.{row}.total")).and_then(|c| cx.report.number(c))
                };
                let (received, carried) = (total("received"), total("carried_in"));
                bases.extend(total("handled_total"));
                bases.extend(received);
                bases.extend(received.zip(carried).map(|(a, b)| a + b));
            }
            bases.retain(|b| !b.is_zero());
            if bases.is_empty() {
                continue;
            }
            any = true;
            cx.reach(index);
            cx.reach(share.part);
            if bases.iter().any(|base| is_share(printed, claim.decimals, part, *base)) {
                continue;
            }
            let base = bases[0];
            let right = (part * Decimal::ONE_HUNDRED / base)
                .round_dp_with_strategy(claim.decimals, RoundingStrategy::MidpointAwayFromZero);
            let (words, part_words) =
                (quoted(cx.report, claim), quoted(cx.report, &cx.report.claims[share.part]));
            let (part, base) = (number(part), number(base));
            let finding = out
                .start(
                    cx,
                    say!(
                        "“{part_words}”“{words}”算得不对：{part} ÷ {base} = {right}%",
                        "\"{words}\" is wrong: {part} / {base} is {right}%"
                    ),
                )
                .help(say!("核对分子、分母，重算百分比", "check both numbers and calculate again"));
            out.push(about(cx, finding, claim, Vec::new()));
        }
        if any {
            return Ok(());
        }
        Err(NotAssessable(say!("正文没有能核算的百分比", "the text has no percentage that can be checked")))
    }
}
