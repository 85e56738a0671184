use crate::prelude::*;
use crate::stories::tell;

declare_rule! {
    /// 现行有效件数少于本年制发件数减本年废止件数。
    ///
    /// ## 为什么
    /// 今年制发而没有废止的文件，年末一般仍然有效。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政规范性文件 | 本年制发件数 4 | 本年废止件数 0 | 现行有效件数 0 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 行政规范性文件 | 本年制发件数 4 | 本年废止件数 1 | 现行有效件数 32 |
    /// ```
    ///
    /// ## 怎么改
    /// 与司法行政部门核对年末现行有效的文件数。
    ///
    /// ## 例外
    /// 文件当年制发、当年到期失效的，数字可能是对的，所以只是警告。
    ///
    /// ## English
    /// Documents in force are fewer than those issued minus those repealed this year.
    InForceBelowIssued {
        code: "N301",
        name: "in-force-below-issued",
        title: "现行有效件数偏少",
        title_en: "Fewer documents in force than issued",
        severity: Warning,
        class: Inaccurate,
        years: (2021, u16::MAX),
        sources: [("gbgkbh-2021-30", "table2")],
        since: "0.1.0",
    }
}

impl Check for InForceBelowIssued {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let help = say!(
            "核对年末有效的文件；当年制发当年失效的，在正文中说明",
            "count the documents in force at the end of the year"
        );
        tell(cx, out, &["disclosure.in_force"], &help)
    }
}
