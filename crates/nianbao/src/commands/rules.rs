//! `nianbao rules`.

use nianbao_render::registry;

use super::lint::pretty;
use crate::args::{RulesArgs, RulesFormat};
use crate::terminal::Terminal;
use crate::{Status, Stop};

pub(crate) fn run(args: &RulesArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let rules = nianbao_lint::rules();
    match args.format {
        RulesFormat::Text => terminal.print(&registry::list(rules, terminal.language()))?,
        RulesFormat::Json => {
            terminal.print_plain(&pretty(&rules.map(registry::json).collect::<Vec<_>>())?)?;
        }
        RulesFormat::Markdown => terminal.print_plain(&registry::markdown(rules, terminal.language()))?,
    }
    Ok(Status::Clean)
}
