//! RTF: as LibreOffice saves it, and in the ways of other writers.

mod common;

use common::{Dice, Placed, notes, outline, placed, read, read_str, tables};
use nianbao_schema::document::{Document, FileKind, Location};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/", $name)).as_slice()
    };
}

const PYTHON: &[u8] = fixture!("readers/rtf/python-docx.rtf");
const NESTED: &[u8] = fixture!("readers/rtf/nested.rtf");
const NUMBERING: &[u8] = fixture!("readers/rtf/numbering.rtf");

fn body(rtf: &str) -> Document {
    read_str(&format!(
        "{{\\rtf1\\ansi\\ansicpg936\\deff0{{\\fonttbl{{\\f0\\fnil\\fcharset134 SimSun;}}{{\\f1\\froman\\fcharset0 Times;}}}}\n{rtf}}}"
    ))
}

fn cells(document: &Document) -> Vec<Vec<Placed>> {
    tables(document).into_iter().map(placed).collect()
}

/// The .rtf says what the .docx says that it was made from.
#[test]
fn saving_as_rtf_changes_nothing() {
    for (rtf, docx) in [
        (PYTHON, fixture!("readers/docx/python-docx.docx")),
        (NESTED, fixture!("readers/docx/nested.docx")),
        (fixture!("readers/rtf/full-2019.rtf"), fixture!("reports/full-2019.docx")),
    ] {
        let (rtf, docx) = (read(rtf), read(docx));
        assert_eq!(rtf.kind, FileKind::Rtf);
        assert_eq!(outline(&rtf), outline(&docx));
        assert_eq!(cells(&rtf), cells(&docx));
        assert_eq!(rtf.notes, docx.notes);
        assert_eq!(rtf.metadata.title, docx.metadata.title);
    }
}

#[test]
fn generated_numbers_stand_in_front() {
    let lines = outline(&read(NUMBERING));
    for line in ["h1 一、总体情况", "p ② 乙", "p 圆点", "p 1) 链接到样式", "p 第２项 某", "p 未定义"]
    {
        assert!(lines.iter().any(|l| l == line), "{line}: {lines:#?}");
    }
}

#[test]
fn text_in_all_its_forms() {
    let document = body(concat!(
        r"\pard \'c7\'e0\'ca\'af\'cf\'d8 2023{\b \'c4\'ea}\par ",
        r"\uc2\u38738\'c7\'e0\u30707\'ca\'af\uc1 \u21439?{\uc0\u26159}\u-10175?\u-8263?\par ",
        "\\f1 \\'93x\\'94 \\ldblquote y\\rdblquote\\~\\emdash  5\\_6\\-7\\{\\}\\\\\\par\r\n",
        r"{\f1 \'c7\'e0}\f0\'ca{\b\'af}\par ",
        // No replacement where one belongs: the mark counts all the same.
        r"\u38738\par\u30707?\tab \u21439?\line x\'0d\par",
    ));
    assert_eq!(
        outline(&document),
        [
            "p 青石县 2023年",
            "p 青石县是𠞹",
            "p “x” “y”\u{a0}— 5-67{}\\",
            "p 青\u{fffd}\u{fffd}",
            "p 青",
            "p 石\t县\nx",
        ]
    );
    assert_eq!((document.encoding, notes(&document)), (Some("gb18030"), vec!["undecodable-bytes"]));
}

#[test]
fn text_that_is_not_escaped() {
    let mut bytes = b"{\\rtf1\\ansicpg936 ".to_vec();
    let (text, _, _) = encoding_rs::GBK.encode("僜剗厈 青石县");
    assert!(text.contains(&b'\\') && text.contains(&b'}'), "second bytes that look like syntax");
    bytes.extend_from_slice(&text);
    bytes.extend_from_slice(b"\\par}");
    assert_eq!(outline(&read(&bytes)), ["p 僜剗厈 青石县"]);
}

