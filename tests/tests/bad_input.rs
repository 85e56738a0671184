//! Bad input: a clear line for each file, exit status 2 where nothing could be read, no panic, bounded memory, the
//! other files still done.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::io::Write;

use common::{Run, Scratch, fixture, run};

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, data) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const CONTENT_TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONSHIPS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn docx(document: &[u8]) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("word/document.xml", document),
    ])
}

/// Runs with a file that cannot be read and one that can: the first gets one clear line, the second its findings.
fn unreadable(name: &str, content: &[u8]) -> Run {
    let scratch = Scratch::new();
    let path = scratch.file(name, content);
    let zone = fixture("zone-2020.txt");
    let run = run(&["lint", "--format", "concise", &path, &zone]);
    assert_eq!(run.status, 2, "{name}: {run:?}");
    assert_eq!(run.err.lines().count(), 1, "{name}: {}", run.err);
    assert!(run.err.contains(name) && !run.err.contains("panicked"), "{name}: {}", run.err);
    assert_eq!(run.out.lines().count(), 10, "{name}: the other file is still done");
    run
}

/// Runs with a file that can be read, whatever is in it.
fn readable(name: &str, content: &[u8]) -> Run {
    let scratch = Scratch::new();
    let run = run(&["lint", "--format", "json", &scratch.file(name, content)]);
    assert!(run.status < 2, "{name}: {run:?}");
    assert_eq!(run.err, "", "{name}");
    run
}

#[test]
fn files_that_cannot_be_read_say_why() {
    assert!(unreadable("empty.docx", b"").err.contains("空"));
    let picture = unreadable("picture.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    assert!(picture.err.contains("PNG"), "{}", picture.err);
    unreadable("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on, but no more");
    unreadable("scan.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n");
    unreadable("noise.txt", &[0u8, 1, 2, 3, 255, 254, 0, 0, 7, 0, 0, 0].repeat(100));
    unreadable("other.docx", &package(&[("hello.txt", b"hello")]));
}

#[test]
fn a_truncated_package_is_damaged() {
    let whole = std::fs::read(common::root().join(fixture("clean.docx"))).unwrap();
    for length in [4, 30, 1000, whole.len() / 2, whole.len() - 10] {
        unreadable("cut.docx", &whole[..length]);
    }
}

#[test]
fn a_zip_bomb_is_too_large() {
    let mut document =
        b"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
            .to_vec();
    document.resize(300 << 20, b' ');
    let bomb = docx(&document);
    assert!(bomb.len() < 2 << 20);
    let run = unreadable("bomb.docx", &bomb);
    assert!(run.err.contains('大'), "{}", run.err);
}

#[test]
fn deep_nesting_and_huge_spans_are_read_or_noted() {
    let deep = |open: &str, close: &str, n: usize| format!("{}文字{}", open.repeat(n), close.repeat(n));
    readable(
        "deep.html",
        format!("<html><body>{}</body></html>", deep("<div>", "</div>", 10_000)).as_bytes(),
    );
    readable(
        "deep-tables.html",
        format!("<html>{}", deep("<table><tr><td>", "</td></tr></table>", 10_000)).as_bytes(),
    );
    let wide =
        "<html><table><tr><td colspan=999999999 rowspan=999999999>规章</td><td>0</td></tr></table></html>";
    readable("wide.html", wide.as_bytes());
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"999999999\"/></w:tcPr><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc>";
    let table = format!("<w:document {w}><w:body><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:body></w:document>");
    readable("wide.docx", &docx(table.as_bytes()));
    let nested = format!(
        "<w:document {w}><w:body>{}</w:body></w:document>",
        deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 10_000)
    );
    // Too deep to be a document: either a note or a clear error, never a crash.
    let scratch = Scratch::new();
    let run = run(&["lint", &scratch.file("nested.docx", docx(nested.as_bytes()))]);
    assert!(matches!(run.status, 0..=2) && !run.err.contains("panicked"), "{run:?}");
}

#[test]
fn what_is_no_report_is_one_finding() {
    let run = readable("minutes.txt", "会议纪要\n今天讨论了三件事。".as_bytes());
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let codes: Vec<&str> = json["files"][0]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["S000"]);
}
