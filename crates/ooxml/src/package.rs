//! The package: a ZIP archive of parts, and which of them is what.

use crate::archive::Archive;
use crate::error::Error;
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
    archive: Archive<'a>,
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
        let archive = Archive::open(bytes)?;
        let relationships = relationships::read(&archive.optional("_rels/.rels"));
        let mut found = Err(Error::NoDocument);
        for candidate in document_candidates(&archive, &relationships) {
            let Some((document_xml, is_transcoded)) = archive.decoded(&candidate)? else { continue };
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

    /// A part by its name, as [`Archive::part`] reads it.
    pub fn part(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        self.archive.part(name)
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

/// The names under which the main document may stand, most trustworthy first.
fn document_candidates(archive: &Archive<'_>, relationships: &[Relationship]) -> Vec<String> {
    let mut candidates = Vec::new();
    if let Some(target) = relationships::target(relationships, "", "officeDocument") {
        candidates.push(target);
    }
    let usual = "word/document.xml";
    if candidates.first().is_none_or(|name| !name.eq_ignore_ascii_case(usual)) {
        let types = archive.optional("[Content_Types].xml");
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
