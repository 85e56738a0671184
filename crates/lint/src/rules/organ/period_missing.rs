use crate::prelude::*;

declare_rule! {
    /// 全文没有写数据的统计期限。
    ///
    /// ## 为什么
    /// 读者要知道数据截到哪一天。统一格式没有要求写，但大多数报告都写。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 本年度报告由办公室编制。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// 本报告数据统计期限为2023年1月1日至2023年12月31日。
    /// ```
    ///
    /// ## 怎么改
    /// 在开头写明：数据统计期限为某年1月1日至12月31日。
    ///
    /// ## 例外
    /// 没有规定要求，默认不检查。
    ///
    /// ## English
    /// The report does not say which period its numbers are of.
    PeriodMissing {
        code: "D010",
        name: "period-missing",
        title: "没有写统计期限",
        title_en: "No period is stated",
        severity: Info,
        class: Inaccurate,
        off: true,
        sources: [],
        since: "0.1.0",
    }
}

impl Check for PeriodMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        if cx.report.period.is_some() {
            return Ok(());
        }
        let finding =
            out.start(cx, say!("全文没有写数据的统计期限", "the report states no period")).help(say!(
                "在开头写明“数据统计期限为某年1月1日至12月31日”",
                "say in the preface that the numbers are of 1 January to 31 December"
            ));
        let first = cx.prose().first().map(|l| (l.index, l.text.len()));
        let finding = match first {
            Some((index, length)) => finding.quote(cx.report, index, 0..length),
            None => finding,
        };
        out.push(finding);
        Ok(())
    }
}
