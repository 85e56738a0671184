//! The JSON contract of `nianbao lint`.

use nianbao_lint::{Coverage, Evidence, Finding, Outcome, RuleMeta, memory};
use nianbao_schema::contract::FileError;
use nianbao_schema::report::Report;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Checked, Options, Summary};

/// Version of this contract.
pub const VERSION: u32 = 1;

/// What a run found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "lint", deny_unknown_fields)]
pub struct Output {
    /// Version of this contract.
    pub version: u32,
    /// The files, in order of their paths.
    pub files: Vec<File>,
    /// Counts.
    pub summary: Counts,
}

/// Counts over all files.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Counts {
    /// Files asked for.
    pub files: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are hints.
    pub infos: usize,
    /// Findings that are closed by a suppression.
    pub suppressed: usize,
    /// Findings that are closed by an explanation.
    pub explained: usize,
    /// Findings that the baseline knows; all others are new.
    pub known: usize,
    /// Findings of the baseline that are gone.
    pub fixed: usize,
}

/// One file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "lint-file", deny_unknown_fields)]
pub struct File {
    /// The path as given.
    pub path: String,
    /// The form that the tables follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The report year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Name of the organ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organ: Option<String>,
    /// The findings, in the order of the report; absent if the file could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<Vec<Diagnostic>>,
    /// Findings that count no more, with what closed them; absent if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub closed: Vec<Closed>,
    /// What every rule that ran made of the file, by code; absent if the file could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<RuleOutcome>>,
    /// What no rule could reach; absent if the file could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreached: Option<Unreached>,
    /// Why the file could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<FileError>,
}

/// A finding that counts no more.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Closed {
    /// What closed it: `suppression`, `explanation` or `baseline`.
    pub by: &'static str,
    /// The reason, as the configuration states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the reason is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The finding.
    pub diagnostic: Diagnostic,
}

/// What a rule made of a file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct RuleOutcome {
    /// Code of the rule.
    pub code: &'static str,
    /// `found`, `passed` or `not-assessable`.
    pub outcome: &'static str,
    /// How much it found, before suppressions and baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<usize>,
    /// Why it could not check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What no rule could reach.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Unreached {
    /// How many cells the form has.
    pub official_cells: usize,
    /// Official cells without a number that a rule could use, by reason. Blank cells were read and are not here.
    pub cells: Vec<UnreachedCells>,
    /// Numbers of the prose that no rule compares with anything.
    pub claims: Vec<UnreachedClaim>,
}

/// Official cells that no rule could reach for the same reason.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct UnreachedCells {
    /// `table-missing`, `row-missing`, `not-placed` or `not-a-number`.
    pub reason: &'static str,
    /// The cells.
    pub cells: Vec<&'static str>,
}

/// A number of the prose that no rule could reach.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct UnreachedClaim {
    /// Its words.
    pub text: String,
    /// Line of the file, if it has lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Why it is compared with nothing.
    pub reason: String,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Diagnostic {
    /// Code of the rule, e.g. `N101`.
    pub code: &'static str,
    /// Name of the rule, e.g. `unbalanced-applications`.
    pub rule: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// `author`: the text or number is wrong; `extraction`: the file or its conversion lost something.
    pub origin: &'static str,
    /// Official class of fault: `late`, `inaccurate`, `incomplete`, `perfunctory`.
    pub class: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The clause that it rests on.
    pub source: Option<Source>,
    /// Every official cell that it is about.
    pub cells: Vec<&'static str>,
    /// Cells that probably hold the wrong value, most probable first.
    pub suspects: Vec<Suspect>,
    /// The official equations that fail, with their numbers.
    pub identities: Vec<BrokenIdentity>,
    /// Words of the report that it is about, each with the sentence around it.
    pub quotes: Vec<Quote>,
    /// Where.
    pub location: Location,
    /// A name that stays the same when lines above change.
    pub fingerprint: String,
    /// A safe change that removes it.
    pub fix: Option<Fix>,
}

/// A clause.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Source {
    /// Number of the document, or its title.
    pub document: String,
    /// The clause.
    pub clause: String,
}

