//! What a run is told to keep quiet about, and why: suppressions (豁免), explanations (说明) and the baseline (基线).
//!
//! Pure functions over what a run found. Who reads the configuration and knows the date of today calls them; a finding
//! that is closed is never lost: it moves to [`Lint::closed`] together with the reason.

use std::collections::BTreeMap;

use nianbao_schema::CellId;
use nianbao_schema::document::Location;
use nianbao_schema::report::Report;
use nianbao_text::label;
use rust_decimal::Decimal;

use crate::finding::{Evidence, Finding, Place};
use crate::rule::{Outcome, RuleMeta};
use crate::select::Selection;
use crate::{Lint, finding, say};

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How long silence lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Up to and including this report year; where the year of a report is not known, up to the end of that year.
    Year(u16),
    /// Up to and including this day.
    Day(Day),
}

impl Until {
    fn is_over(self, report: &Report, today: Day) -> bool {
        match self {
            Self::Year(last) => report.year.unwrap_or(today.year) > last,
            Self::Day(last) => today > last,
        }
    }
}

impl std::fmt::Display for Until {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// Silence about some findings, with a reason (豁免).
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The rules.
    pub rules: Vec<&'static RuleMeta>,
    /// Only findings about this cell, or about cells whose id begins so (`applications.denied`).
    pub cell: Option<String>,
    /// Only findings in this section.
    pub section: Option<u8>,
    /// Only findings that quote a sentence with these words; white space, width and punctuation style do not count.
    pub sentence: Option<String>,
    /// Why. Never blank.
    pub reason: String,
    /// How long.
    pub until: Option<Until>,
    /// Where it is written, e.g. `nianbao.toml:12`.
    pub origin: String,
    /// The line.
    pub line: u32,
}

impl Suppression {
    fn covers(&self, finding: &Finding) -> bool {
        let within = |cell: &CellId, prefix: &str| {
            let rest = cell.as_str().strip_prefix(prefix);
            rest.is_some_and(|r| r.is_empty() || r.starts_with('.'))
        };
        let cell = self.cell.as_deref().is_none_or(|p| finding.cells.iter().any(|c| within(c, p)));
        let section = self.section.is_none_or(|s| finding.place.section == s);
        let sentence = self.sentence.as_deref().is_none_or(|words| {
            let words = label::normal(words);
            finding.evidence.iter().any(
                |e| matches!(e, Evidence::Quote { text, .. } if label::normal(text).contains(words.as_str())),
            )
        });
        self.rules.iter().any(|r| r.code == finding.rule.code) && cell && section && sentence
    }
}

/// What became of a suppression in one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It closed something, or would have if it had not expired.
    Used,
    /// All its rules ran and found nothing that it covers.
    Unused,
    /// Some of its rules did not run or could not check, so nobody can say.
    Unknown,
}

/// Why a surprising number is right (说明).
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The cell.
    pub cell: CellId,
    /// The number that it explains.
    pub value: Decimal,
    /// The report year that it is about; `None` for any.
    pub year: Option<u16>,
    /// The rules whose findings it closes. Where none is named: all but those of error severity, because a broken
    /// equation is wrong however good the reason.
    pub rules: Vec<&'static RuleMeta>,
    /// The reason. Never blank.
    pub reason: String,
    /// Where it is written.
    pub origin: String,
}

/// What closed a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedBy {
    /// A suppression.
    Suppression,
    /// An explanation.
    Explanation,
    /// The baseline.
    Baseline,
}

impl ClosedBy {
    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Suppression => "suppression",
            Self::Explanation => "explanation",
            Self::Baseline => "baseline",
        }
    }
}

/// A finding that counts no more.
#[derive(Debug, Clone)]
pub struct Closed {
    /// The finding.
    pub finding: Finding,
    /// What closed it.
    pub by: ClosedBy,
    /// The reason; empty for the baseline.
    pub reason: String,
    /// Where the reason is written.
    pub origin: String,
}

