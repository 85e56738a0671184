use crate::claims::tell_all;
use crate::prelude::*;

declare_rule! {
    /// 正文说的规章件数，与表二不同。
    ///
    /// ## 为什么
    /// 规章件数很少，两处不同多是把规范性文件或规章制度错当规章。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：云岭省人民政府
    /// （三）政府信息管理
    /// 制定政府规章2件。
    /// ```
    /// ```report,bad
    /// 年份：2020
    /// （三）政府信息管理
    /// 规章对外公开总数量1件。
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （三）政府信息管理
    /// 修订内部规章制度3项，起草规章1件。
    /// ```
    ///
    /// ## 怎么改
    /// 核对是否应填在“规范性文件”一行；没有规章制定权的机关，规章填 0。
    ///
    /// ## 例外
    /// 规章制度不是规章。
    ///
    /// ## English
    /// Regulations (规章) in the text differ from table 2.
    TextRegulationMismatch {
        code: "X011",
        name: "text-regulation-mismatch",
        title: "正文规章数与表二不符",
        title_en: "Regulations in the text differ from table 2",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextRegulationMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        tell_all(
            cx,
            out,
            &["rules.issued", "rules.repealed", "rules.in_force", "rules.published_total"],
            |_, finding| Some(finding),
        )
    }
}
