//! The prose of a document: lines with their roles, sections and parts.

use std::ops::Range;

use nianbao_schema::document::{Block, Document, Note, Text};
use nianbao_schema::report::{HeadingMatch, Line, Part, Role, Section, Title};
use nianbao_schema::wording::Wording;

use crate::headings::{self, SectionHeading};
use crate::title;

/// The prose of a document.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub lines: Vec<Line>,
    pub sections: Vec<Section>,
    pub title: Option<Title>,
    pub notes: Vec<Note>,
}

/// One thing in the flow of the document.
enum Item {
    Line { text: Text, heading: bool },
    Table,
    Image,
}

pub(crate) fn read(document: &Document) -> Outline {
    let items = mend_headings(flow(document));
    let headings = choose(&items);
    let first_heading = headings.first().map_or(items.len(), |(at, _)| *at);
    let candidates: Vec<(usize, &Text, bool)> = items[..first_heading]
        .iter()
        .enumerate()
        .filter_map(|(i, item)| match item {
            Item::Line { text, heading } => Some((i, text, *heading)),
            Item::Table | Item::Image => None,
        })
        .collect();
    let title = title::find(&candidates);
    // A menu entry `政府信息公开年报` is no title when the page has a real one.
    let says_much = |title: &Title| title.year.is_some() || title::organ_in(&title.text).is_some();
    let (title_items, title) = match title {
        Some((range, title)) if says_much(&title) => (range, Some(title)),
        other => match document.metadata.title.as_deref().and_then(title::from_metadata) {
            Some(title) => (0..0, Some(title)),
            None => other.map_or((0..0, None), |(range, title)| (range, Some(title))),
        },
    };
    build(items, headings, &title_items, title)
}

/// The document as one flow. A table row that is one cell of prose (pages laid out as one big table) is prose.
fn flow(document: &Document) -> Vec<Item> {
    let mut items = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } => {
                items.extend(lines_of(text).map(|t| Item::Line { text: t, heading: true }));
            }
            Block::Paragraph(text) => {
                items.extend(lines_of(text).map(|t| Item::Line { text: t, heading: false }));
            }
            Block::Image(_) => items.push(Item::Image),
            Block::Table(table) => {
                let mut announced = false;
                for row in &table.rows {
                    let mut filled = row.cells.iter().filter(|c| !c.text.is_blank());
                    let only = filled.next().filter(|_| filled.next().is_none());
                    match only {
                        Some(cell) if is_prose(&cell.text.value) => {
                            items
                                .extend(lines_of(&cell.text).map(|t| Item::Line { text: t, heading: false }));
                            announced = false;
                        }
                        _ if !announced => {
                            items.push(Item::Table);
                            announced = true;
                        }
                        _ => {}
                    }
                    if row.cells.iter().any(|c| c.has_image) {
                        items.push(Item::Image);
                    }
                }
            }
        }
    }
    items
}

/// Joins headings that were broken over two lines: `四、政府信息公开行政复议、` and `行政诉讼情况`.
fn mend_headings(items: Vec<Item>) -> Vec<Item> {
    const LONGEST: usize = 40;
    let mut mended: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        if let (Some(Item::Line { text: first, .. }), Item::Line { text: second, .. }) =
            (mended.last(), &item)
        {
            let short = |t: &Text| t.value.chars().count() < LONGEST;
            let is_official = |t: &str| {
                headings::section(t)
                    .is_some_and(|h| h.matched == HeadingMatch::Official && h.run_in.is_none())
            };
            if short(first)
                && short(second)
                && !is_official(&first.value)
                && headings::section(&second.value).is_none()
            {
                let joined = format!("{}{}", first.value, second.value);
                if is_official(&joined) {
                    let text = Text::new(joined, first.location);
                    mended.pop();
                    mended.push(Item::Line { text, heading: true });
                    continue;
                }
            }
        }
        mended.push(item);
    }
    mended
}

fn is_prose(cell: &str) -> bool {
    let heading = cell.lines().any(|l| {
        headings::section(l)
            .is_some_and(|h| h.matched == HeadingMatch::Official || h.matched == HeadingMatch::Variant)
    });
    heading || (cell.contains('。') && cell.chars().count() > 20) || title::looks_like_title(cell)
}

