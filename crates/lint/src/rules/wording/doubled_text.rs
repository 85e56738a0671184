use nianbao_schema::wording::{Doubled, Wording};
use nianbao_text::is_han;

use crate::prelude::*;

declare_rule! {
    /// 同样的文字连着写了两遍：“教育局局党政办公室”“可通过可以通过”。
    ///
    /// ## 为什么
    /// 多是修改时没有删净旧的文字。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是县水务局局办公室更新不及时。下一步，将按月检查。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是内容可通过可以通过网站查阅的提示不清。下一步，将按月检查。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是栏目更新不及时栏目更新不及时。下一步，将按月检查。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是更新不及时。下一步，将按月检查情况情况。
    /// ```
    ///
    /// ## 正确示例
    /// 合乎习惯的叠字、前一词的尾与后一词的头相同，都不是重复：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 紧紧围绕发展展示、人民民主、政务务实、机制制定，常常层层落实，一件一件、一条一条核对，县人民政府政府信息公开、信息公开公开栏、信息信息化、大数据数据资源、政务服务服务事项、社会监督监督员更新不及时，各处处长、局局长与县县城的目的的确不同，面对面对话、一对一对接少。下一步，将研究研究、按月检查。
    /// ```
    ///
    /// ## 怎么改
    /// 删去重复的部分。
    ///
    /// ## 例外
    /// 单字重复只检查少数几个名词；两个字的重复只在后面有停顿时报告。
    ///
    /// ## English
    /// The same words stand twice in a row.
    DoubledText {
        code: "W005",
        name: "doubled-text",
        title: "文字重复",
        title_en: "Words are written twice",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

/// Longer repetitions are whole clauses, which lists may rightly repeat.
const LONGEST: usize = 12;

impl Check for DoubledText {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let words = &Wording::get().doubled;
        for line in cx.prose() {
            let chars: Vec<(usize, char)> = line.text.char_indices().collect();
            let mut push = |range: std::ops::Range<usize>| {
                let seen = &line.text[range.clone()];
                let finding = out
                    .start(cx, say!("“{seen}”重复", "\"{seen}\" repeats itself"))
                    .help(say!("删去重复的部分", "delete the repetition"))
                    .quote(cx.report, line.index, range);
                out.push(finding);
            };
            let mut i = 0;
            while i < chars.len() {
                match doubled_at(&chars, i) {
                    Some(n) => {
                        let start = chars[i].0;
                        let end = chars.get(i + 2 * n).map_or(line.text.len(), |c| c.0);
                        if is_wrong(words, line.text, start..end, n) {
                            push(start..end);
                        }
                        i += 2 * n;
                    }
                    None => i += 1,
                }
            }
            for phrase in words.phrases.iter().filter(|p| !is_exact(p)) {
                for (at, _) in line.text.match_indices(phrase.as_str()) {
                    push(at..at + phrase.len());
                }
            }
        }
        Ok(())
    }
}

/// The length of the longest run of Han characters that stands twice from a place on.
fn doubled_at(chars: &[(usize, char)], i: usize) -> Option<usize> {
    (1..=LONGEST).rev().find(|n| {
        let Some(both) = chars.get(i..i + 2 * n) else { return false };
        both.iter().all(|(_, c)| is_han(*c))
            && both[..*n].iter().map(|c| c.1).eq(both[*n..].iter().map(|c| c.1))
    })
}

/// Whether a repetition is no word of the language and no meeting of two words.
fn is_wrong(words: &Doubled, text: &str, range: std::ops::Range<usize>, n: usize) -> bool {
    let half = &text[range.start..range.start + range.len() / 2];
    let after = &text[range.end..];
    match n {
        1 => {
            let near = |w: &String| {
                text[..range.end + after.chars().take(2).map(char::len_utf8).sum::<usize>()]
                    .get(range.start.saturating_sub(6)..)
                    .is_some_and(|t| t.contains(w.as_str()))
            };
            words.characters.iter().any(|c| c == half) && !words.right.iter().any(near)
        }
        // 信息公开公开栏: the second copy begins another word, unless the clause ends with it.
        2 => {
            let ends = after.is_empty()
                || after.starts_with(['，', '。', '；', '、', '：', '）', '”', '》', ',', ';']);
            let phrase = words.phrases.iter().any(|p| *p == text[range.clone()]);
            let abab = words.repeatable.iter().any(|w| w == half) || half.starts_with('一');
            phrase || (ends && !abab)
        }
        // 一个个一个个: a repetition of repetitions.
        _ => !half.starts_with('一') && half.chars().collect::<std::collections::BTreeSet<_>>().len() > 1,
    }
}

/// Whether a phrase is found as an exact repetition anyway.
fn is_exact(phrase: &str) -> bool {
    phrase.len().is_multiple_of(2) && phrase.get(..phrase.len() / 2) == phrase.get(phrase.len() / 2..)
}
