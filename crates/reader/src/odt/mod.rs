//! OpenDocument text: `.odt`, `.ott`, and `.fodt`, which is the same in one XML file.
//!
//! The standard is ODF 1.3 (OASIS; ISO/IEC 26300), part 2 for the package and part 3 for what stands in it. What is
//! read becomes the same blocks as those of a .docx, so that paragraphs, tables and notes mean the same in both.
//! Notes are those of [`crate::docx`].

mod body;
mod element;
mod lists;
mod names;
mod paragraph;
mod styles;
mod table;

use nianbao_ooxml::xml::{Scanner, Token, unescape};
use nianbao_ooxml::{Archive, Error};
use nianbao_schema::document::{Document, FileKind};

use self::styles::Styles;
use crate::docx;
use crate::error::{Foreign, ReadError};

/// Reads a package.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let refuse = |error: Error| ReadError::from_package(&error, Foreign::OpenDocument);
    let archive = Archive::open(bytes).map_err(refuse)?;
    // Part 2, §3.4: what is encrypted is told in the manifest, entry by entry; LibreOffice can wrap a whole package.
    let manifest = archive.part("META-INF/manifest.xml").map_err(refuse)?.unwrap_or_default();
    if has(&manifest, b"encryption-data") || archive.has("encrypted-package") {
        return Err(ReadError::Encrypted);
    }
    let Some(content) = archive.part("content.xml").map_err(refuse)? else {
        return Err(damaged("content.xml is missing", "缺少正文（content.xml）"));
    };
    let mut styles = Styles::default();
    let mut unreadable = None;
    match archive.part("styles.xml") {
        Ok(part) => styles.read(&part.unwrap_or_default(), false),
        Err(_) => unreadable = Some("styles".to_owned()),
    }
    let mut document = read_content(&content, styles, unreadable)?;
    let meta = archive.part("meta.xml").ok().flatten().unwrap_or_default();
    document.metadata.title = title(&meta);
    Ok(document)
}

/// Reads a document in one XML file, decoded to UTF-8.
pub(crate) fn read_flat(xml: &str) -> Result<Document, ReadError> {
    let mut document = read_content(xml.as_bytes(), Styles::default(), None)?;
    document.metadata.title = title(xml.as_bytes());
    Ok(document)
}

fn read_content(xml: &[u8], mut styles: Styles, unreadable: Option<String>) -> Result<Document, ReadError> {
    styles.read(xml, true);
    let mut body = body::read(xml, &styles);
    if body.is_other {
        return Err(ReadError::Unsupported(Foreign::OpenDocument));
    }
    if !body.is_text && body.notes.damaged_at.is_none() {
        return Err(damaged("there is no text in content.xml", "正文（content.xml）里没有文档内容"));
    }
    body.notes.unreadable_parts.extend(unreadable);
    Ok(docx::document(FileKind::Odt, body.blocks, &body.notes))
}

fn damaged(detail: &str, detail_zh: &str) -> ReadError {
    ReadError::Damaged { detail: detail.to_owned(), detail_zh: detail_zh.to_owned() }
}

/// `dc:title` in `office:meta`.
fn title(xml: &[u8]) -> Option<String> {
    let mut scanner = Scanner::new(xml);
    loop {
        match scanner.next() {
            Token::Open(tag) => match tag.name {
                b"dc:title" if !tag.empty => break,
                b"office:body" | b"office:styles" | b"office:automatic-styles" => return None,
                _ => {}
            },
            Token::Close(_) => {}
            Token::End => return None,
        }
    }
    let mut title = String::new();
    while let Some(characters) = scanner.characters() {
        title.push_str(&unescape(characters.raw));
    }
    let title = title.trim();
    (!title.is_empty()).then(|| title.to_owned())
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|w| w == word)
}
