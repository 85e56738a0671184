//! Tables that were altered as clerks and converters alter them: columns in another order, added, lost; last year beside this
//! year; rows twice. Whatever is read is right; what cannot be told is unread.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_recognize::{Hints, recognize};
use nianbao_schema::document::Table;
use nianbao_schema::form::Form;
use nianbao_schema::layout::{Fill, draw};
use nianbao_schema::report::Report;
use nianbao_schema::{CellId, Edition};

const TITLE: &str = "望澜市水务局2023年政府信息公开工作年度报告";

/// Numbers that differ from cell to cell and from year to year.
fn numbers(seed: u64) -> BTreeMap<CellId, String> {
    let form = Edition::E2021.form();
    let mut n = seed;
    form.official_cells()
        .map(|cell| {
            n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (cell.id, (10 + (n >> 33) % 90_000).to_string())
        })
        .collect()
}

fn this_year() -> BTreeMap<CellId, String> {
    numbers(1)
}

fn last_year() -> BTreeMap<CellId, String> {
    numbers(2)
}

/// A row as HTML has it: words, columns, rows.
type Cells = Vec<(String, u32, u32)>;

fn table(id: &str, cells: &BTreeMap<CellId, String>) -> Vec<Cells> {
    let fill = Fill { cells: cells.clone(), ..Fill::default() };
    let drawn: Table = draw(Form::of(Edition::E2021).table(id).unwrap(), &fill, 1);
    let row = |r: &nianbao_schema::document::Row| {
        r.cells.iter().map(|c| (c.text.value.clone(), c.colspan, c.rowspan)).collect()
    };
    drawn.rows.iter().map(row).collect()
}

