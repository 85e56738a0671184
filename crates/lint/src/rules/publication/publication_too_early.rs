use super::publication_late::{about, named, publication};
use crate::prelude::*;

declare_rule! {
    /// 报告年度还没有结束就公布了。
    ///
    /// ## 为什么
    /// 年度报告的数据统计到12月31日。在此之前公布，数据不会完整；也可能是年份或者日期写错。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 页面：发布时间：2023年12月8日
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// 页面：发布时间：2023年12月31日
    /// ```
    ///
    /// ## 怎么改
    /// 核对报告年度和日期；确实提前公布的，用全年数据重新公布。
    ///
    /// ## English
    /// The report was published before its year was over.
    PublicationTooEarly {
        code: "D021",
        name: "publication-too-early",
        title: "年度未结束就公布",
        title_en: "Published before the year was over",
        severity: Warning,
        class: Inaccurate,
        sources: [("tiaoli", "art49")],
        since: "0.1.0",
    }
}

impl Check for PublicationTooEarly {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let publication = publication(cx)?;
        let year = cx.year()?;
        if publication.day >= (year, 12, 31) {
            return Ok(());
        }
        let name = named(publication);
        let (zh, en) = (&name.zh, &name.en);
        let finding = out
            .start(
                cx,
                say!(
                    "{zh}早于{year}年年底，全年的数据还没有",
                    "{en} is before the end of {year}; the data cannot be complete"
                ),
            )
            .help(say!(
                "核对报告年度和日期；提前公布的，用全年数据重新公布",
                "check year and date; publish again with the data of the whole year"
            ));
        out.push(about(publication, finding));
        Ok(())
    }
}
