use nianbao_schema::report::YearSource;

use crate::prelude::*;

declare_rule! {
    /// 标题、统计期限和正文写的年份不一致。
    ///
    /// ## 为什么
    /// 报告在上一年的文件上改写，常有一处忘了改年份。年份不定，数据属于哪一年、该用哪版格式都说不清。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 标题：青禾县水务局2022年政府信息公开工作年度报告
    /// 年份：2023
    /// ```
    ///
    /// ## 正确示例
    /// 与上一年比较、引用往年文件，都不影响判断：
    /// ```report,good
    /// 年份：2023
    /// 五、存在的主要问题及改进情况
    /// 2022年反映的更新不及时问题已经整改。2023年仍有个别栏目维护不够。下一步，将按月检查。
    /// ```
    ///
    /// ## 怎么改
    /// 核对报告年度，把写错的一处改过来。其余规则在年份改定之前可能不准。
    ///
    /// ## English
    /// Title, period and prose state different report years.
    ReportYearMismatch {
        code: "D004",
        name: "report-year-mismatch",
        title: "报告年份前后不一",
        title_en: "The report states different years as its own",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for ReportYearMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        if cx.report.year_evidence.is_empty() {
            return Err(NotAssessable(say!("看不出报告年份", "the report year is not known")));
        }
        if !cx.report.year_in_doubt() {
            return Ok(());
        }
        let mut zh = Vec::new();
        let mut en = Vec::new();
        for evidence in &cx.report.year_evidence {
            let (year, times) = (evidence.year, evidence.times);
            let (place, place_en) = match evidence.source {
                YearSource::Title => ("标题是".to_owned(), "the title says".to_owned()),
                YearSource::Period => ("统计期限是".to_owned(), "the period is".to_owned()),
                YearSource::Prose => {
                    (format!("正文有{times}段以此开头："), format!("{times} paragraphs begin with"))
                }
            };
            zh.push(format!("{place}{year}年"));
            en.push(format!("{place_en} {year}"));
        }
        let (zh, en) = (zh.join("，"), en.join(", "));
        let mut finding = out
            .start(cx, say!("报告年份前后不一：{zh}", "the report year is not consistent: {en}"))
            .help(say!("核对报告年度，改正写错的一处", "find out the right year and correct the other place"))
            .key("year");
        if let Some(title) = &cx.report.title {
            finding.place.location = Some(title.location);
            finding = finding.evidence(Evidence::Quote {
                text: title.text.clone(),
                marks: title.year.iter().cloned().collect(),
                location: title.location,
            });
        }
        for (line, range) in cx.report.year_evidence.iter().filter_map(|e| e.at.clone()) {
            finding = finding.quote(cx.report, line, range);
        }
        out.push(finding);
        Ok(())
    }
}
