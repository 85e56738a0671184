//! What kind of file it is, by its content.

use crate::compound::Compound;
use crate::error::Foreign;
use crate::limits;

/// What the first look at the bytes tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A ZIP package; which one, only its parts tell.
    Package,
    /// A compound file with the text of Word in it.
    Doc,
    /// A compound file with the workbook of Excel 97 to 2003 in it.
    Xls,
    /// Rich Text Format.
    Rtf,
    /// A MIME message with a page in it.
    Mht,
    /// Portable Document Format.
    Pdf,
    /// Text of some kind, in some encoding.
    Text,
    /// A compound file whose content is encrypted.
    Encrypted,
    /// Nothing that is read here.
    Foreign(Foreign),
}

/// Signatures at the start of files that are not read.
const SIGNATURES: &[(&[u8], Foreign)] = &[
    (b"\x89PNG\r\n\x1a\n", Foreign::Image("PNG")),
    (b"\xff\xd8\xff", Foreign::Image("JPEG")),
    (b"GIF87a", Foreign::Image("GIF")),
    (b"GIF89a", Foreign::Image("GIF")),
    (b"II*\0", Foreign::Image("TIFF")),
    (b"MM\0*", Foreign::Image("TIFF")),
    (b"\x09\x00\x04\x00", Foreign::Xls),
    (b"\x09\x02\x06\x00", Foreign::Xls),
    (b"\x09\x04\x06\x00", Foreign::Xls),
    (b"Rar!\x1a\x07", Foreign::Archive("RAR")),
    (b"7z\xbc\xaf\x27\x1c", Foreign::Archive("7z")),
    (b"\x1f\x8b\x08", Foreign::Archive("gzip")),
    (b"BZh", Foreign::Archive("bzip2")),
    (b"\xfd7zXZ\0", Foreign::Archive("xz")),
    (b"PK\x05\x06", Foreign::Archive("ZIP")),
];

/// The kind of a file.
pub(crate) fn kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"PK\x03\x04") {
        return Kind::Package;
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(bytes);
    }
    if bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"{\\rtf") {
        return Kind::Rtf;
    }
    if let Some((_, foreign)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Kind::Foreign(*foreign);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Kind::Foreign(Foreign::Image("WebP"));
    }
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Kind::Foreign(Foreign::Image("BMP"));
    }
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|w| w == b"%PDF-") && !head.starts_with(b"<") {
        return Kind::Pdf;
    }
    if crate::mht::is_mime(bytes) {
        return Kind::Mht;
    }
    Kind::Text
}

/// Old Office keeps its streams by name, in UTF-16, in a directory inside the file.
fn compound(bytes: &[u8]) -> Kind {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|w| w == name)
    };
    // What is embedded in a document has streams of the same names.
    let file = Compound::open(bytes);
    let is_root = |name: &str| file.as_ref().is_some_and(|file| file.has(name));
    if has("EncryptedPackage") {
        Kind::Encrypted
    } else if is_root("Workbook") && !is_root("WordDocument") {
        Kind::Xls
    } else if has("WordDocument") {
        Kind::Doc
    } else if has("PowerPoint Document") {
        Kind::Foreign(Foreign::Ppt)
    } else if has("Workbook") {
        Kind::Xls
    } else if has("Book\0") {
        Kind::Foreign(Foreign::Xls)
    } else {
        Kind::Foreign(Foreign::Compound)
    }
}

/// What a ZIP package is that is no Word document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Package {
    /// OpenDocument text.
    Odt,
    /// A workbook of Office Open XML.
    Workbook,
    /// Something that is not read.
    Foreign(Foreign),
}

/// What a ZIP package is, if it is no Word document: by its first part, where that names the type, and by the names of
/// its parts, which stand in it in plain.
pub(crate) fn other_package(bytes: &[u8]) -> Package {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|w| w == name);
    if bytes.get(30..38) == Some(b"mimetype") {
        let kind = &bytes[38..bytes.len().min(256)];
        let is = |name: &[u8]| kind.windows(name.len()).any(|w| w == name);
        if is(b"application/vnd.oasis.opendocument.text") {
            return Package::Odt;
        }
        if is(b"application/vnd.oasis.opendocument.") {
            return Package::Foreign(Foreign::OpenDocument);
        }
        if is(b"application/epub+zip") {
            return Package::Foreign(Foreign::Epub);
        }
    }
    if has(b"xl/workbook.") {
        Package::Workbook
    } else if has(b"ppt/presentation.") {
        Package::Foreign(Foreign::Pptx)
    } else if has(b"OFD.xml") {
        Package::Foreign(Foreign::Ofd)
    } else if has(b"content.xml") && has(b"META-INF/manifest.xml") {
        // Packed again by somebody who did not know that the type has to come first.
        Package::Odt
    } else {
        Package::Foreign(Foreign::Archive("ZIP"))
    }
}

/// What a decoded text turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// A web page, or a part of one.
    Html,
    /// Plain text.
    Plain,
    /// OpenDocument text in one XML file.
    FlatOdt,
    /// Something in XML, or no text at all.
    Foreign(Foreign),
}

