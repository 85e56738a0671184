use crate::prelude::*;

declare_rule! {
    /// 正文里半角数字与全角数字混用。
    ///
    /// ## 为什么
    /// 同一份报告里数字写法应当一致；全角数字多是粘贴来的，容易漏改。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （三）政府信息管理
    /// 复核信息３２条，更正5条。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （三）政府信息管理
    /// 复核信息32条，更正五条。
    /// ```
    ///
    /// ## 怎么改
    /// 统一用半角阿拉伯数字。
    ///
    /// ## 例外
    /// 只看阿拉伯数字，汉字数字不算；默认不检查。
    ///
    /// ## English
    /// The prose has digits of both widths.
    NumberFormatMixed {
        code: "W018",
        name: "number-format-mixed",
        title: "半角、全角数字混用",
        title_en: "Digits of both widths in the prose",
        severity: Info,
        class: Inaccurate,
        off: true,
        sources: [],
        since: "0.1.0",
    }
}

impl Check for NumberFormatMixed {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        if !cx.prose().iter().any(|l| l.text.contains(|c: char| c.is_ascii_digit())) {
            return Ok(());
        }
        let wide = |c: char| ('０'..='９').contains(&c);
        let place = cx.prose().iter().find_map(|l| l.text.find(wide).map(|at| (l, at)));
        let Some((line, at)) = place else { return Ok(()) };
        let tail = &line.text[at..];
        let end = at + tail.find(|c: char| !wide(c)).unwrap_or(tail.len());
        let seen = &line.text[at..end];
        let finding = out
            .start(
                cx,
                say!(
                    "“{seen}”是全角数字，正文别处用的是半角",
                    "{seen} is in double width, other numbers are not"
                ),
            )
            .help(say!("统一用半角数字", "write all numbers in half width"))
            .quote(cx.report, line.index, at..end);
        out.push(finding);
        Ok(())
    }
}
