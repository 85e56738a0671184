//! Web pages saved as one MIME file: `.mht`, `.mhtml` of Word, WPS and browsers.
//!
//! The format is MHTML (RFC 2557) around MIME (RFC 2045, RFC 2046). One part is the page, the others are its pictures
//! and style sheets. Only the page is read; lines and columns count in it, once decoded.

use std::borrow::Cow;

use encoding_rs::Encoding;
use nianbao_schema::document::{Document, FileKind};

use crate::encoding::{self, find};
use crate::error::ReadError;

/// Header lines are looked for in so many bytes.
const MAX_HEADER: usize = 64 << 10;

/// Multipart bodies within each other. Real files have one or two.
const MAX_DEPTH: usize = 8;

/// Parts of one file.
const MAX_PARTS: usize = 10_000;

/// Pages tried until one has something in it.
const MAX_PAGES: usize = 16;

/// Whether a file starts with the header of a MIME message that holds a page.
pub(crate) fn is_mime(bytes: &[u8]) -> bool {
    let bytes = unmarked(bytes);
    // A name and a colon come first; this keeps the look at ordinary texts short.
    let line = bytes.split(|&b| b == b'\n').next().unwrap_or_default();
    let name = line.split(|&b| b == b':').next().unwrap_or_default();
    if name.len() == line.len() || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
        return false;
    }
    let (header, _) = split_header(bytes);
    let field = |name: &[u8]| fields(header).into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
    let Some((_, content)) = field(b"content-type") else { return false };
    let is_page = ["multipart/", "text/html", "application/xhtml"];
    let is_page = is_page.iter().any(|kind| find(content.as_bytes(), kind.as_bytes()) == Some(0));
    is_page
        && [b"mime-version".as_slice(), b"content-transfer-encoding"].into_iter().any(|n| field(n).is_some())
}

/// Reads a file.
///
/// # Errors
///
/// If there is no page in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let (header, body) = split_header(unmarked(bytes));
    let root = Part { header: Header::parse(header), body };
    let start = root.header.parameter("start").map(|id| trim_id(&id).to_owned());
    let mut leaves = Vec::new();
    collect(root, 0, &mut leaves);
    let mut pages: Vec<&Part<'_>> = leaves.iter().filter(|part| part.header.is_html()).collect();
    // RFC 2387, §3.2: the part that `start` names is the page, else the first one.
    if let Some(at) = start.and_then(|id| pages.iter().position(|page| trim_id(&page.header.id) == id)) {
        let page = pages.remove(at);
        pages.insert(0, page);
    }
    let texts = leaves.iter().filter(|part| part.header.kind.starts_with("text/plain"));
    let mut first = None;
    // A page may be a frame around others.
    for part in pages.into_iter().take(MAX_PAGES).chain(texts.take(1)) {
        let content = part.content();
        let decoded = encoding::decode_labelled(&content, part.header.charset());
        let result = crate::read_decoded(&decoded, Some((FileKind::Mht, part.header.is_html())));
        match result {
            Ok(document) if !document.blocks.is_empty() => return Ok(document),
            result => first = first.or(Some(result)),
        }
    }
    first.unwrap_or_else(|| {
        Err(ReadError::Damaged {
            detail: "no page is in it".to_owned(),
            detail_zh: "里面没有网页，可能没有下载或保存完".to_owned(),
        })
    })
}

fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

/// A part: its header and its body as it stands in the file.
#[derive(Debug)]
struct Part<'a> {
    header: Header,
    body: &'a [u8],
}

#[derive(Debug, Default)]
struct Header {
    /// Type and subtype in lower case, with the parameters after it.
    kind: String,
    transfer: String,
    id: String,
}

impl Header {
    fn parse(header: &[u8]) -> Self {
        let mut parsed = Self::default();
        for (name, value) in fields(header) {
            match name.to_ascii_lowercase().as_slice() {
                b"content-type" => parsed.kind = value,
                b"content-transfer-encoding" => parsed.transfer = value.trim().to_ascii_lowercase(),
                b"content-id" => parsed.id = value,
                _ => {}
            }
        }
        let end = parsed.kind.find(';').unwrap_or(parsed.kind.len());
        parsed.kind[..end].make_ascii_lowercase();
        parsed
    }

    fn is_html(&self) -> bool {
        self.kind.starts_with("text/html") || self.kind.starts_with("application/xhtml")
    }

    /// A parameter of the type (RFC 2045, §5.1), quoted or not.
    fn parameter(&self, name: &str) -> Option<String> {
        let mut rest = self.kind.split_once(';')?.1;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let (value, tail) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => {
                    after.split_once(';').map_or((after, ""), |(value, _)| (value, &after[value.len()..]))
                }
            };
            if key.trim().eq_ignore_ascii_case(name) {
                return Some(value.trim().to_owned());
            }
            rest = tail.split_once(';')?.1;
        }
    }

    /// The encoding that the header states. What is only the default of mail (`us-ascii`, `iso-8859-1`) says less than
    /// the page itself does, and so does UTF-16, which the bytes show.
    fn charset(&self) -> Option<&'static Encoding> {
        let encoding = Encoding::for_label_no_replacement(self.parameter("charset")?.as_bytes())?;
        (encoding.is_ascii_compatible() && encoding != encoding_rs::WINDOWS_1252).then_some(encoding)
    }
}

