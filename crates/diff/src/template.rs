//! What changed with the form and in its fixed words, apart from numbers and prose.

use nianbao_schema::Edition;
use nianbao_schema::form::Mapping;
use nianbao_schema::prose::headings;
use nianbao_schema::report::{LabelKind, Report};
use nianbao_text::label;

/// A heading that is worded differently, or that only one report has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingChange {
    /// Section of the form, 1 to 6.
    pub section: u8,
    /// Part of section one; 0 for the heading of the section.
    pub part: u8,
    /// In the older report.
    pub old: Option<String>,
    /// In the newer report.
    pub new: Option<String>,
}

/// A label of a table that is written differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelChange {
    /// The table.
    pub table: &'static str,
    /// The official words.
    pub official: String,
    /// In the older report.
    pub old: String,
    /// In the newer report.
    pub new: String,
}

/// What changed in the fixed words.
#[derive(Debug, Default)]
pub struct Template {
    /// The forms, if they are different ones.
    pub editions: Option<(Edition, Edition)>,
    /// What the change of form means for the cells.
    pub mappings: Vec<&'static Mapping>,
    /// Headings.
    pub headings: Vec<HeadingChange>,
    /// Labels; compared only where both reports follow the same form.
    pub labels: Vec<LabelChange>,
}

impl Template {
    /// Whether nothing changed.
    pub fn is_same(&self) -> bool {
        self.editions.is_none() && self.headings.is_empty() && self.labels.is_empty()
    }
}

pub(crate) fn template(old: &Report, new: &Report) -> Template {
    let crossed = old.edition != new.edition;
    Template {
        editions: crossed.then_some((old.edition, new.edition)),
        mappings: if crossed { new.form().crosswalk.iter().collect() } else { Vec::new() },
        headings: heading_changes(old, new),
        labels: if crossed { Vec::new() } else { label_changes(old, new) },
    }
}

fn heading_changes(old: &Report, new: &Report) -> Vec<HeadingChange> {
    let (before, after) = (headings(old), headings(new));
    let mut places: Vec<(u8, u8)> = before.iter().chain(&after).map(|h| (h.section, h.part)).collect();
    places.sort_unstable();
    places.dedup();
    let at = |all: &[nianbao_schema::prose::Heading<'_>], place: (u8, u8)| {
        all.iter().find(|h| (h.section, h.part) == place).map(|h| h.text.to_owned())
    };
    places
        .into_iter()
        .map(|place| HeadingChange {
            section: place.0,
            part: place.1,
            old: at(&before, place),
            new: at(&after, place),
        })
        .filter(|h| h.old.as_deref().map(label::normal) != h.new.as_deref().map(label::normal))
        .collect()
}

fn label_changes(old: &Report, new: &Report) -> Vec<LabelChange> {
    let mut changes: Vec<LabelChange> = Vec::new();
    let mut used = vec![false; old.labels.len()];
    for after in &new.labels {
        let same_place = |i: &usize| {
            let before = &old.labels[*i];
            !used[*i]
                && (before.table, kind(before.kind), &before.official)
                    == (after.table, kind(after.kind), &after.official)
        };
        let Some(at) = (0..old.labels.len()).find(same_place) else { continue };
        used[at] = true;
        let (a, b) = (old.labels[at].text.value.trim(), after.text.value.trim());
        // A header that is repeated on every page is one label.
        if label::normal(a) != label::normal(b) && !changes.iter().any(|c| c.old == a && c.new == b) {
            changes.push(LabelChange {
                table: after.table,
                official: after.official.clone(),
                old: a.to_owned(),
                new: b.to_owned(),
            });
        }
    }
    changes
}

fn kind(kind: LabelKind) -> u8 {
    match kind {
        LabelKind::Caption => 0,
        LabelKind::Column => 1,
        LabelKind::Row => 2,
    }
}
