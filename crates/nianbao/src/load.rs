//! Reading inputs into reports, several at a time, results in order.

use std::io::{ErrorKind, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use nianbao_lint::{Say, say};
use nianbao_reader::limits;
use nianbao_recognize::{Hints, recognize};
use nianbao_render::Failure;
use nianbao_schema::document::Document;
use nianbao_schema::report::Report;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::Stop;
use crate::args::Inputs;
use crate::config::{Configs, Settings};
use crate::discover::{Input, discover};
use crate::progress::Progress;
use crate::write;

/// Files handled before their results are written: bounds memory whatever the size of the folder.
const BATCH: usize = 64;

/// What is to be read, and the settings for each input.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The inputs in the order of the output, each with the number of its settings.
    pub(crate) inputs: Vec<(Input, usize)>,
    /// The settings.
    pub(crate) settings: Vec<Settings>,
}

impl Plan {
    /// Finds the inputs and reads the configurations that are for them.
    pub(crate) fn new(inputs: &Inputs) -> Result<Self, Stop> {
        let mut configs = Configs::new(inputs)?;
        let mut paths = inputs.paths.clone();
        if let Some(list) = &inputs.files_from {
            paths.extend(listed(list)?);
        }
        let found = discover(&paths, inputs.stdin_name.as_deref());
        let inputs = found
            .into_iter()
            .map(|input| configs.of(&input).map(|settings| (input, settings)))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .filter(|(input, settings)| !configs.excludes(*settings, input))
            .collect();
        Ok(Self { inputs, settings: configs.into_settings() })
    }

    /// What configuration and command line say of an input.
    pub(crate) fn hints(&self, input: &Input, settings: usize, inputs: &Inputs) -> Hints {
        self.settings[settings].hints(input.path(), inputs)
    }
}

/// The paths that a list names, one a line.
fn listed(list: &str) -> Result<Vec<String>, Stop> {
    let bytes = if list == "-" {
        read_all(std::io::stdin().lock())
    } else {
        std::fs::File::open(list).map_err(io).and_then(read_all)
    };
    let bytes = bytes.map_err(|f| {
        Stop::Say(Say { zh: format!("{list}：{}", f.message.zh), en: format!("{list}: {}", f.message.en) })
    })?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let good = e.utf8_error().valid_up_to();
        let line = e.as_bytes().iter().take(good).filter(|b| **b == b'\n').count() + 1;
        Stop::Say(say!(
            "{list}：第{line}行不是 UTF-8 编码；把清单另存为 UTF-8，或者直接给出文件夹",
            "{list}: line {line} is not UTF-8; save the list as UTF-8, or name the folder instead"
        ))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // A list is of files: `-` in it would read a second time from where the list may come from.
    Ok(text.lines().map(str::trim_end).filter(|l| !l.is_empty() && *l != "-").map(str::to_owned).collect())
}

/// Reads every input, makes something of each report, and hands the results over in the order of the inputs.
///
/// A file that cannot be read is a [`Failure`]; the others are still done.
pub(crate) fn each<T: Send>(
    inputs: &Inputs,
    make: impl Fn(&str, Result<Report, Failure>) -> T + Sync,
    take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let plan = Plan::new(inputs)?;
    let report = |input: &Input, settings| load(input, &plan.hints(input, settings, inputs));
    every(&plan, inputs, report, |input, _, report| make(input.name(), report), take)
}

/// The same for what the reader alone makes of each input.
pub(crate) fn documents<T: Send>(
    inputs: &Inputs,
    make: impl Fn(&str, Result<Document, Failure>) -> T + Sync,
    take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let plan = Plan::new(inputs)?;
    every(&plan, inputs, |input, _| read(input), |input, _, document| make(input.name(), document), take)
}

/// The same by a plan, with the settings of each input.
pub(crate) fn planned<T: Send>(
    plan: &Plan,
    inputs: &Inputs,
    make: impl Fn(&Input, usize, Result<Report, Failure>) -> T + Sync,
    take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let report = |input: &Input, settings| load(input, &plan.hints(input, settings, inputs));
    every(plan, inputs, report, make, take)
}