/// The fingerprints of a file that the baseline holds, each with the code of its rule.
pub type Known = BTreeMap<String, String>;

/// What a baseline made of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Findings that it knew.
    pub known: usize,
    /// Fingerprints that it knows and that are gone although their rules ran.
    pub fixed: Vec<String>,
}

impl Lint {
    /// Whether every one of some rules ran and could check.
    fn assessed(&self, rules: &[&'static RuleMeta]) -> bool {
        rules.iter().all(|r| {
            self.outcomes.iter().any(|(m, o)| m.code == r.code && !matches!(o, Outcome::NotAssessable(_)))
        })
    }

    fn close(&mut self, by: ClosedBy, mut reason: impl FnMut(&Finding) -> Option<(String, String)>) {
        let mut open = Vec::with_capacity(self.findings.len());
        for finding in std::mem::take(&mut self.findings) {
            match reason(&finding) {
                Some((reason, origin)) => self.closed.push(Closed { finding, by, reason, origin }),
                None => open.push(finding),
            }
        }
        self.findings = open;
    }

    /// Closes what suppressions cover. What an expired one covers stays open, and the expiry is a finding too.
    pub fn suppress(
        &mut self,
        report: &Report,
        suppressions: &[&Suppression],
        today: Day,
        selection: &Selection,
    ) -> Vec<Use> {
        let mut uses: Vec<Use> = suppressions
            .iter()
            .map(|s| if self.assessed(&s.rules) { Use::Unused } else { Use::Unknown })
            .collect();
        let mut expired: Vec<(usize, Place)> = Vec::new();
        self.close(ClosedBy::Suppression, |finding| {
            let mut closing = None;
            for (i, suppression) in suppressions.iter().enumerate().filter(|(_, s)| s.covers(finding)) {
                uses[i] = Use::Used;
                if suppression.until.is_some_and(|u| u.is_over(report, today)) {
                    expired.push((i, finding.place.clone()));
                } else if closing.is_none() {
                    closing = Some((suppression.reason.clone(), suppression.origin.clone()));
                }
            }
            closing
        });
        // One finding for each suppression that ran out, at the first place that it covers.
        expired.dedup_by_key(|(i, _)| *i);
        for (i, place) in expired {
            let Suppression { until: Some(until), origin, reason, rules, .. } = suppressions[i] else {
                continue;
            };
            let names = rules.iter().map(|r| r.code).collect::<Vec<_>>().join("、");
            let finding = about_lint("expired-suppression", |meta| {
                Finding::new(
                    meta,
                    say!(
                        "对 {names} 的豁免已过期（{origin}，有效期至 {until}，理由：{reason}），有关问题重新列出",
                        "the suppression of {names} has expired ({origin}, until {until}, reason: {reason}); what it covered is listed again"
                    ),
                )
                .key(format!("{names}{reason}"))
                .place(place)
                .help(say!("理由仍然成立的，改写 until；否则删去这条豁免", "renew `until` if the reason still holds, else remove the suppression"))
            });
            self.add(finding, selection);
        }
        uses
    }

    /// Closes findings about numbers that are explained, and finds explanations whose number is no longer in its cell.
    pub fn explain(&mut self, report: &Report, explanations: &[&Explanation], selection: &Selection) {
        let of_year = |e: &&&Explanation| e.year.is_none() || e.year == report.year;
        let holds = |e: &Explanation| report.number(e.cell) == Some(e.value);
        self.close(ClosedBy::Explanation, |finding| {
            let explains = |e: &&&Explanation| {
                let rule = if e.rules.is_empty() {
                    finding.rule.severity < finding::Severity::Error
                } else {
                    e.rules.iter().any(|r| r.code == finding.rule.code)
                };
                rule && holds(e) && finding.cells.contains(&e.cell)
            };
            let found = explanations.iter().filter(of_year).find(explains);
            found.map(|e| (e.reason.clone(), e.origin.clone()))
        });
        for explanation in explanations.iter().filter(of_year).filter(|e| !holds(e)) {
            // A report on another form has no such cell, and a table that was not read is another rule's finding.
            let (Some(cell), Some(reading)) =
                (report.form().cell(explanation.cell), report.cell(explanation.cell))
            else {
                continue;
            };
            let name = crate::support::cell_name(cell);
            let (zh, en) = (&name.zh, &name.en);
            let (value, seen, origin) = (explanation.value, reading.text.value.trim(), &explanation.origin);
            let finding = about_lint("outdated-explanation", |meta| {
                Finding::new(
                    meta,
                    say!(
                        "{zh}现为“{seen}”，而说明（{origin}）讲的是 {value}，说明不再对得上",
                        "{en} is \"{seen}\", but the explanation ({origin}) is about {value}: it no longer matches"
                    ),
                )
                .cells(report, vec![explanation.cell])
                .help(say!("核对这个数；数没有错的，改写说明，不再需要的删去", "check the number; if it is right rewrite the explanation, else remove it"))
            });
            self.add(finding, selection);
        }
    }

    /// Closes findings that a baseline knows. Findings about the lint itself never are in one: who gets them keeps both
    /// files.
    pub fn subtract(&mut self, known: &Known) -> Compared {
        let mut seen = Vec::new();
        self.close(ClosedBy::Baseline, |finding| {
            let fingerprint = finding.fingerprint();
            known.contains_key(&fingerprint).then(|| {
                seen.push(fingerprint);
                (String::new(), String::new())
            })
        });
        let ran = |code: &str| {
            self.outcomes.iter().any(|(m, o)| m.code == code && !matches!(o, Outcome::NotAssessable(_)))
        };
        // What is suppressed or explained by now is not in the report any less.
        let still = |fingerprint: &String| {
            seen.contains(fingerprint) || self.closed.iter().any(|c| c.finding.fingerprint() == *fingerprint)
        };
        let fixed = known
            .iter()
            // A rule that is no more finds nothing either.
            .filter(|(fingerprint, code)| (ran(code) || crate::rule(code).is_none()) && !still(fingerprint))
            .map(|(fingerprint, _)| fingerprint.clone());
        Compared { known: seen.len(), fixed: fixed.collect() }
    }

    fn add(&mut self, finding: Option<Finding>, selection: &Selection) {
        let Some(mut finding) = finding.filter(|f| selection.is_on(f.rule)) else { return };
        finding.severity = selection.severity(finding.rule, finding.severity);
        self.findings.push(finding);
        finding::arrange(&mut self.findings);
    }
}

/// The findings about suppressions that covered nothing in any of the reports that they are for.
pub fn unused<'a>(suppressions: impl Iterator<Item = &'a Suppression>, selection: &Selection) -> Lint {
    let mut lint = Lint { about_configuration: true, ..Lint::default() };
    for Suppression { rules, reason, line, .. } in suppressions {
        let names = rules.iter().map(|r| format!("{} {}", r.code, r.name)).collect::<Vec<_>>().join("、");
        let finding = about_lint("unused-suppression", |meta| {
            Finding::new(
                meta,
                say!(
                    "对 {names} 的豁免没有用到（理由：{reason}）",
                    "the suppression of {names} is not used (reason: {reason})"
                ),
            )
            .place(Place { location: Some(Location::line(*line, 1)), ..Place::default() })
            .key(format!("{names}\n{reason}"))
            .help(say!("问题已经改正的，删去这条豁免", "remove it if what it covered is mended"))
        });
        lint.add(finding, selection);
    }
    lint
}

/// A finding of a rule about the lint itself.
fn about_lint(name: &str, make: impl FnOnce(&'static RuleMeta) -> Finding) -> Option<Finding> {
    crate::rule(name).map(make)
}
