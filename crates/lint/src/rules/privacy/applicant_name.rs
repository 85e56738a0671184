use crate::prelude::*;
use crate::secret::Kind;

declare_rule! {
    /// 写出了申请人、原告一类当事人的姓名。
    ///
    /// ## 为什么
    /// 申请公开政府信息是公民的权利，姓名属个人隐私。条例第十五条规定，公开会损害第三方权益的信息不得公开。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 全年办结1件，原告陈大树不服答复，提起诉讼。
    /// ```
    ///
    /// ## 正确示例
    /// 隐去姓名的、写机关工作人员的、只说“申请人”的都不报告：
    /// ```report,good
    /// 申请人向我局提出申请，申请人方便查阅，申请人：自然人，原告王某不服答复，申请人张××提出的申请已答复，局长陈大树主持会议，申请人高度评价，申请人时间充裕，申请人于12月提出申请，申请人成功获取信息，申请人为江苏人。
    /// ```
    ///
    /// ## 怎么改
    /// 改为“申请人甲”“陈某”。
    ///
    /// ## 例外
    /// 只在姓名后面紧跟“诉”“不服”“提出申请”等词，或者写明“姓名：”时报告。输出时名字以星号代替。
    ///
    /// ## English
    /// A person who applied, complained or sued is named in full. The output masks the name.
    ApplicantName {
        code: "P004",
        name: "applicant-name",
        title: "公开了申请人姓名",
        title_en: "An applicant is named in full",
        severity: Warning,
        class: Inaccurate,
        sources: [("tiaoli", "art15")],
        since: "0.1.0",
    }
}

impl Check for ApplicantName {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for secret in cx.secrets().iter().filter(|s| s.kind == Kind::Name) {
            let seen = &secret.masked;
            let finding = out
                .start(cx, say!("写出了当事人的姓名 {seen}", "a party is named in full: {seen}"))
                .help(say!("改为“陈某”“申请人甲”一类说法", "write 陈某 or 申请人甲"))
                .quote(cx.report, secret.line, secret.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
