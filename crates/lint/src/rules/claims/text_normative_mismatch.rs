use crate::claims::tell_all;
use crate::prelude::*;

declare_rule! {
    /// 正文说的制发、废止、现行有效的规范性文件件数，与表二不同。
    ///
    /// ## 为什么
    /// 表二第二十条第（一）项就是这些数；政府信息管理部分引用时应当一致。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （三）政府信息管理
    /// 制发行政规范性文件2件，废止0件，现行有效0件。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （三）政府信息管理
    /// 制发行政规范性文件2件，废止1件，现行有效9件；转发规范性文件6件，备案审查规范性文件4件。
    /// | 行政规范性文件 | 本年制发件数 2 | 本年废止件数 1 | 现行有效件数 9 |
    /// ```
    /// ```report,good
    /// （三）政府信息管理
    /// 集中公开现行有效的规范性文件30件，起草规范性文件3件，全县制发规范性文件18件。
    /// ```
    ///
    /// ## 怎么改
    /// 与司法行政部门核对清理结果，改正写错的一处。
    ///
    /// ## 例外
    /// 备案、转发、起草、公开的件数与全县的件数不与表二比较。政府和政府办公室的文件常常合在一起说，这两类机关只是警告。
    ///
    /// ## English
    /// Normative documents in the text differ from table 2.
    TextNormativeMismatch {
        code: "X010",
        name: "text-normative-mismatch",
        title: "正文规范性文件数与表二不符",
        title_en: "Normative documents in the text differ from table 2",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextNormativeMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let shared = matches!(cx.organ_kind(), Ok(OrganKind::Government | OrganKind::Office));
        tell_all(
            cx,
            out,
            &[
                "documents.issued",
                "documents.issued_none",
                "documents.repealed",
                "documents.repealed_here",
                "documents.in_force",
                "documents.in_force_here",
                "documents.published_total",
            ],
            |_, finding| Some(if shared { finding.severity(Severity::Warning) } else { finding }),
        )
    }
}
