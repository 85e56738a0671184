use nianbao_identities::{Status, evaluate, known};
use nianbao_schema::CellId;

use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 各分项已填，“总计”空白。
    ///
    /// ## 为什么
    /// 总计由各分项相加得出，空着不填，读者和汇总系统都取不到合计数。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | （一）予以公开 | 总计 空 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | （一）予以公开 | 自然人 6 | 商业企业 2 | 总计 8 |
    /// ```
    ///
    /// ## 怎么改
    /// 核对各分项后填上合计数。工具会给出合计数，但不代填。
    ///
    /// ## English
    /// The parts of a total are filled in and the total is blank.
    TotalBlank {
        code: "N105",
        name: "total-blank",
        title: "总计空白",
        title_en: "A total is blank",
        severity: Warning,
        class: Incomplete,
        sources: [("gbgkbh-2021-30", "table3"), ("gbgkbh-2019-60", "table3")],
        since: "0.1.0",
    }
}

/// Sums that a message names; more would not be read.
const MOST_NAMED: usize = 6;

/// Totals that are blank although a part of them is filled with something other than 0.
pub(crate) fn blank_totals(cx: &Context<'_>) -> Vec<CellId> {
    let families = [
        "applications.row",
        "review.reconsideration",
        "review.litigation_direct",
        "review.litigation_after_review",
    ];
    let identities = families.iter().flat_map(|f| cx.form().family(f));
    identities
        .filter(|i| evaluate(i, |c| known(cx.report, c)).status == Status::Open)
        .flat_map(|i| i.right.iter().copied())
        .filter(|c| cx.report.is_open(*c))
        .collect()
}

impl Check for TotalBlank {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let blank = blank_totals(cx);
        let Some(first) = blank.first() else { return Ok(()) };
        let sums: Vec<(String, String)> = cx
            .form()
            .identities()
            .iter()
            .filter(|i| {
                i.right.len() == 1 && blank.contains(&i.right[0]) && i.family != "applications.results"
            })
            .filter_map(|i| {
                let sum = number(evaluate(i, |c| known(cx.report, c)).left);
                let cell = cx.form().cell(i.right[0])?;
                let name =
                    |row: &str, column: &str| if row.is_empty() { column.to_owned() } else { row.to_owned() };
                let zh = name(&cell.row.name.zh, &cell.column.name.zh);
                Some((
                    format!("“{zh}”应为 {sum}"),
                    format!("\"{}\" should be {sum}", name(&cell.row.name.en, &cell.column.name.en)),
                ))
            })
            .collect();
        let (count, table) = (blank.len(), cx.form().table(first.table()));
        let (name, name_en) =
            table.map_or((String::new(), String::new()), |t| (t.name.zh.clone(), t.name.en.clone()));
        let more = sums.len().saturating_sub(MOST_NAMED);
        let (mut list, mut list_en): (Vec<_>, Vec<_>) = sums.into_iter().take(MOST_NAMED).unzip();
        if more > 0 {
            list.push(format!("另有 {more} 个"));
            list_en.push(format!("and {more} more"));
        }
        let (list, list_en) = (list.join("，"), list_en.join(", "));
        let finding = out
            .start(
                cx,
                say!(
                    "{name}分项已填，有{count}个“总计”空白",
                    "{name_en}: parts are filled in, {count} totals are blank"
                ),
            )
            .help(say!("按分项相加，{list}；核对后填写", "added up, {list_en}; check and fill in"))
            .cells(cx.report, blank.clone())
            .evidence(Evidence::Cells { shown: blank.clone(), marked: blank });
        out.push(finding);
        Ok(())
    }
}
