//! The configuration: `nianbao.toml` beside the reports or in a folder above them.
//!
//! The nearest file to a report counts, alone: no file adds to another, so that a report is checked alike at every desk.
//! What the command line says goes before what the file says.

pub(crate) mod baseline;
mod error;
mod file;
pub(crate) mod init;
pub(crate) mod show;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use nianbao_lint::memory::{Explanation, Suppression};
use nianbao_lint::{RuleMeta, Say, Selection, Severity, UnknownRule, say};
use nianbao_recognize::Hints;
use nianbao_schema::CellId;

use crate::Stop;
use crate::args::Inputs;
use crate::discover::Input;
use error::Lines;
pub(crate) use file::{ConfigFile, Date};
use file::{OneOrMany, OrganEntry, RuleLevel, Threshold};

/// The name of a configuration file.
pub(crate) const FILE_NAME: &str = "nianbao.toml";

/// No configuration is longer.
const LONGEST: u64 = 1 << 20;

/// Files that an entry is for: `None` for all.
type Scope = Option<GlobSet>;

/// What one configuration file says, checked and ready for use. Without a file: the defaults.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The file as messages name it.
    pub(crate) name: Option<String>,
    /// The folder that its paths are relative to.
    pub(crate) folder: PathBuf,
    /// Its text.
    text: String,
    /// What it says.
    pub(crate) file: ConfigFile,
    organs: Vec<(Scope, OrganEntry)>,
    excluded: Scope,
    /// The suppressions, in the order of the file.
    pub(crate) suppressions: Vec<Scoped<Suppression>>,
    explanations: Vec<(Scope, Explanation)>,
}

/// An entry for some files.
#[derive(Debug)]
pub(crate) struct Scoped<T> {
    scope: Scope,
    /// The files that it names without a wildcard, if it names no others.
    pub(crate) literal: Option<Vec<String>>,
    pub(crate) entry: T,
}

/// Finds the settings for each input.
#[derive(Debug)]
pub(crate) struct Configs {
    isolated: bool,
    explicit: Option<usize>,
    by_folder: BTreeMap<PathBuf, usize>,
    all: Vec<Settings>,
}

impl Configs {
    /// Reads the file that `--config` names, if any.
    pub(crate) fn new(inputs: &Inputs) -> Result<Self, Stop> {
        let mut configs = Self {
            isolated: inputs.isolated,
            explicit: None,
            by_folder: BTreeMap::new(),
            all: vec![Settings::default()],
        };
        if let Some(path) = &inputs.config {
            let path = Path::new(path);
            configs.explicit = Some(configs.load(path, &path.to_string_lossy())?);
        }
        Ok(configs)
    }

    /// The settings for an input.
    pub(crate) fn of(&mut self, input: &Input) -> Result<usize, Stop> {
        if let Some(explicit) = self.explicit {
            return Ok(explicit);
        }
        if self.isolated {
            return Ok(0);
        }
        let folder = match input.path() {
            Some(path) => folder_of(path),
            None => absolute(Path::new(".")),
        };
        self.nearest(&folder)
    }

    /// The settings for what lies in a folder.
    pub(crate) fn nearest(&mut self, folder: &Path) -> Result<usize, Stop> {
        if let Some(explicit) = self.explicit {
            return Ok(explicit);
        }
        if self.isolated {
            return Ok(0);
        }
        if let Some(known) = self.by_folder.get(folder) {
            return Ok(*known);
        }
        let found = folder.ancestors().map(|f| f.join(FILE_NAME)).find(|f| f.is_file());
        let index = match found {
            None => 0,
            Some(path) => {
                match self.all.iter().position(|s| s.name.is_some() && s.folder.join(FILE_NAME) == path) {
                    Some(known) => known,
                    None => self.load(&path, &shown(&path))?,
                }
            }
        };
        self.by_folder.insert(folder.to_owned(), index);
        Ok(index)
    }

    fn load(&mut self, path: &Path, name: &str) -> Result<usize, Stop> {
        let settings = read(path, name).map_err(Stop::Say)?;
        self.all.push(settings);
        Ok(self.all.len() - 1)
    }

    /// Whether the settings of a number say that an input is no report.
    pub(crate) fn excludes(&self, settings: usize, input: &Input) -> bool {
        self.all[settings].excludes(input.path())
    }

    /// All settings met, by the numbers that [`Self::of`] gave.
    pub(crate) fn into_settings(self) -> Vec<Settings> {
        self.all
    }
}

