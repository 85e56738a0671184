//! Findings of all files by rule: what a reviewer of many reports sends back as one list of faults.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_lint::RuleMeta;
use nianbao_schema::Language;

use crate::format::Writer;
use crate::words::{self, dim, style};
use crate::{Checked, Options, Summary, full};

/// The format.
#[derive(Debug)]
pub(crate) struct Grouped {
    options: Options,
    rules: BTreeMap<&'static str, Group>,
}

#[derive(Debug)]
struct Group {
    rule: &'static RuleMeta,
    worst: nianbao_lint::Severity,
    files: usize,
    lines: Vec<String>,
}

impl Grouped {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, rules: BTreeMap::new() }
    }
}

impl Writer for Grouped {
    fn file(&mut self, checked: &Checked) -> String {
        let Ok((report, lint)) = &checked.outcome else { return String::new() };
        let mut last = BTreeMap::new();
        for (i, finding) in lint.findings.iter().enumerate() {
            let group = self.rules.entry(finding.rule.code).or_insert_with(|| Group {
                rule: finding.rule,
                worst: finding.severity,
                files: 0,
                lines: Vec::new(),
            });
            group.worst = group.worst.max(finding.severity);
            if last.insert(finding.rule.code, i).is_none() {
                group.files += 1;
            }
            let (mark, dim) = (style(finding.severity), dim());
            let language = self.options.language;
            group.lines.push(format!(
                "  {mark}{}{mark:#} {}  {}\n      {dim}{}{dim:#}",
                finding.severity.name(language),
                checked.path,
                finding.message.get(language),
                words::place(report, &finding.place, language)
            ));
        }
        String::new()
    }

    fn end(&mut self, summary: &Summary) -> String {
        let zh = self.options.language == Language::Zh;
        let mut groups: Vec<Group> = std::mem::take(&mut self.rules).into_values().collect();
        groups.sort_by_key(|g| (std::cmp::Reverse(g.worst), g.rule.code));
        let mut out = String::new();
        for group in groups {
            let bold = anstyle::Style::new().bold();
            let rule = group.rule;
            let title = if zh { rule.title } else { rule.title_en };
            let (count, files) = (group.lines.len(), group.files);
            let counts = if zh {
                format!("{files} 个文件，{count} 处")
            } else {
                format!("{files} files, {count} findings")
            };
            let _ = writeln!(out, "{bold}{} {} {title}{bold:#}  {counts}", rule.code, rule.name);
            for line in group.lines {
                let _ = writeln!(out, "{line}");
            }
            out.push('\n');
        }
        out + &full::summary(summary, &self.options)
    }
}
