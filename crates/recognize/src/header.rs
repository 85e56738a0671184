//! The header of a table: which column of the form stands where.

use std::ops::Range;

use nianbao_schema::document::{Layout, Text};
use nianbao_schema::form::Block;
use nianbao_schema::report::LabelMatch;
use nianbao_text::label;

use crate::labels::ColumnWords;
use crate::slots::Slot;

/// Lines that the words of one header cell may be broken over.
const MOST_BROKEN: usize = 4;

/// Which column of the form stands where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    /// By grid range.
    pub ranges: Option<Vec<ColumnRange>>,
    /// Cells of each header line; where spans were lost, ranges hold only for rows of as many cells.
    pub width: usize,
    /// From left to right, where the sequence of header labels is that of the form.
    pub sequence: Option<Vec<Option<usize>>>,
    /// Unit of money that the header names, by column of the form.
    pub units: Vec<(usize, &'static str)>,
    /// The columns of the form that the header has: all of them, but where the table of reviews comes as several.
    pub part: Range<usize>,
    /// The header stands in the table before this one: a row counts only if it has exactly as many cells.
    pub inherited: bool,
}

impl Columns {
    /// Whether the header was not understood.
    pub(crate) fn is_unknown(&self) -> bool {
        self.ranges.is_none() && self.sequence.is_none()
    }

    /// The columns for a table that goes on with the one whose header this is.
    pub(crate) fn inherit(mut self, layout: Layout) -> Self {
        self.inherited = true;
        // Where spans are known, a table that goes on need not have the same grid: labels that reach over the page break
        // are missing from it. The order of the columns stays.
        if layout == Layout::Grid
            && let Some(mut ranges) = self.ranges.take()
        {
            ranges.sort_by_key(|(start, ..)| *start);
            self.sequence = Some(ranges.into_iter().map(|(.., column)| column).collect());
        }
        self
    }
}

/// The unit of money that a header names in brackets: `本年收费金额（单位：元）`, `采购总金额（万元）`.
pub(crate) fn money_unit(header: &str) -> Option<&'static str> {
    let notes = label::parts(header).notes;
    let named =
        |unit: &&&str| notes.iter().any(|n| n.trim_start_matches("单位").trim_start_matches(':') == **unit);
    ["元", "万元", "亿元"].iter().find(named).copied()
}

/// A column of the form (or none of this form) by the grid range `start..end` of its header cell.
pub(crate) type ColumnRange = (u32, u32, Option<usize>);

/// A label found in a header: its column (`None` if the form at hand has no such column), its text, how it matched.
pub(crate) type HeaderLabel = (Option<usize>, Text, LabelMatch);

/// Labels of a header, the columns of the form from left to right, and the part of the block that they are.
type Sequence = (Vec<HeaderLabel>, Vec<Option<usize>>, Range<usize>);

/// A header cell. Its words may stand in several lines of the table.
struct Head {
    text: Text,
    start: u32,
    end: u32,
    normal: String,
    parts: label::Parts,
}

impl Head {
    fn new(slot: &Slot<'_>) -> Self {
        Self {
            text: slot.text.clone(),
            start: slot.start,
            end: slot.end,
            normal: slot.normal.clone(),
            parts: slot.parts.clone(),
        }
    }

    /// The cell with the words of those below it.
    fn joined(&self, below: &[&Self]) -> Self {
        let words: String =
            std::iter::once(self).chain(below.iter().copied()).map(|h| h.text.value.trim()).collect();
        Self {
            normal: label::normal(&words),
            parts: label::parts(&words),
            text: Text::new(words, self.text.location),
            ..*self
        }
    }
}

