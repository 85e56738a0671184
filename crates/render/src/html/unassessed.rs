//! What could not be assessed: for every file by reason, and for the run what no file allowed to assess.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nianbao_lint::{Class, Lint, NotAssessable, Outcome, RuleMeta};
use nianbao_schema::Language;

use super::pick;
use crate::Options;
use crate::escape::markup;

/// What the files of a run made of every rule.
#[derive(Debug, Default)]
pub(super) struct Unassessed {
    rules: BTreeMap<&'static str, Fate>,
}

#[derive(Debug)]
struct Fate {
    rule: &'static RuleMeta,
    /// Whether some file could be checked.
    assessed: bool,
    /// The reasons of the others, with how many there are.
    reasons: BTreeMap<String, usize>,
}

impl Unassessed {
    /// One more file.
    pub(super) fn add(&mut self, lint: &Lint, language: Language) {
        for (rule, outcome) in &lint.outcomes {
            let fate = self.rules.entry(rule.code).or_insert_with(|| Fate {
                rule,
                assessed: false,
                reasons: BTreeMap::new(),
            });
            match outcome {
                Outcome::NotAssessable(NotAssessable(reason)) => {
                    *fate.reasons.entry(reason.get(language).to_owned()).or_default() += 1;
                }
                _ => fate.assessed = true,
            }
        }
    }

    fn never(&self) -> impl Iterator<Item = &Fate> {
        self.rules.values().filter(|f| !f.assessed)
    }

    /// Rules of a class that no file allowed to assess.
    pub(super) fn count(&self, class: Class) -> usize {
        self.never().filter(|f| f.rule.class == class).count()
    }

    /// Those rules, by the reason that most files give.
    pub(super) fn of_run(&self, options: &Options) -> String {
        let mut reasons: BTreeMap<&str, Vec<&RuleMeta>> = BTreeMap::new();
        for fate in self.never() {
            let most = fate.reasons.iter().max_by_key(|(_, count)| **count);
            if let Some((reason, _)) = most {
                reasons.entry(reason).or_default().push(fate.rule);
            }
        }
        let title = pick(options, "所有文件都未能评估的规则", "Rules that no file allowed to assess");
        list("unassessed", title, &reasons.into_iter().collect::<Vec<_>>(), options)
    }
}

/// The rules that could not be assessed in a file, by reason.
pub(super) fn of_file(number: usize, lint: &Lint, options: &Options) -> String {
    let mut reasons: Vec<(&str, Vec<&RuleMeta>)> = Vec::new();
    for (rule, outcome) in &lint.outcomes {
        if let Outcome::NotAssessable(NotAssessable(reason)) = outcome {
            let reason = reason.get(options.language);
            match reasons.iter_mut().find(|(r, _)| *r == reason) {
                Some((_, rules)) => rules.push(rule),
                None => reasons.push((reason, vec![rule])),
            }
        }
    }
    let title = pick(options, "未能评估的规则", "Rules that could not be assessed");
    list(&format!("f{number}-unassessed"), title, &reasons, options)
}

fn list(id: &str, title: &str, reasons: &[(&str, Vec<&RuleMeta>)], options: &Options) -> String {
    let count: usize = reasons.iter().map(|(_, rules)| rules.len()).sum();
    if count == 0 {
        return String::new();
    }
    let count =
        if options.language == Language::Zh { format!("（{count} 条）") } else { format!(" ({count})") };
    let mut out =
        format!("<details class=\"unassessed\" id=\"{id}\"><summary>{title}{count}</summary><dl>\n");
    for (reason, rules) in reasons {
        let names: Vec<String> = rules
            .iter()
            .map(|r| format!("{} {}", r.code, markup(pick(options, r.title, r.title_en))))
            .collect();
        let names = names.join(pick(options, "；", "; "));
        let _ = writeln!(out, "<dt>{}</dt><dd>{names}</dd>", markup(reason));
    }
    out.push_str("</dl></details>\n");
    out
}
