//! A table for spreadsheets: cells, rates, equations between the years and sentences, one row each; UTF-8 with BOM.

use nianbao_diff::{Class, TableDiff};
use nianbao_identities::Status;

use super::{Page, class_name, divided, fraction, percent, pick, share, side, signed};
use crate::csv::row;

const HEAD: [(&str, &str); 11] = [
    ("类别", "kind"),
    ("标识", "id"),
    ("位置", "where"),
    ("项目", "row"),
    ("栏目", "column"),
    ("旧", "old"),
    ("新", "new"),
    ("增减", "change"),
    ("增减%", "per cent"),
    ("情况", "state"),
    ("说明", "remark"),
];

/// The whole comparison.
pub fn page(page: &Page<'_, '_>) -> String {
    let language = page.language;
    let head: Vec<&str> = HEAD.iter().map(|(zh, en)| pick(language, zh, en)).collect();
    let mut out = format!("\u{feff}{}", row(head));
    let note = |out: &mut String, words: &str| {
        out.push_str(&row([pick(language, "说明", "note"), "", "", "", "", "", "", "", "", "", words]));
    };
    for line in page.header().iter().chain(&page.summary()) {
        note(&mut out, line);
    }
    for table in &page.comparison.tables {
        cells(&mut out, page, table);
        if let Some(words) = page.left_out(&page.lines(table)).filter(|_| !page.all) {
            note(&mut out, &format!("{}{words}", table.table.name.get(language)));
        }
    }
    for rate in &page.comparison.rates {
        let formula = rate.formula;
        let change = rate.change().map(signed).unwrap_or_default();
        out.push_str(&row([
            pick(language, "比率", "rate"),
            formula.id,
            "",
            pick(language, formula.zh, formula.en),
            "",
            &share(rate.old, language),
            &share(rate.new, language),
            &change,
            "",
            &format!("{} → {}", fraction(rate.old), fraction(rate.new)),
            pick(language, formula.says_zh, formula.says_en),
        ]));
    }
    for outcome in page.comparison.links.iter().flatten() {
        let evaluation = outcome.evaluation;
        let found = page.comparison.new.form().cell(outcome.cell);
        let state = match evaluation.status {
            Status::Holds => pick(language, "衔接", "holds"),
            Status::Violated => pick(language, "不衔接", "broken"),
            Status::Open | Status::Unreadable => pick(language, "无法判断", "not decided"),
        };
        out.push_str(&row([
            pick(language, "年际", "years"),
            outcome.cell.as_str(),
            found.map_or("", |c| c.table.name.get(language)),
            found.map_or("", |c| c.row.name.get(language)),
            found.map_or("", |c| c.column.name.get(language)),
            &evaluation.right.normalize().to_string(),
            &evaluation.left.normalize().to_string(),
            &signed(evaluation.residual().normalize()),
            "",
            state,
            "",
        ]));
    }
    for section in &page.comparison.narrative.sections {
        for item in &section.items {
            if !page.all && item.class == Class::Same && item.moved == 0 && item.kept.is_empty() {
                continue;
            }
            let text = |place: &Option<nianbao_diff::Place>| {
                place.as_ref().map_or(String::new(), |p| p.text.clone())
            };
            out.push_str(&row([
                pick(language, "句子", "sentence"),
                item.class.id(),
                &super::place_name((section.number, 0), language),
                "",
                "",
                &text(&item.old),
                &text(&item.new),
                "",
                "",
                class_name(item, language),
                &divided(item, language)
                    .into_iter()
                    .chain(item.kept.iter().cloned())
                    .collect::<Vec<_>>()
                    .join(pick(language, "、", ", ")),
            ]));
        }
    }
    for line in page.template() {
        out.push_str(&row([pick(language, "格式", "form"), "", "", "", "", "", "", "", "", "", &line]));
    }
    out
}

fn cells(out: &mut String, page: &Page<'_, '_>, table: &TableDiff) {
    let language = page.language;
    for line in page.lines(table).iter().filter(|l| page.all || l.shown) {
        let cell = line.cell;
        let state = match (cell.comparable(), cell.differs()) {
            (false, _) => pick(language, "无对应项", "no counterpart"),
            (true, true) if cell.differs_in_writing() => pick(language, "写法不同", "written differently"),
            (true, true) if cell.is_unread() => pick(language, "只有一份读到", "found in one report only"),
            (true, true) => pick(language, "变化", "changed"),
            (true, false) => pick(language, "相同", "same"),
        };
        let remark = page.remark(cell);
        out.push_str(&row([
            pick(language, "单元格", "cell"),
            cell.id().as_str(),
            table.table.name.get(language),
            line.row.name.get(language),
            cell.column.get(language),
            &side(&cell.old, language),
            &side(&cell.new, language),
            &cell.change().map(signed).unwrap_or_default(),
            percent(cell, language).trim_end_matches('%'),
            state,
            &remark,
        ]));
    }
}
