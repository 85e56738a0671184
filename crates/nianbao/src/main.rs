//! The command `nianbao`.

use std::process::ExitCode;

fn main() -> ExitCode {
    nianbao::run(std::env::args_os())
}