/// The lines of a text, each with its own place.
fn lines_of(text: &Text) -> impl Iterator<Item = Text> + '_ {
    let mut start = 0;
    text.value.split('\n').filter_map(move |line| {
        let from = start;
        start += line.len() + 1;
        slice(text, from..from + line.len())
    })
}

/// A part of a text without the white space at its ends; `None` if nothing is left.
fn slice(text: &Text, range: Range<usize>) -> Option<Text> {
    let piece = &text.value[range.clone()];
    let kept = piece.trim();
    if kept.is_empty() {
        return None;
    }
    let from = range.start + (piece.len() - piece.trim_start().len());
    let to = from + kept.len();
    if from == 0 && to == text.value.len() {
        return Some(text.clone());
    }
    let mut location = text.at(from);
    location.offset += text.location.offset;
    let mut pieces = Vec::new();
    for (i, p) in text.pieces.iter().enumerate() {
        let end = text.pieces.get(i + 1).map_or(text.value.len(), |n| n.at as usize);
        let at = (p.at as usize).max(from);
        if at < end.min(to) {
            let mut p = *p;
            let skipped = &text.value[p.at as usize..at];
            p.column += if p.line == 0 { 0 } else { skipped.chars().count() as u32 };
            p.source += skipped.len() as u32;
            p.at = (at - from) as u32;
            pieces.push(p);
        }
    }
    Some(Text { value: kept.to_owned(), location, pieces })
}

/// The headings of sections, at most one for each, in the order of the file.
///
/// A heading may occur several times: in a table of contents, in a preface that lists the parts, as a sub-heading in
/// other words. The best spelled one counts, of those the first that has something below it.
fn choose(items: &[Item]) -> Vec<(usize, SectionHeading)> {
    let mut candidates: Vec<(usize, SectionHeading)> = Vec::new();
    for (i, item) in items.iter().enumerate() {
        if let Item::Line { text, .. } = item
            && let Some(heading) = headings::section(&text.value)
        {
            candidates.push((i, heading));
        }
    }
    drop_contents(&mut candidates);
    let filled = |c: usize| {
        let (at, heading) = &candidates[c];
        let next = candidates.get(c + 1).map_or(items.len(), |(n, _)| *n);
        heading.run_in.is_some() || next > at + 1
    };
    let rank = |c: usize| {
        let quality = match candidates[c].1.matched {
            HeadingMatch::Official => 0,
            HeadingMatch::OtherNumber => 1,
            HeadingMatch::Variant => 2,
            HeadingMatch::NumberLost => 3,
        };
        (quality, !filled(c), c)
    };
    let mut chosen: Vec<usize> = (1..=6)
        .filter_map(|number| {
            (0..candidates.len()).filter(|c| candidates[*c].1.number == number).min_by_key(|c| rank(*c))
        })
        .collect();
    chosen.sort_unstable();
    let mut chosen: Vec<_> = chosen.into_iter().map(|c| candidates[c].clone()).collect();
    chosen.extend(by_place(items, &chosen));
    chosen.sort_unstable_by_key(|(at, _)| *at);
    chosen
}

/// The section on problems has no table that would show it, and every organ finds its own words for it. So the one short
/// line between sections four and six that is numbered as the fifth heads it, whatever it says.
fn by_place(items: &[Item], chosen: &[(usize, SectionHeading)]) -> Option<(usize, SectionHeading)> {
    let of = |number| chosen.iter().find(|(_, h)| h.number == number).map(|(at, _)| *at);
    let (None, Some(four), Some(six)) = (of(5), of(4), of(6)) else { return None };
    let mut found = (four + 1..six).filter(|at| match &items[*at] {
        Item::Line { text, .. } => headings::is_fifth(&text.value),
        Item::Table | Item::Image => false,
    });
    let at = found.next().filter(|at| at + 1 < six)?;
    let heading = SectionHeading { number: 5, matched: HeadingMatch::Variant, run_in: None };
    found.next().is_none().then_some((at, heading))
}

/// Drops a table of contents: at least four headings line after line, each of which comes again later.
fn drop_contents(candidates: &mut Vec<(usize, SectionHeading)>) {
    let mut start = 0;
    while start < candidates.len() {
        let follows = |c: usize| c + 1 < candidates.len() && candidates[c + 1].0 == candidates[c].0 + 1;
        let end = (start..candidates.len()).find(|c| !follows(*c)).map_or(candidates.len(), |c| c + 1);
        let again = |n: u8| candidates[end..].iter().any(|(_, h)| h.number == n);
        if end - start >= 4 && candidates[start..end].iter().all(|(_, h)| again(h.number)) {
            candidates.drain(start..end);
        } else {
            start = end;
        }
    }
}

