//! Namespaces: which vocabulary an element belongs to, whatever prefix the writer chose.
//!
//! Strict documents (ISO/IEC 29500 strict, as Word and LibreOffice can save them) use other namespace names for the
//! same elements, and some writers use another prefix or none, so names are never compared with a literal `w:`.

use crate::xml::{Tag, unescape};

/// The vocabularies that matter for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// WordprocessingML.
    Word,
    /// Markup compatibility (`mc:AlternateContent`).
    Compatibility,
    /// Office Math.
    Math,
    /// Placement of drawings in text (`wp:docPr`).
    Anchor,
    /// Pictures (`pic:pic`).
    Picture,
    /// Charts.
    Chart,
    /// VML, the older drawing language.
    Vml,
    /// Anything else.
    Other,
}

impl Namespace {
    fn of(name: &str) -> Self {
        // Transitional and strict names end alike.
        let known = name
            .strip_prefix("http://schemas.openxmlformats.org/")
            .or_else(|| name.strip_prefix("http://purl.oclc.org/ooxml/"));
        match known {
            Some("wordprocessingml/2006/main" | "wordprocessingml/main") => Self::Word,
            Some("markup-compatibility/2006") => Self::Compatibility,
            Some("officeDocument/2006/math" | "officeDocument/math") => Self::Math,
            Some("drawingml/2006/wordprocessingDrawing" | "drawingml/wordprocessingDrawing") => Self::Anchor,
            Some("drawingml/2006/picture" | "drawingml/picture") => Self::Picture,
            Some("drawingml/2006/chart" | "drawingml/chart") => Self::Chart,
            None if name == "urn:schemas-microsoft-com:vml" => Self::Vml,
            _ => Self::Other,
        }
    }
}

/// The usual prefixes, for a file that forgot to declare them.
const USUAL: [(&[u8], Namespace); 7] = [
    (b"w", Namespace::Word),
    (b"mc", Namespace::Compatibility),
    (b"m", Namespace::Math),
    (b"wp", Namespace::Anchor),
    (b"pic", Namespace::Picture),
    (b"c", Namespace::Chart),
    (b"v", Namespace::Vml),
];

/// Declarations kept at once. Word declares about 35; more than this is an attempt to make every look-up slow.
const MAX_BINDINGS: usize = 128;

/// The declarations in force at one place of the file.
#[derive(Debug)]
pub(crate) struct Namespaces<'a> {
    /// Innermost last.
    bindings: Vec<(&'a [u8], Namespace)>,
    /// A prefix that is bound to [`Namespace::Word`] here, if one is known without a look-up: nearly all names have it.
    word: Option<&'a [u8]>,
}

/// A state to go back to when the element that declares ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark<'a> {
    bindings: usize,
    word: Option<&'a [u8]>,
}

impl<'a> Namespaces<'a> {
    pub(crate) fn new() -> Self {
        Self { bindings: USUAL.to_vec(), word: Some(b"w") }
    }

    /// Adds what a tag declares. The mark undoes it.
    pub(crate) fn declare(&mut self, tag: &Tag<'a>) -> Mark<'a> {
        let mark = Mark { bindings: self.bindings.len(), word: self.word };
        for (name, value) in tag.attributes() {
            let prefix = match name.strip_prefix(b"xmlns") {
                Some([]) => &[],
                Some([b':', prefix @ ..]) => prefix,
                _ => continue,
            };
            if self.bindings.len() == MAX_BINDINGS {
                break;
            }
            let namespace = Namespace::of(&unescape(value));
            self.bindings.push((prefix, namespace));
            if namespace == Namespace::Word {
                self.word = Some(prefix);
            } else if self.word == Some(prefix) {
                self.word = None;
            }
        }
        mark
    }

    pub(crate) fn restore(&mut self, mark: Mark<'a>) {
        self.bindings.truncate(mark.bindings);
        self.word = mark.word;
    }

    /// The vocabulary of a tag.
    pub(crate) fn of(&self, tag: &Tag<'_>) -> Namespace {
        let prefix = &tag.name[..tag.prefix];
        if self.word == Some(prefix) {
            return Namespace::Word;
        }
        self.bindings
            .iter()
            .rev()
            .find(|(p, _)| *p == prefix)
            .map_or(Namespace::Other, |&(_, namespace)| namespace)
    }
}
