//! How much of a report was taken over from last year's.

use nianbao_schema::prose::{Sentence, sentences};
use nianbao_schema::report::Report;
use nianbao_text::align::{self, Copied, Ignore, Likeness};

use crate::finding::{Finding, Say};
use crate::rule::{Context, Findings, NotAssessable};
use crate::say;

/// Per cent from which on a section counts as taken over.
const MOST: usize = 90;

/// Characters below which a section is too short to tell.
const LEAST: usize = 80;

/// What does not make a sentence another one.
const IGNORE: Ignore = Ignore { whitespace: true, width: true, punctuation: true };

/// The sentences of a section that say something of the organ's own work.
fn own(report: &Report, section: u8) -> Vec<Sentence<'_>> {
    sentences(report).into_iter().filter(|s| s.section == section && !s.boilerplate).collect()
}

fn ready<'r>(all: &[Sentence<'r>]) -> Vec<align::Sentence<'r>> {
    all.iter().map(|s| align::Sentence::new(s.text, IGNORE)).collect()
}

/// The finding about a section that was taken over, if it was.
pub(crate) fn section(
    cx: &Context<'_>,
    out: &Findings,
    number: u8,
    help: Say,
) -> Result<Option<Finding>, NotAssessable> {
    let prior = cx.prior()?;
    let (before, now) = (own(prior, number), own(cx.report, number));
    let (olds, news) = (ready(&before), ready(&now));
    let copied: Copied = align::copied(&olds, &news);
    let Some(percent) = copied.percent().filter(|_| copied.all >= LEAST && !olds.is_empty()) else {
        return Err(NotAssessable(say!(
            "这一部分太短，或者有一年没有，不足以判断",
            "the section is too short to tell, or one of the years lacks it"
        )));
    };
    if percent < MOST {
        return Ok(None);
    }
    let heading = crate::support::section_heading(cx, number);
    let (only, only_en) = match copied.numbers * 100 / copied.all {
        0 => (String::new(), String::new()),
        n => (format!("其中 {n}% 只改了数字或年份；"), format!("{n} per cent with other numbers; ")),
    };
    let finding = out
        .start(
            cx,
            say!(
                "“{heading}”按字数有 {percent}% 与上年报告相同（{only}法定用语不计）",
                "{percent} per cent of \"{heading}\" is last year's text ({only_en}phrases of the law not counted)"
            ),
        )
        .help(help)
        .key(format!("section-{number}"));
    // Shown by the longest sentence that stands there word for word.
    let longest = now
        .iter()
        .zip(&news)
        .filter(|(_, sentence)| olds.iter().any(|old| old.likeness(sentence) != Likeness::Reworded))
        .max_by_key(|(_, sentence)| sentence.length());
    Ok(Some(match longest {
        Some((sentence, _)) => finding.quote(cx.report, sentence.line, sentence.range.clone()),
        None => finding,
    }))
}

/// The sentences of sections one, five and six that stand word for word in last year's report.
pub(crate) fn repeated<'r>(report: &'r Report, prior: &Report) -> Vec<Sentence<'r>> {
    let mut all = Vec::new();
    for number in [1, 5, 6] {
        let before = own(prior, number);
        let olds = ready(&before);
        let old: std::collections::BTreeSet<&str> = before.iter().map(|s| s.text.trim()).collect();
        for sentence in own(report, number) {
            let new = align::Sentence::new(sentence.text, IGNORE);
            // Most sentences differ: the exact look-up spares comparing each with each.
            let same = old.contains(sentence.text.trim())
                || olds.iter().any(|o| o.length() == new.length() && o.likeness(&new) == Likeness::Same);
            if same {
                all.push(sentence);
            }
        }
    }
    all
}
