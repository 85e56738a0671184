use crate::claims::tell_all;
use crate::prelude::*;

declare_rule! {
    /// 正文说没有收到申请而表三有，或者正文说收到了而表三全是 0。
    ///
    /// ## 为什么
    /// 有没有申请，台账上一目了然；两处说法相反，多半有一处照抄了上年或别处的文字。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （二）依申请公开
    /// 本年度未收到政府信息公开申请。
    /// ```
    /// ```report,bad
    /// （二）依申请公开
    /// 全年收到政府信息公开申请2件。
    /// | 一、本年新收政府信息公开申请数量 | 自然人 0 | 商业企业 0 | 总计 0 |
    /// | 二、上年结转政府信息公开申请数量 | 自然人 0 | 总计 0 |
    /// | （一）予以公开 | 自然人 0 | 商业企业 0 | 总计 0 |
    /// | 1.本机关不掌握相关政府信息 | 自然人 0 | 总计 0 |
    /// | （七）总计 | 自然人 0 | 商业企业 0 | 总计 0 |
    /// | 四、结转下年度继续办理 | 自然人 0 | 总计 0 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （二）依申请公开
    /// 本年度未收到在线申请，未收到因政府信息公开申请引发的行政诉讼。
    /// ```
    /// ```report,good
    /// （二）依申请公开
    /// 一季度未收到政府信息公开申请。
    /// ```
    ///
    /// ## 怎么改
    /// 对照登记台账，改正写错的一处。
    ///
    /// ## 例外
    /// “未收到在线申请”只说一个渠道，不与表格比较。
    ///
    /// ## English
    /// The text says that no request was received while table 3 has some, or the other way round.
    TextNoneButTableNonzero {
        code: "X002",
        name: "text-none-but-table-nonzero",
        title: "正文说没有申请，表三有（或相反）",
        title_en: "The text says that there were no requests and table 3 has some, or the other way round",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextNoneButTableNonzero {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let received = [
            "requests.none",
            "requests.received",
            "requests.received_here",
            "requests.new",
            "requests.new_here",
            "requests.zero",
        ];
        tell_all(cx, out, &received, |mismatch, finding| {
            let all_none = mismatch.sums.iter().all(|(_, n)| n.is_zero());
            (mismatch.said.is_zero() != all_none && (mismatch.said.is_zero() || all_none)).then_some(finding)
        })
    }
}
