//! The tables of a document onto the official grid.
//!
//! A value goes into a cell only if its row label *and* its column header were understood. Where the file keeps spans
//! ([`Layout::Grid`]), columns are the header cells above; where spans were lost ([`Layout::Flow`]), the sequence of
//! header labels and the number of cells behind the row label must both equal the form. What fits neither is reported
//! as unplaced, never guessed.

use nianbao_schema::document::{
    Block as DocumentBlock, Cell, Document, Layout, Location, Note, Row as TableRow, Table, Text,
};
use nianbao_schema::form::{Block, Form, Row};
use nianbao_schema::report::{
    FoundTable, LabelKind, LabelMatch, LabelReading, Report, Unplaced, UnplacedReason,
};
use nianbao_schema::value::{Reading, Value, ValueKind};
use nianbao_schema::{CellId, Edition};
use nianbao_text::label;

use crate::labels::{ColumnWords, RowTarget, Vocabulary};
use crate::loose;

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
    for table in tables(document) {
        let before = (report.labels.len(), report.notes.len());
        place_table(table, report);
        if before == (report.labels.len(), report.notes.len()) && has_data(table) {
            report.notes.push(unknown_table(table));
        }
    }
    for table in &loose::tables(report) {
        place_table(table, report);
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
    Note { kind: "unknown-table", message, location: Some(table.location) }
}

fn place_table(table: &Table, report: &mut Report) {
    let lines = Slot::lines(table);
    Placing {
        form: report.form(),
        words: Vocabulary::of(report.edition),
        layout: table.layout,
        lines: &lines,
        header: Vec::new(),
        block: None,
        last_row: None,
        unlabelled: None,
        report,
    }
    .run();
}

/// Lines that a header has at most.
const MOST_HEADER_LINES: usize = 8;

/// A cell in a row of the table, with what a comparison needs.
struct Slot<'a> {
    text: &'a Text,
    start: u32,
    end: u32,
    /// Whether the cell starts in this row, or hangs down from one above.
    starts_here: bool,
    normal: String,
    parts: label::Parts,
    /// A number, a blank or a mark for “does not apply”.
    is_value: bool,
}

impl<'a> Slot<'a> {
    fn new(cell: &'a Cell, starts_here: bool) -> Self {
        let is_value = !matches!(
            Reading::new(
                Text::new(cell.text.value.as_str(), Location::default()),
                ValueKind::Amount,
                None,
                None
            )
            .value,
            Value::Text
        );
        let (normal, parts) = if is_value {
            (String::new(), label::parts(""))
        } else {
            (label::normal(&cell.text.value), label::parts(&cell.text.value))
        };
        let end = cell.column.saturating_add(cell.colspan);
        Self { text: &cell.text, start: cell.column, end, starts_here, normal, parts, is_value }
    }

    fn is_blank(&self) -> bool {
        self.is_value && self.text.is_blank()
    }

    /// The rows of a table with the cells that reach down into them.
    fn lines(table: &'a Table) -> Vec<Vec<Self>> {
        let mut hanging: Vec<(&Cell, u32)> = Vec::new();
        let mut lines = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut line: Vec<Self> = row.cells.iter().map(|c| Self::new(c, true)).collect();
            line.extend(hanging.iter().map(|(c, _)| Self::new(c, false)));
            line.sort_by_key(|s| s.start);
            lines.push(line);
            hanging.retain_mut(|(_, left)| {
                *left -= 1;
                *left > 0
            });
            let tall = row.cells.iter().filter(|c| c.rowspan > 1);
            hanging.extend(tall.map(|c| (c, c.rowspan - 1)));
        }
        lines
    }
}

