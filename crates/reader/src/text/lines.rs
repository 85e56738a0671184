//! Splitting plain text into lines.

use std::ops::Range;

use crate::draft::is_invisible;
use crate::limits;

/// A line that is not blank.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many blank lines stand right before it.
    pub(super) blanks: u32,
    /// Whether it starts with a tab: a cell in the text that Apache Tika makes. Such a line may hold nothing else.
    pub(super) tab: bool,
}

impl Line {
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn text<'a>(&self, source: &'a str) -> &'a str {
        &source[self.start..self.end]
    }
}

/// The lines of a text, and how many were more than the limit.
///
/// Besides the usual line ends, form feeds, vertical tabs and the separators of Unicode end a line. (Only the usual
/// ones count for line numbers.)
pub(super) fn split(source: &str) -> (Vec<Line>, usize) {
    let (mut lines, mut dropped) = (Vec::new(), 0);
    let (mut start, mut blanks) = (0, 0);
    let mut add = |start: usize, end: usize| {
        let text = &source[start..end];
        let tab = text.trim_start_matches(is_invisible_mark).starts_with('\t');
        if !tab && text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            blanks += 1;
        } else if lines.len() < limits::LINES {
            lines.push(Line { start, end, blanks, tab });
            blanks = 0;
        } else {
            dropped += 1;
        }
    };
    let mut chars = source.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if !is_line_end(c) {
            continue;
        }
        add(start, i);
        start = i + c.len_utf8();
        if c == '\r' && chars.next_if(|(_, c)| *c == '\n').is_some() {
            start += 1;
        }
    }
    if start < source.len() {
        add(start, source.len());
    }
    (lines, dropped)
}

pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_invisible_mark(c: char) -> bool {
    c != '\t' && is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_ends_and_blank_lines() {
        let source = "甲\r\n\r\n \u{a0}\n乙\r\t\n丙\u{c}丁";
        let (lines, dropped) = split(source);
        let seen: Vec<_> = lines.iter().map(|l| (l.text(source), l.blanks, l.tab)).collect();
        assert_eq!(
            seen,
            [("甲", 0, false), ("乙", 2, false), ("\t", 0, true), ("丙", 0, false), ("丁", 0, false)]
        );
        assert_eq!(dropped, 0);
    }
}
