//! What every rule made of the files: found, passed, or could not check and why; and what no rule could reach.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_lint::coverage::Unreached;
use nianbao_lint::{Outcome, RuleMeta};
use nianbao_schema::Language;
use nianbao_text::width::{pad_end, pad_start, width, wrap};

use crate::format::Writer;
use crate::words::dim;
use crate::{Checked, Options, Summary};

/// Counts over the files of a run.
#[derive(Debug, Default)]
pub struct Statistics {
    files: usize,
    rules: BTreeMap<&'static str, Row>,
    cells: BTreeMap<Unreached, usize>,
    official_cells: usize,
    claims: usize,
}

#[derive(Debug)]
struct Row {
    rule: &'static RuleMeta,
    findings: usize,
    found: usize,
    passed: usize,
    not_assessable: usize,
    /// Reasons for which it could not check, in both languages, with how often.
    reasons: Reasons,
}

type Reasons = BTreeMap<(String, String), usize>;

impl Statistics {
    /// Counts one more file. A file that was not read, or is no report, ran no rule.
    pub fn add(&mut self, checked: &Checked) {
        let Ok((_, lint)) = &checked.outcome else { return };
        if lint.outcomes.is_empty() {
            return;
        }
        self.files += 1;
        for (rule, outcome) in &lint.outcomes {
            let row = self.rules.entry(rule.code).or_insert_with(|| Row {
                rule,
                findings: 0,
                found: 0,
                passed: 0,
                not_assessable: 0,
                reasons: Reasons::new(),
            });
            match outcome {
                Outcome::Passed => row.passed += 1,
                Outcome::Found(count) => {
                    row.found += 1;
                    row.findings += count;
                }
                Outcome::NotAssessable(why) => {
                    row.not_assessable += 1;
                    *row.reasons.entry((why.0.zh.clone(), why.0.en.clone())).or_default() += 1;
                }
            }
        }
        self.official_cells += lint.coverage.official_cells;
        self.claims += lint.coverage.claims.len();
        for unreached in &lint.coverage.cells {
            *self.cells.entry(unreached.reason).or_default() += unreached.cells.len();
        }
    }

    /// The table and the summary.
    pub fn text(&self, options: &Options) -> String {
        if self.rules.is_empty() {
            return String::new();
        }
        let mut out = self.table(options);
        out.push('\n');
        for line in self.summary(options.language) {
            for (i, line) in wrap(&line, options.width.saturating_sub(2)).iter().enumerate() {
                let _ = writeln!(out, "{}{line}", if i == 0 { "" } else { "  " });
            }
        }
        out
    }

