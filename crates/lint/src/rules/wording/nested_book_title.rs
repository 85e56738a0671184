use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::pattern;

declare_rule! {
    /// 书名号里面又用书名号，里层应当用单书名号〈〉。
    ///
    /// ## 为什么
    /// 国家标准《标点符号用法》规定，书名号里面还要用书名号时，里层用单书名号。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （三）政府信息管理
    /// 按照《关于印发《青禾县信息发布办法》的通知》开展审核。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （三）政府信息管理
    /// 按照《关于印发〈青禾县信息发布办法〉的通知》《青禾县信息审核制度》开展审核。
    /// ```
    ///
    /// ## 怎么改
    /// 里层的《》改为〈〉。
    ///
    /// ## 例外
    /// 很常见，也不影响理解，所以默认不检查。
    ///
    /// ## English
    /// A title within a title has the outer marks.
    NestedBookTitle {
        code: "W008",
        name: "nested-book-title",
        title: "书名号里又用书名号",
        title_en: "A title within a title has the outer marks",
        severity: Info,
        class: Inaccurate,
        off: true,
        sources: [],
        since: "0.1.0",
    }
}

static WRONG: LazyLock<Regex> = LazyLock::new(|| pattern("《[^《》]*(《[^《》]*》)"));

impl Check for NestedBookTitle {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for found in WRONG.captures_iter(line.text) {
                let Some(found) = found.get(1) else { continue };
                let seen = found.as_str();
                let finding = out
                    .start(
                        cx,
                        say!("“{seen}”在书名号里面，应当用单书名号", "{seen} stands within another title"),
                    )
                    .help(say!("里层改用单书名号〈〉", "write 〈〉 within 《》"))
                    .quote(cx.report, line.index, found.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
