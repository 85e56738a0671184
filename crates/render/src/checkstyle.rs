//! Checkstyle XML: what many review tools read.

use std::fmt::Write as _;

use crate::escape::markup;
use crate::format::Writer;
use crate::{Checked, Options, Summary};

/// The format.
#[derive(Debug)]
pub(crate) struct Checkstyle {
    options: Options,
    started: bool,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";

impl Checkstyle {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, started: false }
    }

    fn head(&mut self) -> String {
        if std::mem::replace(&mut self.started, true) { String::new() } else { HEAD.to_owned() }
    }
}

impl Writer for Checkstyle {
    fn file(&mut self, checked: &Checked) -> String {
        let mut out = self.head();
        let _ = writeln!(out, "  <file name=\"{}\">", markup(&checked.path));
        let mut error = |line: u32, column: u32, severity: &str, message: &str, source: &str| {
            let _ = write!(out, "    <error line=\"{line}\"");
            if column > 0 {
                let _ = write!(out, " column=\"{column}\"");
            }
            let _ = writeln!(
                out,
                " severity=\"{severity}\" message=\"{}\" source=\"nianbao.{source}\"/>",
                markup(message)
            );
        };
        match &checked.outcome {
            Ok((_, lint)) => {
                for finding in &lint.findings {
                    let at = finding.place.location.unwrap_or_default();
                    let message = finding.message.get(self.options.language);
                    error(at.line, at.column, finding.severity.id(), message, finding.rule.code);
                }
            }
            Err(failure) => error(0, 0, "error", failure.message.get(self.options.language), &failure.kind),
        }
        out.push_str("  </file>\n");
        out
    }

    fn end(&mut self, _: &Summary) -> String {
        self.head() + "</checkstyle>\n"
    }
}