/// Which column of the form stands where.
#[derive(Debug, Default)]
struct Columns {
    /// By grid range.
    ranges: Option<Vec<ColumnRange>>,
    /// Cells of each header line; where spans were lost, ranges hold only for rows of as many cells.
    width: usize,
    /// From left to right, where the sequence of header labels is that of the form.
    sequence: Option<Vec<Option<usize>>>,
    /// Unit of money that the header names, by column of the form.
    units: Vec<(usize, &'static str)>,
}

impl Columns {
    /// Whether the header was not understood.
    fn is_unknown(&self) -> bool {
        self.ranges.is_none() && self.sequence.is_none()
    }
}

struct Placing<'a, 'r> {
    form: &'static Form,
    words: &'static Vocabulary,
    layout: Layout,
    lines: &'a [Vec<Slot<'a>>],
    /// Lines of the header that is being read.
    header: Vec<usize>,
    block: Option<(usize, usize, Columns)>,
    /// The last row placed, for rows without label.
    last_row: Option<RowTarget>,
    /// A row of blanks without a label of its own, seen since then.
    unlabelled: Option<usize>,
    report: &'r mut Report,
}

impl<'a> Placing<'a, '_> {
    fn run(mut self) {
        for at in 0..self.lines.len() {
            self.line(at);
        }
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
        let in_header = |s: &&&Slot<'_>| self.words.in_any_header(&s.parts, &s.normal);
        if words.iter().filter(in_header).count() >= 2 {
            self.header_line(at);
            return;
        }
        if let Some((slot, target, matched)) = self.row_label(line) {
            self.row(at, slot, target, matched);
            return;
        }
        if words.len() <= 1 && self.values_without_label(at) {
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

    fn caption(&mut self, text: &Text, table: usize, block: usize, matched: LabelMatch) {
        let official = self.form.tables[table].blocks[block].caption.clone().unwrap_or_default();
        self.found_table(table, text.location);
        self.label(table, LabelKind::Caption, &official, text, matched);
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
        // The table of reviews has no row labels: its header alone shows where it begins.
        if self.block.is_none()
            && let Some((t, b)) = self.unlabelled_block()
        {
            let columns = self.columns(t, b);
            if !columns.is_unknown() {
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
            let columns = self.columns(target.table, target.block);
            self.block = Some((target.table, target.block, columns));
            self.header.clear();
            self.last_row = None;
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

    /// A line of values without any label: the row of the table of reviews, or a row whose label was left blank.
    fn values_without_label(&mut self, at: usize) -> bool {
        let Some((t, b, _)) = &self.block else { return false };
        let (t, b) = (*t, *b);
        let line = &self.lines[at];
        let count = self.block_of(t, b).columns.len();
        let label = line.iter().position(|s| s.starts_here && !s.is_value);
        let behind = line.iter().skip(label.map_or(0, |l| l + 1)).filter(|s| s.starts_here).count();
        if self.block_of(t, b).rows.iter().all(|r| r.label.is_empty()) {
            // Some variants put 件数 or the like before the only row. Too few cells are unplaced and said to be; a single
            // number is that of a page.
            let leads = label.is_none_or(|l| line[..l].iter().all(Slot::is_blank));
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

    /// Gives a row without label the name that its neighbours leave: exactly one official row is missing between them.
    fn name_by_place(&mut self, at: usize, before: RowTarget, after: RowTarget) {
        let same =
            (before.table, before.block) == (after.table, after.block) && !before.group && !after.group;
        if !same || after.row != before.row + 2 {
            return;
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
        self.report.notes.push(Note { kind: "unknown-row", message, location });
    }

    fn columns_of_block(&self) -> usize {
        self.block.as_ref().map_or(usize::MAX, |(t, b, _)| self.block_of(*t, *b).columns.len())
    }

    /// Understands the header lines read so far as the header of a block.
    fn columns(&mut self, table: usize, block: usize) -> Columns {
        let words = self.words.header(table, block);
        let count = self.block_of(table, block).columns.len();
        let header: Vec<&[Slot<'_>]> = self.header.iter().map(|h| self.lines[*h].as_slice()).collect();
        let rectangular = header.windows(2).all(|w| w[0].len() == w[1].len());
        let ranges = match self.layout {
            Layout::Grid => by_ranges(&header, words, count),
            Layout::Flow if rectangular => by_ranges(&header, words, count),
            Layout::Flow | Layout::Lines => None,
        };
        // Where spans are known the sequence says nothing more; elsewhere rows may fit the one or the other.
        let sequence = match (self.layout, &ranges) {
            (Layout::Grid, Some(_)) => None,
            _ => by_sequence(&header, words, self.block_of(table, block)),
        };
        let width = header.first().map_or(0, |h| h.len());
        let (mut labels, mut columns) = (Vec::new(), Columns { width, ..Columns::default() });
        if let Some((found, sequence)) = sequence {
            (labels, columns.sequence) = (found, Some(sequence));
        }
        if let Some((found, ranges)) = ranges {
            (labels, columns.ranges) = (found, Some(ranges));
        }
        for (column, text, matched) in labels {
            columns.units.extend(column.zip(money_unit(&text.value)));
            let official =
                column.map_or(String::new(), |c| self.block_of(table, block).columns[c].leaf().to_owned());
            self.label(table, LabelKind::Column, &official, text, matched);
        }
        columns
    }

    /// Puts the cells of a line behind its label into the cells of a row.
    fn values(&mut self, at: usize, label: Option<usize>, target: RowTarget) {
        let Some((t, b, columns)) = self.block.take() else { return };
        let line = &self.lines[at];
        let block = self.block_of(t, b);
        let location =
            line.iter().find(|s| s.starts_here).map_or_else(Location::default, |s| s.text.location);
        let placed = pair(line, label, &columns, block.columns.len(), self.layout);
        let units = columns.units.clone();
        self.block = Some((t, b, columns));
        let row = self.row_of(target);
        let table = self.form.tables[target.table].id;
        if !target.group
            && let Some(found) = self.report.tables.iter_mut().find(|f| f.id == table)
        {
            let id: &'static str = &row.id;
            if !found.rows.contains(&id) {
                found.rows.push(id);
            }
        }
        let placed = match placed {
            Ok(placed) => placed,
            Err(reason) => return self.unplaced(target, location, reason),
        };
        let mut twice = false;
        let mut other_form = false;
        for (column, text) in placed {
            let Some(column) = column else {
                other_form = true;
                continue;
            };
            let name = [table, &row.id, &block.columns[column].id];
            let name = name.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(".");
            let Some(id) = CellId::parse(&name) else { continue };
            let spec = &block.columns[column];
            let unit = units.iter().find(|(c, _)| *c == column).map(|(_, unit)| *unit);
            let reading = Reading::new(text.clone(), spec.kind, spec.unit.as_deref(), unit);
            if let Some(first) = self.report.cell(id) {
                twice |= first.value != reading.value;
            } else {
                self.report.set_cell(id, reading);
            }
        }
        if twice {
            // Without labels nobody can say which of two rows is the official one: neither is read.
            if row.label.is_empty() {
                let cells = self.form.official_cells().filter(|c| std::ptr::eq(c.row, row));
                cells.for_each(|c| self.report.clear_cell(c.id));
            }
            self.unplaced(target, location, UnplacedReason::Twice);
        }
        if other_form {
            self.unplaced(target, location, UnplacedReason::OtherForm);
        }
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
        };
        let name = if row.label.is_empty() { "数据行" } else { &row.name.zh };
        let message = format!("{}“{name}”未全部读入：{why}", table.name.zh);
        self.report.notes.push(Note { kind: "unplaced-row", message, location: Some(location) });
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

/// The unit of money that a header names in brackets: `本年收费金额（单位：元）`, `采购总金额（万元）`.
fn money_unit(header: &str) -> Option<&'static str> {
    let notes = label::parts(header).notes;
    let named =
        |unit: &&&str| notes.iter().any(|n| n.trim_start_matches("单位").trim_start_matches(':') == **unit);
    ["元", "万元", "亿元"].iter().find(named).copied()
}

/// A column of the form (or none of this form) by the grid range `start..end` of its header cell.
type ColumnRange = (u32, u32, Option<usize>);

/// A label found in a header: its column (`None` if the form at hand has no such column), its text, how it matched.
type HeaderLabel<'a> = (Option<usize>, &'a Text, LabelMatch);

/// Columns by the grid: the lowest filled header cell above a column names it, those above tell equal names apart.
/// Succeeds only if every column of the form is found exactly once.
fn by_ranges<'a>(
    header: &[&'a [Slot<'a>]],
    words: &ColumnWords,
    count: usize,
) -> Option<(Vec<HeaderLabel<'a>>, Vec<ColumnRange>)> {
    let mut labels = Vec::new();
    let mut ranges = Vec::new();
    let mut seen = vec![false; count];
    for (depth, line) in header.iter().enumerate() {
        for slot in line.iter().filter(|s| s.starts_here && !s.is_value) {
            let covers = |s: &Slot<'_>| s.start < slot.end && slot.start < s.end;
            let leaf = header[depth + 1..]
                .iter()
                .flat_map(|l| l.iter())
                .all(|s| !s.starts_here || s.is_blank() || !covers(s));
            if !leaf || words.is_corner(&slot.normal) {
                continue;
            }
            let above: Vec<&label::Parts> = header[..depth]
                .iter()
                .flat_map(|l| l.iter())
                .filter(|s| s.starts_here && !s.is_value && s.start <= slot.start && slot.end <= s.end)
                .map(|s| &s.parts)
                .collect();
            let mut found = words.leaf(&slot.parts);
            if found.len() > 1 {
                found.retain(|(column, _)| column.is_some_and(|c| words.under(c, &above)));
            }
            match found[..] {
                [(column, ref matched)] => {
                    if let Some(c) = column {
                        if seen[c] {
                            return None;
                        }
                        seen[c] = true;
                    }
                    labels.push((column, slot.text, matched.clone()));
                    ranges.push((slot.start, slot.end, column));
                }
                // Something else above the columns; harmless as long as every column is found.
                [] => {}
                _ => return None,
            }
        }
    }
    let foreign = labels.iter().filter(|(c, ..)| c.is_none()).count();
    let complete = seen.iter().filter(|s| **s).count() + foreign >= count;
    complete.then_some((labels, ranges))
}

/// Columns by sequence, for headers whose spans were lost: line by line, the labels must be those of the form in the
/// form's order. Labels that are unknown are accepted only where all others fit and none is missing.
fn by_sequence<'a>(
    header: &[&'a [Slot<'a>]],
    words: &ColumnWords,
    block: &Block,
) -> Option<(Vec<HeaderLabel<'a>>, Vec<Option<usize>>)> {
    let depth = block.columns.iter().map(|c| c.label.len()).max().unwrap_or(0);
    // The labels of the form in the order in which lines print them, each with its column if it is a leaf.
    let mut expected: Vec<(String, Option<usize>)> = Vec::new();
    for d in 0..depth {
        for (c, column) in block.columns.iter().enumerate().filter(|(_, c)| c.label.len() > d) {
            let is_leaf = column.label.len() == d + 1;
            let repeats = c > 0 && block.columns[c - 1].label.get(..=d) == column.label.get(..=d);
            if is_leaf || !repeats {
                expected.push((label::parts(&column.label[d]).words, is_leaf.then_some(c)));
            }
        }
    }
    let tokens: Vec<&Slot<'_>> = header
        .iter()
        .flat_map(|l| l.iter())
        .filter(|s| s.starts_here && !s.is_value && !words.is_corner(&s.normal))
        .collect();
    let leaves = expected.iter().filter(|(_, c)| c.is_some()).count();
    // Labels above the leaves may be missing from the top (申请人情况), nothing else.
    let skipped = expected.len().checked_sub(tokens.len())?;
    if expected.len() - skipped < leaves || expected[..skipped].iter().any(|(_, c)| c.is_some()) {
        return None;
    }
    let mut labels = Vec::new();
    let mut columns = vec![None; block.columns.len()];
    for (token, (official, column)) in tokens.iter().zip(&expected[skipped..]) {
        let Some(c) = *column else {
            if token.parts.words != *official {
                return None;
            }
            continue;
        };
        let matched = words.leaf(&token.parts);
        let own = matched.iter().find(|(found, _)| *found == Some(c));
        let (found, matched) = match own {
            Some((_, matched)) => (Some(c), matched.clone()),
            None if matched.iter().any(|(_, m)| matches!(m, LabelMatch::OtherForm(_))) => {
                (None, matched[0].1.clone())
            }
            None if words.begins(&token.parts, c) => (Some(c), LabelMatch::Truncated),
            None => return None,
        };
        columns[c] = found;
        labels.push((found, token.text, matched));
    }
    Some((labels, columns))
}

impl ColumnWords {
    /// Whether a column stands under all of the labels found above it, as far as these are labels of the form.
    fn under(&self, column: usize, above: &[&label::Parts]) -> bool {
        let path = self.path(column);
        let known = above.iter().filter(|p| self.is_above(p));
        let mut any = false;
        for parts in known {
            any = true;
            if !path.contains(&parts.words) {
                return false;
            }
        }
        any || path.is_empty()
    }
}

/// Pairs the cells of a line behind its label with the columns of the header.
fn pair<'a>(
    line: &'a [Slot<'a>],
    label: Option<usize>,
    columns: &Columns,
    count: usize,
    layout: Layout,
) -> Result<Vec<(Option<usize>, &'a Text)>, UnplacedReason> {
    let after = label.map_or(0, |l| l + 1);
    if let Some(ranges) = &columns.ranges
        && (layout == Layout::Grid || line.len() == columns.width)
    {
        return on_ranges(&line[after..], ranges, count);
    }
    match &columns.sequence {
        Some(order) => in_order(line, label, order, count),
        None if columns.ranges.is_some() => {
            Err(UnplacedReason::CellCount { seen: line.len() - after, expected: count })
        }
        None => Err(UnplacedReason::Header),
    }
}

/// Every cell goes to the header cell that it overlaps most; every header cell gets exactly one.
fn on_ranges<'a>(
    slots: &'a [Slot<'a>],
    ranges: &[ColumnRange],
    count: usize,
) -> Result<Vec<(Option<usize>, &'a Text)>, UnplacedReason> {
    let wrong = UnplacedReason::CellCount { seen: slots.len(), expected: count };
    let first = ranges.iter().map(|(start, ..)| *start).min().unwrap_or(0);
    let mut placed: Vec<(Option<usize>, &Text)> = Vec::with_capacity(count);
    let mut taken = vec![false; ranges.len()];
    // A number to the left of the first column belongs to a row that starts elsewhere than its header.
    if slots.iter().any(|s| s.end <= first && s.is_value && !s.is_blank()) {
        return Err(wrong);
    }
    for slot in slots.iter().filter(|s| s.end > first) {
        let overlap =
            |(start, end, _): &ColumnRange| slot.end.min(*end).saturating_sub(slot.start.max(*start));
        let best = (0..ranges.len()).max_by_key(|r| (overlap(&ranges[*r]), usize::MAX - r));
        let Some(range) = best.filter(|r| overlap(&ranges[*r]) > 0) else {
            if slot.is_blank() {
                continue;
            }
            return Err(wrong);
        };
        if std::mem::replace(&mut taken[range], true) || !slot.starts_here {
            return Err(wrong);
        }
        placed.push((ranges[range].2, slot.text));
    }
    if taken.iter().all(|t| *t) {
        Ok(placed)
    } else {
        Err(UnplacedReason::CellCount { seen: placed.len(), expected: count })
    }
}

