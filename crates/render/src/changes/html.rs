//! One page that needs nothing else: two columns, charts of the main counts, for screen and paper.
//!
//! Both columns are one table, so that they always scroll together and what belongs together stands side by side. There
//! is no script: what did not change is shown and hidden by a check box and CSS.

use std::fmt::Write as _;
use std::ops::Range;

use nianbao_diff::{Class, Item, Side};
use nianbao_schema::Language;

use super::{
    Page, class_name, divided, fraction, legend, percent, pick, place_name, section_name, share, side, signed,
};
use crate::GENERATOR;
use crate::chart;
use crate::escape::markup;

const STYLE: &str = include_str!("page.css");

/// Rows of table 3 and cells of table 2 that the chart shows, if any year has a number there.
const MAIN: &[&str] = &[
    "applications.received.total",
    "applications.granted.total",
    "applications.partial.total",
    "applications.handled_total.total",
    "applications.carried_out.total",
    "review.reconsideration.total",
    "disclosure.normative_documents.in_force",
    "disclosure.licensing.decisions",
    "disclosure.penalty.decisions",
];

/// The beginning of a page.
pub(crate) fn open(title: &str, language: Language) -> String {
    let lang = pick(language, "zh-CN", "en");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
        markup(title)
    )
}

/// Whether a metric is one of the main counts.
pub(crate) fn is_main(id: &str) -> bool {
    MAIN.contains(&id)
}