fn build(
    items: Vec<Item>,
    headings: Vec<(usize, SectionHeading)>,
    title_items: &Range<usize>,
    title: Option<Title>,
) -> Outline {
    let mut outline = Outline { title, ..Outline::default() };
    let mut next = headings.into_iter().peekable();
    for (i, item) in items.into_iter().enumerate() {
        let heading = next.next_if(|(at, _)| *at == i).map(|(_, heading)| heading);
        match item {
            Item::Table => {
                if let Some(section) = outline.sections.last_mut() {
                    section.tables += 1;
                }
            }
            Item::Image => {
                if let Some(section) = outline.sections.last_mut() {
                    section.images += 1;
                }
            }
            Item::Line { text, .. } => match heading {
                Some(heading) => outline.start_section(text, &heading),
                None => {
                    let in_title = title_items.contains(&i);
                    let before_title = i < title_items.start;
                    outline.add_line(text, in_title, before_title);
                }
            },
        }
    }
    outline.close();
    outline.drop_furniture();
    outline
}

impl Outline {
    fn start_section(&mut self, text: Text, heading: &SectionHeading) {
        self.close();
        let index = self.lines.len();
        let (head, rest) = match heading.run_in {
            Some(at) => (slice(&text, 0..at), slice(&text, at..text.value.len())),
            None => (Some(text), None),
        };
        let section = heading.number;
        let head = head.unwrap_or_default();
        self.lines.push(Line { text: head, role: Role::Heading, section, part: 0 });
        self.sections.push(Section {
            number: section,
            heading: index,
            body: index + 1..index + 1,
            matched: heading.matched.clone(),
            parts: Vec::new(),
            tables: 0,
            images: 0,
        });
        if let Some(rest) = rest {
            self.add_line(rest, false, false);
        }
    }

    fn add_line(&mut self, text: Text, in_title: bool, before_title: bool) {
        let index = self.lines.len();
        let Some(section) = self.sections.last_mut() else {
            let role = match (in_title, before_title) {
                (true, _) => Role::Title,
                (_, true) => Role::Chrome,
                _ if self.title.as_ref().is_some_and(|t| title::same(&t.text, &text.value)) => Role::Title,
                _ => Role::Preamble,
            };
            self.lines.push(Line { text, role, section: 0, part: 0 });
            return;
        };
        let number = section.number;
        if number != 1 {
            self.lines.push(Line { text, role: Role::Body, section: number, part: 0 });
            return;
        }
        let part = headings::part(&text.value).filter(|p| section.parts.iter().all(|q| q.number != p.number));
        match part {
            Some(heading) => {
                let run_in = heading.run_in.is_some();
                let role = if run_in { Role::Body } else { Role::PartHeading };
                let body = if run_in { index..index } else { index + 1..index + 1 };
                if let Some(last) = section.parts.last_mut() {
                    last.body.end = index;
                }
                section.parts.push(Part { number: heading.number, heading: index, run_in, body });
                self.lines.push(Line { text, role, section: 1, part: heading.number });
            }
            None => {
                let part = section.parts.last().map_or(0, |p| p.number);
                self.lines.push(Line { text, role: Role::Body, section: 1, part });
            }
        }
    }

    /// What the site prints below the report is no prose.
    fn drop_furniture(&mut self) {
        let Some(section) = self.sections.last_mut() else { return };
        let page = &Wording::get().page;
        let is_furniture = |line: &Line| line.role == Role::Body && page.is_furniture(&line.text.value);
        while let Some(last) = section.body.end.checked_sub(1).filter(|last| section.body.contains(last))
            && is_furniture(&self.lines[last])
        {
            self.lines[last].role = Role::Chrome;
            section.body.end = last;
            if let Some(part) = section.parts.last_mut() {
                part.body.end = part.body.end.min(last).max(part.body.start);
            }
        }
    }

    /// Ends the last section and its last part at the line reached.
    fn close(&mut self) {
        let end = self.lines.len();
        if let Some(section) = self.sections.last_mut() {
            section.body.end = end;
            if let Some(part) = section.parts.last_mut() {
                part.body.end = end;
            }
        }
    }
}
