//! Findings of all files by class and rule: what a reviewer of many reports sends back as one list of faults.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_lint::{Class, RuleMeta, Severity};
use nianbao_schema::Language;
use nianbao_text::width::{width, wrap};

use crate::escape::shown;
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
    worst: Severity,
    files: usize,
    severities: [usize; 3],
    items: Vec<String>,
}

impl Grouped {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, rules: BTreeMap::new() }
    }

    /// A finding: path and message on one line where they fit, then its place.
    fn item(&self, severity: Severity, path: &str, message: &str, place: &str) -> String {
        const INDENT: usize = 6;
        let (mark, dim) = (style(severity), dim());
        let (word, path) = (severity.name(self.options.language), shown(path));
        let head = width(&format!("  {word} {path}  "));
        let mut out = format!("  {mark}{word}{mark:#} {path}");
        if head + width(message) <= self.options.width {
            let _ = writeln!(out, "  {message}");
        } else {
            out.push('\n');
            for line in wrap(message, self.options.width.saturating_sub(INDENT)) {
                let _ = writeln!(out, "{:INDENT$}{line}", "");
            }
        }
        for line in wrap(place, self.options.width.saturating_sub(INDENT)) {
            let _ = writeln!(out, "{:INDENT$}{dim}{line}{dim:#}", "");
        }
        out
    }

    /// What stands above the rules of a class.
    fn heading(&self, class: Class, groups: &[Group]) -> String {
        let zh = self.options.language == Language::Zh;
        let bold = anstyle::Style::new().bold().underline();
        let counts: Vec<String> = Severity::ALL
            .iter()
            .rev()
            .filter_map(|s| {
                let count: usize = groups.iter().map(|g| g.severities[*s as usize]).sum();
                let word = s.name(self.options.language);
                (count > 0).then(|| if zh { format!("{count} 个{word}") } else { format!("{count} {word}") })
            })
            .collect();
        let (name, between) = if zh { (class.name(), "，") } else { (class.id(), ", ") };
        format!("{bold}{name}{bold:#}  {}\n\n", counts.join(between))
    }
}

impl Writer for Grouped {
    fn file(&mut self, checked: &Checked) -> String {
        let Ok((report, lint)) = &checked.outcome else { return String::new() };
        let mut last = BTreeMap::new();
        for (i, finding) in lint.findings.iter().enumerate() {
            let language = self.options.language;
            let item = self.item(
                finding.severity,
                &checked.path,
                finding.message.get(language),
                &words::place(report, &finding.place, language),
            );
            let group = self.rules.entry(finding.rule.code).or_insert_with(|| Group {
                rule: finding.rule,
                worst: finding.severity,
                files: 0,
                severities: [0; 3],
                items: Vec::new(),
            });
            group.worst = group.worst.max(finding.severity);
            group.severities[finding.severity as usize] += 1;
            if last.insert(finding.rule.code, i).is_none() {
                group.files += 1;
            }
            group.items.push(item);
        }
        String::new()
    }

    fn end(&mut self, summary: &Summary) -> String {
        let zh = self.options.language == Language::Zh;
        let mut classes: BTreeMap<Class, Vec<Group>> = BTreeMap::new();
        for group in std::mem::take(&mut self.rules).into_values() {
            classes.entry(group.rule.class).or_default().push(group);
        }
        let mut out = String::new();
        for (class, mut groups) in classes {
            out.push_str(&self.heading(class, &groups));
            groups.sort_by_key(|g| (Reverse(g.worst), g.rule.code));
            for group in groups {
                let bold = anstyle::Style::new().bold();
                let rule = group.rule;
                let title = if zh { rule.title } else { rule.title_en };
                let (count, files) = (group.items.len(), group.files);
                let counts = if zh {
                    format!("{files} 个文件，{count} 处")
                } else {
                    format!("{files} files, {count} findings")
                };
                let name = format!("{} {} {title}", rule.code, rule.name);
                let fits = width(&name) + 2 + width(&counts) <= self.options.width;
                for line in wrap(&name, self.options.width) {
                    let _ = write!(out, "{bold}{line}{bold:#}{}", if fits { "" } else { "\n" });
                }
                let _ = writeln!(out, "  {counts}");
                out.extend(group.items);
                out.push('\n');
            }
        }
        out + &full::summary(summary, &self.options)
    }
}
