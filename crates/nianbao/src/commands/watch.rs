//! `nianbao lint --watch`: checks again whatever changes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use nianbao_lint::say;

use super::lint;
use crate::args::LintArgs;
use crate::load::Plan;
use crate::terminal::Terminal;
use crate::{Status, Stop};

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(400);

/// Looks at a file that another program keeps locked before its trouble is told.
const PATIENCE: usize = 50;

/// What tells whether a file changed.
type Stamps = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// Runs until it is interrupted. Looks at the files by turns instead of asking the system to tell: that works on network
/// drives too, where drafts lie.
pub(crate) fn run(args: &LintArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let mut seen = stamps(args)?;
    lint::once(args, terminal)?;
    terminal.note(&say!("等待文件变化，按 Ctrl+C 结束", "waiting for changes; press Ctrl+C to end"));
    loop {
        std::thread::sleep(PAUSE);
        // A configuration that is half written is no reason to stop watching.
        let Ok(now) = stamps(args) else { continue };
        let changed: Vec<PathBuf> = now
            .iter()
            .filter(|(path, stamp)| seen.get(*path) != Some(stamp))
            .map(|(p, _)| p.clone())
            .collect();
        if changed.is_empty() {
            seen = now;
            continue;
        }
        seen = settled(args, now)?;
        let paths =
            changed.iter().filter(|p| seen.contains_key(*p)).map(|p| p.to_string_lossy().into_owned());
        let mut again = args.clone();
        again.inputs.paths = paths.collect();
        again.inputs.files_from = None;
        if !again.inputs.paths.is_empty() {
            match lint::once(&again, terminal) {
                Ok(_) => {}
                Err(stop @ (Stop::Say(_) | Stop::Message(_))) => {
                    terminal.error(&terminal.say(&stop.into_say()));
                }
                Err(Stop::Closed) => return Ok(Status::Clean),
            }
        }
    }
}

/// The files as they stand. Lock files and hidden files are not among them.
fn stamps(args: &LintArgs) -> Result<Stamps, Stop> {
    let plan = Plan::new(&args.inputs)?;
    let paths = plan.inputs.iter().filter_map(|(input, _)| input.path().map(PathBuf::from));
    Ok(paths.map(|path| (path.clone(), stamp(&path))).collect())
}

fn stamp(path: &std::path::Path) -> Option<(SystemTime, u64)> {
    let facts = std::fs::metadata(path).ok()?;
    Some((facts.modified().ok()?, facts.len()))
}

/// Waits until nothing changes any more and every file can be opened: office programs lock what they save.
fn settled(args: &LintArgs, mut before: Stamps) -> Result<Stamps, Stop> {
    for _ in 0..PATIENCE {
        std::thread::sleep(PAUSE);
        let now = stamps(args)?;
        let locked = now.iter().any(|(path, stamp)| stamp.is_some() && std::fs::File::open(path).is_err());
        if now == before && !locked {
            break;
        }
        before = now;
    }
    Ok(before)
}
