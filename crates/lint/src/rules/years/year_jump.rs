use nianbao_schema::CellId;
use rust_decimal::Decimal;

use crate::prelude::*;
use crate::support::{cell_name, number};

declare_rule! {
    /// 表中的数比上年多了或少了九成以上，或者从有到无、从无到有。
    ///
    /// ## 为什么
    /// 变化这样大，可能是多录少录了一位数，也可能确有其事。读者会问，不如先核对，并在正文中说明。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// | 行政许可 | 本年处理决定数量 4600 |
    /// 上年：
    /// 年份：2022
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// | 行政许可 | 本年处理决定数量 146 |
    /// 上年：
    /// 年份：2022
    /// ```
    ///
    /// ## 怎么改
    /// 对照台账核实；属实的，在总体情况中说明原因。
    ///
    /// ## 例外
    /// 两年都不到10的不看；只看总计和表二。职能划转、集中受理都会造成大的变化，所以只是提示。
    ///
    /// ```report,good
    /// 年份：2023
    /// | 行政处罚 | 本年处理决定数量 9 |
    /// 上年：
    /// 年份：2022
    /// | 行政处罚 | 本年处理决定数量 0 |
    /// ```
    ///
    /// ## English
    /// A number grew or shrank tenfold, or came from or went to 0. Needs last year's report.
    YearJump {
        code: "Y008",
        name: "year-jump",
        title: "数据比上年变化过大",
        title_en: "A number is ten times or a tenth of last year's",
        severity: Info,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

/// Cells named in the message.
const NAMED: usize = 4;

impl Check for YearJump {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        let ten = Decimal::TEN;
        for table in cx.form().tables {
            let mut cells: Vec<CellId> = Vec::new();
            let (mut words, mut words_en) = (Vec::new(), Vec::new());
            for cell in cx.form().official_cells().filter(|c| c.table.id == table.id) {
                // Changes come and go by their nature.
                let compared = match table.id {
                    "disclosure" => cell.id.column() != "change",
                    _ => cell.id.column() == "total",
                };
                if !compared {
                    continue;
                }
                let (Some(now), Some(before)) = (cx.report.number(cell.id), prior.number(cell.id)) else {
                    continue;
                };
                let (small, large) = if now < before { (now, before) } else { (before, now) };
                if small.is_sign_negative() || large < ten || small * ten > large {
                    continue;
                }
                cells.push(cell.id);
                let name = cell_name(cell);
                let (now, before) = (number(now), number(before));
                words.push(format!("{}由 {before} 变为 {now}", name.zh));
                words_en.push(format!("{} from {before} to {now}", name.en));
            }
            if cells.is_empty() {
                continue;
            }
            let more = cells.len().saturating_sub(NAMED);
            words.truncate(NAMED);
            words_en.truncate(NAMED);
            if more > 0 {
                words.push(format!("另有 {more} 格"));
                words_en.push(format!("{more} more"));
            }
            let (zh, en) = (words.join("；"), words_en.join("; "));
            let finding = out
                .start(cx, say!("与上年相比变化很大：{zh}", "much changed since last year: {en}"))
                .help(say!(
                    "对照台账核实；属实的，在总体情况中说明原因",
                    "check in the register; if true, say why in section one"
                ))
                .key(table.id)
                .cells(cx.report, cells.clone())
                .evidence(Evidence::Cells { shown: cells.clone(), marked: cells });
            out.push(finding);
        }
        Ok(())
    }
}
