use crate::prelude::*;

declare_rule! {
    /// 2021 年起的报告，没有一处说明信息处理费收取情况。
    ///
    /// ## 为什么
    /// 《政府信息公开信息处理费管理办法》自 2021 年起施行，年度报告通常在第六部分写明收取总金额，没有收取的也写一句。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 六、其他需要报告的事项
    /// 无其他需要报告的事项。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 六、其他需要报告的事项
    /// 本年度没有产生信息处理费。
    /// ```
    /// ```report,good
    /// （二）依申请公开
    /// 依法办理政府信息公开申请，未收取信息处理费。
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    /// ```report,good
    /// 年份：2020
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 在第六部分写明“本年度收取信息处理费几元”或“未收取信息处理费”。
    ///
    /// ## 例外
    /// 写在别的部分也可以；2020 年及以前的报告不需要。
    ///
    /// ## English
    /// From 2021 on a report says, usually in section six, what information processing fees were collected.
    InfoFeeStatementMissing {
        code: "X018",
        name: "info-fee-statement-missing",
        title: "没有说明信息处理费收取情况",
        title_en: "Nothing is said of information processing fees",
        severity: Warning,
        class: Incomplete,
        years: (2021, u16::MAX),
        sources: [],
        since: "0.1.0",
    }
}

impl Check for InfoFeeStatementMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        cx.year()?;
        if cx.report.year_in_doubt() {
            return Err(NotAssessable(say!("报告年份前后不一", "the report states two years")));
        }
        let says = cx.report.prose().any(|(_, l)| {
            let text = &l.text.value;
            text.contains("信息处理费")
                || (text.contains("处理费") && text.contains("收"))
                || (text.contains("费用")
                    && (text.contains("收取") || text.contains("收费"))
                    && text.contains("申请"))
        });
        let Some(section) = cx.report.section(6) else {
            return Err(NotAssessable(say!("没有第六部分", "there is no section six")));
        };
        if says {
            return Ok(());
        }
        let heading = &cx.report.lines[section.heading].text.value;
        let finding = out
            .start(
                cx,
                say!("全文没有说明信息处理费收取情况", "nothing is said of information processing fees"),
            )
            .help(say!(
                "在第六部分写明收取信息处理费的总金额，没有收取的写“未收取信息处理费”",
                "say in section six what was collected, or that nothing was"
            ))
            .quote(cx.report, section.heading, 0..heading.len());
        out.push(finding);
        Ok(())
    }
}
