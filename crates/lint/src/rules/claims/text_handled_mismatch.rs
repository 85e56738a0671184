use nianbao_schema::CellId;
use rust_decimal::Decimal;

use crate::claims::{about, quoted, tell_all};
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 正文说办结（答复）的申请数，与表三“（七）总计”不同；或者说全部办结，而表三还有结转下年度的。
    ///
    /// ## 为什么
    /// “（七）总计”就是本年办理结果的合计。两处不同，读者无法知道办了多少。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （二）依申请公开
    /// 全年收到政府信息公开申请11件，办结9件。
    /// ```
    /// ```report,bad
    /// （二）依申请公开
    /// 全年收到政府信息公开申请11件，均已办结。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （二）依申请公开
    /// 全年收到政府信息公开申请11件，办结10件，其中按期办结9件。
    /// ```
    /// ```report,good
    /// （二）依申请公开
    /// 受理热线工单80件，办结78件。收到政府信息公开申请11件，答复网民留言30条。
    /// ```
    ///
    /// ## 怎么改
    /// 对照登记台账，改正写错的一处。办结数不含撤回的，写明“另有申请人撤回几件”。
    ///
    /// ## 例外
    /// 正文的数比总计少的，正好是（六）其他处理或其中“3.其他”的数，可能没有把撤回的算在内，只是警告；全部办结而有结转的，也是警告。
    ///
    /// ## English
    /// The number of requests handled in the text differs from row III(7) of table 3, or all are said to be handled while some were carried over.
    TextHandledMismatch {
        code: "X004",
        name: "text-handled-mismatch",
        title: "正文办结的申请数与表三不符",
        title_en: "Requests handled in the text differ from table 3",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextHandledMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let total = |rows: &[&str]| -> Decimal {
            rows.iter()
                .filter_map(|r| cx.report.number(CellId::parse(&format!("applications.{r}.total"))?))
                .sum()
        };
        let other = total(&["other.misc", "other.uncorrected", "other.unpaid", "other"]);
        let withdrawn = total(&["other.misc", "other"]);
        let outcome =
            tell_all(cx, out, &["requests.handled", "requests.handled_here"], |mismatch, finding| {
                let short = mismatch.sums.first().map(|(_, n)| *n - mismatch.said).unwrap_or_default();
                let left_out = !short.is_zero() && (short == other || short == withdrawn);
                Some(if left_out { finding.severity(Severity::Warning) } else { finding })
            });
        let open = CellId::parse("applications.carried_out.total");
        let left = open.and_then(|c| cx.report.number(c)).filter(|n| !n.is_zero());
        let mut compared = outcome.is_ok();
        for (index, claim) in cx
            .report
            .claims
            .iter()
            .enumerate()
            .filter(|(_, c)| c.quantity_id() == "requests.all_handled" && c.scope.is_none())
        {
            compared = true;
            cx.reach(index);
            let (Some(left), Some(cell)) = (left, open) else { continue };
            let (words, left) = (quoted(cx.report, claim), number(left));
            let finding = out
                .start(
                    cx,
                    say!(
                        "正文“{words}”，表三“四、结转下年度继续办理 × 总计”却是 {left}",
                        "the text says \"{words}\", but table 3 carries {left} requests over to next year"
                    ),
                )
                .severity(Severity::Warning)
                .help(say!(
                    "还有没办完的，写“办结几件，结转下年度几件”",
                    "say how many were handled and how many were carried over"
                ));
            out.push(about(cx, finding, claim, vec![cell]));
        }
        if compared { Ok(()) } else { outcome }
    }
}
