//! `nianbao trend`.

use nianbao_diff::{Series, SeriesError};
use nianbao_lint::say;
use nianbao_render::trend::{Page, csv, html, json, terminal::page};

use super::diff::read;
use super::lint::pretty;
use crate::args::{TrendArgs, TrendFormat};
use crate::terminal::Terminal;
use crate::{Status, Stop};

pub(crate) fn run(args: &TrendArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let paths: Vec<&str> = args.files.iter().map(String::as_str).collect();
    let Some(reports) = read(&paths, terminal) else { return Ok(Status::Trouble) };
    let series = Series::new(&reports.iter().collect::<Vec<_>>()).map_err(|error| {
        let path = |at: usize| paths.get(at).copied().unwrap_or("");
        Stop::Say(match error {
            SeriesError::TooFew => say!("至少要有两个年度的报告", "reports of at least two years are needed"),
            SeriesError::NoYear(at) => {
                let path = path(at);
                say!(
                    "{path}：看不出是哪一年度的报告，无法排列",
                    "{path}: the report year is not known, so the series has no order"
                )
            }
            SeriesError::SameYear(a, b) => {
                let (a, b) = (path(a), path(b));
                say!(
                    "{a} 和 {b} 是同一年度的报告，请只给一份",
                    "{a} and {b} are of the same year; name only one of them"
                )
            }
        })
    })?;
    let shown = Page { series: &series, paths: &args.files, all: args.all, language: terminal.language() };
    match args.format {
        TrendFormat::Text => terminal.page(&page(&shown, terminal.options.width), !args.no_pager)?,
        TrendFormat::Html => terminal.print_plain(&html::page(&shown))?,
        TrendFormat::Json => terminal.print_plain(&pretty(&json::Output::new(&shown))?)?,
        TrendFormat::Csv => terminal.print_plain(&csv::page(&shown))?,
    }
    Ok(if series.is_broken() { Status::Findings } else { Status::Clean })
}
