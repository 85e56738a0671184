use nianbao_schema::form::Form;
use nianbao_schema::report::EditionBasis;

use crate::prelude::*;

declare_rule! {
    /// 表格用的不是该年度的格式版本。
    ///
    /// ## 为什么
    /// 2019、2020年度用试行格式；2021年度起用国办公开办函〔2021〕30号的格式，试行格式不再使用。用错版本，
    /// 规定要填的项目就没有地方填。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2022
    /// 格式：2019
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2020
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 换用该年度的表格并重新填数。两版的列不是一一对应的，不能只改列标题。
    ///
    /// ## 例外
    /// 个别标签混用另一版的，报告 mixed-format-labels；补发的旧年度报告用了新格式，只是警告。
    ///
    /// ## English
    /// The tables follow the form of another period than that of the report year.
    WrongFormatForYear {
        code: "T004",
        name: "wrong-format-for-year",
        title: "格式版本与年度不符",
        title_en: "The form is not the one for the year",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for WrongFormatForYear {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let year = cx.year()?;
        if !matches!(cx.report.edition_basis, EditionBasis::Labels(_)) {
            return Err(NotAssessable(say!("表格中没有能区分版本的标签", "no label tells the edition")));
        }
        let Some(right) = Form::for_year(year) else {
            return Err(NotAssessable(say!("{year}年度没有统一格式", "there was no form for {year}")));
        };
        let used = cx.form();
        if used.edition == right.edition {
            return Ok(());
        }
        let seen = cx
            .report
            .labels
            .iter()
            .find(|l| used.markers.contains(&nianbao_text::label::normal(&l.official)));
        let (used_zh, used_en, right_zh, right_en) =
            (&used.name.zh, &used.name.en, &right.name.zh, &right.name.en);
        let number = right.source.resolve().map_or(String::new(), |(s, _)| s.short_name());
        let severity = if right.first_year > used.first_year { Severity::Error } else { Severity::Warning };
        let mut finding = out
            .start(
                cx,
                say!(
                    "{year}年度报告应使用{right_zh}（{number}），表格用的是{used_zh}",
                    "a report for {year} must use the {right_en} ({number}); the tables follow the {used_en}"
                ),
            )
            .severity(severity)
            .source(right.source)
            .key("edition");
        finding = finding.help(if cx.report.year_in_doubt() {
            say!(
                "先核对标题的年份；年份确为{year}的，换用{right_zh}的表格并重新填数",
                "check the year of the title first; if it is {year}, use the tables of the {right_en}"
            )
        } else {
            say!(
                "换用{right_zh}的表格并重新填数，不要只改列标题",
                "use the tables of the {right_en} and fill them in anew"
            )
        });
        if let Some(label) = seen {
            finding = crate::support::about_label(cx, finding, label).key("edition");
        }
        out.push(finding);
        Ok(())
    }
}
