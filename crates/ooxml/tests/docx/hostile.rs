//! Files made to hurt: whatever stands in one, reading it ends soon and does not panic.

use std::io::{Cursor, Read, Write};

use nianbao_ooxml::limits::{MAX_COLUMNS, MAX_DEPTH, MAX_NODES, MAX_SPAN};
use nianbao_ooxml::{Block, Body, Package, Table};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::support::{FIXTURES, archive, assert_outline, body, outline, package};

const CELL: &str = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>";

fn first_table(body: &Body) -> &Table {
    let table = body.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    table.unwrap()
}

#[test]
fn deep_nesting_is_cut_off() {
    let after = "<w:p><w:r><w:t>之后</w:t></w:r></w:p>";
    for (element, depth) in
        [("w:sdt", 1_000_000), ("w:p", 100_000), ("x", 100_000), ("mc:AlternateContent", 1_000)]
    {
        let (open, close) = (format!("<{element}>").repeat(depth), format!("</{element}>").repeat(depth));
        let body = body(&package(&format!("{open}{close}{after}")));
        assert!(outline(&body).ends_with("p 之后\n"), "{element}");
        assert_eq!(body.notes.too_deep, 1, "{element}");
        assert_eq!(body.notes.damaged_at, None, "{element}");
    }
    // Never closed.
    let body = body(&package(&"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p>".repeat(100_000)));
    assert!(body.notes.damaged_at.is_some() && body.notes.too_deep > 0);
}

#[test]
fn nested_tables_are_read_as_deep_as_allowed() {
    let depth = 400;
    let open = "<w:tbl><w:tr><w:tc>".repeat(depth);
    let close = "<w:p/></w:tc></w:tr></w:tbl>".repeat(depth);
    let body = body(&package(&format!("{open}{close}")));
    let mut levels = 0;
    let mut table = Some(first_table(&body));
    while let Some(inner) = table {
        levels += 1;
        table = inner.rows.first().and_then(|row| row.cells.first()?.tables().next());
    }
    // A table takes three elements; the document and its body are outside.
    assert_eq!(levels, (MAX_DEPTH - 2) / 3);
    // The next table, and the paragraph after it.
    assert_eq!(body.notes.too_deep, 2);
}

#[test]
fn spans_beyond_belief_are_clamped() {
    for span in ["999999999", "99999999999999999999999999", "2000"] {
        let cell = format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr><w:p/></w:tc>");
        let before = format!("<w:trPr><w:gridBefore w:val=\"{span}\"/></w:trPr>");
        let body = body(&package(&format!("<w:tbl><w:tr>{before}{}{CELL}</w:tr></w:tbl>", cell.repeat(9))));
        let cells = &first_table(&body).rows[0].cells;
        assert_eq!((cells[0].column, cells[0].colspan), (MAX_SPAN, MAX_SPAN));
        assert!(cells.iter().all(|cell| cell.column + cell.colspan <= MAX_COLUMNS));
        assert_eq!((body.notes.clamped_spans, body.notes.dropped), (4, 7));
    }
    for span in ["0", "-5", "", "甲", "1.5"] {
        let body = body(&package(&format!(
            "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"{span}\"/></w:trPr>\
             <w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr></w:tc></w:tr></w:tbl>"
        )));
        assert_outline(&body, "table\n| 0");
    }
}

#[test]
fn a_long_merged_cell_is_counted() {
    let start = "<w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p/></w:tc></w:tr>";
    let next = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>";
    let body = body(&package(&format!("<w:tbl>{start}{}</w:tbl>", next.repeat(50_000))));
    let table = first_table(&body);
    assert_eq!((table.rows.len(), table.rows[0].cells[0].rowspan), (50_001, 50_001));
}

#[test]
fn a_table_has_no_more_slots_than_allowed() {
    let wide = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"1000\"/></w:tcPr></w:tc></w:tr>";
    let body =
        body(&package(&format!("<w:tbl>{wide}{}</w:tbl>", format!("<w:tr>{CELL}</w:tr>").repeat(5_000))));
    assert_eq!(first_table(&body).rows.len(), 4_000);
    assert_eq!(body.notes.dropped, 1_001);
}

#[test]
fn a_document_has_no_more_blocks_than_allowed() {
    let body = body(&package(&"<w:p/>".repeat(MAX_NODES as usize + 5)));
    assert_eq!(body.blocks.len(), MAX_NODES as usize);
    assert_eq!(body.notes.dropped, 5);
}

/// Each of these takes minutes if some step looks back over what was read before.
#[test]
fn nothing_is_quadratic() {
    let run = |content: &str| format!("<w:p><w:r>{content}</w:r></w:p>");
    let text = |content: &str| run(&format!("<w:t>{content}</w:t>"));
    let n = 100_000;
    let declared: String = (0..n).map(|i| format!(" xmlns:n{i}=\"u\"")).collect();
    let styled: String =
        (0..n).map(|i| format!("<w:p><w:pPr><w:pStyle w:val=\"{i}\"/></w:pPr></w:p>")).collect();
    let bodies = [
        text(&"&".repeat(n)),
        text(&"&amp;".repeat(n)),
        text(&"&#x10FFFFF;&#-1;&nosuch;&;".repeat(n)),
        text(&"<![CDATA[一]]>".repeat(n)),
        text(&"<!-- -->一".repeat(n)),
        run(&"<w:fldChar w:fldCharType=\"begin\"/>".repeat(n)),
        run("<w:fldChar w:fldCharType=\"begin\"/>").repeat(n / 10),
        run(&"<w:br w:type=\"page\"/><w:t>一</w:t>".repeat(n)),
        format!("<w:p{declared}/>{}", "<q:x/>".repeat(n)),
        "</w:x>".repeat(n * 10),
        "<w:t".repeat(n),
        format!("<w:p {}/>", "a=\"b\" ".repeat(n)),
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>一</w:t></w:r></w:p>".repeat(2_000),
        styled,
        "<!--".repeat(n),
        format!("<w:p><w:r>{}", "<w:rPr><w:vanish/>".repeat(n)),
    ];
    for xml in &bodies {
        body(&package(xml));
    }
}

