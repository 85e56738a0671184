use nianbao_schema::organ::Level;
use rust_decimal::Decimal;

use crate::prelude::*;
use crate::support::{cell_name, number, read_cells};

declare_rule! {
    /// 收费金额像是以“元”为单位填的，而表头的单位是“万元”。
    ///
    /// ## 为什么
    /// 表头写明“单位：万元”。县级及以下机关一年收费十亿元以上几乎不可能，多是把元当成了万元，相差一万倍。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 行政事业性收费 | 本年收费金额（单位：万元） 286400 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// | 行政事业性收费 | 本年收费金额（单位：万元） 28.64 |
    /// ```
    /// 写明了单位的会折算，不会弄错：
    /// ```report,good,also-T019
    /// | 行政事业性收费 | 本年收费金额（单位：万元） 286400元 |
    /// ```
    /// 大城市全市的收费可以有几十亿元：
    /// ```report,good
    /// 机关：临江市人民政府
    /// | 行政事业性收费 | 本年收费金额（单位：万元） 286400 |
    /// ```
    ///
    /// ## 怎么改
    /// 与财务数据核对；以元为单位的，除以10000后填写。
    ///
    /// ## 例外
    /// 市级及以上机关，和看不出层级的机关，不检查。
    ///
    /// ## English
    /// The fees of an organ at county level or below look like yuan in a cell that counts ten thousands of yuan.
    FeeUnitSuspect {
        code: "N304",
        name: "fee-unit-suspect",
        title: "收费金额的单位可能有误",
        title_en: "Fees look like yuan, not ten thousands of yuan",
        severity: Warning,
        class: Inaccurate,
        years: (2021, u16::MAX),
        sources: [("gbgkbh-2021-30", "table2")],
        since: "0.1.0",
    }
}

/// A billion yuan in ten thousands of yuan: more than a county collects in fees.
const TOO_MUCH: u32 = 100_000;

impl Check for FeeUnitSuspect {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let level = cx.report.organ.as_ref().and_then(|o| o.level);
        match level {
            None => {
                return Err(NotAssessable(say!("看不出机关层级", "the level of the organ is not known")));
            }
            Some(Level::County | Level::Township) => {}
            Some(_) => return Ok(()),
        }
        for (cell, reading) in read_cells(cx).filter(|(c, _)| c.column.kind == ValueKind::Amount) {
            let unit_given = reading.written.as_ref().is_some_and(|w| !w.unit.is_empty());
            let Some(value) = reading.value.number().filter(|v| *v >= Decimal::from(TOO_MUCH)) else {
                continue;
            };
            if unit_given || cell.column.unit.is_none() {
                continue;
            }
            let name = cell_name(cell);
            let (zh, en, n) = (&name.zh, &name.en, number(value));
            let yuan = number(value / Decimal::from(10_000));
            let finding = out
                .start(
                    cx,
                    say!(
                        "{zh}为 {n} 万元，对县级及以下机关来说过大，可能是以元为单位填的",
                        "{en} is {n} ten thousand yuan, too much for an organ of this level: perhaps it is in yuan"
                    ),
                )
                .help(say!(
                    "与财务数据核对；如果是 {n} 元，应填 {yuan}",
                    "check with the accounts; if it is {n} yuan, write {yuan}"
                ))
                .cells(cx.report, vec![cell.id])
                .evidence(Evidence::Cells { shown: vec![cell.id], marked: vec![cell.id] });
            out.push(finding);
        }
        Ok(())
    }
}
