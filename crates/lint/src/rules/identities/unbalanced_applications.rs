use crate::prelude::*;
use crate::stories::tell;

declare_rule! {
    /// 每一列中，本年新收加上年结转，应等于办理结果总计加结转下年度。
    ///
    /// ## 为什么
    /// 这是统一格式印在表格左上角的勾稽关系。不平说明有申请漏计、重计或者记错了列。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 一、本年新收政府信息公开申请数量 | 自然人 10 | 总计 12 |
    /// ```
    ///
    /// ## 正确示例
    /// 申请人撤回的，记入“（六）其他处理”，数目仍然平衡：
    /// ```report,good
    /// | （一）予以公开 | 自然人 5 | 总计 7 |
    /// | 3.其他 | 自然人 1 | 总计 1 |
    /// ```
    ///
    /// ## 怎么改
    /// 先看“总计”列差多少，再看哪一列差同样的数，然后核对该列的登记台账。
    ///
    /// ## 例外
    /// 空白格可能就是差的那个数时，不报告勾稽错误，只报告空白。
    ///
    /// ## English
    /// In every column, requests received plus carried in equal requests handled plus carried out.
    UnbalancedApplications {
        code: "N101",
        name: "unbalanced-applications",
        title: "申请数量勾稽不平",
        title_en: "Requests in and out do not balance",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "balance"), ("gbgkbh-2019-60", "balance")],
        since: "0.1.0",
    }
}

impl Check for UnbalancedApplications {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let help = say!(
            "新收或结转的申请都要有去向：逐列核对，漏计的补计，重复的去掉",
            "every request must have an outcome: check column by column"
        );
        tell(cx, out, &["applications.balance"], &help)
    }
}
