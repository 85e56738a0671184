//! `nianbao diff`.

use nianbao_diff::{Ignore, Options, Order, compare};
use nianbao_render::changes::terminal::{View, page};
use nianbao_render::changes::{Page, csv, html, json, markdown};
use nianbao_schema::report::Report;

use super::lint::pretty;
use crate::args::{DiffArgs, DiffFormat, DiffIgnore, DiffOnly, DiffView};
use crate::load;
use crate::terminal::Terminal;
use crate::{Status, Stop};

pub(crate) fn run(args: &DiffArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let Some(reports) = read(&[&args.old, &args.new], terminal) else { return Ok(Status::Trouble) };
    let ignores = |what| args.ignore.contains(&what);
    let options = Options {
        numbers: args.only != Some(DiffOnly::Text),
        text: args.only != Some(DiffOnly::Numbers),
        ignore: Ignore {
            whitespace: ignores(DiffIgnore::Whitespace),
            width: ignores(DiffIgnore::Width),
            punctuation: ignores(DiffIgnore::Punctuation),
        },
    };
    let comparison = compare(&reports[0], &reports[1], options);
    let (old_path, new_path) = match comparison.order {
        Order::Swapped => (&args.new, &args.old),
        Order::AsNamed | Order::SameYear | Order::Unknown => (&args.old, &args.new),
    };
    let shown =
        Page { comparison: &comparison, old_path, new_path, all: args.all, language: terminal.language() };
    match args.format {
        DiffFormat::Text => {
            let view = match args.view {
                DiffView::Side => View::Side,
                DiffView::Inline => View::Inline,
                DiffView::Summary => View::Summary,
            };
            terminal.page(&page(&shown, view, terminal.options.width), !args.no_pager)?;
        }
        DiffFormat::Html => terminal.print_plain(&html::page(&shown))?,
        DiffFormat::Json => terminal.print_plain(&pretty(&json::Output::new(&shown))?)?,
        DiffFormat::Markdown => terminal.print_plain(&markdown::page(&shown))?,
        DiffFormat::Csv => terminal.print_plain(&csv::page(&shown))?,
    }
    Ok(if comparison.is_same() { Status::Clean } else { Status::Findings })
}

/// Reads reports, several at a time; says what cannot be read, all of it, and gives `None` then.
pub(super) fn read(paths: &[&str], terminal: &Terminal) -> Option<Vec<Report>> {
    use rayon::prelude::*;
    let read: Vec<_> = paths.par_iter().map(|path| load::plain(path)).collect();
    let mut reports = Vec::with_capacity(paths.len());
    for (path, report) in paths.iter().zip(read) {
        match report {
            Ok(report) => reports.push(report),
            Err(failure) => terminal.error_of(path, &failure.message),
        }
    }
    (reports.len() == paths.len()).then_some(reports)
}
