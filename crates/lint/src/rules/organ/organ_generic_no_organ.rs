use std::sync::LazyLock;

use nianbao_schema::wording::Wording;
use regex::Regex;

use crate::prelude::*;
use crate::support::{names_self, pattern};

declare_rule! {
    /// 正文泛泛而谈，没有本机关，没有数字，换个标题就是别人的报告。
    ///
    /// ## 为什么
    /// 年度报告报告的是本机关一年的工作。全文只有“各级政府部门”“一些地区”，读者得不到任何关于本机关的信息。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：青禾县水务局
    /// 一、总体情况
    /// （一）主动公开
    /// 各级政府部门通过政府网站主动公开信息，一些地区运用数据分析了解公众需要。
    /// （二）依申请公开
    /// 依法办理公开申请，答复质量不断提高。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 部分地区还开发了网站和移动应用。
    /// （五）监督保障
    /// 加强培训和考核。
    /// ```
    ///
    /// ## 正确示例
    /// 写了本机关，或者写了数字的，不是泛泛而谈：
    /// ```report,good
    /// 机关：青禾县水务局
    /// 一、总体情况
    /// （一）主动公开
    /// 与一些地区相比，我局公开渠道仍然单一，已会同各级政府部门改进。
    /// （二）依申请公开
    /// 依法办理公开申请。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 网站设置公开专栏。
    /// （五）监督保障
    /// 加强培训和考核。
    /// ```
    ///
    /// ## 怎么改
    /// 写本机关做了什么、公开了多少、办理了多少。
    ///
    /// ## English
    /// The prose names no organ of its own and gives no number; it could be anybody's report.
    OrganGenericNoOrgan {
        code: "D014",
        name: "organ-generic-no-organ",
        title: "正文空泛，没有本机关",
        title_en: "The prose could be anybody's",
        severity: Warning,
        class: Perfunctory,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

/// A quantity: digits with a unit, but no date, article or document number.
static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "[0-9０-９一二三四五六七八九十百千两]+(?:余|多)?(?:条|件|次|篇|个|人次|份|场|项|期|起|宗|人|家|户|名|万|部)",
    )
});

impl Check for OrganGenericNoOrgan {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let overview = || cx.prose().iter().filter(|l| l.line.section == 1);
        if overview().next().is_none() {
            return Err(NotAssessable(say!("没有读到总体情况", "section one was not read")));
        }
        let own = |text: &str| names_self(cx, text) || QUANTITY.is_match(text);
        if cx.prose().iter().filter(|l| matches!(l.line.section, 0 | 1)).any(|l| own(l.text)) {
            return Ok(());
        }
        let generic = &Wording::get().generic.words;
        let first = overview().find_map(|l| {
            generic.iter().find_map(|w| l.text.find(w.as_str()).map(|at| (l.index, at..at + w.len())))
        });
        let Some((line, range)) = first else { return Ok(()) };
        let finding = out
            .start(
                cx,
                say!(
                    "总体情况没有写到本机关，也没有一个数字，像是通用的文章",
                    "section one names neither the organ itself nor any number; it reads like a general essay"
                ),
            )
            .help(say!(
                "写本机关做了什么、公开了多少、办理了多少",
                "say what the organ itself did, with numbers"
            ))
            .key("generic")
            .quote(cx.report, line, range);
        out.push(finding);
        Ok(())
    }
}