fn html(rows: &[Cells]) -> String {
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
fn texts(rows: &[Cells]) -> Vec<String> {
    let words = |r: &Cells| r.iter().map(|c| c.0.clone()).collect::<Vec<_>>();
    let each = |draw: &dyn Fn(&[String]) -> String| rows.iter().map(|r| draw(&words(r))).collect::<String>();
    vec![
        each(&|r| format!("| {} |\n", r.join(" | "))),
        each(&|r| r.iter().map(|c| format!("\t{c}\n")).collect::<String>() + "\n"),
        each(&|r| format!("\t{}\n", r.join("\t"))),
        each(&|r| r.iter().filter(|c| !c.is_empty()).map(|c| format!("{c}\n")).collect()),
    ]
}

fn page(tables: &[(&str, String)], markup: bool) -> String {
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
fn exact(what: &str, id: &str, report: &Report) -> usize {
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

fn read(source: &str) -> Report {
    recognize(&nianbao_reader::read(source.as_bytes()).unwrap(), &Hints::default())
}

/// Reads a table in HTML, where that many cells are exact, and as the texts that converters make of it, where none is wrong.
fn assert_read(what: &str, id: &str, rows: &[Cells], expected: usize) {
    let in_html = read(&page(&[(id, html(rows))], true));
    assert_eq!(exact(what, id, &in_html), expected, "{what}: {:?}", in_html.notes);
    for text in texts(rows) {
        exact(what, id, &read(&page(&[(id, text)], false)));
    }
}

const VALUES: usize = 7;

/// Puts the value columns of the table of requests, with their headers, into another order.
fn reordered(order: [usize; VALUES]) -> Vec<Cells> {
    let form = Form::of(Edition::E2021).table("applications").unwrap();
    let names: Vec<&str> = form.blocks[0].columns.iter().map(|c| c.leaf()).collect();
    let mut rows = table("applications", &this_year());
    for row in rows.iter_mut().skip(3) {
        let values = row.split_off(row.len() - VALUES);
        row.extend(order.iter().map(|o| values[*o].clone()));
    }
    let corner = rows[0][0].clone();
    rows[0] = vec![(corner.0, 3, 1)];
    rows[0].extend(order.iter().map(|o| (names[*o].to_owned(), 1, 1)));
    rows.drain(1..3);
    rows
}

#[test]
fn columns_in_another_order() {
    assert_read("as in the form", "applications", &table("applications", &this_year()), 175);
    assert_read("one line of headers", "applications", &reordered([0, 1, 2, 3, 4, 5, 6]), 175);
    assert_read("businesses and research", "applications", &reordered([0, 2, 1, 3, 4, 5, 6]), 175);
    assert_read("the total first", "applications", &reordered([6, 0, 1, 2, 3, 4, 5]), 175);
}

#[test]
fn columns_that_the_form_does_not_have() {
    let with = |at: usize, head: &str, value: &dyn Fn(usize) -> String| {
        let mut rows = table("applications", &this_year());
        for (i, row) in rows.iter_mut().enumerate() {
            match i {
                0 if at == 0 => row.insert(0, (head.to_owned(), 1, 3)),
                0 => row.push((head.to_owned(), 1, 3)),
                1 | 2 => {}
                _ if at == 0 => row.insert(0, (value(i), 1, 1)),
                _ => row.push((value(i), 1, 1)),
            }
        }
        rows
    };
    assert_read("numbers of rows", "applications", &with(0, "序号", &|i| i.to_string()), 175);
    // A further column means that this is not the form: nothing is certain.
    assert_read("per cent", "applications", &with(1, "占比", &|_| "12.5%".to_owned()), 0);
    assert_read("a plain number", "applications", &with(1, "同比", &|i| i.to_string()), 0);
    let mut remark = table("disclosure", &this_year());
    for row in &mut remark {
        row.push(("12".to_owned(), 1, 1));
    }
    assert_read("a remark", "disclosure", &remark, 0);
}

#[test]
fn columns_that_are_missing() {
    let mut rows = table("applications", &this_year());
    rows[1].pop();
    assert_read("no header for the total", "applications", &rows, 0);
    let mut rows = table("applications", &this_year());
    rows.iter_mut().skip(3).for_each(|r| drop(r.pop()));
    assert_read("no value for the total", "applications", &rows, 0);
    let mut rows = table("review", &this_year());
    rows.last_mut().unwrap().pop();
    assert_read("no value for the last total", "review", &rows, 0);
}

#[test]
fn two_years_in_one_table() {
    let (this, last) = (table("applications", &this_year()), table("applications", &last_year()));
    let mut side_by_side = this.clone();
    for (row, other) in side_by_side.iter_mut().zip(&last).skip(3) {
        let label = row.len() - VALUES;
        row.splice(label..label, other[label..].iter().cloned());
    }
    let headers: Vec<Cells> = this[1..3].to_vec();
    for (row, header) in side_by_side[1..3].iter_mut().zip(headers) {
        row.extend(header);
    }
    side_by_side[0].push(("申请人情况".to_owned(), 7, 1));
    assert_read("years side by side", "applications", &side_by_side, 0);
    let mut review = table("review", &this_year());
    let own = review.len() - 1;
    review.insert(own, table("review", &last_year()).pop().unwrap());
    assert_read("two rows without label", "review", &review, 0);
    for (row, year) in review[own..].iter_mut().zip(["2022年", "2023年"]) {
        row.insert(0, (year.to_owned(), 1, 1));
    }
    review[0].insert(0, ("年度".to_owned(), 1, 3));
    assert_read("two rows with years", "review", &review, 0);
}

#[test]
fn rows_twice() {
    let mut rows = table("applications", &this_year());
    rows.push(rows[3].clone());
    assert_read("the same numbers", "applications", &rows, 175);
    let last = rows.len() - 1;
    rows[last].last_mut().unwrap().0 = "9".to_owned();
    assert_read("another number", "applications", &rows, 168);
    rows[last].iter_mut().skip(1).for_each(|c| c.0.clear());
    assert_read("blank again", "applications", &rows, 175);
}

#[test]
fn tables_of_two_years() {
    let (this, last) = (table("applications", &this_year()), table("applications", &last_year()));
    for (what, first, second, years, expected) in [
        ("last year first", &last, &this, ["2022年申请情况", "2023年申请情况"], 175),
        ("last year after", &this, &last, ["申请情况", "附：2022年申请情况"], 175),
        ("nothing says which", &last, &this, ["申请情况", "申请情况"], 0),
    ] {
        let tables = format!("<p>{}</p>{}<p>{}</p>{}", years[0], html(first), years[1], html(second));
        let report = read(&page(&[("applications", tables)], true));
        assert_eq!(exact(what, "applications", &report), expected, "{what}");
        assert!(!report.notes.is_empty(), "{what}: nothing is said");
        for (a, b) in texts(first).into_iter().zip(texts(second)) {
            let tables = format!("{}\n\n{a}\n\n{}\n\n{b}", years[0], years[1]);
            exact(what, "applications", &read(&page(&[("applications", tables)], false)));
        }
    }
}

#[test]
fn two_reports_on_one_page() {
    let one = |cells: &BTreeMap<CellId, String>, year: &str| {
        let tables: Vec<(&str, String)> = ["disclosure", "applications", "review"]
            .into_iter()
            .map(|id| (id, html(&table(id, cells))))
            .collect();
        page(&tables, true).replace("<html>", "").replace("2023年", year)
    };
    let both = format!("<html>{}{}", one(&last_year(), "2022年"), one(&this_year(), "2023年"));
    let document = nianbao_reader::read(both.as_bytes()).unwrap();
    let asked = recognize(&document, &Hints { year: Some(2023), ..Hints::default() });
    assert_eq!((asked.year, asked.sections.len()), (Some(2023), 6));
    let all: usize =
        ["disclosure", "applications", "review"].iter().map(|id| exact("asked", id, &asked)).sum();
    assert_eq!(all, 200);
    let first = recognize(&document, &Hints::default());
    assert_eq!(first.year, Some(2022), "the first one, all of it");
    for report in [asked, first] {
        let said = report.notes.iter().find(|n| n.kind == "several-reports").unwrap();
        assert!(said.message.contains("2022年") && said.message.contains("--year"), "{}", said.message);
    }
}

#[test]
fn a_page_in_traditional_characters() {
    let traditional = |text: &str| -> String {
        // The reverse of what is tested, for the characters that occur.
        let mut reverse: BTreeMap<char, char> = BTreeMap::new();
        for c in '\u{4e00}'..='\u{9fff}' {
            if let Some(simple) = nianbao_schema::script::simplified(c) {
                reverse.entry(simple).or_insert(c);
            }
        }
        text.chars().map(|c| reverse.get(&c).copied().unwrap_or(c)).collect()
    };
    let tables: Vec<(&str, String)> = ["disclosure", "applications", "review"]
        .into_iter()
        .map(|id| (id, html(&table(id, &this_year()))))
        .collect();
    let source = traditional(&page(&tables, true));
    assert!(source.contains("報告") && source.contains("總計"));
    let report = read(&source);
    let all: usize =
        ["disclosure", "applications", "review"].iter().map(|id| exact("folded", id, &report)).sum();
    assert_eq!((all, report.sections.len(), report.year), (200, 6, Some(2023)));
    assert_eq!(report.organ.unwrap().name, "望澜市水务局");
    assert!(report.notes.iter().any(|n| n.kind == "traditional-characters"));
}
