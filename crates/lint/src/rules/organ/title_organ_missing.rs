use nianbao_schema::organ::kind_of;
use nianbao_schema::report::Role;
use nianbao_schema::title::organ_in;

use crate::prelude::*;

declare_rule! {
    /// 标题没有写机关名称。
    ///
    /// ## 为什么
    /// 报告离开本机关的网站以后（转载、归档、汇总），只看标题就不知道是谁的报告。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 标题：2023年政府信息公开工作年度报告
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 标题：青禾县水务局2023年政府信息公开工作年度报告
    /// ```
    /// 页面在标题上方写明了发布机构：
    /// ```report,good
    /// 页面：发布机构：青禾县水务局
    /// 标题：2023年政府信息公开工作年度报告
    /// ```
    ///
    /// ## 怎么改
    /// 在年份前写上机关全称。
    ///
    /// ## English
    /// The title names no organ.
    TitleOrganMissing {
        code: "D007",
        name: "title-organ-missing",
        title: "标题缺机关名称",
        title_en: "The title names no organ",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

impl Check for TitleOrganMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let title = cx.report.title.as_ref().ok_or_else(super::title_year_missing::no_title)?;
        if organ_in(&title.text).is_some() {
            return Ok(());
        }
        // The page around the text may name the organ: 发布机构：青禾县水务局.
        let framed =
            cx.report.lines.iter().filter(|l| matches!(l.role, Role::Chrome | Role::Preamble)).any(|l| {
                let words = l.text.value.as_str();
                let named = ["发布机构", "发文机关", "公开主体", "发布单位", "信息来源", "来源"].iter();
                let rest = named.filter_map(|k| words.split_once(k)).map(|(_, rest)| rest).next();
                rest.is_some_and(|rest| {
                    let name = rest.trim_start_matches(['：', ':', ' ', '】', ']', '\u{3000}']);
                    let name = name.split([' ', '\u{3000}', '，', '\u{a0}']).next().unwrap_or("");
                    kind_of(name).is_some()
                })
            });
        if framed {
            return Ok(());
        }
        let finding = out
            .start(
                cx,
                say!("标题没有写机关名称，看不出是谁的报告", "the title does not say whose report it is"),
            )
            .help(say!("在标题中写上机关全称", "write the full name of the organ in the title"))
            .key("title");
        out.push(super::title_year_missing::about_title(cx, finding, 0..title.text.len()));
        Ok(())
    }
}
