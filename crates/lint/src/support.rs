//! What several rules share: quoting labels and headings, reporting a family of identities.

use nianbao_identities::{Evaluation, Known, Status, evaluate, known};
use nianbao_schema::form::{Cell, Identity, Relation};
use nianbao_schema::report::{LabelReading, Report};
use nianbao_schema::{CellId, Language};
use rust_decimal::Decimal;

use crate::finding::{Edit, Evidence, Finding, Fix, Place, Say};
use crate::rule::{Context, Findings, NotAssessable};
use crate::say;

/// The place of a label of a table.
pub(crate) fn label_place(cx: &Context<'_>, label: &LabelReading) -> Place {
    Place {
        section: cx.form().table(label.table).map_or(0, |t| t.section),
        table: Some(label.table),
        location: Some(label.text.location),
        ..Place::default()
    }
}

/// A finding about a label, showing it.
pub(crate) fn about_label(cx: &Context<'_>, finding: Finding, label: &LabelReading) -> Finding {
    let text = label.text.value.clone();
    let mark = match label.matched {
        nianbao_schema::report::LabelMatch::Near(_) => differing(&text, &label.official),
        _ => 0..text.len(),
    };
    finding.place(label_place(cx, label)).key(nianbao_text::label::normal(&text)).evidence(Evidence::Quote {
        text,
        marks: vec![mark],
        location: label.text.location,
    })
}

