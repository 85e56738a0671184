//! Matching labels of a table with those of the official forms.

use std::sync::LazyLock;

use nianbao_schema::Edition;
use nianbao_schema::form::{Block, Form, Table};
use nianbao_schema::report::LabelMatch;
use nianbao_text::distance::edit_distance;
use nianbao_text::label;

/// Where a row label points: a row of a block, or a group row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowTarget {
    pub table: usize,
    pub block: usize,
    /// Index into the rows of the block, or into its groups.
    pub row: usize,
    pub group: bool,
}

/// A spelling of a label, prepared for comparison.
struct Spelling<T> {
    target: T,
    words: String,
    number: String,
    /// The form whose label it is, if it is not the form at hand.
    other: Option<Edition>,
}

/// Everything that a form's labels are compared with.
pub(crate) struct Vocabulary {
    rows: Vec<Spelling<RowTarget>>,
    captions: Vec<Spelling<(usize, usize)>>,
    /// Labels of groups of rows, without number.
    parents: Vec<String>,
    /// Per table and block: spellings of column leaves, with the index of the column or `None` where the form at hand
    /// has no such column, and of the labels above the leaves.
    columns: Vec<Vec<ColumnWords>>,
}

/// Spellings in the header of one block.
pub(crate) struct ColumnWords {
    leaves: Vec<Spelling<Option<usize>>>,
    /// Labels above the leaves, column by column.
    above: Vec<Vec<String>>,
    /// What the corner may hold.
    corner: Vec<String>,
}

static VOCABULARIES: LazyLock<Vec<Vocabulary>> = LazyLock::new(|| Form::all().iter().map(build).collect());

impl Vocabulary {
    /// The vocabulary of an edition.
    pub(crate) fn of(edition: Edition) -> &'static Self {
        &VOCABULARIES[edition as usize]
    }
}

fn spelling<T>(target: T, text: &str, other: Option<Edition>) -> Spelling<T> {
    let parts = label::parts(text);
    Spelling { target, words: parts.words, number: parts.number, other }
}

