//! Which files are meant: files, folders, wildcards, standard input.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use ignore::WalkBuilder;
use nianbao_lint::say;
use nianbao_render::Failure;

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
    for argument in arguments {
        if argument == "-" {
            inputs.push(Input::Stdin { name: stdin_name.map(str::to_owned) });
            continue;
        }
        let path = Path::new(argument);
        let found = if path.is_dir() {
            files_below(path, |path| has_known_ending(path) && !is_own_page(path))
        } else if path.exists() || !argument.contains(['*', '?', '[']) {
            vec![path.to_owned()]
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
        for path in found {
            if seen.insert(path.clone()) {
                let name = path.to_string_lossy().replace('\\', "/");
                inputs.push(Input::File { path, name });
            }
        }
    }
    inputs
}

fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|e| ENDINGS.contains(&e.as_str()))
}

/// Whether a file is a page of results that an earlier run wrote beside the reports.
fn is_own_page(path: &Path) -> bool {
    let html = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("html"));
    if !html {
        return false;
    }
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(OWN_HEAD).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(nianbao_render::GENERATOR)
}

/// Whether a file is the lock or temporary file of an office program, never a report.
fn is_lock_file(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy());
    name.is_some_and(|n| n.starts_with("~$") || n.starts_with(".~lock") || n.starts_with("~WRL"))
}

fn files_below(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    // Clerks' folders are no repositories: only hidden files are passed over, not what some .gitignore names.
    let walk = WalkBuilder::new(folder).standard_filters(false).hidden(true).build();
    let mut files: Vec<PathBuf> = walk
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|t| t.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(|path| !is_lock_file(path) && wanted(path))
        .collect();
    files.sort();
    files
}

/// The files that a wildcard matches, for shells that leave wildcards to the program.
fn matching(pattern: &str) -> Vec<PathBuf> {
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
        .map(|path| if fixed.as_os_str().is_empty() { plain(&path) } else { path })
        .collect()
}