/// The characters of `seen` between what it has in common with `official` at both ends.
fn differing(seen: &str, official: &str) -> std::ops::Range<usize> {
    let start: usize =
        seen.chars().zip(official.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let rest = seen[start..].chars().rev().zip(official[start.min(official.len())..].chars().rev());
    let end = seen.len() - rest.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    // Characters left out leave nothing to mark: the whole label is shown.
    if start < end { start..end } else { 0..seen.len() }
}

/// The fix that writes the official words of a label.
pub(crate) fn relabel(label: &LabelReading) -> Fix {
    Fix {
        edits: vec![Edit {
            location: label.text.location,
            old: label.text.value.clone(),
            new: label.official.clone(),
        }],
    }
}

/// What clerks call a table: `表三（收到和处理政府信息公开申请情况）`.
pub(crate) fn table_name(cx: &Context<'_>, id: &str) -> Say {
    match cx.form().table(id) {
        Some(table) => Say {
            zh: format!("{}（{}）", table.name.zh, table.title.zh),
            en: format!("{} ({})", table.name.en, table.title.en),
        },
        None => Say { zh: id.to_owned(), en: id.to_owned() },
    }
}

/// The official heading of a section: `四、政府信息公开行政复议、行政诉讼情况`.
pub(crate) fn section_heading(cx: &Context<'_>, number: u8) -> &'static str {
    cx.form().sections.iter().find(|s| s.number == number).map_or("", |s| s.heading.as_str())
}

/// A cell in both languages.
pub(crate) fn cell_name(cell: &Cell) -> Say {
    Say { zh: cell.name(Language::Zh), en: cell.name(Language::En) }
}

/// A number as people write it.
pub(crate) fn number(n: Decimal) -> String {
    n.normalize().to_string()
}

/// The official cells of a report with their readings.
pub(crate) fn read_cells<'a>(
    cx: &'a Context<'_>,
) -> impl Iterator<Item = (&'static Cell, &'a nianbao_schema::value::Reading)> {
    cx.form().cells().iter().filter_map(|c| cx.report.cell(c.id).map(|r| (c, r)))
}

/// What an identity is about, for a message: the column `“总计”列`, the row, the group.
pub(crate) fn identity_place(cx: &Context<'_>, identity: &Identity) -> Say {
    let first = identity.left.first().and_then(|c| cx.form().cell(*c));
    let Some(cell) = first else { return say!("", "") };
    let one_column = identity.cells().all(|c| c.column() == cell.id.column());
    if one_column {
        let (zh, en) = (&cell.column.name.zh, &cell.column.name.en);
        return say!("“{zh}”列", "column \"{en}\"");
    }
    if cell.row.label.is_empty() {
        // The table of reviews: the group is what the column names have in common.
        let group = |name: &str, by: &str| name.rsplit_once(by).map_or(String::new(), |(g, _)| g.to_owned());
        let (zh, en) = (group(&cell.column.name.zh, "·"), group(&cell.column.name.en, ": "));
        return say!("“{zh}”", "\"{en}\"");
    }
    let (zh, en) = (&cell.row.name.zh, &cell.row.name.en);
    say!("“{zh}”行", "row \"{en}\"")
}

/// One side of an identity with its numbers: `新收 128 + 结转 3 = 131`; a side of many cells only its sum.
fn side(cx: &Context<'_>, identity: &Identity, cells: &[CellId], sum: Decimal, many: &Say) -> Say {
    if cells.len() > 6 {
        let n = number(sum);
        let (zh, en) = (&many.zh, &many.en);
        return say!("{zh} {n}", "{en} {n}");
    }
    let by_row = identity.cells().all(|c| c.column() == identity.left.first().map_or("", |f| f.column()));
    let name = |cell: &Cell| -> Say {
        let (row, column) = (&cell.row.name, &cell.column.name);
        let shown = if by_row { row } else { column };
        let last = |text: &str, by: &str| text.rsplit(by).next().unwrap_or(text).to_owned();
        Say { zh: last(&shown.zh, "·"), en: last(&shown.en, ": ") }
    };
    let mut zh = Vec::new();
    let mut en = Vec::new();
    for cell in cells.iter().filter_map(|c| cx.form().cell(*c)) {
        let value = match known(cx.report, cell.id) {
            Known::Number(n) => number(n),
            Known::Open | Known::Unreadable => continue,
        };
        let name = name(cell);
        zh.push(format!("{} {value}", name.zh));
        en.push(format!("{} {value}", name.en));
    }
    let total = number(sum);
    let equals = if zh.len() > 1 { format!(" = {total}") } else { String::new() };
    Say { zh: zh.join(" + ") + &equals, en: en.join(" + ") + &equals }
}

/// An identity that fails.
struct Failure {
    identity: &'static Identity,
    evaluation: Evaluation,
}

/// Reports the failures of a family of identities.
///
/// Columns whose differences add up to that of the total column are one story; if nearly all columns fail, the table is
/// more likely shifted or misread than wrong in every column, and that is one story too.
pub(crate) fn check_family(
    cx: &Context<'_>,
    out: &mut Findings,
    family: &'static str,
    many: &Say,
    help: &Say,
) -> Result<(), NotAssessable> {
    let mut failures = Vec::new();
    let mut assessed = 0;
    for identity in cx.form().family(family) {
        let evaluation = evaluate(identity, |cell| known(cx.report, cell));
        match evaluation.status {
            Status::Unreadable => {}
            Status::Holds | Status::Open => assessed += 1,
            Status::Violated => {
                assessed += 1;
                failures.push(Failure { identity, evaluation });
            }
        }
    }
    for story in stories(failures) {
        report_story(cx, out, &story, many, help);
    }
    if assessed == 0 {
        return Err(NotAssessable(say!("没有读到所需的单元格", "the cells it needs were not read")));
    }
    Ok(())
}

/// [`check_family`] for several families that one rule covers.
pub(crate) fn check_families(
    cx: &Context<'_>,
    out: &mut Findings,
    families: &[&'static str],
    many: &Say,
    help: &Say,
) -> Result<(), NotAssessable> {
    // Assessable if one of them is.
    let outcomes: Vec<_> = families.iter().map(|f| check_family(cx, out, f, many, help)).collect();
    outcomes.into_iter().reduce(Result::or).unwrap_or(Ok(()))
}

/// Groups failures into stories: those of columns that explain the failure of the total column go together.
fn stories(failures: Vec<Failure>) -> Vec<Vec<Failure>> {
    let is_total = |f: &Failure| f.identity.at == "total";
    let total = failures.iter().find(|f| is_total(f)).map(|f| f.evaluation.residual());
    let parts: Decimal = failures.iter().filter(|f| !is_total(f)).map(|f| f.evaluation.residual()).sum();
    let by_column =
        failures.iter().all(|f| f.identity.at == f.identity.left.first().map_or("", |c| c.column()));
    if by_column && (total == Some(parts) || failures.len() >= 6) && failures.len() > 1 {
        let (mut first, rest): (Vec<_>, Vec<_>) = failures.into_iter().partition(is_total);
        first.extend(rest);
        return vec![first];
    }
    failures.into_iter().map(|f| vec![f]).collect()
}

fn report_story(cx: &Context<'_>, out: &mut Findings, story: &[Failure], many: &Say, help: &Say) {
    let Some(head) = story.first() else { return };
    let mut zh = Vec::new();
    let mut en = Vec::new();
    for failure in story {
        let Failure { identity, evaluation } = failure;
        let place = identity_place(cx, identity);
        let left = side(cx, identity, &identity.left, evaluation.left, many);
        let right = side(cx, identity, &identity.right, evaluation.right, many);
        let difference = number(evaluation.residual().abs());
        match identity.relation {
            Relation::Equal => {
                zh.push(format!("{}不平：{}，{}，差 {difference}", place.zh, left.zh, right.zh));
                en.push(format!(
                    "{} does not balance: {}; {}; difference {difference}",
                    place.en, left.en, right.en
                ));
            }
            Relation::AtLeast if identity.right.is_empty() => {
                zh.push(format!("{}：{}，小于 0", place.zh, left.zh));
                en.push(format!("{}: {}, which is below 0", place.en, left.en));
            }
            Relation::AtLeast => {
                zh.push(format!("{}：{}，少于{}", place.zh, left.zh, right.zh));
                en.push(format!("{}: {}, which is less than {}", place.en, left.en, right.en));
            }
        }
    }
    let table = cx.form().table(head.identity.table).map(|t| t.name.clone());
    let (name_zh, name_en) = table.map_or((String::new(), String::new()), |t| (t.zh, t.en));
    let (mut zh, mut en) = (format!("{name_zh}{}", zh.join("；")), format!("{name_en} {}", en.join("; ")));
    if story.len() >= 6 {
        zh = format!("{name_zh}各列几乎都不平，疑为整表错行、错列或读取有误：{zh}");
        en = format!(
            "nearly all columns of {name_en} fail, so rows or columns are probably shifted or misread: {en}"
        );
    }
    let (says, says_en) = (&head.identity.says.zh, &head.identity.says.en);
    let cells: Vec<CellId> = story.iter().flat_map(|f| f.identity.cells()).collect();
    let shown = cells
        .iter()
        .copied()
        .filter(|c| cx.report.number(*c).is_some_and(|n| !n.is_zero()) || is_side(head, *c));
    let evidence = Evidence::Cells { shown: shown.collect(), marked: Vec::new() };
    let (advice_zh, advice_en) = (&help.zh, &help.en);
    let finding = out
        .start(cx, Say { zh, en })
        .help(say!("{says}。{advice_zh}", "{says_en}: {advice_en}"))
        .source(head.identity.source)
        .cells(cx.report, cells)
        .evidence(evidence);
    out.push(finding);
}

/// Whether a cell stands on a short side of an identity, so that it is shown even if it is 0.
fn is_side(failure: &Failure, cell: CellId) -> bool {
    let short = |side: &[CellId]| side.len() <= 6 && side.contains(&cell);
    short(&failure.identity.left) || short(&failure.identity.right)
}

/// The lines of a report that are prose of some section, with their index.
pub(crate) fn prose_of(report: &Report, section: u8) -> impl Iterator<Item = (usize, &str)> {
    report.prose().filter(move |(_, l)| l.section == section).map(|(i, l)| (i, l.text.value.as_str()))
}
