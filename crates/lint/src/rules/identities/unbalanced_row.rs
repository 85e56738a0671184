use crate::prelude::*;
use crate::stories::tell;

declare_rule! {
    /// 每一行中，自然人与法人或其他组织五列之和，应等于总计。
    ///
    /// ## 为什么
    /// 每件申请只有一个申请人类别，总计就是各列之和。
    ///
    /// ## 错误示例
    /// 一件申请从一行记到了另一行，两行都与总计不符：
    /// ```report,bad
    /// | （一）予以公开 | 自然人 7 |
    /// | 1.本机关不掌握相关政府信息 | 自然人 1 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 四、结转下年度继续办理 | 自然人 2 | 总计 2 |
    /// ```
    ///
    /// ## 怎么改
    /// 重新相加。总计没错的，逐列核对登记台账。
    ///
    /// ## 例外
    /// 总计空白的，报告 total-blank。
    ///
    /// ## English
    /// In every row the six kinds of applicants add up to the total.
    UnbalancedRow {
        code: "N103",
        name: "unbalanced-row",
        title: "各类申请人之和与总计不符",
        title_en: "Kinds of applicants do not add up",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "table3"), ("gbgkbh-2019-60", "table3")],
        since: "0.1.0",
    }
}

impl Check for UnbalancedRow {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let help = say!("核对本行各列；总计应等于自然人与五类组织之和", "check the cells of the row");
        tell(cx, out, &["applications.row"], &help)
    }
}
