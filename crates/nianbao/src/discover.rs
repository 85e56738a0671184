//! Which files are meant: files, folders, wildcards, standard input.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use ignore::WalkBuilder;
use nianbao_lint::say;
use nianbao_render::Failure;

use crate::load;
use crate::write::identity;

/// Endings that a folder is searched for. Kinds that cannot be read yet are among them: a folder of `.pdf` files must
/// not look as if it were clean.
const ENDINGS: &[&str] = &[
    "docx", "html", "htm", "shtml", "txt", "md", "doc", "wps", "rtf", "odt", "ott", "fodt", "pdf", "mht",
    "mhtml", "xlsx", "xls", "ofd",
];

/// Bytes of a page in which its generator is named.
const OWN_HEAD: u64 = 512;

/// Something to read.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// A file, and the path by which output names it.
    File { path: PathBuf, name: String },
    /// Standard input, and the name it goes by.
    Stdin { name: Option<String> },
    /// A path that leads nowhere.
    Missing { name: String, failure: Failure },
}

impl Input {
    /// The path by which output names it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::File { name, .. } | Self::Missing { name, .. } => name,
            Self::Stdin { name } => name.as_deref().unwrap_or("<stdin>"),
        }
    }

    /// The file, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. } => Some(path),
            Self::Stdin { .. } | Self::Missing { .. } => None,
        }
    }

    /// Where it lies, or would lie by its name.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. } => Some(path),
            Self::Stdin { name } => name.as_deref().map(Path::new),
            Self::Missing { name, .. } => Some(Path::new(name)),
        }
    }
}

/// The files that some arguments mean: in the order of the arguments, sorted within a folder or wildcard, each file once.
pub(crate) fn discover(arguments: &[String], stdin_name: Option<&str>) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut seen = BTreeSet::new();
    let mut stdin = false;
    for argument in arguments {
        if argument == "-" {
            // There is nothing left to read a second time.
            if !std::mem::replace(&mut stdin, true) {
                inputs.push(Input::Stdin { name: stdin_name.map(str::to_owned) });
            }
            continue;
        }
        if argument.is_empty() {
            let failure = Failure {
                kind: "not-found".to_owned(),
                message: say!("路径是空的", "the path is empty"),
            };
            inputs.push(Input::Missing { name: "\"\"".to_owned(), failure });
            continue;
        }
        let path = Path::new(argument);
        let found = if path.is_dir() {
            files_below(path, |path| has_known_ending(path) && !is_own_page(path))
        } else if path.exists() || !argument.contains(['*', '?', '[']) {
            vec![Ok(path.to_owned())]
        } else {
            matching(argument)
        };
        if found.is_empty() {
            let failure = Failure {
                kind: "not-found".to_owned(),
                message: if path.is_dir() {
                    say!("文件夹里没有可以读取的文件", "the folder holds no file that could be read")
                } else {
                    say!("没有文件符合这个通配符", "no file matches")
                },
            };
            inputs.push(Input::Missing { name: argument.clone(), failure });
        }
        for found in found {
            match found {
                Ok(path) if !seen.insert(identity(&path)) => {}
                Ok(path) => {
                    let name = path.to_string_lossy().replace('\\', "/");
                    inputs.push(Input::File { path, name });
                }
                Err((path, failure)) => {
                    let name = path.to_string_lossy().replace('\\', "/");
                    inputs.push(Input::Missing { name, failure });
                }
            }
        }
    }
    inputs
}

fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|e| ENDINGS.contains(&e.as_str()))
}

/// Whether a file holds results that an earlier run wrote beside the reports.
fn is_own_page(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    if !ending.is_some_and(|e| matches!(e.as_str(), "html" | "htm" | "md")) {
        return false;
    }
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(OWN_HEAD).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    read.is_ok() && (head.contains(nianbao_render::GENERATOR) || head.starts_with(nianbao_render::MARK))
}

/// Whether a file is the lock or temporary file of an office program, never a report.
fn is_lock_file(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy());
    name.is_some_and(|n| n.starts_with("~$") || n.starts_with(".~lock") || n.starts_with("~WRL"))
}

/// A file, or a place where none could be looked for.
type Found = Result<PathBuf, (PathBuf, Failure)>;

/// The files below a folder that are wanted. What cannot be looked into is not passed over: it may hold a report.
fn files_below(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<Found> {
    // Clerks' folders are no repositories: only hidden files are passed over, not what some .gitignore names.
    let walk = WalkBuilder::new(folder).standard_filters(false).hidden(true).build();
    let mut files: Vec<Found> = walk
        .filter_map(|entry| match entry {
            // A link to a folder is not followed, it may lead in circles.
            Ok(entry) if entry.path_is_symlink() && entry.path().is_dir() => None,
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file() || t.is_symlink()) => {
                let path = entry.into_path();
                (!is_lock_file(&path) && wanted(&path)).then_some(Ok(path))
            }
            Ok(_) => None,
            Err(error) => {
                let path = place(&error).unwrap_or(folder).to_owned();
                let failure = error.into_io_error().map(load::io);
                failure.map(|failure| Err((path, failure)))
            }
        })
        .collect();
    files.sort_by(|a, b| path_of(a).cmp(path_of(b)));
    files
}

fn path_of(found: &Found) -> &Path {
    match found {
        Ok(path) | Err((path, _)) => path,
    }
}

/// The place that an error of the walk is about.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

/// The files that a wildcard matches, for shells that leave wildcards to the program.
fn matching(pattern: &str) -> Vec<Found> {
    let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() else { return Vec::new() };
    let matcher = glob.compile_matcher();
    let fixed: PathBuf = Path::new(pattern)
        .components()
        .take_while(|c| !c.as_os_str().to_string_lossy().contains(['*', '?', '[']))
        .collect();
    let base = if fixed.as_os_str().is_empty() { Path::new(".") } else { &fixed };
    let plain = |path: &Path| path.strip_prefix(".").map_or_else(|_| path.to_owned(), Path::to_owned);
    files_below(base, |path| matcher.is_match(path) || matcher.is_match(plain(path)))
        .into_iter()
        // A folder that cannot be looked into holds nothing that was asked for by name.
        .filter(Result::is_ok)
        .map(|found| found.map(|path| if fixed.as_os_str().is_empty() { plain(&path) } else { path }))
        .collect()
}
