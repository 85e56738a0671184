use crate::prelude::*;
use crate::support::{cell_name, read_cells};

declare_rule! {
    /// 采购总金额没有写单位。
    ///
    /// ## 为什么
    /// 试行格式的“采购总金额”没有规定单位，只填数字，读者分不清是元还是万元，相差一万倍。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2020
    /// | 政府集中采购 | 采购项目数量 3 | 采购总金额 808 |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2020
    /// | 政府集中采购 | 采购项目数量 3 | 采购总金额 80.8万元 |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    /// 没有采购的填 0，不用单位：
    /// ```report,good
    /// 年份：2020
    /// | 政府集中采购 | 采购项目数量 0 | 采购总金额 0 |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    /// 单位写在列标题里：
    /// ```report,good
    /// 年份：2020
    /// | 政府集中采购 | 采购项目数量 3 | 采购总金额 80.8 |
    /// | 采购总金额 → 采购总金额（万元） |
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    ///
    /// ## 怎么改
    /// 在数字后面写上“元”或“万元”。
    ///
    /// ## English
    /// The amount of procurement has no unit, and the trial form fixes none.
    ProcurementUnitMissing {
        code: "N305",
        name: "procurement-unit-missing",
        title: "采购总金额没有单位",
        title_en: "The amount of procurement has no unit",
        severity: Warning,
        class: Inaccurate,
        shape: true,
        years: (2019, 2020),
        sources: [("gbgkbh-2019-60", "table2")],
        since: "0.1.0",
    }
}

impl Check for ProcurementUnitMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let open =
            |c: &nianbao_schema::form::Cell| c.column.kind == ValueKind::Amount && c.column.unit.is_none();
        for (cell, reading) in read_cells(cx).filter(|(c, _)| open(c)) {
            let unit_given = reading.written.as_ref().is_some_and(|w| !w.unit.is_empty());
            let header = cx.report.labels.iter().any(|l| {
                l.table == cell.table.id && l.official == cell.column.leaf() && l.text.value.contains('元')
            });
            if unit_given || header || reading.value.number().is_none_or(|n| n.is_zero()) {
                continue;
            }
            let name = cell_name(cell);
            let (zh, en, seen) = (&name.zh, &name.en, reading.text.value.trim());
            let finding = out
                .start(cx, say!("{zh}填的是“{seen}”，没有单位", "{en} is \"{seen}\" without a unit"))
                .help(say!("写上单位，如“{seen}元”或“{seen}万元”", "write the unit: 元 or 万元"))
                .cells(cx.report, vec![cell.id])
                .evidence(Evidence::Cells { shown: vec![cell.id], marked: vec![cell.id] });
            out.push(finding);
        }
        Ok(())
    }
}
