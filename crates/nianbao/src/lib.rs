//! The command line: arguments, discovery of files, parallel runs, exit status.
//!
//! Everything that touches files, the terminal, the environment or threads is here; checks are not.
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this crate is the one that touches the outside"
)]

mod args;
mod check;
mod commands;
mod config;
mod discover;
mod fixing;
mod help;
mod load;
mod outputs;
mod progress;
mod terminal;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use nianbao_lint::{Say, say};

use args::{Arguments, Command};
use config::show::Origin;
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
    /// The same in both languages.
    Say(Say),
    /// Whoever reads the output went away (`nianbao … | head`): nothing to say.
    Closed,
}

impl Stop {
    /// The message in both languages.
    pub(crate) fn into_say(self) -> Say {
        match self {
            Self::Say(say) => say,
            Self::Message(message) => Say { zh: message.clone(), en: message },
            Self::Closed => Say { zh: String::new(), en: String::new() },
        }
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Closed,
            _ => {
                let Say { zh, en } = write::reason(&error);
                Self::Say(say!("无法写出结果：{zh}", "the results cannot be written: {en}"))
            }
        }
    }
}

/// Where the values of options come from.
#[derive(Debug)]
pub(crate) struct Sources(ArgMatches);

impl Sources {
    /// The origin of an option of the command that runs; `variable` is what may set it.
    pub(crate) fn of(&self, option: &str, variable: &'static str) -> Origin {
        let mut matches = &self.0;
        while let Some((_, inner)) = matches.subcommand() {
            matches = inner;
        }
        match matches.value_source(option) {
            Some(ValueSource::CommandLine) => Origin::CommandLine,
            Some(ValueSource::EnvVariable) => Origin::Environment(variable),
            _ => Origin::Default,
        }
    }
}

/// Runs the command line and gives its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = help::language(&arguments);
    let command = help::localized(Arguments::command(), language);
    let parsed = command
        .try_get_matches_from(arguments)
        .and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, Sources(matches))));
    let (arguments, sources) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            let status = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
            match help::complaint(&error, language) {
                Some(message) => {
                    let terminal = Terminal::plain(language);
                    terminal.error(&message);
                    terminal.note(&say!(
                        "运行 nianbao --help 或 nianbao 命令 --help 查看用法",
                        "`nianbao --help` and `nianbao COMMAND --help` show the usage"
                    ));
                }
                // Help and version go to standard output and are a success; clap knows which is which.
                None => {
                    let _ = error.print();
                }
            }
            return status;
        }
    };
    let terminal = Terminal::new(&arguments.common);
    let done = match arguments.command {
        Command::Lint(lint) => commands::lint::run(&lint, &terminal),
        Command::Extract(extract) => commands::extract::run(&extract, &terminal),
        Command::Diff(diff) => commands::diff::run(&diff, &terminal),
        Command::Trend(trend) => commands::trend::run(&trend, &terminal),
        Command::Explain(explain) => commands::explain::run(&explain, &terminal),
        Command::Rules(rules) => commands::rules::run(&rules, &terminal),
        Command::Schema(schema) => commands::schema::run(&schema, &terminal),
        Command::Baseline(baseline) => commands::baseline::run(&baseline, &terminal),
        Command::Init(init) => commands::init::run(&init, &terminal),
        Command::Completions(completions) => commands::completions::run(&completions, &terminal),
        Command::Man(man) => commands::completions::man(&man, &terminal),
        Command::ShowConfig(show) => {
            commands::show_config::run(&show, &arguments.common, &sources, &terminal)
        }
    };
    ExitCode::from(match done {
        Ok(status) => status as u8,
        Err(Stop::Closed) => Status::Clean as u8,
        Err(stop) => {
            terminal.error(&terminal.say(&stop.into_say()));
            Status::Trouble as u8
        }
    })
}
