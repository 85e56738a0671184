//! A series of years, one module a format.

pub mod csv;
pub mod html;
pub mod json;
pub mod terminal;

use nianbao_diff::{Metric, Series};
use nianbao_schema::Language;
use nianbao_schema::form::Correspondence;
use rust_decimal::Decimal;

use crate::changes::{Statement, pick, statements};

/// A series as it is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Page<'c, 'r> {
    /// The series.
    pub series: &'c Series<'r>,
    /// The paths in the order in which they were given.
    pub paths: &'c [String],
    /// Whether to show every cell, not only totals that have something to see.
    pub all: bool,
    /// Language of words.
    pub language: Language,
}

impl<'c> Page<'c, '_> {
    /// Names of the years for headers.
    pub(crate) fn years(&self) -> Vec<String> {
        let year = |y: &u16| if self.language == Language::Zh { format!("{y}年") } else { y.to_string() };
        self.series.years.iter().map(year).collect()
    }

    /// What the series is made of, and what a reader must know.
    pub(crate) fn header(&self) -> Vec<String> {
        let series = self.series;
        let zh = self.language == Language::Zh;
        let mut lines: Vec<String> = series
            .reports
            .iter()
            .zip(&series.years)
            .zip(&series.given)
            .map(|((report, year), given)| {
                let organ = report
                    .organ
                    .as_ref()
                    .map_or(pick(self.language, "机关不明", "organ unknown"), |o| &o.name);
                let form = report.form().name.get(self.language);
                let path = self.paths.get(*given).map_or("", String::as_str);
                if zh {
                    format!("{year}年度：{path}，{organ}，{form}")
                } else {
                    format!("{year}: {path}, {organ}, {form}")
                }
            })
            .collect();
        let mut say = |zh_words: String, en_words: String| {
            lines.push(if zh { format!("注意：{zh_words}") } else { format!("note: {en_words}") });
        };
        if !series.given.is_sorted() {
            say(
                "文件不是按年度先后给出的，已按年度排列".to_owned(),
                "the files were put in order by their years".to_owned(),
            );
        }
        if series.organs_differ() {
            say("各年报告的机关名称不同".to_owned(), "the reports name different organs".to_owned());
        }
        let missing: Vec<String> = series.missing().iter().map(u16::to_string).collect();
        if !missing.is_empty() {
            say(
                format!("缺 {} 年的报告，前后不核对年际关系", missing.join("、")),
                format!("no report for {}: the years around are not linked", missing.join(", ")),
            );
        }
        if series.reports.windows(2).any(|w| w[0].edition != w[1].edition) {
            say(
                "各年格式不同，按对照表逐格对应；一种格式没有的单元格显示为“无对应项”".to_owned(),
                "the forms differ: cells are paired by the crosswalk; what a form does not have is said"
                    .to_owned(),
            );
        }
        // Quantities under another name stand in one row; whoever reads the row must know.
        let newest = series.reports.iter().map(|r| r.edition).max();
        let renamed = newest.into_iter().flat_map(|e| &e.form().crosswalk).filter(|m| {
            m.kind == Correspondence::Renamed && series.reports.iter().any(|r| Some(r.edition) != newest)
        });
        for mapping in renamed {
            lines.push(match self.language {
                Language::Zh => format!("注意：{}", mapping.note.zh),
                Language::En => format!("note: {}", mapping.note.en),
            });
        }
        lines
    }

    /// The metrics to show, and how many are left out.
    pub(crate) fn metrics(&self) -> (Vec<&'c Metric>, usize) {
        let all = &self.series.metrics;
        let shown: Vec<&Metric> = all.iter().filter(|m| self.all || (m.main && m.says_something())).collect();
        let left_out = all.len() - shown.len();
        (shown, left_out)
    }

    /// What is left out, in words.
    pub(crate) fn left_out(&self, count: usize) -> String {
        match self.language {
            Language::Zh => {
                format!("…（各年均为 0 或空白的项目，以及“总计”以外各列，共 {count} 项未显示，--all 显示）")
            }
            Language::En => format!(
                "… ({count} cells not shown: 0 or blank in every year, or columns other than the total; --all shows them)"
            ),
        }
    }

    /// The name of a metric within its table: the row, with its column where that is not the total.
    pub(crate) fn name(&self, metric: &Metric) -> String {
        let (row, column) = (metric.row.get(self.language), metric.column.get(self.language));
        if metric.id().column() == "total" && metric.table.id != "disclosure" && !self.all {
            row.to_owned()
        } else {
            format!("{row} × {column}")
        }
    }

    /// The statements on the equations between the years, step by step: title and statements.
    pub(crate) fn chains(&self) -> Vec<(String, Vec<Statement>)> {
        let series = self.series;
        let mut chains = Vec::new();
        for (at, links) in series.links.iter().enumerate() {
            let (from, to) = (series.years[at], series.years[at + 1]);
            let title = format!("{from} → {to}");
            let said = match links {
                Some(links) => statements(links, series.reports[at], series.reports[at + 1], self.language),
                None => vec![Statement {
                    holds: None,
                    detail: false,
                    text: pick(self.language, "中间缺年，不核对", "years are missing in between: not linked")
                        .to_owned(),
                }],
            };
            chains.push((title, said));
        }
        chains
    }
}

/// The numbers of a metric; `None` where there is none.
pub(crate) fn numbers(metric: &Metric) -> Vec<Option<Decimal>> {
    metric.values.iter().map(nianbao_diff::Side::number).collect()
}

/// The rates of a formula as numbers.
pub(crate) fn percents(rate: &nianbao_diff::SeriesRate) -> Vec<Option<Decimal>> {
    rate.values.iter().map(|s| s.and_then(|s| s.percent())).collect()
}
