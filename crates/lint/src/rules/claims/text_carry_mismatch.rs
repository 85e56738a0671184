use crate::claims::tell_all;
use crate::prelude::*;

declare_rule! {
    /// 正文说的上年结转、结转下年度的申请数，与表三不同。
    ///
    /// ## 为什么
    /// 结转数把两年的报告连在一起，下一年要照它填“上年结转”。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （二）依申请公开
    /// 新收申请11件，上年结转1件，结转下年度继续办理3件。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （二）依申请公开
    /// 新收申请11件，上年结转1件，结转下年度继续办理2件。上年结转提案5件，已办结。
    /// ```
    /// ```report,good
    /// （五）监督保障
    /// 加强监督检查，上年结转资金3万元，结转下年度的行政复议案件4件由法制机构办理。
    /// ```
    ///
    /// ## 怎么改
    /// 对照登记台账，改正写错的一处；表三的结转数还要与上年、下年的报告相接。
    ///
    /// ## 例外
    /// 提案、复议案件、资金的结转不是申请的结转。
    ///
    /// ## English
    /// Requests carried in or over in the text differ from table 3.
    TextCarryMismatch {
        code: "X003",
        name: "text-carry-mismatch",
        title: "正文结转数与表三不符",
        title_en: "Requests carried over in the text differ from table 3",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextCarryMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        tell_all(
            cx,
            out,
            &["requests.carried_in", "requests.carried_out", "requests.carried_out_none"],
            |_, finding| Some(finding),
        )
    }
}
