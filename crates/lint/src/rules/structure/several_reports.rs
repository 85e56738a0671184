use crate::prelude::*;

declare_rule! {
    /// 一个文件里有几份报告，或者同一张表有几个年度的。
    ///
    /// ## 为什么
    /// 一次只检查一份报告。栏目页把历年报告排在一页、正文后面附上年表格的，检查的是哪一份、哪一张，要让人知道。
    ///
    /// ## 正确示例
    /// 正文提到上年报告，不是又一份：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 《青禾县水务局2022年政府信息公开工作年度报告》提出的问题已经整改。下一步，将按月检查栏目。
    /// ```
    ///
    /// ## 怎么改
    /// 不是要检查的那一份，用 --year 指定年份，或者一份存一个文件。
    ///
    /// ## 例外
    /// 只说明读了哪一份，不要求修改。
    ///
    /// ## English
    /// The file holds several reports, or tables of several years; says which was checked.
    SeveralReports {
        code: "S018",
        name: "several-reports",
        title: "文件里有几份报告或几个年度的表格",
        title_en: "The file holds several reports or tables of several years",
        severity: Info,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for SeveralReports {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for note in &cx.report.notes {
            let zh = &note.message;
            let message = match note.kind.as_ref() {
                "several-reports" => {
                    let names = |from: char, to: char| {
                        note.message
                            .split_once(from)
                            .and_then(|(_, rest)| rest.split_once(to))
                            .map_or("", |(n, _)| n)
                    };
                    let (all, read) = (names('（', '）'), names('是', '，'));
                    say!(
                        "{zh}",
                        "the file holds several reports ({all}); {read} was read, --year chooses another"
                    )
                }
                "other-year-table" => {
                    let table = zh.split_once('另').map_or("", |(table, _)| table);
                    say!("{zh}", "there is another {table} that says it is of another year; it was not read")
                }
                _ => continue,
            };
            let finding = out
                .start(cx, message)
                .origin(Origin::Extraction)
                .help(say!(
                    "不是要检查的那一份，用 --year 指定年份，或者一份存一个文件",
                    "choose with --year, or keep one report a file"
                ))
                .key(zh)
                .place(Place { location: note.location, ..Place::default() });
            out.push(finding);
        }
        Ok(())
    }
}
