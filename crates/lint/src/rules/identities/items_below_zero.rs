use crate::prelude::*;
use crate::stories::tell;

declare_rule! {
    /// 上一年项目数量加本年增/减小于 0。
    ///
    /// ## 为什么
    /// 减少的项目不会多于上一年的项目。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2020
    /// | 行政许可 | 上一年项目数量 5 | 本年增/减 -8 |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2020
    /// | 行政许可 | 上一年项目数量 25 | 本年增/减 -8 |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 核对权责清单上的项目数。
    ///
    /// ## English
    /// The items of last year plus the change of this year are below zero.
    ItemsBelowZero {
        code: "N303",
        name: "items-below-zero",
        title: "项目数量减为负数",
        title_en: "Items fall below zero",
        severity: Error,
        class: Inaccurate,
        years: (2019, 2020),
        sources: [("gbgkbh-2019-60", "table2")],
        since: "0.1.0",
    }
}

impl Check for ItemsBelowZero {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let help = say!("核对上一年项目数量和本年增减", "check the items of last year and the change");
        tell(
            cx,
            out,
            &["disclosure.items.licensing", "disclosure.items.penalty", "disclosure.items.fees"],
            &help,
        )
    }
}
