//! What reading costs: `cargo xtask bench readers`, one thread, no other load.
//!
//! For each kind of file: documents a second; the time of inflating the same parts and counting `<` in them with memchr
//! (for files that are not compressed: of counting `<` alone), which no reader can be faster than; how many times that
//! reading takes; and reading and recognition together. Each figure is the fastest of many rounds over all files of the
//! kind, so that other work on the machine counts as little as possible.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads files, measures time and prints it"
)]

use std::hint::black_box;
use std::io::{Cursor, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use nianbao_recognize::{Hints, recognize};

/// Kinds of files and where they are, below `tests/fixtures`. All are whole reports.
const KINDS: &[(&str, &[&str])] = &[
    (
        "docx",
        &[
            "reports/full-2019.docx",
            "reports/full-2021.docx",
            "reports/full-2021-libreoffice.docx",
            "reports/clean.docx",
        ],
    ),
    ("doc", &["readers/doc/full-2021.doc", "readers/doc/python-docx.doc"]),
    ("odt", &["readers/odt/libreoffice-2019.odt", "readers/odt/libreoffice-2021.odt"]),
    ("rtf", &["readers/rtf/full-2019.rtf", "readers/rtf/python-docx.rtf"]),
    ("xlsx", &["readers/xlsx/report.xlsx", "readers/xlsx/xlsxwriter.xlsx"]),
    (
        "html",
        &[
            "reports/full-2021-libreoffice.html",
            "reports/full-2021-pandoc.html",
            "reports/full-2021-page-gb18030.html",
        ],
    ),
    ("mht", &["readers/mht/word.mht", "readers/mht/browser.mht"]),
    ("text", &["reports/zone-2020.txt", "readers/text/tika-html.txt", "readers/text/pipes.md"]),
    ("xls", &["readers/xls/report.xls", "readers/xls/one-sheet.xls"]),
    ("pdf", &["readers/pdf/office-portrait-2021.pdf", "readers/pdf/browser-2019.pdf"]),
    ("json", &["readers/json/full-2019.json", "readers/json/full-2021.json"]),
];

/// How long to look for the fastest round.
const PATIENCE: Duration = Duration::from_millis(700);

fn main() {
    // Cargo passes --bench; a name picks one kind.
    let only = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    println!(
        "| kind | files, KB each | read | documents/s | inflate and scan | share of reading | read ÷ that | read and recognise |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    for (kind, names) in KINDS.iter().filter(|(kind, _)| only.as_deref().is_none_or(|o| o == *kind)) {
        let files: Vec<Vec<u8>> = names.iter().map(|n| std::fs::read(folder.join(n)).unwrap()).collect();
        for file in &files {
            assert!(nianbao_reader::read(file).is_ok(), "{kind}: every file is read");
        }
        let count = files.len() as f64;
        let size = files.iter().map(Vec::len).sum::<usize>() as f64 / count / 1000.0;
        let per_file = |work: &dyn Fn(&[u8])| {
            fastest(|| files.iter().for_each(|f| work(black_box(f)))).as_secs_f64() * 1e6 / count
        };
        let read = per_file(&|f| drop(black_box(nianbao_reader::read(f))));
        let least = per_file(&|f| {
            black_box(scan(f));
        });
        let whole = per_file(&|f| {
            let document = nianbao_reader::read(f).unwrap();
            drop(black_box(recognize(&document, &Hints::default())));
        });
        println!(
            "| {kind} | {}, {size:.0} | {read:.0} µs | {:.0} | {least:.0} µs | {:.1} % | {:.1} | {whole:.0} µs |",
            files.len(),
            1e6 / read,
            100.0 * least / read,
            read / least
        );
    }
}

/// The fastest of many rounds.
fn fastest(mut round: impl FnMut()) -> Duration {
    let begin = Instant::now();
    let mut best = Duration::MAX;
    while begin.elapsed() < PATIENCE {
        let start = Instant::now();
        round();
        best = best.min(start.elapsed());
    }
    best
}

/// The least that any reader does: the parts that hold text inflated, and `<` counted.
fn scan(file: &[u8]) -> usize {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(file)) else {
        return memchr::memchr_iter(b'<', file).count();
    };
    let mut found = 0;
    let mut bytes = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        if !is_read(part.name()) {
            continue;
        }
        bytes.clear();
        bytes.reserve(part.size() as usize);
        part.read_to_end(&mut bytes).unwrap();
        found += memchr::memchr_iter(b'<', &bytes).count();
    }
    found
}

/// Whether the reader of a kind looks into a part of a package.
fn is_read(name: &str) -> bool {
    let shared = ["_rels/.rels", "docProps/core.xml", "content.xml", "styles.xml", "meta.xml"];
    let word = ["word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/numbering.xml"];
    shared.contains(&name)
        || word.contains(&name)
        || (name.starts_with("xl/") && !name.contains("theme") && name.ends_with("xml"))
}
