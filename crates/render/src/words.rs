//! Places in the words of the form and of the file.

use nianbao_lint::memory::{Closed, ClosedBy};
use nianbao_lint::{Finding, Origin, Place, Severity};
use nianbao_schema::Language;
use nianbao_schema::document::Location;
use nianbao_schema::report::Report;
use nianbao_schema::source::Cite;

use anstyle::{AnsiColor, Style};

/// Where in the file: `第12行第3字`, `正文第8段`, `第2个表格第5行第4格`.
pub fn location(at: &Location, language: Language) -> String {
    let zh = language == Language::Zh;
    if at.page > 0 {
        // Tables and paragraphs of a PDF are nothing that can be counted on the page; pages can be turned to.
        let inside = location(&Location { page: 0, paragraph: 0, ..*at }, language);
        return match (zh, inside.is_empty()) {
            (true, _) => format!("第{}页{inside}", at.page),
            (false, true) => format!("page {}", at.page),
            (false, false) => format!("page {}, {inside}", at.page),
        };
    }
    if at.line > 0 {
        return match (zh, at.column) {
            (true, 0) => format!("第{}行", at.line),
            (true, c) => format!("第{}行第{c}字", at.line),
            (false, 0) => format!("line {}", at.line),
            (false, c) => format!("line {}, column {c}", at.line),
        };
    }
    if at.table > 0 {
        return match (zh, at.row) {
            (true, 0) => format!("第{}个表格", at.table),
            (true, r) => format!("第{}个表格第{r}行第{}格", at.table, at.cell),
            (false, 0) => format!("table {}", at.table),
            (false, r) => format!("table {}, row {r}, cell {}", at.table, at.cell),
        };
    }
    match (at.paragraph, zh) {
        (0, _) => String::new(),
        (p, true) => format!("正文第{p}段"),
        (p, false) => format!("paragraph {p}"),
    }
}

/// The place of a finding: section, part or table, and where in the file.
pub(crate) fn place(report: &Report, place: &Place, language: Language) -> String {
    let form = report.form();
    let mut parts = Vec::new();
    if let Some(section) = form.sections.iter().find(|s| s.number == place.section) {
        parts.push(section.heading.clone());
    } else if language == Language::Zh {
        parts.push("标题和开头".to_owned());
    } else {
        parts.push("title and preamble".to_owned());
    }
    if let Some(part) = form.parts.iter().find(|p| p.number == place.part) {
        parts.push(format!(
            "（{}）{}",
            ["一", "二", "三", "四", "五"][usize::from(part.number) - 1],
            part.heading
        ));
    }
    if let Some(table) = place.table.and_then(|t| form.table(t)) {
        parts.push(table.name.get(language).to_owned());
    }
    let mut words = parts.join(" › ");
    let at = place.location.map(|l| location(&l, language)).unwrap_or_default();
    if !at.is_empty() {
        words = match language {
            Language::Zh => format!("{words}（{at}）"),
            Language::En => format!("{words} ({at})"),
        };
    }
    words
}

/// A clause in words: `国办公开办函〔2021〕30号，附件：年度报告格式，第三部分表格：“…”`.
pub(crate) fn cite(cite: Cite, language: Language) -> Option<String> {
    let (source, clause) = cite.resolve()?;
    let document = match &source.number {
        // A decree says little by its number alone.
        Some(number) if number.contains('令') => format!("《{}》（{number}）", source.title),
        Some(number) => number.clone(),
        None => format!("《{}》", source.title),
    };
    let (open, close) = match language {
        Language::Zh => ("：“", "”"),
        Language::En => (": “", "”"),
    };
    let text = clause.text.as_ref().map(|t| format!("{open}{t}{close}")).unwrap_or_default();
    Some(format!("{document} {}{text}", clause.name))
}

/// The style of a severity.
pub(crate) fn style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    Style::new().bold().fg_color(Some(color.into()))
}

/// Dim, for what is read second.
pub(crate) fn dim() -> Style {
    Style::new().dimmed()
}

/// `N101 unbalanced-applications 申请数量勾稽不平`.
pub(crate) fn rule_name(finding: &Finding, language: Language) -> String {
    let rule = finding.rule;
    let title = match language {
        Language::Zh => rule.title,
        Language::En => rule.title_en,
    };
    format!("{} {} {title}", rule.code, rule.name)
}

/// A finding as paragraphs of plain text: what, where, what else it may be, source, what to do.
pub(crate) fn paragraphs(report: &Report, finding: &Finding, language: Language) -> Vec<String> {
    let zh = language == Language::Zh;
    let mut lines = vec![finding.message.get(language).to_owned()];
    if finding.origin == Origin::Extraction {
        lines.push(converted(language).to_owned());
    }
    let name = |zh_name: &str, en: &str| if zh { zh_name.to_owned() } else { en.to_owned() };
    lines.push(name("位置：", "where: ") + &place(report, &finding.place, language));
    if let Some(source) = finding.source.and_then(|c| cite(c, language)) {
        lines.push(name("依据：", "source: ") + &source);
    }
    if let Some(help) = &finding.help {
        lines.push(name("怎么改：", "what to do: ") + help.get(language));
    }
    lines
}

/// What to say of a finding that conversion of the file may have made.
pub(crate) fn converted(language: Language) -> &'static str {
    match language {
        Language::Zh => "（可能是文件转换造成的，请对照原文件）",
        Language::En => "(perhaps an effect of conversion: compare with the original file)",
    }
}

/// What closed a finding, and why: `已说明：…`, `已豁免：…`, `基线中已有`.
pub(crate) fn closed(closed: &Closed, language: Language) -> String {
    let zh = language == Language::Zh;
    let word = match (closed.by, zh) {
        (ClosedBy::Suppression, true) => "已豁免",
        (ClosedBy::Explanation, true) => "已说明",
        (ClosedBy::Baseline, true) => "基线中已有",
        (ClosedBy::Suppression, false) => "suppressed",
        (ClosedBy::Explanation, false) => "explained",
        (ClosedBy::Baseline, false) => "in the baseline",
    };
    match (closed.reason.is_empty(), zh) {
        (true, _) => word.to_owned(),
        (false, true) => format!("{word}：{}", closed.reason),
        (false, false) => format!("{word}: {}", closed.reason),
    }
}
