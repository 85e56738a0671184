use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::{pattern, replace};

declare_rule! {
    /// 标点重复，或者一部分以“；”“，”结尾。
    ///
    /// ## 为什么
    /// 多是删改后留下的标点；以“；”结尾的，后面可能还漏了内容。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时，，二是解读形式单一。下一步，将按月检查。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，将按月检查；
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 公开财政信息，12条，更新不够及时。下一步，将按月检查。
    /// ```
    ///
    /// ## 正确示例
    /// 省略号、分条列举、引号后的标点不报告：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 存在以下问题：
    /// 1.更新不够及时；
    /// 2.解读形式单一……
    /// 3.提出“怎么办？”，没有下文。下一步，将按月检查。
    /// ```
    ///
    /// ## 怎么改
    /// 删去多余的标点；没有写完的补完。
    ///
    /// ## English
    /// A punctuation mark is doubled, or a section ends with ； or ，.
    DanglingPunctuation {
        code: "W010",
        name: "dangling-punctuation",
        title: "标点多余或者没有写完",
        title_en: "Punctuation is doubled or dangling",
        severity: Info,
        class: Inaccurate,
        sources: [],
        fixable: true,
        since: "0.1.0",
    }
}

/// Two marks in a row of which one is too many, and a comma between what is counted and its number.
static DOUBLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?P<two>[，。；、：]{2,})|(?:公开|发布)[^，。；：]{0,8}信息(?P<comma>，)[0-9]+(?:条|件)[，。；、]",
    )
});

impl Check for DanglingPunctuation {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prose = cx.prose();
        for (at, line) in prose.iter().enumerate() {
            for found in DOUBLED.captures_iter(line.text) {
                let Some(mark) = found.name("two").or_else(|| found.name("comma")) else { continue };
                let seen = mark.as_str();
                let mut finding = out
                    .start(cx, say!("标点“{seen}”多余", "the punctuation \"{seen}\" is too much"))
                    .help(say!("删去多余的标点", "delete what is too much"));
                let first = seen.chars().next().unwrap_or('，');
                if seen.chars().count() > 1 && seen.chars().all(|c| c == first) {
                    finding = finding.fix(replace(cx.report, line.index, mark.range(), &first.to_string()));
                }
                out.push(finding.quote(cx.report, line.index, mark.range()));
            }
            // The end of a section: what follows belongs to another one. Tables may follow in the others.
            let section = line.line.section;
            let last = prose.get(at + 1).is_none_or(|next| next.line.section != section);
            let text = line.text.trim_end();
            let Some(mark) = text.chars().next_back().filter(|c| ['；', '，', '、'].contains(c)) else {
                continue;
            };
            if last && matches!(section, 1 | 5 | 6) {
                let end = text.len();
                let finding = out
                    .start(
                        cx,
                        say!(
                            "这一部分以“{mark}”结尾，可能没有写完",
                            "the section ends with \"{mark}\"; something may be missing"
                        ),
                    )
                    .help(say!("改为句号；没有写完的补完", "end with 。 or write what is missing"))
                    .quote(cx.report, line.index, end - mark.len_utf8()..end);
                out.push(finding);
            }
        }
        Ok(())
    }
}
