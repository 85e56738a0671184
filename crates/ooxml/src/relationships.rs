//! Relationships and content types: how the parts of a package find each other (ECMA-376 part 2).

use crate::xml::{Scanner, Tag, Token};

/// One relationship inside the package.
#[derive(Debug)]
pub(crate) struct Relationship {
    /// The last segment of the type, which strict and transitional documents share (`styles`, `officeDocument`).
    kind: String,
    target: String,
}

/// Reads a `.rels` part. Targets outside the package are left out.
pub(crate) fn read(xml: &[u8]) -> Vec<Relationship> {
    let mut relationships = Vec::new();
    each_element(xml, |tag| {
        if tag.local() != b"Relationship" || tag.raw(b"TargetMode") == Some(b"External") {
            return;
        }
        if let (Some(kind), Some(target)) = (tag.value(b"Type"), tag.value(b"Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relationships.push(Relationship { kind, target: target.into_owned() });
        }
    });
    relationships
}

/// The part that the first relationship of a kind leads to, for a source part in `folder`.
pub(crate) fn target(relationships: &[Relationship], folder: &str, kind: &str) -> Option<String> {
    let relationship = relationships.iter().find(|r| r.kind == kind)?;
    Some(join(folder, &relationship.target))
}

/// The part that `[Content_Types].xml` declares to be a main document: a document or a template, with macros or not.
pub(crate) fn document_by_content_type(xml: &[u8]) -> Option<String> {
    let mut part = None;
    each_element(xml, |tag| {
        let content_type = tag.value(b"ContentType").unwrap_or_default();
        let is_word = content_type.contains("wordprocessingml.") || content_type.contains("ms-word.");
        if part.is_none() && is_word && content_type.ends_with(".main+xml") {
            part = tag.value(b"PartName").map(|name| join("", &name));
        }
    });
    part
}

fn each_element<'a>(xml: &'a [u8], mut visit: impl FnMut(&Tag<'a>)) {
    let mut scanner = Scanner::new(xml);
    loop {
        match scanner.next() {
            Token::Open(tag) => visit(&tag),
            Token::Close(_) => {}
            Token::End => return,
        }
    }
}

/// Resolves a target against the folder of its source part.
fn join(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for segment in target.split('/') {
        match segment {
            ".." => {
                segments.pop();
            }
            "." => {}
            segment => segments.push(segment),
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments.join("/")
}