    fn table(&self, options: &Options) -> String {
        let zh = options.language == Language::Zh;
        let heads = if zh {
            ["编号", "名称", "问题", "有问题", "通过", "未评估", "未能评估的原因"]
        } else {
            ["code", "name", "findings", "found", "passed", "not assessed", "why not"]
        };
        let rows: Vec<[String; 7]> = self
            .rules
            .values()
            .map(|row| {
                let count = |n: usize| if n == 0 { "·".to_owned() } else { n.to_string() };
                [
                    row.rule.code.to_owned(),
                    row.rule.name.to_owned(),
                    count(row.findings),
                    count(row.found),
                    count(row.passed),
                    count(row.not_assessable),
                    reasons(&row.reasons, options.language, self.files > 1),
                ]
            })
            .collect();
        let wide: Vec<usize> = (0..7)
            .map(|c| rows.iter().map(|r| width(&r[c])).chain([width(heads[c])]).max().unwrap_or(0))
            .collect();
        let line = |cells: [&str; 7]| -> String {
            let padded = cells.iter().enumerate().map(|(c, text)| match c {
                2..=5 => pad_start(text, wide[c]),
                _ => pad_end(text, wide[c]),
            });
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let bold = anstyle::Style::new().bold();
        let dim = dim();
        let mut out = format!("{bold}{}{bold:#}\n", line(heads));
        for (row, cells) in self.rules.values().zip(&rows) {
            let text = line(std::array::from_fn(|c| cells[c].as_str()));
            // What found nothing steps back behind what did.
            let _ = if row.found > 0 { writeln!(out, "{text}") } else { writeln!(out, "{dim}{text}{dim:#}") };
        }
        out
    }

    fn summary(&self, language: Language) -> Vec<String> {
        let zh = language == Language::Zh;
        let sum = |of: fn(&Row) -> usize| self.rules.values().map(of).sum::<usize>();
        let (passed, found, not) = (sum(|r| r.passed), sum(|r| r.found), sum(|r| r.not_assessable));
        let mut all = Reasons::new();
        for (reason, count) in self.rules.values().flat_map(|r| &r.reasons) {
            *all.entry(reason.clone()).or_default() += count;
        }
        let why = reasons(&all, language, true);
        let why = match (not, zh) {
            (0, _) => String::new(),
            (_, true) => format!("（{why}）"),
            (_, false) => format!(" ({why})"),
        };
        let (rules, files) = (self.rules.len(), self.files);
        let times = match (files, zh) {
            (1, _) => String::new(),
            (_, true) => format!("，{files} 个文件共 {} 次", rules * files),
            (_, false) => format!(", {} times over {files} files", rules * files),
        };
        let mut lines = vec![if zh {
            format!("规则 {rules} 条{times}：通过 {passed}，问题 {found}，未能评估 {not}{why}")
        } else {
            format!(
                "{rules} rules{times}: {passed} passed, {found} found something, {not} could not check{why}"
            )
        }];
        let official = self.official_cells;
        let unread: usize = self.cells.values().sum();
        lines.push(match (unread, zh) {
            (0, true) => format!("规定的 {official} 格全部读到"),
            (0, false) => format!("all {official} official cells were read"),
            (_, zh) => {
                let colon = if zh { "：" } else { ": " };
                let each = self
                    .cells
                    .iter()
                    .map(|(reason, count)| format!("{}{colon}{count}", reason.words().get(language)));
                let each = each.collect::<Vec<_>>().join(if zh { "，" } else { ", " });
                if zh {
                    format!("规定的 {official} 格中有 {unread} 格任何规则都核对不到（{each}）")
                } else {
                    format!("of {official} official cells no rule could reach {unread} ({each})")
                }
            }
        });
        if self.claims > 0 {
            let claims = self.claims;
            lines.push(if zh {
                format!("正文中有 {claims} 个数字任何规则都核对不到（见 JSON 输出的 unreached.claims）")
            } else {
                format!("no rule compares {claims} numbers of the prose with anything (`unreached.claims` of the JSON output)")
            });
        }
        lines
    }
}

/// Reasons, the most frequent first.
fn reasons(reasons: &Reasons, language: Language, counted: bool) -> String {
    let mut sorted: Vec<_> = reasons.iter().collect();
    sorted.sort_by_key(|(reason, count)| (std::cmp::Reverse(**count), *reason));
    let zh = language == Language::Zh;
    let colon = if zh { "：" } else { ": " };
    let words = sorted.into_iter().map(|((zh_words, en), count)| {
        let words = if zh { zh_words } else { en };
        if counted { format!("{words}{colon}{count}") } else { words.clone() }
    });
    words.collect::<Vec<_>>().join(if zh { "，" } else { ", " })
}

/// A format for people with the statistics after it.
#[derive(Debug)]
pub(crate) struct WithStatistics {
    pub(crate) inner: Box<dyn Writer>,
    pub(crate) options: Options,
    pub(crate) statistics: Statistics,
}

impl Writer for WithStatistics {
    fn file(&mut self, checked: &Checked) -> String {
        self.statistics.add(checked);
        self.inner.file(checked)
    }

    fn end(&mut self, summary: &Summary) -> String {
        let end = self.inner.end(summary);
        let statistics = self.statistics.text(&self.options);
        let between = if end.is_empty() || statistics.is_empty() { "" } else { "\n" };
        format!("{end}{between}{statistics}")
    }
}
