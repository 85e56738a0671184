use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

declare_rule! {
    /// “共主动公开条”“现行有效的规范性文件。”：该写数字的地方没有数字。
    ///
    /// ## 为什么
    /// 套用模板时数字忘了填，句子也不通。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （一）主动公开
    /// 全年在门户网站共主动公开条，其中动态类信息30条。
    /// ```
    /// ```report,bad
    /// （三）政府信息管理
    /// 制发行政规范性文件0件，现行有效的规范性文件。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （一）主动公开
    /// 逐条公开政府信息，明确受理条件，每件公开件都注明来源，公开办件、交办件，发布《公开条例》解读。
    /// ```
    /// ```report,good
    /// （三）政府信息管理
    /// 集中公布现行有效的规范性文件。及时清理现行有效的规范性文件。
    /// ```
    ///
    /// ## 怎么改
    /// 补上核对过的数字；没有的写 0。
    ///
    /// ## 例外
    /// “逐条”“每件”“条例”“条件”“办件”不是数量。
    ///
    /// ## English
    /// A verb and a unit, and no number between them.
    MissingNumberBeforeUnit {
        code: "X022",
        name: "missing-number-before-unit",
        title: "单位前缺数字",
        title_en: "A number is missing before its unit",
        severity: Error,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

/// A verb of counting, its object, a unit and the end of the clause. 共 or 全年 before it shows that a number was meant.
static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "(?:共|累计|总计|合计|全年|年内|本年度?|年度)[^，。；：、！？,;0-9０-９]{0,16}?",
        "(?P<gap>(?:主动公开|公开|发布|推送|收到|受理|办结|答复|回复|制发|印发)(?:了)?(?:各类)?(?:政府信息|政务信息|信息|消息|文件|规范性文件|政府信息公开申请|信息公开申请|申请|留言)?",
        "(?:共|共计)?(?:条|件|篇|次|份))(?:[，。；,;]|$)"
    ))
    .ok()
});

impl Check for MissingNumberBeforeUnit {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(pattern) = PATTERN.as_ref() else { return Ok(()) };
        for (index, line) in cx.report.prose() {
            let text = &line.text.value;
            for found in pattern.captures_iter(text) {
                let Some(found) = found.name("gap") else { continue };
                let words = found.as_str();
                let finding = out
                    .start(cx, say!("“{words}”少了数字", "a number is missing in \"{words}\""))
                    .help(say!("补上核对过的数字；没有的写 0", "write the checked number, or 0"))
                    .quote(cx.report, index, found.range());
                out.push(finding);
            }
        }
        // 制发规范性文件2件，现行有效的规范性文件。: the number after its neighbours is missing.
        let in_force = "现行有效的规范性文件";
        for (index, line) in cx.report.prose() {
            let text = &line.text.value;
            for (at, _) in text.match_indices(in_force) {
                let end = at + in_force.len();
                let clause = text[..at].rfind(['，', '。', '；', '、']).map_or(0, |i| i + 3);
                let alone = text[clause..at].trim().is_empty() && text[end..].starts_with(['。', '；']);
                let beside = cx.report.claims.iter().any(|c| {
                    c.line == index && c.range.end <= at && c.quantity_id().starts_with("documents.")
                });
                if alone && beside {
                    let finding = out
                        .start(
                            cx,
                            say!("“{in_force}”后少了件数", "the number is missing after \"{in_force}\""),
                        )
                        .help(say!("补上核对过的件数；没有的写 0", "write the checked number, or 0"))
                        .quote(cx.report, index, at..end);
                    out.push(finding);
                }
            }
        }
        Ok(())
    }
}
