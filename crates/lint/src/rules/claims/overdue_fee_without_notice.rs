use nianbao_schema::CellId;

use crate::claims::{about, quoted};
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 表三“申请人逾期未按收费通知要求缴纳费用”不为 0，正文却说没有信息处理费，也没有提收费通知。
    ///
    /// ## 为什么
    /// 发过收费通知而申请人没有缴费，才填这一行。通知了没有收到钱是可能的，最好说一句。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 自然人 1 | 总计 1 |
    /// | （七）总计 | 自然人 9 | 总计 11 |
    /// | 四、结转下年度继续办理 | 自然人 1 | 总计 1 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 六、其他需要报告的事项
    /// 发出收费通知1份，申请人逾期未缴费，全年未收取信息处理费。
    /// | 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 自然人 1 | 总计 1 |
    /// | （七）总计 | 自然人 9 | 总计 11 |
    /// | 四、结转下年度继续办理 | 自然人 1 | 总计 1 |
    /// ```
    ///
    /// ## 怎么改
    /// 核对是否填错行；确有其事的，在第六部分说明发出收费通知的情况。
    ///
    /// ## 例外
    /// 通知后没有缴费、实收为零，是合法的，所以只是提示。
    ///
    /// ## English
    /// Table 3 has requests ended because a fee was not paid, and the text says that there were no fees and mentions no notice.
    OverdueFeeWithoutNotice {
        code: "X020",
        name: "overdue-fee-without-notice",
        title: "有逾期未缴费的申请，正文没有说发过收费通知",
        title_en: "Requests ended for unpaid fees, and no fee notice is mentioned",
        severity: Info,
        class: Inaccurate,
        years: (2021, u16::MAX),
        sources: [("gbgkbh-2021-30", "table3")],
        since: "0.1.0",
    }
}

impl Check for OverdueFeeWithoutNotice {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let cell = CellId::parse("applications.other.unpaid.total")
            .and_then(|c| cx.report.number(c).map(|n| (c, n)));
        let Some((cell, unpaid)) = cell else {
            return Err(NotAssessable(say!("没有读到表三这一行", "that row of table 3 was not read")));
        };
        let none = cx
            .report
            .claims
            .iter()
            .enumerate()
            .find(|(_, c)| c.quantity_id() == "fees.none" && c.scope.is_none());
        let Some((index, claim)) = none else { return Ok(()) };
        cx.reach(index);
        let noticed = cx
            .report
            .prose()
            .any(|(_, l)| ["收费通知", "缴费通知", "未缴"].iter().any(|w| l.text.value.contains(w)));
        if unpaid.is_zero() || noticed {
            return Ok(());
        }
        let (words, unpaid) = (quoted(cx.report, claim), number(unpaid));
        let finding = out
            .start(
                cx,
                say!(
                    "正文“{words}”，表三“逾期未按收费通知要求缴纳费用”有 {unpaid} 件，没有说明收费通知",
                    "the text says \"{words}\", but {unpaid} requests in table 3 ended for unpaid fees"
                ),
            )
            .help(say!(
                "核对是否填错行；确有其事的，说明发出收费通知的情况",
                "check the row, or say that notices were sent"
            ));
        out.push(about(cx, finding, claim, vec![cell]));
        Ok(())
    }
}