/// The whole comparison.
pub fn page(page: &Page<'_, '_>) -> String {
    let language = page.language;
    let mut out = open(pick(language, "年度报告对比", "Annual reports compared"), language);
    out.push_str("<ul class=\"facts\">\n");
    for line in page.header() {
        let note = line.starts_with("注意") || line.starts_with("note:");
        let class = if note { " class=\"note\"" } else { "" };
        let _ = writeln!(out, "<li{class}>{}</li>", markup(&line));
    }
    out.push_str("</ul>\n<ul>\n");
    for line in page.summary() {
        let _ = writeln!(out, "<li>{}</li>", markup(&line));
    }
    for statement in page.statements() {
        let (class, mark) = match statement.holds {
            Some(true) => ("holds", "✓"),
            Some(false) => ("broken", "✗"),
            None => ("open", "?"),
        };
        let _ = writeln!(
            out,
            "<li class=\"{class}{}\">{mark} {}</li>",
            if statement.detail { " detail" } else { "" },
            markup(&statement.text)
        );
    }
    let checked = if page.all { " checked" } else { "" };
    let _ = writeln!(
        out,
        "</ul>\n<p class=\"switch\"><label><input type=\"checkbox\" id=\"all\"{checked}> {}</label></p>",
        pick(language, "也显示没有变化的单元格和句子", "also show cells and sentences that did not change")
    );
    if page.comparison.options.numbers {
        charts(&mut out, page);
        rates(&mut out, page);
        tables(&mut out, page);
    }
    if page.comparison.options.text {
        prose(&mut out, page);
        let template = page.template();
        if !template.is_empty() {
            let title =
                pick(language, "格式、标题和标签（不是数据和内容的变化）", "Form, headings and labels");
            let _ =
                writeln!(out, "<h2>{title}</h2>\n<details open><summary>{}</summary>\n<ul>", template.len());
            for line in template {
                let _ = writeln!(out, "<li>{}</li>", markup(&line));
            }
            out.push_str("</ul>\n</details>\n");
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn number(side: &Side) -> Option<rust_decimal::Decimal> {
    side.number()
}

fn charts(out: &mut String, page: &Page<'_, '_>) {
    let language = page.language;
    for table in &page.comparison.tables {
        let rows: Vec<_> = table
            .cells()
            .filter(|(_, c)| is_main(c.id().as_str()) && (c.old.says_something() || c.new.says_something()))
            .map(|(row, cell)| {
                let row_name = short(row.name.get(language));
                let column = cell.column.get(language);
                let name = match (table.table.id, cell.id().column()) {
                    ("disclosure", _) => format!("{row_name} {column}"),
                    _ => row_name.to_owned(),
                };
                (name, [number(&cell.old), number(&cell.new)])
            })
            .collect();
        if !rows.is_empty() {
            if !out.contains("class=\"charts\"") {
                let _ = writeln!(
                    out,
                    "<h2>{}</h2>\n<div class=\"charts\">",
                    pick(language, "主要数量", "Main counts")
                );
            }
            let sides = [page.column(true), page.column(false)];
            out.push_str(&chart::bars(&page.table_title(table), [&sides[0], &sides[1]], &rows));
            out.push('\n');
        }
    }
    if out.contains("class=\"charts\"") {
        out.push_str("</div>\n");
    }
}

/// A label without the remark in brackets behind it: `（二）部分公开`.
pub(crate) fn short(label: &str) -> &str {
    let second = label.char_indices().skip(1).find(|(_, c)| *c == '（').map(|(at, _)| at);
    second.map_or(label, |at| &label[..at])
}

fn rates(out: &mut String, page: &Page<'_, '_>) {
    let language = page.language;
    let _ = writeln!(
        out,
        "<h2>{}</h2>\n<div class=\"scroll\"><table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>",
        pick(language, "比率", "Rates"),
        pick(language, "比率（“总计”列）", "rate (column of totals)"),
        markup(&page.column(true)),
        markup(&page.column(false)),
        pick(language, "百分点", "points"),
        pick(language, "算法", "formula"),
    );
    for rate in &page.comparison.rates {
        let formula = rate.formula;
        let with = |s| markup(format!("{} {}", share(s, language), fraction(s)).trim());
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
            pick(language, formula.zh, formula.en),
            with(rate.old),
            with(rate.new),
            rate.change().map(signed).unwrap_or_default(),
            pick(language, formula.says_zh, formula.says_en),
        );
    }
    out.push_str("</tbody></table></div>\n");
}

fn tables(out: &mut String, page: &Page<'_, '_>) {
    let language = page.language;
    for table in &page.comparison.tables {
        let _ = writeln!(out, "<h2>{}</h2>", markup(&page.table_title(table)));
        let all = page.lines(table);
        let _ = writeln!(
            out,
            "<div class=\"scroll\"><table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>",
            pick(language, "项目", "row"),
            pick(language, "栏目", "column"),
            markup(&page.column(true)),
            markup(&page.column(false)),
            pick(language, "增减", "change"),
            pick(language, "增减%", "per cent"),
            pick(language, "说明", "remark"),
        );
        for line in &all {
            let cell = line.cell;
            let mut classes = Vec::new();
            classes.extend((!line.shown).then_some("unchanged"));
            classes.extend((!cell.comparable()).then_some("single"));
            classes.extend(cell.jump.then_some("jump"));
            let (old, new) = if cell.differs() { ("n o", "n w") } else { ("n", "n") };
            let _ = writeln!(
                out,
                "<tr class=\"{}\" data-cell=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td class=\"{old}\">{}</td><td class=\"{new}\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
                classes.join(" "),
                cell.id(),
                markup(line.row.name.get(language)),
                markup(cell.column.get(language)),
                markup(&side(&cell.old, language)),
                markup(&side(&cell.new, language)),
                cell.change().map(signed).unwrap_or_default(),
                percent(cell, language),
                markup(&page.remark(cell)),
            );
        }
        out.push_str("</tbody></table></div>\n");
        if let Some(words) = page.left_out(&all) {
            let _ = writeln!(out, "<p class=\"left-out\">{}</p>", markup(&shown_here(&words, language)));
        }
    }
    if page.comparison.counts().jumps > 0 {
        let _ = writeln!(out, "<p class=\"small\">{}</p>", markup(&page.jump_test()));
    }
}

/// On a page the check box shows what the command shows with `--all`.
fn shown_here(words: &str, language: Language) -> String {
    match language {
        Language::Zh => words.replace("--all 显示", "勾选上方方框显示"),
        Language::En => words.replace("--all shows them", "tick the box above"),
    }
}

/// A sentence with what differs marked.
fn marked(text: &str, marks: &[Range<usize>]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for mark in marks {
        let _ = write!(out, "{}<mark>{}</mark>", markup(&text[at..mark.start]), markup(&text[mark.clone()]));
        at = mark.end;
    }
    out + &markup(&text[at..])
}

fn prose(out: &mut String, page: &Page<'_, '_>) {
    let language = page.language;
    let form = page.comparison.new.form();
    let _ = writeln!(out, "<h2>{}</h2>", pick(language, "文字", "Text"));
    let legend = legend(language);
    let legend = legend.split(['；', '.']).next().unwrap_or(legend);
    let _ = writeln!(out, "<p class=\"small\">{}</p>", markup(legend));
    for section in &page.comparison.narrative.sections {
        let _ = writeln!(out, "<h3>{}</h3>", markup(&section_name(form, section.number, language)));
        if let Some(words) = page.copied(section) {
            let _ = writeln!(out, "<p class=\"small\">{}</p>", markup(&words));
        }
        let _ = writeln!(
            out,
            "<table class=\"pair\"><colgroup><col class=\"mark\"><col><col></colgroup><thead><tr><th></th><th>{}</th><th>{}</th></tr></thead><tbody>",
            markup(&page.heading(true)),
            markup(&page.heading(false)),
        );
        let mut same = 0;
        for item in &section.items {
            let unchanged = item.class == Class::Same && item.moved == 0;
            if unchanged {
                same += 1;
            } else {
                elided(out, page, &mut same);
            }
            sentence(out, page, item, unchanged);
        }
        elided(out, page, &mut same);
        out.push_str("</tbody></table>\n");
    }
    let kept: Vec<_> = page.kept().collect();
    if !kept.is_empty() {
        let title = markup(&page.kept_title());
        let _ = writeln!(out, "<h2>{title}</h2>\n<ul>");
        for (section, text, numbers) in kept {
            let place = place_name((section, 0), language);
            let _ = writeln!(out, "<li>{place} <b>{}</b> {}</li>", markup(&numbers), markup(text));
        }
        out.push_str("</ul>\n");
    }
}

fn elided(out: &mut String, page: &Page<'_, '_>, same: &mut usize) {
    if *same > 0 {
        let words = shown_here(&page.sentences_left_out(*same), page.language);
        let _ =
            writeln!(out, "<tr class=\"left-out\"><td></td><td colspan=\"2\">{}</td></tr>", markup(&words));
        *same = 0;
    }
}

fn sentence(out: &mut String, page: &Page<'_, '_>, item: &Item, unchanged: bool) {
    let text = |place: &Option<nianbao_diff::Place>| {
        place.as_ref().map_or(String::new(), |p| marked(&p.text, &p.marks))
    };
    let mut mark = markup(class_name(item, page.language));
    if item.moved > 0
        && let (Some(a), Some(b)) = (&item.old, &item.new)
    {
        let name = |p: &nianbao_diff::Place| place_name((p.section, p.part), page.language);
        let _ = write!(mark, "<br><small>{}→{}</small>", markup(&name(a)), markup(&name(b)));
    }
    if let Some(words) = divided(item, page.language) {
        let _ = write!(mark, "<br><small>{}</small>", markup(words.trim_matches(['（', '）', '(', ')'])));
    }
    let hidden = if unchanged { " unchanged" } else { "" };
    let _ = writeln!(
        out,
        "<tr class=\"{}{hidden}\"><td>{mark}</td><td class=\"old\">{}</td><td class=\"new\">{}</td></tr>",
        item.class.id(),
        text(&item.old),
        text(&item.new),
    );
}
