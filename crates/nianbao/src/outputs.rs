//! Where the results of a run go: standard output and files, each in its own format.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use nianbao_lint::{Say, say};
use nianbao_render::format::{Format, RunOptions, Writer};
use nianbao_render::{Checked, Options, Summary};
use tempfile::{NamedTempFile, SpooledTempFile};

use crate::Stop;
use crate::terminal::Terminal;
use crate::write::{folder_of, identity, may_be_replaced, reason};

/// Bytes of a page that are kept in memory until its head is known; more go to a temporary file.
const SPOOL: usize = 1 << 20;

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
    /// What was written of a format whose head is known only at the end.
    body: Option<SpooledTempFile>,
    place: Place,
}

/// Where an output goes.
#[derive(Debug)]
enum Place {
    Standard,
    /// Standard output whose reader went away.
    Gone,
    /// The file to be, and the one that is written until the run is over.
    File(PathBuf, NamedTempFile),
    /// A device or a pipe: it cannot be replaced, and must not be.
    Device(PathBuf, File),
}

impl Outputs {
    /// Opens the outputs. A file that cannot be written is known before the work begins; an old one of the same name
    /// stays as it is until the new one is complete. What the run reads is never written.
    pub(crate) fn open(
        default: Format,
        targets: &[Target],
        options: &Options,
        run: &RunOptions,
        reads: impl Fn(&Path) -> bool,
    ) -> Result<Self, Stop> {
        let standard = targets.iter().filter(|t| t.file.is_none()).count();
        if standard > 1 {
            return Err(Stop::Say(say!(
                "只能有一种格式写到标准输出；其余的请写成 格式=文件，例如 html=report.html",
                "only one format can go to standard output; give the others as FORMAT=FILE"
            )));
        }
        let own = (standard == 0).then_some(Target { format: default, file: None });
        let mut sinks: Vec<Sink> = Vec::new();
        let mut files: Vec<PathBuf> = Vec::new();
        for target in own.iter().chain(targets) {
            let place = match &target.file {
                None => Place::Standard,
                Some(path) => {
                    let (file, name) = (identity(path), path.display());
                    if files.contains(&file) {
                        return Err(Stop::Say(say!(
                            "两种格式写到同一个文件：{name}",
                            "two formats for the same file: {name}"
                        )));
                    }
                    if reads(&file) {
                        return Err(Stop::Say(say!(
                            "{name}：这是本次要读取的文件，结果不能写到这里；请换一个文件名",
                            "{name}: this run reads the file, results cannot go there; choose another name"
                        )));
                    }
                    files.push(file);
                    Place::open(path).map_err(|e| unwritable(path, &e))?
                }
            };
            let writer = target.format.writer(options, run);
            let body = writer.ends_with_head().then(|| tempfile::spooled_tempfile(SPOOL));
            sinks.push(Sink { format: target.format, writer, body, place });
        }
        Ok(Self { sinks })
    }

    /// Lets go of standard output where its reader went away (`nianbao … | head`). The files are still to be written; if
    /// there are none, nobody wants to know more.
    fn closed(&mut self, done: Result<(), Stop>) -> Result<(), Stop> {
        match done {
            Err(Stop::Closed) => {
                for sink in &mut self.sinks {
                    if matches!(sink.place, Place::Standard) {
                        sink.place = Place::Gone;
                    }
                }
                let left = self.sinks.iter().any(|s| !matches!(s.place, Place::Gone));
                if left { Ok(()) } else { Err(Stop::Closed) }
            }
            done => done,
        }
    }

    /// Writes the results of the next file.
    pub(crate) fn file(&mut self, checked: &Checked, terminal: &Terminal) -> Result<(), Stop> {
        for i in 0..self.sinks.len() {
            let done = self.sinks[i].file(checked, terminal);
            self.closed(done)?;
        }
        Ok(())
    }

    /// Ends all outputs and puts the files in their places.
    pub(crate) fn end(mut self, summary: &Summary, terminal: &Terminal) -> Result<(), Stop> {
        for i in 0..self.sinks.len() {
            let done = self.sinks[i].end(summary, terminal);
            self.closed(done)?;
        }
        for sink in self.sinks {
            if let Place::File(path, file) = sink.place {
                // A link stays a link: what it leads to is replaced.
                file.persist(identity(&path)).map_err(|e| unwritable(&path, &e.error))?;
            }
        }
        Ok(())
    }
}

impl Sink {
    fn file(&mut self, checked: &Checked, terminal: &Terminal) -> Result<(), Stop> {
        let text = self.writer.file(checked);
        match &mut self.body {
            Some(body) => Ok(body.write_all(text.as_bytes())?),
            None => self.write(&text, terminal),
        }
    }

    fn end(&mut self, summary: &Summary, terminal: &Terminal) -> Result<(), Stop> {
        // What a format ends with is asked for first: it may complete what the head says.
        let end = self.writer.end(summary);
        if let Some(mut body) = self.body.take() {
            let head = self.writer.head(summary);
            self.write(&head, terminal)?;
            body.rewind()?;
            self.copy(&mut body, terminal)?;
        }
        self.write(&end, terminal)
    }

    fn write(&mut self, text: &str, terminal: &Terminal) -> Result<(), Stop> {
        if text.is_empty() {
            return Ok(());
        }
        match &mut self.place {
            Place::Standard if self.format.is_styled() => terminal.print(text),
            Place::Standard => terminal.print_plain(text),
            place if self.format.is_styled() => {
                place.put(anstream::adapter::strip_str(text).to_string().as_bytes())
            }
            place => place.put(text.as_bytes()),
        }
    }

    /// Writes what was set aside, piece by piece.
    fn copy(&mut self, body: &mut SpooledTempFile, terminal: &Terminal) -> Result<(), Stop> {
        let mut piece = vec![0; 1 << 16];
        loop {
            let read = body.read(&mut piece)?;
            match (&mut self.place, &piece[..read]) {
                (_, []) => return Ok(()),
                (Place::Standard, bytes) => terminal.print_bytes(bytes)?,
                (place, bytes) => place.put(bytes)?,
            }
        }
    }
}

impl Place {
    fn open(path: &Path) -> std::io::Result<Self> {
        match std::fs::metadata(path) {
            Ok(facts) if facts.is_dir() => return Err(std::io::ErrorKind::IsADirectory.into()),
            Ok(facts) if !facts.is_file() => {
                return Ok(Self::Device(path.to_owned(), File::options().write(true).open(path)?));
            }
            _ => may_be_replaced(path)?,
        }
        // Beside the file that a link leads to, so that putting it in place is one step.
        Ok(Self::File(path.to_owned(), temporary(&identity(path))?))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let (path, done) = match self {
            Self::Standard | Self::Gone => return Ok(()),
            Self::File(path, file) => (path, file.write_all(bytes)),
            Self::Device(path, file) => (path, file.write_all(bytes)),
        };
        done.map_err(|e| unwritable(path, &e))
    }
}

/// A file beside the one to be.
fn temporary(path: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nianbao-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Results are for others to read; the mask of the process still applies.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(path))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Stop {
    let (path, Say { zh, en }) = (path.display(), reason(error));
    Stop::Say(say!("{path}：无法写入：{zh}", "{path}: cannot be written: {en}"))
}
