//! Tables whose cells became lines of text: one cell a line, with or without `|`, header words broken over lines.
//!
//! Some extractors print a table cell by cell and keep neither rows nor columns. The labels of the form bring the rows
//! back: a row is a row label and the values up to the next label. Blank cells leave no trace in such text, so a row that
//! has not as many values as its header has columns is left unread by the placing that follows; nothing is filled up.
//! Only where blank lines turn out to be blank cells ([`crate::spacing`]) do they count as such.

use nianbao_schema::document::{Cell, Document, FileKind, Layout, Location, Note, Row, Table, Text};
use nianbao_schema::form::Form;
use nianbao_schema::report::{FoundTable, Report, Role, Unplaced, UnplacedReason};
use nianbao_text::label;

use crate::labels::Vocabulary;
use crate::slots::is_value;
use crate::spacing::Gap;
use crate::{glue, header, spacing};

/// Words of a header are broken over at most this many lines.
const MOST_LINES: usize = 3;

/// The tables that stand as loose lines in the sections whose official table was not found. Their lines stop being prose.
pub(crate) fn tables(document: &Document, report: &mut Report) -> Vec<Table> {
    let words = Vocabulary::of(report.edition);
    let mut found = Vec::new();
    let mut all_gaps = Vec::new();
    let missing: Vec<(u8, &str)> = report
        .form()
        .tables
        .iter()
        .filter(|t| report.table(t.id).is_none())
        .map(|t| (t.section, t.id))
        .collect();
    for (number, _) in missing {
        let Some(section) = report.section(number) else { continue };
        let range = section.body.clone();
        let tokens: Vec<Token> = report.lines[range.clone()]
            .iter()
            .zip(range.clone())
            .filter(|(l, _)| l.role == Role::Body)
            .flat_map(|(l, at)| split(&l.text).into_iter().map(move |text| Token { text, line: at }))
            .collect();
        let (rows, used, mut gaps) = rows(&tokens, words, report.form());
        // A sentence that happens to hold a label is no table.
        let has_values =
            |r: &&Row| r.cells.len() > 1 || r.cells.iter().any(|c| glue::row(words, &c.text.value).is_some());
        if rows.iter().filter(has_values).count() < 2 {
            continue;
        }
        for line in used {
            report.lines[line].role = Role::TableText;
        }
        let location = tokens.first().map_or_else(Location::default, |t| t.text.location);
        gaps.resize_with(rows.len(), || None);
        all_gaps.push(gaps);
        found.push(Table { layout: Layout::Lines, rows, location });
    }
    if document.kind == FileKind::Text {
        spacing::fill(report.form(), words, &mut found, &all_gaps);
    }
    found
}

/// A piece of text that may be a cell, and its line.
struct Token {
    text: Text,
    line: usize,
}

/// The cells that a line holds: itself, or what `|` separates.
fn split(text: &Text) -> Vec<Text> {
    let mut cells = Vec::new();
    let mut start = 0;
    for part in text.value.split(['|', '｜']) {
        let kept = part.trim();
        if !kept.is_empty() {
            let at = start + (part.len() - part.trim_start().len());
            cells.push(Text::new(kept, text.at(at)));
        }
        start += part.len() + text.value[start + part.len()..].chars().next().map_or(0, char::len_utf8);
    }
    cells
}

#[derive(PartialEq, Eq)]
enum Meaning {
    Row,
    /// The label of a row with its cells run together.
    Glued,
    /// Header, caption, or the label of a group that has no cells of its own.
    Header,
    Group,
    Value,
    Other,
}

