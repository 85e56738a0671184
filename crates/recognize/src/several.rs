//! Several reports in one file: a page that lists the reports of all years, a collection of those of many organs.
//!
//! A report begins with its title and has at least three of the official headings before the next title that does so too.

use std::borrow::Cow;

use nianbao_schema::document::{Block, Document, Location, Note};
use nianbao_schema::report::HeadingMatch;
use nianbao_schema::title::{organ_in, year_in};

use crate::{Hints, headings, title};

/// Official headings that make a report.
const ENOUGH: usize = 3;

/// A report among others.
struct Part {
    /// Its first block.
    start: usize,
    year: Option<u16>,
    organ: Option<String>,
    location: Location,
}

/// The part of the document that is the report asked for by year or organ, else the first one, and a note on the others;
/// the document itself where it holds one report.
pub(crate) fn choose<'a>(document: &'a Document, hints: &Hints) -> (Cow<'a, Document>, Option<Note>) {
    let parts = parts(document);
    if parts.len() < 2 {
        return (Cow::Borrowed(document), None);
    }
    let by_organ = |p: &Part| {
        hints
            .organ_name
            .iter()
            .chain(&hints.aliases)
            .any(|name| p.organ.as_deref().is_some_and(|o| o.contains(name.as_str())))
    };
    let by_year = |p: &Part| hints.year.is_some() && p.year == hints.year;
    let chosen = (0..parts.len())
        .find(|p| by_year(&parts[*p]) && by_organ(&parts[*p]))
        .or_else(|| (0..parts.len()).find(|p| by_year(&parts[*p])))
        .or_else(|| (0..parts.len()).find(|p| by_organ(&parts[*p])))
        .unwrap_or(0);
    let start = if chosen == 0 { 0 } else { parts[chosen].start };
    let end = parts.get(chosen + 1).map_or(document.blocks.len(), |next| next.start);
    let names: Vec<String> = parts.iter().map(Part::name).collect();
    let message = format!(
        "文件里有{}份报告（{}），读入的是{}，其余未读入；用 --year 可以指定年份",
        parts.len(),
        names.join("、"),
        names[chosen]
    );
    let part = Document {
        blocks: document.blocks[start..end].to_vec(),
        kind: document.kind,
        encoding: document.encoding,
        metadata: document.metadata.clone(),
        notes: document.notes.clone(),
    };
    let note = Note { kind: "several-reports".into(), message, location: Some(parts[chosen].location) };
    (Cow::Owned(part), Some(note))
}

impl Part {
    fn name(&self) -> String {
        let year = self.year.map(|y| format!("{y}年")).unwrap_or_default();
        format!("{}{year}", self.organ.as_deref().unwrap_or_default())
    }
}

/// The reports in a document, if they differ in year or organ.
fn parts(document: &Document) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // The title that may begin a report, and the headings below it.
    let mut open: Option<(Part, Vec<u8>)> = None;
    for (at, block) in document.blocks.iter().enumerate() {
        let (Block::Heading { text, .. } | Block::Paragraph(text)) = block else { continue };
        for line in text.value.lines() {
            if title::looks_like_title(line) && year_in(line).is_some() {
                let (year, organ) = (year_in(line).map(|(y, _)| y), organ_in(line));
                close(&mut parts, open.take());
                open = Some((Part { start: at, year, organ, location: text.location }, Vec::new()));
            } else if let Some(heading) = headings::section(line)
                && matches!(heading.matched, HeadingMatch::Official | HeadingMatch::Variant)
                && let Some((_, seen)) = &mut open
                && !seen.contains(&heading.number)
            {
                seen.push(heading.number);
            }
        }
    }
    close(&mut parts, open);
    parts
}

/// Takes a part that has enough of a report, if it is another one than the last: a title inside a report is no new one.
fn close(parts: &mut Vec<Part>, open: Option<(Part, Vec<u8>)>) {
    let Some((part, seen)) = open.filter(|(_, seen)| seen.len() >= ENOUGH) else { return };
    drop(seen);
    if parts.last().is_none_or(|last| (last.year, &last.organ) != (part.year, &part.organ)) {
        parts.push(part);
    }
}
