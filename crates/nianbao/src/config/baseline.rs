//! The baseline file: the findings that are known, by file and fingerprint.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use nianbao_lint::memory::Known;
use nianbao_lint::{Finding, Say, say};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{absolute, slashes};

/// The name of the file where neither configuration nor command line names one.
pub(crate) const FILE_NAME: &str = "nianbao-baseline.json";

/// Version of the contract.
const VERSION: u32 = 1;

/// A baseline.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "baseline")]
pub(crate) struct File {
    /// Version of this contract.
    pub(crate) version: u32,
    /// The known findings of each file; paths are relative to the folder of the baseline.
    pub(crate) files: BTreeMap<String, Vec<Entry>>,
}

/// A known finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// What it is known by: rule and cells with their values, or rule and sentence; never a line.
    pub(crate) fingerprint: String,
    /// Code of the rule.
    pub(crate) code: String,
    /// Name of the rule.
    pub(crate) rule: String,
    /// What was found, for whoever reads the file.
    pub(crate) message: String,
}

impl Entry {
    /// A finding as the baseline remembers it.
    pub(crate) fn new(finding: &Finding) -> Self {
        Self {
            fingerprint: finding.fingerprint(),
            code: finding.rule.code.to_owned(),
            rule: finding.rule.name.to_owned(),
            message: finding.message.zh.clone(),
        }
    }
}

/// A baseline and where it is.
#[derive(Debug, Clone)]
pub(crate) struct Baseline {
    path: PathBuf,
    folder: PathBuf,
    pub(crate) file: File,
}

impl Baseline {
    /// An empty one.
    pub(crate) fn empty(path: &Path) -> Self {
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self {
            path: path.to_owned(),
            folder: absolute(parent),
            file: File { version: VERSION, files: BTreeMap::new() },
        }
    }

    /// Reads one; `None` where there is no such file.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, Say> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                return Err(say!("不是 UTF-8 编码的文本", "it is not text in UTF-8"));
            }
            Err(error) => return Err(crate::load::unread(&error)),
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let file: File = serde_json::from_str(text).map_err(|e| {
            let line = e.line();
            say!("第{line}行不符合基线的格式：{e}", "line {line} is not as in a baseline: {e}")
        })?;
        if file.version != VERSION {
            let version = file.version;
            return Err(say!(
                "格式版本是 {version}，本程序只认识 {VERSION}；请升级程序或重新写出基线",
                "its version is {version}, this program knows {VERSION}; update the program or write the baseline anew"
            ));
        }
        Ok(Some(Self { file, ..Self::empty(path) }))
    }

    /// Where it is, for messages.
    pub(crate) fn name(&self) -> String {
        slashes(&self.path)
    }

    /// The name under which the baseline has a file.
    pub(crate) fn key(&self, path: &Path) -> String {
        let full = match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => {
                let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
                absolute(parent).join(name)
            }
            _ => absolute(path),
        };
        // A file on another drive has no relative path.
        match full.strip_prefix(&self.folder) {
            Ok(below) => slashes(below),
            Err(_) => relative(&full, &self.folder),
        }
    }

    /// Whether a file that it has findings of is still there.
    pub(crate) fn exists(&self, key: &str) -> bool {
        self.folder.join(key).exists()
    }

    /// What it knows of a file.
    pub(crate) fn known(&self, path: &Path) -> Known {
        let entries = self.file.files.get(&self.key(path)).into_iter().flatten();
        entries.map(|e| (e.fingerprint.clone(), e.code.clone())).collect()
    }

    /// Writes it, whole or not at all.
    pub(crate) fn write(&self) -> Result<(), std::io::Error> {
        let text = serde_json::to_string_pretty(&self.file).map_err(std::io::Error::other)? + "\n";
        crate::write::atomically(&self.path, text.as_bytes())
    }
}

/// A path from one folder to a file that does not lie below it.
fn relative(full: &Path, folder: &Path) -> String {
    let common = full.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return slashes(full);
    }
    let up = folder.components().count() - common;
    let down: PathBuf = full.components().skip(common).collect();
    "../".repeat(up) + &slashes(&down)
}
