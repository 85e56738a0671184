use crate::prelude::*;

declare_rule! {
    /// 配置文件里的一条说明讲的是另一个数。
    ///
    /// ## 为什么
    /// 说明是对某一个数的。数改了，原来的理由未必成立，要重新核对。
    ///
    /// ## 错误示例
    /// 报告中“行政许可”处理决定数量是 120：
    /// ```toml,bad
    /// [[explanation]]
    /// cell = "disclosure.licensing.decisions"
    /// value = 9487
    /// reason = "市场主体登记并入统计"
    /// ```
    ///
    /// ## 正确示例
    /// ```toml,good
    /// [[explanation]]
    /// cell = "disclosure.licensing.decisions"
    /// value = 120
    /// reason = "市场主体登记并入统计"
    /// ```
    ///
    /// ## 怎么改
    /// 核对报告中的数。数没有错的，改写说明；不再需要的，删去说明。
    ///
    /// ## 例外
    /// 写了 `year` 的说明只用于那一年度的报告；报告里没有这一格的，不报告。
    ///
    /// ## English
    /// An `[[explanation]]` names another number than the one in its cell.
    OutdatedExplanation {
        code: "M003",
        name: "outdated-explanation",
        title: "说明与数字对不上",
        title_en: "An explanation no longer matches its number",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

impl Check for OutdatedExplanation {
    fn check(&self, _: &Context<'_>, _: &mut Findings) -> Result<(), NotAssessable> {
        // Found by `crate::memory`, which sees what the other rules found.
        Err(NotAssessable(say!("只检查配置文件", "about the configuration only")))
    }
}
