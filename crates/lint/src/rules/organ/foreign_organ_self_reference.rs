use crate::prelude::*;

use nianbao_schema::organ::Organs;

declare_rule! {
    /// 用了别类机关的自称，例如开发区的报告写“镇政府”，镇的报告写“我局”。
    ///
    /// ## 为什么
    /// 这是照抄别的机关报告留下的痕迹。统一格式的通知把内容雷同、敷衍塞责列为要追究责任的情形。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：青禾县石桥镇人民政府
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，我局将加强培训。
    /// ```
    ///
    /// ## 正确示例
    /// 提到别的机关时带上名称，不是自称：
    /// ```report,good
    /// 机关：青禾经济开发区
    /// 五、存在的主要问题及改进情况
    /// 一是与石桥镇政府、各乡政府的信息共享不够及时。下一步，将会同镇政府定期核对，推动镇政府做好公示，由管委会公布，镇政府、村委会同步张贴，助力我乡村振兴。
    /// ```
    ///
    /// ## 怎么改
    /// 改为本机关的自称，并检查同一段其他内容是否也是抄来的。
    ///
    /// ## 例外
    /// 前面有地名、“各”“所辖”或者“会同”“与”等词的，指的是别的机关，不报告。“我局”一类词不会指别人，是错误；
    /// “镇政府”一类词在类型由名称推断时只是警告。区镇合一的开发区在配置文件中写明 `organ.also = ["township"]`，两种自称都可以用。
    ///
    /// ## English
    /// The report speaks of itself in words that only another kind of organ uses.
    ForeignOrganSelfReference {
        code: "D001",
        name: "foreign-organ-self-reference",
        title: "自称与机关类型不符",
        title_en: "The report speaks of itself as another kind of organ",
        severity: Warning,
        class: Perfunctory,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for ForeignOrganSelfReference {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let kind = cx.organ_kind()?;
        let facts = kind.facts();
        let organ = cx.report.organ.as_ref();
        let given = organ.is_some_and(|o| o.given);
        // A zone that also governs a town may call itself both.
        let also: Vec<&str> = organ
            .iter()
            .flat_map(|o| &o.also)
            .flat_map(|k| &k.facts().self_words)
            .map(String::as_str)
            .collect();
        for (index, line) in cx.report.prose() {
            let text = &line.text.value;
            for word in facts.foreign_words.iter().filter(|w| !also.contains(&w.as_str())) {
                // A quoted title may name anybody.
                for (at, _) in text.match_indices(word.as_str()) {
                    let own = word.starts_with('我');
                    // 石桥镇财政所 may well say 我镇, 石桥镇人民政府办公室 镇政府.
                    let whose = word.trim_start_matches('我').trim_end_matches("政府");
                    if organ.is_some_and(|o| o.names().any(|n| n.contains(whose)))
                        || in_title_marks(text, at)
                        || (!own && !is_bare(text, at))
                    {
                        continue;
                    }
                    // 我局限…, 我委托…: the word is cut out of another one.
                    if own && text[at + word.len()..].starts_with(['限', '部', '势', '托', '员', '村', '音'])
                    {
                        continue;
                    }
                    let selves =
                        facts.self_words.iter().map(|w| format!("“{w}”")).collect::<Vec<_>>().join("、");
                    let (name, name_en) = (&facts.name.zh, &facts.name.en);
                    let finding = out
                        .start(
                            cx,
                            say!(
                                "“{word}”不是{name}的自称，疑为照抄其他机关的报告",
                                "\"{word}\" is not what a {name_en} calls itself; the sentence seems copied from another organ's report"
                            ),
                        )
                        .severity(if own || given { Severity::Error } else { Severity::Warning })
                        .help(say!("改为本机关的自称（如{selves}），并检查本段是否还有抄来的内容", "use the organ's own words (such as {selves}) and look for more copied text"))
                        .quote(cx.report, index, at..at + word.len());
                    out.push(finding);
                }
            }
        }
        Ok(())
    }
}

/// Whether nothing before a word names whose it is: it begins the sentence, or follows a word after which an organ speaks
/// of itself.
fn is_bare(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    before.ends_with(|c: char| "。；！？".contains(c))
        || before.is_empty()
        || Organs::get().bare.after.iter().any(|w| before.ends_with(w.as_str()))
}

/// Whether a place lies inside 《…》 or quotation marks.
fn in_title_marks(text: &str, at: usize) -> bool {
    let open = |a: char, b: char| text[..at].matches(a).count() > text[..at].matches(b).count();
    open('《', '》') || open('“', '”')
}
