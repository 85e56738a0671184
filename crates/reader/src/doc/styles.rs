//! The style sheet: which styles are headings, or put their paragraphs in a list ([MS-DOC] §2.9.271).

use super::properties::{Outside, ParagraphProperties};
use crate::bytes::{stretch, u16_at};

/// Styles that may be based on each other in a row. The limit is for styles that are based on themselves.
const MAX_CHAIN: usize = 32;

/// Number of a style that stands for none.
const NO_STYLE: u16 = 0x0fff;

/// What a style says of its paragraphs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    /// Level from 1 to 9.
    pub(super) heading: Option<u8>,
    pub(super) list: Option<i16>,
    pub(super) level: Option<u8>,
}

/// A style as it stands in the file.
#[derive(Debug, Clone, Copy)]
struct Definition {
    /// Number of a built-in style; 1 to 9 are the headings.
    built_in: u16,
    base: u16,
    outline: Option<u8>,
    list: Option<i16>,
    level: Option<u8>,
}

/// Reads all styles, each with what it takes over from those it is based on.
pub(super) fn read(sheet: &[u8]) -> Vec<Style> {
    let header = usize::from(u16_at(sheet, 0).unwrap_or(0));
    let count = usize::from(u16_at(sheet, 2).unwrap_or(0)).min(usize::from(NO_STYLE));
    let base_length = usize::from(u16_at(sheet, 4).unwrap_or(0));
    let mut definitions = Vec::with_capacity(count);
    let mut at = 2 + header;
    for _ in 0..count {
        let Some(length) = u16_at(sheet, at) else { break };
        definitions.push(definition(stretch(sheet, at + 2, usize::from(length)), base_length));
        at += 2 + usize::from(length);
    }
    (0..definitions.len()).map(|i| resolve(&definitions, i)).collect()
}

fn resolve(definitions: &[Option<Definition>], index: usize) -> Style {
    let mut style = Style::default();
    let (mut outline, mut built_in) = (None, None);
    let mut next = index;
    for _ in 0..MAX_CHAIN {
        let Some(Some(definition)) = definitions.get(next) else { break };
        outline = outline.or(definition.outline);
        built_in = built_in.or((1..=9).contains(&definition.built_in).then_some(definition.built_in as u8));
        style.list = style.list.or(definition.list);
        style.level = style.level.or(definition.level);
        next = usize::from(definition.base);
    }
    style.heading = match outline {
        Some(level) => heading(level),
        None => built_in,
    };
    style
}

/// The heading level that an outline level means: 0 to 8 are headings, 9 is body text.
pub(super) fn heading(outline: u8) -> Option<u8> {
    (outline < 9).then_some(outline + 1)
}

/// An `STD`, if it is one of a paragraph style (§2.9.260).
fn definition(std: &[u8], base_length: usize) -> Option<Definition> {
    let (first, second) = (u16_at(std, 0)?, u16_at(std, 2)?);
    if second & 0xf != 1 {
        return None;
    }
    let mut definition =
        Definition { built_in: first & NO_STYLE, base: second >> 4, outline: None, list: None, level: None };
    // The name, then the properties, each with its length in front and at an even offset.
    let name = usize::from(u16_at(std, base_length)?);
    let mut at = base_length + 2 + 2 * name + 2;
    at += at % 2;
    let length = usize::from(u16_at(std, at).unwrap_or(0));
    let modifiers = stretch(std, at + 4, length.saturating_sub(2));
    let mut properties = ParagraphProperties::default();
    properties.apply(modifiers, &mut Outside::new(&[]));
    definition.outline = properties.outline;
    definition.list = properties.list;
    definition.level = properties.level;
    Some(definition)
}