#[test]
fn what_is_not_in_the_body() {
    let document = body(concat!(
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 x;}{\s2 heading 2;}{\*\cs3 heading 3;}{\s4\outlinelevel9 heading 4;}}",
        r"{\info{\title \'c4\'ea\'b1\'a8}{\author x}}{\*\generator y;}{\header z\par}{\footerl z\par}",
        r"\pard\s1 A\par\pard\s2 B\par\pard\s4 C\par\pard\outlinelevel2 D\par\pard\plain ",
        r"E{\footnote f}{\*\annotation a}{\field{\*\fldinst HYPERLINK x}{\fldrslt 12}}{\*\unknown u}{\xe x}\par ",
        r"{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict\wmetafile8 01}}\par ",
        r"F{\shp{\*\shpinst{\sp{\sn x}}{\shptxt box\par}}{\shprslt old\par}}\par ",
        r"{\upr{?}{\*\ud{\u38738?}}}\par ",
        r"{\revised 1}{\deleted 2}3{\v 4}\par{\deleted \par}G\par",
    ));
    assert_eq!(
        outline(&document),
        ["h1 A", "h2 B", "p C", "h3 D", "p E12", "img ", "p F", "p 青", "p 134", "p G"]
    );
    assert_eq!(notes(&document), ["tracked-changes", "hidden-text", "text-box"]);
    assert_eq!(document.metadata.title.as_deref(), Some("年报"));
}

#[test]
fn merged_cells() {
    let document = body(concat!(
        r"\trowd\trleft-108\clmgf\cellx1000\clmrg\cellx2000\cellx3000\pard\intbl A\cell\cell B\cell\row ",
        r"\trowd\trleft-100\clvmgf\cellx1030\cellx2000\cellx3010 \pard\intbl C\par D\cell 1\cell 2\cell\row ",
        r"\trowd\trleft-108\clvmrg\cellx1000\cellx3000 \pard\intbl x\cell 3\cell\row ",
        r"\trowd\trleft-108\clvmrg\cellx1000\cellx3000 \pard\intbl \cell 4\cell\row \pard E\par",
    ));
    let cell = |row, column, colspan, rowspan, text: &str| (row, column, colspan, rowspan, text.to_owned());
    assert_eq!(
        cells(&document),
        [[
            cell(1, 1, 2, 1, "A"),
            cell(1, 3, 1, 1, "B"),
            cell(2, 1, 1, 3, "C\nD"),
            cell(2, 2, 1, 1, "1"),
            cell(2, 3, 1, 1, "2"),
            cell(3, 2, 2, 1, "3"),
            cell(4, 2, 2, 1, "4"),
        ]]
    );
    assert_eq!(notes(&document), ["covered-text"]);
    assert_eq!(tables(&document)[0].rows[2].cells[0].text.location, Location::default().in_cell(1, 3, 2));
}

/// Word says what a row is behind its cells too; others say it once for many rows, or leave out `\intbl`.
#[test]
fn rows_of_other_writers() {
    let word = body(concat!(
        r"\trowd\cellx1000\cellx2000\pard\plain\intbl\itap1{A\cell B\cell}\pard\intbl{\trowd\cellx1000\cellx2000\row}",
        r"\pard\plain\intbl{1\cell}{2\cell}\pard\intbl{\trowd\cellx1000\cellx2000\row}\pard\par after\par",
    ));
    let once =
        body(r"\trowd\cellx1000\cellx2000\pard\intbl A\cell B\cell\row 1\cell 2\cell\row\pard after\par");
    let bare = body(
        r"\trowd\cellx1000\cellx2000 A\cell B\cell\row\trowd\cellx1000\cellx2000 1\cell 2\cell\row\pard after\par",
    );
    for document in [word, once, bare] {
        assert_eq!(outline(&document), ["table A|B/1|2", "p after"]);
        assert!(document.notes.is_empty());
    }
    let shapeless = body(r"\trowd\pard\intbl A\cell B\cell\row\trowd 1\cell 2\cell\row\pard");
    assert_eq!(outline(&shapeless), ["table A|B/1|2"]);
    assert_eq!(notes(&shapeless), ["missing-geometry"]);
}

#[test]
fn nested_tables() {
    let document = body(concat!(
        r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl A\cell B\cell C\cell\row",
        r"\pard\intbl D\cell\pard\intbl\itap2 1\nestcell 2\nestcell",
        r"{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}",
        r"\pard\intbl E\cell F\cell\row\pard after\par",
    ));
    assert_eq!(outline(&document), ["table A|B|C/D|1\n2\nE|F", "p after"]);
    assert_eq!(notes(&document), ["nested-table"]);
}

