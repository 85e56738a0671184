//! `nianbao show-config`: every value with where it comes from.

use nianbao_lint::{Say, Severity, say};
use nianbao_schema::Language;
use schemars::JsonSchema;
use serde::Serialize;

use super::file::{OrganEntry, Threshold};
use super::{Settings, slashes};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody said anything.
    Default,
    /// The configuration, with the line.
    File(String, usize),
    /// An option.
    CommandLine,
    /// A variable of the environment.
    Environment(&'static str),
}

impl Origin {
    /// In the words of the user.
    fn words(&self) -> Say {
        match self {
            Self::Default => say!("默认", "default"),
            Self::File(name, line) => say!("{name} 第{line}行", "{name}, line {line}"),
            Self::CommandLine => say!("命令行", "command line"),
            Self::Environment(name) => say!("环境变量 {name}", "environment variable {name}"),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Default => Kind::Default,
            Self::File(..) => Kind::File,
            Self::CommandLine => Kind::CommandLine,
            Self::Environment(_) => Kind::Environment,
        }
    }
}

/// A value that is in force.
#[derive(Debug)]
pub(crate) struct Setting {
    key: String,
    value: String,
    origin: Origin,
}

impl Setting {
    pub(crate) fn new(key: impl Into<String>, value: impl Into<String>, origin: Origin) -> Self {
        Self { key: key.into(), value: value.into(), origin }
    }
}

/// A setting that is in force.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "setting", deny_unknown_fields)]
pub(crate) struct Shown {
    /// What it is called in `nianbao.toml`, with the table: `lint.fail-on`.
    key: String,
    /// The value as TOML writes it.
    value: String,
    /// Where it comes from.
    origin: Kind,
    /// The configuration that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// The line there, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

/// The origin of a value.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// Nobody said anything.
    Default,
    /// The configuration.
    File,
    /// An option.
    CommandLine,
    /// A variable of the environment.
    Environment,
}

/// The settings as JSON.
pub(crate) fn json(settings: &[Setting]) -> Vec<Shown> {
    let shown = settings.iter().map(|s| {
        let (file, line) = match &s.origin {
            Origin::File(name, line) => (Some(name.clone()), Some(*line)),
            _ => (None, None),
        };
        Shown { key: s.key.clone(), value: s.value.clone(), origin: s.origin.kind(), file, line }
    });
    shown.collect()
}

/// The settings as lines, each with its origin behind it.
pub(crate) fn text(settings: &[Setting], language: Language) -> String {
    let cells: Vec<(String, Say)> =
        settings.iter().map(|s| (format!("{} = {}", s.key, s.value), s.origin.words())).collect();
    let widest = cells.iter().map(|(c, _)| nianbao_text::width::width(c)).max().unwrap_or(0).min(60);
    let line = |(value, origin): &(String, Say)| {
        format!("{}  # {}\n", nianbao_text::width::pad_end(value, widest), origin.get(language))
    };
    cells.iter().map(line).collect()
}

/// A string as TOML writes it.
fn string(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(|i| string(i.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

impl Settings {
    /// What stands in the file, or the defaults.
    pub(crate) fn shown(&self) -> Vec<Setting> {
        let name = self.name.clone().unwrap_or_default();
        let origin =
            |path: &[&str]| self.line(path).map_or(Origin::Default, |l| Origin::File(name.clone(), l));
        let mut all = Vec::new();
        for (i, organ) in self.file.organ.0.iter().enumerate() {
            let index = i.to_string();
            let many = self.file.organ.0.len() > 1;
            for (key, value) in organ_values(organ) {
                let shown = if many { format!("organ[{}].{key}", i + 1) } else { format!("organ.{key}") };
                all.push(Setting::new(shown, value, origin(&["organ", &index, key])));
            }
        }
        for (selector, level) in &self.file.rules {
            all.push(Setting::new(
                format!("rules.{selector}"),
                string(level.id()),
                origin(&["rules", selector]),
            ));
        }
        let lint = &self.file.lint;
        if !lint.select.is_empty() {
            all.push(Setting::new("lint.select", list(&lint.select), origin(&["lint", "select"])));
        }
        let level = match lint.fail_on {
            None | Some(Threshold::Error) => Severity::Error,
            Some(Threshold::Warning) => Severity::Warning,
            Some(Threshold::Info) => Severity::Info,
        };
        all.push(Setting::new("lint.fail-on", string(level.id()), origin(&["lint", "fail-on"])));
        if !lint.exclude.is_empty() {
            let value = list(&lint.exclude.0);
            all.push(Setting::new("lint.exclude", value, origin(&["lint", "exclude"])));
        }
        if let Some(path) = self.baseline() {
            all.push(Setting::new("lint.baseline", string(&slashes(&path)), origin(&["lint", "baseline"])));
        }
        for (i, entry) in self.file.ignore.iter().enumerate() {
            let value = format!("{}：{}", list(&entry.rules), entry.reason);
            all.push(Setting::new(format!("ignore[{}]", i + 1), value, origin(&["ignore", &i.to_string()])));
        }
        for (i, entry) in self.file.explanation.iter().enumerate() {
            let value = format!("{} = {}：{}", entry.cell, entry.value.0, entry.reason);
            let key = format!("explanation[{}]", i + 1);
            all.push(Setting::new(key, value, origin(&["explanation", &i.to_string()])));
        }
        all
    }
}

/// The keys of an organ that are set.
fn organ_values(organ: &OrganEntry) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let mut add = |key, value: Option<String>| all.extend(value.map(|v| (key, v)));
    add("files", (!organ.files.is_empty()).then(|| list(&organ.files.0)));
    add("name", organ.name.as_deref().map(string));
    add("aliases", (!organ.aliases.is_empty()).then(|| list(&organ.aliases)));
    add("kind", organ.kind.map(|k| string(k.0.id())));
    let also: Vec<&str> = organ.also.iter().map(|k| k.0.id()).collect();
    add("also", (!also.is_empty()).then(|| list(&also)));
    add("level", organ.level.map(|l| string(l.0.id())));
    add("scope", organ.scope.map(|s| string(s.0.id())));
    add("published", organ.published.map(|d| string(&d.0.to_string())));
    add("deadline", organ.deadline.map(|d| string(&format!("{:02}-{:02}", d.month, d.day))));
    all
}

/// Puts a value of the command line or the environment in the place of what the file says.
pub(crate) fn put(settings: &mut Vec<Setting>, setting: Setting) {
    match settings.iter_mut().find(|s| s.key == setting.key) {
        Some(old) => *old = setting,
        None => settings.push(setting),
    }
}
