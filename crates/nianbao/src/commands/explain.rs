//! `nianbao explain`.

use nianbao_lint::{RuleMeta, Selection, UnknownRule, lint};
use nianbao_recognize::{Hints, recognize};
use nianbao_render::explain::{self, RunExample};
use nianbao_render::{Checked, Failure};
use nianbao_schema::sketch;

use crate::args::ExplainArgs;
use crate::config::unknown_rule;
use crate::terminal::Terminal;
use crate::{Status, Stop};

pub(crate) fn run(args: &ExplainArgs, terminal: &Terminal) -> Result<Status, Stop> {
    for name in &args.rules {
        let Some(meta) = nianbao_lint::rule(name) else {
            let error =
                UnknownRule { selector: name.clone(), suggestion: nianbao_lint::select::nearest(name) };
            return Err(Stop::Say(unknown_rule(&error)));
        };
        let examples: Vec<RunExample> = meta
            .examples()
            .into_iter()
            .map(|example| RunExample {
                bad: example.bad,
                checked: check(meta, &example.sketch, example.prior.as_deref()),
                sketch: match example.prior {
                    Some(prior) => format!("{}上年报告：\n{prior}", example.sketch),
                    None => example.sketch,
                },
            })
            .collect();
        terminal.print(&explain::rule(meta, &examples, &terminal.options))?;
    }
    Ok(Status::Clean)
}

/// Runs all rules over an example, as a reader of the explanation would.
fn check(meta: &RuleMeta, sketch: &str, prior: Option<&str>) -> Checked {
    let read = |document| recognize(&document, &Hints::default());
    let before = prior.map(|sketch| sketch::document_before(sketch).map(read)).transpose();
    let outcome = match (sketch::document(sketch).map(read), before) {
        (Ok(report), Ok(prior)) => {
            let mut selection = Selection::default();
            // A rule knows its own code; one that is off by default is on in its own explanation.
            let _ = selection.enable(meta.code);
            let lint = lint(&report, prior.as_ref(), &selection);
            Ok((report, lint))
        }
        (Err(error), _) | (_, Err(error)) => {
            let message = nianbao_lint::Say { zh: error.to_string(), en: error.to_string() };
            Err(Failure { kind: "sketch".to_owned(), message })
        }
    };
    Checked { path: String::new(), outcome }
}
