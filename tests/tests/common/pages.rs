//! Pages and texts with the official tables of an invented report, to be altered.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "every test file uses another part of it")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_recognize::{Hints, recognize};
use nianbao_schema::document::Table;
use nianbao_schema::form::Form;
use nianbao_schema::layout::{Fill, draw};
use nianbao_schema::report::Report;
use nianbao_schema::{CellId, Edition};

pub const TITLE: &str = "望澜市水务局2023年政府信息公开工作年度报告";

/// Numbers that differ from cell to cell and from year to year.
pub fn numbers(seed: u64) -> BTreeMap<CellId, String> {
    let form = Edition::E2021.form();
    let mut n = seed;
    form.official_cells()
        .map(|cell| {
            n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (cell.id, (10 + (n >> 33) % 90_000).to_string())
        })
        .collect()
}

pub fn this_year() -> BTreeMap<CellId, String> {
    numbers(1)
}

pub fn last_year() -> BTreeMap<CellId, String> {
    numbers(2)
}

/// A row as HTML has it: words, columns, rows.
pub type Cells = Vec<(String, u32, u32)>;

pub fn table(id: &str, cells: &BTreeMap<CellId, String>) -> Vec<Cells> {
    let fill = Fill { cells: cells.clone(), ..Fill::default() };
    let drawn: Table = draw(Form::of(Edition::E2021).table(id).unwrap(), &fill, 1);
    let row = |r: &nianbao_schema::document::Row| {
        r.cells.iter().map(|c| (c.text.value.clone(), c.colspan, c.rowspan)).collect()
    };
    drawn.rows.iter().map(row).collect()
}

pub fn html(rows: &[Cells]) -> String {
    let mut out = String::from("<table border=1>");
    for row in rows {
        out.push_str("<tr>");
        for (words, columns, high) in row {
            let _ = write!(out, "<td colspan={columns} rowspan={high}>{words}</td>");
        }
        out.push_str("</tr>");
    }
    out + "</table>"
}

/// The rows as converters print them: `|`, a cell a line with a tab, a row a line with tabs, a cell a line.
pub fn texts(rows: &[Cells]) -> Vec<String> {
    let words = |r: &Cells| r.iter().map(|c| c.0.clone()).collect::<Vec<_>>();
    let each = |draw: &dyn Fn(&[String]) -> String| rows.iter().map(|r| draw(&words(r))).collect::<String>();
    vec![
        each(&|r| format!("| {} |\n", r.join(" | "))),
        each(&|r| r.iter().map(|c| format!("\t{c}\n")).collect::<String>() + "\n"),
        each(&|r| format!("\t{}\n", r.join("\t"))),
        each(&|r| r.iter().filter(|c| !c.is_empty()).map(|c| format!("{c}\n")).collect()),
    ]
}

pub fn page(tables: &[(&str, String)], markup: bool) -> String {
    let mut out = if markup { format!("<html><h1>{TITLE}</h1>") } else { format!("{TITLE}\n\n") };
    for (number, section) in (1..).zip(&Form::of(Edition::E2021).sections) {
        let heading = &section.heading;
        let _ = if markup { write!(out, "<h2>{heading}</h2>") } else { write!(out, "{heading}\n\n") };
        let own = tables.iter().find(|(id, _)| Form::of(Edition::E2021).table(id).unwrap().section == number);
        match (own, markup) {
            (Some((_, table)), _) => out.push_str(table),
            (None, true) => out.push_str("<p>各项工作按要求进行。</p>"),
            (None, false) => out.push_str("各项工作按要求进行。\n"),
        }
        out.push('\n');
    }
    out
}

/// The cells of a table that are exact; fails if one is wrong.
pub fn exact(what: &str, id: &str, report: &Report) -> usize {
    let truth = this_year();
    let mut count = 0;
    for (cell, reading) in report.cells().filter(|(c, _)| c.table() == id) {
        if let Some(number) = reading.value.number() {
            assert_eq!(Some(&number.to_string()), truth.get(&cell), "{what}: {cell}");
            count += 1;
        }
    }
    count
}

pub fn read(source: &str) -> Report {
    recognize(&nianbao_reader::read(source.as_bytes()).unwrap(), &Hints::default())
}

/// The whole page with all three tables of this year.
pub fn whole() -> String {
    let tables: Vec<(&str, String)> = ["disclosure", "applications", "review"]
        .into_iter()
        .map(|id| (id, html(&table(id, &this_year()))))
        .collect();
    page(&tables, true)
}

/// The exact cells of all three tables; fails if one is wrong.
pub fn exact_in_all(what: &str, report: &Report) -> usize {
    ["disclosure", "applications", "review"].iter().map(|id| exact(what, id, report)).sum()
}

/// Traditional characters for simplified ones, the first one where there are several.
pub fn traditional(text: &str) -> String {
    let mut reverse: BTreeMap<char, char> = BTreeMap::new();
    for c in '\u{4e00}'..='\u{9fff}' {
        if let Some(simple) = nianbao_schema::script::simplified(c) {
            reverse.entry(simple).or_insert(c);
        }
    }
    text.chars().map(|c| reverse.get(&c).copied().unwrap_or(c)).collect()
}
