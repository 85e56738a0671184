use nianbao_schema::CellId;
use nianbao_schema::organ::Level;

use crate::prelude::*;
use crate::support::{cell_name, number};

declare_rule! {
    /// 没有规章制定权的机关填了规章数量。
    ///
    /// ## 为什么
    /// 按立法法，规章只能由国务院部门和省级、设区的市、自治州人民政府制定。县级政府及其部门、乡镇、街道、
    /// 开发区填了数，多是把规范性文件错填在上一行。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：青禾县石桥镇人民政府
    /// | 规章 | 现行有效件数 6 |
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 机关：青禾县石桥镇人民政府
    /// | 行政规范性文件 | 现行有效件数 6 |
    /// ```
    ///
    /// ## 怎么改
    /// 核对是否应填在“行政规范性文件”一行；规章一行填 0。
    ///
    /// ## 例外
    /// 市级部门可能填报本部门起草的规章，只是警告；看不出机关类型的不检查。
    ///
    /// ## English
    /// An organ that cannot make regulations (规章) reports some.
    RegulationAuthority {
        code: "L003",
        name: "regulation-authority",
        title: "无权制定规章却填了规章数",
        title_en: "An organ without power to make regulations reports some",
        severity: Error,
        class: Inaccurate,
        sources: [("lifafa", "local")],
        since: "0.1.0",
    }
}

impl Check for RegulationAuthority {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let kind = cx.organ_kind()?;
        let level = cx.report.organ.as_ref().and_then(|o| o.level);
        let severity = match (kind, level) {
            (OrganKind::Ministry, _)
            | (
                OrganKind::Government | OrganKind::Office,
                Some(Level::Province | Level::City | Level::National),
            ) => {
                return Ok(());
            }
            (OrganKind::Township | OrganKind::Subdistrict | OrganKind::Zone, _) => Severity::Error,
            (_, Some(Level::County | Level::Township)) => Severity::Error,
            (_, Some(Level::City | Level::Province)) => Severity::Warning,
            (_, Some(Level::National)) => return Ok(()),
            (_, None) => {
                return Err(NotAssessable(say!("看不出机关层级", "the level of the organ is not known")));
            }
        };
        let row = |c: &&nianbao_schema::form::Cell| c.table.id == "disclosure" && c.row.id == "regulations";
        let filled: Vec<_> = cx
            .form()
            .official_cells()
            .filter(row)
            .filter_map(|c| cx.report.number(c.id).filter(|n| !n.is_zero()).map(|n| (c, n)))
            .collect();
        if filled.is_empty() {
            return Ok(());
        }
        let facts = kind.facts();
        let words: Vec<String> =
            filled.iter().map(|(c, n)| format!("{}是 {}", cell_name(c).zh, number(*n))).collect();
        let words_en: Vec<String> =
            filled.iter().map(|(c, n)| format!("{} is {}", cell_name(c).en, number(*n))).collect();
        let (list, list_en, kind, kind_en) =
            (words.join("，"), words_en.join(", "), &facts.name.zh, &facts.name.en);
        let cells: Vec<CellId> = filled.iter().map(|(c, _)| c.id).collect();
        let shown = cx.form().official_cells().filter(row).map(|c| c.id).collect();
        let finding = out
            .start(
                cx,
                say!(
                    "本机关（{kind}）没有规章制定权，但{list}",
                    "this organ ({kind_en}) cannot make regulations, but {list_en}"
                ),
            )
            .severity(severity)
            .help(say!(
                "核对是否应填在规范性文件一行；规章一行填 0",
                "check whether the number belongs into the row of normative documents"
            ))
            .cells(cx.report, cells.clone())
            .evidence(Evidence::Cells { shown, marked: cells });
        out.push(finding);
        Ok(())
    }
}
