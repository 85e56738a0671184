//! Running cargo and nianbao.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

fn command() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs cargo in the root of the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Result<(), String> {
    eprintln!("$ cargo {}", arguments.join(" "));
    let status = command().args(arguments).current_dir(root()).status().map_err(|e| format!("cargo: {e}"))?;
    status.success().then_some(()).ok_or_else(|| format!("cargo {} failed", arguments.join(" ")))
}

/// Runs nianbao, built for release, where the user stands; its output and exit status are those of the command line.
pub(crate) fn nianbao(arguments: &[OsString]) -> ExitCode {
    let manifest = root().join("Cargo.toml");
    if !root().join("target/release/nianbao").exists() && !root().join("target/release/nianbao.exe").exists()
    {
        eprintln!("building nianbao (only the first time) …");
    }
    let status = command()
        .args(["run", "--quiet", "--release", "--package", "nianbao", "--manifest-path"])
        .arg(manifest)
        .arg("--")
        .args(arguments)
        .status();
    match status {
        Ok(status) => ExitCode::from(status.code().and_then(|c| u8::try_from(c).ok()).unwrap_or(2)),
        Err(error) => {
            eprintln!("error: cargo: {error}");
            ExitCode::from(2)
        }
    }
}

/// What nianbao writes to standard output.
pub(crate) fn nianbao_output(arguments: &[&str]) -> Result<String, String> {
    let output = command()
        .args(["run", "--quiet", "--package", "nianbao", "--"])
        .args(arguments)
        .current_dir(root())
        .output()
        .map_err(|e| format!("cargo: {e}"))?;
    if !output.status.success() {
        return Err(format!("nianbao {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|e| e.to_string())
}

/// What nianbao writes to standard output, whether it could read all files or not.
pub(crate) fn nianbao_any(arguments: &[&OsStr]) -> Result<String, String> {
    let output = command()
        .args(["run", "--quiet", "--package", "nianbao", "--"])
        .args(arguments)
        .current_dir(root())
        .stderr(Stdio::null())
        .output()
        .map_err(|e| format!("cargo: {e}"))?;
    String::from_utf8(output.stdout).map_err(|e| e.to_string())
}

/// Runs another program, which writes where the user sees it.
pub(crate) fn program(name: &str, arguments: &[&OsStr]) -> Result<(), String> {
    let status = Command::new(name).args(arguments).status().map_err(|e| format!("{name}: {e}"))?;
    status.success().then_some(()).ok_or_else(|| format!("{name} failed"))
}

/// Runs one fuzz target. Sanitizers find nothing in code without `unsafe`, and cost time and memory.
pub(crate) fn fuzz(target: &str, seconds: u32) -> Result<(), String> {
    let folder = root().join("tests/fuzz");
    let corpus = format!("corpus/{target}");
    let seeds = command()
        .args(["run", "--quiet", "--release", "--bin", "seeds", target, &corpus])
        .current_dir(&folder)
        .status();
    let limits = [format!("-max_total_time={seconds}"), "-timeout=1".into(), "-rss_limit_mb=300".into()];
    let ran = seeds.map_err(|e| format!("cargo: {e}")).map(|s| s.success()).and_then(|written| {
        if !written {
            return Err(format!("{target}: no seeds"));
        }
        let mut cargo = command();
        cargo.args(["fuzz", "run", "--fuzz-dir", ".", "--sanitizer", "none", target, &corpus, "--"]);
        // The stable compiler has what is needed, under this name.
        cargo.args(limits).env("RUSTC_BOOTSTRAP", "1").current_dir(&folder);
        cargo.status().map(|s| s.success()).map_err(|e| format!("cargo fuzz: {e}"))
    })?;
    ran.then_some(()).ok_or_else(|| format!("{target}: the fuzzer found something; see tests/fuzz/artifacts"))
}
