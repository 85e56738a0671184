//! Cells of reports as comma-separated values for spreadsheets: one row a cell.

use nianbao_schema::Language;
use nianbao_schema::form::Cell;
use nianbao_schema::report::Report;
use nianbao_schema::value::{Reading, Value};

use crate::csv::row;
use crate::words::location;

/// What the file begins with: the mark by which spreadsheets know UTF-8, and the names of the columns.
pub fn header(language: Language) -> String {
    let names = match language {
        Language::Zh => "文件,机关,年度,格式版本,单元格,表,行,列,数值,原文,类型,位置",
        Language::En => "path,organ,year,edition,cell,table,row,column,value,text,kind,location",
    };
    format!("\u{feff}{names}\r\n")
}

/// The cells of one report. Every official cell has a row; one that could not be read is of the kind `unread`, so that
/// nobody takes a missing row for a 0. Cells that only local variants have follow where they were found.
pub fn rows(path: &str, report: &Report, language: Language) -> String {
    let mut out = String::new();
    let organ = report.organ.as_ref().map_or("", |o| o.name.as_str());
    let year = report.year.map(|y| y.to_string()).unwrap_or_default();
    for cell in report.form().cells() {
        let reading = report.cell(cell.id);
        if reading.is_none() && !cell.official {
            continue;
        }
        let shared = [path, organ, &year, report.edition.id()];
        let fields = shared.map(str::to_owned).into_iter().chain(of_cell(cell, reading, language));
        let fields: Vec<String> = fields.collect();
        out.push_str(&row(fields.iter().map(String::as_str)));
    }
    out
}

fn of_cell(cell: &Cell, reading: Option<&Reading>, language: Language) -> [String; 8] {
    let (value, kind) = match reading.map(|r| &r.value) {
        Some(Value::Number(n)) => (n.normalize().to_string(), "number"),
        Some(Value::Blank) => (String::new(), "blank"),
        Some(Value::NotApplicable) => (String::new(), "not-applicable"),
        Some(Value::Text) => (String::new(), "text"),
        None => (String::new(), "unread"),
    };
    [
        cell.id.as_str().to_owned(),
        cell.table.name.get(language).to_owned(),
        cell.row.name.get(language).to_owned(),
        cell.column.name.get(language).to_owned(),
        value,
        reading.map(|r| r.text.value.trim().to_owned()).unwrap_or_default(),
        kind.to_owned(),
        reading.map(|r| location(&r.text.location, language)).unwrap_or_default(),
    ]
}
