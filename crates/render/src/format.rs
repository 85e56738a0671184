//! The output formats by name, and how a run is written in one of them.

use std::fmt::Debug;

use nianbao_lint::Severity;
use nianbao_schema::Language;

use crate::statistics::{Statistics, WithStatistics};
use crate::{
    Checked, Options, Summary, checkstyle, concise, csv, full, github, gitlab, grouped, html, json, junit,
    markdown, sarif,
};

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Grouped by file, every finding with place, evidence, source and advice.
    Full,
    /// One line a finding.
    Concise,
    /// Grouped by rule over all files.
    Grouped,
    /// One JSON document.
    Json,
    /// One line of JSON a file.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Code Quality report of GitLab.
    Gitlab,
    /// JUnit XML: a suite a file, a case a rule.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// Markdown.
    Markdown,
    /// A table for spreadsheets: UTF-8 with BOM, one row a finding.
    Csv,
    /// One self-contained page.
    Html,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Full,
        Self::Concise,
        Self::Grouped,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Checkstyle,
        Self::Markdown,
        Self::Csv,
        Self::Html,
    ];

    /// The word used on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Grouped => "grouped",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Checkstyle => "checkstyle",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }

    /// What it is for.
    pub fn about(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Full => ("按文件逐条详细列出", "every finding in full, by file"),
            Self::Concise => ("每个问题一行", "one line a finding"),
            Self::Grouped => ("按规则归类", "grouped by rule"),
            Self::Json => ("一个 JSON 文档", "one JSON document"),
            Self::Jsonl => ("每个文件一行 JSON", "one line of JSON a file"),
            Self::Sarif => ("SARIF 2.1.0，供代码扫描平台", "SARIF 2.1.0 for code scanning"),
            Self::Github => ("GitHub Actions 注释", "annotations of GitHub Actions"),
            Self::Gitlab => ("GitLab 代码质量报告", "GitLab code quality report"),
            Self::Junit => ("JUnit XML，每条规则一个用例", "JUnit XML, a case a rule"),
            Self::Checkstyle => ("Checkstyle XML", "Checkstyle XML"),
            Self::Markdown => ("Markdown 表格", "Markdown tables"),
            Self::Csv => ("电子表格用的 CSV", "CSV for spreadsheets"),
            Self::Html => ("单个网页文件，可打印", "one page that can be printed"),
        };
        if language == Language::Zh { zh } else { en }
    }

    /// The format of a word.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.id() == id)
    }

    /// Whether it is text for a terminal, with styles that are stripped where nobody can see them.
    pub fn is_styled(self) -> bool {
        matches!(self, Self::Full | Self::Concise | Self::Grouped)
    }

    /// Starts a run in this format.
    pub fn writer(self, options: &Options, run: &RunOptions) -> Box<dyn Writer> {
        let inner = self.plain_writer(*options, *run);
        if !(run.statistics && self.is_styled()) {
            return inner;
        }
        Box::new(WithStatistics { inner, options: *options, statistics: Statistics::default() })
    }

    fn plain_writer(self, options: Options, run: RunOptions) -> Box<dyn Writer> {
        match self {
            Self::Full => Box::new(FullWriter { options, run }),
            Self::Concise => Box::new(ConciseWriter { options }),
            Self::Grouped => Box::new(grouped::Grouped::new(options)),
            Self::Json => Box::new(JsonWriter { options, any: false }),
            Self::Jsonl => Box::new(JsonlWriter { options }),
            Self::Sarif => Box::new(sarif::Sarif::new(options)),
            Self::Github => Box::new(github::Github { options }),
            Self::Gitlab => Box::new(gitlab::Gitlab::new(options)),
            Self::Junit => Box::new(junit::Junit::new(options, run)),
            Self::Checkstyle => Box::new(checkstyle::Checkstyle::new(options)),
            Self::Markdown => Box::new(markdown::Markdown::new(options)),
            Self::Csv => Box::new(csv::Csv::new(options)),
            Self::Html => Box::new(html::Html::new(options)),
        }
    }
}

