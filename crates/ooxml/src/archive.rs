//! The ZIP archive under a package: its parts by name, inflated within the limits.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{ENTRIES, Error};
use crate::limits::{MAX_ENTRIES, MAX_PART_BYTES};

/// An opened archive, of this kind of package or another (OpenDocument text, a workbook).
///
/// ```
/// let error = nianbao_ooxml::Archive::open(b"plain text").unwrap_err();
/// assert_eq!(error.kind(), "not-a-package");
/// ```
#[derive(Debug)]
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// Reads the directory of an archive.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        Ok(Self { zip: open_archive(bytes)? })
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        entry(&self.zip, name).is_some()
    }

    /// A part by its name, inflated and in UTF-8; none if there is no such part.
    ///
    /// Part names match without regard to case (ECMA-376 part 2, “Part names”), and `\` counts as `/`, because some ZIP
    /// writers put it there.
    pub fn part(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.decoded(name)?.map(|(bytes, _)| bytes))
    }

    /// As [`Archive::part`]; says too whether the part was UTF-16.
    pub(crate) fn decoded(&self, name: &str) -> Result<Option<(Vec<u8>, bool)>, Error> {
        let Some(index) = entry(&self.zip, name) else { return Ok(None) };
        decode(inflate(&mut self.zip.clone(), index, name)?, name).map(Some)
    }

    /// A part that can be done without: empty if it is absent or damaged.
    pub(crate) fn optional(&self, name: &str) -> Vec<u8> {
        self.part(name).ok().flatten().unwrap_or_default()
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
