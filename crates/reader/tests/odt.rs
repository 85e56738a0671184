//! OpenDocument text: as LibreOffice and pandoc write it, what the standard allows, and what nobody should write.

mod common;

use common::{Dice, assert_grids, mutate, notes, read, spelled_out, tables, texts, unzip, zip};
use nianbao_schema::document::{Document, FileKind, Location};

macro_rules! fixtures {
    ($($name:literal)*) => {
        const FIXTURES: &[(&str, &[u8])] = &[$((
            $name,
            include_bytes!(concat!("../../../tests/fixtures/readers/odt/", $name)),
        )),*];
    };
}

fixtures! {
    "changes.odt" "encrypted.odt" "flat.fodt" "libreoffice-2019.odt" "libreoffice-2021.odt" "lists.odt" "nested.odt"
    "numbering.odt" "pandoc.odt" "prefixes.odt" "tables.odt" "template.odt" "text-boxes.odt" "texts.odt" "utf-16.odt"
}

fn bytes(name: &str) -> &'static [u8] {
    FIXTURES.iter().find(|(n, _)| *n == name).expect("a fixture").1
}

fn fixture(name: &str) -> Document {
    let document = read(bytes(name));
    assert_grids(&document);
    document
}

/// LibreOffice made these of the .docx, so that both must read the same but for the numbers of paragraphs.
#[test]
fn reports_are_the_same_as_in_word() {
    for (odt, docx) in [
        ("libreoffice-2021.odt", include_bytes!("../../../tests/fixtures/reports/full-2021.docx").as_slice()),
        ("libreoffice-2019.odt", include_bytes!("../../../tests/fixtures/reports/full-2019.docx")),
        ("nested.odt", include_bytes!("../../../tests/fixtures/readers/docx/nested.docx")),
    ] {
        let (odt, docx) = (fixture(odt), read(docx));
        assert_eq!(odt.kind, FileKind::Odt);
        assert_eq!(odt.encoding, None);
        assert_eq!(
            odt.metadata.title.as_deref().unwrap_or_default().is_empty(),
            odt.metadata.title.is_none()
        );
        assert_eq!(spelled_out(&odt), spelled_out(&docx));
        assert_eq!(notes(&odt), notes(&docx));
    }
}

#[test]
fn spans_and_repeated_cells() {
    let document = fixture("tables.odt");
    assert_eq!(document.metadata.title.as_deref(), Some("表格 & 合并"));
    assert_eq!(
        spelled_out(&document),
        [
            "1 跨行跨列",
            "T1",
            "| 0+3v2 甲 | 3+3 乙",
            "| 3 0 | 4 0 | 5 0",
            "| 0v2 丙 | 1 同 | 2 同 | 3 | 4 | 5",
            "| 1 1 | 2 2 | 3 3 | 4 4 | 5 5",
            "| 0 行 | 1+5 6",
            "| 0 行 | 1+5 6",
            "2 没有被合并的单元格",
            "T2",
            "| 0+2v2 甲 | 2 乙 | 3 丙",
            "| 2 丁 | 3 戊",
            "| 0 己 | 1+3 庚",
            "3 走错的单元格",
            "T3",
            "| 0 甲 | 1 乙 | 2",
            "| 0 丙 | 1 丁 | 2 戊",
            "| 0+3 己",
            "4 填充",
            "T4",
            "| 0 甲 | 1 1",
            "| 0 乙",
            "| 0 丙 | 1 2",
        ]
    );
    assert_eq!(notes(&document), ["covered-text", "stray-merge", "span-clamped"]);
}

#[test]
fn texts_read_as_they_are_shown() {
    let document = fixture("texts.odt");
    assert_eq!(
        spelled_out(&document),
        [
            "1 2023年 度   报 告",
            "2 h2 二→级⏎标题",
            "3 h1 一级",
            "4 h6 九级",
            "5 批注之后脚注链接7",
            "6 可见可见",
            // A hidden paragraph and a hidden section.
            "9 &<中 a&b",
            "10 目录项",
            "11 前后",
            "12 框内",
            "T1",
            "| 0 框内表",
            "13 *流程图",
            "14 *",
            "15 形状",
            "T2",
            "| 0 图 | 1 *",
            "17 末",
        ]
    );
    assert_eq!(notes(&document), ["tracked-changes", "hidden-text"]);
    assert!(document.notes[0].message.contains("插入 1 处，删除 1 处"), "{}", document.notes[0].message);
    assert_eq!(document.notes[1].location, Some(Location::paragraph(6)));
}

#[test]
fn lists_are_counted() {
    let document = fixture("lists.odt");
    assert_eq!(
        spelled_out(&document),
        [
            "1 h1 一、总体情况",
            "2 h2 无号",
            "3 h1 不编号",
            "4 h1 二、问题",
            "5 一、甲",
            "6 甲的第二段",
            "7 二、乙",
            "8 (二.3) 一级半",
            "9 (二.4) 再一",
            "10 第a/二项 三级",
            "11 圆点",
            "12 表头",
            "13 三、丙",
            "14 (三.3) 重新数",
            "15 中断",
            "16 四、丁",
            "17 一、另起",
            "18 九、续甲",
            "19 十、续",
            "20 ⑪ 换样式",
            "21 ① 随段落",
            "22 ② 随段落",
            "23 甲. 写明的号",
            "T1",
            "| 0 ① | 1 格",
        ]
    );
    let message = &document.notes[0].message;
    assert!(message.starts_with("有 18 个段落的编号由文字处理软件自动生成"), "{message}");
}

