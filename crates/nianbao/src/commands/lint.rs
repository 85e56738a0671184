//! `nianbao lint`.

use nianbao_lint::{Say, say};
use nianbao_render::format::RunOptions;
use nianbao_render::{Checked, Summary};

use super::watch;
use crate::args::LintArgs;
use crate::check::Check;
use crate::discover::Input;
use crate::fixing::Fixing;
use crate::load;
use crate::outputs::Outputs;
use crate::terminal::Terminal;
use crate::{Status, Stop, write};

pub(crate) fn run(args: &LintArgs, terminal: &Terminal) -> Result<Status, Stop> {
    if args.watch {
        return watch::run(args, terminal);
    }
    if args.diff {
        return preview(args, terminal);
    }
    once(args, terminal)
}

/// One run over all files.
pub(super) fn once(args: &LintArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let check = Check::new(args, true)?;
    let first = check.plan.inputs.first().map_or(0, |(_, settings)| *settings);
    let options =
        RunOptions { fail_on: check.fail_on(first), quiet: args.quiet, statistics: args.statistics };
    let reads = |path: &std::path::Path| check.reads(path);
    let mut outputs = Outputs::open(args.format, &args.output, &terminal.options, &options, reads)?;
    let mut summary = Summary::default();
    let mut failed = false;
    let mut unwritten = false;
    let mut take = |settings, checked: &Checked| {
        summary.add(checked);
        match &checked.outcome {
            Ok((_, lint)) => failed |= check.fails(settings, lint),
            Err(failure) => terminal.error_of(&checked.path, &failure.message),
        }
        outputs.file(checked, terminal)
    };
    let done = load::planned(
        &check.plan,
        &args.inputs,
        |input, settings, report| {
            let checked = check.report(input, settings, report);
            if args.fix { fixed(&check, args, input, settings, checked) } else { (settings, checked, None) }
        },
        |(settings, checked, fixing)| {
            if let Some(fixing) = fixing {
                unwritten |= tell(&checked.path, &fixing, terminal);
            }
            take(settings, &checked)
        },
    );
    let done = done.and_then(|()| {
        check.configurations().into_iter().try_for_each(|(settings, checked)| take(settings, &checked))
    });
    match done.and_then(|()| outputs.end(&summary, terminal)) {
        // Whoever reads the output has seen enough; the status says what was found until then.
        Ok(()) | Err(Stop::Closed) => {}
        Err(stop) => return Err(stop),
    }
    check.unpaired().iter().for_each(|line| terminal.note(line));
    Ok(match (summary.unreadable > 0 || unwritten, failed && !args.exit_zero) {
        (true, _) => Status::Trouble,
        (false, true) => Status::Findings,
        (false, false) => Status::Clean,
    })
}

/// What became of the fixes of a file.
type Fixed = (Fixing, std::io::Result<bool>);

/// Writes the safe fixes of a file; what is checked then is what the file says afterwards.
fn fixed(
    check: &Check<'_>,
    args: &LintArgs,
    input: &Input,
    settings: usize,
    checked: Checked,
) -> (usize, Checked, Option<Fixed>) {
    let Ok((_, lint)) = &checked.outcome else { return (settings, checked, None) };
    let path = input.file();
    let fixing = Fixing::of(path, lint);
    let written = path.map_or(Ok(false), |path| fixing.write(path));
    let again = match written {
        Ok(true) => {
            let report = load::load(input, &check.plan.hints(input, settings, &args.inputs));
            check.report(input, settings, report)
        }
        _ => checked,
    };
    (settings, again, Some((fixing, written)))
}

/// Tells what was fixed in a file, and what is left to do by hand. Whether a file could not be written.
fn tell(path: &str, (fixing, written): &Fixed, terminal: &Terminal) -> bool {
    let made = fixing.made;
    match written {
        Ok(true) => terminal.note(&say!("{path}：已修改 {made} 处", "{path}: {made} fixed")),
        Ok(false) => {}
        Err(error) => {
            let Say { zh, en } = write::reason(error);
            terminal.error_of(path, &say!("无法写入：{zh}", "cannot be written: {en}"));
        }
    }
    for line in by_hand(path, fixing) {
        terminal.note(&line);
    }
    written.is_err()
}

/// What is left to do by hand in a file.
fn by_hand(path: &str, fixing: &Fixing) -> Vec<Say> {
    if fixing.by_hand.is_empty() {
        return Vec::new();
    }
    let head = if fixing.kind_not_written {
        say!(
            "{path}：这类文件不自动写入，请手工修改：",
            "{path}: files of this kind are not written; by hand:"
        )
    } else {
        say!(
            "{path}：以下文字在文件里与读出的不完全一样，没有自动写入，请手工修改：",
            "{path}: these words stand in the file otherwise than they read and were not written; by hand:"
        )
    };
    let lines = fixing.by_hand.iter().map(|Say { zh, en }| say!("  {zh}", "  {en}"));
    std::iter::once(head).chain(lines).collect()
}

/// Shows what `--fix` would change.
fn preview(args: &LintArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let check = Check::new(args, true)?;
    let (mut any, mut unreadable) = (false, false);
    load::planned(
        &check.plan,
        &args.inputs,
        |input, settings, report| {
            let checked = check.report(input, settings, report);
            let outcome = checked.outcome.map(|(_, lint)| Fixing::of(input.file(), &lint));
            (checked.path, outcome)
        },
        |(path, outcome)| {
            match outcome {
                Err(failure) => {
                    unreadable = true;
                    terminal.error_of(&path, &failure.message);
                }
                Ok(fixing) => {
                    let diff = fixing.diff(&path);
                    any |= !diff.is_empty() || !fixing.by_hand.is_empty();
                    terminal.print_plain(&diff)?;
                    for line in by_hand(&path, &fixing) {
                        terminal.print_plain(&format!("# {}\n", terminal.say(&line)))?;
                    }
                }
            }
            Ok(())
        },
    )?;
    Ok(match (unreadable, any && !args.exit_zero) {
        (true, _) => Status::Trouble,
        (false, true) => Status::Findings,
        (false, false) => Status::Clean,
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
