use crate::prelude::*;

declare_rule! {
    /// 文件标题和文号不是同一个文件的，例如2019年通知的标题配了2021年通知的文号。
    ///
    /// ## 为什么
    /// 两个通知标题不同、文号不同。混在一起，读者不知道报告究竟依据哪一个，多是只改了文号、没有改标题。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 本报告按照《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）编制。
    /// ```
    ///
    /// ## 正确示例
    /// 2021年通知的全称、附件名称，文号都是〔2021〕30号：
    /// ```report,good
    /// 年份：2023
    /// 本报告按照《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制，表格采用《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）。
    /// ```
    /// 2019年通知的附件叫“格式（试行）”：
    /// ```report,good
    /// 年份：2020
    /// 本报告按照《中华人民共和国政府信息公开工作年度报告格式（试行）》（国办公开办函〔2019〕60号）编制。
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 按实际依据的文件把标题和文号写成一致。
    ///
    /// ## English
    /// The title of one notice stands with the number of another.
    DocTitleNumberMismatch {
        code: "L006",
        name: "doc-title-number-mismatch",
        title: "文件标题与文号不符",
        title_en: "Title and number are of different documents",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for DocTitleNumberMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let citations = cx.citations();
        for title in &citations.titles {
            let number = title.number.map(|n| &citations.numbers[n]);
            let (Some(named), Some(number)) = (title.document, number) else { continue };
            let Some(numbered) = number.document.filter(|d| d.id != named.id) else { continue };
            let (seen, right) = (number.words(), named.short_name());
            let (of_number, of_title) = (numbered.common_title(), named.common_title());
            let finding = out
                .start(
                    cx,
                    say!(
                        "标题与文号不是同一文件：{seen}是《{of_number}》，而标题所指文件的文号是{right}",
                        "{seen} is the number of 《{of_number}》; the number of 《{of_title}》 is {right}"
                    ),
                )
                .help(say!(
                    "依据{seen}的，标题改为《{of_number}》；依据标题所指文件的，文号改为{right}",
                    "write the title 《{of_number}》 for {seen}, or the number {right} for the title given"
                ))
                .quote(cx.report, cx.prose()[title.at].index, title.range.start..number.range.end);
            out.push(finding);
        }
        Ok(())
    }
}
