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
type Stamp = Option<(SystemTime, u64)>;

/// The files that are watched.
#[derive(Debug, PartialEq, Eq)]
struct Stamps {
    files: BTreeMap<PathBuf, Stamp>,
    configurations: BTreeMap<PathBuf, Stamp>,
}

/// Runs until it is interrupted. Looks at the files by turns instead of asking the system to tell: that works on network
/// drives too, where drafts lie.
pub(crate) fn run(args: &LintArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let mut seen = stamps(args)?;
    lint::once(args, terminal)?;
    terminal.note(&say!("等待文件变化，按 Ctrl+C 结束", "waiting for changes; press Ctrl+C to end"));
    let mut trouble = String::new();
    loop {
        std::thread::sleep(PAUSE);
        // A configuration that is half written is no reason to stop watching, but it is told, once.
        let now = match stamps(args) {
            Ok(now) => now,
            Err(stop) => {
                let message = terminal.say(&stop.into_say());
                if message != trouble {
                    terminal.error(&message);
                    trouble = message;
                }
                continue;
            }
        };
        let mended = !std::mem::take(&mut trouble).is_empty();
        if now == seen && !mended {
            continue;
        }
        let now = settled(args, now)?;
        let changed: Vec<String> = now
            .files
            .iter()
            .filter(|(path, stamp)| seen.files.get(*path) != Some(stamp))
            .map(|(path, _)| path.to_string_lossy().into_owned())
            .collect();
        let mut again = args.clone();
        // Another configuration may mean other findings everywhere.
        if now.configurations == seen.configurations && !mended {
            again.inputs.paths = changed;
            again.inputs.files_from = None;
        }
        seen = now;
        if again.inputs.paths.is_empty() && again.inputs.files_from.is_none() {
            continue;
        }
        match lint::once(&again, terminal) {
            Ok(_) => {}
            Err(stop @ (Stop::Say(_) | Stop::Message(_))) => {
                terminal.error(&terminal.say(&stop.into_say()));
            }
            Err(Stop::Closed) => return Ok(Status::Clean),
        }
    }
}

/// The files as they stand, and the configurations that are for them. Lock files and hidden files are not among them.
fn stamps(args: &LintArgs) -> Result<Stamps, Stop> {
    let plan = Plan::new(&args.inputs)?;
    let of = |paths: Vec<PathBuf>| paths.into_iter().map(|path| (path.clone(), stamp(&path))).collect();
    Ok(Stamps {
        files: of(plan.inputs.iter().filter_map(|(input, _)| input.path().map(PathBuf::from)).collect()),
        configurations: of(plan.settings.iter().filter_map(|s| s.name.as_ref().map(PathBuf::from)).collect()),
    })
}

fn stamp(path: &std::path::Path) -> Stamp {
    let facts = std::fs::metadata(path).ok()?;
    Some((facts.modified().ok()?, facts.len()))
}

/// Waits until nothing changes any more and every file can be opened: office programs lock what they save.
fn settled(args: &LintArgs, mut before: Stamps) -> Result<Stamps, Stop> {
    for _ in 0..PATIENCE {
        std::thread::sleep(PAUSE);
        let Ok(now) = stamps(args) else { continue };
        let locked =
            now.files.iter().any(|(path, stamp)| stamp.is_some() && std::fs::File::open(path).is_err());
        if now == before && !locked {
            break;
        }
        before = now;
    }
    Ok(before)
}
