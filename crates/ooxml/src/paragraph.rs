//! Building the text of a paragraph together with where it comes from.

use crate::model::{Block, Paragraph, Piece, Source};
use crate::symbol;
use crate::xml::{Characters, Tag, reference};

/// A paragraph being read.
#[derive(Debug, Default)]
pub(crate) struct ParagraphBuilder {
    pub paragraph: Paragraph,
    /// Whether the current run is hidden.
    pub is_run_hidden: bool,
    /// Description of the drawing being read, which may turn out to be no picture.
    pub description: Option<String>,
    /// Whether the paragraph mark is a tracked deletion.
    pub is_mark_deleted: bool,
    /// Content of the text boxes anchored here.
    pub after: Vec<Block>,
    /// A page or column break that becomes a line break if text stands before and after it.
    pending_break: Option<(usize, usize)>,
}

impl ParagraphBuilder {
    pub(crate) fn new(start: usize) -> Self {
        let mut builder = Self::default();
        builder.paragraph.range.start = start as u32;
        builder
    }

    /// Notes a picture, with the description of the drawing that it stands in.
    pub(crate) fn push_image(&mut self) {
        self.paragraph.has_image = true;
        let description = self.description.take().filter(|text| !text.trim().is_empty());
        if self.paragraph.image_description.is_none() {
            self.paragraph.image_description = description;
        }
    }

    /// Adds character data of a `w:t`; returns the number of stretches that are not UTF-8.
    pub(crate) fn push_characters(&mut self, characters: &Characters<'_>, preserve: bool) -> u32 {
        let (mut start, mut raw) = (characters.start, characters.raw);
        // White space that wraps lines comes from a tool that prints XML with indents. Word drops all white space at
        // the ends unless told to preserve it; a single space there is kept, because too many writers forget to tell.
        if !preserve && memchr::memchr(b'\n', raw).is_some() {
            let trimmed = raw.trim_ascii_start();
            start += raw.len() - trimmed.len();
            raw = trimmed.trim_ascii_end();
        }
        if raw.is_empty() {
            return 0;
        }
        if self.is_run_hidden {
            self.paragraph.has_hidden_text = true;
            return 0;
        }
        if !characters.references {
            return self.push_verbatim(raw, start);
        }
        let mut invalid = 0;
        while let Some(n) = memchr::memchr(b'&', raw) {
            invalid += self.push_verbatim(&raw[..n], start);
            let length = match reference(&raw[n..]) {
                Some((character, length)) => {
                    self.push_character(character, start + n, start + n + length, Source::Reference);
                    length
                }
                None => {
                    self.push_verbatim(&raw[n..=n], start + n);
                    1
                }
            };
            start += n + length;
            raw = &raw[n + length..];
        }
        invalid + self.push_verbatim(raw, start)
    }

    /// Adds a character that an element stands for.
    pub(crate) fn push_element(&mut self, character: char, start: usize, end: usize) {
        self.push_character(character, start, end, Source::Element);
    }

    /// Adds a `w:br`. A page break divides no line: it often stands first or last in a paragraph.
    pub(crate) fn push_break(&mut self, tag: &Tag<'_>, end: usize) {
        match tag.raw(b"type") {
            Some(b"page" | b"column") if self.paragraph.text.is_empty() => {}
            Some(b"page" | b"column") => self.pending_break = Some((tag.start, end)),
            _ => self.push_element('\n', tag.start, end),
        }
    }

    /// Adds a `w:sym`.
    pub(crate) fn push_symbol(&mut self, tag: &Tag<'_>, end: usize) {
        let code = tag.raw(b"char").and_then(|raw| u32::from_str_radix(str::from_utf8(raw).ok()?, 16).ok());
        let font = tag.value(b"font").unwrap_or_default();
        if let Some(character) = code.and_then(|code| symbol::character(&font, code)) {
            self.push_element(character, tag.start, end);
        }
    }

    fn push_verbatim(&mut self, raw: &[u8], mut start: usize) -> u32 {
        if let Ok(text) = str::from_utf8(raw) {
            self.push_valid(text, start);
            return 0;
        }
        let mut count = 0;
        for chunk in raw.utf8_chunks() {
            let (valid, invalid) = (chunk.valid(), chunk.invalid());
            self.push_valid(valid, start);
            start += valid.len();
            if !invalid.is_empty() {
                let end = start + invalid.len();
                self.push_character(char::REPLACEMENT_CHARACTER, start, end, Source::Invalid);
                start = end;
                count += 1;
            }
        }
        count
    }

    fn push_valid(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        self.push_piece(start, start + text.len(), Source::Verbatim);
        if text.bytes().any(|b| matches!(b, b'\n' | b'\r' | b'\t')) {
            self.paragraph
                .text
                .extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
        } else {
            self.paragraph.text.push_str(text);
        }
    }

    fn push_character(&mut self, character: char, start: usize, end: usize, source: Source) {
        self.push_piece(start, end, source);
        self.paragraph.text.push(character);
    }

    fn push_piece(&mut self, start: usize, end: usize, source: Source) {
        if let Some((start, end)) = self.pending_break.take() {
            self.push_element('\n', start, end);
        }
        if source == Source::Verbatim
            && let Some(last) = self.paragraph.pieces.last_mut()
            && last.source == source
            && last.end as usize == start
        {
            last.end = end as u32;
            return;
        }
        // Most paragraphs are cells with one number in one run.
        if self.paragraph.pieces.is_empty() {
            self.paragraph.pieces.reserve_exact(1);
        }
        let at = self.paragraph.text.len() as u32;
        self.paragraph.pieces.push(Piece { at, start: start as u32, end: end as u32, source });
    }

    /// The finished paragraph, and what follows it.
    pub(crate) fn finish(mut self, end: usize) -> (Paragraph, Vec<Block>) {
        self.paragraph.range.end = end as u32;
        (self.paragraph, self.after)
    }
}

/// Appends the paragraph after a deleted paragraph mark to the one before it.
pub(crate) fn join(mut first: Paragraph, second: Paragraph) -> Paragraph {
    let shift = first.text.len() as u32;
    first.text.push_str(&second.text);
    first.pieces.extend(second.pieces.iter().map(|piece| Piece { at: piece.at + shift, ..*piece }));
    Paragraph {
        text: first.text,
        pieces: first.pieces,
        has_image: first.has_image || second.has_image,
        image_description: first.image_description.or(second.image_description),
        has_hidden_text: first.has_hidden_text || second.has_hidden_text,
        ..second
    }
}
