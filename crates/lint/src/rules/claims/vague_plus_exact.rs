use nianbao_schema::claim::{Amount, Digits};
use rust_decimal::Decimal;

use crate::claims::words;
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// “68余条”：数字精确到个位，又加上“余”“多”。
    ///
    /// ## 为什么
    /// 知道是 68 就写 68；不知道才说 60 余。两样并用，不像核对过的数。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （一）主动公开
    /// 公开工作动态68余条。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （一）主动公开
    /// 公开工作动态260余条，推送图文1.2万余次，回应68条，惠及余家村128户。
    /// ```
    ///
    /// ## 怎么改
    /// 写准确的数，去掉“余”“多”。
    ///
    /// ## 例外
    /// 整十、整百的数和“万”可以加“余”。
    ///
    /// ## English
    /// A number exact to its last digit is followed by 余 or 多.
    VaguePlusExact {
        code: "X024",
        name: "vague-plus-exact",
        title: "精确数后面又加“余”",
        title_en: "An exact number is made vague",
        severity: Info,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

impl Check for VaguePlusExact {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for (index, claim) in cx.report.claims.iter().enumerate() {
            let (Amount::Exact(n), Some("余" | "多")) = (claim.amount, claim.hedge.as_deref()) else {
                continue;
            };
            cx.reach(index);
            let words = words(cx.report, claim, &claim.range);
            let scaled = words.contains(['万', '亿', '千', '百']) || claim.digits == Digits::Han;
            if scaled || n.scale() > 0 || (n % Decimal::TEN).is_zero() {
                continue;
            }
            let exact = number(n);
            let unit = &claim.unit;
            let finding = out
                .start(
                    cx,
                    say!("“{words}”已经精确到个位，又加“余”或“多”", "\"{words}\" is exact and vague at once"),
                )
                .help(say!("写“{exact}{unit}”", "write \"{exact}{unit}\""))
                .quote(cx.report, claim.line, claim.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
