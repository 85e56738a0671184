//! A run of the rules over files: what configuration, command line and baseline make of the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use nianbao_lint::memory::{self, Day, Use};
use nianbao_lint::{Lint, Say, Selection, Severity, UnknownRule, lint, say};
use nianbao_render::{Checked, Failure};
use nianbao_schema::Edition;
use nianbao_schema::report::Report;
use nianbao_text::label;

use crate::Stop;
use crate::args::{Inputs, LintArgs};
use crate::config::baseline::Baseline;
use crate::config::{Settings, absolute, unknown_rule};
use crate::discover::Input;
use crate::load::{self, Plan};
use crate::write::identity;

/// Everything that a run needs to know before it starts.
#[derive(Debug)]
pub(crate) struct Check<'a> {
    args: &'a LintArgs,
    pub(crate) plan: Plan,
    /// By the numbers of the settings.
    selections: Vec<Selection>,
    /// By the numbers of the settings.
    baselines: Vec<Option<Baseline>>,
    prior: Prior,
    pairing: Mutex<Pairing>,
    today: Day,
    /// What became of every suppression, by the numbers of settings and suppression.
    uses: Mutex<BTreeMap<(usize, usize), BTreeMap<String, Use>>>,
}

/// The reports of the year before.
#[derive(Debug)]
enum Prior {
    None,
    /// The one that was given.
    One(Box<Report>),
    /// Those of a folder.
    Folder(Folder),
}

/// The reports of a folder.
#[derive(Debug, Default)]
struct Folder {
    /// By organ and year; no report where two of them claim to be the same.
    reports: BTreeMap<(String, u16), (String, Option<Report>)>,
    /// Paths of those whose organ or year is not known.
    unknown: Vec<String>,
}

/// What became of the pairing of two folders.
#[derive(Debug, Default)]
struct Pairing {
    /// Reports that have no report of the year before, with the reason.
    alone: BTreeMap<String, Say>,
    /// Organs and years that have one.
    used: BTreeSet<(String, u16)>,
}

impl Prior {
    fn new(args: &LintArgs) -> Result<Self, Stop> {
        if let Some(path) = &args.prior {
            // Without last year's report the answer would be another one than asked for.
            let report = load::one(path, &args.inputs).map_err(|f| {
                let (zh, en) = (&f.message.zh, &f.message.en);
                Stop::Say(say!("{path}：{zh}", "{path}: {en}"))
            })?;
            return Ok(Self::One(Box::new(report)));
        }
        let Some(folder) = &args.prior_dir else { return Ok(Self::None) };
        let inputs = Inputs {
            paths: vec![folder.clone()],
            files_from: None,
            // Last year's reports have another year, and were published on another day, than was said of this year's.
            year: None,
            published: None,
            ..args.inputs.clone()
        };
        let mut found = Folder::default();
        let mut failure = None;
        load::each(
            &inputs,
            |path, report| (path.to_owned(), report),
            |(path, report)| {
                match report {
                    Ok(report) => match key(&report, 0) {
                        Some(key) => {
                            let known = found.reports.entry(key);
                            known.and_modify(|(_, known)| *known = None).or_insert((path, Some(report)));
                        }
                        None => found.unknown.push(path),
                    },
                    Err(reason) => failure = failure.take().or(Some((path, reason))),
                }
                Ok(())
            },
        )?;
        // A file that cannot be read may be the one that some report is to be compared with.
        if let Some((path, reason)) = failure {
            let (zh, en) = (&reason.message.zh, &reason.message.en);
            return Err(Stop::Say(say!("{path}：{zh}", "{path}: {en}")));
        }
        Ok(Self::Folder(found))
    }

    /// The report of the year before a report.
    fn of(&self, report: &Report) -> Option<&Report> {
        match self {
            Self::None => None,
            Self::One(prior) => Some(prior),
            Self::Folder(folder) => folder.reports.get(&key(report, 1)?)?.1.as_ref(),
        }
    }
}

impl Folder {
    /// Notes down whether a report has one of the year before.
    fn note(&self, path: &str, report: &Report, pairing: &mut Pairing) {
        let reason = match key(report, 1) {
            None => say!("看不出机关或年度", "organ or year is not known"),
            Some(wanted) => match self.reports.get(&wanted) {
                Some((_, Some(_))) => {
                    pairing.used.insert(wanted);
                    return;
                }
                Some((first, None)) => say!(
                    "上年文件夹中有几份同一机关、同一年度的报告（如 {first}），无法确定用哪一份",
                    "several reports of last year's folder are of the same organ and year, such as {first}"
                ),
                None => {
                    let year = wanted.1;
                    say!("上年文件夹中没有该机关{year}年度的报告", "no report of that organ for {year}")
                }
            },
        };
        pairing.alone.insert(path.to_owned(), reason);
    }
}

