//! SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format): findings with logical locations for official cells
//! and the documentation of every rule.

use std::collections::BTreeMap;

use nianbao_lint::{Finding, RuleMeta, Severity};
use nianbao_schema::Language;
use nianbao_schema::report::Report;
use serde::Serialize;

use crate::escape::uri;
use crate::format::{Writer, pretty};
use crate::{Checked, Options, Summary, words};

/// The format.
#[derive(Debug)]
pub(crate) struct Sarif {
    options: Options,
    results: Vec<ResultObject>,
    notifications: Vec<Notification>,
    index: BTreeMap<&'static str, usize>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<ResultObject>,
}

#[derive(Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    name: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: RuleProperties,
}

#[derive(Debug, Serialize)]
struct Text {
    text: String,
}

#[derive(Debug, Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct RuleProperties {
    tags: [&'static str; 2],
    sources: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Debug, Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    locations: Vec<Place>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultObject {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Place>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
    properties: Properties,
}

#[derive(Debug, Serialize)]
struct Suppression {
    kind: &'static str,
    justification: String,
}

#[derive(Debug, Serialize)]
struct Fingerprints {
    #[serde(rename = "nianbao/v1")]
    nianbao: String,
}

#[derive(Debug, Serialize)]
struct Properties {
    origin: &'static str,
    class: &'static str,
    cells: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Debug, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fully_qualified_name: Option<&'static str>,
    kind: &'static str,
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

impl Sarif {
    pub(crate) fn new(options: Options) -> Self {
        let index = nianbao_lint::rules().enumerate().map(|(i, rule)| (rule.code, i)).collect();
        Self { options, results: Vec::new(), notifications: Vec::new(), index }
    }

    fn rule(&self, rule: &'static RuleMeta) -> Rule {
        let language = self.options.language;
        let title = if language == Language::Zh { rule.title } else { rule.title_en };
        let sections: &[&str] =
            if language == Language::Zh { &["", "为什么", "怎么改", "例外"] } else { &["English"] };
        let texts: Vec<String> = sections
            .iter()
            .map(|heading| (heading, rule.section(heading)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(heading, text)| if heading.is_empty() { text } else { format!("## {heading}\n\n{text}") })
            .collect();
        let markdown = texts.join("\n\n");
        let first = rule.section(sections[0]);
        Rule {
            id: rule.code,
            name: rule.name,
            short_description: Text { text: title.to_owned() },
            full_description: Text { text: if first.is_empty() { title.to_owned() } else { first } },
            help: Help { text: markdown.clone(), markdown },
            default_configuration: Configuration { level: level(rule.severity) },
            properties: RuleProperties {
                tags: [rule.subject(), rule.class.id()],
                sources: rule.sources.iter().filter_map(|c| words::cite(*c, language)).collect(),
            },
        }
    }

    fn result(&self, path: &str, report: &Report, finding: &Finding) -> ResultObject {
        let language = self.options.language;
        let at = finding.place.location.unwrap_or_default();
        let cells = finding.cells.iter().map(|id| Logical {
            name: report.form().cell(*id).map_or_else(|| id.as_str().to_owned(), |c| c.name(language)),
            fully_qualified_name: Some(id.as_str()),
            kind: "member",
        });
        let mut logical: Vec<Logical> = cells.collect();
        if logical.is_empty() {
            logical.push(Logical {
                name: words::place(report, &finding.place, language),
                fully_qualified_name: None,
                kind: "module",
            });
        }
        ResultObject {
            rule_id: finding.rule.code,
            rule_index: self.index.get(finding.rule.code).copied().unwrap_or_default(),
            level: level(finding.severity),
            message: Text { text: words::paragraphs(report, finding, language).join("\n") },
            locations: vec![Place {
                physical_location: Physical {
                    artifact_location: Artifact { uri: uri(path) },
                    region: (at.line > 0).then(|| Region {
                        start_line: at.line,
                        start_column: (at.column > 0).then_some(at.column),
                    }),
                },
                logical_locations: logical,
            }],
            partial_fingerprints: Fingerprints { nianbao: finding.fingerprint() },
            suppressions: Vec::new(),
            properties: Properties {
                origin: finding.origin.id(),
                class: finding.rule.class.id(),
                cells: finding.cells.iter().map(|c| c.as_str()).collect(),
            },
        }
    }
}

impl Writer for Sarif {
    fn file(&mut self, checked: &Checked) -> String {
        match &checked.outcome {
            Ok((report, lint)) => {
                let results: Vec<ResultObject> =
                    lint.findings.iter().map(|f| self.result(&checked.path, report, f)).collect();
                self.results.extend(results);
                for closed in &lint.closed {
                    let mut result = self.result(&checked.path, report, &closed.finding);
                    result.suppressions.push(Suppression {
                        kind: "external",
                        justification: words::closed(closed, self.options.language),
                    });
                    self.results.push(result);
                }
            }
            Err(failure) => self.notifications.push(Notification {
                level: "error",
                message: Text { text: failure.message.get(self.options.language).to_owned() },
                locations: vec![Place {
                    physical_location: Physical {
                        artifact_location: Artifact { uri: uri(&checked.path) },
                        region: None,
                    },
                    logical_locations: Vec::new(),
                }],
            }),
        }
        String::new()
    }

    fn end(&mut self, _: &Summary) -> String {
        let notifications = std::mem::take(&mut self.notifications);
        pretty(&Log {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "nianbao",
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        rules: nianbao_lint::rules().map(|r| self.rule(r)).collect(),
                    },
                },
                language: if self.options.language == Language::Zh { "zh-CN" } else { "en-US" },
                column_kind: "unicodeCodePoints",
                invocations: [Invocation {
                    execution_successful: notifications.is_empty(),
                    tool_execution_notifications: notifications,
                }],
                results: std::mem::take(&mut self.results),
            }],
        })
    }
}
