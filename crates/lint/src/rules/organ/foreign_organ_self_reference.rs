use std::sync::LazyLock;

use nianbao_schema::organ::Organs;
use regex::Regex;

use crate::prelude::*;
use crate::support::pattern;

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
    /// 镇里没有乡政府：
    /// ```report,bad
    /// 机关：青禾县石桥镇人民政府
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，我镇将加强培训，扎实推进乡政府信息公开。
    /// ```
    /// 街道的报告统计了向市政府提出的申请：
    /// ```report,bad
    /// 机关：临江市城东区和平街道办事处
    /// 全年公民、法人向市政府及市政府办公室提出的政府信息公开申请7件。
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
    /// “我局限于”“为我办理”不是自称；引导群众向上级提出申请，不是统计：
    /// ```report,good
    /// 机关：青禾县石桥镇人民政府
    /// 五、存在的主要问题及改进情况
    /// 一是受自我局限影响，“我局我尽责”口号流于形式，群众反映为我办理不便。下一步，引导申请人向县政府提出申请，与相邻的双河乡政府互通信息，指导各村委会向县政府提出的申请做好登记。
    /// ```
    /// 县政府的报告可以说“我县”，部门可以说“我市”“我省”：
    /// ```report,good
    /// 机关：青禾县水务局
    /// 五、存在的主要问题及改进情况
    /// 一是我局更新不够及时。下一步，结合我省、我市、我县要求，由各乡镇政府、街道办事处共同落实，报请石桥镇政府、和平办事处配合。
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

/// `向市政府及市政府办公室提出的政府信息公开申请5件`: requests to another organ, counted.
static RECEIVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "向(?P<whose>(?:省|市|县|区|州)(?:人民)?政府(?:[及和、与](?:省|市|县|区|州)?(?:人民)?政府办公[室厅])?)提出的?(?:政府信息公开)?申请共?[0-9]+",
    )
});

impl Check for ForeignOrganSelfReference {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let kind = cx.organ_kind()?;
        let facts = kind.facts();
        let organ = cx.report.organ.as_ref();
        let given = organ.is_some_and(|o| o.given);
        let called = organ.map_or("", |o| o.name.as_str());
        // A zone that also governs a town may call itself both.
        let also: Vec<&str> = organ
            .iter()
            .flat_map(|o| &o.also)
            .flat_map(|k| &k.facts().self_words)
            .map(String::as_str)
            .collect();
        let variant = facts.variants.iter().find(|v| v.suffixes.iter().any(|s| called.ends_with(s.as_str())));
        let more = variant.map_or(&[][..], |v| &v.foreign_words);
        let selves = facts.self_words.iter().map(|w| format!("“{w}”")).collect::<Vec<_>>().join("、");
        let (name, name_en) = (&facts.name.zh, &facts.name.en);
        let receives = Organs::get().receiver.kinds.contains(&kind);
        let certain = facts.foreign_words.iter().chain(more).map(|w| (w, true));
        let words: Vec<(&String, bool)> =
            certain.chain(facts.doubtful_words.iter().map(|w| (w, false))).collect();
        for line in cx.prose() {
            let text = line.text;
            for (word, certain) in words.iter().filter(|(w, _)| !also.contains(&w.as_str())) {
                for (at, _) in text.match_indices(word.as_str()) {
                    let own = word.starts_with('我');
                    // 石桥镇财政所 may well say 我镇, 石桥镇人民政府办公室 镇政府; of a variant the rest of the name decides.
                    let whose = word.trim_start_matches('我').trim_end_matches("政府");
                    let theirs =
                        organ.is_some_and(|o| o.names().any(|n| n.contains(whose))) && !more.contains(word);
                    // A quoted title may name anybody.
                    if theirs || line.is_quoted(at) || (!own && !is_bare(text, at, &facts.bare_after)) {
                        continue;
                    }
                    if own && is_cut_out(word, &text[at + word.len()..]) {
                        continue;
                    }
                    let finding = out
                        .start(
                            cx,
                            say!(
                                "“{word}”不是{name}的自称，疑为照抄其他机关的报告",
                                "\"{word}\" is not what a {name_en} calls itself; the sentence seems copied from another organ's report"
                            ),
                        )
                        .severity(if (own && *certain) || given { Severity::Error } else { Severity::Warning })
                        .help(say!("改为本机关的自称（如{selves}），并检查本段是否还有抄来的内容", "use the organ's own words (such as {selves}) and look for more copied text"))
                        .quote(cx.report, line.index, at..at + word.len());
                    out.push(finding);
                }
            }
            for found in RECEIVER.captures_iter(text).filter(|_| receives) {
                let Some(whose) = found.name("whose").filter(|w| !line.is_quoted(w.start())) else {
                    continue;
                };
                let seen = whose.as_str();
                let finding = out
                    .start(
                        cx,
                        say!(
                            "统计的是向“{seen}”提出的申请，不是向本机关（{name}）提出的，疑为照抄其他机关的报告",
                            "the requests counted went to \"{seen}\", not to this organ ({name_en}); the sentence seems copied"
                        ),
                    )
                    .severity(Severity::Warning)
                    .help(say!("写向本机关提出的申请件数，并检查本段是否还有抄来的内容", "give the number of requests to this organ and look for more copied text"))
                    .quote(cx.report, line.index, whose.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}

/// Whether nothing before a word names whose it is: it begins the sentence, or follows a word after which an organ speaks
/// of itself.
fn is_bare(text: &str, at: usize, more: &[String]) -> bool {
    let before = text[..at].trim_end();
    before.ends_with(|c: char| "。；！？".contains(c))
        || before.is_empty()
        || Organs::get().bare.after.iter().chain(more).any(|w| before.ends_with(w.as_str()))
}

/// 我局限…, 我委托…, 我办理…: the word is cut out of another one.
fn is_cut_out(word: &str, after: &str) -> bool {
    let next: &[char] = match word {
        "我办" => {
            &['理', '事', '公', '案', '学', '好', '成', '了', '结', '证', '税', '过', '完', '得', '文', '起']
        }
        _ => &['限', '部', '势', '托', '员', '村', '音', '派', '面', '长'],
    };
    after.starts_with(next)
}