/// LibreOffice keeps most of what Word numbers, in lists that go on after other text.
#[test]
fn numbers_survive_libreoffice() {
    let lines = spelled_out(&fixture("numbering.odt"));
    for line in [
        "1 h1 一、总体情况",
        "6 h1 二、主动公开政府信息情况",
        "7 h1 没有编号",
        "15 二、继续",
        "16 附件C 申请表",
    ] {
        assert!(lines.iter().any(|l| l == line), "{line}: {lines:?}");
    }
}

#[test]
fn changes_and_text_boxes_of_libreoffice() {
    let changes = fixture("changes.odt");
    assert_eq!(
        spelled_out(&changes)[..5],
        ["1 收到12件", "2 前半句，后半句。", "3 正文", "4 留下", "5 移来的"]
    );
    assert_eq!(notes(&changes), ["tracked-changes"]);
    assert_eq!(
        spelled_out(&fixture("text-boxes.odt")),
        [
            "1 锚点前锚点后",
            "2 红头文件",
            "3 第二段",
            "T1",
            "| 0 框内表格",
            "6 旧式文本框",
            "7 只有后备",
            "8 *里层",
            "9 图文",
            "T2",
            "| 0 格内⏎格内文本框 | 1 *",
            "13 外框",
            "15 内框",
        ]
    );
}

#[test]
fn other_forms() {
    assert_eq!(
        spelled_out(&fixture("pandoc.odt")),
        [
            "1 h1 一、总体情况",
            "2 收到12件。",
            "T1",
            "| 0+2v2 信息内容 | 2 甲",
            "| 2 1",
            "| 0 规章 | 1 2 | 2 3"
        ]
    );
    assert_eq!(spelled_out(&fixture("prefixes.odt")), ["1 前缀", "T1", "| 0 甲 | 1 1"]);
    assert_eq!(spelled_out(&fixture("utf-16.odt")), ["1 双字节"]);
    assert_eq!(spelled_out(&fixture("template.odt")), ["1 模板"]);
    let flat = fixture("flat.fodt");
    assert_eq!(flat.metadata.title.as_deref(), Some("单个文件"));
    assert_eq!(spelled_out(&flat), ["1 h1 一、总体情况", "T1", "| 0 规章 | 1 12"]);
    // Packed again without the type in front.
    let mut parts = unzip(bytes("template.odt"));
    parts.retain(|(name, _)| name != "mimetype");
    assert_eq!(read(&zip(&parts)).kind, FileKind::Odt);
}

