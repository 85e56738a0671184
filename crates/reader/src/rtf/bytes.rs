//! Text that stands in the file byte by byte, in the encoding of its font.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

use crate::code_page;

/// Fonts kept. There are some hundred in files that were pasted together for years.
const MAX_FONTS: usize = 10_000;

/// Encodings of the document and of its fonts.
#[derive(Debug)]
pub(super) struct Encodings {
    /// `\ansicpg`.
    document: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    /// `\deff`.
    pub(super) default_font: i32,
}

impl Default for Encodings {
    fn default() -> Self {
        Self { document: WINDOWS_1252, fonts: HashMap::new(), default_font: 0 }
    }
}

impl Encodings {
    pub(super) fn set_code_page(&mut self, number: i32) {
        if let Some(encoding) = code_page::encoding(number) {
            self.document = encoding;
        }
    }

    /// The font table gives a font the character set or, with `\cpg`, the code page.
    pub(super) fn set_font(&mut self, font: i32, encoding: Option<&'static Encoding>) {
        if let Some(encoding) = encoding
            && self.fonts.len() < MAX_FONTS
        {
            self.fonts.insert(font, encoding);
        }
    }

    /// The encoding of text in a font.
    pub(super) fn of_font(&self, font: i32) -> &'static Encoding {
        self.fonts.get(&font).copied().unwrap_or(self.document)
    }

    pub(super) fn name(&self) -> &'static str {
        self.document.name()
    }
}

/// Whether characters of an encoding may have two bytes.
pub(super) fn is_double_byte(encoding: &'static Encoding) -> bool {
    [GB18030, BIG5, SHIFT_JIS, EUC_KR].contains(&encoding)
}

/// Bytes that were not decoded yet: a character may begin in one token and end in another.
#[derive(Debug, Default)]
pub(super) struct Pending {
    bytes: Vec<u8>,
    encoding: Option<&'static Encoding>,
}

impl Pending {
    /// Whether bytes in an encoding can be added to those that wait.
    pub(super) fn accepts(&self, encoding: &'static Encoding) -> bool {
        self.bytes.is_empty() || self.encoding == Some(encoding)
    }

    pub(super) fn push(&mut self, bytes: &[u8], encoding: &'static Encoding) {
        self.encoding = Some(encoding);
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Decodes what waits, to the end of a text; tells whether some of it could not be.
    pub(super) fn decode(&mut self, encodings: &Encodings, text: &mut String) -> bool {
        let mut encoding = self.encoding.unwrap_or(encodings.document);
        // Not all writers change the font where the script changes.
        if encoding == WINDOWS_1252 && is_double_byte(encodings.document) && are_pairs(&self.bytes) {
            encoding = encodings.document;
        }
        let (decoded, has_errors) = encoding.decode_without_bom_handling(&self.bytes);
        text.push_str(&decoded);
        self.bytes.clear();
        has_errors
    }
}

/// Whether all bytes that are not ASCII come in pairs as characters of GB 2312 do, which is rare in Latin text.
fn are_pairs(bytes: &[u8]) -> bool {
    let mut runs = bytes.split(u8::is_ascii).filter(|run| !run.is_empty());
    runs.all(|run| run.len() % 2 == 0 && run.iter().all(|&b| b > 0xa0))
}
