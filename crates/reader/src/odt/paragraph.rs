//! Building the text of a paragraph together with where it comes from.

use nianbao_ooxml::xml::{Characters, reference};
use nianbao_ooxml::{Block, Paragraph, Piece, Source};

/// Blanks that one `text:s` stands for, at most. Longer runs only push text to the right.
const MAX_SPACES: i64 = 256;

/// A paragraph being read.
#[derive(Debug)]
pub(super) struct ParagraphBuilder {
    pub(super) paragraph: Paragraph,
    /// Hidden spans, sections and paragraph styles around the place. What stands in them is left out.
    pub(super) hidden: u32,
    /// What is anchored here: text boxes, shapes with text.
    pub(super) after: Vec<Block>,
    /// It is no paragraph of the file, only what a drawing outside of paragraphs hangs on.
    pub(super) is_anchor: bool,
    /// The last character is white space of the file, so that more of it adds nothing.
    after_space: bool,
}

impl ParagraphBuilder {
    pub(super) fn new(start: usize, hidden: u32) -> Self {
        let mut paragraph = Paragraph::default();
        paragraph.range.start = start as u32;
        Self { paragraph, hidden, after: Vec::new(), is_anchor: false, after_space: true }
    }

    /// Adds character data; returns the number of stretches that are not UTF-8.
    ///
    /// White space of the file is collapsed (ODF 1.3 part 3, §6.1.2): a run of it, over the ends of elements too, is
    /// one blank, and none at the start and the end of the paragraph.
    pub(super) fn push_characters(&mut self, characters: &Characters<'_>) -> u32 {
        let (mut start, mut raw) = (characters.start, characters.raw);
        let mut invalid = 0;
        if self.hidden > 0 {
            self.paragraph.has_hidden_text |= !raw.trim_ascii().is_empty();
            return 0;
        }
        let is_special = |b: &u8| b.is_ascii_whitespace() || *b == b'&' && characters.references;
        while !raw.is_empty() {
            let plain = raw.iter().position(is_special).unwrap_or(raw.len());
            if plain > 0 {
                invalid += self.push_bytes(&raw[..plain], start);
            }
            let length = match raw.get(plain) {
                None => return invalid,
                Some(b'&') => match reference(&raw[plain..]) {
                    Some((character, length)) => {
                        let at = start + plain;
                        self.push(character, at..at + length, Source::Reference);
                        length
                    }
                    None => {
                        invalid += self.push_bytes(b"&", start + plain);
                        1
                    }
                },
                Some(_) => {
                    if !self.after_space {
                        self.push_verbatim(" ", start + plain);
                        self.after_space = true;
                    }
                    1
                }
            };
            start += plain + length;
            raw = &raw[plain + length..];
        }
        invalid
    }

    /// Adds a character that an element stands for.
    pub(super) fn push_element(&mut self, character: char, range: std::ops::Range<usize>) {
        if self.hidden == 0 {
            self.push(character, range, Source::Element);
        }
    }

    /// Adds a `text:s`.
    pub(super) fn push_spaces(&mut self, count: Option<i64>, range: std::ops::Range<usize>) {
        let count = count.unwrap_or(1).clamp(0, MAX_SPACES);
        if count > 0 && self.hidden == 0 {
            self.push(' ', range, Source::Element);
            self.paragraph.text.extend((1..count).map(|_| ' '));
        }
    }

    /// Notes a picture; a description that is given later belongs to it.
    pub(super) fn push_image(&mut self) {
        self.paragraph.has_image = true;
    }

    fn push_bytes(&mut self, raw: &[u8], mut start: usize) -> u32 {
        if let Ok(text) = str::from_utf8(raw) {
            self.push_verbatim(text, start);
            return 0;
        }
        let mut count = 0;
        for chunk in raw.utf8_chunks() {
            let (valid, invalid) = (chunk.valid(), chunk.invalid());
            self.push_verbatim(valid, start);
            start += valid.len();
            if !invalid.is_empty() {
                let end = start + invalid.len();
                self.push(char::REPLACEMENT_CHARACTER, start..end, Source::Invalid);
                start = end;
                count += 1;
            }
        }
        count
    }

    fn push_verbatim(&mut self, text: &str, start: usize) {
        if !text.is_empty() {
            self.push_piece(start..start + text.len(), Source::Verbatim);
            self.paragraph.text.push_str(text);
        }
    }

    fn push(&mut self, character: char, range: std::ops::Range<usize>, source: Source) {
        self.push_piece(range, source);
        self.paragraph.text.push(character);
    }

    fn push_piece(&mut self, range: std::ops::Range<usize>, source: Source) {
        self.after_space = false;
        if source == Source::Verbatim
            && let Some(last) = self.paragraph.pieces.last_mut()
            && last.source == source
            && last.end as usize == range.start
        {
            last.end = range.end as u32;
            return;
        }
        // Most paragraphs are cells with one number in one run.
        if self.paragraph.pieces.is_empty() {
            self.paragraph.pieces.reserve_exact(1);
        }
        let at = self.paragraph.text.len() as u32;
        self.paragraph.pieces.push(Piece { at, start: range.start as u32, end: range.end as u32, source });
    }

    /// The finished paragraph, and what follows it.
    pub(super) fn finish(mut self, end: usize) -> (Paragraph, Vec<Block>) {
        let paragraph = &mut self.paragraph;
        if self.after_space
            && paragraph.text.pop().is_some()
            && let Some(last) = paragraph.pieces.last_mut()
        {
            last.end -= 1;
            if last.start == last.end {
                paragraph.pieces.pop();
            }
        }
        paragraph.range.end = end as u32;
        (self.paragraph, self.after)
    }
}
