//! The index of a run over several files: organs down, rules across.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_lint::{RuleMeta, Severity};
use nianbao_schema::report::Report;

use super::pick;
use crate::escape::markup;
use crate::{Failure, Options};

/// Rules that fit beside each other on A4; of more, paper gets a list instead of columns.
const ACROSS: usize = 14;

/// What the index says of a file.
#[derive(Debug)]
pub(super) struct Entry {
    path: String,
    organ: Option<String>,
    year: Option<u16>,
    counts: BTreeMap<&'static str, Count>,
    /// Why it could not be read.
    pub(super) failure: Option<Failure>,
    /// Whether the page shows the report.
    pub(super) shown: bool,
}

/// The findings of a rule in a file.
#[derive(Debug)]
pub(super) struct Count {
    /// The number of the first one among all of the file.
    first: usize,
    severities: [usize; 3],
}

impl Count {
    pub(super) fn new(first: usize) -> Self {
        Self { first, severities: [0; 3] }
    }

    pub(super) fn add(&mut self, severity: Severity) {
        self.severities[severity as usize] += 1;
    }

    fn all(&self) -> usize {
        self.severities.iter().sum()
    }

    fn worst(&self) -> Severity {
        let found = |s: &&Severity| self.severities[**s as usize] > 0;
        Severity::ALL.iter().rev().find(found).copied().unwrap_or(Severity::Info)
    }
}

impl Entry {
    /// A file of which nothing is known yet.
    pub(super) fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            organ: None,
            year: None,
            counts: BTreeMap::new(),
            failure: None,
            shown: false,
        }
    }

    /// What was found in the file.
    pub(super) fn read(&mut self, report: &Report, counts: BTreeMap<&'static str, Count>) {
        self.organ = report.organ.as_ref().map(|o| o.name.clone());
        self.year = report.year;
        self.counts = counts;
    }
}

/// The index.
pub(super) fn matrix(
    files: &[Entry],
    rules: &BTreeMap<&'static str, &'static RuleMeta>,
    options: &Options,
) -> String {
    let wide = if rules.len() > ACROSS { " wide" } else { "" };
    let folder = common_folder(files);
    let mut out =
        format!("<section class=\"index\" id=\"index\"><h2>{}</h2>", pick(options, "各文件一览", "Files"));
    if !folder.is_empty() {
        let label = pick(options, "文件夹：", "folder: ");
        let _ = write!(out, "<p class=\"note\">{label}{}</p>", markup(folder));
    }
    let _ = write!(
        out,
        "<div class=\"scroll\"><table class=\"matrix{wide}\"><thead><tr><th scope=\"col\">{}</th>",
        pick(options, "机关和文件", "organ and file")
    );
    for severity in Severity::ALL.iter().rev() {
        let _ = write!(out, "<th scope=\"col\" class=\"sum\">{}</th>", severity.name(options.language));
    }
    for (code, rule) in rules {
        let title = markup(pick(options, rule.title, rule.title_en));
        let _ = write!(out, "<th scope=\"col\" class=\"code\"><span title=\"{title}\">{code}</span></th>");
    }
    let _ = writeln!(
        out,
        "<th scope=\"col\" class=\"list\">{}</th></tr></thead><tbody>",
        pick(options, "规则", "rules")
    );
    for (i, entry) in files.iter().enumerate() {
        row(&mut out, i + 1, entry, folder, rules, options);
    }
    out.push_str("</tbody></table></div>");
    if files.iter().any(|f| !f.shown && f.failure.is_none()) {
        let _ = write!(
            out,
            "<p class=\"note\">{}</p>",
            pick(
                options,
                "没有发现问题的文件只列在此表中，下文不再展开。",
                "Files without findings are listed here only."
            )
        );
    }
    out.push_str("</section>\n");
    out
}

fn row(
    out: &mut String,
    number: usize,
    entry: &Entry,
    folder: &str,
    rules: &BTreeMap<&'static str, &'static RuleMeta>,
    options: &Options,
) {
    let path = entry.path.strip_prefix(folder).unwrap_or(&entry.path);
    let year = entry.year.map(|y| format!("{y}{}", pick(options, "年度　", " · "))).unwrap_or_default();
    let (name, below) = match &entry.organ {
        Some(organ) => (organ.as_str(), format!("{year}{path}")),
        None => (path, year),
    };
    let name = match entry.shown {
        true => format!("<a href=\"#f{number}\">{}</a>", markup(name)),
        false => markup(name),
    };
    let _ = write!(out, "<tr><th scope=\"row\">{name}<small>{}</small></th>", markup(&below));
    if let Some(failure) = &entry.failure {
        let _ = writeln!(
            out,
            "<td class=\"unread\" colspan=\"{}\">{}{}</td></tr>",
            Severity::ALL.len() + rules.len() + 1,
            pick(options, "无法读取：", "could not be read: "),
            markup(failure.message.get(options.language))
        );
        return;
    }
    for severity in Severity::ALL.iter().rev() {
        match entry.counts.values().map(|c| c.severities[*severity as usize]).sum::<usize>() {
            0 => out.push_str("<td></td>"),
            count => {
                let _ = write!(out, "<td class=\"{}\">{count}</td>", severity.id());
            }
        }
    }
    for code in rules.keys() {
        match entry.counts.get(code) {
            Some(count) => {
                let (first, all, worst) = (count.first, count.all(), count.worst().id());
                let _ = write!(
                    out,
                    "<td class=\"by-rule {worst}\"><a href=\"#f{number}-n{first}\">{all}</a></td>"
                );
            }
            None => out.push_str("<td class=\"by-rule\"></td>"),
        }
    }
    let list: Vec<String> = entry
        .counts
        .iter()
        .map(|(code, count)| match count.all() {
            1 => (*code).to_owned(),
            all => format!("{code}×{all}"),
        })
        .collect();
    let _ = writeln!(out, "<td class=\"list\">{}</td></tr>", list.join(pick(options, "、", ", ")));
}

/// The folder that all files are in, with the slash behind it; empty where they have none in common.
fn common_folder(files: &[Entry]) -> &str {
    let mut paths = files.iter().map(|f| f.path.as_str());
    let first = paths.next().unwrap_or_default();
    let mut common = first.rfind('/').map_or("", |at| &first[..=at]);
    for path in paths {
        while !path.starts_with(common) {
            let inner = common.trim_end_matches('/');
            common = inner.rfind('/').map_or("", |at| &common[..=at]);
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_that_all_files_share() {
        let common = |paths: &[&str]| {
            let files: Vec<Entry> = paths.iter().map(|p| Entry::new(p)).collect();
            common_folder(&files).to_owned()
        };
        assert_eq!(common(&["/年报/甲/a.docx", "/年报/甲/b.docx"]), "/年报/甲/");
        assert_eq!(common(&["/年报/甲/a.docx", "/年报/乙.docx"]), "/年报/");
        assert_eq!(common(&["/a.docx", "b.docx"]), "");
        assert_eq!(common(&["甲/a.docx", "甲乙/b.docx"]), "");
        assert_eq!(common(&[]), "");
    }
}
