use crate::prelude::*;

declare_rule! {
    /// 日期或文号里丢了“年”“月”“〕”，疑为提取或转换文件时造成。
    ///
    /// ## 为什么
    /// 有的程序从网页、Word 文件提取文字时，会丢掉重复出现的字，“2023年1月1日”只剩“202311日”。这不是作者的错，其他规则也
    /// 不会因为这些字报告问题；但数字不完整，应当换用原文件检查。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 本报告所列数据的统计期限为202311日至20231231日。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，按照某办函〔202130号的要求，20241月起逐月检查。
    /// ```
    ///
    /// ## 正确示例
    /// 日期完整的不报告；不可能是日期的数字也不当作日期：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是受理号202130号的信息更新不够及时。下一步，全年365日开放查询，2024年1月9日前完成整改。
    /// ```
    ///
    /// ## 怎么改
    /// 打开原文件看这几处。原文件完整的，直接检查原文件；原文件也是这样的，把字补上。
    ///
    /// ## English
    /// Marks of dates or document numbers are missing in a way that conversions cause and writers do not.
    ExtractionSuspectDate {
        code: "D050",
        name: "extraction-suspect-date",
        title: "日期或文号疑似在转换中受损",
        title_en: "A date or document number seems damaged by a conversion",
        severity: Info,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

/// Damaged words that are shown; all are counted.
const SHOWN: usize = 5;

impl Check for ExtractionSuspectDate {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let damaged = &cx.damage().prose;
        if damaged.is_empty() {
            return Ok(());
        }
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for (line, lost) in damaged.iter().take(SHOWN) {
            let seen = &cx.report.lines[*line].text.value[lost.range.clone()];
            let marks = lost.marks.iter().map(|m| format!("“{m}”")).collect::<String>();
            let marks_en = lost.marks.join(", ");
            let (likely, likely_en) = match &lost.likely {
                Some(likely) => (format!("，可能是“{likely}”"), format!(" (perhaps \"{likely}\")")),
                None => (String::new(), String::new()),
            };
            zh.push(format!("“{seen}”缺{marks}{likely}"));
            en.push(format!("\"{seen}\" lacks {marks_en}{likely_en}"));
        }
        let count = damaged.len();
        let (more, more_en) = if count > SHOWN {
            (format!("等{count}处"), format!(", {count} places in all"))
        } else {
            (String::new(), String::new())
        };
        let (zh, en) = (zh.join("；"), en.join("; "));
        let mut finding = out
            .start(
                cx,
                say!(
                    "疑为提取或转换文件时丢了字：{zh}{more}",
                    "a conversion seems to have lost characters: {en}{more_en}"
                ),
            )
            .origin(Origin::Extraction)
            .help(say!(
                "对照原文件核对这几处；原文件完整的，直接检查原文件",
                "compare these places with the original file and check that one"
            ))
            .key("lost-marks");
        for (line, lost) in damaged.iter().take(SHOWN) {
            finding = finding.quote(cx.report, *line, lost.range.clone());
        }
        out.push(finding);
        Ok(())
    }
}
