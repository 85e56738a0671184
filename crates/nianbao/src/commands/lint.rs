//! `nianbao lint`.

use nianbao_render::format::RunOptions;
use nianbao_render::{Checked, Summary};

use crate::args::LintArgs;
use crate::check::Check;
use crate::load;
use crate::outputs::Outputs;
use crate::terminal::Terminal;
use crate::{Status, Stop};

pub(crate) fn run(args: &LintArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let check = Check::new(args, true)?;
    let first = check.plan.inputs.first().map_or(0, |(_, settings)| *settings);
    let options = RunOptions { fail_on: check.fail_on(first), quiet: args.quiet };
    let mut outputs = Outputs::open(args.format, &args.output, &terminal.options, &options)?;
    let mut summary = Summary::default();
    let mut failed = false;
    let mut take = |settings, checked: &Checked| {
        summary.add(checked);
        match &checked.outcome {
            Ok((_, lint)) => failed |= check.fails(settings, lint),
            Err(failure) => terminal.error_of(&checked.path, &failure.message),
        }
        outputs.file(checked, terminal)
    };
    load::planned(
        &check.plan,
        &args.inputs,
        |input, settings, report| (settings, check.report(input, settings, report)),
        |(settings, checked)| take(settings, &checked),
    )?;
    for (settings, checked) in check.configurations() {
        take(settings, &checked)?;
    }
    outputs.end(&summary, terminal)?;
    Ok(match (summary.unreadable, failed && !args.exit_zero) {
        (1.., _) => Status::Trouble,
        (0, true) => Status::Findings,
        (0, false) => Status::Clean,
    })
}

/// A value as one line of JSON.
pub(super) fn line(value: &impl serde::Serialize) -> Result<String, Stop> {
    serde_json::to_string(value).map(|json| json + "\n").map_err(|e| Stop::Message(e.to_string()))
}

/// A value as a JSON document.
pub(super) fn pretty(value: &impl serde::Serialize) -> Result<String, Stop> {
    serde_json::to_string_pretty(value).map(|json| json + "\n").map_err(|e| Stop::Message(e.to_string()))
}