fn every<R, T: Send>(
    plan: &Plan,
    inputs: &Inputs,
    read: impl Fn(&Input, usize) -> Result<R, Failure> + Sync,
    make: impl Fn(&Input, usize, Result<R, Failure>) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut pool = ThreadPoolBuilder::new();
    if let Some(jobs) = inputs.jobs {
        pool = pool.num_threads(jobs.get());
    }
    let pool = pool
        .build()
        .map_err(|e| Stop::Say(say!("无法启动工作线程：{e}", "cannot start worker threads: {e}")))?;
    let progress = Progress::new(plan.inputs.len(), inputs.no_progress);
    for batch in plan.inputs.chunks(BATCH) {
        let one = |(input, settings): &(Input, usize)| {
            // A fault of ours in one file must not take the others down with it.
            let whole = || make(input, *settings, read(input, *settings));
            let made = catch_unwind(AssertUnwindSafe(whole)).unwrap_or_else(|_| {
                make(
                    input,
                    *settings,
                    Err(failure(
                        "internal",
                        say!(
                            "程序内部错误，请把这个文件的情况反馈给开发者",
                            "internal error; please report this file"
                        ),
                    )),
                )
            });
            progress.step();
            made
        };
        let made: Vec<T> = pool.install(|| batch.par_iter().map(one).collect());
        progress.clear();
        for result in made {
            take(result)?;
        }
    }
    Ok(())
}

/// Reads one file that is said to be a report.
pub(crate) fn one(path: &str, inputs: &Inputs) -> Result<Report, Failure> {
    let input = Input::File { path: path.into(), name: path.to_owned() };
    let mut configs = Configs::new(inputs).map_err(|stop| failure("config", stop.into_say()))?;
    let settings = configs.of(&input).map_err(|stop| failure("config", stop.into_say()))?;
    // Last year's report has another year than the one that the user gave.
    let hints = Hints {
        year: None,
        published: None,
        ..configs.into_settings()[settings].hints(input.path(), inputs)
    };
    load(&input, &hints)
}

/// Reads one file of which nothing is known but its path; `-` is standard input.
pub(crate) fn plain(path: &str) -> Result<Report, Failure> {
    let input = match path {
        "-" => Input::Stdin { name: None },
        _ => Input::File { path: path.into(), name: path.to_owned() },
    };
    let done = catch_unwind(AssertUnwindSafe(|| load(&input, &Hints::default())));
    done.unwrap_or_else(|_| {
        Err(failure(
            "internal",
            say!("程序内部错误，请把这个文件的情况反馈给开发者", "internal error; please report this file"),
        ))
    })
}

fn failure(kind: &str, message: Say) -> Failure {
    Failure { kind: kind.to_owned(), message }
}

pub(crate) fn load(input: &Input, hints: &Hints) -> Result<Report, Failure> {
    Ok(recognize(&read(input)?, hints))
}

fn read(input: &Input) -> Result<Document, Failure> {
    let bytes = match input {
        Input::Missing { failure, .. } => return Err(failure.clone()),
        Input::Stdin { .. } => read_all(std::io::stdin().lock()),
        Input::File { path, .. } => std::fs::File::open(path)
            .and_then(|file| {
                if file.metadata()?.is_dir() {
                    return Err(std::io::Error::from(ErrorKind::IsADirectory));
                }
                Ok(file)
            })
            .map_err(io)
            .and_then(read_all),
    }?;
    nianbao_reader::read(&bytes).map_err(|error| {
        let (zh, en) = (error.message_zh(), error.to_string());
        failure(error.kind(), Say { zh, en })
    })
}

/// The bytes of a file.
pub(crate) fn bytes(path: &std::path::Path) -> Result<Vec<u8>, Failure> {
    std::fs::File::open(path).map_err(io).and_then(read_all)
}

/// Reads a stream, but never more than a reader would take.
fn read_all(stream: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    stream.take(limits::INPUT as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
    Ok(bytes)
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that map_err wants")]
pub(crate) fn io(error: std::io::Error) -> Failure {
    let kind = match error.kind() {
        ErrorKind::NotFound => "not-found",
        ErrorKind::PermissionDenied => "permission-denied",
        ErrorKind::IsADirectory => "not-a-file",
        _ => "io",
    };
    failure(kind, unread(&error))
}

/// Why something could not be read, in the words of the user.
pub(crate) fn unread(error: &std::io::Error) -> Say {
    match error.kind() {
        _ if write::in_use(error) => say!(
            "文件正被其他程序（如 Word、WPS）打开，请保存并关闭后再检查",
            "another program has the file open, such as Word; save and close it first"
        ),
        ErrorKind::NotFound => say!("文件不存在", "no such file"),
        ErrorKind::PermissionDenied => say!("没有读取权限", "permission denied"),
        ErrorKind::IsADirectory => say!("这是文件夹，不是文件", "this is a folder"),
        ErrorKind::NotADirectory => {
            say!("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder")
        }
        _ => say!("读取失败：{error}", "reading failed: {error}"),
    }
}
