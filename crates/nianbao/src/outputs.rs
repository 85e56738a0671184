//! Where the results of a run go: standard output and files, each in its own format.

use std::io::Write;
use std::path::{Path, PathBuf};

use nianbao_render::format::{Format, RunOptions, Writer};
use nianbao_render::{Checked, Options, Summary};
use nianbao_schema::Language;
use tempfile::NamedTempFile;

use crate::Stop;
use crate::terminal::Terminal;

/// `FORMAT` or `FORMAT=FILE` of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) format: Format,
    /// `None` for standard output.
    pub(crate) file: Option<PathBuf>,
}

impl Target {
    /// Parses the words of the command line.
    pub(crate) fn parse(words: &str) -> Result<Self, String> {
        let (format, file) = match words.split_once('=') {
            Some((format, file)) => (format, Some(file)),
            None => (words, None),
        };
        let format = parse_format(format)?;
        match file {
            Some("") => Err("等号后面要写文件名，例如 html=report.html ‖ write a file behind the equals sign, such as html=report.html"
                .to_owned()),
            Some("-") | None => Ok(Self { format, file: None }),
            Some(file) => Ok(Self { format, file: Some(file.into()) }),
        }
    }
}

/// The format of a word of the command line.
pub(crate) fn parse_format(id: &str) -> Result<Format, String> {
    Format::parse(id).ok_or_else(|| {
        let known: Vec<&str> = Format::ALL.iter().map(|f| f.id()).collect();
        format!("可以是：{} ‖ one of {}", known.join("、"), known.join(", "))
    })
}

/// All outputs of a run.
#[derive(Debug)]
pub(crate) struct Outputs {
    sinks: Vec<Sink>,
}

#[derive(Debug)]
struct Sink {
    format: Format,
    writer: Box<dyn Writer>,
    /// The file to be and the one that is written until the run is over; `None` for standard output.
    file: Option<(PathBuf, NamedTempFile)>,
}

impl Outputs {
    /// Opens the outputs. A file that cannot be written is known before the work begins; an old one of the same name
    /// stays as it is until the new one is complete.
    pub(crate) fn open(
        default: Format,
        targets: &[Target],
        options: &Options,
        run: &RunOptions,
    ) -> Result<Self, Stop> {
        let zh = options.language == Language::Zh;
        let standard = targets.iter().filter(|t| t.file.is_none()).count();
        if standard > 1 {
            return Err(Stop::Message(
                if zh {
                    "只能有一种格式写到标准输出；其余的请写成 格式=文件，例如 html=report.html"
                } else {
                    "only one format can go to standard output; give the others as FORMAT=FILE"
                }
                .to_owned(),
            ));
        }
        let own = (standard == 0).then_some(Target { format: default, file: None });
        let mut sinks: Vec<Sink> = Vec::new();
        for target in own.iter().chain(targets) {
            if let Some(path) = &target.file
                && sinks.iter().any(|s| s.file.as_ref().is_some_and(|(other, _)| other == path))
            {
                let path = path.display();
                return Err(Stop::Message(if zh {
                    format!("两种格式写到同一个文件：{path}")
                } else {
                    format!("two formats for the same file: {path}")
                }));
            }
            let file = match &target.file {
                None => None,
                Some(path) => Some((path.clone(), temporary(path, zh)?)),
            };
            sinks.push(Sink { format: target.format, writer: target.format.writer(options, run), file });
        }
        Ok(Self { sinks })
    }

    /// Writes the results of the next file.
    pub(crate) fn file(&mut self, checked: &Checked, terminal: &Terminal) -> Result<(), Stop> {
        for sink in &mut self.sinks {
            let text = sink.writer.file(checked);
            sink.write(&text, terminal)?;
        }
        Ok(())
    }

    /// Ends all outputs and puts the files in their places.
    pub(crate) fn end(mut self, summary: &Summary, terminal: &Terminal) -> Result<(), Stop> {
        for sink in &mut self.sinks {
            let text = sink.writer.end(summary);
            sink.write(&text, terminal)?;
        }
        for (path, file) in self.sinks.into_iter().filter_map(|s| s.file) {
            let zh = terminal.language() == Language::Zh;
            file.persist(&path).map_err(|e| unwritable(&path, &e.error, zh))?;
        }
        Ok(())
    }
}

impl Sink {
    fn write(&mut self, text: &str, terminal: &Terminal) -> Result<(), Stop> {
        if text.is_empty() {
            return Ok(());
        }
        match &mut self.file {
            None if self.format.is_styled() => terminal.print(text),
            None => terminal.print_plain(text),
            Some((path, file)) => {
                let zh = terminal.language() == Language::Zh;
                let plain = if self.format.is_styled() {
                    anstream::adapter::strip_str(text).to_string()
                } else {
                    text.to_owned()
                };
                file.write_all(plain.as_bytes()).map_err(|e| unwritable(path, &e, zh))
            }
        }
    }
}

/// A file beside the one to be, so that putting it in place is one step.
fn temporary(path: &Path, zh: bool) -> Result<NamedTempFile, Stop> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nianbao-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Results are for others to read; the mask of the process still applies.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(|e| unwritable(path, &e, zh))
}

fn unwritable(path: &Path, error: &std::io::Error, zh: bool) -> Stop {
    let path = path.display();
    Stop::Message(if zh {
        format!("{path}：无法写入：{error}")
    } else {
        format!("{path}: cannot be written: {error}")
    })
}
