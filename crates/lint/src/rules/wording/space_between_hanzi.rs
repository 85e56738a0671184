use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::{edit, pattern};

declare_rule! {
    /// 汉字之间有空格：“完 善制度”。
    ///
    /// ## 为什么
    /// 空格妨碍检索和复制，多是排版或者转换留下的。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是制度不够完 善，栏目更新不够 及时。下一步，将按月检查。
    /// ```
    ///
    /// ## 正确示例
    /// 标题与正文之间、联系方式各项之间的空格，数字两边的空格不报告：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// （一）更新方面 更新不够及时，仅公开 12 条。
    /// 1.解读方面　解读形式单一。
    /// 联系人：办公室 电话：0564-5012345 地址：青禾县东街
    /// 青禾县水务局 办公室
    /// ```
    ///
    /// ## 怎么改
    /// 删去空格。
    ///
    /// ## 例外
    /// 全文只报告一次，列出前几处。
    ///
    /// ## English
    /// Spaces stand between Han characters of a sentence. Reported once a document.
    SpaceBetweenHanzi {
        code: "W012",
        name: "space-between-hanzi",
        title: "汉字之间有空格",
        title_en: "Spaces stand between Han characters",
        severity: Info,
        class: Inaccurate,
        sources: [],
        fixable: true,
        since: "0.1.0",
    }
}

static SPACED: LazyLock<Regex> = LazyLock::new(|| pattern("\\p{Han}(?P<gap>[ \u{3000}\u{a0}]+)\\p{Han}"));

/// Places shown; all of them are mended.
const SHOWN: usize = 3;

impl Check for SpaceBetweenHanzi {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mut gaps = Vec::new();
        for line in cx.prose() {
            // Lines of contact data and signatures are laid out with spaces.
            let sentence = line.text.contains(['。', '，', '；']);
            if !sentence || ["电话", "邮编", "邮箱", "地址", "联系人"].iter().any(|w| line.text.contains(w))
            {
                continue;
            }
            let mut from = 0;
            // Two gaps may share a character: 完 善 制.
            while let Some(found) = SPACED.captures_at(line.text, from) {
                let Some(gap) = found.name("gap") else { break };
                from = gap.end();
                if !parts_heading(&line.text[..gap.start()]) {
                    gaps.push((line.index, gap.range()));
                }
            }
        }
        if gaps.is_empty() {
            return Ok(());
        }
        let times = gaps.len();
        let edits =
            gaps.iter().filter_map(|(line, range)| edit(cx.report, *line, range.clone(), "")).collect();
        let words = |range: &std::ops::Range<usize>| range.start.saturating_sub(3)..range.end + 3;
        let mut finding = out
            .start(
                cx,
                say!("汉字之间有空格，共{times}处", "spaces stand between Han characters in {times} places"),
            )
            .help(say!("删去空格", "delete them"))
            .fix(Fix { edits })
            .key("spaces");
        for (line, range) in gaps.iter().take(SHOWN) {
            let marked = words(range);
            let fits = cx.report.lines.get(*line).is_some_and(|l| l.text.value.get(marked.clone()).is_some());
            finding = finding.quote(cx.report, *line, if fits { marked } else { range.clone() });
        }
        out.push(finding);
        Ok(())
    }
}

/// Whether what stands before a space is a heading that the text runs on from: `（一）更新方面 更新不够及时`.
fn parts_heading(before: &str) -> bool {
    let before = before.trim_start();
    // Nothing longer is a heading; looked at first, so that a long line with many gaps costs little.
    if before.chars().nth(24).is_some() || before.contains(['，', '。', '；']) {
        return false;
    }
    // 一是… is a sentence, 一、… and （一）… head one.
    !nianbao_text::label::split_number(&nianbao_text::label::normal(before)).0.is_empty()
}
