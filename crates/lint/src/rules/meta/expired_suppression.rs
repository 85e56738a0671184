use crate::prelude::*;

declare_rule! {
    /// 配置文件里的一条豁免过了有效期，它盖住的问题重新列出。
    ///
    /// ## 为什么
    /// 豁免往往是一年一时的安排，过期以后要重新核对理由是否成立。
    ///
    /// ## 错误示例
    /// 2023年度报告中有“的”“地”不分：
    /// ```toml,bad
    /// [[ignore]]
    /// rules = ["de-particle"]
    /// reason = "引用来文原句"
    /// until = 2022
    /// ```
    ///
    /// ## 正确示例
    /// ```toml,good
    /// [[ignore]]
    /// rules = ["de-particle"]
    /// reason = "引用来文原句"
    /// until = 2023
    /// ```
    ///
    /// ## 怎么改
    /// 理由仍然成立的，改写 `until`；否则删去这条豁免，改正问题。
    ///
    /// ## 例外
    /// `until` 写年份的，按报告年度算；写日期的，按检查当天算。
    ///
    /// ## English
    /// An `[[ignore]]` entry is past its `until` and no longer applies.
    ExpiredSuppression {
        code: "M002",
        name: "expired-suppression",
        title: "豁免已过期",
        title_en: "A suppression has expired",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

impl Check for ExpiredSuppression {
    fn check(&self, _: &Context<'_>, _: &mut Findings) -> Result<(), NotAssessable> {
        // Found by `crate::memory`, which sees what the other rules found.
        Err(NotAssessable(say!("只检查配置文件", "about the configuration only")))
    }
}
