//! Packages that are odd, or none.

use nianbao_ooxml::limits::{MAX_ENTRIES, MAX_PART_BYTES};
use nianbao_ooxml::{Error, Package};

use crate::support::{NAMESPACE, archive, assert_outline, body, document, fixture, package};

fn error(bytes: &[u8]) -> Error {
    Package::open(bytes).unwrap_err()
}

const TEXT: &str = "<w:p><w:r><w:t>正文</w:t></w:r></w:p>";

fn relationships(target: &str) -> String {
    format!(r#"<Relationships><Relationship Type="x/officeDocument" Target="{target}"/></Relationships>"#)
}

#[test]
fn what_is_no_package_says_so() {
    for bytes in
        [&b""[..], b"P", b"%PDF-1.7", "正文".as_bytes(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .doc"]
    {
        assert_eq!(error(bytes), Error::NotAPackage);
    }
}

#[test]
fn a_cut_off_package_says_so() {
    let whole = fixture("grid");
    for length in (4..whole.len() - 100).step_by(97) {
        assert_eq!(error(&whole[..length]), Error::Truncated, "{length}");
    }
}

#[test]
fn a_damaged_part_says_so() {
    let mut bytes = fixture("python-docx").to_vec();
    let name = bytes.windows(17).position(|w| w == b"word/document.xml").unwrap();
    bytes[name + 400] ^= 0x55;
    assert!(matches!(error(&bytes), Error::Damaged { part, .. } if part == "word/document.xml"));
}

#[test]
fn passwords_are_recognised() {
    let mut container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    container.extend("Root Entry EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(error(&container), Error::Encrypted);

    // A package whose entries are encrypted one by one: bit 0 of the flags, in the entry and in the directory.
    let mut bytes = package(TEXT);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|w| w == signature).unwrap();
        bytes[at + flags] |= 1;
    }
    assert_eq!(error(&bytes), Error::Encrypted);
}

#[test]
fn other_packages_hold_no_document() {
    let workbook = archive([
        ("_rels/.rels", relationships("xl/workbook.xml")),
        ("xl/workbook.xml", "<workbook/>".into()),
    ]);
    assert_eq!(error(&workbook), Error::NoDocument);
    assert_eq!(error(&archive([("a.txt", "a")])), Error::NoDocument);
    assert_eq!(error(&archive::<&str, &str>([])), Error::NoDocument);
    let dangling = archive([("_rels/.rels", relationships("word/missing.xml"))]);
    assert_eq!(error(&dangling), Error::NoDocument);
    // A part of that name which is something else.
    assert_eq!(error(&archive([("word/document.xml", "<html/>")])), Error::NoDocument);
}

#[test]
fn the_main_part_is_found_wherever_it_is() {
    let xml = document(TEXT);
    let types = r#"<Types><Override PartName="/a/b.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"/></Types>"#;
    let packages = [
        // By its relationship, relative and absolute, with a wrong part under the usual name.
        archive([
            ("_rels/.rels", relationships("a/./x/../b.xml")),
            ("a/b.xml", xml.clone()),
            ("word/document.xml", "<x/>".into()),
        ]),
        archive([("_rels/.rels", relationships("/a/b.xml")), ("a/b.xml", xml.clone())]),
        // By its content type.
        archive([("[Content_Types].xml", types.into()), ("a/b.xml", xml.clone())]),
        // By its name, in another case and with the separators of another system.
        archive([("Word\\Document.XML", xml)]),
    ];
    for package in packages {
        assert_outline(&body(&package), "p 正文");
    }
}

#[test]
fn parts_can_be_read_by_name() {
    let bytes = fixture("python-docx");
    let package = Package::open(bytes).unwrap();
    assert!(package.part("word/styles.xml").unwrap().unwrap().starts_with(b"<?xml"));
    assert!(package.part("/WORD/STYLES.xml").unwrap().is_some());
    assert!(package.part("word/none.xml").unwrap().is_none());
}

#[test]
fn a_part_that_inflates_beyond_the_limit_is_refused() {
    let spaces = vec![b' '; MAX_PART_BYTES as usize + 1];
    let bomb = archive([("word/document.xml", spaces.as_slice())]);
    assert!(bomb.len() < 100_000);
    assert_eq!(error(&bomb), Error::TooLarge { part: "word/document.xml".into(), limit: MAX_PART_BYTES });

    // Where the bomb is not the text, the text is still read.
    let styled = document(r#"<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>"#);
    let body = body(&archive([("word/document.xml", styled.as_bytes()), ("word/styles.xml", &spaces)]));
    assert_outline(&body, "p 正文");
    assert_eq!(body.notes.unreadable_parts, ["styles"]);
}

#[test]
fn too_many_entries_are_refused() {
    let names: Vec<String> = (0..=MAX_ENTRIES).map(|n| n.to_string()).collect();
    let error = error(&archive(names.iter().map(|name| (name, ""))));
    assert_eq!(error, Error::TooLarge { part: nianbao_ooxml::ENTRIES.into(), limit: MAX_ENTRIES });
    assert_eq!(error.kind(), "too-large");
}

/// A directory in the ZIP64 form may declare any number of entries, and memory would be reserved for them.
#[test]
fn a_declared_number_of_entries_is_not_believed() {
    let mut bytes = package(TEXT);
    let end = bytes.split_off(bytes.len() - 22);
    let directory = bytes.len() as u64;
    bytes.resize(bytes.len() + 1_000_000, b' ');
    let at = bytes.len() as u64;
    bytes.extend(b"PK\x06\x06");
    bytes.extend(44_u64.to_le_bytes());
    bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [900_000, 900_000, 46, directory] {
        bytes.extend(u64::to_le_bytes(number));
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(at.to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(end);
    assert!(matches!(error(&bytes), Error::TooLarge { .. }));
}

#[test]
fn encodings_other_than_utf_8_are_decoded() {
    let xml = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="{NAMESPACE}"><w:body>{TEXT}</w:body></w:document>"#
    );
    let little: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = xml.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = [b"\xfe\xff", &big[..]].concat();
    let utf8 = ["\u{feff}", &xml].concat().into_bytes();
    for bytes in [little, big, marked, utf8] {
        assert_outline(&body(&archive([("word/document.xml", bytes)])), "p 正文");
    }
}

#[test]
fn errors_explain_themselves_in_two_languages() {
    let errors = [
        Error::NotAPackage,
        Error::Truncated,
        Error::Damaged { part: "word/document.xml".into(), reason: "bad checksum".into() },
        Error::TooLarge { part: "word/document.xml".into(), limit: MAX_PART_BYTES },
        Error::NoDocument,
        Error::Encrypted,
    ];
    let kinds: Vec<_> = errors.iter().map(Error::kind).collect();
    assert_eq!(kinds, ["not-a-package", "truncated", "damaged", "too-large", "no-document", "encrypted"]);
    assert_eq!(errors[3].message_zh(), "其中的 word/document.xml 解压后超过 64 MB");
    assert_eq!(errors[2].to_string(), "the package is damaged: word/document.xml: bad checksum");
}
