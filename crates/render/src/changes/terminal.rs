//! For people at a terminal: side by side, inline, or the summary alone.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use nianbao_diff::{Class, Item, SectionDiff};
use nianbao_schema::Language;
use nianbao_text::token::tokens;
use nianbao_text::width::{pad_end, width, wrap};

use super::{
    Page, bracketed, class_name, divided, fraction, legend, percent, pick, place_name, section_name, share,
    side, signed,
};
use crate::words::dim;

/// How to arrange the two reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Old and new in two columns.
    Side,
    /// Old and new in one line.
    Inline,
    /// Counts, rates and chains of years, without single cells and sentences.
    Summary,
}

const OLD: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const NEW: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));

/// The narrowest width at which two columns of prose can be read.
const NARROWEST: usize = 60;

/// The whole comparison.
pub fn page(page: &Page<'_, '_>, view: View, columns: usize) -> String {
    let columns = columns.max(40);
    // Two columns of a narrow terminal hold a few characters each.
    let view = if view == View::Side && columns < NARROWEST { View::Inline } else { view };
    let mut out = String::new();
    let bold = Style::new().bold();
    for line in page.header() {
        lines(&mut out, "", &line, columns);
    }
    out.push('\n');
    for line in page.summary() {
        lines(&mut out, "", &line, columns);
    }
    for statement in page.statements() {
        let style = match statement.holds {
            Some(false) => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
            _ => Style::new(),
        };
        let mark = match statement.holds {
            Some(true) => "✓ ",
            Some(false) => "✗ ",
            None => "? ",
        };
        let indent = if statement.detail { "  " } else { "" };
        for (i, line) in wrap(&statement.text, columns - 6).iter().enumerate() {
            let _ = writeln!(out, "{style}{indent}{}{line}{style:#}", if i == 0 { mark } else { "  " });
        }
    }
    if page.comparison.is_same() && !page.all {
        return out;
    }
    rates(&mut out, page, columns);
    if page.comparison.options.numbers && view != View::Summary {
        for table in &page.comparison.tables {
            let _ = writeln!(out, "\n{bold}{}{bold:#}", page.table_title(table));
            let all = page.lines(table);
            let shown: Vec<_> = all.iter().filter(|l| page.all || l.shown).collect();
            if view == View::Side && !shown.is_empty() {
                numbers(&mut out, page, &shown, columns);
            } else {
                let colon = pick(page.language, "：", ": ");
                for line in &shown {
                    let (old, new) =
                        (side(&line.cell.old, page.language), side(&line.cell.new, page.language));
                    let mut more: Vec<String> =
                        line.cell.change().filter(|c| !c.is_zero()).map(signed).into_iter().collect();
                    more.extend(Some(percent(line.cell, page.language)).filter(|p| !p.is_empty()));
                    more.extend(Some(page.remark(line.cell)).filter(|r| !r.is_empty()));
                    let more = match (more.is_empty(), page.language) {
                        (true, _) => String::new(),
                        (false, Language::Zh) => format!("（{}）", more.join("，")),
                        (false, Language::En) => format!(" ({})", more.join(", ")),
                    };
                    let (row, column) =
                        (line.row.name.get(page.language), line.cell.column.get(page.language));
                    lines(&mut out, "  ", &format!("{row} × {column}{colon}{old} → {new}{more}"), columns);
                }
            }
            if let Some(words) = page.left_out(&all).filter(|_| !page.all) {
                let dim = dim();
                for (i, line) in fitting(&words, columns - 2).iter().enumerate() {
                    let _ = writeln!(out, "{dim}{}{line}{dim:#}", if i == 0 { "" } else { "  " });
                }
            }
        }
        if page.comparison.counts().jumps > 0 {
            lines(&mut out, "", &page.jump_test(), columns);
        }
    }
    if page.comparison.options.text {
        prose(&mut out, page, view, columns);
        let template = page.template();
        if !template.is_empty() {
            let title =
                pick(page.language, "格式、标题和标签（不是数据和内容的变化）", "Form, headings and labels");
            let _ = writeln!(out, "\n{bold}{title}{bold:#}");
            for line in template {
                lines(&mut out, "  ", &line, columns);
            }
        }
    }
    out
}