/// The folder of a file, with links resolved where it exists.
fn folder_of(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    absolute(parent)
}

/// A path from the root, with links and `..` resolved where it exists.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// A path as short as messages can have it: relative to where the user stands, if it lies there or above.
fn shown(path: &Path) -> String {
    let here = absolute(Path::new("."));
    if let Ok(below) = path.strip_prefix(&here) {
        return slashes(below);
    }
    match path.parent().and_then(|folder| here.strip_prefix(folder).ok()) {
        Some(down) => "../".repeat(down.components().count()) + FILE_NAME,
        None => slashes(path),
    }
}

/// A path with `/` on every system.
pub(crate) fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Reads and checks a file. The error names it and the line.
fn read(path: &Path, name: &str) -> Result<Settings, Say> {
    let in_file =
        |what: &Say| Say { zh: format!("{name}：{}", what.zh), en: format!("{name}: {}", what.en) };
    let length = std::fs::metadata(path).map(|m| m.len());
    if length.is_ok_and(|l| l > LONGEST) {
        return Err(in_file(&say!("配置文件太大", "the configuration is too large")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| {
        in_file(&match error.kind() {
            std::io::ErrorKind::NotFound => say!("没有这个配置文件", "no such configuration file"),
            std::io::ErrorKind::InvalidData => {
                say!("配置文件必须是 UTF-8 编码", "a configuration must be UTF-8")
            }
            _ => say!("无法读取配置文件：{error}", "cannot read the configuration: {error}"),
        })
    })?;
    let folder = folder_of(path);
    parse(&text, name, &folder)
}

/// Checks the text of a configuration file.
pub(crate) fn parse(text: &str, name: &str, folder: &Path) -> Result<Settings, Say> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let at = |line: Option<usize>, what: Say| {
        let line = line.unwrap_or(1);
        Say {
            zh: format!("{name} 第{line}行：{}", what.zh), en: format!("{name}, line {line}: {}", what.en)
        }
    };
    let file: ConfigFile = toml::from_str(text).map_err(|e| {
        let (line, what) = error::explain(&e, text);
        at(Some(line), what)
    })?;
    let lines = Lines::new(text);
    let origin = |path: &[&str]| format!("{name}:{}", lines.of(path).unwrap_or(1));
    for selector in file.rules.keys() {
        named(selector).map_err(|e| at(lines.of(&["rules", selector]), e))?;
    }
    for selector in &file.lint.select {
        named(selector).map_err(|e| at(lines.of(&["lint", "select"]), e))?;
    }
    let reasoned = |reason: &str| match reason.trim() {
        "" => Err(say!("理由（reason）是空的：必须写明理由", "`reason` is blank: say why")),
        _ => Ok(reason.trim().to_owned()),
    };
    let excluded = globs(&file.lint.exclude.0).map_err(|e| at(lines.of(&["lint", "exclude"]), e))?;
    let mut organs = Vec::new();
    for (i, organ) in file.organ.0.iter().enumerate() {
        let scope =
            globs(&organ.files.0).map_err(|e| at(lines.of(&["organ", &i.to_string(), "files"]), e))?;
        organs.push((scope, organ.clone()));
    }
    let mut suppressions = Vec::new();
    for (i, entry) in file.ignore.iter().enumerate() {
        let key = i.to_string();
        let fail = |part: &str, what: Say| {
            at(lines.of(&["ignore", &key, part]).or_else(|| lines.of(&["ignore", &key])), what)
        };
        let literal = (!entry.files.0.is_empty()
            && !entry.files.0.iter().any(|f| f.contains(['*', '?', '[', '{'])))
        .then(|| entry.files.0.clone());
        if let Some(cell) = &entry.cell {
            known_cell(cell).map_err(|e| fail("cell", e))?;
        }
        if entry.section.is_some_and(|s| s > 6) {
            return Err(fail(
                "section",
                say!("section 是 1 到 6，0 是标题和开头", "`section` is 1 to 6, or 0 for title and preamble"),
            ));
        }
        let rules = resolve(&entry.rules).map_err(|e| fail("rules", e))?;
        suppressions.push(Scoped {
            scope: globs(&entry.files.0).map_err(|e| fail("files", e))?,
            literal,
            entry: Suppression {
                rules,
                cell: entry.cell.clone(),
                section: entry.section,
                sentence: entry.sentence.clone(),
                reason: reasoned(&entry.reason).map_err(|e| fail("reason", e))?,
                until: entry.until.map(|u| u.0),
                origin: origin(&["ignore", &key]),
                line: lines.of(&["ignore", &key]).map_or(1, |l| u32::try_from(l).unwrap_or(1)),
            },
        });
    }
    let mut explanations = Vec::new();
    for (i, entry) in file.explanation.iter().enumerate() {
        let key = i.to_string();
        let fail = |part: &str, what: Say| {
            at(lines.of(&["explanation", &key, part]).or_else(|| lines.of(&["explanation", &key])), what)
        };
        known_cell(&entry.cell).map_err(|e| fail("cell", e))?;
        let Some(cell) = CellId::parse(&entry.cell) else {
            return Err(fail(
                "cell",
                say!(
                    "说明要写到单元格，例如 disclosure.licensing.decisions",
                    "an explanation needs a cell, such as disclosure.licensing.decisions"
                ),
            ));
        };
        explanations.push((
            globs(&entry.files.0).map_err(|e| fail("files", e))?,
            Explanation {
                cell,
                value: entry.value.0,
                year: entry.year,
                rules: if entry.rules.is_empty() {
                    Vec::new()
                } else {
                    resolve(&entry.rules).map_err(|e| fail("rules", e))?
                },
                reason: reasoned(&entry.reason).map_err(|e| fail("reason", e))?,
                origin: origin(&["explanation", &key]),
            },
        ));
    }
    Ok(Settings {
        name: Some(name.to_owned()),
        folder: folder.to_owned(),
        text: text.to_owned(),
        file,
        organs,
        excluded,
        suppressions,
        explanations,
    })
}

/// Whether a selector names a rule.
fn named(selector: &str) -> Result<(), Say> {
    Selection::default().ignore(selector).map_err(|e| unknown_rule(&e))
}

/// The rules that selectors name; at least one.
fn resolve(selectors: &[String]) -> Result<Vec<&'static RuleMeta>, Say> {
    let mut selection = Selection::default();
    if selectors.is_empty() {
        return Err(say!("rules 是空的：写明哪些规则", "`rules` is empty: name some"));
    }
    for selector in selectors {
        selection.select(selector).map_err(|e| unknown_rule(&e))?;
    }
    Ok(nianbao_lint::rules().filter(|m| selection.is_on(m)).collect())
}

