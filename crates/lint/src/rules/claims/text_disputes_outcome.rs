use nianbao_schema::CellId;

use crate::claims::{about, quoted, value};
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 正文说“均维持”“均已审结”，表四却有纠正、其他结果或尚未审结的；或者说还有几件在审，表四没有那么多。
    ///
    /// ## 为什么
    /// 尚未审结的案件没有结果，不能算维持；被纠正的更不能一笔带过。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （二）依申请公开
    /// 因政府信息公开被申请行政复议2件，均维持。
    /// | 行政复议 | 结果维持 1 | 结果纠正 1 | 总计 2 |
    /// ```
    /// ```report,bad
    /// （二）依申请公开
    /// 因政府信息公开被申请行政复议2件，均已审结。
    /// | 行政复议 | 结果维持 1 | 尚未审结 1 | 总计 2 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （二）依申请公开
    /// 因政府信息公开被申请行政复议1件，均维持。
    /// ```
    /// ```report,good
    /// （五）监督保障
    /// 专栏均维持正常运行，承办的民事案件均已审结。
    /// ```
    ///
    /// ## 怎么改
    /// 按表四写明维持、纠正、其他结果和尚未审结各几件。
    ///
    /// ## 例外
    /// 只说复议的，不看诉讼；看不出说的是信息公开案件的，不检查。
    ///
    /// ## English
    /// The text says that all cases were upheld or closed, or that some are pending, and table 4 has it otherwise.
    TextDisputesOutcome {
        code: "X009",
        name: "text-disputes-outcome",
        title: "正文说的复议、诉讼结果与表四不符",
        title_en: "Outcomes in the text differ from table 4",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextDisputesOutcome {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mut any = false;
        for (index, claim) in cx.report.claims.iter().enumerate().filter(|(_, c)| c.scope.is_none()) {
            let column = match claim.quantity_id() {
                "disputes.all_upheld" => "upheld",
                "disputes.all_closed" | "disputes.pending" => "pending",
                _ => continue,
            };
            let text = &cx.report.lines[claim.line].text.value;
            let sentence = &text[nianbao_text::sentence::sentence_at(text, claim.range.start)];
            let about_all = ["复议", "诉讼"].map(|word| sentence.contains(word));
            let groups: Vec<&str> = match about_all {
                [true, true] => vec!["reconsideration", "litigation_direct", "litigation_after_review"],
                [true, false] => vec!["reconsideration"],
                [false, true] => vec!["litigation_direct", "litigation_after_review"],
                [false, false] => continue,
            };
            let cells = |column: &str| -> Vec<CellId> {
                groups.iter().filter_map(|g| CellId::parse(&format!("review.{g}.{column}"))).collect()
            };
            let (Some(seen), Some(total)) =
                (value(cx.report, &cells(column)), value(cx.report, &cells("total")))
            else {
                continue;
            };
            any = true;
            cx.reach(index);
            let is_right = match claim.quantity_id() {
                "disputes.all_upheld" => seen == total,
                "disputes.all_closed" => seen.is_zero(),
                _ => claim.exact().is_none_or(|n| n <= seen),
            };
            if is_right || total.is_zero() {
                continue;
            }
            let shown: Vec<CellId> =
                ["upheld", "corrected", "other", "pending"].iter().flat_map(|c| cells(c)).collect();
            let telling: Vec<CellId> =
                shown.into_iter().filter(|c| cx.report.number(*c).is_some_and(|n| !n.is_zero())).collect();
            let named = |zh: bool| -> Vec<String> {
                telling
                    .iter()
                    .filter_map(|c| Some((cx.form().cell(*c)?, cx.report.number(*c)?)))
                    .map(|(c, n)| {
                        let name = crate::support::cell_name(c);
                        format!("{} {}", if zh { name.zh } else { name.en }, number(n))
                    })
                    .collect()
            };
            let (zh, en) = (named(true).join("，"), named(false).join(", "));
            let words = quoted(cx.report, claim);
            let finding = out
                .start(cx, say!("正文“{words}”与表四不符：{zh}", "the text says \"{words}\", but: {en}"))
                .help(say!(
                    "写明维持、纠正、其他结果和尚未审结各几件",
                    "say how many were upheld, corrected, ended otherwise and are pending"
                ));
            out.push(about(cx, finding, claim, telling));
        }
        if any {
            return Ok(());
        }
        Err(NotAssessable(say!(
            "正文没有说案件的结果，或者没有读到表四",
            "the text says nothing of outcomes, or table 4 was not read"
        )))
    }
}
