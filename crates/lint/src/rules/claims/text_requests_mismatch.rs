use nianbao_schema::CellId;
use rust_decimal::Decimal;

use crate::claims::tell_all;
use crate::prelude::*;

declare_rule! {
    /// 正文说收到的申请数，既不是表三的“本年新收”，也不是新收与上年结转之和。
    ///
    /// ## 为什么
    /// 同一份报告里两处数字不同，读者不知道该信哪一个。“收到”可以只指新收，也可以把上年结转算在内，两种都对；两种都不是，就错了。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （二）依申请公开
    /// 全年收到政府信息公开申请14件。
    /// ```
    /// ```report,bad
    /// 机关：青禾县石桥镇人民政府
    /// （二）依申请公开
    /// 全年新收申请10件，上年结转1件。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （二）依申请公开
    /// 全年收到政府信息公开申请12件（含上年结转1件）。
    /// ```
    /// ```report,good
    /// （二）依申请公开
    /// 全年收到政府信息公开申请11件，其中一季度收到申请3件，网上收到申请4件。
    /// ```
    /// ```report,good
    /// （二）依申请公开
    /// 全县共收到政府信息公开申请62件，收到行政许可申请30件，办理热线工单40件。
    /// ```
    ///
    /// ## 怎么改
    /// 对照登记台账，改正写错的一处。只说一部分的，写明是哪一部分（网上、一季度）。
    ///
    /// ## 例外
    /// 全县、各部门、线上、某一季度、其他年份的数，以及“近百件”“20余件”不与表格比较。
    ///
    /// ## English
    /// The number of requests received in the text is neither row I of table 3 nor rows I and II together.
    TextRequestsMismatch {
        code: "X001",
        name: "text-requests-mismatch",
        title: "正文收到的申请数与表三不符",
        title_en: "Requests received in the text differ from table 3",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextRequestsMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let received = [
            "requests.received",
            "requests.received_here",
            "requests.new",
            "requests.new_here",
            "requests.zero",
            "requests.natural",
            "requests.organisations",
        ];
        tell_all(cx, out, &received, |mismatch, finding| {
            // Nothing in one place and something in the other is another rule's.
            let none = |n: &Decimal| n.is_zero();
            let all_none = mismatch.sums.iter().all(|(_, n)| none(n));
            if none(&mismatch.said) != all_none && (none(&mismatch.said) || all_none) {
                return None;
            }
            // 新收 where both together are meant is loosely said.
            let total = |row: &str| cx.report.number(CellId::parse(&format!("applications.{row}.total"))?);
            let both = total("received").zip(total("carried_in")).map(|(a, b)| a + b);
            let loose = both == Some(mismatch.said)
                || mismatch.claim.quantity_id().ends_with("natural")
                || mismatch.claim.quantity_id().ends_with("organisations");
            Some(if loose { finding.severity(Severity::Warning) } else { finding })
        })
    }
}
