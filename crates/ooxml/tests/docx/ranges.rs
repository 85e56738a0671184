//! The byte ranges: that they hold what they say, and that splicing there changes that and nothing else.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::Range;

use nianbao_ooxml::{Block, Body, Package, Paragraph, Piece, Source};
use quick_xml::events::Event;

use crate::support::{FIXTURES, archive, fixture, outline};

/// All paragraphs, and all elements by the name that they should have.
fn visit<'a>(
    blocks: &'a [Block],
    paragraphs: &mut Vec<&'a Paragraph>,
    elements: &mut Vec<(&'static str, Range<u32>)>,
) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                elements.push(("p", paragraph.range.clone()));
                paragraphs.push(paragraph);
            }
            Block::Table(table) => {
                elements.push(("tbl", table.range.clone()));
                for row in &table.rows {
                    elements.push(("tr", row.range.clone()));
                    for cell in &row.cells {
                        elements.push(("tc", cell.range.clone()));
                        visit(&cell.blocks, paragraphs, elements);
                    }
                }
            }
        }
    }
}

fn parts(body: &Body) -> (Vec<&Paragraph>, Vec<(&'static str, Range<u32>)>) {
    let (mut paragraphs, mut elements) = (Vec::new(), Vec::new());
    visit(&body.blocks, &mut paragraphs, &mut elements);
    (paragraphs, elements)
}

/// The local name of the element that `xml` is, if it is exactly one element.
fn only_element(xml: &[u8]) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(str::from_utf8(xml).ok()?);
    let (mut depth, mut name) = (0, None);
    loop {
        let event = reader.read_event().ok()?;
        let tag = match &event {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::End(_) => {
                depth -= 1;
                continue;
            }
            Event::Eof => return (depth == 0).then_some(name).flatten(),
            _ if depth == 0 => return None,
            _ => continue,
        };
        if depth == 0 && name.replace(tag.local_name().as_ref().to_owned()).is_some() {
            return None;
        }
        depth += i32::from(matches!(event, Event::Start(_)));
    }
}

#[test]
fn ranges_of_blocks_are_elements() {
    let mut count = 0;
    for (name, bytes) in FIXTURES {
        let package = Package::open(bytes).unwrap();
        let body = package.body();
        for (element, range) in parts(&body).1 {
            let xml = &package.document_xml()[range.start as usize..range.end as usize];
            assert_eq!(only_element(xml).as_deref(), Some(element), "{name} at {range:?}");
            count += 1;
        }
    }
    assert!(count > 500, "only {count} elements");
}

#[test]
fn pieces_cover_the_text_and_are_its_source() {
    let mut seen = BTreeMap::new();
    for (name, bytes) in FIXTURES {
        let package = Package::open(bytes).unwrap();
        let body = package.body();
        for paragraph in parts(&body).0 {
            assert_eq!(
                paragraph.pieces.first().map(|piece| piece.at),
                (!paragraph.text.is_empty()).then_some(0)
            );
            let ends =
                paragraph.pieces.iter().skip(1).map(|piece| piece.at).chain([paragraph.text.len() as u32]);
            for (piece, end) in paragraph.pieces.iter().zip(ends) {
                let text = &paragraph.text[piece.at as usize..end as usize];
                let source = &package.document_xml()[piece.range()];
                check(piece, text, str::from_utf8(source).unwrap(), name);
                *seen.entry(format!("{:?}", piece.source)).or_insert(0) += 1;
            }
        }
    }
    assert!(seen["Verbatim"] > 300 && seen["Reference"] > 5 && seen["Element"] > 10, "{seen:?}");
}

fn check(piece: &Piece, text: &str, source: &str, name: &str) {
    match piece.source {
        Source::Verbatim => assert_eq!(text, source.replace(['\n', '\t', '\r'], " "), "{name}"),
        Source::Reference => assert_eq!(text, quick_xml::escape::unescape(source).unwrap(), "{name}"),
        Source::Element => {
            let element = only_element(source.as_bytes()).unwrap();
            let expected = match text {
                "\t" => "tab",
                "\n" if source.contains("cr") => "cr",
                "\n" => "br",
                "-" => "noBreakHyphen",
                _ => "sym",
            };
            assert_eq!(element, expected, "{name}");
        }
        Source::Invalid => panic!("{name}: {source}"),
    }
}

/// Puts digits in the place of every piece in turn, and looks at what changed.
#[test]
fn splicing_a_piece_changes_that_text_only() {
    for name in ["grid", "libreoffice", "python-docx", "text-boxes", "changes", "utf-16"] {
        let bytes = fixture(name);
        let package = Package::open(bytes).unwrap();
        let before = package.body();
        for paragraph in parts(&before).0 {
            let Some(piece) = paragraph.pieces.iter().find(|piece| piece.source == Source::Verbatim) else {
                continue;
            };
            let mut xml = package.document_xml().to_vec();
            xml.splice(piece.range(), *b"98765");
            let after = Package::open(&with_part(bytes, package.document_part(), &xml)).unwrap().body();
            let (before_lines, after_lines) = (outline(&before), outline(&after));
            let changed: Vec<_> =
                before_lines.lines().zip(after_lines.lines()).filter(|(a, b)| a != b).collect();
            assert_eq!(changed.len(), 1, "{name}: {changed:?}");
            assert!(changed[0].1.contains("98765"), "{name}: {changed:?}");
        }
    }
}

fn with_part(bytes: &[u8], name: &str, part: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let content = if file.name() == name { part.to_vec() } else { content };
        parts.push((file.name().to_owned(), content));
    }
    archive(parts)
}

#[test]
fn broken_characters_have_a_place() {
    let mut xml = b"<w:document><w:body><w:p><w:r><w:t>\xe4\xb8\x80".to_vec();
    let at = xml.len() - 3;
    xml.extend(b"\xff\xfe\xe4\xba\x8c\xe4\xb8</w:t></w:r></w:p></w:body></w:document>");
    let body = Package::open(&archive([("word/document.xml", xml)])).unwrap().body();
    let Block::Paragraph(paragraph) = &body.blocks[0] else { panic!("not a paragraph") };
    assert_eq!(paragraph.text, "一\u{fffd}\u{fffd}二\u{fffd}");
    let ranges: Vec<_> =
        paragraph.pieces.iter().map(|piece| (piece.range().start - at, piece.source)).collect();
    use Source::{Invalid, Verbatim};
    assert_eq!(ranges, [(0, Verbatim), (3, Invalid), (4, Invalid), (5, Verbatim), (8, Invalid)]);
    assert_eq!(body.notes.invalid_texts, 3);
}
