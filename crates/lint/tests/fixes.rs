//! What the rules offer to change by themselves: never a number, never a blank.

use std::collections::BTreeSet;

use nianbao_lint::{Finding, Selection, lint, rules};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::sketch;

fn digits(text: &str) -> String {
    text.chars().map(nianbao_text::fold_width).filter(char::is_ascii_digit).collect()
}

/// What is wrong with the fix of a finding, if it has one.
fn fault(finding: &Finding) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    if finding.safe_fix().is_none() {
        return Some(format!("offered, but not safe: {fix:?}"));
    }
    fix.edits.iter().find_map(|edit| {
        let (old, new) = (&edit.old, &edit.new);
        if old.trim().is_empty() && !new.trim().is_empty() {
            return Some(format!("fills a blank with {new:?}"));
        }
        // The numbers of official labels are words; they stand in a table and in no cell of data.
        let label = ["T008", "T009"].contains(&finding.rule.code) && finding.cells.is_empty();
        (!label && digits(old) != digits(new)).then(|| format!("{old:?} becomes {new:?}"))
    })
}

#[test]
fn no_fix_of_any_example_touches_a_number_or_fills_a_blank() {
    let (mut faults, mut fixing) = (Vec::new(), BTreeSet::new());
    for rule in rules() {
        for example in rule.examples() {
            let mut selection = Selection::default();
            selection.enable(rule.code).unwrap();
            let report = recognize(&sketch::document(&example.sketch).unwrap(), &Hints::default());
            let prior = example
                .prior
                .as_deref()
                .map(|prior| recognize(&sketch::document_before(prior).unwrap(), &Hints::default()));
            for finding in lint(&report, prior.as_ref(), &selection).findings {
                if finding.fix.is_some() {
                    fixing.insert(finding.rule.code);
                }
                faults.extend(fault(&finding).map(|f| format!("{}: {f}", finding.rule.code)));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    let promised: BTreeSet<&str> = rules().filter(|r| r.fixable).map(|r| r.code).collect();
    assert_eq!(fixing, promised, "the rules that say that they can be fixed are those that are");
}
