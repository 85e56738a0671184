use std::ops::Range;

use nianbao_schema::title::year_in;

use crate::finding::Finding;
use crate::prelude::*;

declare_rule! {
    /// 标题没有写年份。
    ///
    /// ## 为什么
    /// 年度报告按年度公布。标题没有年份，读者分不清是哪一年的报告，本工具也只能从正文推断年度。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 标题：青禾县水务局政府信息公开工作年度报告
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 标题：青禾县水务局 2023 年政府信息公开工作年度报告
    /// ```
    ///
    /// ## 怎么改
    /// 在机关名称后写上年份，如“2023年”。
    ///
    /// ## 例外
    /// 写了年份数字、只是没有“年”字的，由 title-form 提示。
    ///
    /// ## English
    /// The title states no year.
    TitleYearMissing {
        code: "D006",
        name: "title-year-missing",
        title: "标题缺年份",
        title_en: "The title states no year",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

/// Why rules on titles may have nothing to say.
pub(super) fn no_title() -> NotAssessable {
    NotAssessable(say!("没有找到标题", "no title was found"))
}

/// A finding about words of the title, showing it.
pub(super) fn about_title(cx: &Context<'_>, mut finding: Finding, mark: Range<usize>) -> Finding {
    let Some(title) = &cx.report.title else { return finding };
    finding.place.location = Some(title.location);
    finding.evidence(Evidence::Quote {
        text: title.text.clone(),
        marks: vec![mark],
        location: title.location,
    })
}

impl Check for TitleYearMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let title = cx.report.title.as_ref().ok_or_else(no_title)?;
        let written =
            year_in(&title.text).is_some() || title.text.contains("20") || title.text.contains("２０");
        // 二〇二三年, 二零二三年
        let in_words =
            title.text.contains("二〇") || title.text.contains("二零") || title.text.contains("二○");
        if written || in_words {
            return Ok(());
        }
        let advice = match cx.report.year {
            Some(year) => say!("在标题中写上“{year}年”", "write {year}年 in the title"),
            None => say!("在标题中写上报告年度", "write the report year in the title"),
        };
        let finding = out
            .start(
                cx,
                say!(
                    "标题没有写年份，看不出是哪一年的报告",
                    "the title does not say of which year the report is"
                ),
            )
            .help(advice)
            .key("title");
        out.push(about_title(cx, finding, 0..title.text.len()));
        Ok(())
    }
}
