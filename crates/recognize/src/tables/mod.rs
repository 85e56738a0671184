//! The tables of a document onto the official grid.
//!
//! A value goes into a cell only if its row label *and* its column header were understood. Where the file keeps spans
//! ([`Layout::Grid`]), columns are the header cells above; where spans were lost ([`Layout::Flow`]), the sequence of
//! header labels and the number of cells behind the row label must both equal the form. What fits neither is reported
//! as unplaced, never guessed.
//!
//! A table may come in pieces: cut by a page break without its header again, the table of reviews as one table a group,
//! or each row as a small table under its own heading. What stands before a piece then completes it, as long as every
//! label that is left agrees.

use nianbao_schema::Edition;
use nianbao_schema::document::{
    Block as DocumentBlock, Cell, Document, FileKind, Layout, Location, Note, Row as TableRow, Table, Text,
};
use nianbao_schema::form::{Block, Form, Row};
use nianbao_schema::report::{LabelKind, LabelMatch, LabelReading, Report};
use nianbao_text::label;

use crate::header::{self, Columns};
use crate::labels::{RowTarget, Vocabulary};
use crate::loose;
use crate::owners::Owners;
use crate::slots::{Slot, is_placeholder};

mod fill;
mod unlabelled;

/// How many different marker labels of each edition stand in the tables.
pub(crate) fn markers(document: &Document) -> Vec<(Edition, usize)> {
    let mut seen: Vec<(Edition, Vec<&str>)> = Form::all().iter().map(|f| (f.edition, Vec::new())).collect();
    for cell in tables(document).flat_map(|t| &t.rows).flat_map(|r| &r.cells) {
        // Numbers and blanks are most of the cells and no labels.
        if cell.text.value.chars().count() < 3 {
            continue;
        }
        let (normal, words) = (label::normal(&cell.text.value), label::parts(&cell.text.value).words);
        for (edition, found) in &mut seen {
            let marker =
                edition.form().markers.iter().find(|m| **m == normal || label::parts(m).words == words);
            if let Some(marker) = marker.filter(|m| !found.contains(&m.as_str())) {
                found.push(marker);
            }
        }
    }
    seen.into_iter().map(|(edition, found)| (edition, found.len())).collect()
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|b| match b {
        DocumentBlock::Table(table) => Some(table),
        _ => None,
    })
}

/// Reads every table of the document into the cells of the report.
pub(crate) fn place(document: &Document, report: &mut Report) {
    let mut before = Before::default();
    let mut owners = Owners::default();
    for block in &document.blocks {
        match block {
            DocumentBlock::Table(table) => {
                let told = (report.labels.len(), report.notes.len());
                owners.arrive(table.location, before.words, report.year);
                let carry = place_table(table, &before, &mut owners, report);
                if told == (report.labels.len(), report.notes.len()) && has_data(table) {
                    report.notes.push(unknown_table(table));
                }
                before = Before { words: None, carry: carry.or(before.carry) };
            }
            DocumentBlock::Heading { text, .. } | DocumentBlock::Paragraph(text) => {
                before.words = text.value.lines().last();
                if report.sections.iter().any(|s| report.lines[s.heading].text.location == text.location) {
                    owners.next_section();
                }
            }
            DocumentBlock::Image(_) => {}
        }
    }
    for table in &loose::tables(document, report) {
        owners.arrive(table.location, None, report.year);
        place_table(table, &Before::default(), &mut owners, report);
    }
    loose::tell_lost(document, report);
    if document.kind == FileKind::Text {
        // A label of a row that could not be put together may be a part of one.
        let torn: Vec<Location> =
            report.tables.iter().flat_map(|t| &t.unplaced).map(|u| u.location).collect();
        let in_torn = |l: &LabelReading| torn.iter().any(|t| t.line == l.text.location.line);
        report.labels.retain(|l| !matches!(l.matched, LabelMatch::Near(_)) || !in_torn(l));
    }
    report.labels.sort_by_key(|l| l.text.location);
}

/// Whether a table holds data and is not there for the layout of the page: two rows of at least two filled cells, and a
/// number in them.
fn has_data(table: &Table) -> bool {
    let filled = |row: &&TableRow| row.cells.iter().filter(|c| !c.text.is_blank()).count() >= 2;
    let number = |c: &Cell| nianbao_text::number::written(&c.text.value).is_some();
    let rows: Vec<&TableRow> = table.rows.iter().filter(filled).collect();
    rows.len() >= 2 && rows.iter().any(|r| r.cells.iter().any(number))
}

/// What to say of a table of which nothing is official.
fn unknown_table(table: &Table) -> Note {
    const SHOWN: usize = 4;
    let words = table.rows.iter().flat_map(|r| &r.cells).map(|c| c.text.value.trim());
    let first: Vec<&str> = words.filter(|w| !w.is_empty()).take(SHOWN).collect();
    let (rows, first) = (table.rows.len(), first.join(" "));
    let message = format!("有一个 {rows} 行的表格不是规定的三张表，未读入，开头是“{first}”");
    Note { kind: "unknown-table".into(), message, location: Some(table.location) }
}

