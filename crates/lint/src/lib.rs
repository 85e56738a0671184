//! Rules over reports.
//!
//! A rule is one file under `rules/`: what, why, examples, what to do, metadata, check. See `README.md` of this crate
//! for how to add one. Nothing here touches files, the clock, the environment or threads.

mod citation;
mod claims;
mod copying;
pub mod coverage;
mod damage;
pub mod finding;
pub mod memory;
mod prelude;
mod prose;
pub mod rule;
mod rules;
mod secret;
pub mod select;
mod stories;
mod support;

pub use coverage::Coverage;
pub use finding::{BrokenIdentity, Edit, Evidence, Finding, Fix, Origin, Place, Say, Severity, Suspect};
pub use rule::{Class, Example, NotAssessable, Outcome, RuleMeta};
pub use select::{Selection, UnknownRule};

use nianbao_schema::report::Report;
use rule::{Context, Findings};

/// What a run found.
#[derive(Debug, Default)]
pub struct Lint {
    /// The findings, in the order of the report.
    pub findings: Vec<Finding>,
    /// What every selected rule made of the report, by code.
    pub outcomes: Vec<(&'static RuleMeta, Outcome)>,
    /// Findings that count no more: suppressed, explained, or known to the baseline.
    pub closed: Vec<memory::Closed>,
    /// How many findings of the baseline are gone.
    pub fixed: usize,
    /// Whether this is about a configuration and not about a report.
    pub about_configuration: bool,
    /// What no rule could reach.
    pub coverage: Coverage,
}

/// The facts of every rule, by code.
pub fn rules() -> impl Iterator<Item = &'static RuleMeta> {
    rules::ALL.iter().map(|r| r.meta())
}

/// The rule of a code or name.
pub fn rule(code_or_name: &str) -> Option<&'static RuleMeta> {
    rules().find(|m| m.code.eq_ignore_ascii_case(code_or_name) || m.name == code_or_name)
}

/// Checks a report with the selected rules; with the report of the year before, also across the years.
pub fn lint(report: &Report, prior: Option<&Report>, selection: &Selection) -> Lint {
    let cx = Context::new(report, prior);
    let mut lint = Lint { coverage: Coverage::of(report), ..Lint::default() };
    for rule in rules::ALL {
        let meta = rule.meta();
        if !selection.is_on(meta) || meta.is_about_lint() {
            continue;
        }
        let mut found = Findings::new(meta);
        let outcome = match cx.applies(meta).and_then(|()| rule.check(&cx, &mut found)) {
            Ok(()) if found.is_empty() => Outcome::Passed,
            Ok(()) => Outcome::Found(found.len()),
            Err(reason) if found.is_empty() => Outcome::NotAssessable(reason),
            Err(_) => Outcome::Found(found.len()),
        };
        let outcome = match outcome {
            Outcome::Found(_) if found.drop_where(|f| cx.damage().excuses(report, f)) && found.is_empty() => {
                Outcome::Passed
            }
            Outcome::Found(_) => Outcome::Found(found.len()),
            other => other,
        };
        lint.outcomes.push((meta, outcome));
        lint.findings.extend(found.into_iter().map(|mut finding| {
            finding.severity = selection.severity(meta, cx.lowered(meta, finding.severity));
            finding
        }));
    }
    // A finding of any rule may quote a sentence that holds private data.
    for finding in &mut lint.findings {
        secret::mask(cx.secrets(), finding);
    }
    lint.coverage.claims =
        cx.unreached().filter_map(|i| report.claims.get(i)).map(coverage::unreached_claim).collect();
    finding::arrange(&mut lint.findings);
    lint
}
