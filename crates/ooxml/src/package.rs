//! The package: a ZIP archive of parts, and which of them is what.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{ENTRIES, Error};
use crate::limits::{MAX_ENTRIES, MAX_PART_BYTES};
use crate::model::Body;
use crate::namespace::{Namespace, Namespaces};
use crate::relationships::{self, Relationship};
use crate::xml::{Scanner, Token};

/// An opened .docx.
///
/// Opening inflates the main document part and nothing else of size; [`Package::body`] reads it.
///
/// ```
/// let error = nianbao_ooxml::Package::open(b"plain text").unwrap_err();
/// assert_eq!(error.kind(), "not-a-package");
/// ```
#[derive(Debug)]
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Relationships of the package itself.
    relationships: Vec<Relationship>,
    document_part: String,
    document_xml: Vec<u8>,
    is_transcoded: bool,
}

impl<'a> Package<'a> {
    /// Opens a package and finds its main document part.
    ///
    /// The part is looked for as OPC says (ECMA-376 part 2: by the package relationship of type `officeDocument`),
    /// then by content type, then under the name that all known writers give it.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut archive = open_archive(bytes)?;
        let relationships = relationships::read(&inflate_optional(&mut archive, "_rels/.rels"));
        let mut found = Err(Error::NoDocument);
        for candidate in document_candidates(&mut archive, &relationships) {
            let Some(index) = entry(&archive, &candidate) else { continue };
            let (document_xml, is_transcoded) =
                decode(inflate(&mut archive, index, &candidate)?, &candidate)?;
            if is_word_document(&document_xml) {
                found = Ok((candidate, document_xml, is_transcoded));
                break;
            }
        }
        let (document_part, document_xml, is_transcoded) = found?;
        Ok(Self { archive, relationships, document_part, document_xml, is_transcoded })
    }

    /// The name of the main document part, usually `word/document.xml`.
    pub fn document_part(&self) -> &str {
        &self.document_part
    }

    /// The main document part, in which all byte ranges of a [`Body`] count.
    ///
    /// These are the bytes of the file, or their UTF-8 form when [`Package::is_transcoded`].
    pub fn document_xml(&self) -> &[u8] {
        &self.document_xml
    }

    /// Whether the main document part was UTF-16, so that it cannot be written back byte for byte.
    pub fn is_transcoded(&self) -> bool {
        self.is_transcoded
    }

    /// A part by its name, inflated and in UTF-8; none if there is no such part.
    ///
    /// Part names match without regard to case (ECMA-376 part 2, “Part names”), and `\` counts as `/`, because some ZIP
    /// writers put it there.
    pub fn part(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(index) = entry(&self.archive, name) else { return Ok(None) };
        let bytes = inflate(&mut self.archive.clone(), index, name)?;
        Ok(Some(decode(bytes, name)?.0))
    }

    /// Reads the body, with styles and automatic numbers resolved.
    ///
    /// This cannot fail: what cannot be understood is counted in [`Body::notes`].
    pub fn body(&self) -> Body {
        crate::body::read(self)
    }

    /// The title in the core properties (`dc:title` in `docProps/core.xml`), if it says anything.
    pub fn title(&self) -> Option<String> {
        let part = relationships::target(&self.relationships, "", "core-properties");
        let xml = self.part(part.as_deref().unwrap_or("docProps/core.xml")).ok()??;
        let mut scanner = Scanner::new(&xml);
        loop {
            match scanner.next() {
                Token::Open(tag) if tag.local() == b"title" && !tag.empty => break,
                Token::Open(_) | Token::Close(_) => {}
                Token::End => return None,
            }
        }
        let mut title = String::new();
        while let Some(characters) = scanner.characters() {
            if characters.references {
                title.push_str(&crate::xml::unescape(characters.raw));
            } else {
                title.push_str(&String::from_utf8_lossy(characters.raw));
            }
        }
        let title = title.trim();
        (!title.is_empty()).then(|| title.to_owned())
    }

    /// A part that the main document refers to (`styles`, `numbering`), by its relationship or else its usual name.
    ///
    /// An error here is the caller's to note: the text can be read without styles.
    pub(crate) fn related_part(&self, kind: &str) -> Result<Option<Vec<u8>>, Error> {
        let (folder, file) = self.document_part.rsplit_once('/').unwrap_or(("", &self.document_part));
        let separator = if folder.is_empty() { "" } else { "/" };
        let list = self.part(&format!("{folder}{separator}_rels/{file}.rels"))?.unwrap_or_default();
        let target = relationships::target(&relationships::read(&list), folder, kind);
        self.part(&target.unwrap_or_else(|| format!("{folder}{separator}{kind}.xml")))
    }
}

