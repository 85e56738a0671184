use crate::prelude::*;

declare_rule! {
    /// 表格中有统一格式以外的行。
    ///
    /// ## 为什么
    /// 统一格式的行不得增删。多出的行无处汇总，其中的数字也不参加勾稽。
    ///
    /// ## 正确示例
    /// 标签后面带填报说明，不是多出的行：
    /// ```report,good
    /// | 规章 → 规章（设区的市填报） |
    /// ```
    ///
    /// ## 怎么改
    /// 上级没有要求的，删去这一行，内容写在正文里。
    ///
    /// ## 例外
    /// 个别省份的表样增加了行，按要求填报的不用改，所以只作提示。
    ///
    /// ## English
    /// A table has a row that the form does not have. Some provincial variants add one.
    TableExtraRow {
        code: "T017",
        name: "table-extra-row",
        title: "表格有多出的行",
        title_en: "A table has a row that is not of the form",
        severity: Info,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        since: "0.1.0",
    }
}

impl Check for TableExtraRow {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for note in cx.report.notes.iter().filter(|n| n.kind == "unknown-row") {
            // The words of the row are all that the note has in quotation marks.
            let words = note.message.split_once('“').map_or("", |(_, rest)| rest).trim_end_matches('”');
            // The table in which it stands is the last one that begins before it.
            let at = note.location.unwrap_or_default();
            let table = cx.report.tables.iter().filter(|t| t.location <= at).max_by_key(|t| t.location);
            let spec = table.and_then(|t| cx.form().table(t.id));
            let (zh, en) = spec.map_or(("表格", "a table"), |t| (t.name.zh.as_str(), t.name.en.as_str()));
            let finding = out
                .start(
                    cx,
                    say!(
                        "{zh}中有一行不是规定的：“{words}”，没有读入",
                        "{en} has a row that is not of the form: \"{words}\"; it was not read"
                    ),
                )
                .help(say!(
                    "上级没有要求的删去，内容写在正文里；按当地表样填报的不用改",
                    "delete it unless local guidance asks for it, and say it in the text"
                ))
                .key(words)
                .place(Place {
                    section: spec.map_or(0, |t| t.section),
                    table: spec.map(|t| t.id),
                    location: note.location,
                    ..Place::default()
                });
            out.push(finding);
        }
        Ok(())
    }
}
