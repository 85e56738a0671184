//! The JSON contract of `nianbao diff`.

use nianbao_diff::{CellDiff, Chain, Class, Comparison, Item, Order, Outcome, Row, Share, Side};
use nianbao_identities::Status;
use nianbao_schema::contract::json_number;
use nianbao_schema::form::Correspondence;
use nianbao_schema::report::Report;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Page;

/// Version of this contract.
pub const VERSION: u32 = 1;

/// Two reports compared.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "diff", deny_unknown_fields)]
pub struct Output {
    /// Version of this contract.
    pub version: u32,
    /// The older report.
    pub old: ReportName,
    /// The newer report.
    pub new: ReportName,
    /// How it was decided which is older: `as-named`, `swapped` (named newest first, put in order by their years),
    /// `same-year` or `unknown` (the first one named counts as old).
    pub order: &'static str,
    /// What was compared.
    pub compared: Compared,
    /// Whether nothing differs of what was compared.
    pub same: bool,
    /// Counts over everything that was compared, also over what is not listed.
    pub counts: Counts,
    /// Cells that differ and cells without counterpart; with `--all` every cell. In the order of the form.
    pub cells: Vec<Cell>,
    /// Rates over the column of totals.
    pub rates: Vec<Rate>,
    /// The equations between the years; `null` if the reports are not of neighbouring years.
    pub links: Option<Vec<Link>>,
    /// The prose: sentences that are not the same, with `--all` every sentence.
    pub sections: Vec<Section>,
    /// Neighbouring sentences that stand elsewhere in the newer report.
    pub moves: Vec<Move>,
    /// What changed with the form and in its fixed words.
    pub template: Template,
}

/// A report.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ReportName {
    /// The path as given.
    pub path: String,
    /// Name of the organ.
    pub organ: Option<String>,
    /// The report year.
    pub year: Option<u16>,
    /// The form that the tables follow.
    pub edition: String,
}

/// What was compared.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Compared {
    /// The tables.
    pub numbers: bool,
    /// The prose, headings and labels.
    pub text: bool,
    /// What did not count as a difference of the prose: `whitespace`, `width`, `punctuation`.
    pub ignored: Vec<&'static str>,
    /// Whether what did not change is listed too.
    pub all: bool,
    /// Whether the text was too long to be compared sentence by sentence everywhere.
    pub coarse: bool,
}

/// How many of what changed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Counts {
    /// Cells that differ in what they say.
    pub cells: usize,
    /// Cells that write nothing in different ways: 0, blank, not applicable.
    pub cells_in_writing: usize,
    /// Cells that were found in one report only.
    pub unread_cells: usize,
    /// Cells that do not differ.
    pub equal_cells: usize,
    /// Cells without counterpart in the other form.
    pub single_cells: usize,
    /// Jumps.
    pub jumps: usize,
    /// Sentences word for word the same.
    pub same: usize,
    /// Sentences of which only numbers or years changed.
    pub numbers: usize,
    /// Sentences reworded; one that was divided, or several that became one, count as one.
    pub reworded: usize,
    /// New sentences.
    pub new: usize,
    /// Dropped sentences.
    pub dropped: usize,
    /// Moves.
    pub moves: usize,
    /// Differences of form, headings and labels.
    pub template: usize,
}

/// A cell in both reports.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Cell {
    /// The id that names the pair.
    pub cell: &'static str,
    /// Cells of the older form; several count as their sum.
    pub old_cells: Vec<&'static str>,
    /// Cells of the newer form; several count as their sum.
    pub new_cells: Vec<&'static str>,
    /// `same`, `sum`, `renamed` or `none` (no counterpart).
    pub correspondence: &'static str,
    /// Row in the words of the form.
    pub row: String,
    /// Column in the words of the form.
    pub column: String,
    /// What the older report has.
    pub old: Stand,
    /// What the newer report has.
    pub new: Stand,
    /// Whether they differ; `false` for cells without counterpart.
    pub differs: bool,
    /// New minus old, if both are numbers.
    pub change: Option<Value>,
    /// The change in per cent of the old number, rounded to one decimal.
    pub percent: Option<Value>,
    /// Whether the count changed more than chance explains.
    pub jump: bool,
}

