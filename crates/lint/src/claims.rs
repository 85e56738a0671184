//! What the rules on text against tables share: claims with the cells that they are bound to.

use std::ops::Range;

use nianbao_schema::CellId;
use nianbao_schema::claim::{Binding, Claim};
use nianbao_schema::form::Cell;
use nianbao_schema::report::Report;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::finding::{Evidence, Finding, Place, Say};
use crate::rule::{Context, Findings, NotAssessable};
use crate::say;
use crate::support::{cell_name, number};

/// A claim whose cells say something else.
pub(crate) struct Mismatch<'a> {
    pub(crate) claim: &'a Claim,
    /// What the text says.
    pub(crate) said: Decimal,
    /// The sums that it could be, with their values.
    pub(crate) sums: Vec<(&'a [CellId], Decimal)>,
}

/// Whether a number is printed as another with so many decimals: rounded or cut, both are right.
pub(crate) fn is_printed_as(exact: Decimal, printed: Decimal, decimals: u32) -> bool {
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointNearestEven, RoundingStrategy::ToZero]
        .into_iter()
        .any(|strategy| exact.round_dp_with_strategy(decimals, strategy) == printed)
}

/// The value of a sum of cells. Blanks count 0 beside numbers; nothing but blanks is nothing to compare with.
pub(crate) fn value(report: &Report, sum: &[CellId]) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    let mut any = false;
    for cell in sum {
        match report.number(*cell) {
            Some(n) => {
                total = total.checked_add(n)?;
                any = true;
            }
            None if report.is_open(*cell) => {}
            None => return None,
        }
    }
    any.then_some(total)
}

/// Whether a value is what one of the sums says.
pub(crate) fn readable<'a>(report: &Report, claim: &'a Claim) -> Vec<(&'a [CellId], Decimal)> {
    claim.sums().iter().filter_map(|sum| value(report, sum).map(|n| (sum.as_slice(), n))).collect()
}

/// The claims of some quantities that are bound to cells, with their index.
pub(crate) fn bound<'a>(
    cx: &'a Context<'_>,
    quantities: &'a [&'a str],
) -> impl Iterator<Item = (usize, &'a Claim)> + 'a {
    let all = cx.report.claims.iter().enumerate();
    all.filter(|(_, c)| quantities.contains(&c.quantity_id()) && matches!(c.binding, Binding::Cells(_)))
}

/// The claims of some quantities that no sum of their cells agrees with, and that no story of the arithmetic tells already.
pub(crate) fn mismatches<'a>(
    cx: &'a Context<'_>,
    quantities: &'a [&'a str],
) -> Result<Vec<Mismatch<'a>>, NotAssessable> {
    let mut found = Vec::new();
    let (mut any, mut compared) = (false, false);
    for (index, claim) in bound(cx, quantities) {
        any = true;
        let sums = readable(cx.report, claim);
        let Some(said) = claim.exact().filter(|_| !sums.is_empty()) else { continue };
        compared = true;
        cx.reach(index);
        if sums.iter().any(|(_, n)| *n == said) || cx.stories().settles(cx.report, claim) {
            continue;
        }
        found.push(Mismatch { claim, said, sums });
    }
    if compared {
        return Ok(found);
    }
    Err(NotAssessable(if any {
        say!("没有读到正文所说的单元格", "the cells that the text speaks of were not read")
    } else {
        say!("正文没有说这样的数", "the text gives no such number")
    }))
}

/// The words of a claim: what it counts and the number.
pub(crate) fn quoted(report: &Report, claim: &Claim) -> String {
    words(report, claim, &claim.phrase)
}

/// Words of the line of a claim.
pub(crate) fn words(report: &Report, claim: &Claim, range: &Range<usize>) -> String {
    report.lines.get(claim.line).and_then(|l| l.text.value.get(range.clone())).unwrap_or_default().to_owned()
}

