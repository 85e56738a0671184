//! Markdown: a summary by class, then a table of findings for every file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_lint::{Class, Severity};
use nianbao_schema::Language;

use crate::format::Writer;
use crate::{Checked, Options, Summary, full, words};

/// What tells results of ours from a report: who searches a folder for reports passes over them.
pub const MARK: &str = "<!-- generator: nianbao -->";

/// The format.
#[derive(Debug)]
pub(crate) struct Markdown {
    options: Options,
    clean: Vec<String>,
    classes: BTreeMap<Class, [usize; 3]>,
}

impl Markdown {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, clean: Vec::new(), classes: BTreeMap::new() }
    }

    /// How many findings of each severity each class has.
    fn table(&self) -> String {
        let zh = self.options.language == Language::Zh;
        let mut out = String::new();
        if self.classes.is_empty() {
            return out;
        }
        let names: Vec<&str> = Severity::ALL.iter().rev().map(|s| s.name(self.options.language)).collect();
        let head = if zh { "类别" } else { "class" };
        let _ = writeln!(out, "| {head} | {} |\n|---|---:|---:|---:|", names.join(" | "));
        for (class, counts) in &self.classes {
            let counts: Vec<String> =
                Severity::ALL.iter().rev().map(|s| counts[*s as usize].to_string()).collect();
            let name = if zh { class.name() } else { class.id() };
            let _ = writeln!(out, "| {name} | {} |", counts.join(" | "));
        }
        out.push('\n');
        out
    }
}

impl Writer for Markdown {
    fn file(&mut self, checked: &Checked) -> String {
        let language = self.options.language;
        let zh = language == Language::Zh;
        let mut out = String::new();
        match &checked.outcome {
            Err(failure) => {
                let word = if zh { "无法读取：" } else { "could not be read: " };
                let reason = failure.message.get(language);
                let _ = writeln!(out, "## {}\n\n**{word}**{}\n", escape(&checked.path), escape(reason));
            }
            Ok((_, lint)) if lint.findings.is_empty() && lint.closed.is_empty() => {
                self.clean.push(checked.path.clone());
            }
            Ok((report, lint)) => {
                let facts = full::facts(report, &self.options);
                let _ = writeln!(out, "## {}\n\n{}\n", escape(&checked.path), escape(&facts));
                out.push_str(if lint.findings.is_empty() {
                    ""
                } else if zh {
                    "| 级别 | 规则 | 位置 | 问题 | 怎么改 | 依据 |\n|---|---|---|---|---|---|\n"
                } else {
                    "| severity | rule | place | what | what to do | source |\n|---|---|---|---|---|---|\n"
                });
                for finding in &lint.findings {
                    self.classes.entry(finding.rule.class).or_default()[finding.severity as usize] += 1;
                    let _ = writeln!(
                        out,
                        "| {} | {} `{}` | {} | {} | {} | {} |",
                        finding.severity.name(language),
                        finding.rule.code,
                        finding.rule.name,
                        escape(&words::place(report, &finding.place, language)),
                        escape(finding.message.get(language)),
                        escape(finding.help.as_ref().map_or("", |h| h.get(language))),
                        escape(&finding.source.and_then(|c| words::cite(c, language)).unwrap_or_default()),
                    );
                }
                out.push('\n');
                for closed in &lint.closed {
                    let finding = &closed.finding;
                    let (message, why) = (finding.message.get(language), words::closed(closed, language));
                    let _ = writeln!(out, "- {} {} — {}", finding.rule.code, escape(message), escape(&why));
                }
                if !lint.closed.is_empty() {
                    out.push('\n');
                }
            }
        }
        out
    }

    fn end(&mut self, _: &Summary) -> String {
        let mut out = String::new();
        if !self.clean.is_empty() {
            let zh = self.options.language == Language::Zh;
            let _ =
                writeln!(out, "## {}\n", if zh { "没有发现问题的文件" } else { "Files without findings" });
            for path in &self.clean {
                let _ = writeln!(out, "- {}", escape(path));
            }
        }
        out
    }

    fn ends_with_head(&self) -> bool {
        true
    }

    fn head(&mut self, summary: &Summary) -> String {
        let zh = self.options.language == Language::Zh;
        let title = if zh { "年度报告检查结果" } else { "Results of the check" };
        format!("{MARK}\n\n# {title}\n\n{}\n{}", full::summary(summary, &self.options), self.table())
    }
}

/// Text that Markdown shows as it is, inside a table cell as well.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("<br>"),
            '\r' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_in_a_report_is_markup() {
        assert_eq!(escape("<b>|a_b*\n二"), "\\<b\\>\\|a\\_b\\*<br>二");
    }
}