/// Every piece leads to the character in `content.xml` that it says, or to what stands for it.
#[test]
fn pieces_lead_to_the_source() {
    for (name, bytes) in
        FIXTURES.iter().filter(|(n, _)| !matches!(*n, "utf-16.odt" | "encrypted.odt" | "flat.fodt"))
    {
        let parts = unzip(bytes);
        let (_, xml) = parts.iter().find(|(name, _)| name == "content.xml").expect("content");
        for text in texts(&fixture(name)) {
            assert!(text.pieces.is_sorted_by(|a, b| a.at < b.at), "{name}");
            for piece in &text.pieces {
                let (value, source) = (&text.value[piece.at as usize..], &xml[piece.source as usize..]);
                let first = value.chars().next().expect("a character").to_string();
                let leads = source.starts_with(first.as_bytes()) || matches!(source[0], b'<' | b'&' | b'\n');
                assert!(leads, "{name}: {value:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_opened() {
    let kind = |bytes: &[u8]| nianbao_reader::read(bytes).expect_err("an error").kind();
    assert_eq!(kind(bytes("encrypted.odt")), "encrypted");
    let package = |content: &[u8]| {
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.text".as_slice()), ("content.xml", content)])
    };
    assert_eq!(kind(&package(b"")), "damaged");
    assert_eq!(kind(&package(b"<x/>")), "damaged");
    assert_eq!(kind(&zip(&[("mimetype", "application/vnd.oasis.opendocument.text")])), "damaged");
    assert_eq!(
        kind(&package(body("<office:x/>").replace("office:text", "office:spreadsheet").as_bytes())),
        "unsupported"
    );
    let whole = bytes("libreoffice-2021.odt");
    assert_eq!(kind(&whole[..whole.len() - 30]), "damaged");
    // Cut off in the middle, the text is read as far as it goes.
    let parts = unzip(whole);
    let (_, xml) = parts.iter().find(|(name, _)| name == "content.xml").expect("content");
    let document = read(&package(&xml[..xml.len() / 2]));
    assert!(document.blocks.len() > 10);
    assert!(notes(&document).contains(&"damaged-xml"));
}

fn body(inside: &str) -> String {
    format!(
        "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><office:body><office:text>{inside}</office:text></office:body></office:document-content>"
    )
}

fn package(inside: &str) -> Vec<u8> {
    zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &body(inside))])
}

/// Nothing here depends on time, but what is not linear, or allocates what a number says, would not come to an end.
#[test]
fn numbers_made_to_do_harm() {
    let many = "99999999999999999999";
    let cell = format!(
        "<table:table-cell table:number-columns-repeated='{many}'><text:p>甲</text:p></table:table-cell>"
    );
    let row = |n: &str, cells: &str| {
        format!("<table:table-row table:number-rows-repeated='{n}'>{cells}</table:table-row>")
    };
    let table = |rows: &str| {
        format!(
            "<table:table><table:table-column table:number-columns-repeated='{many}'/>{rows}</table:table>"
        )
    };
    let document = read(&package(&table(&row(many, &cell))));
    assert_grids(&document);
    assert_eq!(notes(&document), ["limit-reached"]);
    assert!(tables(&document)[0].rows[0].cells.len() <= 4096);

    let text = "甲".repeat(100_000);
    let long = format!(
        "<table:table-cell table:number-columns-repeated='4000'><text:p>{text}</text:p></table:table-cell>"
    );
    let document = read(&package(&table(&row("5000", &long))));
    let length: usize = texts(&document).iter().map(|text| text.value.len()).sum();
    assert!(length < 20 << 20, "{length}");

    let spans =
        "<table:table-cell table:number-columns-spanned='1000' table:number-rows-spanned='1000'/>".repeat(4);
    let rows = row("1", &spans) + &row("1", "<table:table-cell/>").repeat(20_000);
    assert_grids(&read(&package(&table(&rows))));

    let blank = "<table:table-cell table:number-columns-repeated='200'/>";
    assert_grids(&read(&package(&table(&row("200", blank)).repeat(2_000))));
    read(&package(&format!("<text:p>甲{}</text:p>", format!("<text:s text:c='{many}'/>").repeat(10_000))));
}

#[test]
fn a_million_nested_tags() {
    for (tag, times) in [
        ("<text:p>", 200_000),
        ("<text:span>", 200_000),
        ("<text:list><text:list-item>", 100_000),
        ("<text:section>", 100_000),
        ("<table:table><table:table-row><table:table-cell>", 50_000),
        ("<draw:frame><draw:text-box><text:p>", 50_000),
        ("<text:tracked-changes>", 100_000),
        ("<x", 100_000),
        ("</x>", 100_000),
        ("<!--", 100_000),
        ("&", 500_000),
        ("<text:list text:continue-numbering='true'/>", 100_000),
        ("<x xmlns:a='b'>", 100_000),
    ] {
        read(&package(&format!("<text:p>甲</text:p>{}乙", tag.repeat(times))));
    }
}

const TOKENS: &[&[u8]] = &[
    b"<",
    b">",
    b"\"",
    b"&",
    b"\0",
    b"\xff",
    b"</text:p>",
    b"<text:p>",
    b"</table:table>",
    b"<table:table><table:table-row>",
    b"<table:table-cell>",
    b"<table:covered-table-cell/>",
    b"</table:table-cell>",
    b" table:number-columns-repeated=\"700\"",
    b" table:number-rows-repeated=\"70\"",
    b" table:number-columns-spanned=\"7\"",
    b" table:number-rows-spanned=\"3\"",
    b"<text:list>",
    b"</text:list>",
    b"<text:list-item>",
    b"<draw:frame>",
    b"<draw:text-box>",
    b"</draw:frame>",
    b"<text:span>",
    b"<text:s/>",
    b"<text:s text:c=\"9\"/>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b" xmlns:text=\"x\"",
    b"99999999999",
    b" ",
];

#[test]
fn mutants_of_the_fixtures() {
    let mut dice = Dice::new(2026);
    let (mut blocks, mut refused) = (0, 0);
    let packages: Vec<Vec<(String, Vec<u8>)>> = FIXTURES
        .iter()
        .filter(|(name, _)| !name.ends_with(".fodt") && *name != "encrypted.odt")
        .map(|(_, bytes)| unzip(bytes).into_iter().filter(|(n, _)| n != "META-INF/manifest.xml").collect())
        .collect();
    for round in 0..2_000 {
        let mut parts = packages[round % packages.len()].clone();
        let at = if dice.below(4) > 0 { "content.xml" } else { "styles.xml" };
        if let Some((_, xml)) = parts.iter_mut().find(|(name, _)| name == at) {
            mutate(xml, TOKENS, &mut dice);
        }
        match nianbao_reader::read(&zip(&parts)) {
            Ok(document) => {
                assert_grids(&document);
                blocks += document.blocks.len();
            }
            Err(_) => refused += 1,
        }
    }
    assert!(blocks > 10_000 && refused < 200, "the mutants still are documents: {blocks}, {refused}");
    for round in 0..1_000 {
        let mut bytes = FIXTURES[round % FIXTURES.len()].1.to_vec();
        mutate(&mut bytes, TOKENS, &mut dice);
        drop(nianbao_reader::read(&bytes));
    }
}
