//! Lines whose row no label of their own names: a row under its heading, below words, between its neighbours, in pieces.

use nianbao_schema::CellId;
use nianbao_schema::document::{Layout, Location, Note};
use nianbao_schema::report::{LabelKind, LabelMatch, UnplacedReason};
use nianbao_text::label;

use super::Placing;
use crate::labels::RowTarget;
use crate::slots::Slot;

impl<'a> Placing<'a, '_> {
    /// A line of values in a small table of its own, its label being the line before that table.
    pub(super) fn row_under_heading(&mut self, at: usize) -> bool {
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
    pub(super) fn is_padded(&self) -> Option<bool> {
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
    pub(super) fn padding(&self, target: RowTarget) -> usize {
        let block = self.block_of(target.table, target.block);
        let depth = block.rows.iter().map(|r| r.label.len()).max().unwrap_or(0);
        depth - self.row_of(target).label.len().min(depth)
    }

    /// A line of values without any label: the row of the table of reviews, or a row whose label was left blank.
    pub(super) fn values_without_label(&mut self, at: usize) -> bool {
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
    pub(super) fn unlabelled_below_words(&mut self, line: &[Slot<'_>]) {
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
    pub(super) fn name_by_place(&mut self, at: usize, before: RowTarget, after: RowTarget) {
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
    pub(super) fn foreign_line(&mut self, at: usize) {
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
    pub(super) fn completes_label(&mut self, line: &[Slot<'_>]) -> bool {
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
    pub(super) fn doubt_last(&mut self, line: &[Slot<'_>]) {
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
}
