//! `nianbao baseline write` and `nianbao baseline prune`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use nianbao_lint::memory::ClosedBy;
use nianbao_lint::{Lint, Say, say};

use crate::args::{BaselineAction, BaselineArgs};
use crate::check::{Check, baseline_path, read_baseline};
use crate::config::baseline::{Baseline, Entry, FILE_NAME};
use crate::load;
use crate::terminal::Terminal;
use crate::{Status, Stop, write};

/// What changed in a baseline.
#[derive(Debug, Default)]
struct Counts {
    new: usize,
    known: usize,
    fixed: usize,
}

pub(crate) fn run(args: &BaselineArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let (args, add) = match &args.action {
        BaselineAction::Write(args) => (args, true),
        BaselineAction::Prune(args) => (args, false),
    };
    let check = Check::new(args, false)?;
    let mut baselines: BTreeMap<PathBuf, (Baseline, Counts)> = BTreeMap::new();
    let mut seen: BTreeSet<(PathBuf, String)> = BTreeSet::new();
    let mut unreadable = false;
    load::planned(
        &check.plan,
        &args.inputs,
        |input, settings, report| {
            (input.path().map(Path::to_owned), settings, check.report(input, settings, report))
        },
        |(path, settings, checked)| {
            let lint = match &checked.outcome {
                Ok((_, lint)) => lint,
                Err(failure) => {
                    unreadable = true;
                    terminal.error_of(&checked.path, &failure.message);
                    return Ok(());
                }
            };
            let Some(path) = path else {
                return Err(Stop::Say(say!(
                    "标准输入没有文件名，不能记入基线；用 --stdin-name 给出",
                    "standard input has no name for the baseline; give one with --stdin-name"
                )));
            };
            let at = baseline_path(&check.plan.settings[settings], args).unwrap_or_else(|| FILE_NAME.into());
            if !baselines.contains_key(&at) {
                let old = read_baseline(&at)?;
                if old.is_none() && !add {
                    let at = at.display();
                    return Err(Stop::Say(say!("{at}：没有这个基线文件", "{at}: no such baseline")));
                }
                baselines
                    .insert(at.clone(), (old.unwrap_or_else(|| Baseline::empty(&at)), Counts::default()));
            }
            if let Some((baseline, counts)) = baselines.get_mut(&at) {
                update(baseline, counts, &path, lint, add);
                seen.insert((at, baseline.key(&path)));
            }
            Ok(())
        },
    )?;
    let named = args.baseline.is_some() || check.plan.settings.iter().any(|s| s.baseline().is_some());
    for (at, (mut baseline, mut counts)) in baselines {
        // Files that are gone have no findings any more.
        let gone: Vec<String> = baseline
            .file
            .files
            .keys()
            .filter(|key| !seen.contains(&(at.clone(), (*key).clone())) && !baseline.exists(key))
            .cloned()
            .collect();
        for key in gone {
            counts.fixed += baseline.file.files.remove(&key).map_or(0, |entries| entries.len());
        }
        let name = baseline.name();
        baseline.write().map_err(|e| {
            let Say { zh, en } = write::reason(&e);
            Stop::Say(say!("{name}：无法写出：{zh}", "{name}: cannot be written: {en}"))
        })?;
        let Counts { new, known, fixed } = counts;
        let all = new + known;
        terminal.print(&terminal.say(&match add {
            true => say!(
                "{name}：记下 {all} 个已知问题，其中新增 {new} 个，原有 {known} 个；去掉已改正的 {fixed} 个\n",
                "{name}: {all} known findings, {new} of them new, {known} as before; {fixed} fixed and dropped\n"
            ),
            false => say!(
                "{name}：去掉已改正的 {fixed} 个，留下 {known} 个\n",
                "{name}: {fixed} fixed and dropped, {known} left\n"
            ),
        }))?;
        if add && !named {
            terminal.note(&say!(
                "检查时用 nianbao lint --baseline {name}，或者在 nianbao.toml 的 [lint] 下写 baseline = \"{name}\"",
                "use it with `nianbao lint --baseline {name}`, or write baseline = \"{name}\" under [lint] in nianbao.toml"
            ));
        }
    }
    Ok(if unreadable { Status::Trouble } else { Status::Clean })
}

/// Brings what a baseline has of one file up to date.
fn update(baseline: &mut Baseline, counts: &mut Counts, path: &Path, lint: &Lint, add: bool) {
    let known = baseline.known(path);
    let mut compared =
        Lint { findings: lint.findings.clone(), outcomes: lint.outcomes.clone(), ..Lint::default() };
    let fixed: BTreeSet<String> = compared.subtract(&known).fixed.into_iter().collect();
    let key = baseline.key(path);
    let mut entries: Vec<Entry> = baseline.file.files.remove(&key).unwrap_or_default();
    // What other rules found than those that ran now is kept as it is.
    entries.retain(|e| !fixed.contains(&e.fingerprint));
    counts.fixed += fixed.len();
    counts.known += entries.len();
    if add {
        let open = lint.findings.iter().filter(|f| !f.rule.is_about_lint()).map(Entry::new);
        let new: Vec<Entry> = open.filter(|e| !known.contains_key(&e.fingerprint)).collect();
        counts.new += new.len();
        entries.extend(new);
    }
    debug_assert!(lint.closed.iter().all(|c| c.by != ClosedBy::Baseline), "the run was without baseline");
    entries.sort_by(|a, b| (&a.code, &a.fingerprint).cmp(&(&b.code, &b.fingerprint)));
    if !entries.is_empty() {
        baseline.file.files.insert(key, entries);
    }
}
