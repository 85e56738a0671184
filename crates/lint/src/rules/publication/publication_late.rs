use nianbao_schema::organ::Level;
use nianbao_schema::report::{Day, Publication, PublicationBasis};

use crate::finding::{Finding, Say};
use crate::prelude::*;

declare_rule! {
    /// 超过法定期限才公布。
    ///
    /// ## 为什么
    /// 条例第四十九条：县级以上人民政府部门在每年1月31日前公布上一年度报告；县级以上地方人民政府的年度报告在3月31日前公布。
    /// 不按时发布是统一格式的通知列明要追究责任的第一种情形。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：青禾县水务局
    /// 年份：2023
    /// 页面：发布日期：2024-03-05
    /// ```
    ///
    /// ## 正确示例
    /// 县人民政府的期限是3月31日：
    /// ```report,good
    /// 机关：青禾县人民政府
    /// 年份：2023
    /// 页面：发布日期：2024-03-31
    /// ```
    /// 看不到日期的，不作判断：
    /// ```report,good
    /// 机关：青禾县水务局
    /// 年份：2023
    /// ```
    ///
    /// ## 怎么改
    /// 核对实际公布的日期；确实晚于期限的，向主管部门说明。
    ///
    /// ## 例外
    /// 条例只规定了县级以上政府及其部门的期限。乡镇、街道、开发区和政府办公室超过1月31日只是警告；配置里写了本地期限的，按本地期限警告。
    /// 页面日期可能因网站迁移、更正后重发而改变，晚于下一年年底的只作警告。
    ///
    /// ## English
    /// The report was published after the day that the Regulation sets for organs of its kind.
    PublicationLate {
        code: "D020",
        name: "publication-late",
        title: "公布晚于法定期限",
        title_en: "Published after the statutory day",
        severity: Error,
        class: Late,
        sources: [("tiaoli", "art49")],
        since: "0.1.0",
    }
}

/// The day of publication; why nothing can be said without one.
pub(super) fn publication<'a>(cx: &Context<'a>) -> Result<&'a Publication, NotAssessable> {
    cx.report.publication.as_ref().ok_or_else(|| {
        NotAssessable(say!(
            "没有发布日期（可用 --published 给出）",
            "no day of publication is known (give it with --published)"
        ))
    })
}

/// The day with the name it deserves: what a page says of itself is 页面日期.
pub(super) fn named(publication: &Publication) -> Say {
    let (year, month, day) = publication.day;
    match publication.basis {
        PublicationBasis::Given => {
            say!("发布日期{year}年{month}月{day}日", "the day of publication, {year}-{month:02}-{day:02},")
        }
        PublicationBasis::Page { .. } => {
            say!("页面日期{year}年{month}月{day}日", "the page's date, {year}-{month:02}-{day:02},")
        }
    }
}

/// A finding about the day of publication, showing the words of the page.
pub(super) fn about(publication: &Publication, mut finding: Finding) -> Finding {
    if let PublicationBasis::Page { words, location: Some(location) } = &publication.basis {
        finding.place.location = Some(*location);
        finding = finding.evidence(Evidence::Quote {
            text: words.clone(),
            marks: vec![0..words.len()],
            location: *location,
        });
    }
    finding.key("publication")
}

impl Check for PublicationLate {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let publication = publication(cx)?;
        let (year, kind) = (cx.year()?, cx.organ_kind()?);
        if cx.report.year_in_doubt() {
            return Err(NotAssessable(say!("报告年份前后不一", "the report year is not consistent")));
        }
        let level = cx.report.organ.as_ref().and_then(|o| o.level);
        let statutory: Day = match kind {
            OrganKind::Government => (year + 1, 3, 31),
            _ => (year + 1, 1, 31),
        };
        // Two groups of organs are named by the Regulation; the others follow local practice.
        let named_by_law = match kind {
            OrganKind::Government | OrganKind::Ministry => true,
            OrganKind::Department => level.is_some_and(|l| l <= Level::County),
            OrganKind::Office | OrganKind::Township | OrganKind::Subdistrict | OrganKind::Zone => false,
        };
        let local = cx.report.deadline.map(|(month, day)| (year + 1, month, day));
        let broken = if publication.day > statutory && (named_by_law || local.is_none()) {
            Some((statutory, named_by_law))
        } else {
            local.filter(|due| publication.day > *due).map(|due| (due, false))
        };
        let Some((due, by_law)) = broken else { return Ok(()) };
        let corrected = cx
            .report
            .title
            .as_ref()
            .is_some_and(|t| ["更正", "修订", "重新发布"].iter().any(|w| t.text.contains(w)));
        let on_page = matches!(publication.basis, PublicationBasis::Page { .. });
        let moved = on_page && publication.day.0 > year + 1;
        let (name, facts) = (named(publication), kind.facts());
        let (zh, en) = (&name.zh, &name.en);
        let (organ, organ_en) = (&facts.name.zh, &facts.name.en);
        let (month, day) = (due.1, due.2);
        let limit = match (by_law, local) {
            (true, _) => "法定期限（条例第四十九条）",
            (false, Some(_)) => "本地期限",
            (false, None) => "通行期限（以本地规定为准）",
        };
        let limit_en = match (by_law, local) {
            (true, _) => "the day set by article 49",
            (false, Some(_)) => "the local day",
            (false, None) => "the usual day",
        };
        let (by, by_en) = (due.0, due.0);
        let finding = out
            .start(
                cx,
                say!(
                    "{zh}晚于{organ}公布上一年度报告的{limit}：{by}年{month}月{day}日",
                    "{en} is after {limit_en} for a {organ_en}: {by_en}-{month:02}-{day:02}"
                ),
            )
            .severity(if by_law && !corrected && !moved { Severity::Error } else { Severity::Warning })
            .help(say!(
                "核对实际公布的日期；页面迁移、更正重发改变了日期的，保留首次公布的日期",
                "check when it was first published; keep that day if the page was moved or corrected"
            ));
        out.push(about(publication, finding));
        Ok(())
    }
}