/// A sum of cells in the clerk's words.
pub(crate) fn sum_name(cx: &Context<'_>, sum: &[CellId]) -> Say {
    let cells: Vec<_> = sum.iter().filter_map(|c| cx.form().cell(*c)).collect();
    let Some(first) = cells.first() else { return say!("", "") };
    if cells.len() == 1 {
        return cell_name(first);
    }
    if cells.len() <= 3 {
        let by_row = cells.iter().all(|c| c.column.id == first.column.id);
        let name = |c: &Cell| if by_row { &c.row.name } else { &c.column.name };
        let zh: String = cells.iter().map(|c| format!("“{}”", name(c).zh)).collect();
        let en: Vec<String> = cells.iter().map(|c| format!("\"{}\"", name(c).en)).collect();
        let (en, table, table_en) = (en.join(" and "), &first.table.name.zh, &first.table.name.en);
        return say!("{table}{zh}之和", "the sum of {en} in {table_en}");
    }
    // The items of a group: the label above them says it shorter.
    let (table, table_en) = (&first.table.name.zh, &first.table.name.en);
    let group = first.row.label.len().checked_sub(2).and_then(|i| first.row.label.get(i));
    match group
        .filter(|g| cells.iter().all(|c| c.row.label.len() > 1 && c.row.label[c.row.label.len() - 2] == **g))
    {
        Some(group) => {
            let name = first.row.name.en.split(['1', ':']).next().unwrap_or("").trim().to_owned();
            say!("{table}“{group}”各项“总计”之和", "the sum of the totals under \"{name}\" in {table_en}")
        }
        None => say!("{table}各列之和", "the sum of those columns in {table_en}"),
    }
}

/// The sums with their values: `表三“…”（12）不符，也不等于…（13）`.
pub(crate) fn table_says(cx: &Context<'_>, sums: &[(&[CellId], Decimal)]) -> Say {
    let mut zh = String::new();
    let mut en = String::new();
    let mut seen: Vec<Decimal> = Vec::new();
    for (sum, n) in sums {
        if seen.contains(n) {
            continue;
        }
        seen.push(*n);
        let (name, value) = (sum_name(cx, sum), number(*n));
        if zh.is_empty() {
            zh = format!("{}（{value}）不符", name.zh);
            en = format!("{} ({value})", name.en);
        } else {
            zh.push_str(&format!("，也不等于{}（{value}）", name.zh));
            en.push_str(&format!(", nor {} ({value})", name.en));
        }
    }
    Say { zh, en }
}

/// A finding about a claim and cells: it stands at the words of the text.
pub(crate) fn about(cx: &Context<'_>, finding: Finding, claim: &Claim, cells: Vec<CellId>) -> Finding {
    let finding = finding.quote(cx.report, claim.line, claim.phrase.clone());
    let place = finding.place.clone();
    if cells.is_empty() {
        return finding;
    }
    let finding = finding
        .cells(cx.report, cells.clone())
        .evidence(Evidence::Cells { shown: cells.clone(), marked: cells });
    finding.place(Place { table: None, cell: None, ..place })
}

/// What most rules on a number of the text report.
pub(crate) fn contradiction(cx: &Context<'_>, out: &Findings, mismatch: &Mismatch<'_>) -> Finding {
    let words = quoted(cx.report, mismatch.claim);
    let table = table_says(cx, &mismatch.sums);
    let (zh, en) = (&table.zh, &table.en);
    let mut cells: Vec<CellId> = mismatch.sums.iter().flat_map(|(sum, _)| sum.iter().copied()).collect();
    // Zeros of a long sum only hide what counts.
    if cells.len() > 4 {
        cells.retain(|c| cx.report.number(*c).is_some_and(|n| !n.is_zero()));
    }
    let mut seen = Vec::new();
    cells.retain(|c| {
        !seen.contains(c) && {
            seen.push(*c);
            true
        }
    });
    if cells.is_empty() {
        cells = mismatch.sums.iter().filter_map(|(sum, _)| sum.first().copied()).collect();
    }
    let finding = out
        .start(cx, say!("正文“{words}”与{zh}", "the text says \"{words}\", which is not {en}"))
        .help(say!(
            "对照登记台账，改正写错的一处，使正文与表格一致",
            "check the register and correct whichever is wrong, so that text and table agree"
        ));
    about(cx, finding, mismatch.claim, cells)
}

/// Tells all mismatches of some quantities.
pub(crate) fn tell_all(
    cx: &Context<'_>,
    out: &mut Findings,
    quantities: &[&str],
    adjust: impl Fn(&Mismatch<'_>, Finding) -> Option<Finding>,
) -> Result<(), NotAssessable> {
    for mismatch in mismatches(cx, quantities)? {
        let finding = contradiction(cx, out, &mismatch);
        if let Some(finding) = adjust(&mismatch, finding) {
            out.push(finding);
        }
    }
    Ok(())
}