/// What stands before a table and may complete it.
#[derive(Default)]
struct Before<'a> {
    /// The line right before it.
    words: Option<&'a str>,
    /// Where the tables before it ended.
    carry: Option<Carry>,
}

/// Where a table ended.
#[derive(Clone)]
struct Carry {
    table: usize,
    block: usize,
    columns: Columns,
    last_row: Option<RowTarget>,
    padded: bool,
}

fn place_table(
    table: &Table,
    before: &Before<'_>,
    owners: &mut Owners,
    report: &mut Report,
) -> Option<Carry> {
    let lines = Slot::lines(table);
    let words = Vocabulary::of(report.edition);
    let row = before.words.map(label::parts).and_then(|parts| words.row(&parts));
    let row = row.filter(|(_, matched)| !matches!(matched, LabelMatch::Near(_)));
    let padded = before.carry.as_ref().is_some_and(|c| c.padded);
    let mut placing = Placing {
        form: report.form(),
        words,
        layout: table.layout,
        lines: &lines,
        before,
        heading: row.map(|(target, _)| target),
        header: Vec::new(),
        block: None,
        labels: Vec::new(),
        last_row: None,
        unlabelled: None,
        padded,
        owners,
        report,
    };
    placing.padded = placing.is_padded().unwrap_or(padded);
    placing.run()
}

/// Lines that a header has at most.
const MOST_HEADER_LINES: usize = 8;

struct Placing<'a, 'r> {
    form: &'static Form,
    words: &'static Vocabulary,
    layout: Layout,
    lines: &'a [Vec<Slot<'a>>],
    before: &'a Before<'a>,
    /// The row that the line before the table names.
    heading: Option<RowTarget>,
    /// Lines of the header that is being read.
    header: Vec<usize>,
    block: Option<(usize, usize, Columns)>,
    /// Labels of the header read last, not yet told.
    labels: Vec<LabelReading>,
    /// The last row placed, for rows without label.
    last_row: Option<RowTarget>,
    /// A row of blanks without a label of its own, seen since then.
    unlabelled: Option<usize>,
    /// A label that covers several columns is followed by blank cells for them, while cells covered from above are
    /// missing: how markitdown prints tables.
    padded: bool,
    owners: &'r mut Owners,
    report: &'r mut Report,
}