/// What a report has in a cell.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Stand {
    /// `number`, `partial` (a sum of which some cells are blank), `blank`, `not-applicable`, `text`, `unread` or
    /// `absent` (the form has no such cell).
    pub kind: &'static str,
    /// The number; of a partial sum that of its numbers.
    pub value: Option<Value>,
    /// Other words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A rate in both reports.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Rate {
    /// Its id.
    pub rate: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its formula.
    pub formula: &'static str,
    /// In the older report; `null` if a cell of it could not be used.
    pub old: Option<Fraction>,
    /// In the newer report.
    pub new: Option<Fraction>,
    /// Change in percentage points.
    pub points: Option<Value>,
}

/// A rate with its numbers.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Fraction {
    /// What is divided.
    pub numerator: Value,
    /// What it is divided by.
    pub denominator: Value,
    /// The rate, rounded to one decimal; `null` of nothing.
    pub percent: Option<Value>,
    /// Whether blanks were counted as 0, which the identities confirm.
    pub blanks_as_zero: bool,
}

impl Fraction {
    pub(crate) fn new(share: Share) -> Self {
        Self {
            numerator: json_number(share.above),
            denominator: json_number(share.below),
            percent: share.percent().map(json_number),
            blanks_as_zero: share.blanks,
        }
    }
}

/// An equation between two years.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Link {
    /// `carry-over`, `in-force` or `items`.
    pub chain: &'static str,
    /// The cell of the newer report that it is about.
    pub cell: &'static str,
    /// `holds`, `broken`, `open` (blanks) or `unread`.
    pub status: &'static str,
    /// Sum of its left side, blanks as 0.
    pub left: Value,
    /// Sum of its right side, blanks as 0.
    pub right: Value,
    /// Left minus right.
    pub difference: Value,
}

impl Link {
    pub(crate) fn new(outcome: &Outcome) -> Self {
        let evaluation = outcome.evaluation;
        Self {
            chain: match outcome.chain {
                Chain::CarryOver => "carry-over",
                Chain::InForce => "in-force",
                Chain::Items => "items",
            },
            cell: outcome.cell.as_str(),
            status: match evaluation.status {
                Status::Holds => "holds",
                Status::Violated => "broken",
                Status::Open => "open",
                Status::Unreadable => "unread",
            },
            left: json_number(evaluation.left),
            right: json_number(evaluation.right),
            difference: json_number(evaluation.residual()),
        }
    }
}

/// A section of the prose.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Section {
    /// 1 to 6 by the form; 0 for title and preamble.
    pub section: u8,
    /// How much of it was in the older report.
    pub copied: Copied,
    /// Its sentences in the order of the newer report, dropped ones where they stood.
    pub sentences: Vec<Sentence>,
    /// Sentences that are the same and therefore not listed.
    pub not_listed: usize,
}

/// How much of a section was in the older report, in characters; boilerplate is not counted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Copied {
    /// In sentences taken over word for word.
    pub same: usize,
    /// In sentences taken over with other numbers.
    pub numbers: usize,
    /// In all sentences.
    pub all: usize,
    /// Both together in whole per cent, rounded down; `null` of nothing.
    pub percent: Option<usize>,
}

/// A sentence.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Sentence {
    /// `same`, `numbers` (only numbers or years changed), `reworded`, `new` or `dropped`.
    pub class: &'static str,
    /// Number of the move that it is part of, from 1.
    #[serde(rename = "move", skip_serializing_if = "Option::is_none")]
    pub moved: Option<usize>,
    /// How many sentences stand in `old` and in `new`: one of either, unless a sentence was divided or several became one.
    pub sentences: [usize; 2],
    /// In the older report.
    pub old: Option<Place>,
    /// In the newer report.
    pub new: Option<Place>,
    /// Whether every report may share it with every other one.
    pub boilerplate: bool,
    /// Numbers that it repeats from last year's sentence, and last year itself where it still stands.
    pub kept_numbers: Vec<String>,
}

