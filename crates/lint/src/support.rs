//! What several rules share: quoting labels and headings, names of tables and cells.

use std::sync::LazyLock;

use nianbao_schema::document::Text;
use nianbao_schema::form::Cell;
use nianbao_schema::report::{LabelReading, Report};
use nianbao_schema::{Bilingual, CellId, Language};
use regex::Regex;
use rust_decimal::Decimal;

use crate::finding::{Edit, Evidence, Finding, Fix, Place, Say};
use crate::rule::Context;

/// A pattern of a rule; each is made once, the first time it is used.
pub(crate) fn pattern(text: &str) -> Regex {
    match Regex::new(text) {
        Ok(pattern) => pattern,
        Err(error) => panic!("pattern {text}: {error}"),
    }
}

/// A pattern that matches any of some words; longer ones first, so that 万 does not take what belongs to 万次.
pub(crate) fn any_of(words: &[String]) -> String {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words.into_iter().map(regex::escape).collect::<Vec<_>>().join("|")
}

/// A fix that replaces one stretch of a line.
pub(crate) fn replace(report: &Report, line: usize, range: std::ops::Range<usize>, new: &str) -> Fix {
    Fix { edits: edit(report, line, range, new).into_iter().collect() }
}

/// A replacement of one stretch of a line.
pub(crate) fn edit(report: &Report, line: usize, range: std::ops::Range<usize>, new: &str) -> Option<Edit> {
    let text = &report.lines.get(line)?.text;
    Some(Edit { location: text.at(range.start), old: text.value.get(range)?.to_owned(), new: new.to_owned() })
}

/// Words by which an organ speaks of itself, whatever its kind.
static SELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "我(?:省|市|县|区|州|旗|镇|乡|街道|街|局|委|厅|办|部|院|署|中心|单位|机关|园区|开发区|管委会)|本(?:机关|单位|部门|行政机关|街道|辖区)|全(?:省|市|县|区|州|旗|镇|乡|局|街道|系统)|管委会|办事处|镇政府|乡政府",
    )
});

/// Whether some words speak of the report's own organ: by its name, or as 我局, 全县 and the like.
pub(crate) fn names_self(cx: &Context<'_>, words: &str) -> bool {
    let organ = cx.report.organ.as_ref().map_or("", |o| o.name.as_str());
    let plain = organ.trim_end_matches("人民政府").trim_end_matches("办事处").trim_end_matches("管理委员会");
    // 水务局 for 青禾县水务局: the name without its first place.
    let short = plain.char_indices().nth(3).map_or("", |(i, _)| &plain[i..]);
    let named = |name: &str| name.chars().count() >= 2 && words.contains(name);
    named(plain) || (short.chars().count() >= 3 && named(short)) || SELF.is_match(words)
}

/// The place of a label of a table.
pub(crate) fn label_place(cx: &Context<'_>, label: &LabelReading) -> Place {
    Place {
        section: cx.form().table(label.table).map_or(0, |t| t.section),
        table: Some(label.table),
        location: Some(label.text.location),
        ..Place::default()
    }
}

/// A finding about a label, showing it.
pub(crate) fn about_label(cx: &Context<'_>, finding: Finding, label: &LabelReading) -> Finding {
    let text = label.text.value.clone();
    let mark = match label.matched {
        nianbao_schema::report::LabelMatch::Near(_) => differing(&text, &label.official),
        _ => 0..text.len(),
    };
    finding.place(label_place(cx, label)).key(nianbao_text::label::normal(&text)).evidence(Evidence::Quote {
        text,
        marks: vec![mark],
        location: label.text.location,
    })
}

