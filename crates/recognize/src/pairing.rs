//! Pairing the cells of a row with the columns of its header.

use nianbao_schema::document::{Layout, Text};
use nianbao_schema::report::UnplacedReason;

use crate::header::{ColumnRange, Columns};
use crate::slots::Slot;

/// A cell and the column of the form that it belongs to; `None` where the form at hand has no such column.
pub(crate) type Pair<'a> = (Option<usize>, &'a Text);

/// Pairs the cells of a line behind its label with the columns of the header. `padding` is the number of blank cells that
/// the table is known to have between the label and the first value.
pub(crate) fn pair<'a>(
    line: &'a [Slot<'a>],
    label: Option<usize>,
    columns: &Columns,
    layout: Layout,
    padding: usize,
) -> Result<Vec<Pair<'a>>, UnplacedReason> {
    let after = label.map_or(0, |l| l + 1);
    let count = columns.part.len();
    if let Some(ranges) = &columns.ranges
        && (layout == Layout::Grid || line.len() == columns.width)
    {
        return on_ranges(&line[after..], ranges, count);
    }
    match &columns.sequence {
        Some(order) => in_order(line, label, order, columns.inherited, padding),
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
) -> Result<Vec<Pair<'a>>, UnplacedReason> {
    let wrong = UnplacedReason::CellCount { seen: slots.len(), expected: count };
    let first = ranges.iter().map(|(start, ..)| *start).min().unwrap_or(0);
    let mut placed: Vec<Pair<'_>> = Vec::with_capacity(count);
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
/// exporters add, or between label and values where the whole table is written so. Where the row has no label, blanks on
/// either side may be layout: which ones must be certain.
fn in_order<'a>(
    line: &'a [Slot<'a>],
    label: Option<usize>,
    order: &[Option<usize>],
    exactly: bool,
    padding: usize,
) -> Result<Vec<Pair<'a>>, UnplacedReason> {
    let slots: Vec<&Slot<'_>> = line[label.map_or(0, |l| l + 1)..].iter().filter(|s| s.starts_here).collect();
    let blank = |s: &&&Slot<'_>| s.is_blank();
    let trailing = slots.iter().rev().take_while(blank).count();
    let leading =
        if label.is_some() { 0 } else { slots.iter().take_while(|s| s.is_blank() || !s.is_value).count() };
    let extra = slots.len().saturating_sub(order.len());
    let wrong = Err(UnplacedReason::CellCount { seen: slots.len(), expected: order.len() });
    if slots.len() < order.len() {
        return wrong;
    }
    let from = match label {
        _ if extra == 0 => 0,
        Some(_) if padding > 0 => {
            if extra != padding || !slots[..extra].iter().all(|s| s.is_blank()) {
                return wrong;
            }
            extra
        }
        _ if exactly => return wrong,
        Some(_) if trailing >= extra => 0,
        // All blank: wherever the row begins, it says nothing.
        None if trailing == slots.len() || leading == slots.len() => extra,
        None if leading + trailing == extra => leading,
        _ => return wrong,
    };
    Ok(order.iter().copied().zip(slots[from..].iter().map(|s| s.text)).collect())
}
