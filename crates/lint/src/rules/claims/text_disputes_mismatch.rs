use nianbao_schema::claim::Phrases;

use crate::claims::tell_all;
use crate::prelude::*;

declare_rule! {
    /// 正文说的行政复议、行政诉讼件数，与表四不同。行政诉讼是“未经复议直接起诉”与“复议后起诉”两组之和。
    ///
    /// ## 为什么
    /// 表四就是这些案件的统计，正文引用时应当是同一个数。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （二）依申请公开
    /// 因政府信息公开被申请行政复议3件，提起行政诉讼0件。
    /// ```
    /// ```report,bad
    /// （五）监督保障
    /// 加强监督检查，全年未发生因政府信息公开引发的行政复议、行政诉讼案件。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （二）依申请公开
    /// 因政府信息公开被申请行政复议1件，未发生因政府信息公开引发的行政诉讼案件。
    /// ```
    /// ```report,good
    /// （五）监督保障
    /// 加强监督检查，作为复议机关办理行政复议案件20件，代理行政应诉案件6件。
    /// ```
    ///
    /// ## 怎么改
    /// 核对案件台账，改正写错的一处。共同应诉的，只由原行为机关统计。
    ///
    /// ## 例外
    /// 作为复议机关办理的案件、与信息公开无关的案件不与表四比较。诉讼数正好是两组之一的，是警告。
    ///
    /// ## English
    /// Cases in the text differ from table 4. Litigation is the sum of its two groups.
    TextDisputesMismatch {
        code: "X008",
        name: "text-disputes-mismatch",
        title: "正文复议、诉讼数与表四不符",
        title_en: "Reconsideration or litigation in the text differs from table 4",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextDisputesMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let quantities: Vec<&str> = Phrases::get()
            .quantities
            .iter()
            .map(|q| q.id.as_str())
            .filter(|id| id.starts_with("disputes.") && *id != "disputes.pending")
            .collect();
        tell_all(cx, out, &quantities, |mismatch, finding| {
            let one_group = mismatch.claim.quantity_id() == "disputes.litigation"
                && !mismatch.said.is_zero()
                && mismatch
                    .sums
                    .iter()
                    .any(|(sum, _)| sum.iter().any(|c| cx.report.number(*c) == Some(mismatch.said)));
            Some(if one_group { finding.severity(Severity::Warning) } else { finding })
        })
    }
}
