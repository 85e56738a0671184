//! Reading inputs into reports, several at a time, results in order.

use std::io::Read;
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
use crate::discover::{Input, discover};

/// Files handled before their results are written: bounds memory whatever the size of the folder.
const BATCH: usize = 64;

/// Reads every input, makes something of each report, and hands the results over in the order of the inputs.
///
/// A file that cannot be read is a [`Failure`]; the others are still done.
pub(crate) fn each<T: Send>(
    inputs: &Inputs,
    make: impl Fn(&str, Result<Report, Failure>) -> T + Sync,
    take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let hints = Hints { organ_kind: inputs.organ_kind, year: inputs.year };
    every(inputs, |input| load(input, &hints), make, take)
}

/// The same for what the reader alone makes of each input.
pub(crate) fn documents<T: Send>(
    inputs: &Inputs,
    make: impl Fn(&str, Result<Document, Failure>) -> T + Sync,
    take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    every(inputs, read, make, take)
}

fn every<R, T: Send>(
    inputs: &Inputs,
    read: impl Fn(&Input) -> Result<R, Failure> + Sync,
    make: impl Fn(&str, Result<R, Failure>) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let found = discover(&inputs.paths);
    let mut pool = ThreadPoolBuilder::new();
    if let Some(jobs) = inputs.jobs {
        pool = pool.num_threads(jobs.get());
    }
    let pool = pool.build().map_err(|e| Stop::Message(format!("无法启动工作线程：{e}")))?;
    for batch in found.chunks(BATCH) {
        let one = |input: &Input| {
            // A fault of ours in one file must not take the others down with it.
            let report = catch_unwind(AssertUnwindSafe(|| read(input))).unwrap_or_else(|_| {
                Err(failure(
                    "internal",
                    say!(
                        "程序内部错误，请把这个文件的情况反馈给开发者",
                        "internal error; please report this file"
                    ),
                ))
            });
            make(input.name(), report)
        };
        let made: Vec<T> = pool.install(|| batch.par_iter().map(one).collect());
        for result in made {
            take(result)?;
        }
    }
    Ok(())
}

/// Reads one file that is said to be a report.
pub(crate) fn one(path: &str, inputs: &Inputs) -> Result<Report, Failure> {
    let hints = Hints { organ_kind: inputs.organ_kind, year: None };
    load(&Input::File { path: path.into(), name: path.to_owned() }, &hints)
}

fn failure(kind: &str, message: Say) -> Failure {
    Failure { kind: kind.to_owned(), message }
}

fn load(input: &Input, hints: &Hints) -> Result<Report, Failure> {
    Ok(recognize(&read(input)?, hints))
}

fn read(input: &Input) -> Result<Document, Failure> {
    let bytes = match input {
        Input::Missing { failure, .. } => return Err(failure.clone()),
        Input::Stdin => read_all(std::io::stdin().lock()),
        Input::File { path, .. } => std::fs::File::open(path)
            .and_then(|file| {
                if file.metadata()?.is_dir() {
                    return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
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

/// Reads a stream, but never more than a reader would take.
fn read_all(stream: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    stream.take(limits::INPUT as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
    Ok(bytes)
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that map_err wants")]
fn io(error: std::io::Error) -> Failure {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => failure("not-found", say!("文件不存在", "no such file")),
        ErrorKind::PermissionDenied => {
            failure("permission-denied", say!("没有读取权限", "permission denied"))
        }
        ErrorKind::IsADirectory => failure("not-a-file", say!("这是文件夹，不是文件", "this is a folder")),
        _ => failure("io", say!("读取失败：{error}", "reading failed: {error}")),
    }
}
