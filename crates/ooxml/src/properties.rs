//! Reading the property elements of runs, paragraphs, rows and cells.
//!
//! Only what decides text and grid is read. The former properties that tracked changes keep (`w:tcPrChange` and the
//! like) hold elements of the same names; they are children here and skipped like everything unknown.

use crate::xml::{Scanner, Tag};

/// What `w:pPr` says, as far as it matters here.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ParagraphProperties<'a> {
    /// `w:pStyle`, raw.
    pub style: Option<&'a [u8]>,
    /// `w:outlineLvl`.
    pub outline: Option<i64>,
    /// `w:numPr`.
    pub list: ListProperties,
    /// The paragraph mark is a tracked deletion: the next paragraph continues this one.
    pub is_mark_deleted: bool,
    /// The paragraph mark is a tracked insertion.
    pub is_mark_inserted: bool,
}

/// What `w:numPr` says.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListProperties {
    /// `w:numId`; 0 takes a paragraph out of the list of its style.
    pub list: Option<u32>,
    /// `w:ilvl`.
    pub level: Option<u8>,
}

/// What `w:trPr` says.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowProperties {
    /// `w:gridBefore`: columns left out before the first cell.
    pub columns_before: Option<i64>,
    /// The row is a tracked deletion.
    pub is_deleted: bool,
    /// The row is a tracked insertion.
    pub is_inserted: bool,
}

/// What `w:tcPr` says.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CellProperties {
    /// `w:gridSpan`.
    pub span: Option<i64>,
    /// `w:vMerge`.
    pub vertical: Merge,
    /// `w:hMerge`, which `w:gridSpan` replaced.
    pub horizontal: Merge,
    /// The cell is a tracked deletion.
    pub is_deleted: bool,
}

/// The part that a cell plays in a merged one.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Merge {
    /// None.
    #[default]
    No,
    /// It is the first one.
    Restart,
    /// It continues the one before it.
    Continue,
    /// It says that it continues one, but there is none.
    Stray,
}

impl Merge {
    /// Without a value the element means "continue".
    fn of(tag: &Tag<'_>) -> Self {
        if tag.raw(b"val") == Some(b"restart") { Self::Restart } else { Self::Continue }
    }
}

/// Reads `w:pPr`.
pub(crate) fn paragraph<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> ParagraphProperties<'a> {
    let mut properties = ParagraphProperties::default();
    scanner.children(tag, |scanner, child| match child.local() {
        b"pStyle" => properties.style = child.raw(b"val"),
        b"outlineLvl" => properties.outline = child.number(b"val"),
        b"numPr" => properties.list = list(scanner, child),
        b"rPr" => mark_changes(scanner, child, &mut properties),
        _ => {}
    });
    properties
}

/// Reads `w:numPr`.
pub(crate) fn list<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> ListProperties {
    let mut properties = ListProperties::default();
    scanner.children(tag, |_, child| match child.local() {
        b"numId" => properties.list = child.number(b"val").and_then(|n| u32::try_from(n).ok()),
        b"ilvl" => properties.level = child.number(b"val").map(|n| n.clamp(0, 8) as u8),
        _ => {}
    });
    properties
}

/// Reads `w:trPr`.
pub(crate) fn row<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> RowProperties {
    let mut properties = RowProperties::default();
    scanner.children(tag, |_, child| match child.local() {
        b"gridBefore" => properties.columns_before = child.number(b"val"),
        b"del" => properties.is_deleted = true,
        b"ins" => properties.is_inserted = true,
        _ => {}
    });
    properties
}

/// Reads `w:tcPr`.
pub(crate) fn cell<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> CellProperties {
    let mut properties = CellProperties::default();
    scanner.children(tag, |_, child| match child.local() {
        b"gridSpan" => properties.span = child.number(b"val"),
        b"vMerge" => properties.vertical = Merge::of(child),
        b"hMerge" => properties.horizontal = Merge::of(child),
        b"cellDel" => properties.is_deleted = true,
        _ => {}
    });
    properties
}

/// Whether `w:rPr` of a run takes it out of the text: hidden (`w:vanish`), or raised like the number of a footnote
/// (`w:vertAlign`), which is no part of the number before it.
pub(crate) fn hides_run<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> bool {
    let mut is_hidden = false;
    // Nearly every run has properties and nearly none of these, so look before reading them one by one.
    let start = scanner.clone();
    if scanner.skip_watching(tag, |name| name.starts_with(b"vanish") || name == b"vertAlign") {
        *scanner = start;
        scanner.children(tag, |_, child| {
            is_hidden |= match child.local() {
                b"vanish" => child.is_on(),
                b"vertAlign" => child.raw(b"val") == Some(b"superscript"),
                _ => false,
            }
        });
    }
    is_hidden
}

/// Reads the tracked changes of a paragraph mark, which stand in `w:pPr/w:rPr`.
fn mark_changes<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>, properties: &mut ParagraphProperties<'_>) {
    let start = scanner.clone();
    let is_change =
        |name: &[u8]| name.starts_with(b"del") || name.starts_with(b"ins") || name.starts_with(b"move");
    if scanner.skip_watching(tag, is_change) {
        *scanner = start;
        scanner.children(tag, |_, child| match child.local() {
            b"del" | b"moveFrom" => properties.is_mark_deleted = true,
            b"ins" | b"moveTo" => properties.is_mark_inserted = true,
            _ => {}
        });
    }
}
