//! What holds for every rule.

use std::collections::BTreeSet;

use nianbao_lint::{RuleMeta, Selection, Severity, lint, rule, rules};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::sketch;

fn every(what: &str, holds: impl Fn(&RuleMeta) -> bool) {
    let failing: Vec<&str> = rules().filter(|r| !holds(r)).map(|r| r.name).collect();
    assert!(failing.is_empty(), "{what}: {failing:?}");
}

#[test]
fn codes_and_names_are_unique_and_well_formed() {
    let codes: BTreeSet<&str> = rules().map(|r| r.code).collect();
    let names: BTreeSet<&str> = rules().map(|r| r.name).collect();
    assert_eq!(codes.len(), rules().count());
    assert_eq!(names.len(), rules().count());
    every("a code is a subject letter and three digits", |r| {
        r.code.len() == 4
            && "STNXYLDWPRM".contains(&r.code[..1])
            && r.code[1..].bytes().all(|b| b.is_ascii_digit())
    });
    every("a name is kebab-case", |r| {
        r.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    });
    every("a name says the fault, not the check", |r| {
        !["check-", "use-", "no-", "invalid-", "avoid-"].iter().any(|p| r.name.starts_with(p))
    });
    every("codes come in order", |_| rules().map(|r| r.code).is_sorted());
    every("code and name both find the rule", |r| {
        rule(r.code).map(|f| f.name) == Some(r.name) && rule(r.name).map(|f| f.code) == Some(r.code)
    });
}

#[test]
fn every_rule_is_documented() {
    every("a sentence first", |r| !r.section("").is_empty());
    for heading in ["为什么", "怎么改", "English"] {
        every(heading, |r| !r.section(heading).is_empty());
    }
    every("titles in both languages", |r| !r.title.is_empty() && !r.title_en.is_empty());
    // The examples of rules about the lint itself are configurations; the command line tests them.
    every("a good example", |r| r.is_about_lint() || r.examples().iter().any(|e| !e.bad));
    // These need a file that a sketch cannot describe; their tests stand elsewhere.
    let elsewhere = [
        "table-as-image",
        "table-column-count",
        "header-truncated",
        "group-sum-mismatch",
        "overview-too-long",
        "table-row-order",
        "table-extra-row",
        "several-reports",
    ];
    every("a bad example", |r| {
        r.is_about_lint() || r.examples().iter().any(|e| e.bad) || elsewhere.contains(&r.name)
    });
}

#[test]
fn every_source_exists() {
    every("sources", |r| r.sources.iter().all(|c| c.resolve().is_some()));
    // Structure, tables, identities and law rest on a document; wording and consistency need none.
    every("a source for what is law", |r| !"STNL".contains(&r.code[..1]) || !r.sources.is_empty());
}

#[test]
fn only_what_rests_on_a_clause_is_an_error() {
    // A text that contradicts its own table is wrong without any clause.
    every("an error has a clause", |r| {
        r.severity < Severity::Error || !r.sources.is_empty() || r.code.starts_with('X')
    });
    every("what is off by default is no error", |r| !r.off || r.severity < Severity::Error);
    every("the examples of a rule for some years are of those years", |r| {
        let year = |sketch: &str| {
            sketch
                .lines()
                .find_map(|l| l.trim().strip_prefix("年份："))
                .map_or(2023, |y| y.trim().parse().unwrap_or(0))
        };
        r.examples().iter().filter(|e| e.bad).all(|e| (r.years.0..=r.years.1).contains(&year(&e.sketch)))
    });
}

#[test]
fn messages_are_in_both_languages() {
    for rule in rules() {
        for example in rule.examples().iter().filter(|e| e.bad) {
            let report = |sketch: &str| recognize(&sketch::document(sketch).unwrap(), &Hints::default());
            let mut selection = Selection::default();
            selection.enable(rule.code).unwrap();
            let prior = example.prior.as_deref().map(report);
            let found = lint(&report(&example.sketch), prior.as_ref(), &selection);
            for finding in found.findings.iter().filter(|f| f.rule.code == rule.code) {
                let texts = [Some(&finding.message), finding.help.as_ref()];
                assert!(finding.help.is_some(), "{} does not say what to do", rule.name);
                for text in texts.into_iter().flatten() {
                    let han = |s: &str| s.chars().any(|c| ('一'..='鿿').contains(&c));
                    assert!(han(&text.zh), "{}: {}", rule.name, text.zh);
                    let latin = text.en.chars().filter(char::is_ascii_alphabetic).count();
                    assert!(latin >= 4, "{}: {}", rule.name, text.en);
                }
            }
        }
    }
}