impl<'a> Part<'a> {
    /// The body, without its transfer encoding (RFC 2045, §6).
    fn content(&self) -> Cow<'a, [u8]> {
        match self.header.transfer.as_str() {
            "quoted-printable" => Cow::Owned(quoted_printable(self.body)),
            "base64" => Cow::Owned(base64(self.body)),
            _ => Cow::Borrowed(self.body),
        }
    }
}

/// Gathers the parts that are no multipart, in the order of the file.
fn collect<'a>(part: Part<'a>, depth: usize, leaves: &mut Vec<Part<'a>>) {
    if leaves.len() >= MAX_PARTS {
        return;
    }
    let boundary = part.header.parameter("boundary").filter(|b| !b.is_empty());
    let (true, Some(boundary)) = (part.header.kind.starts_with("multipart/"), boundary) else {
        leaves.push(part);
        return;
    };
    if depth == MAX_DEPTH {
        return;
    }
    for content in split_parts(part.body, boundary.as_bytes()) {
        let (header, body) = split_header(content);
        collect(Part { header: Header::parse(header), body }, depth + 1, leaves);
    }
}

/// What stands between the boundary lines (RFC 2046, §5.1.1). A last part without an end is taken as far as it goes.
fn split_parts<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (None, 0);
    for line in body.split_inclusive(|&b| b == b'\n') {
        let after = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary));
        if let Some(after) = after.map(<[u8]>::trim_ascii)
            && (after.is_empty() || after == b"--")
        {
            if let Some(start) = start.take() {
                parts.push(&body[start..at]);
            }
            if !after.is_empty() || parts.len() >= MAX_PARTS {
                return parts;
            }
            start = Some(at + line.len());
        }
        at += line.len();
    }
    parts.extend(start.map(|start: usize| &body[start..]));
    parts
}

/// The header up to the first empty line, and the body after it.
fn split_header(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in bytes[..bytes.len().min(MAX_HEADER)].split_inclusive(|&b| b == b'\n') {
        if line.trim_ascii().is_empty() {
            return (&bytes[..at], &bytes[at + line.len()..]);
        }
        at += line.len();
    }
    (&bytes[..at], &bytes[at..])
}

/// Names and values of the header, with continued lines joined.
fn fields(header: &[u8]) -> Vec<(&[u8], String)> {
    let mut fields: Vec<(&[u8], String)> = Vec::new();
    for line in header.split(|&b| b == b'\n') {
        let text = String::from_utf8_lossy(line.trim_ascii());
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(&text);
            }
        } else if let Some(colon) = line.iter().position(|&b| b == b':') {
            let value = String::from_utf8_lossy(line[colon + 1..].trim_ascii()).into_owned();
            fields.push((line[..colon].trim_ascii(), value));
        }
    }
    fields
}

fn trim_id(id: &str) -> &str {
    id.trim().trim_start_matches('<').trim_end_matches('>')
}

/// RFC 2045, §6.7. What is no escape stays as it is.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.iter().position(|&b| b == b'=') {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let digit = |i: usize| rest.get(i).and_then(|&b| char::from(b).to_digit(16));
        if let (Some(high), Some(low)) = (digit(0), digit(1)) {
            out.push((high * 16 + low) as u8);
            rest = &rest[2..];
            continue;
        }
        // A line that goes on, with blanks that were added on the way.
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).take(MAX_HEADER).count();
        let end = &rest[blanks..];
        match end {
            [b'\r', b'\n', ..] => rest = &end[2..],
            [b'\n' | b'\r', ..] => rest = &end[1..],
            [] => rest = end,
            _ => out.push(b'='),
        }
    }
    out.extend_from_slice(rest);
    out
}

/// RFC 2045, §6.8. What is not in the alphabet is passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfer_encodings() {
        assert_eq!(quoted_printable(b"=E7=94=B2=\r\n=e4=B9=99= \n=3D=4"), "甲乙==4".as_bytes());
        assert_eq!(quoted_printable(b"a=zz="), b"a=zz");
        assert_eq!(base64(b"55Sy\r\n5LmZ\r\nMQ=="), "甲乙1".as_bytes());
        assert_eq!(base64(b"55Sy5Lm"), [0xe7, 0x94, 0xb2, 0xe4, 0xb9]);
    }

    #[test]
    fn parameters() {
        let kind = "multipart/related; type=\"text/html\";boundary=\"--=_a;b\" ; Start=<x@y>".to_owned();
        let header = Header { kind, ..Header::default() };
        assert_eq!(header.parameter("boundary").as_deref(), Some("--=_a;b"));
        assert_eq!(header.parameter("start").as_deref(), Some("<x@y>"));
        assert_eq!(header.parameter("charset"), None);
    }

    #[test]
    fn only_mail_headers_are_mime() {
        assert!(is_mime(
            b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n"
        ));
        assert!(is_mime(b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"));
        assert!(!is_mime(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"));
        assert!(!is_mime("标题: 甲\nContent-Type: text/html\nMIME-Version: 1.0\n".as_bytes()));
        assert!(!is_mime(b"<html>\nMIME-Version: 1.0\nContent-Type: text/html\n\n"));
    }
}