/// A text broken to the width, all lines after the first one indented.
fn lines(out: &mut String, indent: &str, text: &str, columns: usize) {
    for (i, line) in fitting(text, columns.saturating_sub(indent.len() + 2)).iter().enumerate() {
        let _ = writeln!(out, "{indent}{}{line}", if i == 0 { "" } else { "  " });
    }
}

/// Lines of a text no wider than that, although closing marks hang over where it is broken.
fn fitting(text: &str, columns: usize) -> Vec<String> {
    let narrower = (columns.saturating_sub(6).max(1)..=columns).rev().map(|c| wrap(text, c));
    let mut all = narrower.skip_while(|lines| lines.iter().any(|l| width(l) > columns));
    all.next().unwrap_or_else(|| wrap(text, columns))
}

/// A table that fits the width and breaks Chinese where it must.
pub(crate) fn table(columns: usize) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(columns).unwrap_or(u16::MAX));
    table
}

/// Adds a drawn table.
pub(crate) fn draw(out: &mut String, table: &Table) {
    for line in table.lines() {
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

fn rates(out: &mut String, page: &Page<'_, '_>, columns: usize) {
    if page.comparison.rates.is_empty() {
        return;
    }
    let language = page.language;
    let mut drawn = table(columns);
    drawn.set_header([
        pick(language, "比率（“总计”列）", "rate (column of totals)").to_owned(),
        page.column(true),
        page.column(false),
        pick(language, "百分点", "points").to_owned(),
        pick(language, "算法", "formula").to_owned(),
    ]);
    for rate in &page.comparison.rates {
        let with = |s| {
            let fraction = fraction(s);
            if fraction.is_empty() {
                share(s, language)
            } else {
                format!("{}  {fraction}", share(s, language))
            }
        };
        let (name, says) = match language {
            Language::Zh => (rate.formula.zh, rate.formula.says_zh),
            Language::En => (rate.formula.en, rate.formula.says_en),
        };
        drawn.add_row([
            name.to_owned(),
            with(rate.old),
            with(rate.new),
            rate.change().map(signed).unwrap_or_default(),
            says.to_owned(),
        ]);
    }
    for column in drawn.column_iter_mut().skip(1).take(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    out.push('\n');
    draw(out, &drawn);
    let blanks = |s: Option<nianbao_diff::Share>| s.is_some_and(|s| s.blanks);
    if page.comparison.rates.iter().any(|r| blanks(r.old) || blanks(r.new)) {
        let words = pick(
            language,
            "* 有空白单元格，按 0 计（勾稽关系表明只能是 0）",
            "* blanks counted as 0, which the sums confirm",
        );
        lines(out, "", words, columns);
    }
}

fn numbers(out: &mut String, page: &Page<'_, '_>, shown: &[&super::Line<'_>], columns: usize) {
    let language = page.language;
    let mut drawn = table(columns);
    let remarks = shown.iter().any(|l| !page.remark(l.cell).is_empty());
    let mut header = vec![
        pick(language, "项目", "row").to_owned(),
        pick(language, "栏目", "column").to_owned(),
        page.column(true),
        page.column(false),
        pick(language, "增减", "change").to_owned(),
        pick(language, "增减%", "per cent").to_owned(),
    ];
    if remarks {
        header.push(pick(language, "说明", "remark").to_owned());
    }
    drawn.set_header(header);
    let mut last = None;
    for line in shown {
        // The name of a row stands once, in front of its first cell.
        let again = last.is_some_and(|l| std::ptr::eq(l, line.row));
        last = Some(line.row);
        let mut row = vec![
            Cell::new(if again { "" } else { line.row.name.get(language) }),
            Cell::new(line.cell.column.get(language)),
            Cell::new(side(&line.cell.old, language)),
            Cell::new(side(&line.cell.new, language)),
            Cell::new(line.cell.change().map(signed).unwrap_or_default()),
            Cell::new(percent(line.cell, language)),
        ];
        if remarks {
            row.push(Cell::new(page.remark(line.cell)));
        }
        drawn.add_row(row);
    }
    for column in drawn.column_iter_mut().skip(2).take(4) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    draw(out, &drawn);
}

fn prose(out: &mut String, page: &Page<'_, '_>, view: View, columns: usize) {
    let language = page.language;
    let bold = Style::new().bold();
    let sections = &page.comparison.narrative.sections;
    let form = page.comparison.new.form();
    let shares: Vec<(&SectionDiff, String)> =
        sections.iter().filter_map(|s| page.copied(s).map(|words| (s, words))).collect();
    if view == View::Summary {
        for (section, words) in &shares {
            let name = section_name(form, section.number, language);
            lines(out, "", &format!("{name}  {words}"), columns);
        }
    } else {
        let changed = sections
            .iter()
            .any(|s| page.all || s.items.iter().any(|i| i.class != Class::Same || i.moved > 0));
        if changed {
            let _ = writeln!(out);
            let half = half(columns);
            lines(out, "", legend(language), columns);
            if view == View::Side {
                let (old, new) = (page.heading(true), page.heading(false));
                let _ = writeln!(out, "     {bold}{}{bold:#} │ {bold}{new}{bold:#}", pad_end(&old, half));
            }
        }
        for section in sections {
            let _ = writeln!(out, "\n{bold}{}{bold:#}", section_name(form, section.number, language));
            if let Some((_, words)) = shares.iter().find(|(s, _)| s.number == section.number) {
                lines(out, "  ", words, columns);
            }
            let mut same = 0;
            for (at, item) in section.items.iter().enumerate() {
                // A paragraph that moved is one move: it is said once, below its last sentence.
                let last = section.items.get(at + 1).is_none_or(|next| next.moved != item.moved);
                if !page.all && item.class == Class::Same && item.moved == 0 {
                    same += 1;
                    continue;
                }
                elided(out, page, &mut same);
                if view == View::Side {
                    two_columns(out, page, item, columns, last);
                } else {
                    one_column(out, page, item, columns, last);
                }
            }
            elided(out, page, &mut same);
        }
    }
    let kept: Vec<_> = page.kept().collect();
    if !kept.is_empty() {
        let title = page.kept_title();
        let _ = writeln!(out, "\n{bold}{title}{bold:#}");
        for (section, text, numbers) in kept {
            let place = place_name((section, 0), language);
            lines(out, "  ", &format!("{place}  {numbers}：{text}"), columns);
        }
    }
}

fn elided(out: &mut String, page: &Page<'_, '_>, same: &mut usize) {
    if *same > 0 {
        let dim = dim();
        let _ = writeln!(out, "  {dim}{}{dim:#}", page.sentences_left_out(*same));
        *same = 0;
    }
}

/// Columns for either side: mark, space, text, ` │ `, text.
fn half(columns: usize) -> usize {
    columns.saturating_sub(5 + 3) / 2
}

/// A sentence broken to the width. Numbers stay with their units, opening brackets with what they open, closing marks with
/// what they close.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let opens = |t: &str| t.ends_with(['（', '《', '“', '‘', '【', '〔', '(']);
    let closes = |t: &str| {
        t.starts_with(['）', '》', '”', '’', '】', '〕', ')', '，', '。', '、', '；', '：', '！', '？'])
    };
    let mut chunks: Vec<String> = Vec::new();
    for token in tokens(text) {
        match chunks.last_mut() {
            Some(last) if opens(last) || closes(token.text) => last.push_str(token.text),
            _ => chunks.push(token.text.to_owned()),
        }
    }
    let mut lines = vec![String::new()];
    let mut used = 0;
    for chunk in chunks {
        let wide = width(&chunk);
        if used + wide > columns && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        // A chunk wider than a line has to break somewhere.
        let pieces = if wide > columns { wrap(&chunk, columns) } else { vec![chunk] };
        for (i, piece) in pieces.into_iter().enumerate() {
            if i > 0 {
                lines.push(String::new());
                used = 0;
            }
            used += width(&piece);
            if let Some(line) = lines.last_mut() {
                line.push_str(&piece);
            }
        }
    }
    lines
}

/// Lines of a sentence with what differs in brackets and colour.
fn styled(
    text: &str,
    marks: &[std::ops::Range<usize>],
    columns: usize,
    style: Style,
) -> Vec<(String, usize)> {
    let (shown, ours) = bracketed(text, marks);
    let mut ours = ours.into_iter();
    let mut inside = false;
    wrapped(&shown, columns)
        .into_iter()
        .map(|line| {
            let wide = width(&line);
            let mut out = if inside { style.render().to_string() } else { String::new() };
            for c in line.chars() {
                let bracket = matches!(c, '【' | '】') && ours.next().unwrap_or(false);
                if bracket && c == '【' {
                    out.push_str(&style.render().to_string());
                    inside = true;
                }
                out.push(c);
                if bracket && c == '】' {
                    out.push_str(&style.render_reset().to_string());
                    inside = false;
                }
            }
            if inside {
                out.push_str(&style.render_reset().to_string());
            }
            (out, wide)
        })
        .collect()
}

/// A sentence of which only one side exists is of one colour.
fn whole(item: &Item, style: Style) -> Style {
    if matches!(item.class, Class::New | Class::Dropped) { style } else { Style::new() }
}

fn two_columns(out: &mut String, page: &Page<'_, '_>, item: &Item, columns: usize, last: bool) {
    let half = half(columns);
    let of = |place: &Option<nianbao_diff::Place>, style| {
        place.as_ref().map_or(Vec::new(), |p| styled(&p.text, &p.marks, half, style))
    };
    let (old, new) = (of(&item.old, OLD), of(&item.new, NEW));
    for i in 0..old.len().max(new.len()) {
        let mark = if i == 0 { class_name(item, page.language) } else { "" };
        let none = (String::new(), 0);
        let ((left, wide), (right, _)) = (old.get(i).unwrap_or(&none), new.get(i).unwrap_or(&none));
        let (old_style, new_style) = (whole(item, OLD), whole(item, NEW));
        let gap = " ".repeat(half.saturating_sub(*wide));
        let line = format!(
            "{} {old_style}{left}{old_style:#}{gap} │ {new_style}{right}{new_style:#}",
            pad_end(mark, 4)
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    notes(out, page, item, last);
}

/// That a sentence was divided, and where a sentence that moved was and is, below the last sentence of the move.
fn notes(out: &mut String, page: &Page<'_, '_>, item: &Item, last: bool) {
    if let Some(words) = divided(item, page.language) {
        let dim = dim();
        let _ = writeln!(out, "     {dim}{words}{dim:#}");
    }
    if item.moved > 0
        && last
        && let (Some(a), Some(b)) = (&item.old, &item.new)
    {
        let (dim, words) = (dim(), moved(page, (a.section, a.part), (b.section, b.part)));
        let _ = writeln!(out, "     {dim}{words}{dim:#}");
    }
}

fn moved(page: &Page<'_, '_>, from: (u8, u8), to: (u8, u8)) -> String {
    let (from_name, to_name) = (place_name(from, page.language), place_name(to, page.language));
    match (from == to, page.language) {
        (true, Language::Zh) => format!("（在{to_name}内换了位置）"),
        (false, Language::Zh) => format!("（由{from_name}移到{to_name}）"),
        (true, Language::En) => format!("(moved within {to_name})"),
        (false, Language::En) => format!("(moved from {from_name} to {to_name})"),
    }
}

fn one_column(out: &mut String, page: &Page<'_, '_>, item: &Item, columns: usize, last: bool) {
    let mark = class_name(item, page.language);
    let mut first = true;
    let mut write = |sign: &str, place: &nianbao_diff::Place, style: Style, whole: Style| {
        for (i, (line, _)) in styled(&place.text, &place.marks, columns - 8, style).iter().enumerate() {
            let mark = if first { mark } else { "" };
            first = false;
            let sign = if i == 0 { sign } else { "" };
            let _ = writeln!(out, "{} {}{whole}{line}{whole:#}", pad_end(mark, 4), pad_end(sign, 3));
        }
    };
    let (minus, plus) = (pick(page.language, "旧", "-"), pick(page.language, "新", "+"));
    match (&item.old, &item.new) {
        (Some(_), Some(new)) if item.class == Class::Same => write("", new, NEW, Style::new()),
        (old, new) => {
            old.iter().for_each(|p| write(minus, p, OLD, whole(item, OLD)));
            new.iter().for_each(|p| write(plus, p, NEW, whole(item, NEW)));
        }
    }
    notes(out, page, item, last);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_numbers_and_brackets_together_and_lose_nothing() {
        let text = "全年新收申请【31件】，结转《办法》（第711号）规定的【2件】。";
        for columns in 12..40 {
            let lines = wrapped(text, columns);
            assert_eq!(lines.concat(), text);
            assert!(lines.iter().all(|l| width(l) <= columns), "{columns}: {lines:?}");
            assert!(lines.iter().all(|l| !l.ends_with('【') && !l.starts_with('】')), "{columns}: {lines:?}");
            assert!(lines.iter().any(|l| l.contains("31件")));
        }
    }
}