/// A sentence where it stands.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Place {
    /// 1 to 6 by the form; 0 for title and preamble.
    pub section: u8,
    /// Part of section one, 1 to 5; 0 for none.
    pub part: u8,
    /// Its words.
    pub text: String,
    /// The words that differ from the counterpart.
    pub marks: Vec<Mark>,
    /// Line of the file, if it has lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Body paragraph, if it has those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
}

/// Words within a sentence.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Mark {
    /// Where they start, in characters from 0.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// Neighbouring sentences that moved.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Move {
    /// Where they stood.
    pub from: Spot,
    /// Where they stand.
    pub to: Spot,
    /// How many sentences.
    pub sentences: usize,
}

/// A place of the prose.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Spot {
    /// 1 to 6 by the form; 0 for title and preamble.
    pub section: u8,
    /// Part of section one, 1 to 5; 0 for none.
    pub part: u8,
}

/// What changed in the fixed words.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Template {
    /// Whether the reports follow different forms.
    pub form_changed: bool,
    /// Headings that are worded differently or that only one report has.
    pub headings: Vec<Heading>,
    /// Labels of tables that are written differently.
    pub labels: Vec<Label>,
}

/// A heading.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Heading {
    /// 1 to 6 by the form.
    pub section: u8,
    /// Part of section one; 0 for the heading of the section.
    pub part: u8,
    /// In the older report.
    pub old: Option<String>,
    /// In the newer report.
    pub new: Option<String>,
}

/// A label.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Label {
    /// The table.
    pub table: &'static str,
    /// The official words.
    pub official: String,
    /// In the older report.
    pub old: String,
    /// In the newer report.
    pub new: String,
}

impl ReportName {
    pub(crate) fn new(path: &str, report: &Report) -> Self {
        Self {
            path: path.to_owned(),
            organ: report.organ.as_ref().map(|o| o.name.clone()),
            year: report.year,
            edition: report.edition.id().to_owned(),
        }
    }
}

impl Stand {
    pub(crate) fn new(side: &Side) -> Self {
        let (kind, value, text) = match side {
            Side::Number(n) => ("number", Some(json_number(*n)), None),
            Side::Partial { sum, .. } => ("partial", Some(json_number(*sum)), None),
            Side::Blank => ("blank", None, None),
            Side::NotApplicable => ("not-applicable", None, None),
            Side::Words(words) => ("text", None, Some(words.clone())),
            Side::Unread => ("unread", None, None),
            Side::Absent => ("absent", None, None),
        };
        Self { kind, value, text }
    }
}

/// The stable word of a correspondence.
pub(crate) fn correspondence(kind: Correspondence) -> &'static str {
    match kind {
        Correspondence::Same => "same",
        Correspondence::Sum => "sum",
        Correspondence::Renamed => "renamed",
        Correspondence::None => "none",
    }
}

