//! The front door: `cargo xtask lint …` runs the same command line as the installed `nianbao`; the other commands are
//! the chores of development.
//!
//! Nothing here links the product, so the chores work when the product does not build.
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a development tool at the edge")]

mod codegen;
mod corpus;
mod process;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs nianbao, and the chores of its development.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Write the generated files: embedded data, the list of rules, JSON Schemas, tables in the README
    Codegen {
        /// Write nothing; fail if a generated file is not up to date
        #[arg(long)]
        check: bool,
    },
    /// Run the tests: all of them, or only those of the rules
    Test {
        /// `rules`: examples, registry and snapshots of the rules
        what: Option<String>,
    },
    /// Measure speed: of all stages, or of one (identities)
    Bench {
        /// The stage
        what: Option<String>,
    },
    /// Count how exactly cells are read: reports with random numbers, written by python-docx, LibreOffice, pandoc and others
    Corpus {
        /// Reports of each kind
        #[arg(long, default_value = "20")]
        reports: usize,
        /// Seed of the random numbers
        #[arg(long, default_value = "1")]
        seed: u64,
        /// Keep the files in this folder
        #[arg(long, value_name = "FOLDER")]
        keep: Option<PathBuf>,
        /// Read the files kept there before, writing none
        #[arg(long, requires = "keep")]
        again: bool,
        /// Write the table into crates/recognize/README.md
        #[arg(long)]
        write: bool,
    },
    /// Everything that must pass before a change lands
    Ci,
    /// Any command of nianbao: lint, extract, explain, rules, schema …
    #[command(external_subcommand)]
    Nianbao(Vec<OsString>),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Codegen { check } => codegen::run(check),
        Task::Test { what } => test(what.as_deref()),
        Task::Bench { what } => bench(what.as_deref()),
        Task::Corpus { reports, seed, keep, again, write } => {
            corpus::run(&corpus::Request { reports, seed, keep, again, write })
        }
        Task::Ci => ci(),
        Task::Nianbao(arguments) => return process::nianbao(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn test(what: Option<&str>) -> Result<(), String> {
    match what {
        None => process::cargo(&["test", "--workspace"]),
        Some("rules") => process::cargo(&["test", "--package", "nianbao-lint"]),
        Some(other) => Err(format!("unknown tests {other:?}; known: rules")),
    }
}

fn bench(what: Option<&str>) -> Result<(), String> {
    match what {
        None => process::cargo(&["bench", "--workspace", "--benches"]),
        Some("identities") => process::cargo(&["bench", "--package", "nianbao-identities", "--benches"]),
        Some(other) => Err(format!("unknown stage {other:?}; known: identities")),
    }
}

fn ci() -> Result<(), String> {
    process::cargo(&["fmt", "--all", "--check"])?;
    process::cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
    codegen::run(true)?;
    test(None)
}
