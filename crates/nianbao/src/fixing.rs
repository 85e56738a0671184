//! Safe fixes: what they would change in a file, and writing it.

use std::path::Path;

use nianbao_lint::{Finding, Lint, Say, say};
use nianbao_reader::{Patched, Replacement, patch};

use crate::load;
use crate::write::atomically;

/// What the safe fixes of a file come to.
#[derive(Debug, Default)]
pub(crate) struct Fixing {
    /// The changed file; `None` where nothing is to be written.
    patched: Option<Patched>,
    /// Fixes that are made.
    pub(crate) made: usize,
    /// Fixes that have to be made by hand, in words.
    pub(crate) by_hand: Vec<Say>,
    /// Whether they are by hand because files of this kind are never written.
    pub(crate) kind_not_written: bool,
}

impl Fixing {
    /// What the fixes of the open findings would change.
    pub(crate) fn of(path: Option<&Path>, lint: &Lint) -> Self {
        let fixable: Vec<&Finding> = lint.findings.iter().filter(|f| f.safe_fix().is_some()).collect();
        if fixable.is_empty() {
            return Self::default();
        }
        let by_hand = |findings: &[&Finding]| findings.iter().flat_map(|f| in_words(f)).collect::<Vec<_>>();
        let bytes = path.and_then(|path| load::bytes(path).ok());
        let mut kept = fixable.clone();
        let mut patched = bytes.as_deref().and_then(|b| patch(b, &replacements(&kept)));
        let Some(mut done) = patched.take() else {
            return Self { by_hand: by_hand(&fixable), kind_not_written: true, ..Self::default() };
        };
        // A fix is made whole or not at all; what is refused may make room for nothing new, so two rounds are enough,
        // but a round more costs nothing.
        while done.made.contains(&false) {
            let mut made = done.made.iter();
            kept.retain(|f| {
                let edits = f.safe_fix().map_or(0, |fix| fix.edits.len());
                made.by_ref().take(edits).filter(|m| !**m).count() == 0
            });
            match bytes.as_deref().and_then(|b| patch(b, &replacements(&kept))) {
                Some(again) => done = again,
                None => break,
            }
        }
        let refused: Vec<&Finding> =
            fixable.iter().copied().filter(|f| !kept.iter().any(|k| std::ptr::eq(*k, *f))).collect();
        Self {
            made: kept.len(),
            patched: (!kept.is_empty()).then_some(done),
            by_hand: by_hand(&refused),
            kind_not_written: false,
        }
    }

    /// The changes as a unified diff.
    pub(crate) fn diff(&self, name: &str) -> String {
        let Some(patched) = &self.patched else { return String::new() };
        similar::TextDiff::from_lines(&patched.before, &patched.after)
            .unified_diff()
            .context_radius(1)
            .header(name, name)
            .to_string()
    }

    /// Writes the changed file. Whether there was anything to write.
    pub(crate) fn write(&self, path: &Path) -> std::io::Result<bool> {
        match &self.patched {
            Some(patched) => atomically(path, &patched.bytes).map(|()| true),
            None => Ok(false),
        }
    }
}

fn replacements(findings: &[&Finding]) -> Vec<Replacement> {
    let edits = findings.iter().filter_map(|f| f.safe_fix()).flat_map(|fix| &fix.edits);
    edits
        .map(|e| Replacement {
            line: e.location.line,
            column: e.location.column,
            old: e.old.clone(),
            new: e.new.clone(),
        })
        .collect()
}

/// What a fix changes, for somebody who does it by hand.
fn in_words(finding: &Finding) -> Vec<Say> {
    let edits = finding.safe_fix().map_or(&[][..], |fix| &fix.edits);
    let code = finding.rule.code;
    edits
        .iter()
        .map(|edit| {
            let (old, new) = (&edit.old, &edit.new);
            let at = [nianbao_schema::Language::Zh, nianbao_schema::Language::En]
                .map(|language| nianbao_render::location(&edit.location, language));
            let [zh, en] = at;
            match new.is_empty() {
                true => say!("{code} {zh}：删去“{old}”", "{code} {en}: remove \"{old}\""),
                false => say!("{code} {zh}：“{old}”改为“{new}”", "{code} {en}: \"{old}\" to \"{new}\""),
            }
        })
        .collect()
}
