//! Files made to do harm, and files broken by chance: they are read, or refused, and nothing else happens.

mod common;

use std::fmt::Write;

use common::{Dice, mutate, notes, outline, read, read_str, tables};
use nianbao_reader::limits;

/// Nothing here depends on time, but what is not linear would not come to an end.
#[test]
fn a_million_nested_tags() {
    for (tag, times) in [
        ("<div>", 1_000_000),
        ("<table>", 200_000),
        ("<table><tr><td>", 100_000),
        ("<span>", 100_000),
        ("<p hidden>", 100_000),
        ("<ul><li>", 100_000),
        ("<div hidden>", 100_000),
        ("<font", 100_000),
    ] {
        let document = read_str(&format!("<html>{}甲", tag.repeat(times)));
        assert!(document.blocks.len() <= 1, "{tag}");
    }
    let nested = format!("{}甲{}乙", "<table><tr><td>".repeat(50_000), "</table>".repeat(50_000));
    assert_eq!(outline(&read_str(&nested)), ["p 甲", "p 乙"]);
    let sizable = "<table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6".repeat(20_000);
    assert_eq!(read_str(&sizable).blocks.len(), 6 * 19_999 + 1);
    let each = "<table><tr><td>甲<td>".repeat(20_000);
    assert_eq!(read_str(&each).blocks.len(), 20_000);
}

#[test]
fn what_is_never_closed() {
    let mut page = String::new();
    for i in 0..3_000 {
        write!(page, "<b><td>{i}<tr><p><a href='x>y'><table><h1><li>").expect("a string takes all");
    }
    read_str(&page);
    for start in
        ["<!--", "<script>", "<title>", "<a b='", "<p style=\"", "&", "&#", "<![CDATA[", "<textarea>", "</"]
    {
        let page = format!("<html><p>甲</p>{}", start.repeat(50_000));
        assert_eq!(outline(&read_str(&page))[0], "p 甲", "{start}");
    }
}

#[test]
fn long_lines_of_every_mark() {
    for mark in [
        "\t",
        "|",
        "| a ",
        "\t1\t\n",
        "a\tb\n",
        "[bookmark: ",
        "HYPERLINK",
        "HYPERLINK \"",
        "HYPERLINK “",
        "_Toc1",
        "TOC \\",
        "\\* MERGEFORMAT",
        "<table>",
        "<table>\n",
        "#",
        "**",
        "\u{200b}",
        "\r",
        "|\n",
        "甲|乙|丙\n",
        "\u{3000}",
        "甲\t\n\n",
        "---\n",
        "-- ----\n",
        "a  1\n",
        "a  1 ",
        "+--+\n",
        "+--+\n| 1 |\n",
        "+-",
    ] {
        read_str(&format!("甲{}", mark.repeat(20_000)));
        read_str(&mark.repeat(20_000));
    }
}

#[test]
fn limits_hold() {
    let document = read_str(&"<p>甲".repeat(limits::BLOCKS + 10));
    assert_eq!(document.blocks.len(), limits::BLOCKS);
    assert_eq!(notes(&document), ["limit-reached"]);
    assert!(document.notes[0].message.contains("其余 10 个"), "{}", document.notes[0].message);

    let wide = format!("<table><tr>{}</table>", "<td colspan=1000>甲".repeat(10_000));
    let document = read_str(&wide);
    assert_eq!(tables(&document)[0].rows[0].cells.len(), 2);

    let long = format!("<table>{}</table>", "<tr><td>甲<td>乙".repeat(limits::ROWS + 5));
    assert_eq!(tables(&read_str(&long))[0].rows.len(), limits::ROWS);

    let covered =
        format!("<table><tr>{}{}</table>", "<td rowspan=1000>甲".repeat(1999), "<tr><td>乙".repeat(999));
    assert_eq!(tables(&read_str(&covered))[0].rows.len(), 1000);

    let flow = format!("{}\n{}", "|甲".repeat(3_000), "|乙|丙|\n".repeat(limits::ROWS));
    let document = read_str(&flow);
    assert_eq!(tables(&document)[0].rows[0].cells.len(), limits::COLUMNS);
}

#[test]
fn odd_characters() {
    assert_eq!(outline(&read("甲乙丙丁\0戊己庚辛\0".as_bytes())), ["p 甲乙丙丁戊己庚辛"]);
    let surrogates: Vec<u8> =
        [0xfeff, 0x7532, 0xd800, 0x4e59, 0x4e19, 0x4e01, 0x620a, 0xdfff, 0x5df1, 0x5e9a, 0x8f9b]
            .into_iter()
            .flat_map(u16::to_le_bytes)
            .collect();
    let document = read(&surrogates);
    assert_eq!(outline(&document), ["p 甲\u{fffd}乙丙丁戊\u{fffd}己庚辛"]);
    assert_eq!(notes(&document), ["undecodable-bytes"]);
}

macro_rules! fixtures {
    ($($name:literal),* $(,)?) => {
        [$(include_bytes!(concat!("../../../tests/fixtures/readers/", $name)).as_slice()),*]
    };
}

/// Bytes that are likely to matter.
const TOKENS: &[&[u8]] = &[
    b"<",
    b">",
    b"\t",
    b"\n",
    b"\n\n",
    b"|",
    b"\"",
    b"'",
    b"&",
    b";",
    b"\0",
    b"\xff",
    b"\x81",
    b"</td>",
    b"</table>",
    b"<table>",
    b"<tr>",
    b"<td>",
    b"<td rowspan=3>",
    b" colspan=\"7\"",
    b"<!--",
    b"-->",
    b"<script>",
    b"<p hidden>",
    b"<br>",
    b"</div>",
    "　".as_bytes(),
    "\u{200b}".as_bytes(),
    b"[bookmark: ",
    b"# ",
    b"**",
    b"\\",
    b"\r",
    b"0",
    b"HYPERLINK \"",
];

#[test]
fn mutants_of_the_fixtures() {
    let fixtures = fixtures![
        "html/spans.html",
        "html/chrome.html",
        "html/unclosed.html",
        "html/utf16.html",
        "html/gb2312.html",
        "html/gbk-undeclared.html",
        "html/layout.html",
        "text/tika-word.txt",
        "text/tika-html.txt",
        "text/pipes.md",
        "text/spreadsheet.txt",
        "text/markdown-html.md",
    ];
    let mut dice = Dice::new(2023);
    let mut blocks = 0;
    for round in 0..2_400 {
        let original = fixtures[round % fixtures.len()];
        // A part of the file is enough to go wrong, and takes less time.
        let start = dice.below(original.len());
        let mut bytes = original[start..original.len().min(start + 3_000)].to_vec();
        mutate(&mut bytes, TOKENS, &mut dice);
        if let Ok(document) = nianbao_reader::read(&bytes) {
            blocks += document.blocks.len();
            if let Ok(source) = std::str::from_utf8(&bytes)
                && !source.contains(['\u{b}', '\u{c}', '\u{2028}', '\u{85}'])
                && !source.starts_with('\u{feff}')
                && document.encoding == Some("UTF-8")
            {
                common::assert_positions(source, &document);
            }
        }
    }
    assert!(blocks > 10_000, "the mutants still are documents, for the most part");
}
