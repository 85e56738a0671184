use rust_decimal::Decimal;

use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 申请数量不少，却全部填在“自然人”一列。
    ///
    /// ## 为什么
    /// 申请多的机关一般也会收到企业和社会组织的申请。全部填在一列，可能是登记时没有区分申请人。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 一、本年新收政府信息公开申请数量 | 自然人 60 | 商业企业 0 | 总计 60 |
    /// | （一）予以公开 | 自然人 57 | 商业企业 0 | 总计 57 |
    /// | （七）总计 | 自然人 59 | 商业企业 0 | 总计 59 |
    /// ```
    ///
    /// ## 正确示例
    /// 数量不多时只有自然人申请很常见：
    /// ```report,good
    /// | 一、本年新收政府信息公开申请数量 | 自然人 11 | 商业企业 0 | 总计 11 |
    /// | （一）予以公开 | 自然人 8 | 商业企业 0 | 总计 8 |
    /// | （七）总计 | 自然人 10 | 商业企业 0 | 总计 10 |
    /// ```
    ///
    /// ## 怎么改
    /// 与申请登记台账核对申请人类别；确实只有自然人申请的，不用改。
    ///
    /// ## 例外
    /// 全部为自然人申请并不违规，所以默认关闭。
    ///
    /// ## English
    /// Many applications were received, all of them from natural persons. That is legal and often true; the rule is a hint
    /// for reviewers.
    SingleApplicantType {
        code: "N106",
        name: "single-applicant-type",
        title: "申请人只有自然人一类",
        title_en: "All applicants are natural persons",
        severity: Info,
        class: Inaccurate,
        off: true,
        sources: [("gbgkbh-2021-30", "table3"), ("gbgkbh-2019-60", "table3")],
        since: "0.1.0",
    }
}

/// From so many applications on it is surprising that no organisation applied.
const MANY: u32 = 50;

impl Check for SingleApplicantType {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mut received: Vec<_> = cx
            .form()
            .official_cells()
            .filter(|c| c.table.id == "applications" && c.row.id == "received" && c.column.id != "total")
            .map(|c| c.id)
            .collect();
        let unknown =
            || NotAssessable(say!("新收申请数没有全部读到", "the applications received were not all read"));
        let numbers: Option<Vec<Decimal>> = received.iter().map(|c| cx.report.number(*c)).collect();
        let numbers = numbers.ok_or_else(unknown)?;
        let (Some(natural), others) = (numbers.first(), numbers.get(1..).unwrap_or_default()) else {
            return Err(unknown());
        };
        if *natural < Decimal::from(MANY) || others.iter().any(|n| !n.is_zero()) {
            return Ok(());
        }
        let n = number(*natural);
        let shown = received.clone();
        received.truncate(1);
        let finding = out
            .start(
                cx,
                say!(
                    "表三本年新收 {n} 件申请全部填在“自然人”一列，法人或其他组织各列都是 0",
                    "all {n} applications received are in the column of natural persons, none is from an organisation"
                ),
            )
            .help(say!(
                "与登记台账核对申请人类别；确实如此的不用改",
                "compare with the register of applications; if it is so, nothing is to be done"
            ))
            .cells(cx.report, received.clone())
            .evidence(Evidence::Cells { shown, marked: received });
        out.push(finding);
        Ok(())
    }
}
