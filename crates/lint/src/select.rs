//! Which rules run, and at which severity.

use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::rule::RuleMeta;

/// Which rules run, and at which severity.
///
/// Selectors are codes (`N101`), names (`unbalanced-applications`), or the beginning of codes (`N`, `N1`).
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
        self.each(selector, |d| d.on = Some(true))
    }

    /// Turns rules on, without turning others off.
    ///
    /// # Errors
    /// If the selector names no rule.
    pub fn enable(&mut self, selector: &str) -> Result<(), UnknownRule> {
        self.each(selector, |d| d.on = Some(true))
    }

    /// Forgets which rules were turned on and off so far; severities stay.
    pub fn forget(&mut self) {
        self.only_selected = false;
        for decision in self.decided.values_mut() {
            decision.on = None;
        }
    }

    /// Turns rules off.
    ///
    /// # Errors
    /// If the selector names no rule.
    pub fn ignore(&mut self, selector: &str) -> Result<(), UnknownRule> {
        self.each(selector, |d| d.on = Some(false))
    }

    /// Gives all findings of rules a severity.
    ///
    /// # Errors
    /// If the selector names no rule.
    pub fn set_severity(&mut self, selector: &str, severity: Severity) -> Result<(), UnknownRule> {
        self.each(selector, |d| d.severity = Some(severity))
    }

    fn each(&mut self, selector: &str, change: impl Fn(&mut Decision)) -> Result<(), UnknownRule> {
        let upper = selector.to_ascii_uppercase();
        let mut any = false;
        for meta in crate::rules() {
            let is_code_like = upper.len() <= 4 && !upper.is_empty() && meta.code.starts_with(&upper);
            if meta.name == selector || is_code_like || (selector.eq_ignore_ascii_case("all")) {
                change(self.decided.entry(meta.code).or_default());
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
        self.decided.get(meta.code).and_then(|d| d.on).unwrap_or(!self.only_selected)
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
    fn an_unknown_selector_is_an_error_with_a_suggestion() {
        let error = Selection::default().select("section-mising").unwrap_err();
        assert_eq!(error.suggestion, Some("section-missing"));
        assert_eq!(Selection::default().ignore("Z9").unwrap_err().suggestion, None);
    }
}
