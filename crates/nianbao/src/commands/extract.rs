//! `nianbao extract`.

use nianbao_schema::contract::{ExtractedFile, ExtractedReport, FileError};

use super::lint::{line, pretty};
use crate::args::{ExtractArgs, ExtractFormat};
use crate::load;
use crate::terminal::Terminal;
use crate::{Status, Stop};

pub(crate) fn run(args: &ExtractArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let mut files = Vec::new();
    let mut unreadable = false;
    load::each(
        &args.inputs,
        |path, report| {
            let (report, error) = match report {
                Ok(report) => (Some(ExtractedReport::from(&report)), None),
                Err(failure) => {
                    let message = failure.message.get(terminal.language()).to_owned();
                    (None, Some(FileError { kind: failure.kind, message }))
                }
            };
            ExtractedFile { path: path.to_owned(), report, error }
        },
        |file| {
            if let Some(error) = &file.error {
                unreadable = true;
                terminal.error(&format!("{}：{}", file.path, error.message));
            }
            match args.format {
                ExtractFormat::Json => files.push(file),
                ExtractFormat::Jsonl => terminal.print_plain(&line(&file)?)?,
            }
            Ok(())
        },
    )?;
    if args.format == ExtractFormat::Json {
        terminal.print_plain(&pretty(&files)?)?;
    }
    Ok(if unreadable { Status::Trouble } else { Status::Clean })
}
