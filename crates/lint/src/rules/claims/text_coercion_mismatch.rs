use crate::claims::tell_all;
use crate::prelude::*;

declare_rule! {
    /// 正文说作出或办理的行政强制件数，与表二“行政强制”的处理决定数量不同。
    ///
    /// ## 为什么
    /// 处理决定数量是本年作出的全部决定，不论公开与否；正文说“作出”“办理”的就是它。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （一）主动公开
    /// 依法实施行政强制措施3件。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （一）主动公开
    /// 公开行政强制事项3项，公示行政强制决定2件。
    /// ```
    /// ```report,good
    /// （一）主动公开
    /// 按时公开办理进度，全市办理行政强制4600件，下半年办理行政强制20件。
    /// ```
    ///
    /// ## 怎么改
    /// 核对业务系统里本年作出的决定数，改正写错的一处。
    ///
    /// ## 例外
    /// 公开、公示了多少条是另一个数，不与表二比较。
    ///
    /// ## English
    /// Coercive measures that the text says were made differ from table 2; what was published is another number.
    TextCoercionMismatch {
        code: "X014",
        name: "text-coercion-mismatch",
        title: "正文行政强制办理数与表二不符",
        title_en: "Coercive measures in the text differ from table 2",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextCoercionMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        tell_all(cx, out, &["decisions.coercion"], |_, finding| Some(finding))
    }
}
