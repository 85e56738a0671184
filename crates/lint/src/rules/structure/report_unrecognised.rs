use crate::prelude::*;

declare_rule! {
    /// 文件里没有认出年度报告：六个部分的标题和三张表格一个也没有找到。
    ///
    /// ## 为什么
    /// 多半是选错了文件，或者正文在附件里、在图片里。其余规则无从检查，不再逐条报告缺失。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 标题：青禾县水务局工作简报
    /// 删去：一
    /// 删去：二
    /// 删去：三
    /// 删去：四
    /// 删去：五
    /// 删去：六
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// ```
    ///
    /// ## 怎么改
    /// 确认选对了文件；正文在附件里的，检查附件；正文是图片的，换用文字版。
    ///
    /// ## English
    /// Neither a heading nor a table of the form was found in the file. Nothing else can be checked.
    ReportUnrecognised {
        code: "S000",
        name: "report-unrecognised",
        title: "没有认出年度报告",
        title_en: "No report was recognised",
        severity: Error,
        class: Incomplete,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for ReportUnrecognised {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        if !cx.report.sections.is_empty() || !cx.report.tables.is_empty() {
            return Ok(());
        }
        // The page names the report and only links to it.
        let attached = cx.report.lines.iter().find(|l| l.text.value.contains("附件"));
        let (message, help) = match attached.filter(|_| cx.report.title.is_some()) {
            Some(_) => (
                say!(
                    "页面上只有标题，报告正文在附件里，没有可以检查的内容",
                    "the page has only the title; the report is in an attachment, and nothing was checked"
                ),
                say!("请下载附件，检查附件文件", "download the attachment and check that file"),
            ),
            None => (
                say!(
                    "文件里没有找到年度报告的标题和表格，其余规则未检查",
                    "neither headings nor tables of a report were found; nothing else was checked"
                ),
                say!(
                    "确认选对了文件；正文在附件或图片里的，换用文字版",
                    "check that this is the right file; if the text is in an attachment or a picture, use a text version"
                ),
            ),
        };
        let mut finding = out.start(cx, message).help(help).key("report");
        finding.place.location = attached.map(|l| l.text.location).filter(|_| cx.report.title.is_some());
        out.push(finding);
        Ok(())
    }
}
