//! The findings of a file as cards.

use std::fmt::Write as _;

use nianbao_lint::{Evidence, Finding, Lint, Origin, RuleMeta};
use nianbao_schema::Language;
use nianbao_schema::report::Report;

use super::paper::Places;
use super::pick;
use crate::escape::markup;
use crate::{Options, full, words};

/// The list of findings.
pub(super) fn list(
    number: usize,
    report: &Report,
    lint: &Lint,
    places: &Places,
    options: &Options,
) -> String {
    if lint.findings.is_empty() {
        return format!("<p class=\"clean\">{}</p>\n", pick(options, "没有发现问题", "nothing found"));
    }
    let mut out = String::from("<ol class=\"findings\">\n");
    for (i, finding) in lint.findings.iter().enumerate() {
        card(&mut out, number, i, report, finding, places, options);
    }
    out.push_str("</ol>\n");
    out
}

fn card(
    out: &mut String,
    number: usize,
    index: usize,
    report: &Report,
    finding: &Finding,
    places: &Places,
    options: &Options,
) {
    let language = options.language;
    let (severity, code) = (finding.severity.id(), finding.rule.code);
    let title = markup(pick(options, finding.rule.title, finding.rule.title_en));
    let _ = writeln!(
        out,
        "<li class=\"finding {severity}\" id=\"f{number}-n{index}\" data-severity=\"{severity}\" data-rule=\"{code}\">"
    );
    let _ = writeln!(
        out,
        "<h3><a href=\"#{}\"><span class=\"level\">{}</span> <span class=\"code\">{code}</span> {title}</a></h3>",
        places.target(number, index, report, finding),
        finding.severity.name(language),
    );
    let _ = writeln!(out, "<p class=\"message\">{}</p>", markup(finding.message.get(language)));
    if finding.origin == Origin::Extraction {
        let _ = writeln!(out, "<p class=\"origin\">{}</p>", words::converted(language));
    }
    for evidence in &finding.evidence {
        if let Evidence::Quote { text, marks, .. } = evidence {
            let mut quote = String::new();
            let mut done = 0;
            for mark in marks {
                if mark.start < done {
                    continue;
                }
                quote.push_str(&markup(&text[done..mark.start]));
                let _ = write!(quote, "<mark>{}</mark>", markup(&text[mark.clone()]));
                done = mark.end;
            }
            quote.push_str(&markup(&text[done..]));
            let _ = writeln!(out, "<blockquote lang=\"zh-CN\">{quote}</blockquote>");
        }
    }
    if !finding.suspects.is_empty() {
        out.push_str("<ul class=\"suspects\">\n");
        let mut last = 0;
        for suspect in &finding.suspects {
            let lead = if suspect.explanation != last && last > 0 {
                pick(options, "也可能：", "or: ")
            } else {
                ""
            };
            last = suspect.explanation;
            let _ = writeln!(
                out,
                "<li>{lead}<a href=\"#f{number}-c-{}\">{}</a></li>",
                suspect.cell.as_str(),
                markup(&full::suspect(report, suspect, language))
            );
        }
        out.push_str("</ul>\n");
    }
    if !finding.identities.is_empty() {
        out.push_str("<ul class=\"identities\">\n");
        for identity in &finding.identities {
            let after = identity.after.as_ref().map_or(String::new(), |(left, right)| {
                format!("{}{left} = {right}", pick(options, "；改后 ", "; then "))
            });
            let _ = writeln!(out, "<li>{}{}</li>", markup(identity.text.get(language)), markup(&after));
        }
        out.push_str("</ul>\n");
    }
    if let Some(help) = &finding.help {
        let label = pick(options, "怎么改：", "what to do: ");
        let _ = writeln!(out, "<p class=\"help\"><b>{label}</b>{}</p>", markup(help.get(language)));
    }
    if let Some(source) = finding.source.and_then(|c| words::cite(c, language)) {
        let label = pick(options, "依据：", "source: ");
        let _ = writeln!(out, "<p class=\"source\"><b>{label}</b>{}</p>", markup(&source));
    }
    let _ = writeln!(
        out,
        "<p class=\"place\">{}</p>\n<details class=\"about\" data-rule=\"{code}\"><summary>{}</summary><p><a href=\"#rule-{code}\">{code} {}</a></p></details>\n</li>",
        markup(&words::place(report, &finding.place, language)),
        pick(options, "规则说明", "about this rule"),
        finding.rule.name
    );
}

/// The text of a rule, once a page: findings refer to it.
pub(super) fn rule(rule: &'static RuleMeta, options: &Options) -> String {
    let zh = options.language == Language::Zh;
    let mut out = format!(
        "<section class=\"rule\" id=\"rule-{0}\"><h3>{0} {1} <small>{2}</small></h3>\n<div>",
        rule.code,
        markup(pick(options, rule.title, rule.title_en)),
        rule.name
    );
    let sections: &[&str] = if zh { &["", "为什么", "怎么改", "例外"] } else { &["English"] };
    for heading in sections {
        let text = rule.section(heading);
        if text.is_empty() {
            continue;
        }
        if !heading.is_empty() && zh {
            let _ = write!(out, "<h4>{heading}</h4>");
        }
        for paragraph in crate::explain::paragraphs(&text) {
            let _ = write!(out, "<p>{}</p>", code(&paragraph));
        }
    }
    out.push_str("</div></section>\n");
    out
}

/// Text in which what stands between backquotes is code.
fn code(text: &str) -> String {
    let mut out = String::new();
    let parts: Vec<&str> = text.split('`').collect();
    for (i, part) in parts.iter().enumerate() {
        let part = markup(part);
        // A backquote without its fellow is one.
        match (i % 2 == 1, i + 1 < parts.len()) {
            (true, true) => out.push_str(&format!("<code>{part}</code>")),
            (true, false) => out.push_str(&format!("`{part}")),
            (false, _) => out.push_str(&part),
        }
    }
    out
}
