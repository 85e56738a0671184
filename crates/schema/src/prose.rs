//! The prose of a report as sentences in their sections, as comparisons of reports need it.

use std::ops::Range;

use nianbao_text::label;
use nianbao_text::sentence::sentences as split;

use crate::boilerplate;
use crate::report::{Report, Role};

/// A sentence of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence<'r> {
    /// Section of the form, 1 to 6; 0 before the first.
    pub section: u8,
    /// Part of section one, 1 to 5; 0 for none.
    pub part: u8,
    /// Index of its line in [`Report::lines`].
    pub line: usize,
    /// Its bytes in that line.
    pub range: Range<usize>,
    /// Its words.
    pub text: &'r str,
    /// Whether it is a sentence that every report may share with every other one.
    pub boilerplate: bool,
}

/// The sentences of a report in order. Title, headings of sections and parts, and what stood in tables are not among
/// them; a heading of a part that its text follows on the same line (`（一）主动公开。全年…`) is left out too.
pub fn sentences(report: &Report) -> Vec<Sentence<'_>> {
    let mut all = Vec::new();
    for (index, line) in report.prose() {
        let text = line.text.value.as_str();
        let mut found = split(text);
        if let Some(end) = run_in_heading(report, index) {
            found.retain_mut(|range| {
                let kept = range.start.max(end);
                let rest = text.get(kept..range.end).unwrap_or("");
                range.start = range.end - rest.trim_start_matches(is_separator).len();
                range.start < range.end
            });
        }
        // A line of dashes or a bar between two cells is layout, not a sentence.
        found.retain(|range| text[range.clone()].chars().any(char::is_alphanumeric));
        all.extend(found.into_iter().map(|range| {
            let text = &text[range.clone()];
            let boilerplate = boilerplate::of(text).is_some();
            Sentence { section: line.section, part: line.part, line: index, range, text, boilerplate }
        }));
    }
    all
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || "。．.:：，,、；;—-".contains(c)
}

/// The bytes of the heading of a part that stands at the beginning of a line of prose.
fn run_in_heading(report: &Report, line: usize) -> Option<usize> {
    let found = report.sections.iter().flat_map(|s| &s.parts).find(|p| p.run_in && p.heading == line)?;
    let part = report.form().parts.iter().find(|p| p.number == found.number)?;
    let text = report.lines[line].text.value.as_str();
    // The longest official wording that the line begins with, its number aside.
    let names = std::iter::once(&part.heading).chain(&part.aliases);
    let mut best = None;
    for (end, c) in text.char_indices().map(|(at, c)| (at + c.len_utf8(), c)).take(40) {
        let head = label::normal(&text[..end]);
        let (_, words) = label::split_number(&head);
        if names.clone().any(|n| label::normal(n) == *words) && !is_separator(c) {
            best = Some(end);
        }
    }
    best
}

/// Heading of a section or of a part of section one, as it stands in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading<'r> {
    /// Section of the form, 1 to 6.
    pub section: u8,
    /// Part of section one, 1 to 5; 0 for the heading of the section itself.
    pub part: u8,
    /// Its words.
    pub text: &'r str,
}

/// The headings of a report in order.
pub fn headings(report: &Report) -> Vec<Heading<'_>> {
    let mut all = Vec::new();
    for section in &report.sections {
        let text = report.lines[section.heading].text.value.trim();
        all.push(Heading { section: section.number, part: 0, text });
        for part in &section.parts {
            let line = &report.lines[part.heading];
            let text = line.text.value.as_str();
            let text = match line.role {
                Role::PartHeading => text,
                _ => run_in_heading(report, part.heading).map_or("", |end| &text[..end]),
            };
            all.push(Heading { section: section.number, part: part.number, text: text.trim() });
        }
    }
    all
}
