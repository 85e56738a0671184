//! Kinds of files: by content, with an answer for those that are not read.

mod common;

use std::io::Write;

use common::{notes, read_str};
use nianbao_reader::{Foreign, ReadError, limits, read};
use nianbao_schema::document::FileKind;

#[test]
fn foreign_files_are_named() {
    let ole = |stream: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend([0; 500]);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let mhtml = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n<html>";
    for (bytes, kind, word) in [
        (b"".to_vec(), "empty", "空"),
        (b"\xef\xbb\xbf".to_vec(), "empty", "空"),
        (b"\x89PNG\r\n\x1a\n....".to_vec(), "unsupported", "这是 PNG 图片，不是文档；"),
        (b"\xff\xd8\xff\xe0....".to_vec(), "unsupported", "JPEG"),
        #[cfg(feature = "pdf")]
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3".to_vec(), "damaged", "PDF 的结构无法识别"),
        #[cfg(not(feature = "pdf"))]
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3".to_vec(), "unsupported", "这是 PDF 文件，暂不支持；"),
        (mhtml.to_vec(), "damaged", "没有网页"),
        (ole("WordDocument"), "damaged", "另存为 .docx"),
        (ole("Workbook"), "damaged", "目录"),
        (ole("Book\0"), "unsupported", ".xlsx"),
        (ole("EncryptedPackage"), "encrypted", "密码"),
        (b"Rar!\x1a\x07\x01\x00".to_vec(), "unsupported", "解压"),
        (
            b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>".to_vec(),
            "unsupported",
            "XML",
        ),
        (
            (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect(),
            "unsupported",
            "二进制",
        ),
        (vec![0; 100], "unsupported", "二进制"),
    ] {
        let error = read(&bytes).expect_err(word);
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.message_zh().contains(word), "{}", error.message_zh());
        assert!(error.message_zh().ends_with('。') && !error.to_string().is_empty());
    }
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let error = read(&vec![b'a'; limits::INPUT + 1]).expect_err("too large");
    assert_eq!(error.kind(), "too-large");
    assert!(error.message_zh().contains("上限 64 MB"), "{}", error.message_zh());
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, options).expect("a part");
        writer.write_all(content.as_bytes()).expect("its content");
    }
    writer.finish().expect("a package").into_inner()
}

#[test]
fn packages_are_told_apart_by_their_parts() {
    for (parts, foreign) in [
        (&[("xl/workbook.bin", "")][..], Foreign::Workbook),
        (&[("ppt/presentation.xml", "")], Foreign::Pptx),
        (&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")], Foreign::OpenDocument),
        (&[("mimetype", "application/epub+zip")], Foreign::Epub),
        (&[("OFD.xml", "<ofd:OFD/>"), ("Doc_0/Document.xml", "")], Foreign::Ofd),
        (&[("年报.txt", "正文")], Foreign::Archive("ZIP")),
    ] {
        assert_eq!(read(&zip(parts)), Err(ReadError::Unsupported(foreign)));
    }
}

#[test]
fn a_package_cut_short_is_damaged() {
    let package = zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>")]);
    let error = read(&package[..package.len() - 60]).expect_err("no directory");
    assert_eq!(error.kind(), "damaged");
    assert!(error.message_zh().starts_with("文件已损坏："), "{}", error.message_zh());
}

#[test]
fn content_decides_and_not_the_name() {
    for (text, kind) in [
        ("青石县水务局\n<正文>", FileKind::Text),
        ("  \n<!-- 注 --><HTML><p>甲", FileKind::Html),
        ("标题<br>甲<br>乙<br>丙", FileKind::Html),
        ("[公开] 甲", FileKind::Text),
        ("{甲}\n乙", FileKind::Text),
    ] {
        assert_eq!(read_str(text).kind, kind, "{text}");
    }
}

#[test]
fn what_cannot_be_decoded_is_told() {
    let document =
        read("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥\n甲\u{fffd}乙".as_bytes()).expect("text");
    assert_eq!(notes(&document), ["undecodable-bytes"]);
    let place = document.notes[0].location.expect("a place");
    assert_eq!((place.line, place.column), (2, 2));

    let document = read_str("<meta charset=gbk><p>青石县水务局年度报告");
    assert_eq!((document.encoding, notes(&document)), (Some("UTF-8"), vec!["encoding-mislabelled"]));
}
