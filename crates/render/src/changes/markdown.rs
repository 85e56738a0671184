//! Markdown, for pull requests and notes.

use std::fmt::Write as _;

use nianbao_diff::Class;

use super::{
    Page, bracketed, class_name, divided, fraction, legend, percent, pick, place_name, section_name, share,
    side, signed,
};

/// Words that Markdown takes as they are.
pub(crate) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A row of a table.
pub(crate) fn row(out: &mut String, fields: &[String]) {
    let _ = writeln!(out, "| {} |", fields.join(" | "));
}

/// The line below the header of a table: the first columns to the left, the numbers to the right.
pub(crate) fn rule(out: &mut String, left: usize, right: usize, more: usize) {
    let marks = std::iter::repeat_n("---", left)
        .chain(std::iter::repeat_n("--:", right))
        .chain(std::iter::repeat_n("---", more));
    row(out, &marks.map(str::to_owned).collect::<Vec<_>>());
}

/// The whole comparison.
pub fn page(page: &Page<'_, '_>) -> String {
    let language = page.language;
    let mut out = format!("# {}\n\n", pick(language, "年度报告对比", "Reports compared"));
    for line in page.header().iter().chain(&page.summary()) {
        let _ = writeln!(out, "- {}", escaped(line));
    }
    for statement in page.statements() {
        let mark = match statement.holds {
            Some(true) => "✓",
            Some(false) => "✗",
            None => "?",
        };
        let indent = if statement.detail { "  " } else { "" };
        let _ = writeln!(out, "{indent}- {mark} {}", escaped(&statement.text));
    }
    if page.comparison.options.numbers {
        let _ = writeln!(out, "\n## {}\n", pick(language, "比率", "Rates"));
        row(
            &mut out,
            &[
                pick(language, "比率（“总计”列）", "rate (column of totals)").to_owned(),
                page.column(true),
                page.column(false),
                pick(language, "百分点", "points").to_owned(),
                pick(language, "算法", "formula").to_owned(),
            ],
        );
        rule(&mut out, 1, 3, 1);
        for rate in &page.comparison.rates {
            let with = |s| escaped(format!("{} {}", share(s, language), fraction(s)).trim());
            let formula = rate.formula;
            row(
                &mut out,
                &[
                    pick(language, formula.zh, formula.en).to_owned(),
                    with(rate.old),
                    with(rate.new),
                    rate.change().map(signed).unwrap_or_default(),
                    pick(language, formula.says_zh, formula.says_en).to_owned(),
                ],
            );
        }
        for table in &page.comparison.tables {
            let _ = writeln!(out, "\n## {}\n", escaped(&page.table_title(table)));
            let all = page.lines(table);
            let shown: Vec<_> = all.iter().filter(|l| page.all || l.shown).collect();
            if !shown.is_empty() {
                let heads = [
                    pick(language, "项目", "row").to_owned(),
                    pick(language, "栏目", "column").to_owned(),
                    page.column(true),
                    page.column(false),
                    pick(language, "增减", "change").to_owned(),
                    pick(language, "增减%", "per cent").to_owned(),
                    pick(language, "说明", "remark").to_owned(),
                ];
                row(&mut out, &heads);
                rule(&mut out, 2, 4, 1);
            }
            for line in shown {
                let cell = line.cell;
                let fields = [
                    line.row.name.get(language).to_owned(),
                    cell.column.get(language).to_owned(),
                    side(&cell.old, language),
                    side(&cell.new, language),
                    cell.change().map(signed).unwrap_or_default(),
                    percent(cell, language),
                    page.remark(cell),
                ];
                row(&mut out, &fields.map(|f| escaped(&f)));
            }
            if let Some(words) = page.left_out(&all).filter(|_| !page.all) {
                let _ = writeln!(out, "\n{}", escaped(&words));
            }
        }
        if page.comparison.counts().jumps > 0 {
            let _ = writeln!(out, "\n{}", escaped(&page.jump_test()));
        }
    }
    if page.comparison.options.text {
        prose(&mut out, page);
    }
    out
}

fn prose(out: &mut String, page: &Page<'_, '_>) {
    let language = page.language;
    let form = page.comparison.new.form();
    let _ = writeln!(out, "\n## {}\n\n{}", pick(language, "文字", "Text"), escaped(legend(language)));
    for section in &page.comparison.narrative.sections {
        let _ = writeln!(out, "\n### {}\n", escaped(&section_name(form, section.number, language)));
        if let Some(words) = page.copied(section) {
            let _ = writeln!(out, "{}\n", escaped(&words));
        }
        let shown: Vec<_> =
            section.items.iter().filter(|i| page.all || i.class != Class::Same || i.moved > 0).collect();
        let left_out = section.items.len() - shown.len();
        if !shown.is_empty() {
            row(out, &[String::new(), page.heading(true), page.heading(false)]);
            rule(out, 3, 0, 0);
        }
        for item in shown {
            let text = |place: &Option<nianbao_diff::Place>| {
                place.as_ref().map_or(String::new(), |p| escaped(&bracketed(&p.text, &p.marks).0))
            };
            let mut mark = escaped(class_name(item, language));
            if item.moved > 0
                && let (Some(a), Some(b)) = (&item.old, &item.new)
            {
                let (from, to) =
                    (place_name((a.section, a.part), language), place_name((b.section, b.part), language));
                let _ = write!(mark, " {from}→{to}");
            }
            if let Some(words) = divided(item, language) {
                mark += &escaped(&words);
            }
            row(out, &[mark, text(&item.old), text(&item.new)]);
        }
        if left_out > 0 {
            let _ = writeln!(out, "\n{}", escaped(&page.sentences_left_out(left_out)));
        }
    }
    let kept: Vec<_> = page.kept().collect();
    if !kept.is_empty() {
        let title = page.kept_title();
        let _ = writeln!(out, "\n## {title}\n");
        for (section, text, numbers) in kept {
            let place = place_name((section, 0), language);
            let _ = writeln!(out, "- {place} **{}** {}", escaped(&numbers), escaped(text));
        }
    }
    let template = page.template();
    if !template.is_empty() {
        let title = pick(language, "格式、标题和标签", "Form, headings and labels");
        let _ = writeln!(out, "\n<details><summary>{title}</summary>\n");
        for line in template {
            let _ = writeln!(out, "- {}", escaped(&line));
        }
        out.push_str("\n</details>\n");
    }
}