/// The characters of `seen` between what it has in common with `official` at both ends.
fn differing(seen: &str, official: &str) -> std::ops::Range<usize> {
    let start: usize =
        seen.chars().zip(official.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let rest = seen[start..].chars().rev().zip(official[start.min(official.len())..].chars().rev());
    let end = seen.len() - rest.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    // Characters left out leave nothing to mark: the whole label is shown.
    if start < end { start..end } else { 0..seen.len() }
}

/// The fix that writes the official words of a label.
pub(crate) fn relabel(label: &LabelReading) -> Fix {
    Fix {
        edits: vec![Edit {
            location: label.text.location,
            old: label.text.value.clone(),
            new: label.official.clone(),
        }],
    }
}

/// What clerks call a table: `表三（收到和处理政府信息公开申请情况）`.
pub(crate) fn table_name(cx: &Context<'_>, id: &str) -> Say {
    match cx.form().table(id) {
        Some(table) => Say {
            zh: format!("{}（{}）", table.name.zh, table.title.zh),
            en: format!("{} ({})", table.name.en, table.title.en),
        },
        None => Say { zh: id.to_owned(), en: id.to_owned() },
    }
}

/// The official heading of a section: `四、政府信息公开行政复议、行政诉讼情况`.
pub(crate) fn section_heading(cx: &Context<'_>, number: u8) -> &'static str {
    cx.form().sections.iter().find(|s| s.number == number).map_or("", |s| s.heading.as_str())
}

/// A cell in both languages.
pub(crate) fn cell_name(cell: &Cell) -> Say {
    Say { zh: cell.name(Language::Zh), en: cell.name(Language::En) }
}

/// A number as people write it.
pub(crate) fn number(n: Decimal) -> String {
    n.normalize().to_string()
}

/// The official cells of a report with their readings.
pub(crate) fn read_cells<'a>(
    cx: &'a Context<'_>,
) -> impl Iterator<Item = (&'static Cell, &'a nianbao_schema::value::Reading)> {
    cx.form().cells().iter().filter_map(|c| cx.report.cell(c.id).map(|r| (c, r)))
}

/// The lines of a report that are prose of some section, with their index.
pub(crate) fn prose_of(report: &Report, section: u8) -> impl Iterator<Item = (usize, &str)> {
    report.prose().filter(move |(_, l)| l.section == section).map(|(i, l)| (i, l.text.value.as_str()))
}

/// Cells of a table in which the same is wrong with the way a value is written.
pub(crate) struct Alike<'a> {
    /// What the table is called.
    pub(crate) table: &'static Bilingual,
    /// The cells with their words.
    pub(crate) cells: Vec<(CellId, &'a Text)>,
    /// The words of the first one.
    pub(crate) first: &'a str,
}

impl Alike<'_> {
    /// A finding about the cells.
    pub(crate) fn show(&self, cx: &Context<'_>, finding: Finding) -> Finding {
        let cells: Vec<CellId> = self.cells.iter().map(|(c, _)| *c).collect();
        finding
            .cells(cx.report, cells.clone())
            .evidence(Evidence::Cells { shown: cells.clone(), marked: cells })
    }

    /// A finding about the cells with the fix that writes their words anew.
    pub(crate) fn rewrite(
        &self,
        cx: &Context<'_>,
        finding: Finding,
        rewritten: impl Fn(&str) -> String,
    ) -> Finding {
        let edit = |(_, text): &(CellId, &Text)| Edit {
            location: text.location,
            old: text.value.clone(),
            new: rewritten(&text.value),
        };
        let edits = self.cells.iter().map(edit).collect();
        self.show(cx, finding).fix(Fix { edits })
    }
}

/// The cells whose way of writing is the same fault, table by table: one finding a table and not one a cell.
pub(crate) fn cells_alike<'a>(
    cx: &'a Context<'_>,
    wrong: impl Fn(&Cell, &nianbao_schema::value::Reading) -> bool,
) -> Vec<Alike<'a>> {
    let mut all: Vec<Alike<'a>> = Vec::new();
    for (cell, reading) in read_cells(cx).filter(|(c, r)| wrong(c, r)) {
        match all.last_mut().filter(|a| std::ptr::eq(a.table, &cell.table.name)) {
            Some(alike) => alike.cells.push((cell.id, &reading.text)),
            None => all.push(Alike {
                table: &cell.table.name,
                cells: vec![(cell.id, &reading.text)],
                first: reading.text.value.trim(),
            }),
        }
    }
    all
}
