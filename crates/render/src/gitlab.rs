//! Code Quality report of GitLab (a subset of the Code Climate format): description, check name, fingerprint, severity,
//! path and line of every finding.

use nianbao_lint::Severity;
use serde::Serialize;

use crate::escape::from_here;
use crate::format::{Writer, pretty};
use crate::{Checked, Options, Summary};

/// The format.
#[derive(Debug)]
pub(crate) struct Gitlab {
    options: Options,
    issues: Vec<Issue>,
}

#[derive(Debug, Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Place,
}

#[derive(Debug, Serialize)]
struct Place {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: u32,
}

impl Gitlab {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, issues: Vec::new() }
    }
}

impl Writer for Gitlab {
    fn file(&mut self, checked: &Checked) -> String {
        // GitLab wants a line even where a file has none.
        let place = |line: u32| Place { path: from_here(&checked.path), lines: Lines { begin: line.max(1) } };
        // The same finding in two files is two.
        let unique = |fingerprint: &str| {
            format!(
                "{:016x}",
                xxhash_rust::xxh3::xxh3_64(format!("{}\n{fingerprint}", checked.path).as_bytes())
            )
        };
        match &checked.outcome {
            Ok((_, lint)) => self.issues.extend(lint.findings.iter().map(|finding| Issue {
                description: finding.message.get(self.options.language).to_owned(),
                check_name: format!("{} {}", finding.rule.code, finding.rule.name),
                fingerprint: unique(&finding.fingerprint()),
                severity: match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: place(finding.place.location.map_or(0, |l| l.line)),
            })),
            Err(failure) => self.issues.push(Issue {
                description: failure.message.get(self.options.language).to_owned(),
                check_name: failure.kind.clone(),
                fingerprint: unique(&failure.kind),
                severity: "blocker",
                location: place(0),
            }),
        }
        String::new()
    }

    fn end(&mut self, _: &Summary) -> String {
        pretty(&self.issues)
    }
}
