use nianbao_schema::CellId;
use nianbao_schema::claim::Phrases;

use crate::claims::tell_all;
use crate::prelude::*;

declare_rule! {
    /// 正文说的予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数，与表三不同。
    ///
    /// ## 为什么
    /// 每一种结果表三都有一行或一组行，正文引用时应当就是那个数。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （二）依申请公开
    /// 办结政府信息公开申请10件，其中予以公开7件。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （二）依申请公开
    /// 办结政府信息公开申请10件，其中予以公开8件，因本机关不掌握等原因无法提供2件。
    /// ```
    /// ```report,good
    /// （二）依申请公开
    /// 办结政府信息公开申请10件，其中予以公开和部分公开8件。主动公开文件60件，对不予公开的文件3件逐一登记备案。
    /// ```
    ///
    /// ## 怎么改
    /// 对照登记台账，改正写错的一处。只说其中一种理由的，把理由写全，如“本机关不掌握相关政府信息几件”。
    ///
    /// ## 例外
    /// 正文的数正好是那一组里某一行的数，或者正好是予以公开与部分公开之和的，可能只是说法不全，是警告。
    ///
    /// ## English
    /// A result in the text differs from its row or group of rows in table 3.
    TextResultMismatch {
        code: "X005",
        name: "text-result-mismatch",
        title: "正文办理结果数与表三不符",
        title_en: "Results in the text differ from table 3",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextResultMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let quantities: Vec<&str> = Phrases::get()
            .quantities
            .iter()
            .map(|q| q.id.as_str())
            .filter(|id| id.starts_with("results."))
            .collect();
        let total =
            |row: &str| CellId::parse(&format!("applications.{row}.total")).and_then(|c| cx.report.number(c));
        tell_all(cx, out, &quantities, |mismatch, finding| {
            let one_row = mismatch.sums.iter().any(|(sum, _)| {
                sum.len() > 1
                    && !mismatch.said.is_zero()
                    && sum.iter().any(|c| cx.report.number(*c) == Some(mismatch.said))
            });
            let disclosed = total("granted").zip(total("partial")).map(|(a, b)| a + b);
            let loose = mismatch.claim.quantity_id() == "results.granted" && disclosed == Some(mismatch.said);
            Some(if one_row || loose { finding.severity(Severity::Warning) } else { finding })
        })
    }
}
