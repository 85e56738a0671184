//! One self-contained page: summary, an index of organs and rules where there are several files, and for every file the
//! report as read with its findings beside it. Nothing is fetched; without scripts it can still be read and printed.

mod findings;
mod identities;
mod paper;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_lint::{Class, Lint, NotAssessable, Outcome, RuleMeta, Severity};
use nianbao_schema::Language;
use nianbao_schema::report::Report;

use crate::escape::markup;
use crate::format::Writer;
use crate::{Checked, Failure, Options, Summary, full, words};

/// What tells a page of ours from a report: who searches a folder for reports passes over it.
pub const GENERATOR: &str = "<meta name=\"generator\" content=\"nianbao\">";

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The format.
#[derive(Debug)]
pub(crate) struct Html {
    options: Options,
    files: Vec<Entry>,
    data: identities::Data,
    rules: BTreeMap<&'static str, &'static RuleMeta>,
    classes: BTreeMap<Class, Tally>,
}

/// What the index says of a file.
#[derive(Debug)]
struct Entry {
    path: String,
    facts: String,
    counts: BTreeMap<&'static str, (usize, Severity)>,
    /// Whether findings of it are closed by configuration or baseline.
    closed: bool,
    failure: Option<Failure>,
    /// The file's part of the page.
    article: String,
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
            data: identities::Data::default(),
            rules: BTreeMap::new(),
            classes: BTreeMap::new(),
        }
    }

    fn count(&mut self, lint: &Lint) -> BTreeMap<&'static str, (usize, Severity)> {
        let mut counts: BTreeMap<&'static str, (usize, Severity)> = BTreeMap::new();
        for finding in &lint.findings {
            let entry = counts.entry(finding.rule.code).or_insert((0, finding.severity));
            entry.0 += 1;
            entry.1 = entry.1.max(finding.severity);
            self.rules.insert(finding.rule.code, finding.rule);
            self.classes.entry(finding.rule.class).or_default().severities[finding.severity as usize] += 1;
        }
        for (rule, outcome) in &lint.outcomes {
            if !matches!(outcome, Outcome::NotAssessable(_)) {
                self.classes.entry(rule.class).or_default().assessed += 1;
            }
        }
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
            closed(number, report, lint, options) + &not_assessable(lint, options)
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
        out.push_str("</tr></thead><tbody>\n");
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
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table></header>\n");
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

    /// The index: organs down, rules across.
    fn matrix(&self) -> String {
        let options = &self.options;
        let mut out = String::new();
        let _ = write!(
            out,
            "<section class=\"index\" id=\"index\"><h2>{}</h2><div class=\"scroll\"><table class=\"matrix\"><thead><tr><th scope=\"col\">{}</th>",
            pick(options, "各文件一览", "Files"),
            pick(options, "文件", "file")
        );
        for (code, rule) in &self.rules {
            let title = markup(pick(options, rule.title, rule.title_en));
            let _ =
                write!(out, "<th scope=\"col\" class=\"code\"><span title=\"{title}\">{code}</span></th>");
        }
        out.push_str("</tr></thead><tbody>\n");
        for (i, entry) in self.files.iter().enumerate() {
            let (number, path) = (i + 1, markup(&entry.path));
            let name =
                if entry.article.is_empty() { path } else { format!("<a href=\"#f{number}\">{path}</a>") };
            let _ = write!(out, "<tr><th scope=\"row\">{name}<small>{}</small></th>", markup(&entry.facts));
            if let Some(failure) = &entry.failure {
                let _ = write!(
                    out,
                    "<td class=\"unread\" colspan=\"{}\">{}{}</td>",
                    self.rules.len().max(1),
                    pick(options, "无法读取：", "could not be read: "),
                    markup(failure.message.get(options.language))
                );
            } else {
                for code in self.rules.keys() {
                    match entry.counts.get(code) {
                        Some((count, worst)) => {
                            let _ = write!(out, "<td class=\"{}\">{count}</td>", worst.id());
                        }
                        None => out.push_str("<td></td>"),
                    }
                }
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table></div>");
        if self.files.iter().any(|f| f.article.is_empty() && f.failure.is_none()) {
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

/// The rules that could not be assessed, by reason.
fn not_assessable(lint: &Lint, options: &Options) -> String {
    let mut reasons: Vec<(&str, Vec<&RuleMeta>)> = Vec::new();
    for (rule, outcome) in &lint.outcomes {
        if let Outcome::NotAssessable(NotAssessable(reason)) = outcome {
            let reason = reason.get(options.language);
            match reasons.iter_mut().find(|(r, _)| *r == reason) {
                Some((_, rules)) => rules.push(rule),
                None => reasons.push((reason, vec![rule])),
            }
        }
    }
    if reasons.is_empty() {
        return String::new();
    }
    let count: usize = reasons.iter().map(|(_, rules)| rules.len()).sum();
    let title = if options.language == Language::Zh {
        format!("未能评估的规则（{count} 条）")
    } else {
        format!("Rules that could not be assessed ({count})")
    };
    let mut out = format!("<details class=\"unassessed\"><summary>{title}</summary><dl>\n");
    for (reason, rules) in reasons {
        let _ = write!(out, "<dt>{}</dt><dd>", markup(reason));
        let names: Vec<String> = rules
            .iter()
            .map(|r| format!("{} {}", r.code, markup(pick(options, r.title, r.title_en))))
            .collect();
        let _ = writeln!(out, "{}</dd>", names.join(pick(options, "；", "; ")));
    }
    out.push_str("</dl></details>\n");
    out
}

impl Writer for Html {
    fn file(&mut self, checked: &Checked) -> String {
        let number = self.files.len() + 1;
        let entry = match &checked.outcome {
            Ok((report, lint)) => {
                let counts = self.count(lint);
                // The only file is shown even if nothing is wrong with it; see `end`.
                let article = if lint.findings.is_empty() && lint.closed.is_empty() && number > 1 {
                    String::new()
                } else {
                    self.data.add(number, report, self.options.language);
                    self.article(number, &checked.path, report, lint)
                };
                Entry {
                    path: checked.path.clone(),
                    facts: full::facts(report, &self.options),
                    counts,
                    closed: !lint.closed.is_empty(),
                    failure: None,
                    article,
                }
            }
            Err(failure) => Entry {
                path: checked.path.clone(),
                facts: String::new(),
                counts: BTreeMap::new(),
                closed: false,
                failure: Some(failure.clone()),
                article: String::new(),
            },
        };
        self.files.push(entry);
        String::new()
    }

    fn end(&mut self, summary: &Summary) -> String {
        let several = self.files.len() > 1;
        if several
            && let Some(first) = self.files.first_mut()
            && first.counts.is_empty()
            && !first.closed
        {
            first.article.clear();
        }
        let index = if several || self.files.iter().any(|f| f.failure.is_some()) {
            self.matrix()
        } else {
            String::new()
        };
        let articles: String = self.files.iter().map(|f| f.article.as_str()).collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             {GENERATOR}\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             {}{}{index}<main>\n{articles}</main>\n{}\
             <script type=\"application/json\" id=\"data\">{}</script>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
            pick(&self.options, "zh-CN", "en"),
            pick(&self.options, "年度报告检查结果", "Check of annual reports"),
            self.summary(summary),
            self.filters(),
            self.appendix(),
            self.data.to_json(),
        )
    }
}
