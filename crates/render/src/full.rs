//! The format for people at a terminal: grouped by file, every finding with place, evidence, source and advice.

use std::fmt::Write as _;

use nianbao_lint::memory::{Closed, ClosedBy};
use nianbao_lint::{Evidence, Finding, Lint, Origin, Suspect};
use nianbao_schema::Language;
use nianbao_schema::report::Report;
use nianbao_text::width::{width, wrap};

use crate::escape::shown;
use crate::words::{self, dim, style};
use crate::{Options, Summary, grid};

/// One file: a head line, then its findings.
pub fn file(path: &str, report: &Report, lint: &Lint, options: &Options) -> String {
    let mut out = String::new();
    let bold = anstyle::Style::new().bold();
    let facts = if lint.about_configuration {
        pick(options, "配置文件", "configuration").to_owned()
    } else {
        facts(report, options)
    };
    let path = shown(path);
    let between = match width(&path) + 2 + width(&facts) <= options.width {
        true => "  ",
        false => "\n  ",
    };
    let _ = writeln!(out, "{bold}{path}{bold:#}{between}{facts}");
    if lint.findings.is_empty() {
        let known = lint.closed.iter().any(|c| c.by == ClosedBy::Baseline);
        let text = match known {
            true => pick(options, "没有新问题", "nothing new found"),
            false => pick(options, "没有发现问题", "nothing found"),
        };
        let _ = writeln!(out, "  {text}");
    }
    out.push('\n');
    for finding in &lint.findings {
        out.push_str(&self::finding(report, finding, options));
        out.push('\n');
    }
    let explained = lint.closed.iter().filter(|c| c.by == ClosedBy::Explanation);
    for Closed { finding, reason, origin, .. } in explained {
        let dim = dim();
        let _ = writeln!(
            out,
            "{dim}{}{dim:#} {}",
            pick(options, "已说明", "explained"),
            words::rule_name(finding, options.language)
        );
        field(&mut out, options, "", finding.message.get(options.language));
        let by = match options.language {
            Language::Zh => format!("{reason}（{origin}）"),
            Language::En => format!("{reason} ({origin})"),
        };
        field(&mut out, options, pick(options, "说明：", "explanation: "), &by);
        out.push('\n');
    }
    out
}

/// What the file was taken for: organ, year, form.
pub(crate) fn facts(report: &Report, options: &Options) -> String {
    let zh = options.language == Language::Zh;
    let organ = report
        .organ
        .as_ref()
        .map_or(pick(options, "机关不明", "organ unknown").to_owned(), |o| o.name.clone());
    let year = match (report.year, zh) {
        (Some(year), true) => format!("{year}年度"),
        (Some(year), false) => year.to_string(),
        (None, true) => "年度不明".to_owned(),
        (None, false) => "year unknown".to_owned(),
    };
    format!("{organ}，{year}，{}", report.form().name.get(options.language))
}

