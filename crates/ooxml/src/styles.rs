//! Paragraph styles: which of them are headings or put their paragraphs in a list.
//!
//! A `styles.xml` is often several times the size of the document, and a document uses a handful of its styles, so the
//! part is indexed by identifier and only the styles asked for are read.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memmem;

use crate::properties::{self, ListProperties};
use crate::xml::{Scanner, Token, unescape};

/// Styles that may be based on each other in a row. The limit is for styles that are based on themselves.
const MAX_CHAIN: usize = 32;

/// The styles part.
#[derive(Debug, Default)]
pub(crate) struct StyleSheet {
    xml: Vec<u8>,
    /// Offset of the `w:style` element by identifier.
    index: HashMap<Vec<u8>, usize>,
    /// Styles read so far. Many may be based on the same one.
    definitions: HashMap<usize, Definition>,
    /// Bytes that may still be read. No part of a well-formed style sheet is read twice; in one whose styles stand in
    /// each other, reading all of them would take forever.
    budget: usize,
}

/// What a style says once the styles that it is based on are asked too.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub name: Option<String>,
    /// Level from 1 to 9.
    pub heading: Option<u8>,
    pub list: ListProperties,
    /// Identifiers of the style and of those it is based on.
    pub chain: Vec<String>,
}

/// One `w:style`.
#[derive(Debug, Default, Clone)]
struct Definition {
    name: Option<String>,
    based_on: Option<Vec<u8>>,
    outline: Option<i64>,
    list: ListProperties,
}

impl StyleSheet {
    pub(crate) fn new(xml: Vec<u8>) -> Self {
        let mut index = HashMap::new();
        if let Token::Open(root) = Scanner::new(&xml).next() {
            // Whatever the prefix of the root is, its children have it too.
            let separator = if root.prefix > 0 { ":" } else { "" };
            let needle = [b"<", &root.name[..root.prefix], separator.as_bytes(), b"style"].concat();
            for start in memmem::find_iter(&xml, &needle) {
                // `w:styles` and others begin alike.
                if !xml.get(start + needle.len()).is_some_and(u8::is_ascii_whitespace) {
                    continue;
                }
                if let Token::Open(tag) = Scanner::at(&xml, start).next()
                    && let Some(id) = tag.raw(b"styleId")
                {
                    index.entry(id.to_owned()).or_insert(start);
                }
            }
        }
        let budget = 2 * xml.len();
        Self { xml, index, definitions: HashMap::new(), budget }
    }

    /// Looks up a style by its raw identifier.
    pub(crate) fn resolve(&mut self, id: &[u8]) -> Resolved {
        let mut resolved = Resolved::default();
        let mut outline = None;
        let mut name_level = None;
        let mut next = Some(id.to_owned());
        while let Some(id) = next
            && resolved.chain.len() < MAX_CHAIN
        {
            let definition = self.definition(&id);
            let id = unescape(&id).into_owned();
            name_level = name_level.or_else(|| definition.name.as_deref().and_then(heading_name));
            if resolved.chain.is_empty() {
                // In a file without styles the identifiers that Word gives to built-in styles still tell.
                name_level = name_level.or_else(|| heading_name(&id));
                resolved.name = definition.name;
            }
            outline = outline.or(definition.outline);
            resolved.list.list = resolved.list.list.or(definition.list.list);
            resolved.list.level = resolved.list.level.or(definition.list.level);
            resolved.chain.push(id);
            next = definition.based_on;
        }
        resolved.heading = match outline {
            Some(outline) => heading_level(outline),
            None => name_level,
        };
        resolved
    }

    fn definition(&mut self, id: &[u8]) -> Definition {
        let Some(&start) = self.index.get(id) else { return Definition::default() };
        if let Some(known) = self.definitions.get(&start) {
            return known.clone();
        }
        let mut definition = Definition::default();
        let mut scanner = Scanner::at(&self.xml, start);
        if self.budget > 0
            && let Token::Open(style) = scanner.next()
        {
            scanner.children(&style, |scanner, child| match child.local() {
                b"name" => definition.name = child.value(b"val").map(Cow::into_owned),
                b"basedOn" => definition.based_on = child.raw(b"val").map(<[u8]>::to_owned),
                b"pPr" => {
                    let properties = properties::paragraph(scanner, child);
                    (definition.outline, definition.list) = (properties.outline, properties.list);
                }
                _ => {}
            });
            self.budget = self.budget.saturating_sub(scanner.position() - start);
        }
        self.definitions.insert(start, definition.clone());
        definition
    }
}

/// The heading level that an outline level means: 0 to 8 are headings, 9 is body text.
pub(crate) fn heading_level(outline: i64) -> Option<u8> {
    (0..=8).contains(&outline).then_some(outline as u8 + 1)
}

/// The level of a built-in heading style by its name or identifier (`heading 1`, `Heading1`, `标题 1`).
fn heading_name(name: &str) -> Option<u8> {
    let name = name.trim();
    let ascii = name.get(..7).filter(|start| start.eq_ignore_ascii_case("heading"));
    let rest = ascii.map(|start| &name[start.len()..]).or_else(|| name.strip_prefix("标题"))?;
    rest.trim().parse().ok().filter(|level| (1..=9).contains(level))
}
