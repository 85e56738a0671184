//! The scanner against quick-xml on well-formed files, and alone on others.

use std::io::{Cursor, Read};

use quick_xml::events::Event;

use super::*;

const FILES: &[&[u8]] = &[
    include_bytes!("../../../../tests/fixtures/readers/docx/libreoffice-again.docx"),
    include_bytes!("../../../../tests/fixtures/readers/docx/pandoc.docx"),
    include_bytes!("../../../../tests/fixtures/readers/docx/python-docx.docx"),
    include_bytes!("../../../../tests/fixtures/readers/docx/runs.docx"),
];

/// All XML parts of the files.
fn parts() -> Vec<String> {
    let mut parts = Vec::new();
    for bytes in FILES {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).unwrap();
            if file.name().ends_with(".xml") || file.name().ends_with(".rels") {
                let mut part = String::new();
                file.read_to_string(&mut part).unwrap();
                parts.push(part);
            }
        }
    }
    parts
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// One line for each tag: where it is, its name, its attributes.
fn tags(xml: &str) -> Vec<String> {
    let mut scanner = Scanner::new(xml.as_bytes());
    let mut lines = Vec::new();
    loop {
        match scanner.next() {
            Token::Open(tag) => {
                let attributes =
                    tag.attributes().map(|(name, value)| (text(name), unescape(value).into_owned()));
                let attributes: Vec<_> = attributes.collect();
                let end = scanner.position();
                lines.push(format!("{}..{end} {} {} {attributes:?}", tag.start, text(tag.name), tag.empty));
                assert_eq!(tag.declares, attributes.iter().any(|(name, _)| name.starts_with("xmlns")));
            }
            Token::Close(name) => lines.push(format!("{} /{}", scanner.position(), text(name))),
            Token::End => break,
        }
    }
    assert_eq!(scanner.damaged_at(), None);
    lines
}

fn tags_by_quick_xml(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut lines = Vec::new();
    loop {
        let start = reader.buffer_position();
        let event = reader.read_event().unwrap();
        let end = reader.buffer_position();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                    (attribute.key.as_ref().to_owned(), value)
                });
                let (attributes, empty) = (attributes.collect::<Vec<_>>(), matches!(event, Event::Empty(_)));
                lines.push(format!("{start}..{end} {} {empty} {attributes:?}", tag.name().as_ref()));
            }
            Event::End(tag) => lines.push(format!("{end} /{}", tag.name().as_ref())),
            Event::Eof => return lines,
            _ => {}
        }
    }
}

#[test]
fn tags_are_those_that_quick_xml_sees() {
    let mut count = 0;
    for part in parts() {
        let (seen, expected) = (tags(&part), tags_by_quick_xml(&part));
        assert_eq!(seen, expected);
        count += seen.len();
    }
    assert!(count > 10_000, "only {count} tags");
}

/// Skips each element in turn and compares with what counting all tags gives.
#[test]
fn skipping_ends_where_the_element_ends() {
    for part in parts() {
        let mut open = Vec::new();
        let mut reader = Scanner::new(part.as_bytes());
        loop {
            match reader.next() {
                Token::Open(tag) if !tag.empty => {
                    let mut scanner = reader.clone();
                    scanner.skip(&tag);
                    open.push(scanner.position());
                    // The size of the style sheets makes this quadratic; the first elements have all shapes.
                    if reader.position() > 200_000 {
                        break;
                    }
                }
                Token::Close(_) => assert_eq!(open.pop(), Some(reader.position())),
                Token::Open(_) => {}
                Token::End => break,
            }
        }
    }
}

#[test]
fn unusual_but_well_formed() {
    let xml = "<?xml version='1.0'?><!DOCTYPE a [<!ELEMENT a ANY> <!ENTITY b '>'>]><!-- <x> -->\
               <a\n b = 'x>y' c=\"'\"\t><![CDATA[<x>]]><b/><?p <x> ?></a\n>";
    let lines = tags(xml);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].ends_with(r#"a false [("b", "x>y"), ("c", "'")]"#), "{}", lines[0]);
}

#[test]
fn damage_is_noted_where_it_is() {
    for (xml, tags, at) in [
        ("<a><b", 1, Some(3)),
        ("<a><b c=\"", 1, Some(3)),
        ("<a><b c=\"></a>", 1, Some(3)),
        ("<a><b <c/></a>", 4, Some(6)),
        ("<a></a", 1, Some(3)),
        ("<a><!-- </a>", 1, Some(3)),
        ("<a>1 < 2</a>", 3, Some(8)),
        ("<", 0, Some(0)),
        ("", 0, None),
    ] {
        let mut scanner = Scanner::new(xml.as_bytes());
        let mut count = 0;
        while !matches!(scanner.next(), Token::End) {
            count += 1;
        }
        assert_eq!((count, scanner.damaged_at()), (tags, at), "{xml}");
    }
}

#[test]
fn values_are_read_leniently() {
    let value = |xml: &str| match Scanner::new(xml.as_bytes()).next() {
        Token::Open(tag) => (tag.value(b"val").map(Cow::into_owned), tag.number(b"val"), tag.is_on()),
        _ => panic!("no tag"),
    };
    assert_eq!(value("<a w:val='&lt;&#x4E00;&#19968;&no;&'/>"), (Some("<一一&no;&".into()), None, true));
    assert_eq!(value("<a val=\" +12 \"/>"), (Some(" +12 ".into()), Some(12), true));
    assert_eq!(value("<a x:val='-99999999999999999999'/>").1, Some(i64::MIN));
    assert_eq!(value("<a w:val='false'/>"), (Some("false".into()), None, false));
    assert_eq!(value("<a b c='1' val=2/>"), (None, None, true));
    assert_eq!(value("<a/>"), (None, None, true));
}
