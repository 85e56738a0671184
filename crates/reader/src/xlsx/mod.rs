//! Workbooks of Office Open XML: tables that filing systems export, or that somebody keeps in a spreadsheet.
//!
//! SpreadsheetML is ECMA-376 part 1, §18. Values are read as a person sees them where that is exact, and from the file
//! where the cell shows less than it holds; formulas give the value that the program computed last. A sheet is a list
//! of cells without bounds; what stands together in it is one table.
//!
//! | note | what happened |
//! | --- | --- |
//! | `hidden-content` | a hidden sheet was left out |
//! | `hidden-rows` | hidden rows or columns were read like any other |
//! | `formula-error` | a cell shows an error (`#REF!`), which was read as its text |
//! | `formula-without-value` | a formula was never computed, so that its cell is blank |
//! | `covered-text` | values in cells that a merged cell covers were left out, as Excel does |
//! | `unreadable-part` | a sheet, the styles or the texts could not be read |
//! | `damaged-xml`, `span-clamped`, `limit-reached` | as in other kinds of file |

mod dates;
pub(crate) mod format;
pub(crate) mod sheet;
pub(crate) mod tables;

use nianbao_ooxml::xml::{Scanner, Tag, Token, unescape};
use nianbao_ooxml::{Archive, Error};
use nianbao_schema::document::{Document, FileKind, Note};

use self::format::Formats;
use self::sheet::Sheet;
use crate::error::{Foreign, ReadError};
use crate::output::Output;

/// Sheets of one workbook.
pub(crate) const MAX_SHEETS: usize = 256;

/// Inflated size of all sheets together.
const MAX_BYTES: usize = 128 << 20;

/// Texts that cells share.
pub(crate) const MAX_STRINGS: usize = 1 << 20;

/// What the sheets of a workbook have in common.
#[derive(Debug, Default)]
struct Workbook {
    strings: Vec<String>,
    formats: Formats,
    /// Dates count from 1904.
    is_1904: bool,
    seen: Seen,
}

/// What there is to tell, and how often.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) hidden_sheets: Vec<String>,
    pub(crate) hidden_rows: u32,
    pub(crate) errors: u32,
    pub(crate) not_computed: u32,
    /// Cells with a value under a merged cell.
    pub(crate) covered: u32,
    pub(crate) unreadable: Vec<String>,
    pub(crate) damaged: Vec<String>,
    /// Cells, merged areas and sheets left out because there are too many.
    pub(crate) dropped: u32,
}

/// A sheet that the workbook lists.
struct Listed {
    name: String,
    part: String,
    is_hidden: bool,
}

/// Reads a workbook.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let refuse = |error: Error| ReadError::from_package(&error, Foreign::Workbook);
    let archive = Archive::open(bytes).map_err(refuse)?;
    let part = |name: &str| archive.part(name).ok().flatten().unwrap_or_default();
    let root = relationships(&part("_rels/.rels"), "");
    let main = target(&root, "officeDocument").unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let Some(workbook_xml) = archive.part(&main).map_err(refuse)? else {
        return Err(ReadError::Unsupported(Foreign::Workbook));
    };
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let separator = if folder.is_empty() { "" } else { "/" };
    let related = relationships(&part(&format!("{folder}{separator}_rels/{file}.rels")), folder);

    let mut workbook = Workbook::default();
    let sheets = workbook.list(&workbook_xml, &related);
    for (kind, usual) in [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")] {
        let name = target(&related, kind).unwrap_or_else(|| format!("{folder}{separator}{usual}"));
        match (archive.part(&name), kind) {
            (Ok(part), "styles") => workbook.formats = Formats::read(&part.unwrap_or_default()),
            (Ok(part), _) => workbook.strings = strings(&part.unwrap_or_default()),
            (Err(_), _) => workbook.seen.unreadable.push(name),
        }
    }
    let mut out = Output::default();
    let mut left = MAX_BYTES;
    for listed in sheets {
        if listed.is_hidden {
            workbook.seen.hidden_sheets.push(listed.name);
            continue;
        }
        match archive.part(&listed.part) {
            Ok(Some(xml)) if xml.len() <= left => {
                left -= xml.len();
                let sheet = Sheet::read(&xml, &mut workbook);
                if sheet.is_damaged {
                    workbook.seen.damaged.push(listed.name);
                }
                tables::write(sheet, &mut workbook.seen, &mut out);
            }
            Ok(Some(_)) => workbook.seen.dropped += 1,
            Ok(None) | Err(_) => workbook.seen.unreadable.push(listed.name),
        }
    }
    let mut document = out.into_document(FileKind::Xlsx, "UTF-8");
    document.encoding = None;
    document.notes.extend(workbook.seen.notes());
    Ok(document)
}

