//! `nianbao lint`.

use nianbao_lint::{Selection, Severity, UnknownRule, lint};
use nianbao_render::format::RunOptions;
use nianbao_render::{Checked, Summary};
use nianbao_schema::Language;

use crate::args::LintArgs;
use crate::load;
use crate::outputs::Outputs;
use crate::terminal::Terminal;
use crate::{Status, Stop};

pub(crate) fn run(args: &LintArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let selection = selection(args).map_err(|error| Stop::Message(unknown(&error, terminal)))?;
    let run = RunOptions { fail_on: args.fail_on.into(), quiet: args.quiet };
    let mut outputs = Outputs::open(args.format, &args.output, &terminal.options, &run)?;
    // Without last year's report the answer would be another one than asked for.
    let prior = match &args.prior {
        Some(path) => {
            let report = load::one(path, &args.inputs)
                .map_err(|f| Stop::Message(format!("{path}：{}", terminal.say(&f.message))))?;
            Some(report)
        }
        None => None,
    };
    let mut summary = Summary::default();
    let mut worst = None;
    load::each(
        &args.inputs,
        |path, report| Checked {
            path: path.to_owned(),
            outcome: report.map(|report| {
                let lint = lint(&report, prior.as_ref(), &selection);
                (report, lint)
            }),
        },
        |checked| {
            summary.add(&checked);
            match &checked.outcome {
                Ok((_, lint)) => worst = worst.max(lint.findings.iter().map(|f| f.severity).max()),
                Err(failure) => {
                    terminal.error(&format!("{}：{}", checked.path, terminal.say(&failure.message)));
                }
            }
            outputs.file(&checked, terminal)
        },
    )?;
    outputs.end(&summary, terminal)?;
    let failed = worst >= Some(Severity::from(args.fail_on)) && !args.exit_zero;
    Ok(match (summary.unreadable, failed) {
        (1.., _) => Status::Trouble,
        (0, true) => Status::Findings,
        (0, false) => Status::Clean,
    })
}

fn selection(args: &LintArgs) -> Result<Selection, UnknownRule> {
    let mut selection = Selection::default();
    for selector in &args.select {
        selection.select(selector)?;
    }
    for (selectors, severity) in
        [(&args.info, Severity::Info), (&args.warn, Severity::Warning), (&args.error, Severity::Error)]
    {
        for selector in selectors {
            selection.set_severity(selector, severity)?;
        }
    }
    for selector in &args.ignore {
        selection.ignore(selector)?;
    }
    Ok(selection)
}

/// What to say of a selector that names no rule.
pub(super) fn unknown(error: &UnknownRule, terminal: &Terminal) -> String {
    let selector = &error.selector;
    match (terminal.language(), error.suggestion) {
        (Language::Zh, Some(meant)) => {
            format!("没有规则“{selector}”，是不是“{meant}”？运行 nianbao rules 查看全部规则")
        }
        (Language::Zh, None) => format!("没有规则“{selector}”；运行 nianbao rules 查看全部规则"),
        (Language::En, Some(meant)) => {
            format!("no rule \"{selector}\"; did you mean \"{meant}\"? See `nianbao rules`")
        }
        (Language::En, None) => format!("no rule \"{selector}\"; see `nianbao rules`"),
    }
}

/// A value as one line of JSON.
pub(super) fn line(value: &impl serde::Serialize) -> Result<String, Stop> {
    serde_json::to_string(value).map(|json| json + "\n").map_err(|e| Stop::Message(e.to_string()))
}

/// A value as a JSON document.
pub(super) fn pretty(value: &impl serde::Serialize) -> Result<String, Stop> {
    serde_json::to_string_pretty(value).map(|json| json + "\n").map_err(|e| Stop::Message(e.to_string()))
}