/// Reads the lines of a header as that of a block.
///
/// `group` is the part of the block that the words before the table name, where it has less than all columns.
pub(crate) fn read(
    lines: &[&[Slot<'_>]],
    words: &ColumnWords,
    block: &Block,
    layout: Layout,
    group: Option<&Range<usize>>,
) -> (Vec<HeaderLabel>, Columns) {
    let mut heads: Vec<Vec<Head>> = lines
        .iter()
        .map(|l| l.iter().filter(|s| s.starts_here && !s.is_value).map(Head::new).collect())
        .collect();
    mend(&mut heads, words);
    let rectangular = lines.windows(2).all(|w| w[0].len() == w[1].len());
    let ranges = match layout {
        Layout::Grid => by_ranges(&heads, words, block, group),
        Layout::Flow if rectangular => by_ranges(&heads, words, block, group),
        Layout::Flow | Layout::Lines => None,
    };
    // Where spans are known the sequence says nothing more; elsewhere rows may fit the one or the other.
    let sequence = match (layout, &ranges) {
        (Layout::Grid, Some(_)) => None,
        _ => by_sequence(&heads, words, block, group).or_else(|| glued(&heads, block)),
    };
    let width = lines.first().map_or(0, |h| h.len());
    let part = 0..block.columns.len();
    let (mut labels, mut columns) = (Vec::new(), Columns { width, part, ..Columns::default() });
    if let Some((found, sequence, part)) = sequence {
        (labels, columns.sequence, columns.part) = (found, Some(sequence), part);
    }
    if let Some((found, ranges, part)) = ranges {
        if columns.part != part {
            columns.sequence = None;
        }
        (labels, columns.ranges, columns.part) = (found, Some(ranges), part);
    }
    for (column, text, _) in &labels {
        columns.units.extend(column.zip(money_unit(&text.value)));
    }
    (labels, columns)
}

/// The parts of a block that may come as a table of their own: those under one group of the header, for the block whose
/// only row has no label. The whole block comes first.
pub(crate) fn parts_of(block: &Block) -> Vec<Range<usize>> {
    let count = block.columns.len();
    let mut parts = vec![0..count];
    if !block.rows.iter().all(|r| r.label.is_empty()) {
        return parts;
    }
    let depth = block.columns.iter().map(|c| c.label.len()).max().unwrap_or(0);
    for d in (1..depth).rev() {
        let mut start = 0;
        for c in 1..=count {
            let path = |i: usize| block.columns[i].label.get(..d.min(block.columns[i].label.len() - 1));
            if c == count || path(c) != path(start) {
                if !parts.contains(&(start..c)) {
                    parts.push(start..c);
                }
                start = c;
            }
        }
    }
    parts
}

/// The one part of a block that some words name: `（二）未经复议直接起诉`.
pub(crate) fn part_named(block: &Block, words: &str) -> Option<Range<usize>> {
    let normal = label::normal(words);
    if normal.chars().count() > 40 {
        return None;
    }
    let name = |part: &Range<usize>| {
        let label = &block.columns[part.start].label;
        label::parts(&label[label.len() - 2]).words
    };
    let same = |part: &Range<usize>| {
        let path = |c: usize| block.columns[c].label.split_last().map(|(_, above)| above);
        part.clone().all(|c| path(c) == path(part.start) && path(c).is_some_and(|p| !p.is_empty()))
    };
    let mut named =
        parts_of(block).into_iter().skip(1).filter(|p| same(p) && normal.contains(name(p).as_str()));
    named.next().filter(|_| named.next().is_none())
}

/// Joins words of header cells that were broken over rows of the table: `商业` above `企业`.
fn mend(heads: &mut [Vec<Head>], words: &ColumnWords) {
    let exact = |parts: &label::Parts| {
        words.leaf(parts).iter().any(|(_, m)| matches!(m, LabelMatch::Official | LabelMatch::OtherForm(_)))
    };
    for top in 0..heads.len() {
        for at in 0..heads[top].len() {
            let head = &heads[top][at];
            if exact(&head.parts) || words.is_above(&head.parts) || words.is_corner(&head.normal) {
                continue;
            }
            let below: Vec<(usize, usize)> = (top + 1..heads.len())
                .take(MOST_BROKEN - 1)
                .map_while(|line| {
                    let same = |h: &Head| h.start == head.start && h.end == head.end;
                    heads[line].iter().position(same).map(|i| (line, i))
                })
                .collect();
            let joined = (1..=below.len()).find_map(|n| {
                let cells: Vec<&Head> = below[..n].iter().map(|(l, i)| &heads[*l][*i]).collect();
                Some((n, head.joined(&cells))).filter(|(_, joined)| exact(&joined.parts))
            });
            if let Some((n, joined)) = joined {
                heads[top][at] = joined;
                for (line, i) in &below[..n] {
                    heads[*line].remove(*i);
                }
            }
        }
    }
}

/// Columns by the grid: the lowest filled header cell above a column names it, those above tell equal names apart.
/// Succeeds only if every column of the block, or of one part of it, is found exactly once.
fn by_ranges(
    header: &[Vec<Head>],
    words: &ColumnWords,
    block: &Block,
    group: Option<&Range<usize>>,
) -> Option<(Vec<HeaderLabel>, Vec<ColumnRange>, Range<usize>)> {
    let count = block.columns.len();
    let mut labels = Vec::new();
    let mut ranges = Vec::new();
    let mut seen = vec![false; count];
    for (depth, line) in header.iter().enumerate() {
        for head in line {
            let covers = |s: &Head| s.start < head.end && head.start < s.end;
            let leaf = header[depth + 1..].iter().flatten().all(|s| !covers(s));
            if !leaf || words.is_corner(&head.normal) {
                continue;
            }
            let above: Vec<&label::Parts> = header[..depth]
                .iter()
                .flatten()
                .filter(|s| s.start <= head.start && head.end <= s.end)
                .map(|s| &s.parts)
                .collect();
            let mut found = words.leaf(&head.parts);
            if found.len() > 1 {
                found.retain(|(column, _)| {
                    column.is_some_and(|c| match group {
                        Some(group) => group.contains(&c),
                        None => words.under(c, &above),
                    })
                });
            }
            match found[..] {
                [(column, ref matched)] => {
                    if let Some(c) = column {
                        if seen[c] {
                            return None;
                        }
                        seen[c] = true;
                    }
                    labels.push((column, head.text.clone(), matched.clone()));
                    ranges.push((head.start, head.end, column));
                }
                // Something else above the columns; harmless as long as every column is found.
                [] => {}
                _ => return None,
            }
        }
    }
    let foreign = labels.iter().filter(|(c, ..)| c.is_none()).count();
    if seen.iter().filter(|s| **s).count() + foreign >= count {
        return Some((labels, ranges, 0..count));
    }
    let part =
        parts_of(block).into_iter().skip(1).find(|part| (0..count).all(|c| seen[c] == part.contains(&c)))?;
    // A label of another part shows that the header goes on, or that some of it was lost.
    let stray = header
        .iter()
        .flatten()
        .any(|h| words.is_above(&h.parts) && !part.clone().any(|c| words.path(c).contains(&h.parts.words)));
    (foreign == 0 && !stray).then_some((labels, ranges, part))
}

/// Columns by sequence, for headers whose spans were lost: line by line, the labels must be those of the form in the
/// form's order. Labels that are unknown are accepted only where all others fit and none is missing.
fn by_sequence(
    header: &[Vec<Head>],
    words: &ColumnWords,
    block: &Block,
    group: Option<&Range<usize>>,
) -> Option<Sequence> {
    let tokens: Vec<&Head> = header.iter().flatten().filter(|s| !words.is_corner(&s.normal)).collect();
    parts_of(block).into_iter().find_map(|part| {
        let (labels, columns) = sequence_of(&tokens, words, block, &part, group == Some(&part))?;
        Some((labels, columns, part))
    })
}

fn sequence_of(
    tokens: &[&Head],
    words: &ColumnWords,
    block: &Block,
    part: &Range<usize>,
    named: bool,
) -> Option<(Vec<HeaderLabel>, Vec<Option<usize>>)> {
    let all = &block.columns[part.clone()];
    let depth = all.iter().map(|c| c.label.len()).max().unwrap_or(0);
    // The labels of the form in the order in which lines print them, each with its column if it is a leaf.
    let mut expected: Vec<(String, Option<usize>)> = Vec::new();
    let mut innermost = 0;
    for d in 0..depth {
        for (c, column) in all.iter().enumerate().filter(|(_, c)| c.label.len() > d) {
            let is_leaf = column.label.len() == d + 1;
            let repeats = c > 0 && all[c - 1].label.get(..=d) == column.label.get(..=d);
            if is_leaf || !repeats {
                if column.label.len() == d + 2 && innermost == 0 {
                    innermost = expected.len();
                }
                expected.push((label::parts(&column.label[d]).words, is_leaf.then_some(part.start + c)));
            }
        }
    }
    let leaves = expected.iter().filter(|(_, c)| c.is_some()).count();
    // Labels above the leaves may be missing from the top (申请人情况), nothing else; and where the same leaves stand
    // under several groups, not the name of the group.
    let skipped = expected.len().checked_sub(tokens.len())?;
    if expected.len() - skipped < leaves || expected[..skipped].iter().any(|(_, c)| c.is_some()) {
        return None;
    }
    if part.len() < block.columns.len() && !named && skipped > innermost {
        return None;
    }
    let mut labels = Vec::new();
    let mut columns = vec![None; all.len()];
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
        columns[c - part.start] = found;
        labels.push((found, token.text.clone(), matched));
    }
    Some((labels, columns))
}

/// A header whose cells were run together: `信息内容本年制发件数本年废止件数现行有效件数`. Only all labels of the block, in
/// the form's order and to the letter, are a header.
fn glued(header: &[Vec<Head>], block: &Block) -> Option<Sequence> {
    let mut heads = header.iter().flatten();
    let only = heads.next().filter(|_| heads.next().is_none())?;
    is_glued(&only.normal, block).then(|| {
        let count = block.columns.len();
        (Vec::new(), (0..count).map(Some).collect(), 0..count)
    })
}

/// Whether a normal form is all column labels of a block run together, with or without the corner.
pub(crate) fn is_glued(normal: &str, block: &Block) -> bool {
    if block.columns.len() < 2 || block.columns.iter().any(|c| c.label.len() != 1) {
        return false;
    }
    let labels: String = block.columns.iter().map(|c| label::normal(c.leaf())).collect();
    let corner = block.corner.first().map_or_else(String::new, |c| label::normal(c));
    normal == labels || normal.strip_prefix(corner.as_str()) == Some(labels.as_str())
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
