//! Tables whose cells became lines of text: one cell a line, with or without `|`, header words broken over lines.
//!
//! Some extractors print a table cell by cell and keep neither rows nor columns. The labels of the form bring the rows
//! back: a row is a row label and the values up to the next label. Blank cells leave no trace in such text, so a row that
//! has not as many values as its header has columns is left unread by the placing that follows; nothing is filled up.

use nianbao_schema::document::{Cell, Layout, Location, Row, Table, Text};
use nianbao_schema::report::{Report, Role};
use nianbao_schema::value::{Reading, Value, ValueKind};
use nianbao_text::label;

use crate::labels::Vocabulary;

/// Words of a header are broken over at most this many lines.
const MOST_LINES: usize = 3;

/// The tables that stand as loose lines in the sections whose official table was not found. Their lines stop being prose.
pub(crate) fn tables(report: &mut Report) -> Vec<Table> {
    let words = Vocabulary::of(report.edition);
    let mut found = Vec::new();
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
        let (rows, used) = rows(&tokens, words);
        // A sentence that happens to hold a label is no table.
        if rows.iter().filter(|r| r.cells.len() > 1).count() < 2 {
            continue;
        }
        for line in used {
            report.lines[line].role = Role::TableText;
        }
        let location = tokens.first().map_or_else(Location::default, |t| t.text.location);
        found.push(Table { layout: Layout::Lines, rows, location });
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

enum Meaning {
    Row,
    /// Header, caption, or the label of a group that has no cells of its own.
    Header,
    Group,
    Value,
    Other,
}

fn meaning(words: &Vocabulary, text: &str) -> Meaning {
    let is_value = !matches!(
        Reading::new(Text::new(text, Location::default()), ValueKind::Amount, None, None).value,
        Value::Text
    );
    if is_value {
        return Meaning::Value;
    }
    let (normal, parts) = (label::normal(text), label::parts(text));
    if words.caption(&parts).is_some() {
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
        None => Meaning::Other,
    }
}

/// Rows of labels and values, and the lines that they took.
fn rows(tokens: &[Token], words: &Vocabulary) -> (Vec<Row>, Vec<usize>) {
    let mut rows: Vec<Row> = Vec::new();
    let mut used = Vec::new();
    let mut header = true;
    let mut at = 0;
    while at < tokens.len() {
        // The longest run of lines that together are a label, for words broken in two.
        let longest = MOST_LINES.min(tokens.len() - at);
        let joined = (1..=longest).rev().find_map(|n| {
            let run = &tokens[at..at + n];
            if n > 1 && run.iter().any(|t| matches!(meaning(words, &t.text.value), Meaning::Value)) {
                return None;
            }
            let text: String = run.iter().map(|t| t.text.value.as_str()).collect();
            let found = meaning(words, &text);
            let label = matches!(found, Meaning::Row | Meaning::Header | Meaning::Group);
            (n == 1 || label && exact(words, &text)).then_some((n, text, found))
        });
        let Some((count, text, found)) = joined else { break };
        let cell =
            |column: usize| Cell::new(Text::new(text.as_str(), tokens[at].text.location), column as u32);
        let next_is_value =
            tokens.get(at + count).is_some_and(|t| matches!(meaning(words, &t.text.value), Meaning::Value));
        match found {
            // A group has no cells of its own, but local variants put sums there.
            Meaning::Group if !next_is_value => {}
            Meaning::Row | Meaning::Group => {
                rows.push(Row { cells: vec![cell(0)] });
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
            Meaning::Value => match rows.last_mut() {
                // The only row of the table of reviews has no label.
                Some(_) if header => {
                    rows.push(Row { cells: vec![cell(0)] });
                    header = false;
                }
                Some(row) => row.cells.push(cell(row.cells.len())),
                None => {}
            },
            Meaning::Other => {}
        }
        if !matches!(found, Meaning::Other) {
            used.extend(tokens[at..at + count].iter().map(|t| t.line));
        }
        at += count;
    }
    (rows, used)
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