impl Workbook {
    /// The worksheets in the order of their tabs.
    fn list(&mut self, xml: &[u8], related: &[Relationship]) -> Vec<Listed> {
        let mut sheets = Vec::new();
        each_tag(xml, |tag| match tag.local() {
            b"workbookPr" => {
                self.is_1904 = tag.raw(b"date1904").is_some_and(|v| matches!(v, b"1" | b"true" | b"on"));
            }
            b"sheet" => {
                // `r:id` and not `sheetId`; its local name is that of no other attribute here.
                let id = tag.value(b"id").unwrap_or_default();
                let Some(found) = related.iter().find(|r| r.id == id && r.kind == "worksheet") else {
                    return;
                };
                if sheets.len() >= MAX_SHEETS {
                    self.seen.dropped += 1;
                    return;
                }
                sheets.push(Listed {
                    name: tag.value(b"name").unwrap_or_default().chars().take(64).collect(),
                    part: found.target.clone(),
                    is_hidden: tag.raw(b"state").is_some_and(|state| state != b"visible"),
                });
            }
            _ => {}
        });
        sheets
    }
}

impl Seen {
    pub(crate) fn notes(self) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut add = |kind: &'static str, message: String| {
            notes.push(Note { kind: kind.into(), message, location: None });
        };
        if !self.hidden_sheets.is_empty() {
            add("hidden-content", format!("工作表“{}”是隐藏的，未读取", self.hidden_sheets.join("”“")));
        }
        if self.hidden_rows > 0 {
            let message = format!("有 {} 处隐藏的行或列，屏幕上看不到；已按普通内容读取", self.hidden_rows);
            add("hidden-rows", message);
        }
        if self.errors > 0 {
            let message =
                format!("有 {} 个单元格的公式出错，显示为“#REF!”之类，已按显示的文字读取", self.errors);
            add("formula-error", message);
        }
        if self.not_computed > 0 {
            let message = format!(
                "有 {} 个单元格的公式没有保存计算结果，已作为空白；请在 Excel 或 WPS 中打开并保存一次",
                self.not_computed
            );
            add("formula-without-value", message);
        }
        if self.covered > 0 {
            let message = format!("有 {} 个被合并的单元格里还留有内容，Excel 不显示，未读取", self.covered);
            add("covered-text", message);
        }
        if !self.unreadable.is_empty() {
            add("unreadable-part", format!("“{}”缺失或已损坏，未读取", self.unreadable.join("”“")));
        }
        if !self.damaged.is_empty() {
            let names = self.damaged.join("”“");
            add("damaged-xml", format!("工作表“{names}”不合 XML 规范，可能缺少内容"));
        }
        if self.dropped > 0 {
            add("limit-reached", format!("单元格或工作表过多，有 {} 个未读取", self.dropped));
        }
        notes
    }
}

/// One relationship inside the package.
struct Relationship {
    id: String,
    /// The last segment of the type.
    kind: String,
    target: String,
}

fn relationships(xml: &[u8], folder: &str) -> Vec<Relationship> {
    let mut found = Vec::new();
    each_tag(xml, |tag| {
        if tag.local() != b"Relationship" || tag.raw(b"TargetMode") == Some(b"External") {
            return;
        }
        if let (Some(id), Some(kind), Some(target)) =
            (tag.value(b"Id"), tag.value(b"Type"), tag.value(b"Target"))
        {
            found.push(Relationship {
                id: id.into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: join(folder, &target),
            });
        }
    });
    found
}

fn target(relationships: &[Relationship], kind: &str) -> Option<String> {
    relationships.iter().find(|r| r.kind == kind).map(|r| r.target.clone())
}

/// A target that counts from a folder of the package, or with `/` in front from its root.
fn join(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

/// The texts that cells share, `sst`.
fn strings(xml: &[u8]) -> Vec<String> {
    let mut strings = Vec::new();
    let mut scanner = Scanner::new(xml);
    let Token::Open(root) = scanner.next() else { return strings };
    scanner.children(&root, |scanner, item| {
        if item.local() == b"si" && strings.len() < MAX_STRINGS {
            strings.push(rich_text(scanner, item));
        }
    });
    strings
}

/// The text of an `si` or `is`: runs joined, pronunciation left out.
fn rich_text<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> String {
    let mut text = String::new();
    scanner.children(tag, |scanner, child| match child.local() {
        b"t" => push_characters(scanner, child, &mut text),
        b"r" => scanner.children(child, |scanner, part| {
            if part.local() == b"t" {
                push_characters(scanner, part, &mut text);
            }
        }),
        _ => {}
    });
    text
}

/// Adds the character data of an element, which is read to its end.
fn push_characters(scanner: &mut Scanner<'_>, tag: &Tag<'_>, text: &mut String) {
    if tag.empty {
        return;
    }
    while let Some(characters) = scanner.characters() {
        if characters.references {
            text.push_str(&unescape(characters.raw));
        } else {
            text.push_str(&String::from_utf8_lossy(characters.raw));
        }
    }
    scanner.skip(tag);
}

fn each_tag<'a>(xml: &'a [u8], mut visit: impl FnMut(&Tag<'a>)) {
    let mut scanner = Scanner::new(xml);
    loop {
        match scanner.next() {
            Token::Open(tag) => visit(&tag),
            Token::Close(_) => {}
            Token::End => return,
        }
    }
}