#[test]
fn styles_inside_styles_end_soon() {
    let n = 20_000;
    let styles: String =
        (0..n).map(|i| format!("<w:style w:styleId=\"{i}\"><w:basedOn w:val=\"{}\"/>", i + 1)).collect();
    let used: String =
        (0..n).map(|i| format!("<w:p><w:pPr><w:pStyle w:val=\"{i}\"/></w:pPr></w:p>")).collect();
    let parts = [
        ("word/document.xml", crate::support::document(&used)),
        ("word/styles.xml", format!("<w:styles>{styles}")),
    ];
    assert_eq!(body(&archive(parts)).styles.len(), n);
}

#[test]
fn entities_of_ones_own_are_not_expanded() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
                <w:document><w:body><w:p><w:r><w:t>&b;一</w:t></w:r></w:p></w:body></w:document>";
    assert_outline(&body(&archive([("word/document.xml", bomb)])), "p &b;一");
}

#[test]
fn long_labels_do_not_grow() {
    let level = format!("<w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"{}\"/></w:lvl>", "%1".repeat(1_000_000));
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId=\"1\">{level}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
    );
    let paragraph = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:p>".repeat(1_000);
    let document = crate::support::document(&paragraph);
    let body = body(&archive([("word/document.xml", document), ("word/numbering.xml", numbering)]));
    let labels = body.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.number_label.as_ref().unwrap().len(),
        Block::Table(_) => 0,
    });
    assert!(labels.max().unwrap() < 1_000);
}

/// A generator of pseudo-random numbers (xorshift), so that every run tries the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

const TOKENS: &[&str] = &[
    "<",
    ">",
    "/",
    "&",
    "\"",
    "'",
    "=",
    "<w:",
    "</",
    "/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "&#x4E00;",
    "&#",
    "\u{fffd}",
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:pPr>",
    "<w:rPr>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<w:vMerge/>",
    "<w:del>",
    "</w:del>",
    "<w:sdtContent>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    " xmlns:w=\"x\"",
    "<w:vanish/>",
    "<mc:AlternateContent>",
    "<mc:Choice>",
    "<mc:Fallback>",
    "<w:gridSpan w:val=\"7\"/>",
    "<w:numId w:val=\"1\"/>",
];

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let length = random.below(60).min(bytes.len() - at);
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => {
                bytes.drain(at..at + length);
            }
            2 => {
                let copy = bytes[at..at + length].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            3 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            _ => {
                let token = TOKENS[random.below(TOKENS.len())];
                bytes.splice(at..at, token.bytes());
            }
        }
    }
}

fn read(bytes: &[u8]) {
    let Ok(package) = Package::open(bytes) else { return };
    let body = package.body();
    package.title();
    check(&body.blocks, package.document_xml().len());
}

/// What holds for every body, however broken the file.
fn check(blocks: &[Block], length: usize) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                assert!(
                    paragraph.range.start < paragraph.range.end && paragraph.range.end as usize <= length
                );
                for piece in &paragraph.pieces {
                    assert!(paragraph.text.is_char_boundary(piece.at as usize));
                    assert!(piece.start < piece.end && piece.end as usize <= length);
                }
                assert!(paragraph.pieces.is_sorted_by(|a, b| a.at < b.at));
            }
            Block::Table(table) => {
                for (row, at) in table.rows.iter().zip(0..) {
                    assert!(row.cells.is_sorted_by(|a, b| a.column + a.colspan <= b.column));
                    for cell in &row.cells {
                        assert!(
                            cell.colspan > 0
                                && cell.rowspan > 0
                                && at + cell.rowspan as usize <= table.rows.len()
                        );
                        check(&cell.blocks, length);
                    }
                }
            }
        }
    }
}

#[test]
fn damaged_archives_do_not_panic() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for (_, bytes) in FIXTURES {
        for _ in 0..60 {
            let mut mutant = bytes.to_vec();
            mutate(&mut mutant, &mut random);
            read(&mutant);
        }
    }
}

#[test]
fn damaged_parts_do_not_panic() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for (_, bytes) in FIXTURES {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = Vec::new();
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            // The large style sheets of whole files would take all the time.
            if content.len() < 60_000 {
                parts.push((file.name().to_owned(), content));
            }
        }
        let main = Package::open(bytes).unwrap().document_part().to_owned();
        for _ in 0..200 {
            let victim = match random.below(4) {
                0 => parts[random.below(parts.len())].0.clone(),
                _ => main.clone(),
            };
            let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            for (name, content) in &parts {
                let mut content = content.clone();
                if *name == victim {
                    mutate(&mut content, &mut random);
                }
                out.start_file(name.as_str(), options).unwrap();
                out.write_all(&content).unwrap();
            }
            read(&out.finish().unwrap().into_inner());
        }
    }
}
