use crate::prelude::*;

declare_rule! {
    /// 数据格填了“/”“—”“无”等符号。
    ///
    /// ## 为什么
    /// 统一格式要求填数，没有的填 0。符号不能参加合计，也说不清是没有还是不适用。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 规章 | 本年制发件数 / | 本年废止件数 / | 现行有效件数 / |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 规章 | 本年制发件数 0 | 本年废止件数 0 | 现行有效件数 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 没有发生的填 0。当地填报说明要求填“/”的，可以不改。
    ///
    /// ## English
    /// A data cell holds a mark for "does not apply" instead of a number.
    CellNaSymbol {
        code: "T012",
        name: "cell-na-symbol",
        title: "用符号代替数字",
        title_en: "A mark stands in place of a number",
        severity: Info,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for CellNaSymbol {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for table in cx.form().tables {
            let marked: Vec<_> = cx
                .form()
                .official_cells()
                .filter(|c| c.table.id == table.id)
                .filter(|c| cx.report.cell(c.id).is_some_and(|r| r.value == Value::NotApplicable))
                .collect();
            let Some(first) = marked.first() else { continue };
            let symbol = cx.report.cell(first.id).map_or("", |r| r.text.value.trim());
            let (count, name, name_en) = (marked.len(), &table.name.zh, &table.name.en);
            let mut rows: Vec<&str> =
                marked.iter().map(|c| c.row.name.zh.as_str()).filter(|r| !r.is_empty()).collect();
            rows.dedup();
            let rows = if rows.is_empty() { String::new() } else { format!("（{}）", rows.join("、")) };
            let cells: Vec<_> = marked.iter().map(|c| c.id).collect();
            let finding = out
                .start(
                    cx,
                    say!(
                        "{name}有{count}格填的是“{symbol}”等符号，不是数字{rows}",
                        "{name_en}: {count} cells hold marks such as \"{symbol}\""
                    ),
                )
                .help(say!(
                    "没有发生的填 0；当地要求填“/”的可以不改",
                    "what did not happen is 0, unless local guidance asks for the mark"
                ))
                .cells(cx.report, cells.clone())
                .evidence(Evidence::Cells { shown: cells.clone(), marked: cells });
            out.push(finding);
        }
        Ok(())
    }
}