fn meaning(words: &Vocabulary, form: &Form, text: &str) -> Meaning {
    if is_value(text) {
        return Meaning::Value;
    }
    let (normal, parts) = (label::normal(text), label::parts(text));
    if words.caption(&parts).is_some()
        || form.tables.iter().flat_map(|t| &t.blocks).any(|b| header::is_glued(&normal, b))
    {
        return Meaning::Header;
    }
    // 其他 and 总计 head columns and rows: with a number they are rows.
    let heads_column = words.in_any_header(&parts, &normal);
    if heads_column && parts.number.is_empty() {
        return Meaning::Header;
    }
    match words.row(&parts) {
        Some((target, _)) if target.group => Meaning::Group,
        Some(_) => Meaning::Row,
        None if heads_column => Meaning::Header,
        None if words.is_parent(&parts) => Meaning::Group,
        None if glue::row(words, text).is_some() => Meaning::Glued,
        None => Meaning::Other,
    }
}

/// Rows of labels and values, the lines that they took, and between which lines of the file the values of each row stand.
fn rows(tokens: &[Token], words: &Vocabulary, form: &Form) -> (Vec<Row>, Vec<usize>, Vec<Option<Gap>>) {
    let mut rows: Vec<Row> = Vec::new();
    let mut used = Vec::new();
    let mut gaps: Vec<Option<Gap>> = Vec::new();
    let mut header = true;
    // The row that was open is over: what follows belongs to something that was not understood.
    let mut closed = false;
    let mut at = 0;
    while at < tokens.len() {
        // The longest run of lines that together are a label, for words broken in two.
        let longest = MOST_LINES.min(tokens.len() - at);
        let joined = (1..=longest).rev().find_map(|n| {
            let run = &tokens[at..at + n];
            if n > 1 && run.iter().any(|t| is_value(&t.text.value)) {
                return None;
            }
            let text: String = run.iter().map(|t| t.text.value.as_str()).collect();
            let found = meaning(words, form, &text);
            let label = matches!(found, Meaning::Row | Meaning::Header | Meaning::Group);
            (n == 1 || label && exact(words, &text)).then_some((n, text, found))
        });
        let Some((count, text, found)) = joined else { break };
        let cell =
            |column: usize| Cell::new(Text::new(text.as_str(), tokens[at].text.location), column as u32);
        let next_is_value = tokens.get(at + count).is_some_and(|t| is_value(&t.text.value));
        closed &= found == Meaning::Value;
        let line = |at: usize| tokens[at].text.location.line;
        if found != Meaning::Value
            && let Some(Some(gap)) = gaps.last_mut()
            && gap.before.is_none()
        {
            gap.before = Some(line(at));
        }
        match found {
            // A group has no cells of its own, but local variants put sums there.
            Meaning::Group if !next_is_value => {}
            Meaning::Row | Meaning::Group | Meaning::Glued => {
                rows.push(Row { cells: vec![cell(0)] });
                gaps.resize_with(rows.len() - 1, || None);
                gaps.push(Some(Gap { after: line(at + count - 1), before: None, labelled: true }));
                header = false;
            }
            Meaning::Header => {
                let caption = words.caption(&label::parts(&text)).is_some();
                if !header || caption || rows.is_empty() {
                    rows.push(Row::default());
                }
                if let Some(row) = rows.last_mut() {
                    row.cells.push(cell(row.cells.len()));
                }
                // A caption stands on a row of its own.
                header = !caption;
            }
            // Among values something else: they may belong to a row whose label is not known.
            Meaning::Value if closed => {}
            Meaning::Value => match rows.last_mut() {
                // The only row of the table of reviews has no label.
                Some(_) if header => {
                    rows.push(Row { cells: vec![cell(0)] });
                    gaps.resize_with(rows.len() - 1, || None);
                    gaps.push(Some(Gap { after: line(at - 1), before: None, labelled: false }));
                    header = false;
                }
                Some(row) => row.cells.push(cell(row.cells.len())),
                None => {}
            },
            // Words right before values name them: that row is not one of the form.
            Meaning::Other => closed = !header || next_is_value,
        }
        if found != Meaning::Other {
            used.extend(tokens[at..at + count].iter().map(|t| t.line));
        }
        at += count;
    }
    (rows, used, gaps)
}

