//! One self-contained page: summary, an index of organs and rules where there are several files, and for every file the
//! report as read with its findings beside it. Nothing is fetched; without scripts it can still be read and printed.

mod findings;
mod identities;
mod index;
mod paper;
mod unassessed;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_lint::{Class, Lint, Outcome, RuleMeta, Severity};
use nianbao_schema::Language;
use nianbao_schema::report::Report;

use crate::escape::markup;
use crate::format::Writer;
use crate::{Checked, Options, Summary, full, words};
use index::Entry;
use unassessed::Unassessed;

/// What tells a page of ours from a report: who searches a folder for reports passes over it.
pub const GENERATOR: &str = "<meta name=\"generator\" content=\"nianbao\">";

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The format. What is written of a file is given away at once; the page begins with what is known only at the end.
#[derive(Debug)]
pub(crate) struct Html {
    options: Options,
    files: Vec<Entry>,
    /// The part of the first file if nothing is wrong with it: shown only if there is no other.
    pending: Option<String>,
    data: identities::Data,
    rules: BTreeMap<&'static str, &'static RuleMeta>,
    classes: BTreeMap<Class, Tally>,
    unassessed: Unassessed,
}

/// How a class of faults fares over all files.
#[derive(Debug, Default)]
struct Tally {
    severities: [usize; 3],
    assessed: usize,
}

/// Words in the language of the page.
pub(crate) fn pick<'a>(options: &Options, zh: &'a str, en: &'a str) -> &'a str {
    if options.language == Language::Zh { zh } else { en }
}

impl Html {
    pub(crate) fn new(options: Options) -> Self {
        Self {
            options,
            files: Vec::new(),
            pending: None,
            data: identities::Data::default(),
            rules: BTreeMap::new(),
            classes: BTreeMap::new(),
            unassessed: Unassessed::default(),
        }
    }

    fn count(&mut self, lint: &Lint) -> BTreeMap<&'static str, index::Count> {
        let mut counts: BTreeMap<&'static str, index::Count> = BTreeMap::new();
        for (i, finding) in lint.findings.iter().enumerate() {
            let count = counts.entry(finding.rule.code).or_insert_with(|| index::Count::new(i));
            count.add(finding.severity);
            self.rules.insert(finding.rule.code, finding.rule);
            self.classes.entry(finding.rule.class).or_default().severities[finding.severity as usize] += 1;
        }
        for (rule, outcome) in &lint.outcomes {
            if !matches!(outcome, Outcome::NotAssessable(_)) {
                self.classes.entry(rule.class).or_default().assessed += 1;
            }
        }
        self.unassessed.add(lint, self.options.language);
        counts
    }

    fn article(&self, number: usize, path: &str, report: &Report, lint: &Lint) -> String {
        let options = &self.options;
        let mut out = String::new();
        let _ = write!(
            out,
            "<article class=\"file\" id=\"f{number}\">\n<header><h2>{}</h2><p class=\"facts\">{}</p></header>\n",
            markup(path),
            markup(&full::facts(report, options))
        );
        // Findings about a configuration have no report beside them.
        if lint.about_configuration {
            let list = findings::list(number, report, lint, &paper::Places::default(), options);
            let _ = write!(out, "<span id=\"f{number}-s0\"></span>\n{list}</article>\n");
            return out;
        }
        let places = paper::Places::of(report, lint);
        let _ = write!(
            out,
            "<div class=\"panes\">\n<div class=\"paper\" lang=\"zh-CN\">\n{}</div>\n<aside class=\"side\">\n<div class=\"cellpanel\" hidden aria-live=\"polite\"></div>\n{}{}</aside>\n</div>\n</article>\n",
            paper::paper(number, report, lint, &places, options),
            findings::list(number, report, lint, &places, options),
            closed(number, report, lint, options) + &unassessed::of_file(number, lint, options)
        );
        out
    }

    fn summary(&self, summary: &Summary) -> String {
        let options = &self.options;
        let mut out = String::new();
        let _ = writeln!(
            out,
            "<header class=\"top\"><h1>{}</h1><p class=\"sum\">{}</p>",
            pick(options, "政府信息公开工作年度报告检查结果", "Check of annual disclosure reports"),
            markup(full::summary(summary, options).trim())
        );
        let _ = writeln!(
            out,
            "<table class=\"classes\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
            pick(
                options,
                "按国办公开办函〔2021〕30号列举的四类问题",
                "The four classes of faults named by 国办公开办函〔2021〕30号"
            ),
            pick(options, "类别", "class")
        );
        for severity in Severity::ALL.iter().rev() {
            let _ = write!(out, "<th scope=\"col\">{}</th>", severity.name(options.language));
        }
        let _ = writeln!(
            out,
            "<th scope=\"col\">{}</th></tr></thead><tbody>",
            pick(options, "未能评估的规则", "rules not assessed")
        );
        let several = self.files.len() > 1;
        for class in [Class::Late, Class::Inaccurate, Class::Incomplete, Class::Perfunctory] {
            let name = pick(options, class.name(), class.id());
            let _ = write!(out, "<tr><th scope=\"row\">{name}</th>");
            let tally = self.classes.get(&class);
            if tally.is_none_or(|t| t.assessed == 0 && t.severities == [0; 3]) {
                let _ = write!(
                    out,
                    "<td colspan=\"3\" class=\"unassessed\">{}</td>",
                    pick(options, "未能评估", "not assessable")
                );
            } else if let Some(tally) = tally {
                for severity in Severity::ALL.iter().rev() {
                    let count = tally.severities[*severity as usize];
                    let class = if count > 0 { severity.id() } else { "none" };
                    let _ = write!(out, "<td class=\"{class}\">{count}</td>");
                }
            }
            let count = self.unassessed.count(class);
            match (count, self.files.iter().any(|f| f.shown)) {
                (0, _) => out.push_str("<td class=\"none\">0</td></tr>\n"),
                (_, false) if !several => {
                    let _ = writeln!(out, "<td>{count}</td></tr>");
                }
                _ => {
                    let target = if several { "unassessed" } else { "f1-unassessed" };
                    let _ = writeln!(out, "<td><a href=\"#{target}\">{count}</a></td></tr>");
                }
            }
        }
        out.push_str("</tbody></table>\n");
        if several {
            out.push_str(&self.unassessed.of_run(options));
        }
        out.push_str("</header>\n");
        out
    }

    fn filters(&self) -> String {
        let options = &self.options;
        let mut out = String::new();
        let _ = write!(
            out,
            "<form class=\"filters\" aria-label=\"{}\">",
            pick(options, "筛选问题", "filter findings")
        );
        for severity in Severity::ALL.iter().rev() {
            let _ = write!(
                out,
                "<label><input type=\"checkbox\" name=\"severity\" value=\"{}\" checked> {}</label>",
                severity.id(),
                severity.name(options.language)
            );
        }
        let _ = write!(
            out,
            "<label>{} <select name=\"rule\"><option value=\"\">{}</option>",
            pick(options, "规则", "rule"),
            pick(options, "全部", "all")
        );
        for (code, rule) in &self.rules {
            let title = pick(options, rule.title, rule.title_en);
            let _ = write!(out, "<option value=\"{code}\">{code} {}</option>", markup(title));
        }
        let _ = writeln!(
            out,
            "</select></label><output data-zh=\"{}\"></output></form>",
            pick(options, "已隐藏 # 条", "# hidden")
        );
        out
    }

    /// The texts of the rules that found something.
    fn appendix(&self) -> String {
        if self.rules.is_empty() {
            return String::new();
        }
        let rules: String = self.rules.values().map(|rule| findings::rule(rule, &self.options)).collect();
        let heading = pick(&self.options, "规则说明", "The rules");
        format!("<section class=\"rules\"><h2>{heading}</h2>\n{rules}</section>\n")
    }
}

