use crate::prelude::*;
use crate::support::edit;

declare_rule! {
    /// 发文字号的年份没有用六角括号〔〕。
    ///
    /// ## 为什么
    /// 党政机关公文格式规定，发文字号中的年份用六角括号“〔〕”括起。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 本报告按照国办公开办函【2021】30号文件编制。
    /// ```
    ///
    /// ## 正确示例
    /// 案号、不带文号的年份、条款不是发文字号：
    /// ```report,good
    /// 年份：2023
    /// 本报告按照国办公开办函〔2021〕30号文件编制，参照（2023）云01行终12号判决，落实培训计划（2023）第3条和清单[2023]。
    /// ```
    ///
    /// ## 怎么改
    /// 改为〔〕。
    ///
    /// ## English
    /// The year in a document number stands in other brackets than 〔〕.
    DocNumberBrackets {
        code: "W007",
        name: "doc-number-brackets",
        title: "发文字号的括号不规范",
        title_en: "A document number has the wrong brackets",
        severity: Info,
        class: Inaccurate,
        sources: [],
        fixable: true,
        since: "0.1.0",
    }
}

impl Check for DocNumberBrackets {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for number in &cx.citations().numbers {
            let line = &cx.prose()[number.at];
            let [open, close] = &number.brackets;
            if &line.text[open.clone()] == "〔" && &line.text[close.clone()] == "〕" {
                continue;
            }
            let edits = [(open, "〔"), (close, "〕")]
                .map(|(range, new)| edit(cx.report, line.index, range.clone(), new));
            let seen = number.words();
            let (year, serial) = (number.year, number.serial);
            let finding = out
                .start(cx, say!("“{seen}”的年份应当用六角括号", "the year in \"{seen}\" belongs in 〔〕"))
                .help(say!("写作“〔{year}〕{serial}号”", "write 〔{year}〕{serial}号"))
                .fix(Fix { edits: edits.into_iter().flatten().filter(|e| e.old != e.new).collect() })
                .quote(cx.report, line.index, number.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