/// What a writer has to know of the run besides the language.
#[derive(Debug, Clone, Copy)]
pub struct RunOptions {
    /// Findings of this level and above make the run fail.
    pub fail_on: Severity,
    /// Whether to leave out what says only that all is well.
    pub quiet: bool,
    /// Whether formats for people end with what every rule made of the files. JSON always says it.
    pub statistics: bool,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self { fail_on: Severity::Error, quiet: false, statistics: false }
    }
}

/// A run being written, file by file in the order of their paths.
pub trait Writer: Debug {
    /// The next file: text that can be written at once.
    fn file(&mut self, checked: &Checked) -> String;
    /// The end of the run: the rest of the text.
    fn end(&mut self, summary: &Summary) -> String;
    /// Whether there is a text that stands before all others and is known only at the end. What `file` gives has to be
    /// set aside until then.
    fn ends_with_head(&self) -> bool {
        false
    }
    /// That text; asked for after `end`.
    fn head(&mut self, _: &Summary) -> String {
        String::new()
    }
}

#[derive(Debug)]
struct FullWriter {
    options: Options,
    run: RunOptions,
}

impl Writer for FullWriter {
    fn file(&mut self, checked: &Checked) -> String {
        match &checked.outcome {
            Err(_) => String::new(),
            Ok((_, lint)) if self.run.quiet && lint.findings.is_empty() => String::new(),
            Ok((report, lint)) => full::file(&checked.path, report, lint, &self.options),
        }
    }

    fn end(&mut self, summary: &Summary) -> String {
        if self.run.quiet { String::new() } else { full::summary(summary, &self.options) }
    }
}

#[derive(Debug)]
struct ConciseWriter {
    options: Options,
}

impl Writer for ConciseWriter {
    fn file(&mut self, checked: &Checked) -> String {
        match &checked.outcome {
            Err(_) => String::new(),
            Ok((_, lint)) => concise::file(&checked.path, lint, &self.options),
        }
    }

    fn end(&mut self, _: &Summary) -> String {
        String::new()
    }
}

/// Writes the document piece by piece, so that no run is too long for the memory.
#[derive(Debug)]
struct JsonWriter {
    options: Options,
    any: bool,
}

impl JsonWriter {
    /// The frame of the document: what stands before and behind the files.
    fn frame(summary: &Summary) -> (String, String) {
        const FILES: &str = "\"files\": [";
        let whole = pretty(&json::Output::new(Vec::new(), summary));
        whole.split_once(FILES).map_or_else(
            || (whole.clone(), String::new()),
            |(head, tail)| (format!("{head}{FILES}"), tail.to_owned()),
        )
    }
}

impl Writer for JsonWriter {
    fn file(&mut self, checked: &Checked) -> String {
        let file = to_json(&json::File::new(checked, &self.options), true);
        let before = if std::mem::replace(&mut self.any, true) {
            ",".to_owned()
        } else {
            Self::frame(&Summary::default()).0
        };
        format!("{before}\n    {}", file.replace('\n', "\n    "))
    }

    fn end(&mut self, summary: &Summary) -> String {
        let (head, tail) = Self::frame(summary);
        if self.any { format!("\n  {tail}") } else { head + &tail }
    }
}

#[derive(Debug)]
struct JsonlWriter {
    options: Options,
}

impl Writer for JsonlWriter {
    fn file(&mut self, checked: &Checked) -> String {
        let mut line = to_json(&json::File::new(checked, &self.options), false);
        line.push('\n');
        line
    }

    fn end(&mut self, _: &Summary) -> String {
        String::new()
    }
}

/// A value as a JSON document.
pub(crate) fn pretty(value: &impl serde::Serialize) -> String {
    let mut text = to_json(value, true);
    text.push('\n');
    text
}

/// The contracts hold strings, numbers and lists only, which always can be written.
fn to_json(value: &impl serde::Serialize, pretty: bool) -> String {
    let written = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    written.unwrap_or_default()
}
