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

use std::ops::Range;

use nianbao_schema::contract::read_back::marked;
use nianbao_schema::document::{
    Block as DocumentBlock, Cell, Document, FileKind, Layout, Location, Note, Row as TableRow, Table, Text,
};
use nianbao_schema::form::{Block, Form, Row};
use nianbao_schema::report::{
    FoundTable, LabelKind, LabelMatch, LabelReading, Report, Unplaced, UnplacedReason,
};
use nianbao_schema::value::{Reading, Value};
use nianbao_schema::{CellId, Edition};
use nianbao_text::label;

use crate::glue;
use crate::header::{self, Columns};
use crate::labels::{RowTarget, Vocabulary};
use crate::loose;
use crate::owners::{Claim, Owners};
use crate::pairing::pair;
use crate::slots::{Slot, is_placeholder};

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

    /// A line of values in a small table of its own, its label being the line before that table.
    fn row_under_heading(&mut self, at: usize) -> bool {
        let Some(target) = self.heading else { return false };
        if self.header.is_empty() || self.last_row.is_some() {
            return false;
        }
        let columns = self.columns(target.table, target.block);
        if columns.is_unknown() || self.lines[at].len() != columns.part.len() {
            return false;
        }
        let location = self.lines[at].first().map_or_else(Location::default, |s| s.text.location);
        self.found_table(target.table, location);
        self.block = Some((target.table, target.block, columns));
        self.header.clear();
        self.values(at, None, target);
        self.last_row = Some(target);
        self.heading = None;
        true
    }

    /// Whether labels of several columns are followed by blanks for these columns, in every row: then the blanks before
    /// the values are layout. `None` if no row tells.
    fn is_padded(&self) -> Option<bool> {
        if self.layout != Layout::Flow {
            return None;
        }
        let mut seen: Vec<usize> = Vec::new();
        for line in self.lines.iter().filter(|l| !self.is_header(l)) {
            let Some((at, target, _)) = self.row_label(line).filter(|(_, t, _)| !t.group) else { continue };
            let pads = self.padding(target);
            let behind = line.len() - at - 1;
            let count = self.block_of(target.table, target.block).columns.len();
            let blank = line[at + 1..].iter().take_while(|s| s.is_blank()).count();
            if behind != count + pads || blank < pads {
                return Some(false);
            }
            seen.push(pads);
        }
        seen.sort_unstable();
        seen.dedup();
        (!seen.is_empty()).then_some(seen.len() > 1)
    }

    /// How many columns the label of a row covers besides its own.
    fn padding(&self, target: RowTarget) -> usize {
        let block = self.block_of(target.table, target.block);
        let depth = block.rows.iter().map(|r| r.label.len()).max().unwrap_or(0);
        depth - self.row_of(target).label.len().min(depth)
    }

    /// A line of values without any label: the row of the table of reviews, or a row whose label was left blank.
    fn values_without_label(&mut self, at: usize) -> bool {
        let line = &self.lines[at];
        if self.block.is_none()
            && let Some((t, b)) = self.unlabelled_block()
            && let Some(carry) = self.before.carry.as_ref().filter(|c| (c.table, c.block) == (t, b))
            && carry.last_row.is_none()
            && line.len() == carry.columns.part.len()
            && line.iter().all(|s| s.is_value && s.starts_here)
        {
            self.block = Some((t, b, carry.columns.clone().inherit(self.layout)));
        }
        self.unlabelled_below_words(line);
        let Some((t, b, columns)) = &self.block else { return false };
        let (t, b, count) = (*t, *b, columns.part.len());
        let label = line.iter().position(|s| s.starts_here && !s.is_value);
        let behind = line.iter().skip(label.map_or(0, |l| l + 1)).filter(|s| s.starts_here).count();
        if self.block_of(t, b).rows.iter().all(|r| r.label.is_empty()) {
            // Some variants put 件数 or the like before the only row. Too few cells are unplaced and said to be; a single
            // number is that of a page.
            let leads = label.is_none_or(|l| line[..l].iter().all(Slot::is_blank));
            let blank = |line: &[Slot<'_>]| line.iter().all(Slot::is_blank);
            let values = |line: &[Slot<'_>]| line.iter().all(|s| s.is_value) && !blank(line);
            // Blanks that a tall header cell left behind, above the row itself.
            if blank(line) && self.last_row.is_none() && self.lines.get(at + 1).is_some_and(|l| values(l)) {
                return true;
            }
            if leads && behind > 1 {
                self.header.clear();
                let target = RowTarget { table: t, block: b, row: 0, group: false };
                self.values(at, label, target);
                self.last_row = Some(target);
                return true;
            }
            return false;
        }
        if label.is_none() && self.last_row.is_some() && behind > count {
            // Two of them in a row cannot be told apart.
            self.unlabelled = if self.unlabelled.is_none() { Some(at) } else { None };
            return true;
        }
        false
    }

    /// Opens the block whose only row has no label, where values follow header words that only together are a header:
    /// those of a vertical header, one character a row.
    fn unlabelled_below_words(&mut self, line: &[Slot<'_>]) {
        let values = line.iter().filter(|s| s.is_value && s.starts_here).count();
        let Some((t, b)) =
            self.unlabelled_block().filter(|_| self.block.is_none() && !self.header.is_empty())
        else {
            return;
        };
        if values < 2 || values > self.block_of(t, b).columns.len() {
            return;
        }
        let columns = self.columns(t, b);
        if columns.is_unknown() {
            self.labels.clear();
            return;
        }
        let start = self.header.first().and_then(|h| self.lines[*h].first()).map(|s| s.text.location);
        self.found_table(t, start.unwrap_or_default());
        self.block = Some((t, b, columns));
    }

    /// Gives a row without label the name that its neighbours leave: exactly one official row is missing between them.
    fn name_by_place(&mut self, at: usize, before: RowTarget, after: RowTarget) {
        let same =
            (before.table, before.block) == (after.table, after.block) && !before.group && !after.group;
        if !same || after.row != before.row + 2 {
            return self.doubt_last(&self.lines[at]);
        }
        let target = RowTarget { row: before.row + 1, ..before };
        let row = self.row_of(target);
        let text = self.lines[at].iter().find(|s| s.starts_here).map(|s| s.text);
        self.values(at, None, target);
        if let Some(text) = text {
            self.label(target.table, LabelKind::Row, row.leaf(), text, LabelMatch::Missing);
        }
    }

    /// A line that is none of the form's, between rows that are.
    fn foreign_line(&mut self, at: usize) {
        let line = &self.lines[at];
        let blank = line.iter().filter(|s| s.starts_here).all(Slot::is_blank);
        self.doubt_last(line);
        if self.completes_label(line) {
            return;
        }
        let parent = line.iter().filter(|s| s.starts_here && !s.is_value);
        let text: Vec<&str> = parent.map(|s| s.text.value.trim()).collect();
        // 三、本年度办理结果 alone, its items following: the label of a group that has no cells.
        let group = line.iter().any(|s| self.words.is_parent(&s.parts));
        if group && line.iter().filter(|s| s.starts_here).count() > self.columns_of_block() {
            self.unlabelled = Some(at);
            return;
        }
        if blank || group || text.is_empty() {
            return;
        }
        let location = line.iter().find(|s| !s.is_value).map(|s| s.text.location);
        let message = format!("表格中有一行不属于规定格式，未读入：“{}”", text.join(" "));
        self.report.notes.push(Note { kind: "unknown-row".into(), message, location });
    }

    /// Whether a line holds the end of the label of the row above, which a conversion broke over lines.
    fn completes_label(&mut self, line: &[Slot<'_>]) -> bool {
        let mut words = line.iter().filter(|s| !s.is_value);
        let (Some(rest), None) = (words.next(), words.next()) else { return false };
        let Some(label) = self.report.labels.last_mut().filter(|l| l.kind == LabelKind::Row) else {
            return false;
        };
        let joined = format!("{}{}", label.text.value.trim(), rest.text.value.trim());
        let whole = self.layout != Layout::Grid
            && matches!(label.matched, LabelMatch::Near(_))
            && label::parts(&joined).words == label::parts(&label.official).words;
        if whole {
            label.matched = LabelMatch::Official;
        }
        whole
    }

    /// In text that a conversion wrapped, digits below a row may be the ends of its numbers: the row is not read then.
    fn doubt_last(&mut self, line: &[Slot<'_>]) {
        let Some(last) = self.last_row.filter(|_| self.layout != Layout::Grid && line.len() > 1) else {
            return;
        };
        let values = line.iter().filter(|s| s.is_value && !s.is_blank()).count();
        // A row of its own fills all columns and has a label of its own.
        let whole = values >= self.columns_of_block() && !line[0].is_blank();
        if values == 0 || whole {
            return;
        }
        let row = self.row_of(last);
        let read: Vec<CellId> =
            self.form.official_cells().filter(|c| std::ptr::eq(c.row, row)).map(|c| c.id).collect();
        if !read.iter().any(|id| self.report.cell(*id).is_some()) {
            return;
        }
        read.iter().for_each(|id| self.report.clear_cell(*id));
        let location = line.first().map_or_else(Location::default, |s| s.text.location);
        self.unplaced(last, location, UnplacedReason::Wrapped);
    }

    fn columns_of_block(&self) -> usize {
        self.block.as_ref().map_or(usize::MAX, |(t, b, _)| self.block_of(*t, *b).columns.len())
    }

    /// Understands the header lines read so far as the header of a block.
    fn columns(&mut self, table: usize, block: usize) -> Columns {
        let words = self.words.header(table, block);
        let header: Vec<&[Slot<'_>]> = self.header.iter().map(|h| self.lines[*h].as_slice()).collect();
        let spec = self.block_of(table, block);
        let group: Option<Range<usize>> = self.before.words.and_then(|w| header::part_named(spec, w));
        let (labels, columns) = header::read(&header, words, spec, self.layout, group.as_ref());
        let labels = labels.into_iter().map(|(column, text, matched)| {
            let official = column.map_or(String::new(), |c| spec.columns[c].leaf().to_owned());
            LabelReading {
                table: self.form.tables[table].id,
                kind: LabelKind::Column,
                official,
                text,
                matched,
            }
        });
        self.labels = labels.collect();
        columns
    }

    /// Tells the labels of the header read last.
    fn tell_labels(&mut self) {
        self.report.labels.append(&mut self.labels);
    }

    /// Puts the cells of a line behind its label into the cells of a row.
    fn values(&mut self, at: usize, label: Option<usize>, target: RowTarget) {
        let Some((_, _, columns)) = &self.block else { return };
        let line = &self.lines[at];
        let padding = if self.padded { self.padding(target) } else { 0 };
        let placed = pair(line, label, columns, self.layout, padding);
        let placed = placed.map(|p| p.into_iter().map(|(column, text)| (column, text.clone())).collect());
        let location =
            line.iter().find(|s| s.starts_here).map_or_else(Location::default, |s| s.text.location);
        self.fill(target, location, placed);
    }

    /// Puts texts that are paired with columns into the cells of a row.
    fn fill(
        &mut self,
        target: RowTarget,
        location: Location,
        placed: Result<Vec<(Option<usize>, Text)>, UnplacedReason>,
    ) {
        self.tell_labels();
        let units = self.block.as_ref().map_or_else(Vec::new, |(_, _, columns)| columns.units.clone());
        let block = self.block_of(target.table, target.block);
        let row = self.row_of(target);
        let table = self.form.tables[target.table].id;
        // Our own data says what was not read of the file that they come from.
        let told = placed.iter().flatten().find_map(|(_, text)| marked(&text.value)).flatten();
        let lost = matches!(told, Some(UnplacedReason::Lost | UnplacedReason::Scattered));
        if !target.group
            && !lost
            && let Some(found) = self.report.tables.iter_mut().find(|f| f.id == table)
        {
            let id: &'static str = &row.id;
            if !found.rows.contains(&id) {
                found.rows.push(id);
            }
        }
        let broken = |text: &Text| {
            let mut lines = text.value.lines();
            text.value.contains('\n') && lines.all(|l| l.trim().bytes().all(|b| b.is_ascii_digit()))
        };
        let placed = match placed {
            // Where spans were lost so were line ends: digits on two lines may be one number or two.
            Ok(placed) if self.layout != Layout::Grid && placed.iter().any(|(_, t)| broken(t)) => {
                return self.unplaced(target, location, UnplacedReason::Wrapped);
            }
            Ok(placed) => placed,
            Err(reason) => return self.unplaced(target, location, reason),
        };
        match self.owners.claim(table) {
            Claim::Ours => {}
            Claim::OtherYear(first_time) => {
                if first_time {
                    self.tell_other_year(target.table, location);
                }
                return;
            }
            Claim::Instead(other) => {
                // What was read so far of this table was that of another year.
                let cells = self.form.cells().iter().filter(|c| c.table.id == table);
                cells.for_each(|c| self.report.clear_cell(c.id));
                if let Some(found) = self.report.tables.iter_mut().find(|f| f.id == table) {
                    found.rows.clear();
                    found.unplaced.clear();
                    found.location = location;
                    found.rows.extend((!target.group).then_some(row.id.as_str()));
                }
                self.tell_other_year(target.table, other);
            }
        }
        if self.owners.is_contradicted(table, &row.id) {
            return;
        }
        let mut twice = false;
        let mut read: Vec<(CellId, Reading)> = Vec::new();
        let mut other_form = false;
        for (column, text) in placed.into_iter().filter(|(_, text)| marked(&text.value).is_none()) {
            let Some(column) = column else {
                other_form = true;
                continue;
            };
            let name = [table, &row.id, &block.columns[column].id];
            let name = name.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(".");
            let Some(id) = CellId::parse(&name) else { continue };
            let spec = &block.columns[column];
            let unit = units.iter().find(|(c, _)| *c == column).map(|(_, unit)| *unit);
            let reading = Reading::new(text, spec.kind, spec.unit.as_deref(), unit);
            read.push((id, reading));
        }
        // A row of blanks says nothing against the same row filled in.
        let blank = |r: &Reading| r.value == Value::Blank;
        let first_is_blank = read.iter().filter_map(|(id, _)| self.report.cell(*id)).all(blank);
        let is_blank = read.iter().all(|(_, r)| blank(r));
        let mut first = Location::default();
        for (id, reading) in read {
            match self.report.cell(id) {
                Some(other) if !first_is_blank => {
                    twice |= !is_blank && other.value != reading.value;
                    first = other.text.location;
                }
                _ => drop(self.report.set_cell(id, reading)),
            }
        }
        if twice && (row.label.is_empty() || self.owners.is_near(first)) {
            // Nobody can say which of two rows is the official one: neither is read.
            let cells = self.form.cells().iter().filter(|c| std::ptr::eq(c.row, row));
            cells.for_each(|c| self.report.clear_cell(c.id));
            self.owners.contradict(table, &row.id);
            self.unplaced(target, location, UnplacedReason::Contradicted);
        } else if twice {
            self.unplaced(target, location, UnplacedReason::Twice);
        }
        if let Some(reason) = told {
            self.unplaced(target, location, reason);
        }
        if other_form {
            self.unplaced(target, location, UnplacedReason::OtherForm);
        }
    }

    fn tell_other_year(&mut self, table: usize, location: Location) {
        let name = &self.form.tables[table].name.zh;
        let message = format!("{name}另有一张标明是其他年度的，未读入");
        self.report.notes.push(Note { kind: "other-year-table".into(), message, location: Some(location) });
    }

    /// A row whose cells were run together with its label: `规章000`. It is read only if its digits can be divided among
    /// the columns in one way.
    fn glued_row(&mut self, at: usize) -> bool {
        // With cells beside it, blank or not, it is a label with something behind it.
        let [only] = &self.lines[at][..] else { return false };
        let Some((target, length)) = glue::row(self.words, &only.text.value) else { return false };
        self.found_table(target.table, only.text.location);
        let known = self.block.as_ref().is_some_and(|(t, b, _)| (*t, *b) == (target.table, target.block));
        if !known || !self.header.is_empty() {
            self.open(target);
        }
        let order: Vec<Option<usize>> = match &self.block {
            Some((_, _, Columns { sequence: Some(order), .. })) => order.clone(),
            _ => Vec::new(),
        };
        let placed = if order.is_empty() {
            Err(UnplacedReason::Header)
        } else {
            match glue::divide(&only.text.value[length..], order.len()) {
                Some(cells) => {
                    let cells = cells.into_iter().map(|c| length + c.start..length + c.end);
                    let text =
                        |c: Range<usize>| Text::new(&only.text.value[c.clone()], only.text.at(c.start));
                    Ok(order.into_iter().zip(cells.map(text)).collect())
                }
                None => Err(UnplacedReason::Glued),
            }
        };
        let row = self.row_of(target);
        let label = Text::new(&only.text.value[..length], only.text.location);
        self.label(target.table, LabelKind::Row, row.leaf(), &label, LabelMatch::Official);
        self.fill(target, only.text.location, placed);
        self.last_row = Some(target);
        true
    }

    fn unplaced(&mut self, target: RowTarget, location: Location, reason: UnplacedReason) {
        let row = self.row_of(target);
        let table = &self.form.tables[target.table];
        let why = match reason {
            UnplacedReason::CellCount { seen, expected } => {
                format!("标签之后有{seen}格，格式规定{expected}格，无法确定对应关系")
            }
            UnplacedReason::Header => "上方的列标题无法识别".to_owned(),
            UnplacedReason::OtherForm => "部分列标题属于另一版格式".to_owned(),
            UnplacedReason::Twice => "同一行出现两次且数值不同，以第一次为准".to_owned(),
            UnplacedReason::Contradicted => "同一行出现两次且数值不同，无法确定以哪一次为准".to_owned(),
            UnplacedReason::Glued => "数字连成一串，分不出是哪几格".to_owned(),
            UnplacedReason::Wrapped => "数字折成了几行，无法确定是哪几位".to_owned(),
            UnplacedReason::Scattered | UnplacedReason::Lost => "文件转换后表格不完整".to_owned(),
        };
        let name = if row.label.is_empty() { "数据行" } else { &row.name.zh };
        let message = format!("{}“{name}”未全部读入：{why}", table.name.zh);
        self.report.notes.push(Note { kind: "unplaced-row".into(), message, location: Some(location) });
        if let Some(found) = self.report.tables.iter_mut().find(|f| f.id == table.id) {
            found.unplaced.push(Unplaced { row: &row.id, location, reason });
        }
    }

    fn found_table(&mut self, table: usize, location: Location) {
        let id = self.form.tables[table].id;
        if self.report.table(id).is_none() {
            self.report.tables.push(FoundTable { id, location, rows: Vec::new(), unplaced: Vec::new() });
        }
    }

    fn label(&mut self, table: usize, kind: LabelKind, official: &str, text: &Text, matched: LabelMatch) {
        self.report.labels.push(LabelReading {
            table: self.form.tables[table].id,
            kind,
            official: official.to_owned(),
            text: text.clone(),
            matched,
        });
    }
}
