use crate::prelude::*;
use crate::secret::Kind;

declare_rule! {
    /// 正文里有银行卡号。
    ///
    /// ## 为什么
    /// 卡号属个人或者单位的账户信息，不应出现在年度报告里。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 信息处理费请汇入银行卡6222020000000000000。
    /// ```
    ///
    /// ## 正确示例
    /// 流水号、校验不符的编号不是卡号：
    /// ```report,good
    /// 缴款流水号6222020000000000000，登记号6222020000000000007，银行回执编号6222020000000000000，均已归档。
    /// ```
    ///
    /// ## 怎么改
    /// 删去卡号；缴费方式写在缴款通知里。
    ///
    /// ## 例外
    /// 校验位相符、句子又讲到银行或者账户的才报告。输出时中间各位以星号代替。
    ///
    /// ## English
    /// A number with the check digit of a bank card stands in a sentence on banks or accounts. The output masks it.
    BankCard {
        code: "P003",
        name: "bank-card",
        title: "公开了银行卡号",
        title_en: "The number of a bank card is published",
        severity: Warning,
        class: Inaccurate,
        sources: [("tiaoli", "art15")],
        since: "0.1.0",
    }
}

impl Check for BankCard {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for secret in cx.secrets().iter().filter(|s| s.kind == Kind::BankCard) {
            let seen = &secret.masked;
            let finding = out
                .start(cx, say!("公开了银行卡号 {seen}", "the number of a bank card is published: {seen}"))
                .help(say!("删去卡号", "delete it"))
                .quote(cx.report, secret.line, secret.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