/// What to say of a selector that names no rule.
pub(crate) fn unknown_rule(error: &UnknownRule) -> Say {
    let selector = &error.selector;
    match error.suggestion {
        Some(meant) => say!(
            "没有规则“{selector}”，是不是“{meant}”？运行 nianbao rules 查看全部规则",
            "no rule \"{selector}\"; did you mean \"{meant}\"? See `nianbao rules`"
        ),
        None => say!(
            "没有规则“{selector}”；运行 nianbao rules 查看全部规则",
            "no rule \"{selector}\"; see `nianbao rules`"
        ),
    }
}

/// Whether some edition has a cell of this id, or one whose id begins so.
fn known_cell(id: &str) -> Result<(), Say> {
    let mut all = CellId::all().map(CellId::as_str);
    if all.any(|c| c == id || c.strip_prefix(id).is_some_and(|r| r.starts_with('.'))) {
        return Ok(());
    }
    let names: Vec<&str> = CellId::all().map(CellId::as_str).collect();
    Err(match error::nearest(id, &names) {
        Some(meant) => {
            say!("没有单元格“{id}”，是不是“{meant}”？", "no cell \"{id}\"; did you mean \"{meant}\"?")
        }
        None => say!(
            "没有单元格“{id}”；单元格的写法见 nianbao extract 的输出",
            "no cell \"{id}\"; `nianbao extract` shows how cells are named"
        ),
    })
}

/// The matcher of some wildcards; `None` for none. One without `/` is for the name of the file in any folder.
fn globs(patterns: &[String]) -> Result<Scope, Say> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let anywhere = if pattern.contains('/') {
            pattern.trim_start_matches("./").to_owned()
        } else {
            format!("**/{pattern}")
        };
        let glob = GlobBuilder::new(&anywhere).literal_separator(true).build();
        set.add(glob.map_err(|_| say!("通配符“{pattern}”写法不对", "\"{pattern}\" is no wildcard"))?);
    }
    set.build().map(Some).map_err(|e| say!("通配符太复杂：{e}", "wildcards are too complex: {e}"))
}

impl Settings {
    /// A path relative to the folder of the configuration.
    fn relative(&self, path: Option<&Path>) -> PathBuf {
        let Some(path) = path else { return PathBuf::new() };
        let full = match path.file_name() {
            Some(name) => folder_of(path).join(name),
            None => absolute(path),
        };
        full.strip_prefix(&self.folder).map_or_else(|_| full.clone(), Path::to_owned)
    }

