use crate::prelude::*;

declare_rule! {
    /// 整段的末尾没有句号。
    ///
    /// ## 为什么
    /// 句子没有结束，读者会以为后面掉了文字。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （三）政府信息管理
    /// 对公开的信息实行拟稿、审核、签发三级把关，每半年清理一次失效信息
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （三）政府信息管理
    /// 对公开的信息实行三级把关，做法如下：
    /// 每半年清理一次失效信息；
    /// 逐条复核公开属性。
    /// ```
    ///
    /// ## 怎么改
    /// 补上句号。
    ///
    /// ## 例外
    /// 短句多是小标题，二十五字以内的不看；默认不检查。
    ///
    /// ## English
    /// A paragraph has no mark at its end.
    MissingEndPunctuation {
        code: "W011",
        name: "missing-end-punctuation",
        title: "段末没有标点",
        title_en: "No mark at the end of a paragraph",
        severity: Info,
        class: Inaccurate,
        off: true,
        sources: [],
        since: "0.1.0",
    }
}

/// Shorter lines are mostly headings.
const LEAST: usize = 26;

impl Check for MissingEndPunctuation {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose().iter().filter(|l| l.line.section > 0) {
            let text = line.text.trim_end();
            let Some(last) = text.chars().next_back() else { continue };
            if text.chars().count() < LEAST || !(last.is_alphanumeric()) || text.contains("http") {
                continue;
            }
            let finding = out
                .start(cx, say!("这一段的末尾没有标点", "the paragraph ends without a mark"))
                .help(say!(
                    "补上句号；后面掉了文字的，补全",
                    "write the full stop, or what was lost behind it"
                ))
                .quote(cx.report, line.index, text.len() - last.len_utf8()..text.len());
            out.push(finding);
        }
        Ok(())
    }
}
