use nianbao_schema::claim::Claim;
use rust_decimal::Decimal;

use crate::claims::{about, quoted, readable};
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// “共多少条，其中甲几条、乙几条”，各分项加起来不等于总数。
    ///
    /// ## 为什么
    /// 分项列全了，和就该等于总数；只列一部分的，也不能超过总数。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （一）主动公开
    /// 公开信息42条，其中机构职能类4条、工作动态类29条、财政资金类7条。
    /// ```
    /// ```report,bad
    /// （一）主动公开
    /// 审计公开12条，包括审计结果8条、整改情况8条。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （一）主动公开
    /// 公开信息42条，其中机构职能类4条、工作动态类29条等。
    /// ```
    /// ```report,good
    /// （一）主动公开
    /// 公开信息60余条，其中机构职能类4条、工作动态类29条。
    /// ```
    /// ```report,good
    /// （一）主动公开
    /// 发布信息96条，其中门户网站96条、微信公众号90条、公开栏64条。
    /// ```
    /// ```report,good
    /// （一）主动公开
    /// 公开信息42条，其中机构职能类13条（其中领导分工5条）、工作动态类29条，发布图解12条。
    /// ```
    /// ```report,good
    /// （一）主动公开
    /// 发布动态520条，其中概况12条、法定内容330条（含财政预决算8条、行政许可46条）、其他178条。
    /// 没有提供的54件，其中：不掌握47件、需另行制作5件、不明确2件；已撤回14件，转办3件。
    /// ```
    /// ```report,good
    /// （一）主动公开
    /// 公开信息420条，其中监测数据类104条、行政许可类129条。
    /// ```
    ///
    /// ## 怎么改
    /// 逐项核对；只列主要几项的，写“等”或“主要包括”。
    ///
    /// ## 例外
    /// 有“等”“主要”“包括”“另有”的，只在超过总数时报告；“其中”只列了主要几项、与总数相差一成以上的，也不报告；“60余条”不核算；同一条信息在几种媒体上发布、分项之和大于总数的，不报告，除非只差百分之一以内。
    ///
    /// ## English
    /// The items of a list that is not left open do not add up to its total.
    TextListSum {
        code: "X007",
        name: "text-list-sum",
        title: "分项之和不等于总数",
        title_en: "The items of a list do not add up",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

/// Whether a number is compared with its cells: then the table adds up or is told not to, and the sentence with it.
fn compared(cx: &Context<'_>, claim: &Claim) -> bool {
    !readable(cx.report, claim).is_empty()
}

impl Check for TextListSum {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mut any = false;
        for (index, claim) in cx.report.claims.iter().enumerate() {
            let (Some(list), Some(whole)) = (&claim.list, claim.exact()) else { continue };
            let items: Vec<Decimal> =
                list.items.iter().filter_map(|i| cx.report.claims[*i].exact()).collect();
            // What is bound to cells is compared with them, item by item.
            let by_cells = list.items.iter().all(|i| !cx.report.claims[*i].sums().is_empty())
                && !claim.sums().is_empty();
            if items.len() != list.items.len()
                || by_cells && cx.report.table("applications").is_some() && list.is_open
                || by_cells
                    && compared(cx, claim)
                    && list.items.iter().all(|i| compared(cx, &cx.report.claims[*i]))
            {
                continue;
            }
            any = true;
            cx.reach(index);
            list.items.iter().for_each(|i| cx.reach(*i));
            let sum: Decimal = items.iter().sum();
            let over = sum - whole;
            let is_wrong = if list.is_media && over > Decimal::ZERO {
                // Published on several media a piece counts several times; a sum that is just off is a slip.
                over * Decimal::ONE_HUNDRED < whole && items.iter().all(|i| over < *i)
            } else if list.is_open {
                over > Decimal::ZERO && !list.is_media
            } else {
                !over.is_zero()
            };
            if !is_wrong {
                continue;
            }
            let words = quoted(cx.report, claim);
            let added = items.iter().map(|n| number(*n)).collect::<Vec<_>>().join(" + ");
            let (sum, whole) = (number(sum), number(whole));
            let finding = out
                .start(
                    cx,
                    say!(
                        "“{words}”，分项之和却是 {added} = {sum}，不是 {whole}",
                        "\"{words}\", but its items add up to {added} = {sum}, not {whole}"
                    ),
                )
                .help(say!(
                    "逐项核对；只列一部分的，写明“等”“主要包括”",
                    "check every item; where only some are named, say so"
                ));
            out.push(about(cx, finding, claim, Vec::new()));
        }
        if any {
            return Ok(());
        }
        Err(NotAssessable(say!("正文没有列全分项的总数", "the text has no list with a total")))
    }
}
