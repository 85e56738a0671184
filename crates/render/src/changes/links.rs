//! The equations between two years in words.

use nianbao_diff::{Chain, Outcome, Side};
use nianbao_identities::{Status, Year};
use nianbao_schema::report::Report;
use nianbao_schema::{CellId, Language};
use rust_decimal::Decimal;

use super::words::{pick, side, signed};

/// What is said of a chain of years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// `true` holds, `false` broken, `None` not decided.
    pub(crate) holds: Option<bool>,
    /// Whether it is one of the equations of the chain that was stated before.
    pub(crate) detail: bool,
    /// It in words.
    pub(crate) text: String,
}

/// The equations between two years in words.
pub(crate) fn statements(
    outcomes: &[Outcome],
    old: &Report,
    new: &Report,
    language: Language,
) -> Vec<Statement> {
    let zh = language == Language::Zh;
    let mut found = Vec::new();
    for (chain, name) in [
        (Chain::CarryOver, pick(language, "结转", "carry-over")),
        (Chain::InForce, pick(language, "现行有效件数", "documents in force")),
        (Chain::Items, pick(language, "项目数量", "number of items")),
    ] {
        let all: Vec<&Outcome> = outcomes.iter().filter(|o| o.chain == chain).collect();
        if all.is_empty() {
            continue;
        }
        let count = |status| all.iter().filter(|o| o.evaluation.status == status).count();
        let holding = count(Status::Holds);
        let rule = match (chain, zh) {
            (Chain::CarryOver, true) => "本年“上年结转”应等于上年报告的“结转下年度继续办理”",
            (Chain::CarryOver, false) => "carried in = carried out last year",
            (Chain::InForce, true) => "本年现行有效＋本年废止，应等于上年现行有效＋本年制发",
            (Chain::InForce, false) => "in force + repealed = in force last year + issued",
            (Chain::Items, true) => "上一年项目数量，应等于上年报告的上一年项目数量＋本年增/减",
            (Chain::Items, false) => "items = items of last year's report + its change",
        };
        let (total, unit) = (all.len(), if chain == Chain::CarryOver { "列" } else { "行" });
        let holds = if count(Status::Violated) > 0 {
            Some(false)
        } else if holding == total {
            Some(true)
        } else {
            None
        };
        found.push(Statement {
            holds,
            detail: false,
            text: match (zh, holds) {
                (true, Some(true)) => format!("{name}：{total} {unit}全部衔接（{rule}）"),
                (true, _) => format!("{name}：{total} {unit}中 {holding} {unit}衔接（{rule}）"),
                (false, Some(true)) => format!("{name}: all {total} hold ({rule})"),
                (false, _) => format!("{name}: {holding} of {total} hold ({rule})"),
            },
        });
        for outcome in all.iter().filter(|o| o.evaluation.status != Status::Holds) {
            let broken = outcome.evaluation.status == Status::Violated;
            found.push(Statement {
                holds: broken.then_some(false),
                detail: true,
                text: link_text(outcome, old, new, language),
            });
        }
    }
    found
}

/// One equation with its numbers.
fn link_text(outcome: &Outcome, old: &Report, new: &Report, language: Language) -> String {
    let zh = language == Language::Zh;
    let name = |year: Year, cell: CellId| {
        let report = if year == Year::This { new } else { old };
        let Some(found) = report.form().cell(cell) else { return String::new() };
        let label = if outcome.chain == Chain::CarryOver { &found.row.name } else { &found.column.name };
        let value = side(&Side::of(report, &[cell]), language);
        let label = label.get(language);
        match (report.year, zh) {
            (Some(year), true) => format!("{year}年“{label}”{value}"),
            (Some(year), false) => format!("\"{label}\" of {year} {value}"),
            (None, true) => format!("“{label}”{value}"),
            (None, false) => format!("\"{label}\" {value}"),
        }
    };
    let sum = |cells: &[(Year, CellId)], total: Decimal| {
        let terms: Vec<String> = cells.iter().map(|(y, c)| name(*y, *c)).collect();
        let joined = terms.join(pick(language, "＋", " + "));
        if terms.len() > 1 { format!("{joined}＝{}", total.normalize()) } else { joined }
    };
    let evaluation = outcome.evaluation;
    let (left, right) =
        (sum(&outcome.link.left, evaluation.left), sum(&outcome.link.right, evaluation.right));
    let at = new.form().cell(outcome.cell).map_or("", |c| {
        if outcome.chain == Chain::CarryOver { c.column.name.get(language) } else { c.row.name.get(language) }
    });
    let end = match (evaluation.status, zh) {
        (Status::Holds, true) => "衔接".to_owned(),
        (Status::Holds, false) => "holds".to_owned(),
        (Status::Violated, true) => format!("不衔接，相差 {}", signed(evaluation.residual().normalize())),
        (Status::Violated, false) => {
            format!("broken, difference {}", signed(evaluation.residual().normalize()))
        }
        (Status::Open, true) => "有空白，无法判断".to_owned(),
        (Status::Open, false) => "not decided: blank".to_owned(),
        (Status::Unreadable, true) => "有单元格未读到，无法判断".to_owned(),
        (Status::Unreadable, false) => "not decided: a cell was not read".to_owned(),
    };
    if zh { format!("{at}：{left}；{right}；{end}") } else { format!("{at}: {left}; {right}; {end}") }
}
