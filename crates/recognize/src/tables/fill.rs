//! Values into cells: which column each belongs to, what contradicts, what stays unplaced.

use std::ops::Range;

use nianbao_schema::CellId;
use nianbao_schema::contract::read_back::marked;
use nianbao_schema::document::{Layout, Location, Note, Text};
use nianbao_schema::report::{FoundTable, LabelKind, LabelMatch, LabelReading, Unplaced, UnplacedReason};
use nianbao_schema::value::{Reading, Value};

use super::Placing;
use crate::header::Columns;
use crate::labels::RowTarget;
use crate::owners::Claim;
use crate::pairing::pair;
use crate::slots::Slot;
use crate::{glue, header};

impl<'a> Placing<'a, '_> {
    pub(super) fn columns_of_block(&self) -> usize {
        self.block.as_ref().map_or(usize::MAX, |(t, b, _)| self.block_of(*t, *b).columns.len())
    }

    /// Understands the header lines read so far as the header of a block.
    pub(super) fn columns(&mut self, table: usize, block: usize) -> Columns {
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
    pub(super) fn tell_labels(&mut self) {
        self.report.labels.append(&mut self.labels);
    }

    /// Puts the cells of a line behind its label into the cells of a row.
    pub(super) fn values(&mut self, at: usize, label: Option<usize>, target: RowTarget) {
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
    pub(super) fn fill(
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

    pub(super) fn tell_other_year(&mut self, table: usize, location: Location) {
        let name = &self.form.tables[table].name.zh;
        let message = format!("{name}另有一张标明是其他年度的，未读入");
        self.report.notes.push(Note { kind: "other-year-table".into(), message, location: Some(location) });
    }

    /// A row whose cells were run together with its label: `规章000`. It is read only if its digits can be divided among
    /// the columns in one way.
    pub(super) fn glued_row(&mut self, at: usize) -> bool {
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

    pub(super) fn unplaced(&mut self, target: RowTarget, location: Location, reason: UnplacedReason) {
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

    pub(super) fn found_table(&mut self, table: usize, location: Location) {
        let id = self.form.tables[table].id;
        if self.report.table(id).is_none() {
            self.report.tables.push(FoundTable { id, location, rows: Vec::new(), unplaced: Vec::new() });
        }
    }

    pub(super) fn label(
        &mut self,
        table: usize,
        kind: LabelKind,
        official: &str,
        text: &Text,
        matched: LabelMatch,
    ) {
        self.report.labels.push(LabelReading {
            table: self.form.tables[table].id,
            kind,
            official: official.to_owned(),
            text: text.clone(),
            matched,
        });
    }
}
