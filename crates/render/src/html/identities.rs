//! What the page needs to show the identities of a cell as a tree: the equations of the forms once, and for every file
//! which of them hold.

use std::collections::BTreeMap;

use nianbao_identities::{Status, evaluate, known};
use nianbao_schema::form::{Form, Relation};
use nianbao_schema::report::Report;
use nianbao_schema::{Edition, Language};
use serde::Serialize;

/// The data of the page.
#[derive(Debug, Default, Serialize)]
pub(super) struct Data {
    forms: BTreeMap<&'static str, FormData>,
    files: BTreeMap<usize, FileData>,
}

#[derive(Debug, Serialize)]
struct FormData {
    names: BTreeMap<&'static str, String>,
    identities: Vec<IdentityData>,
}

#[derive(Debug, Serialize)]
struct IdentityData {
    says: String,
    left: Vec<&'static str>,
    right: Vec<&'static str>,
    relation: &'static str,
}

#[derive(Debug, Serialize)]
struct FileData {
    form: &'static str,
    /// One letter an identity, in the form's order: holds, open, violated, unreadable.
    states: String,
}

impl Data {
    /// Adds a file.
    pub(super) fn add(&mut self, number: usize, report: &Report, language: Language) {
        let form = report.form();
        self.forms.entry(report.edition.id()).or_insert_with(|| FormData::new(report.edition, language));
        let states = form.identities().iter().map(|identity| {
            match evaluate(identity, |cell| known(report, cell)).status {
                Status::Holds => 'h',
                Status::Open => 'o',
                Status::Violated => 'v',
                Status::Unreadable => 'u',
            }
        });
        self.files.insert(number, FileData { form: report.edition.id(), states: states.collect() });
    }

    /// Takes out a file that is not shown after all.
    pub(super) fn remove(&mut self, number: usize) {
        self.files.remove(&number);
    }

    /// As JSON that may stand in a `script` element.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }
}

impl FormData {
    fn new(edition: Edition, language: Language) -> Self {
        let form = Form::of(edition);
        let names = form.cells().iter().map(|c| (c.id.as_str(), c.name(language))).collect();
        let identities = form
            .identities()
            .iter()
            .map(|i| IdentityData {
                says: i.says.get(language).to_owned(),
                left: i.left.iter().map(|c| c.as_str()).collect(),
                right: i.right.iter().map(|c| c.as_str()).collect(),
                relation: match i.relation {
                    Relation::Equal => "=",
                    Relation::AtLeast => "≥",
                },
            })
            .collect();
        Self { names, identities }
    }
}