    /// What the configuration and the command line say of the report in a file.
    pub(crate) fn hints(&self, path: Option<&Path>, inputs: &Inputs) -> Hints {
        let given = Hints {
            organ_kind: inputs.organ_kind,
            year: inputs.year,
            published: inputs.published.map(|d| (d.year, d.month, d.day)),
            ..Hints::default()
        };
        let Some(organ) = self.organ(path) else { return given };
        Hints {
            organ_kind: given.organ_kind.or(organ.kind.map(|k| k.0)),
            organ_name: organ.name.clone(),
            aliases: organ.aliases.clone(),
            also: organ.also.iter().map(|k| k.0).collect(),
            level: organ.level.map(|l| l.0),
            scope: organ.scope.map(|s| s.0),
            published: given.published.or(organ.published.map(|d| (d.0.year, d.0.month, d.0.day))),
            deadline: organ.deadline.map(|d| (d.month, d.day)),
            ..given
        }
    }

    /// Whether the configuration says that a file is no report.
    pub(crate) fn excludes(&self, path: Option<&Path>) -> bool {
        self.excluded.as_ref().is_some_and(|globs| globs.is_match(self.relative(path)))
    }

    /// The organ of a file: the first entry that is for it.
    pub(crate) fn organ(&self, path: Option<&Path>) -> Option<&OrganEntry> {
        if self.organs.is_empty() {
            return None;
        }
        let path = self.relative(path);
        self.organs.iter().find(|(s, _)| s.as_ref().is_none_or(|s| s.is_match(&path))).map(|(_, o)| o)
    }

    /// The suppressions for a file, by their numbers.
    pub(crate) fn suppressions(&self, path: Option<&Path>) -> Vec<(usize, &Suppression)> {
        let path = self.relative(path);
        let for_it = |s: &Scoped<_>| s.scope.as_ref().is_none_or(|s| s.is_match(&path));
        self.suppressions.iter().enumerate().filter(|(_, s)| for_it(s)).map(|(i, s)| (i, &s.entry)).collect()
    }

    /// The explanations for a file.
    pub(crate) fn explanations(&self, path: Option<&Path>) -> Vec<&Explanation> {
        let path = self.relative(path);
        let for_it = |s: &Scope| s.as_ref().is_none_or(|s| s.is_match(&path));
        self.explanations.iter().filter(|(s, _)| for_it(s)).map(|(_, e)| e).collect()
    }

    /// Turns rules on and off as the file says: broad selectors first, so that narrow ones win whatever their order.
    pub(crate) fn select(&self, selection: &mut Selection) -> Result<(), UnknownRule> {
        for selector in &self.file.lint.select {
            selection.select(selector)?;
        }
        let mut rules: Vec<(&String, RuleLevel)> = self.file.rules.iter().map(|(s, l)| (s, *l)).collect();
        let breadth = |selector: &str| match selector.len() {
            _ if selector.eq_ignore_ascii_case("all") => 0,
            n @ ..=3 => n,
            _ => 4,
        };
        rules.sort_by_key(|(selector, _)| breadth(selector));
        for (selector, level) in rules {
            match level {
                RuleLevel::Off => selection.ignore(selector)?,
                RuleLevel::On => selection.enable(selector)?,
                RuleLevel::Info | RuleLevel::Warning | RuleLevel::Error => {
                    selection.enable(selector)?;
                    selection.set_severity(
                        selector,
                        match level {
                            RuleLevel::Info => Severity::Info,
                            RuleLevel::Warning => Severity::Warning,
                            _ => Severity::Error,
                        },
                    )?;
                }
            }
        }
        Ok(())
    }

    /// The level from which on the exit status is 1, if the file says so.
    pub(crate) fn fail_on(&self) -> Option<Severity> {
        self.file.lint.fail_on.map(|level| match level {
            Threshold::Error => Severity::Error,
            Threshold::Warning => Severity::Warning,
            Threshold::Info => Severity::Info,
        })
    }

    /// The baseline that the file names.
    pub(crate) fn baseline(&self) -> Option<PathBuf> {
        self.file.lint.baseline.as_ref().map(|b| self.folder.join(b))
    }

    /// The line of a key of the file.
    fn line(&self, path: &[&str]) -> Option<usize> {
        Lines::new(&self.text).of(path)
    }
}

impl<T> OneOrMany<T> {
    /// Whether nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
