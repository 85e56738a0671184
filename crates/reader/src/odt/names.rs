//! Which vocabulary an element belongs to, whatever prefix the writer chose.

use nianbao_ooxml::xml::{Tag, unescape};

/// The vocabularies that matter for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// `office:`, the frame of the document.
    Office,
    /// `text:`.
    Text,
    /// `table:`.
    Table,
    /// `draw:`.
    Drawing,
    /// `svg:`, titles and descriptions of drawings.
    Svg,
    /// `loext:`, what LibreOffice writes before it is standardised: tables in shapes, among others.
    Extension,
    /// Anything else.
    Other,
}

impl Space {
    fn of(name: &str) -> Self {
        match name {
            "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Self::Office,
            "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Self::Text,
            "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Self::Table,
            "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" => Self::Drawing,
            "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" => Self::Svg,
            "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" => Self::Extension,
            _ => Self::Other,
        }
    }
}

/// The usual prefixes, for a file that forgot to declare them.
const USUAL: [(&[u8], Space); 6] = [
    (b"loext", Space::Extension),
    (b"svg", Space::Svg),
    (b"draw", Space::Drawing),
    (b"office", Space::Office),
    (b"table", Space::Table),
    (b"text", Space::Text),
];

/// Declarations kept at once; more is an attempt to make every look-up slow.
const MAX_BINDINGS: usize = 64;

/// The declarations in force at one place of the file, innermost last.
#[derive(Debug)]
pub(super) struct Names<'a>(Vec<(&'a [u8], Space)>);

impl<'a> Names<'a> {
    pub(super) fn new() -> Self {
        Self(USUAL.to_vec())
    }

    /// Adds what a tag declares; [`Names::restore`] with the number returned takes it back.
    pub(super) fn declare(&mut self, tag: &Tag<'a>) -> usize {
        let before = self.0.len();
        for (name, value) in tag.attributes() {
            let prefix = match name.strip_prefix(b"xmlns") {
                Some([]) => &[],
                Some([b':', prefix @ ..]) => prefix,
                _ => continue,
            };
            let space = Space::of(&unescape(value));
            let same = self.of_prefix(prefix) == space;
            if !same && self.0.len() < MAX_BINDINGS {
                self.0.push((prefix, space));
            }
        }
        before
    }

    pub(super) fn restore(&mut self, before: usize) {
        self.0.truncate(before);
    }

    /// The vocabulary of a tag.
    pub(super) fn of(&self, tag: &Tag<'_>) -> Space {
        self.of_prefix(&tag.name[..tag.prefix])
    }

    fn of_prefix(&self, prefix: &[u8]) -> Space {
        self.0.iter().rev().find(|(known, _)| *known == prefix).map_or(Space::Other, |&(_, space)| space)
    }
}
