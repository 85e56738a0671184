//! The command `nianbao`, as `crates/nianbao` has it.

use std::process::ExitCode;

fn main() -> ExitCode {
    nianbao::run(std::env::args_os())
}
