use std::sync::LazyLock;

use nianbao_schema::wording::Wording;
use regex::Regex;

use crate::prelude::*;
use crate::support::{any_of, pattern};

declare_rule! {
    /// 用商业邮箱作公务联系邮箱。
    ///
    /// ## 为什么
    /// 公务邮箱应当使用党政机关统一的电子邮件系统；个人注册的商业邮箱随人走，也不便归档。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 六、其他需要报告的事项
    /// 按照《政府信息公开信息处理费管理办法》，2023年未收取信息处理费。联系邮箱：qinghe2023@163.com。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 六、其他需要报告的事项
    /// 按照《政府信息公开信息处理费管理办法》，2023年未收取信息处理费。联系邮箱：sw@qinghe.gov.cn，网址 https://mail.163.com/help，微博 @青禾水务。
    /// ```
    ///
    /// ## 怎么改
    /// 有政务邮箱的，改用政务邮箱。
    ///
    /// ## 例外
    /// 不少乡镇没有别的邮箱，只作提示；同一个邮箱只提示一次。
    ///
    /// ## English
    /// The mailbox given for contact belongs to a commercial service.
    PrivateMailbox {
        code: "P005",
        name: "private-mailbox",
        title: "使用商业邮箱",
        title_en: "The mailbox is of a commercial service",
        severity: Info,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

static MAILBOX: LazyLock<Regex> = LazyLock::new(|| {
    let services = any_of(&Wording::get().mail.private);
    pattern(&format!("(?i)[a-z0-9][a-z0-9._+-]{{0,40}}@(?:vip\\.)?(?:{services})"))
});

impl Check for PrivateMailbox {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mut told = std::collections::BTreeSet::new();
        for line in cx.prose().iter().filter(|l| l.text.contains('@')) {
            for found in MAILBOX.find_iter(line.text) {
                if !told.insert(found.as_str()) {
                    continue;
                }
                let service = found.as_str().rsplit('@').next().unwrap_or("");
                let finding = out
                    .start(
                        cx,
                        say!(
                            "联系邮箱用的是商业邮箱（{service}）",
                            "the mailbox is of a commercial service ({service})"
                        ),
                    )
                    .help(say!("有政务邮箱的，改用政务邮箱", "use the official mailbox if there is one"))
                    .quote(cx.report, line.index, found.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