/// A cell that probably holds the wrong value.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Suspect {
    /// The cell.
    pub cell: &'static str,
    /// Its number now, or its words.
    pub seen: serde_json::Value,
    /// What it most probably should be.
    pub proposed: Option<serde_json::Value>,
    /// Why.
    pub reason: String,
    /// Which explanation it belongs to, from 1: cells of the same explanation are wrong together.
    pub explanation: usize,
}

/// An official equation that fails.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct BrokenIdentity {
    /// The family of the identity, e.g. `applications.balance`.
    pub identity: String,
    /// The column, row or group that it is about.
    pub at: String,
    /// It in words, with its numbers.
    pub text: String,
    /// Left and right side as things stand.
    pub before: Sides,
    /// Left and right side if the first suspects are right.
    pub after: Option<Sides>,
}

/// The two sides of an equation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Sides {
    /// Sum of the left side.
    pub left: serde_json::Value,
    /// Sum of the right side.
    pub right: serde_json::Value,
}

/// Words of the report.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Quote {
    /// The sentence, heading or label.
    pub text: String,
    /// The words in it that are meant.
    pub marked: Vec<String>,
    /// Line of the file, if it has lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// Where a finding is. Numbers count from 1 and are absent where they do not apply.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Location {
    /// Section of the form, 1 to 6; 0 for title and preamble.
    pub section: u8,
    /// Part of section one, 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<u8>,
    /// Table id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<&'static str>,
    /// Row in the words of the form, if it is about one cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Column in the words of the form, if it is about one cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Page of the file, if it has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column of that line, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub col: Option<u32>,
    /// Body paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// Table of the file, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_number: Option<u32>,
    /// Row of that table, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_row: Option<u32>,
    /// Cell of that row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_cell: Option<u32>,
}

/// A safe change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Fix {
    /// Replacements.
    pub edits: Vec<Edit>,
}

/// A replacement.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Edit {
    /// The old words.
    pub old: String,
    /// The new words.
    pub new: String,
    /// Line of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column of that line, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub col: Option<u32>,
}

fn given(n: u32) -> Option<u32> {
    (n > 0).then_some(n)
}

impl Diagnostic {
    /// A finding in the contract's form.
    pub fn new(report: &Report, finding: &Finding, options: &Options) -> Self {
        let language = options.language;
        let at = finding.place.location.unwrap_or_default();
        let cell = finding.place.cell.and_then(|c| report.form().cell(c));
        let number_or_words = |words: &str| match words.parse() {
            _ if words.is_empty() => serde_json::Value::Null,
            Ok(n) => nianbao_schema::contract::json_number(n),
            Err(_) => words.into(),
        };
        Self {
            code: finding.rule.code,
            rule: finding.rule.name,
            severity: finding.severity.id(),
            origin: finding.origin.id(),
            class: finding.rule.class.id(),
            message: finding.message.get(language).to_owned(),
            help: finding.help.as_ref().map(|h| h.get(language).to_owned()),
            source: finding.source.and_then(nianbao_schema::source::Cite::resolve).map(|(source, clause)| {
                Source { document: source.short_name(), clause: clause.name.clone() }
            }),
            cells: finding.cells.iter().map(|c| c.as_str()).collect(),
            suspects: finding
                .suspects
                .iter()
                .map(|s| Suspect {
                    cell: s.cell.as_str(),
                    seen: number_or_words(&s.seen),
                    proposed: s.proposed.as_deref().map(number_or_words),
                    reason: s.reason.get(language).to_owned(),
                    explanation: s.explanation,
                })
                .collect(),
            identities: finding
                .identities
                .iter()
                .map(|i| {
                    let sides = |(left, right): &(String, String)| Sides {
                        left: number_or_words(left),
                        right: number_or_words(right),
                    };
                    BrokenIdentity {
                        identity: i.family.clone(),
                        at: i.at.clone(),
                        text: i.text.get(language).to_owned(),
                        before: sides(&i.before),
                        after: i.after.as_ref().map(sides),
                    }
                })
                .collect(),
            quotes: finding
                .evidence
                .iter()
                .filter_map(|e| match e {
                    Evidence::Quote { text, marks, location } => Some(Quote {
                        text: text.clone(),
                        marked: marks.iter().map(|m| text[m.clone()].to_owned()).collect(),
                        line: given(location.line),
                    }),
                    Evidence::Cells { .. } => None,
                })
                .collect(),
            location: Location {
                section: finding.place.section,
                part: (finding.place.part > 0).then_some(finding.place.part),
                table: finding.place.table,
                row: cell.map(|c| c.row.name.get(language).to_owned()).filter(|r| !r.is_empty()),
                column: cell.map(|c| c.column.name.get(language).to_owned()),
                page: given(at.page),
                line: given(at.line),
                col: given(at.column),
                paragraph: given(at.paragraph),
                table_number: given(at.table),
                table_row: given(at.row),
                table_cell: given(at.cell),
            },
            fingerprint: finding.fingerprint(),
            fix: finding.safe_fix().map(|fix| Fix {
                edits: fix
                    .edits
                    .iter()
                    .map(|e| Edit {
                        old: e.old.clone(),
                        new: e.new.clone(),
                        line: given(e.location.line),
                        col: given(e.location.column),
                    })
                    .collect(),
            }),
        }
    }
}

