//! Bytes to documents: which kind of file, which encoding, and what stands where in it.
//!
//! ```
//! let page = "<h1>青石县水务局年报</h1><table><tr><td>规章<td>0</table>";
//! let document = nianbao_reader::read(page.as_bytes())?;
//! assert_eq!(document.kind.name(), "HTML 网页");
//! assert_eq!(document.blocks.len(), 2);
//! # Ok::<(), nianbao_reader::ReadError>(())
//! ```
//!
//! A reader knows nothing of the form that is read. What stands in a file never is an error: what cannot be made sense
//! of is passed on as it is or told by a note of the [`Document`]. Only a container that cannot be opened is an error.
//!
//! # Kinds
//!
//! | kind | what is read |
//! | --- | --- |
//! | `.docx`, `.doc`, `.rtf`, `.odt` | paragraphs, tables with merged cells, generated numbers |
//! | `.html`, `.mht` | pages, with tables that only arrange others undone |
//! | `.xlsx`, `.xls` | what stands together on a sheet is a table |
//! | `.pdf` | text in reading order, ruled tables; with the feature `pdf`, on by default |
//! | `.txt`, `.md` | text of extractors, pipe tables, tab-separated rows |
//! | `.json` | the report that `nianbao extract` wrote |
//!
//! # Notes
//!
//! | kind | what happened |
//! | --- | --- |
//! | `undecodable-bytes` | bytes that mean nothing in the encoding of the file became U+FFFD |
//! | `encoding-mislabelled` | the page declares another encoding than the one it is in |
//! | `span-clamped` | a `colspan` or `rowspan` beyond belief was made smaller |
//! | `hidden-content` | text that a browser does not show was left out |
//! | `nested-table` | a small table inside a cell became lines of that cell |
//! | `conversion-artefact` | residue of a conversion (`[bookmark: …]`) was left out; one note for each kind of it |
//! | `limit-reached` | more of something than [`limits`] allow was left out |
//!
//! Each is given once, with the place of the first occurrence and the number of all. Word documents have further ones,
//! among them `tracked-changes`, `automatic-numbering` and `hidden-text`, OpenDocument texts the same, and workbooks
//! `hidden-rows`, `formula-error` and `formula-without-value`. A PDF has `uncertain-cell`, `broken-number`,
//! `uncertain-table`, `page-without-text` and `page-margin`; so have `.doc` and RTF files, where `missing-text`
//! tells that the file was cut short, `text-box` that text boxes were not read, and `missing-geometry` that the columns of
//! some rows are guessed.

mod bytes;
mod code_page;
mod compound;
mod doc;
mod docx;
mod draft;
mod encoding;
mod error;
mod html;
mod json;
pub mod limits;
mod mht;
mod odt;
mod output;
mod patch;
#[cfg(feature = "pdf")]
mod pdf;
mod position;
mod rows;
mod rtf;
mod sniff;
mod text;
mod xls;
mod xlsx;

use nianbao_ooxml::Error;
use nianbao_schema::document::{Document, FileKind, Location};

pub use crate::error::{Foreign, ReadError};
use crate::output::{Output, Remark};
pub use crate::patch::{Patched, Replacement, patch};
use crate::position::Cursor;
use crate::sniff::{Kind, Package, TextKind};

/// Reads a file of any kind that is known.
///
/// # Errors
///
/// If the file is empty or too large, of a kind that is not read, or a package that cannot be opened.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > limits::INPUT {
        return Err(ReadError::too_large(bytes.len()));
    }
    match sniff::kind(bytes) {
        Kind::Package => read_package(bytes),
        Kind::Doc => doc::read(bytes),
        Kind::Xls => xls::read(bytes),
        Kind::Rtf => Ok(rtf::read(bytes)),
        Kind::Mht => mht::read(bytes),
        Kind::Text => read_decoded(&encoding::decode(bytes), None),
        #[cfg(feature = "pdf")]
        Kind::Pdf => pdf::read(bytes),
        #[cfg(not(feature = "pdf"))]
        Kind::Pdf => Err(ReadError::Unsupported(Foreign::Pdf)),
        Kind::Encrypted => Err(ReadError::Encrypted),
        Kind::Foreign(foreign) => Err(ReadError::Unsupported(foreign)),
    }
}

fn read_package(bytes: &[u8]) -> Result<Document, ReadError> {
    docx::read(bytes).or_else(|error| match (&error, sniff::other_package(bytes)) {
        (Error::NoDocument, Package::Odt) => odt::read(bytes),
        (Error::NoDocument, Package::Workbook) => xlsx::read(bytes),
        (_, Package::Odt) => Err(ReadError::from_package(&error, Foreign::OpenDocument)),
        (_, Package::Workbook) => Err(ReadError::from_package(&error, Foreign::Workbook)),
        (_, Package::Foreign(other)) => Err(ReadError::from_package(&error, other)),
    })
}

/// Reads a text; `known` is what it was taken from, and whether it is HTML, where that is known already.
fn read_decoded(
    decoded: &encoding::Decoded<'_>,
    known: Option<(FileKind, bool)>,
) -> Result<Document, ReadError> {
    let source = decoded.text.as_ref();
    if source.is_empty() {
        return Err(ReadError::Empty);
    }
    let (kind, is_html) = match known {
        Some(known) => known,
        None => match sniff::text_kind(source) {
            TextKind::Html => (FileKind::Html, true),
            TextKind::Plain => (FileKind::Text, false),
            TextKind::FlatOdt => return odt::read_flat(source),
            TextKind::Foreign(foreign) => return Err(ReadError::Unsupported(foreign)),
        },
    };
    if known.is_none()
        && let Some(read) = json::read(source.trim(), decoded.encoding)
    {
        return read;
    }
    let mut out = Output::default();
    if let Some(remark) = decoded.mislabelled {
        out.remarks.add(remark, None);
    }
    let mut cursor = Cursor::new(source);
    for (at, _) in source.match_indices('\u{fffd}') {
        let place = cursor.place(at);
        out.remarks.add(Remark::Undecodable, Some(Location::line(place.line, place.column)));
    }
    if is_html {
        html::read(source, &mut out);
    } else {
        text::read(source, &mut out);
    }
    Ok(out.into_document(kind, decoded.encoding))
}
