use crate::prelude::*;
use crate::stories::tell;

declare_rule! {
    /// 每一列中，办理结果（一）至（六）各项之和，应等于（七）总计。
    ///
    /// ## 为什么
    /// 一件申请只有一种办理结果，合计就是办结的件数。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 2.重复申请 | 自然人 1 | 总计 1 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | （一）予以公开 | 自然人 5 | 总计 7 |
    /// | 2.重复申请 | 自然人 1 | 总计 1 |
    /// ```
    ///
    /// ## 怎么改
    /// 核对各项和总计。部分公开的只计入（二），不再计入（三）。
    ///
    /// ## 例外
    /// 有的地方在（三）至（六）的组行填写小计，小计不重复相加。
    ///
    /// ## English
    /// In every column the results (1) to (6) add up to the total (7).
    UnbalancedResults {
        code: "N102",
        name: "unbalanced-results",
        title: "办理结果合计不符",
        title_en: "The results do not add up",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "table3"), ("gbgkbh-2019-60", "table3")],
        since: "0.1.0",
    }
}

impl Check for UnbalancedResults {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let help = say!(
            "逐项核对办理结果；一件申请只计入一项",
            "check every result; a request counts in one of them"
        );
        tell(cx, out, &["applications.results"], &help)
    }
}
