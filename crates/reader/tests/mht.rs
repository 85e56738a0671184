//! Web pages saved as one file: as Word and browsers save them, and what goes wrong with them.

mod common;

use common::{Dice, mutate, notes, outline, read, spelled_out, tables};
use nianbao_schema::document::{Document, FileKind};

macro_rules! fixtures {
    ($($name:literal)*) => {
        const FIXTURES: &[(&str, &[u8])] = &[$((
            $name,
            include_bytes!(concat!("../../../tests/fixtures/readers/mht/", $name, ".mht")),
        )),*];
    };
}

fixtures! { "base64" "browser" "mail" "single" "word" }

fn fixture(name: &str) -> Document {
    read(FIXTURES.iter().find(|(n, _)| *n == name).expect("a fixture").1)
}

/// The page in them is one that is also a fixture of its own.
#[test]
fn the_page_is_read_like_any_other() {
    let page = read(include_bytes!("../../../tests/fixtures/reports/full-2021-page-gb18030.html"));
    for (name, encoding) in [("word", "gb18030"), ("browser", "UTF-8")] {
        let document = fixture(name);
        assert_eq!(document.kind, FileKind::Mht);
        assert_eq!(document.encoding, Some(encoding));
        assert_eq!(spelled_out(&document), spelled_out(&page), "{name}");
        assert_eq!(document.metadata, page.metadata, "{name}");
        assert_eq!(tables(&document).len(), tables(&page).len());
    }
}

#[test]
fn parts_and_encodings() {
    let expected = ["T1", "| 0 规章 | 1 １２", "1 共12件=全部"];
    for (name, encoding) in [("base64", "UTF-16LE"), ("mail", "UTF-8"), ("single", "gb18030")] {
        let document = fixture(name);
        assert_eq!(spelled_out(&document), expected, "{name}");
        assert_eq!((document.kind, document.encoding), (FileKind::Mht, Some(encoding)), "{name}");
        assert!(notes(&document).is_empty(), "{name}");
    }
    // Lines and columns count in the page.
    let mail = fixture("mail");
    let text = &tables(&mail)[0].rows[0].cells[0].text;
    assert_eq!((text.location.line, text.location.column), (1, 16));
}

#[test]
fn odd_messages() {
    let message =
        |header: &str, body: &str| read(format!("MIME-Version: 1.0\r\n{header}\r\n\r\n{body}").as_bytes());
    let related = "content-TYPE: Multipart/Related; boundary=b";
    // A frame without text, then the page.
    let framed = "--b\nContent-Type: text/html\n\n<html><frameset></frameset>\n--b\nContent-Type: text/html\n\n<p>甲\n--b--\n";
    assert_eq!(outline(&message(related, framed)), ["p 甲"]);
    // No end, no charset, only text; and a part whose header never ends.
    assert_eq!(outline(&message(related, "--b\nContent-Type: text/plain\n\n甲\n乙")), ["p 甲", "p 乙"]);
    assert_eq!(
        outline(&message(related, "--b\nContent-Type: text/html\n\n<p>甲\n--bb\n<p>乙")),
        ["p 甲 --bb", "p 乙"]
    );
    let nested = format!("{}--z\n\n", "--b\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(1_000));
    let error = nianbao_reader::read(format!("MIME-Version: 1.0\n{related}\n\n{nested}").as_bytes());
    assert_eq!(error.expect_err("no page").kind(), "damaged");
}

#[test]
fn parts_made_to_do_harm() {
    let related = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n";
    for body in [
        "--b\n".repeat(300_000),
        "--b\nContent-Type: text/html\n\n".repeat(50_000),
        "--b\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(50_000),
        format!(
            "--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n{}",
            "= ".repeat(500_000)
        ),
        format!(
            "--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n{}",
            "PHA+".repeat(200_000)
        ),
        format!("--b\n{}\n\n", "Content-Type: text/html; a=b;".repeat(50_000)),
        format!("--b\n{}\n\n<p>", " folded\n".repeat(100_000)),
    ] {
        drop(nianbao_reader::read(format!("{related}{body}").as_bytes()));
    }
}

const TOKENS: &[&[u8]] = &[
    b"=",
    b"=\r\n",
    b"\r\n",
    b"\n\n",
    b"--",
    b"------=_NextPart_01DA2CC0.9B1B8A50\r\n",
    b"Content-Type: text/html\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"charset=",
    b"\"",
    b";",
    b"=E7=94",
    b"\xff",
    b"\0",
    b"<table>",
    b"</td>",
];

#[test]
fn mutants_of_the_fixtures() {
    let mut dice = Dice::new(2557);
    let mut blocks = 0;
    for round in 0..1_500 {
        let mut bytes = FIXTURES[round % FIXTURES.len()].1.to_vec();
        mutate(&mut bytes, TOKENS, &mut dice);
        if let Ok(document) = nianbao_reader::read(&bytes) {
            blocks += document.blocks.len();
        }
    }
    assert!(blocks > 5_000, "the mutants still are pages, for the most part: {blocks}");
}
