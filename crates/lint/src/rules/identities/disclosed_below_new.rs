use crate::prelude::*;
use crate::stories::tell;

declare_rule! {
    /// 对外公开总数量少于本年新公开数量。
    ///
    /// ## 为什么
    /// 总数量是累计数，包括本年新公开的。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2020
    /// | 规范性文件 | 本年新公开数量 5 | 对外公开总数量 3 |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 正确示例
    /// 新公开与新制作之间没有大小关系：
    /// ```report,good
    /// 年份：2020
    /// | 规范性文件 | 本年新制作数量 2 | 本年新公开数量 5 | 对外公开总数量 9 |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 核对累计公开的件数。
    ///
    /// ## English
    /// The cumulative number disclosed is below the number newly disclosed this year.
    DisclosedBelowNew {
        code: "N302",
        name: "disclosed-below-new",
        title: "对外公开总数量偏少",
        title_en: "Fewer documents disclosed in total than this year",
        severity: Warning,
        class: Inaccurate,
        years: (2019, 2020),
        sources: [("gbgkbh-2019-60", "table2")],
        since: "0.1.0",
    }
}

impl Check for DisclosedBelowNew {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let help = say!(
            "对外公开总数量是累计数，应包括本年新公开的",
            "the total is cumulative and includes this year"
        );
        tell(cx, out, &["disclosure.published"], &help)
    }
}
