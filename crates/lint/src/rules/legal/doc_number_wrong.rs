use nianbao_schema::source::Source;

use crate::prelude::*;
use crate::support::replace;

declare_rule! {
    /// 格式通知的文号写错，例如把“国办公开办函”写成“国办发”。
    ///
    /// ## 为什么
    /// 统一格式由国务院办公厅政府信息与政务公开办公室印发，发文代字是“国办公开办函”。写成“国办发”就成了另一个文件。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 本报告按照《中华人民共和国政府信息公开工作年度报告格式》（国办发〔2021〕30号）编制。
    /// ```
    /// ```report,bad
    /// 年份：2023
    /// 根据国办政务公开办函〔2021〕30号要求，编制本年度报告。
    /// ```
    ///
    /// ## 正确示例
    /// 同年同号的另一个文件，与年度报告无关：
    /// ```report,good
    /// 年份：2023
    /// 一、总体情况
    /// （一）主动公开
    /// 落实国办发〔2021〕30号文件，公开农业水价改革信息21条。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件。
    /// （三）政府信息管理
    /// 每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏。
    /// （五）监督保障
    /// 组织业务培训2次。
    /// ```
    /// 本地转发、本地自己的通知有自己的文号；文号在转换中丢了字的，不是作者写错：
    /// ```report,good,also-D050
    /// 年份：2023
    /// 本报告按照《县政府办公室转发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（青政办〔2021〕30号）和国办公开办函〔202130号编制年度报告。
    /// ```
    ///
    /// ## 怎么改
    /// 改为国办公开办函〔2021〕30号。
    ///
    /// ## 例外
    /// 没有写文件标题的，只在讲年度报告的句子里检查。括号用错的另有规则。
    ///
    /// ## English
    /// The number of the notice on the form is miswritten.
    DocNumberWrong {
        code: "L007",
        name: "doc-number-wrong",
        title: "文号写错",
        title_en: "The number of a known document is wrong",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        fixable: true,
        since: "0.1.0",
    }
}

impl Check for DocNumberWrong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let citations = cx.citations();
        for (index, number) in citations.numbers.iter().enumerate() {
            if number.document.is_some() || !number.is_central() {
                continue;
            }
            let line = &cx.prose()[number.at];
            let titled = citations.titles.iter().find(|t| t.number == Some(index));
            let meant: Option<&Source> = match titled {
                // The number of the fee rule has a rule of its own.
                Some(title) => title.document.filter(|d| d.id != "xinxichulifei"),
                None => {
                    let about = line.sentence_words(number.range.start);
                    let report = about.contains("年度报告") || about.contains("年报");
                    Source::all().iter().find(|s| report && number.is_like(s) && s.id.starts_with("gbgkbh"))
                }
            };
            let Some(meant) = meant else { continue };
            let (seen, right, title) = (number.words(), meant.short_name(), meant.common_title());
            let mut finding = out
                .start(
                    cx,
                    say!(
                        "《{title}》的文号是{right}，写成了{seen}",
                        "the number of 《{title}》 is {right}, not {seen}"
                    ),
                )
                .help(say!("改为{right}", "write {right}"))
                .quote(cx.report, line.index, number.range.clone());
            let code = right.split('〔').next().unwrap_or("");
            // Only the code of the issuer is changed by itself; numbers never are.
            if titled.is_some() && number.is_like(meant) && number.code_words() != code {
                finding = finding.fix(replace(cx.report, line.index, number.code.clone(), code));
            }
            out.push(finding);
        }
        Ok(())
    }
}
