//! For people at a terminal: years as columns, a row of blocks as the course of the years.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use comfy_table::CellAlignment;
use nianbao_text::width::wrap;

use super::{Page, numbers, percents};
use crate::changes::terminal::{draw, table};
use crate::changes::{pick, share, side};
use crate::chart::spark;
use crate::words::dim;

/// The whole series.
pub fn page(page: &Page<'_, '_>, columns: usize) -> String {
    let columns = columns.max(40);
    let language = page.language;
    let bold = Style::new().bold();
    let mut out = String::new();
    for line in page.header() {
        wrapped(&mut out, &line, columns);
    }
    let title = pick(language, "年际关系", "From year to year");
    let _ = writeln!(out, "\n{bold}{title}{bold:#}");
    for (step, statements) in page.chains() {
        let _ = writeln!(out, "{step}");
        for statement in statements {
            let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
            let (style, mark) = match statement.holds {
                Some(true) => (Style::new(), "✓"),
                Some(false) => (red, "✗"),
                None => (Style::new(), "?"),
            };
            let indent = if statement.detail { "    " } else { "  " };
            for (i, line) in wrap(&statement.text, columns - 6).iter().enumerate() {
                let mark = if i == 0 { mark } else { " " };
                let _ = writeln!(out, "{style}{indent}{mark} {line}{style:#}");
            }
        }
    }
    let (metrics, left_out) = page.metrics();
    let mut last = None;
    let mut drawn = None;
    for metric in metrics {
        if last != Some(metric.table.id) {
            if let Some(done) = drawn.take() {
                draw(&mut out, &done);
            }
            let (name, title) = (metric.table.name.get(language), metric.table.title.get(language));
            let _ = writeln!(out, "\n{bold}{name} {title}{bold:#}");
            drawn = Some(headed(page, columns));
            last = Some(metric.table.id);
        }
        let values = metric.values.iter().map(|v| side(v, language));
        let row = std::iter::once(page.name(metric)).chain(values).chain([spark(&numbers(metric))]);
        drawn.get_or_insert_with(|| headed(page, columns)).add_row(row);
    }
    if let Some(done) = drawn.take() {
        draw(&mut out, &done);
    }
    if left_out > 0 {
        let dim = dim();
        for line in wrap(&page.left_out(left_out), columns) {
            let _ = writeln!(out, "{dim}{line}{dim:#}");
        }
    }
    let _ =
        writeln!(out, "\n{bold}{}{bold:#}", pick(language, "比率（“总计”列）", "Rates (column of totals)"));
    let mut rates = headed(page, columns);
    for rate in &page.series.rates {
        let formula = rate.formula;
        let name = format!(
            "{}＝{}",
            pick(language, formula.zh, formula.en),
            pick(language, formula.says_zh, formula.says_en)
        );
        let values = rate.values.iter().map(|v| share(*v, language));
        rates.add_row(std::iter::once(name).chain(values).chain([spark(&percents(rate))]));
    }
    draw(&mut out, &rates);
    if page.series.rates.iter().any(|r| r.values.iter().flatten().any(|s| s.blanks)) {
        wrapped(
            &mut out,
            pick(
                language,
                "* 有空白单元格，按 0 计（勾稽关系表明只能是 0）",
                "* blanks counted as 0, which the sums confirm",
            ),
            columns,
        );
    }
    out
}

fn wrapped(out: &mut String, text: &str, columns: usize) {
    for (i, line) in wrap(text, columns - 2).iter().enumerate() {
        let _ = writeln!(out, "{}{line}", if i == 0 { "" } else { "  " });
    }
}

fn headed(page: &Page<'_, '_>, columns: usize) -> comfy_table::Table {
    let language = page.language;
    let years = page.years();
    let count = years.len();
    let mut drawn = table(columns);
    let first = pick(language, "项目", "row").to_owned();
    drawn
        .set_header(std::iter::once(first).chain(years).chain([pick(language, "走势", "course").to_owned()]));
    for column in drawn.column_iter_mut().skip(1).take(count) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    drawn
}
