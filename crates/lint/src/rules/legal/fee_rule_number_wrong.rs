use crate::prelude::*;

declare_rule! {
    /// 《政府信息公开信息处理费管理办法》的文号写错。
    ///
    /// ## 为什么
    /// 这个办法由国办函〔2020〕109号印发。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 六、其他需要报告的事项
    /// 按照《政府信息公开信息处理费管理办法》（国办发〔2020〕109号），2023年未收取信息处理费。
    /// ```
    ///
    /// ## 正确示例
    /// 本地转发的文件有自己的文号：
    /// ```report,good
    /// 年份：2023
    /// 六、其他需要报告的事项
    /// 按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）和《云岭省财政厅关于转发〈政府信息公开信息处理费管理办法〉的通知》（云财综〔2021〕8号）、省财政厅印发的《政府信息公开信息处理费管理办法》（云财综〔2021〕9号），2023年未收取信息处理费。
    /// ```
    ///
    /// ## 怎么改
    /// 改为国办函〔2020〕109号。
    ///
    /// ## 例外
    /// 只检查写成国务院及其办公厅文号的；各地转发文件的文号不检查。
    ///
    /// ## English
    /// The fee rule is cited by another number of the State Council's General Office than its own.
    FeeRuleNumberWrong {
        code: "L012",
        name: "fee-rule-number-wrong",
        title: "信息处理费办法的文号写错",
        title_en: "The number of the fee rule is wrong",
        severity: Warning,
        class: Inaccurate,
        years: (2021, u16::MAX),
        sources: [("xinxichulifei", "number")],
        since: "0.1.0",
    }
}

impl Check for FeeRuleNumberWrong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let citations = cx.citations();
        for title in citations.titles.iter().filter(|t| t.document.is_some_and(|d| d.id == "xinxichulifei")) {
            let (Some(rule), Some(number)) = (title.document, title.number.map(|n| &citations.numbers[n]))
            else {
                continue;
            };
            if number.document.is_some() || !number.is_central() {
                continue;
            }
            let (seen, right, name) = (number.words(), rule.short_name(), &rule.title);
            let finding = out
                .start(
                    cx,
                    say!(
                        "《{name}》的文号是{right}，写成了{seen}",
                        "the number of 《{name}》 is {right}, not {seen}"
                    ),
                )
                .help(say!("改为{right}", "write {right}"))
                .quote(cx.report, cx.prose()[title.at].index, number.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
