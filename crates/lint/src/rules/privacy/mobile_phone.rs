use crate::prelude::*;
use crate::secret::Kind;

declare_rule! {
    /// 正文里有手机号码。
    ///
    /// ## 为什么
    /// 手机号码多属个人信息，写在年度报告里容易泄露申请人或者工作人员的隐私。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 申请人（手机13912345678）要求公开征地批文。
    /// ```
    ///
    /// ## 正确示例
    /// 固定电话、特意公布的办公电话、打了星号的号码、网址里的编号都不报告：
    /// ```report,good
    /// 联系电话：0564-5012345，咨询电话：13912345678，值班 139****5678，057********58，网址 https://www.qinghe.example/t13912345678.html，邮箱 13912345678@qq.example，流水号13912345678901。
    /// ```
    ///
    /// ## 怎么改
    /// 删去号码；对外联系用固定电话。
    ///
    /// ## 例外
    /// 写在“咨询电话”“联系电话”之后的，看作特意公布，不报告；但句子讲到申请人、当事人的照样报告。输出时中间各位以星号代替。
    ///
    /// ## English
    /// A mobile telephone number stands in the prose and is not printed as an office number. The output masks it.
    MobilePhone {
        code: "P002",
        name: "mobile-phone",
        title: "公开了手机号码",
        title_en: "A mobile number is published",
        severity: Warning,
        class: Inaccurate,
        sources: [("tiaoli", "art15")],
        since: "0.1.0",
    }
}

impl Check for MobilePhone {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for secret in cx.secrets().iter().filter(|s| s.kind == Kind::Mobile) {
            let seen = &secret.masked;
            let finding = out
                .start(cx, say!("公开了手机号码 {seen}", "a mobile number is published: {seen}"))
                .help(say!("删去号码；对外联系用固定电话", "delete it; give a fixed line for contact"))
                .quote(cx.report, secret.line, secret.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
