//! Workflow commands of GitHub Actions: findings as annotations beside the files of a change.

use std::fmt::Write as _;

use nianbao_lint::{Finding, Severity};
use nianbao_schema::report::Report;

use crate::escape::from_here;
use crate::format::Writer;
use crate::{Checked, Options, Summary, words};

/// The format.
#[derive(Debug)]
pub(crate) struct Github {
    pub(crate) options: Options,
}

impl Writer for Github {
    fn file(&mut self, checked: &Checked) -> String {
        let mut out = String::new();
        match &checked.outcome {
            Ok((report, lint)) => {
                for finding in &lint.findings {
                    self.finding(&mut out, &checked.path, report, finding);
                }
            }
            Err(failure) => {
                let message = failure.message.get(self.options.language);
                let _ =
                    writeln!(out, "::error file={}::{}", property(&from_here(&checked.path)), data(message));
            }
        }
        out
    }

    fn end(&mut self, _: &Summary) -> String {
        String::new()
    }
}

impl Github {
    fn finding(&self, out: &mut String, path: &str, report: &Report, finding: &Finding) {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let _ = write!(out, "::{command} file={}", property(&from_here(path)));
        let at = finding.place.location.unwrap_or_default();
        if at.line > 0 {
            let _ = write!(out, ",line={}", at.line);
            if at.column > 0 {
                let _ = write!(out, ",col={}", at.column);
            }
        }
        let title = words::rule_name(finding, self.options.language);
        let _ = writeln!(
            out,
            ",title={}::{}",
            property(&title),
            data(&words::paragraphs(report, finding, self.options.language).join("\n"))
        );
    }
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
