use crate::prelude::*;
use crate::stories::tell;

declare_rule! {
    /// （三）不予公开等组行填了小计，但与下面各细目之和不等。
    ///
    /// ## 为什么
    /// 统一格式的组行没有数据格。个别地方的表样填小计，小计应等于细目之和。
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 1.本机关不掌握相关政府信息 | 自然人 2 | 总计 2 |
    /// ```
    ///
    /// ## 怎么改
    /// 改正小计，或者按统一格式不填组行。
    ///
    /// ## English
    /// A group row that local variants fill with a sum does not equal its items.
    GroupSumMismatch {
        code: "N104",
        name: "group-sum-mismatch",
        title: "组行小计不符",
        title_en: "A group row does not equal its items",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "table3"), ("gbgkbh-2019-60", "table3")],
        since: "0.1.0",
    }
}

impl Check for GroupSumMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let help = say!(
            "组行在统一格式中没有数据格；填了小计的，应等于细目之和",
            "the form has no cells in this row; a sum in it must equal its items"
        );
        tell(
            cx,
            out,
            &[
                "applications.group.denied",
                "applications.group.unavailable",
                "applications.group.rejected",
                "applications.group.other",
            ],
            &help,
        )
    }
}
