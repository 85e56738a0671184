use nianbao_schema::CellId;
use rust_decimal::Decimal;

use crate::claims::{about, quoted};
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 正文说收取的信息处理费，比表二“行政事业性收费”的全部金额还多。
    ///
    /// ## 为什么
    /// 信息处理费是行政事业性收费的一种，部分不能大于全部。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 六、其他需要报告的事项
    /// 2023年收取信息处理费400元。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 六、其他需要报告的事项
    /// 2023年收取信息处理费400元。
    /// | 行政事业性收费 | 本年收费金额（单位：万元） 0.04 |
    /// ```
    /// ```report,good
    /// 六、其他需要报告的事项
    /// 2023年未收取信息处理费。
    /// | 行政事业性收费 | 本年收费金额（单位：万元） 251.3 |
    /// ```
    ///
    /// ## 怎么改
    /// 核对收费台账；注意表二的单位是万元，400 元是 0.04 万元。
    ///
    /// ## 例外
    /// 万元保留两位小数造成的差额不算。收费金额不为零而没有信息处理费，完全正常，从不报告。
    ///
    /// ## English
    /// The information processing fee in the text exceeds all administrative fees in table 2.
    FeeSection6VsTable2 {
        code: "X017",
        name: "fee-section6-vs-table2",
        title: "信息处理费超过表二的收费金额",
        title_en: "Processing fees exceed the fees of table 2",
        severity: Warning,
        class: Inaccurate,
        years: (2021, u16::MAX),
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for FeeSection6VsTable2 {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let cell = CellId::parse("disclosure.fees.amount").filter(|c| cx.form().cell(*c).is_some());
        let table = cell.and_then(|c| cx.report.number(c).map(|n| (c, n)));
        let mut any = false;
        for (index, claim) in cx
            .report
            .claims
            .iter()
            .enumerate()
            .filter(|(_, c)| c.quantity_id() == "fees.processing" && c.scope.is_none())
        {
            let (Some((cell, all)), Some(said)) = (table, claim.exact()) else { continue };
            any = true;
            cx.reach(index);
            let yuan = match claim.unit.as_str() {
                "万元" => said * Decimal::from(10_000),
                "亿元" => said * Decimal::from(100_000_000),
                _ => said,
            };
            // A cell with two decimals is exact to 50 yuan.
            if yuan <= all * Decimal::from(10_000) + Decimal::from(50) {
                continue;
            }
            let (words, all, should) =
                (quoted(cx.report, claim), number(all), number(yuan / Decimal::from(10_000)));
            let finding = out
                .start(cx, say!("正文“{words}”即 {should} 万元，表二“行政事业性收费”却只有 {all} 万元", "the text says \"{words}\", which is {should} 万元, but all fees in table 2 are {all} 万元"))
                .help(say!("核对收费台账，注意元与万元", "check the register; mind the units"));
            out.push(about(cx, finding, claim, vec![cell]));
        }
        if any {
            return Ok(());
        }
        Err(NotAssessable(say!(
            "正文没有收取信息处理费的金额，或者没有读到表二",
            "the text gives no fee, or table 2 was not read"
        )))
    }
}
