use crate::prelude::*;

declare_rule! {
    /// 报告年度在前，引用的格式通知在后。
    ///
    /// ## 为什么
    /// 国办公开办函〔2021〕30号印发于2021年9月，不可能是2020年度及以前报告的编制依据。多半是年份写错，或者套用了后来的报告。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2020
    /// 本报告按照国办公开办函〔2021〕30号文件要求编制。
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2021
    /// 本报告按照国办公开办函〔2021〕30号文件要求编制。
    /// ```
    /// 事后补录的报告说明自己是补录：
    /// ```report,good
    /// 年份：2020
    /// 本报告于2022年补录，按照国办公开办函〔2021〕30号文件要求重新整理。
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 核对报告年度；2019、2020年度的依据是国办公开办函〔2019〕60号。
    ///
    /// ## 例外
    /// 写明“补录”“补发”“重新整理”的不报告。
    ///
    /// ## English
    /// A report for 2020 or before cites the notice of 2021.
    BasisTooNew {
        code: "L005",
        name: "basis-too-new",
        title: "编制依据晚于报告年度",
        title_en: "The cited notice is later than the report year",
        severity: Warning,
        class: Inaccurate,
        years: (2008, 2020),
        sources: [("gbgkbh-2019-60", "form"), ("tiaoli", "art50")],
        since: "0.1.0",
    }
}

impl Check for BasisTooNew {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let year = cx.year()?;
        if cx.report.year_in_doubt() {
            return Err(NotAssessable(say!("报告年份前后不一", "the report year is not consistent")));
        }
        for number in &cx.citations().numbers {
            let Some(document) = number.document.filter(|d| d.first_year > year) else { continue };
            let line = &cx.prose()[number.at];
            let words = line.sentence_words(number.range.start);
            if ["补录", "补发", "补充发布", "重新整理", "重新发布"].iter().any(|w| words.contains(w))
            {
                continue;
            }
            let (name, first) = (document.short_name(), document.first_year);
            let finding = out
                .start(
                    cx,
                    say!(
                        "{name}从{first}年度起适用，不会是{year}年度报告的依据",
                        "{name} applies from report year {first}; it cannot be the basis of a report for {year}"
                    ),
                )
                .help(say!(
                    "核对报告年度；年度无误的，改引当年的通知",
                    "check the report year; if it is right, cite the notice of that year"
                ))
                .quote(cx.report, line.index, number.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
