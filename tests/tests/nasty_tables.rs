//! Tables that were altered as clerks and converters alter them: columns in another order, added, lost; last year beside this
//! year; rows twice. Whatever is read is right; what cannot be told is unread.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test fails by panicking")]

#[path = "common/pages.rs"]
mod pages;

use std::collections::BTreeMap;

use nianbao_recognize::{Hints, recognize};
use nianbao_schema::form::Form;
use nianbao_schema::{CellId, Edition};

use pages::{Cells, exact, html, last_year, page, read, table, texts, this_year};

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
    let names: Vec<&str> = form.blocks[0].columns.iter().map(nianbao_schema::form::Column::leaf).collect();
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
