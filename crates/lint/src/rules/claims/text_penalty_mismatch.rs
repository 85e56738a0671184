use crate::claims::tell_all;
use crate::prelude::*;

declare_rule! {
    /// 正文说作出或办理的行政处罚件数，与表二“行政处罚”的处理决定数量不同。
    ///
    /// ## 为什么
    /// 处理决定数量是本年作出的全部决定，不论公开与否；正文说“作出”“办理”的就是它。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （一）主动公开
    /// 全年作出行政处罚决定10件。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （一）主动公开
    /// 全年作出行政处罚决定12件，公示行政处罚决定10件，不予行政处罚3件。
    /// ```
    /// ```report,good
    /// （一）主动公开
    /// 按时公开办理进度，全市办理行政处罚4600件，下半年办理行政处罚20件。
    /// ```
    ///
    /// ## 怎么改
    /// 核对业务系统里本年作出的决定数，改正写错的一处。
    ///
    /// ## 例外
    /// 公开、公示了多少条是另一个数，不与表二比较。
    ///
    /// ## English
    /// Penalties that the text says were made differ from table 2; what was published is another number.
    TextPenaltyMismatch {
        code: "X013",
        name: "text-penalty-mismatch",
        title: "正文行政处罚办理数与表二不符",
        title_en: "Penalties in the text differ from table 2",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextPenaltyMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        tell_all(cx, out, &["decisions.penalty"], |_, finding| Some(finding))
    }
}
