use crate::prelude::*;
use crate::support::about_label;

declare_rule! {
    /// 表格中混有另一版格式的标签。
    ///
    /// ## 为什么
    /// 两版格式的同一格可能统计不同的内容，例如“对外公开总数量”是累计公开数，“现行有效件数”是有效件数。
    /// 标签混用，数字的含义就不确定。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2022
    /// | 行政规范性文件 → 规范性文件 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2022
    /// | 规章 | 现行有效件数 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 换成本版格式的标签，并核对这一列或这一行的数字是否按本版口径统计。列标题混用的，该列数字不会读入，以免张冠李戴。
    ///
    /// ## English
    /// Some labels belong to the form of another period, while most are of the right one.
    MixedFormatLabels {
        code: "T005",
        name: "mixed-format-labels",
        title: "混用另一版格式的标签",
        title_en: "Labels of another form are mixed in",
        severity: Warning,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for MixedFormatLabels {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mixed: Vec<_> =
            cx.report.labels.iter().filter(|l| matches!(l.matched, LabelMatch::OtherForm(_))).collect();
        let Some(first) = mixed.first() else { return Ok(()) };
        let mut words: Vec<String> = Vec::new();
        for label in &mixed {
            let seen = nianbao_text::label::normal(&label.text.value);
            let word = if label.official.is_empty() || label.official == seen {
                format!("“{seen}”")
            } else {
                format!("“{seen}”（应为“{}”）", label.official)
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let (list, used, used_en) = (words.join("、"), &cx.form().name.zh, &cx.form().name.en);
        let LabelMatch::OtherForm(other) = first.matched else { return Ok(()) };
        let (other_zh, other_en) = (&other.form().name.zh, &other.form().name.en);
        let mut finding = out
            .start(
                cx,
                say!(
                    "表格用的是{used}，但混有{other_zh}的标签：{list}",
                    "the tables follow the {used_en} but hold labels of the {other_en}: {list}"
                ),
            )
            .help(say!(
                "换成{used}的标签，并核对该行、该列数字的统计口径",
                "use the labels of the {used_en} and check what the numbers below them count"
            ));
        finding = about_label(cx, finding, first);
        for label in mixed.iter().skip(1) {
            finding = finding.evidence(Evidence::Quote {
                text: label.text.value.clone(),
                marks: std::iter::once(0..label.text.value.len()).collect(),
                location: label.text.location,
            });
        }
        out.push(finding);
        Ok(())
    }
}
