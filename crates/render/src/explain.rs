//! A rule explained: what, why, source, examples with the findings that they give, what to do.

use std::fmt::Write as _;

use nianbao_lint::RuleMeta;
use nianbao_schema::Language;
use nianbao_text::width::wrap;

use crate::words::{cite, dim, style};
use crate::{Checked, Options, full};

/// An example of a rule after it was run.
#[derive(Debug)]
pub struct RunExample {
    /// Whether the rule finds something in it.
    pub bad: bool,
    /// The sketch.
    pub sketch: String,
    /// What was found in it.
    pub checked: Checked,
}

/// The explanation of a rule.
pub fn rule(meta: &'static RuleMeta, examples: &[RunExample], options: &Options) -> String {
    let zh = options.language == Language::Zh;
    let mut out = String::new();
    let bold = anstyle::Style::new().bold();
    let mark = style(meta.severity);
    let title = if zh { meta.title } else { meta.title_en };
    let _ = writeln!(out, "{bold}{} {} {title}{bold:#}", meta.code, meta.name);
    let subject =
        if zh { format!("{}，{}", meta.subject(), meta.class.name()) } else { meta.class.id().to_owned() };
    let _ = writeln!(out, "{mark}{}{mark:#}  {subject}", meta.severity.name(options.language));
    let dim = dim();
    for line in applies(meta, zh) {
        let _ = writeln!(out, "{dim}{line}{dim:#}");
    }
    out.push('\n');
    let mut section = |heading: &str, text: &str| {
        if text.is_empty() {
            return;
        }
        if !heading.is_empty() {
            let _ = writeln!(out, "{bold}{heading}{bold:#}");
        }
        for paragraph in paragraphs(text) {
            for line in wrap(&paragraph, options.width.saturating_sub(2)) {
                let _ = writeln!(out, "  {line}");
            }
        }
        out.push('\n');
    };
    if zh {
        section("", &meta.section(""));
        section("为什么", &meta.section("为什么"));
    } else {
        section("", &meta.section("English"));
    }
    let sources: Vec<String> = meta.sources.iter().filter_map(|c| cite(*c, options.language)).collect();
    let style_only = if zh { "没有条文依据，属于文字规范" } else { "none: a rule of style" };
    section(
        if zh { "依据" } else { "Source" },
        &if sources.is_empty() { style_only.to_owned() } else { sources.join("\n\n") },
    );
    if zh {
        section("怎么改", &meta.section("怎么改"));
        section("例外", &meta.section("例外"));
    }
    for example in examples {
        let heading = match (example.bad, zh) {
            (true, true) => "错误示例",
            (false, true) => "正确示例",
            (true, false) => "Bad example",
            (false, false) => "Good example",
        };
        let note = if zh {
            "（与一份完整的报告相比，只写出不同之处）"
        } else {
            " (only what differs from a complete report)"
        };
        let _ = writeln!(out, "{bold}{heading}{bold:#}{dim}{note}{dim:#}");
        for line in example.sketch.lines() {
            let _ = writeln!(out, "  {line}");
        }
        out.push('\n');
        if let Ok((report, lint)) = &example.checked.outcome {
            for finding in lint.findings.iter().filter(|f| f.rule.code == meta.code) {
                for line in full::finding(report, finding, options).lines() {
                    let _ = writeln!(out, "  {line}");
                }
                out.push('\n');
            }
        }
    }
    out
}

/// When and for whom a rule runs, where that is not always and for all.
fn applies(meta: &RuleMeta, zh: bool) -> Vec<String> {
    let (code, mut lines) = (meta.code, Vec::new());
    if meta.off {
        lines.push(if zh {
            format!(
                "默认关闭，只作提醒；需要时用 --select {code} 打开（与其他规则同用：--select all,{code}）"
            )
        } else {
            format!(
                "off by default; turn it on with --select {code} (beside the others: --select all,{code})"
            )
        });
    }
    match meta.years {
        (2019, u16::MAX) => {}
        (first, u16::MAX) if zh => lines.push(format!("适用于{first}年度及以后的报告")),
        (first, u16::MAX) => lines.push(format!("for reports from {first} on")),
        (first, last) if zh => lines.push(format!("适用于{first}至{last}年度的报告")),
        (first, last) => lines.push(format!("for reports for {first} to {last}")),
    }
    if !meta.organs.is_empty() {
        let name = |o: &nianbao_schema::organ::OrganKind| {
            let name = &o.facts().name;
            if zh { name.zh.clone() } else { name.en.clone() }
        };
        let names: Vec<String> = meta.organs.iter().map(name).collect();
        lines.push(if zh {
            format!("只适用于{}", names.join("、"))
        } else {
            format!("only for: {}", names.join(", "))
        });
    }
    if meta.shape {
        lines.push(if zh {
            "2019年度只是鼓励使用统一格式，级别降低一级".to_owned()
        } else {
            "one level milder for 2019, when the form was only encouraged".to_owned()
        });
    }
    if meta.fixable {
        lines.push(if zh {
            "部分问题可以自动修改".to_owned()
        } else {
            "some findings carry a safe fix".to_owned()
        });
    }
    lines
}

/// Markdown lines joined into paragraphs: broken lines are one paragraph, without a space between Chinese characters.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            all.push(String::new());
            continue;
        }
        if let Some(last) = all.last_mut() {
            let latin = last.ends_with(|c: char| c.is_ascii()) && line.starts_with(|c: char| c.is_ascii());
            if !last.is_empty() && latin {
                last.push(' ');
            }
            last.push_str(line);
        }
    }
    all.retain(|p| !p.is_empty());
    all
}
