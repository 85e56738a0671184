use nianbao_schema::wording::Wording;

use crate::prelude::*;

declare_rule! {
    /// 常见的错别字和漏字：“信息公开工情况”“行政许事项”“布署”。
    ///
    /// ## 为什么
    /// 错字漏字影响文件的严肃性，也妨碍检索。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 政府信息公开工情况汇总不够及时。下一步，将按月检查。
    /// ```
    ///
    /// ## 正确示例
    /// 相邻的字凑成错字的样子，不是错字：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是项目的目地点不清、公布署名文章少，六部分成果汇编不全，任务被称做为重要事项。下一步，公布署名、发布署名信息，部署检查。
    /// ```
    ///
    /// ## 怎么改
    /// 按提示改正。
    ///
    /// ## 例外
    /// 只收录确实见过的错字。
    ///
    /// ## English
    /// A misspelling of a closed list.
    KnownTypo {
        code: "W015",
        name: "known-typo",
        title: "错别字",
        title_en: "A misspelling",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

impl Check for KnownTypo {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for typo in &Wording::get().typos {
                for (at, wrong) in line.text.match_indices(typo.wrong.as_str()) {
                    let (before, after) = (&line.text[..at], &line.text[at + wrong.len()..]);
                    if typo.not_after.iter().any(|w| before.ends_with(w.as_str()))
                        || typo.not_before.iter().any(|w| after.starts_with(w.as_str()))
                    {
                        continue;
                    }
                    let right = &typo.right;
                    let finding = out
                        .start(cx, say!("“{wrong}”应为“{right}”", "\"{wrong}\" should read \"{right}\""))
                        .help(say!("改为“{right}”", "write \"{right}\""))
                        .quote(cx.report, line.index, at..at + wrong.len());
                    out.push(finding);
                }
            }
        }
        Ok(())
    }
}
