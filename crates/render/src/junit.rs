//! JUnit XML: a suite a file, a case a rule. Findings that make the run fail are failures, milder ones are the output
//! of a case that passed, rules that could not be assessed are skipped with the reason.

use std::fmt::Write as _;

use nianbao_lint::{NotAssessable, Outcome};

use crate::escape::markup;
use crate::format::{RunOptions, Writer};
use crate::{Checked, Options, Summary, words};

/// The format.
#[derive(Debug)]
pub(crate) struct Junit {
    options: Options,
    run: RunOptions,
    suites: String,
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Junit {
    pub(crate) fn new(options: Options, run: RunOptions) -> Self {
        Self { options, run, suites: String::new(), tests: 0, failures: 0, errors: 0, skipped: 0 }
    }
}

impl Writer for Junit {
    fn file(&mut self, checked: &Checked) -> String {
        let language = self.options.language;
        let mut cases = String::new();
        let (mut tests, mut failures, mut errors, mut skipped) = (0, 0, 0, 0);
        let path = markup(&checked.path);
        match &checked.outcome {
            Ok((report, lint)) => {
                for (rule, outcome) in &lint.outcomes {
                    tests += 1;
                    let name = markup(&format!("{} {}", rule.code, rule.name));
                    let _ = write!(cases, "    <testcase classname=\"{path}\" name=\"{name}\"");
                    let mut inside = String::new();
                    if let Outcome::NotAssessable(NotAssessable(reason)) = outcome {
                        skipped += 1;
                        let _ =
                            writeln!(inside, "      <skipped message=\"{}\"/>", markup(reason.get(language)));
                    }
                    let of_rule = || lint.findings.iter().filter(|f| f.rule.code == rule.code);
                    let text = |finding| markup(&words::paragraphs(report, finding, language).join("\n"));
                    let failed: Vec<_> = of_rule().filter(|f| f.severity >= self.run.fail_on).collect();
                    if let Some(first) = failed.first() {
                        failures += 1;
                        // A case fails once: several findings of its rule are one failure with all their texts.
                        let texts: Vec<String> = failed.iter().map(|f| text(f)).collect();
                        let _ = writeln!(
                            inside,
                            "      <failure type=\"{}\" message=\"{}\">{}</failure>",
                            first.severity.id(),
                            markup(first.message.get(language)),
                            texts.join("\n\n")
                        );
                    }
                    let mild: Vec<String> =
                        of_rule().filter(|f| f.severity < self.run.fail_on).map(text).collect();
                    if !mild.is_empty() {
                        let _ = writeln!(inside, "      <system-out>{}</system-out>", mild.join("\n\n"));
                    }
                    if inside.is_empty() {
                        cases.push_str("/>\n");
                    } else {
                        let _ = write!(cases, ">\n{inside}    </testcase>\n");
                    }
                }
            }
            Err(failure) => {
                tests += 1;
                errors += 1;
                let _ = writeln!(
                    cases,
                    "    <testcase classname=\"{path}\" name=\"read\">\n      <error type=\"{}\" message=\"{}\"/>\n    </testcase>",
                    markup(&failure.kind),
                    markup(failure.message.get(language))
                );
            }
        }
        let _ = write!(
            self.suites,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\">\n{cases}  </testsuite>\n"
        );
        self.tests += tests;
        self.failures += failures;
        self.errors += errors;
        self.skipped += skipped;
        String::new()
    }

    fn end(&mut self, _: &Summary) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"nianbao\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n{}</testsuites>\n",
            self.tests, self.failures, self.errors, self.skipped, self.suites
        )
    }
}
