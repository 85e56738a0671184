//! A table for spreadsheets: one row a metric, years as columns; UTF-8 with BOM.

use nianbao_identities::Status;

use super::Page;
use crate::changes::{pick, share, side};
use crate::csv::row;

/// The whole series.
pub fn page(page: &Page<'_, '_>) -> String {
    let language = page.language;
    let years = page.years();
    let mut head: Vec<&str> = vec![
        pick(language, "类别", "kind"),
        pick(language, "标识", "id"),
        pick(language, "表", "table"),
        pick(language, "项目", "row"),
        pick(language, "栏目", "column"),
    ];
    head.extend(years.iter().map(String::as_str));
    let mut out = format!("\u{feff}{}", row(head));
    let line = |out: &mut String, first: [&str; 5], values: Vec<String>| {
        out.push_str(&row(first.into_iter().chain(values.iter().map(String::as_str))));
    };
    for words in page.header() {
        line(
            &mut out,
            [pick(language, "说明", "note"), "", "", &words, ""],
            vec![String::new(); years.len()],
        );
    }
    let (metrics, left_out) = page.metrics();
    for metric in metrics {
        let first = [
            pick(language, "单元格", "cell"),
            metric.id().as_str(),
            metric.table.name.get(language),
            metric.row.get(language),
            metric.column.get(language),
        ];
        line(&mut out, first, metric.values.iter().map(|v| side(v, language)).collect());
    }
    if left_out > 0 {
        let words = page.left_out(left_out);
        line(
            &mut out,
            [pick(language, "说明", "note"), "", "", &words, ""],
            vec![String::new(); years.len()],
        );
    }
    for rate in &page.series.rates {
        let formula = rate.formula;
        let first = [
            pick(language, "比率", "rate"),
            formula.id,
            "",
            pick(language, formula.zh, formula.en),
            pick(language, formula.says_zh, formula.says_en),
        ];
        line(&mut out, first, rate.values.iter().map(|v| share(*v, language)).collect());
    }
    // A chain is a row: what the equation that leads into each year says.
    let mut cells: Vec<nianbao_schema::CellId> =
        page.series.links.iter().flatten().flatten().map(|o| o.cell).collect();
    cells.sort_unstable();
    cells.dedup();
    for cell in cells {
        let found = page.series.reports.iter().find_map(|r| r.form().cell(cell));
        let mut values = vec![String::new()];
        for links in &page.series.links {
            let outcome = links.iter().flatten().find(|o| o.cell == cell);
            values.push(outcome.map_or(String::new(), |o| match o.evaluation.status {
                Status::Holds => pick(language, "衔接", "holds").to_owned(),
                Status::Violated => {
                    let residual = o.evaluation.residual().normalize();
                    format!("{} {residual}", pick(language, "不衔接，相差", "broken, difference"))
                }
                Status::Open | Status::Unreadable => pick(language, "无法判断", "not decided").to_owned(),
            }));
        }
        let first = [
            pick(language, "年际", "years"),
            cell.as_str(),
            found.map_or("", |c| c.table.name.get(language)),
            found.map_or("", |c| c.row.name.get(language)),
            found.map_or("", |c| c.column.name.get(language)),
        ];
        line(&mut out, first, values);
    }
    out
}
