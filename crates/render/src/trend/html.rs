//! One page that needs nothing else: line charts of the main counts and the tables below them.

use std::fmt::Write as _;

use super::{Page, numbers, percents};
use crate::changes::html::{is_main, open, short};
use crate::changes::{pick, share, side};
use crate::chart;
use crate::escape::markup;

/// The whole series.
pub fn page(page: &Page<'_, '_>) -> String {
    let language = page.language;
    let mut out = open(pick(language, "历年年度报告", "Annual reports over the years"), language);
    out.push_str("<ul class=\"facts\">\n");
    for line in page.header() {
        let note = line.starts_with("注意") || line.starts_with("note:");
        let class = if note { " class=\"note\"" } else { "" };
        let _ = writeln!(out, "<li{class}>{}</li>", markup(&line));
    }
    let _ = writeln!(out, "</ul>\n<h2>{}</h2>", pick(language, "年际关系", "From year to year"));
    for (step, statements) in page.chains() {
        let _ = writeln!(out, "<h3>{step}</h3>\n<ul>");
        for statement in statements {
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
        out.push_str("</ul>\n");
    }
    let years = page.years();
    let _ = writeln!(out, "<h2>{}</h2>\n<div class=\"charts\">", pick(language, "主要数量", "Main counts"));
    for metric in page.series.metrics.iter().filter(|m| is_main(m.id().as_str()) && m.says_something()) {
        let row = short(metric.row.get(language));
        let title = if metric.table.id == "disclosure" {
            format!("{row} {}", metric.column.get(language))
        } else {
            row.to_owned()
        };
        let _ = writeln!(out, "{}", chart::line(&title, &years, &numbers(metric)));
    }
    for rate in page.series.rates.iter().filter(|r| percents(r).iter().flatten().count() > 1) {
        let title = format!("{} %", pick(language, rate.formula.zh, rate.formula.en));
        let _ = writeln!(out, "{}", chart::line(&title, &years, &percents(rate)));
    }
    out.push_str("</div>\n");
    let head = |out: &mut String| {
        let _ =
            write!(out, "<div class=\"scroll\"><table><thead><tr><th>{}</th>", pick(language, "项目", "row"));
        years.iter().for_each(|y| {
            let _ = write!(out, "<th>{}</th>", markup(y));
        });
        let _ = writeln!(out, "<th>{}</th></tr></thead><tbody>", pick(language, "走势", "course"));
    };
    let line = |out: &mut String, name: &str, values: Vec<String>, course: String| {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", markup(name));
        values.iter().for_each(|v| {
            let _ = write!(out, "<td class=\"n\">{}</td>", markup(v));
        });
        let _ = writeln!(out, "<td class=\"spark\">{course}</td></tr>");
    };
    let (metrics, left_out) = page.metrics();
    let mut last = None;
    for metric in metrics {
        if last != Some(metric.table.id) {
            if last.is_some() {
                out.push_str("</tbody></table></div>\n");
            }
            let (name, title) = (metric.table.name.get(language), metric.table.title.get(language));
            let _ = writeln!(out, "<h2>{name} {title}</h2>");
            head(&mut out);
            last = Some(metric.table.id);
        }
        let values = metric.values.iter().map(|v| side(v, language)).collect();
        line(&mut out, &page.name(metric), values, chart::spark(&numbers(metric)));
    }
    if last.is_some() {
        out.push_str("</tbody></table></div>\n");
    }
    if left_out > 0 {
        let _ = writeln!(out, "<p class=\"left-out\">{}</p>", markup(&page.left_out(left_out)));
    }
    let _ = writeln!(out, "<h2>{}</h2>", pick(language, "比率（“总计”列）", "Rates (column of totals)"));
    head(&mut out);
    for rate in &page.series.rates {
        let formula = rate.formula;
        let name = format!(
            "{}＝{}",
            pick(language, formula.zh, formula.en),
            pick(language, formula.says_zh, formula.says_en)
        );
        let values = rate.values.iter().map(|v| share(*v, language)).collect();
        line(&mut out, &name, values, chart::spark(&percents(rate)));
    }
    out.push_str("</tbody></table></div>\n</body>\n</html>\n");
    out
}