/// The kind of a decoded text.
pub(crate) fn text_kind(text: &str) -> TextKind {
    if is_binary(text) {
        return TextKind::Foreign(Foreign::Binary);
    }
    let mut end = text.len().min(limits::SNIFF);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if head.starts_with('<') {
        if (head.starts_with("<?xml") || head.starts_with("<office:document"))
            && let Some(kind) = office_xml(head)
        {
            return kind;
        }
        if starts_as_html(head) {
            return TextKind::Html;
        }
    }
    if looks_like_html(head.as_bytes()) { TextKind::Html } else { TextKind::Plain }
}

/// Whether a fifth of the characters are none that a text has.
fn is_binary(text: &str) -> bool {
    let (mut odd, mut all) = (0usize, 0usize);
    for c in text.chars().take(limits::SNIFF) {
        all += 1;
        // A file full of zero bytes is as binary as one full of junk, but old Word leaves some controls in texts.
        odd += usize::from(c == '\u{fffd}' || c == '\0' || c.is_control() && !c.is_whitespace());
    }
    odd * 5 > all
}

/// Word and LibreOffice can save a document as one XML file.
fn office_xml(head: &str) -> Option<TextKind> {
    let has = |mark: &str| head.contains(mark);
    if has("<w:wordDocument") || has("<pkg:package") || has("progid=\"Word.Document\"") {
        Some(TextKind::Foreign(Foreign::WordXml))
    } else if has("<office:document") {
        Some(TextKind::FlatOdt)
    } else if has("progid=\"Excel.Sheet\"") {
        Some(TextKind::Foreign(Foreign::Workbook))
    } else {
        None
    }
}

/// Whether the first tag, after comments and declarations, is one of HTML.
fn starts_as_html(mut head: &str) -> bool {
    loop {
        head = head.trim_start();
        let rest = if let Some(comment) = head.strip_prefix("<!--") {
            comment.split_once("-->")
        } else if head.starts_with("<?") {
            head.split_once('>')
        } else if head.get(..9).is_some_and(|d| d.eq_ignore_ascii_case("<!doctype")) {
            // Also `<!DOCTYPE foo>`: what follows decides.
            if head
                .get(9..)
                .is_some_and(|d| d.trim_start().get(..4).is_some_and(|n| n.eq_ignore_ascii_case("html")))
            {
                return true;
            }
            head.split_once('>')
        } else {
            return crate::html::starts_with_known_tag(head);
        };
        match rest {
            Some((_, rest)) => head = rest,
            None => return false,
        }
    }
}

/// A part of a page can start with text. A Markdown file can have HTML tables in it and still is text, so what stands
/// in tables does not count.
fn looks_like_html(head: &[u8]) -> bool {
    const WHOLE: &[&[u8]] = &[b"<html", b"<body", b"<!doctype html"];
    const BLOCK: &[&[u8]] =
        &[b"<p>", b"<p ", b"</p>", b"<div", b"</div>", b"<br>", b"<br/>", b"<br />", b"</span>"];
    let starts =
        |rest: &[u8], word: &[u8]| rest.get(..word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word));
    let (mut tags, mut tables) = (0, 0usize);
    for (i, _) in head.iter().enumerate().filter(|(_, b)| **b == b'<') {
        let rest = &head[i..];
        if starts(rest, b"<table") {
            tables += 1;
        } else if starts(rest, b"</table") {
            tables = tables.saturating_sub(1);
        } else if tables == 0 {
            if WHOLE.iter().any(|word| starts(rest, word)) {
                return true;
            }
            tags += usize::from(BLOCK.iter().any(|word| starts(rest, word)));
        }
    }
    tags >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_kinds() {
        for (text, kind) in [
            ("青石县水务局\n一、总体情况\n", TextKind::Plain),
            ("<!-- x --> <!DOCTYPE html><p>", TextKind::Html),
            ("\u{feff}\n<?xml version='1.0'?><html>", TextKind::Html),
            ("<TABLE><tr>", TextKind::Html),
            ("<中文>不是标签", TextKind::Plain),
            ("标题<br>正文<p>一</p>", TextKind::Html),
            ("# 标题\n<table><tr><td><p>1</p><p>2</p><br></td></tr></table>\n正文", TextKind::Plain),
            ("a < b 且 c > d", TextKind::Plain),
            ("<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"x\">", TextKind::Foreign(Foreign::WordXml)),
            ("<office:document xmlns:office=\"x\">", TextKind::FlatOdt),
            ("\0\0\0\0\0\0甲", TextKind::Foreign(Foreign::Binary)),
            ("", TextKind::Plain),
        ] {
            assert_eq!(text_kind(text), kind, "{text:?}");
        }
    }

    #[test]
    fn compound_files_are_told_apart_by_their_streams() {
        let file = |stream: &str| -> Vec<u8> {
            let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
            bytes.extend([0; 512]);
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        };
        assert_eq!(kind(&file("WordDocument")), Kind::Doc);
        assert_eq!(kind(&file("Workbook")), Kind::Xls);
        assert_eq!(kind(&file("Book\0")), Kind::Foreign(Foreign::Xls));
        assert_eq!(kind(&file("EncryptedPackage")), Kind::Encrypted);
        assert_eq!(kind(&file("Contents")), Kind::Foreign(Foreign::Compound));
    }
}
