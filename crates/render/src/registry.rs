//! The list of rules.

use std::fmt::Write as _;

use nianbao_lint::RuleMeta;
use nianbao_schema::Language;
use nianbao_text::width::pad_end;
use schemars::JsonSchema;
use serde::Serialize;

use crate::words::style;

/// A rule in JSON.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "rules", deny_unknown_fields)]
pub struct Rule {
    /// Code, e.g. `N101`.
    pub code: &'static str,
    /// Name, e.g. `unbalanced-applications`.
    pub name: &'static str,
    /// The fault in Chinese.
    pub title: &'static str,
    /// The fault in English.
    pub title_en: &'static str,
    /// Usual severity.
    pub severity: &'static str,
    /// Official class of fault.
    pub class: &'static str,
    /// First and last report year that it applies to; `null` for no end.
    pub years: (u16, Option<u16>),
    /// Clauses that it rests on; empty for a rule of style.
    pub sources: Vec<String>,
    /// Whether it runs only where its code or name is selected.
    pub off_by_default: bool,
    /// Whether some of its findings carry a safe fix.
    pub fixable: bool,
    /// Version that brought it.
    pub since: &'static str,
    /// Documentation, Markdown.
    pub docs: &'static str,
}

/// A rule in JSON.
pub fn json(rule: &'static RuleMeta) -> Rule {
    Rule {
        code: rule.code,
        name: rule.name,
        title: rule.title,
        title_en: rule.title_en,
        severity: rule.severity.id(),
        class: rule.class.id(),
        years: (rule.years.0, Some(rule.years.1).filter(|y| *y < u16::MAX)),
        sources: rule.sources.iter().filter_map(|c| source(*c)).collect(),
        off_by_default: rule.off,
        fixable: rule.fixable,
        since: rule.since,
        docs: rule.docs,
    }
}

fn source(cite: nianbao_schema::source::Cite) -> Option<String> {
    cite.resolve().map(|(source, clause)| format!("{} {}", source.short_name(), clause.name))
}

/// The usual severity, and whether the rule is off by default.
pub(crate) fn level(rule: &RuleMeta, language: Language) -> String {
    let off = match (rule.off, language) {
        (false, _) => "",
        (true, Language::Zh) => "·默认关",
        (true, Language::En) => " (off)",
    };
    format!("{}{off}", rule.severity.name(language))
}

/// One line a rule.
pub fn list(rules: impl Iterator<Item = &'static RuleMeta>, language: Language) -> String {
    let mut out = String::new();
    for rule in rules {
        let mark = style(rule.severity);
        let severity = pad_end(&level(rule, language), if language == Language::Zh { 10 } else { 14 });
        let title = match language {
            Language::Zh => rule.title,
            Language::En => rule.title_en,
        };
        let source = match (rule.sources.first().and_then(|c| source(*c)), language) {
            (Some(source), _) => source,
            (None, Language::Zh) => "（文字规范）".to_owned(),
            (None, Language::En) => "(style)".to_owned(),
        };
        let (code, name) = (rule.code, pad_end(rule.name, 30));
        let _ = writeln!(out, "{code}  {name} {mark}{severity}{mark:#} {}  {source}", pad_end(title, 32));
    }
    out
}

/// The table for the README.
pub fn markdown(rules: impl Iterator<Item = &'static RuleMeta>, language: Language) -> String {
    let mut out = String::new();
    out.push_str(match language {
        Language::Zh => "| 编号 | 名称 | 问题 | 级别 | 依据 |\n|---|---|---|---|---|\n",
        Language::En => "| code | name | fault | severity | source |\n|---|---|---|---|---|\n",
    });
    for rule in rules {
        let title = match language {
            Language::Zh => rule.title,
            Language::En => rule.title_en,
        };
        let style = if language == Language::Zh { "文字规范" } else { "style" };
        let source =
            rule.sources.first().and_then(|c| c.resolve()).map_or(style.to_owned(), |(s, _)| s.short_name());
        let severity = level(rule, language);
        let _ = writeln!(out, "| {} | `{}` | {title} | {severity} | {source} |", rule.code, rule.name);
    }
    out
}
