use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::pattern;

declare_rule! {
    /// 编制年度报告的依据，引的是修订前《条例》的条号。
    ///
    /// ## 为什么
    /// 2019年修订后，年度报告的时限和内容在第四十九条、第五十条；第三十一条、第三十二条是2008年旧条例的条号，现在说的是依申请公开。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 根据《中华人民共和国政府信息公开条例》第三十二条编制本年度报告，统计期限为2023年1月1日至2023年12月31日。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// 根据《中华人民共和国政府信息公开条例》第五十条编制本年度报告，统计期限为2023年1月1日至2023年12月31日。
    /// （二）依申请公开
    /// 按照《条例》第三十二条征求第三方意见，申请均按期答复。
    /// ```
    ///
    /// ## 怎么改
    /// 改为第四十九条、第五十条。
    ///
    /// ## 例外
    /// 只看同一句里有“年度报告”的；默认不检查。
    ///
    /// ## English
    /// The annual report is founded on an article number of the Regulation before its revision.
    CitedArticleWrong {
        code: "L011",
        name: "cited-article-wrong",
        title: "引用旧条例的条号",
        title_en: "An article number of the old Regulation is cited",
        severity: Warning,
        class: Inaccurate,
        off: true,
        sources: [("tiaoli", "art49"), ("tiaoli", "art50")],
        since: "0.1.0",
    }
}

static WRONG: LazyLock<Regex> = LazyLock::new(|| pattern("条例》(第三十[一二]条)"));

impl Check for CitedArticleWrong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for found in WRONG.captures_iter(line.text) {
                let Some(found) = found.get(1) else { continue };
                let report = line.sentence_words(found.start()).contains("年度报告");
                if !report || cx.report.year.is_none_or(|y| y < 2019) {
                    continue;
                }
                let seen = found.as_str();
                let finding = out
                    .start(cx, say!("“{seen}”是旧条例的条号，年度报告现在依据第四十九条、第五十条", "{seen} is of the old Regulation; the annual report now rests on articles 49 and 50"))
                    .help(say!("改为第四十九条、第五十条", "cite articles 49 and 50"))
                    .quote(cx.report, line.index, found.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
