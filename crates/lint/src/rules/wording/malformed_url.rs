use nianbao_schema::wording::Wording;

use crate::prelude::*;
use crate::support::replace;

declare_rule! {
    /// 网址的写法不对：“http//:www……”“www。……”。
    ///
    /// ## 为什么
    /// 读者照着写错的网址打不开网页。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是网站（http//:www.qinghe.example）更新不及时。下一步，将按月检查。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是网站（http://www.qinghe.example、https://qinghe.example/a//b）更新不及时，http协议未升级。下一步，将按月检查www开头的网址。
    /// ```
    ///
    /// ## 怎么改
    /// 改为正确的写法。
    ///
    /// ## English
    /// An address on the web is malformed.
    MalformedUrl {
        code: "W017",
        name: "malformed-url",
        title: "网址写错",
        title_en: "An address is malformed",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        fixable: true,
        since: "0.1.0",
    }
}

impl Check for MalformedUrl {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            let mut done = 0;
            while let Some(rest) = line.text.get(done..) {
                // The first wrong place; of several ways to see it the longest.
                let found = Wording::get()
                    .addresses
                    .iter()
                    .filter_map(|a| {
                        rest.find(a.wrong.as_str()).map(|at| (at, std::cmp::Reverse(a.wrong.len()), a))
                    })
                    .min_by_key(|(at, length, _)| (*at, *length));
                let Some((at, _, address)) = found else { break };
                let range = done + at..done + at + address.wrong.len();
                done = range.end;
                let (seen, right) = (&address.wrong, &address.right);
                let finding = out
                    .start(
                        cx,
                        say!(
                            "网址里的“{seen}”应为“{right}”",
                            "\"{seen}\" in the address should be \"{right}\""
                        ),
                    )
                    .help(say!("改为“{right}”", "write \"{right}\""))
                    .fix(replace(cx.report, line.index, range.clone(), right))
                    .quote(cx.report, line.index, range);
                out.push(finding);
            }
        }
        Ok(())
    }
}