impl Output {
    /// A comparison in the contract's form.
    pub fn new(page: &Page<'_, '_>) -> Self {
        let Comparison { old, new, order, options, narrative, template, .. } = page.comparison;
        let counts = page.comparison.counts();
        let of = |class| counts.of(class);
        let ignore = options.ignore;
        let ignored =
            [(ignore.whitespace, "whitespace"), (ignore.width, "width"), (ignore.punctuation, "punctuation")];
        let cells = page.comparison.tables.iter().flat_map(nianbao_diff::TableDiff::cells);
        Self {
            version: VERSION,
            old: ReportName::new(page.old_path, old),
            new: ReportName::new(page.new_path, new),
            order: match order {
                Order::AsNamed => "as-named",
                Order::Swapped => "swapped",
                Order::SameYear => "same-year",
                Order::Unknown => "unknown",
            },
            compared: Compared {
                numbers: options.numbers,
                text: options.text,
                ignored: ignored.into_iter().filter(|(on, _)| *on).map(|(_, word)| word).collect(),
                all: page.all,
                coarse: narrative.coarse,
            },
            same: page.comparison.is_same(),
            counts: Counts {
                cells: counts.cells,
                cells_in_writing: counts.writing,
                unread_cells: counts.unread,
                equal_cells: counts.equal_cells,
                single_cells: counts.single_cells,
                jumps: counts.jumps,
                same: of(Class::Same),
                numbers: of(Class::Numbers),
                reworded: of(Class::Reworded),
                new: of(Class::New),
                dropped: of(Class::Dropped),
                moves: counts.moves,
                template: counts.template,
            },
            cells: cells
                .filter(|(_, c)| page.all || c.differs() || !c.comparable())
                .map(|(row, cell)| page.json_cell(row, cell))
                .collect(),
            rates: page
                .comparison
                .rates
                .iter()
                .map(|rate| Rate {
                    rate: rate.formula.id,
                    name: super::pick(page.language, rate.formula.zh, rate.formula.en),
                    formula: super::pick(page.language, rate.formula.says_zh, rate.formula.says_en),
                    old: rate.old.map(Fraction::new),
                    new: rate.new.map(Fraction::new),
                    points: rate.change().map(json_number),
                })
                .collect(),
            links: page.comparison.links.as_ref().map(|all| all.iter().map(Link::new).collect()),
            sections: narrative
                .sections
                .iter()
                .map(|section| {
                    let listed =
                        |i: &&Item| page.all || i.class != Class::Same || i.moved > 0 || !i.kept.is_empty();
                    let sentences: Vec<Sentence> =
                        section.items.iter().filter(listed).map(Sentence::new).collect();
                    let c = section.copied;
                    Section {
                        section: section.number,
                        copied: Copied { same: c.same, numbers: c.numbers, all: c.all, percent: c.percent() },
                        not_listed: section.items.len() - sentences.len(),
                        sentences,
                    }
                })
                .collect(),
            moves: narrative
                .moves
                .iter()
                .map(|m| Move {
                    from: Spot { section: m.from.0, part: m.from.1 },
                    to: Spot { section: m.to.0, part: m.to.1 },
                    sentences: m.sentences,
                })
                .collect(),
            template: Template {
                form_changed: template.editions.is_some(),
                headings: template
                    .headings
                    .iter()
                    .map(|h| Heading {
                        section: h.section,
                        part: h.part,
                        old: h.old.clone(),
                        new: h.new.clone(),
                    })
                    .collect(),
                labels: template
                    .labels
                    .iter()
                    .map(|l| Label {
                        table: l.table,
                        official: l.official.clone(),
                        old: l.old.clone(),
                        new: l.new.clone(),
                    })
                    .collect(),
            },
        }
    }
}

impl Page<'_, '_> {
    fn json_cell(&self, row: &Row, cell: &CellDiff) -> Cell {
        let names = |cells: &[nianbao_schema::CellId]| cells.iter().map(|c| c.as_str()).collect();
        Cell {
            cell: cell.id().as_str(),
            old_cells: names(&cell.pair.old),
            new_cells: names(&cell.pair.new),
            correspondence: correspondence(cell.pair.kind),
            row: row.name.get(self.language).to_owned(),
            column: cell.column.get(self.language).to_owned(),
            old: Stand::new(&cell.old),
            new: Stand::new(&cell.new),
            differs: cell.differs(),
            change: cell.change().map(json_number),
            percent: cell.percent().map(json_number),
            jump: cell.jump,
        }
    }
}

impl Sentence {
    fn new(item: &Item) -> Self {
        let place = |place: &Option<nianbao_diff::Place>| {
            place.as_ref().map(|p| Place {
                section: p.section,
                part: p.part,
                text: p.text.clone(),
                marks: p
                    .marks
                    .iter()
                    .map(|m| Mark {
                        start: p.text[..m.start].chars().count(),
                        end: p.text[..m.end].chars().count(),
                        text: p.text[m.clone()].to_owned(),
                    })
                    .collect(),
                line: Some(p.location.line).filter(|l| *l > 0),
                paragraph: Some(p.location.paragraph).filter(|l| *l > 0),
            })
        };
        Self {
            class: item.class.id(),
            moved: Some(item.moved).filter(|m| *m > 0),
            sentences: [item.sentences.0, item.sentences.1],
            old: place(&item.old),
            new: place(&item.new),
            boilerplate: item.boilerplate,
            kept_numbers: item.kept.clone(),
        }
    }
}
