//! From a [`Document`] to a [`Report`]: sections, parts, the three tables on the official grid, title, organ, year.
//!
//! Recognition never fails and knows neither files nor rules. What it cannot place it says in the notes of the report;
//! it never guesses a number: a cell is filled only when its row label and its column header were both understood.

mod claims;
mod fold;
mod glue;
mod header;
mod headings;
mod labels;
mod loose;
mod outline;
mod owners;
mod pairing;
mod publication;
mod several;
mod slots;
mod spacing;
mod tables;
mod title;

use nianbao_schema::Edition;
use nianbao_schema::document::{Document, FileKind};
use nianbao_schema::form::Form;
use nianbao_schema::organ::{Level, OrganKind, Scope, kind_of, level_of};
use nianbao_schema::report::{Day, EditionBasis, Organ, Report};

/// What the user says of the report, where the file does not.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// The kind of the organ.
    pub organ_kind: Option<OrganKind>,
    /// The report year, if the file states none; of several reports in a file the one that is meant.
    pub year: Option<u16>,
    /// The day of publication.
    pub published: Option<Day>,
    /// Month and day of the following year by which the report is to be published, where local rules set one.
    pub deadline: Option<(u8, u8)>,
    /// The name of the organ, if the title names none.
    pub organ_name: Option<String>,
    /// Other names of the organ.
    pub aliases: Vec<String>,
    /// What the organ is besides its kind.
    pub also: Vec<OrganKind>,
    /// The level of the organ.
    pub level: Option<Level>,
    /// Whose figures the report counts.
    pub scope: Option<Scope>,
}

/// Understands a document as a report.
pub fn recognize(document: &Document, hints: &Hints) -> Report {
    let simple = fold::simplify(document);
    let document = simple.as_ref().unwrap_or(document);
    let (document, several) = several::choose(document, hints);
    let document = document.as_ref();
    let outline = outline::read(document);
    let year = title::years(&outline, hints.year);
    let (edition, basis) = edition(document, year.best);
    let mut report = Report::new(edition);
    report.edition_basis = basis;
    report.year = year.best;
    report.year_evidence = year.evidence;
    report.period = year.period;
    report.organ = organ(&outline, hints);
    report.publication = publication::find(document, &outline, hints.published);
    report.deadline = hints.deadline;
    report.url.clone_from(&document.metadata.url);
    report.title = outline.title;
    report.lines = outline.lines;
    report.sections = outline.sections;
    report.notes.extend(document.notes.iter().cloned());
    report.notes.extend(outline.notes);
    report.notes.extend(several);
    tables::place(document, &mut report);
    if document.kind == FileKind::Json {
        // It brings the notes of the file that it was made from.
        report.notes.clone_from(&document.notes);
    }
    report.claims = claims::read(&report);
    report
}

/// The edition by the majority of labels that only one form has; without such labels by the year.
fn edition(document: &Document, year: Option<u16>) -> (Edition, EditionBasis) {
    let seen = tables::markers(document);
    let most = seen.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let leaders: Vec<Edition> =
        seen.iter().filter(|(_, n)| *n == most && most > 0).map(|(e, _)| *e).collect();
    if let [one] = leaders[..] {
        return (one, EditionBasis::Labels(seen));
    }
    match year.and_then(Form::for_year) {
        Some(form) => (form.edition, EditionBasis::Year),
        None => (*Edition::ALL.last().unwrap_or(&Edition::E2021), EditionBasis::Assumed),
    }
}

/// The organ that the title names, else the one that the user named. The name of the site does not count: sites carry the
/// reports of many organs.
fn organ(outline: &outline::Outline, hints: &Hints) -> Option<Organ> {
    let titled = outline.title.as_ref().and_then(|title| title::organ_in(&title.text));
    let name = titled.or_else(|| hints.organ_name.clone())?;
    let kind = hints.organ_kind.or_else(|| kind_of(&name));
    let level = hints.level.or_else(|| kind.and_then(|k| level_of(&name, k)));
    // The full name from the configuration is another name where the title has a shorter one.
    let configured = hints.organ_name.iter().filter(|n| **n != name);
    Some(Organ {
        aliases: configured.chain(&hints.aliases).cloned().collect(),
        also: hints.also.clone(),
        scope: hints.scope,
        given: hints.organ_kind.is_some(),
        name,
        kind,
        level,
    })
}