/// What pandoc writes in the place of a table that it cannot draw.
const TABLE_LEFT_OUT: &str = "[TABLE]";

/// Numbers in a section that show that a table was there.
const ENOUGH_NUMBERS: usize = 10;

/// Marks official rows as unread where the file shows that a conversion lost them: it left the table out, or made loose
/// words and numbers of it that no longer make rows. That the author left them out cannot be said then.
pub(crate) fn tell_lost(document: &Document, report: &mut Report) {
    let words = Vocabulary::of(report.edition);
    for table in report.form().tables {
        let Some(section) = report.section(table.section) else { continue };
        let body = section.body.clone();
        let lines = report.lines[body.clone()].iter();
        let left_out = lines.clone().find(|l| l.text.value.trim() == TABLE_LEFT_OUT).map(|l| l.text.location);
        let found = report.table(table.id);
        let lacks = |found: Option<&FoundTable>| -> Vec<&'static str> {
            let rows = table.blocks.iter().flat_map(|b| &b.rows).map(|r| r.id.as_str());
            rows.filter(|r| found.is_none_or(|f| !f.rows.contains(r))).collect()
        };
        let missing = lacks(found);
        if missing.is_empty() {
            continue;
        }
        let loose = document.kind == FileKind::Text
            && (found.is_none() || lines.clone().any(|l| l.role == Role::TableText));
        // Where rows that are there could not be put together, others that are not may be among what is left.
        let torn = document.kind == FileKind::Text && found.is_some_and(|f| !f.unplaced.is_empty());
        let numbers = || {
            let tokens = lines.clone().flat_map(|l| l.text.value.split([' ', '\u{3000}', '\t', '|']));
            tokens.filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit())).nth(ENOUGH_NUMBERS)
        };
        let (reason, location, why) = if let Some(location) = left_out {
            (UnplacedReason::Lost, location, "文件转换时略去了表格，只留下“[TABLE]”")
        } else if torn || loose && (numbers().is_some() || found.is_none() && section.tables > 0) {
            let location =
                report.lines[body.start..].first().map_or_else(Location::default, |l| l.text.location);
            (UnplacedReason::Scattered, location, "文件转换后表格成了散行文字，标签和数字的对应关系已丢失")
        } else {
            continue;
        };
        let message = format!("{}有{}行未读入：{why}", table.name.zh, missing.len());
        report.notes.push(Note { kind: "table-lost".into(), message, location: Some(location) });
        for line in &mut report.lines[body] {
            let text = line.text.value.trim();
            let is_cell = text == TABLE_LEFT_OUT
                || text.split_whitespace().all(is_value)
                || meaning(words, Form::of(report.edition), text) != Meaning::Other;
            if line.role == Role::Body && is_cell {
                line.role = Role::TableText;
            }
        }
        let unplaced = missing.into_iter().map(|row| Unplaced { row, location, reason });
        match report.tables.iter_mut().find(|f| f.id == table.id) {
            Some(found) => found.unplaced.extend(unplaced),
            None => report.tables.push(FoundTable {
                id: table.id,
                location,
                rows: Vec::new(),
                unplaced: unplaced.collect(),
            }),
        }
    }
}

/// Whether joined lines are a label to the letter: near matches are for cells, not for what may be two cells.
fn exact(words: &Vocabulary, text: &str) -> bool {
    let (parts, normal) = (label::parts(text), label::normal(text));
    // The note in the corner is known by a word of it: it ends where its bracket does.
    if normal.contains("勾稽关系") {
        return normal.ends_with(')');
    }
    let near =
        |m: &nianbao_schema::report::LabelMatch| matches!(m, nianbao_schema::report::LabelMatch::Near(_));
    words.in_any_header(&parts, &normal) || words.row(&parts).is_some_and(|(_, m)| !near(&m))
}
