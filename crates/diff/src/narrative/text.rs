//! The sentences of a report, ready to be compared.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use nianbao_schema::prose::{self, sentences};
use nianbao_schema::report::Report;
use nianbao_text::align::{Ignore, Sentence};

use super::Place;

/// What is compared as one sequence: a section, or a part of section one.
pub(super) type Bucket = (u8, u8);

/// Neighbouring sentences, by their places in the whole text.
pub(super) type Run = Range<usize>;

pub(super) struct Text<'r> {
    pub(super) report: &'r Report,
    pub(super) ignore: Ignore,
    pub(super) all: Vec<prose::Sentence<'r>>,
    pub(super) ready: Vec<Sentence<'r>>,
}

impl<'r> Text<'r> {
    pub(super) fn new(report: &'r Report, ignore: Ignore) -> Self {
        let mut all = sentences(report);
        if let Some(title) = &report.title {
            // The title is compared as the first sentence; it stands in no line of prose.
            all.insert(
                0,
                prose::Sentence {
                    section: 0,
                    part: 0,
                    line: usize::MAX,
                    range: 0..title.text.len(),
                    text: &title.text,
                    boilerplate: true,
                },
            );
        }
        let ready = all.iter().map(|s| Sentence::new(s.text, ignore)).collect();
        Self { report, ignore, all, ready }
    }

    pub(super) fn parts(&self) -> BTreeSet<u8> {
        self.report
            .sections
            .iter()
            .filter(|s| s.number == 1)
            .flat_map(|s| &s.parts)
            .map(|p| p.number)
            .collect()
    }

    pub(super) fn buckets(&self, by_part: bool) -> BTreeMap<Bucket, Vec<usize>> {
        let mut buckets: BTreeMap<Bucket, Vec<usize>> = BTreeMap::new();
        for at in 0..self.all.len() {
            buckets.entry(self.bucket(at, by_part)).or_default().push(at);
        }
        buckets
    }

    pub(super) fn bucket(&self, at: usize, by_part: bool) -> Bucket {
        (self.all[at].section, if by_part { self.all[at].part } else { 0 })
    }

    /// The words of neighbouring sentences.
    pub(super) fn words(&self, run: Run) -> Cow<'r, str> {
        let all = &self.all[run];
        match all {
            [one] => one.text.into(),
            [first, .., last] if first.line == last.line && !self.is_title_line(first.line) => {
                let line: &'r str = &self.report.lines[first.line].text.value;
                line[first.range.start..last.range.end].into()
            }
            _ => all.iter().map(|s| s.text).collect::<String>().into(),
        }
    }

    pub(super) fn place(&self, run: Run, marks: Vec<Range<usize>>) -> Place {
        let sentence = &self.all[run.start];
        let location = match self.report.lines.get(sentence.line) {
            Some(line) => line.text.at(sentence.range.start),
            None => self.report.title.as_ref().map(|t| t.location).unwrap_or_default(),
        };
        Place {
            section: sentence.section,
            part: sentence.part,
            text: self.words(run).into_owned(),
            marks,
            location,
        }
    }

    fn is_title_line(&self, line: usize) -> bool {
        line == usize::MAX
    }

    pub(super) fn pick(&self, all: &[usize]) -> Vec<Sentence<'r>> {
        all.iter().map(|i| self.ready[*i].clone()).collect()
    }

    pub(super) fn is_title(&self, at: usize) -> bool {
        self.is_title_line(self.all[at].line)
    }
}
