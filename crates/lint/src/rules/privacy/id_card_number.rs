use crate::prelude::*;
use crate::secret::Kind;

declare_rule! {
    /// 正文里有公民身份号码。
    ///
    /// ## 为什么
    /// 年度报告向社会公布。条例第十五条保护个人隐私，身份号码一经公开，无法收回。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 申请人（身份证号11010519491231002X）要求公开征地批文。
    /// ```
    ///
    /// ## 正确示例
    /// 统一社会信用代码、打了星号的号码、校验不符的编号都不是公民身份号码：
    /// ```report,good
    /// 登记编号110105194912310021，统一社会信用代码11010519491231002X，打码后的号码110105********002X，流水号202301011234567890，均已归档。
    /// ```
    ///
    /// ## 怎么改
    /// 删去号码；需要区分当事人的，用“申请人甲”一类说法。
    ///
    /// ## 例外
    /// 按国家标准核对出生日期和校验位，两者都对的才报告。输出时中间各位以星号代替。
    ///
    /// ## English
    /// A citizen's identity number stands in the prose. The output masks it.
    IdCardNumber {
        code: "P001",
        name: "id-card-number",
        title: "公开了公民身份号码",
        title_en: "A citizen's number is published",
        severity: Error,
        class: Inaccurate,
        sources: [("tiaoli", "art15")],
        since: "0.1.0",
    }
}

impl Check for IdCardNumber {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for secret in cx.secrets().iter().filter(|s| s.kind == Kind::IdCard) {
            let seen = &secret.masked;
            let finding = out
                .start(cx, say!("公开了公民身份号码 {seen}", "a citizen's number is published: {seen}"))
                .help(say!(
                    "删去号码，检查本段有无其他个人信息",
                    "delete it and look for more personal data nearby"
                ))
                .quote(cx.report, secret.line, secret.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
