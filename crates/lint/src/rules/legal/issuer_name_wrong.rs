use std::sync::LazyLock;

use nianbao_schema::source::Source;
use regex::Regex;

use crate::prelude::*;
use crate::support::{pattern, replace};

declare_rule! {
    /// 发文机关的名称写走样，例如“国务院办公厅政府信息与政府信息公开办公室”。
    ///
    /// ## 为什么
    /// 统一格式的发文机关是国务院办公厅政府信息与政务公开办公室。这类走样多是把全文的“政务公开”一律替换成
    /// “政府信息公开”留下的，其他地方也可能被换错。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 本报告按照国务院办公厅政府信息与政府信息公开办公室的要求编制。
    /// ```
    ///
    /// ## 正确示例
    /// 这个办公室以前叫政府信息公开办公室，讲过去的事时用旧名是对的：
    /// ```report,good
    /// 年份：2023
    /// 本报告按照国务院办公厅政府信息与政务公开办公室的要求编制。国务院办公厅政府信息公开办公室早年印发的解释同时适用。
    /// ```
    ///
    /// ## 怎么改
    /// 改为国务院办公厅政府信息与政务公开办公室，并检查全文有无其他被一并替换的词。
    ///
    /// ## English
    /// The name of the office that issued the form is garbled, mostly by replacing words all over the text.
    IssuerNameWrong {
        code: "L010",
        name: "issuer-name-wrong",
        title: "发文机关名称写错",
        title_en: "The name of the issuing office is garbled",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        fixable: true,
        since: "0.1.0",
    }
}

static OFFICE: LazyLock<Regex> =
    LazyLock::new(|| pattern("国务院办公厅政(?:府|务)(?:信息|公开)(?:[与和及、]?\\p{Han}{0,8}?)办公室"));

impl Check for IssuerNameWrong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let notice = Source::get("gbgkbh-2021-30");
        let Some((notice, right)) = notice.and_then(|n| n.issuers.first().map(|i| (n, i))) else {
            return Ok(());
        };
        for line in cx.prose() {
            for found in OFFICE.find_iter(line.text) {
                let seen = found.as_str();
                if seen == right || notice.former_issuers.iter().any(|f| f == seen) {
                    continue;
                }
                let finding = out
                    .start(
                        cx,
                        say!(
                            "没有“{seen}”，应为“{right}”",
                            "there is no \"{seen}\"; the office is \"{right}\""
                        ),
                    )
                    .help(say!(
                        "改为“{right}”，并检查全文是否有其他词被一并替换",
                        "write \"{right}\" and look for other words replaced along with it"
                    ))
                    .fix(replace(cx.report, line.index, found.range(), right))
                    .quote(cx.report, line.index, found.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
