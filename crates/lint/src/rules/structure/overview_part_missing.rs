use nianbao_text::label;

use crate::prelude::*;

declare_rule! {
    /// 总体情况五项内容不全。
    ///
    /// ## 为什么
    /// 总体情况主要包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五项。缺一项，报告就不全面。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）依申请公开
    /// 均在法定期限内答复申请人。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）监督保障
    /// 组织业务学习2次，考核各科室。
    /// ```
    ///
    /// ## 正确示例
    /// 用“一是”“二是”分述，内容齐全：
    /// ```report,good
    /// 一、总体情况
    /// 一是抓好主动公开，公开各类信息312条。二是规范依申请公开，均在期限内答复申请人。三是加强政府信息管理，落实审核制度。四是推进平台建设，门户网站增设专栏。五是强化监督保障，组织业务学习2次，考核各科室。
    /// ```
    /// 两项合写：
    /// ```report,good
    /// 一、总体情况
    /// （一）主动公开和依申请公开
    /// 公开各类信息312条，均在期限内答复申请人。
    /// （二）政府信息管理
    /// 严格落实信息审核制度。
    /// （三）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （四）监督保障
    /// 组织业务学习2次，考核各科室。
    /// ```
    ///
    /// ## 怎么改
    /// 补写缺少的一项；确实没有的，写明没有。
    ///
    /// ## 例外
    /// 2019、2020年度的格式没有列出五项，只作提示。没有小标题的，整个部分都没有写到才报告。
    ///
    /// ## English
    /// Of the five parts of section one some are missing, by heading and by what the text begins its sentences with.
    OverviewPartMissing {
        code: "S011",
        name: "overview-part-missing",
        title: "总体情况五项不全",
        title_en: "Parts of section one are missing",
        severity: Warning,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "overview")],
        since: "0.1.0",
    }
}

/// From so many headings of parts on, the section is built of headings.
const BY_HEADINGS: usize = 2;

/// A part that is treated is named near the beginning of a sentence.
const NEAR: usize = 24;

impl Check for OverviewPartMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(section) = cx.report.section(1).filter(|s| !s.body.is_empty()) else {
            return Err(NotAssessable(say!("没有第一部分", "there is no section one")));
        };
        let lines: Vec<&str> =
            cx.report.lines[section.body.clone()].iter().map(|l| l.text.value.as_str()).collect();
        let openings: Vec<String> = lines
            .iter()
            .flat_map(|l| l.split_inclusive(['。', '；', '：']))
            .map(|s| label::normal(&s.chars().take(NEAR).collect::<String>()))
            .collect();
        let by_headings = section.parts.len() >= BY_HEADINGS;
        let missing: Vec<_> = cx
            .form()
            .parts
            .iter()
            .filter(|part| section.parts.iter().all(|p| p.number != part.number))
            .filter(|part| {
                let mut names = std::iter::once(&part.heading).chain(&part.aliases).map(|n| label::normal(n));
                let named = names.any(|n| openings.iter().any(|o| o.contains(&n)));
                let treated = || part.topics.iter().any(|t| lines.iter().any(|l| l.contains(t.as_str())));
                !named && (by_headings || !treated())
            })
            .collect();
        let Some(first) = missing.first() else { return Ok(()) };
        let names = missing.iter().map(|p| format!("“{}”", p.heading)).collect::<Vec<_>>().join("、");
        let names_en = missing.iter().map(|p| format!("\"{}\"", p.heading)).collect::<Vec<_>>().join(", ");
        let count = missing.len();
        let severity =
            if cx.report.year.is_some_and(|y| y < 2021) { Severity::Info } else { Severity::Warning };
        let at = section.heading;
        let length = cx.report.lines[at].text.value.len();
        let finding = out
            .start(
                cx,
                say!(
                    "总体情况缺少{names}（应有五项，缺{count}项）",
                    "section one lacks {names_en} ({count} of five parts)"
                ),
            )
            .severity(severity)
            .help(say!(
                "补写缺少的内容；确实没有的，写明没有",
                "write about it, or state that there was nothing"
            ))
            .quote(cx.report, at, 0..length)
            .key(first.heading.as_str());
        out.push(finding);
        Ok(())
    }
}
