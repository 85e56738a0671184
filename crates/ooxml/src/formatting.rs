//! The parts beside the text that say what a paragraph is: styles and numbering, read when first needed.

use std::collections::HashMap;

use crate::model::Style;
use crate::numbering::{Label, Numberer};
use crate::package::Package;
use crate::properties::ListProperties;
use crate::styles::StyleSheet;
use crate::xml::unescape;

/// Styles and numbering of one document.
#[derive(Debug)]
pub(crate) struct Formatting<'a> {
    package: &'a Package<'a>,
    sheet: Option<StyleSheet>,
    numberer: Option<Numberer>,
    /// The styles used so far, and the list that each puts its paragraphs in.
    styles: Vec<(Style, ListProperties)>,
    index: HashMap<&'a [u8], u32>,
    /// Most paragraphs have the style of the one before.
    last: Option<(&'a [u8], u32)>,
    unreadable_parts: Vec<String>,
}

impl<'a> Formatting<'a> {
    pub(crate) fn new(package: &'a Package<'a>) -> Self {
        Self {
            package,
            sheet: None,
            numberer: None,
            styles: Vec::new(),
            index: HashMap::new(),
            last: None,
            unreadable_parts: Vec::new(),
        }
    }

    /// The style of a raw identifier: its index among the styles used, its heading level, and its list.
    pub(crate) fn style(&mut self, id: &'a [u8]) -> (u32, Option<u8>, ListProperties) {
        let known = self.last.filter(|&(last, _)| last == id).map(|(_, index)| index);
        let index = known.or_else(|| self.index.get(id).copied()).unwrap_or_else(|| {
            let index = self.styles.len() as u32;
            let style = self.look_up(id);
            self.styles.push(style);
            self.index.insert(id, index);
            index
        });
        self.last = Some((id, index));
        let (style, list) = &self.styles[index as usize];
        (index, style.heading, *list)
    }

    fn look_up(&mut self, id: &[u8]) -> (Style, ListProperties) {
        if self.sheet.is_none() {
            self.sheet = Some(StyleSheet::new(self.part("styles")));
        }
        let resolved = self.sheet.get_or_insert_default().resolve(id);
        let mut list = resolved.list;
        if let Some(id) = list.list {
            // ECMA-376 part 1, §17.9.23: the level is the one that names the style, whatever `w:ilvl` the style has.
            list.level = self.numberer().level_of_style(id, &resolved.chain).or(list.level);
        }
        (Style { id: unescape(id).into_owned(), name: resolved.name, heading: resolved.heading }, list)
    }

    /// Counts a paragraph of a list.
    pub(crate) fn label(&mut self, list: u32, level: u8) -> Option<Label> {
        self.numberer().next(list, level)
    }

    /// The styles used, and the parts that could not be read.
    pub(crate) fn finish(self) -> (Vec<Style>, Vec<String>) {
        (self.styles.into_iter().map(|(style, _)| style).collect(), self.unreadable_parts)
    }

    fn numberer(&mut self) -> &mut Numberer {
        if self.numberer.is_none() {
            self.numberer = Some(Numberer::new(&self.part("numbering")));
        }
        self.numberer.get_or_insert_default()
    }

    fn part(&mut self, kind: &str) -> Vec<u8> {
        match self.package.related_part(kind) {
            Ok(part) => part.unwrap_or_default(),
            Err(_) => {
                self.unreadable_parts.push(kind.to_owned());
                Vec::new()
            }
        }
    }
}
