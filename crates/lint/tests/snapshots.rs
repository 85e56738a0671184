//! How the findings of the bad examples read, in both languages. A change of a rule shows here.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nianbao_lint::{Selection, lint, rules};
use nianbao_recognize::{Hints, recognize};
use nianbao_render::{Options, full};
use nianbao_schema::{Language, sketch};

/// A text without its ANSI styles.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split('\u{1b}');
    out.push_str(parts.next().unwrap_or(""));
    for part in parts {
        out.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    out
}

#[test]
fn findings_read_well_in_both_languages() {
    for rule in rules() {
        let mut shown = String::new();
        for example in rule.examples().iter().filter(|e| e.bad) {
            let report = recognize(&sketch::document(&example.sketch).unwrap(), &Hints::default());
            let before =
                |sketch: &str| recognize(&sketch::document_before(sketch).unwrap(), &Hints::default());
            let prior = example.prior.as_deref().map(before);
            let mut selection = Selection::default();
            selection.enable(rule.code).unwrap();
            let found = lint(&report, prior.as_ref(), &selection);
            for language in [Language::Zh, Language::En] {
                let options = Options { language, width: 100 };
                for finding in found.findings.iter().filter(|f| f.rule.code == rule.code) {
                    shown.push_str(&plain(&full::finding(&report, finding, &options)));
                    shown.push('\n');
                }
            }
        }
        if !shown.is_empty() {
            insta::assert_snapshot!(format!("{}_{}", rule.code, rule.name), shown);
        }
    }
}
