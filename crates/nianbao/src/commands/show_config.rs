//! `nianbao show-config`.

use std::path::Path;

use super::lint::pretty;
use crate::args::{Common, Lang, ShowConfigArgs};
use crate::config::show::{Origin, Setting, json, put, text};
use crate::config::{Configs, absolute};
use crate::discover::Input;
use crate::terminal::Terminal;
use crate::{Sources, Status, Stop};

pub(crate) fn run(
    args: &ShowConfigArgs,
    common: &Common,
    sources: &Sources,
    terminal: &Terminal,
) -> Result<Status, Stop> {
    let lint = &args.lint;
    let mut configs = Configs::new(&lint.inputs)?;
    let number = match lint.inputs.paths.first().map(Path::new) {
        Some(path) if !path.is_dir() => {
            configs.of(&Input::File { path: path.to_owned(), name: String::new() })?
        }
        folder => configs.nearest(&absolute(folder.unwrap_or(Path::new("."))))?,
    };
    let settings = &configs.into_settings()[number];
    let mut all = settings.shown();
    let quoted = |word: &str| format!("\"{word}\"");
    for (selectors, level) in
        [(&lint.info, "info"), (&lint.warn, "warning"), (&lint.error, "error"), (&lint.ignore, "off")]
    {
        for selector in selectors {
            put(&mut all, Setting::new(format!("rules.{selector}"), quoted(level), Origin::CommandLine));
        }
    }
    if !lint.select.is_empty() {
        let list: Vec<String> = lint.select.iter().map(|s| quoted(s)).collect();
        put(&mut all, Setting::new("lint.select", format!("[{}]", list.join(", ")), Origin::CommandLine));
    }
    if let Some(level) = lint.fail_on {
        let level = nianbao_lint::Severity::from(level);
        put(&mut all, Setting::new("lint.fail-on", quoted(level.id()), Origin::CommandLine));
    }
    if let Some(baseline) = &lint.baseline {
        put(&mut all, Setting::new("lint.baseline", quoted(baseline), Origin::CommandLine));
    }
    if let Some(kind) = lint.inputs.organ_kind {
        put(&mut all, Setting::new("organ.kind", quoted(kind.id()), Origin::CommandLine));
    }
    if let Some(year) = lint.inputs.year {
        all.push(Setting::new("year", year.to_string(), Origin::CommandLine));
    }
    let config = settings.name.as_deref().map_or_else(|| "–".to_owned(), quoted);
    let from =
        if lint.inputs.isolated { Origin::CommandLine } else { sources.of("config", "NIANBAO_CONFIG") };
    let lang = match common.lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    let head = [
        Setting::new("config", config, from),
        Setting::new("lang", quoted(lang), sources.of("lang", "NIANBAO_LANG")),
    ];
    all.splice(0..0, head);
    if args.json {
        terminal.print_plain(&pretty(&json(&all))?)?;
    } else {
        terminal.print(&text(&all, terminal.language()))?;
    }
    Ok(Status::Clean)
}
