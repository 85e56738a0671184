use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::pattern;

declare_rule! {
    /// 汉字之间用了半角的逗号、分号、冒号、问号或叹号。
    ///
    /// ## 为什么
    /// 中文的标点用全角；半角的多是输入法没有切换。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （三）政府信息管理
    /// 对公开的信息逐条审核,每半年清理一次。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （三）政府信息管理
    /// 对公开的1,024条信息逐条审核，网址http://www.example.cn:8080/a,b，时间9:30。
    /// ```
    ///
    /// ## 怎么改
    /// 改为全角标点。
    ///
    /// ## 例外
    /// 只看两边都是汉字的；默认不检查。
    ///
    /// ## English
    /// Half-width punctuation stands between Han characters.
    HalfwidthPunctuation {
        code: "W013",
        name: "halfwidth-punctuation",
        title: "汉字之间用半角标点",
        title_en: "Half-width punctuation between Han characters",
        severity: Info,
        class: Inaccurate,
        off: true,
        sources: [],
        since: "0.1.0",
    }
}

static WRONG: LazyLock<Regex> = LazyLock::new(|| pattern("\\p{Han}([,;:?!])\\p{Han}"));

impl Check for HalfwidthPunctuation {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for found in WRONG.captures_iter(line.text) {
                let Some(found) = found.get(1) else { continue };
                let seen = found.as_str();
                let finding = out
                    .start(
                        cx,
                        say!(
                            "汉字之间用了半角标点“{seen}”",
                            "the half-width mark {seen} stands between Han characters"
                        ),
                    )
                    .help(say!("改为全角标点", "write the full-width mark"))
                    .quote(cx.report, line.index, found.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