/// Opens the archive, telling apart the ways in which it can fail.
fn open_archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Error> {
    const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    if bytes.starts_with(OLE) {
        // A protected document is an OLE container with a stream of this name (MS-OFFCRYPTO, “ECMA-376 document encryption”); any other one is
        // an old .doc, .xls or .wps.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = memmem::find(bytes, &name).is_some();
        return Err(if encrypted { Error::Encrypted } else { Error::NotAPackage });
    }
    if declares_too_many_entries(bytes) {
        return Err(Error::TooLarge { part: ENTRIES.into(), limit: MAX_ENTRIES });
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        if !bytes.starts_with(b"PK") {
            Error::NotAPackage
        } else if memmem::find(bytes, b"PK\x05\x06").is_none() {
            Error::Truncated
        } else {
            damaged("", error)
        }
    })?;
    if archive.len() as u64 > MAX_ENTRIES {
        return Err(Error::TooLarge { part: ENTRIES.into(), limit: MAX_ENTRIES });
    }
    Ok(archive)
}

/// Whether a ZIP64 directory declares more entries than allowed.
///
/// The zip crate reserves memory for the declared number before it reads the first entry: about 300 bytes for each
/// byte that the file claims to have before its directory.
fn declares_too_many_entries(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, b"PK\x06\x06").any(|at| {
        let count = bytes.get(at + 32..at + 40).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        count.is_some_and(|n| n > MAX_ENTRIES) && memmem::find(&bytes[at..], b"PK\x06\x07").is_some()
    })
}

fn damaged(part: &str, error: ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Error::Encrypted
        }
        error => Error::Damaged { part: part.into(), reason: error.to_string() },
    }
}

/// Index of the archive entry that holds a part.
fn entry(archive: &ZipArchive<Cursor<&[u8]>>, part: &str) -> Option<usize> {
    let part = part.trim_start_matches('/');
    archive.index_for_name(part).or_else(|| {
        let same = |(a, b): (u8, u8)| a.eq_ignore_ascii_case(&b) || (a == b'\\' && b == b'/');
        archive.file_names().position(|name| {
            let name = name.trim_start_matches(['/', '\\']);
            name.len() == part.len() && name.bytes().zip(part.bytes()).all(same)
        })
    })
}

fn inflate(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, part: &str) -> Result<Vec<u8>, Error> {
    let file = archive.by_index(index).map_err(|error| damaged(part, error))?;
    // The declared size saves reallocation where it is honest, and costs little where it is not.
    let mut bytes = Vec::with_capacity(file.size().min(4 << 20) as usize);
    file.take(MAX_PART_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::Damaged { part: part.into(), reason: error.to_string() })?;
    within_limit(&bytes, part)?;
    Ok(bytes)
}

fn inflate_optional(archive: &mut ZipArchive<Cursor<&[u8]>>, part: &str) -> Vec<u8> {
    let bytes = entry(archive, part).and_then(|index| inflate(archive, index, part).ok());
    bytes.and_then(|bytes| decode(bytes, part).ok()).map_or_else(Vec::new, |(bytes, _)| bytes)
}

fn within_limit(bytes: &[u8], part: &str) -> Result<(), Error> {
    if bytes.len() as u64 > MAX_PART_BYTES {
        return Err(Error::TooLarge { part: part.into(), limit: MAX_PART_BYTES });
    }
    Ok(())
}

/// Turns UTF-16 into UTF-8, the two encodings that a part may have; says whether it did.
fn decode(bytes: Vec<u8>, part: &str) -> Result<(Vec<u8>, bool), Error> {
    let to_unit = match bytes.get(..2) {
        Some(b"\xff\xfe" | b"<\0") => u16::from_le_bytes,
        Some(b"\xfe\xff" | b"\0<") => u16::from_be_bytes,
        _ => return Ok((bytes, false)),
    };
    let units = bytes.as_chunks::<2>().0.iter().map(|&pair| to_unit(pair));
    let text: String =
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    within_limit(text.as_bytes(), part)?;
    Ok((text.into_bytes(), true))
}

/// The names under which the main document may stand, most trustworthy first.
fn document_candidates(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    relationships: &[Relationship],
) -> Vec<String> {
    let mut candidates = Vec::new();
    if let Some(target) = relationships::target(relationships, "", "officeDocument") {
        candidates.push(target);
    }
    let usual = "word/document.xml";
    if candidates.first().is_none_or(|name| !name.eq_ignore_ascii_case(usual)) {
        let types = inflate_optional(archive, "[Content_Types].xml");
        candidates.extend(relationships::document_by_content_type(&types));
        candidates.push(usual.to_owned());
    }
    candidates
}

/// Whether the root element is `w:document`.
fn is_word_document(xml: &[u8]) -> bool {
    let Token::Open(root) = Scanner::new(xml).next() else { return false };
    let mut namespaces = Namespaces::new();
    namespaces.declare(&root);
    root.local() == b"document" && namespaces.of(&root) == Namespace::Word
}
