use nianbao_schema::{CellId, Edition};

use crate::prelude::*;
use crate::support::number;

declare_rule! {
    /// 表二“现行有效件数”与上年报告推算的数不一致：上年现行有效，加本年制发，减本年废止，应等于本年现行有效。
    ///
    /// ## 为什么
    /// 三个数都是年末和全年的实数，年年相接。接不上，多半是有一年漏计、重计，或者照抄了上年的数。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// | 行政规范性文件 | 本年制发件数 3 | 本年废止件数 1 | 现行有效件数 17 |
    /// 上年：
    /// 年份：2022
    /// | 行政规范性文件 | 现行有效件数 17 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// | 行政规范性文件 | 本年制发件数 3 | 本年废止件数 1 | 现行有效件数 19 |
    /// 上年：
    /// 年份：2022
    /// | 行政规范性文件 | 现行有效件数 17 |
    /// ```
    ///
    /// ## 怎么改
    /// 与司法行政部门核对文件目录，改正错的一年；数确实对不上的，弄清原因备查。
    ///
    /// ## 例外
    /// 有效期届满自动失效、集中清理后重新统计、机构改革划入划出，都会使数接不上，所以只是警告。2019、2020年度的表没有“现行有效件数”，
    /// “对外公开总数量”是另一个数，不能拿来推算。
    ///
    /// ```report,good
    /// 年份：2021
    /// | 行政规范性文件 | 本年制发件数 3 | 现行有效件数 17 |
    /// 上年：
    /// 年份：2020
    /// | 规范性文件 | 对外公开总数量 90 |
    /// ```
    ///
    /// ## English
    /// Documents in force do not follow from last year's number plus those issued minus those repealed. Needs last year's report.
    InForceFlow {
        code: "Y002",
        name: "in-force-flow-broken",
        title: "现行有效件数与上年接不上",
        title_en: "Documents in force do not follow from last year's",
        severity: Warning,
        class: Inaccurate,
        years: (2022, u16::MAX),
        sources: [("gbgkbh-2021-30", "table2")],
        since: "0.1.0",
    }
}

impl Check for InForceFlow {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let prior = cx.prior()?;
        if cx.report.edition != Edition::E2021 || prior.edition != Edition::E2021 {
            return Err(NotAssessable(say!(
                "只有两年都用2021年格式，现行有效件数才能相接",
                "documents in force can be followed only where both years use the form of 2021"
            )));
        }
        let mut compared = false;
        for row in ["regulations", "normative_documents"] {
            let cell = |column: &str| CellId::parse(&format!("disclosure.{row}.{column}"));
            let now = |column: &str| cell(column).and_then(|c| cx.report.number(c));
            let before = cell("in_force").and_then(|c| prior.number(c));
            let (Some(in_force), Some(issued), Some(repealed), Some(before)) =
                (now("in_force"), now("issued"), now("repealed"), before)
            else {
                continue;
            };
            compared = true;
            let expected = before + issued - repealed;
            if expected == in_force {
                continue;
            }
            let Some(at) = cell("in_force").and_then(|c| cx.form().cell(c)) else { continue };
            let (name, name_en) = (&at.row.name.zh, &at.row.name.en);
            let [in_force, issued, repealed, before, expected, gap] =
                [in_force, issued, repealed, before, expected, (expected - in_force).abs()].map(number);
            let cells: Vec<CellId> =
                ["in_force", "issued", "repealed"].into_iter().filter_map(cell).collect();
            let finding = out
                .start(
                    cx,
                    say!(
                        "表二“{name}”现行有效 {in_force} 件，按上年报告应为 {before}＋{issued}－{repealed}＝{expected} 件，差 {gap}",
                        "\"{name_en}\" in force is {in_force}; by last year's report it would be {before} + {issued} - {repealed} = {expected}, a difference of {gap}"
                    ),
                )
                .help(say!(
                    "核对两年的文件目录；因失效、清理或机构改革接不上的，写明原因备查",
                    "check the lists of documents of both years; where documents expired or were transferred, keep the reason on file"
                ))
                .cells(cx.report, cells.clone())
                .evidence(Evidence::Cells { shown: cells, marked: cell("in_force").into_iter().collect() });
            out.push(finding);
        }
        if compared {
            Ok(())
        } else {
            Err(NotAssessable(say!(
                "没有读到两年的现行有效件数",
                "the numbers of documents in force were not read"
            )))
        }
    }
}
