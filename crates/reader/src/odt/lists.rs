//! Counting list items: the `一、` that stands on the page and not in the text (ODF 1.3 part 3, §5.3).
//!
//! A list goes on counting where another stopped if it says so: by the name of that list, or by asking for the last
//! list of its style.

use std::borrow::Cow;
use std::collections::HashMap;

use nianbao_ooxml::xml::Tag;

use super::styles::{Counts, LEVELS, Styles};

/// Lists whose count is kept.
const MAX_CHAINS: usize = 1 << 16;

/// The lists that are open, and how far all of them have counted.
#[derive(Debug, Default)]
pub(super) struct Lists<'a> {
    chains: Vec<Counts>,
    by_id: HashMap<&'a [u8], usize>,
    by_style: HashMap<Cow<'a, str>, usize>,
    open: Vec<List<'a>>,
    /// The lists open around each cell and text box, where counting of levels starts anew.
    around: Vec<usize>,
    headings: Counts,
}

#[derive(Debug)]
struct List<'a> {
    chain: usize,
    style: Option<Cow<'a, str>>,
    item: Option<Item<'a>>,
}

/// The item of a list that is open.
#[derive(Debug)]
struct Item<'a> {
    start: Option<u32>,
    /// A style for this item alone.
    style: Option<Cow<'a, str>>,
    /// `text:number`: the label as the writer saw it.
    written: Option<String>,
    /// The next paragraph is the first one, which has the number.
    is_fresh: bool,
}

impl<'a> Lists<'a> {
    /// A cell or text box starts.
    pub(super) fn enter(&mut self) {
        self.around.push(self.open.len());
    }

    pub(super) fn leave(&mut self) {
        let before = self.around.pop().unwrap_or_default();
        self.open.truncate(before);
    }

    fn base(&self) -> usize {
        self.around.last().copied().unwrap_or_default()
    }

    /// `text:list` starts.
    pub(super) fn start_list(&mut self, tag: &Tag<'a>) {
        let parent = self.open[self.base()..].last();
        let style = tag.value(b"style-name").or_else(|| parent.and_then(|parent| parent.style.clone()));
        let chain = match parent {
            Some(parent) => parent.chain,
            None => {
                let named = tag.raw(b"continue-list").and_then(|id| self.by_id.get(id));
                let continues = tag.raw(b"continue-numbering") == Some(b"true");
                let last = style.as_ref().filter(|_| continues).and_then(|style| self.by_style.get(style));
                match named.or(last) {
                    Some(&chain) => chain,
                    None => {
                        if self.chains.len() < MAX_CHAINS {
                            self.chains.push(Counts::default());
                        }
                        self.chains.len() - 1
                    }
                }
            }
        };
        if let Some(id) = tag.raw(b"id")
            && self.by_id.len() < MAX_CHAINS
        {
            self.by_id.insert(id, chain);
        }
        if let Some(style) = &style
            && (self.by_style.len() < MAX_CHAINS || self.by_style.contains_key(style))
        {
            self.by_style.insert(style.clone(), chain);
        }
        self.open.push(List { chain, style, item: None });
    }

    pub(super) fn end_list(&mut self) {
        if self.open.len() > self.base() {
            self.open.pop();
        }
    }

    /// `text:list-item` starts.
    pub(super) fn start_item(&mut self, tag: &Tag<'a>) {
        if let Some(list) = self.open.last_mut() {
            list.item = Some(Item {
                start: tag.number(b"start-value").and_then(|n| u32::try_from(n).ok()),
                style: tag.value(b"style-override"),
                written: None,
                is_fresh: true,
            });
        }
    }

    /// `text:list-item` ends, or `text:list-header` starts: no number follows.
    pub(super) fn end_item(&mut self) {
        if let Some(list) = self.open.last_mut() {
            list.item = None;
        }
    }

    /// `text:number` in an item.
    pub(super) fn set_written(&mut self, label: String) {
        let base = self.base();
        if let Some(item) = self.open[base..].last_mut().and_then(|list| list.item.as_mut()) {
            item.written = Some(label);
        }
    }

    /// The label of a paragraph that starts here; counts it.
    pub(super) fn label(&mut self, paragraph_style: Option<&str>, styles: &Styles) -> Option<String> {
        let base = self.base();
        let lists = self.open.get_mut(base..)?;
        let level = lists.len().checked_sub(1)?.min(LEVELS - 1);
        let list = lists.last_mut()?;
        let item = list.item.as_mut()?;
        if !std::mem::take(&mut item.is_fresh) {
            return None;
        }
        let name = item.style.as_deref().or(list.style.as_deref());
        let style = name
            .and_then(|name| styles.list(name))
            .or_else(|| styles.list(styles.list_of_paragraph(paragraph_style?)?));
        let counts = self.chains.get_mut(list.chain)?;
        count(counts, level, item.start, style.map_or(1, |style| style.start(level)));
        let label = style.and_then(|style| style.label(level, counts));
        label.or_else(|| item.written.take().filter(|_| style.is_none()))
    }

    /// The label of a heading outside of lists; counts it.
    pub(super) fn heading_label(&mut self, tag: &Tag<'_>, level: usize, styles: &Styles) -> Option<String> {
        let level = level.clamp(1, LEVELS) - 1;
        let restarts = tag.raw(b"restart-numbering") == Some(b"true");
        let start = tag.number(b"start-value").and_then(|n| u32::try_from(n).ok()).filter(|_| restarts);
        count(&mut self.headings, level, start, styles.outline.start(level));
        styles.outline.label(level, &self.headings)
    }

    /// Whether the next paragraph stands in a list.
    pub(super) fn is_in_list(&self) -> bool {
        self.open.len() > self.base()
    }
}

/// Counts one item on a level. Deeper levels start again.
fn count(counts: &mut Counts, level: usize, start: Option<u32>, first: u32) {
    let next = counts[level].map_or(first, |n| n.saturating_add(1));
    counts[level] = Some(start.unwrap_or(next));
    counts[level + 1..].fill(None);
}
