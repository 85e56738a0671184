use nianbao_schema::source::Source;
use nianbao_text::label;

use crate::prelude::*;

declare_rule! {
    /// 法规名称写错，例如《中华人民共和国信息公开条例》《国务院政府信息公开条例》。
    ///
    /// ## 为什么
    /// 没有这样名称的法规。正确名称是《中华人民共和国政府信息公开条例》。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 本年度报告根据《中华人民共和国信息公开条例》编制。
    /// ```
    ///
    /// ## 正确示例
    /// 说明过的简称、通行的简称、本地的规章名称都不是写错：
    /// ```report,good
    /// 本年度报告根据《中华人民共和国政府信息公开条例》（以下简称《条例》）、《云岭省政务公开条例》和《临江市政府信息公开规定》编制，《条例》和《政府信息公开条例》的培训各1次，还学习了《信息公开条例》问答。
    /// ```
    ///
    /// ## 怎么改
    /// 写全称《中华人民共和国政府信息公开条例》，其后可用《条例》。
    ///
    /// ## English
    /// The Regulation is given a name that no law has.
    LawNameWrong {
        code: "L009",
        name: "law-name-wrong",
        title: "法规名称写错",
        title_en: "The name of the Regulation is wrong",
        severity: Error,
        class: Inaccurate,
        sources: [("tiaoli", "title")],
        since: "0.1.0",
    }
}

impl Check for LawNameWrong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for title in &cx.citations().titles {
            let words = label::normal(title.title());
            let wrong = |s: &&Source| s.wrong_titles.contains(&words);
            let Some(law) = Source::all().iter().find(wrong) else { continue };
            let line = &cx.prose()[title.at];
            // A short form that the report itself introduces is its own affair.
            if line.text[..title.range.start].ends_with("简称") {
                continue;
            }
            let (seen, right) = (title.title(), &law.title);
            let finding = out
                .start(
                    cx,
                    say!(
                        "没有《{seen}》这部法规，应为《{right}》",
                        "there is no 《{seen}》; the name is 《{right}》"
                    ),
                )
                .help(say!("改为《{right}》", "write 《{right}》"))
                .quote(cx.report, line.index, title.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}
