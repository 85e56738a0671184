//! What is done with an input, and where inputs come from. Shared by the fuzz targets and by the test of mutants.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use nianbao_lint::{Selection, lint};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::contract::{ExtractedDocument, ExtractedReport};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The targets: the kind of file, where whole files of it are (below `tests/fixtures`), and for a package the part that
/// the fuzzer changes; of all others, and of `package`, it changes the bytes of the file.
pub(crate) const TARGETS: &[(&str, &[&str], Option<&str>)] = &[
    ("docx", &["readers/docx", "reports"], Some("word/document.xml")),
    ("odt", &["readers/odt"], Some("content.xml")),
    ("xlsx", &["readers/xlsx"], Some("xl/worksheets/sheet1.xml")),
    ("doc", &["readers/doc"], None),
    ("xls", &["readers/xls"], None),
    ("rtf", &["readers/rtf"], None),
    ("html", &["readers/html", "reports"], None),
    ("mht", &["readers/mht"], None),
    ("text", &["readers/text", "reports"], None),
    ("pdf", &["readers/pdf"], None),
    ("json", &["readers/json"], None),
    ("package", &["readers/docx", "readers/odt", "readers/xlsx"], None),
];

/// Endings of files by target.
fn endings(target: &str) -> &'static [&'static str] {
    match target {
        "docx" => &["docx"],
        "odt" => &["odt"],
        "xlsx" => &["xlsx"],
        "doc" => &["doc"],
        "xls" => &["xls"],
        "rtf" => &["rtf"],
        "html" => &["html"],
        "mht" => &["mht"],
        "text" => &["txt", "md"],
        "pdf" => &["pdf"],
        "json" => &["json"],
        _ => &["docx", "odt", "xlsx"],
    }
}

/// What the fuzzer starts from: the files of a target, of a package the part that is changed.
pub(crate) fn seeds(fixtures: &Path, target: &str) -> Vec<Vec<u8>> {
    let Some((_, folders, part)) = TARGETS.iter().find(|(name, ..)| *name == target) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(fixtures.join(folder)).ok())
        .flatten()
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| endings(target).iter().any(|known| e == *known)))
        .collect();
    paths.sort();
    let files = paths.iter().filter_map(|path| std::fs::read(path).ok());
    match part {
        None => files.collect(),
        Some(part) => files.filter_map(|file| inflated(&file, part)).collect(),
    }
}

fn inflated(file: &[u8], part: &str) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(file)).ok()?;
    let mut bytes = Vec::new();
    archive.by_name(part).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The file that an input stands for: a package around a part, or the input itself.
pub(crate) fn file(target: &str, data: &[u8]) -> Vec<u8> {
    let around: &[(&str, &str)] = match target {
        "docx" => &[("_rels/.rels", ""), ("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERING)],
        "odt" => &[("mimetype", "application/vnd.oasis.opendocument.text")],
        "xlsx" => &[("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", RELATIONSHIPS)],
        _ => return data.to_vec(),
    };
    let part = TARGETS.iter().find(|(name, ..)| *name == target).and_then(|(.., part)| *part);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // Stored, so that time goes into reading and not into deflating.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts = around.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, bytes) in parts.chain(part.map(|name| (name, data))) {
        if writer.start_file(name, stored).and_then(|()| Ok(writer.write_all(bytes)?)).is_err() {
            return Vec::new();
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

const STYLES: &str = "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
    <w:style w:type='paragraph' w:styleId='Heading1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/>\
    <w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>";
const NUMBERING: &str = "<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
    <w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>\
    <w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
const WORKBOOK: &str = "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>\
    <sheets><sheet name='甲' sheetId='1' r:id='a'/></sheets></workbook>";
const RELATIONSHIPS: &str = "<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/sheet1.xml'/>\
    </Relationships>";

/// Reads a file, understands it as a report, checks it and writes what was understood, as the command line does.
/// Says whether it could be read.
pub(crate) fn exercise(target: &str, data: &[u8]) -> bool {
    let Ok(document) = nianbao_reader::read(&file(target, data)) else { return false };
    let view = ExtractedDocument::from(&document);
    assert_eq!(view.blocks.len(), document.blocks.len());
    let report = recognize(&document, &Hints::default());
    let extracted = ExtractedReport::from(&report);
    assert_eq!(extracted.notes.len(), report.notes.len());
    drop(lint(&report, None, &Selection::default()));
    true
}
