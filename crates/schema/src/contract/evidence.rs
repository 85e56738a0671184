//! Where the facts about a report come from: what `nianbao extract` writes so that a wrong organ or year can be traced.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::Location;
use crate::organ;
use crate::report::{EditionBasis, Organ, Report, YearSource};

/// Where organ, kind, level, year and edition were read, or how they were inferred.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedEvidence {
    /// Of the organ and of its kind and level.
    pub organ: Option<OrganEvidence>,
    /// Every statement of a year that counts as the report's own, best first; the first one decides.
    pub years: Vec<YearStatement>,
    /// Whether these statements contradict each other.
    pub year_conflict: bool,
    /// Of the edition.
    pub edition: EditionEvidence,
}

/// Where the organ was read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OrganEvidence {
    /// `title`: the title in the body; `metadata`: the title that the file carries outside its body.
    pub source: String,
    /// The words that name it: the whole title.
    pub text: String,
    /// Where these words begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// How the kind was decided; `null` if it is not known.
    pub kind: Option<WordEvidence>,
    /// How the level was decided; `null` if it is not known.
    pub level: Option<WordEvidence>,
}

/// What a kind or level was inferred from.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct WordEvidence {
    /// `given` by the user; `name`: a word of the organ's name; `kind`: follows from the kind of the organ.
    pub source: String,
    /// That word: `局`, `县`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
}

/// A statement of the report's year.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct YearStatement {
    /// The year.
    pub year: u16,
    /// `title`, `period`, `prose`; `given` by the user because the file states none.
    pub source: String,
    /// The words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How often it is stated there.
    pub times: usize,
    /// Where the first of these statements begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// How the edition was decided.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EditionEvidence {
    /// `labels` that only one form has; the `year`; `assumed` because there was neither.
    pub source: String,
    /// How many different labels of each form were seen.
    pub labels: Vec<LabelCount>,
}

/// Labels of one form.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LabelCount {
    /// The form.
    pub edition: String,
    /// How many different labels that only it has.
    pub count: usize,
}

/// A place that says something; the title of a file's metadata has none.
fn known(location: Location) -> Option<Location> {
    (location != Location::default()).then_some(location)
}

impl From<&Report> for ExtractedEvidence {
    fn from(report: &Report) -> Self {
        Self {
            organ: report.organ.as_ref().and_then(|o| organ_evidence(report, o)),
            years: years(report),
            year_conflict: report.year_in_doubt(),
            edition: edition(report),
        }
    }
}

fn organ_evidence(report: &Report, organ: &Organ) -> Option<OrganEvidence> {
    let title = report.title.as_ref()?;
    let location = known(title.location);
    let kind = organ.kind.map(|kind| {
        if organ.given {
            return WordEvidence { source: "given".into(), word: None };
        }
        WordEvidence { source: "name".into(), word: organ::kind_word(&organ.name, kind).map(str::to_owned) }
    });
    let level = organ.kind.zip(organ.level).map(|(kind, _)| match organ::level_word(&organ.name, kind) {
        Some(word) => WordEvidence { source: "name".into(), word: Some(word.to_owned()) },
        None => WordEvidence { source: "kind".into(), word: None },
    });
    let source = if location.is_some() { "title" } else { "metadata" };
    Some(OrganEvidence { source: source.into(), text: title.text.clone(), location, kind, level })
}

fn years(report: &Report) -> Vec<YearStatement> {
    let statements: Vec<YearStatement> = report
        .year_evidence
        .iter()
        .map(|evidence| {
            let line = evidence.at.as_ref().and_then(|(line, range)| {
                report.lines.get(*line).map(|l| {
                    let sentence = nianbao_text::sentence::sentence_at(&l.text.value, range.start);
                    (l.text.value[sentence].to_owned(), l.text.at(range.start))
                })
            });
            let (text, location) = match (evidence.source, line) {
                (_, Some((text, location))) => (Some(text), known(location)),
                (YearSource::Title, None) => match &report.title {
                    Some(title) => (Some(title.text.clone()), known(title.location)),
                    None => (None, None),
                },
                (_, None) => (None, None),
            };
            let source = match evidence.source {
                YearSource::Title => "title",
                YearSource::Period => "period",
                YearSource::Prose => "prose",
            };
            YearStatement {
                year: evidence.year,
                source: source.into(),
                text,
                times: evidence.times,
                location,
            }
        })
        .collect();
    match report.year {
        Some(year) if statements.is_empty() => {
            vec![YearStatement { year, source: "given".into(), text: None, times: 1, location: None }]
        }
        _ => statements,
    }
}

fn edition(report: &Report) -> EditionEvidence {
    let (source, labels) = match &report.edition_basis {
        EditionBasis::Labels(seen) => ("labels", seen.as_slice()),
        EditionBasis::Year => ("year", [].as_slice()),
        EditionBasis::Assumed => ("assumed", [].as_slice()),
    };
    let labels =
        labels.iter().map(|(edition, count)| LabelCount { edition: edition.id().to_owned(), count: *count });
    EditionEvidence { source: source.into(), labels: labels.collect() }
}