/// What reports are paired by: the name of the organ, and the year less some years.
fn key(report: &Report, before: u16) -> Option<(String, u16)> {
    let organ = report.organ.as_ref()?;
    Some((label::normal(&organ.name), report.year?.checked_sub(before)?))
}

impl<'a> Check<'a> {
    /// Reads configurations, baseline and last year's report.
    pub(crate) fn new(args: &'a LintArgs, baselines: bool) -> Result<Self, Stop> {
        let plan = Plan::new(&args.inputs)?;
        let selections = plan
            .settings
            .iter()
            .map(|s| selection(s, args).map_err(|e| Stop::Say(unknown_rule(&e))))
            .collect::<Result<_, _>>()?;
        let prior = Prior::new(args)?;
        let baselines = match baselines {
            true => plan.settings.iter().map(|s| baseline(s, args)).collect::<Result<_, _>>()?,
            false => plan.settings.iter().map(|_| None).collect(),
        };
        let today = args.today.unwrap_or_else(today);
        Ok(Self {
            args,
            plan,
            selections,
            baselines,
            prior,
            pairing: Mutex::default(),
            today,
            uses: Mutex::default(),
        })
    }

    /// What the rules find in a report, less what is closed.
    pub(crate) fn report(&self, input: &Input, settings: usize, report: Result<Report, Failure>) -> Checked {
        Checked {
            path: input.name().to_owned(),
            outcome: report.map(|report| self.lint(input, settings, report)),
        }
    }

    fn lint(&self, input: &Input, number: usize, report: Report) -> (Report, Lint) {
        let (settings, selection) = (&self.plan.settings[number], &self.selections[number]);
        if let (Prior::Folder(folder), Ok(mut pairing)) = (&self.prior, self.pairing.lock()) {
            folder.note(input.name(), &report, &mut pairing);
        }
        let mut found = lint(&report, self.prior.of(&report), selection);
        let path = input.path();
        let suppressions = settings.suppressions(path);
        let entries: Vec<_> = suppressions.iter().map(|(_, s)| *s).collect();
        let uses = found.suppress(&report, &entries, self.today, selection);
        if let Ok(mut all) = self.uses.lock() {
            for ((suppression, _), outcome) in suppressions.iter().zip(uses) {
                // A file that is fixed is checked twice; what was needed before the fix counts as used.
                let of_files = all.entry((number, *suppression)).or_default();
                let before = of_files.entry(input.name().to_owned()).or_insert(outcome);
                if *before != Use::Used {
                    *before = outcome;
                }
            }
        }
        found.explain(&report, &settings.explanations(path), selection);
        if let (Some(baseline), Some(path)) = (&self.baselines[number], path) {
            found.fixed = found.subtract(&baseline.known(path)).fixed.len();
        }
        (report, found)
    }

    /// Which reports of both folders stayed without the other one, once all reports are done.
    pub(crate) fn unpaired(&self) -> Vec<Say> {
        let (Prior::Folder(folder), Ok(pairing)) = (&self.prior, self.pairing.lock()) else {
            return Vec::new();
        };
        let mut lines: Vec<Say> = Vec::new();
        for (path, Say { zh, en }) in &pairing.alone {
            lines.push(say!("{path}：没有上年报告可比：{zh}", "{path}: no report of the year before: {en}"));
        }
        for ((organ, year), (path, report)) in &folder.reports {
            let next = year.saturating_add(1);
            if report.is_some() && !pairing.used.contains(&(organ.clone(), *year)) {
                lines.push(say!(
                    "{path}：没有与之相接的{next}年度报告",
                    "{path}: no report of {next} follows it"
                ));
            }
        }
        for path in &folder.unknown {
            lines.push(say!(
                "{path}：看不出机关或年度，没有使用",
                "{path}: organ or year is not known; not used"
            ));
        }
        lines
    }

    /// The findings about the configurations, once all reports are done.
    pub(crate) fn configurations(&self) -> Vec<(usize, Checked)> {
        let Ok(uses) = self.uses.lock() else { return Vec::new() };
        let mut all = Vec::new();
        for (number, settings) in self.plan.settings.iter().enumerate() {
            let Some(name) = &settings.name else { continue };
            let covered = self.covers(settings);
            let unused = settings.suppressions.iter().enumerate().filter(|(i, suppression)| {
                let seen: Vec<Use> = uses
                    .get(&(number, *i))
                    .map(|files| files.values().copied().collect())
                    .unwrap_or_default();
                let whole = suppression.literal.as_ref().is_some_and(|l| l.len() == seen.len());
                (covered || whole) && seen.iter().all(|u| *u == Use::Unused)
            });
            let lint = memory::unused(unused.map(|(_, s)| &s.entry), &self.selections[number]);
            if !lint.findings.is_empty() {
                let newest = Edition::ALL.last().copied().unwrap_or(Edition::E2021);
                all.push((number, Checked { path: name.clone(), outcome: Ok((Report::new(newest), lint)) }));
            }
        }
        all
    }

