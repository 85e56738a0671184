use crate::prelude::*;

declare_rule! {
    /// 某一行的格数或列标题与格式不符，数字无法对应到列。
    ///
    /// ## 为什么
    /// 数字属于哪一列说不清，就不能读入，也不能核对。与其猜错，不如请人看原文件。
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 2.重复申请 | 自然人 0 | 总计 0 |
    /// ```
    ///
    /// ## 怎么改
    /// 打开原文件核对这一行：少格的补格，多格的删格，列标题按统一格式写全。文件经过转换的，改用转换前的文件。
    ///
    /// ## English
    /// The cells of a row could not be matched with the columns of the form, so none of them was read.
    TableColumnCount {
        code: "T007",
        name: "table-column-count",
        title: "格数与列标题对不上",
        title_en: "Cells and columns do not match",
        severity: Warning,
        class: Incomplete,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for TableColumnCount {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for found in &cx.report.tables {
            let Some(table) = cx.form().table(found.id) else { continue };
            for reason in [
                UnplacedReason::Header,
                UnplacedReason::Twice,
                UnplacedReason::Contradicted,
                UnplacedReason::CellCount { seen: 0, expected: 0 },
                UnplacedReason::Glued,
                UnplacedReason::Wrapped,
                UnplacedReason::Scattered,
                UnplacedReason::Lost,
            ] {
                let same = |r: &UnplacedReason| std::mem::discriminant(r) == std::mem::discriminant(&reason);
                let rows: Vec<_> = found.unplaced.iter().filter(|u| same(&u.reason)).collect();
                let Some(first) = rows.first() else { continue };
                let name = |id: &str| {
                    let row =
                        table.blocks.iter().flat_map(|b| b.rows.iter().chain(&b.groups)).find(|r| r.id == id);
                    row.filter(|r| !r.label.is_empty()).map_or("数据行", |r| r.name.zh.as_str())
                };
                let count = rows.len();
                let list = rows.iter().map(|u| format!("“{}”", name(u.row))).collect::<Vec<_>>().join("、");
                let (zh, en) = (&table.name.zh, &table.name.en);
                let message = match first.reason {
                    UnplacedReason::CellCount { seen, expected } => say!(
                        "{zh}{list}的格数与列数不符（标签后有{seen}格，应为{expected}格），数字未读入",
                        "{en} {list}: {seen} cells behind the label where the form has {expected}; not read"
                    ),
                    UnplacedReason::Header => say!(
                        "{zh}的列标题无法识别，{list}的数字未读入",
                        "the column headers of {en} were not understood; {list} was not read"
                    ),
                    UnplacedReason::Twice => say!(
                        "{zh}{list}出现两次且数字不同，以第一次为准",
                        "{en} {list} occurs twice with different numbers; the first was read"
                    ),
                    UnplacedReason::Contradicted => say!(
                        "{zh}{list}出现两次且数字不同，无法确定以哪一次为准，未读入",
                        "{en} {list} occurs twice with different numbers, and nothing says which counts; not read"
                    ),
                    UnplacedReason::Glued => say!(
                        "{zh}{list}的数字在转换时连成一串，分不出各格，未读入",
                        "a conversion ran the cells of {en} {list} together; they cannot be told apart and were not read"
                    ),
                    UnplacedReason::Wrapped => say!(
                        "{zh}{list}的数字在转换时折成了几行，拼不完整，未读入",
                        "a conversion broke the numbers of {en} {list} over lines; they were not read"
                    ),
                    UnplacedReason::Scattered => say!(
                        "{zh}在转换时成了散行文字，有{count}行的标签和数字对不上，未读入",
                        "a conversion made loose text of {en}; {count} rows could not be put together and were not read"
                    ),
                    UnplacedReason::Lost => say!(
                        "{zh}的内容在转换时丢失，只留下“[TABLE]”，无法核对",
                        "a conversion lost the content of {en} and left only \"[TABLE]\"; it cannot be checked"
                    ),
                    UnplacedReason::OtherForm => continue,
                };
                let finding = out
                    .start(cx, message)
                    .origin(
                        if first.reason.is_extraction()
                            || cx.report.notes.iter().any(|n| n.kind == "conversion-artefact")
                        {
                            Origin::Extraction
                        } else {
                            Origin::Author
                        },
                    )
                    .help(if first.reason.is_extraction() {
                        say!(
                            "不是撰写问题：请改用转换前的文件（.docx、.doc、.html 等）检查",
                            "not the author's fault: check the file as it was before the conversion"
                        )
                    } else {
                        say!(
                            "对照原文件核对这些行的格数和列标题",
                            "compare these rows with the original file"
                        )
                    })
                    .key(rows.iter().map(|u| u.row).collect::<Vec<_>>().join(","))
                    .place(Place {
                        section: table.section,
                        table: Some(table.id),
                        location: Some(first.location),
                        ..Place::default()
                    });
                out.push(finding);
            }
        }
        Ok(())
    }
}
