use crate::damage::Glued;
use crate::prelude::*;
use crate::support::{about_label, cell_name};

declare_rule! {
    /// 几格的数字并到了一格，或者标签丢了字，疑为提取或转换文件时造成。
    ///
    /// ## 为什么
    /// 一格里有几个数字、旁边正好空着相应的格数，多是转换时把几格并成了一格；“本年增/减”只剩“本年增/”，是转换时丢了字。
    /// 数字属于哪一格没有把握，因此不读入，也不当作作者的错。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政规范性文件 | 本年制发件数 3　0　12 | 本年废止件数 空 | 现行有效件数 空 |
    /// ```
    /// ```report,bad
    /// 年份：2020
    /// | 本年增/减 → 本年增/ |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 正确示例
    /// 每格一个数字：
    /// ```report,good
    /// | 行政规范性文件 | 本年制发件数 3 | 本年废止件数 0 | 现行有效件数 12 |
    /// ```
    ///
    /// ## 怎么改
    /// 对照原文件核对这几格。原文件完整的，直接检查原文件；原文件也是这样的，把数字分到各格。
    ///
    /// ## 例外
    /// 旁边没有相应空格的，按“数据格不是数字”报告。
    ///
    /// ## English
    /// Numbers of several cells stand in one, or a label lost its end, in a way that conversions cause.
    ExtractionSuspectCell {
        code: "T050",
        name: "extraction-suspect-cell",
        title: "单元格疑似在转换中受损",
        title_en: "A cell seems damaged by a conversion",
        severity: Warning,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for ExtractionSuspectCell {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for Glued { cell, numbers, blank } in &cx.damage().glued {
            let Some(form_cell) = cx.form().cell(*cell) else { continue };
            let name = cell_name(form_cell);
            let (zh, en) = (&name.zh, &name.en);
            let (count, blanks) = (numbers.len(), blank.len());
            let (list, list_en) = (numbers.join("、"), numbers.join(", "));
            let cells: Vec<_> = std::iter::once(*cell).chain(blank.iter().copied()).collect();
            let mut finding = out
                .start(
                    cx,
                    say!(
                        "{zh}里有{count}个数字（{list}），旁边正好空{blanks}格，疑为转换时几格并成了一格，数字未读入",
                        "{en} holds {count} numbers ({list_en}) and {blanks} cells beside it are blank: a conversion seems to have joined cells; not read"
                    ),
                )
                .origin(Origin::Extraction)
                .help(say!(
                    "对照原文件核对这几格；原文件完整的，直接检查原文件",
                    "compare these cells with the original file and check that one"
                ))
                .cells(cx.report, cells.clone())
                .evidence(Evidence::Cells { shown: cells, marked: vec![*cell] });
            finding.place.cell = Some(*cell);
            out.push(finding);
        }
        let mut told = Vec::new();
        for label in cx.damage().labels.iter().map(|i| &cx.report.labels[*i]) {
            let (seen, official) = (nianbao_text::label::normal(&label.text.value), &label.official);
            // The same header stands above several blocks and is damaged in all of them.
            if told.contains(&seen) {
                continue;
            }
            told.push(seen.clone());
            let finding = out
                .start(
                    cx,
                    say!(
                        "标签“{seen}”后面丢了字，应为“{official}”，疑为提取或转换文件时造成",
                        "the label \"{seen}\" has lost its end (\"{official}\"), as conversions cause"
                    ),
                )
                .severity(Severity::Info)
                .origin(Origin::Extraction)
                .help(say!("对照原文件核对这个标签", "compare the label with the original file"));
            out.push(about_label(cx, finding, label));
        }
        Ok(())
    }
}
