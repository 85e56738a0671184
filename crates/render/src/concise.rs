//! One line a finding: `PATH:LINE:COLUMN: severity[CODE name] message`.

use std::fmt::Write as _;

use nianbao_lint::Lint;

use crate::Options;
use crate::escape::shown;
use crate::words::{location, style};

/// The findings of one file, one line each.
pub fn file(path: &str, lint: &Lint, options: &Options) -> String {
    let (mut out, path) = (String::new(), shown(path));
    for finding in &lint.findings {
        let at = finding.place.location.unwrap_or_default();
        let place = if at.line > 0 {
            format!("{path}:{}:{}", at.line, at.column)
        } else {
            match location(&at, options.language) {
                words if words.is_empty() => path.to_string(),
                words => format!("{path}:{words}"),
            }
        };
        let (mark, severity) = (style(finding.severity), finding.severity.id());
        let (code, name) = (finding.rule.code, finding.rule.name);
        let message = finding.message.get(options.language);
        let _ = writeln!(out, "{place}: {mark}{severity}{mark:#}[{code} {name}] {message}");
    }
    out
}