impl<'a> Placing<'a, '_> {
    fn run(mut self) -> Option<Carry> {
        for at in 0..self.lines.len() {
            self.line(at);
        }
        self.tell_labels();
        let (table, block, columns) = self.block?;
        let starts = self.last_row.is_some() || self.form.tables[table].blocks[block].rows.len() == 1;
        let carry = Carry { table, block, columns, last_row: self.last_row, padded: self.padded };
        (starts && !carry.columns.is_unknown()).then_some(carry)
    }

    fn line(&mut self, at: usize) {
        let line = &self.lines[at];
        let words: Vec<&Slot<'_>> = line.iter().filter(|s| s.starts_here && !s.is_value).collect();
        if let [only] = words[..]
            && let Some(((t, b), matched)) = self.words.caption(&only.parts)
        {
            self.caption(only.text, t, b, matched);
            return;
        }
        if self.is_header(line) {
            self.header_line(at);
            return;
        }
        if let Some((slot, target, matched)) = self.row_label(line) {
            self.row(at, slot, target, matched);
            return;
        }
        if words.len() == 1 && self.glued_row(at) {
            return;
        }
        if words.is_empty() && self.row_under_heading(at) || words.len() <= 1 && self.values_without_label(at)
        {
            return;
        }
        // A row of numbers is no header, whatever its label says.
        let numbers = line.iter().filter(|s| s.starts_here && s.is_value && !s.is_blank()).count();
        if numbers >= 2 && self.last_row.is_none() {
            self.foreign_line(at);
            return;
        }
        if self.block.is_some() && self.last_row.is_some() {
            self.foreign_line(at);
        } else if !words.is_empty() {
            self.header.push(at);
        }
    }

    /// Whether at least two cells of a line head columns, or one holds all the headers of a block.
    fn is_header(&self, line: &[Slot<'_>]) -> bool {
        let words = || line.iter().filter(|s| s.starts_here && !s.is_value);
        if words().filter(|s| self.words.in_any_header(&s.parts, &s.normal)).nth(1).is_some() {
            return true;
        }
        let mut blocks = self.form.tables.iter().flat_map(|t| &t.blocks);
        words().count() == 1 && words().any(|s| blocks.any(|b| header::is_glued(&s.normal, b)))
    }

    fn caption(&mut self, text: &Text, table: usize, block: usize, matched: LabelMatch) {
        let official = self.form.tables[table].blocks[block].caption.clone().unwrap_or_default();
        self.found_table(table, text.location);
        self.label(table, LabelKind::Caption, &official, text, matched);
        self.tell_labels();
        self.header.clear();
        self.block = None;
        self.last_row = None;
        self.unlabelled = None;
    }

    fn header_line(&mut self, at: usize) {
        // A header below data rows opens a new block.
        if self.last_row.take().is_some() {
            self.header.clear();
            self.block = None;
        }
        self.unlabelled = None;
        // No header is that long; without a bound, thousands of header rows would be looked at again and again.
        if self.header.len() == MOST_HEADER_LINES {
            self.header.remove(0);
        }
        self.header.push(at);
        // The table of reviews has no row labels: its header alone shows where it begins. Each further line may show that
        // it has more columns.
        if let Some((t, b)) = self.unlabelled_block()
            && self.block.as_ref().is_none_or(|(bt, bb, _)| (*bt, *bb) == (t, b))
        {
            let columns = self.columns(t, b);
            if columns.is_unknown() {
                self.block = None;
            } else {
                let start = self.header.first().and_then(|h| self.lines[*h].first()).map(|s| s.text.location);
                self.found_table(t, start.unwrap_or_default());
                self.block = Some((t, b, columns));
            }
        }
    }

    /// The block whose only row has no label.
    fn unlabelled_block(&self) -> Option<(usize, usize)> {
        self.form.tables.iter().enumerate().find_map(|(t, table)| {
            table.blocks.iter().position(|b| b.rows.iter().all(|r| r.label.is_empty())).map(|b| (t, b))
        })
    }

    /// The rightmost cell of a line that names a row, exact names before near ones.
    fn row_label(&self, line: &[Slot<'_>]) -> Option<(usize, RowTarget, LabelMatch)> {
        let mut near = None;
        for (i, slot) in line.iter().enumerate().rev().filter(|(_, s)| !s.is_value) {
            // 总计 of the header, reaching down beside words of the header that take a row more.
            if !slot.starts_here && self.words.in_any_header(&slot.parts, &slot.normal) {
                continue;
            }
            match self.words.row(&slot.parts) {
                Some((target, matched @ LabelMatch::Near(_))) => near = near.or(Some((i, target, matched))),
                Some((target, matched)) => {
                    // A group label that hangs down names the rows below it only if they have no name of their own.
                    if target.group && !slot.starts_here {
                        continue;
                    }
                    return Some((i, target, matched)).filter(|_| near.is_none()).or(near);
                }
                None => {}
            }
        }
        near
    }

    fn block_of(&self, table: usize, block: usize) -> &'static Block {
        &self.form.tables[table].blocks[block]
    }

    fn row_of(&self, target: RowTarget) -> &'static Row {
        let block = self.block_of(target.table, target.block);
        if target.group { &block.groups[target.row] } else { &block.rows[target.row] }
    }

    fn row(&mut self, at: usize, label: usize, target: RowTarget, matched: LabelMatch) {
        let line = &self.lines[at];
        let text = line[label].text;
        // A group row of the official form has no cells; its label stands alone or beside its first item.
        if target.group && line[label + 1..].iter().all(Slot::is_blank) {
            return;
        }
        self.found_table(target.table, text.location);
        let known = self.block.as_ref().is_some_and(|(t, b, _)| (*t, *b) == (target.table, target.block));
        if !known || !self.header.is_empty() {
            self.open(target);
        }
        if let (Some(blank), Some(last)) = (self.unlabelled.take(), self.last_row) {
            self.name_by_place(blank, last, target);
        }
        let row = self.row_of(target);
        self.label(target.table, LabelKind::Row, row.leaf(), text, matched);
        self.values(at, Some(label), target);
        if !target.group {
            self.last_row = Some(target);
        }
    }

    /// Reads the header above the first row of a block, or takes over that of the table before.
    fn open(&mut self, target: RowTarget) {
        let columns = match self.carried(target) {
            Some(columns) => columns,
            None => self.columns(target.table, target.block),
        };
        self.block = Some((target.table, target.block, columns));
        self.header.clear();
        self.last_row = None;
    }

    /// The columns of the table before, if a row goes on with it: the table has no header of its own, or one of words that
    /// only a converter writes, and the row comes after those read so far.
    fn carried(&self, target: RowTarget) -> Option<Columns> {
        let carry = self.before.carry.as_ref()?;
        let mut heads = self.header.iter().flat_map(|h| &self.lines[*h]).filter(|s| s.starts_here);
        let later = carry.last_row.is_none_or(|last| target.group || last.row < target.row);
        let same = (carry.table, carry.block) == (target.table, target.block);
        (same && later && heads.all(|s| s.is_value || is_placeholder(&s.normal)))
            .then(|| carry.columns.clone().inherit(self.layout))
    }
}
