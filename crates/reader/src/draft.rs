//! A paragraph or cell text in the making: the characters that are kept, and where each of them came from.

use nianbao_schema::document::{Location, Piece, Text};

use crate::limits;
use crate::position::{Cursor, Place};

/// Collects the text of one paragraph or cell.
///
/// Blanks at the ends of its lines are not kept, nor are empty lines.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    value: String,
    pieces: Vec<Piece>,
    /// The next character does not follow the last one in the file, even if the offsets look as if it did.
    broken: bool,
}

impl Draft {
    /// Whether the next character would be the first of its line.
    pub(crate) fn at_line_start(&self) -> bool {
        self.value.is_empty() || self.value.ends_with('\n')
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    pub(crate) fn last(&self) -> Option<char> {
        self.value.chars().next_back()
    }

    /// Adds a stretch that stands in the source exactly so, from an offset on.
    pub(crate) fn push(&mut self, run: &str, source: usize, cursor: &mut Cursor<'_>) {
        let joined = !self.broken
            && self
                .pieces
                .last()
                .is_some_and(|p| p.source as usize + self.value.len() - p.at as usize == source);
        if !joined {
            self.start_piece(cursor.place(source));
        }
        self.value.push_str(run);
    }

    /// Adds what stands for something else in the source: a decoded entity, a blank for a line break.
    pub(crate) fn substitute(&mut self, text: &str, place: Place) {
        self.start_piece(place);
        self.value.push_str(text);
        self.broken = true;
    }

    /// The next character starts a new stretch: something between was left out.
    pub(crate) fn interrupt(&mut self) {
        self.broken = true;
    }

    /// Starts a new line, unless the current one is empty.
    pub(crate) fn newline(&mut self) {
        self.trim_end();
        if !self.at_line_start() {
            self.value.push('\n');
        }
        self.broken = true;
    }

    /// Takes the text out; nothing if it is blank.
    pub(crate) fn take(&mut self) -> Option<Text> {
        self.trim_end();
        if self.value.ends_with('\n') {
            self.value.pop();
        }
        self.broken = false;
        let (value, pieces) = (std::mem::take(&mut self.value), std::mem::take(&mut self.pieces));
        let first = pieces.first()?;
        Some(Text { location: Location::line(first.line, first.column), value, pieces })
    }

    fn start_piece(&mut self, place: Place) {
        if self.pieces.len() >= limits::PIECES {
            return;
        }
        let at = self.value.len() as u32;
        self.pieces.push(Piece { at, line: place.line, column: place.column, source: place.source as u32 });
        self.broken = false;
    }

    fn trim_end(&mut self) {
        let kept = self.value.trim_end_matches(|c| c != '\n' && is_blank(c)).len();
        if kept < self.value.len() {
            self.value.truncate(kept);
            while self.pieces.last().is_some_and(|p| p.at as usize >= kept) {
                self.pieces.pop();
            }
            self.broken = true;
        }
    }
}

/// White space of any width, which is not kept at the ends of a line.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// A blank of fixed width (no-break space, en space, …) that reads as an ordinary one; not the ideographic space.
pub(crate) fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// A character that nobody sees: byte order marks, zero-width and directional marks, soft hyphens, controls.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{ad}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}')
}

/// Joins paragraphs of a cell, in their order, with `\n`.
pub(crate) fn join(parts: Vec<Text>) -> Option<Text> {
    let mut parts = parts.into_iter();
    let mut whole = parts.next()?;
    for part in parts {
        whole.value.push('\n');
        let shift = whole.value.len() as u32;
        whole.pieces.extend(part.pieces.into_iter().map(|p| Piece { at: p.at + shift, ..p }));
        whole.value.push_str(&part.value);
    }
    Some(whole)
}
