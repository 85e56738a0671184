use crate::prelude::*;
use crate::support::{about_label, relabel};

declare_rule! {
    /// 表格小标题前后多了文字。
    ///
    /// ## 为什么
    /// “第二十条第（一）项”指条例的条款，前后不应有别的字。多出的编号常是 Word 自动编号。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 第二十条第（一）项 → （1） 第二十条第（一）项 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 第二十条第（一）项 → 第二十条  第（一）项 |
    /// ```
    ///
    /// ## 怎么改
    /// 删去多出的文字。
    ///
    /// ## English
    /// A caption of table 2 has further text before or after it.
    TableCaptionExtraText {
        code: "T009",
        name: "table-caption-extra-text",
        title: "表格小标题有多余文字",
        title_en: "A table caption has stray text",
        severity: Info,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "table2"), ("gbgkbh-2019-60", "table2")],
        fixable: true,
        since: "0.1.0",
    }
}

impl Check for TableCaptionExtraText {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let extra = |l: &&nianbao_schema::report::LabelReading| {
            l.kind == LabelKind::Caption && l.matched == LabelMatch::Extra
        };
        for label in cx.report.labels.iter().filter(extra) {
            let (seen, official) = (label.text.value.trim(), &label.official);
            let finding = out
                .start(
                    cx,
                    say!("表二小标题“{seen}”有多余文字", "the caption \"{seen}\" of table 2 has stray text"),
                )
                .help(say!("改为“{official}”", "write \"{official}\""))
                .fix(relabel(label));
            out.push(about_label(cx, finding, label));
        }
        Ok(())
    }
}
