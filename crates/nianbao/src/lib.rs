//! The command line: arguments, discovery of files, parallel runs, exit status.
//!
//! Everything that touches files, the terminal, the environment or threads is here; checks are not.
#![expect(clippy::disallowed_types, reason = "this crate is the one that touches the outside")]

mod args;
mod commands;
mod discover;
mod load;
mod outputs;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use terminal::Terminal;

/// Exit status: 0 nothing at or above the fail level, 1 findings, 2 could not run or could not read an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Nothing to complain of.
    Clean,
    /// Findings at or above the fail level.
    Findings,
    /// Something could not be done.
    Trouble,
}

/// Why a command could not run at all.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A message for standard error.
    Message(String),
    /// Whoever reads the output went away (`nianbao … | head`): nothing to say.
    Closed,
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Message(format!("无法写出结果：{error}")),
        }
    }
}

/// Runs the command line and gives its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to standard output and are a success; clap knows which is which.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let terminal = Terminal::new(&arguments.common);
    let done = match arguments.command {
        Command::Lint(lint) => commands::lint::run(&lint, &terminal),
        Command::Extract(extract) => commands::extract::run(&extract, &terminal),
        Command::Explain(explain) => commands::explain::run(&explain, &terminal),
        Command::Rules(rules) => commands::rules::run(&rules, &terminal),
        Command::Schema(schema) => commands::schema::run(&schema, &terminal),
    };
    ExitCode::from(match done {
        Ok(status) => status as u8,
        Err(Stop::Closed) => Status::Clean as u8,
        Err(Stop::Message(message)) => {
            terminal.error(&message);
            Status::Trouble as u8
        }
    })
}
