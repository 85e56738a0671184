//! The prose of a report with what several rules ask of it, found once: sentences and quoted stretches.

use std::ops::Range;

use nianbao_schema::report::{Line, Report};
use nianbao_schema::wording::Wording;

/// A line of prose.
#[derive(Debug)]
pub(crate) struct Prose<'a> {
    /// Its index in [`Report::lines`].
    pub(crate) index: usize,
    /// The line.
    pub(crate) line: &'a Line,
    /// Its words.
    pub(crate) text: &'a str,
    sentences: Vec<Range<usize>>,
    /// Outermost stretches in book-title or quotation marks, marks included, in order.
    quoted: Vec<Range<usize>>,
}

impl<'a> Prose<'a> {
    fn new(index: usize, line: &'a Line) -> Self {
        let text = line.text.value.as_str();
        Self { index, line, text, sentences: nianbao_text::sentence::sentences(text), quoted: quoted(text) }
    }

    /// The sentence around a byte.
    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        let next = self.sentences.partition_point(|s| s.end <= at);
        match self.sentences.get(next) {
            Some(sentence) if sentence.start <= at => sentence.clone(),
            _ => 0..self.text.len(),
        }
    }

    /// The words of the sentence around a byte.
    pub(crate) fn sentence_words(&self, at: usize) -> &'a str {
        &self.text[self.sentence(at)]
    }

    /// The words of the sentence before a byte.
    pub(crate) fn before(&self, at: usize) -> &'a str {
        let start = self.sentence(at).start;
        self.text.get(start..at).unwrap_or("")
    }

    /// The words of the sentence from a byte on.
    pub(crate) fn after(&self, at: usize) -> &'a str {
        let end = self.sentence(at.saturating_sub(1)).end.max(at);
        self.text.get(at..end).unwrap_or("")
    }

    /// Whether a byte lies inside 《…》 or quotation marks.
    pub(crate) fn is_quoted(&self, at: usize) -> bool {
        let next = self.quoted.partition_point(|q| q.end <= at);
        self.quoted.get(next).is_some_and(|q| q.start < at)
    }

    /// The outermost titles in 《…》, marks included.
    pub(crate) fn titles(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.quoted.iter().filter(|q| self.text[q.start..].starts_with('《')).cloned()
    }
}

/// The prose of a report without what pages print below the text: links to other pages, the foot of the site.
pub(crate) fn of(report: &Report) -> Vec<Prose<'_>> {
    let page = &Wording::get().page;
    let mut below = false;
    let mut prose = Vec::new();
    for (index, line) in report.prose() {
        let text = line.text.value.trim_start();
        let begins = |words: &[String]| words.iter().any(|w| text.starts_with(w.as_str()));
        below |= line.section == 6 && begins(&page.foot);
        if below || (line.section == 0 && begins(&page.head)) {
            continue;
        }
        prose.push(Prose::new(index, line));
    }
    prose
}

/// Marks that open and close words that are not the report's own.
const QUOTES: [(char, char); 5] = [('《', '》'), ('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』')];

fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        if let Some((_, close)) = QUOTES.iter().find(|(o, _)| *o == c) {
            open.push((at, *close));
        } else if let Some(depth) = open.iter().rposition(|(_, close)| *close == c) {
            let start = open[depth].0;
            open.truncate(depth);
            let whole = start..at + c.len_utf8();
            // What stood inside is part of the outer stretch.
            while found.last().is_some_and(|f| f.start >= whole.start) {
                found.pop();
            }
            found.push(whole);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_stretches_are_the_outermost_ones_and_unclosed_marks_none() {
        let text = "按《关于印发〈办法〉和“清单”的通知》办，做到“公开”；《没有完";
        let found: Vec<&str> = quoted(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, ["《关于印发〈办法〉和“清单”的通知》", "“公开”"]);
    }
}