#[test]
fn files_cut_short_are_read_as_far_as_they_go() {
    for length in (6..PYTHON.len()).step_by(97) {
        let document = read(&PYTHON[..length]);
        assert_eq!(document.kind, FileKind::Rtf);
        assert!(notes(&document).contains(&"missing-text"), "{length}");
    }
    let document = body(r"A\par}B\par");
    assert_eq!((outline(&document), notes(&document)), (vec!["p A".to_owned()], vec!["missing-text"]));
}

#[test]
fn hostile_files() {
    for rtf in [
        "{".repeat(300_000),
        "{\\b".repeat(100_000) + "x" + &"}".repeat(100_000),
        "\\par".repeat(700_000),
        format!("\\trowd{}\\cell\\row", "\\cellx1".repeat(100_000)),
        format!("\\trowd\\cellx1 {}\\row", "\\cell".repeat(300_000)),
        format!("\\trowd{}{}", "\\cellx9".repeat(2_000), "\\cell\\row".repeat(50_000)),
        (0..3_000).map(|i| format!("\\trowd\\cellx{}\\cell\\row", i * 100)).collect(),
        "\\intbl\\itap2000000000 x\\nestcell\\nestrow".repeat(10_000),
        (0..5_000).map(|i| format!("\\pard\\intbl\\itap{} x\\par", i % 40)).collect(),
        "\\u55357 ?".repeat(100_000),
        "\\uc2000000000\\u1 x".repeat(1_000),
        "\\bin2000000000 x".to_owned(),
        "\\bin-1 x\\cellx-2147483648\\cellx2147483647\\cellx2147483647\\cell\\cell\\cell\\row".to_owned(),
        format!("\\pard x{{\\listtext {}}}\\par", "1".repeat(100_000)),
    ] {
        let document = body(&rtf);
        assert!(document.blocks.len() <= nianbao_reader::limits::PARTS);
    }
    assert_eq!(notes(&body(&"\\par".repeat(700_000))), ["limit-reached"]);
}

/// Words that are likely to matter.
const TOKENS: &[&[u8]] = &[
    b"{",
    b"}",
    b"\\",
    b"\\'",
    b"\\'ff",
    b"\\par ",
    b"\\pard ",
    b"\\cell ",
    b"\\row ",
    b"\\nestcell ",
    b"\\nestrow ",
    b"\\trowd ",
    b"\\cellx5000 ",
    b"\\cellx-9 ",
    b"\\clvmgf ",
    b"\\clvmrg ",
    b"\\clmgf ",
    b"\\clmrg ",
    b"\\intbl ",
    b"\\itap3 ",
    b"\\bin9 ",
    b"\\u-10179 ",
    b"\\uc9 ",
    b"{\\*\\x ",
    b"{\\upr",
    b"{\\*\\ud",
    b"{\\*\\nesttableprops ",
    b"{\\pict",
    b"\\deleted ",
    b"\\f99 ",
    b"\x81",
];

#[test]
fn mutants() {
    let fixtures = [PYTHON, NESTED, NUMBERING, fixture!("readers/rtf/full-2019.rtf")];
    let mut dice = Dice::new(19);
    let (mut blocks, mut cells) = (0, 0);
    for round in 0..3_000 {
        let original = fixtures[round % fixtures.len()];
        // A part of the file is enough to go wrong, and takes less time.
        let body = original.windows(5).position(|w| w == b"\\pard").unwrap_or(0);
        let start = body + dice.below(original.len() - body);
        let mut bytes = b"{\\rtf1\\ansicpg936 ".to_vec();
        bytes.extend_from_slice(&original[start..original.len().min(start + 6_000)]);
        for _ in 0..1 + dice.below(8) {
            let at = 6 + dice.below(bytes.len() - 6);
            let end = (at + dice.below(40)).min(bytes.len());
            match dice.below(4) {
                0 => drop(bytes.splice(at..end, [])),
                1 => drop(bytes.splice(at..at, TOKENS[dice.below(TOKENS.len())].iter().copied())),
                2 => bytes.iter_mut().skip(at).take(1).for_each(|b| *b = dice.below(256) as u8),
                _ => {
                    let copy = bytes[at..end].to_vec();
                    let to = 6 + dice.below(bytes.len() - 6);
                    drop(bytes.splice(to..to, copy));
                }
            }
        }
        let document = read(&bytes);
        blocks += document.blocks.len();
        cells += tables(&document).iter().map(|table| placed(table).len()).sum::<usize>();
    }
    assert!(blocks > 5_000 && cells > 20_000, "the mutants still are documents: {blocks}, {cells}");
}