/// The findings that count no more, with their reasons.
fn closed(number: usize, report: &Report, lint: &Lint, options: &Options) -> String {
    if lint.closed.is_empty() {
        return String::new();
    }
    let count = lint.closed.len();
    let title = if options.language == Language::Zh {
        format!("已说明、已豁免和基线中已有的问题（{count} 条）")
    } else {
        format!("Findings that are explained, suppressed or known ({count})")
    };
    let mut out = format!("<details class=\"closed\"><summary>{title}</summary><ul>\n");
    for closed in &lint.closed {
        let finding = &closed.finding;
        let message = markup(finding.message.get(options.language));
        let cell = finding.cells.first().filter(|c| report.table(c.table()).is_some());
        let place =
            cell.map_or(format!("f{number}-s{}", finding.place.section), |c| format!("f{number}-c-{c}"));
        let _ = writeln!(
            out,
            "<li><a href=\"#{place}\">{} {message}</a><br>{}</li>",
            finding.rule.code,
            markup(&words::closed(closed, options.language))
        );
    }
    out.push_str("</ul></details>\n");
    out
}

impl Writer for Html {
    fn file(&mut self, checked: &Checked) -> String {
        let number = self.files.len() + 1;
        if number > 1 && self.pending.take().is_some() {
            self.data.remove(1);
        }
        let (mut entry, mut article) = (Entry::new(&checked.path), String::new());
        match &checked.outcome {
            Ok((report, lint)) => {
                entry.read(report, self.count(lint));
                entry.shown = !(lint.findings.is_empty() && lint.closed.is_empty());
                if entry.shown || number == 1 {
                    self.data.add(number, report, self.options.language);
                    article = self.article(number, &checked.path, report, lint);
                }
            }
            Err(failure) => entry.failure = Some(failure.clone()),
        }
        if number == 1 && !entry.shown && entry.failure.is_none() {
            self.pending = Some(std::mem::take(&mut article));
        }
        self.files.push(entry);
        article
    }

    fn end(&mut self, _: &Summary) -> String {
        let only = self.pending.take().unwrap_or_default();
        if let (false, [entry]) = (only.is_empty(), &mut self.files[..]) {
            entry.shown = true;
        }
        format!(
            "{only}</main>\n{}<script type=\"application/json\" id=\"data\">{}</script>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
            self.appendix(),
            self.data.to_json(),
        )
    }

    fn ends_with_head(&self) -> bool {
        true
    }

    fn head(&mut self, summary: &Summary) -> String {
        let index = if self.files.len() > 1 || self.files.iter().any(|f| f.failure.is_some()) {
            index::matrix(&self.files, &self.rules, &self.options)
        } else {
            String::new()
        };
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             {GENERATOR}\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             {}{}{index}<main>\n",
            pick(&self.options, "zh-CN", "en"),
            pick(&self.options, "年度报告检查结果", "Check of annual reports"),
            self.summary(summary),
            self.filters(),
        )
    }
}
