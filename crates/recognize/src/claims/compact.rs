//! A line without spaces, as phrases are matched against it.

use std::ops::Range;

use nianbao_text::{fold_width, is_invisible};

/// A line without invisible characters, digits and letters in half width, each character with its place in the line.
pub(super) struct Compact {
    pub(super) chars: Vec<char>,
    /// Byte offset of each character in the line.
    at: Vec<usize>,
    /// Byte offset behind each character.
    behind: Vec<usize>,
    /// Whether the character was full-width.
    pub(super) full_width: Vec<bool>,
    /// Whether it stands inside 《…》, “…” or the brackets of a document number: names, not statements.
    pub(super) quoted: Vec<bool>,
    clauses: Ends,
    sentences: Ends,
    stops: Ends,
}

/// Names and slogans are no longer than this; quotes that do not close are none.
const LONGEST_QUOTE: usize = 60;

/// Words further from a number than this say nothing of it, even in the same clause.
const NEAR: usize = 80;

/// The ends of clauses or sentences, in order.
#[derive(Default)]
struct Ends(Vec<usize>, usize);

impl Ends {
    fn start(&self, at: usize) -> usize {
        let before = self.0.partition_point(|end| *end < at);
        before.checked_sub(1).map_or(0, |i| self.0[i] + 1)
    }

    fn end(&self, at: usize) -> usize {
        self.0.get(self.0.partition_point(|end| *end < at)).copied().unwrap_or(self.1)
    }
}

impl Compact {
    pub(super) fn new(line: &str) -> Self {
        let mut compact = Self {
            chars: Vec::with_capacity(line.len() / 3),
            at: Vec::new(),
            behind: Vec::new(),
            full_width: Vec::new(),
            quoted: Vec::new(),
            clauses: Ends::default(),
            sentences: Ends::default(),
            stops: Ends::default(),
        };
        for (at, c) in line.char_indices() {
            if is_invisible(c) {
                continue;
            }
            let folded = fold_width(c);
            let kept = if folded.is_ascii_alphanumeric() || folded == '%' { folded } else { c };
            compact.chars.push(kept);
            compact.at.push(at);
            compact.behind.push(at + c.len_utf8());
            compact.full_width.push(kept != c);
        }
        compact.quoted = quoted(&compact.chars);
        let ends = |is_end: &dyn Fn(usize) -> bool| {
            Ends((0..compact.len()).filter(|i| is_end(*i)).collect(), compact.len())
        };
        let clauses = ends(&|i| compact.ends_clause(i));
        let sentences = ends(&|i| ends_sentence(compact.chars[i]));
        let stops = ends(&|i| compact.chars[i] == '。');
        (compact.clauses, compact.sentences, compact.stops) = (clauses, sentences, stops);
        compact
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// Bytes of the line that a range of characters takes.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.at.get(range.start).copied().unwrap_or(0);
        let end = range.end.checked_sub(1).and_then(|last| self.behind.get(last)).copied().unwrap_or(start);
        start..end.max(start)
    }

    /// The characters of a range.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    pub(super) fn starts_with(&self, at: usize, word: &[char]) -> bool {
        self.chars.get(at..at + word.len()) == Some(word)
    }

    pub(super) fn ends_with(&self, end: usize, word: &[char]) -> bool {
        end >= word.len() && &self.chars[end - word.len()..end] == word
    }

    /// Start of the clause that holds a position.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        self.clauses.start(at)
    }

    /// End of the clause that holds a position.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        self.clauses.end(at)
    }

    /// Start of the sentence that holds a position; semicolons end sentences.
    pub(super) fn sentence_start(&self, at: usize) -> usize {
        self.sentences.start(at)
    }

    /// End of the sentence that holds a position.
    pub(super) fn sentence_end(&self, at: usize) -> usize {
        self.sentences.end(at)
    }

    /// The next full stop from a position on.
    pub(super) fn full_stop(&self, at: usize) -> usize {
        self.stops.end(at)
    }

    /// Where the statement that holds a position begins: behind the full stop before it, whatever semicolons stand between.
    pub(super) fn full_stop_before(&self, at: usize) -> usize {
        self.stops.start(at)
    }

    /// The clause around a range, no longer than [`NEAR`] on either side: words further off say nothing of it.
    pub(super) fn near(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.clause_start(range.start).max(range.start.saturating_sub(NEAR));
        let end = self.clause_end(range.end).min(range.end + NEAR);
        start..end.max(start)
    }

    /// The items of the clause of a range that say something of it: its own and the first, whose words go for all.
    /// 承办行政复议3件、行政诉讼1件: 承办 is said of both, 行政诉讼 of the second only.
    pub(super) fn items(&self, range: &Range<usize>) -> [Range<usize>; 2] {
        let near = self.near(range);
        let ends = |at: &usize| self.ends_item(*at);
        let first = (near.start..range.start).find(ends).unwrap_or(range.start);
        let start = (first..range.start).rev().find(ends).map_or(near.start, |at| at + 1);
        let end = (range.end..near.end).find(ends).unwrap_or(near.end);
        [near.start..first, start..end]
    }

    /// Whether a 、 stands behind a number with its unit.
    fn ends_item(&self, at: usize) -> bool {
        let before = &self.chars[at.saturating_sub(4)..at];
        let digit =
            before.iter().rposition(|c| c.is_ascii_digit() || "一二两三四五六七八九十百".contains(*c));
        self.chars[at] == '、' && digit.is_some_and(|d| d + 1 < before.len())
    }

    /// Whether the character ends a clause. Brackets do: what stands in them is said beside.
    pub(super) fn ends_clause(&self, at: usize) -> bool {
        let c = self.chars[at];
        let digit = |i: Option<usize>| i.and_then(|i| self.chars.get(i)).is_some_and(char::is_ascii_digit);
        let separates_thousands =
            matches!(c, ',' | '，') && digit(at.checked_sub(1)) && digit(Some(at + 1)) && {
                let group = (at + 1..self.len()).take_while(|i| digit(Some(*i))).count();
                group == 3
            };
        !separates_thousands && matches!(c, '，' | '：' | '（' | '）' | '(' | ')' | ',' | ':')
            || ends_sentence(c)
    }
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | ';' | '!' | '?' | '\n')
}

fn quoted(chars: &[char]) -> Vec<bool> {
    let mut quoted = vec![false; chars.len()];
    let mut i = 0;
    while i < chars.len() {
        let close = match chars[i] {
            '《' => '》',
            '“' => '”',
            '〔' => '〕',
            '【' => '】',
            '[' => ']',
            '〈' => '〉',
            _ => {
                i += 1;
                continue;
            }
        };
        let end = chars[i..].iter().take(LONGEST_QUOTE).position(|c| *c == close);
        match end {
            Some(length) => {
                quoted[i..=i + length].fill(true);
                i += length + 1;
            }
            None => i += 1,
        }
    }
    quoted
}
