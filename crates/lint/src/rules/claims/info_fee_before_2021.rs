use crate::claims::{about, quoted};
use crate::prelude::*;

declare_rule! {
    /// 2020 年及以前的报告说收取了信息处理费。
    ///
    /// ## 为什么
    /// 《政府信息公开信息处理费管理办法》自 2021 年 1 月 1 日起施行，以前没有这项收费。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2020
    /// 六、其他需要报告的事项
    /// 2020年收取信息处理费400元。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2020
    /// 六、其他需要报告的事项
    /// 组织学习《政府信息公开信息处理费管理办法》，未收取信息处理费。
    /// ```
    ///
    /// ## 怎么改
    /// 核对收费依据和年份。
    ///
    /// ## 例外
    /// 只提到这个办法、说没有收取的，不报告。
    ///
    /// ## English
    /// A report for 2020 or earlier says that information processing fees were collected; the rules are in force from 2021.
    InfoFeeBefore2021 {
        code: "X019",
        name: "info-fee-before-2021",
        title: "2021年以前就收取了信息处理费",
        title_en: "Processing fees are said to be collected before 2021",
        severity: Warning,
        class: Inaccurate,
        years: (2019, 2020),
        sources: [],
        since: "0.1.0",
    }
}

impl Check for InfoFeeBefore2021 {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let claims = cx.report.claims.iter().enumerate();
        for (index, claim) in
            claims.filter(|(_, c)| c.quantity_id() == "fees.processing" && c.scope.is_none())
        {
            cx.reach(index);
            if claim.exact().is_none_or(|n| n.is_zero()) {
                continue;
            }
            let words = quoted(cx.report, claim);
            let finding = out
                .start(
                    cx,
                    say!(
                        "“{words}”：信息处理费2021年才开始收取",
                        "\"{words}\": there was no such fee before 2021"
                    ),
                )
                .help(say!("核对收费依据和年份", "check the basis and the year"));
            out.push(about(cx, finding, claim, Vec::new()));
        }
        Ok(())
    }
}
