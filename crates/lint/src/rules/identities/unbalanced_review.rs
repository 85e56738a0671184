use crate::prelude::*;
use crate::stories::tell;

declare_rule! {
    /// 表四每一组中，结果维持、结果纠正、其他结果、尚未审结之和，应等于总计。
    ///
    /// ## 为什么
    /// 每件案件只有一种结果，总计就是四格之和。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政复议 | 结果维持 1 | 尚未审结 1 | 总计 1 |
    /// ```
    ///
    /// ## 正确示例
    /// 复议与诉讼之间没有数量关系：
    /// ```report,good
    /// | 复议后起诉 | 结果维持 3 | 总计 3 |
    /// ```
    ///
    /// ## 怎么改
    /// 核对案件台账后改正。
    ///
    /// ## English
    /// In each of the three groups of table 4 the four outcomes add up to the total.
    UnbalancedReview {
        code: "N201",
        name: "unbalanced-review",
        title: "复议、诉讼合计不符",
        title_en: "Cases do not add up",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "table4"), ("gbgkbh-2019-60", "table4")],
        since: "0.1.0",
    }
}

impl Check for UnbalancedReview {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let help = say!(
            "核对结果维持、结果纠正、其他结果、尚未审结四格和总计",
            "check the four outcomes and the total"
        );
        tell(
            cx,
            out,
            &["review.reconsideration", "review.litigation_direct", "review.litigation_after_review"],
            &help,
        )
    }
}
