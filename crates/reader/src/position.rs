//! Lines and columns of byte offsets in a decoded text.

/// A place in the decoded source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Line, from 1.
    pub(crate) line: u32,
    /// Column in characters, from 1.
    pub(crate) column: u32,
    /// Byte offset.
    pub(crate) source: usize,
}

/// Tells line and column of offsets that are asked for in ascending order, in one pass over the text altogether.
///
/// A line ends at LF, CR LF or a lone CR.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: Place,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: Place { line: 1, column: 1, source: 0 } }
    }

    /// Whether an offset lies before the last one asked for.
    pub(crate) fn is_past(&self, source: usize) -> bool {
        source < self.at.source
    }

    /// The place of a byte offset, which must be a character boundary not before the last one asked for.
    ///
    /// An offset that breaks this rule gets the last place: a position that is a little off beats a panic.
    pub(crate) fn place(&mut self, source: usize) -> Place {
        let Some(passed) = self.text.get(self.at.source..source) else {
            debug_assert!(false, "offsets are asked for in ascending order");
            return self.at;
        };
        let bytes = self.text.as_bytes();
        let mut start = self.at.source;
        for (i, byte) in passed.bytes().enumerate() {
            let next = self.at.source + i + 1;
            if byte == b'\n' || byte == b'\r' && bytes.get(next) != Some(&b'\n') {
                self.at.line += 1;
                self.at.column = 1;
                start = next;
            }
        }
        self.at.column += self.text[start..source].chars().count() as u32;
        self.at.source = source;
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_lf_crlf_and_cr() {
        let text = "甲乙\n丙\r\n丁\r戊己";
        let mut cursor = Cursor::new(text);
        let mut seen = Vec::new();
        for (i, _) in text.char_indices().filter(|(_, c)| !c.is_control()) {
            let place = cursor.place(i);
            seen.push((place.line, place.column));
        }
        assert_eq!(seen, [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (4, 2)]);
    }
}
