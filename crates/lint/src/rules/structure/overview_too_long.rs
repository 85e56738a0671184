use crate::prelude::*;

declare_rule! {
    /// 总体情况超过1000字。
    ///
    /// ## 为什么
    /// 报告要“不能遗漏，也不宜泛化”。各地的编制通知一般要求总体情况聚焦主题、简明客观，原则上不超过1000字。
    ///
    /// ## 正确示例
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，将按月检查栏目。
    /// ```
    ///
    /// ## 怎么改
    /// 删去与政府信息公开无关的业务工作和套话，保留事实和数据。
    ///
    /// ## 例外
    /// 小标题不计入字数。当地通知没有限制字数的，可以不改。
    ///
    /// ## English
    /// Section one is longer than the thousand characters that local notices allow as a rule. Headings do not count.
    OverviewTooLong {
        code: "S014",
        name: "overview-too-long",
        title: "总体情况过长",
        title_en: "Section one is too long",
        severity: Warning,
        class: Perfunctory,
        shape: true,
        years: (2021, u16::MAX),
        sources: [("gbgkbh-2021-30", "scope")],
        since: "0.1.0",
    }
}

/// Characters that section one may have, white space and headings apart.
const MOST: usize = 1000;

impl Check for OverviewTooLong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(section) = cx.report.section(1) else {
            return Err(NotAssessable(say!("没有第一部分", "there is no section one")));
        };
        let body = cx.report.lines[section.body.clone()].iter().filter(|l| l.is_prose());
        let count: usize = body.map(|l| l.text.value.chars().filter(|c| !c.is_whitespace()).count()).sum();
        if count <= MOST {
            return Ok(());
        }
        let over = count - MOST;
        let length = cx.report.lines[section.heading].text.value.len();
        let finding = out
            .start(
                cx,
                say!(
                    "总体情况有{count}字（不含小标题），超过{MOST}字",
                    "section one has {count} characters without headings, more than {MOST}"
                ),
            )
            .help(say!(
                "删减约{over}字：去掉业务工作和套话，保留公开工作的事实和数据；当地没有限制字数的可以不改",
                "cut some {over} characters of what is not about disclosure, unless local guidance allows more"
            ))
            .quote(cx.report, section.heading, 0..length)
            .key("length");
        out.push(finding);
        Ok(())
    }
}
