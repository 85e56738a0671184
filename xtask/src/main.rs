//! The front door: `cargo xtask lint …` runs the same command line as the installed `nianbao`; the other commands are
//! the chores of development.
//!
//! Nothing here links the product, so the chores work when the product does not build.
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a development tool at the edge")]

mod codegen;
mod corpus;
mod new_rule;
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
    /// Write the file of a new rule, with examples that fail until its check is written
    NewRule {
        /// Letter of the subject and three digits, e.g. S099
        code: String,
        /// The fault in kebab-case, e.g. section-duplicate
        name: String,
    },
    /// Run the tests: all of them, or only those of the rules
    Test {
        /// `rules`: examples, registry and snapshots of the rules
        what: Option<String>,
    },
    /// Measure speed: of all stages, or of one (diff, identities, readers, rules)
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
    /// Fuzz a reader with recognition and rules behind it (needs cargo-fuzz): docx, odt, xlsx, doc, xls, rtf, html, mht, text, pdf, json, package
    Fuzz {
        /// The target; all of them if left out
        target: Option<String>,
        /// How long, for each target
        #[arg(long, default_value = "60")]
        seconds: u32,
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
        Task::NewRule { code, name } => new_rule::run(&code, &name),
        Task::Test { what } => test(what.as_deref()),
        Task::Bench { what } => bench(what.as_deref()),
        Task::Fuzz { target, seconds } => fuzz(target.as_deref(), seconds),
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
        Some("diff") => process::cargo(&["bench", "--package", "nianbao", "--bench", "diff"]),
        Some("readers") => process::cargo(&["bench", "--package", "nianbao-reader", "--bench", "readers"]),
        Some("rules") => process::cargo(&["bench", "--package", "nianbao-lint", "--benches"]),
        Some(other) => Err(format!("unknown stage {other:?}; known: diff, identities, readers, rules")),
    }
}

const FUZZ_TARGETS: &[&str] =
    &["docx", "odt", "xlsx", "doc", "xls", "rtf", "html", "mht", "text", "pdf", "json", "package"];

/// Runs targets from the fixtures on, with the promises of the readers as limits: a second and 300 MB for one input.
fn fuzz(target: Option<&str>, seconds: u32) -> Result<(), String> {
    if let Some(target) = target.filter(|t| !FUZZ_TARGETS.contains(t)) {
        return Err(format!("unknown target {target:?}; known: {}", FUZZ_TARGETS.join(", ")));
    }
    for target in FUZZ_TARGETS.iter().filter(|t| target.is_none_or(|only| only == **t)) {
        process::fuzz(target, seconds)?;
    }
    Ok(())
}

fn ci() -> Result<(), String> {
    process::cargo(&["fmt", "--all", "--check"])?;
    process::cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
    codegen::run(true)?;
    test(None)
}

/// A word with its first letter in upper case.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}