/// The blocks of another form that correspond to those of a form, by table and block id.
fn counterparts<'a>(
    form: &'a Form,
    table: &Table,
    block: &Block,
) -> impl Iterator<Item = (Edition, &'static Block)> + 'a {
    let (table, block) = (table.id, block.id.clone());
    Form::all().iter().filter(move |f| f.edition != form.edition).filter_map(move |other| {
        let found = other.table(table)?.blocks.iter().find(|b| b.id == block)?;
        Some((other.edition, found))
    })
}

fn build(form: &Form) -> Vocabulary {
    let mut vocabulary =
        Vocabulary { rows: Vec::new(), captions: Vec::new(), parents: Vec::new(), columns: Vec::new() };
    for (t, table) in form.tables.iter().enumerate() {
        let mut blocks = Vec::new();
        for (b, block) in table.blocks.iter().enumerate() {
            vocabulary.captions.extend(block.caption.iter().map(|c| spelling((t, b), c, None)));
            for row in &block.rows {
                let above = row.label.iter().take(row.label.len().saturating_sub(1));
                vocabulary.parents.extend(above.map(|l| label::parts(l).words));
            }
            for (group, rows) in [(false, &block.rows), (true, &block.groups)] {
                for (r, row) in rows.iter().enumerate().filter(|(_, row)| !row.label.is_empty()) {
                    let target = RowTarget { table: t, block: b, row: r, group };
                    vocabulary.rows.push(spelling(target, row.leaf(), None));
                    vocabulary.rows.extend(row.aliases.iter().map(|a| spelling(target, a, None)));
                }
            }
            let mut words = ColumnWords { leaves: Vec::new(), above: Vec::new(), corner: Vec::new() };
            for (c, column) in block.columns.iter().enumerate() {
                words.leaves.push(spelling(Some(c), column.leaf(), None));
                words.leaves.extend(column.aliases.iter().map(|a| spelling(Some(c), a, None)));
                let above = &column.label[..column.label.len() - 1];
                words.above.push(above.iter().map(|l| label::parts(l).words).collect());
            }
            words.corner = block.corner.iter().map(|c| label::normal(c)).collect();
            for (edition, other) in counterparts(form, table, block) {
                for column in &other.columns {
                    let own = block.columns.iter().position(|c| c.id == column.id);
                    let known = block.columns.iter().any(|c| c.leaf() == column.leaf());
                    if !known {
                        words.leaves.push(spelling(own, column.leaf(), Some(edition)));
                    }
                }
                for row in other.rows.iter().chain(&other.groups).filter(|r| !r.label.is_empty()) {
                    let same_words = block.rows.iter().chain(&block.groups).any(|r| r.leaf() == row.leaf());
                    let own = block.rows.iter().position(|r| r.id == row.id);
                    if let (Some(r), false) = (own, same_words) {
                        let target = RowTarget { table: t, block: b, row: r, group: false };
                        vocabulary.rows.push(spelling(target, row.leaf(), Some(edition)));
                    }
                }
            }
            blocks.push(words);
        }
        vocabulary.columns.push(blocks);
    }
    vocabulary
}

/// How many characters may differ for a label of that many characters to count as nearly right.
///
/// Short labels differ from each other by little (结果维持, 结果纠正), so they get no room.
fn tolerance(characters: usize) -> usize {
    match characters {
        0..=3 => 0,
        4..=6 => 1,
        7..=12 => 2,
        _ => 3,
    }
}

/// The single best spelling for some words: equal first, then a label of another form, then the nearest one if no other
/// is as near.
fn best<'a, T: Copy + PartialEq + 'a>(
    spellings: impl Iterator<Item = &'a Spelling<T>> + Clone,
    words: &str,
    number: &str,
) -> Option<(T, LabelMatch)> {
    let equal = |s: &&Spelling<T>| s.words == words;
    // Where the same words stand twice (其他 in two blocks) the number tells them apart.
    let own = spellings.clone().filter(|s| s.other.is_none()).filter(equal);
    if let Some(found) = own.clone().find(|s| s.number == number).or_else(|| own.clone().next()) {
        return Some((found.target, LabelMatch::Official));
    }
    if let Some(found) = spellings.clone().find(|s| s.words == words) {
        return Some((found.target, found.other.map_or(LabelMatch::Official, LabelMatch::OtherForm)));
    }
    let limit = tolerance(words.chars().count());
    if limit == 0 {
        return None;
    }
    let mut nearest: Option<(usize, T, bool)> = None;
    // 不予受理 is as near to 不予处理 as to nothing else, yet it may be a row of its own: only the number tells.
    let short = words.chars().count() <= 4;
    for s in spellings.filter(|s| !short || (!number.is_empty() && s.number == number)) {
        let room = limit.min(tolerance(s.words.chars().count()));
        let Some(distance) = edit_distance(words, &s.words, room) else { continue };
        match &mut nearest {
            Some((least, target, unique)) if distance == *least => *unique &= *target == s.target,
            Some((least, ..)) if distance > *least => {}
            _ => nearest = Some((distance, s.target, true)),
        }
    }
    nearest.filter(|(_, _, unique)| *unique).map(|(distance, target, _)| (target, LabelMatch::Near(distance)))
}

impl Vocabulary {
    /// The row that a label names.
    pub(crate) fn row(&self, parts: &label::Parts) -> Option<(RowTarget, LabelMatch)> {
        best(self.rows.iter(), &parts.words, &parts.number)
    }

    /// The block that a caption opens, as (table, block).
    pub(crate) fn caption(&self, parts: &label::Parts) -> Option<((usize, usize), LabelMatch)> {
        let found = self.captions.iter().find(|s| parts.words.contains(s.words.as_str()))?;
        let plain = parts.words == found.words && parts.number.is_empty() && parts.notes.is_empty();
        Some((found.target, if plain { LabelMatch::Official } else { LabelMatch::Extra }))
    }

    /// Whether some words are the label of a group of rows that has no cells in the form (三、本年度办理结果).
    pub(crate) fn is_parent(&self, parts: &label::Parts) -> bool {
        !parts.words.is_empty() && self.parents.contains(&parts.words)
    }

    /// The header words of a block.
    pub(crate) fn header(&self, table: usize, block: usize) -> &ColumnWords {
        &self.columns[table][block]
    }

    /// Whether some words stand in the header of any block.
    pub(crate) fn in_any_header(&self, parts: &label::Parts, normal: &str) -> bool {
        self.columns.iter().flatten().any(|c| c.knows(parts, normal))
    }
}

impl ColumnWords {
    /// The columns whose leaf some words spell; several where a leaf occurs under several groups.
    pub(crate) fn leaf(&self, parts: &label::Parts) -> Vec<(Option<usize>, LabelMatch)> {
        let equal = |own: bool| {
            self.leaves
                .iter()
                .filter(move |s| s.words == parts.words && s.other.is_none() == own)
                .map(|s| (s.target, s.other.map_or(LabelMatch::Official, LabelMatch::OtherForm)))
        };
        let found: Vec<_> = equal(true).collect();
        if !found.is_empty() {
            return found;
        }
        let found: Vec<_> = equal(false).collect();
        if !found.is_empty() {
            return found;
        }
        let limit = tolerance(parts.words.chars().count());
        let mut near: Vec<(usize, Option<usize>)> = self
            .leaves
            .iter()
            .filter(|s| s.other.is_none())
            .filter_map(|s| {
                edit_distance(&parts.words, &s.words, limit).filter(|d| *d > 0).map(|d| (d, s.target))
            })
            .collect();
        let least = near.iter().map(|(d, _)| *d).min();
        near.retain(|(d, _)| Some(*d) == least);
        let words =
            |target: Option<usize>| self.leaves.iter().find(|s| s.target == target).map(|s| s.words.as_str());
        // Two different labels equally near: nobody can say which is meant.
        if near.iter().any(|(_, t)| words(*t) != words(near[0].1)) {
            return Vec::new();
        }
        near.into_iter().map(|(d, target)| (target, LabelMatch::Near(d))).collect()
    }

    /// Whether some words begin the leaf of a column, the rest being lost (`本年新` for `本年新制作数量`).
    pub(crate) fn begins(&self, parts: &label::Parts, column: usize) -> bool {
        parts.words.chars().count() >= 3
            && self
                .leaves
                .iter()
                .any(|s| s.target == Some(column) && s.words.starts_with(parts.words.as_str()))
    }

    /// Whether some words are a label above the leaves.
    pub(crate) fn is_above(&self, parts: &label::Parts) -> bool {
        self.above.iter().flatten().any(|a| *a == parts.words)
    }

    /// The labels above the leaf of a column.
    pub(crate) fn path(&self, column: usize) -> &[String] {
        &self.above[column]
    }

    /// Whether some words may stand in the corner.
    pub(crate) fn is_corner(&self, normal: &str) -> bool {
        self.corner.iter().any(|c| c == normal) || normal.contains("勾稽关系")
    }

    fn knows(&self, parts: &label::Parts, normal: &str) -> bool {
        self.is_corner(normal) || self.is_above(parts) || self.leaves.iter().any(|s| s.words == parts.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(edition: Edition, text: &str) -> Option<(&'static str, LabelMatch)> {
        let (target, matched) = Vocabulary::of(edition).row(&label::parts(text))?;
        let block = &edition.form().tables[target.table].blocks[target.block];
        let rows = if target.group { &block.groups } else { &block.rows };
        Some((&rows[target.row].id, matched))
    }

    #[test]
    fn rows_match_after_normalisation_then_by_nearness() {
        use LabelMatch::{Near, Official, OtherForm};
        for (edition, text, id, matched) in [
            (Edition::E2019, "1.属于国家秘密", "denied.state_secret", Official),
            (Edition::E2019, "１．属于 国家秘密", "denied.state_secret", Official),
            (Edition::E2019, "1.属于国家机密", "denied.state_secret", Near(1)),
            (Edition::E2019, "5.要求行政机关确认或重新出具以获取信息", "rejected.reconfirm", Near(1)),
            (Edition::E2021, "（二）部分公开", "partial", Official),
            (Edition::E2021, "规章（设区的市、自治州人民政府应提供相关数据）", "regulations", Official),
            (Edition::E2021, "规范性文件", "normative_documents", OtherForm(Edition::E2019)),
            (Edition::E2021, "3.其他", "other.misc", Official),
            (Edition::E2021, "（六）其他处理", "other", Official),
            (Edition::E2019, "（六）其他处理", "other", Official),
            (Edition::E2019, "（七）总计", "handled_total", Official),
            (Edition::E2021, "（五）不予受理", "rejected", Near(1)),
            (Edition::E2019, "3.危及\"三安全一稳定\"", "denied.security", Official),
        ] {
            assert_eq!(row(edition, text), Some((id, matched)), "{text}");
        }
        for text in ["其他主动公开文件", "信息内容", "行政", "不予受理", "12"] {
            assert_eq!(row(Edition::E2021, text), None, "{text}");
        }
    }

    #[test]
    fn labels_that_differ_little_are_not_confused() {
        let review = Vocabulary::of(Edition::E2021).header(2, 0);
        assert!(review.leaf(&label::parts("结果维正")).is_empty(), "as near to 结果维持 as to 结果纠正");
        assert_eq!(review.leaf(&label::parts("结果维持")).len(), 3, "once for every group");
    }
}