    /// Whether every report that a configuration is for was asked for: a folder that holds it was named.
    fn covers(&self, settings: &Settings) -> bool {
        let folders = self.args.inputs.paths.iter().map(Path::new).filter(|p| p.is_dir());
        folders.map(absolute).any(|folder| settings.folder.starts_with(&folder))
    }

    /// Whether the run reads a file: as a report, as last year's, as configuration or as baseline.
    pub(crate) fn reads(&self, path: &Path) -> bool {
        let inputs = &self.args.inputs;
        let settings = self.plan.settings.iter();
        let mut others = [&self.args.prior, &inputs.config, &inputs.files_from].into_iter().flatten();
        let mut own = settings.flat_map(|s| {
            [s.name.as_ref().map(PathBuf::from), baseline_path(s, self.args)].into_iter().flatten()
        });
        let mut files = self.plan.inputs.iter().filter_map(|(input, _)| input.file());
        path.exists()
            && (others.any(|other| identity(Path::new(other)) == path)
                || own.any(|other| identity(&other) == path)
                || files.any(|file| identity(file) == path))
    }

    /// The level from which on a finding of a file fails the run.
    pub(crate) fn fail_on(&self, settings: usize) -> Severity {
        let given = self.args.fail_on.map(Severity::from);
        given.or_else(|| self.plan.settings[settings].fail_on()).unwrap_or(Severity::Error)
    }

    /// Whether some finding of a file fails the run.
    pub(crate) fn fails(&self, settings: usize, lint: &Lint) -> bool {
        lint.findings.iter().any(|f| f.severity >= self.fail_on(settings))
    }
}

/// The rules that configuration and command line turn on, with their severities.
fn selection(settings: &Settings, args: &LintArgs) -> Result<Selection, UnknownRule> {
    let mut selection = Selection::default();
    settings.select(&mut selection)?;
    if !args.select.is_empty() {
        selection.forget();
    }
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

/// Where the baseline for some settings is, by command line or configuration.
pub(crate) fn baseline_path(settings: &Settings, args: &LintArgs) -> Option<PathBuf> {
    args.baseline.as_ref().map(PathBuf::from).or_else(|| settings.baseline())
}

fn baseline(settings: &Settings, args: &LintArgs) -> Result<Option<Baseline>, Stop> {
    let Some(path) = baseline_path(settings, args) else { return Ok(None) };
    match read_baseline(&path)? {
        Some(baseline) => Ok(Some(baseline)),
        None => {
            let path = path.display();
            Err(Stop::Say(say!(
                "{path}：没有这个基线文件；先运行 nianbao baseline write 写出",
                "{path}: no such baseline; write it with `nianbao baseline write`"
            )))
        }
    }
}

/// Reads a baseline, if it is there.
pub(crate) fn read_baseline(path: &Path) -> Result<Option<Baseline>, Stop> {
    Baseline::read(path).map_err(|error| {
        let (path, Say { zh, en }) = (path.display(), error);
        Stop::Say(say!("{path}：基线文件无法读取：{zh}", "{path}: cannot read the baseline: {en}"))
    })
}

/// The date in China, where all of the country keeps one time.
#[expect(clippy::disallowed_methods, reason = "the command line is the one that knows the date")]
fn today() -> Day {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    day_of(since.as_secs() + 8 * 60 * 60)
}

/// The day of a number of seconds since 1970, by the rules of the Gregorian calendar.
fn day_of(seconds: u64) -> Day {
    let mut days = seconds / (24 * 60 * 60);
    let mut year = 1970;
    let leap = |y: u16| (y.is_multiple_of(4) && !y.is_multiple_of(100)) || y.is_multiple_of(400);
    while year < u16::MAX && days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    Day { year, month, day: u8::try_from(days).unwrap_or(30) + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_calendar() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (951_782_399, "2000-02-28"),
            (951_782_400, "2000-02-29"),
            (1_704_067_199, "2023-12-31"),
            (1_704_067_200, "2024-01-01"),
            (1_735_689_599, "2024-12-31"),
        ] {
            assert_eq!(day_of(seconds).to_string(), day);
        }
    }
}
