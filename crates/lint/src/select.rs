//! Which rules run, and at which severity.

use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::rule::RuleMeta;

/// Which rules run, and at which severity.
///
/// Selectors are codes (`N101`), names (`unbalanced-applications`), or the beginning of codes (`N`, `N1`). A rule that is
/// off by default runs only where its full code or its name stands.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Decisions by code, later ones over earlier ones.
    decided: BTreeMap<&'static str, Decision>,
    /// Whether rules that nothing was said of are off.
    only_selected: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Decision {
    on: Option<bool>,
    severity: Option<Severity>,
    /// Whether it was named for a severity.
    wanted: bool,
}

/// A rule that a selector is about.
struct Selected {
    /// Whether it is off by default.
    off: bool,
    /// Whether its whole code or its name stands there, and not the beginning of codes.
    named: bool,
}

/// A selector that names no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule {
    /// The selector.
    pub selector: String,
    /// The name or code most like it.
    pub suggestion: Option<&'static str>,
}

impl Selection {
    /// Runs only what is selected from now on.
    ///
    /// # Errors
    /// If the selector names no rule.
    pub fn select(&mut self, selector: &str) -> Result<(), UnknownRule> {
        self.only_selected = true;
        self.enable(selector)
    }

    /// Turns rules on, without turning others off.
    ///
    /// # Errors
    /// If the selector names no rule.
    pub fn enable(&mut self, selector: &str) -> Result<(), UnknownRule> {
        self.each(selector, |d, rule| {
            if !rule.off || rule.named {
                d.on = Some(true);
            }
        })
    }

    /// Forgets which rules were turned on and off so far; severities stay.
    pub fn forget(&mut self) {
        self.only_selected = false;
        for decision in self.decided.values_mut() {
            decision.on = None;
            decision.wanted = false;
        }
    }

    /// Turns rules off.
    ///
    /// # Errors
    /// If the selector names no rule.
    pub fn ignore(&mut self, selector: &str) -> Result<(), UnknownRule> {
        self.each(selector, |d, _| d.on = Some(false))
    }

    /// Gives all findings of rules a severity. A rule that is off by default is on once it is named here.
    ///
    /// # Errors
    /// If the selector names no rule.
    pub fn set_severity(&mut self, selector: &str, severity: Severity) -> Result<(), UnknownRule> {
        self.each(selector, |d, rule| {
            d.severity = Some(severity);
            d.wanted |= rule.named;
        })
    }

    fn each(&mut self, selector: &str, change: impl Fn(&mut Decision, Selected)) -> Result<(), UnknownRule> {
        let upper = selector.to_ascii_uppercase();
        let mut any = false;
        for meta in crate::rules() {
            let is_code_like = upper.len() <= 4 && !upper.is_empty() && meta.code.starts_with(&upper);
            if meta.name == selector || is_code_like || (selector.eq_ignore_ascii_case("all")) {
                let named = meta.name == selector || upper == meta.code;
                change(self.decided.entry(meta.code).or_default(), Selected { off: meta.off, named });
                any = true;
            }
        }
        if any {
            return Ok(());
        }
        Err(UnknownRule { selector: selector.to_owned(), suggestion: nearest(selector) })
    }

    /// Whether a rule runs.
    pub fn is_on(&self, meta: &RuleMeta) -> bool {
        let decided = self.decided.get(meta.code);
        let wanted = decided.is_some_and(|d| d.wanted);
        decided.and_then(|d| d.on).unwrap_or(!self.only_selected && (!meta.off || wanted))
    }

    /// The severity of a finding of a rule: what was set, else what the finding says.
    pub fn severity(&self, meta: &RuleMeta, own: Severity) -> Severity {
        self.decided.get(meta.code).and_then(|d| d.severity).unwrap_or(own)
    }
}

/// The code or name that a mistyped selector most probably means.
pub fn nearest(selector: &str) -> Option<&'static str> {
    let limit = (selector.chars().count() / 3).max(1);
    crate::rules()
        .flat_map(|m| [m.code, m.name])
        .filter_map(|known| nianbao_text::distance::edit_distance(selector, known, limit).map(|d| (d, known)))
        .min_by_key(|(d, _)| *d)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_names_and_prefixes_select() {
        let balance = crate::rule("N101").unwrap();
        let missing = crate::rule("section-missing").unwrap();
        let mut selection = Selection::default();
        assert!(selection.is_on(balance) && selection.is_on(missing));
        selection.ignore("unbalanced-applications").unwrap();
        assert!(!selection.is_on(balance) && selection.is_on(missing));
        let mut selection = Selection::default();
        selection.select("N").unwrap();
        assert!(selection.is_on(balance) && !selection.is_on(missing));
        selection.set_severity("n101", Severity::Info).unwrap();
        assert_eq!(selection.severity(balance, Severity::Error), Severity::Info);
    }

    #[test]
    fn a_rule_that_is_off_must_be_named() {
        let off = crate::rules().find(|m| m.off).unwrap();
        let mut selection = Selection::default();
        assert!(!selection.is_on(off));
        selection.set_severity(off.name, Severity::Info).unwrap();
        assert!(selection.is_on(off), "named for a severity");
        selection.ignore(off.code).unwrap();
        assert!(!selection.is_on(off), "but ignored in the end");
        for (selector, on) in [("all", false), (&off.code[..1], false), (off.code, true), (off.name, true)] {
            let mut selection = Selection::default();
            selection.select(selector).unwrap();
            assert_eq!(selection.is_on(off), on, "--select {selector}");
        }
    }

    #[test]
    fn an_unknown_selector_is_an_error_with_a_suggestion() {
        let error = Selection::default().select("section-mising").unwrap_err();
        assert_eq!(error.suggestion, Some("section-missing"));
        assert_eq!(Selection::default().ignore("Z9").unwrap_err().suggestion, None);
    }
}