impl Closed {
    fn new(report: &Report, closed: &memory::Closed, options: &Options) -> Self {
        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        Self {
            by: closed.by.id(),
            reason: given(&closed.reason),
            origin: given(&closed.origin),
            diagnostic: Diagnostic::new(report, &closed.finding, options),
        }
    }
}

impl File {
    /// A file in the contract's form.
    pub fn new(checked: &Checked, options: &Options) -> Self {
        let path = checked.path.clone();
        match &checked.outcome {
            Ok((report, lint)) => Self {
                path,
                edition: (!lint.about_configuration).then(|| report.edition.id().to_owned()),
                year: report.year,
                organ: report.organ.as_ref().map(|o| o.name.clone()),
                diagnostics: Some(
                    lint.findings.iter().map(|f| Diagnostic::new(report, f, options)).collect(),
                ),
                closed: lint.closed.iter().map(|c| Closed::new(report, c, options)).collect(),
                rules: Some(lint.outcomes.iter().map(|(m, o)| RuleOutcome::new(m, o, options)).collect()),
                unreached: Some(Unreached::new(report, &lint.coverage, options)),
                error: None,
            },
            Err(failure) => Self {
                path,
                edition: None,
                year: None,
                organ: None,
                diagnostics: None,
                closed: Vec::new(),
                rules: None,
                unreached: None,
                error: Some(FileError {
                    kind: failure.kind.clone(),
                    message: failure.message.get(options.language).to_owned(),
                }),
            },
        }
    }
}

impl RuleOutcome {
    fn new(rule: &RuleMeta, outcome: &Outcome, options: &Options) -> Self {
        let (word, findings, reason) = match outcome {
            Outcome::Found(count) => ("found", Some(*count), None),
            Outcome::Passed => ("passed", None, None),
            Outcome::NotAssessable(why) => {
                ("not-assessable", None, Some(why.0.get(options.language).to_owned()))
            }
        };
        Self { code: rule.code, outcome: word, findings, reason }
    }
}

impl Unreached {
    fn new(report: &Report, coverage: &Coverage, options: &Options) -> Self {
        let cells = coverage.cells.iter().map(|u| UnreachedCells {
            reason: u.reason.id(),
            cells: u.cells.iter().map(|c| c.as_str()).collect(),
        });
        let claims = coverage.claims.iter().filter_map(|claim| {
            let text = &report.lines.get(claim.line)?.text;
            Some(UnreachedClaim {
                text: text.value.get(claim.range.clone())?.to_owned(),
                line: given(text.at(claim.range.start).line),
                reason: claim.reason.get(options.language).to_owned(),
            })
        });
        Self { official_cells: coverage.official_cells, cells: cells.collect(), claims: claims.collect() }
    }
}

impl Output {
    /// The whole run.
    pub fn new(files: Vec<File>, summary: &Summary) -> Self {
        let Summary {
            files: count,
            unreadable,
            errors,
            warnings,
            infos,
            suppressed,
            explained,
            known,
            fixed,
        } = *summary;
        Self {
            version: VERSION,
            files,
            summary: Counts {
                files: count,
                unreadable,
                errors,
                warnings,
                infos,
                suppressed,
                explained,
                known,
                fixed,
            },
        }
    }
}
