use crate::prelude::*;

declare_rule! {
    /// 配置文件里的一条豁免，没有碰到任何问题。
    ///
    /// ## 为什么
    /// 问题改正以后还留着豁免，以后同样的问题再出现就看不到了。
    ///
    /// ## 错误示例
    /// 报告中没有空白格，却写着：
    /// ```toml,bad
    /// [[ignore]]
    /// rules = ["cell-blank"]
    /// reason = "主管部门尚未反馈"
    /// ```
    ///
    /// ## 正确示例
    /// 报告中确有“的”“地”不分：
    /// ```toml,good
    /// [[ignore]]
    /// rules = ["de-particle"]
    /// reason = "引用来文原句"
    /// ```
    ///
    /// ## 怎么改
    /// 删去这条豁免。
    ///
    /// ## 例外
    /// 只有检查范围包含配置文件所在的整个文件夹，或者豁免点名的文件都检查了，而且有关规则都能够核对时，才报告。
    ///
    /// ## English
    /// An `[[ignore]]` entry covers nothing. Reported only when everything that it is for was checked.
    UnusedSuppression {
        code: "M001",
        name: "unused-suppression",
        title: "豁免没有用到",
        title_en: "A suppression is not used",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

impl Check for UnusedSuppression {
    fn check(&self, _: &Context<'_>, _: &mut Findings) -> Result<(), NotAssessable> {
        // Found by `crate::memory`, which sees what the other rules found.
        Err(NotAssessable(say!("只检查配置文件", "about the configuration only")))
    }
}
