use crate::prelude::*;
use crate::support::about_label;

declare_rule! {
    /// 列标题只剩前半截。
    ///
    /// ## 为什么
    /// 标题分两行写时，转换或粘贴常丢第二行，剩下的“本年新”分不清是“本年新制作数量”还是“本年新公开数量”。
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2020
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 对照原文件，把列标题补全。
    ///
    /// ## English
    /// A column header is only the beginning of the official words.
    HeaderTruncated {
        code: "T010",
        name: "header-truncated",
        title: "列标题不完整",
        title_en: "A column header is cut off",
        severity: Warning,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for HeaderTruncated {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for label in cx.report.labels.iter().filter(|l| l.matched == LabelMatch::Truncated) {
            let (seen, official) = (nianbao_text::label::normal(&label.text.value), &label.official);
            let finding = out
                .start(
                    cx,
                    say!(
                        "列标题“{seen}”不完整，应为“{official}”",
                        "the header \"{seen}\" is cut off; it should read \"{official}\""
                    ),
                )
                .help(say!("补全为“{official}”", "write \"{official}\""));
            out.push(about_label(cx, finding, label));
        }
        Ok(())
    }
}
