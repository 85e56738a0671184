//! Web pages: HTML of any quality, among it what Word, WPS and LibreOffice save.
//!
//! The tokenizer is the one of the HTML standard; instead of a tree there is one pass with a stack of tables. That
//! costs the same for every page, however deep it nests and whatever it forgets to close, and keeps the place of
//! every character.

mod builder;
mod grid;
mod metadata;
mod names;
mod skip;
mod tokens;

use self::builder::Builder;
use self::names::{Class, class};
use self::tokens::tokens;
use crate::output::Output;
use crate::position::Cursor;

/// Reads a page.
pub(crate) fn read(source: &str, out: &mut Output) {
    let xml = source
        .trim_start()
        .strip_prefix("<?xml")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace()));
    read_stretch(source, 0..source.len(), xml, &Cursor::new(source), out);
}

/// Reads the HTML in a part of a text. The cursor must not be past the part.
pub(crate) fn read_part(source: &str, part: std::ops::Range<usize>, cursor: &Cursor<'_>, out: &mut Output) {
    read_stretch(source, part, false, cursor, out);
}

fn read_stretch(
    source: &str,
    part: std::ops::Range<usize>,
    xml: bool,
    cursor: &Cursor<'_>,
    out: &mut Output,
) {
    let mut builder = Builder::new(source, cursor.clone(), out);
    for token in tokens(source, part.start, part.end, xml) {
        builder.token(token);
    }
    builder.finish();
}

/// Whether a text starts with a tag that HTML knows.
pub(crate) fn starts_with_known_tag(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let name: Vec<u8> =
        rest.bytes().take_while(u8::is_ascii_alphanumeric).take(16).map(|b| b.to_ascii_lowercase()).collect();
    class(&name) != Class::Unknown
}