fn pick<'a>(options: &Options, zh: &'a str, en: &'a str) -> &'a str {
    match options.language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// A named line, continued below its beginning where it is too long.
fn field(out: &mut String, options: &Options, name: &str, text: &str) {
    let indent = "  ".to_owned() + &" ".repeat(width(name));
    let dim = dim();
    for (i, line) in wrap(text, options.width.saturating_sub(indent.len())).iter().enumerate() {
        let _ = if i == 0 {
            writeln!(out, "  {dim}{name}{dim:#}{line}")
        } else {
            writeln!(out, "{indent}{line}")
        };
    }
}

/// Explanations besides the likeliest that are written out.
const MOST_ALTERNATIVES: usize = 2;

/// A suspect in words.
pub(crate) fn suspect(report: &Report, suspect: &Suspect, language: Language) -> String {
    let name = report.form().cell(suspect.cell).map_or(String::new(), |c| c.name(language));
    let (seen, reason) = (&suspect.seen, suspect.reason.get(language));
    let proposed = suspect.proposed.as_deref().unwrap_or("?");
    match (language, seen.is_empty()) {
        (Language::Zh, false) => format!("{name}现为 {seen}，疑应为 {proposed}（{reason}）"),
        (Language::Zh, true) => format!("{name}空白，疑应为 {proposed}（{reason}）"),
        (Language::En, false) => format!("{name} is {seen} and should probably be {proposed} ({reason})"),
        (Language::En, true) => format!("{name} is blank and should probably be {proposed} ({reason})"),
    }
}

/// One finding.
pub fn finding(report: &Report, finding: &Finding, options: &Options) -> String {
    let mut out = String::new();
    let language = options.language;
    let (mark, severity) = (style(finding.severity), finding.severity.name(language));
    let head = wrap(&format!("{severity} {}", words::rule_name(finding, language)), options.width);
    for (i, line) in head.iter().enumerate() {
        let _ = match line.strip_prefix(severity) {
            Some(rest) if i == 0 => writeln!(out, "{mark}{severity}{mark:#}{rest}"),
            _ => writeln!(out, "  {line}"),
        };
    }
    field(&mut out, options, "", finding.message.get(language));
    if finding.origin == Origin::Extraction {
        field(&mut out, options, "", words::converted(language));
    }
    let place = if finding.rule.is_about_lint() && finding.place.section == 0 {
        finding.place.location.map(|l| words::location(&l, language)).unwrap_or_default()
    } else {
        words::place(report, &finding.place, language)
    };
    if !place.is_empty() {
        field(&mut out, options, pick(options, "位置：", "where: "), &place);
    }
    for evidence in &finding.evidence {
        let lines = match evidence {
            Evidence::Quote { text, marks, .. } => grid::quote(text, marks, options.width.saturating_sub(6)),
            Evidence::Cells { shown, marked } => grid::cells(report, shown, marked, options),
        };
        let bar = if matches!(evidence, Evidence::Quote { .. }) { "│ " } else { "" };
        for line in lines {
            let dim = dim();
            let _ = writeln!(out, "    {dim}{bar}{dim:#}{line}");
        }
    }
    for number in 2..=MOST_ALTERNATIVES + 1 {
        let words: Vec<String> = finding
            .suspects
            .iter()
            .filter(|s| s.explanation == number)
            .map(|s| suspect(report, s, language))
            .collect();
        if !words.is_empty() {
            let by = if language == Language::Zh { "，" } else { ", " };
            field(&mut out, options, pick(options, "也可能：", "or: "), &words.join(by));
        }
    }
    let more = finding
        .suspects
        .iter()
        .map(|s| s.explanation)
        .max()
        .unwrap_or(0)
        .saturating_sub(MOST_ALTERNATIVES + 1);
    if more > 0 {
        let text = match language {
            Language::Zh => format!("（还有 {more} 种可能，见 --format json）"),
            Language::En => format!("({more} more explanations, see --format json)"),
        };
        field(&mut out, options, "", &text);
    }
    // One identity by itself is in the message.
    for identity in finding.identities.iter().filter(|_| !finding.suspects.is_empty()) {
        let after = identity.after.as_ref().map_or(String::new(), |(left, right)| match language {
            Language::Zh => format!("；改后 {left} = {right}"),
            Language::En => format!("; then {left} = {right}"),
        });
        field(
            &mut out,
            options,
            pick(options, "勾稽：", "identity: "),
            &format!("{}{after}", identity.text.get(language)),
        );
    }
    if let Some(source) = finding.source.and_then(|c| words::cite(c, language)) {
        field(&mut out, options, pick(options, "依据：", "source: "), &source);
    }
    if let Some(help) = &finding.help {
        let fixable = if finding.safe_fix().is_some() {
            pick(options, "（可自动修改）", " (can be fixed automatically)")
        } else {
            ""
        };
        field(
            &mut out,
            options,
            pick(options, "怎么改：", "what to do: "),
            &format!("{}{fixable}", help.get(language)),
        );
    }
    out
}

/// The last line of a run.
pub fn summary(summary: &Summary, options: &Options) -> String {
    let Summary { files, unreadable, errors, warnings, infos, suppressed, explained, known, fixed } = summary;
    let closed: Vec<String> = [
        (known, "已知", "known"),
        (fixed, "已改正", "fixed"),
        (suppressed, "豁免", "suppressed"),
        (explained, "已说明", "explained"),
    ]
    .into_iter()
    .filter(|(count, ..)| **count > 0)
    .map(|(count, zh, en)| match options.language {
        Language::Zh => format!("{zh} {count} 个"),
        Language::En => format!("{count} {en}"),
    })
    .collect();
    let closed = match (closed.is_empty(), options.language) {
        (true, _) => String::new(),
        (false, Language::Zh) => format!("；另有{}", closed.join("，")),
        (false, Language::En) => format!("; {}", closed.join(", ")),
    };
    match options.language {
        Language::Zh => {
            let unread = if *unreadable > 0 {
                format!("，其中 {unreadable} 个无法读取")
            } else {
                String::new()
            };
            format!("共 {files} 个文件{unread}：{errors} 个错误，{warnings} 个警告，{infos} 个提示{closed}\n")
        }
        Language::En => {
            let unread = if *unreadable > 0 { format!(", {unreadable} unreadable") } else { String::new() };
            format!("{files} files{unread}: {errors} errors, {warnings} warnings, {infos} infos{closed}\n")
        }
    }
}
