//! Chinese text as the reports write it: numbers, label normal form, sentences, display width.
//!
//! Nothing here knows of reports; everything is a pure function of its arguments.

pub mod align;
pub mod damage;
pub mod date;
pub mod distance;
pub mod label;
pub mod number;
pub mod sentence;
pub mod token;
pub mod width;

/// Whether a character is a Han character (CJK unified ideographs, extension A, compatibility, 〇).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '〇')
        || ('\u{20000}'..='\u{2fa1f}').contains(&c)
}

/// Folds full-width ASCII (`！`…`～`) to ASCII and the ideographic space to a space; all else stays.
///
/// Only digits, letters and signs of numbers go through here: Chinese punctuation is meaningful in prose.
pub fn fold_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

/// Whether a character carries no meaning for a reader: white space of any kind, zero-width marks, BOM.
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}