/// As many cells as the form has columns stand behind the label; further cells only if blank at the end, as some
/// exporters add. Where the row has no label, blanks on either side may be layout: which ones must be certain.
fn in_order<'a>(
    line: &'a [Slot<'a>],
    label: Option<usize>,
    order: &[Option<usize>],
    count: usize,
) -> Result<Vec<(Option<usize>, &'a Text)>, UnplacedReason> {
    let slots: Vec<&Slot<'_>> = line[label.map_or(0, |l| l + 1)..].iter().filter(|s| s.starts_here).collect();
    let blank = |s: &&&Slot<'_>| s.is_blank();
    let trailing = slots.iter().rev().take_while(blank).count();
    let leading =
        if label.is_some() { 0 } else { slots.iter().take_while(|s| s.is_blank() || !s.is_value).count() };
    let extra = slots.len().saturating_sub(order.len());
    let wrong = Err(UnplacedReason::CellCount { seen: slots.len(), expected: count });
    if slots.len() < order.len() {
        return wrong;
    }
    let from = match label {
        _ if extra == 0 => 0,
        Some(_) if trailing >= extra => 0,
        // All blank: wherever the row begins, it says nothing.
        None if trailing == slots.len() || leading == slots.len() => extra,
        None if leading + trailing == extra => leading,
        _ => return wrong,
    };
    Ok(order.iter().copied().zip(slots[from..].iter().map(|s| s.text)).collect())
}
