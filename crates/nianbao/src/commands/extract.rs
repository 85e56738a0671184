//! `nianbao extract`.

use nianbao_render::{Failure, cells, document};
use nianbao_schema::Language;
use nianbao_schema::contract::{DocumentFile, ExtractedDocument, ExtractedFile, ExtractedReport, FileError};
use serde::Serialize;

use super::lint::{line, pretty};
use crate::args::{ExtractArgs, ExtractFormat};
use crate::load;
use crate::terminal::Terminal;
use crate::{Status, Stop};

/// What one file gives.
enum Piece<T> {
    /// An object of JSON.
    Object(T),
    /// Text to print as it is.
    Text(String),
}

pub(crate) fn run(args: &ExtractArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let wrong = match (args.document, args.format) {
        (true, Some(ExtractFormat::Csv)) => Some(("--format csv", "--document")),
        (false, Some(ExtractFormat::Text)) => Some(("--format text", "extract")),
        _ => None,
    };
    if let Some((format, with)) = wrong {
        return Err(Stop::Message(match (terminal.language(), args.document) {
            (Language::Zh, true) => format!("{format} 不能与 {with} 合用；可以用 text、json、jsonl"),
            (Language::Zh, false) => format!("{format} 只能与 --document 合用；可以用 json、jsonl、csv"),
            (Language::En, true) => format!("{format} does not go with {with}; use text, json or jsonl"),
            (Language::En, false) => format!("{format} needs --document; use json, jsonl or csv"),
        }));
    }
    if args.document { documents(args, terminal) } else { reports(args, terminal) }
}

fn reports(args: &ExtractArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let format = args.format.unwrap_or(ExtractFormat::Json);
    let mut printer = Printer::new(format, terminal);
    if format == ExtractFormat::Csv {
        terminal.print_plain(&cells::header(terminal.language()))?;
    }
    load::each(
        &args.inputs,
        |path, report| {
            let failed = report.as_ref().err().map(|failure| file_error(failure, terminal));
            let piece = match (report, format) {
                (Ok(report), ExtractFormat::Csv) => {
                    Piece::Text(cells::rows(path, &report, terminal.language()))
                }
                (Err(_), ExtractFormat::Csv) => Piece::Text(String::new()),
                (report, _) => {
                    let report = report.ok().as_ref().map(ExtractedReport::from);
                    Piece::Object(ExtractedFile { path: path.to_owned(), report, error: failed.clone() })
                }
            };
            (path.to_owned(), piece, failed)
        },
        |result| printer.take(result),
    )?;
    printer.finish()
}

fn documents(args: &ExtractArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let format = args.format.unwrap_or(ExtractFormat::Text);
    let mut printer = Printer::new(format, terminal);
    load::documents(
        &args.inputs,
        |path, read| {
            let failed = read.as_ref().err().map(|failure| file_error(failure, terminal));
            let piece = match (read, format) {
                (Ok(read), ExtractFormat::Text) => {
                    Piece::Text(document::file(path, &read, &terminal.options))
                }
                (Err(_), ExtractFormat::Text) => Piece::Text(String::new()),
                (read, _) => {
                    let document = read.ok().as_ref().map(ExtractedDocument::from);
                    Piece::Object(DocumentFile { path: path.to_owned(), document, error: failed.clone() })
                }
            };
            (path.to_owned(), piece, failed)
        },
        |result| printer.take(result),
    )?;
    printer.finish()
}

fn file_error(failure: &Failure, terminal: &Terminal) -> FileError {
    FileError { kind: failure.kind.clone(), message: failure.message.get(terminal.language()).to_owned() }
}

/// Prints what files give, in their order.
struct Printer<'t, T> {
    format: ExtractFormat,
    terminal: &'t Terminal,
    /// Objects of the one JSON document.
    gathered: Vec<T>,
    unreadable: bool,
}

impl<'t, T: Serialize> Printer<'t, T> {
    fn new(format: ExtractFormat, terminal: &'t Terminal) -> Self {
        Self { format, terminal, gathered: Vec::new(), unreadable: false }
    }

    fn take(&mut self, (path, piece, failed): (String, Piece<T>, Option<FileError>)) -> Result<(), Stop> {
        if let Some(error) = failed {
            self.unreadable = true;
            let colon = if self.terminal.language() == Language::Zh { "：" } else { ": " };
            self.terminal.error(&format!("{path}{colon}{}", error.message));
        }
        match (piece, self.format) {
            (Piece::Text(text), ExtractFormat::Text) => self.terminal.print(&text),
            (Piece::Text(text), _) => self.terminal.print_plain(&text),
            (Piece::Object(object), ExtractFormat::Json) => {
                self.gathered.push(object);
                Ok(())
            }
            (Piece::Object(object), _) => self.terminal.print_plain(&line(&object)?),
        }
    }

    fn finish(self) -> Result<Status, Stop> {
        if self.format == ExtractFormat::Json {
            self.terminal.print_plain(&pretty(&self.gathered)?)?;
        }
        Ok(if self.unreadable { Status::Trouble } else { Status::Clean })
    }
}
