//! Symbols by font and code, `w:sym`.

/// The character that a code of a symbol font shows.
///
/// Symbol fonts put their glyphs at U+F000 and up, where Unicode has no meaning for them. Of Wingdings only the marks
/// that forms use are known here; another code stays as it is, so that it is seen that something stands there.
pub(crate) fn character(font: &str, code: u32) -> Option<char> {
    let glyph = match code {
        0xf000..=0xf0ff => code - 0xf000,
        0..=0xff => code,
        _ => return char::from_u32(code),
    };
    let known = match (font, glyph) {
        ("Wingdings", 0x6c) => '●',
        ("Wingdings", 0x6d | 0xa1) => '○',
        ("Wingdings", 0x6e) => '■',
        ("Wingdings", 0x6f | 0x71 | 0x72 | 0xa8) => '□',
        ("Wingdings", 0x75) => '◆',
        ("Wingdings", 0x9f) => '•',
        ("Wingdings", 0xfb) => '✗',
        ("Wingdings", 0xfc) => '✓',
        ("Wingdings", 0xfd) => '☒',
        ("Wingdings", 0xfe) => '☑',
        ("Wingdings 2", 0x4f) => '✗',
        ("Wingdings 2", 0x50) => '✓',
        ("Wingdings 2", 0x51 | 0x53 | 0x54) => '☒',
        ("Wingdings 2", 0x52) => '☑',
        ("Wingdings 2", 0xa3) => '□',
        ("Symbol", 0xb7) => '•',
        ("Symbol", 0xb4) => '×',
        ("Symbol", 0xa3) => '≤',
        ("Symbol", 0xb3) => '≥',
        ("Symbol", 0x2d) => '−',
        // Of the fonts that look like nothing in ASCII, Symbol alone has digits and some punctuation in their place.
        ("Symbol", 0x28 | 0x29 | 0x2b | 0x2c | 0x2e..=0x3f) => return char::from_u32(glyph),
        ("Wingdings" | "Wingdings 2" | "Wingdings 3" | "Webdings" | "Symbol", _) => {
            return char::from_u32(code);
        }
        // A text font with its codes moved up.
        _ if (0x20..0x7f).contains(&glyph) => return char::from_u32(glyph),
        _ => return char::from_u32(code),
    };
    Some(known)
}
