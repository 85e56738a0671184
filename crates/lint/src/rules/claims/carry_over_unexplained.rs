use nianbao_schema::CellId;
use nianbao_schema::claim::Claim;
use rust_decimal::Decimal;

use crate::claims::{about, quoted};
use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 正文说收到几件、办结几件，办结少于收到，差数既没有写结转，表三也对不上。
    ///
    /// ## 为什么
    /// 没办完的申请应当结转下年度。不交代去向，像是漏办。
    ///
    /// ## 错误示例
    /// ```report,bad,also-T001
    /// （二）依申请公开
    /// 共收到政府信息公开申请19件，已办结18件。
    /// 删去：表三
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （二）依申请公开
    /// 共收到政府信息公开申请12件，已办结10件。
    /// ```
    /// ```report,good
    /// （二）依申请公开
    /// 共收到政府信息公开申请12件，已办结10件，结转下年度2件。
    /// ```
    ///
    /// ## 怎么改
    /// 写明“结转下年度继续办理几件”，或者撤回几件。
    ///
    /// ## 例外
    /// 写了结转或撤回的，表三“四、结转下年度”正好是差数的，不报告。
    ///
    /// ## English
    /// Fewer requests were handled than received, and neither the text nor table 3 says what became of the rest.
    CarryOverUnexplained {
        code: "X016",
        name: "carry-over-unexplained",
        title: "收到与办结之差没有交代",
        title_en: "The difference between received and handled is not explained",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for CarryOverUnexplained {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let named = |ids: &[&str]| -> Option<(usize, &Claim)> {
            let all = cx.report.claims.iter().enumerate();
            all.filter(|(_, c)| c.scope.is_none() && c.exact().is_some())
                .find(|(_, c)| ids.contains(&c.quantity_id()))
        };
        let received = named(&["requests.received", "requests.received_here", "requests.zero"]);
        let handled = named(&["requests.handled", "requests.handled_here"]);
        let (Some((_, received)), Some((at, handled))) = (received, handled) else {
            return Err(NotAssessable(say!(
                "正文没有同时说收到数和办结数",
                "the text does not give both numbers"
            )));
        };
        cx.reach(at);
        let left = received.exact().unwrap_or_default() - handled.exact().unwrap_or_default();
        let explained = named(&[
            "requests.carried_out",
            "requests.withdrawn",
            "requests.carried_in",
            "requests.new",
            "requests.new_here",
        ])
        .is_some();
        let cell = CellId::parse("applications.carried_out.total").filter(|c| cx.report.number(*c).is_some());
        // With a table both numbers are compared with it.
        let in_table = cell.is_some();
        if left <= Decimal::ZERO || explained || in_table {
            return Ok(());
        }
        let (a, b, left) = (quoted(cx.report, received), quoted(cx.report, handled), number(left));
        let finding = out
            .start(
                cx,
                say!(
                    "“{a}”，“{b}”，还有 {left} 件没有交代",
                    "\"{a}\", \"{b}\": what became of the other {left} is not said"
                ),
            )
            .help(say!("写明结转下年度或者撤回几件", "say how many were carried over or withdrawn"));
        out.push(about(cx, finding, handled, cell.into_iter().collect()));
        Ok(())
    }
}
