//! `nianbao completions` and `nianbao man`.

use clap::{Command, CommandFactory};
use nianbao_lint::{Say, say};

use crate::args::{Arguments, CompletionsArgs, ManArgs};
use crate::terminal::Terminal;
use crate::{Status, Stop, help, write};

fn command(terminal: &Terminal) -> Command {
    help::localized(Arguments::command(), terminal.language())
}

pub(crate) fn run(args: &CompletionsArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(terminal), "nianbao", &mut script);
    terminal.print_plain(&String::from_utf8_lossy(&script))?;
    Ok(Status::Clean)
}

pub(crate) fn man(args: &ManArgs, terminal: &Terminal) -> Result<Status, Stop> {
    match &args.out {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command(terminal)).render(&mut page)?;
            terminal.print_plain(&String::from_utf8_lossy(&page))?;
        }
        Some(folder) => clap_mangen::generate_to(command(terminal), folder).map_err(|e| {
            let Say { zh, en } = write::reason(&e);
            Stop::Say(say!("{folder}：无法写入：{zh}", "{folder}: cannot be written: {en}"))
        })?,
    }
    Ok(Status::Clean)
}
